/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "far.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync/sat-git.h"

gboolean
far_answer (const SatQuestion *question, SatAnswer *answer, gpointer data)
{
  Person *person = data;

  person->n++;
  person->kind = question->kind;
  person->known = question->known != NULL;
  g_free (person->fingerprint);
  person->fingerprint = g_strdup (question->fingerprint);
  g_free (person->book);
  person->book = g_strdup (question->book);
  answer->user = g_strdup (person->user);
  answer->secret = g_strdup (person->n <= person->n_wrong ? "wrong" : person->secret);
  answer->keep = person->keep;
  return person->yes;
}

void
far_person_clear (Person *person)
{
  g_clear_pointer (&person->fingerprint, g_free);
  g_clear_pointer (&person->book, g_free);
}

void
far_set_up (Far *far, gconstpointer data)
{
  world_set_up (&far->world, data);
  far->host_key = world_path (&far->world, "host_key");
  far->key = world_path (&far->world, "key");
  far->authorized = world_path (&far->world, "key.pub");
  net_make_key (far->host_key, "");
  net_make_key (far->key, "");
  g_free (world_git (far->world.hub, "config", "http.receivepack", "true", NULL));
}

void
far_tear_down (Far *far, gconstpointer data)
{
  if (far->net)
    net_stop (far->net);
  g_free (far->url);
  g_free (far->host_key);
  g_free (far->key);
  g_free (far->authorized);
  world_tear_down (&far->world, data);
}

void
far_ssh (Far *far)
{
  far->net = net_ssh (far->world.dir, far->host_key, far->authorized);
  far->url = g_strdup_printf ("ssh://127.0.0.1:%u%s", net_port (far->net), far->world.hub);
}

void
far_web (Far *far, NetWeb kind)
{
  g_autofree char *certificate = world_path (&far->world, "certificate");
  gboolean tls = kind == NET_HTTPS || kind == NET_HTTPS_LOGIN;

  if (tls)
    net_make_certificate (certificate);
  far->net = net_web (far->world.dir, far->world.dir, kind, certificate);
  far->url = g_strdup_printf ("%s://127.0.0.1:%u/git/hub", tls ? "https" : "http",
                              net_port (far->net));
}

char *
far_fingerprint (Far *far)
{
  g_autofree char *out = net_run (NULL, "ssh-keygen", "-lf", far->host_key, NULL);
  g_auto (GStrv) words = g_strsplit (out, " ", 3);

  return g_strdup (words[1]);
}

SatWorkspace *
far_join (Far *far,
          const char *name,
          const char *login,
          guint64 seed,
          const SatSyncOptions *options,
          GError **error)
{
  g_autofree char *home = world_path (&far->world, name);
  g_autoptr (SatPlatform) platform = world_platform (seed);

  return sat_sync_join_with (home, platform, far->world.catalogue, far->url, login, NULL, name,
                             NULL, options, error);
}

SatSyncResult
far_sync (SatWorkspace *workspace, const SatSyncOptions *options)
{
  g_autoptr (GError) error = NULL;
  SatSyncResult result;

  sat_sync_exchange (workspace, options, &result, &error);
  g_assert_no_error (error);
  return result;
}

void
far_assert_says (const GError *error, SatErrorCode code, const char *words)
{
  g_assert_error (error, SAT_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_test_message ("said: %s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_null (strchr (error->message, '\n'));
}

void
far_assert_sync_fails (SatWorkspace *workspace,
                       const SatSyncOptions *options,
                       SatErrorCode code,
                       const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_sync_exchange (workspace, options, NULL, &error));
  far_assert_says (error, code, words);
}

void
far_assert_join_fails (Far *far,
                       const SatSyncOptions *options,
                       SatErrorCode code,
                       const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *home = world_path (&far->world, "no");
  g_autoptr (SatWorkspace) workspace = far_join (far, "no", "wang", 30, options, &error);

  g_assert_null (workspace);
  far_assert_says (error, code, words);
  g_assert_false (g_file_test (home, G_FILE_TEST_EXISTS));
}

int
far_main (void)
{
  g_autofree char *home = g_dir_make_tmp ("satchel-home-XXXXXX", NULL);
  g_autofree char *ring = g_build_filename (home, "keyring", NULL);
  int status;

  g_setenv ("HOME", home, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", ring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("GIT_CONFIG_NOSYSTEM", "1", TRUE);
  status = g_test_run ();
  sat_remove_tree (home);
  return status;
}
