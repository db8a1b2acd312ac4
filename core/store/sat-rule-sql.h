/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What looking for records that a rule is due for needs in SQL:
 *
 *   sat_touched (stamps, uuid)       when a person last wrote to the record, in ms; rules do not
 * count sat_log_id (rule, uuid, book)    the id of the log entry of RULE about that record in book
 * (key)
 */
#pragma once

#include "core/store/sat-db.h"

G_BEGIN_DECLS

/* Makes them known to a connection. */
gboolean sat_rule_sql_register (SatDb *db, GError **error);
/* The id that sat_log_id gives. */
void sat_rule_log_id (const SatId *rule, const SatId *record, const char *book, SatId *out);

G_END_DECLS
