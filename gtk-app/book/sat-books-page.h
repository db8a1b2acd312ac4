/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All books of the workspace: which ones this device holds, and taking them up or giving them back.
 */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_BOOKS_PAGE (sat_books_page_get_type ())
G_DECLARE_FINAL_TYPE (SatBooksPage, sat_books_page, SAT, BOOKS_PAGE, GtkWidget)

GtkWidget *sat_books_page_new (SatService *service);

G_END_DECLS
