/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What Unicode's Unihan database says of Chinese characters (U+3400 to U+9FFF): how they are read
 * in Mandarin, and how they are written in simplified script. And what a text sounds like, as
 * people type names by an input method. Pure; thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Changes when the same text gives other words. */
#define SAT_HAN_VERSION "1"

/* The simplified form of C; C itself where there is none, or where it is itself in use. */
gunichar sat_han_simplified (gunichar c);

/* The readings of C without tones ("lv" for 吕), usual ones first, rare ones (of surnames, of
 * single words) behind; static strings. Returns how many; *USUAL of them are the usual ones. */
#define SAT_HAN_MAX_READINGS 4
guint sat_han_readings (gunichar c, const char *out[SAT_HAN_MAX_READINGS], guint *usual);

/* Appends to OUT, each after a space, what each run of Chinese characters in TEXT is typed as from
 * each of its characters on: the readings of up to SAT_SOUND_SYLLABLES characters in one word, and
 * the initials of up to SAT_SOUND_INITIALS ("中国移动": zhongguoyidong zgyd guoyidong gyd ...).
 * Where characters have several readings there are words for several, at most SAT_SOUND_MAX for a
 * place; rare readings count at the first character of a run alone, where surnames stand. */
#define SAT_SOUND_SYLLABLES 6
#define SAT_SOUND_INITIALS 8
#define SAT_SOUND_MAX 6
void sat_han_sounds (const char *text, GString *out);

G_END_DECLS
