/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of an audit share (sat-audit.h). Private to sat-audit*.c. */
#pragma once

#include "sync/sat-audit.h"
#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct
{
  SatSyncJob *job;
  SatWorkspace *workspace;
  SatAuditFlags flags;
  GPtrArray *digests; /* SatDigest: of this replica, at one moment */
  GPtrArray *checks;
  GPtrArray *sound; /* of each branch what can be read; sat-audit.c's */
} SatAudit;

void sat_audit_add (
    SatAudit *audit, const char *name, gboolean ok, const char *msgid, const char *const *args);
/* A reason: an entry of its own, so that it can be translated. */
void sat_audit_add_reason (SatAudit *audit, const char *name, gboolean ok, const GError *reason);

char *sat_audit_number (guint64 number) G_GNUC_WARN_UNUSED_RESULT;

/* "replay"; the local history was found whole before. */
gboolean sat_audit_replay (SatAudit *audit, GError **error);

G_END_DECLS
