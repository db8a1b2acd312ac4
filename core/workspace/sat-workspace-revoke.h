/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who may be believed no more: revoking a device, and what of it is here. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Is the user of this replica an administrator, as far as is known here? If not, *ROLE (may be
 * NULL) is what they are, newly allocated. */
gboolean sat_workspace_is_admin (SatWorkspace *workspace, char **role);

/* The device that a person means: its name, short code or id (also 6 characters or more of its
 * beginning or end). NOT_FOUND or AMBIGUOUS. */
gboolean
sat_workspace_find_device (SatWorkspace *workspace, const char *text, SatId *out, GError **error);

typedef struct
{
  SatId device;
  char *name;
  GPtrArray *cut;    /* keys of the books it is revoked in: now, or before */
  GPtrArray *beyond; /* keys of the books that are not held here, where it goes on */
} SatRevoked;
void sat_revoked_clear (SatRevoked *revoked);

/* Revokes the device: in all books held here, and in the list of devices; or (BOOK a key or name)
 * in that book alone. What of it is applied here goes on to count, later change-sets only where
 * somebody had built on them. Refused to whoever is no administrator, and for this device itself.
 * Again for one that is revoked: nothing happens. */
gboolean sat_workspace_revoke (
    SatWorkspace *workspace, const char *device, const char *book, SatRevoked *out, GError **error);

/* The keys of the books in which DEVICE (NULL: this one) is revoked, as far as is known here; NULL
 * when there are none. */
char **sat_workspace_revoked_in (SatWorkspace *workspace, const SatId *device);

typedef struct
{
  char *book;
  SatId device;
  guint64 cut;   /* those up to it count */
  guint64 taken; /* up to which they are applied: more than the cut, where others built on them */
  guint64 there; /* up to which they were seen, applied or not */
} SatCutOff;
void sat_cut_off_free (SatCutOff *cut_off);
/* All devices that are revoked in a book held here: SatCutOff, by book. */
GPtrArray *sat_workspace_cut_offs (SatWorkspace *workspace,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatRevoked, sat_revoked_clear)

G_END_DECLS
