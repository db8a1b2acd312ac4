/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which fields of a form the user may only read, asked for on a thread of the service. What is
 * saved is judged by the façade; a form says it before anybody types. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

typedef struct
{
  char *why;          /* a sentence for the person */
  gboolean no_record; /* not even records that are there already may be changed, anybody's */
  guint n_fields;
  gboolean *only_read; /* by the position of the field in its object */
} SatFormRights;
void sat_form_rights_free (SatFormRights *rights);

/* Of the user of this device over OBJECT. The result is a SatFormRights. */
void sat_form_rights_load (SatService *service,
                           const SatObject *object,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Why FIELD cannot be typed into, in a NEW record or one that is there; NULL: it can. Borrowed. */
const char *
sat_form_rights_why (const SatFormRights *rights, const SatField *field, gboolean is_new);

G_END_DECLS
