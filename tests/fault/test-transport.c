/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hubs behind ssh and http: who is at the other end, who we are, and hubs that move. The servers
 * are real ones, started by the test. */
#include <glib/gstdio.h>
#include <string.h>

#include "far.h"

/* The hub loses the change-sets of a book, but has a checkpoint that A made: a new laptop begins
 * with it. */
static void
join_checkpoint (Far *far, SatWorkspace *a, const SatId *id, const SatSyncOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (a, NULL, options, &error);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (SatWorkspace) c = NULL;
  g_autofree char *refs = world_git (far->world.hub, "for-each-ref", "--format=%(refname)",
                                     "refs/heads/customers", NULL);
  g_auto (GStrv) lines = g_strsplit (refs, "\n", -1);
  g_autofree char *phone = world_get (a, "customer", id, "phone");
  g_autofree char *joined = NULL;

  g_assert_no_error (error);
  g_assert_true (((SatCheckpointMade *) made->pdata[0])->made);
  again = sat_sync_checkpoint (a, "customers", options, &error);
  g_assert_no_error (error);
  g_assert_false (((SatCheckpointMade *) again->pdata[0])->made);
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && strstr (lines[i], "checkpoint-") == NULL)
      g_free (world_git (far->world.hub, "update-ref", "-d", lines[i], NULL));
  c = far_join (far, "c", "chen", 13, options, &error);
  g_assert_no_error (error);
  joined = world_get (c, "customer", id, "phone");
  g_assert_cmpstr (joined, ==, phone);
}

/* Two laptops that meet at the hub, both ways, with a conflict. */
static void
exchange_well (Far *far, const SatSyncOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = far_join (far, "a", "wang", 11, options, &error);
  g_autoptr (SatWorkspace) b = NULL;
  SatId id;

  g_assert_no_error (error);
  b = far_join (far, "b", "li", 12, options, &error);
  g_assert_no_error (error);
  id = world_new (a, "customer", "上海宏达机械有限公司", "phone", "021-5555-0100");
  g_assert_cmpuint (far_sync (a, options).sent_change_sets, ==, 1);
  g_assert_cmpuint (far_sync (b, options).received_change_sets, >=, 1);
  world_set (a, "customer", &id, "phone", "021-5555-0111");
  world_set (b, "customer", &id, "phone", "021-5555-0122");
  far_sync (a, options);
  g_assert_cmpuint (far_sync (b, options).conflicts, ==, 1);
  far_sync (a, options);
  world_assert_same (a, b);
  g_free (world_git (far->world.hub, "fsck", "--strict", "--no-progress", NULL));
  net_connections (far->net);
  g_assert_cmpuint (far_sync (a, options).received_bytes, ==, 0);
  /* Nothing to do: the hub is asked once. */
  g_assert_cmpuint (net_connections (far->net), ==, 1);
  join_checkpoint (far, a, &id, options);
}

/* ---- ssh ---- */

static void
test_ssh (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = NULL;
  Person person = { .yes = FALSE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };

  far_ssh (far);
  options.key_file = far->key;
  fingerprint = far_fingerprint (far);
  /* Nobody says yes; then nobody is there to say it. */
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, fingerprint);
  g_assert_cmpuint (person.n, ==, 1);
  g_assert_cmpint (person.kind, ==, SAT_QUESTION_HOST_KEY);
  g_assert_false (person.known);
  g_assert_cmpstr (person.fingerprint, ==, fingerprint);
  options.ask = NULL;
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "--accept-host");
  options.accept_host = "SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8";
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, fingerprint);
  options.accept_host = fingerprint;
  exchange_well (far, &options);
  g_free (person.fingerprint);
}

/* Accepted once, a key need not be accepted again; another one is not accepted by saying yes. */
static void
test_host_key_changes (Far *far, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  g_autofree char *fingerprint = NULL;
  Person person = { .yes = TRUE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };
  guint port;

  far_ssh (far);
  options.key_file = far->key;
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person.n, ==, 1);
  far_sync (a, &options);
  g_assert_cmpuint (person.n, ==, 1);
  /* The server reads its key for each connection. */
  port = net_port (far->net);
  g_unlink (far->host_key);
  net_make_key (far->host_key, "");
  fingerprint = far_fingerprint (far);
  g_assert_cmpuint (port, ==, net_port (far->net));
  far_assert_sync_fails (a, &options, SAT_ERROR_REFUSED, "another key than before");
  g_assert_true (person.known);
  g_assert_cmpstr (person.fingerprint, ==, fingerprint);
  g_assert_false (sat_sync_hub_trust (a, NULL, "SHA256:short", &error));
  far_assert_says (error, SAT_ERROR_INVALID, "not the fingerprint");
  g_clear_error (&error);
  sat_sync_hub_trust (a, NULL, fingerprint, &error);
  g_assert_no_error (error);
  far_sync (a, &options);
  g_free (person.fingerprint);
}

static void
test_ssh_keys (Far *far, gconstpointer data)
{
  g_autofree char *locked = world_path (&far->world, "locked");
  g_autofree char *other = world_path (&far->world, "other");
  g_autofree char *socket = world_path (&far->world, "agent");
  g_autofree char *fingerprint = far_fingerprint (far);
  g_autofree char *agent = NULL;
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  Person person = { .yes = TRUE, .secret = "öffne" };
  SatSyncOptions options = { .accept_host = fingerprint };

  net_make_key (other, "");
  g_assert_true (g_rename (far->key, locked) == 0);
  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", "", "-N", "öffne", "-f", locked, NULL));
  far_ssh (far);
  /* No key at all; one that the hub does not know; one that nobody can open. */
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "accepts none of the ssh keys");
  options.key_file = other;
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "accepts none of the ssh keys");
  options.key_file = locked;
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "has a passphrase");
  options.ask = far_answer;
  options.ask_data = &person;
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpint (person.kind, ==, SAT_QUESTION_PASSPHRASE);
  /* An agent that has died is none; a live one is asked first. */
  options = (SatSyncOptions){ 0 };
  g_setenv ("SSH_AUTH_SOCK", socket, TRUE);
  far_assert_sync_fails (a, &options, SAT_ERROR_REFUSED, "accepts none of the ssh keys");
  agent = net_run (NULL, "ssh-agent", "-s", "-a", socket, NULL);
  words = g_strsplit_set (agent, "=;", -1);
  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", "öffne", "-N", "", "-f", locked, NULL));
  g_free (net_run (NULL, "ssh-add", "-q", locked, NULL));
  far_sync (a, &options);
  g_unsetenv ("SSH_AUTH_SOCK");
  g_setenv ("SSH_AGENT_PID", words[4], TRUE);
  g_free (net_run (NULL, "ssh-agent", "-k", NULL));
  /* The key that was set for this replica. */
  sat_sync_hub_key (a, locked, &error);
  g_assert_no_error (error);
  far_sync (a, &options);
  g_free (person.fingerprint);
}

static void
test_ssh_no_hub (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = far_fingerprint (far);
  SatSyncOptions options = { .accept_host = fingerprint, .key_file = far->key };

  far_ssh (far);
  g_free (far->url);
  far->url = g_strdup_printf ("ssh://127.0.0.1:%u/nowhere/hub", net_port (far->net));
  far_assert_join_fails (far, &options, SAT_ERROR_NOT_FOUND, "there is no hub at");
  net_limit (far->net, 0, FALSE);
  far_assert_join_fails (far, &options, SAT_ERROR_FAILED, "hub");
}

/* ---- http ---- */

static void
test_http (Far *far, gconstpointer data)
{
  far_web (far, NET_HTTP);
  exchange_well (far, NULL);
  g_free (far->url);
  far->url = g_strdup_printf ("http://127.0.0.1:%u/git/nothing", net_port (far->net));
  far_assert_join_fails (far, NULL, SAT_ERROR_NOT_FOUND, "there is no hub at");
}

static void
test_https (Far *far, gconstpointer data)
{
  g_autofree char *certificate = world_path (&far->world, "certificate");
  Person person = { .yes = FALSE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };
  g_autofree char *fingerprint = NULL;
  g_autofree char *expected = NULL;

  far_web (far, NET_HTTPS);
  far_assert_join_fails (far, &options, SAT_ERROR_REFUSED, "nobody vouches");
  g_assert_cmpint (person.kind, ==, SAT_QUESTION_CERTIFICATE);
  fingerprint = g_steal_pointer (&person.fingerprint);
  expected = net_run (NULL, "openssl", "x509", "-in", certificate, "-noout", "-fingerprint",
                      "-sha256", NULL);
  g_assert_nonnull (strstr (expected, fingerprint));
  options = (SatSyncOptions){ .accept_host = fingerprint };
  exchange_well (far, &options);
}

static void
test_certificate_changes (Far *far, gconstpointer data)
{
  g_autofree char *certificate = world_path (&far->world, "certificate");
  Person person = { .yes = TRUE };
  SatSyncOptions options = { .ask = far_answer, .ask_data = &person };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  g_autofree char *known = world_path (&far->world, "a/known_hubs");
  g_autofree char *line = NULL;

  far_web (far, NET_HTTPS);
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (person.n, ==, 1);
  /* As if another one had been accepted before. */
  line = g_strdup_printf ("https 127.0.0.1 %u 00:11\n", net_port (far->net));
  g_assert_true (g_file_set_contents (known, line, -1, NULL));
  far_assert_sync_fails (a, &options, SAT_ERROR_REFUSED, "another certificate than before");
  sat_sync_hub_trust (a, NULL, person.fingerprint, &error);
  g_assert_no_error (error);
  far_sync (a, NULL);
  g_free (person.fingerprint);
}

/* ---- a hub that moves ---- */

static void
assert_not_moved (SatWorkspace *a, const char *hub, gboolean fill, const char *words)
{
  g_autofree char *before = g_strdup (sat_workspace_hub (a));
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_sync_hub_set (a, hub, fill, NULL, NULL, &error));
  far_assert_says (error, SAT_ERROR_REFUSED, words);
  g_assert_cmpstr (sat_workspace_hub (a), ==, before);
}

static void
test_moves (Far *far, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = world_join (&far->world, "a", "wang", 11);
  g_autoptr (SatWorkspace) b = world_join (&far->world, "b", "li", 12);
  g_autofree char *other = world_hub (&far->world, "other", 2);
  g_autofree char *old = world_path (&far->world, "old");
  g_autofree char *empty = world_path (&far->world, "empty");
  g_autofree char *refs = NULL;
  g_autofree char *again = NULL;
  SatId id;

  /* An old copy of the hub, without what came afterwards, on another computer. */
  g_free (net_run (NULL, "cp", "-a", far->world.hub, old, NULL));
  g_free (world_git (far->world.dir, "init", "-q", "--bare", empty, NULL));
  g_free (world_git (empty, "config", "http.receivepack", "true", NULL));
  id = world_new (b, "customer", "Acme", "phone", "021-5555-0100");
  world_sync (b);
  world_sync (a);
  world_set (a, "customer", &id, "phone", "021-5555-0111");
  far_web (far, NET_HTTP);
  assert_not_moved (a, other, FALSE, "another workspace");
  assert_not_moved (a, other, TRUE, "another workspace");
  assert_not_moved (a, empty, FALSE, "is empty");
  g_free (far->url);
  far->url = g_strdup_printf ("http://127.0.0.1:%u/git/old", net_port (far->net));
  sat_sync_hub_set (a, far->url, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sat_workspace_hub (a), ==, far->url);
  /* Li, who stays behind, wrote it; Wang had it, and so has the new hub. */
  sat_sync_hub_set (b, far->url, FALSE, NULL, NULL, &error);
  g_assert_no_error (error);
  world_assert_same (a, b);
  refs = world_git (old, "for-each-ref", "--format=%(refname)", NULL);
  g_free (far->url);
  far->url = g_strdup_printf ("http://127.0.0.1:%u/git/empty", net_port (far->net));
  sat_sync_hub_set (b, far->url, TRUE, NULL, NULL, &error);
  g_assert_no_error (error);
  again = world_git (empty, "for-each-ref", "--format=%(refname)", NULL);
  g_assert_cmpstr (again, ==, refs);
  g_free (world_git (empty, "fsck", "--strict", "--no-progress", NULL));
}

#define ADD(path, function) g_test_add (path, Far, NULL, far_set_up, function, far_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/transport/ssh", test_ssh);
  ADD ("/transport/host-key-changes", test_host_key_changes);
  ADD ("/transport/ssh-keys", test_ssh_keys);
  ADD ("/transport/ssh-no-hub", test_ssh_no_hub);
  ADD ("/transport/http", test_http);
  ADD ("/transport/https", test_https);
  ADD ("/transport/certificate-changes", test_certificate_changes);
  ADD ("/transport/moves", test_moves);
  return far_main ();
}
