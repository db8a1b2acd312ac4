/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel devices */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "allowed-signers", NULL, N_ ("print their keys as git verify-commit wants them") },
  { NULL },
};

static void
emit (const GPtrArray *devices)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &device->id);
      sat_json_text (builder, "name", device->name);
      sat_json_text (builder, "code", device->code);
      sat_json_text (builder, "user", device->user);
      sat_json_time (builder, "last_seen", device->last_seen_ms);
      sat_json_text (builder, "state", device->state);
      sat_json_int (builder, "last_number", (gint64) device->last_number);
      sat_json_text (builder, "public_key", device->public_key);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static const char *
state_text (const char *state)
{
  if (g_strcmp0 (state, "live") == 0)
    return _ ("in use");
  if (g_strcmp0 (state, "revoked") == 0)
    return _ ("revoked");
  if (g_strcmp0 (state, "retired") == 0)
    return _ ("retired");
  return state;
}

static void
print (const GPtrArray *devices)
{
  const char *const headings[] = { _ ("Name"),  _ ("Code"), _ ("User"), _ ("Last seen"),
                                   _ ("State"), _ ("id"),   NULL };
  g_autoptr (SatGrid) table = sat_grid_new (6, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *seen = sat_time_text (device->last_seen_ms);
      char tail[9];
      const char *const row[] = {
        device->name,
        device->code,
        device->user,
        seen,
        state_text (device->state),
        sat_cli_short_id (&device->id, tail),
      };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static gboolean
print_signers (const SatCli *cli, GError **error)
{
  g_autofree char *text = sat_sync_allowed_signers (cli->workspace, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (text == NULL)
    return FALSE;
  if (!cli->json)
    {
      fputs (text, stdout);
      return TRUE;
    }
  json_builder_begin_object (builder);
  sat_json_text (builder, "allowed_signers", text);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
  return TRUE;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) devices = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "allowed-signers"))
    return print_signers (cli, error) ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
  devices = sat_workspace_devices (cli->workspace, error);
  if (devices == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (devices);
  else
    print (devices);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_devices = {
  "devices",
  "",
  0,
  0,
  options,
  FALSE,
  N_ ("list the devices of the workspace"),
  N_ ("With --allowed-signers stock git can say who wrote what in the hub."),
  "satchel devices --allowed-signers >signers\n"
  "git -C hub -c gpg.ssh.allowedSignersFile=../signers log --all --show-signature",
  run,
};
