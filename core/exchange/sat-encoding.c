/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One pass that follows every candidate side by side; what is left at the end is the answer. */
#include "core/exchange/sat-encoding.h"

#include <string.h>

#include "core/base/sat-error.h"

#define CHUNK (64 * 1024)

typedef struct
{
  guint64 at;
  guint8 head[3];
  gboolean control;  /* a control character that no text has */
  guint64 zeros[2];  /* at even and at odd places */
  guint utf8_wants;  /* continuation bytes still to come */
  guint8 utf8_least; /* bounds of the next one */
  guint8 utf8_most;
  gboolean utf8_bad;
  guint gb_state; /* bytes of the character read so far */
  guint8 gb_first;
  gboolean gb_bad;
  guint64 gb_common; /* characters that everyday Chinese text is made of: GB 2312, level 1 */
  guint64 gb_rare;   /* other pairs of high bytes */
  guint64 gb_odd;    /* characters with an ASCII byte, as accented letters before a letter look */
  gboolean latin_bad;
  guint high_run;
  guint longest_run; /* of bytes above 0x7f */
} Scan;

static void
begin_utf8 (Scan *scan, guint8 c)
{
  scan->utf8_least = 0x80;
  scan->utf8_most = 0xbf;
  if (c < 0x80)
    return;
  if (c >= 0xc2 && c <= 0xdf)
    scan->utf8_wants = 1;
  else if (c >= 0xe0 && c <= 0xef)
    scan->utf8_wants = 2;
  else if (c >= 0xf0 && c <= 0xf4)
    scan->utf8_wants = 3;
  else
    scan->utf8_bad = TRUE;
  if (c == 0xe0)
    scan->utf8_least = 0xa0;
  else if (c == 0xf0)
    scan->utf8_least = 0x90;
  else if (c == 0xed)
    scan->utf8_most = 0x9f;
  else if (c == 0xf4)
    scan->utf8_most = 0x8f;
}

static void
scan_utf8 (Scan *scan, guint8 c)
{
  if (scan->utf8_wants == 0)
    {
      begin_utf8 (scan, c);
      return;
    }
  if (c < scan->utf8_least || c > scan->utf8_most)
    scan->utf8_bad = TRUE;
  scan->utf8_least = 0x80;
  scan->utf8_most = 0xbf;
  scan->utf8_wants--;
}

/* The second byte of a character: one of two, or the second of four. */
static void
scan_gb_second (Scan *scan, guint8 c)
{
  scan->gb_state = 0;
  if (c >= 0x30 && c <= 0x39)
    scan->gb_state = 2;
  else if (c < 0x40 || c == 0x7f || c == 0xff)
    scan->gb_bad = TRUE;
  else if (c < 0x80)
    scan->gb_odd++;
  else if (c >= 0xa1 && ((scan->gb_first >= 0xa1 && scan->gb_first <= 0xa3) ||
                         (scan->gb_first >= 0xb0 && scan->gb_first <= 0xd7)))
    scan->gb_common++;
  else
    scan->gb_rare++;
}

static void
scan_gb (Scan *scan, guint8 c)
{
  switch (scan->gb_state)
    {
    case 0:
      if (c == 0x80 || c == 0xff)
        scan->gb_bad = TRUE;
      else if (c > 0x80)
        scan->gb_state = 1;
      scan->gb_first = c;
      break;
    case 1:
      scan_gb_second (scan, c);
      break;
    case 2:
      scan->gb_bad |= c < 0x81 || c == 0xff;
      scan->gb_state = 3;
      break;
    default:
      scan->gb_bad |= c < 0x30 || c > 0x39;
      scan->gb_state = 0;
      break;
    }
}

static void
scan_byte (Scan *scan, guint8 c)
{
  if (scan->at < sizeof scan->head)
    scan->head[scan->at] = c;
  if (c == 0)
    scan->zeros[scan->at & 1]++;
  else if (c < 0x20 && strchr ("\t\n\r\f\v\x1a", c) == NULL)
    scan->control = TRUE;
  scan->at++;
  scan_utf8 (scan, c);
  scan_gb (scan, c);
  scan->latin_bad |= c == 0x81 || c == 0x8d || c == 0x8f || c == 0x90 || c == 0x9d;
  scan->high_run = c >= 0x80 ? scan->high_run + 1 : 0;
  scan->longest_run = MAX (scan->longest_run, scan->high_run);
}

static gboolean
scan_stream (Scan *scan, GInputStream *stream, GCancellable *cancellable, GError **error)
{
  g_autofree guint8 *buffer = g_malloc (CHUNK);
  g_autoptr (GError) cause = NULL;
  gssize n;

  while ((n = g_input_stream_read (stream, buffer, CHUNK, cancellable, &cause)) > 0)
    for (gssize i = 0; i < n; i++)
      scan_byte (scan, buffer[i]);
  if (n == 0)
    return TRUE;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"), cause->message, NULL);
}

/* UTF-16 without a mark: commas and line ends have their zero always on the same side. */
static const char *
find_utf16 (const Scan *scan)
{
  if (scan->zeros[0] == 0 && scan->zeros[1] > scan->at / 20)
    return "UTF-16LE";
  if (scan->zeros[1] == 0 && scan->zeros[0] > scan->at / 20)
    return "UTF-16BE";
  return NULL;
}

static const char *
find_legacy (const Scan *scan)
{
  gboolean gb = !scan->gb_bad && scan->gb_state == 0;

  if (gb && scan->gb_common > 10 * scan->gb_odd && scan->gb_common > 2 * scan->gb_rare)
    return "GB18030";
  if (scan->latin_bad || scan->longest_run > 2)
    return NULL;
  return !gb || scan->gb_common + scan->gb_rare == 0 ? "CP1252" : NULL;
}

gboolean
sat_encoding_find (GInputStream *stream,
                   const char **out,
                   GCancellable *cancellable,
                   GError **error)
{
  Scan scan = { 0 };

  *out = NULL;
  if (!scan_stream (&scan, stream, cancellable, error))
    return FALSE;
  if (scan.at >= 2 && scan.head[0] == 0xff && scan.head[1] == 0xfe)
    *out = "UTF-16LE";
  else if (scan.at >= 2 && scan.head[0] == 0xfe && scan.head[1] == 0xff)
    *out = "UTF-16BE";
  else if (scan.zeros[0] + scan.zeros[1] > 0)
    *out = find_utf16 (&scan);
  else if (!scan.utf8_bad && scan.utf8_wants == 0)
    *out = "UTF-8";
  else if (!scan.control)
    *out = find_legacy (&scan);
  if (*out != NULL)
    return TRUE;
  if (scan.control || scan.zeros[0] + scan.zeros[1] > 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this is not a text file; save it as CSV or XLSX"), NULL);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("how the text is encoded cannot be told with certainty; name the encoding, "
                       "or save the file as CSV in UTF-8"),
                   NULL);
}

char *
sat_encoding_name (const char *text, GError **error)
{
  static const char *const names[][2] = {
    { "utf8", "UTF-8" },         { "utf16", "UTF-16" },    { "utf16le", "UTF-16LE" },
    { "utf16be", "UTF-16BE" },   { "gb18030", "GB18030" }, { "gbk", "GB18030" },
    { "gb2312", "GB18030" },     { "latin1", "CP1252" },   { "iso88591", "CP1252" },
    { "windows1252", "CP1252" }, { "cp1252", "CP1252" },
  };
  g_autoptr (GString) key = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (key, g_ascii_tolower (*p));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i][0], key->str))
      return g_strdup (names[i][1]);
  g_autoptr (GCharsetConverter) converter = g_charset_converter_new ("UTF-8", text, NULL);
  if (converter != NULL && key->len > 0)
    return g_strdup (text);
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("there is no encoding “%s”; such as UTF-8, UTF-16, GB18030, Latin-1"), text, NULL);
  return NULL;
}

GInputStream *
sat_encoding_decode (GInputStream *base, const char *encoding, GError **error)
{
  g_autoptr (GCharsetConverter) converter = NULL;
  g_autoptr (GError) cause = NULL;

  if (g_str_equal (encoding, "UTF-8"))
    return g_object_ref (base);
  converter = g_charset_converter_new ("UTF-8", encoding, &cause);
  if (converter != NULL)
    return g_converter_input_stream_new (base, G_CONVERTER (converter));
  sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"), cause->message, NULL);
  return NULL;
}
