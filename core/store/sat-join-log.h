/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the replica remembers of checkpoints it joins (apply/sat-join.h): the one that is half taken
 * in, and of which change-sets the state was joined, so that what they had seen is not known. All
 * writing functions want a transaction.
 *
 * A join under way is like a change-set half applied: registers are ahead of the vector until it is
 * done, or until the vector has come as far by other means. */
#pragma once

#include "core/store/sat-log.h"

G_BEGIN_DECLS

typedef struct
{
  SatId device;
  guint64 number;
} SatJoiningEntry;

typedef struct
{
  char *name; /* whatever its source knows it by; NULL: none is under way */
  char *book;
  GArray *vector;      /* SatJoiningEntry: what it covers */
  guint64 shards_done; /* of the state's, then of the unseen ones */
} SatJoining;

void sat_joining_clear (SatJoining *joining);
/* The one under way. One that the vector covers by now is none. */
gboolean sat_log_joining (SatReplica *replica, SatJoining *out, GError **error);
/* NULL, or its name NULL: none any more. */
gboolean sat_log_set_joining (SatReplica *replica, const SatJoining *joining, GError **error);
gboolean sat_log_set_shards_done (SatReplica *replica, guint64 n, GError **error);
/* Before a change-set of others is applied: what it writes to a shard that is done, and the
 * checkpoint has dropped, only a second look at that shard takes away. */
gboolean sat_log_restart_joining (SatReplica *replica, GError **error);

/* Is a change-set half applied, or a checkpoint half joined? Then the vectors do not say what is
 * here: nothing is told to anybody. */
gboolean sat_log_is_unfinished (SatReplica *replica, gboolean *unfinished, GError **error);

/* Does VECTOR cover WANTED (SatJoiningEntry)? */
gboolean sat_log_covers (SatReplica *replica, const SatVector *vector, const GArray *wanted);

/* ---- what was joined ---- */

/* The change-sets of DEVICE from FROM to NUMBER were joined: what they had seen is not known,
 * except what the last one had (sat_log_last), as the difference to which the next one comes. */
gboolean sat_log_add_joined (SatReplica *replica,
                             guint32 book,
                             guint32 device,
                             guint64 from,
                             guint64 number,
                             GError **error);
/* Is change-set NUMBER, which the vector covers, not among those? */
gboolean sat_log_was_applied (SatReplica *replica,
                              guint32 book,
                              guint32 device,
                              guint64 number,
                              gboolean *applied,
                              GError **error);

/* Are there any in BOOK? */
gboolean sat_log_has_joined (SatReplica *replica, guint32 book, gboolean *joined, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatJoining, sat_joining_clear)

G_END_DECLS
