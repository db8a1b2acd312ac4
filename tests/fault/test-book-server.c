/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A book whose repository is on a server of its own, the hub being elsewhere: that server's
 * questions say for which book they are asked, its answers are kept for it alone, and whatever is
 * wrong with it the exchange with the hub goes on. */
#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace-books.h"
#include "far.h"

#define NAME "Key accounts"

static void
make_repository (Far *far)
{
  g_autofree char *path = world_path (&far->world, "accounts");

  g_free (world_git (far->world.dir, "init", "-q", "--bare", path, NULL));
  g_free (world_git (path, "config", "http.receivepack", "true", NULL));
}

/* A, which has joined at the hub, a folder, makes the book, whose repository is at FAR's server;
 * one customer is in it, and one is not. */
static SatWorkspace *
make_book (Far *far, const char *url)
{
  SatWorkspace *a = world_join (&far->world, "a", "wang", 11);
  g_auto (SatAssigned) assigned = { 0 };
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_create_book (a, "key", NAME, url, &error);
  g_assert_no_error (error);
  id = world_new (a, "customer", "Huawei", "phone", "1");
  sat_workspace_assign (a, sat_workspace_object (a, "customer", NULL), &id, "key", &assigned,
                        &error);
  g_assert_no_error (error);
  world_new (a, "customer", "Corner", "phone", "2");
  return a;
}

static SatWorkspace *
hold_book (Far *far, const char *name, guint64 seed)
{
  SatWorkspace *workspace = world_join (&far->world, name, "li", seed);
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  gboolean changed;

  sat_workspace_hold_book (workspace, NAME, &key, &changed, &error);
  g_assert_no_error (error);
  g_assert_true (changed);
  return workspace;
}

/* WORKSPACE cannot reach the book's server, and says so with WORDS; what it writes in another book
 * meanwhile gets to OTHER, and the other way round. */
static void
assert_rest_goes_on (SatWorkspace *workspace,
                     SatWorkspace *other,
                     const SatSyncOptions *options,
                     SatErrorCode code,
                     const char *words)
{
  gint64 n = world_count (other, "product");

  world_new (workspace, "product", words, NULL, NULL);
  far_assert_sync_fails (workspace, options, code, words);
  world_sync (other);
  g_assert_cmpint (world_count (other, "product"), ==, n + 1);
  world_new (other, "product", "From the other side", NULL, NULL);
  world_sync (other);
  far_assert_sync_fails (workspace, options, code, words);
  g_assert_cmpint (world_count (workspace, "product"), ==, n + 2);
}

static void
assert_asked_for_book (const Person *person, SatQuestionKind kind, guint n)
{
  g_assert_cmpuint (person->n, ==, n);
  g_assert_cmpint (person->kind, ==, kind);
  g_assert_cmpstr (person->book, ==, NAME);
}

/* ---- ssh ---- */

static void
test_ssh (Far *far, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = NULL;
  g_autoptr (SatWorkspace) b = NULL;
  g_autoptr (SatWorkspace) c = world_join (&far->world, "c", "chen", 13);
  g_autofree char *url = NULL;
  g_autofree char *before = far_fingerprint (far);
  g_autofree char *now = NULL;
  g_auto (Person) person = { .yes = FALSE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person, .key_file = far->key };
  g_autoptr (GError) error = NULL;

  make_repository (far);
  far_ssh (far);
  url = g_strdup_printf ("ssh://127.0.0.1:%u%s/accounts", net_port (far->net), far->world.dir);
  a = make_book (far, url);
  assert_rest_goes_on (a, c, &options, SAT_ERROR_REFUSED, "the computer of the book “" NAME "”");
  assert_asked_for_book (&person, SAT_QUESTION_HOST_KEY, 2);
  g_assert_cmpstr (person.fingerprint, ==, before);
  /* The hub is a folder, of which there is nothing to accept. */
  g_assert_false (sat_sync_hub_trust (a, NULL, before, &error));
  g_clear_error (&error);
  g_assert_false (sat_sync_hub_trust (a, "nosuch", before, &error));
  g_clear_error (&error);
  sat_sync_hub_trust (a, "key", before, &error);
  g_assert_no_error (error);
  far_sync (a, &options);
  person.yes = TRUE;
  b = hold_book (far, "b", 12);
  far_sync (b, &options);
  assert_asked_for_book (&person, SAT_QUESTION_HOST_KEY, 3);
  far_sync (a, &options);
  far_sync (b, &options);
  world_assert_same (a, b);
  g_assert_cmpint (world_count (b, "customer"), ==, 2);

  g_unlink (far->host_key);
  net_make_key (far->host_key, "");
  now = far_fingerprint (far);
  assert_rest_goes_on (a, c, &options, SAT_ERROR_REFUSED, "--book key");
  g_assert_true (person.known);
  sat_sync_hub_trust (a, NAME, now, &error);
  g_assert_no_error (error);
  far_sync (a, &options);
  /* The server is gone. */
  net_limit (far->net, 0, FALSE);
  assert_rest_goes_on (a, c, &options, SAT_ERROR_FAILED, "127.0.0.1");
  net_limit (far->net, -1, FALSE);
  far_sync (a, &options);
}

/* A key that is locked opens both servers, and is asked for once. */
static void
test_passphrase (Far *far, gconstpointer data)
{
  g_autoptr (SatWorkspace) a = NULL;
  g_autofree char *dir = world_path (&far->world, "other");
  g_autofree char *url = NULL;
  g_autofree char *fingerprint = far_fingerprint (far);
  g_autoptr (GError) error = NULL;
  g_auto (Person) person = { .yes = TRUE, .secret = "öffne" };
  SatSyncOptions options = { .accept_host = fingerprint, .ask = far_answer, .ask_data = &person };
  Net *other;

  make_repository (far);
  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", "", "-N", person.secret, "-f", far->key,
                   NULL));
  options.key_file = far->key;
  far_ssh (far);
  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  other = net_ssh (dir, far->host_key, far->authorized);
  url = g_strdup_printf ("ssh://127.0.0.1:%u%s/accounts", net_port (other), far->world.dir);
  a = make_book (far, url);
  sat_sync_hub_set (a, far->url, FALSE, &options, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person.n, ==, 1);
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 2);
  net_stop (other);
}

/* ---- the web ---- */

static char *
start_web (Far *far, NetWeb kind)
{
  make_repository (far);
  far_web (far, kind);
  return g_strdup_printf ("%s://127.0.0.1:%u/git/accounts",
                          g_str_has_prefix (far->url, "https") ? "https" : "http",
                          net_port (far->net));
}

static void
test_https (Far *far, gconstpointer data)
{
  g_autofree char *url = start_web (far, NET_HTTPS_LOGIN);
  g_autofree char *file = world_path (&far->world, "a/credentials");
  g_autofree char *certificate = NULL;
  g_autoptr (SatWorkspace) a = make_book (far, url);
  g_autoptr (SatWorkspace) c = world_join (&far->world, "c", "chen", 13);
  g_auto (Person) person = { .yes = FALSE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };
  g_autoptr (GError) error = NULL;

  assert_rest_goes_on (a, c, &options, SAT_ERROR_REFUSED, "nobody vouches");
  assert_asked_for_book (&person, SAT_QUESTION_CERTIFICATE, 2);
  certificate = g_strdup (person.fingerprint);
  sat_sync_hub_trust (a, "key", certificate, &error);
  g_assert_no_error (error);

  assert_rest_goes_on (a, c, &options, SAT_ERROR_REFUSED, "satchel hub login --book key");
  assert_asked_for_book (&person, SAT_QUESTION_LOGIN, 4);
  person.yes = TRUE;
  person.user = NET_USER;
  person.secret = "wrong";
  assert_rest_goes_on (a, c, &options, SAT_ERROR_REFUSED, "does not let “wang” in");
  assert_asked_for_book (&person, SAT_QUESTION_LOGIN, 10);
  person.secret = NET_SECRET;
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 11);
  /* It went to the secret service. */
  far_sync (a, NULL);
  sat_sync_hub_logout (a, "key", &error);
  g_assert_no_error (error);
  assert_rest_goes_on (a, c, NULL, SAT_ERROR_REFUSED, "asks for a user");
  g_assert_false (sat_sync_hub_login (a, NULL, NET_USER, NET_SECRET, TRUE, &error));
  far_assert_says (error, SAT_ERROR_INVALID, "without a password");
  g_clear_error (&error);
  sat_sync_hub_login (a, NAME, NET_USER, NET_SECRET, TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  far_sync (a, NULL);
  net_limit (far->net, 0, FALSE);
  assert_rest_goes_on (a, c, NULL, SAT_ERROR_FAILED, url);
}

/* ---- two passwords ---- */

/* The program, with no key ring; what it says on both outputs. */
static char *
satchel (Far *far, const char *input, int expected, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
      G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char *program = g_build_filename (g_getenv ("SATCHEL_BUILD_ROOT"), "cli", "satchel",
                                               NULL);
  g_autofree char *home = world_path (&far->world, "a");
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *said = NULL;
  va_list list;

  g_ptr_array_add (argv, program);
  g_ptr_array_add (argv, (gpointer) "--home");
  g_ptr_array_add (argv, home);
  va_start (list, expected);
  for (char *arg = va_arg (list, char *); arg != NULL; arg = va_arg (list, char *))
    g_ptr_array_add (argv, arg);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "SECRET_FILE_TEST_PATH", "/dev/null/none", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, input, NULL, &said, NULL, &error);
  g_assert_no_error (error);
  if (g_subprocess_get_exit_status (process) != expected)
    g_test_message ("said: %s", said);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, expected);
  return said;
}

/* The hub's password is not for the book's server, nor the other way round, whichever asks first;
 * and who comes back to the hub need not type it again. */
static void
test_two_logins (Far *far, gconstpointer data)
{
  static const char both[] = NET_USER "\n" NET_SECRET "\n" NET_USER "\n" NET_SECRET "\n";
  static const char wrong[] = NET_USER "\nwrong\n" NET_USER "\n" NET_SECRET "\n";
  g_autofree char *dir = world_path (&far->world, "other");
  g_autofree char *url = start_web (far, NET_HTTP_LOGIN);
  g_autofree char *hub = NULL;
  g_autofree char *at_book = g_strdup_printf ("127.0.0.1:%u", net_port (far->net));
  g_autofree char *at_hub = NULL;
  g_autofree char *said = NULL;
  Net *other;

  sat_workspace_close (make_book (far, url));
  g_assert_cmpint (g_mkdir (dir, 0700), ==, 0);
  other = net_web (dir, far->world.dir, NET_HTTP_LOGIN, NULL);
  hub = g_strdup_printf ("http://127.0.0.1:%u/git/hub", net_port (other));
  at_hub = g_strdup_printf ("127.0.0.1:%u", net_port (other));
  g_free (satchel (far, both, 0, "hub", "set", hub, "--login-stdin", "--login-for", at_book,
                   "--login-for", at_hub, NULL));
  g_free (satchel (far, both, 0, "sync", "--login-stdin", "--login-for", at_hub, "--login-for",
                   at_book, NULL));
  said = satchel (far, both, 1, "sync", "--json", "--login-stdin", "--login-for", at_hub, NULL);
  g_assert_nonnull (strstr (said, "\"book\":\"" NAME "\""));
  g_free (said);
  said = satchel (far, both, 1, "sync", "--json", "--login-stdin", "--login-for", at_book, NULL);
  g_assert_nonnull (strstr (said, "\"book\":null"));
  g_free (said);
  said = satchel (far, wrong, 1, "sync", "--login-stdin", "--login-for", at_hub, "--login-for",
                  at_book, NULL);
  g_assert_nonnull (strstr (said, "does not let “wang” in"));
  net_stop (other);
}

#define ADD(path, function) g_test_add (path, Far, NULL, far_set_up, function, far_tear_down)

/* ---- a server that says nothing any more ---- */

/* It ends the exchange each time; still, what is in other books gets through. */
static void
test_silent (Far *far, gconstpointer data)
{
  g_autofree char *url = start_web (far, NET_HTTP);
  g_autoptr (SatWorkspace) a = make_book (far, url);
  g_autoptr (SatWorkspace) b = world_join (&far->world, "b", "li", 12);
  g_autofree char *key = NULL;
  g_autofree char *phone = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (SatAssigned) assigned = { 0 };
  gboolean changed;
  SatId id;

  sat_workspace_create_book (a, "zebra", "Zebra", "zebra.git", &error);
  g_assert_no_error (error);
  id = world_new (a, "customer", "Late", "phone", "3");
  sat_workspace_assign (a, sat_workspace_object (a, "customer", NULL), &id, "zebra", &assigned,
                        &error);
  g_assert_no_error (error);
  far_sync (a, NULL);
  far_sync (b, NULL);
  sat_workspace_hold_book (b, "Zebra", &key, &changed, &error);
  g_assert_no_error (error);
  far_sync (b, NULL);
  world_set (a, "customer", &id, "phone", "4");
  sat_workspace_close (g_steal_pointer (&a));
  net_limit (far->net, 0, TRUE);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *said = satchel (far, "", 1, "sync", "--quiet", "--patience", "1", NULL);

      g_assert_nonnull (strstr (said, "does not answer any more"));
    }
  far_sync (b, NULL);
  phone = world_get (b, "customer", &id, "phone");
  g_assert_cmpstr (phone, ==, "4");
  net_limit (far->net, -1, FALSE);
  g_free (satchel (far, "", 0, "sync", "--quiet", NULL));
  g_free (satchel (far, "", 0, "sync", "--quiet", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/apart/ssh", test_ssh);
  ADD ("/apart/passphrase", test_passphrase);
  ADD ("/apart/https", test_https);
  ADD ("/apart/two-logins", test_two_logins);
  ADD ("/apart/silent", test_silent);
  return far_main ();
}
