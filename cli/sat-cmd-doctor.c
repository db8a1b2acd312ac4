/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel doctor */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-hub-ask.h"
#include "cli/sat-values.h"
#include "sync/sat-audit.h"

static const SatOption options[] = {
  { "repair", NULL, N_ ("rebuild derived data: search index, shown values, conflicts") },
  { "quick", NULL, N_ ("leave out the history: its signatures, and replaying it") },
  { "offline", NULL,
    N_ ("do not ask the hub for the checkpoint of a book whose first changes are gone here") },
  SAT_HUB_OPTIONS,
  { NULL },
};

static char *
detail_text (const SatCheck *check)
{
  if (check->detail_msgid == NULL)
    return NULL;
  return sat_cli_word (check->detail_msgid, (const char *const *) check->detail_args);
}

static void
emit (const GPtrArray *checks)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "checks");
  json_builder_begin_array (builder);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      g_autofree char *detail = detail_text (check);

      json_builder_begin_object (builder);
      sat_json_text (builder, "name", check->name);
      sat_json_bool (builder, "ok", check->ok);
      sat_json_text (builder, "detail", detail);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* The name in words; one of a newer core as it is. */
static const char *
name_text (const char *name)
{
  static const char *const known[] = {
    N_ ("database"), N_ ("schema"),     N_ ("copy"),    N_ ("registers"), N_ ("history"),
    N_ ("search"),   N_ ("references"), N_ ("numbers"), N_ ("catalogue"), N_ ("quarantine"),
    N_ ("clock"),    N_ ("key"),        N_ ("revoked"), N_ ("commits"),   N_ ("replay"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (name, known[i]))
      return _ (known[i]);
  return name;
}

static void
print (const GPtrArray *checks)
{
  g_autoptr (SatGrid) table = sat_grid_new (3, NULL, 0, sat_cli_table_line, NULL);

  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      g_autofree char *detail = detail_text (check);
      const char *const row[] = { name_text (check->name), check->ok ? _ ("fine") : _ ("problem"),
                                  detail };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static gboolean
all_fine (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    if (!((const SatCheck *) g_ptr_array_index (checks, i))->ok)
      return FALSE;
  return TRUE;
}

/* What SQLite itself finds damaged is not written to. */
static gboolean
database_is_fine (const GPtrArray *checks)
{
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);

      if (g_str_equal (check->name, "database"))
        return check->ok;
    }
  return TRUE;
}

static gboolean
look (SatCli *cli, const SatArgs *args, const SatSyncOptions *ask, GPtrArray **out, GError **error)
{
  gboolean repair = sat_args_has (args, "repair");
  SatAuditFlags flags = (repair ? SAT_AUDIT_REPAIR : 0) |
                        (sat_args_has (args, "offline") ? SAT_AUDIT_OFFLINE : 0);

  *out = sat_workspace_doctor (cli->workspace, repair, error);
  return *out != NULL && (sat_args_has (args, "quick") || !database_is_fine (*out) ||
                          sat_sync_audit (cli->workspace, flags, ask, *out, error));
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  g_auto (SatHubAsk) ask = { 0 };
  g_autoptr (GPtrArray) checks = NULL;
  gboolean done;

  if (!sat_hub_ask_begin (&ask, cli, args, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  done = look (cli, args, &ask.options, &checks, error);
  sat_hub_ask_end (&ask, !done);
  if (!done)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (checks);
  else
    print (checks);
  return all_fine (checks) ? SAT_EXIT_DONE : SAT_EXIT_WAITING;
}

const SatCommand sat_cmd_doctor = {
  "doctor",
  "",
  0,
  0,
  options,
  TRUE,
  N_ ("check this replica and say exactly what is wrong"),
  N_ ("Looks at the database; then at every change-set in the local history, its signature too; "
      "and "
      "applies them all to an empty database and compares every record. That takes about as long "
      "as "
      "the first sync did. Where the first changes of a book are gone, because a checkpoint covers "
      "them, it begins with that checkpoint, and asks the hub for it if need be. Exit status 3: "
      "something is wrong, or waits for a person."),
  "satchel doctor\nsatchel doctor --repair",
  run,
};
