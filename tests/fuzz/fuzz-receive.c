/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a hub says against a push, and each line of them as the name of a ref: nothing,
 * or one clean line; what is a name is exactly the one that building makes. */
#include <string.h>

#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-receive.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_refusal (const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_receive_refusal (text, "hub", &error));
  if (error == NULL)
    return;
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
}

static void
check_name (const char *ref)
{
  SatCheckpointRef checkpoint;
  SatBranch branch;

  if (sat_branch_parse (ref, &branch))
    {
      g_autofree char *again = sat_branch_ref (&branch);
      g_assert_cmpstr (ref, ==, again);
    }
  if (sat_checkpoint_ref_parse (ref, &checkpoint))
    {
      g_autofree char *again = sat_checkpoint_ref_name (&checkpoint);
      g_assert_cmpstr (ref, ==, again);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_malloc0 (size + 1);
  g_auto (GStrv) lines = NULL;

  memcpy (text, size > 0 ? data : (const guint8 *) "", size);
  check_refusal (text);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    check_name (lines[i]);
  return 0;
}
