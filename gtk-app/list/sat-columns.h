/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list, made from the catalogue's list columns. */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

/* Can FIELD be a column? */
gboolean sat_columns_can_show (const SatField *field);
/* The columns that TEXT ("name,city", names on the wire; NULL: those of the catalogue) speaks of,
 * the title's always first: const SatField *. What is not known, or not shown, is left out. */
GPtrArray *sat_columns_read (const SatObject *object, const char *text);
/* The text for that; newly allocated, NULL for those of the catalogue. */
char *sat_columns_write (const SatObject *object, const GPtrArray *fields);
/* What this person wants of lists of OBJECT without a view: such a text, newly allocated. */
char *sat_columns_remembered (const SatObject *object);
void sat_columns_remember (const SatObject *object, const char *text);

/* VIEW has a column for each of FIELDS (const SatField *, the title's first), and no others. Items
 * are SatRow. */
void sat_columns_set (GtkColumnView *view, const GPtrArray *fields);

/* Which field VIEW is sorted by as the person clicked, and how; NULL if by none. */
const SatField *sat_columns_sorted_by (GtkColumnView *view, gboolean *out_descending);

/* As if the person had clicked the column of the field called NAME; FALSE: there is none. */
gboolean sat_columns_sort_by (GtkColumnView *view, const char *name, gboolean descending);

/* Shows as many columns as WIDTH has room for, the title always. */
void sat_columns_fit (GtkColumnView *view, int width);

G_END_DECLS
