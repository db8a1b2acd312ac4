/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a rule that looks at the time is due, and on which occasion. */
#include "core/automation/sat-rule-due.h"

#include "core/workspace/sat-workspace-rules.h"
#include "tests/support/world.h"

#define DAY_MS (SAT_DAY_S * 1000)

typedef struct
{
  World world;
  SatWorkspace *workspace;
  SatReplica *replica;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, &f->workspace, 1);
  f->replica = world_replica (f->workspace);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->workspace);
  world_clear (&f->world);
}

/* The rule of things with that trigger; what else it says are pairs. */
static SatRule *
rule_of (Fixture *f, const char *trigger, const char *field, const char *days)
{
  SatId id = record_new (f->workspace, SAT_RULE, "name", "R", "object", "thing", "trigger", trigger,
                         "field", field, "days", days, "condition", "name != \"no\"", "actions",
                         "set note = \"x\"", "schedule", "daily", NULL);
  g_autoptr (SatRecord) record = record_load (f->workspace, SAT_RULE, &id);

  return sat_rule_read (record);
}

/* How many are due; the occasion of the first in *OCCASION as text. */
static guint
count (Fixture *f, const SatRule *rule, gint64 now_ms, gboolean by_hand, char **occasion)
{
  g_autoptr (GError) error = NULL;
  const SatId nobody = { 0 };
  g_autoptr (GArray) due = sat_rule_due (f->replica, rule, now_ms, &nobody, by_hand, NULL, &error);

  g_assert_no_error (error);
  if (occasion != NULL)
    *occasion = due->len > 0 ? sat_occasion_format (g_array_index (due, SatRuleDue, 0).occasion)
                             : NULL;
  return due->len;
}

/* A date has come on its day, here. */
static void
test_date (Fixture *f, gconstpointer data)
{
  g_autoptr (SatRule) on = rule_of (f, "date", "day", NULL);
  g_autoptr (SatRule) after = rule_of (f, "date", "day", "3");
  g_autoptr (SatRule) before = rule_of (f, "date", "day", "-3");
  gint64 tenth = G_GINT64_CONSTANT (1767974400000); /* 2026-01-10, midnight in Shanghai */
  g_autofree char *occasion = NULL;
  g_autofree char *later = NULL;

  (void) data;
  record_new (f->workspace, "thing", "name", "a", "day", "2026-01-10", NULL);
  record_new (f->workspace, "thing", "name", "no", "day", "2026-01-10", NULL);
  record_new (f->workspace, "thing", "name", "old", "day", "2025-12-10", NULL);
  record_new (f->workspace, "thing", "name", "none", NULL);
  g_assert_cmpuint (count (f, on, tenth - 1, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, on, tenth, FALSE, &occasion), ==, 1);
  g_assert_cmpstr (occasion, ==, "2026-01-10T00:00:00Z");
  g_assert_cmpuint (count (f, after, tenth + 3 * DAY_MS - 1, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, after, tenth + 3 * DAY_MS, FALSE, &later), ==, 1);
  g_assert_cmpstr (later, ==, "2026-01-13T00:00:00Z");
  g_assert_cmpuint (count (f, before, tenth - 3 * DAY_MS - 1, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, before, tenth - 3 * DAY_MS, FALSE, NULL), ==, 1);
}

/* Nobody has touched it for more than so many days; or not what a field says. */
static void
test_untouched (Fixture *f, gconstpointer data)
{
  gint64 now = sat_platform_now_ms (f->world.platform);
  g_autoptr (SatRule) rule = rule_of (f, "untouched", NULL, "3");
  g_autoptr (SatRule) by_field = rule_of (f, "untouched", "moment", "3");
  SatId id = record_new (f->workspace, "thing", "name", "a", NULL);

  (void) data;
  g_assert_cmpuint (count (f, rule, now + 3 * DAY_MS - 1000, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, rule, now + 3 * DAY_MS + 1000, FALSE, NULL), ==, 1);
  world_tick (&f->world, DAY_MS);
  record_set (f->workspace, "thing", &id, "count", "1");
  g_assert_cmpuint (count (f, rule, now + 3 * DAY_MS + 1000, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, rule, now + 4 * DAY_MS + 1000, FALSE, NULL), ==, 1);
  record_set (f->workspace, "thing", &id, "moment", "2026-02-01T10:00:00Z");
  g_assert_cmpuint (count (f, by_field, now + 10 * DAY_MS, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count (f, by_field, now + 40 * DAY_MS, FALSE, NULL), ==, 1);
}

static void
test_others (Fixture *f, gconstpointer data)
{
  gint64 now = sat_platform_now_ms (f->world.platform);
  g_autoptr (SatRule) daily = rule_of (f, "schedule", NULL, NULL);
  g_autoptr (SatRule) manual = rule_of (f, "manual", NULL, NULL);
  SatId gone = record_new (f->workspace, "thing", "name", "gone", NULL);
  g_autofree char *occasion = NULL;

  (void) data;
  record_new (f->workspace, "thing", "name", "a", NULL);
  record_delete (f->workspace, "thing", &gone);
  g_assert_cmpuint (count (f, daily, now, FALSE, &occasion), ==, 1);
  g_assert_cmpstr (occasion, ==, "2026-01-01T00:00:00Z");
  g_assert_cmpuint (count (f, manual, now, TRUE, NULL), ==, 1);
}

/* What the log says was done on the occasion, or a later one, is not due any more. */
static void
test_done (Fixture *f, gconstpointer data)
{
  gint64 now = sat_platform_now_ms (f->world.platform) + 30 * DAY_MS;
  g_autoptr (SatRule) rule = rule_of (f, "date", "day", NULL);
  SatId id = record_new (f->workspace, "thing", "name", "a", "day", "2026-01-10", NULL);
  g_autoptr (GError) error = NULL;
  const SatRulesOptions run = { .now_ms = now };
  g_autoptr (GPtrArray) done = sat_workspace_run_rules (f->workspace, &run, &error);

  (void) data;
  g_assert_no_error (error);
  g_assert_cmpuint (done->len, ==, 1);
  g_assert_cmpuint (count (f, rule, now, FALSE, NULL), ==, 0);
  record_set (f->workspace, "thing", &id, "day", "2026-01-05");
  g_assert_cmpuint (count (f, rule, now, FALSE, NULL), ==, 0);
  record_set (f->workspace, "thing", &id, "day", "2026-01-15");
  g_assert_cmpuint (count (f, rule, now, FALSE, NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/rule-due/date", test_date);
  ADD ("/rule-due/untouched", test_untouched);
  ADD ("/rule-due/others", test_others);
  ADD ("/rule-due/done", test_done);
#undef ADD
  return g_test_run ();
}
