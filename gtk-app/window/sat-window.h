/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: the sidebar, and beside it one page at a time with a way back.
 *
 * Widgets inside ask for things by action and need not know the window:
 *   win.show (s)        a place: an object's name, "conflicts" or "books"
 *   win.open (ss)       a record: object ("" if not known), id
 *   win.edit (sss)      a record with the cursor in a field: object, id, field
 *   win.new (sss)       a new record: object, field ("" for none), value of that field
 *   win.new-here        a new record of the kind that the page shows
 *   win.import-here     records of that kind from a file
 *   win.import (ss)     records from a file: object, its address (“file:///…”)
 *   win.export-here     the list that is shown, to a file
 *   win.export (ss)     records to a file: object, its address; its ending says the format
 *   win.conflict (sss)  a conflict: object, id, field ("" for the record's first)
 *   win.approvals (i)   the page of approvals: which of them (SatApprovalsWhich)
 *   win.write-bundle (s), win.read-bundle (s)
 *                       changes to or from a file: its address, "" asks for one
 *   win.compare (sss)   two records that may be one: object, id, id
 *   win.assign          another owner or book for the record that the page shows
 *   win.hand-over       another owner for everything that the user on the page owns
 *   win.preferences
 *   win.back, win.search, win.go, win.sync, win.save, win.delete, win.escape */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"
#include "gtk-app/window/sat-page.h"

G_BEGIN_DECLS

#define SAT_TYPE_WINDOW (sat_window_get_type ())
G_DECLARE_FINAL_TYPE (SatWindow, sat_window, SAT, WINDOW, AdwApplicationWindow)

/* Opens the replica in HOME, or offers to join a workspace if there is none. */
SatWindow *sat_window_new (GtkApplication *application, const char *home);

/* NULL while there is no workspace. */
SatService *sat_window_get_service (SatWindow *self);
/* What is shown beside the sidebar; NULL while there is no workspace. */
SatPage *sat_window_get_page (SatWindow *self);
/* Is an exchange with the hub under way? */
gboolean sat_window_is_syncing (SatWindow *self);

/* FILE was opened with the program: shows what would be imported from it, of the kind that it looks
 * like; once a workspace is joined, if there is none. */
void sat_window_open_file (SatWindow *self, GFile *file);

/* Exchanges changes also when nobody asks, also once a workspace is joined. */
void sat_window_set_automatic (SatWindow *self);
/* The session is about to end: changes are exchanged once more, and while something typed is not
 * saved the session manager is told so, which asks the person. Nothing is waited for. */
void sat_window_log_out (SatWindow *self);

G_END_DECLS
