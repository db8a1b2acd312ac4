/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What sync/ needs of a replica for checkpoints: their files out, and in. A file is a text of
 * docs/checkpoint-format.md at a path like "state/INDEX" or "state/customer/0195". */
#pragma once

#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

/* ---- out ---- */

/* FALSE stops the writing. */
typedef gboolean (*SatCheckpointFileFunc) (const char *path,
                                           GBytes *text,
                                           gpointer data,
                                           GError **error);

/* The checkpoint of BOOK as it is at one moment, after sealing what is open. SAT_ERROR_BUSY while a
 * change-set is half applied, or somebody does not stop typing. */
gboolean sat_workspace_write_checkpoint (SatWorkspace *workspace,
                                         const char *book,
                                         SatCheckpointFileFunc func,
                                         gpointer data,
                                         GError **error);

/* ---- in ---- */

/* The file at PATH. NULL with SAT_ERROR_NOT_FOUND: there is none. */
typedef GBytes *(*SatCheckpointTextFunc) (const char *path, gpointer data, GError **error);

/* Joining one checkpoint of BOOK, made by device MAKER. NAME tells it from every other one. */
typedef struct _SatJoiner SatJoiner;
SatJoiner *sat_joiner_new (SatWorkspace *workspace,
                           const char *book,
                           const char *name,
                           const SatId *maker,
                           SatCheckpointTextFunc text,
                           gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void sat_joiner_free (SatJoiner *joiner);

/* Up to which number it covers the change-sets of each device: SatVectorEntry by device id. NULL if
 * its index cannot be read. */
GArray *sat_joiner_vector (SatJoiner *joiner, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Reads all of it; changes nothing. *NEEDED: it covers something that is not here. Errors:
 * core/apply/sat-join.h. */
gboolean sat_joiner_check (SatJoiner *joiner, gboolean *needed, GError **error);

typedef struct
{
  guint64 records, total;
  gboolean done;
} SatJoinerProgress;
/* One slice of about BUDGET_MS (0: no bound) and at most RECORDS records (0: no bound). Call until
 * done. */
gboolean sat_joiner_step (SatJoiner *joiner,
                          guint budget_ms,
                          guint64 records,
                          SatJoinerProgress *progress,
                          GError **error);

/* The name of the checkpoint that is half joined, newly allocated; NULL: none. *BOOK (may be NULL):
 * its book, likewise. */
char *sat_workspace_half_joined (SatWorkspace *workspace, char **book);
/* Is nothing of BOOK applied here? */
gboolean sat_workspace_is_blank (SatWorkspace *workspace, const char *book);

/* Was a checkpoint of BOOK ever joined here? Then its history may be nowhere. */
gboolean sat_workspace_was_joined (SatWorkspace *workspace, const char *book);

/* ---- when ----
 *
 * A checkpoint of a book is due when so many change-sets of it were applied here since the last one
 * that is known of, whoever made it: a tenth of the number of its records, since a checkpoint costs
 * what they weigh, but at least 100 and at most 5000; 500 when the last is older than a month. */
#define SAT_CHECKPOINT_DUE_PART 10
#define SAT_CHECKPOINT_DUE_LEAST 100
#define SAT_CHECKPOINT_DUE 5000
#define SAT_CHECKPOINT_DUE_OLD 500
#define SAT_CHECKPOINT_OLD_MS (30 * G_GINT64_CONSTANT (86400000))

/* Book `enrolment` has none: who is let in is proved by signed change-sets alone. */
gboolean sat_workspace_may_have_checkpoints (const char *book);

/* The newest one of BOOK on the hub has number NEWEST (0: there is none). One that is new counts as
 * made now. */
gboolean sat_workspace_checkpoint_is_due (
    SatWorkspace *workspace, const char *book, guint64 newest, gboolean *due, GError **error);

/* One was made now, or could not be: the next is due after as many again. */
gboolean sat_workspace_put_off_checkpoint (SatWorkspace *workspace,
                                           const char *book,
                                           guint64 newest,
                                           GError **error);

/* Who made the newest checkpoint of BOOK looks once a day for branches that it covers and nobody
 * needs any more. Is it time for it? Then it is noted that it is done now. */
#define SAT_EPOCHS_DUE_MS G_GINT64_CONSTANT (86400000)
gboolean sat_workspace_epochs_are_due (SatWorkspace *workspace,
                                       const char *book,
                                       gboolean *due,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatJoiner, sat_joiner_free)

G_END_DECLS
