/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping to pipelines: what is refused leaves no trace, also in a transaction that goes on; what a
 * move writes is there once, on all laptops, and goes with it. */
#include "core/workspace/sat-workspace-pipeline.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
  SatId pipeline, deal;
} Fixture;

static SatId
stage_new (Fixture *f, const char *choice, const char *criteria, const char *tasks)
{
  char id[SAT_ID_TEXT_SIZE];

  return record_new (f->all[0], "stage", "name", choice, "pipeline",
                     sat_id_format (&f->pipeline, id), "choice", choice, "criteria", criteria,
                     "tasks", tasks, NULL);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 2);
  f->pipeline = record_new (f->all[0], "pipeline", "name", "P", NULL);
  stage_new (f, "lead", "Has a customer: customer is not empty", NULL);
  stage_new (f, "talk", "Budget: amount is not empty\nStep: next_step is not empty", "Call");
  stage_new (f, "needs", "Big: amount >= 100", NULL);
  f->deal = record_new (f->all[0], "deal", "name", "Pumps", NULL);
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

static gboolean
move (SatWorkspace *workspace,
      const SatId *id,
      const char *stage,
      const char *amount,
      const char *force,
      GError **error)
{
  g_autoptr (SatRecord) record = record_load (workspace, "deal", id);
  g_autoptr (SatDraft) draft = sat_draft_edit (record);

  if (amount != NULL)
    sat_draft_set (draft, world_field (workspace, "deal", "amount"), amount);
  sat_draft_set (draft, world_field (workspace, "deal", "stage"), stage);
  sat_draft_set_force (draft, force);
  return sat_workspace_save (workspace, draft, NULL, error);
}

static gint64
count (SatWorkspace *workspace, const char *object)
{
  SatQuery query = { .object = world_object (workspace, object), .limit = -1 };

  return sat_workspace_count (workspace, &query, NULL);
}

/* Whatever is refused leaves the digest as it is. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  static const char *const targets[] = { "talk", "needs", "proposal", "contract", "won" };
  g_autoptr (GError) error = NULL;
  g_autofree char *before = world_lines (f->all[0]);

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (targets); i++)
    {
      g_autofree char *after = NULL;

      g_assert_false (move (f->all[0], &f->deal, targets[i], "7.00 CNY", NULL, &error));
      assert_error (&error, SAT_ERROR_GATE, "“Pumps” cannot go on to “");
      after = world_lines (f->all[0]);
      g_assert_cmpstr (after, ==, before);
    }
  g_assert_false (move (f->all[0], &f->deal, "won", "7.00 CNY", "I say so", &error));
  assert_error (&error, SAT_ERROR_GATE, "only a sales manager or an administrator");
  assert_healthy (f->all[0]);
}

/* In one transaction a good save, a bad one, a good one: two are written. */
static void
test_goes_on (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId other;

  (void) data;
  g_assert_true (sat_workspace_begin (f->all[0], &error));
  other = record_new (f->all[0], "deal", "name", "Other", NULL);
  g_assert_false (move (f->all[0], &f->deal, "needs", "7.00 CNY", NULL, &error));
  assert_error (&error, SAT_ERROR_GATE,
                "“Pumps” cannot go on to “needs” yet; what is missing: "
                "lead: Has a customer; talk: Step; tasks to do first: "
                "talk: “Call”");
  record_set (f->all[0], "deal", &other, "notes", "kept");
  g_assert_true (sat_workspace_commit (f->all[0], &error));
  assert_value (f->all[0], "deal", &other, "notes", "kept");
  assert_value (f->all[0], "deal", &f->deal, "stage", "lead");
  assert_value (f->all[0], "deal", &f->deal, "amount", NULL);
  g_assert_cmpint (count (f->all[0], "stage_move"), ==, 0);
  assert_healthy (f->all[0]);
}

/* A stage that the same transaction changes, and one that is rolled back. */
static void
test_gates_change (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  g_assert_false (move (f->all[0], &f->deal, "talk", NULL, NULL, &error));
  g_clear_error (&error);
  g_assert_true (sat_workspace_begin (f->all[0], NULL));
  SatQuery query = { .object = world_object (f->all[0], "stage"), .limit = -1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (f->all[0], &query, NULL);
  g_autoptr (GPtrArray) stages = sat_workspace_load_rows (
      f->all[0], query.object, (const gint64 *) (gpointer) rows->data, rows->len, NULL);
  for (guint i = 0; i < stages->len; i++)
    record_set (f->all[0], "stage", sat_record_id (stages->pdata[i]), "criteria", NULL);
  g_assert_true (move (f->all[0], &f->deal, "talk", NULL, NULL, &error));
  sat_workspace_rollback (f->all[0]);
  g_assert_false (move (f->all[0], &f->deal, "talk", NULL, NULL, &error));
  assert_error (&error, SAT_ERROR_GATE, "“Pumps” cannot go on to “talk” yet");
}

/* What others say meanwhile counts: a form that was open for long. */
static void
test_stale_form (Fixture *f, gconstpointer data)
{
  g_autoptr (SatRecord) old = record_load (f->all[0], "deal", &f->deal);
  g_autoptr (SatDraft) draft = sat_draft_edit (old);
  g_autoptr (GError) error = NULL;
  SatId customer = record_new (f->all[0], "customer", "name", "Globex", NULL);
  char id[SAT_ID_TEXT_SIZE];

  (void) data;
  sat_draft_set (draft, world_field (f->all[0], "deal", "stage"), "talk");
  g_autoptr (GPtrArray) missing = sat_workspace_missing (f->all[0], draft, &error);
  g_assert_cmpuint (missing->len, ==, 1);
  record_set (f->all[0], "deal", &f->deal, "customer", sat_id_format (&customer, id));
  g_assert_true (sat_workspace_save (f->all[0], draft, NULL, &error));
  g_assert_no_error (error);
  assert_value (f->all[0], "deal", &f->deal, "stage", "talk");
}

/* Forced, undone, redone: the move, its record and its task come and go together. */
static void
test_forced (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId user;

  (void) data;
  g_assert_true (
      sat_workspace_find (f->all[0], world_object (f->all[0], "user"), "/wang", &user, &error));
  record_set (f->all[0], "user", &user, "role", "manager");
  g_assert_true (sat_workspace_may_force (f->all[0]));
  g_assert_false (sat_workspace_may_force (f->all[1]));
  world_tick (&f->world, 36 * 3600 * 1000);
  g_assert_true (move (f->all[0], &f->deal, "talk", NULL, "by telephone", &error));
  g_assert_cmpint (count (f->all[0], "stage_move"), ==, 1);
  g_assert_cmpint (count (f->all[0], "task"), ==, 1);
  SatQuery query = { .object = world_object (f->all[0], "stage_move"), .limit = -1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (f->all[0], &query, NULL);
  g_autoptr (GPtrArray) moves = sat_workspace_load_rows (
      f->all[0], query.object, (const gint64 *) (gpointer) rows->data, rows->len, NULL);
  SatId id = *sat_record_id (moves->pdata[0]);

  assert_value (f->all[0], "stage_move", &id, "days", "1.5");
  assert_value (f->all[0], "stage_move", &id, "forced", "yes");
  assert_value (f->all[0], "stage_move", &id, "reason", "by telephone");
  assert_value (f->all[0], "stage_move", &id, "missing", "lead: Has a customer");
  assert_value (f->all[0], "stage_move", &id, "from_stage", "lead");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SatUndone) undone = sat_workspace_undo (f->all[0], 1, &error);
      g_autoptr (SatUndone) redone = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (undone->left->len, ==, 0);
      assert_value (f->all[0], "deal", &f->deal, "stage", "lead");
      g_assert_cmpint (count (f->all[0], "stage_move"), ==, 0);
      g_assert_cmpint (count (f->all[0], "task"), ==, 0);
      redone = sat_workspace_redo (f->all[0], 1, &error);
      g_assert_no_error (error);
      assert_value (f->all[0], "deal", &f->deal, "stage", "talk");
      g_assert_cmpint (count (f->all[0], "stage_move"), ==, 1);
      g_assert_cmpint (count (f->all[0], "task"), ==, 1);
    }
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  g_assert_cmpint (count (f->all[1], "stage_move"), ==, 1);
  assert_healthy (f->all[0]);
}

/* Both laptops move it, neither knows: one task, two records of moves, and they agree. */
static void
test_both (Fixture *f, gconstpointer data)
{
  SatId customer = record_new (f->all[0], "customer", "name", "Globex", NULL);
  char id[SAT_ID_TEXT_SIZE];

  (void) data;
  record_set (f->all[0], "deal", &f->deal, "customer", sat_id_format (&customer, id));
  world_sync_all (&f->world, f->all, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (move (f->all[i], &f->deal, "talk", NULL, NULL, NULL));
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  g_assert_cmpint (count (f->all[0], "task"), ==, 1);
  g_assert_cmpint (count (f->all[0], "stage_move"), ==, 2);
  assert_healthy (f->all[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/stage/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add ("/stage/goes-on", Fixture, NULL, set_up, test_goes_on, tear_down);
  g_test_add ("/stage/gates-change", Fixture, NULL, set_up, test_gates_change, tear_down);
  g_test_add ("/stage/stale-form", Fixture, NULL, set_up, test_stale_form, tear_down);
  g_test_add ("/stage/forced", Fixture, NULL, set_up, test_forced, tear_down);
  g_test_add ("/stage/both", Fixture, NULL, set_up, test_both, tear_down);
  return g_test_run ();
}
