/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The operation log: what was done that changes no record of a customer but should be known, as
 * records of the object `operation` in book `company`. Nobody writes, changes or deletes them by
 * hand, undo does not take them back, and like everything they travel signed. What was typed is in
 * the history of the records themselves. */
#pragma once

#include "core/apply/sat-local.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_OPERATION_SIGN_IN,
  SAT_OPERATION_EXPORT,
  SAT_OPERATION_PERMISSION,
  SAT_OPERATION_FORCED, /* a deal moved on although something was missing */
  SAT_OPERATION_VIEW,   /* a record that shows something sensitive was opened */
} SatOperation;

/* Adds a line, in the open transaction or one of its own. OBJECT and DETAIL may be NULL, COUNT -1:
 * nothing to say. */
gboolean sat_workspace_log (SatWorkspace *workspace,
                            SatOperation kind,
                            const SatObject *object,
                            gint64 count,
                            const char *detail,
                            GError **error);
/* The same of a deal of OBJECT that was forced on, in the transaction LOCAL. */
gboolean sat_workspace_log_forced (SatWorkspace *workspace,
                                   SatLocal *local,
                                   const SatObject *object,
                                   const char *detail,
                                   GError **error);
/* The user is at work here: one line a device and day (of this machine's zone), where rights are in
 * force. */
gboolean sat_workspace_sign_in (SatWorkspace *workspace, GError **error);
/* RECORD is opened: one line for each person, record and day, where rights are in force and it
 * shows a value of a sensitive field. The line names fields, no values, and no title, since it
 * reaches laptops that the record does not. */
gboolean sat_workspace_log_view (SatWorkspace *workspace, const SatRecord *record, GError **error);

G_END_DECLS
