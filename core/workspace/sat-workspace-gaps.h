/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a company has set up and does not use, and what it has not set up though it will miss it
 * (docs/templates.md, “Is it set up well?”). Advice, no errors: nothing of it stops anybody. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  const char *kind; /* "stage", "pipeline", "rights", "role", "assign", "care", "field", "object",
                       "rule", "many" */
  GError *what;     /* in words */
} SatGap;
void sat_gap_free (SatGap *gap);

/* Below so many records of an object nothing is said of its fields. */
#define SAT_GAP_RECORDS 50
/* Own fields of an object from which on there are many. */
#define SAT_GAP_FIELDS 30

/* SatGap, in the order of the kinds. Where rights are in force only for administrators. */
GPtrArray *sat_workspace_gaps (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
