/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What everything that is asked of a SatListQuery shares. */
#pragma once

#include "core/query/sat-list.h"

G_BEGIN_DECLS

/* Appends " FROM … WHERE …" of QUERY to SQL; what it searches for is found before. *WHERE is its
 * condition, which must live until the statement is reset; NULL: it has none. */
gboolean sat_list_from (SatReplica *replica,
                        const SatListQuery *query,
                        GString *sql,
                        SatCompiled **where,
                        GError **error);
/* Binds the parameters of that. */
void sat_list_bind (SatStmt *stmt, const SatListQuery *query, const SatCompiled *where);

/* SQL of the cells of FIELD, derived or not, in the rows that QUERY looks at; newly allocated. The
 * parameters of a derived one are added to *WHERE, which is made if there is none. */
gboolean sat_list_cells (SatReplica *replica,
                         const SatListQuery *query,
                         const SatField *field,
                         SatCompiled **where,
                         char *cells[SAT_TYPE_MAX_CELLS],
                         GError **error);

/* Appends the expression that FIELD of the table OUTER, whose first cell is COLUMN, sorts by:
 * people's order, not the stored one. */
void sat_list_sort_key (GString *sql, const SatField *field, const char *outer, const char *column);

G_END_DECLS
