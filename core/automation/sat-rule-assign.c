/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who gets a record. In turn is by the id of the record: the same person on every laptop, whoever
 * has seen what, and each gets about as many. Who has least is counted among the records known
 * here. */
#include <string.h>

#include "core/automation/sat-rule-run-private.h"
#include "core/store/sat-schema.h"

/* ---- users ---- */

static gboolean
read_user (SatRuleRunner *runner, const char *login, SatId *out, gboolean *found, GError **error)
{
  SatStmt *stmt = sat_db_prepare (runner->replica->db,
                                  "SELECT uuid FROM o_user WHERE f_login = ?1 AND hidden = 0"
                                  " AND f_active IS NOT 0 ORDER BY uuid LIMIT 1",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, login);
  *found = sat_stmt_step (stmt, &problem) && sat_stmt_id (stmt, 0, out);
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_rule_user (
    SatRuleRunner *runner, const char *login, SatId *out, gboolean *found, GError **error)
{
  const SatId *known = g_hash_table_lookup (runner->users, login);

  *found = known != NULL;
  if (known != NULL)
    {
      *out = *known;
      return TRUE;
    }
  if (!read_user (runner, login, out, found, error))
    return FALSE;
  if (*found)
    g_hash_table_insert (runner->users, g_strdup (login), g_memdup2 (out, sizeof *out));
  return TRUE;
}

/* ---- how much everybody has ---- */

/* Of FIELD: SatId -> number. Counted once for the runner, then kept up to date. */
static GHashTable *
loads_of (SatRuleRunner *runner, const SatTable *table, const SatField *field, GError **error)
{
  GHashTable *loads = g_hash_table_lookup (runner->loads, field);
  g_autofree char *column = NULL;
  g_autofree char *sql = NULL;
  GError *problem = NULL;
  SatStmt *stmt;
  SatId id;

  if (loads != NULL)
    return loads;
  column = sat_schema_column (field, 0);
  sql = g_strdup_printf ("SELECT %s, count(*) FROM %s WHERE +hidden = 0 GROUP BY 1", column,
                         table->table);
  stmt = sat_db_prepare (runner->replica->db, sql, error);
  if (stmt == NULL)
    return NULL;
  loads = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_hash_table_insert (runner->loads, (gpointer) field, loads);
  while (sat_stmt_step (stmt, &problem))
    if (sat_stmt_id (stmt, 0, &id))
      g_hash_table_insert (loads, g_memdup2 (&id, sizeof id),
                           GINT_TO_POINTER ((int) MIN (sat_stmt_int (stmt, 1), G_MAXINT)));
  return sat_stmt_finish (stmt, problem, error) ? loads : NULL;
}

static int
load_of (GHashTable *loads, const SatId *id)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (loads, id));
}

/* ---- choosing ---- */

static gint
by_login (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "*" stands for everybody who sells. */
static gboolean
add_everybody (SatReplica *replica, GPtrArray *logins, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT f_login FROM o_user WHERE hidden = 0 AND f_active IS NOT 0"
      " AND f_role = 'sales' AND f_login IS NOT NULL",
      error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (sat_stmt_step (stmt, &problem))
    g_ptr_array_add (logins, g_strdup (sat_stmt_text (stmt, 0)));
  return sat_stmt_finish (stmt, problem, error);
}

/* The logins that may get the record, in order: of those for the value of a field, or for none. */
static GPtrArray *
candidates (const SatRuleWork *work, const SatAction *action, GError **error)
{
  g_autoptr (GPtrArray) logins = g_ptr_array_new_with_free_func (g_free);
  const char *value = action->by != NULL ? sat_record_get (work->record, action->by) : NULL;

  for (int others = 0; others < 2 && logins->len == 0; others++)
    for (guint i = 0; i < action->people->len; i++)
      {
        const SatActionPerson *person = action->people->pdata[i];
        gboolean fits = action->by == NULL ||
                        (others ? person->key == NULL
                                : person->key != NULL && g_strcmp0 (person->key, value) == 0);

        if (fits && strcmp (person->login, "*") != 0)
          g_ptr_array_add (logins, g_strdup (person->login));
        else if (fits && !add_everybody (work->chain->runner->replica, logins, error))
          return NULL;
      }
  g_ptr_array_sort (logins, by_login);
  return g_steal_pointer (&logins);
}

gboolean
sat_rule_choose (
    SatRuleWork *work, const SatAction *action, SatId *out, gboolean *found, GError **error)
{
  SatRuleRunner *runner = work->chain->runner;
  g_autoptr (GPtrArray) logins = candidates (work, action, error);
  gboolean counts = action->most > 0 || action->type == SAT_ACTION_ASSIGN_LEAST_BUSY;
  GHashTable *loads = counts ? loads_of (runner, work->table, action->field, error) : NULL;
  guint first = 0;
  int least = G_MAXINT;

  *found = FALSE;
  if (logins == NULL || (counts && loads == NULL))
    return FALSE;
  if (logins->len > 0 && action->type != SAT_ACTION_ASSIGN_LEAST_BUSY)
    first = (((guint) work->id.bytes[13] << 16) + ((guint) work->id.bytes[14] << 8) +
             work->id.bytes[15]) %
            logins->len;
  for (guint i = 0; i < logins->len; i++)
    {
      const char *login = g_ptr_array_index (logins, (first + i) % logins->len);
      gboolean there;
      SatId id;

      if (!sat_rule_user (runner, login, &id, &there, error))
        return FALSE;
      if (!there || (action->most > 0 && load_of (loads, &id) >= action->most) ||
          (*found &&
           (action->type != SAT_ACTION_ASSIGN_LEAST_BUSY || load_of (loads, &id) >= least)))
        continue;
      *out = id;
      *found = TRUE;
      if (counts)
        least = load_of (loads, &id);
    }
  if (*found && counts)
    g_hash_table_insert (loads, g_memdup2 (out, sizeof *out), GINT_TO_POINTER (least + 1));
  return TRUE;
}
