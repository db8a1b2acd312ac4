/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that may be one thing. The fields that count, and as what, are said in the catalogue
 * (SatField.likeness). Records are compared that share something rare: a word or the beginning of
 * one, two Chinese characters that stand together, a number; so that many records take time as they
 * grow, not as their square. What agrees speaks for a pair, the more the rarer it is to agree by
 * chance; what differs speaks against it. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_AGREE_SAME,
  SAT_AGREE_SIMILAR,
  SAT_AGREE_DIFFERENT
} SatAgreement;

typedef struct
{
  const SatField *field;
  SatAgreement agreement;
} SatAgreeing;

typedef struct
{
  SatId a, b;     /* the older one first */
  guint strength; /* 50 .. 100: how likely they are one */
  GArray *fields; /* SatAgreeing: of the fields that both have */
} SatDuplicate;
void sat_duplicate_free (SatDuplicate *duplicate);

/* Does the catalogue say which fields of OBJECT count? */
gboolean sat_duplicates_known (const SatObject *object);

/* All pairs of shown records of OBJECT that nobody has kept apart, the strongest first, LIMIT at
 * most (-1: all). *TOTAL: how many there are. */
GPtrArray *sat_workspace_duplicates (SatWorkspace *workspace,
                                     const SatObject *object,
                                     gint64 limit,
                                     gint64 *total,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Those that the record ID is part of, found by the search index: a is ID. */
GPtrArray *sat_workspace_duplicates_of (SatWorkspace *workspace,
                                        const SatObject *object,
                                        const SatId *id,
                                        guint limit,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The field of a record that says what it is not the same as. */
#define SAT_APART_FIELD "not_same_as"

/* A person says that A and B are two (APART), or that they may be one after all: the pair is found
 * no more, or again, on every device. It is kept in the field `not_same_as` (tags, hidden) of the
 * record with the lesser id, as the id of the other. One step for undo. SAT_ERROR_INVALID: OBJECT
 * has no such field, or A is B. */
gboolean sat_workspace_keep_apart (SatWorkspace *workspace,
                                   const SatObject *object,
                                   const SatId *a,
                                   const SatId *b,
                                   gboolean apart,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDuplicate, sat_duplicate_free)

G_END_DECLS
