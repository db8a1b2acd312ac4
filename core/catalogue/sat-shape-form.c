/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where fields that a company has added, moved or retired stand in lists and forms. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/catalogue/sat-catalogue-private.h"

/* The group of fields that name none. */
static const char *const more[][2] = { { "en", "More" }, { "zh_CN", "更多" } };

static SatFieldSource *
find_field (const SatObjectSource *object, const char *name)
{
  for (guint i = 0; i < object->fields->len; i++)
    {
      SatFieldSource *field = g_ptr_array_index (object->fields, i);
      if (strcmp (field->field.name, name) == 0)
        return field;
    }
  return NULL;
}

/* ---- list ---- */

typedef struct
{
  int place;
  guint order; /* of equal places */
  const SatFieldSource *field;
} Column;

static int
compare_columns (gconstpointer a, gconstpointer b)
{
  const Column *x = a;
  const Column *y = b;

  if (x->place != y->place)
    return x->place < y->place ? -1 : 1;
  if (x->order != y->order)
    return x->order < y->order ? -1 : 1;
  return strcmp (x->field->field.name, y->field->field.name);
}

static void
place_columns (SatCatalogue *catalogue, SatObjectSource *object)
{
  g_auto (GStrv) words = g_strsplit_set (object->columns ? object->columns : object->title,
                                         " \t\r\n", -1);
  g_autoptr (GArray) columns = g_array_new (FALSE, FALSE, sizeof (Column));
  g_autoptr (GHashTable) built_in = g_hash_table_new (NULL, NULL);
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      const SatFieldSource *field = find_field (object, words[i]);
      Column column = { 0, n + 1, field };

      if (field == NULL)
        continue;
      n++;
      g_hash_table_add (built_in, (gpointer) field);
      if (strcmp (words[i], object->title) == 0)
        column.place = -1;
      else
        column.place = field->list >= 0 ? field->list : 10 * (int) n;
      if (column.place != 0 && !field->field.hidden)
        g_array_append_val (columns, column);
    }
  for (guint i = 0; i < object->fields->len; i++)
    {
      const SatFieldSource *field = g_ptr_array_index (object->fields, i);
      Column column = { field->list, G_MAXUINT, field };

      if (field->list > 0 && !field->field.hidden &&
          !g_hash_table_contains (built_in, (gpointer) field))
        g_array_append_val (columns, column);
    }
  g_array_sort (columns, compare_columns);
  for (guint i = 0; i < columns->len; i++)
    g_string_append_printf (list, "%s%s", i ? " " : "",
                            g_array_index (columns, Column, i).field->field.name);
  object->columns = sat_catalogue_string (catalogue, list->str);
}

/* ---- form ---- */

static gboolean
has_label (const SatLabels *labels, const char *text)
{
  g_autofree char *wanted = sat_text_fold (text);

  for (guint i = 0; i < labels->languages->len; i++)
    {
      g_autofree char *folded = sat_text_fold (g_ptr_array_index (labels->texts, i));
      if (strcmp (folded, wanted) == 0)
        return TRUE;
    }
  return FALSE;
}

static SatGroupSource *
new_group (SatCatalogue *catalogue, SatObjectSource *object)
{
  SatGroupSource *group = sat_catalogue_alloc (catalogue, sizeof *group);

  group->fields = "";
  group->label = sat_catalogue_labels (catalogue);
  group->found = sat_catalogue_array (catalogue);
  g_ptr_array_add (object->groups, group);
  return group;
}

static SatGroupSource *
group_of (SatCatalogue *catalogue, SatObjectSource *object, const SatFieldSource *field)
{
  const char *wanted = field->group ? field->group : more[0][1];
  SatGroupSource *group;

  for (guint i = 0; i < object->groups->len; i++)
    {
      group = g_ptr_array_index (object->groups, i);
      if (has_label (group->label, wanted))
        return group;
    }
  group = new_group (catalogue, object);
  if (field->group != NULL)
    sat_labels_add (group->label, "en", field->group);
  else
    for (guint i = 0; i < G_N_ELEMENTS (more); i++)
      sat_labels_add (group->label, more[i][0], more[i][1]);
  return group;
}

static void
append (SatCatalogue *catalogue, SatGroupSource *group, const SatFieldSource *field)
{
  g_autofree char *fields = g_strjoin (*group->fields ? " " : "", group->fields, field->field.name,
                                       NULL);

  group->fields = sat_catalogue_string (catalogue, fields);
}

/* Takes what is hidden out of GROUP; FALSE: nothing is left. */
static gboolean
keep_shown (SatCatalogue *catalogue, const SatObjectSource *object, SatGroupSource *group)
{
  g_auto (GStrv) words = g_strsplit_set (group->fields, " \t\r\n", -1);

  group->fields = "";
  for (guint i = 0; words[i] != NULL; i++)
    {
      const SatFieldSource *field = find_field (object, words[i]);

      if (field != NULL && !field->field.hidden)
        append (catalogue, group, field);
    }
  return *group->fields != '\0';
}

/* The form that an object without one has, so that others can be added. */
static void
write_plain_form (SatCatalogue *catalogue, SatObjectSource *object)
{
  SatGroupSource *group = new_group (catalogue, object);
  const SatLabels *label = object->object.label;

  for (guint i = 0; i < label->languages->len; i++)
    sat_labels_add (group->label, g_ptr_array_index (label->languages, i),
                    g_ptr_array_index (label->texts, i));
  for (guint i = 0; i < object->fields->len; i++)
    {
      const SatFieldSource *field = g_ptr_array_index (object->fields, i);

      if (!field->field.hidden && field->field.derived == NULL &&
          (!field->field.custom || field->group == NULL))
        append (catalogue, group, field);
    }
}

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const SatFieldSource *x = *(const SatFieldSource *const *) a;
  const SatFieldSource *y = *(const SatFieldSource *const *) b;

  return x->place != y->place ? (x->place < y->place ? -1 : 1)
                              : strcmp (x->field.name, y->field.name);
}

static void
place_in_form (SatCatalogue *catalogue, SatObjectSource *object)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();
  gboolean plain = object->groups->len == 0;

  for (guint i = 0; i < object->fields->len; i++)
    {
      SatFieldSource *field = g_ptr_array_index (object->fields, i);

      if (field->field.custom && !field->field.hidden && field->field.derived == NULL &&
          (!plain || field->group != NULL))
        g_ptr_array_add (added, field);
    }
  if (plain && added->len == 0)
    return;
  if (plain)
    write_plain_form (catalogue, object);
  for (guint i = object->groups->len; i-- > 0;)
    if (!keep_shown (catalogue, object, g_ptr_array_index (object->groups, i)))
      g_ptr_array_remove_index (object->groups, i);
  g_ptr_array_sort (added, compare_places);
  for (guint i = 0; i < added->len; i++)
    {
      const SatFieldSource *field = g_ptr_array_index (added, i);
      append (catalogue, group_of (catalogue, object, field), field);
    }
}

void
sat_shape_place (SatCatalogue *catalogue, SatObjectSource *object)
{
  place_columns (catalogue, object);
  place_in_form (catalogue, object);
}

/* ---- what is off ---- */

static gboolean
is_off (const SatCatalogue *catalogue, const char *name)
{
  for (guint i = 0; name != NULL && i < catalogue->objects->len; i++)
    {
      const SatObjectSource *object = g_ptr_array_index (catalogue->objects, i);

      if (strcmp (object->object.name, name) == 0)
        return object->object.off;
    }
  return FALSE;
}

void
sat_shape_hide_off (const SatCatalogue *catalogue, SatObjectSource *object)
{
  for (guint i = 0; i < object->fields->len; i++)
    {
      SatFieldSource *field = g_ptr_array_index (object->fields, i);
      const char *over = field->derived.over;
      g_auto (GStrv) of = g_strsplit (over != NULL ? over : "", ".", 2);

      if (field->field.hidden || field->field.required ||
          (!is_off (catalogue, field->field.reference) && !is_off (catalogue, of[0])))
        continue;
      field->field.off = field->field.hidden = TRUE;
    }
}
