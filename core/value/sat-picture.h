/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures as values: the base64 text of a file that a photo or a logo came in. What kind of file
 * it is, its first bytes say; nothing here looks further into it, since pictures come from anywhere
 * and only a program that shows one has to decode it. All functions are pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest picture, in bytes of its file (part of the change-set format). */
#define SAT_PICTURE_MAX (64 * 1024)
/* The longest canonical text of one. */
#define SAT_PICTURE_TEXT_MAX ((SAT_PICTURE_MAX + 2) / 3 * 4)

typedef enum
{
  SAT_PICTURE_JPEG,
  SAT_PICTURE_PNG,
  SAT_PICTURE_GIF,
  SAT_PICTURE_WEBP,
  SAT_N_PICTURES
} SatPictureKind;

/* What people call the kind: "JPEG". */
const char *sat_picture_name (SatPictureKind kind);
/* What programs call it: "image/jpeg". */
const char *sat_picture_media (SatPictureKind kind);

/* The kind of the file that begins with BYTES; FALSE: none that can be kept. KIND may be NULL. */
gboolean sat_picture_recognise (const guint8 *bytes, gsize size, SatPictureKind *kind);

/* Kind and size in bytes of the picture that VALUE (not NULL) is; FALSE: it is none in canonical
 * spelling. */
gboolean sat_picture_look (const char *value, SatPictureKind *kind, gsize *size);
/* The size as people read it: in units of 1,024 bytes, 1 at least. */
gsize sat_picture_kilobytes (gsize size);

/* The canonical text of a file. NULL: TOO_LONG, or INVALID where it is no picture of a kind above.
 * Newly allocated. */
char *
sat_picture_from_bytes (const guint8 *bytes, gsize size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The file that VALUE is; NULL: it is no picture in canonical spelling. Newly allocated. */
GBytes *sat_picture_bytes (const char *value) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
