/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a text of unknown encoding: refused with a reason, or one that decodes to UTF-8 (and
 * what is found to be UTF-8 is). */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-encoding.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
decode (const guint8 *data, gsize size, const char *encoding)
{
  g_autoptr (GInputStream) base = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) text = sat_encoding_decode (base, encoding, &error);
  g_autofree char *out = g_malloc (4 * size + 4);
  gsize length = 0;

  g_assert_no_error (error);
  if (!g_input_stream_read_all (text, out, 4 * size + 4, &length, NULL, &error))
    g_assert_cmpstr (encoding, !=, "UTF-8");
  /* Zeros are found when rows are read. */
  for (gsize i = 0; error == NULL && i < length; i++)
    if (out[i] == '\0')
      out[i] = ' ';
  if (error == NULL)
    g_assert_true (g_utf8_validate_len (out, length, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const known[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030", "CP1252", NULL };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_autoptr (GError) error = NULL;
  const char *found;

  if (!sat_encoding_find (stream, &found, NULL, &error))
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_null (found);
      return 0;
    }
  g_assert_true (g_strv_contains (known, found));
  decode (data, size, found);
  return 0;
}
