/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-bytes.h"

SatReader
sat_reader (const void *data, gsize size)
{
  SatReader reader = { data, data ? (const guint8 *) data + size : NULL, FALSE };

  return reader;
}

guint8
sat_read_byte (SatReader *reader)
{
  if (reader->failed || reader->at >= reader->end)
    {
      reader->failed = TRUE;
      return 0;
    }
  return *reader->at++;
}

guint64
sat_read_uint (SatReader *reader)
{
  guint64 value = 0;

  for (guint shift = 0; shift < 64; shift += 7)
    {
      guint8 byte = sat_read_byte (reader);
      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return reader->failed ? 0 : value;
    }
  reader->failed = TRUE;
  return 0;
}

const guint8 *
sat_read_bytes (SatReader *reader, gsize size)
{
  if (reader->failed || (gsize) (reader->end - reader->at) < size)
    {
      reader->failed = TRUE;
      return NULL;
    }
  const guint8 *bytes = reader->at;
  reader->at += size;
  return bytes;
}

const char *
sat_read_text (SatReader *reader)
{
  guint64 length = sat_read_uint (reader);
  const guint8 *bytes;

  if (reader->failed || length >= (guint64) (reader->end - reader->at))
    {
      reader->failed = TRUE;
      return NULL;
    }
  bytes = sat_read_bytes (reader, (gsize) length + 1);
  if (bytes != NULL && bytes[length] != '\0')
    reader->failed = TRUE;
  return (const char *) bytes;
}

void
sat_write_byte (GByteArray *out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

void
sat_write_uint (GByteArray *out, guint64 value)
{
  guint8 bytes[SAT_UINT_MAX_BYTES];

  g_byte_array_append (out, bytes, (guint) (sat_put_uint (bytes, value) - bytes));
}
