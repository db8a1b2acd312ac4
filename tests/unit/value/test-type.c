/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds for every type: the list of types, references, and bytes from elsewhere. */
#include "value-cases.h"

/* SHA-256 of "abc". */
#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

static void
test_registry (void)
{
  static const char *const names[SAT_N_TYPES] = {
    "text", "long-text", "integer", "decimal",    "percent",   "money", "date",
    "time", "yes-no",    "choice",  "tags",       "reference", "phone", "email",
    "web",  "address",   "picture", "attachment", "place",
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
    { SAT_TYPE_PICTURE, "R0lGODlhAQABAA==" },
    { SAT_TYPE_ATTACHMENT, "a.pdf 3 " ABC },
    { SAT_TYPE_PLACE, "48.137000,-11.575000" },
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

/* As SQL orders two values of one column, under BINARY. */
static int
compare_cells (const SatCell *a, const SatCell *b)
{
  if (a->kind == SAT_CELL_INTEGER)
    return (a->integer > b->integer) - (a->integer < b->integer);

  int order = memcmp (a->text, b->text, MIN (a->size, b->size));
  return order != 0 ? order : (a->size > b->size) - (a->size < b->size);
}

static int
sign (int order)
{
  return (order > 0) - (order < 0);
}

/* Some canonical texts of every type, among them neighbours and ends. */
static const char *const samples[SAT_N_TYPES][8] = {
  [SAT_TYPE_TEXT] = { "A", "a", "ab", "é", "中", "中文", "\U0001f600" },
  [SAT_TYPE_LONG_TEXT] = { "a", "a\nb", "a b", "中\n文" },
  [SAT_TYPE_INTEGER] = { "-9223372036854775808", "-2", "-10", "0", "9", "10",
                         "9223372036854775807" },
  [SAT_TYPE_DECIMAL] = { "-10.5", "-9", "0", "0.0001", "9.5", "10", "922337203685477.5807" },
  [SAT_TYPE_PERCENT] = { "-1", "0", "12.5", "9", "100" },
  [SAT_TYPE_MONEY] = { "-10.00 CNY", "9.50 CNY", "9.50 USD", "10.00 CNY", "9.5001 CNY" },
  [SAT_TYPE_DATE] = { "0001-01-01", "2024-02-29", "2024-03-01", "9999-12-31" },
  [SAT_TYPE_TIME] = { "0001-01-01T00:00:00Z", "2026-11-21T08:00:00Z", "2026-11-21T08:00:01Z" },
  [SAT_TYPE_YES_NO] = { "no", "yes" },
  [SAT_TYPE_CHOICE] = { "a", "x" },
  [SAT_TYPE_TAGS] = { "a", "a\nb", "b", "中" },
  [SAT_TYPE_REFERENCE] = { "0190163d-8694-739b-aea5-966c26f8ad91",
                           "0190163d-8694-739b-aea5-966c26f8ad9a",
                           "ff90163d-8694-739b-aea5-966c26f8ad91" },
  [SAT_TYPE_PHONE] = { "021-5555", "+86 21", "13800001111" },
  [SAT_TYPE_EMAIL] = { "Li@example.com", "li@example.com" },
  [SAT_TYPE_WEB] = { "http://a.de", "https://a.de", "https://a.de/X" },
  [SAT_TYPE_ADDRESS] = { "1 Road\nTown", "2 Road" },
  [SAT_TYPE_PICTURE] = { "/9j/4AAQ", "R0lGODdh", "iVBORw0KGgo=" },
  [SAT_TYPE_PLACE] = { "-90.000000,180.000000", "-1.000000,2.000000", "-1.000000,10.000000",
                       "0.000000,-0.000001", "0.000000,0.000000", "9.000000,1.000000",
                       "48.137000,11.575000" },
  [SAT_TYPE_ATTACHMENT] = { "a.pdf 3 " ABC, "a.pdf 4 " ABC, "b 1 2 16777216 " ABC },
};

/* Lists sort in SQL, rules compare here: both agree. */
static void
test_order_is_that_of_cells (void)
{
  for (guint id = 0; id < SAT_N_TYPES; id++)
    for (guint i = 0; i < 8 && samples[id][i]; i++)
      for (guint j = 0; j < 8 && samples[id][j]; j++)
        {
          const SatType *type = sat_type_get ((SatTypeId) id);
          SatCell a[SAT_TYPE_MAX_CELLS] = { 0 };
          SatCell b[SAT_TYPE_MAX_CELLS] = { 0 };

          g_assert_true (type->canonical (samples[id][i], strlen (samples[id][i])));
          type->to_cells (samples[id][i], a);
          type->to_cells (samples[id][j], b);
          int order = compare_cells (&a[0], &b[0]);
          if (order == 0 && type->sql[1] != NULL)
            order = compare_cells (&a[1], &b[1]);
          g_assert_cmpint (sign (type->compare (samples[id][i], samples[id][j])), ==, sign (order));
          g_assert_cmpint (sign (order) == 0, ==, i == j);
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
  g_test_add_func ("/value/type/order-is-that-of-cells", test_order_is_that_of_cells);
  return g_test_run ();
}
