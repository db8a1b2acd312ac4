/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A SQLite VFS on a disk whose power can be cut: what was written since the last sync of a file is
 * kept apart, and when the power goes a random part of it, by sectors of 512 bytes, is there and
 * the rest is not. One process, one thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Makes it the default VFS of this process. */
void power_install (void);

/* Forgets all files; writes, syncs and truncations are counted from 0, and the power goes with the
 * one that has the number AT (0: never). RAND decides what is left. */
void power_begin (guint at, GRand *rand);
guint power_operations (void);
/* From then on everything fails. */
gboolean power_is_cut (void);
/* All connections are closed: makes the files what was left of them, and turns the power on. */
void power_restore (void);

G_END_DECLS
