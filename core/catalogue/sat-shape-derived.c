/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Formulas and roll-ups of a company's own. Nothing is stored in them, so that nothing of them has
 * to be kept: what its definition says now is all there is. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue-private.h"

static const char *const rollups[SAT_N_ROLLUPS] = {
  [SAT_ROLLUP_NONE] = "none", [SAT_ROLLUP_COUNT] = "count", [SAT_ROLLUP_SUM] = "sum",
  [SAT_ROLLUP_MIN] = "min",   [SAT_ROLLUP_MAX] = "max",     [SAT_ROLLUP_AVG] = "avg",
};

const char *
sat_rollup_name (SatRollup rollup)
{
  g_return_val_if_fail (rollup < SAT_N_ROLLUPS, NULL);
  return rollups[rollup];
}

static gboolean
is_type (const SatDefinition *definition, const char *type)
{
  return g_strcmp0 (sat_definition_get (definition, "type"), type) == 0;
}

gboolean
sat_shape_is_derived (const SatDefinition *definition)
{
  return is_type (definition, SAT_TYPE_NAME_FORMULA) || is_type (definition, SAT_TYPE_NAME_ROLLUP);
}

static const char *
text_of (SatCatalogue *catalogue, const SatDefinition *definition, const char *what)
{
  const char *text = sat_definition_get (definition, what);

  return text != NULL ? sat_catalogue_string (catalogue, text) : NULL;
}

void
sat_shape_derive (SatCatalogue *catalogue, SatFieldSource *field, const SatDefinition *definition)
{
  SatDerived *derived = &field->derived;
  const char *rollup = sat_definition_get (definition, "rollup");

  field->full = text_of (catalogue, definition, "name");
  field->field.derived = derived;
  if (is_type (definition, SAT_TYPE_NAME_FORMULA))
    {
      derived->formula = text_of (catalogue, definition, "formula");
      return;
    }
  derived->rollup = SAT_ROLLUP_COUNT;
  for (guint i = 1; rollup != NULL && i < SAT_N_ROLLUPS; i++)
    if (strcmp (rollups[i], rollup) == 0)
      derived->rollup = (SatRollup) i;
  derived->over = text_of (catalogue, definition, "over");
  derived->of = text_of (catalogue, definition, "of");
  derived->where = text_of (catalogue, definition, "where");
}

static void
note_problem (const SatFieldSource *field, GPtrArray *problems)
{
  GError *error = NULL;

  g_ptr_array_add (problems, g_error_copy (field->derived.problem));
  sat_fail (&error, SAT_ERROR_INVALID,
            N_ ("“%s” cannot be computed and stays empty, for the reason given before"),
            field->full != NULL ? field->full : field->field.name, NULL);
  g_ptr_array_add (problems, error);
}

void
sat_shape_derive_problems (const SatCatalogue *catalogue, GPtrArray *problems)
{
  for (guint i = 0; problems != NULL && i < catalogue->objects->len; i++)
    {
      const SatObjectSource *object = g_ptr_array_index (catalogue->objects, i);

      for (guint k = 0; k < object->fields->len; k++)
        {
          const SatFieldSource *field = g_ptr_array_index (object->fields, k);

          if (field->derived.problem != NULL && !field->field.retired)
            note_problem (field, problems);
        }
    }
}
