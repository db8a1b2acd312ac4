/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as the beginning of a bundle: refused, or building makes the same of what was read. */
#include <string.h>

#include "sync/sat-bundle-text.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
assert_same (const GArray *a, const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);
  for (guint i = 0; i < a->len; i++)
    {
      const SatBundleLine *left = &g_array_index (a, SatBundleLine, i);
      const SatBundleLine *right = &g_array_index (b, SatBundleLine, i);

      g_assert_cmpstr (left->hex, ==, right->hex);
      g_assert_cmpstr (left->name, ==, right->name);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* A copy of its own size, so that a read past the end is seen. */
  g_autofree char *copy = g_malloc (MAX (size, 1));
  g_auto (SatBundleHead) head = { 0 };
  g_auto (SatBundleHead) again = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  memcpy (copy, size > 0 ? data : (const guint8 *) "", size);
  if (!sat_bundle_head_parse (copy, size, &head, &error))
    {
      g_assert_true (g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
                     g_error_matches (error, SAT_ERROR, SAT_ERROR_INVALID) ||
                     g_error_matches (error, SAT_ERROR, SAT_ERROR_NEWER));
      return 0;
    }
  g_assert_cmpuint (head.length, <=, size);
  g_assert_cmpuint (head.refs->len, <=, SAT_BUNDLE_REFS_MAX);
  if (head.refs->len == 0)
    return 0; /* such a one is not written */
  text = sat_bundle_head_build (&head);
  g_assert_true (sat_bundle_head_parse (text, strlen (text), &again, &error));
  g_assert_no_error (error);
  assert_same (head.refs, again.refs);
  assert_same (head.wanted, again.wanted);
  g_assert_true (sat_id_equal (&head.workspace, &again.workspace));
  g_assert_true (sat_id_equal (&head.device, &again.device));
  return 0;
}
