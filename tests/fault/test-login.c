/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User and password of a hub on the web: asked for, kept, wrong, forgotten. */
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
  sat_sync_hub_logout (a, &error);
  g_assert_no_error (error);
  far_assert_sync_fails (a, NULL, SAT_ERROR_REFUSED, "asks for a user");
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  sat_sync_hub_login (a, NET_USER, NET_SECRET, TRUE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_stat (file, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  far_sync (a, NULL);
  sat_sync_hub_login (a, NET_USER, "stale", TRUE, &error);
  g_assert_no_error (error);
  far_assert_sync_fails (a, NULL, SAT_ERROR_REFUSED, "does not let “wang” in");
  person.n = 0;
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 1);
  g_free (person.fingerprint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/login/http", Far, NULL, far_set_up, test_http_login, far_tear_down);
  return far_main ();
}
