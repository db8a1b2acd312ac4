/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-reader.h"

#include <string.h>

#include "core/base/sat-error.h"

static gboolean
on_card (const SatVcard *card, gpointer data, GError **error)
{
  GString *out = data;

  g_string_append_printf (out, "%u@%u", (guint) card->number, (guint) card->line);
  if (card->problem != NULL)
    g_string_append_printf (out, "!%s!", card->problem->message);
  for (guint i = 0; i < card->properties->len; i++)
    {
      const SatVcardProperty *property = g_ptr_array_index (card->properties, i);
      g_autofree char *text = sat_vcard_property_text (property, card->version);

      if (property->binary)
        g_string_append_printf (out, "[%s %u]", property->name, (guint) property->size);
      else
        g_string_append_printf (out, "[%s=%s]", property->name, text);
    }
  g_string_append_c (out, '\n');
  return TRUE;
}

static char *
read_bytes (const char *bytes, gsize length, GError **error)
{
  const SatVcardText text = { "UTF-8", TRUE };
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) length,
                                                                         NULL);
  GString *out = g_string_new (NULL);

  sat_vcard_read (stream, &text, on_card, out, NULL, error);
  return g_string_free (out, FALSE);
}

static void
test_cards (void)
{
  static const char *const cases[][2] = {
    { "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A\r\nEND:VCARD\r\n\r\nbegin:vcard\nFN:B\nend:vcard",
      "1@1[FN=A]\n2@6[FN=B]\n" },
    /* Folded: one blank goes in 3.0, none in 2.1. */
    { "BEGIN:VCARD\nVERSION:3.0\nNOTE:a\n b\n\tc\n  d\nTEL;TYPE=\n HOME:1\nEND:VCARD\n",
      "1@1[NOTE=abc d][TEL=1]\n" },
    { "BEGIN:VCARD\nVERSION:2.1\nNOTE:a\n b\nEND:VCARD\n", "1@1[NOTE=a b]\n" },
    { "BEGIN:VCARD\nVERSION:2.1\nNOTE;QUOTED-PRINTABLE:=C3=\n=84=0D=0A=\n  x=\n\nFN:A\nEND:VCARD\n",
      "1@1[NOTE=Ä\r\n  x][FN=A]\n" },
    /* Photos: indented, not indented, in one line, an address of one. */
    { "BEGIN:VCARD\nVERSION:2.1\nPHOTO;JPEG;BASE64:\n AAAA\n BBBB\n\nPHOTO;BASE64:AAAA\nBBBB\n"
      "PHOTO:http://a/b\nEND:VCARD\n",
      "1@1[PHOTO 6][PHOTO 6][PHOTO=http://a/b]\n" },
    { "BEGIN:VCARD\nVERSION:2.1\nAGENT:\nBEGIN:VCARD\nFN:B\nno colon\nEND:VCARD\nFN:A\nEND:VCARD\n",
      "1@1[AGENT 0][FN=A]\n" },
    /* What is wrong stays with its card. */
    { "BEGIN:VCARD\nFN:A\nBEGIN:VCARD\nFN:B\nEND:VCARD\n",
      "1@1!the card that begins in line 1 has no END:VCARD; the file may be cut off![FN=A]\n"
      "2@3[FN=B]\n" },
    { "BEGIN:VCARD\nVERSION:5.0\njunk\nFN:A\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n",
      "1@1!line 2: “5.0” is no version of vCard; known are 2.1, 3.0 and 4.0![FN=A]\n2@6\n" },
    { "BEGIN:VCARD\njunk\nFN:A",
      "1@1!line 2 is not of the form NAME:VALUE, as every line of a card must be![FN=A]\n" },
    { "\n \n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = read_bytes (cases[i][0], strlen (cases[i][0]), &error);

      g_assert_no_error (error);
      g_assert_cmpstr (out, ==, cases[i][1]);
    }
}

static void
test_outside (void)
{
  static const char *const cases[] = { "FN:A\n", "junk", "BEGIN:VCARD\nEND:VCARD\nEND:VCARD\n",
                                       "BEGIN:VCALENDAR\n" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = read_bytes (cases[i], strlen (cases[i]), &error);

      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, i == 2 ? "line 3 " : "line 1 "));
    }
}

static char *
card_of (const char *line, guint times)
{
  GString *out = g_string_new ("BEGIN:VCARD\nNOTE:n\n");

  for (guint i = 0; i < times; i++)
    g_string_append (out, line);
  return g_string_free (g_string_append (out, "FN:A\nEND:VCARD\n"), FALSE);
}

/* However large the file, what is kept of it is not. */
static void
test_limits (void)
{
  g_autofree char *blank = g_strnfill (64 * 1024, 'x');
  g_autofree char *folded = g_strdup_printf (" %s\n", blank);
  g_autofree char *note = g_strdup_printf ("NOTE:%s\n", blank);
  g_autofree char *long_value = NULL;
  g_autofree char *cards[] = { card_of ("A:b\n", SAT_VCARD_MAX_PROPERTIES + 1),
                               card_of (note, SAT_VCARD_MAX_CARD / (64 * 1024) + 2),
                               card_of (folded, SAT_VCARD_MAX_VALUE / (64 * 1024) + 1) };

  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *out = read_bytes (cards[i], strlen (cards[i]), &error);

      g_assert_no_error (error);
      g_assert_nonnull (strstr (out, "the card is too large"));
      g_clear_pointer (&cards[i], g_free);
    }
  long_value = g_strdup_printf ("BEGIN:VCARD\nPHOTO;ENCODING=b:%s\n", blank);
  g_autofree char *photo = card_of (folded, 2);
  g_autofree char *whole = g_strconcat (long_value, photo + strlen ("BEGIN:VCARD\nNOTE:n\n"), NULL);
  g_autofree char *out = read_bytes (whole, strlen (whole), NULL);
  g_assert_cmpstr (out, ==, "1@1[PHOTO 147456][FN=A]\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/vcard-reader/cards", test_cards);
  g_test_add_func ("/exchange/vcard-reader/outside", test_outside);
  g_test_add_func ("/exchange/vcard-reader/limits", test_limits);
  return g_test_run ();
}
