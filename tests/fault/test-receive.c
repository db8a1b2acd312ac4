/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A hub that judges what is sent to it (satchel hub hook), behind a real sshd and a web server. */
#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace-private.h"
#include "far.h"
#include "sync/sat-receive.h"

static void
install (Far *far)
{
  g_autofree char *program = g_build_filename (g_getenv ("SATCHEL_BUILD_ROOT"), "cli", "satchel",
                                               NULL);
  g_autoptr (GPtrArray) unsound = NULL;
  g_autoptr (GError) error = NULL;

  sat_receive_install (far->world.hub, NULL, program, &unsound, &error);
  g_assert_no_error (error);
  g_assert_null (unsound);
}

/* As a hub that has been told of a revocation which B has not heard of. */
static void
cut_off (Far *far, SatWorkspace *b)
{
  g_autofree char *facts = g_build_filename (far->world.hub, "satchel-revoked", NULL);
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *line = g_strdup_printf ("cut customers %s 0\n",
                                           sat_id_format (sat_workspace_device (b), id));

  g_assert_true (g_file_set_contents (facts, line, -1, NULL));
}

static char *
all_refs (Far *far)
{
  return world_git (far->world.hub, "for-each-ref", NULL);
}

/* Laptops exchange as ever; one that is refused is told why, and keeps what it has. */
static void
exchange (Far *far, const SatSyncOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = far_join (far, "a", "wang", 11, options, &error);
  g_autoptr (SatWorkspace) b = NULL;
  g_autoptr (GPtrArray) made = NULL;
  g_autofree char *before = NULL, *after = NULL, *phone = NULL;
  SatId id, kept;

  g_assert_no_error (error);
  b = far_join (far, "b", "li", 12, options, &error);
  g_assert_no_error (error);
  id = world_new (a, "customer", "上海宏达机械有限公司", "phone", "021-5555-0100");
  g_assert_cmpuint (far_sync (a, options).sent_change_sets, ==, 1);
  far_sync (b, options);
  world_set (b, "customer", &id, "phone", "021-5555-0111");
  far_sync (b, options);
  made = sat_sync_checkpoint (a, NULL, options, &error);
  g_assert_no_error (error);
  far_sync (b, options);
  world_assert_same (a, b);

  cut_off (far, b);
  kept = world_new (b, "customer", "留在这里", "phone", "1");
  before = all_refs (far);
  far_assert_sync_fails (b, options, SAT_ERROR_REFUSED, "revoked by an administrator");
  after = all_refs (far);
  g_assert_cmpstr (before, ==, after);
  phone = world_get (b, "customer", &kept, "phone");
  g_assert_cmpstr (phone, ==, "1");
  world_set (a, "customer", &id, "phone", "021-5555-0122");
  g_assert_cmpuint (far_sync (a, options).sent_change_sets, ==, 1);
}

/* The line of docs/enrolment.md: nothing can be done there but exchange. */
static void
force_command (Far *far)
{
  static const char forced[] = "restrict,command=\"git-shell -c \\\"$SSH_ORIGINAL_COMMAND\\\"\" ";
  g_autofree char *key = NULL;
  g_autofree char *line = NULL;

  g_assert_true (g_file_get_contents (far->authorized, &key, NULL, NULL));
  line = g_strconcat (forced, key, NULL);
  g_free (far->authorized);
  far->authorized = world_path (&far->world, "authorized_keys");
  g_assert_true (g_file_set_contents (far->authorized, line, -1, NULL));
}

static void
test_ssh (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = far_fingerprint (far);
  SatSyncOptions options = { .accept_host = fingerprint, .key_file = far->key };

  force_command (far);
  far_ssh (far);
  install (far);
  exchange (far, &options);
}

/* What does not count of a revoked device is known to a laptop, and was in the hub before: filling
 * a hub that lost it goes without. */
static void
test_refill (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = far_fingerprint (far);
  const SatSyncOptions options = { .accept_host = fingerprint, .key_file = far->key };
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *ref = NULL, *first = NULL, *second = NULL, *filled = NULL;
  g_autoptr (SatWorkspace) a = NULL, b = NULL;
  g_autoptr (GError) error = NULL;

  far_ssh (far);
  a = far_join (far, "a", "wang", 11, &options, &error);
  g_assert_no_error (error);
  b = far_join (far, "b", "li", 12, &options, &error);
  g_assert_no_error (error);
  install (far);
  ref = g_strdup_printf ("refs/heads/customers/%s/1", sat_id_format (sat_workspace_device (b), id));
  world_new (b, "customer", "甲", "phone", "1");
  far_sync (b, &options);
  far_sync (a, &options);
  first = world_git (far->world.hub, "rev-parse", ref, NULL);
  world_new (b, "customer", "乙", "phone", "2");
  far_sync (b, &options);
  second = world_git (far->world.hub, "rev-parse", ref, NULL);
  g_assert_cmpstr (first, !=, second);

  g_assert_true (sat_workspace_cut (a, "customers", sat_workspace_device (b), &error));
  far_sync (a, &options);
  g_free (world_git (far->world.hub, "update-ref", "-d", ref, NULL));
  sat_sync_hub_set (a, far->url, TRUE, &options, NULL, &error);
  g_assert_no_error (error);
  filled = world_git (far->world.hub, "rev-parse", ref, NULL);
  g_assert_cmpstr (filled, ==, first);
}

static void
test_web (Far *far, gconstpointer data)
{
  SatSyncOptions options = { 0 };

  far_web (far, NET_HTTP);
  install (far);
  exchange (far, &options);
}

/* ---- gitolite ---- */

static char *
gitolite (const char *home, const char *first, ...)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  va_list words;

  g_ptr_array_add (argv, (gpointer) "gitolite");
  va_start (words, first);
  for (const char *word = first; word; word = va_arg (words, const char *))
    g_ptr_array_add (argv, (gpointer) word);
  va_end (words);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_test_message ("gitolite %s: %s", first, out);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

/* As docs/enrolment.md says: a repository that gitolite has made is filled from the hub. sshd gives
 * the test's user that user's home, and gitolite's is elsewhere. */
static void
move_to_gitolite (Far *far)
{
  static const char conf[] = "repo crm\n    RWCD = wang\n";
  g_autofree char *home = world_path (&far->world, "gitolite");
  g_autofree char *public_key = world_path (&far->world, "wang.pub");
  g_autofree char *file = g_build_filename (home, ".gitolite", "conf", "gitolite.conf", NULL);
  g_autofree char *keys = g_build_filename (home, ".ssh", "authorized_keys", NULL);
  g_autofree char *key = NULL, *lines = NULL, *from = NULL;
  g_autoptr (GString) text = NULL;

  g_assert_cmpint (g_mkdir (home, 0700), ==, 0);
  g_assert_true (g_file_get_contents (far->authorized, &key, NULL, NULL));
  g_assert_true (g_file_set_contents (public_key, key, -1, NULL));
  g_free (gitolite (home, "setup", "-pk", public_key, NULL));
  g_assert_true (g_file_set_contents (file, conf, -1, NULL));
  g_free (gitolite (home, "compile", NULL));
  g_assert_true (g_file_get_contents (keys, &lines, NULL, NULL));
  text = g_string_new (lines);
  from = g_strdup_printf ("command=\"env HOME=%s ", home);
  g_assert_cmpuint (g_string_replace (text, "command=\"", from, 0), ==, 1);
  g_assert_true (g_file_set_contents (keys, text->str, -1, NULL));
  g_free (far->authorized);
  far->authorized = g_steal_pointer (&keys);

  char *repository = g_build_filename (home, "repositories", "crm.git", NULL);

  g_free (world_git (repository, "fetch", "-q", far->world.hub, "refs/heads/*:refs/heads/*", NULL));
  g_free (far->world.hub);
  far->world.hub = repository;
}

static gboolean
has_ref (Far *far, const char *end)
{
  g_autofree char *refs = all_refs (far);

  return strstr (refs, end) != NULL;
}

/* Old checkpoints go when there are enough newer ones: gitolite lets it (D), and the hook. */
static void
test_gitolite (Far *far, gconstpointer data)
{
  g_autofree char *fingerprint = far_fingerprint (far);
  SatSyncOptions options = { .accept_host = fingerprint, .key_file = far->key };
  g_autoptr (SatWorkspace) a = NULL;
  g_autoptr (GError) error = NULL;

  move_to_gitolite (far);
  far_ssh (far);
  g_free (far->url);
  far->url = g_strdup_printf ("ssh://127.0.0.1:%u/crm", net_port (far->net));
  install (far);
  a = far_join (far, "first", "chen", 13, &options, &error);
  g_assert_no_error (error);
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (GPtrArray) made = NULL;
      g_autofree char *name = g_strdup_printf ("%u", i);

      world_new (a, "customer", name, "phone", name);
      made = sat_sync_checkpoint (a, "customers", &options, &error);
      g_assert_no_error (error);
    }
  g_assert_false (has_ref (far, "/checkpoint-1\n"));
  g_assert_false (has_ref (far, "/cover-1\n"));
  g_assert_true (has_ref (far, "/checkpoint-2\n"));
  g_assert_true (has_ref (far, "/checkpoint-3\n"));
  exchange (far, &options);
}

int
main (int argc, char **argv)
{
  g_autofree char *program = g_find_program_in_path ("gitolite");

  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/receive/" name, Far, NULL, far_set_up, func, far_tear_down)
  ADD ("ssh", test_ssh);
  ADD ("web", test_web);
  ADD ("refill", test_refill);
  if (program != NULL) /* `./dev test` installs it */
    ADD ("gitolite", test_gitolite);
#undef ADD
  return far_main ();
}
