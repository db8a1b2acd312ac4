/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-rule-run.h"

#include <string.h>

#include "core/access/sat-access.h"
#include "core/automation/sat-approval.h"
#include "core/automation/sat-rule-run-private.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"

/* ---- the rules ---- */

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const SatRecord *one = *(const SatRecord *const *) a;
  const SatRecord *two = *(const SatRecord *const *) b;
  const SatField *place = sat_object_find (sat_record_object (one), "place");
  const char *x = place != NULL ? sat_record_get (one, place) : NULL;
  const char *y = place != NULL ? sat_record_get (two, place) : NULL;
  gint64 first = x != NULL ? g_ascii_strtoll (x, NULL, 10) : 0;
  gint64 second = y != NULL ? g_ascii_strtoll (y, NULL, 10) : 0;

  if (first != second)
    return first < second ? -1 : 1;
  return sat_id_compare (sat_record_id (one), sat_record_id (two));
}

GPtrArray *
sat_rules_load (SatReplica *replica, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, SAT_RULE);
  const SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = object != NULL ? sat_list_rows (replica, &query, error) : NULL;
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_record_unref);
  GPtrArray *rules;

  if (object != NULL && rows == NULL)
    return NULL;
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      SatRecord *record = sat_list_load_row (replica, object, g_array_index (rows, gint64, i),
                                             error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (records, record);
    }
  g_ptr_array_sort (records, by_place);
  rules = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_rule_free);
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (rules, sat_rule_read (records->pdata[i]));
  return rules;
}

SatRuleRunner *
sat_rule_runner_new (
    SatReplica *replica, SatLocal *local, const SatId *me, gint64 now_ms, GPtrArray *effects)
{
  SatRuleRunner *runner = g_new0 (SatRuleRunner, 1);

  runner->replica = replica;
  runner->local = local;
  runner->me = *me;
  runner->now_ms = now_ms;
  runner->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  runner->loads = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  runner->effects = effects;
  return runner;
}

void
sat_rule_runner_free (SatRuleRunner *runner)
{
  if (runner == NULL)
    return;
  sat_rule_runner_forget (runner);
  g_hash_table_unref (runner->users);
  g_hash_table_unref (runner->loads);
  g_free (runner);
}

void
sat_rule_runner_keep_to (SatRuleRunner *runner, const SatRuleGates *gates)
{
  runner->gates = *gates;
}

void
sat_rule_runner_forget (SatRuleRunner *runner)
{
  g_clear_pointer (&runner->rules, g_ptr_array_unref);
}

/* The rules that look at changes of anything; nearly always there are none of an object. */
static gboolean
know_rules (SatRuleRunner *runner, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (runner->rules != NULL)
    return TRUE;
  all = sat_rules_load (runner->replica, error);
  if (all == NULL)
    return FALSE;
  for (guint i = all->len; i > 0; i--)
    {
      const SatRule *rule = all->pdata[i - 1];

      if (!sat_rule_is_for (rule, TRUE) && !sat_rule_is_for (rule, FALSE))
        g_ptr_array_remove_index (all, i - 1);
    }
  runner->rules = g_steal_pointer (&all);
  return TRUE;
}

gboolean
sat_rule_runner_watches (SatRuleRunner *runner, const SatObject *object, GError **error)
{
  if (!know_rules (runner, error))
    return FALSE;
  for (guint i = 0; i < runner->rules->len; i++)
    if (strcmp (((const SatRule *) runner->rules->pdata[i])->object_name, object->name) == 0)
      return TRUE;
  return FALSE;
}

/* ---- what a change did ---- */

typedef struct
{
  const SatRecord *before; /* NULL: the record is new */
  const SatRecord *after;
} Change;

static const char *
was (const SatField *field, gconstpointer data)
{
  const Change *change = data;
  const SatField *same = change->before != NULL
                             ? sat_object_find (sat_record_object (change->before), field->name)
                             : NULL;

  return same != NULL ? sat_record_get (change->before, same) : NULL;
}

static gboolean
changed (const SatField *field, gconstpointer data)
{
  const Change *change = data;
  const SatField *same = sat_object_find (sat_record_object (change->after), field->name);

  return same != NULL && g_strcmp0 (was (field, data), sat_record_get (change->after, same)) != 0;
}

/* ---- where a record is ---- */

/* The record ID of OBJECT, shown and at home in a book held here: its row; 0: it is not. */
static gboolean
locate (SatReplica *replica,
        const SatObject *object,
        SatId *id,
        gint64 *row,
        guint32 *book,
        GError **error)
{
  SatPresence presence;
  SatId root;

  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, &root, row, book,
                             &presence, error))
    return FALSE;
  if (*row != 0 && presence != SAT_PRESENT)
    *row = 0;
  *id = root;
  return TRUE;
}

static gboolean
exists (
    SatReplica *replica, const SatObject *object, const SatId *id, gboolean *there, GError **error)
{
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (!sat_list_locate (replica, sat_replica_table (replica, object), id, &row, &book, &presence,
                        error))
    return FALSE;
  *there = row != 0;
  return TRUE;
}

/* ---- writing ---- */

static gboolean fire (SatRuleChain *chain,
                      const SatObject *object,
                      const SatId *id,
                      gint64 row,
                      guint32 book,
                      const SatRecord *before,
                      GError **error);

/* ---- set, tags, assign ---- */

/* The record that the reference of ACTION names is written instead, and what looks at that runs. */
static gboolean
write_through (SatRuleWork *work, const SatAction *action, const char *value, GError **error)
{
  SatReplica *replica = work->chain->runner->replica;
  const SatActionSet *set = action->sets->pdata[0];
  const char *target = sat_record_get (work->record, action->through);
  SatRuleWork there = *work;
  g_autoptr (SatRecord) before = NULL;
  gsize length = work->what->len;

  if (target == NULL || !sat_id_parse (target, &there.id))
    return TRUE;
  there.table = sat_replica_table (replica, set->field->object);
  if (!locate (replica, there.table->object, &there.id, &there.row, &there.book, error))
    return FALSE;
  if (there.row == 0)
    return TRUE;
  before = sat_list_load_row (replica, there.table->object, there.row, error);
  there.record = before;
  if (before == NULL || !sat_rule_write_value (&there, set->field, value, error))
    return FALSE;
  return work->what->len == length ||
         fire (work->chain, there.table->object, &there.id, there.row, there.book, before, error);
}

static gboolean
run_set (SatRuleWork *work, const SatAction *action, GError **error)
{
  const SatActionSet *set = action->sets->pdata[0];
  g_autofree char *value = NULL;
  gboolean fits;

  if (!sat_rule_value (work->chain->runner, work->table, work->row, set->value, set->field, &value,
                       &fits, error))
    return FALSE;
  if (!fits || (value == NULL && set->field->required))
    return TRUE;
  return action->through != NULL ? write_through (work, action, value, error)
                                 : sat_rule_write_value (work, set->field, value, error);
}

static gboolean
run_tag (SatRuleWork *work, const SatAction *action, GError **error)
{
  g_auto (GStrv) tags = sat_tags_split (sat_record_get (work->record, action->field));
  gboolean has = g_strv_contains ((const char *const *) tags, action->tag);
  gboolean adds = action->type == SAT_ACTION_ADD;
  SatEdit edit = { .field = action->field, .element = action->tag, .drop = !adds };
  SatEditKind kind = sat_rule_kind_of (work, FALSE);

  if (has == adds)
    return TRUE;
  work->wrote = TRUE;
  sat_rule_say (work, "%s %s %s", action->field->name, adds ? "+" : "-", action->tag);
  return sat_local_edit (work->chain->runner->local, work->table->object, &work->id, work->book,
                         &edit, 1, &kind, error);
}

static gboolean
run_assign (SatRuleWork *work, const SatAction *action, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];
  gboolean found;
  SatId user;

  if (!sat_rule_choose (work, action, &user, &found, error))
    return FALSE;
  return !found || sat_rule_write_value (work, action->field, sat_id_format (&user, text), error);
}

/* ---- create ---- */

static gboolean
is_set (const SatAction *action, const SatField *field)
{
  for (guint i = 0; i < action->sets->len; i++)
    if (((const SatActionSet *) action->sets->pdata[i])->field == field)
      return TRUE;
  return FALSE;
}

/* What the new record has in common with the one that it is made for: a reference to it, and those
 * of the same name. */
static void
link_new (const SatRuleWork *work, const SatAction *action, SatDraft *draft)
{
  const SatObject *object = action->object;
  gboolean linked = FALSE;
  char text[SAT_ID_TEXT_SIZE];

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      const SatField *same = sat_object_find (work->table->object, field->name);

      if (field->type->id != SAT_TYPE_REFERENCE || field->hidden || is_set (action, field))
        continue;
      if (!linked && strcmp (field->reference, work->table->object->name) == 0)
        {
          linked = TRUE;
          sat_draft_set (draft, field, sat_id_format (&work->id, text));
        }
      else if (same != NULL && g_strcmp0 (same->reference, field->reference) == 0)
        sat_draft_set (draft, field, sat_record_get (work->record, same));
    }
}

static gboolean
fill_new (SatRuleWork *work, const SatAction *action, SatDraft *draft, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];

  link_new (work, action, draft);
  for (guint i = 0; i < action->sets->len; i++)
    {
      const SatActionSet *set = action->sets->pdata[i];
      g_autofree char *value = NULL;
      gboolean fits;

      if (set->is_this)
        sat_draft_set (draft, set->field, sat_id_format (&work->id, text));
      else if (!sat_rule_value (work->chain->runner, work->table, work->row, set->value, set->field,
                                &value, &fits, error))
        return FALSE;
      else if (fits)
        sat_draft_set (draft, set->field, value);
    }
  return TRUE;
}

/* Was it made already on this occasion, here or where the record was before? */
static gboolean
is_made (const SatRuleWork *work,
         const SatObject *object,
         guint action,
         const char *person,
         SatId *id,
         gboolean *made,
         GError **error)
{
  SatReplica *replica = work->chain->runner->replica;
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (SatState) state = sat_state_new ();
  SatRow row;
  gboolean found;

  if (!sat_row_load_listed (replica, work->table, work->row, state, &row, &found, error))
    return FALSE;
  sat_row_done (&row);
  for (guint i = 0; i < state->context->len; i++)
    g_array_append_val (books, g_array_index (state->context, SatDot, i).book);
  g_array_append_val (books, work->book);
  for (guint i = 0; i < books->len; i++)
    {
      sat_occasion_id (&work->rule->id, &work->id,
                       sat_names_book (replica->names, g_array_index (books, guint32, i)),
                       work->chain->occasion, action, person, id);
      if (!exists (replica, object, id, made, error))
        return FALSE;
      if (*made)
        return TRUE;
    }
  return TRUE;
}

static gboolean
run_create (SatRuleWork *work, const SatAction *action, guint number, GError **error)
{
  SatReplica *replica = work->chain->runner->replica;
  g_autoptr (SatDraft) draft = sat_draft_new (action->object);
  g_autoptr (GPtrArray) problems = NULL;
  guint32 book = work->book;
  gboolean made, written;
  gint64 row;
  SatId id;

  if (!is_made (work, action->object, number, "", &id, &made, error))
    return FALSE;
  if (made)
    return TRUE;
  if (!fill_new (work, action, draft, error))
    return FALSE;
  problems = sat_draft_check (draft);
  if (problems != NULL)
    {
      const SatProblem *first = problems->pdata[0];

      sat_rule_say (work, "create %s: %s?", action->object->name,
                    first->field ? first->field->name : "");
      return TRUE;
    }
  if (action->object->book_rule == SAT_BOOK_COMPANY)
    book = sat_names_get_book (replica->names, "company", error);
  if (book == 0 || !sat_rule_write_new (work, draft, &id, book, &written, error))
    return FALSE;
  if (!written)
    return TRUE;
  return locate (replica, action->object, &id, &row, &book, error) &&
         (row == 0 || fire (work->chain, action->object, &id, row, book, NULL, error));
}

/* ---- notify ---- */

/* *TOLD counts on, where it was not told before. */
static gboolean
tell (SatRuleWork *work,
      const char *text,
      const char *user,
      guint number,
      guint *told,
      GError **error)
{
  SatRuleRunner *runner = work->chain->runner;
  const SatObject *object = sat_catalogue_find (runner->replica->catalogue, SAT_NOTICE);
  g_autoptr (SatDraft) draft = NULL;
  g_autofree char *now = sat_occasion_format (runner->now_ms / 1000);
  const char *values[] = { "text", text, "owner", user, "at", now, NULL };
  char record[SAT_ID_TEXT_SIZE], rule[SAT_ID_TEXT_SIZE];
  gboolean made = FALSE;
  SatId id;

  if (object == NULL)
    return TRUE;
  if (!is_made (work, object, number, user, &id, &made, error))
    return FALSE;
  if (made)
    return TRUE;
  draft = sat_draft_new (object);
  for (guint i = 0; values[i] != NULL; i += 2)
    sat_draft_set (draft, sat_object_find (object, values[i]), values[i + 1]);
  sat_draft_set (draft, sat_object_find (object, "record"), sat_id_format (&work->id, record));
  sat_draft_set (draft, sat_object_find (object, "rule"), sat_id_format (&work->rule->id, rule));
  (*told)++;
  return sat_rule_write_new (work, draft, &id, work->book, &made, error);
}

/* The user's id as text; NULL: nobody. */
static gboolean
whom (SatRuleWork *work, const SatActionPerson *person, char **out, GError **error)
{
  SatRuleRunner *runner = work->chain->runner;
  const SatObject *object = sat_catalogue_find (runner->replica->catalogue, SAT_NOTICE);
  const SatField *user = object != NULL ? sat_object_find (object, "owner") : NULL;
  gboolean found;
  SatId id;

  *out = NULL;
  if (person->user != NULL && user != NULL)
    return sat_rule_value (runner, work->table, work->row, person->user, user, out, &found, error);
  if (person->login == NULL || !sat_rule_user (runner, person->login, &id, &found, error))
    return person->login == NULL;
  *out = found ? sat_id_dup_text (&id) : NULL;
  return TRUE;
}

static gboolean
run_notify (SatRuleWork *work, const SatAction *action, guint number, GError **error)
{
  const SatObject *object = sat_catalogue_find (work->chain->runner->replica->catalogue,
                                                SAT_NOTICE);
  g_autofree char *text = NULL;
  gboolean fits;
  guint told = 0;

  if (object == NULL)
    return TRUE;
  if (!sat_rule_value (work->chain->runner, work->table, work->row, action->text, object->title,
                       &text, &fits, error))
    return FALSE;
  if (!fits || text == NULL)
    return TRUE;
  for (guint i = 0; i < action->people->len; i++)
    {
      g_autofree char *user = NULL;

      if (!whom (work, action->people->pdata[i], &user, error))
        return FALSE;
      if (user == NULL)
        continue;
      if (!tell (work, text, user, number, &told, error))
        return FALSE;
    }
  if (told > 0)
    sat_rule_say (work, "notify: %s", text);
  return TRUE;
}

/* ---- approvals ---- */

static gboolean
asks_for_approval (const SatRule *rule)
{
  for (guint i = 0; i < rule->actions->len; i++)
    if (((const SatAction *) rule->actions->pdata[i])->type == SAT_ACTION_REQUEST)
      return TRUE;
  return FALSE;
}

/* Somebody has to be the one who asks, on a laptop of his: who made the change, or else the owner,
 * whose laptops alone run such a rule. */
static gboolean
is_left_to_owner (const SatRuleChain *chain, const SatRule *rule, gint64 row, GError **error)
{
  const SatField *owner = sat_access_owner_field (rule->object);
  g_autoptr (SatRecord) record = NULL;
  const char *value;
  SatId id;

  if (chain->in_step || !asks_for_approval (rule))
    return FALSE;
  record = sat_list_load_row (chain->runner->replica, rule->object, row, error);
  value = record != NULL && owner != NULL ? sat_record_get (record, owner) : NULL;
  return value == NULL || !sat_id_parse (value, &id) || !sat_id_equal (&id, &chain->runner->me);
}

static gboolean
run_request (SatRuleWork *work, const SatAction *action, guint number, GError **error)
{
  SatRuleRunner *runner = work->chain->runner;
  const SatObject *object = sat_catalogue_find (runner->replica->catalogue, SAT_APPROVAL);
  const SatField *field = object != NULL ? sat_object_find (object, "note") : NULL;
  SatRuleRequest request = {
    .object = work->table->object,
    .record = &work->id,
    .rule = &work->rule->id,
    .action = number,
    .occasion = work->chain->occasion,
    .in_step = work->chain->in_step,
  };
  g_autofree char *note = NULL, *asked = NULL, *why = NULL;
  gboolean fits;

  if (field == NULL || runner->gates.request == NULL)
    return TRUE;
  if (action->text != NULL &&
      !sat_rule_value (runner, work->table, work->row, action->text, field, &note, &fits, error))
    return FALSE;
  request.note = note;
  if (!runner->gates.request (&request, runner->local, &asked, &why, runner->gates.data, error))
    return FALSE;
  if (why != NULL)
    sat_rule_say (work, "not done: request approval: %s", why);
  else if (asked != NULL)
    sat_rule_say (work, "request approval: %s", asked);
  return TRUE;
}

/* ---- a rule ---- */

static gboolean
run_action (SatRuleWork *work, guint number, GError **error)
{
  const SatAction *action = work->rule->actions->pdata[number];

  switch (action->type)
    {
    case SAT_ACTION_ADD:
    case SAT_ACTION_REMOVE:
      return run_tag (work, action, error);
    case SAT_ACTION_CREATE:
      return run_create (work, action, number, error);
    case SAT_ACTION_NOTIFY:
      return run_notify (work, action, number, error);
    case SAT_ACTION_REQUEST:
      return run_request (work, action, number, error);
    case SAT_ACTION_ASSIGN_IN_TURN:
    case SAT_ACTION_ASSIGN_LEAST_BUSY:
    case SAT_ACTION_ASSIGN_BY:
      return run_assign (work, action, error);
    case SAT_ACTION_SET:
    default:
      return run_set (work, action, error);
    }
}

/* Each action sees what those before it wrote. What looks at the record runs after all of them. */
static gboolean
run_actions (SatRuleWork *work, GError **error)
{
  SatReplica *replica = work->chain->runner->replica;
  g_autoptr (SatRecord) before = sat_list_load_row (replica, work->table->object, work->row, error);

  for (guint i = 0; before != NULL && i < work->rule->actions->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, work->table->object, work->row,
                                                        error);

      work->record = record;
      if (record == NULL || !run_action (work, i, error))
        return FALSE;
    }
  work->record = before;
  if (before == NULL)
    return FALSE;
  return work->what->len == 0 ||
         (sat_rule_log (work, error) &&
          (!work->wrote || fire (work->chain, work->table->object, &work->id, work->row, work->book,
                                 before, error)));
}

/* FALSE: the rule has had its turn with that record in this chain. */
static gboolean
take_turn (const SatRuleChain *chain, const SatRule *rule, const SatId *record)
{
  char one[SAT_ID_TEXT_SIZE], two[SAT_ID_TEXT_SIZE];

  return g_hash_table_add (chain->done, g_strconcat (sat_id_format (&rule->id, one), " ",
                                                     sat_id_format (record, two), NULL));
}

static gboolean
run_rule (SatRuleChain *chain,
          const SatRule *rule,
          SatTable *table,
          const SatId *id,
          gint64 row,
          guint32 book,
          const SatExpressionChange *change,
          GError **error)
{
  g_autoptr (GString) what = g_string_new (NULL);
  SatRuleWork work = {
    .chain = chain, .rule = rule, .table = table, .id = *id, .row = row, .book = book, .what = what
  };
  GError *problem = NULL;
  gboolean holds;
  gboolean ok;

  if (is_left_to_owner (chain, rule, row, &problem))
    {
      if (problem == NULL)
        return TRUE;
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!sat_rule_test (chain->runner, table, row, rule->condition, change, &holds, error))
    return FALSE;
  if (!holds || !take_turn (chain, rule, id))
    return TRUE;
  if (chain->depth >= SAT_RULE_LEVELS)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (chain->runner->replica, table->object, row,
                                                        error);

      work.record = record;
      sat_rule_say (&work, "not run: rules set one another off %d times", SAT_RULE_LEVELS);
      return record != NULL && sat_rule_log (&work, error);
    }
  chain->depth++;
  ok = run_actions (&work, error);
  chain->depth--;
  return ok;
}

/* The record was written: runs the rules that look at that. */
static gboolean
fire (SatRuleChain *chain,
      const SatObject *object,
      const SatId *id,
      gint64 row,
      guint32 book,
      const SatRecord *before,
      GError **error)
{
  SatRuleRunner *runner = chain->runner;
  SatTable *table = sat_replica_table (runner->replica, object);

  if (!know_rules (runner, error))
    return FALSE;
  for (guint i = 0; i < runner->rules->len; i++)
    {
      const SatRule *rule = runner->rules->pdata[i];
      g_autoptr (SatRecord) after = NULL;
      Change both = { .before = before };
      const SatExpressionChange change = { changed, was, &both };

      if (rule->object != table->object || !sat_rule_is_for (rule, before == NULL))
        continue;
      after = sat_list_load_row (runner->replica, object, row, error);
      both.after = after;
      if (after == NULL || !run_rule (chain, rule, table, id, row, book, &change, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what sets rules off ---- */

static gboolean
run_chain (SatRuleRunner *runner,
           const SatObject *object,
           const SatId *id,
           gint64 row,
           guint32 book,
           const SatRecord *before,
           GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SatRuleChain chain = {
    .runner = runner, .occasion = sat_local_hlc (runner->local), .in_step = TRUE, .done = done
  };

  return fire (&chain, object, id, row, book, before, error);
}

gboolean
sat_rule_runner_saved (SatRuleRunner *runner,
                       const SatObject *object,
                       const SatId *id,
                       const SatRecord *before,
                       GError **error)
{
  GError *problem = NULL;
  SatId root = *id;
  guint32 book;
  gint64 row;

  if (!sat_rule_runner_watches (runner, object, &problem))
    {
      if (problem == NULL)
        return TRUE;
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (!locate (runner->replica, object, &root, &row, &book, error))
    return FALSE;
  return row == 0 || run_chain (runner, object, &root, row, book, before, error);
}

gboolean
sat_rule_runner_run (SatRuleRunner *runner,
                     const SatRule *rule,
                     gint64 row,
                     SatHlc occasion,
                     gboolean in_step,
                     GError **error)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  SatRuleChain chain = { .runner = runner, .occasion = occasion, .in_step = in_step, .done = done };
  const SatExpressionChange nothing = { 0 };
  SatTable *table = sat_replica_table (runner->replica, rule->object);
  g_autoptr (SatState) state = sat_state_new ();
  SatRow at;
  gboolean found;

  if (!sat_row_load_listed (runner->replica, table, row, state, &at, &found, error))
    return FALSE;
  sat_row_done (&at);
  return !found || state->presence != SAT_PRESENT ||
         run_rule (&chain, rule, table, &state->id, row, state->book, &nothing, error);
}
