/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `handover` and `assign --where` share: the slices with their progress, and how the counts
 * are said. */
#pragma once

#include "cli/sat-cli.h"
#include "core/workspace/sat-workspace-handover.h"

G_BEGIN_DECLS

/* Does all of HANDOVER, with progress on a terminal. Ctrl+C stops it between two slices: what was
 * done stays. */
gboolean sat_handing_run (SatCli *cli, SatHandover *handover, GError **error);
/* “customers: 12”, a line for each kind of record that goes. */
void sat_handing_say_counts (SatCli *cli, const SatHandover *handover);
/* Who will not see it, and that a book is not held here. */
void sat_handing_say_where (SatCli *cli, const SatHandover *handover);
/* The members records, moved, owners, objects, book, elsewhere, not_held and dry_run of an object
 * that is open. */
void sat_handing_emit (JsonBuilder *builder, const SatHandover *handover, gboolean dry_run);

G_END_DECLS
