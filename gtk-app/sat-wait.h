/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tells of work that takes longer than a person expects, in a toast that goes when it is over. Main
 * thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _SatWait SatWait;

/* Work began: after AFTER_MS a toast TEXT appears in the window that WIDGET is in. */
SatWait *sat_wait_begin (GtkWidget *widget, guint after_ms, const char *text);
/* It is over; accepts NULL. */
void sat_wait_end (SatWait *wait);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatWait, sat_wait_end)

G_END_DECLS
