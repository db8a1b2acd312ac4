/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-line.h"

#include <string.h>

#include "core/base/sat-error.h"

static const SatVcardText utf8 = { "UTF-8", TRUE };
static const SatVcardText latin = { "CP1252", FALSE };

static SatVcardProperty *
parse (const char *line, const SatVcardText *text)
{
  g_autoptr (GError) error = NULL;
  SatVcardProperty *property = sat_vcard_property_parse (line, strlen (line), text, 7, 0, &error);

  g_assert_true ((property == NULL) == (error != NULL));
  if (error != NULL)
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "line 7"));
    }
  return property;
}

static void
test_head (void)
{
  static const struct
  {
    const char *line;
    const char *says; /* GROUP NAME TYPES PREF VALUE */
  } cases[] = {
    { "FN:A", "- FN  0 A" },
    { " fn : A", "- FN  0  A" },
    { "item1.TEL;TYPE=\"work,Voice\";TYPE=work;PREF=1:+1", "item1 TEL work,voice 1 +1" },
    { "TEL;WORK;PREF;X-FOO=a;7BIT:1", "- TEL work,pref 0 1" },
    { "IMPP;X-SERVICE-TYPE=WeChat:x:y", "- IMPP wechat 0 x:y" },
    { "ADR;LABEL=\"a:b;c\";TYPE=home:;;d", "- ADR home 0 ;;d" },
    { "NOTE;X=\"never closed:a", "- NOTE  0 a" },
    { "TEL;:1", "- TEL  0 1" },
    { "TEL;PREF=1000:", "- TEL  100 " },
    { "NOTE;CHARSET=\"UTF-8\":\xc3\x84", "- NOTE  0 Ä" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatVcardProperty) property = parse (cases[i].line, &utf8);
      g_autofree char *types = g_strjoinv (",", property->types);
      g_autofree char *text = g_strdup_printf (
          "%s %s %s %u %s", property->group != NULL ? property->group : "-", property->name, types,
          property->pref, property->value);

      g_assert_cmpstr (text, ==, cases[i].says);
      g_assert_cmpuint (property->line, ==, 7);
    }
}

static void
test_encodings (void)
{
  static const struct
  {
    const char *line;
    const SatVcardText *text;
    const char *value; /* NULL: refused */
  } cases[] = {
    { "N;ENCODING=QUOTED-PRINTABLE:=C3=84=\t=3", &utf8, "Ä=\t=3" },
    { "N;QUOTED-PRINTABLE;CHARSET=GB2312:=C9=CF=BA=A3", &utf8, "上海" },
    { "N;CHARSET=GBK:\xc9\xcf\xba\xa3", &latin, "上海" },
    { "N;CHARSET=ISO-8859-1:\xe9", &latin, "é" },
    { "N:\xe9", &latin, "é" },
    { "N:\xc3\x84", &latin, "Ä" },
    /* The label is from before the file was saved in UTF-8. */
    { "N;CHARSET=ISO-8859-1:\xc3\x84", &utf8, "Ä" },
    { "N;CHARSET=ISO-2022-JP:\x1b$B;3\x1b(B", &utf8, "山" },
    { "N:\xe9", &utf8, NULL },
    { "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E9", &latin, NULL },
    { "N;CHARSET=klingon:a", &utf8, NULL },
    { "N;ENCODING=QUOTED-PRINTABLE:=00", &utf8, NULL },
    { "no colon", &utf8, NULL },
    { ":no name", &utf8, NULL },
    { "A B:no name", &utf8, NULL },
    { "", &utf8, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatVcardProperty) property = parse (cases[i].line, cases[i].text);

      g_assert_true ((property != NULL) == (cases[i].value != NULL));
      if (property != NULL)
        g_assert_cmpstr (property->value, ==, cases[i].value);
    }
}

static void
test_binary (void)
{
  static const char *const lines[] = { "PHOTO;ENCODING=b;TYPE=JPEG:AAAA", "PHOTO;JPEG;BASE64:AAAA",
                                       "PHOTO:data:image/jpeg;base64,A" };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autoptr (SatVcardProperty) property = parse (lines[i], &utf8);
      SatVcardHead head = sat_vcard_head (lines[i], strlen (lines[i]));

      g_assert_true (property->binary);
      g_assert_cmpstr (property->value, ==, "");
      g_assert_cmpuint (property->size, >=, 3);
      g_assert_true (head.binary);
      g_assert_cmpuint (head.value, ==, strchr (lines[i], ':') + 1 - lines[i]);
    }
  g_assert_cmpuint (sat_vcard_head ("PHOTO;ENC", 9).value, ==, 0);
  g_assert_true (sat_vcard_head ("A;ENCODING=QUOTED-PRINTABLE:", 28).quoted_printable);
  g_assert_false (sat_vcard_head ("PHOTO;VALUE=uri:http://a", 24).binary);
}

static void
test_meaning (void)
{
  static const struct
  {
    const char *value;
    SatVcardVersion version;
    const char *parts; /* joined by | */
  } cases[] = {
    { "a\\;b;c\\,d,e;\\n\\N\\\\", SAT_VCARD_4_0, "a;b|c,d,e|\n\n\\" },
    { "http\\://a \\\"q\\\" C:\\temp \\", SAT_VCARD_3_0, "http://a \"q\" C:\\temp \\" },
    { "a\\;b\\,c\\nd\\\\;e", SAT_VCARD_2_1, "a;b\\,c\\nd\\;e" },
    { "", SAT_VCARD_3_0, "" },
    { ";;", SAT_VCARD_3_0, "||" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatVcardProperty property = { .value = (char *) cases[i].value };
      g_auto (GStrv) parts = sat_vcard_property_parts (&property, cases[i].version, ';');
      g_autofree char *joined = g_strjoinv ("|", parts);
      g_autofree char *text = sat_vcard_property_text (&property, cases[i].version);

      g_assert_cmpstr (joined, ==, cases[i].parts);
      g_assert_cmpuint (strlen (text), ==, strlen (joined));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/vcard-line/head", test_head);
  g_test_add_func ("/exchange/vcard-line/encodings", test_encodings);
  g_test_add_func ("/exchange/vcard-line/binary", test_binary);
  g_test_add_func ("/exchange/vcard-line/meaning", test_meaning);
  return g_test_run ();
}
