/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-sync-progress.h"

static const char *
phase_text (SatPhase phase)
{
  switch (phase)
    {
    case SAT_PHASE_SEAL:
      return _ ("Sealing your changes");
    case SAT_PHASE_FETCH:
      return _ ("Fetching from the hub");
    case SAT_PHASE_APPLY:
      return _ ("Applying others' changes");
    case SAT_PHASE_MERGE:
      return _ ("Merging notes");
    case SAT_PHASE_PUSH:
      return _ ("Sending to the hub");
    case SAT_PHASE_INDEX:
      return _ ("Updating the search index");
    default:
      return "";
    }
}

void
sat_sync_progress (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  sat_progress_at (data, sat_phase_name (phase), phase_text (phase), done, total);
}

void
sat_sync_estimated (const SatSyncEstimate *estimate, gpointer data)
{
  g_autofree char *size = g_format_size (estimate->bytes);
  g_autofree char *line = g_strdup_printf (
      "{\"event\":\"estimate\",\"change_sets\":%" G_GUINT64_FORMAT ",\"records\":%" G_GUINT64_FORMAT
      ",\"bytes\":%" G_GUINT64_FORMAT ",\"seconds\":%" G_GUINT64_FORMAT "}",
      estimate->change_sets, estimate->records, estimate->bytes, estimate->seconds);
  guint64 minutes = MAX (1, (estimate->seconds + 59) / 60);
  g_autofree char *text = g_strdup_printf (
      ngettext ("About %llu records in %llu change-sets to take in (%s): roughly %llu minute.",
                "About %llu records in %llu change-sets to take in (%s): roughly %llu minutes.",
                minutes),
      (unsigned long long) estimate->records, (unsigned long long) estimate->change_sets, size,
      (unsigned long long) minutes);

  sat_progress_note (data, line, text);
}
