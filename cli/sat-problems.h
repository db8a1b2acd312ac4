/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is wrong with a file, for a person: what is wrong in many rows alike is said once. */
#pragma once

#include "cli/sat-grid.h"

G_BEGIN_DECLS

/* A table of PROBLEMS (SatImportProblem) to OUT, in the order in which each first appears, with the
 * rows (CARDS: the cards) it is in: the first few, and how many. The rest is counted in a last line
 * when there are too many different ones. */
void sat_problems_print (const GPtrArray *problems, gboolean cards, SatGridOut out, gpointer data);

G_END_DECLS
