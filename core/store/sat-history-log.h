/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What registers held before: every value that was replaced, with its dot and stamp, written in the
 * transaction that replaces it. Entries are numbered, and stored up to 64 to a row, a page: the
 * number says the page and the place in it. So a change that arrives costs some bytes of a page,
 * not a row. A page that is begun is written when it is full, at commit, or when somebody reads. */
#pragma once

#include "core/store/sat-history-page.h"
#include "core/store/sat-replica.h"

G_BEGIN_DECLS

SatHistoryLog *sat_history_log_new (void) G_GNUC_WARN_UNUSED_RESULT;
void sat_history_log_free (SatHistoryLog *log);

/* Of sat_replica_commit, _begin and _rollback: the page that is begun is written, or thrown away.
 */
gboolean sat_history_log_flush (SatReplica *replica, GError **error);
void sat_history_log_forget (SatReplica *replica);

/* The history of a record is a chain: state->history is its last entry, and each names the one
 * before it. After this STATE must be saved. FLAGS: SAT_HISTORY_. */
gboolean sat_log_add_history (
    SatReplica *replica, SatState *state, const SatSibling *sibling, guint flags, GError **error);

typedef void (*SatHistoryFunc) (gint64 entry,
                                const SatSibling *replaced,
                                guint flags,
                                gpointer data);
/* Calls EACH with ENTRY (0: none) and those before it, the last first; what it is given lives only
 * so long. A chain that leads nowhere or back is damaged. */
gboolean sat_log_history (
    SatReplica *replica, gint64 entry, SatHistoryFunc each, gpointer data, GError **error);
/* ENTRY alone. */
gboolean sat_log_history_entry (
    SatReplica *replica, gint64 entry, SatHistoryFunc each, gpointer data, GError **error);

/* Gives FUNC all entries, which may change them (its texts must live as long as DATA) or add
 * SAT_HISTORY_GONE to their flags, and says whether it did. */
typedef gboolean (*SatHistoryEditFunc) (gint64 number, SatHistoryEntry *entry, gpointer data);
gboolean
sat_log_edit_history (SatReplica *replica, SatHistoryEditFunc func, gpointer data, GError **error);
/* ENTRY was not shown when it was replaced, as is known now. */
gboolean sat_log_mark_unseen (SatReplica *replica, gint64 entry, GError **error);

/* Puts the rows that history had up to version 5 of the tables (history_5) into pages; the numbers
 * stay. */
gboolean sat_history_log_migrate (SatDb *db, GError **error);

G_END_DECLS
