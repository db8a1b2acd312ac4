/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel module list, on, off, simple */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-modules.h"

static const char *
state_of (const SatModule *module)
{
  if (module->n_off == 0)
    return "on";
  return module->n_off == module->objects->len ? "off" : "part";
}

static const char *
state_word (const SatModule *module)
{
  if (module->n_off == 0)
    return _ ("on");
  return module->n_off == module->objects->len ? _ ("off") : _ ("partly on");
}

static void
emit_modules (const GPtrArray *modules)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "modules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < modules->len; i++)
    {
      const SatModule *module = modules->pdata[i];

      json_builder_begin_object (builder);
      sat_json_text (builder, "name", module->name);
      sat_json_text (builder, "state", state_of (module));
      json_builder_set_member_name (builder, "objects");
      json_builder_begin_array (builder);
      for (guint k = 0; k < module->objects->len; k++)
        json_builder_add_string_value (builder,
                                       ((const SatObject *) module->objects->pdata[k])->name);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_modules (SatCli *cli, const GPtrArray *modules)
{
  const char *const headings[] = { _ ("Module"), _ ("State"), _ ("Objects"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (3, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < modules->len; i++)
    {
      const SatModule *module = modules->pdata[i];
      g_autoptr (GString) objects = g_string_new (NULL);

      for (guint k = 0; k < module->objects->len; k++)
        g_string_append_printf (objects, "%s%s", k > 0 ? ", " : "",
                                sat_object_label (cli, module->objects->pdata[k]));
      const char *const row[] = { module->name, state_word (module), objects->str };
      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
show (SatCli *cli)
{
  g_autoptr (GPtrArray) modules = sat_modules_of (sat_workspace_catalogue (cli->workspace));

  if (cli->json)
    emit_modules (modules);
  else if (!cli->quiet)
    print_modules (cli, modules);
  return SAT_EXIT_DONE;
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  return sat_cli_open (cli, error) != NULL ? show (cli) : SAT_EXIT_FAILED;
}

static int
run_switch (SatCli *cli, const SatArgs *args, gboolean on, GError **error)
{
  guint n = sat_args_n_words (args);
  g_autofree const char **names = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    names[i] = sat_args_word (args, i);
  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_switch_modules (cli->workspace, names, on, error))
    return SAT_EXIT_FAILED;
  return show (cli);
}

static int
run_on (SatCli *cli, const SatArgs *args, GError **error)
{
  return run_switch (cli, args, TRUE, error);
}

static int
run_off (SatCli *cli, const SatArgs *args, GError **error)
{
  return run_switch (cli, args, FALSE, error);
}

/* No names: all of them. */
static int
run_simple (SatCli *cli, const SatArgs *args, GError **error)
{
  return run_switch (cli, args, FALSE, error);
}

const SatCommand sat_cmd_module_list = {
  "module list",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the modules, and which of them the company uses"),
  NULL,
  "satchel module list",
  run_list,
};

const SatCommand sat_cmd_module_on = {
  "module on",
  "[MODULE]...",
  0,
  G_MAXUINT,
  NULL,
  FALSE,
  N_ ("switch modules on for the whole company, or all of them (administrators)"),
  NULL,
  "satchel module on sales products",
  run_on,
};

const SatCommand sat_cmd_module_off = {
  "module off",
  "MODULE...",
  1,
  G_MAXUINT,
  NULL,
  FALSE,
  N_ ("switch modules off for the whole company (administrators)"),
  N_ ("Their places, the lists of them in other records and the fields that refer to them are no "
      "longer shown, with everybody once it has arrived. Nothing is deleted and nothing is "
      "refused: commands and files that name them work as before, and “satchel module on” shows "
      "all of it again."),
  "satchel module off approvals automation",
  run_off,
};

const SatCommand sat_cmd_module_simple = {
  "module simple",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("show customers, contacts and tasks only (administrators)"),
  N_ ("Switches all modules off. “satchel module on” ends it, for single modules or all."),
  "satchel module simple",
  run_simple,
};
