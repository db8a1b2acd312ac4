/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file to import: refused with a reason, or columns and rows that keep what
 * core/exchange/sat-import-file.h promises, the same at each reading. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-import-file.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
on_row (const SatImportRow *row, gpointer data, GError **error)
{
  guint *hash = data;

  g_assert_cmpuint (row->row, >, 0);
  for (guint i = 0; i < row->n; i++)
    {
      g_assert_true (g_utf8_validate (row->values[i], -1, NULL));
      *hash = *hash * 31 + g_str_hash (row->values[i]);
    }
  return TRUE;
}

static guint
read_rows (SatImportFile *file)
{
  g_autoptr (GError) error = NULL;
  guint hash = 0;

  if (!sat_import_file_read (file, on_row, &hash, NULL, NULL, &error))
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
  return hash;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  for (int no_header = 0; no_header < 2; no_header++)
    {
      const SatFileOptions options = { .no_header = no_header };
      g_autoptr (GBytes) bytes = g_bytes_new (data, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (SatImportFile) file = sat_import_file_open_bytes (bytes, &options, &error);

      g_assert_true ((file == NULL) == (error != NULL));
      if (file == NULL)
        continue;
      g_assert_cmpuint (g_strv_length ((char **) sat_import_file_columns (file)), ==,
                        sat_import_file_n_columns (file));
      for (guint i = 0; i < sat_import_file_n_columns (file); i++)
        g_assert_true (g_utf8_validate (sat_import_file_columns (file)[i], -1, NULL));
      g_assert_cmpuint (read_rows (file), ==, read_rows (file));
    }
  return 0;
}
