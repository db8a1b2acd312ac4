/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rights/sat-rights-detail.h"

#include <glib/gi18n.h>

#include "gtk-app/rights/sat-rights-words.h"
#include "gtk-app/rights/sat-rights-work.h"
#include "gtk-app/sat-util.h"

/* One field. */
typedef struct
{
  const SatField *field;
  SatFieldAccess least; /* that can be chosen of it */
  GtkWidget *level;     /* GtkDropDown */
  GtkWidget *exports;   /* GtkCheckButton */
  GtkWidget *back;      /* button: as built in */
  GtkWidget *mark;      /* says that it was changed */
} Line;

struct _SatRightsDetail
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkListBox *rights;
  AdwComboRow *rows[SAT_N_RIGHTS];
  AdwComboRow *others; /* fields that are not shared and of which nothing is said singly */
  GtkWidget *back;     /* button: as built in */
  GtkListBox *fields;
  const SatObject *object;
  GPtrArray *lines; /* Line */
  const SatAccess *access;
};

G_DEFINE_FINAL_TYPE (SatRightsDetail, sat_rights_detail, GTK_TYPE_WIDGET)

static guint say_signal;

static void
say (SatRightsDetail *self, const SatGrant *grant)
{
  g_signal_emit (self, say_signal, 0, grant);
}

/* ---- choosing ------------------------------------------------------------------------------ */

static void
reach_cb (AdwComboRow *row, GParamSpec *pspec, SatRightsDetail *self)
{
  guint right = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "right"));
  guint selected = adw_combo_row_get_selected (row);
  SatGrant grant;

  if (self->access == NULL || self->object == NULL || selected >= SAT_N_REACHES ||
      selected == sat_access_reach (self->access, self->object, right))
    return;
  grant = sat_rights_nothing (self->object, NULL);
  grant.rights[right] = (int) selected;
  say (self, &grant);
}

/* Of the other fields nothing may be said: that is the first choice, not one of the accesses. */
static guint
others_selected (const SatAccess *access, const SatObject *object)
{
  return (guint) (sat_access_others (access, object) + 1);
}

static void
others_cb (AdwComboRow *row, GParamSpec *pspec, SatRightsDetail *self)
{
  guint selected = adw_combo_row_get_selected (row);
  SatGrant grant;

  if (self->access == NULL || self->object == NULL || selected > SAT_N_FIELD_ACCESSES ||
      selected == others_selected (self->access, self->object))
    return;
  grant = sat_rights_nothing (self->object, NULL);
  grant.access = selected > 0 ? (int) selected - 1 : SAT_FIELD_EDIT;
  say (self, &grant);
}

static void
level_cb (GtkDropDown *level, GParamSpec *pspec, SatRightsDetail *self)
{
  const Line *line = g_object_get_data (G_OBJECT (level), "line");
  guint selected = gtk_drop_down_get_selected (level) + line->least;
  SatGrant grant = sat_rights_nothing (self->object, line->field);

  if (self->access == NULL || selected >= SAT_N_FIELD_ACCESSES ||
      selected == sat_access_field (self->access, line->field))
    return;
  grant.access = (int) selected;
  say (self, &grant);
}

static void
exports_cb (GtkCheckButton *exports, SatRightsDetail *self)
{
  const Line *line = g_object_get_data (G_OBJECT (exports), "line");
  gboolean active = gtk_check_button_get_active (exports);
  SatGrant grant = sat_rights_nothing (self->object, line->field);

  if (self->access == NULL || active == sat_access_exports (self->access, line->field))
    return;
  grant.rights[SAT_RIGHT_EXPORT] = active ? SAT_REACH_ALL : SAT_REACH_NONE;
  say (self, &grant);
}

static void
back_cb (GtkButton *button, SatRightsDetail *self)
{
  const Line *line = g_object_get_data (G_OBJECT (button), "line");
  SatGrant grant = sat_rights_nothing (self->object, line != NULL ? line->field : NULL);

  say (self, &grant);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void
add_rights (SatRightsDetail *self)
{
  g_autoptr (GtkStringList) reaches = sat_reach_list_new ();

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    {
      GtkWidget *row = adw_combo_row_new ();

      self->rows[i] = ADW_COMBO_ROW (row);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_right_text (i));
      adw_combo_row_set_model (self->rows[i], G_LIST_MODEL (reaches));
      g_object_set_data (G_OBJECT (row), "right", GUINT_TO_POINTER (i));
      g_signal_connect (row, "notify::selected", G_CALLBACK (reach_cb), self);
      gtk_list_box_append (self->rights, row);
    }
}

static void
add_others (SatRightsDetail *self)
{
  g_autoptr (GtkStringList) accesses = sat_field_access_list_new (SAT_FIELD_HIDDEN);
  g_autoptr (GtkStringList) choices = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  gtk_string_list_append (choices, _ ("As built in"));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (accesses)); i++)
    gtk_string_list_append (choices, gtk_string_list_get_string (accesses, i));
  self->others = ADW_COMBO_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("All Other Fields"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("But for those that all departments share, "
                                                        "and those said singly"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_combo_row_set_model (self->others, G_LIST_MODEL (choices));
  g_signal_connect (row, "notify::selected", G_CALLBACK (others_cb), self);
  gtk_list_box_append (self->fields, row);
}

static GtkWidget *
label_new (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
controls_new (SatRightsDetail *self, Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  const char *label = sat_here (line->field->label);
  g_autofree char *export_name = g_strdup_printf (_ ("%s: %s"), label, _ ("Export"));

  line->level = gtk_drop_down_new (G_LIST_MODEL (sat_field_access_list_new (line->least)), NULL);
  line->exports = gtk_check_button_new_with_label (_ ("Export"));
  line->back = gtk_button_new_from_icon_name ("edit-undo-symbolic");
  gtk_widget_add_css_class (line->level, "quiet");
  sat_name_widget (line->level, label);
  sat_name_widget (line->exports, export_name);
  sat_name_widget (line->back, _ ("As Built In"));
  gtk_widget_set_tooltip_text (line->back, _ ("As Built In"));
  gtk_widget_add_css_class (line->back, "flat");
  gtk_widget_set_hexpand (line->exports, TRUE);
  g_object_set_data (G_OBJECT (line->level), "line", line);
  g_object_set_data (G_OBJECT (line->exports), "line", line);
  g_object_set_data (G_OBJECT (line->back), "line", line);
  g_signal_connect (line->level, "notify::selected", G_CALLBACK (level_cb), self);
  g_signal_connect (line->exports, "toggled", G_CALLBACK (exports_cb), self);
  g_signal_connect (line->back, "clicked", G_CALLBACK (back_cb), self);
  gtk_box_append (GTK_BOX (box), line->level);
  gtk_box_append (GTK_BOX (box), line->exports);
  gtk_box_append (GTK_BOX (box), line->back);
  return box;
}

static void
add_field (SatRightsDetail *self, const SatField *field)
{
  GtkWidget *row = adw_preferences_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  Line *line = g_new0 (Line, 1);

  line->field = field;
  line->least = sat_rights_is_plain (field) ? SAT_FIELD_READ : SAT_FIELD_HIDDEN;
  line->mark = label_new ("", "caption");
  gtk_widget_add_css_class (line->mark, "accent");
  gtk_box_append (GTK_BOX (box), label_new (sat_here (field->label), NULL));
  gtk_box_append (GTK_BOX (box), line->mark);
  gtk_box_append (GTK_BOX (box), controls_new (self, line));
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 8);
  gtk_widget_set_margin_bottom (box, 8);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_here (field->label));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  g_ptr_array_add (self->lines, line);
  gtk_list_box_append (self->fields, row);
}

void
sat_rights_detail_set_object (SatRightsDetail *self, const SatObject *object)
{
  self->access = NULL;
  self->object = object;
  self->others = NULL;
  sat_remove_children (GTK_WIDGET (self->fields));
  g_ptr_array_set_size (self->lines, 0);
  add_others (self);
  for (guint i = 0; object != NULL && i < object->n_fields; i++)
    if (!object->fields[i]->hidden)
      add_field (self, object->fields[i]);
}

const SatObject *
sat_rights_detail_get_object (SatRightsDetail *self)
{
  return self->object;
}

/* ---- what is shown ------------------------------------------------------------------------- */

static gboolean
show_right (SatRightsDetail *self, SatRight right, gboolean can_change)
{
  const SatAccess *access = self->access;
  gboolean said = sat_access_is_granted (access, self->object, right);
  SatReach built_in = sat_access_default (sat_access_role (access), self->object, right);
  g_autofree char *text = g_strdup_printf (_ ("Changed; built in: %s"), sat_reach_text (built_in));

  adw_combo_row_set_selected (self->rows[right], sat_access_reach (access, self->object, right));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->rows[right]),
                               said ? text : _ ("As it is built in"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows[right]), can_change);
  return said;
}

static void
show_field (const Line *line, const SatAccess *access, gboolean can_change)
{
  SatFieldAccess level = sat_access_field (access, line->field);
  gboolean said = sat_access_field_is_granted (access, line->field);
  SatFieldAccess built_in = sat_access_default_field (sat_access_role (access), line->field);
  g_autofree char *text = g_strdup_printf (_ ("Changed; built in: %s"),
                                           sat_field_access_text (built_in));

  if (level >= line->least)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (line->level), level - line->least);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line->exports),
                               sat_access_exports (access, line->field));
  gtk_label_set_label (GTK_LABEL (line->mark), said ? text : "");
  gtk_widget_set_visible (line->mark, said);
  gtk_widget_set_visible (line->back, said && can_change);
  gtk_widget_set_sensitive (line->level, can_change);
  /* What cannot be read is never written to files. */
  gtk_widget_set_sensitive (line->exports, can_change && level >= SAT_FIELD_READ);
}

void
sat_rights_detail_show (SatRightsDetail *self, const SatAccess *access, gboolean can_change)
{
  gboolean said = FALSE;

  self->access = access;
  if (access == NULL || self->object == NULL)
    return;
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    said = show_right (self, i, can_change) || said;
  for (guint i = 0; i < self->lines->len; i++)
    show_field (self->lines->pdata[i], access, can_change);
  adw_combo_row_set_selected (self->others, others_selected (access, self->object));
  gtk_widget_set_sensitive (GTK_WIDGET (self->others), can_change);
  said = said || sat_access_others (access, self->object) >= 0;
  gtk_widget_set_visible (self->back, said && can_change);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_rights_detail_dispose (GObject *object)
{
  SatRightsDetail *self = SAT_RIGHTS_DETAIL (object);

  self->access = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  G_OBJECT_CLASS (sat_rights_detail_parent_class)->dispose (object);
}

static void
sat_rights_detail_class_init (SatRightsDetailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sat_rights_detail_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  say_signal = g_signal_new ("say", SAT_TYPE_RIGHTS_DETAIL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                             G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkListBox *
list_new (SatRightsDetail *self, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  sat_name_widget (list, name);
  gtk_box_append (GTK_BOX (self->box), label_new (name, "heading"));
  gtk_box_append (GTK_BOX (self->box), list);
  return GTK_LIST_BOX (list);
}

static void
sat_rights_detail_init (SatRightsDetail *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->rights = list_new (self, _ ("Whose Records"));
  add_rights (self);
  self->back = gtk_button_new_with_label (_ ("As Built In"));
  gtk_widget_set_halign (self->back, GTK_ALIGN_START);
  g_signal_connect (self->back, "clicked", G_CALLBACK (back_cb), self);
  gtk_box_append (GTK_BOX (self->box), self->back);
  self->fields = list_new (self, _ ("Single Fields"));
}
