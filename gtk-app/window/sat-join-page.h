/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the program shows where there is no workspace yet: joins one by running `satchel join`.
 * Signal "joined" (): now there is one. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SAT_TYPE_JOIN_PAGE (sat_join_page_get_type ())
G_DECLARE_FINAL_TYPE (SatJoinPage, sat_join_page, SAT, JOIN_PAGE, GtkWidget)

/* HOME: where the replica is to be. */
void sat_join_page_set_home (SatJoinPage *self, const char *home);

G_END_DECLS
