/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record that people see, from its row. */
#pragma once

#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

/* Each field's shown value, also one that the column cannot hold, and the dots of all its siblings;
 * what is in conflict and what the catalogue does not allow. ROW is of a known object; of one that
 * was read for a list, pictures seem empty. */
SatRecord *
sat_read_record (SatReplica *replica, SatRow *row, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
