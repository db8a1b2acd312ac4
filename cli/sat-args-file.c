/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file's options are put among the words of the command line, which is read again. */
#include "cli/sat-args-file.h"

#include <string.h>

#include "cli/sat-i18n.h"

typedef struct
{
  GKeyFile *keys;
  const char *file, *group, *word;
  const SatOption *options;
  GPtrArray *words; /* the command line to be */
} Merge;

static const SatOption *
find_option (const SatOption *options, const char *name)
{
  for (const SatOption *option = options; option->name != NULL; option++)
    if (strcmp (option->name, name) == 0)
      return option;
  return NULL;
}

static gboolean
check_keys (const Merge *merge, GError **error)
{
  g_auto (GStrv) names = g_key_file_get_keys (merge->keys, merge->group, NULL, NULL);

  if (names == NULL)
    return sat_usage (error, _ ("%s: there is no group [%s]"), merge->file, merge->group);
  for (guint i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], merge->word) != 0 && find_option (merge->options, names[i]) == NULL)
      return sat_usage (error, _ ("%s: “%s” is no option of this command"), merge->file, names[i]);
  return TRUE;
}

static void
put (Merge *merge, const SatOption *option, const char *value)
{
  g_ptr_array_add (merge->words, option->value != NULL
                                     ? g_strdup_printf ("--%s=%s", option->name, value)
                                     : g_strdup_printf ("--%s", option->name));
}

/* From the file. */
static gboolean
add_key (Merge *merge, const SatOption *option, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_auto (GStrv) values = NULL;

  if (!g_key_file_has_key (merge->keys, merge->group, option->name, NULL))
    return TRUE;
  if (option->value == NULL)
    {
      if (g_key_file_get_boolean (merge->keys, merge->group, option->name, &local))
        put (merge, option, NULL);
      return local == NULL ||
             sat_usage (error, _ ("%s: “%s” is true or false"), merge->file, option->name);
    }
  values = g_key_file_get_string_list (merge->keys, merge->group, option->name, NULL, &local);
  if (values == NULL)
    return sat_usage (error, _ ("%s: “%s” cannot be read: %s"), merge->file, option->name,
                      local->message);
  for (guint i = 0; values[i] != NULL; i++)
    put (merge, option, values[i]);
  return TRUE;
}

static gboolean
add_option (Merge *merge, const SatArgs *args, const SatOption *option, GError **error)
{
  const char *const *given = sat_args_all (args, option->name);

  if (given == NULL)
    return add_key (merge, option, error);
  for (guint i = 0; given[i] != NULL; i++)
    put (merge, option, given[i]);
  return TRUE;
}

static gboolean
collect (Merge *merge, const SatArgs *args, GError **error)
{
  g_autofree char *first = g_key_file_get_string (merge->keys, merge->group, merge->word, NULL);

  if (!check_keys (merge, error))
    return FALSE;
  for (const SatOption *option = merge->options; option->name != NULL; option++)
    if (!add_option (merge, args, option, error))
      return FALSE;
  g_ptr_array_add (merge->words, g_strdup ("--"));
  for (guint i = 0; i < sat_args_n_words (args); i++)
    g_ptr_array_add (merge->words, g_strdup (sat_args_word (args, i)));
  if (sat_args_n_words (args) == 0 && first != NULL)
    g_ptr_array_add (merge->words, g_steal_pointer (&first));
  g_ptr_array_add (merge->words, NULL);
  return TRUE;
}

SatArgs *
sat_args_with_file (const SatArgs *args,
                    const char *file,
                    const char *group,
                    const char *word,
                    const SatOption *options,
                    GError **error)
{
  g_autoptr (GKeyFile) keys = g_key_file_new ();
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local = NULL;
  Merge merge = { keys, file, group, word, options, words };

  if (!g_key_file_load_from_file (keys, file, G_KEY_FILE_NONE, &local))
    {
      sat_usage (error, _ ("%s cannot be read: %s"), file, local->message);
      return NULL;
    }
  if (!collect (&merge, args, error))
    return NULL;
  return sat_args_parse ((const char *const *) words->pdata, options, NULL, FALSE, error);
}
