/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads CSV into one text for comparison: values in [ ], rows ended by newline. */
#pragma once

#include "core/base/sat-error.h"
#include "core/exchange/sat-csv-reader.h"

static inline gboolean
collect_row (const SatCsvRow *row, gpointer data, GError **error)
{
  GString *out = data;

  for (guint i = 0; i < row->n; i++)
    g_string_append_printf (out, "[%s]", row->values[i]);
  g_string_append_c (out, '\n');
  return TRUE;
}

static inline char *
read_csv (const char *text, gsize length, SatCsvPlace *place, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (text, (gssize) length,
                                                                         NULL);
  g_autoptr (GString) out = g_string_new (NULL);

  if (!sat_csv_read (stream, NULL, collect_row, out, place, NULL, error))
    return NULL;
  return g_string_free (g_steal_pointer (&out), FALSE);
}
