/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The FTS5 tokenizer "satchel" and the query that goes with it: Chinese (and kana, hangul) by
 * single characters and pairs, Latin and other words by folded word with accents removed, runs of
 * digits also by their endings, so that the last digits of a phone number find it. */
#pragma once

#include <glib.h>

#include "core/store/sat-db.h"

G_BEGIN_DECLS

gboolean sat_tokenizer_register (SatDb *db, GError **error);

/* The FTS5 query for what a person typed: all words must be there, the last letters of each word
 * may be missing; several Chinese characters in a row must follow one another pairwise. NULL when
 * WORDS holds nothing to search for. Newly allocated. */
char *sat_tokenizer_query (const char *words);

/* TEXT without case, accents and width, in simplified script. Newly allocated. */
char *sat_tokenizer_fold (const char *text, gsize length);

/* The longest token, in bytes. */
#define SAT_TOKEN_MAX 64

typedef void (*SatTokenFunc) (const char *token, gsize length, gpointer data);
/* The tokens of TEXT as they are indexed. */
void sat_tokenizer_split (const char *text, gsize length, SatTokenFunc func, gpointer data);
/* A text that FTS5 is given whose tokens are exactly these (they count as one: the others are
 * colocated). NULL when there are none. Newly allocated. */
char *sat_tokenizer_list (const char *const *tokens, guint n);

G_END_DECLS
