/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Views and segments: whose they are, what is kept of what they say, and that one which cannot be
 * read is not lost. */
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-views.h"

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2]; /* of two users */
  const SatObject *customer;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 2);
  f->customer = world_object (f->all[0], "customer");
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
save (Fixture *f, const char *name, const char *condition, gboolean personal)
{
  SatView view = { .object = f->customer,
                   .name = (char *) name,
                   .condition = (char *) condition,
                   .is_personal = personal };
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_save_view (f->all[0], &view, &id, &error);
  g_assert_no_error (error);
  return id;
}

static char *
names (SatWorkspace *workspace, const SatObject *object)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) views = sat_workspace_views (workspace, object, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < views->len; i++)
    {
      const SatView *view = g_ptr_array_index (views, i);

      g_string_append_printf (text, "%s%s%s%s", i ? " " : "", view->name,
                              view->is_personal ? "*" : "", view->problem ? "!" : "");
    }
  return g_string_free (text, FALSE);
}

static void
assert_names (Fixture *f, guint laptop, const char *expected)
{
  g_autofree char *found = names (f->all[laptop], f->customer);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_whose (Fixture *f, gconstpointer data)
{
  SatId first;
  SatId again;

  (void) data;
  first = save (f, "a", "phone is empty", TRUE);
  save (f, "a", "phone is not empty", FALSE);
  save (f, "b", NULL, FALSE);
  assert_names (f, 0, "a* a b");
  world_sync_all (&f->world, f->all, 2);
  assert_names (f, 1, "a b");
  again = save (f, "a", "city is empty", TRUE);
  g_assert_true (sat_id_equal (&first, &again));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatView) own = sat_workspace_view (f->all[0], f->customer, "a", &error);
  g_autoptr (SatView) ours = sat_workspace_view (f->all[1], f->customer, "a", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (own->condition, ==, "city is empty");
  g_assert_cmpstr (ours->condition, ==, "phone is not empty");
}

/* Made on two laptops while apart: the name says too little, the id enough. */
static void
test_same_name (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatView view = { .object = f->customer, .name = (char *) "twin" };
  char text[SAT_ID_TEXT_SIZE];
  SatId id = save (f, "twin", "city is empty", FALSE);
  SatId other;

  (void) data;
  g_assert_true (sat_workspace_save_view (f->all[1], &view, &other, &error));
  world_sync_all (&f->world, f->all, 2);
  g_assert_null (sat_workspace_view (f->all[0], f->customer, "twin", &error));
  assert_error (&error, SAT_ERROR_AMBIGUOUS, "more than one view of customer");
  g_autoptr (SatView) found = sat_workspace_view (f->all[0], f->customer, sat_id_format (&id, text),
                                                  &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->condition, ==, "city is empty");
}

/* Labels become names; what is wrong is refused and nothing written. */
static void
test_canonical (Fixture *f, gconstpointer data)
{
  SatView view = { .object = f->customer,
                   .name = (char *) "v",
                   .condition = (char *) "城市=\"上海\"",
                   .sort = (char *) " -City , name",
                   .columns = (char *) "Name,,phone",
                   .grouping = (char *) "city" };
  g_autoptr (GError) error = NULL;
  SatId id;

  (void) data;
  g_assert_true (sat_workspace_save_view (f->all[0], &view, &id, &error));
  g_autoptr (SatView) kept = sat_workspace_view (f->all[0], f->customer, "v", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (kept->condition, ==, "city = \"上海\"");
  g_assert_cmpstr (kept->sort, ==, "-city,name");
  g_assert_cmpstr (kept->columns, ==, "name,phone");
  g_assert_cmpstr (kept->grouping, ==, "city");

  view.name = (char *) "w";
  view.grouping = (char *) "city,phone";
  g_assert_false (sat_workspace_save_view (f->all[0], &view, &id, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a list is grouped by one field");
  view.grouping = NULL;
  view.condition = (char *) "city =";
  g_assert_false (sat_workspace_save_view (f->all[0], &view, &id, &error));
  g_clear_error (&error);
  assert_names (f, 0, "v");
}

/* A condition from a laptop that knows more fields. */
static void
condition_arrives (Fixture *f, const char *name, const SatId *id, const char *condition)
{
  const SatObject *object = world_object (f->all[0], name);
  const SatEdit edit = { .field = sat_object_find (object, "condition"), .value = condition };
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GError) error = NULL;

  sat_workspace_edit_raw (f->all[0], object, id, NULL, &edit, 1, &kind, &error);
  g_assert_no_error (error);
}

static void
test_problem (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = save (f, "later", "city is empty", FALSE);

  (void) data;
  condition_arrives (f, "view", &id, "x_unheard > 3");
  assert_names (f, 0, "later!");
  g_assert_null (sat_workspace_view (f->all[0], f->customer, "later", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  assert_value (f->all[0], "view", &id, "condition", "x_unheard > 3");
  /* it can be named, and mended */
  record_set (f->all[0], "view", &id, "name", "then");
  record_set (f->all[0], "view", &id, "condition", "城市 is empty");
  assert_value (f->all[0], "view", &id, "condition", "city is empty");
  assert_names (f, 0, "then");
}

static void
test_segments (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) where = NULL;
  g_autofree char *condition = NULL;
  g_autofree char *both = NULL;

  (void) data;
  record_new (f->all[0], "segment", "name", "Big", "object", "customer", "condition",
              "credit_limit > 5 or city is empty", NULL);
  g_autoptr (GPtrArray) all = sat_workspace_segments (f->all[0], f->customer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpstr (all->pdata[0], ==, "Big");
  condition = sat_workspace_segment (f->all[0], f->customer, "Big", &error);
  g_assert_true (sat_workspace_all_of (
      f->customer, (const char *[]){ NULL, condition, "phone is empty", " " }, 4, &where, &error));
  g_assert_no_error (error);
  both = sat_expression_format (where);
  g_assert_cmpstr (both, ==, "(credit_limit > 5 or city is empty) and phone is empty");
}

/* With their conditions, and written over by name. */
static void
test_segment_views (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;
  const SatView *view;
  SatId id, again;

  (void) data;
  g_assert_false (sat_workspace_save_segment (f->all[0], f->customer, "Big", " ", &id, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_true (
      sat_workspace_save_segment (f->all[0], f->customer, "Big", "credit_limit>5", &id, &error));
  g_assert_true (
      sat_workspace_save_segment (f->all[0], f->customer, "Big", "credit_limit>6", &again, &error));
  g_assert_no_error (error);
  g_assert_true (sat_id_equal (&id, &again));
  all = sat_workspace_segment_views (f->all[0], f->customer, &error);
  g_assert_cmpuint (all->len, ==, 1);
  view = all->pdata[0];
  g_assert_true (view->is_segment && !view->is_personal && view->problem == NULL);
  g_assert_cmpstr (view->name, ==, "Big");
  g_assert_cmpstr (view->condition, ==, "credit_limit > 6");
  assert_names (f, 0, "");

  condition_arrives (f, "segment", &id, "x_unheard > 3");
  g_clear_pointer (&all, g_ptr_array_unref);
  all = sat_workspace_segment_views (f->all[0], f->customer, &error);
  view = all->pdata[0];
  g_assert_error (view->problem, SAT_ERROR, SAT_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/views/whose", test_whose);
  ADD ("/views/same-name", test_same_name);
  ADD ("/views/canonical", test_canonical);
  ADD ("/views/problem", test_problem);
  ADD ("/views/segments", test_segments);
  ADD ("/views/segment-views", test_segment_views);
#undef ADD
  return g_test_run ();
}
