/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The row of a form that asks for the role of a user: the choices of the catalogue's user.role. */
#pragma once

#include <adwaita.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* ROW offers every role; a salesperson's is chosen. */
void sat_role_row_fill (AdwComboRow *row, SatService *service);
/* The name of the chosen role, borrowed from the catalogue; NULL: there is none. */
const char *sat_role_row_get (AdwComboRow *row, SatService *service);

G_END_DECLS
