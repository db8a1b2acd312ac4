/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plays one scenario and prints TAP: one point a step, and under a failed one what was expected and
 * what came. */
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "tests/scenario/sandbox.h"
#include "tests/scenario/scenario.h"

#define SHOWN 2000 /* bytes of output under a failed step */

typedef struct
{
  Sandbox *box;
  GHashTable *values; /* name -> text */
  Outcome outcome;    /* of the step that runs */
  JsonParser *json;   /* its document; NULL before it is needed */
  GString *failures;  /* what did not hold */
} Run;

static void fail (Run *run, guint line, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
fail (Run *run, guint line, const char *format, ...)
{
  va_list list;

  g_string_append_printf (run->failures, "line %u: ", line);
  va_start (list, format);
  g_string_append_vprintf (run->failures, format, list);
  va_end (list);
  g_string_append_c (run->failures, '\n');
}

/* ---- the JSON document ---- */

static JsonNode *
document (Run *run)
{
  g_autoptr (GError) error = NULL;

  if (run->json == NULL)
    {
      run->json = json_parser_new ();
      json_parser_load_from_data (run->json, run->outcome.out, -1, &error);
    }
  return json_parser_get_root (run->json);
}

typedef gboolean (*NodeFunc) (JsonNode *node, gpointer data);

static gboolean any_at (JsonNode *node, char **path, NodeFunc holds, gpointer data);

static gboolean
any_element (JsonNode *node, char **path, NodeFunc holds, gpointer data)
{
  JsonArray *array = json_node_get_array (node);

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (any_at (json_array_get_element (array, i), path, holds, data))
      return TRUE;
  return FALSE;
}

/* Does HOLDS say yes for some node at PATH below NODE? */
static gboolean
any_at (JsonNode *node, char **path, NodeFunc holds, gpointer data)
{
  guint64 index;

  if (path[0] == NULL || path[0][0] == '\0')
    return holds (node, data);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);

      return json_object_has_member (object, path[0]) &&
             any_at (json_object_get_member (object, path[0]), path + 1, holds, data);
    }
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  if (strcmp (path[0], "*") == 0)
    return any_element (node, path + 1, holds, data);
  return g_ascii_string_to_unsigned (path[0], 10, 0, G_MAXUINT, &index, NULL) &&
         index < json_array_get_length (json_node_get_array (node)) &&
         any_at (json_array_get_element (json_node_get_array (node), (guint) index), path + 1,
                 holds, data);
}

static gboolean
at_path (Run *run, const char *path, NodeFunc holds, gpointer data)
{
  JsonNode *root = document (run);
  g_auto (GStrv) parts = g_strsplit (strcmp (path, ".") == 0 ? "" : path, ".", -1);

  return root != NULL && any_at (root, parts, holds, data);
}

static gboolean
is_equal (JsonNode *node, gpointer data)
{
  return json_node_equal (node, data);
}

static gboolean
has_count (JsonNode *node, gpointer data)
{
  guint *count = data;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node)) == *count;
  return JSON_NODE_HOLDS_OBJECT (node) &&
         json_object_get_size (json_node_get_object (node)) == *count;
}

static gboolean
take_text (JsonNode *node, gpointer data)
{
  char **out = data;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return FALSE;
  *out = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                          : json_to_string (node, FALSE);
  return TRUE;
}

/* ---- expectations ---- */

/* "PATH REST" */
static char *
split_path (const char *text, char **rest)
{
  gsize length = strcspn (text, " ");

  *rest = g_strdup (text + length + (text[length] == ' ' ? 1 : 0));
  return g_strndup (text, length);
}

static void
expect_json (Run *run, guint line, const char *text)
{
  g_autofree char *value = NULL;
  g_autofree char *path = split_path (text, &value);
  g_autoptr (JsonNode) expected = json_from_string (value, NULL);

  if (expected == NULL)
    fail (run, line, "%s is no JSON", value);
  else if (!at_path (run, path, is_equal, expected))
    fail (run, line, "at %s there is no %s", path, value);
}

static void
expect_count (Run *run, guint line, const char *text)
{
  g_autofree char *value = NULL;
  g_autofree char *path = split_path (text, &value);
  guint count = (guint) g_ascii_strtoull (value, NULL, 10);

  if (!at_path (run, path, has_count, &count))
    fail (run, line, "at %s there are not %u elements", path, count);
}

static void
save (Run *run, guint line, const char *text)
{
  g_autofree char *path = NULL;
  g_autofree char *name = split_path (text, &path);
  char *value = NULL;

  if (*path == '\0')
    value = g_strndup (run->outcome.out, strcspn (run->outcome.out, "\n"));
  else if (!at_path (run, path, take_text, &value))
    fail (run, line, "there is nothing at %s", path);
  if (value != NULL)
    g_hash_table_insert (run->values, g_steal_pointer (&name), value);
}

static void
check (Run *run, const ScnExpect *expect)
{
  g_autofree char *rest = scn_fill (expect->rest, run->values);
  const char *verb = expect->verb;

  if (strcmp (verb, "exit") == 0)
    return;
  if (strcmp (verb, "json") == 0)
    expect_json (run, expect->line, rest);
  else if (strcmp (verb, "count") == 0)
    expect_count (run, expect->line, rest);
  else if (strcmp (verb, "save") == 0)
    save (run, expect->line, rest);
  else if (strcmp (verb, "out") == 0 && strstr (run->outcome.out, rest) == NULL)
    fail (run, expect->line, "standard output lacks: %s", rest);
  else if (strcmp (verb, "no-out") == 0 && strstr (run->outcome.out, rest) != NULL)
    fail (run, expect->line, "standard output has: %s", rest);
  else if (strcmp (verb, "err") == 0 && strstr (run->outcome.err, rest) == NULL)
    fail (run, expect->line, "standard error lacks: %s", rest);
  else if (strcmp (verb, "silent") == 0 && *run->outcome.out != '\0')
    fail (run, expect->line, "standard output is not empty");
  else if (!g_strv_contains ((const char *const[]){ "out", "no-out", "err", "silent", NULL }, verb))
    fail (run, expect->line, "there is no expectation “%s”", verb);
}

static void
check_exit (Run *run, const ScnStep *step)
{
  int expected = 0;

  for (guint i = 0; i < step->expects->len; i++)
    {
      const ScnExpect *expect = g_ptr_array_index (step->expects, i);

      if (strcmp (expect->verb, "exit") == 0)
        expected = (int) g_ascii_strtoll (expect->rest, NULL, 10);
    }
  if (run->outcome.status != expected)
    fail (run, step->line, "exit status %d, not %d", run->outcome.status, expected);
  if (strstr (run->outcome.err, "Sanitizer") != NULL ||
      strstr (run->outcome.err, "runtime error:") != NULL)
    fail (run, step->line, "a sanitizer complained");
}

/* ---- steps ---- */

static gboolean
wants_json (const ScnStep *step)
{
  for (guint i = 0; i < step->expects->len; i++)
    {
      const ScnExpect *expect = g_ptr_array_index (step->expects, i);

      if (strcmp (expect->verb, "json") == 0 || strcmp (expect->verb, "count") == 0 ||
          (strcmp (expect->verb, "save") == 0 && strchr (expect->rest, ' ') != NULL))
        return TRUE;
    }
  return FALSE;
}

static void
play (Run *run, const ScnStep *step, char **words)
{
  const char *verb = words[0];
  const char *const *rest = (const char *const *) words + 1;
  gsize length = strlen (verb);

  if (verb[length - 1] == ':')
    {
      g_autofree char *laptop = g_strndup (verb, length - 1);

      sandbox_satchel (run->box, laptop, wants_json (step), rest, &run->outcome);
    }
  else if (strcmp (verb, "satchel") == 0)
    sandbox_satchel (run->box, NULL, wants_json (step), rest, &run->outcome);
  else if (strcmp (verb, "git") == 0)
    sandbox_git (run->box, rest, &run->outcome);
  else if (strcmp (verb, "sh") == 0)
    sandbox_shell (run->box, rest[0], &run->outcome);
  else if (strcmp (verb, "file") == 0)
    {
      g_autofree char *content = scn_fill (step->content->str, run->values);

      sandbox_file (run->box, rest[0], content, &run->outcome);
    }
  else if (strcmp (verb, "fill") == 0)
    sandbox_fill (run->box, rest[0], rest[0] != NULL ? rest[1] : NULL, &run->outcome);
  else if (strcmp (verb, "same") == 0)
    sandbox_same (run->box, rest, &run->outcome);
  else if (strcmp (verb, "forge") == 0)
    sandbox_forge (run->box, rest, &run->outcome);
  else if (strcmp (verb, "verify") == 0)
    sandbox_verify (run->box, rest, &run->outcome);
  else
    fail (run, step->line, "there is no step “%s”", verb);
}

static void
print_lines (const char *label, const char *text)
{
  g_autofree char *clipped = g_strndup (text, SHOWN);
  g_auto (GStrv) lines = g_strsplit (clipped, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      printf ("# %s%s\n", label, lines[i]);
}

static gboolean
run_step (Run *run, guint point, const ScnStep *step)
{
  g_auto (GStrv) words = g_new0 (char *, g_strv_length (step->words) + 1);
  gboolean ok;

  for (guint i = 0; step->words[i] != NULL; i++)
    words[i] = scn_fill (step->words[i], run->values);
  g_string_truncate (run->failures, 0);
  play (run, step, words);
  if (run->failures->len == 0)
    check_exit (run, step);
  for (guint i = 0; run->outcome.out != NULL && i < step->expects->len; i++)
    check (run, g_ptr_array_index (step->expects, i));
  ok = run->failures->len == 0;
  printf ("%s %u - %u: %s\n", ok ? "ok" : "not ok", point, step->line, step->text);
  if (!ok)
    {
      print_lines ("", run->failures->str);
      print_lines ("out| ", run->outcome.out != NULL ? run->outcome.out : "");
      print_lines ("err| ", run->outcome.err != NULL ? run->outcome.err : "");
    }
  fflush (stdout);
  g_clear_object (&run->json);
  outcome_clear (&run->outcome);
  return ok;
}

int
main (int argc, char **argv)
{
  gboolean keep = argc == 3 && strcmp (argv[1], "--keep") == 0;
  Run run = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  gboolean ok = TRUE;

  if (argc != (keep ? 3 : 2))
    {
      fputs ("usage: scenario-runner [--keep] FILE.scn\n", stderr);
      return 2;
    }
  steps = scn_read (argv[argc - 1], &error);
  if (steps == NULL)
    {
      printf ("Bail out! %s\n", error->message);
      return 1;
    }
  run.box = sandbox_new ();
  run.values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run.failures = g_string_new (NULL);
  g_hash_table_insert (run.values, g_strdup ("DIR"), g_strdup (sandbox_dir (run.box)));
  if (g_getenv ("SATCHEL_TEST_DATA") != NULL)
    g_hash_table_insert (run.values, g_strdup ("DATA"), g_strdup (g_getenv ("SATCHEL_TEST_DATA")));

  printf ("1..%u\n", steps->len);
  for (guint i = 0; i < steps->len; i++)
    ok = run_step (&run, i + 1, g_ptr_array_index (steps, i)) && ok;

  g_hash_table_unref (run.values);
  g_string_free (run.failures, TRUE);
  sandbox_free (run.box, keep);
  return ok ? 0 : 1;
}
