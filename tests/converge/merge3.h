/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A three-way merge by lines for the tests that compare the replica with the executable model of
 * its rules: exactly the model's merge, which finds differences as Python's difflib does. The
 * product merges with libgit2, which draws the borders of a clash differently. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A SatTextMergeFunc: the merged text, newly allocated, or NULL when the sides clash (changes that
 * overlap or touch). Symmetric in OURS and THEIRS. */
char *merge3 (const char *base, const char *ours, const char *theirs, gpointer data);

G_END_DECLS
