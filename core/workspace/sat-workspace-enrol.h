/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed workspaces (docs/enrolment.md): whom an administrator has let in, inviting, taking an
 * invitation up. In an open workspace, where every device counts, all of it says so. */
#pragma once

#include "core/base/sat-invitation.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* The device that founded this closed workspace. FALSE: the workspace is open. FOUNDER may be NULL.
 */
gboolean sat_workspace_is_closed (SatWorkspace *workspace, SatId *founder);
/* A replica just made belongs to the closed workspace of FOUNDER (its own device: it founds one),
 * and holds book `enrolment`. Refused where it belongs to another one. */
gboolean sat_workspace_set_founder (SatWorkspace *workspace, const SatId *founder, GError **error);

/* The role with which DEVICE was let in, newly allocated: "admin" if it is an administrator's;
 * NULL: it was not, as far as is known here. */
char *sat_workspace_admitted_as (SatWorkspace *workspace, const SatId *device);

/* Was it let in by an administrator's own hand (sat_workspace_admit)? */
gboolean sat_workspace_was_admitted (SatWorkspace *workspace, const SatId *device);

/* ---- invitations ---- */

typedef struct
{
  SatId id;
  char *login, *role;
  char **books; /* keys; NULL: all */
  gint64 expires_ms;
  GArray *devices;    /* SatId: those that have taken it up; more than one is to be looked at */
  gboolean withdrawn; /* if taken up all the same, that is to be looked at */
} SatInvitation;
void sat_invitation_free (SatInvitation *invitation);
/* All that were made, by id: SatInvitation. */
GPtrArray *sat_workspace_invitations (SatWorkspace *workspace,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Invites LOGIN, as ROLE (a choice of a user's role; NULL: sales), to hold BOOKS (keys or names;
 * NULL: all), for DAYS. CODE is what the person has to type; it is kept nowhere. Refused to whoever
 * is no administrator. Takes no hub. */
gboolean sat_workspace_invite (SatWorkspace *workspace,
                               const char *login,
                               const char *role,
                               const char *const *books,
                               guint days,
                               char code[SAT_CODE_TEXT_SIZE],
                               GError **error);
/* The invitation that CODE (of sat_code_read) takes up, if it counts here, can still be taken up,
 * and nobody else has: else an error that says which. */
SatInvitation *sat_workspace_find_invitation (SatWorkspace *workspace,
                                              const char *code,
                                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes back the invitations that TEXT names and nobody has taken up: all of a login name that have
 * not ended, or one by its id or 6 characters or more of the beginning or end. They are the result:
 * SatInvitation. Who takes one up before the hub knows is in all the same, and named by the doctor.
 * Refused to whoever is no administrator. */
GPtrArray *sat_workspace_withdraw (SatWorkspace *workspace,
                                   const char *text,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Takes it up: this device is let in. */
gboolean sat_workspace_claim (SatWorkspace *workspace, const char *code, GError **error);

/* ---- devices that wait ---- */

typedef struct
{
  SatId device;
  char **books; /* keys of those where something of it waits */
} SatStranger;
void sat_stranger_free (SatStranger *stranger);
/* The devices that are not let in, of which something has arrived: SatStranger, by id. */
GPtrArray *sat_workspace_strangers (SatWorkspace *workspace,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Nothing has arrived that has not been taken in. */
gboolean sat_workspace_note_no_strangers (SatWorkspace *workspace, GError **error);

/* Lets in the device that TEXT names: its id, or 6 characters or more of the beginning or end of
 * one that waits or is in the list of devices. ROLE as for sat_workspace_invite. For a laptop that
 * was copied or restored, which is a new device. Refused to whoever is no administrator. */
gboolean sat_workspace_admit (
    SatWorkspace *workspace, const char *text, const char *role, SatId *device, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatInvitation, sat_invitation_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatStranger, sat_stranger_free)

G_END_DECLS
