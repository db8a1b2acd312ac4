/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving what this replica wrote to another device: numbers are never used twice, so a replica that
 * finds itself to be a copy goes on as a new device (docs/architecture.md, "Copies").
 *
 * What stays the old device's are its sealed change-sets up to the fork: both copies have them, to
 * the byte. What comes after is the new device's, numbered from 1: always the open change-set; and
 * those that were sealed here but nobody has received, because another copy was the first to send
 * its own under the same numbers. Nothing but dots changes: values, stamps and what they replace
 * stay. */
#pragma once

#include "core/store/sat-log.h"

G_BEGIN_DECLS

/* FORKS: by book number, the last number that stays OLD's (it must be at most what OLD sealed; all
 * sealed texts after it must be here). In a write transaction in which nothing was written yet;
 * replica->me is not changed. */
gboolean sat_reissue (SatReplica *replica,
                      guint32 old_device,
                      guint32 new_device,
                      const SatVector *forks,
                      GError **error);

G_END_DECLS
