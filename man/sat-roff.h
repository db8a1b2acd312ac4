/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manual page being written, in the language of man(7). Texts are plain: whatever would mean
 * something to roff is escaped here. UTF-8. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The title line and the section HEADING ("NAME") with NAME and SUMMARY; VERSION and MANUAL stand
 * at the edges. */
void sat_roff_begin (GString *page,
                     const char *name,
                     const char *heading,
                     const char *summary,
                     const char *version,
                     const char *manual);
void sat_roff_section (GString *page, const char *heading);
void sat_roff_subsection (GString *page, const char *heading);
/* Paragraphs, separated by newlines. */
void sat_roff_text (GString *page, const char *text);
/* A line to type, NAME in bold. */
void sat_roff_usage (GString *page, const char *name, const char *words);
/* A term and, set in, what it means. */
void sat_roff_item (GString *page, const char *term, const char *text);
/* Lines as they are, set in. */
void sat_roff_example (GString *page, const char *lines);

G_END_DECLS
