/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters that a person typed, taken for pinyin: full syllables ("zhongguoyidong"), initials
 * ("zgyd", "zhgyd"), or both ("zhonggyd"); the last syllable may be unfinished. An ü is typed as ü,
 * v, u, u: or yu ("lü", "lv", "lu", "lu:", "lyu"). Pure; thread-safe. */
#pragma once

#include <glib.h>

#include "core/base/sat-han.h"

G_BEGIN_DECLS

/* A sound to look for among those of sat_han_sounds. */
typedef struct
{
  SatSoundKind kind;
  gboolean is_prefix; /* sounds that begin with WORD */
  char word[16];
} SatTypedSound;

/* The ways to read LETTERS (a to z; ü as v): an array of arrays of SatTypedSound, all of which a
 * text must have, those that it begins with first. At most SAT_PINYIN_WAYS; none when LETTERS is
 * not pinyin. */
#define SAT_PINYIN_WAYS 12
#define SAT_PINYIN_LETTERS 48 /* more are no pinyin */
GPtrArray *sat_pinyin_read (const char *letters);

/* How well LETTERS (as above) say what TEXT sounds like; letters and digits in TEXT, folded, say
 * themselves. */
typedef enum
{
  SAT_SOUNDS_NOT,
  SAT_SOUNDS_INSIDE, /* a part of TEXT, from one of its characters on */
  SAT_SOUNDS_START,  /* a part from the first character on */
  SAT_SOUNDS_WHOLE   /* all of it */
} SatSoundsLike;
SatSoundsLike sat_pinyin_match (const char *letters, const char *text);

G_END_DECLS
