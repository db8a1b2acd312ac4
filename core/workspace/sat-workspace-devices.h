/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The devices of a workspace: what is known of each, and what this one lets the others know of
 * itself, for whoever looks after all of them: fields of its own device record
 * (data/catalogue/device.xml), which it alone writes. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  SatId id;
  char *name, *code, *user, *state; /* state: "live"; later "revoked" */
  guint64 last_number;              /* its last change-set here, over all books */
  gint64 last_seen_ms;              /* stamp of its last change-set applied here; 0: none */
  gint64 ahead_ms;                  /* how far that is ahead of this laptop's clock; 0: it is not */
  char *public_key;                 /* OpenSSH form "ssh-ed25519 AAAA..." or NULL */
  /* As it reported itself last; -1 and NULL: it did not. sat_workspace_report */
  char *version, *reported;
  gint64 size_mb, n_conflicts, n_quarantined;
} SatDevice;
void sat_device_free (SatDevice *device);
GPtrArray *sat_workspace_devices (SatWorkspace *workspace,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writes the report if one is due: a week after the last one, or at once when the program's version
 * is another. So a fleet that has nothing to say makes one
 * small change-set a week and laptop. Not before the workspace is joined, nor once this device is
 * retired or revoked. */
gboolean sat_workspace_report (SatWorkspace *workspace, GError **error);

G_END_DECLS
