/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a company has changed its catalogue: tables, and what is derived from registers, follow in
 * the transaction that wrote the definitions, whoever wrote them. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

/* In a write transaction that is about to commit. Does nothing if it wrote no definitions. Engines
 * must be closed. What came before its definition takes effect. */
gboolean sat_reshape (SatReplica *replica, GError **error);

G_END_DECLS
