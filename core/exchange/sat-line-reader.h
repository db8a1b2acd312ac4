/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads bytes line by line, in one pass and bounded memory. A line ends at LF, CRLF, CR or the end
 * of the file; what is in it nobody has looked at yet. A byte-order mark of UTF-8 at the beginning
 * is left off. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 number;   /* from 1 */
  const char *text; /* LENGTH bytes and a NUL after them; borrowed, gone after the call */
  gsize length;
} SatLine;

/* FALSE (with ERROR set) ends the reading. */
typedef gboolean (*SatLineFunc) (const SatLine *line, gpointer data, GError **error);

/* Hands every line of STREAM to FUNC. TOO_LONG: a line of more than MAX bytes; CANCELLED, FAILED
 * (reading), and whatever FUNC says. */
gboolean sat_lines_read (GInputStream *stream,
                         gsize max,
                         SatLineFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);

G_END_DECLS
