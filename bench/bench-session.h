/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SQLite's session extension: what its author offers for offline work. It records rows, loses the
 * loser of a clash unless the program keeps it, and wants one place that puts all change-sets into
 * an order. */
#pragma once

#include "bench/bench-plain.h"

G_BEGIN_DECLS

typedef struct _BenchSession BenchSession;

/* Begins to record what is done to PLAIN. */
BenchSession *bench_session_new (BenchPlain *plain);
void bench_session_free (BenchSession *session);
/* What was done since; g_free. */
GBytes *bench_session_take (BenchSession *session);

/* Applies CHANGES; what clashes is replaced. REBASE (may be NULL) gets what the local change-sets
 * must be rebased with. */
void bench_session_apply (BenchPlain *plain, GBytes *changes, GBytes **rebase);
/* CHANGES as if they had been made after those that REBASE comes from. */
GBytes *bench_session_rebase (GBytes *changes, GBytes *rebase);

G_END_DECLS
