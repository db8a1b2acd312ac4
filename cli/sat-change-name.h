/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a change-set is called on the command line: BOOK:DEVICE:NUMBER, DEVICE by its short code, or
 * by its id where the code is not known here; NUMBER is “open” as long as it is not sealed. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Newly allocated. */
char *sat_change_name (const SatChange *change);
/* The first of CHANGES (SatChange) whose change-set NAME is; the device may be named by its code,
 * its id or at least six characters of that from its beginning. NULL: ERROR says why. */
const SatChange *sat_change_find (const GPtrArray *changes, const char *name, GError **error);

G_END_DECLS
