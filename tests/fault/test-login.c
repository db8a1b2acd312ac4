/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User and password of a hub on the web, the passphrase of an ssh key: asked for, kept, wrong,
 * forgotten. */
#include <glib/gstdio.h>

#include "far.h"

static void
test_http_login (Far *far, gconstpointer data)
{
  g_autofree char *file = world_path (&far->world, "a/credentials");
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  Person person = { .yes = TRUE, .user = NET_USER, .secret = "wrong" };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };
  GStatBuf info;

  far_web (far, NET_HTTP_LOGIN);
  far_assert_join_fails (far, NULL, SAT_ERROR_REFUSED, "asks for a user");
  /* Wrong ones end, and do not go round for ever. */
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "does not let “wang” in");
  g_assert_cmpuint (person.n, ==, 3);
  person.secret = NET_SECRET;
  person.n = 0;
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person.n, ==, 1);
  /* It went to the secret service. */
  far_sync (a, NULL);
  sat_sync_hub_logout (a, NULL, &error);
  g_assert_no_error (error);
  far_assert_sync_fails (a, NULL, SAT_ERROR_REFUSED, "asks for a user");
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  sat_sync_hub_login (a, NULL, NET_USER, NET_SECRET, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  far_sync (a, NULL);
  sat_sync_hub_login (a, NULL, NET_USER, "stale", TRUE, &error);
  g_assert_no_error (error);
  far_assert_sync_fails (a, NULL, SAT_ERROR_REFUSED, "does not let “wang” in");
  person.n = 0;
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 1);
  g_free (person.fingerprint);
}

/* Asked once for all connections of an exchange; kept if the person says so; a wrong one is asked
 * for again, three times in all. */
static void
test_ssh_passphrase (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = far_fingerprint (far);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  Person person = { .yes = TRUE, .secret = "öffne", .n_wrong = 3 };
  SatSyncOptions options = { .accept_host = fingerprint, .ask = far_answer, .ask_data = &person };

  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", "", "-N", person.secret, "-f", far->key,
                   NULL));
  far_ssh (far);
  options.key_file = far->key;
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "the passphrase is wrong");
  g_assert_cmpuint (person.n, ==, 3);
  person = (Person){ .yes = TRUE, .secret = person.secret, .n_wrong = 2 };
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person.n, ==, 3);
  g_assert_cmpint (person.kind, ==, SAT_QUESTION_PASSPHRASE);

  person = (Person){ .yes = TRUE, .secret = person.secret };
  world_new (a, "customer", "Acme", "phone", "1");
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 1);
  person.keep = TRUE;
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 2);
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 2);
  /* One that is not right any more is asked for. */
  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", person.secret, "-N", "another", "-f",
                   far->key, NULL));
  person.secret = "another";
  far_sync (a, &options);
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 3);
  sat_sync_hub_key (a, far->key, &error);
  g_assert_no_error (error);
  sat_sync_hub_key_lock (a);
  options = (SatSyncOptions){ 0 };
  far_assert_sync_fails (a, &options, SAT_ERROR_REFUSED, "has a passphrase");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/login/http", Far, NULL, far_set_up, test_http_login, far_tear_down);
  g_test_add ("/login/ssh", Far, NULL, far_set_up, test_ssh_passphrase, far_tear_down);
  return far_main ();
}
