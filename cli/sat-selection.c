/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-selection.h"

#include <string.h>

#include "core/workspace/sat-workspace-shown.h"

void
sat_selection_clear (SatSelection *selection)
{
  g_clear_pointer (&selection->said, sat_view_free);
  g_clear_pointer (&selection->where, sat_expression_free);
  g_clear_pointer (&selection->sort, g_strfreev);
  g_clear_pointer (&selection->columns, g_ptr_array_unref);
}

/* What an option says goes before what the view says. */
static void
override (const SatArgs *args, const char *option, char **text)
{
  const char *given = sat_args_get (args, option);

  if (given == NULL)
    return;
  g_free (*text);
  *text = g_strdup (given);
}

static gboolean
read_view (const SatCli *cli,
           const SatArgs *args,
           const SatObject *object,
           SatSelection *out,
           GError **error)
{
  const char *name = sat_args_get (args, "view");

  g_autoptr (GError) problem = NULL;

  out->said = name != NULL ? sat_workspace_view (cli->workspace, object, name, &problem)
                           : g_new0 (SatView, 1);
  if (out->said == NULL)
    return sat_cli_unusable (problem, N_ ("the view “%s” cannot be used: %s"), name, error);
  out->said->object = object;
  override (args, "sort", &out->said->sort);
  override (args, "columns", &out->said->columns);
  override (args, "group", &out->said->grouping);
  return TRUE;
}

static gboolean
read_columns (const SatCli *cli, SatSelection *out, GError **error)
{
  g_auto (GStrv) names = out->said->columns ? g_strsplit (out->said->columns, ",", -1) : NULL;

  if (names == NULL)
    return TRUE;
  out->columns = g_ptr_array_new ();
  for (guint i = 0; names[i] != NULL; i++)
    {
      const SatField *field = sat_workspace_field_shown (cli->workspace, out->said->object,
                                                         g_strstrip (names[i]), error);

      if (field == NULL)
        return FALSE;
      g_ptr_array_add (out->columns, (gpointer) field);
    }
  return TRUE;
}

static gboolean
read_sort (const SatCli *cli, SatSelection *out, GError **error)
{
  g_auto (GStrv) names = out->said->sort ? g_strsplit (out->said->sort, ",", -1) : NULL;
  g_autoptr (GPtrArray) sort = g_ptr_array_new_with_free_func (g_free);

  if (out->grouping != NULL)
    g_ptr_array_add (sort, g_strdup (out->grouping->name));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const char *name = g_strstrip (names[i]);
      gboolean down = *name == '-';
      const SatField *field = sat_workspace_field_shown (cli->workspace, out->said->object,
                                                         name + down, error);

      if (field == NULL)
        return FALSE;
      g_ptr_array_add (sort, g_strconcat (down ? "-" : "", field->name, NULL));
    }
  if (sort->len == 0)
    return TRUE;
  g_ptr_array_add (sort, NULL);
  out->sort = (GStrv) g_ptr_array_steal (sort, NULL);
  return TRUE;
}

static gboolean
read_grouping (const SatCli *cli, SatSelection *out, GError **error)
{
  if (out->said->grouping == NULL)
    return TRUE;
  out->grouping = sat_workspace_field_shown (cli->workspace, out->said->object, out->said->grouping,
                                             error);
  return out->grouping != NULL;
}

gboolean
sat_selection_read (const SatCli *cli,
                    const SatArgs *args,
                    const SatObject *object,
                    SatSelection *out,
                    GError **error)
{
  if (!read_view (cli, args, object, out, error) ||
      !sat_cli_where (cli, args, object, out->said->condition, &out->where, error) ||
      !read_columns (cli, out, error) || !read_grouping (cli, out, error) ||
      !read_sort (cli, out, error))
    return FALSE;
  g_clear_pointer (&out->said->condition, g_free);
  if (out->where != NULL)
    out->said->condition = sat_expression_format (out->where);
  return TRUE;
}
