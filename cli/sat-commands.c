/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the command line to the command: the table, and the one place that prints errors. */
#include "cli/sat-commands.h"

#include <stdio.h>

#include "cli/sat-help.h"

static const SatCommand *const table[] = {
  &sat_cmd_hub_init,
  &sat_cmd_join,
  &sat_cmd_sync,
  &sat_cmd_status,
  &sat_cmd_new,
  &sat_cmd_set,
  &sat_cmd_delete,
  &sat_cmd_undelete,
  &sat_cmd_assign,
  &sat_cmd_handover,
  &sat_cmd_convert,
  &sat_cmd_pipeline_list,
  &sat_cmd_pipeline_show,
  &sat_cmd_pipeline_check,
  &sat_cmd_approval_list,
  &sat_cmd_approval_show,
  &sat_cmd_approval_submit,
  &sat_cmd_approval_resubmit,
  &sat_cmd_approval_approve,
  &sat_cmd_approval_reject,
  &sat_cmd_approval_comment,
  &sat_cmd_approval_delegate,
  &sat_cmd_approval_withdraw,
  &sat_cmd_approval_remind,
  &sat_cmd_approval_processes,
  &sat_cmd_file_save,
  &sat_cmd_absorb,
  &sat_cmd_duplicates,
  &sat_cmd_rules_list,
  &sat_cmd_rules_run,
  &sat_cmd_rules_log,
  &sat_cmd_rules_enable,
  &sat_cmd_rules_disable,
  &sat_cmd_undo,
  &sat_cmd_revert,
  &sat_cmd_show,
  &sat_cmd_list,
  &sat_cmd_search,
  &sat_cmd_history,
  &sat_cmd_conflicts,
  &sat_cmd_resolve,
  &sat_cmd_import,
  &sat_cmd_export,
  &sat_cmd_digest,
  &sat_cmd_doctor_config, /* before the shorter name */
  &sat_cmd_doctor,
  &sat_cmd_devices,
  &sat_cmd_book_list,
  &sat_cmd_book_create,
  &sat_cmd_book_hold,
  &sat_cmd_book_release,
  &sat_cmd_checkpoint,
  &sat_cmd_bundle_export,
  &sat_cmd_bundle_import,
  &sat_cmd_backup,
  &sat_cmd_restore,
  &sat_cmd_catalogue_show,
  &sat_cmd_catalogue_check,
  &sat_cmd_catalogue_add_object,
  &sat_cmd_catalogue_add_field,
  &sat_cmd_catalogue_add_choice,
  &sat_cmd_catalogue_change,
  &sat_cmd_catalogue_retire,
  &sat_cmd_module_list,
  &sat_cmd_module_on,
  &sat_cmd_module_off,
  &sat_cmd_module_simple,
  &sat_cmd_template_list,
  &sat_cmd_template_show,
  &sat_cmd_template_diff,
  &sat_cmd_template_apply,
  &sat_cmd_template_decline,
  &sat_cmd_perm_list,
  &sat_cmd_perm_show,
  &sat_cmd_perm_set,
  &sat_cmd_perm_reset,
  &sat_cmd_perm_breaches,
  &sat_cmd_audit,
  &sat_cmd_hub_set,
  &sat_cmd_hub_rebuild,
  &sat_cmd_hub_tidy,
  &sat_cmd_hub_trust,
  &sat_cmd_hub_login,
  &sat_cmd_hub_key,
  &sat_cmd_hub_invite,
  &sat_cmd_hub_withdraw,
  &sat_cmd_hub_admit,
  &sat_cmd_hub_revoke,
  &sat_cmd_hub_hook,
  &sat_cmd_hub_receive,
  &sat_cmd_hub_signers,
  &sat_cmd_demo,
  &sat_cmd_version,
  &sat_cmd_help,
  NULL,
};

const SatCommand *const *
sat_commands (void)
{
  return table;
}

const SatOption *
sat_global_options (void)
{
  static const SatOption options[] = {
    { "home", "DIR", N_ ("the folder of the replica") },
    { "json", NULL, N_ ("print the result as one JSON document") },
    { "quiet", NULL, N_ ("print nothing but the result") },
    { "help", NULL, N_ ("show this help") },
    { NULL },
  };

  return options;
}

const SatCommand *
sat_command_find (const char *const *words, guint *used)
{
  const SatCommand *const *commands = sat_commands ();

  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_auto (GStrv) name = g_strsplit (commands[i]->name, " ", -1);
      guint n = g_strv_length (name);
      guint same = 0;

      while (same < n && words[same] != NULL && g_str_equal (words[same], name[same]))
        same++;
      if (same == n)
        {
          *used = n;
          return commands[i];
        }
    }
  if (words[0] == NULL || !g_str_equal (words[0], sat_cmd_complete.name))
    return NULL;
  *used = 1;
  return &sat_cmd_complete;
}

/* ---- running ---- */

static int
report (const GError *error, const char *command)
{
  g_autofree char *text = sat_cli_word_error (error);

  fprintf (stderr, "satchel: %s\n", text);
  if (error->domain != G_OPTION_ERROR)
    return SAT_EXIT_FAILED;
  if (command != NULL)
    fprintf (stderr, _ ("See “satchel %s --help”.\n"), command);
  else
    fputs (_ ("See “satchel --help”.\n"), stderr);
  return SAT_EXIT_USAGE;
}

static gboolean
check_words (const SatCommand *command, const SatArgs *args, GError **error)
{
  guint n = sat_args_n_words (args);

  if (n >= command->least_words && n <= command->most_words)
    return TRUE;
  if (n > command->most_words)
    return sat_usage (error, _ ("unexpected argument “%s”"),
                      sat_args_word (args, command->most_words));
  return sat_usage (error, _ ("something is missing; write: %s %s"), command->name, command->words);
}

static void
take_globals (SatCli *cli, const SatArgs *args)
{
  const char *home = sat_args_get (args, "home");

  if (home != NULL)
    {
      g_free (cli->home);
      cli->home = g_strdup (home);
      cli->home_given = TRUE;
    }
  cli->json = cli->json || sat_args_has (args, "json");
  cli->quiet = cli->quiet || sat_args_has (args, "quiet");
}

/* What was printed must have arrived: a full disk is a failure. */
static int
finish_output (int status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;
  fprintf (stderr, "satchel: %s\n", _ ("the result could not be written"));
  return SAT_EXIT_FAILED;
}

static int
run_command (SatCli *cli, const SatCommand *command, const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatArgs) args = sat_args_parse (words, sat_global_options (), command->options, FALSE,
                                             &error);
  int status;

  if (args == NULL)
    return report (error, command->name);
  take_globals (cli, args);
  if (sat_args_has (args, "help"))
    {
      sat_help_command (command);
      return SAT_EXIT_DONE;
    }
  if (!check_words (command, args, &error))
    return report (error, command->name);
  if (cli->home == NULL)
    cli->home = sat_workspace_default_home ();
  status = command->run (cli, args, &error);
  return error != NULL ? report (error, command->name) : status;
}

/* "hub" alone, "catalogue" alone: which words may follow; with --help that is no error. */
static int
report_unknown (const char *const *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) longer = g_string_new (NULL);
  const SatCommand *const *commands = sat_commands ();
  g_autofree char *prefix = g_strconcat (words[0], " ", NULL);

  if (g_strcmp0 (words[1], "--help") == 0 && sat_help_group (words[0]))
    return finish_output (SAT_EXIT_DONE);
  for (guint i = 0; commands[i] != NULL; i++)
    if (g_str_has_prefix (commands[i]->name, prefix))
      g_string_append_printf (longer, "%s%s", longer->len > 0 ? ", " : "", commands[i]->name);
  if (longer->len > 0)
    sat_usage (&error, _ ("one of these is needed: %s"), longer->str);
  else
    sat_usage (&error, _ ("there is no command “%s”"), words[0]);
  return report (error, NULL);
}

int
sat_commands_main (const char *const *words)
{
  static const SatOption version[] = { { "version", NULL, N_ ("show the version") }, { NULL } };
  g_auto (SatCli) cli = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatArgs) args = sat_args_parse (words, sat_global_options (), version, TRUE, &error);
  const char *const only_version[] = { NULL };
  const SatCommand *command;
  guint used = 0;

  if (args == NULL)
    return report (error, NULL);
  cli.language = g_strdup (g_get_language_names_with_category ("LC_MESSAGES")[0]);
  take_globals (&cli, args);
  if (sat_args_has (args, "version"))
    return finish_output (run_command (&cli, &sat_cmd_version, only_version));
  if (sat_args_has (args, "help"))
    {
      sat_help_program ();
      return finish_output (SAT_EXIT_DONE);
    }
  if (sat_args_n_words (args) == 0)
    {
      sat_usage (&error, _ ("a command is needed"));
      return report (error, NULL);
    }
  command = sat_command_find (sat_args_words (args), &used);
  if (command == NULL)
    return report_unknown (sat_args_words (args));
  return finish_output (run_command (&cli, command, sat_args_words (args) + used));
}
