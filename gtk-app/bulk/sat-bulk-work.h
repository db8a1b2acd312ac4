/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page that changes many records has done on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-bulk.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_BULK_SET,    /* NULL: empty it */
  SAT_BULK_ADD,    /* tags: these, too */
  SAT_BULK_REMOVE, /* tags: these not */
} SatBulkHow;

/* One job: the records, what becomes of them, and how far it is. Counted references; the numbers
 * may be read while it runs. */
typedef struct _SatBulkJob SatBulkJob;

/* The records of OBJECT that are found by WORDS (NULL: all) and meet WHERE (taken; NULL: all). */
SatBulkJob *sat_bulk_job_new (const SatObject *object, const char *words, SatExpression *where);
SatBulkJob *sat_bulk_job_ref (SatBulkJob *job);
void sat_bulk_job_unref (SatBulkJob *job);
/* Before it is looked at or run. VALUE is canonical. */
void sat_bulk_job_add (SatBulkJob *job, const SatField *field, SatBulkHow how, const char *value);
guint sat_bulk_job_n_changes (const SatBulkJob *job);
double sat_bulk_job_done (SatBulkJob *job);           /* 0 .. 1 */
guint64 sat_bulk_job_changed (const SatBulkJob *job); /* records written */
gint64 sat_bulk_job_step (const SatBulkJob *job);     /* for sat_undo_offer; 0: nothing changed */

/* What it would do, as lines to be shown. */
typedef struct
{
  SatBulkLook look;
  GPtrArray *lines; /* char *: beside each of look.sample, what becomes of it */
} SatBulkPicture;
void sat_bulk_picture_free (SatBulkPicture *picture);
/* The result is a SatBulkPicture. */
void sat_bulk_work_look (SatService *service,
                         SatBulkJob *job,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* Does the next part. The result is a gboolean (GINT_TO_POINTER) that is 2 while there is more, 1
 * when all is done: call it again, so that other writes come in between. */
void sat_bulk_work_run (SatService *service,
                        SatBulkJob *job,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBulkJob, sat_bulk_job_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatBulkPicture, sat_bulk_picture_free)

G_END_DECLS
