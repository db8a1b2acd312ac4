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
