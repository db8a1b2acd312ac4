/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people do: new records, fields of every type and policy changed or emptied, tags, forms left
 * open, deletes, undeletes, conflicts settled. Values repeat often, so that people meet. */
#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-absorb.h"
#include "core/workspace/sat-workspace-files.h"
#include "tests/converge/sim.h"

/* ---- values -------------------------------------------------------------------------------------
 */

static const char *
pick (Sim *sim, const char *const *words, guint n)
{
  return words[sim_below (sim, n)];
}
#define PICK(sim, words) pick (sim, words, G_N_ELEMENTS (words))

static SatRecord *
load (Laptop *laptop, const SimRecord *record)
{
  return sat_workspace_load (laptop->workspace, record->object, &record->id, NULL);
}

/* The id of a record of OBJECT that is here; NULL if none is found. */
static char *
random_reference (Laptop *laptop, const char *object)
{
  const GArray *records = laptop->sim->records;

  for (guint tries = 0; tries < 8 && records->len > 0; tries++)
    {
      const SimRecord *record = &g_array_index (records, SimRecord,
                                                sim_below (laptop->sim, records->len));
      g_autoptr (SatRecord) here = NULL;
      if (strcmp (object, "*") != 0 && strcmp (record->object->name, object) != 0)
        continue;
      here = load (laptop, record);
      if (here != NULL)
        return sat_id_dup_text (&record->id);
    }
  return NULL;
}

/* CURRENT with one line changed, added or taken out. */
static char *
random_lines (Sim *sim, const char *current)
{
  static const char *const words[] = { "met", "called", "讨论价格", "wants a quote",
                                       "\\ tab\there" };
  g_auto (GStrv) lines = g_strsplit (
      current != NULL ? current : "one\ntwo\nthree\nfour\nfive\nsix\nseven", "\n", -1);
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  guint n = g_strv_length (lines);
  guint at = sim_below (sim, n);
  guint kind = sim_below (sim, 4);

  for (guint i = 0; i < n; i++)
    {
      if (i != at || kind == 0)
        g_ptr_array_add (out, lines[i]);
      if (i == at && (kind != 3 || n == 1))
        g_ptr_array_add (out, (gpointer) PICK (sim, words));
    }
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}

static char *
random_tags (Sim *sim)
{
  static const char *const words[] = { "vip", "east", "大客户", "a b", "prospect" };
  const char *chosen[3];
  guint n = 1 + sim_below (sim, 3);

  for (guint i = 0; i < n; i++)
    chosen[i] = PICK (sim, words);
  return sat_tags_join (chosen, n);
}

static char *
random_number (Sim *sim, const char *end)
{
  guint n = sim_below (sim, 20);

  return g_strdup_printf ("%u%s%s", n, n % 4 == 0 ? ".0" : ".2", end);
}

static char *
random_file (Laptop *laptop)
{
  g_autoptr (GBytes) bytes = sim_file (sim_below (laptop->sim, SIM_FILES));
  g_autoptr (GError) error = NULL;
  char *value = sat_workspace_attach (
      laptop->workspace, sim_chance (laptop->sim, 50) ? "a.txt" : "合同.pdf", bytes, &error);

  g_assert_no_error (error);
  return value;
}

static char *
random_value (Laptop *laptop, const SatField *field, const char *current)
{
  static const char *const names[] = { "上海宏达", "Acme Ltd", "李明", "Müller & Söhne", "x" };
  static const char *const phones[] = { "021-5555-0100", "+86 10 1234", "13800138000" };
  static const char *const mails[] = { "a@example.com", "li@example.cn", "w@example.org" };
  static const char *const sites[] = { "https://example.com", "http://example.cn/a" };
  static const char *const times[] = { "2026-03-01T09:15:00Z", "2026-03-02T00:00:00Z" };
  static const char *const dates[] = { "2026-11-21", "2024-02-29", "1970-01-01" };
  static const char *const pictures[] = { "R0lGODlhAQABAA==", "/9j/4AAQ" };
  Sim *sim = laptop->sim;

  switch (field->type->id)
    {
    case SAT_TYPE_LONG_TEXT:
      return random_lines (sim, current);
    case SAT_TYPE_INTEGER:
      return g_strdup_printf ("%u", sim_below (sim, 20));
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_PERCENT:
      return random_number (sim, "5");
    case SAT_TYPE_MONEY:
      return random_number (sim, "0 CNY");
    case SAT_TYPE_DATE:
      return g_strdup (PICK (sim, dates));
    case SAT_TYPE_TIME:
      return g_strdup (PICK (sim, times));
    case SAT_TYPE_YES_NO:
      return g_strdup (sim_chance (sim, 50) ? "yes" : "no");
    case SAT_TYPE_CHOICE:
      return g_strdup (field->choices[sim_below (sim, field->n_choices)].name);
    case SAT_TYPE_TAGS:
      return random_tags (sim);
    case SAT_TYPE_REFERENCE:
      return random_reference (laptop, field->reference);
    case SAT_TYPE_PHONE:
      return g_strdup (PICK (sim, phones));
    case SAT_TYPE_EMAIL:
      return g_strdup (PICK (sim, mails));
    case SAT_TYPE_WEB:
      return g_strdup (PICK (sim, sites));
    case SAT_TYPE_PICTURE:
      return g_strdup (PICK (sim, pictures));
    case SAT_TYPE_PLACE:
      return g_strdup_printf ("%u.500000,-0.%06u", sim_below (sim, 3), 1 + sim_below (sim, 3));
    case SAT_TYPE_ATTACHMENT:
      return random_file (laptop);
    case SAT_TYPE_TEXT:
    case SAT_TYPE_ADDRESS:
    case SAT_N_TYPES:
      break;
    }
  return g_strdup (PICK (sim, names));
}

/* ---- edits --------------------------------------------------------------------------------------
 */

static void
change_field (Laptop *laptop, SatDraft *draft, const SatField *field)
{
  static const char *const elements[] = { "vip", "east", "大客户", "back\\slash" };
  const char *current = sat_draft_get (draft, field);
  Sim *sim = laptop->sim;

  if (field->policy == SAT_POLICY_UNION && sim_chance (sim, 70))
    {
      if (sim_chance (sim, 60))
        sat_draft_add_element (draft, field, PICK (sim, elements));
      else
        sat_draft_remove_element (draft, field, PICK (sim, elements));
      return;
    }
  if (!field->required && sim_chance (sim, 20))
    {
      sat_draft_set (draft, field, NULL);
      return;
    }
  g_autofree char *value = random_value (laptop, field, current);
  if (value != NULL)
    sat_draft_set (draft, field, value);
}

/* One that people write. */
static const SatField *
any_field (Sim *sim, const SatObject *object)
{
  const SatField *field;

  do
    field = object->fields[sim_below (sim, object->n_fields)];
  while (field->fixed);
  return field;
}

/* Fields where people meet: those that ask, and what the policies settle. */
static const SatField *
random_field (Sim *sim, const SatObject *object)
{
  const SatField *field = any_field (sim, object);

  for (guint tries = 0; tries < 4 && field->policy == SAT_POLICY_NEWEST && !field->owning; tries++)
    field = any_field (sim, object);
  return field;
}

static void
save (Laptop *laptop, SatDraft *draft, SatId *id)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_save (laptop->workspace, draft, id, &error);
  g_assert_no_error (error);
}

static void
act_new (Laptop *laptop)
{
  static const char *const objects[] = { "customer", "customer", "contact", "deal",
                                         "activity", "product",  "document" };
  Sim *sim = laptop->sim;
  const SatObject *object = sat_catalogue_find (sim->catalogue, PICK (sim, objects));
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  SimRecord record = { object, { { 0 } } };

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      if ((field->required && sat_draft_get (draft, field) == NULL) || field->owning ||
          sim_chance (sim, 30))
        change_field (laptop, draft, field);
    }
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->required && sat_draft_get (draft, object->fields[i]) == NULL)
      return; /* it needs a record that is not here */
  if (object->book_rule == SAT_BOOK_OWN)
    {
      const char *book = sim_chance (sim, 70) ? "east" : "west";
      if (!laptop_holds (laptop, book))
        return;
      sat_draft_set_book (draft, book);
    }
  save (laptop, draft, &record.id);
  g_array_append_val (sim->records, record);
}

static void
act_edit (Laptop *laptop, const SatRecord *record)
{
  g_autoptr (SatDraft) draft = sat_draft_edit (record);

  for (guint n = 1 + sim_below (laptop->sim, 3); n > 0; n--)
    change_field (laptop, draft, random_field (laptop->sim, sat_record_object (record)));
  save (laptop, draft, NULL);
}

/* To the other book, with or without telling it at once. */
static void
act_move (Laptop *laptop, const SatRecord *record)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  const char *to = strcmp (sat_record_book (record), "east") == 0 ? "west" : "east";
  g_autoptr (GError) error = NULL;

  if (sat_record_object (record)->book_rule == SAT_BOOK_COMPANY || !laptop_holds (laptop, to))
    return;
  kind.home = sat_names_find_book (laptop->workspace->replica->names, to);
  sat_workspace_edit_raw (laptop->workspace, sat_record_object (record), sat_record_id (record),
                          NULL, NULL, 0, &kind, &error);
  g_assert_no_error (error);
  if (sim_chance (laptop->sim, 60))
    laptop_forward (laptop, FALSE);
}

/* Into another one of its kind, or out again. */
static void
act_absorb (Laptop *laptop, const SatRecord *record)
{
  Sim *sim = laptop->sim;
  const SatObject *object = sat_record_object (record);
  const SimRecord *other = &g_array_index (sim->records, SimRecord,
                                           sim_below (sim, MIN (sim->records->len, 12)));
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (other->object != object)
    return;
  if (sim_chance (sim, 15))
    ok = sat_workspace_release_absorbed (laptop->workspace, object, &other->id, &error);
  else
    ok = sat_workspace_absorb (laptop->workspace, object, &other->id, sat_record_id (record), NULL,
                               0, NULL, &error);
  /* One that is not here, is away, deleted, of another book, or the same already. */
  g_assert_true (ok || error->code == SAT_ERROR_INVALID || error->code == SAT_ERROR_NOT_FOUND);
}

/* One of the forms left open is saved, whatever came between. */
static void
act_save_form (Laptop *laptop)
{
  if (laptop->forms->len == 0)
    return;
  guint at = sim_below (laptop->sim, laptop->forms->len);
  g_autoptr (SatRecord) record = g_ptr_array_steal_index (laptop->forms, at);
  const SimRecord now = { sat_record_object (record), *sat_record_id (record) };
  g_autoptr (SatRecord) there = load (laptop, &now);
  if (sat_record_moved_to (there) == NULL)
    act_edit (laptop, record);
}

static void
act_life (Laptop *laptop, const SatRecord *record, gboolean live)
{
  g_autoptr (GError) error = NULL;

  if (live)
    sat_workspace_undelete (laptop->workspace, sat_record_object (record), sat_record_id (record),
                            &error);
  else
    sat_workspace_delete (laptop->workspace, sat_record_object (record), sat_record_id (record),
                          NULL, &error);
  g_assert_no_error (error);
}

static void
act_settle (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = sat_workspace_conflicts (laptop->workspace, 10, &error);

  g_assert_no_error (error);
  if (conflicts->len == 0)
    return;
  const SatConflict *conflict = g_ptr_array_index (conflicts,
                                                   sim_below (laptop->sim, conflicts->len));
  g_assert_cmpuint (conflict->values->len, >=, 2);
  guint take = sim_below (laptop->sim, conflict->values->len + 1);
  g_autofree char *value = take == 0 ? random_value (laptop, conflict->field, NULL) : NULL;
  sat_workspace_resolve (laptop->workspace, conflict->object, &conflict->id, conflict->field, take,
                         value, &error);
  g_assert_no_error (error);
}

/* Several saves in one transaction, which may be given up. */
static void
act_together (Laptop *laptop, const SatRecord *record)
{
  g_autoptr (GError) error = NULL;
  guint before = laptop->sim->records->len;

  sat_workspace_begin (laptop->workspace, &error);
  g_assert_no_error (error);
  act_edit (laptop, record);
  act_new (laptop);
  if (sim_chance (laptop->sim, 50))
    {
      sat_workspace_commit (laptop->workspace, &error);
      g_assert_no_error (error);
      return;
    }
  sat_workspace_rollback (laptop->workspace);
  g_array_set_size (laptop->sim->records, before);
}

void
laptop_act (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  guint kind = sim_below (sim, 100);

  if (sim->records->len < 2 || kind < 12)
    {
      act_new (laptop);
      return;
    }
  /* Few records and often the same ones: clashes are what this is about. */
  guint span = MIN (sim->records->len, 6);
  g_autoptr (SatRecord) record = load (
      laptop, &g_array_index (sim->records, SimRecord, sim_below (sim, span)));
  if (record == NULL || sat_record_moved_to (record) != NULL)
    return;
  if (kind < 18)
    act_move (laptop, record);
  else if (kind < 28 && sim->absorbing)
    act_absorb (laptop, record);
  else if (kind < 60)
    act_edit (laptop, record);
  else if (kind < 68)
    g_ptr_array_add (laptop->forms, sat_record_ref (record));
  else if (kind < 76)
    act_save_form (laptop);
  else if (kind < 84)
    act_life (laptop, record, FALSE);
  else if (kind < 89)
    act_life (laptop, record, TRUE);
  else if (kind < 95)
    act_settle (laptop);
  else
    act_together (laptop, record);
}
