/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table alone, without a line of code: gcc's analyser takes ten minutes over it otherwise. */
#include "core/base/sat-han-private.h"

#include "core/base/sat-han-table.h"

const guint sat_han_n_entries = G_N_ELEMENTS (sat_han_entries);
const guint sat_han_n_syllables = G_N_ELEMENTS (sat_han_syllables);
