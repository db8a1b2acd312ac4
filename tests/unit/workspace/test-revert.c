/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-revert.h"

#include <string.h>

#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

#define PHONE_1 "+8621555500100"
#define PHONE_2 "+8621555500111"
#define PHONE_3 "+8621555500122"

typedef struct
{
  World world;
  SatWorkspace *wang, *li;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  SatWorkspace *laptops[2];

  world_laptops (&f->world, laptops, 2);
  f->wang = laptops[0];
  f->li = laptops[1];
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->wang);
  sat_workspace_close (f->li);
  world_clear (&f->world);
}

static void
sync_both (Fixture *f)
{
  SatWorkspace *both[] = { f->wang, f->li };

  world_tick (&f->world, 1000);
  world_sync_all (&f->world, both, 2);
  assert_equal_replicas (f->wang, f->li);
}

static void
set (Fixture *f,
     SatWorkspace *workspace,
     const char *object,
     const SatId *id,
     const char *field,
     const char *value)
{
  world_tick (&f->world, 1000);
  record_set (workspace, object, id, field, value);
}

/* The change of FIELD to VALUE ("-x": the removal of an element) in the history of WORKSPACE, as
 * what to take back: the whole change-set, or that write alone (TIME). */
static SatRevertWhat
change_to (SatWorkspace *workspace,
           const char *object,
           const SatId *id,
           const char *field,
           const char *value,
           GPtrArray **changes)
{
  const gboolean removal = value != NULL && *value == '-';
  SatRevertWhat what = { 0 };

  *changes = sat_workspace_history (workspace, world_object (workspace, object), id, NULL, NULL);
  g_assert_nonnull (*changes);
  for (guint i = 0; i < (*changes)->len; i++)
    {
      const SatChange *change = g_ptr_array_index (*changes, i);

      if (g_strcmp0 (change->field_name, field) != 0 || change->removed != removal ||
          g_strcmp0 (change->value, value ? value + removal : NULL) != 0)
        continue;
      what.book = change->book;
      what.device = change->device;
      what.number = change->number;
      what.time = change->time;
      return what;
    }
  g_assert_not_reached ();
}

typedef enum
{
  WHOLE, /* the change-set */
  WRITE, /* one write of it */
  FIELD, /* one field of the change-set */
} How;

/* Takes it back on WORKSPACE: DONE and LEFT fields, *WHY of the first left. */
static SatReverted *
revert (Fixture *f,
        SatWorkspace *workspace,
        const char *object,
        const SatId *id,
        const char *field,
        const char *value,
        How how)
{
  g_autoptr (GPtrArray) changes = NULL;
  SatRevertWhat what = change_to (workspace, object, id, field, value, &changes);
  g_autoptr (GError) error = NULL;
  SatReverted *reverted;

  if (how != WRITE)
    what.time = 0;
  if (how != WHOLE)
    what.field = field;
  world_tick (&f->world, 1000);
  reverted = sat_workspace_revert (workspace, world_object (workspace, object), id, &what, 1,
                                   &error);
  g_assert_no_error (error);
  assert_healthy (workspace);
  return reverted;
}

static void
expect (SatReverted *reverted, guint done, guint left, SatRevertWhy why)
{
  g_assert_cmpuint (reverted->done->len, ==, done);
  g_assert_cmpuint (reverted->left->len, ==, left);
  if (left > 0)
    g_assert_cmpint (((SatRevertLeft *) g_ptr_array_index (reverted->left, 0))->why, ==, why);
  g_assert_true ((reverted->step != 0) ==
                 (done > 0 || reverted->removed > 0 || reverted->brought > 0));
  sat_reverted_free (reverted);
}

/* What somebody else wrote, after a sync, with one field changed since. */
static void
test_change_set (Fixture *f, gconstpointer data)
{
  g_autoptr (SatUndone) undone = NULL;
  SatId id = record_new (f->wang, "customer", "name", "one", "phone", PHONE_1, "city", "Shanghai",
                         NULL);

  sync_both (f);
  set (f, f->li, "customer", &id, "phone", PHONE_2);
  set (f, f->li, "customer", &id, "city", "Suzhou");
  set (f, f->li, "customer", &id, "address", "Lane 1");
  sync_both (f);
  set (f, f->wang, "customer", &id, "city", "Hangzhou");
  sync_both (f);
  expect (revert (f, f->wang, "customer", &id, "phone", PHONE_2, WHOLE), 2, 1, SAT_REVERT_CHANGED);
  assert_value (f->wang, "customer", &id, "phone", PHONE_1);
  assert_value (f->wang, "customer", &id, "address", NULL);
  assert_value (f->wang, "customer", &id, "city", "Hangzhou");
  sync_both (f);
  assert_value (f->li, "customer", &id, "phone", PHONE_1);
  /* Again: nothing but what is left. */
  expect (revert (f, f->li, "customer", &id, "phone", PHONE_2, WHOLE), 0, 1, SAT_REVERT_CHANGED);
  /* One step for undo. */
  undone = sat_workspace_undo (f->wang, 1, NULL);
  g_assert_cmpuint (undone->steps, ==, 1);
  assert_value (f->wang, "customer", &id, "phone", PHONE_2);
  assert_value (f->wang, "customer", &id, "address", "Lane 1");
}

static void
test_field (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "phone", PHONE_1, NULL);

  sync_both (f);
  set (f, f->li, "customer", &id, "phone", PHONE_2);
  set (f, f->li, "customer", &id, "city", "Suzhou");
  sync_both (f);
  expect (revert (f, f->wang, "customer", &id, "city", "Suzhou", FIELD), 1, 0, 0);
  assert_value (f->wang, "customer", &id, "city", NULL);
  assert_value (f->wang, "customer", &id, "phone", PHONE_2);
}

/* Several writes of one change-set: one of them, and all. */
static void
test_drafts (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "a", NULL);

  sync_both (f);
  set (f, f->wang, "customer", &id, "city", "b");
  set (f, f->wang, "customer", &id, "city", "c");
  expect (revert (f, f->wang, "customer", &id, "city", "c", WRITE), 1, 0, 0);
  assert_value (f->wang, "customer", &id, "city", "b");
  expect (revert (f, f->wang, "customer", &id, "city", "b", WHOLE), 1, 0, 0);
  assert_value (f->wang, "customer", &id, "city", "a");
}

/* What was there before is not what stood long before. */
static void
test_chain (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "a", NULL);

  sync_both (f);
  set (f, f->li, "customer", &id, "city", "b");
  sync_both (f);
  set (f, f->wang, "customer", &id, "city", "c");
  sync_both (f);
  expect (revert (f, f->wang, "customer", &id, "city", "b", WHOLE), 0, 1, SAT_REVERT_CHANGED);
  expect (revert (f, f->li, "customer", &id, "city", "c", WHOLE), 1, 0, 0);
  assert_value (f->li, "customer", &id, "city", "b");
  /* It is as it was before the change of b to c, whoever made it so. */
  sync_both (f);
  expect (revert (f, f->wang, "customer", &id, "city", "c", WHOLE), 0, 0, 0);
}

/* Of two who wrote at once the other one's value is what the field would be without the change. */
static void
test_conflict (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "phone", PHONE_1, NULL);

  sync_both (f);
  set (f, f->wang, "customer", &id, "phone", PHONE_2);
  set (f, f->li, "customer", &id, "phone", PHONE_3);
  sync_both (f);
  g_assert_cmpint (sat_workspace_n_conflicts (f->wang), ==, 1);
  expect (revert (f, f->wang, "customer", &id, "phone", PHONE_3, WHOLE), 1, 0, 0);
  assert_value (f->wang, "customer", &id, "phone", PHONE_2);
  g_assert_cmpint (sat_workspace_n_conflicts (f->wang), ==, 0);
  sync_both (f);
}

static void
test_tags (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "thing", "name", "one", "tags", "a\nb", NULL);

  sync_both (f);
  set (f, f->li, "thing", &id, "tags", "+c");
  set (f, f->li, "thing", &id, "tags", "-a");
  sync_both (f);
  expect (revert (f, f->wang, "thing", &id, "tags", "-a", WHOLE), 2, 0, 0);
  assert_value (f->wang, "thing", &id, "tags", "a\nb");
  sync_both (f);
  set (f, f->wang, "thing", &id, "tags", "+d");
  sync_both (f);
  set (f, f->li, "thing", &id, "tags", "-d");
  sync_both (f);
  set (f, f->wang, "thing", &id, "tags", "+d");
  expect (revert (f, f->wang, "thing", &id, "tags", "-d", WRITE), 0, 0, 0);
  assert_value (f->wang, "thing", &id, "tags", "a\nb\nd");
}

/* A deletion with what belonged to the record, but for what somebody had deleted before: a deletion
 * is written on all children (RULES of the merge), and the history of their life tells the two
 * apart. */
static void
test_deletion (Fixture *f, gconstpointer data)
{
  SatId parent = record_new (f->wang, "customer", "name", "one", NULL);
  char text[SAT_ID_TEXT_SIZE];
  SatId kept = record_new (f->wang, "contact", "name", "somebody", "customer",
                           sat_id_format (&parent, text), NULL);
  SatId gone = record_new (f->wang, "contact", "name", "nobody", "customer", text, NULL);
  SatReverted *reverted;

  sync_both (f);
  record_delete (f->wang, "contact", &gone);
  sync_both (f);
  world_tick (&f->world, 1000);
  record_delete (f->li, "customer", &parent);
  sync_both (f);
  reverted = revert (f, f->wang, "customer", &parent, "life", "dead", WRITE);
  g_assert_cmpuint (reverted->brought, ==, 2);
  expect (reverted, 0, 0, 0);
  g_assert_false (record_deleted (f->wang, "customer", &parent));
  g_assert_false (record_deleted (f->wang, "contact", &kept));
  g_assert_true (record_deleted (f->wang, "contact", &gone));
  sync_both (f);
  /* It is in the history now that it was brought back, and that is taken back, too. */
  reverted = revert (f, f->li, "customer", &parent, "life", "live", WRITE);
  g_assert_cmpuint (reverted->removed, ==, 2);
  expect (reverted, 0, 0, 0);
  g_assert_true (record_deleted (f->li, "customer", &parent));
  g_assert_true (record_deleted (f->li, "contact", &kept));
  sync_both (f);
}

/* A record that the change has made goes, unless somebody has written in it or below it. */
static void
test_making (Fixture *f, gconstpointer data)
{
  SatId one = record_new (f->li, "customer", "name", "one", NULL);
  SatId two = record_new (f->li, "customer", "name", "two", NULL);
  SatId three = record_new (f->li, "customer", "name", "three", NULL);
  char text[SAT_ID_TEXT_SIZE];
  SatReverted *reverted;

  sync_both (f);
  record_set (f->wang, "customer", &two, "city", "Suzhou");
  record_new (f->wang, "contact", "name", "somebody", "customer", sat_id_format (&three, text),
              NULL);
  reverted = revert (f, f->wang, "customer", &one, "name", "one", WHOLE);
  g_assert_cmpuint (reverted->removed, ==, 1);
  expect (reverted, 0, 0, 0);
  g_assert_true (record_deleted (f->wang, "customer", &one));
  expect (revert (f, f->wang, "customer", &two, "name", "two", WHOLE), 0, 1, SAT_REVERT_CHANGED);
  expect (revert (f, f->wang, "customer", &three, "name", "three", WHOLE), 0, 1,
          SAT_REVERT_IS_NEEDED);
  g_assert_false (record_deleted (f->wang, "customer", &two));
  g_assert_false (record_deleted (f->wang, "customer", &three));
  /* A field that must not be empty stays. */
  expect (revert (f, f->wang, "customer", &two, "name", "two", FIELD), 0, 1, SAT_REVERT_REFUSED);
  assert_value (f->wang, "customer", &two, "name", "two");
}

static void
test_deleted_record (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) changes = NULL;
  g_autoptr (GError) error = NULL;
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "a", NULL);
  SatRevertWhat what;

  sync_both (f);
  set (f, f->wang, "customer", &id, "city", "b");
  sync_both (f);
  record_delete (f->wang, "customer", &id);
  what = change_to (f->wang, "customer", &id, "city", "b", &changes);
  g_assert_null (
      sat_workspace_revert (f->wang, world_object (f->wang, "customer"), &id, &what, 1, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“one” is deleted");
  what.number = 1000;
  g_assert_null (
      sat_workspace_revert (f->wang, world_object (f->wang, "customer"), &id, &what, 1, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "“one” has no such change");
}

static void
test_restore (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "a", "tags", "x", NULL);
  SatReverted *reverted;

  set (f, f->wang, "customer", &id, "city", "b");
  set (f, f->wang, "customer", &id, "tags", "-x");
  reverted = sat_workspace_restore_value (f->wang, &id, world_field (f->wang, "customer", "city"),
                                          "a", &error);
  g_assert_no_error (error);
  expect (reverted, 1, 0, 0);
  assert_value (f->wang, "customer", &id, "city", "a");
  reverted = sat_workspace_restore_value (f->wang, &id, world_field (f->wang, "customer", "city"),
                                          "a", &error);
  g_assert_no_error (error);
  expect (reverted, 0, 0, 0);
  reverted = sat_workspace_restore_value (f->wang, &id, world_field (f->wang, "customer", "tags"),
                                          "x", &error);
  g_assert_no_error (error);
  expect (reverted, 1, 0, 0);
  assert_value (f->wang, "customer", &id, "tags", "x");
  record_delete (f->wang, "customer", &id);
  g_assert_null (sat_workspace_restore_value (
      f->wang, &id, world_field (f->wang, "customer", "city"), "b", &error));
  assert_error (&error, SAT_ERROR_INVALID, "“one” is deleted");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define CASE(path, func) \
  g_test_add ("/workspace/revert/" path, Fixture, NULL, set_up, func, tear_down)
  CASE ("change-set", test_change_set);
  CASE ("field", test_field);
  CASE ("drafts", test_drafts);
  CASE ("chain", test_chain);
  CASE ("conflict", test_conflict);
  CASE ("tags", test_tags);
  CASE ("deletion", test_deletion);
  CASE ("making", test_making);
  CASE ("deleted-record", test_deleted_record);
  CASE ("restore", test_restore);
  return g_test_run ();
}
