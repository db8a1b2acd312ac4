/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines `file` in the header of a change-set: which files come with it. Each is said by a value
 * in the records; a value may say one that does not come, since others have it or nobody does. */
#include "core/change/sat-change-set-private.h"

#include <string.h>

/* "file ", 64 digits, a space: a record of an object of that name has a UUID there. */
#define WORD "file "
#define HEX (SAT_FILE_HEX_SIZE - 1)

/* ---- reading ------------------------------------------------------------------------------------
 */

static gboolean
fail (const char *text, const char *at, const char *msgid, GError **error)
{
  return sat_change_set_fail_at (text, at, msgid, NULL, error);
}

/* Is there a line of this kind at AT? */
static gboolean
is_line (const char *at, const char *end, SatFile *file)
{
  const gsize word = strlen (WORD);

  return (gsize) (end - at) > word + HEX && memcmp (at, WORD, word) == 0 &&
         sat_file_parse_hex (at + word, file->hash);
}

static gboolean
read_line (const char *text,
           const char **at,
           const char *end,
           GArray *files,
           SatFile *file,
           GError **error)
{
  const char *line = *at;
  const char *p = line + strlen (WORD) + HEX;
  guint64 size;

  if (!sat_change_set_take_word (&p, end, " ") ||
      !sat_change_set_take_number (&p, end, SAT_FILE_MAX, &size) ||
      !sat_change_set_take_word (&p, end, "\n"))
    return fail (text, line,
                 N_ ("line %s of the change-set: expected “file”, a SHA-256 and a size"), error);
  file->size = (guint32) size;
  if (files->len > 0 &&
      sat_file_compare (&g_array_index (files, SatFile, files->len - 1), file) >= 0)
    return fail (text, line, N_ ("line %s of the change-set: files are not in order"), error);
  if (files->len == SAT_CHANGE_SET_MAX_FILES)
    return fail (text, line, N_ ("line %s of the change-set: too many files"), error);
  g_array_append_val (files, *file);
  *at = p;
  return TRUE;
}

gboolean
sat_change_set_read_files (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error)
{
  SatFile file;

  set->files = g_array_new (FALSE, FALSE, sizeof (SatFile));
  while (is_line (*at, end, &file))
    if (!read_line (text, at, end, set->files, &file, error))
      return FALSE;
  return set->files->len > 0 ||
         fail (text, *at, N_ ("line %s of the change-set: expected “file”, since it needs “files”"),
               error);
}

gboolean
sat_change_set_says_files (const SatChangeSet *set)
{
  g_autofree guint8 *said = g_malloc0 (set->files->len);
  guint n = 0;

  for (guint64 i = 0; i < set->n_ops; i++)
    {
      const char *value = set->ops[i].value;
      const SatFile *found;
      SatFile file;

      if (value == NULL || !sat_attachment_look (value, strlen (value), &file, NULL))
        continue;
      found = bsearch (&file, set->files->data, set->files->len, sizeof file, sat_file_compare);
      if (found == NULL || found->size != file.size)
        continue;
      n += !said[found - (const SatFile *) (void *) set->files->data];
      said[found - (const SatFile *) (void *) set->files->data] = 1;
    }
  return n == set->files->len;
}

const SatFile *
sat_change_set_files (const SatChangeSet *set, guint *n)
{
  *n = set->files != NULL ? set->files->len : 0;
  return *n > 0 ? (const SatFile *) (void *) set->files->data : NULL;
}

/* ---- writing ------------------------------------------------------------------------------------
 */

void
sat_change_set_put_files (GString *out, gsize needs_at, gsize lines_at, GArray *files)
{
  static const char needs[] = "needs " SAT_FEATURE_FILES "\n";
  g_autoptr (GString) lines = g_string_new (NULL);
  const SatFile *before = NULL;

  g_array_sort (files, sat_file_compare);
  for (guint i = 0; i < files->len; i++)
    {
      const SatFile *file = &g_array_index (files, SatFile, i);
      char hex[SAT_FILE_HEX_SIZE];

      if (before != NULL && sat_file_compare (before, file) == 0)
        continue;
      g_string_append_printf (lines, WORD "%s %" G_GUINT32_FORMAT "\n", sat_file_hex (file, hex),
                              file->size);
      before = file;
    }
  if (before == NULL)
    return;
  g_string_insert_len (out, (gssize) lines_at, lines->str, (gssize) lines->len);
  g_string_insert_len (out, (gssize) needs_at, needs, (gssize) strlen (needs));
}
