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

/* Appends the expression that FIELD of the table OUTER sorts by: people's order, not the stored
 * one. */
void sat_list_sort_key (GString *sql, const SatField *field, const char *outer);

G_END_DECLS
