/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the pages share. Each page is a program that prints it in the language of the environment;
 * the build runs it, nobody else. */
#pragma once

#include <glib.h>

#include "cli/sat-i18n.h"

G_BEGIN_DECLS

typedef struct
{
  const char *term;
  const char *text; /* marked with N_ */
} SatPageItem;

/* The program was started with the folder of the translations. */
void sat_page_set_up_language (int argc, char **argv);
void sat_page_begin (GString *page, const char *name, const char *summary);
/* A section of N items. */
void sat_page_items (GString *page, const char *heading, const SatPageItem *items, gsize n);
/* The items LANG and XDG_DATA_HOME, which both programs heed, and then those given. */
void sat_page_environment (GString *page, const SatPageItem *items, gsize n);
/* Where the files are, the same for both. */
void sat_page_files (GString *page);
void sat_page_see_also (GString *page, const char *pages);
/* On standard output; FALSE: not all of it. */
gboolean sat_page_print (const GString *page);

G_END_DECLS
