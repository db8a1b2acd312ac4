/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture: what is one, how it is spelled, how large it may be. */
#include "core/value/sat-picture.h"

#include "value-cases.h"

#define GIF "R0lGODlhAQABAAAAACw="
#define PNG "iVBORw0KGgoAAAANSUhEUg=="
#define JPEG "/9j/4AAQSkZJRg=="
#define WEBP "UklGRgQAAABXRUJQVlA4"

static void
test_accepts (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { " \r\n", NULL },
    { GIF, GIF },
    { PNG, PNG },
    { JPEG, JPEG },
    { WEBP, WEBP },
    { "R0lGODlh\r\n AQAB\tAAAAACw=\n", GIF },
    { "R0lGODlhAQABAAAAACw", GIF },
    { "data:image/gif;base64," GIF, GIF },
    { "DATA:image/jpeg;charset=x;BASE64, " JPEG "\n", JPEG },
    { "data:;base64," PNG, PNG },
  };

  check_accepts (SAT_TYPE_PICTURE, NULL, cases, G_N_ELEMENTS (cases));
}

static void
test_refuses (void)
{
  CHECK_REFUSES (SAT_TYPE_PICTURE, NULL, "photo.jpg", "https://example.com/a.jpg", "R0lGODlhA",
                 "R0lGODlhAR==", "R0l=ODlhAQAB", "data:image/gif," GIF, "data:image/gif;base64",
                 "data:image/gif;base64,", "aGVsbG8gd29ybGQgaGVsbG8=", "PHN2Zy8+", "====", "\xff",
                 "\xe4\xb8\xad");
  CHECK_NOT_CANONICAL (SAT_TYPE_PICTURE, "", " " GIF, GIF "\n", "R0lGODlhAQABAAAAACw",
                       "R0lGODlhAR==", "R0lGODlhAQABAAAAAC=w", "data:image/gif;base64," GIF,
                       "aGVsbG8gd29ybGQgaGVsbG8=", "R0lGODlh\nAQAB");
}

static void
assert_message (const char *input, const char *message)
{
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_type_get (SAT_TYPE_PICTURE)->parse (NULL, input, &out, &error));
  g_assert_cmpstr (error->message, ==, message);
}

/* What is wrong, and what to do. */
static void
test_messages (void)
{
  g_autofree guint8 *bytes = g_malloc0 (70 * 1024);
  g_autofree char *large = NULL;

  memcpy (bytes, "GIF89a", 6);
  large = g_base64_encode (bytes, 70 * 1024);
  assert_message (large, "the picture has 70 kB, and 64 kB can be kept; make it smaller, such as "
                         "256 pixels wide");
  assert_message ("portrait of Li", "“portrait of Li” is not the text of a picture; give the file "
                                    "as @FILE, or its base64 text");
  assert_message ("aGVsbG8gd29ybGQgaGVsbG8=", "this is no picture of a kind that can be kept; take "
                                              "a JPEG, PNG, GIF or WebP");
}

static void
test_limit (void)
{
  g_autofree guint8 *bytes = g_malloc0 (SAT_PICTURE_MAX + 1);
  g_autofree char *full = NULL;
  g_autofree char *over = NULL;
  g_autoptr (GError) error = NULL;

  memcpy (bytes, "\xff\xd8\xff", 3);
  full = sat_picture_from_bytes (bytes, SAT_PICTURE_MAX, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (full), ==, SAT_PICTURE_TEXT_MAX);
  check_canonical (SAT_TYPE_PICTURE, NULL, full);
  over = g_base64_encode (bytes, SAT_PICTURE_MAX + 1);
  check_refuses (SAT_TYPE_PICTURE, NULL, over, SAT_ERROR_TOO_LONG);
  g_assert_false (sat_type_get (SAT_TYPE_PICTURE)->canonical (over, strlen (over)));
  g_assert_null (sat_picture_from_bytes (bytes, SAT_PICTURE_MAX + 1, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
}

static void
test_files (void)
{
  static const struct
  {
    const char *text;
    const char *name;
    const char *media;
    gsize size;
  } cases[] = {
    { JPEG, "JPEG", "image/jpeg", 10 },
    { PNG, "PNG", "image/png", 16 },
    { GIF, "GIF", "image/gif", 14 },
    { WEBP, "WebP", "image/webp", 15 },
  };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = sat_picture_bytes (cases[i].text);
      g_autofree char *again = NULL;
      SatPictureKind kind;
      gsize size;

      g_assert_true (sat_picture_look (cases[i].text, &kind, &size));
      g_assert_cmpuint (size, ==, cases[i].size);
      g_assert_cmpuint (g_bytes_get_size (bytes), ==, size);
      g_assert_cmpstr (sat_picture_name (kind), ==, cases[i].name);
      g_assert_cmpstr (sat_picture_media (kind), ==, cases[i].media);
      again = sat_picture_from_bytes (g_bytes_get_data (bytes, NULL), size, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (again, ==, cases[i].text);
      for (gsize n = 0; n < 3; n++) /* too short for any mark */
        g_assert_false (sat_picture_recognise (g_bytes_get_data (bytes, NULL), n, NULL));
    }
  g_assert_null (sat_picture_bytes ("R0lGODlh\n"));
  g_assert_null (sat_picture_from_bytes ((const guint8 *) "RIFF", 4, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_cmpuint (sat_picture_kilobytes (1), ==, 1);
  g_assert_cmpuint (sat_picture_kilobytes (1025), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/picture/accepts", test_accepts);
  g_test_add_func ("/value/picture/refuses", test_refuses);
  g_test_add_func ("/value/picture/messages", test_messages);
  g_test_add_func ("/value/picture/limit", test_limit);
  g_test_add_func ("/value/picture/files", test_files);
  return g_test_run ();
}
