/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two records that may be one, side by side, field by field, with what would be shown if they were.
 * One key makes them one, or keeps them apart for good; either can be undone. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_DUPLICATE_PAGE (sat_duplicate_page_get_type ())
G_DECLARE_FINAL_TYPE (SatDuplicatePage, sat_duplicate_page, SAT, DUPLICATE_PAGE, GtkWidget)

/* KEPT is the one that would stay. */
GtkWidget *sat_duplicate_page_new (SatService *service,
                                   const SatObject *object,
                                   const SatId *kept,
                                   const SatId *other);

G_END_DECLS
