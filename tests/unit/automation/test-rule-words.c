/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of actions taken apart and put together: each part where it belongs, and the line that
 * comes of it means the same. */
#include "core/automation/sat-rule-words.h"

#include "core/automation/sat-rule-action.h"

static void
test_parts (void)
{
  static const struct
  {
    const char *line;
    SatActionForm form;
    const char *target, *value, *more, *again;
  } cases[] = {
    { "set level = \"a\"", SAT_ACTION_FORM_SET, "level", "\"a\"", "", "set level = \"a\"" },
    { " SET deal.stage ＝ \"b = c\" ", SAT_ACTION_FORM_SET, "deal.stage", "\"b = c\"", "",
      "set deal.stage = \"b = c\"" },
    { "clear customer.waiting_since", SAT_ACTION_FORM_CLEAR, "customer.waiting_since", "", "",
      "clear customer.waiting_since" },
    { "add \"a to b\" to tags", SAT_ACTION_FORM_ADD, "tags", "a to b", "",
      "add \"a to b\" to tags" },
    { "add lost", SAT_ACTION_FORM_ADD, "tags", "lost", "", "add \"lost\" to tags" },
    { "remove '“x”' from tags", SAT_ACTION_FORM_REMOVE, "tags", "“x”", "",
      "remove \"“x”\" from tags" },
    { "create task： subject = name; due = today() + 2", SAT_ACTION_FORM_CREATE, "task",
      "subject = name; due = today() + 2", "", "create task: subject = name; due = today() + 2" },
    { "notify owner, wang: concat(\"Look: \", name)", SAT_ACTION_FORM_NOTIFY, "owner, wang",
      "concat(\"Look: \", name)", "", "notify owner, wang: concat(\"Look: \", name)" },
    { "queue message: name; concat(name, \"; bye\")", SAT_ACTION_FORM_QUEUE, "", "name",
      "concat(name, \"; bye\")", "queue message: name; concat(name, \"; bye\")" },
    { "queue message: name", SAT_ACTION_FORM_QUEUE, "", "name", "", "queue message: name" },
    { "request approval", SAT_ACTION_FORM_REQUEST, "", "", "", "request approval" },
    { "Request Approval: concat(name, \": please\")", SAT_ACTION_FORM_REQUEST, "",
      "concat(name, \": please\")", "", "request approval: concat(name, \": please\")" },
    { "request holidays", SAT_ACTION_FORM_TEXT, "", "request holidays", "", "request holidays" },
    { "assign in turn: *", SAT_ACTION_FORM_ASSIGN_IN_TURN, "owner", "*", "",
      "assign owner in turn: *" },
    { "assign seller least busy: wang, li max 30", SAT_ACTION_FORM_ASSIGN_LEAST_BUSY, "seller",
      "wang, li max 30", "", "assign seller least busy: wang, li max 30" },
    { "assign by region: north = li, else = wang", SAT_ACTION_FORM_ASSIGN_BY, "owner",
      "north = li, else = wang", "region", "assign owner by region: north = li, else = wang" },
    { "dance: a = b", SAT_ACTION_FORM_TEXT, "", "dance: a = b", "", "dance: a = b" },
    { "set level", SAT_ACTION_FORM_TEXT, "", "set level", "", "set level" },
    { "assign alike: wang", SAT_ACTION_FORM_TEXT, "", "assign alike: wang", "",
      "assign alike: wang" },
    { "queue letter: name", SAT_ACTION_FORM_TEXT, "", "queue letter: name", "",
      "queue letter: name" },
    { "", SAT_ACTION_FORM_TEXT, "", "", "", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatActionWords) words = sat_action_words_read (cases[i].line);
      g_autofree char *again = sat_action_words_write (words);

      g_assert_cmpint (words->form, ==, cases[i].form);
      g_assert_cmpstr (words->target, ==, cases[i].target);
      g_assert_cmpstr (words->value, ==, cases[i].value);
      g_assert_cmpstr (words->more, ==, cases[i].more);
      g_assert_cmpstr (again, ==, cases[i].again);
    }
}

/* A line is one line, whatever was pasted. */
static void
test_one_line (void)
{
  SatActionWords words = { SAT_ACTION_FORM_NOTIFY, (char *) "owner", (char *) "\"a\nb\r\"",
                           (char *) "" };
  g_autofree char *line = sat_action_words_write (&words);

  g_assert_cmpstr (line, ==, "notify owner: \"a b \"");
}

/* Put together, what can be parsed still can, and is taken apart as before. */
static void
test_same (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  const SatObject *lead = sat_catalogue_find (catalogue, "lead");
  static const char *const pieces[] = {
    "set ",     "clear ",      "add ",
    "remove ",  "create ",     "notify ",
    "queue ",   "assign ",     "request approval",
    "request ", "task",        "owner",
    "region",   "tags",        "name",
    "message",  "wang",        "subject",
    " = ",      ": ",          "; ",
    ", ",       " to ",        " from ",
    " by ",     " in turn",    "\"a\"",
    "'b'",      "“c”",         "(",
    ")",        " least busy", " max 3",
    "：",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint parsed = 0;

  g_assert_no_error (error);
  for (guint round = 0; round < 60000; round++)
    {
      g_autoptr (GString) line = g_string_new (pieces[g_rand_int_range (rand, 0, 8)]);
      guint n = (guint) g_rand_int_range (rand, 1, 8);

      for (guint i = 0; i < n; i++)
        g_string_append (line, pieces[g_rand_int_range (rand, 8, G_N_ELEMENTS (pieces))]);
      g_autoptr (SatActionWords) words = sat_action_words_read (line->str);
      g_autofree char *again = sat_action_words_write (words);
      g_autoptr (GPtrArray) before = sat_actions_parse (lead, line->str, NULL);

      if (before == NULL)
        continue;
      g_autoptr (GPtrArray) after = sat_actions_parse (lead, again, &error);
      g_autoptr (SatActionWords) twice = sat_action_words_read (again);

      g_assert_no_error (error);
      g_assert_cmpint (((SatAction *) before->pdata[0])->type, ==,
                       ((SatAction *) after->pdata[0])->type);
      g_assert_cmpstr (((SatAction *) before->pdata[0])->tag, ==,
                       ((SatAction *) after->pdata[0])->tag);
      g_assert_cmpint (words->form, !=, SAT_ACTION_FORM_TEXT);
      g_assert_cmpint (twice->form, ==, words->form);
      g_assert_cmpstr (twice->target, ==, words->target);
      g_assert_cmpstr (twice->value, ==, words->value);
      g_assert_cmpstr (twice->more, ==, words->more);
      parsed++;
    }
  g_assert_cmpuint (parsed, >, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-words/parts", test_parts);
  g_test_add_func ("/rule-words/one-line", test_one_line);
  g_test_add_func ("/rule-words/same", test_same);
  return g_test_run ();
}
