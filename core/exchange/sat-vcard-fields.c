/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-fields.h"

#include <string.h>

#include "core/base/sat-error.h"

#define EXTENSION "X-SATCHEL-"

static const struct
{
  SatVcardSlot slot;
  const char *name;
  SatTypeId type;
} known[] = {
  { SAT_VCARD_KIND, "kind", SAT_TYPE_CHOICE },
  { SAT_VCARD_COMPANY, "customer", SAT_TYPE_REFERENCE },
  { SAT_VCARD_UNIT, "department", SAT_TYPE_TEXT },
  { SAT_VCARD_TITLE, "title", SAT_TYPE_TEXT },
  { SAT_VCARD_PHONE, "phone", SAT_TYPE_PHONE },
  { SAT_VCARD_MOBILE, "mobile", SAT_TYPE_PHONE },
  { SAT_VCARD_EMAIL, "email", SAT_TYPE_EMAIL },
  { SAT_VCARD_WECHAT, "wechat", SAT_TYPE_TEXT },
  { SAT_VCARD_URL, "website", SAT_TYPE_WEB },
  { SAT_VCARD_STREET, "address", SAT_TYPE_ADDRESS },
  { SAT_VCARD_POSTAL_CODE, "postal_code", SAT_TYPE_TEXT },
  { SAT_VCARD_CITY, "city", SAT_TYPE_TEXT },
  { SAT_VCARD_PROVINCE, "province", SAT_TYPE_TEXT },
  { SAT_VCARD_COUNTRY, "country", SAT_TYPE_TEXT },
  { SAT_VCARD_BIRTHDAY, "birthday", SAT_TYPE_DATE },
  { SAT_VCARD_TAGS, "tags", SAT_TYPE_TAGS },
  { SAT_VCARD_NOTES, "notes", SAT_TYPE_LONG_TEXT },
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
