/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The option --where: a filter in the expression language. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

/* For lists of options. */
#define SAT_WHERE_OPTION \
  { \
    "where", "EXPR", N_ ("only records that meet this condition, such as 'amount > 1000'") \
  }

/* The expression of --where over OBJECT; *OUT stays NULL where the option was not given. The error
 * shows the place in the text with a caret below it. */
gboolean sat_cli_where (const SatArgs *args,
                        const SatObject *object,
                        SatExpression **out,
                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
