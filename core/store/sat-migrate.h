/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of an older Satchel become those of this one. */
#pragma once

#include "core/store/sat-db.h"

G_BEGIN_DECLS

/* In a write transaction: brings the fixed tables, and what the object tables hold beside the
 * fields, from VERSION to SAT_SCHEMA_VERSION. */
gboolean sat_migrate (SatDb *db, int version, GError **error);

G_END_DECLS
