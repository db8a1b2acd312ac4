/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-bundle-text.h"

#include <string.h>

#define MAGIC "# v2 git bundle\n"
#define ANY_MAGIC "# v"
#define ANY_MAGIC_END " git bundle\n"
#define OURS "refs/satchel/"

static void
line_clear (gpointer data)
{
  g_free (((SatBundleLine *) data)->name);
}

void
sat_bundle_head_init (SatBundleHead *head)
{
  *head = (SatBundleHead){ 0 };
  head->wanted = g_array_new (FALSE, TRUE, sizeof (SatBundleLine));
  head->refs = g_array_new (FALSE, TRUE, sizeof (SatBundleLine));
  g_array_set_clear_func (head->wanted, line_clear);
  g_array_set_clear_func (head->refs, line_clear);
}

void
sat_bundle_head_clear (SatBundleHead *head)
{
  g_clear_pointer (&head->wanted, g_array_unref);
  g_clear_pointer (&head->refs, g_array_unref);
}

void
sat_bundle_head_add (GArray *lines, const char *hex, const char *name)
{
  SatBundleLine line = { .name = g_strdup (name) };

  g_strlcpy (line.hex, hex, sizeof line.hex);
  g_array_append_val (lines, line);
}

/* ---- writing ---- */

static void
append_lines (GString *text, const GArray *lines, const char *before)
{
  for (guint i = 0; i < lines->len; i++)
    {
      const SatBundleLine *line = &g_array_index (lines, SatBundleLine, i);

      g_string_append_printf (text, "%s%s %s\n", before, line->hex, line->name);
    }
}

char *
sat_bundle_head_build (const SatBundleHead *head)
{
  GString *text = g_string_new (MAGIC);
  char workspace[SAT_ID_TEXT_SIZE];
  char device[SAT_ID_TEXT_SIZE];

  append_lines (text, head->wanted, "-");
  append_lines (text, head->refs, "");
  if (head->refs->len > 0)
    g_string_append_printf (text, "%s %s%d/%s/%s\n",
                            g_array_index (head->refs, SatBundleLine, 0).hex, OURS,
                            SAT_BUNDLE_VERSION, sat_id_format (&head->workspace, workspace),
                            sat_id_format (&head->device, device));
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

/* ---- reading ---- */

static gboolean
fail_damaged (GError **error)
{
  return sat_fail (error, SAT_ERROR_MALFORMED,
                   N_ ("the file is damaged or not complete; ask for it once more"), NULL);
}

static gboolean
fail_newer (GError **error)
{
  return sat_fail (error, SAT_ERROR_NEWER,
                   N_ ("the file was written by a newer Satchel; update this one first"), NULL);
}

static gboolean
check_magic (const char *data, gsize size, GError **error)
{
  gsize n = MIN (size, strlen (MAGIC));

  if (size > 0 && memcmp (data, MAGIC, n) == 0)
    return n == strlen (MAGIC) || fail_damaged (error);
  if (size > strlen (MAGIC) && memcmp (data, ANY_MAGIC, strlen (ANY_MAGIC)) == 0 &&
      memmem (data, strlen (MAGIC) + 1, ANY_MAGIC_END, strlen (ANY_MAGIC_END)) != NULL)
    return fail_newer (error);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("this is no file that “satchel bundle export” has written"), NULL);
}

static gboolean
take_hex (const char *line, gsize length, char hex[SAT_GIT_HEX + 1])
{
  if (length < SAT_GIT_HEX)
    return FALSE;
  for (guint i = 0; i < SAT_GIT_HEX; i++)
    if (!g_ascii_isxdigit (line[i]) || g_ascii_isupper (line[i]))
      return FALSE;
  memcpy (hex, line, SAT_GIT_HEX);
  hex[SAT_GIT_HEX] = '\0';
  return TRUE;
}

/* "1/<workspace>/<device>", after refs/satchel/. A device may be missing in none. */
static gboolean
take_owner (const char *text, SatBundleHead *head, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, "/", 4);
  guint64 version;

  if (parts[0] == NULL || !sat_number_parse (parts[0], strlen (parts[0]), G_MAXINT32, &version))
    return fail_damaged (error);
  if (version > SAT_BUNDLE_VERSION)
    return fail_newer (error);
  if (g_strv_length (parts) != 3 || !sat_id_parse (parts[1], &head->workspace) ||
      !sat_id_parse (parts[2], &head->device))
    return fail_damaged (error);
  return TRUE;
}

/* One line without its end. *OWNED: it was the one that says whose the file is. */
static gboolean
take_line (const char *line, gsize length, SatBundleHead *head, gboolean *owned, GError **error)
{
  gboolean wanted = length > 0 && line[0] == '-';
  GArray *lines = wanted ? head->wanted : head->refs;
  g_autofree char *name = NULL;
  char hex[SAT_GIT_HEX + 1];
  gsize at = wanted ? 1 : 0;

  if (length > SAT_BUNDLE_LINE_MAX || memchr (line, '\0', length) != NULL ||
      !take_hex (line + at, length - at, hex))
    return fail_damaged (error);
  at += SAT_GIT_HEX;
  if (at < length && line[at++] != ' ')
    return fail_damaged (error);
  name = g_strndup (line + at, length - at);
  if (!g_utf8_validate (name, -1, NULL) || (!wanted && *name == '\0') ||
      lines->len >= SAT_BUNDLE_REFS_MAX)
    return fail_damaged (error);
  if (!wanted && g_str_has_prefix (name, OURS))
    {
      if (*owned)
        return fail_damaged (error);
      *owned = TRUE;
      return take_owner (name + strlen (OURS), head, error);
    }
  sat_bundle_head_add (lines, hex, name);
  return TRUE;
}

gboolean
sat_bundle_head_parse (const char *data, gsize size, SatBundleHead *head, GError **error)
{
  gsize at = strlen (MAGIC);
  gboolean owned = FALSE;

  sat_bundle_head_init (head);
  if (!check_magic (data, size, error))
    return FALSE;
  while (at < size && at < SAT_BUNDLE_HEADER_MAX)
    {
      const char *end = memchr (data + at, '\n', size - at);
      gsize length = end ? (gsize) (end - (data + at)) : 0;

      if (end == NULL)
        break;
      if (length == 0)
        {
          head->length = at + 1;
          return owned ||
                 sat_fail (error, SAT_ERROR_INVALID,
                           N_ ("this is no file that “satchel bundle export” has written"), NULL);
        }
      if (!take_line (data + at, length, head, &owned, error))
        return FALSE;
      at += length + 1;
    }
  return fail_damaged (error);
}
