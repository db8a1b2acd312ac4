/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which character separates the values of a CSV file. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most LENGTH of a file's beginning that is worth looking at. */
#define SAT_CSV_HEAD (64 * 1024)

/* Of comma, semicolon, tab and bar the one that gives the rows of TEXT (UTF-8, the beginning of a
 * file, perhaps cut off in the middle of a row) an equal number of values, two at least; of several
 * the one that gives most. Where none does, the one that parts the first row most often; a comma
 * where nothing is parted. */
char sat_csv_find_delimiter (const char *text, gsize length);

G_END_DECLS
