/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three things have to end before a run has ended: standard error (progress as JSON lines, anything
 * else being a message), standard output (one document), and the process; `open` counts them. */
#include "config.h"

#include "gtk-app/sync/sat-child.h"

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "gtk-app/sat-util.h"

#define EXIT_WAITS 3
#define PREFIX "satchel: "

struct _SatChild
{
  GObject parent_instance;

  GSubprocess *process;
  GDataInputStream *err;
  GOutputStream *out;
  JsonParser *parser; /* of what was on standard output */
  guint open;
  gboolean cancelled;
  gboolean worded; /* `message` is a sentence of our own program */
  SatChildState state;
  char *message;
  SatHubQuestion *question; /* the last one that nobody answered */
};

G_DEFINE_FINAL_TYPE (SatChild, sat_child, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
find_program (void)
{
  const char *given = g_getenv ("SATCHEL_CLI");

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (sat_uninstalled ())
    return g_strdup (SAT_BUILD_DIR "/cli/satchel");
  return g_find_program_in_path ("satchel");
}

static void
close_one (SatChild *self)
{
  int status = -1;
  const char *data;
  gsize size;

  if (--self->open > 0)
    return;

  data = g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (self->out));
  size = g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (self->out));
  if (size > 0)
    json_parser_load_from_data (self->parser, data, (gssize) size, NULL);
  if (g_subprocess_get_if_exited (self->process))
    status = g_subprocess_get_exit_status (self->process);

  if (status == 0)
    self->state = SAT_CHILD_DONE;
  else if (status == EXIT_WAITS)
    self->state = SAT_CHILD_WAITS;
  else
    self->state = self->cancelled ? SAT_CHILD_CANCELLED : SAT_CHILD_FAILED;
  if (self->state == SAT_CHILD_FAILED && self->message == NULL)
    self->message = g_strdup (_ ("It stopped without saying why; try again"));
  g_signal_emit (self, signals[FINISHED], 0);
}

/* ---- what it says -------------------------------------------------------------------------- */

static void
take_event (SatChild *self, JsonObject *line)
{
  const char *event = json_object_get_string_member_with_default (line, "event", NULL);
  const char *phase = json_object_get_string_member_with_default (line, "phase", "");
  gint64 done = json_object_get_int_member_with_default (line, "done", 0);
  gint64 total = json_object_get_int_member_with_default (line, "total", 0);
  double fraction = -1;

  if (g_strcmp0 (event, "question") == 0)
    {
      g_clear_pointer (&self->question, sat_hub_question_free);
      self->question = sat_hub_question_new (line);
    }
  if (event != NULL)
    return;
  if (total > 0)
    fraction = CLAMP ((double) done / (double) total, 0, 1);
  g_signal_emit (self, signals[PROGRESS], 0, phase, fraction);
}

/* "satchel: the hub cannot be reached" -> "The hub cannot be reached". Such a line counts before
 * any other; of several the last one does. */
static void
take_message (SatChild *self, const char *line)
{
  gboolean ours = g_str_has_prefix (line, PREFIX);
  g_autofree char *first = NULL;
  const char *rest;

  if (ours)
    line += strlen (PREFIX);
  if (*line == '\0' || (self->worded && !ours))
    return;
  self->worded = ours;
  rest = g_utf8_next_char (line);
  first = g_utf8_strup (line, rest - line);
  g_free (self->message);
  self->message = g_strconcat (first, rest, NULL);
}

static void
take_line (SatChild *self, const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (*line == '{' && json_parser_load_from_data (parser, line, -1, NULL))
    {
      root = json_parser_get_root (parser);
      if (JSON_NODE_HOLDS_OBJECT (root))
        {
          take_event (self, json_node_get_object (root));
          return;
        }
    }
  take_message (self, line);
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatChild) self = data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source),
                                                                     result, NULL, NULL);

  if (line == NULL)
    {
      close_one (self);
      return;
    }
  take_line (self, line);
  g_data_input_stream_read_line_async (self->err, G_PRIORITY_DEFAULT, NULL, line_cb,
                                       g_object_ref (self));
}

static void
spliced_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatChild) self = data;

  g_output_stream_splice_finish (G_OUTPUT_STREAM (source), result, NULL);
  close_one (self);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatChild) self = data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  close_one (self);
}

/* ---- running ------------------------------------------------------------------------------- */

static gboolean
failed_cb (gpointer data)
{
  SatChild *self = data;

  self->state = SAT_CHILD_FAILED;
  g_signal_emit (self, signals[FINISHED], 0);
  return G_SOURCE_REMOVE;
}

static void
listen (SatChild *self)
{
  self->open = 3;
  self->err = g_data_input_stream_new (g_subprocess_get_stderr_pipe (self->process));
  self->out = g_memory_output_stream_new_resizable ();
  g_data_input_stream_read_line_async (self->err, G_PRIORITY_DEFAULT, NULL, line_cb,
                                       g_object_ref (self));
  g_output_stream_splice_async (self->out, g_subprocess_get_stdout_pipe (self->process),
                                G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, G_PRIORITY_DEFAULT, NULL,
                                spliced_cb, g_object_ref (self));
  g_subprocess_wait_async (self->process, NULL, ended_cb, g_object_ref (self));
}

static GPtrArray *
command_line (char *program, const char *home, const char *const *args)
{
  GPtrArray *argv = g_ptr_array_new ();

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "--home");
  g_ptr_array_add (argv, (gpointer) home);
  for (guint i = 0; args[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) args[i]);
  g_ptr_array_add (argv, NULL);
  return argv;
}

/* Between fork and exec: the end of the session's terminal is no business of the child's. */
static void
own_session_cb (gpointer data)
{
  setsid ();
}

void
sat_child_leave (const char *home, const char *const *args)
{
  g_autofree char *program = find_program ();
  g_autoptr (GPtrArray) argv = command_line (program, home, args);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;

  if (program == NULL)
    return;
  g_subprocess_launcher_set_child_setup (launcher, own_session_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, NULL);
}

/* A few lines fit into a pipe that nobody reads yet. */
static gboolean
give_input (GSubprocessLauncher *launcher, const char *input, GError **error)
{
  gsize size = strlen (input);
  int fds[2];
  gboolean whole;

  if (size > PIPE_BUF || !g_unix_open_pipe (fds, FD_CLOEXEC, error))
    return FALSE;
  g_subprocess_launcher_take_stdin_fd (launcher, fds[0]);
  whole = write (fds[1], input, size) == (ssize_t) size;
  close (fds[1]);
  return whole;
}

SatChild *
sat_child_start (const char *home, const char *const *args)
{
  return sat_child_start_with (home, args, NULL);
}

SatChild *
sat_child_start_with (const char *home, const char *const *args, const char *input)
{
  SatChild *self = g_object_new (SAT_TYPE_CHILD, NULL);
  g_autofree char *program = find_program ();
  g_autoptr (GPtrArray) argv = command_line (program, home, args);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);

  if (program != NULL && (input == NULL || give_input (launcher, input, NULL)))
    self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata,
                                                  NULL);
  if (self->process != NULL)
    listen (self);
  else
    {
      self->message = g_strdup (_ ("The program “satchel” was not found; install it again"));
      g_idle_add_full (G_PRIORITY_DEFAULT, failed_cb, g_object_ref (self), g_object_unref);
    }
  return self;
}

void
sat_child_cancel (SatChild *self)
{
  if (self->state != SAT_CHILD_RUNNING || self->process == NULL)
    return;
  self->cancelled = TRUE;
  g_subprocess_send_signal (self->process, SIGTERM);
}

SatChildState
sat_child_get_state (SatChild *self)
{
  return self->state;
}

const char *
sat_child_get_message (SatChild *self)
{
  return self->message;
}

const SatHubQuestion *
sat_child_get_question (SatChild *self)
{
  return self->state == SAT_CHILD_FAILED ? self->question : NULL;
}

gint64
sat_child_get_number (SatChild *self, const char *object, const char *member)
{
  JsonNode *root = json_parser_get_root (self->parser);
  JsonObject *from;

  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;
  from = json_node_get_object (root);
  if (object != NULL)
    {
      JsonNode *node = json_object_get_member (from, object);

      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return 0;
      from = json_node_get_object (node);
    }
  return json_object_get_int_member_with_default (from, member, 0);
}

static void
sat_child_finalize (GObject *object)
{
  SatChild *self = SAT_CHILD (object);

  g_clear_object (&self->process);
  g_clear_object (&self->err);
  g_clear_object (&self->out);
  g_clear_object (&self->parser);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->question, sat_hub_question_free);
  G_OBJECT_CLASS (sat_child_parent_class)->finalize (object);
}

static void
sat_child_class_init (SatChildClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_child_finalize;

  signals[PROGRESS] = g_signal_new ("progress", SAT_TYPE_CHILD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_DOUBLE);
  signals[FINISHED] = g_signal_new ("finished", SAT_TYPE_CHILD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
}

static void
sat_child_init (SatChild *self)
{
  self->parser = json_parser_new ();
}
