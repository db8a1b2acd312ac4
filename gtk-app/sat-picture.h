/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures on the screen, and files as pictures that a field can hold. Any thread may call these.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What VALUE (may be NULL) looks like, 512 pixels wide and high at most; NULL: it is no picture, or
 * its data are broken. */
GdkTexture *sat_picture_texture (const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* The canonical value of a file: itself where it is small enough, else a JPEG of it, 512 pixels
 * wide and high at most. Fails where it is no picture. Newly allocated. */
char *sat_picture_from_file (GFile *file, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
