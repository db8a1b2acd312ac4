/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every type: the list of types, references, and bytes from elsewhere. */
#include "value-cases.h"

static void
test_registry (void)
{
  static const char *const names[SAT_N_TYPES] = {
    "text",   "long-text", "integer", "decimal",   "percent", "money", "date", "time",
    "yes-no", "choice",    "tags",    "reference", "phone",   "email", "web",  "address",
  };

  for (guint i = 0; i < SAT_N_TYPES; i++)
    {
      const SatType *type = sat_type_get (i);
      g_assert_cmpint (type->id, ==, i);
      g_assert_cmpstr (type->name, ==, names[i]);
      g_assert_true (sat_type_by_name (names[i]) == type);
      g_assert_nonnull (type->sql[0]);
    }
  g_assert_null (sat_type_by_name ("telephone"));
}

static void
test_reference (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { "0190163D-8694-739B-AEA5-966C26F8AD91", "0190163d-8694-739b-aea5-966c26f8ad91" },
    { " 0190163d-8694-739b-aea5-966c26f8ad91 ", "0190163d-8694-739b-aea5-966c26f8ad91" },
  };
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  check_accepts (SAT_TYPE_REFERENCE, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_REFERENCE, NULL, "26f8ad91", "0190163d8694739baea5966c26f8ad91",
                 "0190163d-8694-739b-aea5-966c26f8ad9g", "\xff");
  sat_type_get (SAT_TYPE_REFERENCE)->to_cells (cases[1].canonical, cells);
  g_assert_cmpint (cells[0].kind, ==, SAT_CELL_BLOB);
  g_assert_cmpuint (cells[0].size, ==, 16);
  g_assert_cmphex ((guint8) cells[0].text[15], ==, 0x91);
  cells[0].size = 15;
  g_assert_null (sat_type_get (SAT_TYPE_REFERENCE)->from_cells (cells));
}

/* Random bytes: no crash, and no type takes as canonical what its parse spells otherwise. */
static void
test_random_bytes (void)
{
  static const char alphabet[] = "0123456789-:TZ./ CNYUSD@axhtps\n\t,;_\xe4\xb8\xad\xff";
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  const SatTypeChoice choices[] = { { "a", NULL }, { "x", NULL } };
  const SatTypeOptions options = { .choices = choices, .n_choices = 2, .open = TRUE };

  for (int round = 0; round < 60000; round++)
    {
      const SatType *type = sat_type_get ((SatTypeId) (round % SAT_N_TYPES));
      int n = g_rand_int_range (rand, 0, 24);
      char text[32] = "";
      g_autofree char *out = NULL;

      for (int i = 0; i < n; i++)
        text[i] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
      gboolean canonical = type->canonical (text, strlen (text));
      gboolean parsed = type->parse (&options, text, &out, NULL);
      if (parsed && out != NULL)
        check_canonical (type->id, &options, out);
      if (canonical && parsed)
        g_assert_cmpstr (out, ==, text);
      if (canonical && !parsed)
        g_assert_true (type->id == SAT_TYPE_MONEY || type->id == SAT_TYPE_CHOICE);
    }
}

/* One wrong byte in a canonical text makes another canonical text or none, never a crash; and every
 * NUL inside is refused. */
static void
test_mutations (void)
{
  static const struct
  {
    SatTypeId id;
    const char *text;
  } seeds[] = {
    { SAT_TYPE_MONEY, "1234.50 CNY" },
    { SAT_TYPE_DATE, "2024-02-29" },
    { SAT_TYPE_TIME, "2026-11-21T08:00:00Z" },
    { SAT_TYPE_TAGS, "east\nvip\n老客户" },
    { SAT_TYPE_REFERENCE, "0190163d-8694-739b-aea5-966c26f8ad91" },
    { SAT_TYPE_WEB, "https://[::1]:80/x" },
    { SAT_TYPE_EMAIL, "li@example.com" },
    { SAT_TYPE_PHONE, "021-5555 x1" },
    { SAT_TYPE_DECIMAL, "-12.5" },
    { SAT_TYPE_INTEGER, "-12" },
    { SAT_TYPE_TEXT, "中文 text" },
    { SAT_TYPE_LONG_TEXT, "中\n文" },
    { SAT_TYPE_ADDRESS, "1 Road\nTown" },
    { SAT_TYPE_CHOICE, "won" },
    { SAT_TYPE_YES_NO, "yes" },
    { SAT_TYPE_PERCENT, "12.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    for (gsize at = 0; at < strlen (seeds[i].text); at++)
      for (int byte = 0; byte < 256; byte++)
        {
          const SatType *type = sat_type_get (seeds[i].id);
          gsize length = strlen (seeds[i].text);
          g_autofree char *copy = g_strdup (seeds[i].text);
          SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

          copy[at] = (char) byte;
          if (!type->canonical (copy, length))
            continue;
          g_assert_cmpint (byte, !=, 0);
          type->to_cells (copy, cells);
          g_autofree char *again = type->from_cells (cells);
          g_assert_cmpstr (again, ==, copy);
        }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/type/registry", test_registry);
  g_test_add_func ("/value/type/reference", test_reference);
  g_test_add_func ("/value/type/random-bytes", test_random_bytes);
  g_test_add_func ("/value/type/mutations", test_mutations);
  return g_test_run ();
}
