/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The devices of the workspace, those to look at first; and, for an administrator of a closed one,
 * its invitations: those that nobody has taken up yet, making one, taking one back, and revoking a
 * device. None of it takes a network. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_DEVICES_PAGE (sat_devices_page_get_type ())
G_DECLARE_FINAL_TYPE (SatDevicesPage, sat_devices_page, SAT, DEVICES_PAGE, GtkWidget)

GtkWidget *sat_devices_page_new (SatService *service);

G_END_DECLS
