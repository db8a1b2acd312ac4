/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads JSON lines: each line an object whose values are plain (text, number, true, false, null) or
 * lists of plain ones. Numbers come exactly as they are spelled, lists with commas between their
 * elements, null as "".
 *
 * JSON is read strictly (RFC 8259). Refused besides: objects in objects, lists in lists, a name
 * that stands twice, \u0000. What is wrong with a line comes with its row; reading goes on. */
#pragma once

#include "core/exchange/sat-import-named.h"

G_BEGIN_DECLS

#define SAT_JSON_MAX_LINE (4 * 1024 * 1024) /* bytes */

/* Hands every line of STREAM, which is UTF-8, to FUNC as ROW (given, so that it can be used again);
 * its number is the line's. Blank lines are passed over. TOO_LONG, CANCELLED, FAILED (reading), and
 * whatever FUNC says. */
gboolean sat_json_read (GInputStream *stream,
                        SatNamedRow *row,
                        SatNamedRowFunc func,
                        gpointer data,
                        GCancellable *cancellable,
                        GError **error);

G_END_DECLS
