/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the export page lets the service's threads do. A SatExportJob says what is to be written; it
 * is not changed any more once it has been started. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-export.h"

G_BEGIN_DECLS

/* Reference-counted. The strings are its own; the rest is the catalogue's, or a constant. */
typedef struct
{
  const SatObject *object;
  char *words;          /* only what these find; NULL: all */
  SatExpression *where; /* its own; only what meets this; NULL: all */
  char *sort;           /* names of fields, "-name" descending, by commas; NULL: by title */
  SatExportFormat format;
  const char *encoding; /* as in SatExportOptions */
  gboolean bom;
  char *path;
  int done; /* permille, atomic */
} SatExportJob;

SatExportJob *sat_export_job_new (const SatObject *object, const char *words, const char *sort);
SatExportJob *sat_export_job_ref (SatExportJob *job);
void sat_export_job_unref (SatExportJob *job);
/* How much is written, 0 to 1. Any thread. */
double sat_export_job_done (SatExportJob *job);

/* Writes it. The answer, by sat_service_finish, is the number of records: a gint64, to be freed. */
void sat_export_work_run (SatService *service,
                          SatExportJob *job,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* How many there are that meet the condition: [0] of the object, [1] of those that the words find.
 * The answer is an array of two gint64, to be freed. */
void sat_export_work_count (SatService *service,
                            SatExportJob *job,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatExportJob, sat_export_job_unref)

G_END_DECLS
