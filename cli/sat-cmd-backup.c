/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel backup, satchel restore */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-backup.h"

static void
emit_backup (const SatBackup *backup, const char *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "file", file);
  json_builder_set_member_name (builder, "bytes");
  json_builder_add_int_value (builder, (gint64) backup->bytes);
  json_builder_set_member_name (builder, "books");
  json_builder_begin_array (builder);
  for (guint i = 0; i < backup->digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (backup->digests, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "key", digest->book);
      sat_json_text (builder, "digest", digest->digest);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_backup (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *file = sat_args_word (args, 0);
  g_autoptr (SatBackup) backup = NULL;
  g_autofree char *size = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  backup = sat_workspace_backup (cli->workspace, file, error);
  if (backup == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_backup (backup, file);
  size = g_format_size (backup->bytes);
  sat_cli_say (cli, _ ("Backup written and checked: %s (%s)"), file, size);
  sat_cli_say (cli, _ ("It holds the key of this device: keep it as safe as the laptop."));
  return SAT_EXIT_DONE;
}

static void
emit_restored (const SatRestored *restored, const char *home)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  char id[SAT_ID_TEXT_SIZE];

  json_builder_begin_object (builder);
  sat_json_text (builder, "home", home);
  sat_json_text (builder, "device", sat_id_format (&restored->device, id));
  sat_json_text (builder, "code", restored->code);
  sat_json_text (builder, "kept", restored->kept);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_restore (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *file = sat_args_word (args, 0);
  g_auto (SatRestored) restored = { 0 };

  if (!sat_workspace_restore (file, cli->home, NULL, NULL, &restored, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_restored (&restored, cli->home);
  sat_cli_say (cli, _ ("Restored to %s, as a new device with the short code %s."), cli->home,
               restored.code);
  if (restored.kept != NULL)
    sat_cli_say (cli, _ ("What was there before is kept in %s."), restored.kept);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_backup = {
  "backup",
  "FILE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("write everything on this device to one file"),
  N_ ("The app and a sync may go on meanwhile. The file is read again and checked before it takes "
      "the place of an older one. It holds the key of this device too."),
  "satchel backup /media/stick/acme.satchel-backup",
  run_backup,
};

const SatCommand sat_cmd_restore = {
  "restore",
  "FILE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("make this device's workspace from a backup"),
  N_ ("The backup is checked first. A workspace that is in the folder is kept beside it. What is "
      "restored goes on as a new device, with a short code of its own, so that it does no harm if "
      "the old one still lives; what that had not sent is sent with the next sync."),
  "satchel restore /media/stick/acme.satchel-backup\nsatchel --home DIR restore FILE",
  run_restore,
};
