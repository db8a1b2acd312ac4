/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change-sets as signed commits: stock git accepts ours, and we accept nothing else. */
#include "sync/sat-commit.h"

#include <string.h>

#include "sync-fixture.h"
#include "sync/sat-commit-text.h"

typedef struct
{
  Sandbox sandbox;
  git_repository *repo;
  Device device;
  SatBranch branch;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  sandbox_set_up (&fixture->sandbox, NULL);
  path = sandbox_path (&fixture->sandbox, "repo.git");
  fixture->repo = sat_git_open_cache (path, TRUE, &error);
  g_assert_no_error (error);
  fixture->device = make_device (5);
  fixture->branch = (SatBranch){ .book = "customers", .device = fixture->device.id, .epoch = 1 };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  git_repository_free (fixture->repo);
  sandbox_tear_down (&fixture->sandbox, NULL);
}

static SatCommitDraft
draft_of (const Fixture *fixture, guint64 number, GBytes *text, const git_oid *parent)
{
  return (SatCommitDraft){ .book = "customers",
                           .number = number,
                           .time_ms = 1760000000999,
                           .text = text,
                           .author_name = "王 芳",
                           .author_email = "wang@example.org",
                           .parent = parent,
                           .seed = fixture->device.seed };
}

static git_oid
write_commit (Fixture *fixture, guint64 number, const git_oid *parent)
{
  g_autoptr (GBytes) text = make_text ("customers", &fixture->device.id, number, 5, 8);
  g_autoptr (GError) error = NULL;
  SatCommitDraft draft = draft_of (fixture, number, text, parent);
  git_oid id;

  g_assert_true (sat_commit_write (fixture->repo, &draft, &id, &error));
  g_assert_no_error (error);
  return id;
}

static void
assert_good (Fixture *fixture, const git_oid *id, guint64 number, const git_oid *parent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) expected = make_text ("customers", &fixture->device.id, number, 5, 8);
  g_autoptr (GBytes) text = sat_commit_read (fixture->repo, id, &fixture->branch, number, parent,
                                             &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (text, expected));
}

static void
assert_bad (Fixture *fixture,
            const git_oid *id,
            guint64 number,
            const git_oid *parent,
            SatErrorCode code,
            const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = sat_commit_read (fixture->repo, id, &fixture->branch, number, parent,
                                             &error);

  g_assert_null (text);
  g_assert_error (error, SAT_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_written (Fixture *fixture, gconstpointer data)
{
  git_oid one = write_commit (fixture, 1, NULL);
  git_oid two = write_commit (fixture, 2, &one);
  git_oid again = write_commit (fixture, 2, &one);
  guint64 number = 0;
  guint8 key[SAT_KEY_PUBLIC_SIZE];

  g_assert_true (git_oid_equal (&two, &again));
  assert_good (fixture, &one, 1, NULL);
  assert_good (fixture, &two, 2, &one);
  g_assert_true (sat_commit_claimed_number (fixture->repo, &two, &number));
  g_assert_cmpuint (number, ==, 2);
  g_assert_true (sat_commit_signer (fixture->repo, &two, key));
  g_assert_cmpmem (key, sizeof key, fixture->device.public_key, sizeof key);
}

/* The id is part of what a second implementation has to meet; it may not move by accident. */
static void
test_known_id (Fixture *fixture, gconstpointer data)
{
  git_oid one = write_commit (fixture, 1, NULL);
  char hex[SAT_GIT_HEX + 1];

  git_oid_tostr (hex, sizeof hex, &one);
  g_assert_cmpstr (hex, ==, "68341a7faef9dfdab24be33ed7e11fed001761d0");
}

static void
test_stock_git (Fixture *fixture, gconstpointer data)
{
  const char *dir = git_repository_path (fixture->repo);
  git_oid one = write_commit (fixture, 1, NULL);
  git_oid two = write_commit (fixture, 2, &one);
  g_autofree char *ref = sat_branch_ref (&fixture->branch);
  g_autofree char *key = sat_sync_public_key_text (fixture->device.public_key);
  g_autofree char *allowed = g_strdup_printf ("wang@W7 namespaces=\"git\" %s\n", key);
  g_autofree char *path = sandbox_path (&fixture->sandbox, "allowed");
  g_autofree char *config = g_strconcat ("gpg.ssh.allowedSignersFile=", path, NULL);
  g_autofree char *verified = NULL;
  g_autofree char *log = NULL;
  g_autofree char *fsck = NULL;
  g_autofree char *status = NULL;

  g_assert_true (sat_git_set_ref (fixture->repo, ref, &two, NULL));
  g_assert_true (g_file_set_contents (path, allowed, -1, NULL));
  verified = run (dir, NULL, "git", "-c", config, "verify-commit", "--raw", ref, NULL);
  status = run (dir, NULL, "git", "-c", config, "log", "--format=%G? %GS", ref, NULL);
  g_assert_cmpstr (status, ==, "G wang@W7\nG wang@W7\n");
  fsck = run (dir, NULL, "git", "fsck", "--strict", "--no-progress", NULL);
  log = run (dir, NULL, "git", "log", "-p", "--format=%an <%ae> %cn %ai%n%B", ref, NULL);
  g_assert_nonnull (strstr (log, "王 芳 <wang@example.org> 王 芳 2025-10-09 08:53:20 +0000"));
  g_assert_nonnull (strstr (log, "customers 2: 5 records\n\ncontact 3, customer 2\n"));
  g_assert_nonnull (strstr (log, "+satchel change-set 1"));
}

static void
test_other_place (Fixture *fixture, gconstpointer data)
{
  git_oid one = write_commit (fixture, 1, NULL);
  git_oid two = write_commit (fixture, 2, &one);
  git_oid three = write_commit (fixture, 3, &two);

  assert_bad (fixture, &two, 2, NULL, SAT_ERROR_MALFORMED, "does not follow");
  assert_bad (fixture, &one, 1, &two, SAT_ERROR_MALFORMED, "does not follow");
  assert_bad (fixture, &three, 3, &one, SAT_ERROR_MALFORMED, "does not follow");
  assert_bad (fixture, &two, 3, &one, SAT_ERROR_MALFORMED, "number does not follow");
  g_strlcpy (fixture->branch.book, "company", sizeof fixture->branch.book);
  assert_bad (fixture, &one, 1, NULL, SAT_ERROR_REFUSED, "another book, device or number");
}

static void
test_other_device (Fixture *fixture, gconstpointer data)
{
  git_oid one = write_commit (fixture, 1, NULL);

  fixture->branch.device = make_device (6).id;
  assert_bad (fixture, &one, 1, NULL, SAT_ERROR_REFUSED, "signed by a device other");
}

/* A text that says another number or device, under a good signature. */
static void
test_other_text (Fixture *fixture, gconstpointer data)
{
  Device other = make_device (6);
  g_autoptr (GBytes) number = make_text ("customers", &fixture->device.id, 2, 1, 8);
  g_autoptr (GBytes) device = make_text ("customers", &other.id, 1, 1, 8);
  GBytes *texts[] = { number, device };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      SatCommitDraft draft = draft_of (fixture, 1, texts[i], NULL);
      git_oid id;

      g_assert_true (sat_commit_write (fixture->repo, &draft, &id, NULL));
      assert_bad (fixture, &id, 1, NULL, SAT_ERROR_REFUSED, "another book, device or number");
    }
}

/* ---- commits made by hand ---- */

static git_oid
write_object (Fixture *fixture, const void *data, gsize size, git_object_t type)
{
  g_autoptr (git_odb) odb = NULL;
  git_oid id;

  g_assert_cmpint (git_repository_odb (&odb, fixture->repo), ==, 0);
  g_assert_cmpint (git_odb_write (&id, odb, data, size, type), ==, 0);
  return id;
}

/* A commit of TREE signed by the right device. */
static git_oid
sign_tree (Fixture *fixture, const git_oid *tree)
{
  char hex[SAT_GIT_HEX + 1];
  g_autofree char *plain = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *whole = NULL;

  git_oid_tostr (hex, sizeof hex, tree);
  plain = sat_commit_text_unsigned (hex, NULL, "a", "e", 1, "m\n");
  signature = sat_signature_make (fixture->device.seed, plain, strlen (plain));
  whole = sat_commit_text_sign (plain, signature);
  return write_object (fixture, whole, strlen (whole), GIT_OBJECT_COMMIT);
}

/* The tree with the entries that `git mktree` reads from LISTING. */
static git_oid
make_tree (Fixture *fixture, const char *listing)
{
  g_autofree char *hex = run (git_repository_path (fixture->repo), listing, "git", "mktree",
                              "--missing", NULL);
  git_oid id;

  g_assert_cmpint (git_oid_fromstrn (&id, hex, SAT_GIT_HEX), ==, 0);
  return id;
}

static void
test_path_tricks (Fixture *fixture, gconstpointer data)
{
  static const char *const listings[] = {
    "",
    "100755 blob %1$s\t1.changes\n",
    "120000 blob %1$s\t1.changes\n",
    "160000 commit 0123456789012345678901234567890123456789\t1.changes\n",
    "100644 blob %1$s\t01.changes\n",
    "100644 blob %1$s\t1.Changes\n",
    "100644 blob %1$s\t1.changes\n100644 blob %1$s\tsecond\n",
    "100644 blob %1$s\t.gitmodules\n100644 blob %1$s\t1.changes\n",
    "100644 blob %1$s\t1.changes\n100644 blob %1$s\t2.changes\n",
  };
  g_autoptr (GBytes) text = make_text ("customers", &fixture->device.id, 1, 1, 8);
  git_oid blob = write_object (fixture, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                               GIT_OBJECT_BLOB);
  char hex[SAT_GIT_HEX + 1];

  git_oid_tostr (hex, sizeof hex, &blob);
  for (gsize i = 0; i < G_N_ELEMENTS (listings); i++)
    {
      g_auto (GStrv) parts = g_strsplit (listings[i], "%1$s", -1);
      g_autofree char *listing = g_strjoinv (hex, parts);
      git_oid tree = make_tree (fixture, listing);
      git_oid commit = sign_tree (fixture, &tree);

      assert_bad (fixture, &commit, 1, NULL, SAT_ERROR_MALFORMED, i < 6 ? "exactly one file" : "");
    }
}

static GBytes *
tree_of (const git_oid *blob)
{
  SatChangeTree tree = { .number = 1 };

  memcpy (tree.text, blob->id, sizeof tree.text);
  return sat_tree_build (&tree);
}

/* A folder named like a change-set, and a tree where a text should be. */
static void
test_wrong_kinds (Fixture *fixture, gconstpointer data)
{
  git_oid empty = make_tree (fixture, "");
  g_autoptr (GBytes) entry = tree_of (&empty);
  git_oid tree = write_object (fixture, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry),
                               GIT_OBJECT_TREE);
  git_oid commit = sign_tree (fixture, &tree);
  git_oid of_blob;

  assert_bad (fixture, &commit, 1, NULL, SAT_ERROR_MALFORMED, "wrong kind");
  of_blob = write_object (fixture, "x", 1, GIT_OBJECT_BLOB);
  assert_bad (fixture, &of_blob, 1, NULL, SAT_ERROR_MALFORMED, "wrong kind");
  commit = sign_tree (fixture, &of_blob);
  assert_bad (fixture, &commit, 1, NULL, SAT_ERROR_MALFORMED, "wrong kind");
}

static git_oid
commit_of_blob (Fixture *fixture, const void *text, gsize size)
{
  git_oid blob = write_object (fixture, text, size, GIT_OBJECT_BLOB);
  g_autoptr (GBytes) entry = tree_of (&blob);
  git_oid tree = write_object (fixture, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry),
                               GIT_OBJECT_TREE);

  return sign_tree (fixture, &tree);
}

static void
test_oversized (Fixture *fixture, gconstpointer data)
{
  g_autofree char *large = g_malloc0 (SAT_CHANGE_SET_MAX_BYTES + 1);
  git_oid over = commit_of_blob (fixture, large, SAT_CHANGE_SET_MAX_BYTES + 1);
  git_oid just = commit_of_blob (fixture, large, SAT_CHANGE_SET_MAX_BYTES);
  git_oid none = commit_of_blob (fixture, "", 0);

  assert_bad (fixture, &over, 1, NULL, SAT_ERROR_MALFORMED, "too large");
  assert_bad (fixture, &just, 1, NULL, SAT_ERROR_MALFORMED, "line 1");
  assert_bad (fixture, &none, 1, NULL, SAT_ERROR_MALFORMED, "line 1");
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  static const char newer[] = "satchel change-set 9\nwhatever\n";
  git_oid commit = commit_of_blob (fixture, newer, sizeof newer - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = sat_commit_read (fixture->repo, &commit, &fixture->branch, 1, NULL,
                                             &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (text), ==, sizeof newer - 1);
}

static void
test_missing (Fixture *fixture, gconstpointer data)
{
  git_oid nowhere;
  g_autoptr (GBytes) entry = NULL;
  git_oid tree;
  git_oid commit;

  git_oid_fromstr (&nowhere, "0123456789012345678901234567890123456789");
  entry = tree_of (&nowhere);
  tree = write_object (fixture, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry),
                       GIT_OBJECT_TREE);
  commit = sign_tree (fixture, &tree);
  assert_bad (fixture, &commit, 1, NULL, SAT_ERROR_NOT_FOUND, "missing");
  assert_bad (fixture, &nowhere, 1, NULL, SAT_ERROR_NOT_FOUND, "missing");
}

/* Every byte of the commit is covered: by the signature, or by the shape it must have. */
static void
test_tampered (Fixture *fixture, gconstpointer data)
{
  git_oid id = write_commit (fixture, 1, NULL);
  g_autoptr (GBytes) bytes = sat_git_read (fixture->repo, &id, GIT_OBJECT_COMMIT, SAT_COMMIT_MAX,
                                           NULL);
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *changed = g_memdup2 (text, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) read = NULL;
      git_oid bad;

      changed[i] ^= 1;
      bad = write_object (fixture, changed, size, GIT_OBJECT_COMMIT);
      read = sat_commit_read (fixture->repo, &bad, &fixture->branch, 1, NULL, &error);
      g_assert_null (read);
      g_assert_nonnull (error);
    }
}

/* Signed by stock git with the device's own key: as good as ours if it has our shape. */
static void
test_signed_by_git (Fixture *fixture, gconstpointer data)
{
  const char *dir = git_repository_path (fixture->repo);
  g_autofree char *key = write_private_key (&fixture->sandbox, &fixture->device);
  g_autofree char *config = g_strconcat ("user.signingKey=", key, NULL);
  g_autoptr (GBytes) text = make_text ("customers", &fixture->device.id, 1, 5, 8);
  git_oid blob = write_object (fixture, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                               GIT_OBJECT_BLOB);
  char hex[SAT_GIT_HEX + 1];
  g_autofree char *listing = NULL;
  g_autofree char *tree = NULL;
  g_autofree char *commit = NULL;
  git_oid id;

  git_oid_tostr (hex, sizeof hex, &blob);
  listing = g_strdup_printf ("100644 blob %s\t1.changes\n", hex);
  tree = g_strchomp (run (dir, listing, "git", "mktree", NULL));
  commit = run (dir, NULL, "git", "-c", "gpg.format=ssh", "-c", config, "commit-tree", "-S", "-m",
                "by hand", tree, NULL);
  git_oid_fromstrn (&id, commit, SAT_GIT_HEX);
  assert_good (fixture, &id, 1, NULL);
}

static void
test_has_text (Fixture *fixture, gconstpointer data)
{
  git_oid id = write_commit (fixture, 1, NULL);
  g_autoptr (GBytes) same = make_text ("customers", &fixture->device.id, 1, 5, 8);
  g_autoptr (GBytes) other = make_text ("customers", &fixture->device.id, 1, 5, 9);

  g_assert_true (sat_commit_has_text (fixture->repo, &id, 1, same));
  g_assert_false (sat_commit_has_text (fixture->repo, &id, 2, same));
  g_assert_false (sat_commit_has_text (fixture->repo, &id, 1, other));
}

/* ---- files ---- */

#define FILES 2

static GBytes *
content (guint n)
{
  static const char *const texts[FILES] = { "abc", "" };

  return g_bytes_new_static (texts[n], strlen (texts[n]));
}

static gboolean
is_here (const SatFile *file, gpointer data)
{
  return TRUE;
}

/* A change-set that FILES files come with. */
static GBytes *
text_with_files (const Fixture *fixture)
{
  SatChangeSetWriter *writer = sat_change_set_writer_new ("customers", &fixture->device.id, 1, TRUE,
                                                          NULL, 0, NULL, 0);

  sat_change_set_writer_set_files (writer, is_here, NULL);
  for (guint i = 0; i < FILES; i++)
    {
      g_autoptr (GBytes) bytes = content (i);
      g_autofree char *value = NULL;
      SatFile file;
      SatOp op = { .key = "file", .kind = SAT_OP_SET, .hlc = sat_hlc_from_ms (1760000000000) };
      SatOpGroup group = {
        .object = "document", .life = SAT_LIFE_LIVE, .life_hlc = op.hlc, .ops = &op, .n_ops = 1
      };

      g_assert_true (sat_file_of (bytes, &file));
      value = sat_attachment_value ("a.txt", &file);
      op.value = value;
      group.id.bytes[15] = (guint8) i;
      sat_change_set_writer_add (writer, &group);
    }
  return sat_change_set_writer_finish (writer);
}

/* The file asked for; DATA not NULL: another one. */
static GBytes *
give_file (const SatFile *file, gpointer data, GError **error)
{
  if (data != NULL)
    return g_bytes_new_static ("xyz", 3);
  for (guint i = 0; i < FILES; i++)
    {
      g_autoptr (GBytes) bytes = content (i);
      SatFile found;

      if (sat_file_of (bytes, &found) && sat_file_equal (&found, file))
        return g_steal_pointer (&bytes);
    }
  return NULL;
}

static void
test_files (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) text = text_with_files (fixture);
  g_autoptr (GError) error = NULL;
  SatCommitDraft draft = draft_of (fixture, 1, text, NULL);
  guint64 number;
  git_oid id, again;

  draft.file = give_file;
  g_assert_true (sat_commit_write (fixture->repo, &draft, &id, &error));
  g_assert_true (sat_commit_write (fixture->repo, &draft, &again, &error));
  g_assert_true (git_oid_equal (&id, &again));
  g_assert_true (sat_commit_has_text (fixture->repo, &id, 1, text));
  g_assert_true (sat_commit_claimed_number (fixture->repo, &id, &number));

  g_autoptr (GBytes) read = sat_commit_read (fixture->repo, &id, &fixture->branch, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (read, text));
  for (guint i = 0; i < FILES; i++)
    {
      g_autoptr (GBytes) bytes = content (i);
      g_autoptr (GBytes) found = NULL;
      SatFile file;

      g_assert_true (sat_file_of (bytes, &file));
      found = sat_commit_read_file (fixture->repo, &id, &file, &error);
      g_assert_no_error (error);
      g_assert_true (g_bytes_equal (found, bytes));
    }
  g_free (run (git_repository_path (fixture->repo), NULL, "git", "fsck", "--strict", NULL));
}

/* The commit of TEXT with FOLDER (NULL: none). */
static git_oid
commit_with_folder (Fixture *fixture, GBytes *text, const git_oid *folder)
{
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  git_oid blob = write_object (fixture, bytes, size, GIT_OBJECT_BLOB);
  SatChangeTree tree = { .number = 1, .has_files = folder != NULL };
  g_autoptr (GBytes) entry = NULL;
  git_oid id;

  memcpy (tree.text, blob.id, sizeof tree.text);
  if (folder != NULL)
    memcpy (tree.files, folder->id, sizeof tree.files);
  entry = sat_tree_build (&tree);
  id = write_object (fixture, g_bytes_get_data (entry, NULL), g_bytes_get_size (entry),
                     GIT_OBJECT_TREE);
  return sign_tree (fixture, &id);
}

/* What comes is what the text says, all of it and nothing else. */
static void
test_wrong_files (Fixture *fixture, gconstpointer data)
{
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define NONE "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define LINE(mode, kind, hex, name) mode " " kind " %" hex "$s\t" name "\n"
  static const char *const folders[] = {
    LINE ("100644", "blob", "1", ABC),
    LINE ("100644", "blob", "2", NONE),
    LINE ("100644", "blob", "1", ABC) LINE ("100644", "blob", "1", NONE),
    LINE ("100644", "blob", "2", ABC) LINE ("100644", "blob", "2", NONE),
    LINE ("100755", "blob", "1", ABC) LINE ("100644", "blob", "2", NONE),
    LINE ("100644", "blob", "1", ABC) LINE ("100644", "blob", "2", NONE)
        LINE ("100644", "blob", "2", "f" ABC),
    LINE ("100644", "blob", "1", "0") LINE ("100644", "blob", "2", NONE),
    "",
  };
  g_autoptr (GBytes) text = text_with_files (fixture);
  g_autoptr (GBytes) plain = make_text ("customers", &fixture->device.id, 1, 5, 8);
  SatCommitDraft draft = draft_of (fixture, 1, text, NULL);
  git_oid abc = write_object (fixture, "abc", 3, GIT_OBJECT_BLOB);
  git_oid none = write_object (fixture, "", 0, GIT_OBJECT_BLOB);
  char hex[2][SAT_GIT_HEX + 1];
  git_oid id;

  git_oid_tostr (hex[0], sizeof hex[0], &abc);
  git_oid_tostr (hex[1], sizeof hex[1], &none);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_auto (GStrv) first = g_strsplit (folders[i], "%1$s", -1);
      g_autofree char *half = g_strjoinv (hex[0], first);
      g_auto (GStrv) second = g_strsplit (half, "%2$s", -1);
      g_autofree char *listing = g_strjoinv (hex[1], second);
      git_oid folder = make_tree (fixture, listing);

      id = commit_with_folder (fixture, text, &folder);
      assert_bad (fixture, &id, 1, NULL, SAT_ERROR_MALFORMED, "the files in the commit");
      id = commit_with_folder (fixture, plain, &folder);
      assert_bad (fixture, &id, 1, NULL, SAT_ERROR_MALFORMED, "the files in the commit");
    }
  id = commit_with_folder (fixture, text, NULL);
  assert_bad (fixture, &id, 1, NULL, SAT_ERROR_MALFORMED, "the files in the commit");
  draft.file = give_file;
  draft.file_data = fixture;
  g_assert_true (sat_commit_write (fixture->repo, &draft, &id, NULL));
  assert_bad (fixture, &id, 1, NULL, SAT_ERROR_MALFORMED, "the files in the commit");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/commit/written", test_written);
  ADD ("/sync/commit/known-id", test_known_id);
  ADD ("/sync/commit/stock-git", test_stock_git);
  ADD ("/sync/commit/other-place", test_other_place);
  ADD ("/sync/commit/other-device", test_other_device);
  ADD ("/sync/commit/other-text", test_other_text);
  ADD ("/sync/commit/path-tricks", test_path_tricks);
  ADD ("/sync/commit/wrong-kinds", test_wrong_kinds);
  ADD ("/sync/commit/oversized", test_oversized);
  ADD ("/sync/commit/newer", test_newer);
  ADD ("/sync/commit/missing", test_missing);
  ADD ("/sync/commit/tampered", test_tampered);
  ADD ("/sync/commit/signed-by-git", test_signed_by_git);
  ADD ("/sync/commit/has-text", test_has_text);
  ADD ("/sync/commit/files", test_files);
  ADD ("/sync/commit/wrong-files", test_wrong_files);
  return g_test_run ();
}
