/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Unicode's Unihan database says of Chinese characters (U+3400 to U+9FFF): how they are read
 * in Mandarin, and how they are written in simplified script. And what a text sounds like, as
 * people type names by an input method (sat-pinyin.h is the other side). Pure; thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Changes when the same text gives other words. */
#define SAT_HAN_VERSION "2"

/* The simplified form of C; C itself where there is none, or where it is itself in use. */
gunichar sat_han_simplified (gunichar c);

/* The readings of C without tones ("lv" for 吕), usual ones first, rare ones (of surnames, of
 * single words) behind; static strings. Returns how many; *USUAL of them are the usual ones. */
#define SAT_HAN_MAX_READINGS 4
guint sat_han_readings (gunichar c, const char *out[SAT_HAN_MAX_READINGS], guint *usual);

typedef enum
{
  SAT_SOUND_SYLLABLES, /* of a character and the next one: "zhongguo"; of the last one alone */
  SAT_SOUND_INITIALS   /* of up to SAT_SOUND_WINDOW characters: "zgy" */
} SatSoundKind;

/* IS_FIRST: of the first character of the text. */
typedef void (*SatSoundFunc) (SatSoundKind kind,
                              const char *word,
                              gboolean is_first,
                              gpointer data);

/* What the Chinese characters of TEXT are typed as, from each of them on: what follows is in the
 * sounds of the next ones, so that a chain of sounds finds any part ("中国移动": zhongguo guoyi
 * yidong dong; zgy gyd yd d). Blanks and punctuation between characters do not count, letters and
 * digits do. Where characters have several readings there are words for each; rare readings count
 * at the first character of a run alone, where surnames stand. */
#define SAT_SOUND_WINDOW 3
#define SAT_SOUND_MAX 16 /* words that one character can begin, at most */
void sat_han_sounds (const char *text, SatSoundFunc func, gpointer data);

/* All syllables that there are, NULL-terminated; static. */
const char *const *sat_han_all_syllables (void);

G_END_DECLS
