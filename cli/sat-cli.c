/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Standard output is written as bytes (fputs), not with g_print, which would turn Chinese into
 * question marks where the locale is "C". */
#include "cli/sat-cli.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "core/workspace/sat-workspace-import.h"

void
sat_cli_clear (SatCli *cli)
{
  g_clear_pointer (&cli->workspace, sat_workspace_close);
  g_clear_pointer (&cli->titles, g_hash_table_unref);
  g_clear_pointer (&cli->home, g_free);
  g_clear_pointer (&cli->language, g_free);
}

/* ---- the replica ---- */

/* Nothing is wrong; a person should know why nothing happens. */
static void
waiting_cb (gpointer data)
{
  const SatCli *cli = data;

  if (!cli->quiet)
    fprintf (stderr, "satchel: %s\n",
             _ ("another program is writing to the workspace; waiting until it is done"));
}

SatWorkspace *
sat_cli_open (SatCli *cli, GError **error)
{
  if (cli->workspace == NULL)
    {
      cli->workspace = sat_workspace_open (cli->home, NULL, NULL, error);
      if (cli->workspace != NULL)
        sat_workspace_set_waiting (cli->workspace, waiting_cb, cli);
    }
  return cli->workspace;
}

const SatObject *
sat_cli_object (SatCli *cli, const SatArgs *args, guint at, GError **error)
{
  if (sat_cli_open (cli, error) == NULL)
    return NULL;
  return sat_workspace_object (cli->workspace, sat_args_word (args, at), error);
}

const SatObject *
sat_cli_find (SatCli *cli, const SatArgs *args, guint at, SatId *id, GError **error)
{
  const SatObject *object = sat_cli_object (cli, args, at, error);

  if (object == NULL ||
      !sat_workspace_find (cli->workspace, object, sat_args_word (args, at + 1), id, error))
    return NULL;
  return object;
}

const char *
sat_cli_title (SatCli *cli, const SatObject *object, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];
  char *title;

  sat_id_format (id, text);
  if (cli->titles == NULL)
    cli->titles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  title = g_hash_table_lookup (cli->titles, text);
  if (title == NULL)
    {
      char tail[9];

      title = sat_workspace_title (cli->workspace, object, id);
      if (title == NULL)
        title = g_strdup_printf ("[%s]", sat_cli_short_id (id, tail));
      g_hash_table_insert (cli->titles, g_strdup (text), title);
    }
  return title;
}

/* ---- output ---- */

void
sat_cli_line (const char *line)
{
  fputs (line, stdout);
  fputc ('\n', stdout);
}

void
sat_cli_table_line (const char *line, gpointer data)
{
  sat_cli_line (line);
}

void
sat_cli_say (const SatCli *cli, const char *format, ...)
{
  va_list list;

  if (cli->json || cli->quiet)
    return;
  va_start (list, format);
  g_autofree char *line = g_strdup_vprintf (format, list);
  va_end (list);
  sat_cli_line (line);
}

void
sat_cli_emit (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  sat_cli_line (text);
}

void
sat_cli_emit_id (const SatId *id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  char text[SAT_ID_TEXT_SIZE];

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, sat_id_format (id, text));
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

guint
sat_cli_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
    return 0;
  return size.ws_col;
}

/* ---- words ---- */

char *
sat_cli_word (const char *msgid, const char *const *args)
{
  return sat_error_fill (*msgid != '\0' ? gettext (msgid) : msgid, args);
}

static const char *
in_language (const char *msgid)
{
  return gettext (msgid);
}

char *
sat_cli_word_error (const GError *error)
{
  const char *msgid = sat_error_msgid (error);
  const char *place = sat_error_place_name (error);
  g_autofree char *text = msgid != NULL ? sat_cli_word (msgid, sat_error_args (error))
                                        : g_strdup (error->message);

  return place != NULL ? sat_error_with_place (error, place, text, in_language)
                       : g_steal_pointer (&text);
}

char *
sat_cli_short_id (const SatId *id, char text[9])
{
  char whole[SAT_ID_TEXT_SIZE];

  sat_id_format (id, whole);
  memcpy (text, whole + strlen (whole) - 8, 9);
  return text;
}

char *
sat_cli_program (const SatCli *cli)
{
  if (!cli->home_given)
    return g_strdup ("satchel");
  g_autofree char *home = strpbrk (cli->home, " \t\"'\\$`&|;()<>*?[]#~!") != NULL
                              ? g_shell_quote (cli->home)
                              : g_strdup (cli->home);
  return g_strdup_printf ("satchel --home %s", home);
}
