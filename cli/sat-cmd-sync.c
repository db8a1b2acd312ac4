/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel sync */
#include "cli/sat-commands.h"
#include "cli/sat-signals.h"
#include "cli/sat-sync-progress.h"
#include "cli/sat-values.h"

static const SatOption options[] = {
  { "timeout", "S", N_ ("give up after S seconds; what was done is kept") },
  { "progress", NULL, N_ ("write progress as JSON lines to standard error") },
  { NULL },
};

static void
emit_amount (JsonBuilder *builder, const char *name, guint64 change_sets, guint64 bytes)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  sat_json_int (builder, "change_sets", (gint64) change_sets);
  sat_json_int (builder, "bytes", (gint64) bytes);
  json_builder_end_object (builder);
}

static void
emit (const SatSyncResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  emit_amount (builder, "sent", result->sent_change_sets, result->sent_bytes);
  emit_amount (builder, "received", result->received_change_sets, result->received_bytes);
  sat_json_int (builder, "applied", (gint64) result->applied);
  sat_json_int (builder, "conflicts", (gint64) result->conflicts);
  sat_json_int (builder, "quarantined", (gint64) result->quarantined);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print (const SatCli *cli, const SatSyncResult *result)
{
  g_autofree char *sent = g_format_size (result->sent_bytes);
  g_autofree char *received = g_format_size (result->received_bytes);
  g_autofree char *program = sat_cli_program (cli);

  if (result->sent_change_sets == 0 && result->received_change_sets == 0 && result->applied == 0)
    sat_cli_say (cli, _ ("Nothing to send, nothing new."));
  else
    sat_cli_say (cli, _ ("Change-sets sent: %llu (%s); received: %llu (%s)."),
                 (unsigned long long) result->sent_change_sets, sent,
                 (unsigned long long) result->received_change_sets, received);
  if (result->conflicts > 0)
    sat_cli_say (cli,
                 ngettext ("%llu conflict waits for you: %s conflicts",
                           "%llu conflicts wait for you: %s conflicts", result->conflicts),
                 (unsigned long long) result->conflicts, program);
  if (result->quarantined > 0)
    sat_cli_say (cli,
                 ngettext ("%llu change-set was set aside: %s doctor",
                           "%llu change-sets were set aside: %s doctor", result->quarantined),
                 (unsigned long long) result->quarantined, program);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  GCancellable *cancellable = sat_signals_cancellable ();
  SatSyncResult result = { 0 };
  SatProgress progress;
  gint64 deadline = 0;
  gboolean ok;

  if (!sat_args_number (args, "timeout", 1, 86400, &deadline, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  sat_progress_begin (&progress, cli, sat_args_has (args, "progress"));
  ok = sat_sync_run (cli->workspace, (guint) deadline, cancellable, sat_sync_progress, &progress,
                     &result, error);
  sat_progress_end (&progress);
  if (!ok)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&result);
  print (cli, &result);
  return result.conflicts > 0 || result.quarantined > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}

const SatCommand sat_cmd_sync = {
  "sync",
  "",
  0,
  0,
  options,
  TRUE,
  N_ ("exchange changes with the hub"),
  N_ ("Sends what was changed here, fetches what others sent and merges it field by field. It may "
      "be "
      "stopped at any moment (Ctrl-C); nothing is lost, and the next sync goes on from there."),
  "satchel sync --timeout 60",
  run,
};
