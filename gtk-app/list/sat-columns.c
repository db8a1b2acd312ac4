/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-columns.h"

#include <glib/gi18n.h>

#include "gtk-app/model/sat-row.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define TITLE_WIDTH 240
#define MARKED_CHOICES 8

/* Of every column; owned by it. */
#define TINTS 8 /* .mark.tint-N in style.css and style-dark.css */

typedef struct
{
  const SatField *field;
  guint index;
  int width;
  GtkColumnView *view; /* not a reference */
} Column;

/* A few choices are told apart by colour; many would only be a rainbow. */
static gboolean
is_marked (const SatField *field)
{
  return field->type->id == SAT_TYPE_CHOICE && field->n_choices <= MARKED_CHOICES;
}

/* About what the longest label takes. */
static int
choice_width (const SatField *field)
{
  int longest = 0;

  for (guint i = 0; i < field->n_choices; i++)
    {
      int units = 0;

      for (const char *p = sat_here (field->choices[i].label); *p != '\0'; p = g_utf8_next_char (p))
        units += g_unichar_iswide (g_utf8_get_char (p)) ? 2 : 1;
      longest = MAX (longest, units);
    }
  return CLAMP (longest * 7 + 44, 100, 190);
}

static int
width_for (const SatField *field)
{
  switch (field->type->id)
    {
    case SAT_TYPE_CHOICE:
      return choice_width (field);
    case SAT_TYPE_EMAIL:
    case SAT_TYPE_WEB:
    case SAT_TYPE_REFERENCE:
      return 190;
    case SAT_TYPE_TIME:
      return 170;
    case SAT_TYPE_PHONE:
    case SAT_TYPE_MONEY:
    case SAT_TYPE_TAGS:
      return 150;
    case SAT_TYPE_YES_NO:
    case SAT_TYPE_PERCENT:
      return 90;
    case SAT_TYPE_TEXT:
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_DATE:
    case SAT_TYPE_ADDRESS:
    case SAT_TYPE_PICTURE:
    case SAT_TYPE_ATTACHMENT:
    case SAT_TYPE_PLACE:
    case SAT_N_TYPES:
    default:
      return 125;
    }
}

/* ---- which --------------------------------------------------------------------------------- */

gboolean
sat_columns_can_show (const SatField *field)
{
  return !field->hidden && field->type->id != SAT_TYPE_PICTURE;
}

static void
add_field (GPtrArray *fields, const SatField *field)
{
  if (field != NULL && sat_columns_can_show (field) && !g_ptr_array_find (fields, field, NULL))
    g_ptr_array_add (fields, (gpointer) field);
}

GPtrArray *
sat_columns_read (const SatObject *object, const char *text)
{
  g_auto (GStrv) names = text != NULL ? g_strsplit (text, ",", -1) : NULL;
  GPtrArray *fields = g_ptr_array_new ();

  g_ptr_array_add (fields, (gpointer) object->title);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    add_field (fields, sat_object_find_any (object, g_strstrip (names[i])));
  for (guint i = 0; names == NULL && i < object->n_list_columns; i++)
    add_field (fields, object->list_columns[i]);
  return fields;
}

static char *
text_of (const GPtrArray *fields)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const SatField *field = g_ptr_array_index (fields, i);

      g_string_append_printf (text, "%s%s", i > 0 ? "," : "", field->name);
    }
  return g_string_free (text, FALSE);
}

char *
sat_columns_write (const SatObject *object, const GPtrArray *fields)
{
  g_autoptr (GPtrArray) usual = sat_columns_read (object, NULL);
  g_autofree char *text = text_of (fields);
  g_autofree char *same = text_of (usual);

  return g_str_equal (text, same) ? NULL : g_steal_pointer (&text);
}

char *
sat_columns_remembered (const SatObject *object)
{
  g_autoptr (GVariant) all = NULL;
  char *text = NULL;

  if (sat_settings () == NULL)
    return NULL;
  all = g_settings_get_value (sat_settings (), "columns");
  return g_variant_lookup (all, object->name, "s", &text) ? text : NULL;
}

void
sat_columns_remember (const SatObject *object, const char *text)
{
  g_autoptr (GVariant) all = NULL;
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name, *had;

  if (sat_settings () == NULL)
    return;
  all = g_settings_get_value (sat_settings (), "columns");
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &name, &had))
    if (!g_str_equal (name, object->name))
      g_variant_builder_add (&builder, "{ss}", name, had);
  if (text != NULL)
    g_variant_builder_add (&builder, "{ss}", object->name, text);
  g_settings_set_value (sat_settings (), "columns", g_variant_builder_end (&builder));
}

/* ---- cells --------------------------------------------------------------------------------- */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *cell = label;

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), sat_field_is_number (column->field) ? 1 : 0);
  if (column->index == 0)
    {
      GtkWidget *image = gtk_image_new_from_icon_name ("satchel-conflict-symbolic");

      cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      gtk_widget_add_css_class (label, "title-cell");
      gtk_widget_add_css_class (image, "conflict-icon");
      gtk_widget_set_tooltip_text (image, _ ("In conflict: someone has to decide"));
      gtk_box_append (GTK_BOX (cell), label);
      gtk_box_append (GTK_BOX (cell), image);
      g_object_set_data (G_OBJECT (item), "conflict", image);
    }
  else if (is_marked (column->field))
    {
      cell = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (cell), label);
    }
  else if (sat_field_is_number (column->field))
    gtk_widget_add_css_class (label, "numeric");
  g_object_set_data (G_OBJECT (item), "label", label);
  gtk_list_item_set_child (item, cell);
}

/* Choices as coloured marks: the colour follows the choice's place in the catalogue. */
static void
show_choice (GtkLabel *label, const Column *column, const SatRecord *record)
{
  const char *value = record != NULL ? sat_record_get (record, column->field) : NULL;
  int index = sat_choice_index (column->field, value);
  g_autofree char *colour = g_strdup_printf ("tint-%d", index < 0 ? 0 : index % TINTS);
  const char *classes[] = { "mark", colour, NULL };
  const char *none[] = { NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (label), value != NULL ? classes : none);
}

/* The row that CELL, a direct child of its cell widget, is in, is called by the record's title. */
static void
name_row (GtkWidget *cell, const char *title)
{
  GtkWidget *holder = gtk_widget_get_parent (cell);
  GtkWidget *row = holder != NULL ? gtk_widget_get_parent (holder) : NULL;

  if (row != NULL)
    sat_name_widget (row, title);
}

static void
show_cell (GtkListItem *item)
{
  const Column *column = g_object_get_data (G_OBJECT (item), "column");
  GtkLabel *label = g_object_get_data (G_OBJECT (item), "label");
  GtkWidget *conflict = g_object_get_data (G_OBJECT (item), "conflict");
  SatRow *row = gtk_list_item_get_item (item);
  const SatRecord *record = row != NULL ? sat_row_get_record (row) : NULL;

  if (row == NULL)
    return;
  if (column->index == 0 && record == NULL)
    gtk_label_set_label (label, "…");
  else
    gtk_label_set_label (label, sat_row_get_text (row, column->index));
  if (column->index == 0 && record != NULL)
    name_row (gtk_list_item_get_child (item), sat_record_title (record));
  if (conflict != NULL)
    gtk_widget_set_visible (conflict, record != NULL && sat_record_n_conflicts (record) > 0);
  else if (is_marked (column->field))
    show_choice (label, column, record);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  SatRow *row = gtk_list_item_get_item (item);
  gulong handler;

  g_object_set_data (G_OBJECT (item), "column", column);
  handler = g_signal_connect_swapped (row, "loaded", G_CALLBACK (show_cell), item);
  g_object_set_data (G_OBJECT (item), "handler", (gpointer) handler);
  show_cell (item);
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, Column *column)
{
  gulong handler = (gulong) g_object_get_data (G_OBJECT (item), "handler");

  if (handler != 0)
    g_signal_handler_disconnect (gtk_list_item_get_item (item), handler);
  g_object_set_data (G_OBJECT (item), "handler", NULL);
}

/* ---- sorting ------------------------------------------------------------------------------- */

/* Nothing is ever sorted by this: asked to compare, it notes that its column comes first, and in
 * which direction the view then turns the answer (GTK 4.8 has no other way to ask). */
static int
note_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  Column *column = data;

  if (g_object_get_data (G_OBJECT (column->view), "sorted-by") == NULL)
    g_object_set_data (G_OBJECT (column->view), "sorted-by", (gpointer) column->field);
  return 1;
}

const SatField *
sat_columns_sorted_by (GtkColumnView *view, gboolean *out_descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (view);
  g_autoptr (SatRow) a = sat_row_new (0);
  g_autoptr (SatRow) b = sat_row_new (1);
  GtkOrdering ordering;

  g_object_set_data (G_OBJECT (view), "sorted-by", NULL);
  ordering = gtk_sorter_compare (sorter, a, b);
  *out_descending = ordering == GTK_ORDERING_SMALLER;
  return g_object_get_data (G_OBJECT (view), "sorted-by");
}

gboolean
sat_columns_sort_by (GtkColumnView *view, const char *name, gboolean descending)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (columns, i);
      const Column *column = g_object_get_data (G_OBJECT (made), "column");

      if (!g_str_equal (column->field->name, name))
        continue;
      gtk_column_view_sort_by_column (view, made,
                                      descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      return TRUE;
    }
  return FALSE;
}

/* ---- columns ------------------------------------------------------------------------------- */

static void
add_column (GtkColumnView *view, const SatField *field, guint index)
{
  Column *column = g_new0 (Column, 1);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkSorter *sorter = GTK_SORTER (gtk_custom_sorter_new (note_cb, column, NULL));
  GtkColumnViewColumn *made;

  column->field = field;
  column->index = index;
  column->width = width_for (field);
  column->view = view;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), column);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), column);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), column);

  made = gtk_column_view_column_new (sat_here (field->label), factory);
  gtk_column_view_column_set_sorter (made, sorter);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, index == 0);
  if (index > 0)
    gtk_column_view_column_set_fixed_width (made, column->width);
  g_object_set_data_full (G_OBJECT (made), "column", column, g_free);
  gtk_column_view_append_column (view, made);
  if (index == 0)
    gtk_column_view_sort_by_column (view, made, GTK_SORT_ASCENDING);
  g_object_unref (sorter);
  g_object_unref (made);
}

void
sat_columns_set (GtkColumnView *view, const GPtrArray *fields)
{
  GListModel *columns = gtk_column_view_get_columns (view);

  while (g_list_model_get_n_items (columns) > 0)
    {
      g_autoptr (GtkColumnViewColumn) old = g_list_model_get_item (columns, 0);

      gtk_column_view_remove_column (view, old);
    }
  for (guint i = 0; i < fields->len; i++)
    add_column (view, g_ptr_array_index (fields, i), i);
}

void
sat_columns_fit (GtkColumnView *view, int width)
{
  GListModel *columns = gtk_column_view_get_columns (view);
  int used = TITLE_WIDTH;

  for (guint i = 1; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) made = g_list_model_get_item (columns, i);
      const Column *column = g_object_get_data (G_OBJECT (made), "column");

      used += column->width;
      if (gtk_column_view_column_get_visible (made) == (used <= width))
        continue;
      /* GTK 4.8 still counts the fixed width of a hidden column. */
      gtk_column_view_column_set_fixed_width (made, used <= width ? column->width : 0);
      gtk_column_view_column_set_visible (made, used <= width);
    }
}
