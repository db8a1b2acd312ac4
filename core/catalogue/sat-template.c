/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/catalogue/sat-template.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue.h"
#include "core/catalogue/sat-template-private.h"

#define SUFFIX ".xml"

const char *
sat_two_texts_in (const SatTwoTexts *texts, const char *language)
{
  if (texts->en == NULL ||
      (language != NULL && g_str_has_prefix (language, "zh") && texts->zh != NULL))
    return texts->zh;
  return texts->en;
}

static void
two_texts_clear (SatTwoTexts *texts)
{
  g_clear_pointer (&texts->en, g_free);
  g_clear_pointer (&texts->zh, g_free);
}

static void
value_free (gpointer data)
{
  SatTemplateValue *value = data;

  g_free (value->field);
  two_texts_clear (&value->value);
  g_free (value);
}

static void
part_free (gpointer data)
{
  SatTemplatePart *part = data;

  g_free (part->id);
  g_free (part->object);
  g_free (part->field);
  g_free (part->choice);
  g_ptr_array_unref (part->values);
  g_free (part);
}

static void
item_free (gpointer data)
{
  SatTemplateItem *item = data;

  g_free (item->key);
  two_texts_clear (&item->title);
  two_texts_clear (&item->about);
  g_ptr_array_unref (item->parts);
  g_ptr_array_unref (item->needs);
  g_free (item);
}

void
sat_template_free (SatTemplate *made)
{
  if (made == NULL)
    return;
  g_free (made->name);
  two_texts_clear (&made->title);
  two_texts_clear (&made->about);
  g_ptr_array_unref (made->items);
  g_free (made);
}

/* ---- making ---- */

SatTemplate *
sat_template_new (void)
{
  SatTemplate *made = g_new0 (SatTemplate, 1);

  made->items = g_ptr_array_new_with_free_func (item_free);
  return made;
}

SatTemplateItem *
sat_template_add_item (SatTemplate *made, const char *key)
{
  SatTemplateItem *item = g_new0 (SatTemplateItem, 1);

  item->key = g_strdup (key);
  item->parts = g_ptr_array_new_with_free_func (part_free);
  item->needs = g_ptr_array_new ();
  g_ptr_array_add (made->items, item);
  return item;
}

SatTemplatePart *
sat_template_add_part (SatTemplateItem *item, SatPartKind kind)
{
  SatTemplatePart *part = g_new0 (SatTemplatePart, 1);

  part->kind = kind;
  part->values = g_ptr_array_new_with_free_func (value_free);
  g_ptr_array_add (item->parts, part);
  return part;
}

SatTwoTexts *
sat_template_add_value (SatTemplatePart *part, const char *field)
{
  SatTwoTexts *there = (SatTwoTexts *) (gpointer) sat_template_value (part, field);
  SatTemplateValue *value;

  if (there != NULL)
    return there;
  value = g_new0 (SatTemplateValue, 1);
  value->field = g_strdup (field);
  g_ptr_array_add (part->values, value);
  return &value->value;
}

/* ---- looking ---- */

const SatTemplateItem *
sat_template_item (const SatTemplate *made, const char *key)
{
  for (guint i = 0; i < made->items->len; i++)
    {
      const SatTemplateItem *item = made->items->pdata[i];

      if (strcmp (item->key, key) == 0)
        return item;
    }
  return NULL;
}

const SatTwoTexts *
sat_template_value (const SatTemplatePart *part, const char *field)
{
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];

      if (strcmp (value->field, field) == 0)
        return &value->value;
    }
  return NULL;
}

const char *
sat_part_kind_name (SatPartKind kind)
{
  static const char *const names[SAT_N_PARTS] = {
    [SAT_PART_OBJECT] = "object", [SAT_PART_FIELD] = "field", [SAT_PART_CHOICE] = "choice",
    [SAT_PART_CHANGE] = "change", [SAT_PART_GRANT] = "grant", [SAT_PART_RECORD] = "record",
  };

  g_return_val_if_fail (kind < SAT_N_PARTS, NULL);
  return names[kind];
}

/* ---- names in texts ---- */

/* One that begins at P, behind its brace. *END: behind the closing one. */
static char *
braced (const char *p, const char **end)
{
  gsize length = strspn (p, "abcdefghijklmnopqrstuvwxyz0123456789_.-");

  if (length == 0 || p[length] != '}')
    return NULL;
  *end = p + length + 1;
  return g_strndup (p, length);
}

char *
sat_template_expand (const char *text,
                     const char *(*name) (const char *id, gpointer data),
                     gpointer data,
                     char **bad)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = text; *p != '\0';)
    {
      g_autofree char *id = NULL;
      const char *found;

      if (*p != '{' || p[1] == '{')
        {
          g_string_append_c (out, *p);
          p += *p == '{' ? 2 : 1;
          continue;
        }
      id = braced (p + 1, &p);
      found = id != NULL ? name (id, data) : NULL;
      if (found == NULL)
        {
          if (bad != NULL)
            *bad = id != NULL ? g_steal_pointer (&id) : g_strdup ("{");
          return NULL;
        }
      g_string_append (out, found);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* ---- files ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *
sat_template_names (void)
{
  g_autofree char *folder = sat_catalogue_data_path ("templates");
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *file;

  while (dir != NULL && (file = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (file, SUFFIX))
      g_ptr_array_add (names, g_strndup (file, strlen (file) - strlen (SUFFIX)));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
is_file (const char *name)
{
  return strchr (name, G_DIR_SEPARATOR) != NULL || g_str_has_suffix (name, SUFFIX);
}

/* At most what a template may have, and a byte by which the reader knows that it is too long. */
static char *
read_file (const char *path, gsize *length, GError **error)
{
  FILE *file = fopen (path, "rbe");
  char *text;

  if (file == NULL)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("cannot read “%s”: %s"), path, g_strerror (errno),
                NULL);
      return NULL;
    }
  text = g_malloc (SAT_TEMPLATE_FILE_MAX + 2);
  *length = fread (text, 1, SAT_TEMPLATE_FILE_MAX + 1, file);
  text[*length] = '\0';
  fclose (file);
  return text;
}

static SatTemplate *
read_path (const char *path, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *shown = g_utf8_make_valid (base, -1);
  g_autofree char *text = NULL;
  gsize length;

  text = read_file (path, &length, error);
  return text != NULL ? sat_template_read_memory (shown, text, length, error) : NULL;
}

SatTemplate *
sat_template_read (const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = NULL;
  g_autofree char *all = NULL;
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;

  if (is_file (name))
    return read_path (name, error);
  names = sat_template_names ();
  if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    {
      file = g_strconcat ("templates/", name, SUFFIX, NULL);
      path = sat_catalogue_data_path (file);
      return read_path (path, error);
    }
  g_ptr_array_add (names, NULL);
  all = g_strjoinv (", ", (char **) names->pdata);
  sat_fail (error, SAT_ERROR_NOT_FOUND,
            N_ ("there is no template “%s”; there are: %s; a file ends in .xml"), name, all, NULL);
  return NULL;
}
