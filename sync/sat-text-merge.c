/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-text-merge.h"

#include <string.h>

#include "sync/sat-git.h"
#include "sync/sat-sync.h"

/* Every line ends with a newline while merging, the last one too: else adding a line would change
 * the line before it. */
static char *
with_newline (const char *text, git_merge_file_input *input)
{
  char *copy = g_strconcat (text, "\n", NULL);

  *input = (git_merge_file_input) GIT_MERGE_FILE_INPUT_INIT;
  input->ptr = copy;
  input->size = strlen (copy);
  input->path = "text";
  input->mode = GIT_FILEMODE_BLOB;
  return copy;
}

char *
sat_text_merge (const char *base, const char *ours, const char *theirs, gpointer data)
{
  git_merge_file_input inputs[3];
  git_merge_file_options options = GIT_MERGE_FILE_OPTIONS_INIT;
  git_merge_file_result result = { 0 };
  char *copies[] = { with_newline (base, &inputs[0]), with_newline (ours, &inputs[1]),
                     with_newline (theirs, &inputs[2]) };
  char *merged = NULL;

  (void) data;
  sat_sync_init ();
  if (git_merge_file (&result, &inputs[0], &inputs[1], &inputs[2], &options) == 0 &&
      result.automergeable && result.len > 0)
    merged = g_strndup (result.ptr, result.len - 1);
  else if (result.automergeable)
    merged = g_strdup ("");
  git_merge_file_result_free (&result);
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    g_free (copies[i]);
  return merged;
}
