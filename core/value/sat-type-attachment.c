/* SPDX-License-Identifier: GPL-3.0-or-later */
/* attachment: "NAME SIZE SHA-256", see sat-attachment.h. */
#include "core/value/sat-attachment.h"

#include <sodium.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

#define HEX_LENGTH (SAT_FILE_HEX_SIZE - 1)
#define SUFFIX_MAX 20

/* ---- files ---- */

gboolean
sat_file_of (GBytes *bytes, SatFile *out)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size > SAT_FILE_MAX)
    return FALSE;
  crypto_hash_sha256 (out->hash, data != NULL ? data : (const guint8 *) "", size);
  out->size = (guint32) size;
  return TRUE;
}

int
sat_file_compare (gconstpointer a, gconstpointer b)
{
  return memcmp (((const SatFile *) a)->hash, ((const SatFile *) b)->hash, SAT_FILE_HASH_SIZE);
}

gboolean
sat_file_equal (const SatFile *a, const SatFile *b)
{
  return a->size == b->size && sat_file_compare (a, b) == 0;
}

char *
sat_file_hex (const SatFile *file, char text[SAT_FILE_HEX_SIZE])
{
  return sodium_bin2hex (text, SAT_FILE_HEX_SIZE, file->hash, SAT_FILE_HASH_SIZE);
}

static int
hex_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

gboolean
sat_file_parse_hex (const char *text, guint8 hash[SAT_FILE_HASH_SIZE])
{
  for (gsize i = 0; i < SAT_FILE_HASH_SIZE; i++)
    {
      int high = hex_value (text[2 * i]);
      int low = high >= 0 ? hex_value (text[2 * i + 1]) : -1;

      if (low < 0)
        return FALSE;
      hash[i] = (guint8) (high << 4 | low);
    }
  return TRUE;
}

/* ---- values ---- */

static gboolean
is_name (const char *text, gsize length)
{
  return sat_value_is_tidy (text, length, SAT_LINES_ONE, SAT_FILE_NAME_MAX) &&
         memchr (text, '/', length) == NULL && memchr (text, '\\', length) == NULL &&
         !(length <= 2 && memcmp (text, "..", length) == 0);
}

/* The number of bytes that ends at END, behind a space after BEGIN. NULL: there is none; else the
 * place of that space. */
static const char *
size_before (const char *begin, const char *end, guint32 *size)
{
  const char *at = end;
  guint32 value = 0, unit = 1;

  while (at > begin && end - at < 8 && g_ascii_isdigit (at[-1]))
    {
      value += (guint32) (*--at - '0') * unit;
      unit *= 10;
    }
  if (at == end || at == begin || at[-1] != ' ' || (*at == '0' && end - at > 1) ||
      value > SAT_FILE_MAX)
    return NULL;
  *size = value;
  return at - 1;
}

gboolean
sat_attachment_look (const char *text, gsize length, SatFile *file, gsize *name_length)
{
  const char *space;
  SatFile found;

  if (length < HEX_LENGTH + 4 || text[length - HEX_LENGTH - 1] != ' ' ||
      !sat_file_parse_hex (text + length - HEX_LENGTH, found.hash))
    return FALSE;
  space = size_before (text, text + length - HEX_LENGTH - 1, &found.size);
  if (space == NULL || !is_name (text, (gsize) (space - text)))
    return FALSE;
  if (file != NULL)
    *file = found;
  if (name_length != NULL)
    *name_length = (gsize) (space - text);
  return TRUE;
}

char *
sat_attachment_name (const char *value)
{
  gsize length;

  return sat_attachment_look (value, strlen (value), NULL, &length) ? g_strndup (value, length)
                                                                    : g_strdup (value);
}

/* At most SAT_FILE_NAME_MAX bytes of NAME, with its suffix. */
static char *
shorten (const char *name)
{
  const char *suffix = strrchr (name, '.');
  gsize keep = suffix != NULL && strlen (suffix) <= SUFFIX_MAX ? strlen (suffix) : 0;
  const char *end;

  if (strlen (name) <= SAT_FILE_NAME_MAX)
    return g_strdup (name);
  end = g_utf8_find_prev_char (name, name + SAT_FILE_NAME_MAX - keep + 1);

  g_autofree char *head = g_strndup (name, (gsize) (end - name));

  return g_strconcat (g_strchomp (head), keep > 0 ? suffix : "", NULL);
}

/* NAME as a value can have it. */
static char *
tidy_name (const char *name)
{
  const char *slash = strrchr (name, '/');
  g_autofree char *valid = g_utf8_make_valid (slash != NULL ? slash + 1 : name, -1);
  g_autofree char *tidy = NULL;
  g_autofree char *fit = NULL;

  for (char *p = valid; *p != '\0'; p++)
    if (*p == '\\' || (guchar) *p < 0x20 || *p == 0x7f)
      *p = '_';
  if (!sat_value_tidy (valid, SAT_LINES_ONE, SAT_VALUE_MAX, &tidy, NULL) || tidy == NULL)
    return g_strdup ("_");
  fit = shorten (tidy);
  return is_name (fit, strlen (fit)) ? g_steal_pointer (&fit) : g_strdup ("_");
}

char *
sat_attachment_value (const char *name, const SatFile *file)
{
  g_autofree char *tidy = tidy_name (name);
  char hex[SAT_FILE_HEX_SIZE];

  return g_strdup_printf ("%s %" G_GUINT32_FORMAT " %s", tidy, file->size,
                          sat_file_hex (file, hex));
}

static gboolean
attachment_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *text = g_strstrip (g_strdup (input));
  g_autofree char *quote = NULL;

  *out = NULL;
  if (*text == '\0')
    return TRUE;
  if (sat_attachment_look (text, strlen (text), NULL, NULL))
    {
      *out = g_steal_pointer (&text);
      return TRUE;
    }
  quote = sat_value_quote (text);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is no file; give one as @FILE, or as name, size and SHA-256 of one "
                       "that is here"),
                   quote, NULL);
}

static gboolean
attachment_canonical (const char *text, gsize length)
{
  return sat_attachment_look (text, length, NULL, NULL);
}

const SatType sat_type_attachment = {
  .id = SAT_TYPE_ATTACHMENT,
  .name = "attachment",
  .sql = { "TEXT" },
  .parse = attachment_parse,
  .canonical = attachment_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
