/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of commits and trees: what is built is what is read, and nothing else is read. */
#include "sync/sat-commit-text.h"

#include <string.h>

#define TREE "0123456789abcdef0123456789abcdef01234567"
#define PARENT "89abcdef0123456789abcdef0123456789abcdef"
#define SIGNATURE "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"

static char *
unsigned_text (const char *parent)
{
  return sat_commit_text_unsigned (TREE, parent, "王 芳", "wang@example.org", 1760000000,
                                   "customers 7: 3 records\n");
}

static void
test_built (void)
{
  g_autofree char *plain = unsigned_text (PARENT);
  g_autofree char *whole = sat_commit_text_sign (plain, SIGNATURE);

  g_assert_cmpstr (whole, ==,
                   "tree " TREE "\nparent " PARENT
                   "\nauthor 王 芳 <wang@example.org> 1760000000 +0000\n"
                   "committer 王 芳 <wang@example.org> 1760000000 +0000\n"
                   "gpgsig -----BEGIN SSH SIGNATURE-----\n AAAA\n -----END SSH SIGNATURE-----\n"
                   "\ncustomers 7: 3 records\n");
}

static void
check_round_trip (const char *parent)
{
  g_autofree char *plain = unsigned_text (parent);
  g_autofree char *whole = sat_commit_text_sign (plain, SIGNATURE);
  g_auto (SatCommitText) commit = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_commit_text_parse (whole, strlen (whole), &commit, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (commit.tree, ==, TREE);
  g_assert_cmpstr (commit.parent, ==, parent ? parent : "");
  g_assert_cmpstr (commit.signature, ==, SIGNATURE);
  g_assert_cmpstr (commit.signed_text, ==, plain);
}

static void
test_round_trip (void)
{
  check_round_trip (NULL);
  check_round_trip (PARENT);
}

static void
test_author_tidied (void)
{
  static const struct
  {
    const char *name, *expected;
  } cases[] = {
    { "Li Wei", "author Li Wei <" },
    { "Li <x> Wei\n\ngpgsig y", "author Li  x  Wei  gpgsig y <" },
    { "", "author unknown <" },
    { " .,;'\"\\ ", "author unknown <" },
    { "J. R. Smith Jr.", "author J. R. Smith Jr <" },
    { "a\xff", "author a\xef\xbf\xbd <" },
    { NULL, "author unknown <" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = sat_commit_text_unsigned (TREE, NULL, cases[i].name, "a>b@c", 1,
                                                        "m\n");

      g_assert_nonnull (strstr (text, cases[i].expected));
      g_assert_nonnull (strstr (text, "<a b@c> 1 +0000\n"));
    }
}

static void
assert_refused (const char *text, gsize length)
{
  g_auto (SatCommitText) commit = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_commit_text_parse (text, length, &commit, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
}

#define AUTHOR "author A <a> 1 +0000\n"
#define COMMITTER "committer A <a> 1 +0000\n"
#define GPGSIG \
  "gpgsig " \
  "-----BEGIN\n X\n"

static void
test_refused (void)
{
  static const char *const cases[] = {
    "",
    "\n",
    "tree " TREE,
    "tree " TREE "\n",
    "tree " TREE "\n" AUTHOR COMMITTER "\nno signature\n",
    "tree " TREE "\n" AUTHOR COMMITTER GPGSIG,
    "tree " TREE "\n" AUTHOR GPGSIG "\nm\n",
    "tree " TREE "\n" COMMITTER AUTHOR GPGSIG "\nm\n",
    "tree " TREE "\n" AUTHOR COMMITTER "encoding latin1\n" GPGSIG "\nm\n",
    "tree " TREE "\n" AUTHOR COMMITTER GPGSIG "encoding latin1\n\nm\n",
    "tree " TREE "\n" AUTHOR COMMITTER GPGSIG GPGSIG "\nm\n",
    "tree " TREE "\n" AUTHOR COMMITTER "gpgsig-sha256 x\n\nm\n",
    "tree " TREE "\nparent " PARENT "\nparent " TREE "\n" AUTHOR COMMITTER GPGSIG "\nm\n",
    "tree " TREE "\nparent 89abc\n" AUTHOR COMMITTER GPGSIG "\nm\n",
    "tree 0123456789ABCDEF0123456789abcdef01234567\n" AUTHOR COMMITTER GPGSIG "\nm\n",
    "tree 0123456789abcdeg0123456789abcdef01234567\n" AUTHOR COMMITTER GPGSIG "\nm\n",
    " tree " TREE "\n" AUTHOR COMMITTER GPGSIG "\nm\n",
  };
  g_autofree char *large = g_strnfill (SAT_COMMIT_MAX, 'm');
  g_autofree char *long_one = g_strconcat ("tree " TREE "\n" AUTHOR COMMITTER GPGSIG "\n", large,
                                           NULL);
  static const char nul[] = "tree " TREE "\n" AUTHOR COMMITTER GPGSIG "\nm\0\n";

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i], strlen (cases[i]));
  assert_refused (long_one, strlen (long_one));
  assert_refused (nul, sizeof nul - 1);
}

/* Whatever is cut off a commit before its message, it is none. */
static void
test_truncated (void)
{
  g_autofree char *plain = unsigned_text (PARENT);
  g_autofree char *whole = sat_commit_text_sign (plain, SIGNATURE);
  gsize headers = (gsize) (strstr (whole, "\n\n") + 2 - whole);

  for (gsize i = 0; i < headers; i++)
    assert_refused (whole, i);
}

static const guint8 blob[SAT_GIT_RAW] = { 1, 2, 3, 0, 5, 6, 0, 8, 9, 10, 11, 12, 13, 14, 15 };

static void
test_tree (void)
{
  static const guint64 numbers[] = { 1, 9, 10, 123456, 1000000000000 };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (numbers); i++)
    {
      SatChangeTree tree = { .number = numbers[i / 2], .has_files = i % 2 };
      SatChangeTree found = { 0 };
      g_autoptr (GBytes) bytes = NULL;

      memcpy (tree.text, blob, sizeof blob);
      memset (tree.files, tree.has_files ? 'f' : 0, sizeof tree.files);
      bytes = sat_tree_build (&tree);
      g_assert_cmpuint (g_bytes_get_size (bytes), <=, SAT_TREE_MAX);
      g_assert_true (
          sat_tree_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &found));
      g_assert_cmpuint (found.number, ==, tree.number);
      g_assert_cmpint (found.has_files, ==, tree.has_files);
      g_assert_cmpmem (found.text, sizeof found.text, blob, sizeof blob);
      if (tree.has_files)
        g_assert_cmpmem (found.files, sizeof found.files, tree.files, sizeof tree.files);
    }
}

/* ENTRY, a NUL and the blob's name, ENTRIES times. */
static gboolean
tree_accepted (const char *entry, guint entries)
{
  g_autoptr (GByteArray) tree = g_byte_array_new ();
  SatChangeTree found;

  for (guint i = 0; i < entries; i++)
    {
      g_byte_array_append (tree, (const guint8 *) entry, (guint) strlen (entry) + 1);
      g_byte_array_append (tree, blob, sizeof blob);
    }
  return sat_tree_parse (tree->data ? tree->data : (const guint8 *) "", tree->len, &found);
}

/* A text, and FOLDER behind it with a name of an object. */
static gboolean
folder_accepted (const char *folder)
{
  g_autoptr (GByteArray) tree = g_byte_array_new ();
  SatChangeTree found;

  g_byte_array_append (tree, (const guint8 *) "100644 7.changes", sizeof "100644 7.changes");
  g_byte_array_append (tree, blob, sizeof blob);
  g_byte_array_append (tree, (const guint8 *) folder, (guint) strlen (folder) + 1);
  g_byte_array_append (tree, blob, sizeof blob);
  return sat_tree_parse (tree->data, tree->len, &found);
}

static void
test_tree_refused (void)
{
  static const char *const entries[] = {
    "100755 7.changes",
    "120000 7.changes",
    "160000 7.changes",
    "40000 7.changes",
    "0100644 7.changes",
    "100644 07.changes",
    "100644 0.changes",
    "100644 -7.changes",
    "100644 7.Changes",
    "100644 .changes",
    "100644 changes",
    "100644 7.changes.changes",
    "100644 ../7.changes",
    "100644 a/7.changes",
    "100644  7.changes",
    "100644 7 .changes",
    "100644 .git",
    "100644 1000000000001.changes",
    "100644 99999999999999999999.changes",
    "100644 +7.changes",
    "100644 7.changes ",
    "100644",
    "",
  };

  g_assert_true (tree_accepted ("100644 7.changes", 1));
  g_assert_false (tree_accepted ("100644 7.changes", 0));
  g_assert_false (tree_accepted ("100644 7.changes", 2));
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    g_assert_false (tree_accepted (entries[i], 1));
  g_assert_true (folder_accepted ("40000 files"));
  g_assert_false (folder_accepted ("040000 files"));
  g_assert_false (folder_accepted ("100644 files"));
  g_assert_false (folder_accepted ("40000 filesx"));
  g_assert_false (folder_accepted ("40000 file"));
  g_assert_false (tree_accepted ("40000 files", 1));
}

static void
test_number (void)
{
  guint64 number = 0;

  g_assert_true (sat_number_parse ("42x", 2, 100, &number));
  g_assert_cmpuint (number, ==, 42);
  g_assert_true (sat_number_parse ("100", 3, 100, &number));
  g_assert_false (sat_number_parse ("101", 3, 100, &number));
  g_assert_false (sat_number_parse ("", 0, 100, &number));
  g_assert_false (sat_number_parse ("0", 1, 100, &number));
  g_assert_false (sat_number_parse ("18446744073709551617", 20, G_MAXUINT64, &number));
  g_assert_cmpuint (number, ==, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/commit-text/built", test_built);
  g_test_add_func ("/sync/commit-text/round-trip", test_round_trip);
  g_test_add_func ("/sync/commit-text/author-tidied", test_author_tidied);
  g_test_add_func ("/sync/commit-text/refused", test_refused);
  g_test_add_func ("/sync/commit-text/truncated", test_truncated);
  g_test_add_func ("/sync/commit-text/tree", test_tree);
  g_test_add_func ("/sync/commit-text/tree-refused", test_tree_refused);
  g_test_add_func ("/sync/commit-text/number", test_number);
  return g_test_run ();
}
