/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list of types, and what needs a field's options. */
#include "core/value/sat-type.h"

#include <string.h>

#include "core/value/sat-type-private.h"

static const SatType *const types[SAT_N_TYPES] = {
  [SAT_TYPE_TEXT] = &sat_type_text,       [SAT_TYPE_LONG_TEXT] = &sat_type_long_text,
  [SAT_TYPE_INTEGER] = &sat_type_integer, [SAT_TYPE_DECIMAL] = &sat_type_decimal,
  [SAT_TYPE_PERCENT] = &sat_type_percent, [SAT_TYPE_MONEY] = &sat_type_money,
  [SAT_TYPE_DATE] = &sat_type_date,       [SAT_TYPE_TIME] = &sat_type_time,
  [SAT_TYPE_YES_NO] = &sat_type_yes_no,   [SAT_TYPE_CHOICE] = &sat_type_choice,
  [SAT_TYPE_TAGS] = &sat_type_tags,       [SAT_TYPE_REFERENCE] = &sat_type_reference,
  [SAT_TYPE_PHONE] = &sat_type_phone,     [SAT_TYPE_EMAIL] = &sat_type_email,
  [SAT_TYPE_WEB] = &sat_type_web,         [SAT_TYPE_ADDRESS] = &sat_type_address,
  [SAT_TYPE_PICTURE] = &sat_type_picture, [SAT_TYPE_ATTACHMENT] = &sat_type_attachment,
  [SAT_TYPE_PLACE] = &sat_type_place,
};

const SatType *
sat_type_get (SatTypeId id)
{
  g_return_val_if_fail (id < SAT_N_TYPES, NULL);
  return types[id];
}

gboolean
sat_type_is_text (const SatType *type)
{
  return type->from_cells == sat_value_text_from_cells;
}

const SatType *
sat_type_by_name (const char *name)
{
  for (guint i = 0; i < SAT_N_TYPES; i++)
    if (strcmp (types[i]->name, name) == 0)
      return types[i];
  return NULL;
}

/* The place of a choice in the catalogue's order, from 1; 0 if it is not known. */
static guint
choice_rank (const SatTypeOptions *options, const char *name)
{
  for (guint i = 0; i < options->n_choices; i++)
    if (strcmp (options->choices[i].name, name) == 0)
      return i + 1;
  return 0;
}

int
sat_type_compare (const SatType *type, const SatTypeOptions *options, const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  if (type->id == SAT_TYPE_CHOICE && options != NULL)
    {
      guint rank_a = choice_rank (options, a);
      guint rank_b = choice_rank (options, b);
      if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
    }
  return type->compare (a, b);
}

gboolean
sat_type_allows (const SatType *type, const SatTypeOptions *options, const char *value)
{
  if (value == NULL || options == NULL)
    return TRUE;
  if (type->id == SAT_TYPE_CHOICE)
    return choice_rank (options, value) > 0;
  if (type->id != SAT_TYPE_TAGS || options->open || options->n_choices == 0)
    return TRUE;

  g_auto (GStrv) elements = sat_tags_split (value);
  for (guint i = 0; elements[i] != NULL; i++)
    if (choice_rank (options, elements[i]) == 0)
      return FALSE;
  return TRUE;
}
