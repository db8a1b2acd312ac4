/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the word lists from the program's resources. Form of a list: "# remark", "[section]", then
 * one entry a line, its columns separated by "|". */
#include "cli/demo/sat-demo-words.h"

#include <gio/gio.h>

#include "cli/demo/sat-demo-resources.h"

#define PREFIX "/org/satchelcrm/Satchel/demo/"

struct _SatDemoWords
{
  GHashTable *sections; /* name -> GPtrArray of char ** */
};

static void
read_list (SatDemoWords *words, const char *name)
{
  g_autofree char *path = g_strconcat (PREFIX, name, NULL);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (sat_demo_get_resource (), path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *section = NULL;

  for (char **line = lines; *line; line++)
    {
      gsize length = strlen (*line);

      if (length == 0 || **line == '#')
        continue;
      if (**line == '[')
        {
          section = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
          g_hash_table_insert (words->sections, g_strndup (*line + 1, length - 2), section);
        }
      else if (section)
        g_ptr_array_add (section, g_strsplit (*line, "|", -1));
    }
}

SatDemoWords *
sat_demo_words_new (void)
{
  static const char *const lists[] = { "people.txt",   "companies.txt", "places.txt",
                                       "products.txt", "diary-zh.txt",  "diary-en.txt" };
  SatDemoWords *words = g_new0 (SatDemoWords, 1);

  words->sections = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    read_list (words, lists[i]);
  return words;
}

void
sat_demo_words_free (SatDemoWords *words)
{
  if (!words)
    return;
  g_hash_table_unref (words->sections);
  g_free (words);
}

guint
sat_demo_words_count (const SatDemoWords *words, const char *section)
{
  const GPtrArray *entries = g_hash_table_lookup (words->sections, section);

  return entries ? entries->len : 0;
}

const char *const *
sat_demo_words_at (const SatDemoWords *words, const char *section, guint pick)
{
  const GPtrArray *entries = g_hash_table_lookup (words->sections, section);

  return g_ptr_array_index (entries, pick % entries->len);
}
