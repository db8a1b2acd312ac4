/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of rules: for each rule and record one entry, which says what was done last, and when. It
 * is written only where something was done, so a rule that never does anything costs nothing. */
#include <string.h>

#include "core/automation/sat-rule-run-private.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-rule-sql.h"

#define MAX_WHAT 200 /* characters */

void
sat_rule_effect_free (SatRuleEffect *effect)
{
  if (effect == NULL)
    return;
  g_free (effect->rule_name);
  g_free (effect->title);
  g_free (effect->what);
  g_free (effect);
}

static void
add_effect (const SatRuleWork *work, const char *what)
{
  SatRuleEffect *effect;

  if (work->chain->runner->effects == NULL)
    return;
  effect = g_new0 (SatRuleEffect, 1);
  effect->rule = work->rule->id;
  effect->rule_name = g_strdup (work->rule->name);
  effect->object = work->table->object;
  effect->record = work->id;
  effect->title = g_strdup (sat_record_title (work->record));
  effect->what = g_strdup (what);
  g_ptr_array_add (work->chain->runner->effects, effect);
}

/* One line, not too long. */
static char *
tidy (const char *what)
{
  g_autofree char *line = g_utf8_strlen (what, -1) > MAX_WHAT ? g_utf8_substring (what, 0, MAX_WHAT)
                                                              : g_strdup (what);
  const SatType *type = sat_type_get (SAT_TYPE_TEXT);
  const SatTypeOptions none = { 0 };
  char *out = NULL;

  g_strdelimit (line, "\n\t\r", ' ');
  if (!type->parse (&none, line, &out, NULL) || out == NULL)
    return g_strdup ("?");
  return out;
}

static void
add_edit (GArray *edits, const SatObject *object, const char *name, const char *value)
{
  SatEdit edit = { .field = sat_object_find (object, name), .value = value };

  if (edit.field != NULL)
    g_array_append_val (edits, edit);
}

/* The moment of the entry; 0: it has none. */
static gboolean
read_occasion (SatReplica *replica, const SatTable *table, gint64 row, gint64 *out, GError **error)
{
  g_autoptr (SatRecord) entry = sat_list_load_row (replica, table->object, row, error);
  const SatField *field = sat_object_find (table->object, "occasion");
  const char *value = entry != NULL ? sat_record_get (entry, field) : NULL;

  *out = 0;
  if (value != NULL)
    sat_occasion_of_value (value, out);
  return entry != NULL;
}

gboolean
sat_rule_log (SatRuleWork *work, GError **error)
{
  SatRuleChain *chain = work->chain;
  SatReplica *replica = chain->runner->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_RULE_RUN);
  SatEditKind kind = { .automatic = TRUE, .in_step = chain->in_step, .hlc = chain->occasion };
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autofree char *what = tidy (work->what->str);
  gint64 moment = sat_hlc_ms (chain->occasion) / 1000;
  g_autofree char *occasion = sat_occasion_format (moment);
  char rule[SAT_ID_TEXT_SIZE], record[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE];
  SatPresence presence;
  gboolean hidden;
  gint64 row, before = 0;
  SatId id;

  add_effect (work, what);
  if (object == NULL)
    return TRUE;
  sat_rule_log_id (&work->rule->id, &work->id, sat_names_book (replica->names, work->book), &id);
  if (!sat_row_find (replica, sat_replica_table (replica, object), &id, work->book, &row, &presence,
                     &hidden, error) ||
      (row != 0 &&
       !read_occasion (replica, sat_replica_table (replica, object), row, &before, error)))
    return FALSE;
  kind.create = row == 0;
  kind.life = row == 0 || (chain->in_step && presence == SAT_DEAD) ? SAT_LIFE_LIVE : SAT_LIFE_QUIET;
  add_edit (edits, object, "what", what);
  if (row == 0)
    {
      add_edit (edits, object, "rule", sat_id_format (&work->rule->id, rule));
      add_edit (edits, object, "record", sat_id_format (&work->id, record));
    }
  if (moment > before)
    add_edit (edits, object, "occasion", occasion);
  add_edit (edits, object, "device", sat_id_format (&replica->device, device));
  return sat_local_edit (chain->runner->local, object, &id, work->book,
                         (const SatEdit *) (const void *) edits->data, edits->len, &kind, error);
}
