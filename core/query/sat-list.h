/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding records: lists in an order, by id or title, with words (sat-find.h: best first). */
#pragma once

#include "core/access/sat-access.h"
#include "core/expression/sat-expression.h"
#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

typedef struct
{
  const SatObject *object;
  const char *words;
  const char *const *sort;
  const SatExpression *where; /* NULL: all */
  SatId me;                   /* of WHERE: the user */
  const SatField *reference;
  SatId target;
  gint64 limit;
  gint64 offset;
  gboolean with_deleted;
  const SatAccess *access; /* of whoever asks: only what RIGHT reaches; NULL: everything */
  SatRight right;          /* SAT_RIGHT_READ or SAT_RIGHT_EXPORT; only with ACCESS */
} SatListQuery;

GArray *sat_list_rows (SatReplica *replica, const SatListQuery *query, GError **error);
gint64 sat_list_count (SatReplica *replica, const SatListQuery *query, GError **error);

/* Where a record is: in the book it is at home in, else in any. *ROW 0: nowhere. */
gboolean sat_list_locate (SatReplica *replica,
                          SatTable *table,
                          const SatId *id,
                          gint64 *row,
                          guint32 *book,
                          SatPresence *presence,
                          GError **error);
/* The same of the record that ID is part of now: itself, or what absorbed it. */
gboolean sat_list_locate_root (SatReplica *replica,
                               SatTable *table,
                               const SatId *id,
                               SatId *root,
                               gint64 *row,
                               guint32 *book,
                               SatPresence *presence,
                               GError **error);
/* The record as people see it, one that was absorbed as what it is part of; SAT_ERROR_NOT_FOUND. */
SatRecord *
sat_list_load (SatReplica *replica, const SatObject *object, const SatId *id, GError **error);
SatRecord *
sat_list_load_row (SatReplica *replica, const SatObject *object, gint64 row, GError **error);
/* The same for showing it in a list: pictures are not read, and seem empty. */
SatRecord *
sat_list_load_listed (SatReplica *replica, const SatObject *object, gint64 row, GError **error);

/* What a person wrote for an id (sat_workspace_find): by title or part of an id only what ACCESS
 * (NULL: of nobody) can read. */
gboolean sat_list_find (SatReplica *replica,
                        const SatAccess *access,
                        const SatObject *object,
                        const char *text,
                        SatId *out,
                        GError **error);
/* NULL: not here, or without a title. */
char *sat_list_title (SatReplica *replica, const SatObject *object, const SatId *id);

G_END_DECLS
