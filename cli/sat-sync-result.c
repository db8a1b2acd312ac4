/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-sync-result.h"

#include "cli/sat-values.h"

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

  if (result->sent_change_sets == 0 && result->received_change_sets == 0 && result->applied == 0)
    sat_cli_say (cli, _ ("Nothing to send, nothing new."));
  else
    sat_cli_say (cli, _ ("Change-sets sent: %llu (%s); received: %llu (%s)."),
                 (unsigned long long) result->sent_change_sets, sent,
                 (unsigned long long) result->received_change_sets, received);
}

SatExit
sat_sync_result_waiting (const SatCli *cli, const SatSyncResult *result)
{
  g_autofree char *program = sat_cli_program (cli);

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
  return result->conflicts > 0 || result->quarantined > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}

SatExit
sat_sync_result_print (const SatCli *cli, const SatSyncResult *result)
{
  if (cli->json)
    emit (result);
  print (cli, result);
  return sat_sync_result_waiting (cli, result);
}
