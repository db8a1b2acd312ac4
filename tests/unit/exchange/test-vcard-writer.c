/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards as they are written, and that reading them gives what was written: contacts and customers
 * with awkward texts in all fields. */
#include "core/exchange/sat-vcard-writer.h"

#include <string.h>

#include "core/exchange/sat-vcard-row.h"

#define ID "01900000-0000-7000-8000-000000000001"
#define ROUNDS 400

static void
test_contact (void)
{
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  const SatObject *object = sat_catalogue_find (catalogue, "contact");
  g_autofree const char **texts = g_new0 (const char *, object->n_fields);
  g_autoptr (GString) out = g_string_new (NULL);
  SatVcardFields fields;

#define SET(name, value) texts[sat_object_find (object, name)->index] = value
  sat_vcard_fields_init (&fields, object);
  SET ("name", "王,小明");
  SET ("customer", "Acme; Inc.");
  SET ("department", "IT");
  SET ("birthday", "1990-05-03");
  SET ("mobile", "138");
  SET ("tags", "a, b c");
  SET ("notes", "one\ntwo\\");
  SET ("role", "buyer");
  sat_vcard_write (out, SAT_VCARD_4_0, &fields, ID, "王,小明", texts);
  g_assert_cmpstr (out->str, ==,
                   "BEGIN:VCARD\r\nVERSION:4.0\r\nPRODID:-//Satchel//Satchel//EN\r\n"
                   "UID:urn:uuid:" ID "\r\nFN:王\\,小明\r\nN:王\\,小明;;;;\r\n"
                   "ORG:Acme\\; Inc.;IT\r\nTEL;TYPE=cell:138\r\nBDAY:19900503\r\n"
                   "CATEGORIES:a,b c\r\nNOTE:one\\ntwo\\\\\r\nX-SATCHEL-ROLE:buyer\r\n"
                   "END:VCARD\r\n");
#undef SET
}

static void
test_customer (void)
{
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  const SatObject *object = sat_catalogue_find (catalogue, "customer");
  g_autofree const char **texts = g_new0 (const char *, object->n_fields);
  SatVcardFields fields;

  sat_vcard_fields_init (&fields, object);
  texts[sat_object_find (object, "kind")->index] = "company";
  texts[sat_object_find (object, "city")->index] = "Bonn";
  texts[sat_object_find (object, "website")->index] = "https://a.cn/?a,b;c\\d";
  texts[sat_object_find (object, "location")->index] = "48.137000,-11.500000";
  for (int old = 0; old < 2; old++)
    {
      g_autoptr (GString) out = g_string_new (NULL);

      sat_vcard_write (out, old ? SAT_VCARD_3_0 : SAT_VCARD_4_0, &fields, ID, "A", texts);
      g_assert_nonnull (strstr (out->str, "\r\nORG:A\r\n"));
      g_assert_nonnull (strstr (out->str, "\r\nADR;TYPE=work:;;;Bonn;;;\r\n"));
      g_assert_nonnull (strstr (out->str, old ? "\r\nGEO:48.137000;-11.500000\r\n"
                                              : "\r\nGEO:geo:48.137000,-11.500000\r\n"));
      g_assert_nonnull (strstr (out->str, "\r\nURL:https://a.cn/?a,b;c\\\\d\r\n"));
      g_assert_nonnull (strstr (out->str, old ? "\r\nX-ABShowAs:COMPANY\r\n" : "\r\nKIND:org\r\n"));
      g_assert_nonnull (strstr (out->str, old ? "\r\nVERSION:3.0\r\n" : "\r\nVERSION:4.0\r\n"));
    }
}

/* As each version has it; a customer that is a person has no logo. */
static void
test_picture (void)
{
  static const struct
  {
    const char *object;
    const char *kind;
    SatVcardVersion version;
    const char *line;
  } cases[] = {
    { "contact", NULL, SAT_VCARD_4_0, "\r\nPHOTO:data:image/gif;base64,R0lGODlhAQABAA==\r\n" },
    { "contact", NULL, SAT_VCARD_3_0, "\r\nPHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAA==\r\n" },
    { "customer", "company", SAT_VCARD_3_0, "\r\nLOGO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAA==\r\n" },
    { "customer", "person", SAT_VCARD_4_0, "\r\nPHOTO:data:image/gif;base64,R0lGODlhAQABAA==\r\n" },
  };
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SatObject *object = sat_catalogue_find (catalogue, cases[i].object);
      g_autofree const char **texts = g_new0 (const char *, object->n_fields);
      g_autoptr (GString) out = g_string_new (NULL);
      SatVcardFields fields;

      sat_vcard_fields_init (&fields, object);
      if (cases[i].kind != NULL)
        texts[fields.slots[SAT_VCARD_KIND]->index] = cases[i].kind;
      texts[fields.slots[SAT_VCARD_PICTURE]->index] = "R0lGODlhAQABAA==";
      sat_vcard_write (out, cases[i].version, &fields, ID, "A", texts);
      g_assert_nonnull (strstr (out->str, cases[i].line));
    }
}

/* ---- there and back ---- */

static const char *const pieces[] = { "a",
                                      "Z",
                                      "0",
                                      " ",
                                      ",",
                                      ";",
                                      ":",
                                      "\\",
                                      "\\n",
                                      "\"",
                                      "=",
                                      "=0",
                                      "上",
                                      "海",
                                      "é",
                                      "😀",
                                      "👨‍👩‍👧",
                                      "'",
                                      "\\;",
                                      "BEGIN:VCARD",
                                      "END",
                                      "^n",
                                      "%",
                                      "long words " };

/* Tidied as a value is: no blanks at the ends. */
static char *
awkward (GRand *rand, gboolean lines)
{
  GString *out = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 60);

  for (int i = 0; i < n; i++)
    if (lines && g_rand_int_range (rand, 0, 8) == 0)
      g_string_append_c (out, '\n');
    else
      g_string_append (out, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
  g_string_append_c (out, 'x');
  return g_strstrip (g_string_free (out, FALSE));
}

static char *
picture (GRand *rand)
{
  static const char *const kinds[] = { "\xff\xd8\xff", "GIF89a", "RIFFxxxxWEBP" };
  const char *kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  gsize size = (gsize) g_rand_int_range (rand, 12, 300);
  g_autofree guint8 *bytes = g_malloc0 (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) g_rand_int_range (rand, 0, 256);
  memcpy (bytes, kind, strlen (kind));
  return g_base64_encode (bytes, size);
}

static char *
value_of (GRand *rand, const SatField *field)
{
  switch (field->type->id)
    {
    case SAT_TYPE_CHOICE:
      return g_strdup (field->choices[g_rand_int_range (rand, 0, (gint32) field->n_choices)].name);
    case SAT_TYPE_TAGS:
      return g_strdup (g_rand_boolean (rand) ? "a\\b, 上海, x:y" : "one");
    case SAT_TYPE_DATE:
      return g_strdup (g_rand_boolean (rand) ? "0001-02-03" : "2026-11-21");
    case SAT_TYPE_PHONE:
      return g_strdup (g_rand_boolean (rand) ? "+86 10,123 x5" : "#31*");
    case SAT_TYPE_EMAIL:
      return g_strdup ("a+b@例子.cn");
    case SAT_TYPE_WEB:
      return g_strdup (g_rand_boolean (rand) ? "https://a.b/\\new;x,y" : "http://[::1]:80/");
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_ADDRESS:
      return awkward (rand, TRUE);
    case SAT_TYPE_PICTURE:
      return picture (rand);
    case SAT_TYPE_PLACE:
      return g_strdup (g_rand_boolean (rand) ? "-90.000000,180.000000" : "0.000001,-0.000001");
    case SAT_TYPE_TEXT:
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_PERCENT:
    case SAT_TYPE_MONEY:
    case SAT_TYPE_TIME:
    case SAT_TYPE_YES_NO:
    case SAT_TYPE_REFERENCE:
    case SAT_TYPE_ATTACHMENT:
    case SAT_N_TYPES:
    default:
      return awkward (rand, FALSE);
    }
}

typedef struct
{
  const SatVcardFields *fields;
  const char *const *texts;
  guint cards;
} Expected;

static const char *
read_value (const SatNamedRow *row, const char *name)
{
  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row->values, SatNamedValue, i);

      if (strcmp (value->name, name) == 0 && *value->value != '\0')
        return value->value;
    }
  return NULL;
}

static gboolean
on_card (const SatVcard *card, gpointer data, GError **error)
{
  Expected *expected = data;
  const SatObject *object = expected->fields->object;
  g_auto (SatNamedRow) row = { 0 };
  guint n = 1; /* the id */

  expected->cards++;
  sat_named_row_init (&row);
  sat_vcard_row_fill (expected->fields, card, &row);
  g_assert_no_error (row.problem);
  g_assert_cmpstr (read_value (&row, "id"), ==, ID);
  for (guint i = 0; i < object->n_fields; i++)
    {
      const char *is = read_value (&row, object->fields[i]->name);
      const char *was = expected->texts[i];

      n += is != NULL;
      if (object->fields[i]->type->id == SAT_TYPE_TAGS && was != NULL)
        {
          g_auto (GStrv) parts = g_strsplit (was, ", ", -1);
          g_autofree char *joined = g_strjoinv (",", parts);

          g_assert_cmpstr (is, ==, joined);
        }
      else
        g_assert_cmpstr (is, ==, was);
    }
  for (guint i = 0; i < row.values->len; i++)
    n -= *g_array_index (row.values, SatNamedValue, i).value != '\0';
  g_assert_cmpuint (n, ==, 0); /* nothing else is in it */
  return TRUE;
}

static void
check_lines (const char *card)
{
  g_auto (GStrv) lines = g_strsplit (card, "\r\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_null (strpbrk (lines[i], "\r\n"));
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
    }
}

static void
check_object (const char *name, guint32 seed)
{
  const SatVcardText text = { "UTF-8", TRUE };
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (NULL);
  const SatObject *object = sat_catalogue_find (catalogue, name);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  SatVcardFields fields;

  sat_vcard_fields_init (&fields, object);
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GInputStream) stream = NULL;
      g_autoptr (GError) error = NULL;
      Expected expected = { .fields = &fields };

      /* Hidden fields are Satchel's own. */
      for (guint i = 0; i < object->n_fields; i++)
        g_ptr_array_add (texts, object->fields[i] == object->title ||
                                        (!object->fields[i]->hidden && g_rand_boolean (rand))
                                    ? value_of (rand, object->fields[i])
                                    : NULL);
      sat_vcard_write (out, round % 2 ? SAT_VCARD_4_0 : SAT_VCARD_3_0, &fields, ID,
                       texts->pdata[object->title->index], (const char *const *) texts->pdata);
      check_lines (out->str);
      expected.texts = (const char *const *) texts->pdata;
      stream = g_memory_input_stream_new_from_data (out->str, (gssize) out->len, NULL);
      g_assert_true (sat_vcard_read (stream, &text, on_card, &expected, NULL, &error));
      g_assert_cmpuint (expected.cards, ==, 1);
    }
}

static void
test_round_trip (void)
{
  guint32 seed = g_test_rand_int ();

  g_test_message ("seed %u", seed);
  check_object ("contact", seed);
  check_object ("customer", seed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/vcard-writer/contact", test_contact);
  g_test_add_func ("/exchange/vcard-writer/customer", test_customer);
  g_test_add_func ("/exchange/vcard-writer/picture", test_picture);
  g_test_add_func ("/exchange/vcard-writer/round-trip", test_round_trip);
  return g_test_run ();
}
