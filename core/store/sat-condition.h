/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The expression language in the database: how it names tables and columns, the functions that its
 * operators become, and the parameters of a compiled expression. */
#pragma once

#include "core/expression/sat-expression.h"
#include "core/store/sat-db.h"

G_BEGIN_DECLS

/* Tables and columns of sat-schema.h. A reference leads to the one record of that id that is shown;
 * where it is in several books, to the one at home. */
extern const SatExpressionNames sat_condition_names;

/* Makes the functions of core/expression known to a connection. */
gboolean sat_condition_register (SatDb *db, GError **error);

/* Binds the parameters of COMPILED from number FIRST on; COMPILED must live until STMT is reset. */
void sat_condition_bind (const SatCompiled *compiled, SatStmt *stmt, guint first);

G_END_DECLS
