/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Attached files in and out, on the threads of the service: both ways they are read whole. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* Keeps FILE. The result (sat_service_finish) is the value that says it; free it with g_free. */
void sat_file_work_attach (SatService *service,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Writes the file that VALUE says to TARGET, over what is there; NULL: to a folder of its own that
 * only this account can read, for a program to show it from. The result is a GFile. */
void sat_file_work_write (SatService *service,
                          const char *value,
                          GFile *target,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

G_END_DECLS
