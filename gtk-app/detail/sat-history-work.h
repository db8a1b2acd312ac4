/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the history of a record has done: a change taken back, or an old value brought back
 * (core/workspace/sat-workspace-revert.h), and a toast that says what came of it and offers to undo
 * it. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* Changes of one record that are taken back together. */
typedef struct _SatHistoryWish SatHistoryWish;

SatHistoryWish *sat_history_wish_new (const SatObject *object,
                                      const SatId *id) G_GNUC_WARN_UNUSED_RESULT;
void sat_history_wish_free (gpointer wish);
/* That CHANGE be taken back. */
void sat_history_wish_add (SatHistoryWish *wish, const SatChange *change);
guint sat_history_wish_length (const SatHistoryWish *wish);
/* Instead: that its field have the value of CHANGE again. */
void sat_history_wish_value (SatHistoryWish *wish, const SatChange *change);

/* Does it, and tells of it in the window that WIDGET is in. WISH is copied. */
void sat_history_wish_do (const SatHistoryWish *wish, GtkWidget *widget, SatService *service);

G_END_DECLS
