/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-marks.h"

#include "tests/support/world.h"

#define ALL \
  "SELECT sum (length (f_marks) - length (replace (f_marks, char (10), '')) + 1)" \
  " FROM o_customer_mark WHERE f_marks IS NOT NULL"

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

/* The workspace's record says that marks are wanted. */
static void
want (Fixture *f)
{
  SatQuery query = { .object = world_object (f->wang, "workspace"), .limit = 1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (f->wang, &query, NULL);
  g_autoptr (GPtrArray) records = sat_workspace_load_rows (
      f->wang, query.object, (const gint64 *) (void *) rows->data, rows->len, NULL);

  g_assert_cmpuint (records->len, ==, 1);
  record_set (f->wang, "workspace", sat_record_id (g_ptr_array_index (records, 0)),
              "customer_marks", "yes");
}

/* As an exchange does: what is open is sealed right after. */
static void
publish (Fixture *f, SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;

  world_tick (&f->world, 3600000);
  g_assert_true (sat_workspace_publish_marks (workspace, &error));
  g_assert_no_error (error);
  sat_workspace_seal (workspace, &error);
  g_assert_no_error (error);
}

static void
sync_both (Fixture *f)
{
  world_sync_all (&f->world, (SatWorkspace *[]){ f->wang, f->li }, 2);
  assert_equal_replicas (f->wang, f->li);
  assert_healthy (f->wang);
  assert_healthy (f->li);
}

static void
test_unwanted (Fixture *f, gconstpointer data)
{
  record_new (f->wang, "customer", "name", "Hongda", "phone", "021-5555-0100", NULL);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM o_customer_mark"), ==, 0);
}

/* Names that are one and numbers that are one have one mark; what is gone has none. */
static void
test_follows (Fixture *f, gconstpointer data)
{
  SatId one, two;

  want (f);
  one = record_new (f->wang, "customer", "name", "Hongda Pumps Ltd", "phone", "021-5555-0100",
                    NULL);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 2);
  two = record_new (f->wang, "customer", "name", "HONGDA PUMPS", "phone", "+86 21 5555 0100", NULL);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 2);
  record_set (f->wang, "customer", &two, "name", "Western Mills");
  record_new (f->wang, "customer", "name", "上海宏達機械有限公司", "phone", "12345", NULL);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 4);
  record_delete (f->wang, "customer", &one);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 3);
  record_delete (f->wang, "customer", &two);
  publish (f, f->wang);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 1);
}

/* Two who hold the same book tell of it as one, and nothing more than that. */
static void
test_converges (Fixture *f, gconstpointer data)
{
  gint64 sealed;

  want (f);
  sync_both (f);
  record_new (f->wang, "customer", "name", "Hongda", NULL);
  record_new (f->li, "customer", "name", "Hongda Ltd", NULL);
  record_new (f->li, "customer", "name", "Lifan", NULL);
  publish (f, f->wang);
  publish (f, f->li);
  sync_both (f);
  g_assert_cmpint (world_int (f->wang, ALL), ==, 2);
  publish (f, f->wang);
  publish (f, f->li);
  sync_both (f);
  g_assert_cmpint (world_int (f->li, ALL), ==, 2);
  /* Who has nothing new writes nothing, a week later neither. */
  sealed = world_int (f->wang, "SELECT max (number) FROM vector");
  publish (f, f->wang);
  world_tick (&f->world, G_GINT64_CONSTANT (8) * 24 * 3600000);
  publish (f, f->wang);
  sync_both (f);
  g_assert_cmpint (world_int (f->wang, "SELECT max (number) FROM vector"), ==, sealed);
}

/* What is held here is no news. */
static void
test_held (Fixture *f, gconstpointer data)
{
  const SatObject *customer = world_object (f->wang, "customer");
  g_autoptr (SatDraft) draft = sat_draft_new (customer);
  g_autoptr (SatMarks) marks = NULL;
  g_autoptr (GError) error = NULL;

  want (f);
  record_new (f->wang, "customer", "name", "Hongda", NULL);
  publish (f, f->wang);
  sat_draft_set (draft, sat_object_find (customer, "name"), "Hongda");
  marks = sat_marks_new (f->wang);
  g_assert_true (sat_marks_apply_to (marks, customer));
  g_assert_false (sat_marks_apply_to (marks, world_object (f->wang, "contact")));
  g_assert_null (sat_marks_find (marks, draft, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/workspace/marks/unwanted", test_unwanted },
    { "/workspace/marks/follows", test_follows },
    { "/workspace/marks/converges", test_converges },
    { "/workspace/marks/held", test_held },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
