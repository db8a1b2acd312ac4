/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Go anywhere (Ctrl+K): a box over the window in which one types a few letters and lands on a
 * record, a list, or something to do. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_GO_PALETTE (sat_go_palette_get_type ())
G_DECLARE_FINAL_TYPE (SatGoPalette, sat_go_palette, SAT, GO_PALETTE, GtkWidget)

void sat_go_palette_set_service (SatGoPalette *self, SatService *service);
void sat_go_palette_open (SatGoPalette *self);
void sat_go_palette_close (SatGoPalette *self);

G_END_DECLS
