/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table behind sat-han.h, made from Unicode's data while Satchel is built. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint16 usual[2], rare[2]; /* in sat_han_syllables; 0: none */
  guint16 simplified;        /* 0: as it is */
} SatHanEntry;

extern const char sat_han_syllables[][8];
extern const SatHanEntry sat_han_entries[]; /* from SAT_HAN_FIRST on */
extern const guint sat_han_n_entries;
extern const guint sat_han_n_syllables;

#define SAT_HAN_FIRST 0x3400

G_END_DECLS
