/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The option --where: a filter in the expression language. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

/* For lists of options. */
#define SAT_WHERE_OPTION \
  { "where", "EXPR", N_ ("only records that meet this condition, such as 'amount > 1000'") }, \
  { \
    "segment", "SEGMENT", N_ ("only records that belong to this segment") \
  }

/* The condition that every --where, every --segment and ALSO (the text of another one; may be NULL)
 * make over OBJECT together: all are met; *OUT stays NULL where there is none. The error shows the
 * place in the text of
 * --where with a caret below it. */
gboolean sat_cli_where (const SatCli *cli,
                        const SatArgs *args,
                        const SatObject *object,
                        const char *also,
                        SatExpression **out,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* What is saved as NAME is there, but PROBLEM says why it cannot be used: says both as MSGID (%s
 * for the name and the reason). Other problems are passed on. FALSE. */
gboolean
sat_cli_unusable (const GError *problem, const char *msgid, const char *name, GError **error);

G_END_DECLS
