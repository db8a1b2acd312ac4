/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The packed reader never passes the end and never recovers from a bad read. */
#include "core/base/sat-bytes.h"

static void
test_numbers (void)
{
  static const guint64 numbers[] = { 0,     1,           127,        128,        16383,
                                     16384, G_MAXUINT32, G_MAXINT64, G_MAXUINT64 };
  static const guint sizes[] = { 1, 1, 1, 2, 2, 3, 5, 9, 10 };
  g_autoptr (GByteArray) out = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      guint before = out->len;

      sat_write_uint (out, numbers[i]);
      g_assert_cmpuint (out->len - before, ==, sizes[i]);
    }
  SatReader reader = sat_reader (out->data, out->len);
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpuint (sat_read_uint (&reader), ==, numbers[i]);
  g_assert_false (reader.failed);
  g_assert_true (reader.at == reader.end);
  g_assert_cmpuint (sat_read_uint (&reader), ==, 0);
  g_assert_true (reader.failed);
}

/* Every cut of a good text fails exactly where it is cut, and stays failed. */
static void
test_cut (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  sat_write_uint (out, 300);
  sat_write_byte (out, 7);
  g_byte_array_append (out, (const guint8 *) "abc", 3);
  for (guint size = 0; size <= out->len; size++)
    {
      g_autofree guint8 *copy = g_memdup2 (out->data, size);
      SatReader reader = sat_reader (copy, size);
      guint64 number = sat_read_uint (&reader);
      guint8 byte = sat_read_byte (&reader);
      const guint8 *bytes = sat_read_bytes (&reader, 3);

      g_assert_cmpuint (number, ==, size >= 2 ? 300 : 0);
      g_assert_cmpuint (byte, ==, size >= 3 ? 7 : 0);
      g_assert_true ((bytes != NULL) == (size == out->len));
      g_assert_true (reader.failed == (size < out->len));
      if (reader.failed)
        g_assert_null (sat_read_bytes (&reader, 0));
    }
}

static void
test_endless_number (void)
{
  guint8 bytes[16];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = 0xff;
  SatReader reader = sat_reader (bytes, sizeof bytes);
  g_assert_cmpuint (sat_read_uint (&reader), ==, 0);
  g_assert_true (reader.failed);

  reader = sat_reader (NULL, 0);
  g_assert_cmpuint (sat_read_byte (&reader), ==, 0);
  g_assert_true (reader.failed);

  reader = sat_reader (bytes, sizeof bytes);
  g_assert_null (sat_read_bytes (&reader, G_MAXSIZE));
  g_assert_true (reader.failed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/bytes/numbers", test_numbers);
  g_test_add_func ("/base/bytes/cut", test_cut);
  g_test_add_func ("/base/bytes/endless-number", test_endless_number);
  return g_test_run ();
}
