/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page that moves and hands over has done on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-books.h"

G_BEGIN_DECLS

/* What is to go: the record ID, or (`all`: it is a user) everything that user owns. */
typedef struct
{
  const SatObject *object;
  SatId id;
  gboolean all;
} SatAssignWhat;

/* What a successor has to know of one customer, as lines of text. */
typedef struct
{
  char *title;
  char *text;
} SatAssignCustomer;

typedef struct
{
  char *title;  /* of the record */
  char *owner;  /* id text; NULL: nobody */
  char *book;   /* the key of its book */
  char *parent; /* the title of the record whose book it shares; NULL: it has one of its own */
  gboolean is_allowed;  /* to hand over what somebody else owns */
  GPtrArray *books;     /* SatBook, without company */
  GArray *counts;       /* SatBelongings: what goes along, or all that goes */
  GPtrArray *customers; /* SatAssignCustomer, the first ones; of `all` only */
  guint n_customers;
} SatAssignPicture;
void sat_assign_picture_free (SatAssignPicture *picture);

/* The result (sat_service_finish) is a SatAssignPicture. */
void sat_assign_work_load (SatService *service,
                           const SatAssignWhat *what,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* One job, until it is over. Counted references; the numbers may be read while it runs. */
typedef struct _SatAssignJob SatAssignJob;

/* OWNER: the user's id text, NULL: as it is. BOOK: a key, NULL: as it is. */
SatAssignJob *sat_assign_job_new (const SatAssignWhat *what, const char *owner, const char *book);
SatAssignJob *sat_assign_job_ref (SatAssignJob *job);
void sat_assign_job_unref (SatAssignJob *job);
double sat_assign_job_done (SatAssignJob *job);           /* 0 .. 1 */
guint64 sat_assign_job_records (const SatAssignJob *job); /* that changed */
gint64 sat_assign_job_step (const SatAssignJob *job);   /* for sat_undo_offer; 0: nothing changed */
gboolean sat_assign_job_left (const SatAssignJob *job); /* to a book that is not held here */

/* Does the next part. The result is a gboolean (GINT_TO_POINTER) that is 2 while there is more, 1
 * when all is done: call it again, so that other writes come in between. */
void sat_assign_work_run (SatService *service,
                          SatAssignJob *job,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAssignJob, sat_assign_job_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatAssignPicture, sat_assign_picture_free)

G_END_DECLS
