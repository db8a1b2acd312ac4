/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What tracking costs: customers written through the façade, and remote changes applied, each
 * beside the plain SQLite work it amounts to, in one process on one machine.
 *
 *   bench-replica DIR CUSTOMERS [one|two]   prints lines: NAME | VALUE | UNIT | GOAL | lower or
 * higher
 *
 * `one`: one person writes, the other receives; `two`: both write, and exchange; else both.
 *
 * A line without a goal is a plain figure. */
#include <glib/gstdio.h>
#include <stdlib.h>

#include "bench/bench-satchel.h"
#include "bench/bench-two.h"

#define ROUNDS 5

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

      floors[search] = bench_plain_new (path, sat_workspace_catalogue (replica), search == 1);
      begin = bench_now ();
      bench_plain_insert (floors[search], rows, n);
      plain[search] = bench_seconds_since (begin);
    }
  bench_plain_close (floors[1]);
  double tracked = bench_insert_tracked (replica, rows, n);

  bench_print ("new customers in plain SQLite", n / plain[0], "per s", "", "higher");
  bench_print ("new customers in plain SQLite with FTS5", n / plain[1], "per s", "", "higher");
  bench_print ("new customers in Satchel", n / tracked, "per s", "", "higher");
  bench_print ("inserting, times plain SQLite with FTS5", tracked / plain[1], "x", "1.2", "lower");
  return floors[0];
}

static void
bench_first (SatWorkspace *from, SatWorkspace *to, guint n)
{
  gsize bytes;
  double applied = bench_carry (from, to, &bytes), indexed = bench_index_all (to);

  bench_print ("customers received for the first time", n / applied, "per s", "", "higher");
  bench_print ("customers indexed for search", n / indexed, "per s", "", "higher");
  bench_print ("change-set text of a customer", (double) bytes / n, "bytes", "", "lower");
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
      begin = bench_now ();
      bench_plain_update (floor, rows, n, BENCH_PHONE, values);
      plain += bench_seconds_since (begin);
      bench_edit_tracked (from, rows, n, BENCH_PHONE, values);
      applied += bench_carry (from, to, &bytes);
      indexed += bench_index_all (to);
    }
  bench_print ("field changes as plain SQLite upserts", ROUNDS * n / plain, "per s", "", "higher");
  bench_print ("remote field changes applied", ROUNDS * n / applied, "per s", "", "higher");
  bench_print ("remote field changes indexed", ROUNDS * n / indexed, "per s", "", "higher");
  bench_print ("applying remote changes, times plain SQLite upserts", applied / plain, "x", "1.2",
               "lower");
}

static void
bench_one (const char *dir, const BenchRow *rows, guint n, const SatCatalogue *catalogue)
{
  g_autoptr (SatWorkspace) a = bench_replica_open (dir, "a", NULL, catalogue);
  g_autoptr (SatWorkspace) b = bench_replica_open (dir, "b", a, catalogue);
  BenchPlain *floor = bench_insert (dir, rows, n, a);

  bench_first (a, b, n);
  bench_apply (rows, n, floor, a, b);
  bench_plain_close (floor);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  if (argc != 3 && argc != 4)
    return 2;
  const char *part = argc == 4 ? argv[3] : "all";
  guint n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  bench_must (catalogue != NULL, &error);
  BenchRow *rows = bench_rows_new (n);

  if (!g_str_equal (part, "two"))
    bench_one (argv[1], rows, n, catalogue);
  if (!g_str_equal (part, "one"))
    bench_two (argv[1], catalogue, rows, n);
  bench_rows_free (rows, n);
  return 0;
}
