/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking for a few records by words, for popovers and the palette. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* A record found, with the texts a line about it shows. */
typedef struct
{
  const SatObject *object;
  SatId id;
  char *title;
  char *detail; /* other list columns, joined; "" if there is nothing to say */
} SatFound;

void sat_found_free (SatFound *found);

/* The records of OBJECT (NULL: of any object) that WORDS find, LIMIT at most; without words the
 * first ones by title (any object: none). The result of sat_lookup_finish is an array of SatFound.
 */
void sat_lookup_async (SatService *service,
                       const SatObject *object,
                       const char *words,
                       guint limit,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
GPtrArray *sat_lookup_finish (SatService *service, GAsyncResult *result, GError **error);

/* The title of the record ID of OBJECT (NULL: any); the result is a char *. */
void sat_lookup_title_async (SatService *service,
                             const SatObject *object,
                             const SatId *id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Which object the record ID is of: the result is a const SatObject *, NULL if it is not here. */
void sat_lookup_object_async (SatService *service,
                              const SatId *id,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* As a line about RECORD shows it, without field LESS (may be NULL); on a thread of the service. */
SatFound *sat_found_new (SatWorkspace *workspace, const SatRecord *record, const SatField *less);

G_END_DECLS
