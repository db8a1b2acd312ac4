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

/* As names and labels are compared: "Postal_Code" is “postal code”. */
static char *
comparison_key (const char *text)
{
  g_autofree char *tidy = sat_text_tidy (text);
  char *key = sat_text_fold (tidy != NULL ? tidy : "");

  return g_strdelimit (key, "_", ' ');
}

static gboolean
has_label (const SatField *field, const char *key)
{
  for (const char *const *label = sat_labels_all (field->label); *label != NULL; label++)
    {
      g_autofree char *text = comparison_key (*label);

      if (g_str_equal (text, key))
        return TRUE;
    }
  return FALSE;
}

/* Field number I of OBJECT, derived ones behind the others. */
static const SatField *
field_at (const SatObject *object, guint i)
{
  return i < object->n_fields ? object->fields[i] : object->derived[i - object->n_fields];
}

/* N of the fields are looked at. */
static const SatField *
find_named (const SatObject *object, guint n, const char *text, const char *key)
{
  for (guint i = 0; i < n; i++)
    if (strcmp (field_at (object, i)->name, text) == 0)
      return field_at (object, i);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = comparison_key (field_at (object, i)->name);

      if (g_str_equal (name, key))
        return field_at (object, i);
    }
  return NULL;
}

static const SatField *
find_called (const SatObject *object, guint n, const char *text, gboolean *several)
{
  g_autofree char *key = comparison_key (text);
  const SatField *field = find_named (object, n, text, key);

  *several = FALSE;
  if (field != NULL)
    return field;
  for (guint i = 0; i < n; i++)
    if ((!field_at (object, i)->hidden || field_at (object, i)->off) &&
        has_label (field_at (object, i), key))
      {
        *several = field != NULL;
        if (*several)
          return NULL;
        field = field_at (object, i);
      }
  return field;
}

const SatField *
sat_object_find_called (const SatObject *object, const char *text, gboolean *several)
{
  return find_called (object, object->n_fields, text, several);
}

const SatField *
sat_object_find_any_called (const SatObject *object, const char *text, gboolean *several)
{
  return find_called (object, object->n_fields + object->n_derived, text, several);
}

const char *
sat_field_word (const SatField *field)
{
  const char *const *labels = sat_labels_all (field->label);

  for (guint i = 0; field->custom && labels[i] != NULL; i++)
    {
      g_autofree char *key = comparison_key (labels[i]);
      gboolean several;

      /* "id" is no field, and no other may be taken for it. */
      if (!g_str_equal (key, "id") &&
          sat_object_find_any_called (field->object, labels[i], &several) == field)
        return labels[i];
    }
  return field->name;
}

char *
sat_object_list_words (const SatObject *object)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < object->n_fields + object->n_derived; i++)
    if (!field_at (object, i)->hidden)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                              sat_field_word (field_at (object, i)));
  return g_string_free (words, FALSE);
}

const SatField *
sat_object_find_retired (const SatObject *object, const char *text)
{
  g_autofree char *key = comparison_key (text);
  const SatField *found = NULL;

  for (guint i = 0; i < object->n_fields + object->n_derived; i++)
    if (field_at (object, i)->retired && has_label (field_at (object, i), key))
      {
        if (found != NULL)
          return NULL;
        found = field_at (object, i);
      }
  return found;
}
