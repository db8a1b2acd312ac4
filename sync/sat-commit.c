/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-commit.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "sync/sat-commit-text.h"

/* ---- writing ---- */

/* "contact 1, customer 2": groups come ordered by object. */
static void
append_objects (GString *message, const SatOpGroup *groups, guint n)
{
  guint from = 0;

  for (guint i = 1; i <= n; i++)
    if (i == n || strcmp (groups[i].object, groups[from].object) != 0)
      {
        g_string_append_printf (message, "%s%s %u", from > 0 ? ", " : "\n", groups[from].object,
                                i - from);
        from = i;
      }
  if (n > 0)
    g_string_append_c (message, '\n');
}

static char *
make_message (const SatCommitDraft *draft, const SatChangeSet *set)
{
  const SatOpGroup *groups;
  GString *message;
  guint n;

  groups = sat_change_set_groups (set, &n);
  message = g_string_new (NULL);
  g_string_append_printf (message, "%s %" G_GUINT64_FORMAT ": %u %s\n", draft->book, draft->number,
                          n, n == 1 ? "record" : "records");
  append_objects (message, groups, n);
  return g_string_free (message, FALSE);
}

static int
write_tree (git_odb *odb, const SatCommitDraft *draft, const git_oid *files, git_oid *out)
{
  SatChangeTree tree = { .number = draft->number, .has_files = files != NULL };
  git_oid blob;
  int code = git_odb_write (&blob, odb, g_bytes_get_data (draft->text, NULL),
                            g_bytes_get_size (draft->text), GIT_OBJECT_BLOB);

  if (code < 0)
    return code;
  memcpy (tree.text, blob.id, SAT_GIT_RAW);
  if (files != NULL)
    memcpy (tree.files, files->id, SAT_GIT_RAW);

  g_autoptr (GBytes) bytes = sat_tree_build (&tree);

  return git_odb_write (out, odb, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                        GIT_OBJECT_TREE);
}

static int
write_commit (git_odb *odb,
              const SatCommitDraft *draft,
              const git_oid *tree,
              const char *message,
              git_oid *out)
{
  char tree_hex[SAT_GIT_HEX + 1];
  char parent_hex[SAT_GIT_HEX + 1];

  git_oid_tostr (tree_hex, sizeof tree_hex, tree);
  if (draft->parent)
    git_oid_tostr (parent_hex, sizeof parent_hex, draft->parent);

  g_autofree char *plain = sat_commit_text_unsigned (tree_hex, draft->parent ? parent_hex : NULL,
                                                     draft->author_name, draft->author_email,
                                                     draft->time_ms / 1000, message);
  g_autofree char *signature = sat_signature_make (draft->seed, plain, strlen (plain));
  g_autofree char *whole = sat_commit_text_sign (plain, signature);

  return git_odb_write (out, odb, whole, strlen (whole), GIT_OBJECT_COMMIT);
}

gboolean
sat_commit_write (git_repository *repo, const SatCommitDraft *draft, git_oid *out, GError **error)
{
  g_autoptr (SatChangeSet) set = sat_change_set_decode (draft->text, error);
  g_autoptr (git_odb) odb = NULL;
  g_autofree char *message = NULL;
  git_oid tree, files;
  guint n_files;
  int code;

  if (set == NULL)
    return FALSE;
  sat_change_set_files (set, &n_files);
  if (n_files > 0 &&
      !sat_commit_files_write (repo, set, draft->file, draft->file_data, &files, error))
    return FALSE;
  message = make_message (draft, set);
  code = git_repository_odb (&odb, repo);
  if (code == 0)
    code = write_tree (odb, draft, n_files > 0 ? &files : NULL, &tree);
  if (code == 0)
    code = write_commit (odb, draft, &tree, message, out);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot write a commit to the local repository “%s”: %s"),
                         git_repository_path (repo));
  return TRUE;
}

/* ---- checking ---- */

static gboolean
parse_commit (git_repository *repo, const git_oid *id, SatCommitText *out, GError **error)
{
  g_autoptr (GBytes) bytes = sat_git_read (repo, id, GIT_OBJECT_COMMIT, SAT_COMMIT_MAX, error);

  return bytes && sat_commit_text_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                         out, error);
}

static gboolean
parse_tree (git_repository *repo, const char *tree_hex, SatChangeTree *out, GError **error)
{
  git_oid tree;

  git_oid_fromstr (&tree, tree_hex);

  g_autoptr (GBytes) bytes = sat_git_read (repo, &tree, GIT_OBJECT_TREE, SAT_TREE_MAX, error);

  return bytes != NULL &&
         (sat_tree_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), out) ||
          sat_fail (error, SAT_ERROR_MALFORMED,
                    N_ ("the commit does not hold exactly one file “NUMBER.changes”"), NULL));
}

gboolean
sat_commit_has_text (git_repository *repo, const git_oid *id, guint64 number, GBytes *text)
{
  g_auto (SatCommitText) commit = { 0 };
  SatChangeTree tree;
  git_oid blob;
  git_oid expected;

  if (!parse_commit (repo, id, &commit, NULL) || !parse_tree (repo, commit.tree, &tree, NULL))
    return FALSE;
  git_oid_fromraw (&blob, tree.text);
  return tree.number == number &&
         git_odb_hash (&expected, g_bytes_get_data (text, NULL), g_bytes_get_size (text),
                       GIT_OBJECT_BLOB) == 0 &&
         git_oid_equal (&blob, &expected);
}

GBytes *
sat_commit_read_file (git_repository *repo, const git_oid *id, const SatFile *file, GError **error)
{
  g_auto (SatCommitText) commit = { 0 };
  SatChangeTree tree;

  return parse_commit (repo, id, &commit, error) && parse_tree (repo, commit.tree, &tree, error)
             ? sat_commit_files_read (repo, &tree, file, error)
             : NULL;
}

static gboolean
check_signature (const SatCommitText *commit,
                 guint8 public_key[SAT_KEY_PUBLIC_SIZE],
                 GError **error)
{
  SatSignature signature;

  if (!sat_signature_parse (commit->signature, strlen (commit->signature), &signature, error))
    return FALSE;
  if (!sat_signature_check (&signature, commit->signed_text, strlen (commit->signed_text)))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the commit was altered after it was signed, or its signature is forged"),
                     NULL);
  memcpy (public_key, signature.public_key, SAT_KEY_PUBLIC_SIZE);
  return TRUE;
}

gboolean
sat_commit_signer (git_repository *repo, const git_oid *id, guint8 public_key[SAT_KEY_PUBLIC_SIZE])
{
  g_auto (SatCommitText) commit = { 0 };

  return parse_commit (repo, id, &commit, NULL) && check_signature (&commit, public_key, NULL);
}

static gboolean
check_commit (const SatCommitText *commit,
              const SatBranch *branch,
              const git_oid *parent,
              GError **error)
{
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  char hex[SAT_GIT_HEX + 1] = "";
  SatId device;

  if (parent)
    git_oid_tostr (hex, sizeof hex, parent);
  if (strcmp (commit->parent, hex) != 0)
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the commit does not follow the one before it in its branch"), NULL);
  if (!check_signature (commit, public_key, error))
    return FALSE;
  sat_device_id_from_key (public_key, &device);
  if (!sat_id_equal (&device, &branch->device))
    return sat_fail (
        error, SAT_ERROR_REFUSED,
        N_ ("the commit is signed by a device other than the one its branch belongs to"), NULL);
  return TRUE;
}

static gboolean
check_text (git_repository *repo,
            const SatChangeTree *tree,
            GBytes *text,
            const SatBranch *branch,
            GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (SatChangeSet) header = sat_change_set_decode_header (text, &local);

  /* Of a newer format: who applies it will see, and wait for an update. */
  if (g_error_matches (local, SAT_ERROR, SAT_ERROR_NEWER))
    return TRUE;
  if (header == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (strcmp (sat_change_set_book (header), branch->book) != 0 ||
      !sat_id_equal (sat_change_set_device (header), &branch->device) ||
      sat_change_set_number (header) != tree->number)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the change-set says another book, device or number than its branch"),
                     NULL);
  return sat_commit_files_check (repo, tree, header, error);
}

GBytes *
sat_commit_read (git_repository *repo,
                 const git_oid *id,
                 const SatBranch *branch,
                 guint64 number,
                 const git_oid *parent,
                 GError **error)
{
  g_auto (SatCommitText) commit = { 0 };
  g_autoptr (GBytes) text = NULL;
  SatChangeTree tree;
  git_oid blob;

  if (!parse_commit (repo, id, &commit, error) || !check_commit (&commit, branch, parent, error) ||
      !parse_tree (repo, commit.tree, &tree, error))
    return NULL;
  if (tree.number != number)
    {
      sat_fail (error, SAT_ERROR_MALFORMED,
                N_ ("the commit's number does not follow the one before it"), NULL);
      return NULL;
    }
  git_oid_fromraw (&blob, tree.text);
  text = sat_git_read (repo, &blob, GIT_OBJECT_BLOB, SAT_CHANGE_SET_MAX_BYTES, error);
  if (text == NULL || !check_text (repo, &tree, text, branch, error))
    return NULL;
  return g_steal_pointer (&text);
}
