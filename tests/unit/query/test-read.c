/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record shows when its columns alone do not say it. */
#include "core/query/sat-read.h"

#include <string.h>

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

/* Pushes what laptop 1 has written with FROM replaced by TO, as another program would have it. */
static void
push_changed (Fixture *f, const char *from, const char *to)
{
  const SatId *device = sat_workspace_device (f->all[1]);
  guint64 number;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (GString) out = NULL;

  world_push (&f->world, f->all[1]);
  number = sat_workspace_applied (f->all[1], "customers", device);
  text = world_text (&f->world, "customers", device, number);
  out = g_string_new_len (g_bytes_get_data (text, NULL), (gssize) g_bytes_get_size (text));
  g_assert_cmpuint (g_string_replace (out, from, to, 0), ==, 1);
  changed = g_bytes_new (out->str, out->len);
  world_put_text (&f->world, "customers", device, number, changed);
}

static void
assert_shown (
    SatWorkspace *workspace, const SatId *id, const char *name, const char *value, gboolean invalid)
{
  g_autoptr (SatRecord) record = record_load (workspace, "thing", id);
  const SatField *field = world_field (workspace, "thing", name);

  g_assert_cmpstr (sat_record_get (record, field), ==, value);
  g_assert_cmpint (sat_record_is_invalid (record, field), ==, invalid);
}

/* A value that the type cannot hold, and one that the catalogue does not list: stored, shown,
 * marked, and replaced by the next one. */
static void
test_invalid (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[1], "thing", "name", "one", "count", "5", "kind", "a", NULL);

  push_changed (f, " count=5\n kind=a\n", " count=five\n kind=newer\n");
  world_sync (&f->world, f->all[0]);
  assert_shown (f->all[0], &id, "count", "five", TRUE);
  assert_shown (f->all[0], &id, "kind", "newer", TRUE);
  assert_shown (f->all[0], &id, "name", "one", FALSE);
  record_set (f->all[0], "thing", &id, "name", "two");
  assert_shown (f->all[0], &id, "count", "five", TRUE);
  record_set (f->all[0], "thing", &id, "count", "6");
  record_set (f->all[0], "thing", &id, "kind", "b");
  assert_shown (f->all[0], &id, "count", "6", FALSE);
  assert_shown (f->all[0], &id, "kind", "b", FALSE);
  assert_healthy (f->all[0]);
}

/* The newest says "cleared": an older value of the wrong kind does not show. */
static void
test_cleared_over_invalid (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "count", "1", NULL);

  world_sync_all (&f->world, f->all, 2);
  record_set (f->all[1], "thing", &id, "count", "5");
  push_changed (f, " count=5\n", " count=five\n");
  world_tick (&f->world, 5000);
  record_set (f->all[0], "thing", &id, "count", NULL);
  world_sync (&f->world, f->all[0]);
  assert_shown (f->all[0], &id, "count", NULL, FALSE);
  g_autoptr (SatRecord) record = record_load (f->all[0], "thing", &id);
  guint n;
  sat_record_dots (record, world_field (f->all[0], "thing", "count"), &n);
  g_assert_cmpuint (n, ==, 2);
  record_set (f->all[0], "thing", &id, "count", "7");
  assert_shown (f->all[0], &id, "count", "7", FALSE);
}

/* Under max a readable value is shown whatever else there is. */
static void
test_readable_first (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", NULL);

  world_sync_all (&f->world, f->all, 2);
  world_tick (&f->world, 5000);
  record_set (f->all[0], "thing", &id, "high", "2");
  world_tick (&f->world, 5000);
  record_set (f->all[1], "thing", &id, "high", "5");
  push_changed (f, " high=5\n", " high=lots\n");
  world_sync (&f->world, f->all[0]);
  assert_shown (f->all[0], &id, "high", "2", FALSE);
}

/* Elements on a field that is no set, from a program where it is one: the plain value stays, and a
 * form has seen its dot. */
static void
test_elements_of_plain_field (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "email", "a@b.example", NULL);

  world_sync_all (&f->world, f->all, 2);
  record_set (f->all[1], "thing", &id, "tags", "+x");
  push_changed (f, " tags+x\n", " email+x\n");
  world_sync (&f->world, f->all[0]);
  assert_shown (f->all[0], &id, "email", "a@b.example", FALSE);
  record_set (f->all[0], "thing", &id, "email", "c@d.example");
  {
    g_autoptr (SatRecord) record = record_load (f->all[0], "thing", &id);
    guint n;

    sat_record_dots (record, world_field (f->all[0], "thing", "email"), &n);
    g_assert_cmpuint (n, ==, 1);
  }
  assert_healthy (f->all[0]);
}

static void
test_conflict_marks (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "one", "phone", "1", "price", "1.00 CNY",
                         NULL);

  world_sync_all (&f->world, f->all, 2);
  for (guint i = 0; i < 2; i++)
    {
      record_set (f->all[i], "thing", &id, "phone", i ? "2" : "3");
      record_set (f->all[i], "thing", &id, "price", "2.00 CNY");    /* the same: no question */
      record_set (f->all[i], "thing", &id, "count", i ? "2" : "3"); /* newest: none either */
    }
  world_sync_all (&f->world, f->all, 2);
  g_autoptr (SatRecord) record = record_load (f->all[0], "thing", &id);
  g_assert_cmpuint (sat_record_n_conflicts (record), ==, 1);
  g_assert_true (sat_record_in_conflict (record, world_field (f->all[0], "thing", "phone")));
  g_assert_cmpstr (sat_record_book (record), ==, "customers");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/query/read/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("invalid", test_invalid);
  ADD ("cleared-over-invalid", test_cleared_over_invalid);
  ADD ("readable-first", test_readable_first);
  ADD ("elements-of-plain-field", test_elements_of_plain_field);
  ADD ("conflict-marks", test_conflict_marks);
#undef ADD
  return g_test_run ();
}
