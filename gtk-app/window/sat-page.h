/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the window asks of whatever it shows beside the sidebar. Everything but the title is
 * optional. */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

#define SAT_TYPE_PAGE (sat_page_get_type ())
G_DECLARE_INTERFACE (SatPage, sat_page, SAT, PAGE, GtkWidget)

struct _SatPageInterface
{
  GTypeInterface parent_iface;

  const char *(*get_title) (SatPage *self);
  /* The kind of record that “new” makes here, or NULL. */
  const SatObject *(*get_object) (SatPage *self);
  /* The sidebar is beside the page, or (FOLDED) the page has the window to itself. */
  void (*set_folded) (SatPage *self, gboolean folded);
  void (*search) (SatPage *self);
  void (*save) (SatPage *self);
  /* Escape: TRUE if there was something to take back. */
  gboolean (*escape) (SatPage *self);
  void (*remove) (SatPage *self);
  gboolean (*is_dirty) (SatPage *self);
};

const char *sat_page_get_title (SatPage *self);
const SatObject *sat_page_get_object (SatPage *self);
void sat_page_set_folded (SatPage *self, gboolean folded);
void sat_page_search (SatPage *self);
void sat_page_save (SatPage *self);
gboolean sat_page_escape (SatPage *self);
void sat_page_remove (SatPage *self);
gboolean sat_page_is_dirty (SatPage *self);

G_END_DECLS
