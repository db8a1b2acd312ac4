/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/import/sat-import-columns.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"

/* A column of the file: its row, and the row that asks for the order of day and month. */
typedef struct
{
  char *name;
  gboolean kept; /* a line of the notes, where no field is chosen */
  AdwComboRow *field;
  AdwComboRow *dates;
  const SatField *dates_of; /* the field that `dates` was asked for */
} Column;

struct _SatImportColumns
{
  GtkWidget parent_instance;

  AdwActionRow *file;
  AdwComboRow *sheet;
  GtkSwitch *header;
  AdwActionRow *header_row;
  AdwPreferencesGroup *columns;
  AdwComboRow *match;
  AdwPreferencesGroup *missing_group;
  GtkSwitch *missing;

  const SatObject *object;
  GPtrArray *fields;  /* const SatField: what the drop-downs offer after “leave out” */
  GPtrArray *rows;    /* Column */
  GPtrArray *matches; /* const char: what `match` offers after “nothing” */
  gboolean has_id;
  gboolean filling; /* what changes now, the program changes */
};

G_DEFINE_FINAL_TYPE (SatImportColumns, sat_import_columns, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  REOPEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
column_free (gpointer data)
{
  Column *column = data;

  g_free (column->name);
  g_free (column);
}

static const SatField *
field_of (SatImportColumns *self, const Column *column)
{
  guint selected = adw_combo_row_get_selected (column->field);

  return selected > 0 && selected <= self->fields->len
             ? g_ptr_array_index (self->fields, selected - 1)
             : NULL;
}

static const char *
format_of (const Column *column)
{
  static const char *const formats[] = { NULL, "D/M/Y", "M/D/Y" };
  guint selected = adw_combo_row_get_selected (column->dates);

  if (!gtk_widget_get_visible (GTK_WIDGET (column->dates)) || selected >= G_N_ELEMENTS (formats))
    return NULL;
  return formats[selected];
}

/* ---- matching ------------------------------------------------------------------------------ */

/* By what references, long texts and tags hold nobody is found. */
static gboolean
is_a_key (const SatField *field)
{
  SatTypeId type = field->type->id;

  return type != SAT_TYPE_LONG_TEXT && type != SAT_TYPE_TAGS && type != SAT_TYPE_ADDRESS;
}

static void
offer_match (SatImportColumns *self, GtkStringList *names, const char *name, const char *label)
{
  g_ptr_array_add (self->matches, (gpointer) name);
  gtk_string_list_append (names, label);
}

static guint
match_position (SatImportColumns *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->matches->len; i++)
    if (g_str_equal (g_ptr_array_index (self->matches, i), name))
      return i + 1;
  return 0;
}

/* Whatever a column goes to can be matched by. */
static void
fill_match (SatImportColumns *self)
{
  const char *had = sat_import_columns_match (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->matches, 0);
  gtk_string_list_append (names, _ ("Nothing: all rows are new"));
  if (self->has_id)
    offer_match (self, names, SAT_IMPORT_ID, _ ("Id"));
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SatField *field = field_of (self, g_ptr_array_index (self->rows, i));

      if (field != NULL && is_a_key (field) && match_position (self, field->name) == 0)
        offer_match (self, names, field->name, sat_here (field->label));
    }
  adw_combo_row_set_model (self->match, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->match, match_position (self, had));
}

const char *
sat_import_columns_match (SatImportColumns *self)
{
  guint selected = adw_combo_row_get_selected (self->match);

  return selected > 0 && selected <= self->matches->len
             ? g_ptr_array_index (self->matches, selected - 1)
             : NULL;
}

/* ---- columns ------------------------------------------------------------------------------- */

static void
show_dates (Column *column, const SatField *field, const SatImportColumn *found)
{
  gboolean asked = column->dates_of == field && field != NULL &&
                   adw_combo_row_get_selected (column->dates) > 0;

  if (!asked)
    adw_combo_row_set_selected (column->dates, 0);
  if (found->undecided)
    {
      g_autofree char *text = g_strdup_printf (
          /* Translators: %s is a date as it stands in a file, such as “03/04/2024”. */
          _ ("“%s” can be read in two ways"), found->example != NULL ? found->example : "");

      adw_action_row_set_subtitle (ADW_ACTION_ROW (column->dates), text);
    }
  if (found->undecided && !asked)
    gtk_widget_add_css_class (GTK_WIDGET (column->dates), "undecided");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (column->dates), "undecided");
  if (asked)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (column->dates), NULL);
  column->dates_of = field;
  gtk_widget_set_visible (GTK_WIDGET (column->dates), found->undecided || asked);
}

void
sat_import_columns_update (SatImportColumns *self, const SatImportLook *look)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len && i < look->columns->len; i++)
    {
      Column *column = g_ptr_array_index (self->rows, i);
      const SatImportColumn *found = g_ptr_array_index (look->columns, i);

      /* Of a field chosen since, the next look will tell. */
      if (found->field == field_of (self, column))
        show_dates (column, found->field, found);
    }
  self->filling = FALSE;
}

static void
mark_left_out (Column *column)
{
  if (adw_combo_row_get_selected (column->field) == 0 && !column->kept)
    gtk_widget_add_css_class (GTK_WIDGET (column->field), "left-out");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (column->field), "left-out");
}

static void
changed (SatImportColumns *self)
{
  if (self->filling)
    return;
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    mark_left_out (g_ptr_array_index (self->rows, i));
  fill_match (self);
  self->filling = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
match_cb (SatImportColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
reopen_cb (SatImportColumns *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[REOPEN], 0);
}

static GtkWidget *
combo_row (SatImportColumns *self, const char *title, GListModel *model)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), model);
  return row;
}

static guint
field_position (SatImportColumns *self, const SatField *field)
{
  guint position;

  return field != NULL && g_ptr_array_find (self->fields, field, &position) ? position + 1 : 0;
}

static GListModel *
offer_fields (SatImportColumns *self, gboolean kept)
{
  GtkStringList *labels = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->fields, 0);
  gtk_string_list_append (labels, kept ? _ ("Line of the notes") : _ ("Leave out"));
  for (guint i = 0; i < self->object->n_fields; i++)
    if (!self->object->fields[i]->hidden)
      {
        g_ptr_array_add (self->fields, (gpointer) self->object->fields[i]);
        gtk_string_list_append (labels, sat_here (self->object->fields[i]->label));
      }
  return G_LIST_MODEL (labels);
}

static void
add_column (SatImportColumns *self, const SatImportColumn *found)
{
  g_autoptr (GListModel) fields = offer_fields (self, found->kept);
  g_autoptr (GtkStringList) orders = gtk_string_list_new (NULL);
  /* Translators: %s is the name of a column that holds dates. */
  g_autofree char *title = g_strdup_printf (_ ("Dates of “%s”"), found->name);
  Column *column = g_new0 (Column, 1);

  gtk_string_list_append (orders, _ ("Please choose"));
  gtk_string_list_append (orders, _ ("Day/month/year"));
  gtk_string_list_append (orders, _ ("Month/day/year"));
  column->name = g_strdup (found->name);
  column->kept = found->kept;
  column->field = ADW_COMBO_ROW (combo_row (self, found->name, fields));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (column->field), found->samples);
  adw_combo_row_set_selected (column->field, field_position (self, found->field));
  column->dates = ADW_COMBO_ROW (combo_row (self, title, G_LIST_MODEL (orders)));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (column->dates), 2);
  g_ptr_array_add (self->rows, column);
  adw_preferences_group_add (self->columns, GTK_WIDGET (column->field));
  adw_preferences_group_add (self->columns, GTK_WIDGET (column->dates));
  mark_left_out (column);
  show_dates (column, found->field, found);
  g_signal_connect_object (column->field, "notify::selected", G_CALLBACK (changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (column->dates, "notify::selected", G_CALLBACK (changed), self,
                           G_CONNECT_SWAPPED);
}

static void
remove_columns (SatImportColumns *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Column *column = g_ptr_array_index (self->rows, i);

      adw_preferences_group_remove (self->columns, GTK_WIDGET (column->field));
      adw_preferences_group_remove (self->columns, GTK_WIDGET (column->dates));
    }
  g_ptr_array_set_size (self->rows, 0);
}

void
sat_import_columns_decide (SatImportColumns *self, guint order)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Column *column = g_ptr_array_index (self->rows, i);

      if (gtk_widget_get_visible (GTK_WIDGET (column->dates)))
        adw_combo_row_set_selected (column->dates, order);
    }
}

GPtrArray *
sat_import_columns_choices (SatImportColumns *self)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func (sat_import_choice_free);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Column *column = g_ptr_array_index (self->rows, i);

      if (!column->kept || field_of (self, column) != NULL)
        g_ptr_array_add (choices, sat_import_choice_new (column->name, field_of (self, column),
                                                         format_of (column)));
    }
  return choices;
}

guint
sat_import_columns_n_left_out (SatImportColumns *self)
{
  const char *match = sat_import_columns_match (self);
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Column *column = g_ptr_array_index (self->rows, i);

      n += field_of (self, column) == NULL && !column->kept;
    }
  return n > 0 && g_strcmp0 (match, SAT_IMPORT_ID) == 0 ? n - 1 : n;
}

char *
sat_import_columns_problem (SatImportColumns *self)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Column *column = g_ptr_array_index (self->rows, i);
      const SatField *field = field_of (self, column);

      if (field != NULL && !g_hash_table_add (taken, (gpointer) field))
        return g_strdup_printf (_ ("Two columns go to “%s”; leave one of them out"),
                                sat_here (field->label));
      if (field != NULL && gtk_widget_get_visible (GTK_WIDGET (column->dates)) &&
          format_of (column) == NULL)
        return g_strdup_printf (_ ("Say which is the day and which the month in “%s”"),
                                column->name);
    }
  return g_hash_table_size (taken) == 0 ? g_strdup (_ ("No column goes to a field yet")) : NULL;
}

/* ---- the file ------------------------------------------------------------------------------ */

static void
show_file (SatImportColumns *self, const char *name, const SatImportLook *look)
{
  g_autofree char *kind = g_ascii_strup (look->kind, -1);
  const char delimiter[] = { look->delimiter, '\0' };
  g_autofree char *text = NULL;

  if (look->encoding == NULL)
    text = g_strdup (kind);
  else if (look->delimiter == '\0')
    text = g_strdup_printf ("%s · %s", kind, look->encoding);
  else
    /* Translators: the kind of a file, its encoding, and the character between its columns. */
    text = g_strdup_printf (_ ("%s · %s · separated by “%s”"), kind, look->encoding,
                            look->delimiter == '\t' ? _ ("tab") : delimiter);
  /* Cards and JSON name each value themselves. */
  gtk_widget_set_visible (GTK_WIDGET (self->header_row),
                          look->delimiter != '\0' || look->sheets[0] != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->file), name);
  adw_action_row_set_subtitle (self->file, text);
}

static void
show_sheets (SatImportColumns *self, const SatImportLook *look)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new ((const char *const *) look->sheets);
  guint n = g_strv_length (look->sheets);

  adw_combo_row_set_model (self->sheet, G_LIST_MODEL (names));
  if (n > 0)
    adw_combo_row_set_selected (self->sheet, look->sheet);
  gtk_widget_set_visible (GTK_WIDGET (self->sheet), n > 1);
}

/* Users and the like are not made by an import. */
static gboolean
refers (const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      const SatObject *other = field->type->id == SAT_TYPE_REFERENCE && !field->hidden
                                   ? sat_catalogue_find (object->catalogue, field->reference)
                                   : NULL;

      if (other != NULL && !other->system)
        return TRUE;
    }
  return FALSE;
}

void
sat_import_columns_set_look (SatImportColumns *self,
                             const SatObject *object,
                             const char *file_name,
                             const SatImportLook *look)
{
  self->filling = TRUE;
  remove_columns (self);
  self->object = object;
  self->has_id = look->has_id;
  show_file (self, file_name, look);
  show_sheets (self, look);
  for (guint i = 0; i < look->columns->len; i++)
    add_column (self, g_ptr_array_index (look->columns, i));
  fill_match (self);
  gtk_widget_set_visible (GTK_WIDGET (self->missing_group), refers (object));
  /* What was exported with its ids comes back to where it was. */
  adw_combo_row_set_selected (self->match, self->has_id ? 1 : 0);
  self->filling = FALSE;
}

gboolean
sat_import_columns_create_missing (SatImportColumns *self)
{
  return gtk_switch_get_active (self->missing);
}

char *
sat_import_columns_sheet (SatImportColumns *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->sheet))
             ? g_strdup_printf ("%u", adw_combo_row_get_selected (self->sheet) + 1)
             : NULL;
}

gboolean
sat_import_columns_no_header (SatImportColumns *self)
{
  return !gtk_switch_get_active (self->header);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static gboolean
sat_import_columns_grab_focus (GtkWidget *widget)
{
  SatImportColumns *self = SAT_IMPORT_COLUMNS (widget);

  if (self->rows->len == 0)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (((Column *) g_ptr_array_index (self->rows, 0))->field));
}

static void
sat_import_columns_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_import_columns_parent_class)->dispose (object);
}

static void
sat_import_columns_finalize (GObject *object)
{
  SatImportColumns *self = SAT_IMPORT_COLUMNS (object);

  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->matches);
  G_OBJECT_CLASS (sat_import_columns_parent_class)->finalize (object);
}

static void
sat_import_columns_class_init (SatImportColumnsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_import_columns_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_import_columns_finalize;
  widget_class->grab_focus = sat_import_columns_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[REOPEN] = g_signal_new ("reopen", SAT_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/import/sat-import-columns.ui");
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, file);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, sheet);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, header);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, header_row);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, columns);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, match);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, missing_group);
  gtk_widget_class_bind_template_child (widget_class, SatImportColumns, missing);
  gtk_widget_class_bind_template_callback (widget_class, match_cb);
  gtk_widget_class_bind_template_callback (widget_class, reopen_cb);
}

static void
sat_import_columns_init (SatImportColumns *self)
{
  self->rows = g_ptr_array_new_with_free_func (column_free);
  self->fields = g_ptr_array_new ();
  self->matches = g_ptr_array_new ();
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}
