/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A program that went away while it read the lines is no reason to stop: write errors are ignored.
 */
#include "cli/sat-progress.h"

#include <stdio.h>
#include <unistd.h>

#define CLEAR_LINE "\r\033[K"

void
sat_progress_begin (SatProgress *progress, const SatCli *cli, gboolean lines)
{
  progress->lines = lines;
  progress->shown = !lines && !cli->quiet && isatty (STDERR_FILENO);
  progress->dirty = FALSE;
}

void
sat_progress_at (
    SatProgress *progress, const char *word, const char *text, guint64 done, guint64 total)
{
  if (progress->lines)
    {
      fprintf (stderr,
               "{\"phase\":\"%s\",\"done\":%" G_GUINT64_FORMAT ",\"total\":%" G_GUINT64_FORMAT
               "}\n",
               word, done, total);
      fflush (stderr);
    }
  if (!progress->shown)
    return;
  fprintf (stderr, CLEAR_LINE "%s", text);
  if (total > 0)
    fprintf (stderr, " %" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT " (%d %%)", done, total,
             (int) (100.0 * (double) MIN (done, total) / (double) total));
  else if (done > 0)
    fprintf (stderr, " %" G_GUINT64_FORMAT, done);
  fflush (stderr);
  progress->dirty = TRUE;
}

void
sat_progress_end (SatProgress *progress)
{
  if (progress->dirty)
    fputs (CLEAR_LINE, stderr);
  progress->dirty = FALSE;
}

void
sat_progress_note (SatProgress *progress, const char *line, const char *text)
{
  if (progress->lines)
    {
      fprintf (stderr, "%s\n", line);
      fflush (stderr);
    }
  if (!progress->shown)
    return;
  fprintf (stderr, CLEAR_LINE "%s\n", text);
  progress->dirty = FALSE;
}
