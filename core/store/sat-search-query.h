/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person typed, as a question to the search index (sat-tokenizer.h): every word must be
 * there; the last letters of each may be missing; Chinese characters in a row must follow one
 * another pairwise, the form of a company ("公司") may stand apart from what is before it; Latin
 * letters are a beginning of a word, or pinyin (sat-pinyin.h); digits in a row are any part of a
 * number, a telephone number with or without the country's code. One or two letters ask for
 * beginnings of titles and words alone, so that a key costs little however many records there are.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SAT_SCOPE_START,   /* titles that begin with the words */
  SAT_SCOPE_TITLE,   /* titles that have them */
  SAT_SCOPE_ANY,     /* records that have them in any field */
  SAT_SCOPE_WRITTEN, /* the same, not by sound */
  SAT_SCOPE_NEAR     /* titles that may have what is nearly the same: a letter of a Latin word is
                      * another, or missing; other characters between Chinese ones. To be looked at
                      * with sat_search_is_near */
} SatSearchScope;

/* The FTS5 query; NULL when WORDS holds nothing to search for. Newly allocated. */
char *sat_search_query (const char *words, SatSearchScope scope);

/* What a person typed, taken apart for comparison: folded words and runs of Chinese characters, in
 * their order. Never NULL. */
GStrv sat_search_words (const char *words);
/* The letters of WORDS if they are all that it has, ü as v; NULL: there is something else, too. */
char *sat_search_letters (const char *words);

/* Is the title TITLE nearly what the words say? How many mistakes that takes; -1: it is not. */
int sat_search_is_near (const char *const *words, const char *title);

G_END_DECLS
