/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules as records: read, and checked before they are saved. */
#include "core/automation/sat-rule.h"

#include <string.h>

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *workspace;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, &f->workspace, 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->workspace);
  world_clear (&f->world);
}

static SatRule *
read_rule (Fixture *f, const SatId *id)
{
  g_autoptr (SatRecord) record = record_load (f->workspace, SAT_RULE, id);

  return sat_rule_read (record);
}

static void
test_read (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->workspace, SAT_RULE, "name", "R", "object", "thing", "trigger",
                         "schedule", "schedule", "weekly", "days", "5", "at", "08:30", "condition",
                         "count > 3", "actions", "set name = \"x\"", NULL);
  g_autoptr (SatRule) rule = read_rule (f, &id);

  (void) data;
  g_assert_no_error (rule->problem);
  g_assert_cmpstr (rule->name, ==, "R");
  g_assert_cmpstr (rule->object->name, ==, "thing");
  g_assert_true (rule->enabled);
  g_assert_cmpint (rule->trigger, ==, SAT_TRIGGER_SCHEDULE);
  g_assert_cmpint (rule->schedule, ==, SAT_SCHEDULE_WEEKLY);
  g_assert_cmpint (rule->days, ==, 5);
  g_assert_cmpuint (rule->minute, ==, 8 * 60 + 30);
  g_assert_nonnull (rule->condition);
  g_assert_cmpuint (rule->actions->len, ==, 1);
  g_assert_false (sat_rule_is_for (rule, TRUE));
}

static void
test_is_for (Fixture *f, gconstpointer data)
{
  static const char *const triggers[] = { "created", "changed", "saved", "manual" };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      SatId id = record_new (f->workspace, SAT_RULE, "name", "R", "object", "thing", "trigger",
                             triggers[i], "actions", "set name = \"x\"", NULL);
      g_autoptr (SatRule) on = read_rule (f, &id);
      g_autoptr (SatRule) off = NULL;

      g_assert_cmpstr (sat_trigger_name (on->trigger), ==, triggers[i]);
      g_assert_cmpint (sat_rule_is_for (on, TRUE), ==, i == 0 || i == 2);
      g_assert_cmpint (sat_rule_is_for (on, FALSE), ==, i == 1 || i == 2);
      record_set (f->workspace, SAT_RULE, &id, "enabled", "no");
      off = read_rule (f, &id);
      g_assert_false (sat_rule_is_for (off, i != 1));
    }
  g_assert_null (sat_trigger_name (SAT_N_TRIGGERS));
}

/* A draft of pairs of field and value, checked. */
static SatDraft *
check (Fixture *f, const char *const *pairs, GError **error)
{
  g_autoptr (SatDraft) draft = sat_draft_new (world_object (f->workspace, SAT_RULE));

  for (guint i = 0; pairs[i] != NULL; i += 2)
    sat_draft_set (draft, world_field (f->workspace, SAT_RULE, pairs[i]), pairs[i + 1]);
  return sat_rule_check (draft, "2026-11-21", error) ? g_steal_pointer (&draft) : NULL;
}

static void
test_check (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *object, *trigger, *name, *value, *message;
  } cases[] = {
    { "nothing", "saved", "name", "R", "there is no object" },
    { "rule", "saved", "name", "R", "no rules about" },
    { "notice", "saved", "name", "R", "no rules about" },
    { "rule_run", "saved", "name", "R", "no rules about" },
    { "thing", "dance", "name", "R", "sets a rule off" },
    { "thing", "date", "name", "R", "which date" },
    { "thing", "date", "field", "nothing", "has no field" },
    { "thing", "date", "field", "count", "neither a date nor a time" },
    { "thing", "untouched", "days", "0", "a number from 1 to" },
    { "thing", "untouched", "field", "count", "neither a date nor a time" },
    { "thing", "schedule", "name", "R", "how often" },
    { "thing", "saved", "condition", "nothing = 1", "nothing" },
    { "thing", "saved", "condition", "name", NULL },
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const pairs[] = { "object",         cases[i].object,    "trigger",
                                    cases[i].trigger, cases[i].name,      cases[i].value,
                                    "actions",        "set name = \"x\"", NULL };
      g_autoptr (GError) error = NULL;

      g_assert_null (check (f, pairs, &error));
      if (cases[i].message != NULL && strstr (error->message, cases[i].message) == NULL)
        g_error ("case %u says: %s", i, error->message);
    }
}

static void
test_check_schedule (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *schedule, *at, *days;
    gboolean good;
  } cases[] = {
    { "daily", "8:30", "1", TRUE },      { "daily", "24:00", "1", FALSE },
    { "daily", "8", "1", FALSE },        { "daily", "08:60", "1", FALSE },
    { "daily", "08:300", "1", FALSE },   { "weekly", "08:30", "7", TRUE },
    { "weekly", "08:30", "8", FALSE },   { "monthly", "08:30", "28", TRUE },
    { "monthly", "08:30", "29", FALSE }, { "weekly", "08:30", "-1", FALSE },
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const pairs[] = { "object",   "thing",           "trigger", "schedule",
                                    "schedule", cases[i].schedule, "at",      cases[i].at,
                                    "days",     cases[i].days,     "actions", "set name = \"x\"",
                                    NULL };
      g_autoptr (GError) error = NULL;
      g_autoptr (SatDraft) draft = check (f, pairs, &error);

      g_assert_cmpint (draft != NULL, ==, cases[i].good);
    }
}

/* Names become those on the wire; dates count from the day the rule is made. */
static void
test_check_writes (Fixture *f, gconstpointer data)
{
  const char *const pairs[] = { "object", "thing",     "trigger", "date",    "field",
                                "Day",    "condition", "count>3", "actions", "set name = \"x\"",
                                NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatDraft) draft = check (f, pairs, &error);

  (void) data;
  g_assert_no_error (error);
  g_assert_cmpstr (sat_draft_get (draft, world_field (f->workspace, SAT_RULE, "field")), ==, "day");
  g_assert_cmpstr (sat_draft_get (draft, world_field (f->workspace, SAT_RULE, "condition")), ==,
                   "count > 3");
  g_assert_cmpstr (sat_draft_get (draft, world_field (f->workspace, SAT_RULE, "since")), ==,
                   "2026-11-21");
}

/* A rule that is switched off, or named, says nothing new. */
static void
test_put_aside (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->workspace, SAT_RULE, "name", "R", "object", "thing", "trigger", "saved",
                         "actions", "set name = \"x\"", NULL);
  g_autoptr (SatRecord) record = record_load (f->workspace, SAT_RULE, &id);
  g_autoptr (SatDraft) made = sat_draft_new (world_object (f->workspace, SAT_RULE));
  g_autoptr (SatDraft) draft = sat_draft_edit (record);

  (void) data;
  sat_draft_set (made, world_field (f->workspace, SAT_RULE, "enabled"), "no");
  g_assert_false (sat_rule_is_put_aside (made));
  sat_draft_set (draft, world_field (f->workspace, SAT_RULE, "name"), "S");
  g_assert_false (sat_rule_is_put_aside (draft));
  sat_draft_set (draft, world_field (f->workspace, SAT_RULE, "enabled"), "no");
  g_assert_true (sat_rule_is_put_aside (draft));
  sat_draft_set (draft, world_field (f->workspace, SAT_RULE, "condition"), "count > 3");
  g_assert_false (sat_rule_is_put_aside (draft));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/rule/read", test_read);
  ADD ("/rule/is-for", test_is_for);
  ADD ("/rule/check", test_check);
  ADD ("/rule/check-schedule", test_check_schedule);
  ADD ("/rule/check-writes", test_check_writes);
#undef ADD
  g_test_add ("/rule/put-aside", Fixture, NULL, set_up, test_put_aside, tear_down);
  return g_test_run ();
}
