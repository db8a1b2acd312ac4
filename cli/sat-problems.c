/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-problems.h"

#include "cli/sat-cli.h"
#include "core/exchange/sat-import.h"

#define SHOWN_PROBLEMS 20
#define SHOWN_ROWS 4
#define VALUE_WIDTH 30

typedef struct
{
  const SatImportProblem *first;
  GString *rows; /* as shown */
  guint n;
} Alike;

static void
alike_free (gpointer data)
{
  Alike *alike = data;

  g_string_free (alike->rows, TRUE);
  g_free (alike);
}

/* What must be equal for two problems to be one. */
static char *
key_of (const SatImportProblem *problem)
{
  return g_strjoin ("\x1f", problem->column ? problem->column : "",
                    problem->value ? problem->value : "", problem->error->message, NULL);
}

static GPtrArray *
gather (const GPtrArray *problems)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (alike_free);
  g_autoptr (GHashTable) by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < problems->len; i++)
    {
      const SatImportProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *key = key_of (problem);
      Alike *alike = g_hash_table_lookup (by_key, key);

      if (alike == NULL)
        {
          alike = g_new0 (Alike, 1);
          alike->first = problem;
          alike->rows = g_string_new (NULL);
          g_ptr_array_add (all, alike);
          g_hash_table_insert (by_key, g_steal_pointer (&key), alike);
        }
      if (alike->n < SHOWN_ROWS)
        g_string_append_printf (alike->rows, "%s%" G_GUINT64_FORMAT, alike->n > 0 ? " " : "",
                                problem->row);
      alike->n++;
    }
  return all;
}

static void
add_line (SatGrid *table, const Alike *alike)
{
  const SatImportProblem *problem = alike->first;
  g_autofree char *more = alike->n > SHOWN_ROWS ? g_strdup_printf (" … (%u)", alike->n) : NULL;
  g_autofree char *rows = g_strconcat (alike->rows->str, more, NULL);
  g_autofree char *value = sat_shorten (problem->value != NULL ? problem->value : "", VALUE_WIDTH);
  g_autofree char *message = sat_cli_word_error (problem->error);
  const char *const cells[] = { rows, problem->column, value, message };

  sat_grid_add (table, cells);
}

void
sat_problems_print (const GPtrArray *problems, gboolean cards, SatGridOut out, gpointer data)
{
  const char *const headings[] = { cards ? _ ("Card") : _ ("Row"), _ ("Column"), _ ("Value"),
                                   _ ("What is wrong"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (G_N_ELEMENTS (headings) - 1, headings, 0, out, data);
  g_autoptr (GPtrArray) all = gather (problems);
  guint unshown = 0;

  if (problems->len == all->len)
    sat_grid_align_right (table, 0);
  for (guint i = 0; i < all->len; i++)
    if (i < SHOWN_PROBLEMS)
      add_line (table, g_ptr_array_index (all, i));
    else
      unshown += ((const Alike *) g_ptr_array_index (all, i))->n;
  sat_grid_finish (table);
  if (unshown > 0)
    {
      g_autofree char *line = g_strdup_printf (_ ("... and %u more; --json shows all"), unshown);

      out (line, data);
    }
}
