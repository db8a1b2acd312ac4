/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This device's own writes: one transaction, one stamp, nothing half done. */
#include "core/apply/sat-local.h"

#include <string.h>

#include "core/store/sat-log.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *laptop;
  SatReplica *replica;
  guint32 book;
  SatId id;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, &f->laptop, 1);
  f->replica = world_replica (f->laptop);
  f->book = (guint32) world_int (f->laptop, "SELECT number FROM book WHERE key = 'customers'");
  f->id = record_new (f->laptop, "thing", "name", "one", "count", "1", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

static gboolean
edit_value (Fixture *f, SatLocal *local, const char *name, const char *value, GError **error)
{
  SatEdit edit = { .field = world_field (f->laptop, "thing", name), .value = value };
  SatEditKind kind = { .life = SAT_LIFE_LIVE };

  return sat_local_edit (local, edit.field->object, &f->id, f->book, &edit, 1, &kind, error);
}

static gboolean
edit_element (Fixture *f, SatLocal *local, const char *element, gboolean drop, GError **error)
{
  SatEdit edit = { .field = world_field (f->laptop, "thing", "tags"),
                   .element = element,
                   .drop = drop };
  SatEditKind kind = { .life = SAT_LIFE_LIVE };

  return sat_local_edit (local, edit.field->object, &f->id, f->book, &edit, 1, &kind, error);
}

/* A value that no other replica could decode is refused before anything is written. */
static void
test_impossible_values (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatLocal *local = sat_local_begin (f->replica, &error);
  g_autofree char *too_long = g_strnfill (SAT_VALUE_MAX + 1, 'x');
  g_autofree char *long_tag = g_strnfill (SAT_ELEMENT_MAX + 1, 'x');

  g_assert_false (edit_value (f, local, "name", "", &error));
  assert_error (&error, SAT_ERROR_INVALID, "name: the text is empty");
  g_assert_false (edit_value (f, local, "name", "a\001b", &error));
  assert_error (&error, SAT_ERROR_INVALID, "name: the text is empty or holds control");
  g_assert_false (edit_value (f, local, "name", "a\x7f", &error));
  assert_error (&error, SAT_ERROR_INVALID, "name: the text");
  g_assert_false (edit_value (f, local, "name", "a\xff", &error));
  assert_error (&error, SAT_ERROR_INVALID, "name: the text");
  g_assert_false (edit_value (f, local, "note", too_long, &error));
  assert_error (&error, SAT_ERROR_TOO_LONG, "note: the text is too long");
  g_assert_false (edit_element (f, local, long_tag, FALSE, &error));
  assert_error (&error, SAT_ERROR_TOO_LONG, "tags: the text is too long");
  g_assert_false (edit_element (f, local, "a\nb", FALSE, &error));
  assert_error (&error, SAT_ERROR_INVALID, "tags: the text");
  g_assert_true (edit_value (f, local, "name", "two", &error));
  g_assert_true (sat_local_commit (local, &error));
  g_assert_no_error (error);
  assert_value (f->laptop, "thing", &f->id, "name", "two");
  assert_value (f->laptop, "thing", &f->id, "tags", NULL);
}

static void
test_too_many_edits (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatLocal *local = sat_local_begin (f->replica, &error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autoptr (GStringChunk) names = g_string_chunk_new (4096);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };

  for (guint i = 0; i < SAT_CHANGE_SET_MAX_RECORD_OPS; i++)
    {
      SatEdit edit = { .field = world_field (f->laptop, "thing", "tags") };
      g_autofree char *name = g_strdup_printf ("t%05u", i);

      edit.element = g_string_chunk_insert (names, name);
      g_array_append_val (edits, edit);
    }
  g_assert_false (sat_local_edit (local, world_object (f->laptop, "thing"), &f->id, f->book,
                                  (SatEdit *) (void *) edits->data, edits->len, &kind, &error));
  assert_error (&error, SAT_ERROR_TOO_LONG, "these are too many changes");
  sat_local_abort (local);
}

/* The database refuses a write half way: nothing of the transaction can be committed any more. */
static void
test_broken_transaction (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId other;

  world_exec (f->laptop, "CREATE TEMP TRIGGER no_room BEFORE UPDATE ON main.o_thing"
                         " BEGIN SELECT RAISE (ABORT, 'no room'); END");
  sat_workspace_begin (f->laptop, &error);
  g_assert_no_error (error);
  other = record_new (f->laptop, "thing", "name", "other", NULL);
  {
    g_autoptr (SatRecord) record = record_load (f->laptop, "thing", &f->id);
    g_autoptr (SatDraft) draft = sat_draft_edit (record);

    sat_draft_set (draft, world_field (f->laptop, "thing", "name"), "never");
    g_assert_false (sat_workspace_save (f->laptop, draft, NULL, &error));
    assert_error (&error, SAT_ERROR_FAILED, "the replica's database failed: no room");
    g_assert_false (sat_workspace_save (f->laptop, draft, NULL, &error));
    assert_error (&error, SAT_ERROR_FAILED, "the changes could not all be written");
  }
  g_assert_false (sat_workspace_commit (f->laptop, &error));
  assert_error (&error, SAT_ERROR_FAILED, "the changes could not all be written");
  world_exec (f->laptop, "DROP TRIGGER temp.no_room");
  g_assert_null (sat_workspace_load (f->laptop, world_object (f->laptop, "thing"), &other, NULL));
  assert_value (f->laptop, "thing", &f->id, "name", "one");
  record_set (f->laptop, "thing", &f->id, "name", "two");
  assert_healthy (f->laptop);
}

/* All writes of one transaction carry one stamp; the next one's is later though the clock stands.
 */
static void
test_stamps (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatLocal *local = sat_local_begin (f->replica, &error);
  SatHlc first, second;

  g_assert_true (edit_value (f, local, "name", "two", &error));
  first = sat_local_hlc (local);
  g_assert_true (edit_value (f, local, "count", "2", &error));
  g_assert_cmpuint (sat_local_hlc (local), ==, first);
  g_assert_true (sat_local_commit (local, &error));
  local = sat_local_begin (f->replica, &error);
  g_assert_cmpuint (sat_local_hlc (local), ==, 0);
  g_assert_true (edit_value (f, local, "name", "three", &error));
  second = sat_local_hlc (local);
  sat_local_abort (local);
  g_assert_cmpuint (second, >, first);
  g_assert_cmpuint (sat_log_hlc (f->replica), ==, first);
}

/* A foreign clock drags ours along, but not beyond the bound; also in the far future, where stamps
 * have their highest bit set. */
static void
test_hear (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 now = sat_platform_now_ms (f->world.platform);
  SatHlc ahead = sat_hlc_from_ms (now + SAT_HLC_DRAG_BOUND_MS - 1000);
  SatLocal *local = sat_local_begin (f->replica, &error);

  sat_local_hear (local, ahead);
  sat_local_hear (local, sat_hlc_from_ms (now + 2 * SAT_HLC_DRAG_BOUND_MS));
  sat_local_hear (local, sat_hlc_from_ms (SAT_HLC_MAX_MS));
  g_assert_true (sat_local_commit (local, &error));
  g_assert_cmpuint (sat_log_hlc (f->replica), ==, ahead);

  sat_platform_set_now (f->world.platform, SAT_HLC_MAX_MS - 10 * SAT_HLC_DRAG_BOUND_MS);
  record_set (f->laptop, "thing", &f->id, "name", "far");
  SatHlc far = sat_log_hlc (f->replica);
  g_assert_cmpint ((gint64) far, <, 0);
  g_assert_cmpint (sat_hlc_ms (far), ==, sat_platform_now_ms (f->world.platform));
  record_set (f->laptop, "thing", &f->id, "name", "farther");
  g_assert_cmpuint (sat_log_hlc (f->replica), >, far);
  assert_value (f->laptop, "thing", &f->id, "name", "farther");
}

/* Open changes of several books are sealed together, each with the next number of its book. */
static void
test_seal_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatLocal *local;

  record_new (f->laptop, "product", "name", "Pump", NULL);
  local = sat_local_begin (f->replica, &error);
  g_assert_true (sat_local_seal (local, 0, &error));
  const SatVector *vector = sat_local_vector (local, f->book, &error);
  g_assert_cmpuint (sat_vector_get (vector, f->replica->me), ==, 1);
  g_assert_true (sat_local_commit (local, &error));
  g_assert_cmpint (world_int (f->laptop, "SELECT count(*) FROM open_record"), ==, 0);
  g_assert_cmpint (world_int (f->laptop, "SELECT sum(open_bytes) FROM book"), ==, 0);
  g_assert_cmpint (world_int (f->laptop, "SELECT count(*) FROM sealed WHERE number = 2"), ==, 1);
}

static void
test_abort (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *before = world_lines (f->laptop);
  g_autofree char *after = NULL;
  SatLocal *local = sat_local_begin (f->replica, &error);

  g_assert_true (edit_value (f, local, "name", "two", &error));
  g_assert_true (edit_element (f, local, "tag", FALSE, &error));
  g_assert_true (sat_local_seal (local, 0, &error));
  g_assert_true (edit_element (f, local, "tag", TRUE, &error));
  sat_local_abort (local);
  after = world_lines (f->laptop);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpint (world_int (f->laptop, "SELECT count(*) FROM open_extra"), ==, 0);
  g_assert_cmpint (world_history (f->laptop, NULL, NULL), ==, 0);
  assert_healthy (f->laptop);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/apply/local/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("impossible-values", test_impossible_values);
  ADD ("too-many-edits", test_too_many_edits);
  ADD ("broken-transaction", test_broken_transaction);
  ADD ("stamps", test_stamps);
  ADD ("hear", test_hear);
  ADD ("seal-all", test_seal_all);
  ADD ("abort", test_abort);
#undef ADD
  return g_test_run ();
}
