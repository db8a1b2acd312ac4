/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync-fixture.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "sync/sat-commit-text.h"
#include "sync/sat-commit.h"

void
sandbox_set_up (Sandbox *sandbox, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  sat_sync_init ();
  sandbox->dir = g_dir_make_tmp ("satchel-sync-XXXXXX", &error);
  g_assert_no_error (error);
}

void
sandbox_tear_down (Sandbox *sandbox, gconstpointer data)
{
  (void) data;
  sat_remove_tree (sandbox->dir);
  g_assert_false (g_file_test (sandbox->dir, G_FILE_TEST_EXISTS));
  g_clear_pointer (&sandbox->dir, g_free);
}

char *
sandbox_path (const Sandbox *sandbox, const char *name)
{
  return g_build_filename (sandbox->dir, name, NULL);
}

/* ---- programs ---- */

static GSubprocess *
start (const char *cwd, GSubprocessFlags flags, va_list list)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *arg;

  while ((arg = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) arg);
  g_ptr_array_add (argv, NULL);
  g_subprocess_launcher_setenv (launcher, "GIT_CONFIG_NOSYSTEM", "1", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_CONFIG_GLOBAL", "/dev/null", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_AUTHOR_NAME", "nobody", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_AUTHOR_EMAIL", "n@example.org", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_COMMITTER_NAME", "nobody", TRUE);
  g_subprocess_launcher_setenv (launcher, "GIT_COMMITTER_EMAIL", "n@example.org", TRUE);
  if (cwd)
    g_subprocess_launcher_set_cwd (launcher, cwd);

  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata,
                                                       &error);

  g_assert_no_error (error);
  return process;
}

char *
run (const char *cwd, const char *input, ...)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *problems = NULL;
  char *out = NULL;
  va_list list;

  va_start (list, input);
  process = start (cwd, flags | (input ? G_SUBPROCESS_FLAGS_STDIN_PIPE : 0), list);
  va_end (list);
  g_subprocess_communicate_utf8 (process, input, NULL, &out, &problems, &error);
  g_assert_no_error (error);
  if (!g_subprocess_get_successful (process))
    g_test_message ("a program failed: %s%s", out, problems);
  g_assert_true (g_subprocess_get_successful (process));
  return out;
}

char *
run_failing (const char *cwd, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *problems = NULL;
  va_list list;

  va_start (list, cwd);
  process = start (cwd, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, list);
  va_end (list);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &problems, &error);
  g_assert_no_error (error);
  g_assert_false (g_subprocess_get_successful (process));
  return problems;
}

/* ---- devices and texts ---- */

Device
make_device (guint8 byte)
{
  Device device;
  guint8 secret[crypto_sign_SECRETKEYBYTES];

  memset (device.seed, byte, sizeof device.seed);
  crypto_sign_seed_keypair (device.public_key, secret, device.seed);
  sat_device_id_from_key (device.public_key, &device.id);
  sat_id_format (&device.id, device.id_text);
  return device;
}

static void
put (GByteArray *out, const void *data, gsize size)
{
  guint32 big = GUINT32_TO_BE ((guint32) size);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
  g_byte_array_append (out, data, (guint) size);
}

static void
put_number (GByteArray *out, guint32 number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

/* OpenSSH's "openssh-key-v1", without a passphrase. */
static char *
private_key_text (const Device *device)
{
  static const char magic[] = "openssh-key-v1";
  g_autoptr (GByteArray) blob = g_byte_array_new ();
  g_autoptr (GByteArray) public = g_byte_array_new ();
  g_autoptr (GByteArray) private = g_byte_array_new ();
  guint8 pair[64];

  put (public, "ssh-ed25519", 11);
  put (public, device->public_key, SAT_KEY_PUBLIC_SIZE);
  memcpy (pair, device->seed, 32);
  memcpy (pair + 32, device->public_key, 32);
  put_number (private, 1);
  put_number (private, 1);
  put (private, "ssh-ed25519", 11);
  put (private, device->public_key, SAT_KEY_PUBLIC_SIZE);
  put (private, pair, sizeof pair);
  put (private, "", 0);
  for (guint8 pad = 1; private->len % 8 != 0; pad++)
    g_byte_array_append (private, &pad, 1);
  g_byte_array_append (blob, (const guint8 *) magic, sizeof magic);
  put (blob, "none", 4);
  put (blob, "none", 4);
  put (blob, "", 0);
  put_number (blob, 1);
  put (blob, public->data, public->len);
  put (blob, private->data, private->len);

  g_autofree char *base64 = g_base64_encode (blob->data, blob->len);

  return g_strconcat ("-----BEGIN OPENSSH PRIVATE KEY-----\n", base64,
                      "\n-----END OPENSSH PRIVATE KEY-----\n", NULL);
}

char *
write_private_key (const Sandbox *sandbox, const Device *device)
{
  g_autofree char *text = private_key_text (device);
  char *path = sandbox_path (sandbox, device->id_text);

  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}

GBytes *
make_text (const char *book, const SatId *device, guint64 number, guint n, gsize name_bytes)
{
  SatChangeSetWriter *writer = sat_change_set_writer_new (book, device, number, number == 1, NULL,
                                                          0, NULL, 0);
  g_autofree char *name = g_strnfill (name_bytes, 'n');

  for (guint i = 0; i < n; i++)
    {
      SatOp op = { .key = "name", .value = name, .kind = SAT_OP_SET };
      SatOpGroup group = {
        .object = i * 2 < n ? "contact" : "customer", .life = SAT_LIFE_LIVE, .ops = &op, .n_ops = 1
      };

      op.hlc = group.life_hlc = sat_hlc_from_ms (1760000000000 + (gint64) number);
      group.id.bytes[13] = (guint8) (i >> 16);
      group.id.bytes[14] = (guint8) (i >> 8);
      group.id.bytes[15] = (guint8) i;
      sat_change_set_writer_add (writer, &group);
    }
  return sat_change_set_writer_finish (writer);
}

/* ---- hubs ---- */

static char *
ref_of (const char *book, const SatId *device, guint64 epoch)
{
  SatBranch branch = { .device = *device, .epoch = epoch };

  g_strlcpy (branch.book, book, sizeof branch.book);
  return sat_branch_ref (&branch);
}

static git_repository *
open_hub (const char *hub)
{
  git_repository *repo = NULL;

  g_assert_cmpint (git_repository_open_bare (&repo, hub), ==, 0);
  return repo;
}

char *
make_hub (const Sandbox *sandbox, const char *name, guint8 byte)
{
  char *hub = sandbox_path (sandbox, name);
  Device founder = make_device (byte);
  g_autoptr (GBytes) text = make_text (SAT_BOOK_KEY_COMPANY, &founder.id, 1, 2, 10);

  g_free (run (NULL, NULL, "git", "init", "-q", "--bare", hub, NULL));
  g_free (hub_add (hub, SAT_BOOK_KEY_COMPANY, &founder, 1, 1, text, &founder));
  return hub;
}

char *
hub_add (const char *hub,
         const char *book,
         const Device *device,
         guint64 epoch,
         guint64 number,
         GBytes *text,
         const Device *signer)
{
  g_autoptr (git_repository) repo = open_hub (hub);
  g_autofree char *ref = ref_of (book, &device->id, epoch);
  g_autoptr (GError) error = NULL;
  git_oid parent;
  git_oid id;
  SatCommitDraft draft = { .book = book,
                           .number = number,
                           .time_ms = 1760000000000,
                           .text = text,
                           .author_name = "hub",
                           .author_email = "hub",
                           .parent = sat_git_ref (repo, ref, &parent) ? &parent : NULL,
                           .seed = signer->seed };

  sat_commit_write (repo, &draft, &id, &error);
  g_assert_no_error (error);
  sat_git_set_ref (repo, ref, &id, &error);
  g_assert_no_error (error);

  char *hex = g_malloc (SAT_GIT_HEX + 1);

  return git_oid_tostr (hex, SAT_GIT_HEX + 1, &id);
}

char *
hub_tip (const char *hub, const char *book, const SatId *device)
{
  g_autoptr (git_repository) repo = open_hub (hub);
  g_autofree char *ref = ref_of (book, device, 1);
  git_oid id;
  char *hex = g_malloc0 (SAT_GIT_HEX + 1);

  if (sat_git_ref (repo, ref, &id))
    return git_oid_tostr (hex, SAT_GIT_HEX + 1, &id);
  g_free (hex);
  return NULL;
}

void
hub_set (const char *hub, const char *book, const SatId *device, const char *commit)
{
  g_autofree char *ref = ref_of (book, device, 1);

  if (commit)
    g_free (run (hub, NULL, "git", "update-ref", ref, commit, NULL));
  else
    g_free (run (hub, NULL, "git", "update-ref", "-d", ref, NULL));
}
