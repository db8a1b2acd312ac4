/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text helpers that several folders need: escaping of the change-set format, folding for
 * comparison, sort keys. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends TEXT with \ newline tab and carriage return written as \\ \n \t \r. */
void sat_text_escape (GString *out, const char *text, gsize length);

/* The reverse, of LENGTH bytes. NULL if there is any other escape, a lone backslash at the end, a
 * NUL byte or invalid UTF-8. Newly allocated. */
char *sat_text_unescape (const char *text, gsize length);

/* Valid UTF-8 with no NUL and no control characters but newline, tab and carriage return. */
gboolean sat_text_is_clean (const char *text, gsize length);

/* TEXT normalised (NFC) with leading and trailing white space removed and CRLF made LF. */
char *sat_text_tidy (const char *text);

/* TEXT is ASCII and usual Chinese characters (U+4E00 to U+9FFF) alone, which every normal form
 * leaves as they are. */
gboolean sat_text_is_normal (const char *text);

/* TEXT, valid UTF-8; of more than MAX characters, the first ones and “…”, MAX in all. Newly
 * allocated. */
char *sat_text_brief (const char *text, glong max);

/* For comparison only: NFKC, case folded, full-width forms made half-width. Newly allocated. */
char *sat_text_fold (const char *text);

/* An ICU collation sort key under the zh (pinyin) collation, case-insensitive (secondary strength):
 * memcmp order is the order people expect for Chinese and Latin names alike. Thread-safe. */
GBytes *sat_text_sort_key (const char *text);
/* Names what the sort keys were made with: keys of another version do not compare with these. */
char *sat_text_sort_version (void);

/* Only the ASCII digits of TEXT, full-width digits counted as digits. Newly allocated. */
char *sat_text_digits (const char *text);

G_END_DECLS
