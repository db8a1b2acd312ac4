/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a text file is encoded, and its text as UTF-8.
 *
 * Found by simple rules that are right where they answer: a byte-order mark; the zeros of UTF-16;
 * a file that is UTF-8 from its first byte to its last is UTF-8; what is valid GB 18030 and mostly
 * made of everyday characters is GB 18030; what cannot be GB 18030 and has no long runs of high
 * bytes is Windows-1252 (which holds Latin-1). Anything else is not guessed. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Reads STREAM to its end. *OUT: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030" or "CP1252". INVALID:
 * the encoding cannot be known, or this is not a text. */
gboolean sat_encoding_find (GInputStream *stream,
                            const char **out,
                            GCancellable *cancellable,
                            GError **error);

/* The name that iconv knows for what a person wrote ("gbk", "latin-1", "utf-16"); newly allocated,
 * NULL with INVALID if there is no such encoding. */
char *sat_encoding_name (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* BASE decoded to UTF-8; reading fails on bytes that are not in ENCODING. */
GInputStream *sat_encoding_decode (GInputStream *base,
                                   const char *encoding,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
