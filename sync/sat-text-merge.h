/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three-way merge of long texts by lines, as core asks for it (SatTextMergeFunc). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* OURS and THEIRS both came from BASE. Newly allocated; NULL if they changed the same lines or
 * lines that touch. A text need not end with a newline, and gets none it did not have. DATA is not
 * used. */
char *sat_text_merge (const char *base, const char *ours, const char *theirs, gpointer data);

G_END_DECLS
