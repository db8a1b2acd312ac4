/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-rule-sql.h"

#include <sqlite3.h>
#include <string.h>

#include "core/record/sat-state.h"

void
sat_rule_log_id (const SatId *rule, const SatId *record, const char *book, SatId *out)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *name = g_strdup_printf ("run:%s:%s", sat_id_format (record, text), book);

  sat_id_derive (rule, name, strlen (name), out);
}

static gboolean
read_id (sqlite3_value *value, SatId *out)
{
  if (sqlite3_value_type (value) != SQLITE_BLOB || sqlite3_value_bytes (value) != SAT_ID_SIZE)
    return FALSE;
  memcpy (out->bytes, sqlite3_value_blob (value), SAT_ID_SIZE);
  return TRUE;
}

static void
run_log_id (sqlite3_context *context, int n, sqlite3_value **values)
{
  const char *book = (const char *) sqlite3_value_text (values[2]);
  SatId rule, record, id;

  (void) n;
  if (book == NULL || !read_id (values[0], &rule) || !read_id (values[1], &record))
    {
      sqlite3_result_null (context);
      return;
    }
  sat_rule_log_id (&rule, &record, book, &id);
  sqlite3_result_blob (context, id.bytes, SAT_ID_SIZE, SQLITE_TRANSIENT);
}

/* A record that a rule made counts as touched then. */
static SatHlc
last_touch (const SatState *state)
{
  SatHlc people = state->base.present && !state->base.automatic ? state->base.hlc : 0;
  SatHlc all = state->base.present ? state->base.hlc : 0;

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);

      all = all == 0 ? sibling->hlc : MIN (all, sibling->hlc);
      if (!sibling->automatic)
        people = MAX (people, sibling->hlc);
    }
  return people != 0 ? people : all;
}

static void
run_touched (sqlite3_context *context, int n, sqlite3_value **values)
{
  SatState *state = sqlite3_user_data (context);
  const void *data = sqlite3_value_blob (values[0]);

  (void) n;
  sat_state_reset (state);
  if (data == NULL || !read_id (values[1], &state->id) || /* stamps count from its time */
      !sat_state_unpack (state, data, (gsize) sqlite3_value_bytes (values[0]), ""))
    sqlite3_result_null (context);
  else
    sqlite3_result_int64 (context, sat_hlc_ms (last_touch (state)));
}

static void
free_state (gpointer state)
{
  sat_state_free (state);
}

gboolean
sat_rule_sql_register (SatDb *db, GError **error)
{
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
  sqlite3 *raw = sat_db_handle (db);

  if (sqlite3_create_function_v2 (raw, "sat_log_id", 3, flags, NULL, run_log_id, NULL, NULL,
                                  NULL) == SQLITE_OK &&
      sqlite3_create_function_v2 (raw, "sat_touched", 2, flags, sat_state_new (), run_touched, NULL,
                                  NULL, free_state) == SQLITE_OK)
    return TRUE;
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("the replica's database failed: %s"),
                   sqlite3_errmsg (raw), NULL);
}
