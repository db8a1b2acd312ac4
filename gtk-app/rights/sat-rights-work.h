/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of roles and rights has done on the threads of the service: what a role or a person
 * may, and what an administrator says of it, each a step that undo takes back. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-access.h"

G_BEGIN_DECLS

typedef struct
{
  SatAccess *access;
  char *title;          /* of a person: what the record is called; NULL of a role */
  char *people;         /* of a person: whom “team” means; NULL of a role */
  gboolean is_admin;    /* the user of this device may change rights */
  gboolean is_in_force; /* else everybody may everything as yet */
} SatRightsPicture;
void sat_rights_picture_free (SatRightsPicture *picture);

/* Of the role ROLE, or (USER not NULL) of the user with this id, as text. The result is a
 * SatRightsPicture. */
void sat_rights_work_load (SatService *service,
                           const char *role,
                           const char *user,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* Says GRANT of ROLE, or (GRANT says nothing) lets hold again what is built in. The result is the
 * step, a gint64 * to be freed. */
void sat_rights_work_say (SatService *service,
                          const char *role,
                          const SatGrant *grant,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

/* A grant that says nothing of OBJECT, or of FIELD (may be NULL) of it. Borrows both names. */
SatGrant sat_rights_nothing (const SatObject *object, const SatField *field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRightsPicture, sat_rights_picture_free)

G_END_DECLS
