/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The columns of a list, made from the catalogue's list columns. */
#pragma once

#include <gtk/gtk.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

/* Adds a column to VIEW for each list column of OBJECT. Items are SatRow. */
void sat_columns_add (GtkColumnView *view, const SatObject *object);

/* Which field VIEW is sorted by as the person clicked, and how; NULL if by none. */
const SatField *sat_columns_sorted_by (GtkColumnView *view, gboolean *out_descending);

/* As if the person had clicked the column of the field called NAME; FALSE: there is none. */
gboolean sat_columns_sort_by (GtkColumnView *view, const char *name, gboolean descending);

/* Shows as many columns as WIDTH has room for, the title always. */
void sat_columns_fit (GtkColumnView *view, int width);

G_END_DECLS
