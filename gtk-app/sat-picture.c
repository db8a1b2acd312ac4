/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small file can claim to be a huge picture; such a one is not decoded. */
#include "config.h"

#include "gtk-app/sat-picture.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "core/value/sat-picture.h"

#define LONGEST 512                     /* pixels */
#define MOST_PIXELS (64 * 1024 * 1024)  /* of a picture that is looked at */
#define LARGEST_FILE (64 * 1024 * 1024) /* bytes */

static void
size_cb (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  int longest = MAX (width, height);

  if ((gint64) width * height > MOST_PIXELS)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (longest > LONGEST)
    gdk_pixbuf_loader_set_size (loader, MAX (width * LONGEST / longest, 1),
                                MAX (height * LONGEST / longest, 1));
}

/* As it is to be seen, whatever way the camera was held; NULL: it is broken. */
static GdkPixbuf *
decode (const guint8 *bytes, gsize size)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf = NULL;
  gboolean whole;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_cb), NULL);
  whole = gdk_pixbuf_loader_write (loader, bytes, size, NULL);
  whole = gdk_pixbuf_loader_close (loader, NULL) && whole;
  if (whole)
    pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  return pixbuf != NULL ? gdk_pixbuf_apply_embedded_orientation (pixbuf) : NULL;
}

GdkTexture *
sat_picture_texture (const char *value)
{
  g_autoptr (GBytes) bytes = value != NULL ? sat_picture_bytes (value) : NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  if (bytes != NULL)
    pixbuf = decode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return pixbuf != NULL ? gdk_texture_new_for_pixbuf (pixbuf) : NULL;
}

/* JPEG knows nothing that can be looked through. */
static char *
encode (GdkPixbuf *pixbuf, GError **error)
{
  static const char *const qualities[] = { "85", "70", "50", "25" };
  g_autoptr (GdkPixbuf) opaque = gdk_pixbuf_composite_color_simple (
      pixbuf, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf), GDK_INTERP_NEAREST,
      255, 16, 0xffffff, 0xffffff);

  for (guint i = 0; opaque != NULL && i < G_N_ELEMENTS (qualities); i++)
    {
      g_autofree char *bytes = NULL;
      gsize size;

      if (gdk_pixbuf_save_to_buffer (opaque, &bytes, &size, "jpeg", NULL, "quality", qualities[i],
                                     NULL) &&
          size <= SAT_PICTURE_MAX)
        return sat_picture_from_bytes ((const guint8 *) bytes, size, error);
    }
  if (opaque != NULL && MAX (gdk_pixbuf_get_width (opaque), gdk_pixbuf_get_height (opaque)) > 64)
    {
      g_autoptr (GdkPixbuf) half = gdk_pixbuf_scale_simple (
          opaque, (gdk_pixbuf_get_width (opaque) + 1) / 2, (gdk_pixbuf_get_height (opaque) + 1) / 2,
          GDK_INTERP_BILINEAR);

      return encode (half, error);
    }
  sat_fail (error, SAT_ERROR_TOO_LONG, N_ ("the picture cannot be made small enough"), NULL);
  return NULL;
}

char *
sat_picture_from_file (GFile *file, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, NULL, error);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  const guint8 *data;
  gsize size;

  if (stream != NULL)
    bytes = g_input_stream_read_bytes (G_INPUT_STREAM (stream), LARGEST_FILE, NULL, error);
  if (bytes == NULL)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  pixbuf = size > 0 ? decode (data, size) : NULL;
  if (pixbuf == NULL)
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("this file is no picture that can be shown; choose another one"), NULL);
      return NULL;
    }
  if (size <= SAT_PICTURE_MAX && sat_picture_recognise (data, size, NULL))
    return sat_picture_from_bytes (data, size, error);
  return encode (pixbuf, error);
}
