/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-history-page.h"

#include <string.h>

/* In the byte of flags, beside the public ones. */
enum
{
  HAS_ELEMENT = 1 << 6,
  HAS_VALUE = 1 << 7,
};

static void
put_text (GByteArray *page, const char *text)
{
  gsize length = text ? strlen (text) : 0;

  if (text == NULL)
    return;
  sat_write_uint (page, length);
  g_byte_array_append (page, (const guint8 *) text, (guint) length + 1);
}

void
sat_history_put (GByteArray *page, const SatHistoryEntry *entry)
{
  const SatSibling *replaced = &entry->replaced;
  guint8 head[1 + 7 * SAT_UINT_MAX_BYTES + sizeof (guint64)];
  guint64 time = GUINT64_TO_BE (replaced->hlc);
  guint8 *at = head + 1;

  head[0] = (guint8) entry->flags;
  if (entry->flags & SAT_HISTORY_GONE)
    {
      g_byte_array_append (page, head, 1);
      return;
    }
  head[0] |= (guint8) ((replaced->element ? HAS_ELEMENT : 0) | (replaced->value ? HAS_VALUE : 0));
  at = sat_put_uint (at, entry->object);
  at = sat_put_uint (at, (guint64) entry->row);
  at = sat_put_uint (at, (guint64) entry->previous);
  at = sat_put_uint (at, replaced->field);
  at = sat_put_uint (at, replaced->dot.book);
  at = sat_put_uint (at, replaced->dot.device);
  at = sat_put_uint (at, replaced->dot.number);
  memcpy (at, &time, sizeof time);
  g_byte_array_append (page, head, (guint) (at + sizeof time - head));
  put_text (page, replaced->element);
  put_text (page, replaced->value);
}

static gboolean
read_numbers (SatReader *reader, SatHistoryEntry *out)
{
  const guint8 *time;

  out->object = (guint32) sat_read_uint (reader);
  out->row = (gint64) sat_read_uint (reader);
  out->previous = (gint64) sat_read_uint (reader);
  out->replaced.field = (guint32) sat_read_uint (reader);
  out->replaced.dot.book = (guint32) sat_read_uint (reader);
  out->replaced.dot.device = (guint32) sat_read_uint (reader);
  out->replaced.dot.number = sat_read_uint (reader);
  time = sat_read_bytes (reader, sizeof out->replaced.hlc);
  if (time == NULL)
    return FALSE;
  memcpy (&out->replaced.hlc, time, sizeof out->replaced.hlc);
  out->replaced.hlc = GUINT64_FROM_BE (out->replaced.hlc);
  return TRUE;
}

gboolean
sat_history_read (SatReader *reader, SatHistoryEntry *out)
{
  guint8 flags;

  memset (out, 0, sizeof *out);
  if (reader->failed || reader->at == reader->end)
    return FALSE;
  flags = sat_read_byte (reader);
  out->flags = flags & (guint) ~(HAS_ELEMENT | HAS_VALUE);
  if (flags & SAT_HISTORY_GONE)
    return TRUE;
  if (!read_numbers (reader, out))
    return FALSE;
  out->replaced.automatic = (flags & SAT_HISTORY_AUTO) != 0;
  if (flags & HAS_ELEMENT)
    out->replaced.element = sat_read_text (reader);
  if (flags & HAS_VALUE)
    out->replaced.value = sat_read_text (reader);
  return !reader->failed;
}
