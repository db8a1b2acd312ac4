/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layout of the help. Texts are whole paragraphs, wrapped here. */
#include "cli/sat-help.h"

#include <stdio.h>

#include "cli/sat-grid.h"

#define WIDTH 79
#define INDENT 2

const char *
sat_help_about (void)
{
  return _ ("Satchel keeps customers, contacts, deals and activities on this computer, with "
            "or without a network, and exchanges them with colleagues through a shared git "
            "repository, the hub.");
}

const char *
sat_help_ids (void)
{
  return _ ("An OBJECT is a kind of record: customer, contact, deal, activity, product and "
            "more (satchel catalogue show). An ID is a whole id, a unique beginning or end "
            "of 6 characters or more, or OBJECT/title. “satchel COMMAND --help” tells more "
            "about a command.");
}

const char *
sat_help_first_steps (void)
{
  return "satchel hub init hub --workspace Acme\n"
         "satchel join hub --user wang\n"
         "satchel new customer name=Acme phone=021-5555-0100\n"
         "satchel sync";
}

static void
put_paragraphs (const char *text, guint indent)
{
  guint terminal = sat_cli_width ();
  g_autofree char *wrapped = sat_wrap (text, terminal > 0 ? MIN (terminal - 1, WIDTH) : WIDTH,
                                       indent);

  fputs (wrapped, stdout);
}

static void
put_indented (const char *line, gpointer data)
{
  printf ("%*s%s\n", INDENT, "", line);
}

static void
put_heading (const char *text)
{
  printf ("\n%s\n", text);
}

static void
add_options (SatGrid *table, const SatOption *options)
{
  for (const SatOption *option = options; option != NULL && option->name != NULL; option++)
    {
      g_autofree char *name = option->value != NULL
                                  ? g_strdup_printf ("--%s %s", option->name, option->value)
                                  : g_strdup_printf ("--%s", option->name);
      const char *const row[] = { name, _ (option->help) };

      sat_grid_add (table, row);
    }
}

static void
put_options (const SatOption *own)
{
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, 0, put_indented, NULL);

  put_heading (_ ("Options"));
  add_options (table, own);
  add_options (table, sat_global_options ());
  sat_grid_finish (table);
}

static void
put_exit_status (gboolean waits)
{
  put_heading (_ ("Exit status"));
  if (waits)
    put_paragraphs (_ ("0 done; 1 failed, the message is on standard error; 2 wrong usage; 3 done, "
                       "but something waits for a person."),
                    INDENT);
  else
    put_paragraphs (_ ("0 done; 1 failed, the message is on standard error; 2 wrong usage."),
                    INDENT);
}

/* Whole lines, whatever the width: who copies one gets what works. */
static void
put_examples (const char *examples)
{
  g_auto (GStrv) lines = g_strsplit (examples, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      printf ("%*s%s\n", INDENT, "", lines[i]);
}

void
sat_help_command (const SatCommand *command)
{
  printf (_ ("Usage: satchel %s [OPTION]... %s"), command->name, command->words);
  putchar ('\n');
  put_paragraphs (_ (command->summary), 0);
  if (command->help != NULL)
    {
      putchar ('\n');
      put_paragraphs (_ (command->help), 0);
    }
  put_options (command->options);
  put_heading (_ ("Example"));
  put_examples (command->examples);
  put_exit_status (command->waits);
}

static void
put_usage (void)
{
  fputs (_ ("Usage: satchel [OPTION]... COMMAND [WORD]..."), stdout);
  putchar ('\n');
}

static gboolean
has_commands (const char *prefix)
{
  const SatCommand *const *commands = sat_commands ();

  while (*commands != NULL && !g_str_has_prefix ((*commands)->name, prefix))
    commands++;
  return *commands != NULL;
}

/* Those whose names begin with PREFIX. */
static void
put_commands (const char *prefix)
{
  const SatCommand *const *commands = sat_commands ();
  g_autoptr (SatGrid) table = sat_grid_new (2, NULL, 0, put_indented, NULL);

  put_heading (_ ("Commands"));
  for (guint i = 0; commands[i] != NULL; i++)
    {
      const char *const row[] = { commands[i]->name, _ (commands[i]->summary) };

      if (g_str_has_prefix (commands[i]->name, prefix))
        sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

gboolean
sat_help_group (const char *word)
{
  g_autofree char *prefix = g_strconcat (word, " ", NULL);

  if (!has_commands (prefix))
    return FALSE;
  put_usage ();
  put_commands (prefix);
  put_options (NULL);
  return TRUE;
}

void
sat_help_program (void)
{
  put_usage ();
  put_paragraphs (sat_help_about (), 0);
  put_commands ("");
  put_options (NULL);
  put_heading (_ ("Example"));
  put_paragraphs (sat_help_first_steps (), INDENT);
  put_exit_status (TRUE);
  putchar ('\n');
  put_paragraphs (sat_help_ids (), 0);
}
