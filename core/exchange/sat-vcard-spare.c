/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/exchange/sat-vcard-spare.h"

#include <string.h>

#include "core/base/sat-text.h"

/* The name that a person gave to the property, as Apple's and Google's programs write it. */
static const SatVcardProperty *
label_of (const SatVcard *card, const SatVcardProperty *property)
{
  for (guint i = 0; property->group != NULL && i < card->properties->len; i++)
    {
      const SatVcardProperty *label = sat_vcard_at (card, i);

      if (label != property && strcmp (label->name, "X-ABLABEL") == 0 &&
          g_strcmp0 (label->group, property->group) == 0)
        return label;
    }
  return NULL;
}

static gboolean
is_about_the_card (const SatVcard *card, const SatVcardProperty *property)
{
  static const char *const names[] = { "PRODID", "REV", "PROFILE", NULL };

  if (strcmp (property->name, "X-ABLABEL") != 0)
    return g_strv_contains (names, property->name);
  for (guint i = 0; property->group != NULL && i < card->properties->len; i++)
    if (sat_vcard_at (card, i) != property &&
        g_strcmp0 (sat_vcard_at (card, i)->group, property->group) == 0)
      return TRUE;
  return FALSE;
}

/* Columns' names are compared in this way (sat-import-plan.c). */
static char *
comparable (const char *text)
{
  char *folded = sat_text_fold (text);

  return g_strdelimit (folded, "_\n\t", ' ');
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "TEL fax home": the name, and for what there are several of a kind, of which kind. */
static char *
spare_name (const SatVcard *card, const SatVcardProperty *property)
{
  static const char *const kinds[] = { "TEL", "EMAIL", "ADR", "URL", "IMPP", "LABEL", NULL };
  static const char *const noise[] = { "pref", "internet", "voice", "msg", "x400", NULL };
  const SatVcardProperty *label = label_of (card, property);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) name = g_string_new (property->name);

  if (!g_strv_contains (kinds, property->name))
    return g_strdup (property->name);
  for (guint i = 0; property->types[i] != NULL; i++)
    if (!g_strv_contains (noise, property->types[i]))
      g_ptr_array_add (words, comparable (property->types[i]));
  if (label != NULL)
    {
      g_autofree char *text = sat_vcard_text (card, label);
      g_autoptr (GString) plain = g_string_new (text);

      /* How Apple's programs mark the names that they translate. */
      g_string_replace (plain, "_$!<", "", 1);
      g_string_replace (plain, ">!$_", "", 1);
      g_ptr_array_add (words, comparable (plain->str));
    }
  g_ptr_array_sort (words, compare_words);
  for (guint i = 0; i < words->len && name->len < 60; i++)
    g_string_append_printf (name, " %s", (const char *) g_ptr_array_index (words, i));
  return sat_text_tidy (name->str);
}

/* Would a column of that name be taken for another? */
static gboolean
is_called (const char *field, const char *name)
{
  for (; *field != '\0' && *name != '\0'; field++, name++)
    if (*field != g_ascii_tolower (*name) && (*field != '_' || *name != ' '))
      return FALSE;
  return *field == *name;
}

static gboolean
is_fields_name (const SatObject *object, const char *name)
{
  for (guint i = 0; object != NULL && i < object->n_fields; i++)
    if (is_called (object->fields[i]->name, name))
      return TRUE;
  return is_called ("id", name);
}

static char *
spare_value (const SatVcard *card, const SatVcardProperty *property)
{
  static const char *const structured[] = { "N", "ADR", "ORG", "GENDER", NULL };
  g_auto (GStrv) parts = NULL;

  if (property->binary)
    return g_strdup_printf ("%" G_GSIZE_FORMAT " B", property->size);
  if (!g_strv_contains (structured, property->name))
    return sat_vcard_text (card, property);
  parts = sat_vcard_parts (card, property, 1);
  return sat_vcard_joined (parts, 0, ", ");
}

/* No column may be called as a field is: TITLE, where the card has two of them, but also ROLE,
 * which is another thing than the field. */
static void
add_spare (const SatObject *object,
           const SatVcard *card,
           const SatVcardProperty *property,
           SatNamedRow *row)
{
  g_autofree char *base = spare_name (card, property);
  g_autofree char *name = g_strdup (base);
  g_autofree char *field = g_ascii_strdown (base, -1);

  if (is_fields_name (object, base) && !sat_named_row_has (row, field))
    {
      g_free (name);
      name = g_strconcat (base, " (vCard)", NULL);
    }
  for (guint i = 2; is_fields_name (object, name) || sat_named_row_has (row, name); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s %u", base, i);
    }
  sat_named_row_add (row, name, spare_value (card, property), TRUE);
}

void
sat_vcard_keep_spare (const SatVcardFields *fields,
                      const SatVcard *card,
                      GHashTable *used,
                      SatNamedRow *row)
{
  for (guint i = 0; i < card->properties->len; i++)
    {
      const SatVcardProperty *property = sat_vcard_at (card, i);

      if (!g_hash_table_contains (used, property) && !sat_vcard_is_blank (property) &&
          !is_about_the_card (card, property))
        add_spare (fields->object, card, property, row);
    }
}
