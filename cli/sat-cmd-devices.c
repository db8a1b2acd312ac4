/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel devices */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "sync/sat-sync.h"

static const SatOption options[] = {
  { "allowed-signers", NULL, N_ ("print their keys as git verify-commit wants them") },
  { NULL },
};

/* A clock that is a little ahead is no matter: there are always minutes between two. */
static gboolean
is_ahead (const SatDevice *device)
{
  return device->ahead_ms > 5 * 60 * 1000;
}

/* -1: not known. */
static void
emit_number (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  if (number < 0)
    json_builder_add_null_value (builder);
  else
    json_builder_add_int_value (builder, number);
}

/* What an administrator should know of an invitation: it was not taken up, or more than once, or
 * although it was withdrawn. */
static gboolean
is_shown (const SatCli *cli, const SatInvitation *invitation)
{
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (cli->workspace));

  return invitation->devices->len == 0 ? now_ms <= invitation->expires_ms
                                       : invitation->devices->len > 1 || invitation->withdrawn;
}

static void
emit_texts (JsonBuilder *builder, const char *name, char **texts)
{
  json_builder_set_member_name (builder, name);
  if (texts == NULL)
    {
      json_builder_add_null_value (builder);
      return;
    }
  json_builder_begin_array (builder);
  for (guint i = 0; texts[i] != NULL; i++)
    json_builder_add_string_value (builder, texts[i]);
  json_builder_end_array (builder);
}

static void
emit_invitations (const SatCli *cli, JsonBuilder *builder, const GPtrArray *invitations)
{
  json_builder_set_member_name (builder, "invitations");
  json_builder_begin_array (builder);
  for (guint i = 0; i < invitations->len; i++)
    {
      const SatInvitation *invitation = g_ptr_array_index (invitations, i);

      if (!is_shown (cli, invitation))
        continue;
      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &invitation->id);
      sat_json_text (builder, "user", invitation->login);
      sat_json_text (builder, "role", invitation->role);
      emit_texts (builder, "books", invitation->books);
      sat_json_time (builder, "expires", invitation->expires_ms);
      sat_json_int (builder, "taken_up", invitation->devices->len);
      json_builder_set_member_name (builder, "withdrawn");
      json_builder_add_boolean_value (builder, invitation->withdrawn);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
emit_strangers (JsonBuilder *builder, const GPtrArray *strangers)
{
  json_builder_set_member_name (builder, "waiting");
  json_builder_begin_array (builder);
  for (guint i = 0; i < strangers->len; i++)
    {
      const SatStranger *stranger = g_ptr_array_index (strangers, i);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &stranger->device);
      emit_texts (builder, "books", stranger->books);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
emit (const SatCli *cli,
      const GPtrArray *devices,
      const GPtrArray *invitations,
      const GPtrArray *strangers)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *admitted = sat_workspace_admitted_as (cli->workspace, &device->id);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &device->id);
      sat_json_text (builder, "name", device->name);
      sat_json_text (builder, "code", device->code);
      sat_json_text (builder, "user", device->user);
      sat_json_time (builder, "last_seen", device->last_seen_ms);
      sat_json_text (builder, "state", device->state);
      sat_json_text (builder, "admitted", admitted);
      sat_json_int (builder, "last_number", (gint64) device->last_number);
      sat_json_text (builder, "public_key", device->public_key);
      sat_json_text (builder, "version", device->version);
      sat_json_text (builder, "reported", device->reported);
      emit_number (builder, "size_mb", device->size_mb);
      emit_number (builder, "conflicts", device->n_conflicts);
      emit_number (builder, "quarantined", device->n_quarantined);
      sat_json_int (builder, "clock_ahead_s", is_ahead (device) ? device->ahead_ms / 1000 : 0);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  emit_invitations (cli, builder, invitations);
  emit_strangers (builder, strangers);
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

/* The state, and what somebody should look at. */
static char *
state_and_troubles (const SatCli *cli, const SatDevice *device)
{
  g_autoptr (GString) out = g_string_new (state_text (device->state));
  g_autofree char *role = sat_workspace_admitted_as (cli->workspace, &device->id);

  if (role == NULL && sat_workspace_is_closed (cli->workspace, NULL))
    g_string_append_printf (out, "; %s", _ ("not let in"));
  else if (g_strcmp0 (role, SAT_ROLE_ADMIN) == 0)
    g_string_append_printf (out, "; %s", _ ("administrator"));
  if (device->n_quarantined > 0)
    {
      g_string_append (out, "; ");
      g_string_append_printf (out,
                              ngettext ("%d change-set put aside", "%d change-sets put aside",
                                        (gulong) device->n_quarantined),
                              (int) device->n_quarantined);
    }
  if (is_ahead (device))
    {
      g_string_append (out, "; ");
      g_string_append_printf (out, _ ("clock %d minutes ahead"),
                              (int) MIN (device->ahead_ms / 60000, G_MAXINT));
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
print_invitation (const SatCli *cli, const SatInvitation *invitation)
{
  g_autofree char *expires = sat_time_text (invitation->expires_ms);
  guint n = invitation->devices->len;
  char tail[9];

  sat_cli_short_id (&invitation->id, tail);
  if (n == 0 && invitation->withdrawn)
    sat_cli_say (cli, _ ("The invitation of %s as %s was withdrawn (%s)."), invitation->login,
                 invitation->role, tail);
  else if (n == 0)
    sat_cli_say (cli, _ ("%s is invited as %s until %s, and has not joined yet (%s)."),
                 invitation->login, invitation->role, expires, tail);
  else if (invitation->withdrawn)
    sat_cli_say (cli,
                 ngettext ("The invitation of %s was withdrawn, and taken up by %u laptop.",
                           "The invitation of %s was withdrawn, and taken up by %u laptops.", n),
                 invitation->login, n);
  else
    sat_cli_say (cli,
                 ngettext ("The invitation of %s was taken up by %u laptop.",
                           "The invitation of %s was taken up by %u laptops.", n),
                 invitation->login, n);
}

static void
print_invitations (const SatCli *cli, const GPtrArray *invitations)
{
  for (guint i = 0; i < invitations->len; i++)
    if (is_shown (cli, g_ptr_array_index (invitations, i)))
      print_invitation (cli, g_ptr_array_index (invitations, i));
}

static void
print_strangers (const SatCli *cli, const GPtrArray *strangers)
{
  for (guint i = 0; i < strangers->len; i++)
    {
      const SatStranger *stranger = g_ptr_array_index (strangers, i);
      g_autofree char *books = g_strjoinv (", ", stranger->books);
      char id[SAT_ID_TEXT_SIZE];

      sat_cli_say (cli, _ ("Device %s is not let in; what it wrote waits (books: %s)."),
                   sat_id_format (&stranger->device, id), books);
    }
}

static void
print (const SatCli *cli, const GPtrArray *devices)
{
  const char *const headings[] = { _ ("Name"),      _ ("Code"),  _ ("User"),
                                   _ ("Last seen"), _ ("State"), _ ("Version"),
                                   _ ("MB"),        _ ("id"),    NULL };
  g_autoptr (SatGrid) table = sat_grid_new (8, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *seen = sat_time_text (device->last_seen_ms);
      g_autofree char *state = state_and_troubles (cli, device);
      g_autofree char *size = device->size_mb < 0
                                  ? NULL
                                  : g_strdup_printf ("%" G_GINT64_FORMAT, device->size_mb);
      char tail[9];
      const char *const row[] = {
        device->name, device->code,    device->user, seen,
        state,        device->version, size,         sat_cli_short_id (&device->id, tail),
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
  g_autoptr (GPtrArray) invitations = NULL;
  g_autoptr (GPtrArray) strangers = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  if (sat_args_has (args, "allowed-signers"))
    return print_signers (cli, error) ? SAT_EXIT_DONE : SAT_EXIT_FAILED;
  devices = sat_workspace_devices (cli->workspace, error);
  invitations = devices ? sat_workspace_invitations (cli->workspace, error) : NULL;
  strangers = invitations ? sat_workspace_strangers (cli->workspace, error) : NULL;
  if (strangers == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    {
      emit (cli, devices, invitations, strangers);
      return SAT_EXIT_DONE;
    }
  print (cli, devices);
  if (sat_workspace_is_admin (cli->workspace, NULL))
    print_invitations (cli, invitations);
  print_strangers (cli, strangers);
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
  N_ ("What each laptop keeps and what it could not take in it says itself, once a week; how that "
      "was before: “satchel history device ID”. With --allowed-signers stock git can say who wrote "
      "what in the hub."),
  "satchel devices --allowed-signers >signers\n"
  "git -C hub -c gpg.ssh.allowedSignersFile=../signers log --all --show-signature",
  run,
};
