/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-undo.h"

#include <string.h>

#include "core/workspace/sat-workspace-import.h"
#include "tests/support/world.h"

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

static void
sync_both (Fixture *f)
{
  SatWorkspace *both[] = { f->wang, f->li };

  world_sync_all (&f->world, both, 2);
  assert_equal_replicas (f->wang, f->li);
}

/* Undoes (or redoes) STEPS steps; LEFT things were left as they are. */
static void
undo (Fixture *f,
      gboolean redo,
      guint steps,
      guint64 removed,
      guint64 restored,
      guint64 changed,
      guint left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;

  world_tick (&f->world, 1000);
  undone = redo ? sat_workspace_redo (f->wang, steps, &error)
                : sat_workspace_undo (f->wang, steps, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->steps, ==, steps);
  g_assert_cmpuint (undone->removed, ==, removed);
  g_assert_cmpuint (undone->restored, ==, restored);
  g_assert_cmpuint (undone->changed, ==, changed);
  g_assert_cmpuint (undone->left->len, ==, left);
  assert_healthy (f->wang);
}

static void
assert_nothing (Fixture *f, gboolean redo)
{
  g_autoptr (GError) error = NULL;
  SatUndone *undone = redo ? sat_workspace_redo (f->wang, 1, &error)
                           : sat_workspace_undo (f->wang, 1, &error);

  g_assert_null (undone);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is nothing to ");
}

static void
test_values (Fixture *f, gconstpointer data)
{
  SatId id;

  assert_nothing (f, FALSE);
  id = record_new (f->wang, "customer", "name", "one", "phone", "+8621555500100", NULL);
  world_tick (&f->world, 1000);
  record_set (f->wang, "customer", &id, "phone", "+8621555500111");
  world_tick (&f->world, 1000);
  record_set (f->wang, "customer", &id, "city", "Shanghai");
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "city", NULL);
  assert_value (f->wang, "customer", &id, "phone", "+8621555500111");
  sync_both (f); /* sealed or not makes no difference */
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "phone", "+8621555500100");
  undo (f, FALSE, 1, 1, 0, 0, 0);
  g_assert_true (record_deleted (f->wang, "customer", &id));
  assert_nothing (f, FALSE);
  sync_both (f);
  g_assert_true (record_deleted (f->li, "customer", &id));
}

static void
test_redo (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", NULL);

  assert_nothing (f, TRUE);
  world_tick (&f->world, 1000);
  record_set (f->wang, "customer", &id, "city", "Shanghai");
  undo (f, FALSE, 2, 1, 0, 1, 0);
  g_assert_true (record_deleted (f->wang, "customer", &id));
  undo (f, TRUE, 1, 0, 1, 0, 0);
  g_assert_false (record_deleted (f->wang, "customer", &id));
  assert_value (f->wang, "customer", &id, "city", NULL);
  undo (f, TRUE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "city", "Shanghai");
  assert_nothing (f, TRUE);
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "city", NULL);
  /* Another step ends it. */
  record_set (f->wang, "customer", &id, "city", "Suzhou");
  assert_nothing (f, TRUE);
  undo (f, FALSE, 2, 1, 0, 1, 0);
}

/* What another laptop changed meanwhile, seen or not, stays. */
static void
test_changed_since (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "Shanghai", NULL);

  sync_both (f);
  record_set (f->wang, "customer", &id, "city", "Suzhou");
  world_tick (&f->world, 1000);
  record_set (f->wang, "customer", &id, "phone", "+8621555500100");
  sync_both (f);
  record_set (f->li, "customer", &id, "city", "Hangzhou");
  sync_both (f);
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "phone", NULL);
  undo (f, FALSE, 1, 0, 0, 0, 1);
  assert_value (f->wang, "customer", &id, "city", "Hangzhou");
  /* Li worked on it: it is hers as well. */
  undo (f, FALSE, 1, 0, 0, 0, 1);
  g_assert_false (record_deleted (f->wang, "customer", &id));
  sync_both (f);
}

static void
test_delete (Fixture *f, gconstpointer data)
{
  SatId parent = record_new (f->wang, "customer", "name", "one", NULL);
  char text[SAT_ID_TEXT_SIZE];
  SatId child = record_new (f->wang, "contact", "name", "somebody", "customer",
                            sat_id_format (&parent, text), NULL);

  sync_both (f);
  record_delete (f->wang, "customer", &parent);
  g_assert_true (record_deleted (f->wang, "contact", &child));
  sync_both (f);
  undo (f, FALSE, 1, 0, 2, 0, 0);
  sync_both (f);
  g_assert_false (record_deleted (f->li, "customer", &parent));
  g_assert_false (record_deleted (f->li, "contact", &child));
}

/* A record made here, below which somebody has put something, stays. */
static void
test_children_of_others (Fixture *f, gconstpointer data)
{
  SatId parent = record_new (f->wang, "customer", "name", "one", NULL);
  char text[SAT_ID_TEXT_SIZE];

  sync_both (f);
  record_new (f->li, "contact", "name", "somebody", "customer", sat_id_format (&parent, text),
              NULL);
  sync_both (f);
  undo (f, FALSE, 1, 0, 0, 0, 1);
  g_assert_false (record_deleted (f->wang, "customer", &parent));
}

static void
test_tags (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "thing", "name", "one", "tags", "a\nb", NULL);

  world_tick (&f->world, 1000);
  record_set (f->wang, "thing", &id, "tags", "+c");
  world_tick (&f->world, 1000);
  record_set (f->wang, "thing", &id, "tags", "-a");
  assert_value (f->wang, "thing", &id, "tags", "b\nc");
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "thing", &id, "tags", "a\nb\nc");
  undo (f, FALSE, 1, 0, 0, 1, 0);
  assert_value (f->wang, "thing", &id, "tags", "a\nb");
}

/* Several writes in one transaction are one step, whatever they are. */
static void
test_transaction (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId old = record_new (f->wang, "customer", "name", "old", "city", "Shanghai", NULL);
  SatId gone = record_new (f->wang, "customer", "name", "gone", NULL);
  SatId made;

  world_tick (&f->world, 1000);
  g_assert_true (sat_workspace_begin (f->wang, &error));
  made = record_new (f->wang, "customer", "name", "new", NULL);
  record_set (f->wang, "customer", &made, "city", "Suzhou");
  record_set (f->wang, "customer", &old, "city", "Suzhou");
  record_set (f->wang, "customer", &old, "city", "Hangzhou");
  record_delete (f->wang, "customer", &gone);
  g_assert_true (sat_workspace_commit (f->wang, &error));
  undo (f, FALSE, 1, 1, 1, 1, 0);
  g_assert_true (record_deleted (f->wang, "customer", &made));
  g_assert_false (record_deleted (f->wang, "customer", &gone));
  assert_value (f->wang, "customer", &old, "city", "Shanghai");
  undo (f, TRUE, 1, 1, 1, 1, 0);
  assert_value (f->wang, "customer", &old, "city", "Hangzhou");
  assert_value (f->wang, "customer", &made, "city", "Suzhou");
  g_assert_true (record_deleted (f->wang, "customer", &gone));
}

/* As an import: many records in one step, and the program ended meanwhile. */
static void
test_many (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_workspace_begin (f->wang, &error));
  for (guint i = 0; i < 1000; i++)
    record_new (f->wang, "customer", "name", "somebody", NULL);
  g_assert_true (sat_workspace_commit (f->wang, &error));
  sat_workspace_close (f->wang);
  f->wang = world_open (&f->world, "wang", NULL);
  undo (f, FALSE, 1, 1000, 0, 0, 0);
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM o_customer WHERE hidden = 0"), ==, 0);
}

/* ---- one of several ---- */

/* Undoes the step STEP alone. */
static void
undo_alone (Fixture *f, gint64 step, guint64 removed, guint64 restored, guint64 changed, guint left)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = NULL;

  world_tick (&f->world, 1000);
  undone = sat_workspace_undo_step (f->wang, step, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->steps, ==, 1);
  g_assert_cmpuint (undone->removed, ==, removed);
  g_assert_cmpuint (undone->restored, ==, restored);
  g_assert_cmpuint (undone->changed, ==, changed);
  g_assert_cmpuint (undone->left->len, ==, left);
  assert_healthy (f->wang);
}

static void
assert_not_undone (Fixture *f, gint64 step)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sat_workspace_undo_step (f->wang, step, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is nothing to undo: it was taken back");
}

static gint64
set_as_step (Fixture *f, const SatId *id, const char *field, const char *value)
{
  g_autoptr (GError) error = NULL;

  world_tick (&f->world, 1000);
  g_assert_true (sat_workspace_begin (f->wang, &error));
  record_set (f->wang, "customer", id, field, value);
  g_assert_true (sat_workspace_commit (f->wang, &error));
  return sat_workspace_last_step (f->wang);
}

/* What was written after the step stays, in other fields and over its own. */
static void
test_one_of_several (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "Shanghai", NULL);
  gint64 city = set_as_step (f, &id, "city", "Suzhou");
  gint64 phone = set_as_step (f, &id, "phone", "+8621555500100");
  gint64 again = set_as_step (f, &id, "phone", "+8621555500111");

  g_assert_cmpint (city, !=, 0);
  undo_alone (f, city, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "city", "Shanghai");
  assert_value (f->wang, "customer", &id, "phone", "+8621555500111");
  assert_not_undone (f, city);
  undo_alone (f, phone, 0, 0, 0, 1);
  assert_value (f->wang, "customer", &id, "phone", "+8621555500111");
  undo_alone (f, again, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "phone", "+8621555500100");
  assert_not_undone (f, 0);
  assert_not_undone (f, again + 1000);
  sync_both (f);
}

/* A later step that was taken back does not count; done again, it does. */
static void
test_one_redone (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "one", "city", "Shanghai", NULL);
  gint64 first = set_as_step (f, &id, "city", "Suzhou");

  set_as_step (f, &id, "city", "Hangzhou");
  undo (f, FALSE, 1, 0, 0, 1, 0);
  undo (f, TRUE, 1, 0, 0, 1, 0);
  undo_alone (f, first, 0, 0, 0, 1);
  assert_value (f->wang, "customer", &id, "city", "Hangzhou");

  first = set_as_step (f, &id, "phone", "+8621555500100");
  set_as_step (f, &id, "phone", "+8621555500111");
  undo (f, FALSE, 1, 0, 0, 1, 0);
  undo_alone (f, first, 0, 0, 1, 0);
  assert_value (f->wang, "customer", &id, "phone", NULL);
}

/* ---- an import ---- */

#define ROWS 10000
#define OLD 50

static gint64
import_text (Fixture *f, const char *text)
{
  static const char *const match[] = { "code", NULL };
  SatImportOptions options = {
    .object = sat_catalogue_find (sat_workspace_catalogue (f->wang), "customer"), .match = match
  };
  SatFileOptions reading = { 0 };
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportFile) file = NULL;
  SatImportResult result = { 0 };

  file = sat_import_file_open_bytes (bytes, &reading, &error);
  g_assert_no_error (error);
  g_assert_true (sat_workspace_import (f->wang, file, &options, FALSE, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.created, ==, ROWS - OLD);
  g_assert_cmpuint (result.updated, ==, OLD);
  sat_import_result_clear (&result);
  return sat_workspace_last_step (f->wang);
}

/* Ten thousand rows, some of which change what was there: all of it is as before, but for what was
 * done with it since. */
static void
test_import (Fixture *f, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("code,name,city\n");
  SatId old[OLD];
  SatId new_one;
  gint64 step;

  for (guint i = 0; i < OLD; i++)
    {
      g_autofree char *code = g_strdup_printf ("C%u", i);

      old[i] = record_new (f->wang, "customer", "name", "old", "code", code, "city", "Suzhou",
                           NULL);
    }
  for (guint i = 0; i < ROWS; i++)
    g_string_append_printf (text, "C%u,row %u,Shanghai\n", i, i);
  world_tick (&f->world, 1000);
  step = import_text (f, text->str);
  assert_value (f->wang, "customer", &old[1], "city", "Shanghai");
  set_as_step (f, &old[1], "city", "Hangzhou");
  new_one = record_new (f->wang, "customer", "name", "later", "city", "Wuxi", NULL);

  undo_alone (f, step, ROWS - OLD, 0, OLD, 1);
  for (guint i = 0; i < OLD; i++)
    {
      assert_value (f->wang, "customer", &old[i], "name", "old");
      assert_value (f->wang, "customer", &old[i], "city", i == 1 ? "Hangzhou" : "Suzhou");
    }
  assert_value (f->wang, "customer", &new_one, "city", "Wuxi");
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM o_customer WHERE hidden = 0"), ==,
                   OLD + 1);
  assert_not_undone (f, step);
}

/* A record of the import that was worked on since stays. */
static void
test_import_used (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId first, second;
  gint64 step;

  g_assert_true (sat_workspace_begin (f->wang, &error));
  first = record_new (f->wang, "customer", "name", "first", NULL);
  second = record_new (f->wang, "customer", "name", "second", NULL);
  g_assert_true (sat_workspace_commit (f->wang, &error));
  step = sat_workspace_last_step (f->wang);
  set_as_step (f, &second, "city", "Suzhou");
  undo_alone (f, step, 1, 0, 0, 1);
  g_assert_true (record_deleted (f->wang, "customer", &first));
  g_assert_false (record_deleted (f->wang, "customer", &second));
  assert_value (f->wang, "customer", &second, "city", "Suzhou");
}

/* What is kept is bounded. */
static void
test_bounded (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 130; i++)
    record_new (f->wang, "customer", "name", "somebody", NULL);
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM step"), ==, 100);
  g_assert_cmpint (world_int (f->wang, "SELECT count(*) FROM step_write"), ==, 100);
}

int
main (int argc, char **argv)
{
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  g_test_init (&argc, &argv, NULL);
  ADD ("/workspace/undo/values", test_values);
  ADD ("/workspace/undo/redo", test_redo);
  ADD ("/workspace/undo/changed-since", test_changed_since);
  ADD ("/workspace/undo/delete", test_delete);
  ADD ("/workspace/undo/children-of-others", test_children_of_others);
  ADD ("/workspace/undo/tags", test_tags);
  ADD ("/workspace/undo/transaction", test_transaction);
  ADD ("/workspace/undo/many", test_many);
  ADD ("/workspace/undo/one-of-several", test_one_of_several);
  ADD ("/workspace/undo/one-redone", test_one_redone);
  ADD ("/workspace/undo/import", test_import);
  ADD ("/workspace/undo/import-used", test_import_used);
  ADD ("/workspace/undo/bounded", test_bounded);
  return g_test_run ();
}
