/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/catalogue/sat-definition.h"

#include <string.h>

static const char *const objects[SAT_N_DEFINES] = {
  [SAT_DEFINES_OBJECT] = "object_definition",
  [SAT_DEFINES_FIELD] = "field_definition",
  [SAT_DEFINES_CHOICE] = "choice_definition",
};

const char *
sat_defines_object (SatDefines defines)
{
  g_return_val_if_fail (defines < SAT_N_DEFINES, NULL);
  return objects[defines];
}

gboolean
sat_defines (const char *object, SatDefines *out)
{
  for (guint i = 0; i < SAT_N_DEFINES; i++)
    if (strcmp (objects[i], object) == 0)
      {
        *out = (SatDefines) i;
        return TRUE;
      }
  return FALSE;
}

SatDefinition *
sat_definition_new (SatDefines defines, const SatId *id)
{
  SatDefinition *definition = g_new0 (SatDefinition, 1);

  definition->defines = defines;
  definition->id = *id;
  definition->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return definition;
}

void
sat_definition_free (SatDefinition *definition)
{
  if (definition == NULL)
    return;
  g_hash_table_unref (definition->values);
  g_free (definition);
}

void
sat_definition_set (SatDefinition *definition, const char *field, const char *value)
{
  if (value == NULL || *value == '\0')
    g_hash_table_remove (definition->values, field);
  else
    g_hash_table_insert (definition->values, g_strdup (field), g_strdup (value));
}

const char *
sat_definition_get (const SatDefinition *definition, const char *field)
{
  return g_hash_table_lookup (definition->values, field);
}

gboolean
sat_definition_says (const SatDefinition *definition, const char *field)
{
  return g_strcmp0 (sat_definition_get (definition, field), "yes") == 0;
}

int
sat_definition_number (
    const SatDefinition *definition, const char *field, int min, int max, int missing)
{
  const char *text = sat_definition_get (definition, field);

  return text ? (int) CLAMP (g_ascii_strtoll (text, NULL, 10), min, max) : missing;
}

gboolean
sat_definition_retired (const SatDefinition *definition)
{
  return definition->deleted || sat_definition_says (definition, "retired");
}

int
sat_definition_compare (gconstpointer a, gconstpointer b)
{
  const SatDefinition *x = *(const SatDefinition *const *) a;
  const SatDefinition *y = *(const SatDefinition *const *) b;

  if (x->defines != y->defines)
    return x->defines < y->defines ? -1 : 1;
  return memcmp (&x->id, &y->id, sizeof x->id);
}

const char *
sat_custom_name (const SatId *id, char out[SAT_CUSTOM_NAME_SIZE])
{
  char text[SAT_ID_TEXT_SIZE];

  sat_id_format (id, text);
  g_snprintf (out, SAT_CUSTOM_NAME_SIZE, "x_%s", text + strlen (text) - 12);
  return out;
}

gboolean
sat_is_custom_name (const char *name)
{
  return name[0] == 'x' && name[1] == '_';
}
