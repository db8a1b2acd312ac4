/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-import-named.h"

#include "core/base/sat-error.h"

#define SHARED "..." /* the column of what has none of its own */

/* ---- a row ---- */

static void
named_value_clear (gpointer data)
{
  SatNamedValue *value = data;

  g_free (value->name);
  g_free (value->value);
}

void
sat_named_row_init (SatNamedRow *row)
{
  *row = (SatNamedRow){ .values = g_array_new (FALSE, FALSE, sizeof (SatNamedValue)),
                        .names = g_hash_table_new (g_str_hash, g_str_equal) };
  g_array_set_clear_func (row->values, named_value_clear);
}

void
sat_named_row_reset (SatNamedRow *row)
{
  g_hash_table_remove_all (row->names);
  g_array_set_size (row->values, 0);
  g_clear_error (&row->problem);
}

void
sat_named_row_clear (SatNamedRow *row)
{
  g_clear_pointer (&row->names, g_hash_table_unref);
  g_clear_pointer (&row->values, g_array_unref);
  g_clear_error (&row->problem);
}

static const SatNamedValue *
value_at (const SatNamedRow *row, guint i)
{
  return &g_array_index (row->values, SatNamedValue, i);
}

gboolean
sat_named_row_has (const SatNamedRow *row, const char *name)
{
  return g_hash_table_contains (row->names, name);
}

gboolean
sat_named_row_add (SatNamedRow *row, const char *name, char *value, gboolean spare)
{
  SatNamedValue added = { NULL, value, spare };

  if (sat_named_row_has (row, name))
    {
      g_free (value);
      return FALSE;
    }
  added.name = g_strdup (name);
  g_hash_table_add (row->names, added.name);
  g_array_append_val (row->values, added);
  return TRUE;
}

/* ---- columns ---- */

void
sat_named_columns_init (SatNamedColumns *columns)
{
  columns->names = g_ptr_array_new_with_free_func (g_free);
  columns->spare = g_array_new (FALSE, FALSE, sizeof (gboolean));
  columns->index = g_hash_table_new (g_str_hash, g_str_equal);
}

void
sat_named_columns_clear (SatNamedColumns *columns)
{
  g_clear_pointer (&columns->index, g_hash_table_unref);
  g_clear_pointer (&columns->spare, g_array_unref);
  g_clear_pointer (&columns->names, g_ptr_array_unref);
}

static void
add_column (SatNamedColumns *columns, const char *name, gboolean spare)
{
  char *copy = g_strdup (name);

  g_ptr_array_add (columns->names, copy);
  g_array_append_val (columns->spare, spare);
  g_hash_table_insert (columns->index, copy, GUINT_TO_POINTER (columns->names->len));
}

static gboolean
take_value (SatNamedColumns *columns, const SatNamedValue *value, GError **error)
{
  g_autofree char *limit = g_strdup_printf ("%d", SAT_NAMED_MAX_COLUMNS);

  if (g_hash_table_contains (columns->index, value->name))
    return TRUE;
  if (value->spare && columns->names->len >= SAT_NAMED_MAX_SPARE)
    {
      if (!g_hash_table_contains (columns->index, SHARED))
        add_column (columns, SHARED, TRUE);
      return TRUE;
    }
  if (columns->names->len >= SAT_NAMED_MAX_COLUMNS)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the records have more than %s different names of values"), limit, NULL);
  add_column (columns, value->name, value->spare);
  return TRUE;
}

gboolean
sat_named_columns_take (SatNamedColumns *columns, const SatNamedRow *row, GError **error)
{
  for (guint i = 0; i < row->values->len; i++)
    if (!take_value (columns, value_at (row, i), error))
      return FALSE;
  return TRUE;
}

void
sat_named_columns_settle (SatNamedColumns *columns)
{
  g_autoptr (GPtrArray) names = g_steal_pointer (&columns->names);
  g_autoptr (GArray) spare = g_steal_pointer (&columns->spare);

  g_hash_table_unref (columns->index);
  sat_named_columns_init (columns);
  for (int pass = 0; pass < 2; pass++)
    for (guint i = 0; i < names->len; i++)
      if (g_array_index (spare, gboolean, i) == pass)
        add_column (columns, g_ptr_array_index (names, i), pass);
}

void
sat_named_columns_fill (const SatNamedColumns *columns, const SatNamedRow *row, GPtrArray *values)
{
  g_ptr_array_set_size (values, 0);
  for (guint i = 0; i < columns->names->len; i++)
    g_ptr_array_add (values, (gpointer) "");
  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *value = value_at (row, i);
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (columns->index, value->name));

      if (place == 0)
        place = GPOINTER_TO_UINT (g_hash_table_lookup (columns->index, SHARED));
      if (place > 0)
        values->pdata[place - 1] = value->value;
    }
}
