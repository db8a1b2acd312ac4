/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-handing.h"

#include "cli/sat-progress.h"
#include "cli/sat-signals.h"
#include "cli/sat-values.h"

#define SLICE_MS 15
#define SLICE_MOVE_MS 40 /* what is carried over in one slice is sealed as one change-set */
#define PAUSE_US 2000    /* between slices, so that others get their turn */
#define PAUSE_MOVE_US 15000

gboolean
sat_handing_run (SatCli *cli, SatHandover *handover, GError **error)
{
  gboolean moves = sat_handover_book (handover) != NULL;
  GCancellable *cancellable = sat_signals_cancellable ();
  SatProgress progress;
  gboolean more = TRUE;
  gboolean ok = TRUE;

  sat_progress_begin (&progress, cli, FALSE);
  while (ok && more)
    {
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           sat_handover_step (handover, moves ? SLICE_MOVE_MS : SLICE_MS, &more, error);
      sat_progress_at (&progress, "assign", _ ("handing over"), sat_handover_done (handover),
                       sat_handover_total (handover));
      if (ok && more)
        g_usleep (moves ? PAUSE_MOVE_US : PAUSE_US);
    }
  sat_progress_end (&progress);
  return ok;
}

void
sat_handing_say_counts (SatCli *cli, const SatHandover *handover)
{
  const GArray *counts = sat_handover_counts (handover);

  for (guint i = 0; i < counts->len; i++)
    {
      const SatHandoverCount *count = &g_array_index (counts, SatHandoverCount, i);

      /* Translators: a kind of record, and how many of it there are: “Customers: 12”. */
      sat_cli_say (cli, _ ("  %s: %llu"), sat_label (count->object->plural, cli->language),
                   (unsigned long long) count->records);
    }
}

void
sat_handing_say_where (SatCli *cli, const SatHandover *handover)
{
  const char *const *unseen = sat_handover_unseen (handover);
  g_autofree char *books = g_strjoinv (", ", (char **) unseen);

  if (unseen[0] != NULL)
    sat_cli_say (cli,
                 _ ("%s holds no copy of: %s. To see these records, run “satchel book hold BOOK” "
                    "there, or name a book with --book."),
                 sat_handover_receiver (handover), books);
  if (!sat_handover_is_held (handover))
    sat_cli_say (cli, _ ("This laptop does not hold that book: the records leave it with the next "
                         "sync, and arrive when a laptop that holds both books has synced."));
}

void
sat_handing_emit (JsonBuilder *builder, const SatHandover *handover, gboolean dry_run)
{
  const GArray *counts = sat_handover_counts (handover);
  const char *const *unseen = sat_handover_unseen (handover);

  sat_json_int (builder, "records", (gint64) sat_handover_total (handover));
  sat_json_int (builder, "owners", (gint64) sat_handover_handed (handover));
  sat_json_int (builder, "moved", (gint64) sat_handover_moved (handover));
  sat_json_text (builder, "book", sat_handover_book (handover));
  sat_json_bool (builder, "elsewhere", !sat_handover_is_held (handover));
  sat_json_bool (builder, "dry_run", dry_run);
  json_builder_set_member_name (builder, "objects");
  json_builder_begin_array (builder);
  for (guint i = 0; i < counts->len; i++)
    {
      const SatHandoverCount *count = &g_array_index (counts, SatHandoverCount, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "object", count->object->name);
      sat_json_int (builder, "records", (gint64) count->records);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "not_held");
  json_builder_begin_array (builder);
  for (guint i = 0; unseen[i] != NULL; i++)
    json_builder_add_string_value (builder, unseen[i]);
  json_builder_end_array (builder);
}
