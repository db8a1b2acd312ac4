/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-status-out.h"

#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-breach.h"
#include "core/workspace/sat-workspace-enrol.h"

static void
emit_device (JsonBuilder *builder, const SatStatus *status)
{
  json_builder_set_member_name (builder, "device");
  json_builder_begin_object (builder);
  sat_json_id (builder, "id", &status->device_id);
  sat_json_text (builder, "name", status->device_name);
  sat_json_text (builder, "code", status->device_code);
  json_builder_end_object (builder);
}

static void
emit_books (JsonBuilder *builder, const SatStatus *status)
{
  json_builder_set_member_name (builder, "books");
  json_builder_begin_array (builder);
  for (guint i = 0; i < status->books->len; i++)
    {
      const SatBookStatus *book = g_ptr_array_index (status->books, i);

      json_builder_begin_object (builder);
      sat_json_text (builder, "name", book->name);
      sat_json_text (builder, "key", book->key);
      sat_json_int (builder, "pending", (gint64) book->pending);
      sat_json_vector (builder, book->vector);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
emit (SatCli *cli, const SatStatus *status)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *admitted = sat_workspace_admitted_as (cli->workspace, &status->device_id);

  json_builder_begin_object (builder);
  sat_json_text (builder, "workspace", status->workspace);
  sat_json_text (builder, "hub", *status->hub != '\0' ? status->hub : NULL);
  sat_json_text (builder, "user", status->user_login);
  sat_json_text (builder, "user_name", status->user_name);
  emit_device (builder, status);
  json_builder_set_member_name (builder, "closed");
  json_builder_add_boolean_value (builder, sat_workspace_is_closed (cli->workspace, NULL));
  sat_json_text (builder, "admitted", admitted);
  emit_books (builder, status);
  sat_json_int (builder, "pending", status->pending);
  sat_json_int (builder, "conflicts", status->n_conflicts);
  sat_json_int (builder, "approvals", MAX (0, sat_workspace_n_approvals (cli->workspace, NULL)));
  sat_json_int (builder, "quarantined", status->n_quarantined);
  sat_json_int (builder, "breaches", sat_workspace_n_breaches (cli->workspace));
  sat_json_time (builder, "last_sync", status->last_sync_ms);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
add_row (SatGrid *table, const char *label, const char *value)
{
  const char *const row[] = { label, value };

  sat_grid_add (table, row);
}

/* "wang (王伟)", or just the login. */
static char *
named (const char *word, const char *name)
{
  if (name == NULL || *name == '\0' || g_strcmp0 (word, name) == 0)
    return g_strdup (word);
  return g_strdup_printf ("%s (%s)", word, name);
}

static void
print (const SatCli *cli, const SatStatus *status)
{
  guint n_breaches = sat_workspace_n_breaches (cli->workspace);
  g_autofree char *breaches = g_strdup_printf ("%u", n_breaches);
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, sat_cli_width (), sat_cli_table_line, NULL);
  g_autofree char *user = named (status->user_login, status->user_name);
  g_autofree char *device = named (status->device_name, status->device_code);
  g_autofree char *synced = sat_time_text (status->last_sync_ms);
  gint64 n_approvals = sat_workspace_n_approvals (cli->workspace, NULL);
  g_autofree char *approvals = g_strdup_printf ("%" G_GINT64_FORMAT, n_approvals);
  g_autofree char *conflicts = g_strdup_printf ("%" G_GINT64_FORMAT, status->n_conflicts);
  g_autofree char *quarantined = g_strdup_printf ("%" G_GINT64_FORMAT, status->n_quarantined);

  add_row (table, _ ("Workspace"), status->workspace);
  add_row (table, _ ("Hub"), *status->hub != '\0' ? status->hub : _ ("none yet"));
  add_row (table, _ ("User"), user);
  add_row (table, _ ("Device"), device);
  add_row (table, _ ("Last sync"), synced);
  for (guint i = 0; i < status->books->len; i++)
    {
      const SatBookStatus *book = g_ptr_array_index (status->books, i);
      g_autofree char *label = g_strdup_printf (_ ("Waiting to be sent, book %s"), book->name);
      g_autofree char *pending = g_strdup_printf ("%" G_GUINT64_FORMAT, book->pending);

      add_row (table, label, pending);
    }
  add_row (table, _ ("Conflicts"), conflicts);
  if (n_approvals > 0)
    add_row (table, _ ("Approvals for you"), approvals);
  if (status->n_quarantined > 0)
    add_row (table, _ ("Change-sets set aside"), quarantined);
  if (n_breaches > 0)
    add_row (table, _ ("Beyond what a role may"), breaches);
  sat_grid_finish (table);
}

static void
print_not_let_in (const SatCli *cli, const SatStatus *status)
{
  g_autofree char *role = sat_workspace_admitted_as (cli->workspace, &status->device_id);
  char id[SAT_ID_TEXT_SIZE];

  if (role == NULL && sat_workspace_is_closed (cli->workspace, NULL))
    sat_cli_say (cli, _ ("This laptop is not let in. On an administrator's: satchel hub admit %s"),
                 sat_id_format (&status->device_id, id));
}

static void
print_hints (const SatCli *cli, const SatStatus *status)
{
  g_autofree char *program = sat_cli_program (cli);

  print_not_let_in (cli, status);
  if (*status->hub == '\0')
    sat_cli_say (cli, _ ("Once the hub can be reached: %s hub set URL"), program);
  if (status->n_conflicts > 0)
    sat_cli_say (cli, _ ("To see and settle the conflicts: %s conflicts"), program);
  if (sat_workspace_n_approvals (cli->workspace, NULL) > 0)
    sat_cli_say (cli, _ ("To see what waits for your approval: %s approval list"), program);
  if (status->n_quarantined > 0)
    sat_cli_say (cli, _ ("To see what was set aside and why: %s doctor"), program);
  if (sat_workspace_n_breaches (cli->workspace) > 0)
    sat_cli_say (cli, _ ("To see who went beyond what a role may: %s perm breaches"), program);
}

SatExit
sat_status_print (SatCli *cli, GError **error)
{
  g_autoptr (SatStatus) status = sat_workspace_status (cli->workspace, error);

  if (status == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (cli, status);
  else
    {
      print (cli, status);
      print_hints (cli, status);
    }
  return status->n_conflicts > 0 || status->n_quarantined > 0 ? SAT_EXIT_WAITING : SAT_EXIT_DONE;
}
