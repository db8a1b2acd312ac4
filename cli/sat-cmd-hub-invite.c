/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub invite, satchel hub withdraw, satchel hub admit */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-enrol.h"

/* How long an invitation holds. */
#define DAYS 14
#define MOST_DAYS 365

static const SatOption invite_options[] = {
  { "role", "ROLE",
    N_ ("sales, manager, service, marketing, finance, observer or admin; default: "
        "sales") },
  { "book", "BOOK", N_ ("a book to hold; may be given several times; default: all") },
  { "days", "N", N_ ("how long the code can be used; default: 14") },
  { NULL },
};

static void
emit_invite (const char *login, const char *role, const char *code)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "user", login);
  sat_json_text (builder, "role", role);
  sat_json_text (builder, "code", code);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_invite (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *login = sat_args_word (args, 0);
  const char *role = sat_args_get (args, "role");
  char code[SAT_CODE_TEXT_SIZE];
  gint64 days = DAYS;
  g_autoptr (SatStatus) status = NULL;

  if (!sat_args_number (args, "days", 1, MOST_DAYS, &days, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_invite (cli->workspace, login, role, sat_args_all (args, "book"), (guint) days,
                             code, error))
    return SAT_EXIT_FAILED;
  status = sat_workspace_status (cli->workspace, error);
  if (status == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_invite (login, role ? role : "sales", code);
  else if (cli->quiet)
    sat_cli_line (code);
  sat_cli_say (cli, _ ("The code for %s, to be used once: %s"), login, code);
  sat_cli_say (cli, _ ("After the next sync, on the new laptop: satchel join %s --code CODE"),
               *status->hub != '\0' ? status->hub : "URL");
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_invite = {
  "hub invite",
  "LOGIN",
  1,
  1,
  invite_options,
  FALSE,
  N_ ("let a person join a closed workspace (administrators)"),
  N_ ("Prints a code for one laptop of the person; tell it to nobody else, and by another way than "
      "the hub. It is kept nowhere. It takes no network: the invitation goes out with the next "
      "sync. “satchel devices” shows invitations that were not taken up; “satchel hub withdraw” "
      "takes one back."),
  "satchel hub invite wang --role sales --book east\n"
  "satchel hub invite li --role admin --days 2",
  run_invite,
};

/* ---- hub withdraw ---- */

static void
emit_withdrawn (const GPtrArray *withdrawn)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "withdrawn");
  json_builder_begin_array (builder);
  for (guint i = 0; i < withdrawn->len; i++)
    {
      const SatInvitation *invitation = g_ptr_array_index (withdrawn, i);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &invitation->id);
      sat_json_text (builder, "user", invitation->login);
      sat_json_text (builder, "role", invitation->role);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_withdraw (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) withdrawn = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  withdrawn = sat_workspace_withdraw (cli->workspace, sat_args_word (args, 0), error);
  if (withdrawn == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_withdrawn (withdrawn);
  for (guint i = 0; i < withdrawn->len; i++)
    {
      const SatInvitation *invitation = g_ptr_array_index (withdrawn, i);

      sat_cli_say (cli, _ ("The invitation of %s as %s is withdrawn; the next sync tells the hub."),
                   invitation->login, invitation->role);
    }
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_withdraw = {
  "hub withdraw",
  "LOGIN|INVITATION",
  1,
  1,
  NULL,
  FALSE,
  N_ ("take back an invitation that was not taken up (administrators)"),
  N_ ("Takes back all invitations of a login name, or the one with that id, which “satchel "
      "devices” "
      "shows; 6 characters of its beginning or end serve. Its code is refused by new laptops that "
      "have heard of it, and by a hub with the hook. Whoever joins with the code before that is "
      "in; "
      "“satchel doctor” then says so, and “satchel hub revoke” puts them out again."),
  "satchel hub withdraw wang\n"
  "satchel hub withdraw 7f3a90c2",
  run_withdraw,
};

/* ---- hub admit ---- */

static const SatOption admit_options[] = {
  { "role", "ROLE", N_ ("as for “satchel hub invite”") },
  { NULL },
};

static int
run_admit (SatCli *cli, const SatArgs *args, GError **error)
{
  char id[SAT_ID_TEXT_SIZE];
  SatId device;

  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_admit (cli->workspace, sat_args_word (args, 0), sat_args_get (args, "role"),
                            &device, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&device);
  sat_cli_say (cli, _ ("Device %s is let in; the next sync tells the others."),
               sat_id_format (&device, id));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_admit = {
  "hub admit",
  "DEVICE",
  1,
  1,
  admit_options,
  FALSE,
  N_ ("let in a laptop that was copied or restored (administrators)"),
  N_ ("In a closed workspace a laptop that was copied, or restored from a backup, is a new device, "
      "and what it sends waits. DEVICE is its id, which “satchel status” shows on it and “satchel "
      "doctor” on yours; 6 characters of the beginning or end serve for one that waits here. Ask "
      "the person first."),
  "satchel hub admit 7f3a90c2",
  run_admit,
};
