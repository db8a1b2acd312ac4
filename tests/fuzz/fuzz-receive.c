/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as what a hub says against a push, and each line of them as the name of a ref and as
 * the code of an invitation: nothing, or one clean line; what is a name is exactly the one that
 * building makes. */
#include <string.h>

#include "core/base/sat-invitation.h"
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

/* What is taken for a code is one way to write it, and that is taken as it is. */
static void
check_code (const char *typed)
{
  char code[SAT_CODE_TEXT_SIZE];
  char again[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;

  if (!sat_code_read (typed, code, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      return;
    }
  g_assert_true (sat_code_read (code, again, NULL));
  g_assert_cmpstr (code, ==, again);
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
    {
      check_name (lines[i]);
      check_code (lines[i]);
    }
  return 0;
}
