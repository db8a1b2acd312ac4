/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chains over many pages, in transactions that end well or badly. */
#include "core/store/sat-history-log.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

#define RECORDS 3

typedef struct
{
  World world;
  SatWorkspace *laptop;
  SatReplica *replica;
  SatState *states[RECORDS];
  GPtrArray *expected[RECORDS]; /* values, the first first */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, &f->laptop, 1);
  f->replica = f->laptop->replica;
  for (guint i = 0; i < RECORDS; i++)
    {
      f->states[i] = sat_state_new ();
      f->states[i]->object = 900 + i;
      f->states[i]->row = i + 1;
      f->expected[i] = g_ptr_array_new_with_free_func (g_free);
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < RECORDS; i++)
    {
      sat_state_free (f->states[i]);
      g_ptr_array_unref (f->expected[i]);
    }
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

static void
add (Fixture *f, guint record, guint flags, const char *value)
{
  SatSibling sibling = { .dot = { 1, 1, 1 }, .hlc = 5, .field = 9, .value = value };
  gint64 before = f->states[record]->history;
  g_autoptr (GError) error = NULL;

  sat_log_add_history (f->replica, f->states[record], &sibling, flags, &error);
  g_assert_no_error (error);
  g_assert_cmpint (f->states[record]->history, >, before);
  g_ptr_array_add (f->expected[record], g_strdup (value));
}

static void
take (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  (void) entry;
  (void) flags;
  g_ptr_array_insert (data, 0, g_strdup (replaced->value));
}

static void
assert_chains (Fixture *f)
{
  for (guint i = 0; i < RECORDS; i++)
    {
      g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;

      sat_log_history (f->replica, f->states[i]->history, take, found, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, f->expected[i]->len);
      for (guint k = 0; k < found->len; k++)
        g_assert_cmpstr (found->pdata[k], ==, f->expected[i]->pdata[k]);
    }
}

/* In transactions of 1, 2, 4 ... entries, read in the middle and at the end. */
static void
add_many (Fixture *f)
{
  for (guint size = 1; size < 500; size *= 2)
    {
      g_assert_true (sat_replica_begin (f->replica, NULL));
      for (guint i = 0; i < size; i++)
        {
          g_autofree char *value = g_strdup_printf ("%u of %u", i, size);
          add (f, i % RECORDS, 0, value);
          if (i == size / 2)
            assert_chains (f);
        }
      g_assert_true (sat_replica_commit (f->replica, NULL));
      assert_chains (f);
    }
}

static void
test_chains (Fixture *f, gconstpointer data)
{
  g_autofree char *wide = g_strnfill (100000, 'w');

  (void) data;
  add_many (f);
  g_assert_true (sat_replica_begin (f->replica, NULL));
  for (guint i = 0; i < 10; i++)
    add (f, 0, 0, wide);
  g_assert_true (sat_replica_commit (f->replica, NULL));
  assert_chains (f);
  add_many (f);
}

/* What is rolled back was never there, and its numbers serve again. */
static void
test_rollback (Fixture *f, gconstpointer data)
{
  gint64 before;

  (void) data;
  add_many (f);
  before = f->states[0]->history;
  g_assert_true (sat_replica_begin (f->replica, NULL));
  for (guint i = 0; i < 100; i++)
    {
      add (f, 0, 0, "gone");
      g_ptr_array_set_size (f->expected[0], (gint) f->expected[0]->len - 1);
    }
  sat_replica_rollback (f->replica);
  f->states[0]->history = before;
  assert_chains (f);
  add_many (f);
  g_assert_cmpint (world_history (f->laptop, "gone", NULL), ==, 0);
}

static gboolean
drop_second (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  (void) number;
  (void) data;
  if (entry->object != 901)
    return FALSE;
  entry->flags |= SAT_HISTORY_GONE;
  return TRUE;
}

/* Entries that are taken away leave the others where they are. */
static void
test_edit (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  add_many (f);
  g_assert_true (sat_replica_begin (f->replica, NULL));
  g_assert_true (sat_log_edit_history (f->replica, drop_second, NULL, NULL));
  g_assert_true (sat_replica_commit (f->replica, NULL));
  g_assert_false (sat_log_history (f->replica, f->states[1]->history, take, NULL, &error));
  assert_error (&error, SAT_ERROR_DAMAGED, "the history of a record is damaged");
  f->states[1]->history = 0;
  g_ptr_array_set_size (f->expected[1], 0);
  assert_chains (f);
}

static gint64
listed (Fixture *f)
{
  return world_int (f->laptop, "SELECT count(*) FROM unseen");
}

static void
flags_of (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  (void) entry;
  (void) replaced;
  *(guint *) data = flags;
}

/* Unseen ones are listed when they are written, or known to be later. */
static void
test_unseen (Fixture *f, gconstpointer data)
{
  guint flags;

  (void) data;
  g_assert_true (sat_replica_begin (f->replica, NULL));
  add (f, 0, SAT_HISTORY_UNSEEN, "a");
  add (f, 0, SAT_HISTORY_UNSEEN | SAT_HISTORY_DRAFT, "b");
  add (f, 0, SAT_HISTORY_AUTO, "c");
  g_assert_cmpint (listed (f), ==, 1);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (sat_log_mark_unseen (f->replica, f->states[0]->history, NULL));
      g_assert_cmpint (listed (f), ==, 2);
    }
  g_assert_true (sat_log_history_entry (f->replica, f->states[0]->history, flags_of, &flags, NULL));
  g_assert_cmpuint (flags, ==, SAT_HISTORY_AUTO | SAT_HISTORY_UNSEEN);
  assert_chains (f);
  g_assert_true (sat_replica_commit (f->replica, NULL));
  assert_chains (f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/store/history-log/chains", Fixture, NULL, set_up, test_chains, tear_down);
  g_test_add ("/store/history-log/rollback", Fixture, NULL, set_up, test_rollback, tear_down);
  g_test_add ("/store/history-log/edit", Fixture, NULL, set_up, test_edit, tear_down);
  g_test_add ("/store/history-log/unseen", Fixture, NULL, set_up, test_unseen, tear_down);
  return g_test_run ();
}
