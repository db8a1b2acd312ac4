/* SPDX-License-Identifier: GPL-3.0-or-later */
/* choice, yes-no and tags. */
#include "value-cases.h"

static const char *const labels_lead[] = { "Lead cleaning", "线索清洗", NULL };
static const char *const labels_won[] = { "Won", "赢单", NULL };
static const char *const labels_lost[] = { "Lost", "输单", NULL };
static const SatTypeChoice stages[] = {
  { "lead", labels_lead },
  { "won", labels_won },
  { "lost", labels_lost },
};
static const SatTypeOptions closed = { .choices = stages, .n_choices = 3 };
static const SatTypeOptions open_words = { .choices = stages, .n_choices = 3, .open = TRUE };

static void
test_choice (void)
{
  static const Accepted cases[] = {
    { "", NULL },      { "won", "won" },    { " WON ", "won" }, { "Lead Cleaning", "lead" },
    { "赢单", "won" }, { "ｗｏｎ", "won" },
  };

  check_accepts (SAT_TYPE_CHOICE, &closed, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_CHOICE, &closed, "wo", "won,lost", "open", "\xff");
  check_refuses (SAT_TYPE_CHOICE, NULL, "won", SAT_ERROR_INVALID);
  CHECK_NOT_CANONICAL (SAT_TYPE_CHOICE, "", "Won", "赢单", "a b", "a-b", "won\n");
  g_assert_true (sat_type_get (SAT_TYPE_CHOICE)->canonical ("x_7f3a", 6));
}

/* What may be chosen is said in the message. */
static void
test_choice_message (void)
{
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_type_get (SAT_TYPE_CHOICE)->parse (&closed, "gone", &out, &error));
  g_assert_cmpstr (error->message, ==,
                   "“gone” is not one of the choices; take one of: lead, won, lost");
}

static void
test_choice_order (void)
{
  static const char *const texts[] = { NULL, "other", "unknown", "lead", "won", "lost" };

  check_order (SAT_TYPE_CHOICE, &closed, texts, G_N_ELEMENTS (texts));
}

static void
test_allows (void)
{
  const SatType *choice = sat_type_get (SAT_TYPE_CHOICE);
  const SatType *tags = sat_type_get (SAT_TYPE_TAGS);
  static const SatTypeOptions nothing = { 0 };

  g_assert_true (sat_type_allows (choice, &closed, "won"));
  g_assert_true (sat_type_allows (choice, &closed, NULL));
  g_assert_false (sat_type_allows (choice, &closed, "gone"));
  g_assert_true (sat_type_allows (tags, &closed, "lead\nwon"));
  g_assert_false (sat_type_allows (tags, &closed, "lead\nvip"));
  g_assert_true (sat_type_allows (tags, &open_words, "lead\nvip"));
  g_assert_true (sat_type_allows (tags, &nothing, "vip"));
  g_assert_true (sat_type_allows (sat_type_get (SAT_TYPE_TEXT), &nothing, "x"));
}

static void
test_yes_no (void)
{
  static const Accepted cases[] = {
    { "", NULL },    { "yes", "yes" }, { "Yes", "yes" },  { "TRUE", "yes" }, { "1", "yes" },
    { "是", "yes" }, { "no", "no" },   { "false", "no" }, { "０", "no" },    { "否", "no" },
  };
  static const char *const order[] = { NULL, "no", "yes" };
  SatCell cells[SAT_TYPE_MAX_CELLS] = { 0 };

  check_accepts (SAT_TYPE_YES_NO, NULL, cases, G_N_ELEMENTS (cases));
  CHECK_REFUSES (SAT_TYPE_YES_NO, NULL, "maybe", "2", "yesno", "\xff");
  CHECK_NOT_CANONICAL (SAT_TYPE_YES_NO, "", "Yes", "1", "ye", "yess", "true");
  check_order (SAT_TYPE_YES_NO, NULL, order, G_N_ELEMENTS (order));
  sat_type_get (SAT_TYPE_YES_NO)->to_cells ("yes", cells);
  g_assert_cmpint (cells[0].integer, ==, 1);
}

static void
test_tags (void)
{
  static const Accepted cases[] = {
    { "", NULL },
    { " , ;、\n", NULL },
    { "vip, east", "east\nvip" },
    { "vip，east、老客户；vip", "east\nvip\n老客户" },
    { "two words", "two words" },
    { "赢单, vip", "vip\nwon" },
  };
  static const Accepted known[] = { { "Won; lost", "lost\nwon" } };

  check_accepts (SAT_TYPE_TAGS, &open_words, cases, G_N_ELEMENTS (cases));
  check_accepts (SAT_TYPE_TAGS, &closed, known, G_N_ELEMENTS (known));
  CHECK_REFUSES (SAT_TYPE_TAGS, &closed, "won, vip");
  CHECK_NOT_CANONICAL (SAT_TYPE_TAGS, "", "\n", "b\na", "a\na", "a\n", "\na", "a\n\nb", "a,b",
                       "a\n b", "a\tb", "a、b", "a;b");
}

static void
test_tags_limits (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autofree char *word = g_strnfill (SAT_TAG_MAX, 'x');
  g_autofree char *longer = g_strconcat (word, "x", NULL);

  check_canonical (SAT_TYPE_TAGS, NULL, word);
  check_refuses (SAT_TYPE_TAGS, NULL, longer, SAT_ERROR_TOO_LONG);
  for (int i = 0; i < SAT_TAGS_MAX; i++)
    g_string_append_printf (many, "%s%03d", i ? "\n" : "", i);
  check_canonical (SAT_TYPE_TAGS, NULL, many->str);
  g_string_append (many, "\nx");
  check_refuses (SAT_TYPE_TAGS, NULL, many->str, SAT_ERROR_TOO_LONG);
  g_assert_false (sat_type_get (SAT_TYPE_TAGS)->canonical (many->str, many->len));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/value/choice/choice", test_choice);
  g_test_add_func ("/value/choice/message", test_choice_message);
  g_test_add_func ("/value/choice/order", test_choice_order);
  g_test_add_func ("/value/choice/allows", test_allows);
  g_test_add_func ("/value/choice/yes-no", test_yes_no);
  g_test_add_func ("/value/choice/tags", test_tags);
  g_test_add_func ("/value/choice/tags-limits", test_tags_limits);
  return g_test_run ();
}
