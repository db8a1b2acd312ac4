/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reader of scenario files: line by line, no state but the last step. */
#include "tests/scenario/scenario.h"

#include <string.h>

static void
expect_free (gpointer data)
{
  ScnExpect *expect = data;

  g_free (expect->verb);
  g_free (expect->rest);
  g_free (expect);
}

static void
step_free (gpointer data)
{
  ScnStep *step = data;

  g_free (step->text);
  g_strfreev (step->words);
  g_ptr_array_unref (step->expects);
  g_string_free (step->content, TRUE);
  g_free (step);
}

static gboolean
begin_step (GPtrArray *steps, guint line, const char *text, GError **error)
{
  ScnStep *step = g_new0 (ScnStep, 1);

  step->line = line;
  step->text = g_strdup (text);
  step->expects = g_ptr_array_new_with_free_func (expect_free);
  step->content = g_string_new (NULL);
  g_ptr_array_add (steps, step);
  if (!g_str_has_prefix (text, "sh "))
    return g_shell_parse_argv (text, NULL, &step->words, error);
  step->words = g_new0 (char *, 3);
  step->words[0] = g_strdup ("sh");
  step->words[1] = g_strdup (text + strlen ("sh "));
  return TRUE;
}

static void
add_expect (ScnStep *step, guint line, const char *text)
{
  gsize length = strcspn (text, " ");
  ScnExpect *expect = g_new0 (ScnExpect, 1);

  expect->line = line;
  expect->verb = g_strndup (text, length);
  expect->rest = g_strdup (text + length + (text[length] == ' ' ? 1 : 0));
  g_ptr_array_add (step->expects, expect);
}

static gboolean
take_line (GPtrArray *steps, guint line, const char *raw, GError **error)
{
  const char *text = raw + strspn (raw, " ");
  ScnStep *last = steps->len > 0 ? g_ptr_array_index (steps, steps->len - 1) : NULL;

  if (*text == '\0' || *text == '#')
    return TRUE;
  if (text == raw)
    return begin_step (steps, line, text, error);
  if (last == NULL)
    {
      g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, "an expectation without a step");
      return FALSE;
    }
  if (*text == '|')
    g_string_append_printf (last->content, "%s\n", text + 1);
  else
    add_expect (last, line, text);
  return TRUE;
}

GPtrArray *
scn_read (const char *path, GError **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (step_free);
  g_autofree char *content = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &content, NULL, error))
    return NULL;
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (!take_line (steps, i + 1, lines[i], error))
      {
        g_prefix_error (error, "%s:%u: ", path, i + 1);
        return NULL;
      }
  return g_steal_pointer (&steps);
}

char *
scn_fill (const char *word, GHashTable *values)
{
  GString *out = g_string_new (NULL);

  for (const char *p = word; *p != '\0';)
    {
      gsize length = 0;
      const char *value = NULL;

      while (*p == '$' && (g_ascii_isalnum (p[length + 1]) || p[length + 1] == '_'))
        length++;
      g_autofree char *name = g_strndup (p + 1, length);
      if (length > 0)
        value = g_hash_table_lookup (values, name);
      if (value != NULL)
        g_string_append (out, value);
      else
        g_string_append_len (out, p, (gssize) length + 1);
      p += length + 1;
    }
  return g_string_free (out, FALSE);
}
