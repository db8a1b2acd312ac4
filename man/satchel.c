/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel(1), made from the table of commands that the help is made from, and the sections that the
 * help has no room for. */
#include "cli/sat-commands.h"
#include "cli/sat-help.h"
#include "man/sat-page.h"
#include "man/sat-roff.h"

static void
add_options (GString *page, const SatOption *options)
{
  for (const SatOption *option = options; option != NULL && option->name != NULL; option++)
    {
      g_autofree char *term = option->value != NULL
                                  ? g_strdup_printf ("--%s %s", option->name, option->value)
                                  : g_strdup_printf ("--%s", option->name);

      sat_roff_item (page, term, _ (option->help));
    }
}

static void
add_command (GString *page, const SatCommand *command)
{
  g_autofree char *heading = g_strdup_printf ("satchel %s %s", command->name, command->words);

  sat_roff_subsection (page, g_strchomp (heading));
  sat_roff_text (page, _ (command->summary));
  if (command->help != NULL)
    sat_roff_text (page, _ (command->help));
  add_options (page, command->options);
  if (command->waits)
    sat_roff_text (page, _ ("Ends with 3 when something waits for a person."));
  sat_roff_example (page, command->examples);
}

static void
add_commands (GString *page)
{
  const SatCommand *const *commands = sat_commands ();

  sat_roff_section (page, _ ("COMMANDS"));
  for (guint i = 0; commands[i] != NULL; i++)
    add_command (page, commands[i]);
}

static void
add_exit_status (GString *page)
{
  static const SatPageItem items[] = {
    { "0", N_ ("Done.") },
    { "1", N_ ("Failed; one sentence on standard error says what, and what to do.") },
    { "2", N_ ("Wrong usage.") },
    { "3", N_ ("Done, but something waits for a person: a conflict, a change-set that was set "
               "aside, rows that were left out.") },
  };

  sat_page_items (page, _ ("EXIT STATUS"), items, G_N_ELEMENTS (items));
}

static void
add_periodic (GString *page)
{
  sat_roff_section (page, _ ("SYNC FROM TIME TO TIME"));
  sat_roff_text (page, _ ("A timer of systemd exchanges changes every quarter of an hour, at a "
                          "minute that each laptop keeps for itself. Each person switches it on "
                          "with:"));
  sat_roff_example (page, "systemctl --user enable --now satchel-sync.timer");
  sat_roff_text (page, _ ("It does nothing until a workspace was joined. What it did is told by:"));
  sat_roff_example (page, "systemctl --user list-timers satchel-sync.timer\n"
                          "journalctl --user --unit satchel-sync");
}

static void
add_examples (GString *page)
{
  sat_roff_section (page, _ ("EXAMPLES"));
  sat_roff_text (page, _ ("A hub in a shared folder, a laptop that joins it, a first customer:"));
  sat_roff_example (page, sat_help_first_steps ());
  sat_roff_text (page, _ ("What waits for you, and the answer to it:"));
  sat_roff_example (page, "satchel conflicts\n"
                          "satchel resolve customer /Acme phone --take 1");
  sat_roff_text (page, _ ("Everything that was ever exchanged is text, signed, in git:"));
  sat_roff_example (page, "git -C hub log --all -p\n"
                          "git -C hub -c gpg.ssh.allowedSignersFile="
                          "$HOME/.local/share/satchel/allowed_signers verify-commit COMMIT");
}

int
main (int argc, char **argv)
{
  static const SatPageItem variables[] = {
    { "SATCHEL_CATALOGUE",
      N_ ("A folder with another catalogue: the objects and fields there are.") },
  };
  g_autoptr (GString) page = g_string_new (NULL);

  sat_page_set_up_language (argc, argv);
  sat_page_begin (page, "satchel", _ ("customers, deals and visits that work without a network"));
  sat_roff_section (page, _ ("SYNOPSIS"));
  sat_roff_usage (page, "satchel", "[OPTION]... COMMAND [WORD]...");
  sat_roff_section (page, _ ("DESCRIPTION"));
  sat_roff_text (page, sat_help_about ());
  sat_roff_text (page, sat_help_ids ());
  sat_roff_section (page, _ ("OPTIONS"));
  sat_roff_text (page, _ ("Every command takes these:"));
  add_options (page, sat_global_options ());
  add_commands (page);
  add_exit_status (page);
  add_periodic (page);
  sat_page_environment (page, variables, G_N_ELEMENTS (variables));
  sat_page_files (page);
  add_examples (page);
  sat_page_see_also (page, "satchel-gtk(1), git(1), systemctl(1)");
  return sat_page_print (page) ? 0 : 1;
}
