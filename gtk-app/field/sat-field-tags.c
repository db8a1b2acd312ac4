/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `tags` holds the elements shown as chips, in the order they were added; the value is the sorted
 * list of them and of a word still standing in the entry. */
#include "config.h"

#include "gtk-app/field/sat-field-tags.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/sat-wrap-layout.h"

struct _SatFieldTags
{
  SatFieldEditor parent_instance;

  GtkBox *chips;
  GtkEntry *entry;
  GtkMenuButton *button;
  GtkBox *choices;
  GPtrArray *tags;
  gboolean filling; /* chips and checks are being brought in line */
};

G_DEFINE_FINAL_TYPE (SatFieldTags, sat_field_tags, SAT_TYPE_FIELD_EDITOR)

static void rebuild (SatFieldTags *self);

static const SatField *
field_of (SatFieldTags *self)
{
  return sat_field_editor_get_field (SAT_FIELD_EDITOR (self));
}

static gboolean
has_tag (SatFieldTags *self, const char *tag)
{
  return g_ptr_array_find_with_equal_func (self->tags, tag, g_str_equal, NULL);
}

static void
drop_tag (SatFieldTags *self, const char *tag)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (self->tags, tag, g_str_equal, &index))
    g_ptr_array_remove_index (self->tags, index);
}

static void
remove_cb (GtkButton *button, SatFieldTags *self)
{
  g_autofree char *tag = g_strdup (g_object_get_data (G_OBJECT (button), "tag"));

  drop_tag (self, tag);
  rebuild (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static GtkWidget *
make_chip (SatFieldTags *self, const char *tag)
{
  const char *text = sat_choice_text (field_of (self), tag);
  /* Translators: %s is a tag. */
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), text);
  GtkWidget *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, name);
  sat_name_widget (button, name);
  g_object_set_data_full (G_OBJECT (button), "tag", g_strdup (tag), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (chip), label);
  gtk_box_append (GTK_BOX (chip), button);
  return chip;
}

/* Chips before the entry, and checks in the list of choices, as `tags` says. */
static void
rebuild (SatFieldTags *self)
{
  GtkWidget *child;
  GtkWidget *last = NULL;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) !=
         GTK_WIDGET (self->entry))
    gtk_box_remove (self->chips, child);
  for (guint i = 0; i < self->tags->len; i++)
    {
      GtkWidget *chip = make_chip (self, g_ptr_array_index (self->tags, i));

      gtk_box_insert_child_after (self->chips, chip, last);
      last = chip;
    }
  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->choices)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (child),
                                 has_tag (self, g_object_get_data (G_OBJECT (child), "tag")));
  self->filling = FALSE;
}

static void
check_cb (GtkCheckButton *check, SatFieldTags *self)
{
  const char *tag = g_object_get_data (G_OBJECT (check), "tag");

  if (self->filling)
    return;
  if (!gtk_check_button_get_active (check))
    drop_tag (self, tag);
  else if (!has_tag (self, tag))
    g_ptr_array_add (self->tags, g_strdup (tag));
  rebuild (self);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
changed_cb (SatFieldTags *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

/* The word in the entry as an element, or FALSE if it cannot be one. */
static gboolean
read_entry (SatFieldTags *self, char **out_tags, GError **error)
{
  return sat_field_editor_parse (
      SAT_FIELD_EDITOR (self), gtk_editable_get_text (GTK_EDITABLE (self->entry)), out_tags, error);
}

static gboolean
take_entry (SatFieldTags *self)
{
  g_autofree char *value = NULL;
  g_auto (GStrv) added = NULL;

  if (!read_entry (self, &value, NULL) || value == NULL)
    return FALSE;
  added = sat_tags_split (value);
  for (guint i = 0; added[i] != NULL; i++)
    if (!has_tag (self, added[i]))
      g_ptr_array_add (self->tags, g_strdup (added[i]));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  rebuild (self);
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
  return TRUE;
}

static void
activate_cb (SatFieldTags *self)
{
  take_entry (self);
}

/* A comma ends a tag; backspace in an empty entry takes the last one away. */
static gboolean
key_cb (GtkEventControllerKey *controller,
        guint keyval,
        guint keycode,
        GdkModifierType state,
        SatFieldTags *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (keyval == GDK_KEY_comma)
    return take_entry (self);
  if (keyval == GDK_KEY_BackSpace && *text == '\0' && self->tags->len > 0)
    {
      g_ptr_array_remove_index (self->tags, self->tags->len - 1);
      rebuild (self);
      sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
      return GDK_EVENT_STOP;
    }
  return GDK_EVENT_PROPAGATE;
}

static void
sat_field_tags_setup (SatFieldEditor *editor)
{
  SatFieldTags *self = SAT_FIELD_TAGS (editor);
  const SatField *field = field_of (self);

  for (guint i = 0; i < field->n_choices; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (sat_here (field->choices[i].label));

      g_object_set_data (G_OBJECT (check), "tag", (gpointer) field->choices[i].name);
      g_signal_connect (check, "toggled", G_CALLBACK (check_cb), self);
      gtk_box_append (self->choices, check);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->button), field->n_choices > 0);
  sat_name_widget (GTK_WIDGET (self->button), _ ("Choose tags"));
}

static void
sat_field_tags_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldTags *self = SAT_FIELD_TAGS (editor);
  g_auto (GStrv) tags = sat_tags_split (value);

  g_ptr_array_set_size (self->tags, 0);
  for (guint i = 0; tags[i] != NULL; i++)
    g_ptr_array_add (self->tags, g_strdup (tags[i]));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  rebuild (self);
}

static gboolean
sat_field_tags_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldTags *self = SAT_FIELD_TAGS (editor);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  g_autofree char *typed = NULL;
  g_auto (GStrv) more = NULL;

  *out_value = NULL;
  if (!read_entry (self, &typed, error))
    return FALSE;
  more = sat_tags_split (typed);
  g_ptr_array_extend (all, self->tags, NULL, NULL);
  for (guint i = 0; more[i] != NULL; i++)
    g_ptr_array_add (all, more[i]);
  if (all->len > 0)
    *out_value = sat_tags_join ((const char *const *) all->pdata, all->len);
  return TRUE;
}

static GtkWidget *
sat_field_tags_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_TAGS (editor)->entry);
}

static void
sat_field_tags_finalize (GObject *object)
{
  g_clear_pointer (&SAT_FIELD_TAGS (object)->tags, g_ptr_array_unref);
  G_OBJECT_CLASS (sat_field_tags_parent_class)->finalize (object);
}

static void
sat_field_tags_class_init (SatFieldTagsClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_field_tags_finalize;
  editor_class->setup = sat_field_tags_setup;
  editor_class->set_value = sat_field_tags_set_value;
  editor_class->get_value = sat_field_tags_get_value;
  editor_class->get_target = sat_field_tags_get_target;

  g_type_ensure (SAT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-tags.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldTags, chips);
  gtk_widget_class_bind_template_child (widget_class, SatFieldTags, entry);
  gtk_widget_class_bind_template_child (widget_class, SatFieldTags, button);
  gtk_widget_class_bind_template_child (widget_class, SatFieldTags, choices);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_cb);
}

static void
sat_field_tags_init (SatFieldTags *self)
{
  self->tags = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
