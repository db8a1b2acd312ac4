/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-file-kind.h"

#include <string.h>

#include "core/base/sat-error.h"

#define MAGIC 256
#define CONTAINER (1024 * 1024)

static gboolean
read_some (GInputStream *stream,
           guint8 *bytes,
           gsize most,
           gsize *length,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) cause = NULL;

  if (g_input_stream_read_all (stream, bytes, most, length, cancellable, &cause))
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"), cause->message, NULL);
}

/* Both an old workbook and an encrypted new one are such a container; only the name of a stream in
 * it, in UTF-16, tells them apart. */
static gboolean
fail_container (
    GInputStream *stream, const guint8 *magic, gsize n, GCancellable *cancellable, GError **error)
{
  static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  g_autofree guint8 *bytes = g_malloc (CONTAINER);
  gsize length;

  memcpy (bytes, magic, n);
  if (!read_some (stream, bytes + n, CONTAINER - n, &length, cancellable, error))
    return FALSE;
  if (memmem (bytes, n + length, name, sizeof name) != NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the file is protected with a password; open it in a spreadsheet program "
                         "and save it without one"),
                     NULL);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("this is a file of an old Office program (such as .xls); open it in a "
                       "spreadsheet program and save it as XLSX or CSV"),
                   NULL);
}

static gboolean
begins (const guint8 *bytes, gsize length, const char *what, gsize size)
{
  return length >= size && memcmp (bytes, what, size) == 0;
}

/* The first letters of a text in whatever encoding: UTF-16 has zeros between them. */
static void
first_letters (const guint8 *bytes, gsize length, char text[MAGIC + 1])
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    {
      gboolean mark = i < 3 && strchr ("\xef\xbb\xbf\xff\xfe", bytes[i]) != NULL;

      if (bytes[i] != 0 && !mark && (n > 0 || !g_ascii_isspace (bytes[i])))
        text[n++] = (char) bytes[i];
    }
  text[n] = '\0';
}

/* C, blanks, and one of NEXT. */
static gboolean
opens (const char *text, char c, const char *next)
{
  if (*text != c)
    return FALSE;
  text += 1 + strspn (text + 1, " \t\r\n");
  return *text != '\0' && strchr (next, *text) != NULL;
}

gboolean
sat_file_kind_find (GInputStream *stream,
                    SatFileKind *out,
                    GCancellable *cancellable,
                    GError **error)
{
  guint8 magic[MAGIC];
  char text[MAGIC + 1];
  gsize length;

  if (!read_some (stream, magic, sizeof magic, &length, cancellable, error))
    return FALSE;
  *out = SAT_FILE_CSV;
  first_letters (magic, length, text);
  if (begins (magic, length, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8))
    return fail_container (stream, magic, length, cancellable, error);
  if (begins (magic, length, "\x1f\x8b", 2) || begins (magic, length, "BZh", 3) ||
      begins (magic, length, "\xfd\x37zX", 4))
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("the file is compressed; unpack it first"),
                     NULL);
  if (memmem (magic, MIN (length, 16), "%PDF-", 5) != NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this is not a text file; save it as CSV or XLSX"), NULL);
  if (begins (magic, length, "PK\3\4", 4))
    *out = SAT_FILE_XLSX;
  else if (g_ascii_strncasecmp (text, "BEGIN:VCARD", 11) == 0)
    *out = SAT_FILE_VCARD;
  else if (opens (text, '{', "\"}"))
    *out = SAT_FILE_JSON_LINES;
  else if (opens (text, '[', "{"))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the file is one JSON list; write each of its objects on a line of its "
                         "own (JSON lines)"),
                     NULL);
  return TRUE;
}
