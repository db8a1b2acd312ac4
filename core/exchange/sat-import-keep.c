/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-import-keep.h"

#include <string.h>

static gboolean
is_called (const char *column, const char *const *names)
{
  g_autofree char *name = g_strndup (column, strcspn (column, " "));

  return g_strv_contains (names, name);
}

/* "1234 B": so much of a picture. */
static gboolean
is_size (const char *value)
{
  return strcmp (value + strspn (value, "0123456789"), " B") == 0;
}

gboolean
sat_import_keeps (const char *column, const char *value)
{
  static const char *const pictures[] = { "PHOTO", "LOGO", "SOUND", NULL };
  static const char *const technical[] = { "UID",    "X-ABUID",      "CLASS", "SORT-STRING",
                                           "MAILER", "SOURCE",       "KEY",   "N",
                                           "id",     "CLIENTPIDMAP", "...",   NULL };

  return *value != '\0' && !is_called (column, technical) &&
         !(is_called (column, pictures) && is_size (value));
}

char *
sat_import_with_line (const char *text, const char *column, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "\n", -1);
  g_autofree char *plain = g_strjoinv (", ", parts);
  g_autofree char *line = g_strconcat (column, ": ", plain, NULL);
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);

  if (g_strv_contains ((const char *const *) lines, line))
    return NULL;
  if (text == NULL || *text == '\0')
    return g_steal_pointer (&line);
  return g_strconcat (text, "\n", line, NULL);
}
