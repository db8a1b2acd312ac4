/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What pipelines are made of: their order, which of several counts, what cannot be read. */
#include "core/workspace/sat-workspace-pipeline.h"

#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

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
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

static GPtrArray *
pipelines (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *all = sat_workspace_pipelines (workspace, &error);

  g_assert_no_error (error);
  return all;
}

static SatId
stage_new (SatWorkspace *workspace, const SatId *pipeline, const char *choice, const char *place)
{
  char id[SAT_ID_TEXT_SIZE];

  return record_new (workspace, "stage", "name", choice, "pipeline", sat_id_format (pipeline, id),
                     "choice", choice, "place", place, NULL);
}

/* The names of the stages in order, those that records say. */
static char *
order_of (const SatPipeline *pipeline)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *stage = pipeline->stages->pdata[i];

      if (stage->is_listed || pipeline->is_built_in)
        g_string_append_printf (text, "%s%s", text->len ? " " : "", stage->choice->name);
    }
  return g_string_free (text, FALSE);
}

static void
test_built_in (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) all = pipelines (f->all[0]);
  const SatPipeline *pipeline = all->pdata[0];
  g_autofree char *order = order_of (pipeline);
  const SatStage *stage = pipeline->stages->pdata[0];

  (void) data;
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (pipeline->is_built_in && pipeline->is_default);
  g_assert_cmpstr (order, ==, "lead talk needs proposal negotiation contract won lost");
  g_assert_cmpstr (sat_stage_word (stage), ==, "Lead cleaning");
  for (guint i = 1; i < 7; i++)
    {
      const SatStage *next = sat_pipeline_next (pipeline, stage);

      g_assert_true (next == pipeline->stages->pdata[i]);
      stage = next;
    }
  g_assert_null (sat_pipeline_next (pipeline, stage));
  g_assert_null (sat_pipeline_stage (pipeline, "nonsense"));
}

/* Places and outcomes make the order, not when they were written; all laptops agree. */
static void
test_order (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "pipeline", "name", "P", NULL);
  SatId contract;

  (void) data;
  stage_new (f->all[0], &id, "lost", "1");
  stage_new (f->all[0], &id, "needs", NULL);
  stage_new (f->all[0], &id, "lead", "35");
  contract = stage_new (f->all[0], &id, "contract", "5");
  record_set (f->all[0], "stage", &contract, "outcome", "won");
  world_sync_all (&f->world, f->all, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) all = pipelines (f->all[i]);
      const SatPipeline *pipeline = all->pdata[0];
      g_autofree char *order = order_of (pipeline);

      g_assert_cmpstr (order, ==, "needs lead contract lost");
      g_assert_cmpuint (pipeline->problems->len, ==, 0);
      g_assert_cmpstr (
          sat_pipeline_next (pipeline, sat_pipeline_stage (pipeline, "lead"))->choice->name, ==,
          "contract");
    }
}

/* The one that says so, else the oldest; one that is deleted leads to the default one. */
static void
test_default (Fixture *f, gconstpointer data)
{
  SatId a = record_new (f->all[0], "pipeline", "name", "B", NULL);
  SatId b;
  char text[SAT_ID_TEXT_SIZE];

  (void) data;
  world_tick (&f->world, 1000);
  b = record_new (f->all[0], "pipeline", "name", "A", NULL);
  SatId deal = record_new (f->all[0], "deal", "name", "D", "pipeline", sat_id_format (&b, text),
                           NULL);
  g_autoptr (SatRecord) record = record_load (f->all[0], "deal", &deal);
  {
    g_autoptr (GPtrArray) all = pipelines (f->all[0]);

    g_assert_true (sat_id_equal (&((SatPipeline *) all->pdata[0])->id, &a));
    g_assert_cmpstr (sat_pipelines_of (all, record)->name, ==, "A");
    g_assert_cmpstr (sat_pipelines_find (all, "A", NULL)->name, ==, "A");
    g_assert_cmpstr (sat_pipelines_find (all, text, NULL)->name, ==, "A");
  }
  record_set (f->all[0], "pipeline", &b, "is_default", "yes");
  {
    g_autoptr (GPtrArray) all = pipelines (f->all[0]);

    g_assert_true (sat_id_equal (&((SatPipeline *) all->pdata[0])->id, &b));
  }
  record_delete (f->all[0], "pipeline", &b);
  {
    g_autoptr (GPtrArray) all = pipelines (f->all[0]);
    g_autoptr (GError) error = NULL;

    g_assert_cmpuint (all->len, ==, 1);
    g_assert_cmpstr (sat_pipelines_of (all, record)->name, ==, "B");
    g_assert_null (sat_pipelines_find (all, "A", &error));
    assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no pipeline “A”");
  }
}

static void
write_raw (SatWorkspace *workspace, const SatId *id, const char *name, const char *value)
{
  const SatField *field = world_field (workspace, "stage", name);
  const SatEdit edit = { .field = field, .value = value };
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };

  g_assert_true (
      sat_workspace_edit_raw (workspace, field->object, id, NULL, &edit, 1, &kind, NULL));
}

/* Two stages of one choice, one of none, a criterion that nobody can read: named, and no more. */
static void
test_problems (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "pipeline", "name", "P", NULL);
  SatId first, second, third;

  (void) data;
  world_sync_all (&f->world, f->all, 2);
  first = stage_new (f->all[0], &id, "lead", NULL);
  record_set (f->all[0], "stage", &first, "name", "first");
  world_tick (&f->world, 1000);
  second = stage_new (f->all[1], &id, "lead", NULL);
  record_set (f->all[1], "stage", &second, "name", "second");
  third = stage_new (f->all[1], &id, "talk", NULL);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  write_raw (f->all[0], &third, "choice", "gone");
  write_raw (f->all[0], &first, "criteria", "amount is not empty\nLater: x_0123456789ab > 3");
  {
    g_autoptr (GPtrArray) all = pipelines (f->all[0]);
    const SatPipeline *pipeline = all->pdata[0];
    const SatStage *lead = sat_pipeline_stage (pipeline, "lead");

    g_assert_cmpstr (lead->name, ==, "first");
    g_assert_cmpuint (pipeline->problems->len, ==, 3);
    g_assert_cmpuint (lead->criteria->len, ==, 2);
    g_assert_nonnull (((SatCriterion *) lead->criteria->pdata[0])->where);
    g_assert_null (((SatCriterion *) lead->criteria->pdata[1])->where);
    g_assert_nonnull (((SatCriterion *) lead->criteria->pdata[1])->problem);
  }
}

/* "words: condition" with one colon or several, narrow or wide, or a mere condition. */
static void
test_criteria (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *line, *words, *condition;
  } lines[] = {
    { "amount>5", "amount>5", "amount > 5" },
    { "Budget known: amount is not empty", "Budget known", "amount is not empty" },
    { "预算：金额 > 100", "预算", "amount > 100" },
    { "Two: three: amount > 1", "Two: three", "amount > 1" },
    { "The buyer's \"yes\": next_step = \"a:b\"", "The buyer's \"yes\"", "next_step = \"a:b\"" },
    { "next_step = \"a: b\"", "next_step = \"a: b\"", "next_step = \"a: b\"" },
    { "Budget: amount >", "Budget: amount >", NULL },
    { ":", ":", NULL },
    { "：：", "：：", NULL },
  };
  SatId id = record_new (f->all[0], "pipeline", "name", "P", NULL);
  SatId stage = stage_new (f->all[0], &id, "lead", NULL);

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      write_raw (f->all[0], &stage, "criteria", lines[i].line);
      g_autoptr (GPtrArray) all = pipelines (f->all[0]);
      const SatStage *lead = sat_pipeline_stage (all->pdata[0], "lead");
      const SatCriterion *criterion = lead->criteria->pdata[0];
      g_autofree char *text = criterion->where ? sat_expression_format (criterion->where) : NULL;

      g_assert_cmpuint (lead->criteria->len, ==, 1);
      g_assert_cmpstr (criterion->words, ==, lines[i].words);
      g_assert_cmpstr (text, ==, lines[i].condition);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/pipeline/built-in", Fixture, NULL, set_up, test_built_in, tear_down);
  g_test_add ("/pipeline/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/pipeline/default", Fixture, NULL, set_up, test_default, tear_down);
  g_test_add ("/pipeline/problems", Fixture, NULL, set_up, test_problems, tear_down);
  g_test_add ("/pipeline/criteria", Fixture, NULL, set_up, test_criteria, tear_down);
  return g_test_run ();
}
