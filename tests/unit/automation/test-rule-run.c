/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What rules write: values as a machine's, records once, people by table and load; on two laptops.
 */
#include "core/automation/sat-rule-run.h"

#include "core/workspace/sat-workspace-rules.h"
#include "tests/support/world.h"

#define DAY_MS (SAT_DAY_S * 1000)

typedef struct
{
  World world;
  SatWorkspace *all[2];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 2);
  world_sync_all (&f->world, f->all, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

static SatId
rule_new (
    Fixture *f, const char *object, const char *trigger, const char *condition, const char *actions)
{
  return record_new (f->all[0], SAT_RULE, "name", "R", "object", object, "trigger", trigger, "days",
                     "3", "condition", condition, "actions", actions, NULL);
}

/* How much LAPTOP's rules did. */
static guint
run (Fixture *f, guint laptop, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  const SatRulesOptions options = { .dry_run = dry };
  g_autoptr (GPtrArray) done = sat_workspace_run_rules (f->all[laptop], &options, &error);

  g_assert_no_error (error);
  return done->len;
}

static gint64
count (Fixture *f, guint laptop, const char *table)
{
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM o_%s WHERE hidden = 0 AND dead = 0",
                                          table);

  return world_int (f->all[laptop], sql);
}

/* Two laptops that have not heard of each other: one task, one notice, one entry in the log. */
static void
test_once (Fixture *f, gconstpointer data)
{
  (void) data;
  rule_new (f, "customer", "untouched", NULL,
            "create task: subject = name\nnotify wang, li: name\nset level = \"d\"");
  record_new (f->all[0], "customer", "name", "Acme", NULL);
  world_sync_all (&f->world, f->all, 2);
  world_tick (&f->world, 4 * DAY_MS);
  g_assert_cmpuint (run (f, 0, TRUE), ==, 1);
  g_assert_cmpint (count (f, 0, "task"), ==, 0);
  g_assert_cmpuint (run (f, 0, FALSE), ==, 1);
  world_tick (&f->world, 60000);
  g_assert_cmpuint (run (f, 1, FALSE), ==, 1);
  g_assert_cmpuint (run (f, 1, FALSE), ==, 0);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (count (f, i, "task"), ==, 1);
      g_assert_cmpint (count (f, i, "notice"), ==, 2);
      g_assert_cmpint (count (f, i, "rule_run"), ==, 1);
      g_assert_cmpuint (run (f, i, FALSE), ==, 0);
      assert_healthy (f->all[i]);
    }
}

/* What a person writes beside it is shown; a record that a person deletes stays deleted. */
static void
test_people_win (Fixture *f, gconstpointer data)
{
  SatId kept = record_new (f->all[0], "customer", "name", "Kept", NULL);
  SatId gone = record_new (f->all[0], "customer", "name", "Gone", NULL);

  (void) data;
  rule_new (f, "customer", "untouched", NULL, "set level = \"d\"");
  world_sync_all (&f->world, f->all, 2);
  world_tick (&f->world, 4 * DAY_MS);
  record_set (f->all[1], "customer", &kept, "level", "a");
  record_delete (f->all[1], "customer", &gone);
  world_tick (&f->world, DAY_MS);
  g_assert_cmpuint (run (f, 0, FALSE), ==, 2);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  assert_value (f->all[0], "customer", &kept, "level", "a");
  g_assert_true (record_deleted (f->all[0], "customer", &gone));
}

/* Each rule has one turn with a record in what one change set off, and chains end. */
static void
test_guard (Fixture *f, gconstpointer data)
{
  SatId id;

  (void) data;
  rule_new (f, "customer", "saved", "level = \"a\"", "set level = \"b\"");
  rule_new (f, "customer", "saved", "level = \"b\"", "set level = \"a\"");
  rule_new (f, "task", "created", NULL, "create task: subject = concat(subject, \"+\")");
  id = record_new (f->all[0], "customer", "name", "Acme", "level", "a", NULL);
  assert_value (f->all[0], "customer", &id, "level", "a");
  record_new (f->all[0], "task", "subject", "T", NULL);
  g_assert_cmpint (count (f, 0, "task"), ==, 1 + SAT_RULE_LEVELS);
}

/* A condition that asks what was; values of other types; a record that is named. */
static void
test_values (Fixture *f, gconstpointer data)
{
  SatId parent = record_new (f->all[0], "thing", "name", "P", "count", "7", NULL);
  char text[SAT_ID_TEXT_SIZE];
  SatId id = record_new (f->all[0], "thing", "name", "a", "parent", sat_id_format (&parent, text),
                         "day", "2026-01-10", "high", "5", NULL);

  (void) data;
  rule_new (f, "thing", "changed", "name changed and was(name) = \"a\" and name = \"b\"",
            "set count = parent.count + 1\n"
            "set price = 12.5\n"
            "set ratio = count\n"
            "set moment = \"2026-01-11T08:00:00Z\"\n"
            "set high = 3\n"
            "set parent.note = concat(\"from \", name)\n"
            "add \"x\" to tags\n"
            "clear day\n"
            "set friend = \"P\"");
  record_set (f->all[0], "thing", &id, "name", "c");
  assert_value (f->all[0], "thing", &id, "count", NULL);
  record_set (f->all[0], "thing", &id, "name", "a");
  record_set (f->all[0], "thing", &id, "name", "b");
  assert_value (f->all[0], "thing", &id, "count", "8");
  assert_value (f->all[0], "thing", &id, "price", "12.50 CNY");
  assert_value (f->all[0], "thing", &id, "ratio", "8");
  assert_value (f->all[0], "thing", &id, "moment", "2026-01-11T08:00:00Z");
  assert_value (f->all[0], "thing", &id, "high", "5"); /* the policy would not show less */
  assert_value (f->all[0], "thing", &parent, "note", "from b");
  assert_value (f->all[0], "thing", &id, "tags", "x");
  assert_value (f->all[0], "thing", &id, "day", NULL);
  assert_value (f->all[0], "thing", &id, "friend", text);
}

static char *
login_of (Fixture *f, const SatId *lead)
{
  g_autofree char *owner = record_get (f->all[0], "lead", lead, "owner");
  SatId id;

  if (owner == NULL || !sat_id_parse (owner, &id))
    return g_strdup ("-");
  return record_get (f->all[0], "user", &id, "login");
}

static void
assert_assigned (Fixture *f, const char *region, const char *login)
{
  SatId id = record_new (f->all[0], "lead", "name", "L", "region", region, NULL);
  g_autofree char *found = login_of (f, &id);

  g_assert_cmpstr (found, ==, login);
}

static void
test_assign_by (Fixture *f, gconstpointer data)
{
  (void) data;
  rule_new (f, "lead", "created", "owner is empty",
            "assign by region: east = wang, north = li, else = li");
  assert_assigned (f, "east", "wang");
  assert_assigned (f, "north", "li");
  assert_assigned (f, "europe", "li");
  assert_assigned (f, NULL, "li");
}

/* The load is counted here; who has enough gets no more. */
static void
test_assign_load (Fixture *f, gconstpointer data)
{
  (void) data;
  rule_new (f, "lead", "created", NULL, "assign least busy: wang, li max 2");
  for (guint i = 0; i < 6; i++)
    record_new (f->all[0], "lead", "name", "L", NULL);
  g_assert_cmpint (count (f, 0, "lead"), ==, 6);
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM o_lead GROUP BY f_owner"
                                         " HAVING f_owner IS NOT NULL LIMIT 1"),
                   ==, 2);
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM o_lead WHERE f_owner IS NULL"), ==,
                   2);
}

/* In turn comes from the record's id: the same person on all laptops, and all get some. */
static void
test_assign_turn (Fixture *f, gconstpointer data)
{
  (void) data;
  rule_new (f, "lead", "untouched", NULL, "assign in turn: wang, li");
  for (guint i = 0; i < 16; i++)
    record_new (f->all[0], "lead", "name", "L", NULL);
  world_sync_all (&f->world, f->all, 2);
  world_tick (&f->world, 4 * DAY_MS);
  g_assert_cmpuint (run (f, 0, FALSE), ==, 16);
  g_assert_cmpuint (run (f, 1, FALSE), ==, 16);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM o_lead WHERE f_owner IS NULL"), ==,
                   0);
  g_assert_cmpint (world_int (f->all[0], "SELECT count(DISTINCT f_owner) FROM o_lead"), ==, 2);
}

/* By place, then by id. */
static void
test_order (Fixture *f, gconstpointer data)
{
  SatId last = record_new (f->all[0], SAT_RULE, "name", "last", "object", "thing", "trigger",
                           "created", "place", "2", "actions", "set name = concat(name, \"2\")",
                           NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rules = NULL;
  SatId id;

  (void) data;
  record_new (f->all[0], SAT_RULE, "name", "first", "object", "thing", "trigger", "created",
              "place", "-1", "actions", "set name = concat(name, \"1\")", NULL);
  rules = sat_rules_load (world_replica (f->all[0]), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rules->len, ==, 2);
  g_assert_true (sat_id_equal (&((SatRule *) rules->pdata[1])->id, &last));
  id = record_new (f->all[0], "thing", "name", "n", NULL);
  assert_value (f->all[0], "thing", &id, "name", "n12");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/rule-run/once", test_once);
  ADD ("/rule-run/people-win", test_people_win);
  ADD ("/rule-run/guard", test_guard);
  ADD ("/rule-run/values", test_values);
  ADD ("/rule-run/assign-by", test_assign_by);
  ADD ("/rule-run/assign-load", test_assign_load);
  ADD ("/rule-run/assign-turn", test_assign_turn);
  ADD ("/rule-run/order", test_order);
#undef ADD
  return g_test_run ();
}
