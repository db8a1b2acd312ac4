/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rights, as a matrix of writing: every kind of record and every field of the catalogue, what a
 * role may do with it, and every way on which core lets a person write. What may be written is said
 * by a few lines here (may_edit and its neighbours), which know nothing of how core decides it;
 * after each attempt all records are compared with what they were. */
#include <string.h>

#include "core/workspace/sat-workspace-absorb.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-bulk.h"
#include "core/workspace/sat-workspace-convert.h"
#include "core/workspace/sat-workspace-handover.h"
#include "core/workspace/sat-workspace-import.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revert.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/rights/company.h"

#define FIRST_VALUE 50000

typedef struct
{
  char **values; /* canonical, by the field's position */
  gboolean deleted;
} Shown;

typedef struct
{
  Company company;
  Shown *before;     /* of each canary */
  GHashTable *wrong; /* "way: object.field …", each once */
  guint next;        /* the number of the next value */
  guint n_written;   /* what may be written and was */
  guint n_refused;   /* what may not and was not */
} Writing;

/* ---- what is right ------------------------------------------------------------------------------
 */

/* Nobody does anything with what he does not see. */
static gboolean
may (const Writing *w, const Canary *canary, SatRight right)
{
  const Said *said = said_of (&w->company, canary->object);

  return is_within (said->reach[SAT_RIGHT_READ], canary->whose) &&
         is_within (said->reach[right], canary->whose);
}

static gboolean
may_edit (const Writing *w, const Canary *canary, const SatField *field)
{
  return may (w, canary, SAT_RIGHT_EDIT) &&
         said_of (&w->company, canary->object)->fields[field->index] == SAT_FIELD_EDIT;
}

/* A record is a colleague's, too, as soon as what it belongs to is. */
static gboolean
may_follow (const Writing *w, const Canary *canary, const SatField *field)
{
  const Said *said = said_of (&w->company, canary->object);

  return canary->object->owning != NULL && field == sat_access_owner_field (canary->object) &&
         is_within (said->reach[SAT_RIGHT_READ], CANARY_MATES) &&
         is_within (said->reach[SAT_RIGHT_EDIT], CANARY_MATES);
}

static void
note (Writing *w, const char *way, const Canary *canary, const SatField *field, const char *what)
{
  static const char *const whose[] = { "own", "a colleague's", "another's", "nobody's" };
  const Said *said = said_of (&w->company, canary->object);

  g_hash_table_add (
      w->wrong,
      g_strdup_printf ("%s: %s %s of %s record: %s (create %s, read %s, edit %s, delete %s, "
                       "field %s)",
                       way, canary->object->name, field ? field->name : "as a whole",
                       whose[canary->whose], what, sat_reach_name (said->reach[SAT_RIGHT_CREATE]),
                       sat_reach_name (said->reach[SAT_RIGHT_READ]),
                       sat_reach_name (said->reach[SAT_RIGHT_EDIT]),
                       sat_reach_name (said->reach[SAT_RIGHT_DELETE]),
                       field ? sat_field_access_name (said->fields[field->index]) : "-"));
}

/* Something was tried and went well or not (ERROR, which is cleared): was that right? */
static void
expect (Writing *w,
        const char *way,
        const Canary *canary,
        const SatField *field,
        gboolean right,
        gboolean ok,
        GError **error)
{
  if (ok && right)
    w->n_written++;
  else if (ok)
    note (w, way, canary, field, "written");
  else if (right)
    note (w, way, canary, field, *error ? (*error)->message : "not written");
  else if (*error != NULL && !g_error_matches (*error, SAT_ERROR, SAT_ERROR_REFUSED) &&
           !g_error_matches (*error, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    note (w, way, canary, field, (*error)->message);
  else
    w->n_refused++;
  g_clear_error (error);
}

/* ---- what there is ------------------------------------------------------------------------------
 */

static void
shown_clear (Shown *shown)
{
  g_strfreev (shown->values);
  shown->values = NULL;
}

static void
look (const Writing *w, const Canary *canary, Shown *shown)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_list_load (world_replica (w->company.li), canary->object,
                                                &canary->id, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < canary->object->n_fields; i++)
    {
      const char *value = sat_record_get (record, canary->object->fields[i]);
      g_ptr_array_add (values, g_strdup (value ? value : ""));
    }
  g_ptr_array_add (values, NULL);
  shown->values = (char **) g_ptr_array_steal (values, NULL);
  shown->deleted = sat_record_deleted (record);
}

/* What has changed since the last time: could it? HANDED: what it belongs to may have gone to a
 * colleague before. */
static void
compare_with (Writing *w, const char *way, gboolean handed)
{
  for (guint i = 0; i < w->company.canaries->len; i++)
    {
      const Canary *canary = w->company.canaries->pdata[i];
      Shown now;

      look (w, canary, &now);
      for (guint k = 0; k < canary->object->n_fields; k++)
        {
          const SatField *field = canary->object->fields[k];
          const char *leader = sat_access_leader (canary->object->name, field->name);
          const SatField *judged = leader ? sat_object_find (canary->object, leader) : field;

          if (strcmp (now.values[k], w->before[i].values[k]) == 0)
            continue;
          if (may_edit (w, canary, field) || may_edit (w, canary, judged) ||
              (handed && may_follow (w, canary, field)))
            w->n_written++;
          else
            note (w, way, canary, field, "changed");
        }
      if (now.deleted != w->before[i].deleted && !may (w, canary, SAT_RIGHT_DELETE))
        note (w, way, canary, NULL, "deleted or brought back");
      shown_clear (&w->before[i]);
      w->before[i] = now;
    }
}

static void
compare (Writing *w, const char *way)
{
  compare_with (w, way, FALSE);
}

static void
begin (Writing *w)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_begin (w->company.li, &error);
  g_assert_no_error (error);
}

static const Canary *
canary_at (const Writing *w, guint i)
{
  return w->company.canaries->pdata[i];
}

static SatDraft *
draft_of (const Writing *w, const Canary *canary)
{
  g_autoptr (SatRecord) record = sat_list_load (world_replica (w->company.li), canary->object,
                                                &canary->id, NULL);

  return sat_draft_edit (record);
}

/* Another value than it has; NULL: of this type there is none. */
static char *
another (Writing *w, const SatField *field)
{
  g_autofree char *token = NULL;

  if (field->hidden || field->fixed)
    return NULL;
  if (field == sat_access_owner_field (field->object))
    return sat_id_dup_text (&w->company.users[CANARY_MATES]);
  return canary_value (field, w->next++, &token);
}

/* A field that a company may conceal, and that can be tried with a text; NULL: there is none. */
static const SatField *
plain_field (const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];

      if (!field->hidden && can_be_concealed (field) && field->type->id == SAT_TYPE_TEXT)
        return field;
    }
  return NULL;
}

/* ---- the ways -----------------------------------------------------------------------------------
 */

static void
way_save (Writing *w, const Canary *canary, const SatField *field)
{
  g_autofree char *value = another (w, field);
  g_autoptr (SatDraft) draft = draft_of (w, canary);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (value == NULL)
    return;
  if (field->policy == SAT_POLICY_UNION)
    sat_draft_add_element (draft, field, value);
  else
    sat_draft_set (draft, field, value);
  if (sat_draft_is_empty (draft))
    return;
  begin (w);
  ok = sat_workspace_save (w->company.li, draft, NULL, &error);
  if (!g_error_matches (error, SAT_ERROR, SAT_ERROR_GATE))
    expect (w, "save", canary, field, may_edit (w, canary, field), ok, &error);
  sat_workspace_rollback (w->company.li);
}

/* What two wrote at once stays so for the ways that come after. */
static gboolean
is_disputed (const Writing *w, const Canary *canary, const SatField *field)
{
  SatWorkspace *boss = w->company.all[0];
  g_autoptr (SatConflict) conflict = sat_workspace_conflict (
      boss, world_object (boss, canary->object->name), &canary->id,
      world_field (boss, canary->object->name, field->name), NULL);

  return conflict != NULL;
}

static void
way_restore (Writing *w, const Canary *canary, const SatField *field)
{
  gboolean right = may_edit (w, canary, field);
  g_autofree char *value = another (w, field);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatReverted) reverted = NULL;

  if (value == NULL || field->type->id == SAT_TYPE_REFERENCE ||
      (right && is_disputed (w, canary, field)))
    return;
  reverted = sat_workspace_restore_value (w->company.li, &canary->id, field, value, &error);
  if (!g_error_matches (error, SAT_ERROR, SAT_ERROR_GATE) &&
      (reverted == NULL || reverted->done->len > 0))
    expect (w, "restore a value", canary, field, right, reverted != NULL, &error);
  compare (w, "restore a value");
}

/* The last change of a field, as its history tells those who may see all. */
static void
way_revert (Writing *w, const Canary *canary, const SatField *field)
{
  SatWorkspace *boss = w->company.all[0];
  const SatObject *object = world_object (boss, canary->object->name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = sat_workspace_history (
      boss, object, &canary->id, sat_object_find (object, field->name), &error);
  g_autoptr (SatReverted) reverted = NULL;
  const SatChange *last;

  g_assert_no_error (error);
  if (history->len == 0 || may_edit (w, canary, field))
    return;
  last = history->pdata[0];
  reverted = sat_workspace_revert (w->company.li, canary->object, &canary->id,
                                   &(SatRevertWhat){ .book = last->book,
                                                     .device = last->device,
                                                     .number = last->number,
                                                     .time = last->time,
                                                     .field = field->name },
                                   1, &error);
  expect (w, "revert", canary, field, FALSE, reverted != NULL && reverted->done->len > 0, &error);
  compare (w, "revert");
}

static void
way_resolve (Writing *w, const Canary *canary, const SatField *field)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (!is_disputed (w, canary, field))
    return;
  begin (w);
  ok = sat_workspace_resolve (w->company.li, canary->object, &canary->id, field, 2, NULL, &error);
  expect (w, "resolve", canary, field, may_edit (w, canary, field), ok, &error);
  sat_workspace_rollback (w->company.li);
}

static void
way_delete (Writing *w, const Canary *canary)
{
  SatEditKind kind = { .life = SAT_LIFE_DEAD };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (canary->object->managed)
    return;
  begin (w);
  ok = sat_workspace_delete (w->company.li, canary->object, &canary->id, NULL, &error);
  expect (w, "delete", canary, NULL, may (w, canary, SAT_RIGHT_DELETE), ok, &error);
  sat_workspace_rollback (w->company.li);
  begin (w);
  sat_workspace_edit_raw (w->company.li, canary->object, &canary->id, NULL, NULL, 0, &kind, &error);
  g_assert_no_error (error);
  ok = sat_workspace_undelete (w->company.li, canary->object, &canary->id, &error);
  expect (w, "bring back", canary, NULL, may (w, canary, SAT_RIGHT_DELETE), ok, &error);
  sat_workspace_rollback (w->company.li);
}

/* A record like CANARY, for its owner. */
static void
way_create (Writing *w, const Canary *canary)
{
  const Said *said = said_of (&w->company, canary->object);
  const SatField *owner = sat_access_owner_field (canary->object);
  g_autoptr (SatDraft) draft = sat_draft_new (canary->object);
  g_autoptr (GError) error = NULL;
  SatReach reach = said->reach[SAT_RIGHT_CREATE];
  gboolean complete = TRUE;
  gboolean right = owner != NULL ? is_within (reach, canary->whose) : reach != SAT_REACH_NONE;
  gboolean ok;

  for (guint i = 0; i < canary->object->n_fields; i++)
    {
      const SatField *field = canary->object->fields[i];

      complete &= canary->values[i] != NULL || !field->required;
      if (canary->values[i] == NULL || (field != owner && !field->required && !field->owning))
        continue;
      sat_draft_set (draft, field, canary->values[i]);
      right &= said->fields[i] == SAT_FIELD_EDIT;
    }
  if (!complete)
    return;
  begin (w);
  ok = sat_workspace_save (w->company.li, draft, NULL, &error);
  expect (w, "create", canary, NULL, right, ok, &error);
  sat_workspace_rollback (w->company.li);
}

static void
way_give (Writing *w, const Canary *canary)
{
  const SatField *owner = sat_access_owner_field (canary->object);
  g_auto (SatAssigned) assigned = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (owner == NULL || owner->policy != SAT_POLICY_REVIEW)
    return;
  begin (w);
  ok = sat_workspace_hand (w->company.li, canary->object, &canary->id, "chen", NULL, &assigned,
                           &error);
  expect (w, "assign", canary, owner, may_edit (w, canary, owner), ok, &error);
  sat_workspace_rollback (w->company.li);
}

static void
way_convert (Writing *w, const Canary *canary)
{
  const SatConvertOptions options = { .deal = "Pumps", .even_if_known = TRUE };
  g_autoptr (GError) error = NULL;
  SatConverted converted;
  gboolean ok;

  if (strcmp (canary->object->name, SAT_LEAD) != 0)
    return;
  begin (w);
  ok = sat_workspace_convert (w->company.li, &canary->id, &options, &converted, &error);
  if (ok && !may (w, canary, SAT_RIGHT_EDIT))
    note (w, "convert", canary, NULL, "written");
  w->n_refused += !ok;
  sat_workspace_rollback (w->company.li);
}

static void
way_absorb (Writing *w, const Canary *duplicate, const Canary *into)
{
  g_autoptr (GError) error = NULL;
  gboolean right = may (w, duplicate, SAT_RIGHT_DELETE) && may (w, into, SAT_RIGHT_EDIT);
  gboolean ok;

  if (duplicate == into || duplicate->object != into->object)
    return;
  begin (w);
  ok = sat_workspace_absorb (w->company.li, into->object, &duplicate->id, &into->id, NULL, 0, NULL,
                             &error);
  if (!g_error_matches (error, SAT_ERROR, SAT_ERROR_INVALID))
    expect (w, "absorb", into, NULL, right, ok, &error);
  sat_workspace_rollback (w->company.li);
}

/* One row for canary number AT, found by its id or by what stands in MATCH. */
static void
way_import (Writing *w, guint at, const SatField *field, const SatField *match)
{
  const Canary *canary = canary_at (w, at);
  g_autofree char *id = sat_id_dup_text (&canary->id);
  g_autofree char *value = another (w, field);
  g_autofree char *text = NULL;
  const char *const by[] = { match ? match->name : SAT_IMPORT_ID, NULL };
  SatImportOptions options = { .object = canary->object, .match = by };
  SatFileOptions reading = { 0 };
  SatImportResult result = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (SatImportFile) file = NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  text = g_strdup_printf ("%s,%s\n%s,%s\n", by[0], field->name,
                          match ? w->before[at].values[match->index] : id, value);
  bytes = g_bytes_new (text, strlen (text));
  file = sat_import_file_open_bytes (bytes, &reading, &error);
  g_assert_no_error (error);
  ok = sat_workspace_import (w->company.li, file, &options, FALSE, &result, &error);
  if (match == NULL && result.problems != NULL && result.problems->len > 0)
    {
      g_clear_error (&error);
      error = g_error_copy (((const SatImportProblem *) result.problems->pdata[0])->error);
    }
  if (match == NULL)
    expect (w, "import", canary, field, may_edit (w, canary, field), ok && result.updated == 1,
            &error);
  else if (ok && said_of (&w->company, canary->object)->fields[match->index] < SAT_FIELD_READ)
    note (w, "import, matched by it", canary, match,
          result.updated > 0 ? "found" : "another one made");
  sat_import_result_clear (&result);
  compare (w, "import");
}

typedef struct
{
  const SatField *field;
  const char *value;
} Bulk;

static gboolean
set_one (SatDraft *draft, gpointer data, GError **error)
{
  const Bulk *bulk = data;

  (void) error;
  sat_draft_set (draft, bulk->field, bulk->value);
  return TRUE;
}

/* All of a kind at once: what is told before counts those that may be changed, and the doing ends
 * at one that may not. */
static void
way_bulk (Writing *w, const SatField *field)
{
  SatQuery query = { .object = field->object, .limit = -1 };
  g_autofree char *value = another (w, field);
  Bulk change = { field, value };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatBulk) bulk = sat_bulk_new (w->company.li, &query, set_one, &change, &error);
  g_auto (SatBulkLook) told = { 0 };
  const Canary *any = NULL;
  guint right = 0;
  guint seen = 0;
  gboolean more = TRUE;

  for (guint i = 0; i < w->company.canaries->len; i++)
    {
      const Canary *canary = canary_at (w, i);

      any = canary->object == field->object ? canary : any;
      seen += canary->object == field->object && may (w, canary, SAT_RIGHT_READ);
      right += canary->object == field->object && may_edit (w, canary, field);
    }
  if (bulk == NULL)
    {
      assert_error (&error, SAT_ERROR_REFUSED, "your role");
      g_assert_cmpuint (right, ==, 0);
      return;
    }
  g_assert_true (sat_bulk_look (bulk, 100, &told, NULL, &error));
  g_assert_no_error (error);
  if (told.found != seen || told.changing != right || told.bad != seen - right ||
      told.sample->len != right)
    note (w, "preview of a bulk edit", any, field, "tells another number of records");
  while (more && sat_bulk_step (bulk, 1000, &more, &error))
    continue;
  if (right == seen ? error != NULL : !g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED))
    note (w, "bulk edit", any, field, error ? error->message : "all of it written");
  compare (w, "bulk edit");
}

/* What he has done while he might is not taken back when he may not any more. */
static void
way_undo (Writing *w, const Canary *canary, const SatField *field)
{
  g_autofree char *value = another (w, field);
  g_autoptr (SatDraft) draft = draft_of (w, canary);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;
  g_autoptr (SatUndone) redone = NULL;

  sat_draft_set (draft, field, value);
  sat_workspace_save (w->company.li, draft, NULL, &error);
  g_assert_no_error (error);
  compare (w, "save");
  say_field (&w->company, field, SAT_FIELD_READ, TRUE);
  undone = sat_workspace_undo (w->company.li, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->left->len, ==, 1);
  compare (w, "undo");
  say_field (&w->company, field, SAT_FIELD_EDIT, TRUE);
  say_reach (&w->company, field->object, SAT_RIGHT_EDIT, SAT_REACH_NONE);
  redone = sat_workspace_redo (w->company.li, 1, &error);
  g_clear_error (&error);
  compare (w, "redo");
  say_reach (&w->company, field->object, SAT_RIGHT_EDIT, SAT_REACH_ALL);
}

/* Everything that somebody has goes to a third one. */
static void
way_handover (Writing *w)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatHandover) handover = sat_handover_new (w->company.li, "wang", "chen", NULL, &error);
  gboolean more = handover != NULL;

  while (more && sat_handover_step (handover, 1000, &more, &error))
    continue;
  g_clear_error (&error);
  compare_with (w, "handover", TRUE);
  if (handover == NULL || sat_handover_undo (handover) == 0)
    return;
  sat_undone_free (sat_workspace_undo_step (w->company.li, sat_handover_undo (handover), &error));
  g_assert_no_error (error);
  compare_with (w, "handover taken back", TRUE);
}

/* ---- running through the matrix -----------------------------------------------------------------
 */

static void
run_records (Writing *w, const SatObject *object)
{
  const SatField *field = plain_field (object);

  for (guint i = 0; i < w->company.canaries->len; i++)
    {
      const Canary *canary = canary_at (w, i);

      if (canary->object != object)
        continue;
      way_create (w, canary);
      way_delete (w, canary);
      way_give (w, canary);
      way_convert (w, canary);
      for (guint k = 0; k < w->company.canaries->len; k++)
        way_absorb (w, canary, canary_at (w, k));
      if (field == NULL)
        continue;
      way_save (w, canary, field);
      way_restore (w, canary, field);
      way_import (w, i, field, NULL);
    }
  if (field != NULL)
    way_bulk (w, field);
  way_handover (w);
}

static void
run_fields (Writing *w, const SatObject *object)
{
  const SatField *written = plain_field (object);

  for (guint i = 0; i < w->company.canaries->len; i++)
    {
      const Canary *canary = canary_at (w, i);

      for (guint k = 0; canary->object == object && k < object->n_fields; k++)
        {
          const SatField *field = object->fields[k];

          way_save (w, canary, field);
          way_restore (w, canary, field);
          way_revert (w, canary, field);
          way_resolve (w, canary, field);
          if (written != NULL && written != field && canary->tokens[k] != NULL && !field->hidden)
            way_import (w, i, written, field);
        }
    }
  for (guint k = 0; k < object->n_fields; k++)
    if (object->fields[k]->type->id == SAT_TYPE_TEXT && !object->fields[k]->hidden)
      way_bulk (w, object->fields[k]);
}

static void
test_reach (Writing *w, gconstpointer data)
{
  static const SatRight rights[] = { SAT_RIGHT_CREATE, SAT_RIGHT_READ, SAT_RIGHT_EDIT,
                                     SAT_RIGHT_DELETE };
  GHashTableIter iter;
  gpointer object;

  (void) data;
  g_hash_table_iter_init (&iter, w->company.said);
  while (g_hash_table_iter_next (&iter, &object, NULL))
    for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
      {
        for (guint reach = 0; reach < SAT_N_REACHES; reach++)
          {
            say_reach (&w->company, object, rights[i], (SatReach) reach);
            run_records (w, object);
          }
        say_reach (&w->company, object, rights[i], SAT_REACH_ALL);
      }
}

/* Four rounds, in each of which every field is something else. */
static void
test_fields (Writing *w, gconstpointer data)
{
  GHashTableIter iter;
  gpointer key;

  (void) data;
  g_hash_table_iter_init (&iter, w->company.said);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const SatObject *object = key;

      for (guint round = 0; round < SAT_N_FIELD_ACCESSES; round++)
        {
          for (guint i = 0; i < object->n_fields; i++)
            if (can_be_concealed (object->fields[i]))
              say_field (&w->company, object->fields[i],
                         (SatFieldAccess) ((i + round) % SAT_N_FIELD_ACCESSES), TRUE);
          run_fields (w, object);
        }
      for (guint i = 0; i < object->n_fields; i++)
        if (can_be_concealed (object->fields[i]))
          say_field (&w->company, object->fields[i], SAT_FIELD_EDIT, TRUE);
    }
}

static void
test_undo (Writing *w, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < w->company.canaries->len; i++)
    {
      const SatField *field = plain_field (canary_at (w, i)->object);

      if (field != NULL)
        way_undo (w, canary_at (w, i), field);
    }
}

/* ---- setting up ---------------------------------------------------------------------------------
 */

static void
set_up (Writing *w, gconstpointer data)
{
  (void) data;
  company_set_up (&w->company);
  w->next = FIRST_VALUE;
  w->wrong = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  w->before = g_new0 (Shown, w->company.canaries->len);
  for (guint i = 0; i < w->company.canaries->len; i++)
    look (w, canary_at (w, i), &w->before[i]);
}

static void
tear_down (Writing *w, gconstpointer data)
{
  g_autoptr (GList) wrong = g_list_sort (g_hash_table_get_keys (w->wrong), (GCompareFunc) strcmp);

  (void) data;
  for (GList *one = wrong; one != NULL; one = one->next)
    g_test_message ("%s", (const char *) one->data);
  g_assert_cmpuint (g_list_length (wrong), ==, 0);
  g_assert_cmpuint (w->n_written, >, 10);
  g_hash_table_unref (w->wrong);
  for (guint i = 0; i < w->company.canaries->len; i++)
    shown_clear (&w->before[i]);
  g_free (w->before);
  company_clear (&w->company);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/writing/reach", Writing, NULL, set_up, test_reach, tear_down);
  g_test_add ("/writing/fields", Writing, NULL, set_up, test_fields, tear_down);
  g_test_add ("/writing/undo", Writing, NULL, set_up, test_undo, tear_down);
  return g_test_run ();
}
