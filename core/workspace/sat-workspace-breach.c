/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-breach.h"

#include <string.h>

#include "core/workspace/sat-breach-notes.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

#define META_BREACHES "breaches"
#define NOTHING "-"

enum
{
  BOOK,
  DEVICE,
  NUMBER,
  OBJECT,
  ID,
  FIELD,
  RIGHT,
  OTHER,
  ROLE,
  TIME,
  N_WORDS
};

void
sat_breach_free (SatBreach *breach)
{
  if (breach == NULL)
    return;
  g_free (breach->book);
  g_free (breach->object);
  g_free (breach->field);
  g_free (breach->role);
  g_free (breach->value);
  g_free (breach);
}

/* ---- the lines ----------------------------------------------------------------------------------
 */

static void
add_line (GString *lines, const SatBreach *breach)
{
  char device[SAT_ID_TEXT_SIZE];
  char id[SAT_ID_TEXT_SIZE];

  g_string_append_printf (
      lines, "%s %s %" G_GUINT64_FORMAT " %s %s %s %s %d %s %" G_GINT64_FORMAT "\n", breach->book,
      sat_id_format (&breach->device, device), breach->number, breach->object,
      sat_id_format (&breach->id, id), breach->field ? breach->field : NOTHING,
      sat_right_name (breach->right), breach->other ? 1 : 0, breach->role, breach->time_ms);
}

/* NULL: it is none. */
static SatBreach *
read_line (const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", N_WORDS);
  g_autoptr (SatBreach) breach = g_new0 (SatBreach, 1);
  int right;

  if (g_strv_length (words) != N_WORDS || !sat_id_parse (words[DEVICE], &breach->device) ||
      !sat_id_parse (words[ID], &breach->id))
    return NULL;
  right = sat_right_from_name (words[RIGHT]);
  if (right < 0)
    return NULL;
  breach->book = g_strdup (words[BOOK]);
  breach->number = g_ascii_strtoull (words[NUMBER], NULL, 10);
  breach->object = g_strdup (words[OBJECT]);
  breach->field = strcmp (words[FIELD], NOTHING) != 0 ? g_strdup (words[FIELD]) : NULL;
  breach->right = (SatRight) right;
  breach->other = strcmp (words[OTHER], "1") == 0;
  breach->role = g_strdup (words[ROLE]);
  breach->time_ms = g_ascii_strtoll (words[TIME], NULL, 10);
  return g_steal_pointer (&breach);
}

/* The lines, each of which is one; NULL-terminated. */
static char **
read_lines (SatWorkspace *workspace)
{
  g_autofree char *text = sat_meta_get (workspace->replica, META_BREACHES);
  g_auto (GStrv) all = g_strsplit (text ? text : "", "\n", -1);
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    if (*all[i] != '\0')
      g_strv_builder_add (lines, all[i]);
  return g_strv_builder_end (lines);
}

gboolean
sat_breach_notes_add (SatWorkspace *workspace, const GPtrArray *breaches, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  guint n;

  if (local == NULL)
    return FALSE;
  lines = read_lines (workspace);
  n = g_strv_length (lines);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s\n", lines[i]);
  for (guint i = 0; i < breaches->len && n + i < SAT_BREACHES_MAX; i++)
    add_line (text, breaches->pdata[i]);
  return sat_workspace_written (workspace, local, mine,
                                sat_meta_set (workspace->replica, META_BREACHES, text->str, error),
                                error);
}

/* ---- for a person -------------------------------------------------------------------------------
 */

gboolean
sat_workspace_may_see_breaches (SatWorkspace *workspace)
{
  return strcmp (sat_access_role (sat_workspace_access (workspace)), SAT_ACCESS_ADMIN) == 0;
}

static gboolean
check (SatWorkspace *workspace, GError **error)
{
  return sat_workspace_may_see_breaches (workspace) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("only an administrator may see who went beyond what a role may"), NULL);
}

/* From the history: what is erased there is not kept here. */
static void
read_value (SatWorkspace *workspace, SatBreach *breach)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, breach->object);
  const SatField *field = object && breach->field ? sat_object_find (object, breach->field) : NULL;
  g_autoptr (GPtrArray) changes = NULL;

  if (field != NULL)
    changes = sat_workspace_history (workspace, object, &breach->id, field, NULL);
  for (guint i = 0; changes != NULL && i < changes->len; i++)
    {
      const SatChange *change = changes->pdata[i];

      if (change->number == breach->number && sat_id_equal (&change->device, &breach->device) &&
          g_strcmp0 (change->book, breach->book) == 0)
        {
          breach->value = g_strdup (change->value);
          return;
        }
    }
}

guint
sat_workspace_n_breaches (SatWorkspace *workspace)
{
  g_auto (GStrv) lines = NULL;

  if (!sat_workspace_may_see_breaches (workspace))
    return 0;
  lines = read_lines (workspace);
  return g_strv_length (lines);
}

GPtrArray *
sat_workspace_breaches (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_breach_free);
  g_auto (GStrv) lines = NULL;

  if (!check (workspace, error))
    return NULL;
  lines = read_lines (workspace);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      SatBreach *breach = read_line (lines[i]);

      if (breach == NULL)
        continue;
      read_value (workspace, breach);
      g_ptr_array_add (out, breach);
    }
  return g_steal_pointer (&out);
}

gboolean
sat_workspace_dismiss_breaches (SatWorkspace *workspace, guint n, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  gboolean mine;
  SatLocal *local;

  if (!check (workspace, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  lines = read_lines (workspace);
  for (guint i = 0; lines[i] != NULL; i++)
    if (i >= n)
      g_string_append_printf (text, "%s\n", lines[i]);
  return sat_workspace_written (workspace, local, mine,
                                sat_meta_set (workspace->replica, META_BREACHES, text->str, error),
                                error);
}
