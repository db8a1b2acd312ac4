/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each option becomes a GOptionEntry with one callback that notes what was given under its name. */
#include "cli/sat-args.h"

#include <string.h>

#include "cli/sat-i18n.h"

struct _SatArgs
{
  GPtrArray *words;   /* ends with NULL */
  GHashTable *values; /* option -> GPtrArray of values, ending with NULL; a switch has "" */
};

gboolean
sat_usage (GError **error, const char *format, ...)
{
  va_list list;

  va_start (list, format);
  g_propagate_error (error,
                     g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_FAILED, format, list));
  va_end (list);
  return FALSE;
}

static gboolean
check_utf8 (const char *word, GError **error)
{
  if (g_utf8_validate (word, -1, NULL))
    return TRUE;
  g_autofree char *shown = g_utf8_make_valid (word, -1);
  return sat_usage (error, _ ("“%s” is not UTF-8 text"), shown);
}

static gboolean
note_option (const char *option, const char *value, gpointer data, GError **error)
{
  SatArgs *args = data;
  const char *name = option + strspn (option, "-");
  GPtrArray *values = g_hash_table_lookup (args->values, name);

  if (value != NULL && !check_utf8 (value, error))
    return FALSE;
  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (args->values, g_strdup (name), values);
    }
  else
    g_ptr_array_set_size (values, (int) values->len - 1);
  g_ptr_array_add (values, g_strdup (value != NULL ? value : ""));
  g_ptr_array_add (values, NULL);
  return TRUE;
}

static void
add_entries (GOptionGroup *group, const SatOption *options)
{
  for (const SatOption *option = options; option != NULL && option->name != NULL; option++)
    {
      GOptionEntry entries[2] = { 0 };

      entries[0].long_name = option->name;
      entries[0].short_name = g_str_equal (option->name, "help") ? 'h' : 0;
      entries[0].flags = option->value != NULL ? G_OPTION_FLAG_FILENAME : G_OPTION_FLAG_NO_ARG;
      entries[0].arg = G_OPTION_ARG_CALLBACK;
      entries[0].arg_data = (gpointer) note_option;
      g_option_group_add_entries (group, entries);
    }
}

static gboolean
take_words (SatArgs *args, char **words, gboolean leading, GError **error)
{
  gboolean only_words = FALSE;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!leading && !only_words && g_str_equal (words[i], "--"))
        {
          only_words = TRUE;
          continue;
        }
      if (!check_utf8 (words[i], error))
        return FALSE;
      g_ptr_array_add (args->words, g_strdup (words[i]));
    }
  g_ptr_array_add (args->words, NULL);
  return TRUE;
}

SatArgs *
sat_args_parse (const char *const *words,
                const SatOption *options,
                const SatOption *more,
                gboolean leading,
                GError **error)
{
  g_autoptr (SatArgs) args = g_new0 (SatArgs, 1);
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  GOptionGroup *group = g_option_group_new ("main", "", "", args, NULL);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) argv = NULL;

  args->words = g_ptr_array_new_with_free_func (g_free);
  args->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);
  add_entries (group, options);
  add_entries (group, more);
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_strict_posix (context, leading);

  g_ptr_array_add (list, g_strdup ("satchel"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (list, g_strdup (words[i]));
  g_ptr_array_add (list, NULL);
  argv = (char **) g_ptr_array_free (g_steal_pointer (&list), FALSE);
  if (!g_option_context_parse_strv (context, &argv, error) ||
      !take_words (args, argv + 1, leading, error))
    return NULL;
  return g_steal_pointer (&args);
}

void
sat_args_free (SatArgs *args)
{
  if (args == NULL)
    return;
  g_ptr_array_unref (args->words);
  g_hash_table_unref (args->values);
  g_free (args);
}

guint
sat_args_n_words (const SatArgs *args)
{
  return args->words->len - 1;
}

const char *
sat_args_word (const SatArgs *args, guint i)
{
  return i < args->words->len ? g_ptr_array_index (args->words, i) : NULL;
}

const char *const *
sat_args_words (const SatArgs *args)
{
  return (const char *const *) args->words->pdata;
}

gboolean
sat_args_has (const SatArgs *args, const char *option)
{
  return g_hash_table_contains (args->values, option);
}

const char *
sat_args_get (const SatArgs *args, const char *option)
{
  const GPtrArray *values = g_hash_table_lookup (args->values, option);

  return values != NULL ? g_ptr_array_index (values, values->len - 2) : NULL;
}

const char *const *
sat_args_all (const SatArgs *args, const char *option)
{
  const GPtrArray *values = g_hash_table_lookup (args->values, option);

  return values != NULL ? (const char *const *) values->pdata : NULL;
}

gboolean
sat_args_number (
    const SatArgs *args, const char *option, gint64 least, gint64 most, gint64 *out, GError **error)
{
  const char *text = sat_args_get (args, option);

  if (text == NULL || g_ascii_string_to_signed (text, 10, least, most, out, NULL))
    return TRUE;
  return sat_usage (error, _ ("--%s %s: a whole number from %lld to %lld is needed"), option, text,
                    (long long) least, (long long) most);
}
