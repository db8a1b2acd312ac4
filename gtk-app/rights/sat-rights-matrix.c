/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rights/sat-rights-matrix.h"

#include <glib/gi18n.h>

#include "gtk-app/rights/sat-rights-words.h"
#include "gtk-app/rights/sat-rights-work.h"
#include "gtk-app/sat-util.h"

/* One object, in both forms. */
typedef struct
{
  const SatObject *object;
  GtkWidget *cells[SAT_N_RIGHTS]; /* GtkDropDown */
  GtkWidget *mark;                /* says that something was changed */
  AdwActionRow *line;             /* of the list */
} Line;

struct _SatRightsMatrix
{
  GtkWidget parent_instance;

  GtkWidget *squeezer;
  GtkListBox *table;
  GtkListBox *list;
  GtkSizeGroup *columns[SAT_N_RIGHTS];
  GPtrArray *lines; /* Line, in the order shown */
  const SatAccess *access;
};

G_DEFINE_FINAL_TYPE (SatRightsMatrix, sat_rights_matrix, GTK_TYPE_WIDGET)

enum
{
  OPEN,
  SAY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- choosing ------------------------------------------------------------------------------ */

static void
selected_cb (GtkDropDown *cell, GParamSpec *pspec, SatRightsMatrix *self)
{
  const Line *line = g_object_get_data (G_OBJECT (cell), "line");
  guint right = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (cell), "right"));
  guint selected = gtk_drop_down_get_selected (cell);
  SatGrant grant = sat_rights_nothing (line->object, NULL);

  if (self->access == NULL || selected >= SAT_N_REACHES ||
      selected == sat_access_reach (self->access, line->object, right))
    return;
  grant.rights[right] = (int) selected;
  g_signal_emit (self, signals[SAY], 0, &grant);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SatRightsMatrix *self)
{
  const Line *line = g_object_get_data (G_OBJECT (row), "line");

  if (line != NULL)
    g_signal_emit (self, signals[OPEN], 0, line->object);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static GtkWidget *
cell_new (SatRightsMatrix *self, Line *line, SatRight right, GtkStringList *reaches)
{
  GtkWidget *cell = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (reaches)), NULL);
  /* Translators: what may be done with which records: “Customers: Read”. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), sat_here (line->object->plural),
                                           sat_right_text (right));

  gtk_widget_set_valign (cell, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (cell, "quiet");
  sat_name_widget (cell, name);
  g_object_set_data (G_OBJECT (cell), "line", line);
  g_object_set_data (G_OBJECT (cell), "right", GUINT_TO_POINTER (right));
  g_signal_connect (cell, "notify::selected", G_CALLBACK (selected_cb), self);
  gtk_size_group_add_widget (self->columns[right], cell);
  return cell;
}

static GtkWidget *
name_new (Line *line)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = gtk_label_new (sat_here (line->object->plural));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), 12);
  line->mark = gtk_label_new (_ ("Changed by the company"));
  gtk_label_set_xalign (GTK_LABEL (line->mark), 0);
  gtk_label_set_wrap (GTK_LABEL (line->mark), TRUE);
  gtk_widget_add_css_class (line->mark, "caption");
  gtk_widget_add_css_class (line->mark, "accent");
  gtk_widget_hide (line->mark);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), line->mark);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
table_row_new (GtkWidget *box)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 4);
  gtk_widget_set_margin_bottom (box, 4);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
add_to_table (SatRightsMatrix *self, Line *line, GtkStringList *reaches)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *row = table_row_new (box);

  gtk_box_append (GTK_BOX (box), name_new (line));
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    gtk_box_append (GTK_BOX (box), line->cells[i] = cell_new (self, line, i, reaches));
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "line", line);
  sat_name_widget (row, sat_here (line->object->plural));
  gtk_list_box_append (self->table, row);
}

static void
add_to_list (SatRightsMatrix *self, Line *line)
{
  GtkWidget *row = adw_action_row_new ();

  line->line = ADW_ACTION_ROW (row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_here (line->object->plural));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  adw_action_row_add_suffix (line->line, gtk_image_new_from_icon_name ("go-next-symbolic"));
  g_object_set_data (G_OBJECT (row), "line", line);
  gtk_list_box_append (self->list, row);
}

static void
add_headings (SatRightsMatrix *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *row = table_row_new (box);
  GtkWidget *space = gtk_label_new (_ ("Kind of Record"));
  GtkWidget *end = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_label_set_xalign (GTK_LABEL (space), 0);
  gtk_widget_set_hexpand (space, TRUE);
  gtk_widget_add_css_class (space, "caption-heading");
  gtk_box_append (GTK_BOX (box), space);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    {
      GtkWidget *label = gtk_label_new (sat_right_text (i));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_widget_set_margin_start (label, 10);
      gtk_widget_add_css_class (label, "caption-heading");
      gtk_size_group_add_widget (self->columns[i], label);
      gtk_box_append (GTK_BOX (box), label);
    }
  gtk_widget_set_opacity (end, 0);
  gtk_box_append (GTK_BOX (box), end);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_list_box_append (self->table, row);
}

/* What people work with comes before what says how the company works. */
static void
collect (SatRightsMatrix *self, const SatCatalogue *catalogue)
{
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
      {
        const SatObject *object = sat_catalogue_object (catalogue, i);
        Line *line;

        if (!sat_rights_has_object (object) || object->system != (pass == 1))
          continue;
        line = g_new0 (Line, 1);
        line->object = object;
        g_ptr_array_add (self->lines, line);
      }
}

void
sat_rights_matrix_set_catalogue (SatRightsMatrix *self, const SatCatalogue *catalogue)
{
  g_autoptr (GtkStringList) reaches = sat_reach_list_new ();

  self->access = NULL;
  sat_remove_children (GTK_WIDGET (self->table));
  sat_remove_children (GTK_WIDGET (self->list));
  g_ptr_array_set_size (self->lines, 0);
  collect (self, catalogue);
  add_headings (self);
  for (guint i = 0; i < self->lines->len; i++)
    {
      add_to_table (self, self->lines->pdata[i], reaches);
      add_to_list (self, self->lines->pdata[i]);
    }
}

/* ---- what is shown ------------------------------------------------------------------------- */

static void
show_cell (Line *line, SatRight right, const SatAccess *access, gboolean can_change)
{
  GtkWidget *cell = line->cells[right];
  gboolean said = sat_access_is_granted (access, line->object, right);
  SatReach built_in = sat_access_default (sat_access_role (access), line->object, right);
  /* Translators: %s is one of None, Own, Team, All. */
  g_autofree char *text = g_strdup_printf (_ ("Built in: %s"), sat_reach_text (built_in));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (cell), sat_access_reach (access, line->object, right));
  gtk_widget_set_sensitive (cell, can_change);
  if (said)
    gtk_widget_add_css_class (cell, "said");
  else
    gtk_widget_remove_css_class (cell, "said");
  gtk_widget_set_tooltip_text (cell, said ? text : NULL);
}

static char *
line_text (const Line *line, const SatAccess *access, gboolean is_changed)
{
  g_autoptr (GString) text = g_string_new (is_changed ? _ ("Changed by the company") : "");

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    {
      if (text->len > 0)
        g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%s: %s"), sat_right_text (i),
                              sat_reach_text (sat_access_reach (access, line->object, i)));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
sat_rights_matrix_show (SatRightsMatrix *self, const SatAccess *access, gboolean can_change)
{
  self->access = access;
  for (guint i = 0; access != NULL && i < self->lines->len; i++)
    {
      Line *line = g_ptr_array_index (self->lines, i);
      gboolean is_changed = sat_rights_says_of (access, line->object);
      g_autofree char *text = line_text (line, access, is_changed);

      for (guint k = 0; k < SAT_N_RIGHTS; k++)
        show_cell (line, k, access, can_change);
      gtk_widget_set_visible (line->mark, is_changed);
      adw_action_row_set_subtitle (line->line, text);
    }
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_rights_matrix_dispose (GObject *object)
{
  SatRightsMatrix *self = SAT_RIGHTS_MATRIX (object);

  self->access = NULL;
  g_clear_pointer (&self->squeezer, gtk_widget_unparent);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    g_clear_object (&self->columns[i]);
  G_OBJECT_CLASS (sat_rights_matrix_parent_class)->dispose (object);
}

static void
sat_rights_matrix_class_init (SatRightsMatrixClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sat_rights_matrix_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[OPEN] = g_signal_new ("open", SAT_TYPE_RIGHTS_MATRIX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SAY] = g_signal_new ("say", SAT_TYPE_RIGHTS_MATRIX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static GtkListBox *
list_new (SatRightsMatrix *self)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_valign (list, GTK_ALIGN_START);
  sat_name_widget (list, _ ("Records and rights"));
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), self);
  adw_squeezer_add (ADW_SQUEEZER (self->squeezer), list);
  return GTK_LIST_BOX (list);
}

static void
sat_rights_matrix_init (SatRightsMatrix *self)
{
  self->lines = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    self->columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  self->squeezer = adw_squeezer_new ();
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (self->squeezer), FALSE);
  adw_squeezer_set_switch_threshold_policy (ADW_SQUEEZER (self->squeezer),
                                            ADW_FOLD_THRESHOLD_POLICY_MINIMUM);
  adw_squeezer_set_yalign (ADW_SQUEEZER (self->squeezer), 0);
  gtk_widget_set_parent (self->squeezer, GTK_WIDGET (self));
  self->table = list_new (self);
  self->list = list_new (self);
}
