/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The automatic merge of long texts (RULES R8). Of a field in conflict under policy text, the
 * device that wrote the shown sibling, and no other, folds the others into it, newest first, each
 * by a three-way merge against the latest base that both writers had seen; and writes the result as
 * an ordinary write that does not touch life. If one base is missing, a sibling is cleared or of
 * another book, lines touch, or ACCESS does not let the user change the field, it is left to a
 * person. */
#pragma once

#include "core/access/sat-access.h"
#include "core/apply/sat-local.h"

G_BEGIN_DECLS

typedef char *(*SatFoldFunc) (const char *base,
                              const char *ours,
                              const char *theirs,
                              gpointer data);

gboolean sat_text_fold_all (SatReplica *replica,
                            SatLocal *local,
                            const SatAccess *access,
                            SatFoldFunc merge,
                            gpointer data,
                            guint *merged,
                            GError **error);

G_END_DECLS
