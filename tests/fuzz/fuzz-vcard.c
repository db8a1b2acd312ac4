/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a file of cards for contacts and for customers (the first byte says which, and how
 * the text is taken): each card gives values that keep what core/exchange/sat-vcard-row.h promises,
 * and written as a card again they are read as the same. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-vcard-row.h"
#include "core/exchange/sat-vcard-writer.h"
#include "core/value/sat-picture.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

#define ID "01900000-0000-7000-8000-000000000001"

static const char *
value_of (const SatNamedRow *row, const SatField *field)
{
  for (guint i = 0; field != NULL && i < row->values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row->values, SatNamedValue, i);

      if (strcmp (value->name, field->name) == 0 && *value->value != '\0')
        return value->value;
    }
  return NULL;
}

static void
check_row (const SatVcardFields *fields, const SatNamedRow *row)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row->values, SatNamedValue, i);

      g_assert_true (g_utf8_validate (value->name, -1, NULL));
      g_assert_true (g_utf8_validate (value->value, -1, NULL));
      g_assert_true (g_hash_table_add (names, value->name));
      if (!value->spare)
        g_assert_nonnull (sat_object_find (fields->object, value->name));
      else if (strcmp (value->name, "id") != 0)
        g_assert_null (sat_object_find (fields->object, value->name));
    }
}

/* What was written; of it only texts of which each byte counts are compared. */
typedef struct
{
  const SatVcardFields *fields;
  const char **texts;
  guint cards;
} Written;

static gboolean
on_again (const SatVcard *card, gpointer data, GError **error)
{
  static const SatVcardSlot slots[] = { SAT_VCARD_NAME,  SAT_VCARD_COMPANY, SAT_VCARD_UNIT,
                                        SAT_VCARD_TITLE, SAT_VCARD_STREET,  SAT_VCARD_CITY,
                                        SAT_VCARD_NOTES };
  Written *written = data;
  const SatField *picture = written->fields->slots[SAT_VCARD_PICTURE];
  const char *was = picture != NULL ? written->texts[picture->index] : NULL;
  g_auto (SatNamedRow) row = { 0 };

  written->cards++;
  sat_named_row_init (&row);
  sat_vcard_row_fill (written->fields, card, &row);
  g_assert_no_error (row.problem);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      const SatField *field = written->fields->slots[slots[i]];

      if (field != NULL)
        g_assert_cmpstr (value_of (&row, field), ==, written->texts[field->index]);
    }
  if (picture != NULL && was != NULL && sat_picture_look (was, NULL, NULL))
    g_assert_cmpstr (value_of (&row, picture), ==, was);
  return TRUE;
}

/* Only what could be the value of a field. */
static gboolean
is_clean (const char *value)
{
  return value == NULL || (strchr (value, '\r') == NULL && strlen (value) < 10000);
}

static void
check_written (const SatVcardFields *fields, const SatNamedRow *row)
{
  const SatVcardText text = { "UTF-8", TRUE };
  const SatObject *object = fields->object;
  g_autofree const char **texts = g_new0 (const char *, object->n_fields);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GInputStream) stream = NULL;
  Written written = { .fields = fields, .texts = texts };
  const char *name;

  for (guint i = 0; i < object->n_fields; i++)
    {
      texts[i] = value_of (row, object->fields[i]);
      if (!is_clean (texts[i]))
        return;
    }
  name = texts[object->title->index];
  sat_vcard_write (out, SAT_VCARD_4_0, fields, ID, name != NULL ? name : "", texts);
  stream = g_memory_input_stream_new_from_data (out->str, (gssize) out->len, NULL);
  g_assert_true (sat_vcard_read (stream, &text, on_again, &written, NULL, NULL));
  g_assert_cmpuint (written.cards, ==, 1);
}

static gboolean
on_card (const SatVcard *card, gpointer data, GError **error)
{
  const SatVcardFields *fields = data;
  g_auto (SatNamedRow) row = { 0 };

  g_assert_cmpuint (card->number, >, 0);
  g_assert_cmpuint (card->properties->len, <=, SAT_VCARD_MAX_PROPERTIES);
  sat_named_row_init (&row);
  sat_vcard_row_fill (fields, card, &row);
  check_row (fields, &row);
  check_written (fields, &row);
  return TRUE;
}

static const SatCatalogue *
get_catalogue (void)
{
  static SatCatalogue *catalogue = NULL;

  if (catalogue == NULL)
    catalogue = sat_catalogue_default (NULL);
  g_assert_nonnull (catalogue);
  return catalogue;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const SatVcardText texts[] = { { "UTF-8", TRUE }, { "UTF-8", FALSE }, { "GB18030", FALSE } };
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  SatVcardFields fields;

  if (size == 0)
    return 0;
  sat_vcard_fields_init (
      &fields, sat_catalogue_find (get_catalogue (), data[0] & 1 ? "customer" : "contact"));
  stream = g_memory_input_stream_new_from_data (data + 1, (gssize) size - 1, NULL);
  if (!sat_vcard_read (stream, &texts[(data[0] >> 1) % 3], on_card, &fields, NULL, &error))
    g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
  return 0;
}
