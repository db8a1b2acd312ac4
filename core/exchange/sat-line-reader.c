/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-line-reader.h"

#include <string.h>

#include "core/base/sat-error.h"

#define CHUNK (64 * 1024)

typedef struct
{
  GString *pending; /* the beginning of a line */
  guint64 number;   /* of lines handed over */
  gboolean after_cr;
  gsize max;
  SatLineFunc func;
  gpointer data;
} Reading;

static gboolean
fail_too_long (const Reading *reading, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, reading->number + 1);
  g_autofree char *limit = g_strdup_printf ("%" G_GSIZE_FORMAT, reading->max);

  return sat_fail (error, SAT_ERROR_TOO_LONG, N_ ("line %s is longer than %s bytes"), number, limit,
                   NULL);
}

static gboolean
hand_over (Reading *reading, GError **error)
{
  SatLine line = { ++reading->number, reading->pending->str, reading->pending->len };
  gboolean ok;

  if (line.number == 1 && line.length >= 3 && memcmp (line.text, "\xef\xbb\xbf", 3) == 0)
    {
      line.text += 3;
      line.length -= 3;
    }
  ok = reading->func (&line, reading->data, error);
  g_string_truncate (reading->pending, 0);
  return ok;
}

static gboolean
take_chunk (Reading *reading, const char *at, const char *end, GError **error)
{
  while (at < end)
    {
      const char *stop = at;

      if (reading->after_cr && *at == '\n')
        {
          reading->after_cr = FALSE;
          at++;
          continue;
        }
      reading->after_cr = FALSE;
      while (stop < end && *stop != '\n' && *stop != '\r')
        stop++;
      g_string_append_len (reading->pending, at, stop - at);
      if (reading->pending->len > reading->max)
        return fail_too_long (reading, error);
      if (stop == end)
        return TRUE;
      reading->after_cr = *stop == '\r';
      at = stop + 1;
      if (!hand_over (reading, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fail_reading (const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"), cause->message, NULL);
}

gboolean
sat_lines_read (GInputStream *stream,
                gsize max,
                SatLineFunc func,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *buffer = g_malloc (CHUNK);
  g_autoptr (GString) pending = g_string_new (NULL);
  g_autoptr (GError) cause = NULL;
  Reading reading = { .pending = pending, .max = max, .func = func, .data = data };

  for (;;)
    {
      gsize length;

      if (g_cancellable_set_error_if_cancelled (cancellable, &cause) ||
          !g_input_stream_read_all (stream, buffer, CHUNK, &length, cancellable, &cause))
        return fail_reading (cause, error);
      if (length == 0)
        return pending->len == 0 || hand_over (&reading, error);
      if (!take_chunk (&reading, buffer, buffer + length, error))
        return FALSE;
    }
}
