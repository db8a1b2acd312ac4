/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The word lists: every section that the demo reads is there, with the columns it reads, and in
 * pairs of languages; no empty and no doubled entry. */
#include "cli/demo/sat-demo-words.h"

#include <string.h>

static const struct
{
  const char *section;
  guint columns;
  guint least;
} sections[] = {
  { "family-zh", 2, 40 },     { "given-zh", 2, 40 },
  { "title-zh", 2, 8 },       { "family-en", 1, 20 },
  { "given-en", 1, 20 },      { "title-en", 2, 8 },
  { "brand-head-zh", 2, 25 }, { "brand-tail-zh", 2, 25 },
  { "business-zh", 2, 25 },   { "form-zh", 1, 4 },
  { "brand-head-en", 1, 30 }, { "brand-tail-en", 1, 20 },
  { "business-en", 2, 20 },   { "form-en", 1, 4 },
  { "city-zh", 7, 10 },       { "road-zh", 1, 10 },
  { "city-en", 7, 8 },        { "road-en", 1, 10 },
  { "product", 5, 20 },       { "early-zh", 4, 6 },
  { "quote-zh", 4, 6 },       { "close-zh", 4, 5 },
  { "won-zh", 4, 3 },         { "lost-zh", 4, 3 },
  { "care-zh", 4, 6 },        { "early-en", 4, 6 },
  { "quote-en", 4, 6 },       { "close-en", 4, 5 },
  { "won-en", 4, 3 },         { "lost-en", 4, 3 },
  { "care-en", 4, 6 },        { "remark-zh", 1, 8 },
  { "remark-en", 1, 8 },      { "tag", 2, 6 },
};

static void
test_sections (void)
{
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();

  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      guint n = sat_demo_words_count (words, sections[i].section);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

      g_test_message ("%s", sections[i].section);
      g_assert_cmpuint (n, >=, sections[i].least);
      for (guint j = 0; j < n; j++)
        {
          const char *const *entry = sat_demo_words_at (words, sections[i].section, j);

          g_assert_cmpuint (g_strv_length ((char **) entry), ==, sections[i].columns);
          for (guint column = 0; column < sections[i].columns; column++)
            {
              g_assert_cmpstr (entry[column], !=, "");
              g_assert_true (g_utf8_validate (entry[column], -1, NULL));
            }
          g_assert_true (g_hash_table_add (seen, g_strjoinv ("|", (char **) entry)));
          g_assert_true (sat_demo_words_at (words, sections[i].section, j + n) == entry);
        }
    }
  g_assert_cmpuint (sat_demo_words_count (words, "no such section"), ==, 0);
}

/* Only placeholders that are filled in; care has no deal to take a product or an amount from. */
static void
test_placeholders (void)
{
  static const char *const known[] = { "{contact}", "{product}", "{quantity}",
                                       "{amount}",  "{day}",     "{city}" };
  static const char *const phases[] = { "early-zh", "quote-zh", "close-zh", "won-zh",
                                        "lost-zh",  "care-zh",  "early-en", "quote-en",
                                        "close-en", "won-en",   "lost-en",  "care-en" };
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    for (guint j = 0; j < sat_demo_words_count (words, phases[i]); j++)
      {
        const char *const *entry = sat_demo_words_at (words, phases[i], j);
        g_autoptr (GString) text = g_string_new (entry[1]);

        g_string_append (text, entry[3]);
        if (g_str_has_prefix (phases[i], "care"))
          {
            g_assert_null (strstr (text->str, "{product}"));
            g_assert_null (strstr (text->str, "{quantity}"));
            g_assert_null (strstr (text->str, "{amount}"));
          }
        for (guint k = 0; k < G_N_ELEMENTS (known); k++)
          g_string_replace (text, known[k], "", 0);
        g_assert_null (strpbrk (text->str, "{}"));
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/words/sections", test_sections);
  g_test_add_func ("/demo/words/placeholders", test_placeholders);
  return g_test_run ();
}
