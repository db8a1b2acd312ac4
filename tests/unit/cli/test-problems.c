/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong alike in many rows is one line. */
#include "cli/sat-problems.h"

#include "core/base/sat-error.h"
#include "core/exchange/sat-import.h"

static void
add (GPtrArray *problems, guint64 row, const char *column, const char *value, const char *message)
{
  SatImportProblem *problem = g_new0 (SatImportProblem, 1);

  problem->row = row;
  problem->column = g_strdup (column);
  problem->value = g_strdup (value);
  problem->error = g_error_new_literal (SAT_ERROR, SAT_ERROR_FAILED, message);
  g_ptr_array_add (problems, problem);
}

static void
clear (gpointer data)
{
  SatImportProblem *problem = data;

  g_free (problem->column);
  g_free (problem->value);
  g_error_free (problem->error);
  g_free (problem);
}

static void
keep_line (const char *line, gpointer data)
{
  g_string_append (data, line);
  g_string_append_c (data, '\n');
}

static void
test_alike (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (clear);
  g_autoptr (GString) out = g_string_new (NULL);

  add (problems, 2, "sector", "technolgy", "not a choice");
  add (problems, 3, "sector", "tecnology", "not a choice");
  add (problems, 8, "sector", "technolgy", "not a choice");
  add (problems, 9, "country", "technolgy", "not a choice");
  add (problems, 9, "sector", NULL, "must not be empty");
  for (guint row = 10; row < 14; row++)
    add (problems, row, "sector", "technolgy", "not a choice");
  sat_problems_print (problems, FALSE, keep_line, out);
  g_assert_cmpstr (out->str, ==,
                   "Row              Column   Value      What is wrong\n"
                   "2 8 10 11 … (6)  sector   technolgy  not a choice\n"
                   "3                sector   tecnology  not a choice\n"
                   "9                country  technolgy  not a choice\n"
                   "9                sector              must not be empty\n");
}

/* No more than so many lines, and the rest is counted by row. */
static void
test_many (void)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (clear);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *value = g_strdup_printf ("v%u", i / 2);

      add (problems, i + 2, "city", value, "wrong");
    }
  sat_problems_print (problems, TRUE, keep_line, out);
  lines = g_strsplit (out->str, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 20 + 1 + 1);
  g_assert_true (g_str_has_prefix (lines[0], "Card"));
  g_assert_cmpstr (lines[21], ==, "... and 20 more; --json shows all");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/problems/alike", test_alike);
  g_test_add_func ("/cli/problems/many", test_many);
  return g_test_run ();
}
