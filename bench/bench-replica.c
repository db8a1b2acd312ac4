/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tracking costs: customers written through the façade, and remote changes applied, each
 * beside the plain SQLite work it amounts to, in one process on one machine.
 *
 *   bench-replica DIR CUSTOMERS      prints lines: NAME | VALUE | UNIT | GOAL | lower or higher
 *
 * A line without a goal is a plain figure. */
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench/bench-plain.h"
#include "cli/demo/sat-demo-text.h"
#include "core/workspace/sat-exchange.h"

#define ROUNDS 5

static void
must (gboolean done, GError *error)
{
  if (done)
    return;
  g_printerr ("bench: %s\n", error ? error->message : "failed");
  exit (1);
}

static double
seconds_since (gint64 begin)
{
  return (double) (g_get_monotonic_time () - begin) / 1e6;
}

static void
print (const char *name, double value, const char *unit, const char *goal, const char *better)
{
  g_print ("%s|%.3f|%s|%s|%s\n", name, value, unit, goal, better);
}

/* ---- rows ---- */

typedef struct
{
  BenchRow *rows;
  guint at;
} Filling;

static void
fill (const char *field, const char *value, gpointer data)
{
  Filling *filling = data;

  for (guint i = 0; i < BENCH_FIELDS; i++)
    if (g_str_equal (field, bench_fields[i]))
      filling->rows[filling->at].values[i] = g_strdup (value);
}

static BenchRow *
make_rows (guint n)
{
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();
  g_autoptr (SatDemoPlan) plan = sat_demo_plan_new (words, n, 1);
  g_autoptr (SatPlatform) machine = sat_platform_new_seeded (1, 0);
  Filling filling = { g_new0 (BenchRow, n), 0 };

  for (; filling.at < n; filling.at++)
    {
      sat_platform_set_now (machine, G_GINT64_CONSTANT (1700000000000) + filling.at);
      sat_id_new (machine, &filling.rows[filling.at].id);
      sat_demo_customer_fields (words, plan, filling.at, fill, &filling);
    }
  return filling.rows;
}

/* ---- two replicas with no hub between them ---- */

static GBytes *
text_of (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  GPtrArray *sealed = data;

  (void) device;
  (void) error;
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      if (one->number == number && g_str_equal (one->book, book))
        return g_bytes_ref (one->text);
    }
  return NULL;
}

/* What FROM wrote comes to TO; the seconds that applying takes, without the search index. BYTES
 * gets the size of the texts. */
static double
carry (SatWorkspace *from, SatWorkspace *to, gsize *bytes)
{
  GError *error = NULL;
  SatInboxProgress progress = { 0 };

  must (sat_workspace_seal (from, &error), error);
  g_autoptr (GPtrArray) sealed = sat_workspace_unpushed (from, G_MAXSIZE, &error);
  must (sealed != NULL, error);

  gint64 begin = g_get_monotonic_time ();
  g_autoptr (SatInbox) inbox = sat_inbox_new (to, text_of, sealed);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      sat_inbox_offer (inbox, one->book, sat_workspace_device (from));
    }
  while (!progress.done)
    must (sat_inbox_step (inbox, 0, &progress, &error), error);
  double seconds = seconds_since (begin);

  must (progress.quarantined == 0 && progress.waiting == 0, NULL);
  *bytes = 0;
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      *bytes += g_bytes_get_size (one->text);
      must (sat_workspace_mark_pushed (from, one->book, one->number, &error), error);
    }
  return seconds;
}

static double
index_all (SatWorkspace *replica)
{
  gint64 begin = g_get_monotonic_time ();
  GError *error = NULL;
  gboolean more = TRUE;

  while (more)
    must (sat_workspace_index_step (replica, 0, &more, &error), error);
  return seconds_since (begin);
}

static SatWorkspace *
open_replica (const char *dir,
              const char *name,
              SatWorkspace *founder,
              const SatCatalogue *catalogue)
{
  static const char *const books[] = { "customers", NULL };
  g_autofree char *home = g_build_filename (dir, name, NULL);
  GError *error = NULL;
  SatWorkspace *replica = sat_workspace_create (home, NULL, catalogue, "", &error);
  gsize bytes;

  must (replica != NULL, error);
  if (founder)
    carry (founder, replica, &bytes);
  else
    must (sat_workspace_found (replica, "bench", "CNY", books, &error), error);
  must (sat_workspace_join (replica, name, name, name, NULL, &error), error);
  return replica;
}

static double
insert_tracked (SatWorkspace *replica, const BenchRow *rows, guint n)
{
  const SatObject *object = sat_catalogue_find (sat_workspace_catalogue (replica), "customer");
  GError *error = NULL;
  gint64 begin = g_get_monotonic_time ();

  must (sat_workspace_begin (replica, &error), error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (object);
      SatId id;

      sat_draft_set_id (draft, &rows[i].id);
      for (guint field = 0; field < BENCH_FIELDS; field++)
        sat_draft_set (draft, sat_object_find (object, bench_fields[field]), rows[i].values[field]);
      must (sat_workspace_save (replica, draft, &id, &error), error);
    }
  must (sat_workspace_commit (replica, &error), error);
  return seconds_since (begin);
}

/* VALUES into one field of every row. */
static void
edit_tracked (SatWorkspace *replica, const BenchRow *rows, guint n, guint field, char **values)
{
  const SatObject *object = sat_catalogue_find (sat_workspace_catalogue (replica), "customer");
  GError *error = NULL;

  must (sat_workspace_begin (replica, &error), error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SatRecord) record = sat_workspace_load (replica, object, &rows[i].id, &error);
      must (record != NULL, error);
      g_autoptr (SatDraft) draft = sat_draft_edit (record);
      SatId id;

      sat_draft_set (draft, sat_object_find (object, bench_fields[field]), values[i]);
      must (sat_workspace_save (replica, draft, &id, &error), error);
    }
  must (sat_workspace_commit (replica, &error), error);
}

/* ---- the runs ---- */

/* Returns the floor with its rows, for the next run. */
static BenchPlain *
bench_insert (const char *dir, const BenchRow *rows, guint n, SatWorkspace *replica)
{
  BenchPlain *floors[2];
  double plain[2];

  for (guint search = 0; search < 2; search++)
    {
      g_autofree char *path = g_build_filename (dir, search ? "search.db" : "plain.db", NULL);
      gint64 begin;

      floors[search] = bench_plain_new (path, search == 1);
      begin = g_get_monotonic_time ();
      bench_plain_insert (floors[search], rows, n);
      plain[search] = seconds_since (begin);
    }
  bench_plain_close (floors[1]);
  double tracked = insert_tracked (replica, rows, n);

  print ("new customers in plain SQLite", n / plain[0], "per s", "", "higher");
  print ("new customers in plain SQLite with FTS5", n / plain[1], "per s", "", "higher");
  print ("new customers in Satchel", n / tracked, "per s", "", "higher");
  print ("inserting, times plain SQLite with FTS5", tracked / plain[1], "x", "1.2", "lower");
  return floors[0];
}

static void
bench_first (SatWorkspace *from, SatWorkspace *to, guint n)
{
  gsize bytes;
  double applied = carry (from, to, &bytes), indexed = index_all (to);

  print ("customers received for the first time", n / applied, "per s", "", "higher");
  print ("customers indexed for search", n / indexed, "per s", "", "higher");
  print ("change-set text of a customer", (double) bytes / n, "bytes", "", "lower");
}

static void
bench_apply (const BenchRow *rows, guint n, BenchPlain *floor, SatWorkspace *from, SatWorkspace *to)
{
  double plain = 0, applied = 0, indexed = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_auto (GStrv) values = g_new0 (char *, n + 1);
      gint64 begin;
      gsize bytes;

      for (guint i = 0; i < n; i++)
        values[i] = g_strdup_printf ("021-555%u %04u", round, i % 10000);
      begin = g_get_monotonic_time ();
      bench_plain_update (floor, rows, n, BENCH_PHONE, values);
      plain += seconds_since (begin);
      edit_tracked (from, rows, n, BENCH_PHONE, values);
      applied += carry (from, to, &bytes);
      indexed += index_all (to);
    }
  print ("field changes as plain SQLite upserts", ROUNDS * n / plain, "per s", "", "higher");
  print ("remote field changes applied", ROUNDS * n / applied, "per s", "", "higher");
  print ("remote field changes indexed", ROUNDS * n / indexed, "per s", "", "higher");
  print ("applying remote changes, times plain SQLite upserts", applied / plain, "x", "1.2",
         "lower");
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  if (argc != 3)
    return 2;
  guint n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  must (catalogue != NULL, error);
  BenchRow *rows = make_rows (n);
  g_autoptr (SatWorkspace) a = open_replica (argv[1], "a", NULL, catalogue);
  g_autoptr (SatWorkspace) b = open_replica (argv[1], "b", a, catalogue);
  BenchPlain *floor = bench_insert (argv[1], rows, n, a);

  bench_first (a, b, n);
  bench_apply (rows, n, floor, a, b);
  bench_plain_close (floor);
  for (guint i = 0; i < n; i++)
    for (guint field = 0; field < BENCH_FIELDS; field++)
      g_free (rows[i].values[field]);
  g_free (rows);
  return 0;
}
