/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue as a thing: memory, reading from places, looking up. */
#include "core/catalogue/sat-catalogue.h"

#include <gio/gio.h>
#include <stdarg.h>
#include <string.h>

#include "config.h"
#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue-private.h"

static const char *const policy_names[SAT_N_POLICIES] = {
  [SAT_POLICY_NEWEST] = "newest", [SAT_POLICY_REVIEW] = "review", [SAT_POLICY_MAX] = "max",
  [SAT_POLICY_MIN] = "min",       [SAT_POLICY_UNION] = "union",   [SAT_POLICY_TEXT] = "text",
};

const char *
sat_policy_name (SatPolicy policy)
{
  g_return_val_if_fail (policy < SAT_N_POLICIES, NULL);
  return policy_names[policy];
}

SatCatalogue *
sat_catalogue_new (void)
{
  SatCatalogue *catalogue = g_new0 (SatCatalogue, 1);

  g_atomic_ref_count_init (&catalogue->references);
  g_mutex_init (&catalogue->lock);
  catalogue->blocks = g_ptr_array_new_with_free_func (g_free);
  catalogue->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  catalogue->strings = g_string_chunk_new (4096);
  catalogue->objects = g_ptr_array_new ();
  catalogue->by_name = g_hash_table_new (g_str_hash, g_str_equal);
  return catalogue;
}

gpointer
sat_catalogue_alloc (SatCatalogue *catalogue, gsize size)
{
  gpointer block = g_malloc0 (MAX (size, 1));

  g_ptr_array_add (catalogue->blocks, block);
  return block;
}

GPtrArray *
sat_catalogue_array (SatCatalogue *catalogue)
{
  GPtrArray *array = g_ptr_array_new ();

  g_ptr_array_add (catalogue->arrays, array);
  return array;
}

const char *
sat_catalogue_string (SatCatalogue *catalogue, const char *text)
{
  return g_string_chunk_insert_const (catalogue->strings, text);
}

SatLabels *
sat_catalogue_labels (SatCatalogue *catalogue)
{
  SatLabels *labels = sat_catalogue_alloc (catalogue, sizeof *labels);

  labels->languages = sat_catalogue_array (catalogue);
  labels->texts = sat_catalogue_array (catalogue);
  return labels;
}

SatCatalogue *
sat_catalogue_ref (const SatCatalogue *catalogue)
{
  SatCatalogue *mutable = (SatCatalogue *) catalogue;

  g_atomic_ref_count_inc (&mutable->references);
  return mutable;
}

static void
clear_programs (const SatObjectSource *object)
{
  for (guint i = 0; i < object->fields->len; i++)
    {
      SatDerived *derived = &((SatFieldSource *) g_ptr_array_index (object->fields, i))->derived;

      g_clear_pointer (&derived->program, sat_derived_program_free);
      g_clear_error (&derived->problem);
    }
}

void
sat_catalogue_unref (SatCatalogue *catalogue)
{
  if (catalogue == NULL || !g_atomic_ref_count_dec (&catalogue->references))
    return;
  for (guint i = 0; i < catalogue->objects->len; i++)
    clear_programs (g_ptr_array_index (catalogue->objects, i));
  g_clear_pointer (&catalogue->shaped, g_hash_table_unref);
  g_mutex_clear (&catalogue->lock);
  g_hash_table_unref (catalogue->by_name);
  g_ptr_array_unref (catalogue->objects);
  g_ptr_array_unref (catalogue->arrays);
  g_ptr_array_unref (catalogue->blocks);
  g_string_chunk_free (catalogue->strings);
  g_free (catalogue->fingerprint);
  g_free (catalogue);
}

guint
sat_catalogue_n_objects (const SatCatalogue *catalogue)
{
  return catalogue->objects->len;
}

const SatObject *
sat_catalogue_object (const SatCatalogue *catalogue, guint index)
{
  g_return_val_if_fail (index < catalogue->objects->len, NULL);
  return g_ptr_array_index (catalogue->objects, index);
}

const SatObject *
sat_catalogue_find (const SatCatalogue *catalogue, const char *name)
{
  return g_hash_table_lookup (catalogue->by_name, name);
}

const SatField *
sat_object_find (const SatObject *object, const char *name)
{
  for (guint i = 0; i < object->n_fields; i++)
    if (strcmp (object->fields[i]->name, name) == 0)
      return object->fields[i];
  return NULL;
}

const SatField *
sat_object_find_any (const SatObject *object, const char *name)
{
  const SatField *field = sat_object_find (object, name);

  for (guint i = 0; field == NULL && i < object->n_derived; i++)
    if (strcmp (object->derived[i]->name, name) == 0)
      field = object->derived[i];
  return field;
}

const SatField *
sat_field_when (const SatField *field)
{
  g_autofree char *name = NULL;

  if (field->when == NULL)
    return NULL;
  name = g_strndup (field->when, strcspn (field->when, ":"));
  return sat_object_find (field->object, name);
}

gboolean
sat_field_suits (const SatField *field, const char *value)
{
  const char *choices = field->when != NULL ? strchr (field->when, ':') : NULL;
  g_auto (GStrv) words = NULL;

  if (choices == NULL)
    return TRUE;
  words = g_strsplit (choices + 1, " ", -1);
  return value != NULL && g_strv_contains ((const char *const *) words, value);
}

const char *
sat_catalogue_fingerprint (const SatCatalogue *catalogue)
{
  return catalogue->fingerprint;
}

void
sat_problems_add (SatProblems *problems, const char *file, int line, const char *msgid, ...)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *line_text = g_strdup_printf ("%d", line);
  g_autoptr (GError) error = NULL;
  va_list list;
  const char *arg;

  if (sat_problems_full (problems))
    return;
  g_ptr_array_add (args, (gpointer) file);
  g_ptr_array_add (args, line_text);
  va_start (list, msgid);
  while ((arg = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (args, (gpointer) arg);
  va_end (list);
  g_ptr_array_add (args, NULL);

  sat_fail_strv (&error, SAT_ERROR_INVALID, msgid, (const char *const *) args->pdata);
  g_ptr_array_add (problems->texts, g_strdup (error->message));
  if (problems->error == NULL)
    problems->error = g_steal_pointer (&error);
}

gboolean
sat_problems_full (const SatProblems *problems)
{
  return problems->texts->len >= SAT_CATALOGUE_PROBLEMS_MAX;
}

/* The catalogue if nothing is wrong, else NULL, ERROR and the texts of PROBLEMS. */
static SatCatalogue *
finish (SatCatalogue *made, SatProblems *problems, GPtrArray **texts, GError **error)
{
  g_autoptr (SatCatalogue) catalogue = made;
  gboolean good = problems->error == NULL;

  if (good)
    catalogue->fingerprint = sat_catalogue_make_fingerprint (catalogue);
  else
    g_propagate_error (error, g_steal_pointer (&problems->error));
  if (texts != NULL)
    *texts = g_steal_pointer (&problems->texts);
  else
    g_ptr_array_unref (g_steal_pointer (&problems->texts));
  return good ? g_steal_pointer (&catalogue) : NULL;
}

SatCatalogue *
sat_catalogue_read_memory (
    const char *name, const char *xml, gsize length, gboolean closed, GError **error)
{
  SatCatalogue *catalogue = sat_catalogue_new ();
  SatProblems problems = { g_ptr_array_new_with_free_func (g_free), NULL };

  sat_catalogue_read_document (catalogue, &problems, name, xml, length);
  if (problems.error == NULL)
    sat_catalogue_complete (catalogue, &problems, closed);
  if (problems.error == NULL)
    sat_catalogue_derive (catalogue, &problems, closed);
  return finish (catalogue, &problems, NULL, error);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names of the *.xml of DIRECTORY, in order. */
static GPtrArray *
list_files (const char *directory, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  if (dir == NULL)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND,
                N_ ("the folder “%s” of the catalogue cannot be read; install Satchel again or set "
                    "SATCHEL_CATALOGUE"),
                directory, NULL);
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".xml") && name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  if (names->len == 0)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND,
                N_ ("the folder “%s” of the catalogue holds no .xml file; install Satchel again or "
                    "set SATCHEL_CATALOGUE"),
                directory, NULL);
      return NULL;
    }
  g_ptr_array_sort (names, compare_texts);
  return g_steal_pointer (&names);
}

static void
read_file (SatCatalogue *catalogue, SatProblems *problems, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *xml = NULL;
  g_autoptr (GError) error = NULL;
  guint before = catalogue->objects->len;
  gsize length;

  if (!g_file_get_contents (path, &xml, &length, &error))
    {
      sat_problems_add (problems, name, 0, N_ ("%s:%s: the file cannot be read: %s"),
                        error->message, NULL);
      return;
    }
  sat_catalogue_read_document (catalogue, problems, name, xml, length);
  for (guint i = before; i < catalogue->objects->len; i++)
    {
      const SatObjectSource *source = g_ptr_array_index (catalogue->objects, i);
      g_autofree char *expected = g_strconcat (source->object.name, ".xml", NULL);

      if (strcmp (name, expected) != 0)
        sat_problems_add (problems, name, source->line,
                          N_ ("%s:%s: the object “%s” belongs in a file of its own, “%s”"),
                          source->object.name, expected, NULL);
    }
}

SatCatalogue *
sat_catalogue_read (const char *directory, GPtrArray **problems, GError **error)
{
  g_autoptr (GPtrArray) names = list_files (directory, error);
  SatProblems found = { NULL, NULL };

  if (problems != NULL)
    *problems = NULL;
  if (names == NULL)
    return NULL;
  found.texts = g_ptr_array_new_with_free_func (g_free);

  SatCatalogue *catalogue = sat_catalogue_new ();
  for (guint i = 0; i < names->len; i++)
    read_file (catalogue, &found, directory, g_ptr_array_index (names, i));
  sat_catalogue_complete (catalogue, &found, TRUE);
  if (found.error == NULL)
    sat_catalogue_derive (catalogue, &found, TRUE);
  return finish (catalogue, &found, problems, error);
}

/* Does the running program lie in the folder it was built in? */
static gboolean
is_uninstalled (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);

  return program != NULL && g_str_has_prefix (program, SAT_BUILD_DIR G_DIR_SEPARATOR_S);
}

char *
sat_catalogue_data_path (const char *name)
{
  return is_uninstalled () ? g_build_filename (SAT_BUILD_DIR, "data", name, NULL)
                           : g_build_filename (SAT_DATA_DIR, name, NULL);
}

SatCatalogue *
sat_catalogue_default (GError **error)
{
  const char *chosen = g_getenv ("SATCHEL_CATALOGUE");
  g_autofree char *own = sat_catalogue_data_path ("catalogue");

  if (chosen != NULL && *chosen != '\0')
    return sat_catalogue_read (chosen, NULL, error);
  return sat_catalogue_read (own, NULL, error);
}
