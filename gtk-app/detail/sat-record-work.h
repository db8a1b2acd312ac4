/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a record page has done on the threads of the service. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-marks.h"

G_BEGIN_DECLS

/* A record with the line that stands below its title. */
typedef struct
{
  SatRecord *record;
  char *detail;
  char **computed; /* texts of the derived fields, in the order of the object asked for */
} SatRecordPicture;

void sat_record_picture_free (SatRecordPicture *picture);

/* The result (sat_service_finish) is a SatRecordPicture. */
void sat_record_work_load (SatService *service,
                           const SatObject *object,
                           const SatId *id,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Saves DRAFTS (SatDraft, all of one record; taken over) in one transaction. The result is the
 * record as it is then, a SatRecordPicture. */
void sat_record_work_save (SatService *service,
                           GPtrArray *drafts,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* The same of DRAFTS that were refused for want of an approval, without what is guarded, and asks
 * for the approval with NOTE ("": none) and TO, a login or NULL. */
void sat_record_work_save_asking (SatService *service,
                                  GPtrArray *drafts,
                                  const char *note,
                                  const char *to,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/* The result is an array of SatDeleted. */
void sat_record_work_delete (SatService *service,
                             const SatObject *object,
                             const SatId *id,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
void sat_record_work_restore (SatService *service, const SatObject *object, const SatId *id);

/* That a colleague has a customer already, as a sentence; of TAKEN the key is not looked at. Newly
 * allocated. */
char *sat_record_work_taken_text (const SatTaken *taken) G_GNUC_WARN_UNUSED_RESULT;
/* Looks whether a colleague has a customer whose FIELD is VALUE, in a book that is not held here
 * (core/workspace/sat-workspace-marks.h). The result is a warning as text, or NULL. */
void sat_record_work_find_taken (SatService *service,
                                 const SatField *field,
                                 const char *value,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

/* A toast TEXT at WIDGET whose button brings REMOVED (SatDeleted, taken over) back. */
void sat_record_work_offer_undo (GtkWidget *widget,
                                 SatService *service,
                                 const char *text,
                                 GArray *removed);

G_END_DECLS
