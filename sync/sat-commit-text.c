/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-commit-text.h"

#include <string.h>

#include "core/change/sat-change-set.h"

#define TREE_SUFFIX ".changes"
#define TREE_MODE "100644 "
#define TREE_FILES "40000 files"
#define SIGNATURE_HEADER "gpgsig "

/* ---- building ---- */

/* TEXT as git allows it in an author line: no < > and no control characters, and nothing at its
 * ends that git would cut off when it reads the line. */
static char *
tidy_author (const char *text)
{
  g_autofree char *copy = g_utf8_make_valid (text ? text : "", -1);
  char *start;
  gsize length;

  for (char *p = copy; *p; p++)
    if ((guchar) *p < 0x20 || *p == 0x7f || *p == '<' || *p == '>')
      *p = ' ';
  start = copy + strspn (copy, " .,:;\"\\'");
  length = strlen (start);
  while (length > 0 && strchr (" .,:;\"\\'", start[length - 1]))
    length--;
  return length > 0 ? g_strndup (start, length) : g_strdup ("unknown");
}

char *
sat_commit_text_unsigned (const char *tree,
                          const char *parent,
                          const char *name,
                          const char *email,
                          gint64 seconds,
                          const char *message)
{
  GString *text = g_string_new (NULL);
  g_autofree char *tidy_name = tidy_author (name);
  g_autofree char *tidy_email = tidy_author (email);

  g_string_append_printf (text, "tree %s\n", tree);
  if (parent)
    g_string_append_printf (text, "parent %s\n", parent);
  for (int i = 0; i < 2; i++)
    g_string_append_printf (text, "%s %s <%s> %" G_GINT64_FORMAT " +0000\n",
                            i == 0 ? "author" : "committer", tidy_name, tidy_email,
                            MAX (seconds, 0));
  g_string_append_c (text, '\n');
  g_string_append (text, message);
  return g_string_free (text, FALSE);
}

char *
sat_commit_text_sign (const char *unsigned_text, const char *signature)
{
  const char *body = strstr (unsigned_text, "\n\n");
  GString *text = g_string_new (NULL);

  g_assert (body != NULL);
  g_string_append_len (text, unsigned_text, body + 1 - unsigned_text);
  g_string_append (text, SIGNATURE_HEADER);
  for (const char *p = signature; *p; p++)
    {
      g_string_append_c (text, *p);
      if (*p == '\n')
        g_string_append_c (text, ' ');
    }
  g_string_append_c (text, '\n');
  g_string_append (text, body + 1);
  return g_string_free (text, FALSE);
}

GBytes *
sat_tree_build (const SatChangeTree *tree)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *entry = g_strdup_printf (TREE_MODE "%" G_GUINT64_FORMAT TREE_SUFFIX,
                                            tree->number);

  g_byte_array_append (bytes, (const guint8 *) entry, (guint) strlen (entry) + 1);
  g_byte_array_append (bytes, tree->text, SAT_GIT_RAW);
  if (tree->has_files) /* digits come before letters, as git orders entries */
    {
      g_byte_array_append (bytes, (const guint8 *) TREE_FILES, sizeof TREE_FILES);
      g_byte_array_append (bytes, tree->files, SAT_GIT_RAW);
    }
  return g_byte_array_free_to_bytes (bytes);
}

/* ---- reading ---- */

typedef struct
{
  const char *at;
  const char *end;
} Lines;

/* The line at the cursor if it starts with PREFIX, without PREFIX and newline; the cursor moves on.
 */
static gboolean
take_line (Lines *lines, const char *prefix, const char **start, gsize *length)
{
  gsize left = (gsize) (lines->end - lines->at);
  gsize skip = strlen (prefix);
  const char *newline;

  if (left < skip || memcmp (lines->at, prefix, skip) != 0)
    return FALSE;
  newline = memchr (lines->at, '\n', left);
  if (newline == NULL)
    return FALSE;
  *start = lines->at + skip;
  *length = (gsize) (newline - *start);
  lines->at = newline + 1;
  return TRUE;
}

static gboolean
take_hex (Lines *lines, const char *prefix, char out[SAT_GIT_HEX + 1])
{
  const char *start;
  gsize length;

  if (!take_line (lines, prefix, &start, &length) || length != SAT_GIT_HEX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (start[i]) && !(start[i] >= 'a' && start[i] <= 'f'))
      return FALSE;
  memcpy (out, start, SAT_GIT_HEX);
  out[SAT_GIT_HEX] = '\0';
  return TRUE;
}

static char *
take_signature (Lines *lines)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *start;
  gsize length;

  if (!take_line (lines, SIGNATURE_HEADER, &start, &length))
    return NULL;
  g_string_append_len (text, start, (gssize) length);
  while (take_line (lines, " ", &start, &length))
    {
      g_string_append_c (text, '\n');
      g_string_append_len (text, start, (gssize) length);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
parse_headers (Lines *lines, SatCommitText *out, const char **before, const char **after)
{
  const char *start;
  gsize length;

  if (!take_hex (lines, "tree ", out->tree))
    return FALSE;
  if (g_str_has_prefix (lines->at, "parent ") && !take_hex (lines, "parent ", out->parent))
    return FALSE;
  if (!take_line (lines, "author ", &start, &length) ||
      !take_line (lines, "committer ", &start, &length))
    return FALSE;
  *before = lines->at;
  out->signature = take_signature (lines);
  *after = lines->at;
  return out->signature != NULL && lines->at < lines->end && *lines->at == '\n';
}

gboolean
sat_commit_text_parse (const char *text, gsize length, SatCommitText *out, GError **error)
{
  Lines lines = { text, text + length };
  const char *before = NULL;
  const char *after = NULL;

  *out = (SatCommitText){ 0 };
  if (length > SAT_COMMIT_MAX || memchr (text, '\0', length) != NULL)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the commit is not a change-set's"), NULL);

  /* With a NUL behind it the text can be searched as a string. */
  g_autofree char *copy = g_strndup (text, length);

  lines = (Lines){ copy, copy + length };
  if (!parse_headers (&lines, out, &before, &after))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the commit is not a change-set's: its header lines are not tree, parent, "
                         "author, committer and signature"),
                     NULL);

  GString *rest = g_string_new_len (copy, before - copy);

  g_string_append_len (rest, after, lines.end - after);
  out->signed_text = g_string_free (rest, FALSE);
  return TRUE;
}

void
sat_commit_text_clear (SatCommitText *commit)
{
  g_clear_pointer (&commit->signature, g_free);
  g_clear_pointer (&commit->signed_text, g_free);
}

gboolean
sat_number_parse (const char *text, gsize length, guint64 max, guint64 *out)
{
  guint64 value = 0;

  if (length == 0 || length > 19 || text[0] == '0')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      value = value * 10 + (guint64) (text[i] - '0');
    }
  if (value > max)
    return FALSE;
  *out = value;
  return TRUE;
}

/* The folder at the end of DATA; *SIZE is what is left before it. */
static gboolean
take_folder (const char *data, gsize *size, guint8 files[SAT_GIT_RAW])
{
  const gsize entry = sizeof TREE_FILES + SAT_GIT_RAW;
  const char *at;

  if (*size <= entry)
    return FALSE;
  at = data + *size - entry;
  if (memcmp (at, TREE_FILES, sizeof TREE_FILES) != 0)
    return FALSE;
  memcpy (files, at + sizeof TREE_FILES, SAT_GIT_RAW);
  *size -= entry;
  return TRUE;
}

/* The one file; SIZE is all of its entry. */
static gboolean
take_text (const char *text, gsize size, SatChangeTree *out)
{
  const gsize mode = strlen (TREE_MODE);
  const gsize suffix = strlen (TREE_SUFFIX);
  const char *nul;

  if (size < mode + suffix + SAT_GIT_RAW + 1 || memcmp (text, TREE_MODE, mode) != 0)
    return FALSE;
  nul = text + size - SAT_GIT_RAW - 1;
  if (memchr (text, '\0', size) != nul || (gsize) (nul - text) < mode + suffix ||
      memcmp (nul - suffix, TREE_SUFFIX, suffix) != 0 ||
      !sat_number_parse (text + mode, (gsize) (nul - text) - mode - suffix,
                         SAT_CHANGE_SET_MAX_NUMBER, &out->number))
    return FALSE;
  memcpy (out->text, nul + 1, SAT_GIT_RAW);
  return TRUE;
}

gboolean
sat_tree_parse (const void *data, gsize size, SatChangeTree *out)
{
  if (size > SAT_TREE_MAX)
    return FALSE;
  /* The text's name has 20 bytes of any value, so what looks like the folder may be a part of it:
   * then there is no entry before it. */
  out->has_files = FALSE;
  if (take_text (data, size, out))
    return TRUE;
  out->has_files = take_folder (data, &size, out->files);
  return out->has_files && take_text (data, size, out);
}
