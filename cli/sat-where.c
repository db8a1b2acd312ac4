/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-where.h"

#include "core/workspace/sat-workspace-views.h"

#define SHOWN 60 /* characters of a long expression before and behind the place */

/* The part of TEXT around COLUMN as one line, and a line with a caret below that place. */
static void
show_place (const char *text, guint column, GString *line, GString *caret)
{
  guint at = 1;

  g_string_append (line, "  ");
  g_string_append (caret, "  ");
  for (const char *p = text; *p != '\0' && at < column + SHOWN; p = g_utf8_next_char (p), at++)
    {
      gunichar c = g_utf8_get_char (p);

      if (at + SHOWN < column)
        continue;
      g_string_append_unichar (line, g_unichar_iscntrl (c) ? ' ' : c);
      if (at < column && !g_unichar_iszerowidth (c))
        g_string_append (caret, g_unichar_iswide (c) ? "  " : " ");
    }
  g_string_append_c (caret, '^');
}

/* Is TEXT, which was given with --where, a condition? */
static gboolean
check_where (const SatObject *object, const char *text, GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint column;
  g_autoptr (SatExpression) where = sat_expression_parse (object, text, SAT_EXPRESSION_FILTER,
                                                          &column, &problem);

  if (where != NULL)
    return TRUE;
  g_autofree char *message = sat_cli_word_error (problem);
  g_autofree char *number = g_strdup_printf ("%u", column);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GString) caret = g_string_new (NULL);
  show_place (text, column, line, caret);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("--where, column %s: %s\n%s\n%s"), number, message,
                   line->str, caret->str, NULL);
}

gboolean
sat_cli_unusable (const GError *problem, const char *msgid, const char *name, GError **error)
{
  g_autofree char *message = sat_cli_word_error (problem);

  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_INVALID))
    return sat_fail (error, SAT_ERROR_INVALID, msgid, name, message, NULL);
  g_propagate_error (error, g_error_copy (problem));
  return FALSE;
}

gboolean
sat_cli_where (const SatCli *cli,
               const SatArgs *args,
               const SatObject *object,
               const char *also,
               SatExpression **out,
               GError **error)
{
  const char *const *texts = sat_args_all (args, "where");
  const char *const *names = sat_args_all (args, "segment");
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (all, g_strdup (also));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (GError) problem = NULL;
      char *segment = sat_workspace_segment (cli->workspace, object, names[i], &problem);

      if (segment == NULL)
        return sat_cli_unusable (problem, N_ ("the segment “%s” cannot be used: %s"), names[i],
                                 error);
      g_ptr_array_add (all, segment);
    }
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    {
      if (!check_where (object, texts[i], error))
        return FALSE;
      g_ptr_array_add (all, g_strdup (texts[i]));
    }
  return sat_workspace_all_of (object, (const char *const *) all->pdata, all->len, out, error);
}
