/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a commit, its signature and a tree: refused, or exactly what building makes of them.
 */
#include <string.h>

#include "sync/sat-commit-text.h"
#include "sync/sat-signature.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_commit (const char *text, gsize size)
{
  g_auto (SatCommitText) commit = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *again = NULL;

  if (!sat_commit_text_parse (text, size, &commit, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
      return;
    }
  again = sat_commit_text_sign (commit.signed_text, commit.signature);
  g_assert_cmpmem (text, size, again, strlen (again));
}

static void
check_signature (const char *text, gsize size)
{
  SatSignature signature;
  g_autoptr (GError) error = NULL;

  if (!sat_signature_parse (text, size, &signature, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_MALFORMED);
      return;
    }
  g_assert_cmpuint (size, <=, SAT_SIGNATURE_TEXT_MAX);
  sat_signature_check (&signature, text, size);
}

static void
check_tree (const char *text, gsize size)
{
  SatChangeTree tree;
  g_autoptr (GBytes) again = NULL;

  if (!sat_tree_parse (text, size, &tree))
    return;
  again = sat_tree_build (&tree);
  g_assert_cmpmem (text, size, g_bytes_get_data (again, NULL), g_bytes_get_size (again));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* A copy of its own size, so that a read past the end is seen. */
  g_autofree char *text = g_malloc (MAX (size, 1));

  memcpy (text, size > 0 ? data : (const guint8 *) "", size);
  check_commit (text, size);
  check_signature (text, size);
  check_tree (text, size);
  return 0;
}
