/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a periodic exchange may be tried again: HOME/retry holds "FAILURES NEXT_MS". It is advice: a
 * file that is missing or damaged means "now". */
#include <glib/gstdio.h>
#include <stdio.h>

#include "core/base/sat-backoff.h"
#include "sync/sat-sync.h"

#define BASE_S 30
#define MAX_S 3600
#define MAX_FAILURES 1000

static char *
retry_path (const char *home)
{
  return g_build_filename (home, "retry", NULL);
}

static void
read_retry (const char *home, guint *failures, gint64 *next_ms)
{
  g_autofree char *path = retry_path (home);
  g_autofree char *text = NULL;
  g_auto (GStrv) words = NULL;
  guint64 n = 0;
  guint64 next = 0;

  *failures = 0;
  *next_ms = 0;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return;
  words = g_strsplit (g_strchomp (text), " ", 3);
  if (g_strv_length (words) != 2 ||
      !g_ascii_string_to_unsigned (words[0], 10, 0, MAX_FAILURES, &n, NULL) ||
      !g_ascii_string_to_unsigned (words[1], 10, 0, G_MAXINT64, &next, NULL))
    return;
  *failures = (guint) n;
  *next_ms = (gint64) next;
}

gint64
sat_sync_due (const char *home, gint64 now_ms)
{
  guint failures;
  gint64 next_ms;

  read_retry (home, &failures, &next_ms);
  return next_ms > now_ms && next_ms - now_ms <= (gint64) MAX_S * 1000 ? next_ms : 0;
}

void
sat_sync_note_outcome (const char *home, gboolean ok, gint64 now_ms, guint32 random)
{
  g_autofree char *path = retry_path (home);
  g_autofree char *text = NULL;
  guint failures;
  gint64 next_ms;

  if (ok)
    {
      g_unlink (path);
      return;
    }
  read_retry (home, &failures, &next_ms);
  failures = MIN (failures + 1, MAX_FAILURES);
  next_ms = now_ms + (gint64) sat_backoff_next (failures, BASE_S, MAX_S, random) * 1000;
  text = g_strdup_printf ("%u %" G_GINT64_FORMAT "\n", failures, next_ms);
  g_file_set_contents (path, text, -1, NULL);
}
