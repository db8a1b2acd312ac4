/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the window share. */
#pragma once

#include "gtk-app/export/sat-export-page.h"
#include "gtk-app/search/sat-go-palette.h"
#include "gtk-app/window/sat-join-page.h"
#include "gtk-app/window/sat-sidebar.h"
#include "gtk-app/window/sat-window.h"

G_BEGIN_DECLS

/* `trail` is the way the person came, the page shown last; a page is in it at most once. `kept` are
 * pages that were left with unsaved changes. Every page of either is a child of `content`; so are
 * the pages of `places` (lists, conflicts, books), which stay for good. */
struct _SatWindow
{
  AdwApplicationWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkStack *root;
  SatJoinPage *join;
  AdwStatusPage *failed;
  AdwLeaflet *leaflet;
  SatSidebar *sidebar;
  GtkStack *content;
  SatGoPalette *palette;

  SatService *service;
  char *home;
  GPtrArray *trail;   /* SatPage, not references */
  GPtrArray *kept;    /* SatPage, not references */
  GPtrArray *leaving; /* SatPage to be removed once the transition is over */
  GHashTable *places; /* name -> SatPage, not references */
  GHashTable *states; /* name -> SatListState: of lists that are to be made anew */
  gboolean closing;   /* the person said what becomes of unsaved changes */
  guint close_source;
  guint inhibited;      /* the session manager's cookie; 0: it has not been told of unsaved pages */
  guint inhibit_source; /* looks whether they are still there */
  GFile *opened;        /* a file that waits for a workspace, or NULL */
  gboolean automatic;   /* exchange changes also when nobody asks */
};

/* sat-window-actions.c */
void sat_window_install_actions (GtkWidgetClass *widget_class);
void sat_window_update_actions (SatWindow *self);

/* sat-window-close.c: TRUE if the window must stay open for now. */
gboolean sat_window_hold_close (SatWindow *self);
/* Nothing is unsaved any more. */
void sat_window_let_log_out (SatWindow *self);

/* sat-window.c */
const SatObject *sat_window_find_object (SatWindow *self, const char *name);
void sat_window_show_place (SatWindow *self, const char *name);
/* Shows PAGE, which becomes the window's if it is new. */
void sat_window_show_page (SatWindow *self, SatPage *page);
/* The page of that record, one that is there already or a new one; ID NULL: a new record,
 * prefilled. */
SatPage *sat_window_record_page (SatWindow *self,
                                 const SatObject *object,
                                 const SatId *id,
                                 const SatField *field,
                                 const char *value);
void sat_window_go_back (SatWindow *self);
/* Shows the page that imports records of OBJECT; FILE may be NULL: the person chooses one. */
void sat_window_import (SatWindow *self, const SatObject *object, GFile *file);
/* Shows the page that exports records of OBJECT. */
SatExportPage *sat_window_export (SatWindow *self, const SatObject *object);
/* Does PAGE do one thing and is no place to come back to then: an import, an export, a handover? */
gboolean sat_window_is_work (SatPage *page);

G_END_DECLS
