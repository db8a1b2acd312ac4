/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where breaches are kept (sat-workspace-breach.h): lines of this replica's settings. Private to
 * core/workspace. */
#pragma once

#include "core/workspace/sat-workspace-breach.h"

G_BEGIN_DECLS

/* In a transaction of its own, as many of BREACHES (SatBreach) as there is room for. */
gboolean sat_breach_notes_add (SatWorkspace *workspace, const GPtrArray *breaches, GError **error);

G_END_DECLS
