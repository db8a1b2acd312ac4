/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync/ needs of a replica for the files that come with change-sets. */
#pragma once

#include "core/value/sat-attachment.h"
#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

/* The bytes of FILE, which comes with a change-set that was sealed here. */
GBytes *sat_workspace_sealed_file (SatWorkspace *workspace,
                                   const SatFile *file,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* FILE, which comes with that change-set. Asked, with the data of TEXT, before it is applied, for
 * each that is not here. NULL with an error stops the applying. Without it files are not taken. */
typedef GBytes *(*SatChangeFileFunc) (const char *book,
                                      const SatId *device,
                                      guint64 number,
                                      const SatFile *file,
                                      gpointer data,
                                      GError **error);
void sat_inbox_set_files (SatInbox *inbox, SatChangeFileFunc file);

G_END_DECLS
