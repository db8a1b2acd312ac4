/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text laid out for a terminal, where a Chinese character takes two cells. Nothing here prints what
 * could move the cursor: control characters become U+FFFD, line ends a space. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Cells that TEXT takes. */
guint sat_text_width (const char *text);
/* TEXT as one harmless line; newly allocated. */
char *sat_one_line (const char *text);
/* TEXT in at most WIDTH cells, ending in "…" if it was longer; newly allocated. */
char *sat_shorten (const char *text, guint width);
/* TEXT (paragraphs separated by newlines) in lines of at most WIDTH cells, INDENT spaces before
 * each, broken at spaces and between Chinese characters, never before closing punctuation. Every
 * line ends with a newline. Newly allocated. */
char *sat_wrap (const char *text, guint width, guint indent);

typedef void (*SatGridOut) (const char *line, gpointer data);

typedef struct _SatGrid SatGrid;

/* A table of N columns with these HEADINGS (NULL: no heading line). WIDTH: the cells of a line, 0
 * for no limit; the widest columns are shortened until it fits. Each finished line goes to OUT,
 * without its newline. Column widths are those of the first 1000 rows. */
SatGrid *sat_grid_new (guint n,
                       const char *const *headings,
                       guint width,
                       SatGridOut out,
                       gpointer data) G_GNUC_WARN_UNUSED_RESULT;
/* Numbers stand at the right. */
void sat_grid_align_right (SatGrid *table, guint column);
/* N cells; NULL is an empty one. Copied. */
void sat_grid_add (SatGrid *table, const char *const *cells);
/* Writes what is left. */
void sat_grid_finish (SatGrid *table);
void sat_grid_free (SatGrid *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatGrid, sat_grid_free)

G_END_DECLS
