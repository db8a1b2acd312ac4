/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub signers */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "sync/sat-sync.h"

static void
emit (const char *file)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "file", file);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *file = g_canonicalize_filename (sat_args_word (args, 0), NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  text = sat_sync_allowed_signers (cli->workspace, error);
  if (text == NULL)
    return SAT_EXIT_FAILED;
  if (!g_file_set_contents (file, text, -1, &local))
    {
      sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file, local->message, NULL);
      return SAT_EXIT_FAILED;
    }
  if (cli->json)
    emit (file);
  sat_cli_say (cli, _ ("The keys of all devices known here are in %s."), file);
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_signers = {
  "hub signers",
  "FILE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("write the devices’ keys so that stock git can verify who wrote what"),
  N_ ("FILE is an allowed-signers file as OpenSSH and git read it: a line for each device, with "
      "its user and short code."),
  "satchel hub signers crm.signers\n"
  "git -C hub -c gpg.ssh.allowedSignersFile=$PWD/crm.signers log --all --show-signature",
  run,
};
