/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of the files that values say (value/sat-attachment.h), once each, whoever brought them.
 * They are in the database, so that a save, a backup and a copy of the replica take them along.
 * Nothing is ever taken out: undo and history may come back to any of them. */
#pragma once

#include "core/store/sat-replica.h"
#include "core/value/sat-attachment.h"

G_BEGIN_DECLS

gboolean sat_files_has (SatReplica *replica, const SatFile *file);
/* SatFileHasFunc; DATA is the replica. */
gboolean sat_files_has_data (const SatFile *file, gpointer data);
/* Keeps BYTES, which are FILE; nothing happens if they are here. */
gboolean sat_files_add (SatReplica *replica, const SatFile *file, GBytes *bytes, GError **error);
/* NULL with SAT_ERROR_NOT_FOUND: they are not here. */
GBytes *
sat_files_read (SatReplica *replica, const SatFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
