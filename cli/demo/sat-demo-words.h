/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The word lists of the demo (data/demo/, part of the program): sections of entries, an entry being
 * a few columns. Immutable once read. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SatDemoWords SatDemoWords;

/* Never fails: the lists are built in, and the tests read every section. */
SatDemoWords *sat_demo_words_new (void) G_GNUC_WARN_UNUSED_RESULT;
void sat_demo_words_free (SatDemoWords *words);

/* How many entries "[section]" has; 0 if there is no such section. */
guint sat_demo_words_count (const SatDemoWords *words, const char *section);

/* The columns of entry PICK modulo the number of entries, NULL-terminated; borrowed. SECTION must
 * have entries. */
const char *const *sat_demo_words_at (const SatDemoWords *words, const char *section, guint pick);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDemoWords, sat_demo_words_free)

G_END_DECLS
