/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who wrote what and when, what it was before, and who is party to a conflict. */
#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[3];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 3);
  world_sync_all (&f->world, f->all, 3);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static GPtrArray *
history_of (SatWorkspace *workspace, const SatId *id, const char *field)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *history = sat_workspace_history (
      workspace, world_object (workspace, "thing"), id,
      field ? world_field (workspace, "thing", field) : NULL, &error);

  g_assert_no_error (error);
  return history;
}

/* "value:state:user" of each entry, newest first. */
static void
assert_history (SatWorkspace *workspace, const SatId *id, const char *field, const char *expected)
{
  static const char *const states[] = { "current", "sibling", "replaced", "unseen" };
  g_autoptr (GPtrArray) history = history_of (workspace, id, field);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < history->len; i++)
    {
      const SatChange *change = g_ptr_array_index (history, i);
      g_string_append_printf (text, "%s%s%s:%s:%s", i ? " " : "", change->removed ? "-" : "",
                              change->value ? change->value : "~", states[change->state],
                              change->user);
    }
  g_assert_cmpstr (text->str, ==, expected);
}

static void
test_values (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "count", "1", NULL);

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[1], "thing", &id, "count", "2");
  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[0], "thing", &id, "count", NULL);
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    {
      assert_history (f->all[i], &id, "count", "~:current:wang 2:replaced:li 1:replaced:wang");
      assert_history (f->all[i], &id, "name", "one:current:wang");
      assert_history (f->all[i], &id, "day", "");
    }
  g_autoptr (GPtrArray) history = history_of (f->all[2], &id, "count");
  const SatChange *first = g_ptr_array_index (history, 2);
  const SatChange *second = g_ptr_array_index (history, 1);
  g_assert_cmpstr (first->book, ==, "customers");
  g_assert_cmpuint (first->number, ==, 1);
  g_assert_true (sat_id_equal (&second->device, sat_workspace_device (f->all[1])));
  g_assert_cmpstr (second->field_name, ==, "count");
  g_assert_cmpuint (strlen (second->device_code), >=, 2);
  g_assert_cmpuint (second->time, >, first->time);
}

/* Each value keeps the moment of its typing, also when one change-set holds several of a record:
 * the newest of them wins by it elsewhere. */
static void
test_moments (Fixture *f, gconstpointer data)
{
  static const char *const fields[] = { "name", "count", "day" };
  static const char *const values[] = { "one", "7", "2026-11-22" };
  SatId id = record_new (f->all[0], "thing", "name", "one", NULL);
  gint64 begin = 0;

  for (guint i = 1; i < G_N_ELEMENTS (fields); i++)
    {
      world_tick (&f->world, 5000);
      record_set (f->all[0], "thing", &id, fields[i], values[i]);
    }
  world_sync_all (&f->world, f->all, 3);
  for (guint laptop = 0; laptop < 3; laptop++)
    for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
      {
        g_autoptr (GPtrArray) history = history_of (f->all[laptop], &id, fields[i]);
        const SatChange *change = g_ptr_array_index (history, 0);

        g_assert_cmpuint (history->len, ==, 1);
        g_assert_cmpuint (change->number, ==, 1);
        if (laptop == 0 && i == 0)
          begin = sat_hlc_ms (change->time);
        g_assert_cmpint (sat_hlc_ms (change->time) / 1000, ==, begin / 1000 + 5 * i);
      }
}

/* What was typed over before it was sealed is there too, on this laptop; number 0 is not sealed. */
static void
test_drafts (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "first", NULL);

  record_set (f->all[0], "thing", &id, "name", "second");
  assert_history (f->all[0], &id, "name", "second:current:wang first:replaced:wang");
  {
    g_autoptr (GPtrArray) history = history_of (f->all[0], &id, "name");
    g_assert_cmpuint (((SatChange *) g_ptr_array_index (history, 0))->number, ==, 0);
  }
  world_sync_all (&f->world, f->all, 3);
  {
    g_autoptr (GPtrArray) history = history_of (f->all[0], &id, "name");
    g_assert_cmpuint (((SatChange *) g_ptr_array_index (history, 0))->number, ==, 1);
  }
  assert_history (f->all[1], &id, "name", "second:current:wang");
}

/* The loser of two concurrent values stands beside the winner until somebody writes again; then it
 * was replaced unseen, and can be found on every laptop. */
static void
test_unseen (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", NULL);

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[0], "thing", &id, "count", "1");
  world_tick (&f->world, 1000);
  record_set (f->all[1], "thing", &id, "count", "2");
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    assert_history (f->all[i], &id, "count", "2:current:li 1:sibling:wang");
  record_set (f->all[2], "thing", &id, "count", "3");
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    assert_history (f->all[i], &id, "count", "3:current:chen 2:replaced:li 1:unseen:wang");
}

static void
test_tags_and_lives (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = record_new (f->all[0], "thing", "name", "one", "tags", "a", NULL);

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[1], "thing", &id, "tags", "-a");
  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[2], "thing", &id, "tags", "+b");
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    assert_history (f->all[i], &id, "tags", "b:current:chen -a:replaced:li a:replaced:wang");
  record_delete (f->all[1], "thing", &id);
  world_sync_all (&f->world, f->all, 3);
  {
    g_autoptr (GPtrArray) history = history_of (f->all[0], &id, NULL);
    const SatChange *newest = g_ptr_array_index (history, 0);

    g_assert_cmpstr (newest->field_name, ==, "life");
    g_assert_cmpstr (newest->value, ==, "dead");
    g_assert_cmpstr (newest->user, ==, "li");
    g_assert_cmpint (newest->state, ==, SAT_CURRENT);
    g_assert_null (newest->field);
  }
  sat_workspace_undelete (f->all[0], world_object (f->all[0], "thing"), &id, &error);
  g_assert_no_error (error);
  /* That it was brought back stands there until somebody writes in it. */
  {
    g_autoptr (GPtrArray) history = history_of (f->all[0], &id, NULL);
    const SatChange *restored = g_ptr_array_index (history, 0);
    const SatChange *deleted = g_ptr_array_index (history, 1);

    g_assert_cmpstr (restored->field_name, ==, "life");
    g_assert_cmpstr (restored->value, ==, "live");
    g_assert_cmpint (restored->state, ==, SAT_CURRENT);
    g_assert_cmpstr (deleted->value, ==, "dead");
    g_assert_cmpint (deleted->state, ==, SAT_REPLACED);
  }
  record_set (f->all[0], "thing", &id, "tags", "-b");
  g_autoptr (GPtrArray) history = history_of (f->all[0], &id, NULL);
  for (guint i = 0; i < history->len; i++)
    {
      const SatChange *change = g_ptr_array_index (history, i);
      g_assert_false (change->field == NULL && g_str_equal (change->value, "live"));
    }
}

/* ---- conflicts ----------------------------------------------------------------------------------
 */

static SatConflict *
conflict_on (SatWorkspace *workspace, const SatId *id, const char *field)
{
  g_autoptr (GError) error = NULL;
  SatConflict *conflict = sat_workspace_conflict (workspace, world_object (workspace, "thing"), id,
                                                  world_field (workspace, "thing", field), &error);

  g_assert_no_error (error);
  return conflict;
}

/* Before is the newest value that all of them replaced, not any older one. */
static void
test_before (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "0", NULL);

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[0], "thing", &id, "phone", "1");
  world_sync_all (&f->world, f->all, 3);
  g_assert_null (conflict_on (f->all[0], &id, "phone"));
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *phone = g_strdup_printf ("%u", 10 + i);
      world_tick (&f->world, 1000);
      record_set (f->all[i], "thing", &id, "phone", phone);
    }
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SatConflict) conflict = conflict_on (f->all[i], &id, "phone");

      g_assert_cmpstr (conflict->before, ==, "1");
      g_assert_cmpstr (conflict->title, ==, "one");
      g_assert_cmpuint (conflict->values->len, ==, 3);
      for (guint k = 0; k < 3; k++)
        {
          const SatChange *change = g_ptr_array_index (conflict->values, k);
          g_autofree char *phone = g_strdup_printf ("%u", 12 - k);
          g_assert_cmpstr (change->value, ==, phone);
          g_assert_cmpint (change->state, ==, k ? SAT_SIBLING : SAT_CURRENT);
        }
    }
}

/* The form was open over a sync: the conflict that its saving makes knows what was before at once.
 */
static void
test_before_sealing (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "0", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) loaded = NULL;
  g_autoptr (SatDraft) form = NULL;
  g_autoptr (SatConflict) conflict = NULL;

  world_sync_all (&f->world, f->all, 3);
  loaded = record_load (f->all[0], "thing", &id);
  form = sat_draft_edit (loaded);
  sat_draft_set (form, world_field (f->all[0], "thing", "phone"), "1");
  record_set (f->all[1], "thing", &id, "phone", "2");
  world_sync_all (&f->world, f->all, 3);
  sat_workspace_save (f->all[0], form, NULL, &error);
  g_assert_no_error (error);
  conflict = conflict_on (f->all[0], &id, "phone");
  g_assert_cmpstr (conflict->before, ==, "0");
  g_assert_cmpuint (((SatChange *) g_ptr_array_index (conflict->values, 0))->number, ==, 0);
}

/* A field that was empty before has no value before; one that is cleared on one side is a party. */
static void
test_cleared_party (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", NULL);
  SatId other = record_new (f->all[0], "thing", "name", "two", "phone", "0", NULL);

  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 2; i++)
    {
      record_set (f->all[i], "thing", &id, "phone", i ? "2" : "1");
      record_set (f->all[i], "thing", &other, "phone", i ? "2" : NULL);
    }
  world_sync_all (&f->world, f->all, 3);
  g_autoptr (SatConflict) one = conflict_on (f->all[2], &id, "phone");
  g_autoptr (SatConflict) two = conflict_on (f->all[2], &other, "phone");
  g_assert_null (one->before);
  g_assert_cmpstr (two->before, ==, "0");
  g_assert_cmpuint (two->values->len, ==, 2);
  g_autoptr (GError) error = NULL;
  for (guint k = 0; k < 2; k++)
    if (((SatChange *) g_ptr_array_index (two->values, k))->value == NULL)
      sat_workspace_resolve (f->all[2], two->object, &other, two->field, k + 1, NULL, &error);
  g_assert_no_error (error);
  world_sync_all (&f->world, f->all, 3);
  assert_value (f->all[0], "thing", &other, "phone", NULL);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 1);
}

/* A rule's value is no party to a conflict of people, and is never shown over theirs. */
static void
test_rules_are_no_party (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "0", NULL);
  SatEdit edit = { .value = "9" };
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .automatic = TRUE };

  world_sync_all (&f->world, f->all, 3);
  edit.field = world_field (f->all[2], "thing", "phone");
  world_tick (&f->world, 9000);
  sat_workspace_edit_raw (f->all[2], edit.field->object, &id, NULL, &edit, 1, &kind, &error);
  g_assert_no_error (error);
  record_set (f->all[0], "thing", &id, "phone", "1");
  world_sync_all (&f->world, f->all, 3);
  assert_value (f->all[2], "thing", &id, "phone", "1");
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[2]), ==, 0);
  assert_history (f->all[1], &id, "phone", "1:current:wang 9:sibling:chen 0:replaced:wang");
}

/* Oldest first, as many as asked for; those of deleted records do not ask. */
static void
test_list (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId ids[3];

  for (guint k = 0; k < 3; k++)
    ids[k] = record_new (f->all[0], "thing", "name", "one", "phone", "0", "price", "1.00 CNY",
                         NULL);
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 2; i++)
    for (guint k = 0; k < 3; k++)
      {
        record_set (f->all[i], "thing", &ids[k], "phone", i ? "2" : "1");
        record_set (f->all[i], "thing", &ids[k], "price", i ? "2.00 CNY" : "3.00 CNY");
      }
  world_sync_all (&f->world, f->all, 3);
  g_autoptr (GPtrArray) all = sat_workspace_conflicts (f->all[0], -1, &error);
  g_autoptr (GPtrArray) some = sat_workspace_conflicts (f->all[0], 4, &error);
  g_autoptr (GPtrArray) none = sat_workspace_conflicts (f->all[0], 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 6);
  g_assert_cmpuint (some->len, ==, 4);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 6);
  for (guint k = 0; k < 6; k++)
    g_assert_true (sat_id_equal (&((SatConflict *) g_ptr_array_index (all, k))->id, &ids[k / 2]));
  record_delete (f->all[0], "thing", &ids[1]);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 4);
}

/* A record that is at home in two books, as after two moves that did not know of each other, asks
 * where it is found, and there alone it can be settled. */
static void
test_twice_at_home (Fixture *f, gconstpointer data)
{
  static const char *const others[] = { "company", "zz" }; /* before and after its own */
  const SatObject *thing = world_object (f->all[0], "thing");
  const SatField *phone = sat_object_find (thing, "phone");
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "0", NULL);

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[0], "thing", &id, "phone", "1");
  record_set (f->all[1], "thing", &id, "phone", "2");
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      const guint32 book = sat_names_get_book (world_replica (f->all[0])->names, others[i], NULL);
      g_autofree char *sql = g_strdup_printf (
          "INSERT INTO o_thing (row, uuid, book, dead, hidden, stamps, sort, f_name)"
          " SELECT 1000, uuid, %u, dead, hidden, stamps, sort, f_name FROM o_thing",
          book);
      g_autoptr (GError) error = NULL;

      world_exec (f->all[0], sql);
      g_autoptr (GPtrArray) all = sat_workspace_conflicts (f->all[0], -1, &error);
      g_autoptr (SatConflict) one = sat_workspace_conflict (f->all[0], thing, &id, phone, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (all->len, ==, i);
      g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, i);
      g_assert_cmpint (one != NULL, ==, i);
      world_exec (f->all[0], "DELETE FROM o_thing WHERE row = 1000");
    }
}

static void
test_not_here (Fixture *f, gconstpointer data)
{
  const SatObject *thing = world_object (f->all[0], "thing");
  g_autoptr (GError) error = NULL;
  SatId nobody = { { 1 } };

  g_assert_null (sat_workspace_history (f->all[0], thing, &nobody, NULL, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing");
  g_assert_null (sat_workspace_conflict (f->all[0], thing, &nobody, thing->fields[0], &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing");
  g_assert_false (
      sat_workspace_resolve (f->all[0], thing, &nobody, thing->fields[0], 1, NULL, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing");
  g_assert_false (sat_workspace_undelete (f->all[0], thing, &nobody, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing");
  g_assert_false (sat_workspace_delete (f->all[0], thing, &nobody, NULL, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no thing");
}

/* A conflict is settled with a value of its own kind only. */
static void
test_settle_with_value (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "0", NULL);
  const SatField *phone = world_field (f->all[0], "thing", "phone");
  g_autoptr (GError) error = NULL;

  world_sync_all (&f->world, f->all, 3);
  record_set (f->all[0], "thing", &id, "phone", "1");
  record_set (f->all[1], "thing", &id, "phone", "2");
  world_sync_all (&f->world, f->all, 3);
  g_assert_false (
      sat_workspace_resolve (f->all[0], phone->object, &id, phone, 0, "call me", &error));
  assert_error (&error, SAT_ERROR_INVALID, "phone: “call me” is no value");
  g_assert_false (sat_workspace_resolve (f->all[0], phone->object, &id, phone, 0, "", &error));
  assert_error (&error, SAT_ERROR_INVALID, "phone: “” is no value");
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 1);
  sat_workspace_resolve (f->all[0], phone->object, &id, phone, 0, NULL, &error);
  g_assert_no_error (error);
  assert_value (f->all[0], "thing", &id, "phone", NULL);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) \
  g_test_add ("/workspace/history/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("values", test_values);
  ADD ("moments", test_moments);
  ADD ("drafts", test_drafts);
  ADD ("unseen", test_unseen);
  ADD ("tags-and-lives", test_tags_and_lives);
  ADD ("before", test_before);
  ADD ("before-sealing", test_before_sealing);
  ADD ("cleared-party", test_cleared_party);
  ADD ("rules-are-no-party", test_rules_are_no_party);
  ADD ("list", test_list);
  ADD ("twice-at-home", test_twice_at_home);
  ADD ("not-here", test_not_here);
  ADD ("settle-with-value", test_settle_with_value);
#undef ADD
  return g_test_run ();
}
