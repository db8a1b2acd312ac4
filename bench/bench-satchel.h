/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the benchmarks share: customers, two replicas with no hub between them, and figures. */
#pragma once

#include "bench/bench-plain.h"
#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

/* Ends the program unless DONE, and says why (ERROR, which DONE may have set, or NULL). */
void bench_must (gboolean done, GError *const *error);
/* The processor's time that this process has used, in microseconds: other programs on the machine
 * are not in it, nor is waiting for the disk. */
gint64 bench_now (void);
double bench_seconds_since (gint64 begin);
/* A line of the results; GOAL "" for a plain figure, BETTER "lower" or "higher". */
void bench_print (
    const char *name, double value, const char *unit, const char *goal, const char *better);

/* The customers of the demo, N of them, always the same. */
BenchRow *bench_rows_new (guint n);
void bench_rows_free (BenchRow *rows, guint n);

/* DIR/NAME: founds the workspace if FOUNDER is NULL, else joins with what FOUNDER has. */
SatWorkspace *bench_replica_open (const char *dir,
                                  const char *name,
                                  SatWorkspace *founder,
                                  const SatCatalogue *catalogue);
/* Seconds that saving all rows as new customers takes, in one transaction. */
double bench_insert_tracked (SatWorkspace *replica, const BenchRow *rows, guint n);
/* VALUES into one field of the first N rows, in one transaction. */
void bench_edit_tracked (
    SatWorkspace *replica, const BenchRow *rows, guint n, guint field, char **values);
/* What FROM wrote comes to TO; the seconds that applying takes, without the search index. BYTES
 * gets the size of the texts. */
double bench_carry (SatWorkspace *from, SatWorkspace *to, gsize *bytes);
/* Seconds that bringing the search index up to date takes. */
double bench_index_all (SatWorkspace *replica);

G_END_DECLS
