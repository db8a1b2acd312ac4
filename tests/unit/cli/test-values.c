/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values on their way out: JSON as scripts depend on it, text as people read it. */
#include "cli/sat-values.h"

typedef struct
{
  SatCatalogue *catalogue;
  SatCli cli;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  sat_cli_clear (&fixture->cli);
  sat_catalogue_unref (fixture->catalogue);
}

static const SatField *
field (const Fixture *fixture, const char *object, const char *name)
{
  const SatField *found = sat_object_find (sat_catalogue_find (fixture->catalogue, object), name);

  g_assert_nonnull (found);
  return found;
}

static void
assert_json (const SatField *of, const char *value, const char *expected)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_array (builder);
  sat_value_add_json (builder, of, value);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_json (Fixture *fixture, gconstpointer data)
{
  const SatField *tags = field (fixture, "customer", "tags");

  assert_json (field (fixture, "customer", "name"), "上海 \"宏达\"", "[\"上海 \\\"宏达\\\"\"]");
  assert_json (field (fixture, "customer", "name"), NULL, "[null]");
  assert_json (field (fixture, "customer", "credit_limit"), "12.50 CNY", "[\"12.50 CNY\"]");
  assert_json (field (fixture, "deal", "probability"), "25", "[\"25\"]");
  assert_json (field (fixture, "deal", "close_date"), "2026-11-21", "[\"2026-11-21\"]");
  assert_json (field (fixture, "product", "active"), "yes", "[true]");
  assert_json (field (fixture, "product", "active"), "no", "[false]");
  assert_json (tags, "a\nb", "[[\"a\",\"b\"]]");
  assert_json (tags, NULL, "[null]");
  assert_json (NULL, "7", "[\"7\"]");
}

/* A number that an older or newer catalogue stored as something else is not dropped. */
static void
test_json_integer (Fixture *fixture, gconstpointer data)
{
  SatField integer = { .type = sat_type_get (SAT_TYPE_INTEGER) };

  assert_json (&integer, "-9223372036854775808", "[-9223372036854775808]");
  assert_json (&integer, "0", "[0]");
  assert_json (&integer, "many", "[\"many\"]");
}

static void
assert_text (Fixture *fixture, const SatField *of, const char *value, const char *expected)
{
  g_autofree char *text = sat_value_text (&fixture->cli, of, value);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  const SatField *limit = field (fixture, "customer", "credit_limit");

  assert_text (fixture, field (fixture, "customer", "name"), NULL, "");
  assert_text (fixture, field (fixture, "customer", "kind"), "company", "Company");
  assert_text (fixture, field (fixture, "customer", "kind"), "alien", "alien");
  assert_text (fixture, field (fixture, "customer", "tags"), "a\nb", "a, b");
  assert_text (fixture, limit, "1.00 CNY", "1.00 CNY");
  assert_text (fixture, limit, "123.00 CNY", "123.00 CNY");
  assert_text (fixture, limit, "1234.50 EUR", "1,234.50 EUR");
  assert_text (fixture, limit, "-1234567.8901 EUR", "-1,234,567.8901 EUR");
  assert_text (fixture, field (fixture, "deal", "probability"), "25", "25 %");
  assert_text (fixture, field (fixture, "product", "active"), "yes", "yes");
  /* The tests run in the zone of Shanghai. */
  assert_text (fixture, field (fixture, "activity", "time"), "2026-11-21T20:00:00Z",
               "2026-11-22 04:00");
  assert_text (fixture, field (fixture, "activity", "time"), "soon", "soon");
  assert_text (fixture, NULL, "as it is", "as it is");
}

static void
test_times (Fixture *fixture, gconstpointer data)
{
  g_autofree char *never = sat_time_text (0);
  g_autofree char *then = sat_time_text (G_GINT64_CONSTANT (1795269600000));

  g_assert_cmpstr (never, ==, "never");
  g_assert_cmpstr (then, ==, "2026-11-21 22:00");
}

static void
test_words (Fixture *fixture, gconstpointer data)
{
  const char *const args[] = { "x", NULL };
  g_autofree char *word = sat_cli_word ("no such text as “%s”", args);
  g_autofree char *plain = sat_cli_program (&fixture->cli);
  g_autofree char *quoted = NULL;
  char tail[9];
  SatId id;

  g_assert_cmpstr (word, ==, "no such text as “x”");
  g_assert_cmpstr (plain, ==, "satchel");
  fixture->cli.home = g_strdup ("my data");
  fixture->cli.home_given = TRUE;
  quoted = sat_cli_program (&fixture->cli);
  g_assert_cmpstr (quoted, ==, "satchel --home 'my data'");
  g_assert_true (sat_id_parse ("0190163d-8694-739b-aea5-966c26f8ad91", &id));
  g_assert_cmpstr (sat_cli_short_id (&id, tail), ==, "26f8ad91");
}

#define ADD(name, function) \
  g_test_add ("/cli/values/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("json", test_json);
  ADD ("json-integer", test_json_integer);
  ADD ("text", test_text);
  ADD ("times", test_times);
  ADD ("words", test_words);
  return g_test_run ();
}
