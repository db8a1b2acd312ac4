/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which field of an object holds what a vCard calls by its own names: TEL, ORG, ADR ... Fields are
 * found by name and type, so that any object of the catalogue that has a phone number can be a
 * card. What a card has no property for is written as X-SATCHEL-FIELD. */
#pragma once

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_VCARD_NAME,    /* FN, N: the title of the object */
  SAT_VCARD_KIND,    /* KIND: a choice that has company and person */
  SAT_VCARD_COMPANY, /* ORG, the first part: a reference */
  SAT_VCARD_UNIT,    /* ORG, the other parts */
  SAT_VCARD_TITLE,
  SAT_VCARD_PHONE,
  SAT_VCARD_MOBILE,
  SAT_VCARD_EMAIL,
  SAT_VCARD_WECHAT,
  SAT_VCARD_URL,
  SAT_VCARD_STREET, /* ADR; the others are taken only where this is */
  SAT_VCARD_POSTAL_CODE,
  SAT_VCARD_CITY,
  SAT_VCARD_PROVINCE,
  SAT_VCARD_COUNTRY,
  SAT_VCARD_PLACE, /* GEO */
  SAT_VCARD_BIRTHDAY,
  SAT_VCARD_TAGS,
  SAT_VCARD_NOTES,
  SAT_VCARD_PICTURE, /* PHOTO, or LOGO of a company */
  SAT_VCARD_N_SLOTS
} SatVcardSlot;

typedef struct
{
  const SatObject *object;                  /* may be NULL */
  const SatField *slots[SAT_VCARD_N_SLOTS]; /* NULL: the object has no such field */
} SatVcardFields;

void sat_vcard_fields_init (SatVcardFields *fields, const SatObject *object);
/* INVALID: records of OBJECT (not NULL) are neither people nor companies. */
gboolean sat_vcard_fields_check (const SatObject *object, GError **error);
/* Is FIELD written as a property that others know too? */
gboolean sat_vcard_fields_has (const SatVcardFields *fields, const SatField *field);

/* "X-SATCHEL-CREDIT-LIMIT" and back; NULL: it is no such name, or no field of the object. */
char *sat_vcard_extension (const SatField *field);
const SatField *sat_vcard_extended (const SatVcardFields *fields, const char *name);

/* What cards written by Satchel have as their PRODID, or begin it with. */
#define SAT_VCARD_PRODUCT "-//Satchel//"

G_END_DECLS
