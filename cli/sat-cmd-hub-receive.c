/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel hub receive, satchel hub hook */
#include <stdio.h>

#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "sync/sat-receive.h"

/* git hands a hook a line for each ref. All of them: a ref whose line was not read would move
 * without having been judged. */
static char *
read_input (void)
{
  GString *text = g_string_new (NULL);
  char block[4096];
  gsize n;

  while ((n = fread (block, 1, sizeof block, stdin)) > 0)
    g_string_append_len (text, block, (gssize) n);
  if (ferror (stdin))
    g_string_append (text, "?"); /* no line of git's: nothing is let in */
  return g_string_free (text, FALSE);
}

static int
run_receive (SatCli *cli, const SatArgs *args, GError **error)
{
  const char *word = sat_args_word (args, 0);
  const char *given = word != NULL ? word : g_getenv ("GIT_DIR");
  g_autofree char *dir = g_canonicalize_filename (given != NULL ? given : ".", NULL);
  const char *received = g_getenv ("GIT_OBJECT_DIRECTORY");
  g_autofree char *objects = received != NULL ? g_canonicalize_filename (received, NULL) : NULL;
  g_autofree char *text = read_input ();
  g_autofree char *tell = NULL;

  if (sat_receive (dir, objects, text, &tell))
    return SAT_EXIT_DONE;
  /* Whatever the language of the server: the laptop says it in its own. */
  fputs (tell, stderr);
  return SAT_EXIT_FAILED;
}

static const SatOption hook_options[] = {
  { "hub", "HUB", N_ ("DIR is the repository of a book of that hub, which has its hook already") },
  { NULL },
};

/* The program that runs, by its absolute path. */
static char *
own_path (void)
{
  g_autofree char *link = g_file_read_link ("/proc/self/exe", NULL);

  return link != NULL ? g_steal_pointer (&link) : g_find_program_in_path ("satchel");
}

static void
emit (const char *dir, const GPtrArray *unsound)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "hub", dir);
  json_builder_set_member_name (builder, "unsound");
  json_builder_begin_array (builder);
  for (guint i = 0; unsound != NULL && i < unsound->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (unsound, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_hook (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autofree char *dir = g_canonicalize_filename (sat_args_word (args, 0), NULL);
  const char *of = sat_args_get (args, "hub");
  g_autofree char *hub = of ? g_canonicalize_filename (of, NULL) : NULL;
  g_autofree char *program = own_path ();
  g_autoptr (GPtrArray) unsound = NULL;

  if (!sat_receive_install (dir, hub, program != NULL ? program : "satchel", &unsound, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (dir, unsound);
  sat_cli_say (cli, _ ("From now on the hub %s judges what is sent to it."), dir);
  for (guint i = 0; unsound != NULL && i < unsound->len; i++)
    sat_cli_say (cli, _ ("It holds something that would not be let in any more: %s"),
                 (const char *) g_ptr_array_index (unsound, i));
  return SAT_EXIT_DONE;
}

const SatCommand sat_cmd_hub_receive = {
  "hub receive",
  "[DIR]",
  0,
  1,
  NULL,
  FALSE,
  N_ ("judge what is sent to a hub; git runs it"),
  N_ ("Git's pre-receive hook of a hub on a server: reads the refs that are sent on standard "
      "input, looks at what is new in them, and lets in all or nothing. DIR is the hub; git says "
      "it "
      "otherwise. “satchel hub hook” installs it."),
  "satchel hub receive hub.git <lines",
  run_receive,
};

const SatCommand sat_cmd_hub_hook = {
  "hub hook",
  "DIR",
  1,
  1,
  hook_options,
  FALSE,
  N_ ("let a hub on a server judge what is sent to it"),
  N_ ("DIR is the bare repository, on the computer where it lies and Satchel is installed. From "
      "then on git asks “satchel hub receive” before it takes anything: each branch only grows, "
      "by well-formed change-sets signed with the key of its device; nothing comes of a revoked "
      "device; nothing is deleted but old checkpoints. The laptop is told why it was refused.\n\n"
      "It works for hubs that are reached over ssh or http(s). In a shared folder or on a stick "
      "nothing runs; there each laptop judges what it receives, which it does in any case.\n\n"
      "The repository of a book that is not on the hub needs the hook, too: --hub HUB, on the same "
      "computer, says who is let in."),
  "satchel hub hook /srv/crm.git",
  run_hook,
};
