/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looks at foreign change-sets of one batch for what their authors may not do. Private to
 * core/workspace. Nothing that is applied depends on it.
 *
 * Whose a record is counts as it was before the change-set; what the author may, as it was known
 * before the batch or is after it: so a right that comes in the same batch is in time. Of roles and
 * permissions only what was known before counts, or somebody could allow himself to. */
#pragma once

#include "core/workspace/sat-workspace-breach.h"

G_BEGIN_DECLS

typedef struct _SatBreachLook SatBreachLook;

/* NULL on a replica that has not exchanged yet: what it joins was looked at by others. */
SatBreachLook *sat_breach_look_new (SatWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT;
void sat_breach_look_free (SatBreachLook *look); /* accepts NULL */
/* Change-set NUMBER of DEVICE in BOOK may be applied next. Looked at once, however often asked. */
void sat_breach_look_at (
    SatBreachLook *look, const char *book, const SatId *device, guint64 number, GBytes *text);
/* The batch is applied: notes what was found in what of it was. */
gboolean sat_breach_look_end (SatBreachLook *look, GError **error);

G_END_DECLS
