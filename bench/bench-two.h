/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The work of two people who cannot reach each other, done by plain SQLite, by SQLite's session
 * extension with its rebaser, and by Satchel, in one process. */
#pragma once

#include "bench/bench-plain.h"

G_BEGIN_DECLS

/* Both begin with the N customers of ROWS. A edits the phone of a tenth of them; B the city of the
 * same, and the phone of a hundredth, so that these clash. Then each gets what the other wrote.
 * Prints lines as bench_print does. Writes below DIR. */
void bench_two (const char *dir, const SatCatalogue *catalogue, const BenchRow *rows, guint n);

G_END_DECLS
