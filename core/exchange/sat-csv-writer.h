/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Comma-separated text as RFC 4180 wants it; sat_csv_read reads back what was written. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends the N VALUES (NULL: empty) as one row with CRLF; values are quoted where they need it. */
void sat_csv_append_row (GString *out, const char *const *values, guint n);

G_END_DECLS
