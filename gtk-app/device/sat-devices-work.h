/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of devices and invitations has done on the threads of the service: what there is,
 * as lines of text, and what an administrator changes. */
#pragma once

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* A device, an invitation, or a device that waits. */
typedef struct
{
  SatId id;
  char *title;
  char *text;
  gboolean needs_look; /* something about it is not as it should be */
  gboolean can_act;    /* this user may revoke it, withdraw it, let it in */
} SatMembershipLine;

typedef struct
{
  char *key;
  char *name;
} SatMembershipBook;

typedef struct
{
  gboolean is_admin;
  gboolean is_closed;
  GPtrArray *waiting;     /* SatMembershipLine */
  GPtrArray *invitations; /* the same: those that can be taken up, and those to look at */
  GPtrArray *devices;     /* the same: those to look at first, then by when they were seen */
  guint n_devices;        /* all of them; the table may have fewer */
  GPtrArray *books;       /* SatMembershipBook, without company; NULL: they were not asked for */
} SatMembership;
void sat_membership_free (SatMembership *access);

/* The result is a SatMembership. */
void sat_devices_work_load (SatService *service,
                            gboolean with_books,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);

/* BOOK: a key, NULL: all. The result is the code, a char *. */
void sat_devices_work_invite (SatService *service,
                              const char *login,
                              const char *role,
                              const char *book,
                              guint days,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/* Lets in DEVICE: its id, or part of one that waits. The result is as below. */
void sat_devices_work_admit (SatService *service,
                             const char *device,
                             const char *role,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/* Takes back the invitation, or revokes the device, ID. The result is a sentence that says so, a
 * char *. */
void sat_devices_work_end (SatService *service,
                           const SatId *id,
                           gboolean is_device,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatMembership, sat_membership_free)

G_END_DECLS
