/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the time of an exchange goes: two replicas and a hub that is a folder, with the work that
 * the peers were measured with. A has CUSTOMERS; B takes them; then A edits the telephone of a
 * tenth of them, B the city of the same ones and the telephone of a hundredth; both exchange.
 *
 *   bench-sync DIR CUSTOMERS      prints lines: NAME | VALUE | UNIT | GOAL | lower or higher */
#include <stdlib.h>

#include "bench/bench-satchel.h"
#include "sync/sat-sync.h"

#define PHASES (SAT_PHASE_INDEX + 1)

typedef struct
{
  double ms[PHASES];
  gint64 begin;
  SatPhase phase;
} Split;

/* A phase's first call says that it has begun. */
static void
note_phase (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  Split *split = data;
  gint64 now = g_get_monotonic_time ();

  (void) done;
  (void) total;
  split->ms[split->phase] += (double) (now - split->begin) / 1e3;
  split->begin = now;
  split->phase = phase;
}

static void
exchange (SatWorkspace *replica, const char *what)
{
  Split split = { .begin = g_get_monotonic_time (), .phase = SAT_PHASE_SEAL };
  gint64 cpu = bench_now ();
  SatSyncResult result;
  GError *error = NULL;

  bench_must (sat_sync_run (replica, 0, NULL, note_phase, &split, &result, &error), &error);
  note_phase (SAT_PHASE_INDEX, 0, 0, &split);
  for (guint phase = 0; phase < PHASES; phase++)
    {
      g_autofree char *name = g_strdup_printf ("sync, %s: %s", what,
                                               sat_phase_name ((SatPhase) phase));
      bench_print (name, split.ms[phase], "ms", "", "lower");
    }
  g_autofree char *all = g_strdup_printf ("sync, %s: processor time of all", what);
  g_autofree char *sent = g_strdup_printf ("sync, %s: sent", what);
  g_autofree char *received = g_strdup_printf ("sync, %s: received", what);

  bench_print (all, bench_seconds_since (cpu) * 1000, "ms", "", "lower");
  bench_print (sent, (double) result.sent_bytes / 1000, "kB", "", "lower");
  bench_print (received, (double) result.received_bytes / 1000, "kB", "", "lower");
}

static char **
numbered (const char *start, guint n)
{
  char **values = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    values[i] = g_strdup_printf ("%s%04u", start, i % 10000);
  return values;
}

static SatWorkspace *
join (const char *dir, const char *hub, const char *name, const SatCatalogue *catalogue)
{
  g_autofree char *home = g_build_filename (dir, name, NULL);
  GError *error = NULL;
  SatWorkspace *replica = sat_sync_join (home, NULL, catalogue, hub, name, name, name, NULL, NULL,
                                         NULL, NULL, &error);

  bench_must (replica != NULL, &error);
  return replica;
}

static void
run (const char *dir, const BenchRow *rows, guint n, const SatCatalogue *catalogue)
{
  g_autofree char *hub = g_build_filename (dir, "sync-hub.git", NULL);
  g_auto (GStrv) phones = numbered ("021-5555 ", n / 10);
  g_auto (GStrv) others = numbered ("021-6666 ", n / 100);
  g_auto (GStrv) cities = numbered ("Port ", n / 10);
  GError *error = NULL;

  bench_must (sat_sync_init_hub (hub, NULL, catalogue, "Bench", "CNY", NULL, NULL, &error), &error);
  g_autoptr (SatWorkspace) a = join (dir, hub, "sync-a", catalogue);
  g_autoptr (SatWorkspace) b = join (dir, hub, "sync-b", catalogue);

  bench_insert_tracked (a, rows, n);
  exchange (a, "all customers sent");
  exchange (b, "all customers received");
  bench_edit_tracked (a, rows, n / 10, BENCH_PHONE, phones);
  bench_edit_tracked (b, rows, n / 10, BENCH_CITY, cities);
  bench_edit_tracked (b, rows, n / 100, BENCH_PHONE, others);
  exchange (a, "edits sent");
  exchange (b, "edits received, others sent");
  exchange (a, "edits received");
  bench_must (sat_workspace_n_conflicts (a) == n / 100, NULL);
}

int
main (int argc, char **argv)
{
  GError *error = NULL;

  if (argc != 3)
    return 2;
  guint n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  bench_must (catalogue != NULL, &error);
  BenchRow *rows = bench_rows_new (n);

  run (argv[1], rows, n, catalogue);
  bench_rows_free (rows, n);
  return 0;
}
