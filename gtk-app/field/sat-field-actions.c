/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-field-actions.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-rule-edit.h"
#include "gtk-app/field/sat-action-card.h"
#include "gtk-app/sat-util.h"

struct _SatFieldActions
{
  SatFieldEditor parent_instance;

  GtkBox *cards; /* SatActionCard */
  GtkButton *add;
  char *loaded;
  const SatObject *about;
};

G_DEFINE_FINAL_TYPE (SatFieldActions, sat_field_actions, SAT_TYPE_FIELD_EDITOR)

static GtkWidget *
first_card (SatFieldActions *self)
{
  return gtk_widget_get_first_child (GTK_WIDGET (self->cards));
}

/* The first and the last cannot go further. */
static void
show_places (SatFieldActions *self)
{
  for (GtkWidget *card = first_card (self); card != NULL; card = gtk_widget_get_next_sibling (card))
    sat_action_card_set_place (SAT_ACTION_CARD (card), card == first_card (self),
                               gtk_widget_get_next_sibling (card) == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), first_card (self) != NULL);
}

static char *
get_text (SatFieldActions *self)
{
  GString *text = g_string_new (NULL);

  for (GtkWidget *card = first_card (self); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      g_autofree char *line = sat_action_card_get_line (SAT_ACTION_CARD (card));

      g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

/* ---- what people do ------------------------------------------------------------------------ */

static void
changed_cb (SatActionCard *card, SatFieldActions *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
moved_cb (SatActionCard *card, int where, SatFieldActions *self)
{
  GtkWidget *widget = GTK_WIDGET (card);
  GtkWidget *before = gtk_widget_get_prev_sibling (widget);
  GtkWidget *after = gtk_widget_get_next_sibling (widget);

  if (where == 0)
    {
      gtk_widget_grab_focus (after != NULL ? after : GTK_WIDGET (self->add));
      gtk_box_remove (self->cards, widget);
    }
  else if (where < 0 && before != NULL)
    gtk_box_reorder_child_after (self->cards, widget, gtk_widget_get_prev_sibling (before));
  else if (where > 0 && after != NULL)
    gtk_box_reorder_child_after (self->cards, widget, after);
  show_places (self);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static GtkWidget *
append_card (SatFieldActions *self, const char *line)
{
  GtkWidget *card = sat_action_card_new (
      sat_field_editor_get_field (SAT_FIELD_EDITOR (self))->object->catalogue);

  sat_action_card_set_about (SAT_ACTION_CARD (card), self->about);
  sat_action_card_set_line (SAT_ACTION_CARD (card), line);
  g_signal_connect_object (card, "changed", G_CALLBACK (changed_cb), self, 0);
  g_signal_connect_object (card, "moved", G_CALLBACK (moved_cb), self, 0);
  gtk_box_append (self->cards, card);
  return card;
}

static void
add_cb (SatFieldActions *self)
{
  GtkWidget *card = append_card (self, NULL);

  show_places (self);
  gtk_widget_grab_focus (card);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

/* ---- the editor ---------------------------------------------------------------------------- */

static void
sat_field_actions_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldActions *self = SAT_FIELD_ACTIONS (editor);
  g_autofree char *shown = get_text (self);
  char *old = self->loaded;

  self->loaded = g_strdup (value);
  g_free (old);
  if (value != NULL && g_str_equal (shown, value))
    return;
  while (first_card (self) != NULL)
    gtk_box_remove (self->cards, first_card (self));
  if (value != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (value, "\n", -1);

      for (guint i = 0; lines[i] != NULL; i++)
        if (*g_strstrip (lines[i]) != '\0')
          append_card (self, lines[i]);
    }
  show_places (self);
}

/* Is everything that stands there an action? Shows which is not. */
static gboolean
check (SatFieldActions *self, GError **error)
{
  gboolean good = TRUE;

  for (GtkWidget *card = first_card (self); card != NULL; card = gtk_widget_get_next_sibling (card))
    {
      g_autofree char *line = sat_action_card_get_line (SAT_ACTION_CARD (card));
      g_autoptr (GPtrArray) actions = self->about != NULL ? sat_actions_parse (self->about, line,
                                                                               good ? error : NULL)
                                                          : NULL;
      gboolean wrong = self->about != NULL && actions == NULL;

      sat_action_card_set_wrong (SAT_ACTION_CARD (card), wrong);
      good = good && !wrong;
    }
  return good;
}

/* Lines that say something. */
static char *
said (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_string_append_printf (out, "%s%s", out->len > 0 ? "\n" : "", lines[i]);
  return g_string_free (out, FALSE);
}

static gboolean
sat_field_actions_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldActions *self = SAT_FIELD_ACTIONS (editor);
  g_autofree char *text = get_text (self);
  g_autofree char *before = said (self->loaded);

  if (g_str_equal (text, before))
    {
      *out_value = g_strdup (self->loaded);
      return TRUE;
    }
  *out_value = NULL;
  return check (self, error) && sat_field_editor_parse (editor, text, out_value, error);
}

static void
sat_field_actions_set_about (SatFieldEditor *editor, const SatObject *about)
{
  SatFieldActions *self = SAT_FIELD_ACTIONS (editor);

  self->about = about;
  for (GtkWidget *card = first_card (self); card != NULL; card = gtk_widget_get_next_sibling (card))
    sat_action_card_set_about (SAT_ACTION_CARD (card), about);
}

static GtkWidget *
sat_field_actions_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_ACTIONS (editor)->add);
}

static void
sat_field_actions_finalize (GObject *object)
{
  g_clear_pointer (&SAT_FIELD_ACTIONS (object)->loaded, g_free);
  G_OBJECT_CLASS (sat_field_actions_parent_class)->finalize (object);
}

static void
sat_field_actions_class_init (SatFieldActionsClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_field_actions_finalize;
  editor_class->set_value = sat_field_actions_set_value;
  editor_class->get_value = sat_field_actions_get_value;
  editor_class->get_target = sat_field_actions_get_target;
  editor_class->set_about = sat_field_actions_set_about;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldActions, cards);
  gtk_widget_class_bind_template_child (widget_class, SatFieldActions, add);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
sat_field_actions_init (SatFieldActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
