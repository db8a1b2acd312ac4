/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How alike two texts are that people typed for the same thing. Pure; thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The words of TEXT for comparison, in its order: case, width, accents and traditional script do
 * not count, nor does punctuation; without the words that say what form a company has ("Ltd",
 * "GmbH", "有限公司"), unless nothing else is left. A run of Chinese characters is one word. Never
 * NULL. */
GStrv sat_likeness_words (const char *text);

/* How many bytes of WORD, a run of Chinese characters, are left without the form of a company at
 * its end; 0: it is nothing else. WORD is not terminated. */
gsize sat_likeness_stem (const char *word, gsize length);

/* The fewest typing mistakes that make TYPED of WORD, or of a beginning of it. */
guint sat_likeness_mistakes (const char *typed, const char *word);

/* How alike the words A and B are, 0 to 1, 1: equal. A typing mistake costs as much as its share of
 * the longer word; two letters changed round are one mistake. */
double sat_likeness_word (const char *a, const char *b);
/* The same of lists of words in whatever order: each with the one it is most like, longer words
 * counting more. Words that only one side has count half: a name is often written shorter. */
double sat_likeness_lists (const char *const *a, const char *const *b);

G_END_DECLS
