/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-absorb.h"

#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *wang, *li;
  SatId one, two; /* customers that are one */
} Fixture;

static void
sync_both (Fixture *f)
{
  SatWorkspace *both[] = { f->wang, f->li };

  world_sync_all (&f->world, both, 2);
  assert_equal_replicas (f->wang, f->li);
  assert_healthy (f->wang);
  assert_healthy (f->li);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  SatWorkspace *laptops[2];

  world_laptops (&f->world, laptops, 2);
  f->wang = laptops[0];
  f->li = laptops[1];
  f->one = record_new (f->wang, "customer", "name", "Hongda", "phone", "021-5555-0100", "tags",
                       "vip", NULL);
  f->two = record_new (f->wang, "customer", "name", "Hongda Ltd", "city", "Shanghai", "tags",
                       "east\nvip", NULL);
  sync_both (f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->wang);
  sat_workspace_close (f->li);
  world_clear (&f->world);
}

static void
absorb (Fixture *f, SatWorkspace *workspace, const SatId *duplicate, const SatId *into)
{
  g_autoptr (GError) error = NULL;

  world_tick (&f->world, 1000);
  sat_workspace_absorb (workspace, world_object (workspace, "customer"), duplicate, into, NULL, 0,
                        NULL, &error);
  g_assert_no_error (error);
}

static gint64
count (SatWorkspace *workspace, const char *object)
{
  SatQuery query = { .object = world_object (workspace, object), .limit = -1 };

  return sat_workspace_count (workspace, &query, NULL);
}

static void
test_shown (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) hits = NULL;
  g_autoptr (SatRecord) record = NULL;

  absorb (f, f->wang, &f->two, &f->one);
  assert_value (f->wang, "customer", &f->one, "name", "Hongda");
  assert_value (f->wang, "customer", &f->one, "city", "Shanghai");
  assert_value (f->wang, "customer", &f->one, "tags", "east\nvip");
  /* Asked for by its own id it is the one that stayed. */
  record = record_load (f->wang, "customer", &f->two);
  g_assert_true (sat_id_equal (sat_record_id (record), &f->one));
  g_assert_cmpint (count (f->wang, "customer"), ==, 1);
  sync_both (f);
  g_assert_cmpint (count (f->li, "customer"), ==, 1);
  assert_value (f->li, "customer", &f->one, "city", "Shanghai");
  hits = sat_workspace_search (f->li, "Ltd", 10, NULL);
  g_assert_cmpuint (hits->len, ==, 0);
}

/* The survivor's search index has what it took over, and what others write to the absorbed one. */
static void
test_late_edit (Fixture *f, gconstpointer data)
{
  const SatField *phone = world_field (f->wang, "customer", "phone");
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatConflict) conflict = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) hits = NULL;

  absorb (f, f->wang, &f->two, &f->one);
  world_tick (&f->world, 1000);
  record_set (f->li, "customer", &f->two, "phone", "010-6666-0200");
  record_set (f->li, "customer", &f->two, "name", "Hongda Pumps");
  sync_both (f);
  assert_value (f->wang, "customer", &f->one, "name", "Hongda Pumps");
  hits = sat_workspace_search (f->wang, "Pumps", 10, NULL);
  g_assert_cmpuint (hits->len, ==, 1);
  record = record_load (f->wang, "customer", &f->one);
  g_assert_true (sat_record_in_conflict (record, phone));
  conflict = sat_workspace_conflict (f->wang, world_object (f->wang, "customer"), &f->one, phone,
                                     &error);
  g_assert_no_error (error);
  g_assert_cmpuint (conflict->values->len, ==, 2);
  sat_workspace_resolve (f->wang, world_object (f->wang, "customer"), &f->one, phone, 2, NULL,
                         &error);
  g_assert_no_error (error);
  sync_both (f);
  g_assert_cmpint (sat_workspace_n_conflicts (f->wang), ==, 0);
  g_assert_cmpint (sat_workspace_n_conflicts (f->li), ==, 0);
}

static void
test_references (Fixture *f, gconstpointer data)
{
  g_autofree char *one = sat_id_dup_text (&f->one);
  g_autofree char *two = sat_id_dup_text (&f->two);
  SatId contact = record_new (f->wang, "contact", "name", "Zhang", "customer", two, NULL);
  SatQuery query = { .object = world_object (f->wang, "contact"),
                     .reference = world_field (f->wang, "contact", "customer"),
                     .target = f->one,
                     .limit = -1 };
  g_autoptr (GError) error = NULL;
  SatId late;

  sync_both (f);
  absorb (f, f->wang, &f->two, &f->one);
  assert_value (f->wang, "contact", &contact, "customer", one);
  late = record_new (f->li, "contact", "name", "Late", "customer", two, NULL);
  sync_both (f);
  assert_value (f->wang, "contact", &late, "customer", one);
  g_assert_cmpint (sat_workspace_count (f->wang, &query, NULL), ==, 2);
  sat_workspace_release_absorbed (f->wang, world_object (f->wang, "customer"), &f->two, &error);
  g_assert_no_error (error);
  assert_value (f->wang, "contact", &contact, "customer", two);
  g_assert_cmpint (sat_workspace_count (f->wang, &query, NULL), ==, 0);
  sync_both (f);
  assert_value (f->li, "contact", &late, "customer", two);
}

static void
assert_separate (SatWorkspace *workspace, const Fixture *f)
{
  assert_value (workspace, "customer", &f->one, "name", "Hongda");
  assert_value (workspace, "customer", &f->two, "name", "Hongda Ltd");
  assert_value (workspace, "customer", &f->two, "city", "Shanghai");
  assert_value (workspace, "customer", &f->two, "tags", "east\nvip");
  g_assert_cmpint (count (workspace, "customer"), ==, 2);
}

static void
test_undo (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;
  g_autoptr (SatUndone) redone = NULL;

  absorb (f, f->wang, &f->two, &f->one);
  sync_both (f);
  world_tick (&f->world, 1000);
  undone = sat_workspace_undo (f->wang, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->left->len, ==, 0);
  assert_separate (f->wang, f);
  assert_value (f->wang, "customer", &f->one, "city", NULL);
  assert_value (f->wang, "customer", &f->one, "tags", "vip");
  sync_both (f);
  world_tick (&f->world, 1000);
  redone = sat_workspace_redo (f->wang, 1, &error);
  g_assert_no_error (error);
  assert_value (f->wang, "customer", &f->one, "city", "Shanghai");
  g_assert_cmpint (count (f->wang, "customer"), ==, 1);
  sync_both (f);
}

static void
test_release (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  absorb (f, f->wang, &f->two, &f->one);
  sync_both (f);
  world_tick (&f->world, 1000);
  sat_workspace_release_absorbed (f->li, world_object (f->li, "customer"), &f->two, &error);
  g_assert_no_error (error);
  assert_separate (f->li, f);
  assert_value (f->li, "customer", &f->one, "city", "Shanghai");
  sync_both (f);
  assert_separate (f->wang, f);
  sat_workspace_release_absorbed (f->li, world_object (f->li, "customer"), &f->two, &error);
  assert_error (&error, SAT_ERROR_INVALID, "this customer was not absorbed");
}

static void
test_take (Fixture *f, gconstpointer data)
{
  const SatField *take[] = { world_field (f->wang, "customer", "name"),
                             world_field (f->wang, "customer", "phone") };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatAbsorbPreview) preview = NULL;
  SatId kept;

  preview = sat_workspace_absorb_preview (f->wang, take[0]->object, &f->two, &f->one, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const SatAbsorbField *field = g_ptr_array_index (preview->fields, i);

      if (field->field != take[0])
        continue;
      g_assert_cmpstr (field->kept, ==, "Hongda");
      g_assert_cmpstr (field->duplicate, ==, "Hongda Ltd");
      g_assert_cmpstr (field->shown, ==, "Hongda");
    }
  sat_workspace_absorb (f->wang, take[0]->object, &f->two, &f->one, take, 2, &kept, &error);
  g_assert_no_error (error);
  g_assert_true (sat_id_equal (&kept, &f->one));
  assert_value (f->wang, "customer", &f->one, "name", "Hongda Ltd");
  assert_value (f->wang, "customer", &f->one, "phone", "021-5555-0100");
  sync_both (f);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  absorb (f, f->wang, &f->two, &f->one);
  sync_both (f);
  record_delete (f->li, "customer", &f->two);
  g_assert_true (record_deleted (f->li, "customer", &f->one));
  sync_both (f);
  g_assert_cmpint (count (f->wang, "customer"), ==, 0);
  sat_workspace_undelete (f->wang, world_object (f->wang, "customer"), &f->one, &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f->wang, "customer"), ==, 1);
  sync_both (f);
}

/* Each into the other at once: the smaller id stays. */
static void
test_circle (Fixture *f, gconstpointer data)
{
  g_autoptr (SatRecord) record = NULL;
  const SatId *first = sat_id_compare (&f->one, &f->two) < 0 ? &f->one : &f->two;

  absorb (f, f->wang, &f->two, &f->one);
  absorb (f, f->li, &f->one, &f->two);
  sync_both (f);
  g_assert_cmpint (count (f->wang, "customer"), ==, 1);
  record = record_load (f->wang, "customer", &f->two);
  g_assert_true (sat_id_equal (sat_record_id (record), first));
  record_set (f->wang, "customer", &f->two, "city", "Beijing");
  sync_both (f);
  assert_value (f->li, "customer", &f->one, "city", "Beijing");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  const SatObject *customer = world_object (f->wang, "customer");
  const SatObject *user = world_object (f->wang, "user");
  g_autoptr (GError) error = NULL;
  SatId none = { { 1 } };

  g_assert_false (
      sat_workspace_absorb (f->wang, customer, &f->one, &f->one, NULL, 0, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a customer cannot be absorbed into itself");
  g_assert_false (sat_workspace_absorb (f->wang, customer, &none, &f->one, NULL, 0, NULL, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no customer");
  g_assert_false (sat_workspace_absorb (f->wang, user, &none, &f->one, NULL, 0, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a user is one of Satchel's own");
  absorb (f, f->wang, &f->two, &f->one);
  g_assert_false (
      sat_workspace_absorb (f->wang, customer, &f->two, &f->one, NULL, 0, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "each is part of one customer");
  record_delete (f->wang, "customer", &f->one);
  f->two = record_new (f->wang, "customer", "name", "Another", NULL);
  g_assert_false (
      sat_workspace_absorb (f->wang, customer, &f->two, &f->one, NULL, 0, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“Hongda” is deleted");
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/workspace/absorb/shown", test_shown },
    { "/workspace/absorb/late-edit", test_late_edit },
    { "/workspace/absorb/references", test_references },
    { "/workspace/absorb/undo", test_undo },
    { "/workspace/absorb/release", test_release },
    { "/workspace/absorb/take", test_take },
    { "/workspace/absorb/delete", test_delete },
    { "/workspace/absorb/circle", test_circle },
    { "/workspace/absorb/refused", test_refused },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
