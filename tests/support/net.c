/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "net.h"

#include <arpa/inet.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CHUNK 65536

struct _Net
{
  int listener;
  guint port;
  int wake[2]; /* a byte in it ends all threads */
  GThread *accepting;
  GPtrArray *threads; /* one for each connection; under LOCK */
  GMutex lock;
  gint64 left; /* under LOCK; -1: no limit */
  gboolean stall;
  gint64 bytes;
  guint connections;
  char *sshd_config; /* a process of sshd for each connection; NULL: web */
  char *sshd_log;
  guint upstream; /* port of the web server */
  GSubprocess *web;
};

typedef struct
{
  Net *net;
  int down; /* the client */
} Connection;

char *
net_run (const char *cwd, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  char *out = NULL;
  const char *word;
  va_list list;

  va_start (list, cwd);
  while ((word = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  if (cwd)
    g_subprocess_launcher_set_cwd (launcher, cwd);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &problems, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_test_message ("a program failed: %s%s", out, problems);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

void
net_make_key (const char *path, const char *passphrase)
{
  g_free (net_run (NULL, "ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-C", "test", "-f",
                   path, NULL));
}

void
net_make_certificate (const char *path)
{
  g_autofree char *key = g_strconcat (path, ".key", NULL);
  g_autofree char *both = NULL;
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  g_free (net_run (NULL, "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                   "ec_paramgen_curve:P-256", "-nodes", "-days", "3650", "-subj", "/CN=127.0.0.1",
                   "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", path, NULL));
  g_assert_true (g_file_get_contents (key, &left, NULL, NULL));
  g_assert_true (g_file_get_contents (path, &right, NULL, NULL));
  both = g_strconcat (left, right, NULL);
  g_assert_true (g_file_set_contents (path, both, -1, NULL));
}

/* ---- sockets ---- */

static int
listen_anywhere (guint *port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t size = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (bind (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  g_assert_cmpint (listen (fd, 64), ==, 0);
  g_assert_cmpint (getsockname (fd, (struct sockaddr *) &address, &size), ==, 0);
  *port = ntohs (address.sin_port);
  return fd;
}

static int
connect_web (const Net *net)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons ((guint16) net->upstream),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static int
start_sshd (const Net *net, GSubprocess **process)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GError) error = NULL;
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
  g_subprocess_launcher_take_stdin_fd (launcher, dup (pair[1]));
  g_subprocess_launcher_take_stdout_fd (launcher, pair[1]);
  g_subprocess_launcher_set_stderr_file_path (launcher, net->sshd_log);
  *process = g_subprocess_launcher_spawn (launcher, &error, "/usr/sbin/sshd", "-i", "-e", "-f",
                                          net->sshd_config, NULL);
  g_assert_no_error (error);
  return pair[0];
}

/* ---- the relay ---- */

/* How many of SIZE bytes may pass; FALSE when that is all. */
static gsize
allow (Net *net, gsize size, gboolean *over)
{
  gsize allowed = size;

  g_mutex_lock (&net->lock);
  if (net->left >= 0)
    {
      allowed = MIN (size, (gsize) net->left);
      net->left -= (gint64) allowed;
    }
  net->bytes += (gint64) allowed;
  *over = net->left == 0;
  g_mutex_unlock (&net->lock);
  return allowed;
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  while (size > 0)
    {
      ssize_t n = send (fd, data, size, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      data += n;
      size -= (gsize) n;
    }
  return TRUE;
}

static void
wait_for_end (Net *net)
{
  struct pollfd end = { .fd = net->wake[0], .events = POLLIN };

  while (poll (&end, 1, -1) < 0 && errno == EINTR)
    ;
}

/* FALSE: this connection is over. */
static gboolean
pass (Net *net, int from, int to)
{
  char data[CHUNK];
  ssize_t n = recv (from, data, sizeof data, 0);
  gboolean over;
  gsize allowed;

  if (n <= 0)
    return FALSE;
  allowed = allow (net, (gsize) n, &over);
  if (!write_all (to, data, allowed))
    return FALSE;
  if (over && net->stall)
    wait_for_end (net);
  return !over;
}

static void
relay (Net *net, int down, int up)
{
  gboolean going = TRUE;

  while (going)
    {
      struct pollfd fds[] = {
        { .fd = down, .events = POLLIN },
        { .fd = up, .events = POLLIN },
        { .fd = net->wake[0], .events = POLLIN },
      };

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;
      if (fds[2].revents)
        return;
      /* What the server still says comes before the client's end. */
      if (fds[1].revents)
        going = pass (net, up, down);
      else if (fds[0].revents)
        going = pass (net, down, up);
    }
}

static gpointer
serve (gpointer data)
{
  Connection *connection = data;
  Net *net = connection->net;
  GSubprocess *sshd = NULL;
  int up = net->sshd_config ? start_sshd (net, &sshd) : connect_web (net);

  relay (net, connection->down, up);
  close (up);
  close (connection->down);
  if (sshd)
    g_subprocess_wait (sshd, NULL, NULL);
  g_clear_object (&sshd);
  g_free (connection);
  return NULL;
}

/* A connection after the limit is not served. */
static gboolean
refuses (Net *net)
{
  gboolean refused;

  g_mutex_lock (&net->lock);
  refused = net->left == 0 && !net->stall;
  net->connections += refused ? 0 : 1;
  g_mutex_unlock (&net->lock);
  return refused;
}

static gpointer
accept_all (gpointer data)
{
  Net *net = data;

  for (;;)
    {
      struct pollfd fds[] = {
        { .fd = net->listener, .events = POLLIN },
        { .fd = net->wake[0], .events = POLLIN },
      };
      Connection *connection;
      int fd;

      if (poll (fds, G_N_ELEMENTS (fds), -1) < 0)
        continue;
      if (fds[1].revents)
        return NULL;
      fd = accept4 (net->listener, NULL, NULL, SOCK_CLOEXEC);
      if (fd < 0)
        continue;
      if (refuses (net))
        {
          close (fd);
          continue;
        }
      connection = g_new (Connection, 1);
      *connection = (Connection){ net, fd };
      g_mutex_lock (&net->lock);
      g_ptr_array_add (net->threads, g_thread_new ("connection", serve, connection));
      g_mutex_unlock (&net->lock);
    }
}

static Net *
net_new (void)
{
  Net *net = g_new0 (Net, 1);

  g_mutex_init (&net->lock);
  net->threads = g_ptr_array_new ();
  net->left = -1;
  g_assert_cmpint (pipe (net->wake), ==, 0);
  net->listener = listen_anywhere (&net->port);
  return net;
}

static void
net_begin (Net *net)
{
  net->accepting = g_thread_new ("accepting", accept_all, net);
}

void
net_stop (Net *net)
{
  g_assert_cmpint (write (net->wake[1], "x", 1), ==, 1);
  g_thread_join (net->accepting);
  for (guint i = 0; i < net->threads->len; i++)
    g_thread_join (g_ptr_array_index (net->threads, i));
  g_ptr_array_unref (net->threads);
  if (net->web)
    {
      g_subprocess_send_signal (net->web, SIGTERM);
      g_subprocess_wait (net->web, NULL, NULL);
      g_object_unref (net->web);
    }
  close (net->listener);
  close (net->wake[0]);
  close (net->wake[1]);
  g_free (net->sshd_config);
  g_free (net->sshd_log);
  g_mutex_clear (&net->lock);
  g_free (net);
}

guint
net_port (const Net *net)
{
  return net->port;
}

gint64
net_bytes (Net *net)
{
  gint64 bytes;

  g_mutex_lock (&net->lock);
  bytes = net->bytes;
  net->bytes = 0;
  g_mutex_unlock (&net->lock);
  return bytes;
}

guint
net_connections (Net *net)
{
  guint n;

  g_mutex_lock (&net->lock);
  n = net->connections;
  net->connections = 0;
  g_mutex_unlock (&net->lock);
  return n;
}

void
net_limit (Net *net, gint64 bytes, gboolean stall)
{
  g_mutex_lock (&net->lock);
  net->left = bytes;
  net->stall = stall;
  net->bytes = 0;
  net->connections = 0;
  g_mutex_unlock (&net->lock);
}

/* ---- sshd ---- */

Net *
net_ssh (const char *dir, const char *host_key, const char *authorized)
{
  Net *net = net_new ();
  g_autofree char *config = g_strdup_printf ("HostKey %s\n"
                                             "AuthorizedKeysFile %s\n"
                                             "PidFile none\n"
                                             "StrictModes no\n"
                                             "UsePAM no\n"
                                             "PermitRootLogin yes\n"
                                             "PasswordAuthentication no\n"
                                             "KbdInteractiveAuthentication no\n",
                                             host_key, authorized);

  net->sshd_config = g_build_filename (dir, "sshd_config", NULL);
  net->sshd_log = g_build_filename (dir, "sshd.log", NULL);
  g_assert_true (g_file_set_contents (net->sshd_config, config, -1, NULL));
  if (geteuid () == 0)
    g_mkdir ("/run/sshd", 0755);
  net_begin (net);
  return net;
}

/* ---- the web server ---- */

static char *
web_config (const char *dir, const char *root, NetWeb kind, guint port, const char *certificate)
{
  static const char login[] = "auth.backend = \"plain\"\n"
                              "auth.backend.plain.userfile = \"%s/users\"\n"
                              "auth.require = (\"\" => (\"method\" => \"basic\", \"realm\" => "
                              "\"hub\", \"require\" => \"valid-user\"))\n";
  static const char tls[] = "server.modules += (\"mod_openssl\")\n"
                            "$SERVER[\"socket\"] == \"127.0.0.1:%u\" {\n"
                            "  ssl.engine = \"enable\"\n  ssl.pemfile = \"%s\"\n}\n";
  g_autoptr (GString) more = g_string_new (NULL);
  g_autofree char *users = g_build_filename (dir, "users", NULL);

  g_assert_true (g_file_set_contents (users, NET_USER ":" NET_SECRET "\n", -1, NULL));
  if (kind == NET_HTTP_LOGIN || kind == NET_HTTPS_LOGIN)
    g_string_append_printf (more, login, dir);
  if (kind == NET_HTTPS || kind == NET_HTTPS_LOGIN)
    g_string_append_printf (more, tls, port, certificate);
  return g_strdup_printf (
      "server.document-root = \"%s\"\nserver.port = %u\nserver.bind = \"127.0.0.1\"\n"
      "server.systemd-socket-activation = \"enable\"\n"
      "server.modules = (\"mod_alias\", \"mod_setenv\", \"mod_auth\", \"mod_authn_file\", "
      "\"mod_cgi\")\n"
      "server.errorlog = \"%s/lighttpd.log\"\nserver.upload-dirs = (\"%s\")\n"
      "alias.url = (\"/git\" => \"/usr/lib/git-core/git-http-backend\")\n"
      "setenv.set-environment = (\"GIT_PROJECT_ROOT\" => \"%s\", \"GIT_HTTP_EXPORT_ALL\" => "
      "\"1\")\n"
      "$HTTP[\"url\"] =~ \"^/git\" { cgi.assign = (\"\" => \"\") }\n%s",
      root, port, dir, dir, root, more->str);
}

/* The server gets a socket that listens already, so that nobody need wait for it. */
static void
start_web (Net *net, int listener, const char *config)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  static const char script[] = "LISTEN_FDS=1 LISTEN_PID=$$ exec /usr/sbin/lighttpd -D -f \"$0\"";

  g_subprocess_launcher_take_fd (launcher, listener, 3);
  net->web = g_subprocess_launcher_spawn (launcher, &error, "/bin/sh", "-c", script, config, NULL);
  g_assert_no_error (error);
}

Net *
net_web (const char *dir, const char *root, NetWeb kind, const char *certificate)
{
  Net *net = net_new ();
  int listener = listen_anywhere (&net->upstream);
  g_autofree char *path = g_build_filename (dir, "lighttpd.conf", NULL);
  g_autofree char *config = web_config (dir, root, kind, net->upstream, certificate);

  g_assert_true (g_file_set_contents (path, config, -1, NULL));
  start_web (net, listener, path);
  net_begin (net);
  return net;
}
