/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Texts by language. English comes first when the file has it first; no order is relied on. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/catalogue/sat-catalogue-private.h"

#define LANGUAGE_SIZE 32

static const char *
text_at (const SatLabels *labels, guint i)
{
  return g_ptr_array_index (labels->texts, i);
}

static const char *
language_at (const SatLabels *labels, guint i)
{
  return g_ptr_array_index (labels->languages, i);
}

static const char *
find_exactly (const SatLabels *labels, const char *language)
{
  for (guint i = 0; i < labels->languages->len; i++)
    if (strcmp (language_at (labels, i), language) == 0)
      return text_at (labels, i);
  return NULL;
}

/* Any region of LANGUAGE, "zh" finding "zh_CN". */
static const char *
find_region (const SatLabels *labels, const char *language)
{
  gsize length = strlen (language);

  for (guint i = 0; i < labels->languages->len; i++)
    if (strncmp (language_at (labels, i), language, length) == 0 &&
        language_at (labels, i)[length] == '_')
      return text_at (labels, i);
  return NULL;
}

const char *
sat_label (const SatLabels *labels, const char *language)
{
  char wanted[LANGUAGE_SIZE] = "en";
  const char *text;

  g_return_val_if_fail (labels != NULL, "");
  if (language != NULL)
    {
      g_strlcpy (wanted, language, sizeof wanted);
      wanted[strcspn (wanted, ".@")] = '\0';
      g_strdelimit (wanted, "-", '_');
    }
  text = find_exactly (labels, wanted);
  if (text == NULL)
    {
      wanted[strcspn (wanted, "_")] = '\0';
      text = find_exactly (labels, wanted);
    }
  if (text == NULL && wanted[0] != '\0')
    text = find_region (labels, wanted);
  if (text == NULL)
    text = find_exactly (labels, "en");
  return text ? text : "";
}

const char *const *
sat_labels_all (const SatLabels *labels)
{
  return (const char *const *) labels->texts->pdata;
}

gboolean
sat_labels_has (const SatLabels *labels, const char *language)
{
  return labels != NULL && find_exactly (labels, language) != NULL;
}

gboolean
sat_labels_add (SatLabels *labels, const char *language, const char *text)
{
  if (find_exactly (labels, language) != NULL)
    return FALSE;
  g_ptr_array_add (labels->languages, (gpointer) language);
  g_ptr_array_add (labels->texts, (gpointer) text);
  return TRUE;
}

static gboolean
has_label (const SatField *field, const char *folded)
{
  for (const char *const *label = sat_labels_all (field->label); *label != NULL; label++)
    {
      g_autofree char *text = sat_text_fold (*label);

      if (g_str_equal (text, folded))
        return TRUE;
    }
  return FALSE;
}

const SatField *
sat_object_find_called (const SatObject *object, const char *text, gboolean *several)
{
  const SatField *field = sat_object_find (object, text);
  g_autofree char *folded = sat_text_fold (text);

  *several = FALSE;
  if (field == NULL)
    field = sat_object_find (object, folded);
  if (field != NULL)
    return field;
  for (guint i = 0; i < object->n_fields; i++)
    if (!object->fields[i]->retired && has_label (object->fields[i], folded))
      {
        *several = field != NULL;
        if (*several)
          return NULL;
        field = object->fields[i];
      }
  return field;
}

const SatField *
sat_object_find_retired (const SatObject *object, const char *text)
{
  g_autofree char *folded = sat_text_fold (text);
  const SatField *found = NULL;

  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->retired && has_label (object->fields[i], folded))
      {
        if (found != NULL)
          return NULL;
        found = object->fields[i];
      }
  return found;
}
