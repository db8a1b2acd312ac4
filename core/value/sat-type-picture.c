/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture: a small photo or logo as base64 text without spaces. Its kind is known by the first
 * bytes of the file; what follows them is not looked at. One file has one text: the alphabet of RFC
 * 4648, padded, the unused bits nothing. */
#include "core/value/sat-picture.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

#define HEAD 12 /* bytes that tell the kind */
#define HEAD_TEXT (HEAD / 3 * 4)
#define DATA "data:"

static const struct
{
  const char *name;
  const char *media;
} kinds[SAT_N_PICTURES] = {
  [SAT_PICTURE_JPEG] = { "JPEG", "image/jpeg" },
  [SAT_PICTURE_PNG] = { "PNG", "image/png" },
  [SAT_PICTURE_GIF] = { "GIF", "image/gif" },
  [SAT_PICTURE_WEBP] = { "WebP", "image/webp" },
};

static const struct
{
  SatPictureKind kind;
  gsize at;
  const char *bytes;
  gsize size;
} marks[] = {
  { SAT_PICTURE_JPEG, 0, "\xff\xd8\xff", 3 }, { SAT_PICTURE_PNG, 0, "\x89PNG\r\n\x1a\n", 8 },
  { SAT_PICTURE_GIF, 0, "GIF87a", 6 },        { SAT_PICTURE_GIF, 0, "GIF89a", 6 },
  { SAT_PICTURE_WEBP, 8, "WEBP", 4 },
};

const char *
sat_picture_name (SatPictureKind kind)
{
  g_return_val_if_fail (kind < SAT_N_PICTURES, NULL);
  return kinds[kind].name;
}

const char *
sat_picture_media (SatPictureKind kind)
{
  g_return_val_if_fail (kind < SAT_N_PICTURES, NULL);
  return kinds[kind].media;
}

gboolean
sat_picture_recognise (const guint8 *bytes, gsize size, SatPictureKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      if (size < marks[i].at + marks[i].size ||
          memcmp (bytes + marks[i].at, marks[i].bytes, marks[i].size) != 0 ||
          (marks[i].kind == SAT_PICTURE_WEBP && memcmp (bytes, "RIFF", 4) != 0))
        continue;
      if (kind != NULL)
        *kind = marks[i].kind;
      return TRUE;
    }
  return FALSE;
}

gsize
sat_picture_kilobytes (gsize size)
{
  return MAX ((size + 1023) / 1024, 1);
}

/* ---- base64 ---- */

/* 0 to 63; -1: not of the alphabet. */
static int
digit (char c)
{
  if (c >= 'A' && c <= 'Z')
    return c - 'A';
  if (c >= 'a' && c <= 'z')
    return c - 'a' + 26;
  if (c >= '0' && c <= '9')
    return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Is it the text that the bytes it stands for have? *SIZE: how many these are. */
static gboolean
is_exact (const char *text, gsize length, gsize *size)
{
  gsize pad = 0;
  int last;

  if (length < 4 || length % 4 != 0)
    return FALSE;
  while (pad < 2 && text[length - 1 - pad] == '=')
    pad++;
  for (gsize i = 0; i < length - pad; i++)
    if (digit (text[i]) < 0)
      return FALSE;
  last = digit (text[length - 1 - pad]);
  *size = length / 4 * 3 - pad;
  return (last & (pad == 2 ? 15 : pad == 1 ? 3 : 0)) == 0;
}

/* The kind by the beginning of an exact text. */
static gboolean
recognise_text (const char *text, gsize length, SatPictureKind *kind)
{
  guint8 head[HEAD + 3];
  int state = 0;
  guint save = 0;
  gsize n = g_base64_decode_step (text, MIN (length, HEAD_TEXT), head, &state, &save);

  return sat_picture_recognise (head, n, kind);
}

static gboolean
look (const char *text, gsize length, SatPictureKind *kind, gsize *size)
{
  gsize bytes;

  if (length > SAT_PICTURE_TEXT_MAX || !is_exact (text, length, &bytes) ||
      bytes > SAT_PICTURE_MAX || !recognise_text (text, length, kind))
    return FALSE;
  if (size != NULL)
    *size = bytes;
  return TRUE;
}

gboolean
sat_picture_look (const char *value, SatPictureKind *kind, gsize *size)
{
  return look (value, strlen (value), kind, size);
}

GBytes *
sat_picture_bytes (const char *value)
{
  gsize size;
  guint8 *bytes;

  if (!sat_picture_look (value, NULL, NULL))
    return NULL;
  bytes = g_base64_decode (value, &size);
  return g_bytes_new_take (bytes, size);
}

/* ---- from outside ---- */

static gboolean
fail_size (gsize size, GError **error)
{
  g_autofree char *has = g_strdup_printf ("%" G_GSIZE_FORMAT, sat_picture_kilobytes (size));
  g_autofree char *limit = g_strdup_printf ("%d", SAT_PICTURE_MAX / 1024);

  return sat_fail (error, SAT_ERROR_TOO_LONG,
                   N_ ("the picture has %s kB, and %s kB can be kept; make it smaller, such as "
                       "256 pixels wide"),
                   has, limit, NULL);
}

static gboolean
fail_kind (GError **error)
{
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("this is no picture of a kind that can be kept; take a JPEG, PNG, GIF or "
                       "WebP"),
                   NULL);
}

static gboolean
fail_text (const char *input, GError **error)
{
  g_autofree char *quote = sat_value_quote (input);

  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not the text of a picture; give the file as @FILE, or its base64 "
                       "text"),
                   quote, NULL);
}

char *
sat_picture_from_bytes (const guint8 *bytes, gsize size, GError **error)
{
  if (!sat_picture_recognise (bytes, size, NULL))
    fail_kind (error);
  else if (size > SAT_PICTURE_MAX)
    fail_size (size, error);
  else
    return g_base64_encode (bytes, size);
  return NULL;
}

/* Where the base64 text begins behind "data:image/png;base64,"; NULL: these are no such data. */
static const char *
after_head (const char *input)
{
  const char *comma = strchr (input, ',');
  gsize head = comma != NULL ? (gsize) (comma - input) : 0;

  if (g_ascii_strncasecmp (input, DATA, strlen (DATA)) != 0)
    return input;
  return head > 200 || head < strlen (DATA ";base64") ||
                 g_ascii_strncasecmp (comma - strlen (";base64"), ";base64", strlen (";base64")) !=
                     0
             ? NULL
             : comma + 1;
}

/* TEXT without white space, padded where somebody left that away. */
static char *
without_space (const char *text)
{
  GString *out = g_string_sized_new (strlen (text) + 3);

  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      g_string_append_c (out, *p);
  while (out->len % 4 > 1 && out->len < SAT_PICTURE_TEXT_MAX)
    g_string_append_c (out, '=');
  return g_string_free (out, FALSE);
}

static gboolean
picture_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  const char *start = input;
  const char *data;
  g_autofree char *text = NULL;
  gsize size;

  *out = NULL;
  while (g_ascii_isspace (*start))
    start++;
  if (*start == '\0')
    return TRUE;
  data = after_head (start);
  if (data == NULL)
    return fail_text (start, error);
  text = without_space (data);
  if (!is_exact (text, strlen (text), &size))
    return fail_text (start, error);
  if (!recognise_text (text, strlen (text), NULL))
    return start == data && size < HEAD ? fail_text (start, error) : fail_kind (error);
  if (size > SAT_PICTURE_MAX)
    return fail_size (size, error);
  *out = g_steal_pointer (&text);
  return TRUE;
}

static gboolean
picture_canonical (const char *text, gsize length)
{
  return look (text, length, NULL, NULL);
}

const SatType sat_type_picture = {
  .id = SAT_TYPE_PICTURE,
  .name = "picture",
  .sql = { "TEXT" },
  .parse = picture_parse,
  .canonical = picture_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
