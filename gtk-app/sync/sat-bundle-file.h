/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks for the file of changes to write or to read, and has SatSyncIndicator do it. */
#pragma once

#include "gtk-app/sync/sat-sync-indicator.h"

G_BEGIN_DECLS

/* WRITE, or read. ADDRESS: “file:///…”; "" asks the person for one, in a dialog before PARENT. */
void sat_bundle_file_run (SatSyncIndicator *sync,
                          GtkWindow *parent,
                          gboolean write,
                          const char *address);

G_END_DECLS
