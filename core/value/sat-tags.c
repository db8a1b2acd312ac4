/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists of tags: elements sorted bytewise, each once, joined by newlines. An element never holds a
 * newline, so splitting and joining are inverse. */
#include <stdlib.h>
#include <string.h>

#include "core/value/sat-type.h"

char **
sat_tags_split (const char *canonical)
{
  if (canonical == NULL || *canonical == '\0')
    return g_new0 (char *, 1);
  return g_strsplit (canonical, "\n", -1);
}

static int
compare_elements (const void *a, const void *b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char *
sat_tags_join (const char *const *elements, guint n)
{
  if (n == 0)
    return NULL;

  g_autofree const char **sorted = g_new (const char *, n);
  for (guint i = 0; i < n; i++)
    sorted[i] = elements[i];
  qsort (sorted, n, sizeof *sorted, compare_elements);

  GString *out = g_string_new (sorted[0]);
  for (guint i = 1; i < n; i++)
    if (strcmp (sorted[i], sorted[i - 1]) != 0)
      {
        g_string_append_c (out, '\n');
        g_string_append (out, sorted[i]);
      }
  return g_string_free (out, FALSE);
}
