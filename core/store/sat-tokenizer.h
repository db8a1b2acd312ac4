/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The FTS5 tokenizer "satchel": what is indexed of a record. A record is given as its values one
 * after another, each after a mark that says what kind of value it is; each gives tokens of some
 * classes, told apart by their first byte, so that one index without columns or positions serves
 * looking in titles, at their beginning, anywhere, by sound, and for what is nearly the same
 * (sat-search-query.h asks for them).
 *
 * Chinese (and kana, hangul) by single characters and pairs; Latin and other words folded, accents
 * removed, those with umlauts also as people write them without (mueller); long runs of digits by
 * pieces of four, so that any digits in a row find a telephone number. */
#pragma once

#include <glib.h>

#include "core/store/sat-db.h"

G_BEGIN_DECLS

gboolean sat_tokenizer_register (SatDb *db, GError **error);

/* Before each value. */
#define SAT_VALUE_TITLE '\x10' /* by all classes */
#define SAT_VALUE_NAME '\x11'  /* of a place, a group, a function: also by sound */
#define SAT_VALUE_PHONE '\x12' /* its digits, and words if there are any */
#define SAT_VALUE_TEXT '\x13'

/* The first byte of a token that is no word, character or pair of a title. */
#define SAT_TOKEN_OTHER "\x03"       /* a word, character or pair of another value */
#define SAT_TOKEN_SOUND "\x04"       /* of a title: SAT_SOUND_SYLLABLES */
#define SAT_TOKEN_INITIALS "\x05"    /* of a title: SAT_SOUND_INITIALS */
#define SAT_TOKEN_OTHER_SOUND "\x06" /* of a name: SAT_SOUND_SYLLABLES */
#define SAT_TOKEN_START \
  "\x07" /* a title begins with this word; with this letter, character or pair */
#define SAT_TOKEN_START_SOUND "\x0e"    /* with this sound */
#define SAT_TOKEN_START_INITIALS "\x0f" /* with these initials; with this one */
#define SAT_TOKEN_NEAR "\x16" /* a word of a title begins so, but for one letter left out */

/* The longest token in bytes, without that byte. */
#define SAT_TOKEN_MAX 64
#define SAT_DIGITS 4 /* of a run of more than that */

/* Letters of a word that are looked at for SAT_TOKEN_NEAR, at least and at most. */
#define SAT_NEAR_MIN 4
#define SAT_NEAR_MAX 6

typedef void (*SatTokenFunc) (const char *token, gsize length, gpointer data);
/* The tokens of TEXT, values with their marks, as they are indexed. One may come several times. */
void sat_tokenizer_split (const char *text, gsize length, SatTokenFunc func, gpointer data);
/* Can the value VALUE (its mark first) hold the word TOKEN, mark and all? May say yes for no. */
gboolean sat_tokenizer_may_hold (const char *value, gsize length, const char *token);
/* The keys of a folded word that SAT_TOKEN_NEAR stands before; none for one that has another letter
 * than a to z or is too short. */
void sat_tokenizer_near (const char *word, gsize length, SatTokenFunc func, gpointer data);

/* A text that FTS5 is given whose tokens are exactly these (they count as one: the others are
 * colocated). NULL when there are none. Newly allocated. */
char *sat_tokenizer_list (const char *const *tokens, guint n);

/* ---- words and characters, for both sides ---- */

typedef enum
{
  SAT_CHAR_NONE,
  SAT_CHAR_WORD,
  SAT_CHAR_CJK
} SatCharKind;
SatCharKind sat_tokenizer_char (gunichar c);

/* TEXT without case, accents and width, in simplified script. Newly allocated. */
char *sat_tokenizer_fold (const char *text, gsize length);
/* TEXT with umlauts and the like written out (ae oe ue aa), else as it is; NULL: it has none. Newly
 * allocated. */
char *sat_tokenizer_expand (const char *text, gsize length);
/* Of a word of LENGTH bytes the beginning that is a token: whole characters. */
gsize sat_tokenizer_length (const char *word, gsize length);

G_END_DECLS
