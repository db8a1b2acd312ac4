/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the company uses of Satchel: its modules, each with a switch (docs/modules.md). */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_MODULES_PAGE (sat_modules_page_get_type ())
G_DECLARE_FINAL_TYPE (SatModulesPage, sat_modules_page, SAT, MODULES_PAGE, GtkWidget)

GtkWidget *sat_modules_page_new (SatService *service);

G_END_DECLS
