/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-import-bytes.h"

#include "core/base/sat-error.h"

void
sat_import_bytes_clear (SatImportBytes *source)
{
  g_clear_object (&source->file);
  g_clear_pointer (&source->bytes, g_bytes_unref);
}

gboolean
sat_import_bytes_fail (const GError *cause, GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped; nothing was changed"), NULL);
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot read the file: %s"), cause->message, NULL);
}

GInputStream *
sat_import_bytes_open (const SatImportBytes *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  GFileInputStream *stream;

  if (source->bytes != NULL)
    return g_memory_input_stream_new_from_bytes (source->bytes);
  stream = g_file_read (source->file, cancellable, &cause);
  if (stream != NULL)
    return G_INPUT_STREAM (stream);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sat_import_bytes_fail (cause, error);
  else
    {
      g_autofree char *name = g_file_get_parse_name (source->file);

      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read the file “%s”: %s"), name,
                cause->message, NULL);
    }
  return NULL;
}

guint64
sat_import_bytes_size (const SatImportBytes *source)
{
  g_autoptr (GFileInfo) info = NULL;

  if (source->bytes != NULL)
    return g_bytes_get_size (source->bytes);
  info = g_file_query_info (source->file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                            NULL, NULL);
  return info != NULL ? (guint64) g_file_info_get_size (info) : 0;
}
