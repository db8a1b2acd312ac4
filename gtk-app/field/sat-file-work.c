/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-file-work.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace-files.h"

/* ---- in ------------------------------------------------------------------------------------ */

/* A byte more than there may be, at most: then core says how large is too large. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char *name = g_file_get_parse_name (file);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, &cause);
  g_autofree guint8 *data = g_malloc (SAT_FILE_MAX + 1);
  gsize length = 0;

  if (stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), data, SAT_FILE_MAX + 1,
                                                 &length, cancellable, &cause))
    return g_bytes_new (data, length);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&cause));
  else
    sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read the file “%s”: %s"), name,
              cause->message, NULL);
  return NULL;
}

static gpointer
attach (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  GFile *file = data;
  g_autoptr (GBytes) bytes = read_file (file, cancellable, error);
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char *name = g_file_get_basename (file);

  if (bytes == NULL)
    return NULL;
  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_DISPLAY_NAME, G_FILE_QUERY_INFO_NONE,
                            cancellable, NULL);
  return sat_workspace_attach (workspace, info ? g_file_info_get_display_name (info) : name, bytes,
                               error);
}

void
sat_file_work_attach (SatService *service,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_write (service, attach, g_object_ref (file), g_object_unref, g_free, cancellable,
                     callback, user_data);
}

/* ---- out ----------------------------------------------------------------------------------- */

typedef struct
{
  char *value;
  GFile *target; /* NULL: a folder of its own */
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->value);
  g_clear_object (&writing->target);
  g_free (writing);
}

/* Files that were looked at stay until the session ends, or the cache is emptied: a program may
 * still have one open. */
static GFile *
place_of (const char *value, GError **error)
{
  g_autofree char *name = sat_attachment_name (value);
  g_autofree char *folder = NULL;
  char hex[SAT_FILE_HEX_SIZE];
  SatFile file;

  if (!sat_attachment_look (value, strlen (value), &file, NULL))
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("this value does not say which file it is"), NULL);
      return NULL;
    }
  folder = g_build_filename (g_get_user_runtime_dir (), "satchel", "files",
                             sat_file_hex (&file, hex), NULL);
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_file_new_build_filename (folder, name, NULL);
  sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make the folder “%s”: %s"), folder,
            g_strerror (errno), NULL);
  return NULL;
}

static gpointer
write_out (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Writing *writing = data;
  g_autoptr (GBytes) bytes = sat_workspace_attached (workspace, writing->value, error);
  g_autoptr (GFile) target = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GError) cause = NULL;
  gsize size;
  const char *at;

  if (bytes == NULL)
    return NULL;
  target = writing->target ? g_object_ref (writing->target) : place_of (writing->value, error);
  if (target == NULL)
    return NULL;
  at = g_bytes_get_data (bytes, &size);
  if (g_file_replace_contents (target, at != NULL ? at : "", size, NULL, FALSE,
                               G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                               cancellable, &cause))
    return g_steal_pointer (&target);
  name = g_file_get_parse_name (target);
  sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write the file “%s”: %s"), name, cause->message,
            NULL);
  return NULL;
}

void
sat_file_work_write (SatService *service,
                     const char *value,
                     GFile *target,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->value = g_strdup (value);
  writing->target = target != NULL ? g_object_ref (target) : NULL;
  sat_service_read (service, write_out, writing, writing_free, g_object_unref, cancellable,
                    callback, user_data);
}
