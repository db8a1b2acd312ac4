/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bounded reader and a growing writer of LEB128 numbers and byte strings, for the packed columns
 * of the replica. Reading never goes past the end: after the first bad read `failed` stays set and
 * every read gives 0 or NULL. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean failed;
} SatReader;

SatReader sat_reader (const void *data, gsize size);
guint64 sat_read_uint (SatReader *reader);
guint8 sat_read_byte (SatReader *reader);
const guint8 *sat_read_bytes (SatReader *reader, gsize size); /* borrowed from the input */

/* A text with its length before it and a NUL behind; borrowed from the input. */
const char *sat_read_text (SatReader *reader);

#define SAT_UINT_MAX_BYTES 10
/* Writes VALUE at AT, where there is room for SAT_UINT_MAX_BYTES; returns where it ends. */
static inline guint8 *
sat_put_uint (guint8 *at, guint64 value)
{
  for (; value >= 0x80; value >>= 7)
    *at++ = (guint8) (value | 0x80);
  *at++ = (guint8) value;
  return at;
}

void sat_write_uint (GByteArray *out, guint64 value);
void sat_write_byte (GByteArray *out, guint8 value);

G_END_DECLS
