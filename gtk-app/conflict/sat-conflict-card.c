/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/conflict/sat-conflict-card.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-columns-layout.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define VALUE_LINES 8

struct _SatConflictCard
{
  GtkListBoxRow parent_instance;

  GtkLabel *title;
  GtkLabel *before;
  GtkButton *open;
  GtkBox *values;

  const SatConflictPicture *picture;
};

G_DEFINE_FINAL_TYPE (SatConflictCard, sat_conflict_card, GTK_TYPE_LIST_BOX_ROW)

enum
{
  TAKE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
value_cb (GtkButton *button, SatConflictCard *self)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));

  g_signal_emit (self, signals[TAKE], 0, index);
}

static void
open_cb (SatConflictCard *self)
{
  const SatConflict *conflict = self->picture->conflict;
  char id[SAT_ID_TEXT_SIZE];

  gtk_widget_activate_action (GTK_WIDGET (self), "win.edit", "(sss)", conflict->object->name,
                              sat_id_format (&conflict->id, id), conflict->field->name);
}

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  return label;
}

/* The key that takes the value, and whether it is the one shown until somebody decides. */
static GtkWidget *
make_head (guint index, const SatChange *change)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autofree char *key = g_strdup_printf ("%u", index + 1);
  GtkWidget *cap = gtk_label_new (key);

  gtk_widget_add_css_class (cap, "keycap");
  gtk_box_append (GTK_BOX (head), cap);
  if (change->state == SAT_CURRENT)
    {
      GtkWidget *mark = gtk_label_new (_ ("shown now"));

      gtk_widget_add_css_class (mark, "mark");
      gtk_widget_set_hexpand (mark, TRUE);
      gtk_widget_set_halign (mark, GTK_ALIGN_END);
      gtk_box_append (GTK_BOX (head), mark);
    }
  return head;
}

static GtkWidget *
make_author (const SatChange *change, const char *when)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *avatar = adw_avatar_new (28, change->user, TRUE);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = make_label (change->automatic ? _ ("A rule") : change->user, NULL);
  /* Translators: a device's short name, and when: “W7 · 5 minutes ago”. */
  g_autofree char *where = g_strdup_printf (_ ("%s · %s"), change->device_code, when);
  GtkWidget *detail = make_label (where, "caption");

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), name);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_widget_set_valign (avatar, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), texts);
  return box;
}

static GtkWidget *
make_value (SatConflictCard *self, guint index, gint64 now_ms)
{
  const SatChange *change = g_ptr_array_index (self->picture->conflict->values, index);
  const char *text = g_ptr_array_index (self->picture->texts, index);
  g_autofree char *when = sat_time_ago_text (sat_hlc_ms (change->time), now_ms);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  GtkWidget *value = make_label (change->value != NULL ? text : _ ("(empty)"), "conflict-value");
  /* Translators: for screen readers: a value, who wrote it, and when. */
  g_autofree char *name = g_strdup_printf (_ ("Take “%s”, written by %s, %s"), text, change->user,
                                           when);

  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (value), VALUE_LINES);
  gtk_label_set_ellipsize (GTK_LABEL (value), PANGO_ELLIPSIZE_END);
  gtk_widget_set_vexpand (value, TRUE);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  if (change->value == NULL)
    gtk_widget_add_css_class (value, "dim-label");

  gtk_box_append (GTK_BOX (box), make_head (index, change));
  gtk_box_append (GTK_BOX (box), value);
  gtk_box_append (GTK_BOX (box), make_author (change, when));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "conflict-choice");
  sat_name_widget (button, name);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (value_cb), self);
  return button;
}

static void
sat_conflict_card_class_init (SatConflictCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  signals[TAKE] = g_signal_new ("take", SAT_TYPE_CONFLICT_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (SAT_TYPE_COLUMNS_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/conflict/sat-conflict-card.ui");
  gtk_widget_class_bind_template_child (widget_class, SatConflictCard, title);
  gtk_widget_class_bind_template_child (widget_class, SatConflictCard, before);
  gtk_widget_class_bind_template_child (widget_class, SatConflictCard, open);
  gtk_widget_class_bind_template_child (widget_class, SatConflictCard, values);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
}

static void
sat_conflict_card_init (SatConflictCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_conflict_card_new (const SatConflictPicture *picture, gint64 now_ms)
{
  SatConflictCard *self = g_object_new (SAT_TYPE_CONFLICT_CARD, NULL);
  const SatConflict *conflict = picture->conflict;
  const char *field = sat_here (conflict->field->label);
  /* Translators: a field, and the title of the record it belongs to. */
  g_autofree char *title = g_strdup_printf (_ ("%s of “%s”"), field, conflict->title);
  g_autofree char *before = NULL;

  self->picture = picture;
  if (picture->before != NULL)
    {
      g_autofree char *line = g_strdelimit (g_strdup (picture->before), "\n", ' ');

      /* Translators: %s is a value. */
      before = g_strdup_printf (_ ("Before: %s"), line);
    }
  else
    before = g_strdup (_ ("Before: empty"));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->before, before);
  for (guint i = 0; i < conflict->values->len; i++)
    gtk_box_append (self->values, make_value (self, i, now_ms));
  sat_name_widget (GTK_WIDGET (self), title);
  return GTK_WIDGET (self);
}

const SatConflictPicture *
sat_conflict_card_get_picture (SatConflictCard *self)
{
  return self->picture;
}
