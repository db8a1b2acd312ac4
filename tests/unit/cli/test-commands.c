/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of commands: every one is found by its name and says what a person needs. */
#include "cli/sat-commands.h"

static void
test_found (void)
{
  const SatCommand *const *commands = sat_commands ();

  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_autofree char *line = g_strconcat (commands[i]->name, " more", NULL);
      g_auto (GStrv) words = g_strsplit (line, " ", -1);
      guint used = 0;

      g_assert_true (sat_command_find ((const char *const *) words, &used) == commands[i]);
      g_assert_cmpuint (used, ==, g_strv_length (words) - 1);
    }
}

static void
test_not_found (void)
{
  static const char *const lines[] = { "hub", "catalogue", "hub initial", "lists", "" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      guint used = 0;

      g_assert_null (sat_command_find ((const char *const *) words, &used));
    }
}

static void
test_help_is_there (void)
{
  const SatCommand *const *commands = sat_commands ();

  for (guint i = 0; commands[i] != NULL; i++)
    {
      const SatCommand *command = commands[i];
      g_autofree char *begin = g_strconcat ("satchel ", command->name, NULL);

      g_assert_cmpuint (command->least_words, <=, command->most_words);
      g_assert_nonnull (command->run);
      g_assert_cmpuint (g_utf8_strlen (command->summary, -1), >, 10);
      g_assert_true (g_str_has_prefix (command->examples, begin));
      for (const SatOption *option = command->options; option != NULL && option->name != NULL;
           option++)
        g_assert_cmpuint (g_utf8_strlen (option->help, -1), >, 5);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/commands/found", test_found);
  g_test_add_func ("/cli/commands/not-found", test_not_found);
  g_test_add_func ("/cli/commands/help-is-there", test_help_is_there);
  return g_test_run ();
}
