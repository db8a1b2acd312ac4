/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Approvals on many laptops: random people submit, decide, delegate, withdraw and submit again,
 * change what is covered and try to reach what is guarded, exchange in random order, are killed
 * and copied. Equal states have equal verdicts, all the time; a verdict is what the pure function
 * makes of the decisions in any order; and no save of one's own reaches what is guarded without an
 * approval that holds, or is refused with one.
 *
 * SATCHEL_CONVERGE_SEED=N runs one seed. */
#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/converge/sim.h"
#include "tests/support/temp-dir.h"

#define DEALS 3 /* few, so that people meet */
#define LARGE "10"

typedef struct
{
  Sim *sim;
  GHashTable *verdicts; /* digests of all books held -> what the approvals come to */
  guint approved, rejected, guarded, refused;
} Run;

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
make_step (Laptop *laptop, const SatId *process, const char *kind, const char *mode, guint place)
{
  const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, "approval_step");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  g_autofree char *id = sat_id_dup_text (process);
  g_autofree char *number = g_strdup_printf ("%u", place);

  set (draft, "name", kind);
  set (draft, "process", id);
  set (draft, "kind", kind);
  set (draft, "mode", mode);
  set (draft, "role", g_str_equal (kind, "role") ? "manager" : NULL);
  set (draft, "place", number);
  save (laptop, draft, NULL);
}

/* Chosen people first, then all managers: the first two laptops' users. */
static void
make_process (Laptop *laptop)
{
  static const char *const modes[] = { "any", "all", "in_turn" };
  Sim *sim = laptop->sim;
  const SatObject *object = sat_catalogue_find (sim->catalogue, "approval_process");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  SatId process;

  set (draft, "name", "Large");
  set (draft, "object", "deal");
  set (draft, "guard", "stage = \"won\"");
  set (draft, "condition", "amount > " LARGE);
  save (laptop, draft, &process);
  make_step (laptop, &process, "chosen", modes[sim_below (sim, 3)], 1);
  if (sim_chance (sim, 50))
    make_step (laptop, &process, "role", modes[sim_below (sim, 3)], 2);
}

static void
make_managers (Laptop *laptop)
{
  const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, "user");
  static const char *const logins[] = { "/user0", "/user1" };

  for (guint i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatRecord) user = NULL;
      g_autoptr (SatDraft) draft = NULL;
      SatId id;

      g_assert_true (sat_workspace_find (laptop->workspace, object, logins[i], &id, &error));
      user = sat_workspace_load (laptop->workspace, object, &id, &error);
      g_assert_no_error (error);
      draft = sat_draft_edit (user);
      set (draft, "role", "manager");
      save (laptop, draft, NULL);
    }
}

/* ---- what is guarded ---- */

static const char *
value_of (const SatRecord *record, const char *name)
{
  return sat_record_get (record, sat_object_find (sat_record_object (record), name));
}

static gboolean
is_large (const char *amount)
{
  return amount != NULL && g_ascii_strtod (amount, NULL) > g_ascii_strtod (LARGE, NULL);
}

static gboolean
is_guarded (const char *stage, const char *amount)
{
  return g_strcmp0 (stage, "won") == 0 && is_large (amount);
}

/* As people read it: is one in force that approves AMOUNT, and none that rejects it? */
static gboolean
holds (Laptop *laptop, const SatId *deal, const char *amount)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_approvals (laptop->workspace, SAT_APPROVALS_ALL,
                                                       &error);
  g_autofree char *covered = g_strdup_printf ("amount=%s", amount != NULL ? amount : "");
  gboolean approved = FALSE, rejected = FALSE;

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalInfo *info = all->pdata[i];

      if (!sat_id_equal (&info->record, deal) || info->replaced ||
          g_strcmp0 (info->covered, covered) != 0)
        continue;
      approved |= info->state == SAT_APPROVAL_APPROVED;
      rejected |= info->state == SAT_APPROVAL_REJECTED;
    }
  return approved && !rejected;
}

static SatRecord *
some_deal (Run *run, Laptop *laptop)
{
  const SimRecord *one;

  if (run->sim->records->len == 0)
    return NULL;
  one = &g_array_index (run->sim->records, SimRecord, sim_below (run->sim, run->sim->records->len));
  return sat_workspace_load (laptop->workspace, one->object, &one->id, NULL);
}

static gboolean
is_here (const SatRecord *deal)
{
  return deal != NULL && !sat_record_deleted (deal) && sat_record_moved_to (deal) == NULL;
}

static gboolean
try_save (Run *run, Laptop *laptop, SatDraft *draft, gboolean needs, gboolean may)
{
  g_autoptr (GError) error = NULL;
  gboolean done = sat_workspace_save (laptop->workspace, draft, NULL, &error);

  g_assert_cmpint (done, ==, !needs || may);
  run->guarded += done && needs;
  run->refused += !done;
  return done;
}

static void
act_change (Run *run, Laptop *laptop)
{
  static const char *const stages[] = { "won", "won", "needs", "lead" };
  static const char *const amounts[] = { "5.00 CNY", "20.00 CNY", "30.00 CNY" };
  Sim *sim = run->sim;
  g_autoptr (SatRecord) deal = some_deal (run, laptop);
  g_autoptr (SatDraft) draft = NULL;
  const char *stage, *amount;
  gboolean was, same, needs;

  if (!is_here (deal))
    return;
  stage = value_of (deal, "stage");
  amount = value_of (deal, "amount");
  was = is_guarded (stage, amount);
  draft = sat_draft_edit (deal);
  if (sim_chance (sim, 70))
    set (draft, "stage", stages[sim_below (sim, G_N_ELEMENTS (stages))]);
  if (sim_chance (sim, 20))
    set (draft, "amount", amounts[sim_below (sim, G_N_ELEMENTS (amounts))]);
  same = g_strcmp0 (sat_draft_get (draft, sat_object_find (sat_draft_object (draft), "amount")),
                    amount) == 0;
  stage = sat_draft_get (draft, sat_object_find (sat_draft_object (draft), "stage"));
  amount = sat_draft_get (draft, sat_object_find (sat_draft_object (draft), "amount"));
  needs = is_guarded (stage, amount) && !(was && same) && !sat_draft_is_empty (draft);
  try_save (run, laptop, draft, needs, needs && holds (laptop, sat_record_id (deal), amount));
}

/* What is taken back reaches nothing either. */
static void
act_undo (Run *run, Laptop *laptop)
{
  g_autoptr (GPtrArray) before = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;
  const GArray *records = run->sim->records;

  for (guint i = 0; i < records->len; i++)
    {
      const SimRecord *one = &g_array_index (records, SimRecord, i);

      g_ptr_array_add (before, sat_workspace_load (laptop->workspace, one->object, &one->id, NULL));
    }
  undone = sim_chance (run->sim, 70) ? sat_workspace_undo (laptop->workspace, 1, &error)
                                     : sat_workspace_redo (laptop->workspace, 1, &error);
  for (guint i = 0; i < records->len; i++)
    {
      const SimRecord *one = &g_array_index (records, SimRecord, i);
      const SatRecord *old = before->pdata[i];
      g_autoptr (SatRecord) now = sat_workspace_load (laptop->workspace, one->object, &one->id,
                                                      NULL);

      if (!is_here (now) || !is_here (old) ||
          !is_guarded (value_of (now, "stage"), value_of (now, "amount")) ||
          (is_guarded (value_of (old, "stage"), value_of (old, "amount")) &&
           g_strcmp0 (value_of (now, "amount"), value_of (old, "amount")) == 0))
        continue;
      g_assert_true (holds (laptop, &one->id, value_of (now, "amount")));
    }
}

/* ---- people ---- */

static void
act_new (Run *run, Laptop *laptop)
{
  Sim *sim = run->sim;
  const SatObject *object = sat_catalogue_find (sim->catalogue, "deal");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  const char *book = sim_chance (sim, 70) ? "east" : "west";
  SimRecord record = { object, { { 0 } } };

  if (!laptop_holds (laptop, book) || sim->records->len >= DEALS)
    return;
  sat_draft_set_book (draft, book);
  set (draft, "name", "Pumps");
  set (draft, "amount", "20.00 CNY");
  save (laptop, draft, &record.id);
  g_array_append_val (sim->records, record);
}

/* Anybody may be refused; what matters is what comes of what was done. */
static void
act_submit (Run *run, Laptop *laptop)
{
  Sim *sim = run->sim;
  g_autoptr (SatRecord) deal = some_deal (run, laptop);
  g_autofree char *one = g_strdup_printf ("user%u", sim_below (sim, sim->n));
  g_autofree char *other = g_strdup_printf ("user%u", sim_below (sim, sim->n));
  const char *const chosen[] = { one, sim_chance (sim, 40) ? other : NULL, NULL };
  const SatApprovalSubmit submit = { .chosen = chosen, .again = sim_chance (sim, 50) };
  g_autoptr (GError) error = NULL;
  SatId id;

  if (is_here (deal))
    sat_workspace_submit (laptop->workspace, sat_record_object (deal), sat_record_id (deal),
                          &submit, &id, &error);
}

static void
act_decide (Run *run, Laptop *laptop)
{
  static const SatApprovalVerdict verdicts[] = {
    SAT_VERDICT_APPROVED,  SAT_VERDICT_APPROVED,  SAT_VERDICT_APPROVED, SAT_VERDICT_APPROVED,
    SAT_VERDICT_DELEGATED, SAT_VERDICT_COMMENTED, SAT_VERDICT_REJECTED, SAT_VERDICT_WITHDRAWN,
  };
  Sim *sim = run->sim;
  g_autoptr (GError) error = NULL;
  SatApprovalVerdict verdict = verdicts[sim_below (sim, G_N_ELEMENTS (verdicts))];
  g_autoptr (GPtrArray) all = sat_workspace_approvals (
      laptop->workspace,
      verdict == SAT_VERDICT_WITHDRAWN ? SAT_APPROVALS_MINE : SAT_APPROVALS_INBOX, &error);
  g_autofree char *to = g_strdup_printf ("user%u", sim_below (sim, sim->n));
  const SatApprovalDecide decide = { .verdict = verdict,
                                     .comment = "So",
                                     .to = verdict == SAT_VERDICT_DELEGATED ? to : NULL };
  const SatApprovalInfo *info;
  g_autoptr (GError) refused = NULL;

  g_assert_no_error (error);
  if (all->len == 0)
    return;
  info = all->pdata[sim_below (sim, all->len)];
  if (sat_workspace_decide (laptop->workspace, &info->id, &decide, &refused))
    {
      run->approved += verdict == SAT_VERDICT_APPROVED;
      run->rejected += verdict == SAT_VERDICT_REJECTED;
    }
}

static void
act_move (Run *run, Laptop *laptop)
{
  g_autoptr (SatRecord) deal = some_deal (run, laptop);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GError) error = NULL;
  const char *to;

  if (!is_here (deal))
    return;
  to = strcmp (sat_record_book (deal), "east") == 0 ? "west" : "east";
  if (!laptop_holds (laptop, to))
    return;
  kind.home = sat_names_find_book (laptop->workspace->replica->names, to);
  sat_workspace_edit_raw (laptop->workspace, sat_record_object (deal), sat_record_id (deal), NULL,
                          NULL, 0, &kind, &error);
  g_assert_no_error (error);
  laptop_forward (laptop, FALSE);
}

static void
act_life (Run *run, Laptop *laptop)
{
  g_autoptr (SatRecord) deal = some_deal (run, laptop);
  g_autoptr (GError) error = NULL;

  if (deal == NULL || sat_record_moved_to (deal) != NULL)
    return;
  if (sat_record_deleted (deal))
    sat_workspace_undelete (laptop->workspace, sat_record_object (deal), sat_record_id (deal),
                            &error);
  else if (sim_chance (run->sim, 30))
    sat_workspace_delete (laptop->workspace, sat_record_object (deal), sat_record_id (deal), NULL,
                          &error);
  g_assert_no_error (error);
}

static void
act (Run *run, Laptop *laptop)
{
  guint kind = sim_below (run->sim, 100);

  if (run->sim->records->len < 2 || kind < 8)
    act_new (run, laptop);
  else if (kind < 38)
    act_change (run, laptop);
  else if (kind < 50)
    act_submit (run, laptop);
  else if (kind < 88)
    act_decide (run, laptop);
  else if (kind < 93)
    act_undo (run, laptop);
  else if (kind < 96)
    act_move (run, laptop);
  else
    act_life (run, laptop);
}

/* ---- what must hold ---- */

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
verdicts_of (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_approvals (laptop->workspace, SAT_APPROVALS_ALL,
                                                       &error);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalInfo *info = all->pdata[i];
      GString *line = g_string_new (NULL);
      char id[SAT_ID_TEXT_SIZE];

      g_string_append_printf (line, "%s %s %u %d %d", sat_id_format (&info->id, id),
                              sat_approval_state_name (info->state), info->step, info->replaced,
                              info->outdated);
      for (guint k = 0; k < info->asked->len; k++)
        g_string_append_printf (line, " %s", (const char *) info->asked->pdata[k]);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) lines->pdata[i]);
  return g_string_free (text, FALSE);
}

/* Equal states, equal verdicts, over the whole run. */
static void
check_equal (Run *run, Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GString) key = g_string_new (NULL);
  g_autofree char *verdicts = NULL;
  const char *other;

  if (!laptop_at_rest (laptop))
    return;
  all = sat_workspace_digest (laptop->workspace, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatDigest *one = all->pdata[i];

      g_string_append_printf (key, "%s %s\n", one->book, one->digest);
    }
  verdicts = verdicts_of (laptop);
  other = g_hash_table_lookup (run->verdicts, key->str);
  if (other != NULL)
    g_assert_cmpstr (verdicts, ==, other);
  else
    g_hash_table_insert (run->verdicts, g_strdup (key->str), g_steal_pointer (&verdicts));
}

static void
shuffle (Sim *sim, GArray *decisions)
{
  for (guint i = decisions->len; i > 1; i--)
    {
      guint k = sim_below (sim, i);
      SatDecision one = g_array_index (decisions, SatDecision, i - 1);

      g_array_index (decisions, SatDecision, i - 1) = g_array_index (decisions, SatDecision, k);
      g_array_index (decisions, SatDecision, k) = one;
    }
}

/* Everybody is honest, and everything is known: each decision counts as far as its user was asked.
 */
static void
check_pure (Run *run, const SatApprovalInfo *info, const GPtrArray *users)
{
  g_autoptr (GArray) decisions = g_array_new (FALSE, TRUE, sizeof (SatDecision));
  g_autoptr (SatJudgement) judged = NULL;

  for (guint i = 0; i < info->votes->len; i++)
    {
      const SatApprovalVote *vote = info->votes->pdata[i];
      SatDecision decision = { .verdict = vote->verdict, .step = vote->step, .by = vote->by };

      g_assert_true (vote->worth == SAT_DECISION_COUNTS || vote->worth == SAT_DECISION_NOT_ASKED);
      for (guint k = 0; vote->to != NULL && k < users->len; k++)
        if (g_strcmp0 (value_of (users->pdata[k], "login"), vote->to) == 0)
          decision.to = *sat_record_id (users->pdata[k]);
      g_array_append_val (decisions, decision);
    }
  shuffle (run->sim, decisions);
  judged = sat_approval_judge (info->plan, &info->initiator,
                               (SatDecision *) (void *) decisions->data, decisions->len);
  g_assert_cmpint (judged->state, ==, info->state);
  g_assert_cmpuint (judged->step, ==, info->step);
  g_assert_cmpuint (judged->asked->len, ==, info->asked->len);
}

static void
come_to_rest (Sim *sim)
{
  for (guint round = 0; round < 3; round++)
    for (guint i = 0; i < sim->n; i++)
      laptop_sync (&sim->laptops[i]);
}

static GPtrArray *
read_users (Laptop *laptop)
{
  const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, "user");
  GPtrArray *users = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);

  for (guint i = 0; i < SIM_MAX_LAPTOPS; i++)
    {
      g_autofree char *title = g_strdup_printf ("/user%u", i);
      SatId id;

      if (sat_workspace_find (laptop->workspace, object, title, &id, NULL))
        g_ptr_array_add (users, sat_workspace_load (laptop->workspace, object, &id, NULL));
    }
  return users;
}

/* The first laptop holds all books. */
static void
check_end (Run *run)
{
  Sim *sim = run->sim;
  Laptop *laptop = &sim->laptops[0];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) users = read_users (laptop);
  g_autoptr (GPtrArray) all = NULL;

  for (guint i = 0; i < sim->n; i++)
    check_equal (run, &sim->laptops[i]);
  all = sat_workspace_approvals (laptop->workspace, SAT_APPROVALS_ALL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    check_pure (run, all->pdata[i], users);
  for (guint i = 0; i < sim->n; i++)
    g_assert_true (sat_workspace_refresh_approvals (sim->laptops[i].workspace, &error));
  g_assert_no_error (error);
  come_to_rest (sim);
  for (guint i = 0; i < sim->n; i++)
    check_equal (run, &sim->laptops[i]);
}

static void
step (Run *run)
{
  Sim *sim = run->sim;
  Laptop *laptop = &sim->laptops[sim_below (sim, sim->n)];
  guint kind = sim_below (sim, 100);

  sim->now_ms += sim_below (sim, 3) * 3600000;
  laptop_set_clock (laptop);
  if (kind < 62)
    act (run, laptop);
  else if (kind < 90)
    laptop_sync (laptop);
  else if (kind < 94)
    laptop_sync_and_die (laptop, 1 + sim_below (sim, 12));
  else if (kind < 96)
    laptop_restart (laptop);
  else if (kind < 97)
    sim_clone (laptop);
  else if (kind < 98)
    laptop_checkpoint (laptop);
  else if (kind < 99)
    laptop_join (laptop);
  else
    sat_workspace_refresh_approvals (laptop->workspace, NULL);
  check_equal (run, laptop);
}

static void
run_seed (const SimTemplate *template, guint64 seed, Run *totals)
{
  Run run = { 0 };
  g_autofree char *dir = NULL;
  guint n;

  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  run.sim = sim_new (template, seed, FALSE);
  run.verdicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  make_managers (&run.sim->laptops[0]);
  make_process (&run.sim->laptops[0]);
  come_to_rest (run.sim);
  n = 100 + sim_below (run.sim, 120);
  for (guint i = 0; i < n; i++)
    step (&run);
  come_to_rest (run.sim);
  check_end (&run);
  totals->approved += run.approved;
  totals->rejected += run.rejected;
  totals->guarded += run.guarded;
  totals->refused += run.refused;
  g_hash_table_unref (run.verdicts);
  dir = g_strdup (run.sim->dir);
  sim_free (run.sim);
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
  guint64 n = setting ("SATCHEL_CONVERGE_SEEDS", 25);
  Run totals = { 0 };

  if (g_getenv ("SATCHEL_CONVERGE_SEED") != NULL)
    {
      run_seed (template, setting ("SATCHEL_CONVERGE_SEED", 0), &totals);
      return;
    }
  for (guint64 seed = 1; seed <= n; seed++)
    run_seed (template, seed, &totals);
  g_test_message ("approved %u, rejected %u, reached %u, refused %u", totals.approved,
                  totals.rejected, totals.guarded, totals.refused);
  /* All of it has happened. */
  g_assert_cmpuint (totals.approved, >, 0);
  g_assert_cmpuint (totals.rejected, >, 0);
  g_assert_cmpuint (totals.guarded, >, 0);
  g_assert_cmpuint (totals.refused, >, 0);
}

int
main (int argc, char **argv)
{
  SimTemplate *template;
  int result;

  g_test_init (&argc, &argv, NULL);
  template = sim_template_new ();
  g_test_add_data_func ("/approvals/fixed", template, test_fixed);
  result = g_test_run ();
  sim_template_free (template);
  return result;
}
