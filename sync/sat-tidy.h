/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keeping a hub that is a folder small: every push leaves a pack there, and what branches no longer
 * reach stays. A git server does this itself (git gc). */
#pragma once

#include "sync/sat-sync.h"

G_BEGIN_DECLS

/* It is time when there are more packs than this. */
#define SAT_TIDY_PACKS 64
/* How many packs the repository at PATH has. */
guint sat_tidy_count (const char *path);

/* Writes all that the refs of the repository at PATH reach into one pack, and removes the packs of
 * which that has all; of the others those that are older than it by GRACE_S seconds or more (by
 * their times in that folder, not by this computer's clock): what is younger may belong to a push
 * that has not set its branch yet. Others may read and write meanwhile. Does nothing while somebody
 * else tidies it, or where git's own maintenance keeps an index of several packs. */
gboolean sat_tidy (const char *path, gint64 grace_s, SatTidied *out, GError **error);

G_END_DECLS
