/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change-sets in inbox.git, as core asks for them when it applies: by book, device and number.
 * A line of change-sets is all branches of one device in one book, epoch by epoch. Where a number
 * is gets looked up when the first text of a line is asked for, and only beyond what was applied.
 */
#pragma once

#include "core/workspace/sat-exchange-files.h"
#include "sync/sat-sync-job.h"

G_BEGIN_DECLS

typedef struct _SatSource SatSource;

/* Of what inbox holds now; JOB outlives it. */
SatSource *sat_source_new (SatSyncJob *job, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_source_free (SatSource *source);

/* Offers every foreign line of a book held (BOOK: of that one) that has more than was applied, or
 * was refused, or of which something was set aside before. FALSE if there is none; *TOTAL is how
 * many change-sets that is. */
gboolean sat_source_offer (SatSource *source, SatInbox *inbox, const char *book, guint64 *total);

/* Of what was offered, from commit messages and sizes of texts; reads a sample. FALSE only when
 * stopped, or the inbox is damaged. */
gboolean sat_source_estimate (SatSource *source, SatSyncEstimate *out, GError **error);
/* SatChangeTextFunc; DATA is the source. */
GBytes *sat_source_text (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error);

/* SatChangeFileFunc; likewise. */
GBytes *sat_source_file (const char *book,
                         const SatId *device,
                         guint64 number,
                         const SatFile *file,
                         gpointer data,
                         GError **error);

/* After applying: remembers how far the lines of revoked devices go beyond what counts. */
gboolean sat_source_note_cut_off (SatSource *source, GError **error);

/* After applying: the books of which something that is here could not be applied. */
char **sat_source_stuck (SatSource *source) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatSource, sat_source_free)

G_END_DECLS
