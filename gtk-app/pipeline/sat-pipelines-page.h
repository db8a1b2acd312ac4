/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways that deals take, as the company has them: their stages in order, and where more are
 * added (docs/pipelines.md). What a stage asks for is on its own page. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_PIPELINES_PAGE (sat_pipelines_page_get_type ())
G_DECLARE_FINAL_TYPE (SatPipelinesPage, sat_pipelines_page, SAT, PIPELINES_PAGE, GtkWidget)

GtkWidget *sat_pipelines_page_new (SatService *service);

G_END_DECLS
