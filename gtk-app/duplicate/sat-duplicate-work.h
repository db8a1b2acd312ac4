/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for what may be the same as a record, and what comes of it, on the service's threads. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* The record that is most likely the same as another. */
typedef struct
{
  SatId id;
  char *title;
  guint strength; /* 50 .. 100 */
} SatTwin;
void sat_twin_free (SatTwin *twin);

/* Two of a kind, in this order: the one that stays and the one that would be absorbed. */
typedef struct
{
  const SatObject *object;
  SatId kept, other;
} SatPair;

/* One field, as people read it; "" for empty. */
typedef struct
{
  const SatField *field;
  char *kept, *other, *shown;
  gboolean is_open; /* both have a value, and only one of them can be shown */
  gboolean takes;   /* the other one's would be shown */
} SatPairField;

typedef struct
{
  SatPair pair; /* as it is now: one of them may have been absorbed meanwhile */
  char *kept_title, *other_title;
  GPtrArray *fields; /* SatPairField */
  guint referrers;   /* records that name the one that goes */
  GError *refused;   /* why they cannot be made one; NULL: they can */
} SatPairPicture;
void sat_pair_picture_free (SatPairPicture *picture);

/* The result (sat_service_finish) is a SatTwin; NULL without error: there is none. */
void sat_duplicate_work_find (SatService *service,
                              const SatObject *object,
                              const SatId *id,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The result is a SatPairPicture. */
void sat_duplicate_work_load (SatService *service,
                              const SatPair *pair,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The result is a step for sat_undo_offer, in a gint64. TAKE: SatField, of which the other one's
 * value is to be shown; taken over. */
void sat_duplicate_work_absorb (SatService *service,
                                const SatPair *pair,
                                GPtrArray *take,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void sat_duplicate_work_keep_apart (SatService *service,
                                    const SatPair *pair,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTwin, sat_twin_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatPairPicture, sat_pair_picture_free)

G_END_DECLS
