/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Building pipelines: one step each, nothing of what is refused, and an order that others see. */
#include "core/workspace/sat-workspace-pipeline-edit.h"

#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
} Fixture;

static void
make_admin (SatWorkspace *workspace)
{
  g_autofree char *user = sat_meta_get (world_replica (workspace), SAT_META_USER);
  SatId id;

  g_assert_true (sat_id_parse (user, &id));
  record_set (workspace, "user", &id, "role", "admin");
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 2);
  make_admin (f->all[0]);
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

/* "name: stage stage*…", each pipeline that is a record; a star behind the default one. */
static char *
picture (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_pipelines (workspace, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatPipeline *pipeline = all->pdata[i];

      if (pipeline->is_built_in)
        continue;
      g_assert_cmpuint (pipeline->problems->len, ==, 0);
      g_string_append_printf (text, "%s%s%s:", text->len > 0 ? "; " : "", pipeline->name,
                              pipeline->is_default ? "*" : "");
      for (guint k = 0; k < pipeline->stages->len; k++)
        {
          const SatStage *stage = pipeline->stages->pdata[k];

          if (stage->is_listed)
            g_string_append_printf (text, " %s", stage->name);
        }
    }
  return g_string_free (text, FALSE);
}

#define assert_picture(workspace, expected) \
  do \
    { \
      g_autofree char *is_ = picture (workspace); \
      g_assert_cmpstr (is_, ==, expected); \
    } \
  while (0)

#define BUILT_IN \
  "Lead cleaning First talk Needs confirmed Proposal or quote Negotiation Contract signing Won " \
  "Lost"

static SatId
add_pipeline (SatWorkspace *workspace, const char *name, const SatId *from, const char *language)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_add_pipeline (workspace, name, from, language, &id, &error);
  g_assert_no_error (error);
  return id;
}

static SatId
stage_id (SatWorkspace *workspace, const SatId *pipeline, const char *choice)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_pipelines (workspace, &error);
  SatId id = { 0 };

  for (guint i = 0; i < all->len; i++)
    {
      const SatPipeline *one = all->pdata[i];

      if (!one->is_built_in && sat_id_equal (&one->id, pipeline))
        id = sat_pipeline_stage (one, choice)->id;
    }
  return id;
}

static void
undo (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = sat_workspace_undo (workspace, 1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (undone);
}

static void
test_add (Fixture *f, gconstpointer data)
{
  SatId first, second;

  first = add_pipeline (f->all[0], "Sales", NULL, "en");
  assert_picture (f->all[0], "Sales*: " BUILT_IN);
  record_set (f->all[0], "stage", (SatId[]){ stage_id (f->all[0], &first, "talk") }, "guidance",
              "Listen");
  second = add_pipeline (f->all[0], "Service", &first, "en");
  assert_picture (f->all[0], "Sales*: " BUILT_IN "; Service: " BUILT_IN);
  {
    g_autoptr (GError) error = NULL;
    g_autoptr (GPtrArray) all = sat_workspace_pipelines (f->all[0], &error);

    g_assert_cmpstr (sat_pipeline_stage (all->pdata[1], "talk")->guidance, ==, "Listen");
    g_assert_true (sat_id_equal (&((const SatPipeline *) all->pdata[1])->id, &second));
  }
  undo (f->all[0]);
  assert_picture (f->all[0], "Sales*: " BUILT_IN);
  undo (f->all[0]);
  undo (f->all[0]);
  assert_picture (f->all[0], "");
}

static void
test_language (Fixture *f, gconstpointer data)
{
  g_autofree char *text = NULL;

  add_pipeline (f->all[0], "销售", NULL, "zh_CN");
  text = picture (f->all[0]);
  g_assert_nonnull (strstr (text, "商务谈判"));
}

static gboolean
move (SatWorkspace *workspace, const SatId *pipeline, const char *choice, gboolean later)
{
  g_autoptr (GError) error = NULL;
  SatId id = stage_id (workspace, pipeline, choice);
  gboolean done = sat_workspace_move_stage (workspace, pipeline, &id, later, &error);

  g_assert_no_error (error);
  return done;
}

static void
test_move (Fixture *f, gconstpointer data)
{
  SatId id = add_pipeline (f->all[0], "Sales", NULL, "en");

  move (f->all[0], &id, "needs", FALSE);
  assert_picture (f->all[0], "Sales*: Lead cleaning Needs confirmed First talk Proposal or "
                             "quote Negotiation Contract signing Won Lost");
  move (f->all[0], &id, "lead", FALSE); /* the first, the last and the only one stay */
  g_assert_cmpint (sat_workspace_last_step (f->all[0]), ==, 0);
  move (f->all[0], &id, "contract", TRUE);
  g_assert_cmpint (sat_workspace_last_step (f->all[0]), ==, 0);
  move (f->all[0], &id, "won", TRUE);
  g_assert_cmpint (sat_workspace_last_step (f->all[0]), ==, 0);
  move (f->all[0], &id, "lead", TRUE);
  assert_picture (f->all[0], "Sales*: Needs confirmed Lead cleaning First talk Proposal or "
                             "quote Negotiation Contract signing Won Lost");
  world_sync_all (&f->world, f->all, 2);
  assert_picture (f->all[1], "Sales*: Needs confirmed Lead cleaning First talk Proposal or "
                             "quote Negotiation Contract signing Won Lost");
  undo (f->all[0]);
  undo (f->all[0]);
  assert_picture (f->all[0], "Sales*: " BUILT_IN);
}

static void
test_stages (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = add_pipeline (f->all[0], "Sales", NULL, "en");
  SatId gone = stage_id (f->all[0], &id, "talk");
  SatId made;

  g_assert_true (sat_workspace_delete (f->all[0], sat_workspace_object (f->all[0], "stage", NULL),
                                       &gone, NULL, &error));
  g_assert_false (sat_workspace_add_stage (f->all[0], &id, "needs", "en", &made, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sat_workspace_add_stage (f->all[0], &id, "nothing", "en", &made, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (sat_workspace_add_stage (f->all[0], &id, "talk", "en", &made, &error));
  assert_picture (f->all[0], "Sales*: Lead cleaning Needs confirmed Proposal or quote "
                             "Negotiation Contract signing First talk Won Lost");
  sat_workspace_invent_stage (f->all[0], &id, "Site visit", "en", &made, &error);
  g_assert_no_error (error);
  assert_picture (f->all[0], "Sales*: Lead cleaning Needs confirmed Proposal or quote "
                             "Negotiation Contract signing First talk Site visit Won Lost");
  undo (f->all[0]);
  undo (f->all[0]);
  assert_picture (f->all[0], "Sales*: Lead cleaning Needs confirmed Proposal or quote "
                             "Negotiation Contract signing Won Lost");
}

/* Whoever may not, and names that are none: not a word of it is written. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = add_pipeline (f->all[0], "Sales", NULL, "en");
  SatId made = { 0 };

  world_sync_all (&f->world, f->all, 2);
  g_assert_false (sat_workspace_invent_stage (f->all[1], &id, "Site visit", "en", &made, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (sat_workspace_invent_stage (f->all[0], &id, " ", "en", &made, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (sat_workspace_add_pipeline (f->all[0], "", NULL, "en", &made, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (sat_workspace_add_stage (f->all[0], &made, "talk", "en", &made, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  assert_picture (f->all[0], "Sales*: " BUILT_IN);
  assert_picture (f->all[1], "Sales*: " BUILT_IN);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/workspace/pipeline-edit/add", test_add);
  ADD ("/workspace/pipeline-edit/language", test_language);
  ADD ("/workspace/pipeline-edit/move", test_move);
  ADD ("/workspace/pipeline-edit/stages", test_stages);
  ADD ("/workspace/pipeline-edit/refused", test_refused);
  return g_test_run ();
}
