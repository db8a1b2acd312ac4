/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice and yes-no. A choice is its name; people may type any of its labels. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-text.h"
#include "core/value/sat-type-private.h"

gboolean
sat_value_is_name (const char *text, gsize length)
{
  if (length == 0 || length > SAT_TAG_MAX)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]) && text[i] != '_')
      return FALSE;
  return TRUE;
}

static gboolean
is_label_of (const SatTypeChoice *choice, const char *folded)
{
  for (guint i = 0; choice->labels && choice->labels[i]; i++)
    {
      g_autofree char *label = sat_text_fold (choice->labels[i]);
      if (strcmp (label, folded) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A company's own has a name that says nothing: x_ and digits. */
static gboolean
is_own (const SatTypeChoice *choice)
{
  return g_str_has_prefix (choice->name, "x_");
}

const SatTypeChoice *
sat_value_find_choice (const SatTypeOptions *options, const char *input)
{
  g_autofree char *folded = sat_text_fold (input);

  if (options == NULL)
    return NULL;
  for (guint i = 0; i < options->n_choices; i++)
    if (strcmp (options->choices[i].name, folded) == 0)
      return &options->choices[i];
  for (guint i = 0; i < options->n_choices; i++)
    if (is_label_of (&options->choices[i], folded))
      return &options->choices[i];
  return NULL;
}

const char *
sat_type_choice_word (const SatType *type, const SatTypeOptions *options, const char *name)
{
  for (guint i = 0; options != NULL && i < options->n_choices; i++)
    {
      const SatTypeChoice *choice = &options->choices[i];

      if (strcmp (choice->name, name) != 0)
        continue;
      for (guint j = 0; is_own (choice) && choice->labels && choice->labels[j]; j++)
        if (sat_value_find_choice (options, choice->labels[j]) == choice &&
            (type->id != SAT_TYPE_TAGS ||
             type->canonical (choice->labels[j], strlen (choice->labels[j]))))
          return choice->labels[j];
    }
  return name;
}

char *
sat_value_list_choices (const SatType *type, const SatTypeOptions *options)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; options && i < options->n_choices; i++)
    g_string_append_printf (out, "%s%s", i ? ", " : "",
                            sat_type_choice_word (type, options, options->choices[i].name));
  return g_string_free (out, FALSE);
}

static gboolean
choice_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *tidy = NULL;

  *out = NULL;
  if (!sat_value_tidy (input, SAT_LINES_ONE, SAT_LINE_MAX, &tidy, error))
    return FALSE;
  if (tidy == NULL)
    return TRUE;

  const SatTypeChoice *choice = sat_value_find_choice (options, tidy);
  if (choice != NULL)
    {
      *out = g_strdup (choice->name);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (tidy);
  g_autofree char *names = sat_value_list_choices (&sat_type_choice, options);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is not one of the choices; take one of: %s"),
                   quote, names, NULL);
}

static gboolean
yes_no_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  static const char *const yes[] = { "yes", "true", "1", "y", "on", "是", "对", NULL };
  static const char *const no[] = { "no", "false", "0", "n", "off", "否", "不", NULL };
  g_autofree char *narrow = sat_value_narrow (input);
  g_autofree char *folded = narrow ? sat_text_fold (narrow) : NULL;

  *out = NULL;
  if (folded && *folded == '\0')
    return TRUE;
  if (folded && g_strv_contains (yes, folded))
    *out = g_strdup ("yes");
  else if (folded && g_strv_contains (no, folded))
    *out = g_strdup ("no");
  if (*out != NULL)
    return TRUE;

  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is neither yes nor no; write yes or no"),
                   quote, NULL);
}

static gboolean
yes_no_canonical (const char *text, gsize length)
{
  return (length == 3 && memcmp (text, "yes", 3) == 0) ||
         (length == 2 && memcmp (text, "no", 2) == 0);
}

static void
yes_no_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  cells[0].kind = SAT_CELL_INTEGER;
  cells[0].integer = canonical[0] == 'y';
}

static char *
yes_no_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  if (cells[0].kind != SAT_CELL_INTEGER)
    return NULL;
  return g_strdup (cells[0].integer ? "yes" : "no");
}

const SatType sat_type_choice = {
  .id = SAT_TYPE_CHOICE,
  .name = "choice",
  .sql = { "TEXT" },
  .parse = choice_parse,
  .canonical = sat_value_is_name,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};

/* "no" comes before "yes" as text, too. */
const SatType sat_type_yes_no = {
  .id = SAT_TYPE_YES_NO,
  .name = "yes-no",
  .sql = { "INTEGER" },
  .parse = yes_no_parse,
  .canonical = yes_no_canonical,
  .compare = strcmp,
  .to_cells = yes_no_to_cells,
  .from_cells = yes_no_from_cells,
};
