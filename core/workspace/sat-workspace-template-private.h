/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Parts of templates as the records that they become: sat-workspace-template-part.c. */
#pragma once

#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-template.h"

G_BEGIN_DECLS

/* A template over the workspace that it is applied to. */
typedef struct
{
  SatWorkspace *workspace;
  const SatTemplate *made;
  const char *language;
  SatId space;        /* of the workspace */
  GHashTable *parts;  /* id -> SatTemplatePart */
  GStringChunk *kept; /* names on the wire that were asked for */
} SatApplying;

/* SAT_ERROR_INVALID: the workspace is not known yet. */
gboolean sat_applying_init (SatApplying *applying,
                            SatWorkspace *workspace,
                            const SatTemplate *made,
                            const char *language,
                            GError **error);
void sat_applying_clear (SatApplying *applying);

/* The record that PART becomes, there or not, and its object. */
gboolean sat_part_record (SatApplying *applying,
                          const SatTemplatePart *part,
                          const SatObject **object,
                          SatId *id,
                          GError **error);
/* Does somebody use it no longer: is the record deleted or retired? */
gboolean sat_part_is_gone (const SatRecord *record);
/* Adds to OUT what stands in the record now, as far as PART says it. */
void sat_part_describe (SatApplying *applying,
                        const SatTemplatePart *part,
                        const SatRecord *record,
                        GString *out);

/* In a transaction. Of objects, fields and choices, and changes of them; others are left. */
gboolean sat_part_define (SatApplying *applying, const SatTemplatePart *part, GError **error);
/* The others, once the catalogue has followed. */
gboolean sat_part_write (SatApplying *applying, const SatTemplatePart *part, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatApplying, sat_applying_clear)

G_END_DECLS
