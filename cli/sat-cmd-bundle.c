/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel bundle export, satchel bundle import */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-sync-result.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-devices.h"
#include "sync/sat-bundle.h"

/* ---- export ---- */

static const SatOption export_options[] = {
  { "for", "DEVICE",
    N_ ("what this device lacks, as far as is known here: its id, short code or name") },
  { "since", "DATE", N_ ("what was sealed on this day or after it, as 2026-11-21") },
  { "progress", NULL, N_ ("write progress as JSON lines to standard error") },
  { NULL },
};

/* The device with that short code or name, if exactly one has it; else by id. */
static gboolean
find_device (SatCli *cli, const char *text, SatId *out, GError **error)
{
  g_autoptr (GPtrArray) devices = sat_workspace_devices (cli->workspace, error);
  const SatObject *object = sat_workspace_object (cli->workspace, "device", error);
  guint found = 0;

  if (devices == NULL || object == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);

      if (g_strcmp0 (device->name, text) != 0 &&
          (device->code == NULL || g_ascii_strcasecmp (device->code, text) != 0))
        continue;
      *out = device->id;
      found++;
    }
  return found == 1 || sat_workspace_find (cli->workspace, object, text, out, error);
}

/* The beginning of the day in the local time zone, in milliseconds; 0: no such option. */
static gboolean
read_since (const SatArgs *args, gint64 *out, GError **error)
{
  const char *text = sat_args_get (args, "since");
  g_autofree char *full = text ? g_strconcat (text, "T00:00:00", NULL) : NULL;
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GDateTime) time = text && strlen (text) == 10
                                   ? g_date_time_new_from_iso8601 (full, zone)
                                   : NULL;

  *out = 0;
  if (text == NULL)
    return TRUE;
  if (time == NULL || g_date_time_to_unix (time) <= 0)
    return sat_usage (error, _ ("“%s” is not a day; write it as 2026-11-21"), text);
  *out = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

/* {"file": FILE|null, "change_sets", "checkpoints", "bytes"} */
static void
emit_export (const char *file, const SatBundleResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "file", result->written ? file : NULL);
  sat_json_int (builder, "change_sets", (gint64) result->change_sets);
  sat_json_int (builder, "checkpoints", (gint64) result->checkpoints);
  sat_json_int (builder, "bytes", (gint64) result->bytes);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
say_export (const SatCli *cli, const char *file, const SatBundleResult *result)
{
  g_autofree char *size = g_format_size (result->bytes);

  if (!result->written)
    sat_cli_say (cli, _ ("The other side lacks nothing that is known here; no file was written."));
  else
    sat_cli_say (cli,
                 ngettext ("%llu change-set is in “%s” (%s).", "%llu change-sets are in “%s” (%s).",
                           result->change_sets),
                 (unsigned long long) result->change_sets, file, size);
}

static int
run_export (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *file = sat_args_word (args, 0);
  const char *to = sat_args_get (args, "for");
  g_auto (SatHubAsk) ask = { 0 };
  SatBundleResult result;
  gint64 since_ms;
  SatId device;
  gboolean done;

  if (!read_since (args, &since_ms, error) || !sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL || (to && !find_device (cli, to, &device, error)))
    return SAT_EXIT_FAILED;
  done = sat_sync_bundle_export (cli->workspace, file, to ? &device : NULL, since_ms, &ask.options,
                                 &result, error);
  sat_hub_ask_end (&ask, !done);
  if (!done)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_export (file, &result);
  say_export (cli, file, &result);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_bundle_export = {
  "bundle export",
  "FILE",
  1,
  1,
  export_options,
  TRUE,
  N_ ("write changes to one file, for a stick or a mail"),
  N_ ("Needs no hub. Without --for and --since everything is written that is known of the books "
      "held here, also what others have changed. With --for it is what that laptop lacks: it has "
      "what the last of its changes that came here had seen. What is written still waits for the "
      "hub. The file is a git bundle."),
  "satchel bundle export /media/stick/for-li.bundle --for W7",
  run_export,
};

/* ---- import ---- */

static const SatOption import_options[] = {
  { "progress", NULL, N_ ("write progress as JSON lines to standard error") },
  { NULL },
};

/* {"change_sets", "bytes", "applied", "conflicts", "quarantined"} */
static void
emit_import (const SatSyncResult *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "change_sets", (gint64) result->received_change_sets);
  sat_json_int (builder, "bytes", (gint64) result->received_bytes);
  sat_json_int (builder, "applied", (gint64) result->applied);
  sat_json_int (builder, "conflicts", (gint64) result->conflicts);
  sat_json_int (builder, "quarantined", (gint64) result->quarantined);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_import (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  SatSyncResult result;
  gboolean done;

  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  done = sat_sync_bundle_import (cli->workspace, sat_args_word (args, 0), &ask.options, &result,
                                 error);
  sat_hub_ask_end (&ask, !done);
  if (!done)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_import (&result);
  if (result.received_change_sets == 0 && result.applied == 0)
    sat_cli_say (cli, _ ("Nothing new in it."));
  else
    sat_cli_say (
        cli,
        ngettext ("%llu change-set was new; applied: %llu.",
                  "%llu change-sets were new; applied: %llu.", result.received_change_sets),
        (unsigned long long) result.received_change_sets, (unsigned long long) result.applied);
  return sat_sync_result_waiting (cli, &result);
}

const SatCommand sat_cmd_bundle_import = {
  "bundle import",
  "FILE",
  1,
  1,
  import_options,
  TRUE,
  N_ ("take in a file that “bundle export” has written"),
  N_ ("Everything in it is checked and merged as if it came from the hub. The same file may be "
      "taken "
      "in twice, files in any order; what was stopped goes on with the same file or with a sync."),
  "satchel bundle import /media/stick/for-li.bundle",
  run_import,
};
