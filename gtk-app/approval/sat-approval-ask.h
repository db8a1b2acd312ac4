/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking for an approval: of a record as it is, or because a save was refused. */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

/* Asks for the first approval that the record needs, over the window of WIDGET. WHY (may be NULL):
 * what was refused for want of it; it is told then also if nothing can be asked for. */
void sat_approval_ask_record (GtkWidget *widget,
                              SatService *service,
                              const SatObject *object,
                              const SatId *record,
                              const GError *why);

/* Save without what is guarded and ask, with NOTE ("": none) and TO, a login or NULL. */
typedef void (*SatApprovalSave) (const char *note, const char *to, gpointer data);

/* DRAFTS (SatDraft, all of one record; taken over) were refused with SAT_ERROR_APPROVAL: says what
 * is needed and who would be asked. SAVE is called if the person asks and it can be done; FREE_DATA
 * when the question is over. */
void sat_approval_ask_refused (GtkWidget *widget,
                               SatService *service,
                               GPtrArray *drafts,
                               SatApprovalSave save,
                               gpointer data,
                               GDestroyNotify free_data);

/* Only tells of ERROR, a SAT_ERROR_APPROVAL, with a way to the page of approvals. */
void sat_approval_tell (GtkWidget *widget, const GError *error);

G_END_DECLS
