/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conflicts as they are shown, and settling them, on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* A conflict with the texts of its values. */
typedef struct
{
  SatConflict *conflict;
  GPtrArray *texts; /* char *, beside conflict->values */
  char *before;     /* text; NULL if nothing is known to have been there */
} SatConflictPicture;

typedef struct
{
  GPtrArray *pictures; /* SatConflictPicture */
  gint64 total;
  gint64 now_ms;
  char *signature; /* differs whenever anything shown differs */
} SatConflicts;

void sat_conflicts_free (SatConflicts *conflicts);

/* The first LIMIT of all. The result (sat_service_finish) is a SatConflicts. */
void sat_conflict_work_read (SatService *service,
                             guint limit,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Settles CONFLICT with its value INDEX (from 0). Fails if there is by now a value that CONFLICT
 * did not have: nobody's value goes away unseen. The result is not NULL when done. */
void sat_conflict_work_settle (SatService *service,
                               const SatConflict *conflict,
                               guint index,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/* Writes VALUE, as an undo of settling. */
void sat_conflict_work_write (SatService *service,
                              const SatObject *object,
                              const SatId *id,
                              const SatField *field,
                              const char *value);

G_END_DECLS
