/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules on many laptops: random people, exchanges in random order, rules run at random moments on
 * whatever each laptop has heard, some of it given up or killed in the middle, laptops copied and
 * restored, clocks that are wrong. At the end all are equal, what a rule does for a record on an
 * occasion is there once, and nothing is left to do.
 *
 * What makes an occasion is written into what is made (the date of a task), so that the check does
 * not depend on the ids that it is about. SATCHEL_CONVERGE_SEED=N runs one seed. */
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/sat-crash.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-rules.h"
#include "tests/converge/sim.h"
#include "tests/support/temp-dir.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define DATES 40 /* days from the beginning that dates and times of customers are in */

typedef struct
{
  Sim *sim;
  gboolean moving; /* records go to the other book now and then */
  guint saved;     /* how often somebody has set level to a */
} Run;

/* ---- the rules ---- */

static const struct
{
  const char *object, *trigger, *field, *days, *condition, *actions;
} rules[] = {
  { "customer", "date", "next_contact", NULL, NULL,
    "create task: subject = \"date\"; due = next_contact\nnotify user0: \"date\"" },
  { "customer", "untouched", "last_activity", "3", "last_activity is not empty",
    "create task: subject = \"quiet\"; remind_at = last_activity" },
  { "customer", "untouched", NULL, "30", NULL, "create task: subject = \"asleep\"" },
  { "customer", "schedule", NULL, "1", NULL, "create task: subject = \"weekly\"" },
  { "customer", "saved", NULL, NULL, "level changed and level = \"a\"",
    "create task: subject = \"saved\"" },
  { "customer", "saved", NULL, NULL, "city = \"P\"", "set city = \"Q\"" },
  { "customer", "saved", NULL, NULL, "city = \"Q\"", "set city = \"P\"" },
  { "task", "created", NULL, NULL, "subject = \"saved\"", "add \"by rule\" to tags" },
};

static void
set (SatDraft *draft, const char *name, const char *value)
{
  sat_draft_set (draft, sat_object_find (sat_draft_object (draft), name), value);
}

static void
save (Laptop *laptop, SatDraft *draft, SatId *id)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_save (laptop->workspace, draft, id, &error);
  g_assert_no_error (error);
}

static void
make_rules (Laptop *laptop)
{
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, "rule");
      g_autoptr (SatDraft) draft = sat_draft_new (object);

      set (draft, "name", "R");
      set (draft, "object", rules[i].object);
      set (draft, "trigger", rules[i].trigger);
      set (draft, "field", rules[i].field);
      set (draft, "days", rules[i].days);
      set (draft, "schedule", "weekly");
      set (draft, "since", "2025-01-01");
      set (draft, "condition", rules[i].condition);
      set (draft, "actions", rules[i].actions);
      save (laptop, draft, NULL);
    }
}

/* How much was done. */
static guint
run_rules (Laptop *laptop, gboolean dry)
{
  g_autoptr (GError) error = NULL;
  const SatRulesOptions options = { .dry_run = dry };
  g_autoptr (GPtrArray) done = sat_workspace_run_rules (laptop->workspace, &options, &error);

  g_assert_no_error (error);
  return done->len;
}

/* In a child that dies at the STEPS-th durable step. */
static void
run_rules_and_die (Laptop *laptop, guint steps)
{
  int status = 0;
  pid_t child;

  laptop_stop (laptop); /* no connection crosses a fork */
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      laptop_open (laptop);
      sat_crash_after (steps);
      run_rules (laptop, FALSE);
      g_clear_pointer (&laptop->workspace, sat_workspace_close);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true ((WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL) ||
                 (WIFEXITED (status) && WEXITSTATUS (status) == 0));
  laptop_open (laptop);
}

/* ---- people ---- */

static char *
some_day (Sim *sim, const char *format)
{
  g_autoptr (GDateTime) begin = g_date_time_new_utc (2026, 1, 1, 9, 0, 0);
  g_autoptr (GDateTime) day = g_date_time_add_days (begin, (gint) sim_below (sim, DATES));

  return g_date_time_format (day, format);
}

/* TRUE: level becomes a. */
static gboolean
change (Sim *sim, SatDraft *draft)
{
  static const char *const cities[] = { "P", "Q", "Rome" };
  g_autofree char *day = some_day (sim, "%Y-%m-%d");
  g_autofree char *time = some_day (sim, "%Y-%m-%dT%H:%M:%SZ");
  const SatField *level = sat_object_find (sat_draft_object (draft), "level");
  gboolean is_a = g_strcmp0 (sat_draft_get (draft, level), "a") == 0;

  switch (sim_below (sim, 5))
    {
    case 0:
      set (draft, "last_activity", time);
      break;
    case 1:
      set (draft, "city", cities[sim_below (sim, G_N_ELEMENTS (cities))]);
      break;
    case 2:
      set (draft, "level", sim_chance (sim, 60) ? "a" : "b");
      return !is_a && g_strcmp0 (sat_draft_get (draft, level), "a") == 0;
    default:
      set (draft, "next_contact", sim_chance (sim, 90) ? day : NULL);
    }
  return FALSE;
}

static void
act_new (Run *run, Laptop *laptop)
{
  const SatObject *object = sat_catalogue_find (run->sim->catalogue, "customer");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  const char *book = sim_chance (run->sim, 70) ? "east" : "west";
  SimRecord record = { object, { { 0 } } };

  if (!laptop_holds (laptop, book))
    return;
  sat_draft_set_book (draft, book);
  set (draft, "name", "Acme");
  run->saved += change (run->sim, draft);
  save (laptop, draft, &record.id);
  g_array_append_val (run->sim->records, record);
}

static void
act_move (Laptop *laptop, const SatRecord *record)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  const char *to = strcmp (sat_record_book (record), "east") == 0 ? "west" : "east";
  g_autoptr (GError) error = NULL;

  if (!laptop_holds (laptop, to))
    return;
  kind.home = sat_names_find_book (laptop->workspace->replica->names, to);
  sat_workspace_edit_raw (laptop->workspace, sat_record_object (record), sat_record_id (record),
                          NULL, NULL, 0, &kind, &error);
  g_assert_no_error (error);
  laptop_forward (laptop, FALSE);
}

/* Deleting takes the tasks with it; a rule brings none of them back. */
static void
act_life (Laptop *laptop, const SatRecord *record)
{
  g_autoptr (GError) error = NULL;

  if (sat_record_deleted (record))
    sat_workspace_undelete (laptop->workspace, sat_record_object (record), sat_record_id (record),
                            &error);
  else
    sat_workspace_delete (laptop->workspace, sat_record_object (record), sat_record_id (record),
                          NULL, &error);
  g_assert_no_error (error);
}

static void
act (Run *run, Laptop *laptop)
{
  Sim *sim = run->sim;
  const SimRecord *one;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;

  if (sim->records->len < 3 || sim_chance (sim, 15))
    {
      act_new (run, laptop);
      return;
    }
  one = &g_array_index (sim->records, SimRecord, sim_below (sim, sim->records->len));
  record = sat_workspace_load (laptop->workspace, one->object, &one->id, NULL);
  if (record == NULL || sat_record_moved_to (record) != NULL)
    return;
  if (sat_record_deleted (record) || sim_chance (sim, 8))
    act_life (laptop, record);
  else if (run->moving && sim_chance (sim, 15))
    act_move (laptop, record);
  else
    {
      draft = sat_draft_edit (record);
      run->saved += change (sim, draft);
      save (laptop, draft, NULL);
    }
}

/* ---- steps ---- */

static void
step_exchange (Laptop *laptop)
{
  Sim *sim = laptop->sim;

  switch (sim_below (sim, 4))
    {
    case 0:
      laptop_seal (laptop);
      laptop_fetch (laptop, sim->hub, 40 + sim_below (sim, 60));
      laptop_apply (laptop, 1 + sim_below (sim, 2), 1 + sim_below (sim, 4));
      break;
    case 1:
      laptop_seal (laptop);
      laptop_push (laptop);
      break;
    default:
      laptop_sync (laptop);
    }
}

static void
step_trouble (Laptop *laptop)
{
  Sim *sim = laptop->sim;

  switch (sim_below (sim, 7))
    {
    case 0:
      laptop_sync_and_die (laptop, 1 + sim_below (sim, 12));
      break;
    case 1:
      laptop_restart (laptop);
      break;
    case 2:
      sim_clone (laptop);
      break;
    case 3:
      laptop_back_up (laptop);
      break;
    case 4:
      sim_restore (sim);
      break;
    case 5:
      laptop_checkpoint (laptop);
      break;
    default:
      laptop_join (laptop);
    }
}

static void
step (Run *run)
{
  Sim *sim = run->sim;
  Laptop *laptop = &sim->laptops[sim_below (sim, sim->n)];
  guint kind = sim_below (sim, 100);

  sim->now_ms += sim_below (sim, 3) * DAY_MS / 2;
  laptop_set_clock (laptop);
  if (kind < 45)
    act (run, laptop);
  else if (kind < 60)
    run_rules (laptop, FALSE);
  else if (kind < 63)
    run_rules (laptop, TRUE);
  else if (kind < 67)
    run_rules_and_die (laptop, 1 + sim_below (sim, 4));
  else if (kind < 92)
    step_exchange (laptop);
  else
    step_trouble (laptop);
}

/* ---- what must hold ---- */

static guint
count_sealed (const Sim *sim)
{
  const GPtrArray *branches = postbox_branches (sim->all);
  guint n = 0;

  for (guint i = 0; i < branches->len; i++)
    n += ((const PostBranch *) g_ptr_array_index (branches, i))->texts->len;
  return n;
}

static void
come_to_rest (Sim *sim)
{
  guint before;
  guint rounds = 0;

  do
    {
      before = count_sealed (sim);
      for (guint i = 0; i < sim->n; i++)
        laptop_sync (&sim->laptops[i]);
      g_assert_cmpuint (++rounds, <, 40);
    }
  while (count_sealed (sim) > before || rounds < 2);
}

static gint64
number (Laptop *laptop, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 out;

  g_assert_true (sat_db_get_int (laptop->workspace->replica->db, sql, -1, &out, &error));
  g_assert_no_error (error);
  return out;
}

/* The first laptop holds all books. */
static gint64
count_tasks (Run *run, const char *subject)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(DISTINCT uuid) FROM o_task WHERE f_subject GLOB '%s'", subject);

  return number (&run->sim->laptops[0], sql);
}

/* Each book is the same wherever it is held. */
static void
check_equal (Sim *sim)
{
  g_autoptr (GHashTable) digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < sim->n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) all = sat_workspace_digest (sim->laptops[i].workspace, &error);

      g_assert_no_error (error);
      for (guint k = 0; k < all->len; k++)
        {
          const SatDigest *one = g_ptr_array_index (all, k);
          const char *other = g_hash_table_lookup (digests, one->book);

          if (other != NULL)
            g_assert_cmpstr (one->digest, ==, other);
          else
            g_hash_table_insert (digests, g_strdup (one->book), g_strdup (one->digest));
        }
    }
}

/* What a rule did in one book a laptop that has only the other does not know: a record that has
 * moved can get one in each (docs/rules.md). */
static void
check_once (Run *run)
{
  Laptop *all = &run->sim->laptops[0];
  g_autofree char *twice = g_strdup_printf (
      "SELECT count(*) FROM (SELECT 1 FROM o_task WHERE f_subject IN ('date', 'quiet')"
      " GROUP BY f_customer, f_subject, f_due, f_remind_at HAVING count(DISTINCT uuid) > %d)",
      run->moving ? 2 : 1);

  g_assert_cmpint (number (all, twice), ==, 0);
  if (!run->moving)
    g_assert_cmpint (number (all, "SELECT count(DISTINCT uuid) FROM o_notice"), ==,
                     count_tasks (run, "date"));
  g_assert_cmpint (count_tasks (run, "saved"), ==, run->saved);
  /* Whatever date has come, and is later than all that were, has its task. */
  g_assert_cmpint (number (all,
                           "SELECT count(*) FROM o_customer c WHERE hidden = 0 AND dead = 0"
                           " AND f_next_contact IS NOT NULL AND NOT EXISTS (SELECT 1 FROM o_task t"
                           " WHERE t.f_customer = c.uuid AND f_subject = 'date'"
                           " AND t.f_due >= c.f_next_contact)"),
                   ==, 0);
  g_assert_cmpint (number (all, "SELECT count(*) FROM o_rule_run WHERE f_what GLOB 'not run*'"), ==,
                   0);
}

/* A hundred days later everybody runs the rules, and has heard of nobody. */
static void
check_concurrent (Run *run)
{
  Sim *sim = run->sim;
  gint64 before = count_tasks (run, "*");
  guint due;

  sim->now_ms += 100 * DAY_MS;
  for (guint i = 0; i < sim->n; i++)
    {
      sim->laptops[i].skew_ms = 0;
      laptop_set_clock (&sim->laptops[i]);
    }
  due = run_rules (&sim->laptops[0], TRUE);
  for (guint i = 0; i < sim->n; i++)
    {
      sim->laptops[i].skew_ms = (gint64) sim_below (sim, 3600000);
      laptop_set_clock (&sim->laptops[i]);
      if (sim_chance (sim, 30))
        run_rules_and_die (&sim->laptops[i], 1 + sim_below (sim, 4));
      run_rules (&sim->laptops[i], FALSE);
    }
  come_to_rest (sim);
  if (run->moving)
    g_assert_cmpint (count_tasks (run, "*"), >=, before + due);
  else
    g_assert_cmpint (count_tasks (run, "*"), ==, before + due);
}

/* Then nothing is left to do, and nothing goes on for ever. */
static void
check_quiet (Sim *sim)
{
  guint sealed = count_sealed (sim);

  for (guint i = 0; i < sim->n; i++)
    g_assert_cmpuint (run_rules (&sim->laptops[i], FALSE), ==, 0);
  for (guint i = 0; i < sim->n; i++)
    laptop_sync (&sim->laptops[i]);
  g_assert_cmpuint (count_sealed (sim), ==, sealed);
}

static void
run_seed (const SimTemplate *template, guint64 seed)
{
  Run run = { .moving = seed % 4 == 0 };
  g_autofree char *dir = NULL;
  Sim *sim;
  guint n;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  sim = run.sim = sim_new (template, seed, FALSE);
  make_rules (&sim->laptops[0]);
  come_to_rest (sim);
  n = 20 + sim_below (sim, 60);
  for (guint i = 0; i < n; i++)
    step (&run);
  come_to_rest (sim);
  check_concurrent (&run);
  check_equal (sim);
  check_once (&run);
  check_quiet (sim);
  if (seed % 4 == 1)
    {
      check_registers (&sim->laptops[0]);
      check_shown (&sim->laptops[0]);
      check_doctor (&sim->laptops[sim_below (sim, sim->n)]);
    }
  dir = g_strdup (sim->dir);
  sim_free (sim);
  temp_dir_remove (dir);
}

static guint64
setting (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_fixed (gconstpointer template)
{
  guint64 n = setting ("SATCHEL_CONVERGE_SEEDS", 40);

  if (g_getenv ("SATCHEL_CONVERGE_SEED") != NULL)
    {
      run_seed (template, setting ("SATCHEL_CONVERGE_SEED", 0));
      return;
    }
  for (guint64 seed = 1; seed <= n; seed++)
    run_seed (template, seed);
}

int
main (int argc, char **argv)
{
  SimTemplate *template;
  int result;

  g_test_init (&argc, &argv, NULL);
  template = sim_template_new ();
  g_test_add_data_func ("/rules/fixed", template, test_fixed);
  result = g_test_run ();
  sim_template_free (template);
  return result;
}
