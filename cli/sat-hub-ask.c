/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-hub-ask.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/sat-signals.h"
#include "cli/sat-sync-progress.h"
#include "cli/sat-values.h"

#define LINE_MAX_BYTES 4096

/* ---- for a program ---- */

static char *
to_json (const SatQuestion *question, gboolean event)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  if (event)
    sat_json_text (builder, "event", "question");
  sat_json_text (builder, "kind", sat_question_name (question->kind));
  sat_json_text (builder, "hub", question->hub);
  sat_json_text (builder, "book", question->book);
  sat_json_text (builder, "host", question->host);
  sat_json_int (builder, "port", question->port);
  sat_json_text (builder, "fingerprint", question->fingerprint);
  sat_json_text (builder, "known", question->known);
  sat_json_text (builder, "user", question->user);
  sat_json_text (builder, "file", question->file);
  json_builder_set_member_name (builder, "again");
  json_builder_add_boolean_value (builder, question->again);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
tell_program (SatHubAsk *ask, const SatQuestion *question)
{
  g_free (ask->question);
  ask->question = to_json (question, FALSE);
  if (ask->progress.lines)
    {
      g_autofree char *line = to_json (question, TRUE);

      fprintf (stderr, "%s\n", line);
      fflush (stderr);
    }
}

/* ---- on a terminal ---- */

static gboolean
read_line (char *line, gsize size)
{
  gsize length;

  if (fgets (line, (int) size, stdin) == NULL)
    return FALSE;
  length = strcspn (line, "\r\n");
  line[length] = '\0';
  return TRUE;
}

char *
sat_hub_ask_line (gboolean hidden)
{
  char line[LINE_MAX_BYTES];
  struct termios before;
  struct termios silent;
  gboolean terminal = hidden && tcgetattr (STDIN_FILENO, &before) == 0;
  gboolean got;

  if (terminal)
    {
      silent = before;
      silent.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
    }
  got = read_line (line, sizeof line);
  if (terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
      fputc ('\n', stderr);
    }
  return got ? g_strdup (line) : NULL;
}

static gboolean
on_terminal (const SatHubAsk *ask)
{
  return !ask->cli->json && !ask->cli->quiet && !ask->progress.lines && isatty (STDIN_FILENO) &&
         isatty (STDERR_FILENO);
}

static gboolean
ask_peer (const SatQuestion *question)
{
  g_autofree char *answer = NULL;

  if (question->known)
    return FALSE;
  if (question->kind == SAT_QUESTION_HOST_KEY)
    fprintf (stderr,
             _ ("The computer “%s” is not known here yet. Its key has the fingerprint\n%s\n"),
             question->host, question->fingerprint);
  else
    fprintf (stderr, _ ("Nobody vouches for the certificate of “%s”. It has the fingerprint\n%s\n"),
             question->host, question->fingerprint);
  /* Translators: “yes” is what has to be typed; translate it where it stands alone, too. */
  fputs (_ ("Compare it with the one you were given. Is it the same? Type yes or no: "), stderr);
  answer = sat_hub_ask_line (FALSE);
  return answer != NULL && (strcmp (answer, "yes") == 0 || strcmp (answer, _ ("yes")) == 0);
}

static gboolean
ask_login (const SatQuestion *question, SatAnswer *answer)
{
  if (question->again)
    fputs (_ ("That was not right.\n"), stderr);
  if (question->user != NULL)
    answer->user = g_strdup (question->user);
  else
    {
      fprintf (stderr, _ ("User on %s: "), question->host);
      answer->user = sat_hub_ask_line (FALSE);
    }
  fprintf (stderr, _ ("Password or token of %s: "), answer->user != NULL ? answer->user : "");
  answer->secret = sat_hub_ask_line (TRUE);
  return answer->user != NULL && answer->secret != NULL && *answer->secret != '\0';
}

static gboolean
ask_passphrase (const SatQuestion *question, SatAnswer *answer)
{
  if (question->again)
    fputs (_ ("That was not right, or the hub does not know this key.\n"), stderr);
  fprintf (stderr, _ ("Passphrase of the key %s: "), question->file);
  answer->secret = sat_hub_ask_line (TRUE);
  return answer->secret != NULL && *answer->secret != '\0';
}

static gboolean
ask_person (const SatQuestion *question, SatAnswer *answer)
{
  if (question->book != NULL)
    fprintf (stderr, _ ("The book “%s” is on a server of its own, %s.\n"), question->book,
             question->hub);
  switch (question->kind)
    {
    case SAT_QUESTION_LOGIN:
      return ask_login (question, answer);
    case SAT_QUESTION_PASSPHRASE:
      return ask_passphrase (question, answer);
    case SAT_QUESTION_HOST_KEY:
    case SAT_QUESTION_CERTIFICATE:
    default:
      return ask_peer (question);
    }
}

/* ---- on standard input ---- */

typedef struct
{
  char *server; /* "HOST:PORT"; NULL: the first that asks */
  SatAnswer answer;
} Login;

static void
secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

static void
login_free (gpointer data)
{
  Login *login = data;

  g_free (login->server);
  g_free (login->answer.user);
  secret_free (login->answer.secret);
  g_free (login);
}

static void
read_login (SatHubAsk *ask, const char *server)
{
  Login *login = g_new0 (Login, 1);

  login->server = g_strdup (server);
  login->answer.user = sat_hub_ask_line (FALSE);
  login->answer.secret = sat_hub_ask_line (FALSE);
  g_ptr_array_add (ask->logins, login);
}

static void
read_answers (SatHubAsk *ask, const SatArgs *args)
{
  const char *const first[] = { NULL, NULL };
  const char *const *servers = sat_args_all (args, "login-for");

  if (sat_args_has (args, "passphrase-stdin"))
    ask->passphrase = sat_hub_ask_line (FALSE);
  if (!sat_args_has (args, "login-stdin"))
    return;
  ask->logins = g_ptr_array_new_with_free_func (login_free);
  if (servers == NULL)
    read_login (ask, *first);
  for (; servers != NULL && *servers != NULL; servers++)
    read_login (ask, *servers);
}

/* Each is given once: asked again, it was wrong. */
static gboolean
take_login (SatHubAsk *ask, const SatQuestion *question, SatAnswer *answer)
{
  g_autofree char *server = g_strdup_printf ("%s:%u", question->host, question->port);

  for (guint i = 0; ask->logins != NULL && i < ask->logins->len; i++)
    {
      Login *login = g_ptr_array_index (ask->logins, i);

      if (login->answer.secret == NULL ||
          g_strcmp0 (login->server ? login->server : server, server))
        continue;
      answer->user = g_steal_pointer (&login->answer.user);
      answer->secret = g_steal_pointer (&login->answer.secret);
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_passphrase (SatHubAsk *ask, SatAnswer *answer)
{
  answer->secret = g_steal_pointer (&ask->passphrase);
  return answer->secret != NULL && *answer->secret != '\0';
}

static gboolean
ask_cb (const SatQuestion *question, SatAnswer *answer, gpointer data)
{
  SatHubAsk *ask = data;

  if (question->kind == SAT_QUESTION_LOGIN && take_login (ask, question, answer))
    return TRUE;
  answer->keep = ask->remember;
  if (question->kind == SAT_QUESTION_PASSPHRASE && take_passphrase (ask, answer))
    return TRUE;
  sat_progress_end (&ask->progress);
  if (on_terminal (ask) && ask_person (question, answer))
    return TRUE;
  tell_program (ask, question);
  return FALSE;
}

/* ---- the end of patience ---- */

/* The thread that waits for the hub cannot be reached; ending the process loses nothing. */
static void
stalled_cb (const GError *error, gpointer data)
{
  g_autofree char *text = sat_cli_word_error (error);

  fprintf (stderr, "satchel: %s\n", text);
  fflush (stderr);
  _exit (SAT_EXIT_FAILED);
}

/* ---- the command ---- */

gboolean
sat_hub_ask_begin (SatHubAsk *ask, const SatCli *cli, const SatArgs *args, GError **error)
{
  gint64 patience = 0;
  const char *key = sat_args_get (args, "key");

  if (!sat_args_number (args, "patience", 1, 86400, &patience, error))
    return FALSE;
  ask->cli = cli;
  read_answers (ask, args);
  ask->remember = sat_args_has (args, "remember");
  ask->key_file = key != NULL ? g_canonicalize_filename (key, NULL) : NULL;
  ask->options = (SatSyncOptions){
    .cancellable = sat_signals_cancellable (),
    .progress = sat_sync_progress,
    .progress_data = &ask->progress,
    .estimated = sat_sync_estimated,
    .ask = ask_cb,
    .ask_data = ask,
    .accept_host = sat_args_get (args, "accept-host"),
    .key_file = ask->key_file,
    .stalled = stalled_cb,
    .stall_s = (guint) patience,
  };
  sat_progress_begin (&ask->progress, cli, sat_args_has (args, "progress"));
  return TRUE;
}

void
sat_hub_ask_end (SatHubAsk *ask, gboolean failed)
{
  sat_progress_end (&ask->progress);
  if (failed && ask->cli->json && ask->question != NULL)
    {
      g_autofree char *document = g_strdup_printf ("{\"question\":%s}", ask->question);

      sat_cli_line (document);
    }
}

void
sat_hub_ask_clear (SatHubAsk *ask)
{
  g_clear_pointer (&ask->key_file, g_free);
  g_clear_pointer (&ask->question, g_free);
  g_clear_pointer (&ask->logins, g_ptr_array_unref);
  g_clear_pointer (&ask->passphrase, secret_free);
}
