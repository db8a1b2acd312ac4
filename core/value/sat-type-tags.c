/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tags: a set of words. People separate them by commas of any script, semicolons or new lines, so
 * that no element can hold one of these. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

static gboolean
is_separator (gunichar c)
{
  return c == ',' || c == ';' || c == '\n' || c == 0xff0c || c == 0x3001 || c == 0xff1b;
}

static gboolean
is_element (const char *text, gsize length)
{
  if (!sat_value_is_tidy (text, length, SAT_LINES_ONE, SAT_TAG_MAX))
    return FALSE;
  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    if (is_separator (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

/* One word as typed -> an element added to ELEMENTS, or nothing if it is blank. */
static gboolean
take_word (const SatTypeOptions *options, const char *word, GPtrArray *elements, GError **error)
{
  g_autofree char *tidy = NULL;

  if (!sat_value_tidy (word, SAT_LINES_ONE, SAT_TAG_MAX, &tidy, error))
    return FALSE;
  if (tidy == NULL)
    return TRUE;

  const SatTypeChoice *choice = sat_value_find_choice (options, tidy);
  if (choice != NULL)
    {
      g_ptr_array_add (elements, g_strdup (choice->name));
      return TRUE;
    }
  if (options && options->n_choices > 0 && !options->open)
    {
      g_autofree char *quote = sat_value_quote (tidy);
      g_autofree char *names = sat_value_list_choices (&sat_type_tags, options);
      return sat_fail (error, SAT_ERROR_INVALID,
                       N_ ("“%s” is not one of the choices; take some of: %s"), quote, names, NULL);
    }
  g_ptr_array_add (elements, g_steal_pointer (&tidy));
  return TRUE;
}

static gboolean
tags_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autoptr (GPtrArray) elements = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *tidy = NULL;

  *out = NULL;
  if (!sat_value_tidy (input, SAT_LINES_MANY, SAT_VALUE_MAX, &tidy, error))
    return FALSE;
  if (tidy == NULL)
    return TRUE;
  for (const char *start = tidy, *p = tidy;; p = g_utf8_next_char (p))
    {
      if (*p != '\0' && !is_separator (g_utf8_get_char (p)))
        continue;
      g_autofree char *word = g_strndup (start, (gsize) (p - start));
      if (!take_word (options, word, elements, error))
        return FALSE;
      if (*p == '\0')
        break;
      start = g_utf8_next_char (p);
    }
  g_autofree char *joined = sat_tags_join ((const char *const *) elements->pdata, elements->len);
  if (joined != NULL && !sat_type_tags.canonical (joined, strlen (joined)))
    {
      g_autofree char *limit = g_strdup_printf ("%d", SAT_TAGS_MAX);
      return sat_fail (error, SAT_ERROR_TOO_LONG,
                       N_ ("there are more than %s tags; leave some out"), limit, NULL);
    }
  *out = g_steal_pointer (&joined);
  return TRUE;
}

static int
compare_spans (const char *a, gsize length_a, const char *b, gsize length_b)
{
  int order = memcmp (a, b, MIN (length_a, length_b));

  return order != 0 ? order : (length_a > length_b) - (length_a < length_b);
}

static gboolean
tags_canonical (const char *text, gsize length)
{
  const char *end = text + length;
  const char *before = NULL;
  gsize length_before = 0;
  guint n = 0;

  if (length == 0 || length > SAT_VALUE_MAX)
    return FALSE;
  for (const char *start = text; start <= end;)
    {
      const char *stop = memchr (start, '\n', (gsize) (end - start));
      gsize size = (gsize) ((stop ? stop : end) - start);

      if (++n > SAT_TAGS_MAX || !is_element (start, size))
        return FALSE;
      if (before != NULL && compare_spans (before, length_before, start, size) >= 0)
        return FALSE;
      before = start;
      length_before = size;
      start += size + 1;
    }
  return TRUE;
}

const SatType sat_type_tags = {
  .id = SAT_TYPE_TAGS,
  .name = "tags",
  .sql = { "TEXT" },
  .parse = tags_parse,
  .canonical = tags_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
