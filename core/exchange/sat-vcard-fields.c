/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-fields.h"

#include <string.h>

#include "core/base/sat-error.h"

#define EXTENSION "X-SATCHEL-"

static const struct
{
  const char *name;
  SatVcardSlot slot;
  SatTypeId type;
} known[] = {
  { "kind", SAT_VCARD_KIND, SAT_TYPE_CHOICE },
  { "customer", SAT_VCARD_COMPANY, SAT_TYPE_REFERENCE },
  { "department", SAT_VCARD_UNIT, SAT_TYPE_TEXT },
  { "title", SAT_VCARD_TITLE, SAT_TYPE_TEXT },
  { "phone", SAT_VCARD_PHONE, SAT_TYPE_PHONE },
  { "mobile", SAT_VCARD_MOBILE, SAT_TYPE_PHONE },
  { "email", SAT_VCARD_EMAIL, SAT_TYPE_EMAIL },
  { "wechat", SAT_VCARD_WECHAT, SAT_TYPE_TEXT },
  { "website", SAT_VCARD_URL, SAT_TYPE_WEB },
  { "address", SAT_VCARD_STREET, SAT_TYPE_ADDRESS },
  { "postal_code", SAT_VCARD_POSTAL_CODE, SAT_TYPE_TEXT },
  { "city", SAT_VCARD_CITY, SAT_TYPE_TEXT },
  { "province", SAT_VCARD_PROVINCE, SAT_TYPE_TEXT },
  { "country", SAT_VCARD_COUNTRY, SAT_TYPE_TEXT },
  { "location", SAT_VCARD_PLACE, SAT_TYPE_PLACE },
  { "birthday", SAT_VCARD_BIRTHDAY, SAT_TYPE_DATE },
  { "tags", SAT_VCARD_TAGS, SAT_TYPE_TAGS },
  { "notes", SAT_VCARD_NOTES, SAT_TYPE_LONG_TEXT },
  { "photo", SAT_VCARD_PICTURE, SAT_TYPE_PICTURE },
  { "logo", SAT_VCARD_PICTURE, SAT_TYPE_PICTURE },
};

static gboolean
has_choice (const SatField *field, const char *name)
{
  for (guint i = 0; i < field->n_choices; i++)
    if (strcmp (field->choices[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

void
sat_vcard_fields_init (SatVcardFields *fields, const SatObject *object)
{
  memset (fields, 0, sizeof *fields);
  fields->object = object;
  if (object == NULL)
    return;
  fields->slots[SAT_VCARD_NAME] = object->title;
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      const SatField *field = sat_object_find (object, known[i].name);

      if (field != NULL && field != object->title && !field->hidden &&
          field->type->id == known[i].type)
        fields->slots[known[i].slot] = field;
    }
  if (fields->slots[SAT_VCARD_KIND] != NULL &&
      !(has_choice (fields->slots[SAT_VCARD_KIND], "company") &&
        has_choice (fields->slots[SAT_VCARD_KIND], "person")))
    fields->slots[SAT_VCARD_KIND] = NULL;
  for (guint i = SAT_VCARD_POSTAL_CODE; i <= SAT_VCARD_COUNTRY; i++)
    if (fields->slots[SAT_VCARD_STREET] == NULL)
      fields->slots[i] = NULL;
}

gboolean
sat_vcard_fields_check (const SatObject *object, GError **error)
{
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->type->id == SAT_TYPE_PHONE ||
        object->fields[i]->type->id == SAT_TYPE_EMAIL)
      return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("a vCard is about a person or a company, which a record of “%s” is not"),
                   object->name, NULL);
}

gboolean
sat_vcard_fields_has (const SatVcardFields *fields, const SatField *field)
{
  for (guint i = 0; i < SAT_VCARD_N_SLOTS; i++)
    if (fields->slots[i] == field)
      return TRUE;
  return FALSE;
}

char *
sat_vcard_extension (const SatField *field)
{
  g_autofree char *upper = g_ascii_strup (field->name, -1);

  return g_strconcat (EXTENSION, g_strdelimit (upper, "_", '-'), NULL);
}

const SatField *
sat_vcard_extended (const SatVcardFields *fields, const char *name)
{
  g_autofree char *lower = NULL;
  const SatField *field;

  if (fields->object == NULL || !g_str_has_prefix (name, EXTENSION))
    return NULL;
  lower = g_ascii_strdown (name + strlen (EXTENSION), -1);
  field = sat_object_find (fields->object, g_strdelimit (lower, "-", '_'));
  return field != NULL && !field->hidden ? field : NULL;
}
