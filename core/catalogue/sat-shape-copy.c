/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A completed catalogue back as what was read, all memory its own, so that more can be added to it
 * and it can be completed again. */
#include <string.h>

#include "core/catalogue/sat-catalogue-private.h"

static const char *
text_copy (SatCatalogue *to, const char *text)
{
  return text ? sat_catalogue_string (to, text) : NULL;
}

/* The texts end with NULL where the catalogue is completed, the languages do not. */
static SatLabels *
labels_copy (SatCatalogue *to, const SatLabels *labels)
{
  SatLabels *copy;

  if (labels == NULL)
    return NULL;
  copy = sat_catalogue_labels (to);
  for (guint i = 0; i < labels->languages->len; i++)
    sat_labels_add (copy, text_copy (to, g_ptr_array_index (labels->languages, i)),
                    text_copy (to, g_ptr_array_index (labels->texts, i)));
  return copy;
}

static void
copy_choices (SatCatalogue *to, SatFieldSource *field, const GPtrArray *choices)
{
  field->choices = sat_catalogue_array (to);
  for (guint i = 0; i < choices->len; i++)
    {
      const SatChoiceSource *from = g_ptr_array_index (choices, i);
      SatChoiceSource *choice = sat_catalogue_alloc (to, sizeof *choice);

      *choice = *from;
      choice->name = text_copy (to, from->name);
      choice->label = labels_copy (to, from->label);
      choice->place = 10 * ((int) i + 1);
      g_ptr_array_add (field->choices, choice);
    }
}

/* As it was read, to be understood again: of what its type says nothing is kept. */
static void
copy_derived (SatCatalogue *to, SatFieldSource *field, const SatDerived *from)
{
  field->derived = (SatDerived){
    .rollup = from->rollup,
    .formula = text_copy (to, from->formula),
    .over = text_copy (to, from->over),
    .of = text_copy (to, from->of),
    .where = text_copy (to, from->where),
    .line = from->line,
  };
  field->field.derived = &field->derived;
  field->field.type = sat_type_get (SAT_TYPE_TEXT);
  field->field.reference = NULL;
  field->field.ordered = FALSE;
  field->field.options = (SatTypeOptions){ 0 };
}

static SatFieldSource *
copy_field (SatCatalogue *to, const SatObjectSource *object, const SatFieldSource *from)
{
  SatFieldSource *field = sat_catalogue_alloc (to, sizeof *field);

  *field = *from;
  field->policy = text_copy (to, from->policy);
  field->alike = text_copy (to, from->alike);
  field->default_input = text_copy (to, from->default_input);
  field->list = -1;
  field->field.object = &object->object;
  field->field.name = text_copy (to, from->field.name);
  field->field.options.currency = text_copy (to, from->field.options.currency);
  field->field.reference = text_copy (to, from->field.reference);
  field->field.default_value = NULL;
  field->field.label = labels_copy (to, from->field.label);
  field->field.help = labels_copy (to, from->field.help);
  copy_choices (to, field, from->choices);
  if (from->field.derived != NULL)
    copy_derived (to, field, &from->derived);
  return field;
}

static SatGroupSource *
copy_group (SatCatalogue *to, const SatGroupSource *from)
{
  SatGroupSource *group = sat_catalogue_alloc (to, sizeof *group);

  group->fields = text_copy (to, from->fields);
  group->line = from->line;
  group->label = labels_copy (to, from->label);
  group->found = sat_catalogue_array (to);
  return group;
}

static SatObjectSource *
copy_object (SatCatalogue *to, const SatObjectSource *from)
{
  SatObjectSource *object = sat_catalogue_alloc (to, sizeof *object);

  *object = *from;
  object->file = text_copy (to, from->file);
  object->title = text_copy (to, from->title);
  object->columns = text_copy (to, from->columns);
  object->object.name = text_copy (to, from->object.name);
  object->object.icon = text_copy (to, from->object.icon);
  object->object.module = text_copy (to, from->object.module);
  object->object.label = labels_copy (to, from->object.label);
  object->object.plural = labels_copy (to, from->object.plural);
  object->object.owning = NULL;
  object->fields = sat_catalogue_array (to);
  object->groups = sat_catalogue_array (to);
  object->found = sat_catalogue_array (to);
  for (guint i = 0; i < from->fields->len; i++)
    g_ptr_array_add (object->fields, copy_field (to, object, g_ptr_array_index (from->fields, i)));
  for (guint i = 0; i < from->groups->len; i++)
    g_ptr_array_add (object->groups, copy_group (to, g_ptr_array_index (from->groups, i)));
  return object;
}

SatCatalogue *
sat_shape_copy (const SatCatalogue *base)
{
  SatCatalogue *copy = sat_catalogue_new ();

  for (guint i = 0; i < base->objects->len; i++)
    g_ptr_array_add (copy->objects, copy_object (copy, g_ptr_array_index (base->objects, i)));
  return copy;
}

void
sat_shape_label (SatCatalogue *catalogue, SatLabels *labels, const char *language, const char *text)
{
  const char *kept = sat_catalogue_string (catalogue, text);

  for (guint i = 0; i < labels->languages->len; i++)
    if (strcmp (g_ptr_array_index (labels->languages, i), language) == 0)
      {
        labels->texts->pdata[i] = (gpointer) kept;
        return;
      }
  sat_labels_add (labels, sat_catalogue_string (catalogue, language), kept);
}
