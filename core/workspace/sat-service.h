/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replica for a program with a main loop: one writer thread, a few readers, results delivered
 * in the main context. Signal "changed" (no arguments): something was committed, by this process or
 * another (noticed within half a second); emitted at most once per main-loop turn. Before it
 * "reshaped" (no arguments), if sat_service_catalogue is another one now; the old ones stay valid
 * as long as the service is there. */
#pragma once

#include <gio/gio.h>

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

#define SAT_TYPE_SERVICE (sat_service_get_type ())
G_DECLARE_FINAL_TYPE (SatService, sat_service, SAT, SERVICE, GObject)

/* Opens the replica in HOME. Blocks for the opening only. */
SatService *sat_service_new (const char *home, GError **error) G_GNUC_WARN_UNUSED_RESULT;

const SatCatalogue *sat_service_catalogue (SatService *self);
const char *sat_service_home (SatService *self);

/* Work done on one of the threads with its own WORKSPACE. Returns the result, NULL on failure (or
 * for "nothing", without an error). */
typedef gpointer (*SatServiceFunc) (SatWorkspace *workspace,
                                    gpointer data,
                                    GCancellable *cancellable,
                                    GError **error);

/* Runs FUNC on a reader thread / on the writer thread; writes run one after another in order. DATA
 * is freed by FREE_DATA on that thread, a result nobody takes by FREE_RESULT. */
void sat_service_read (SatService *self,
                       SatServiceFunc func,
                       gpointer data,
                       GDestroyNotify free_data,
                       GDestroyNotify free_result,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
void sat_service_write (SatService *self,
                        SatServiceFunc func,
                        gpointer data,
                        GDestroyNotify free_data,
                        GDestroyNotify free_result,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* The result of either; the caller's. */
gpointer sat_service_finish (SatService *self, GAsyncResult *result, GError **error);

G_END_DECLS
