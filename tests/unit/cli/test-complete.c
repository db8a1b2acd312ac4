/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may follow on a command line, without a replica (tests/completion has one). */
#include "cli/sat-complete.h"

#include <string.h>

static void
note (const char *word, const char *help, gpointer data)
{
  g_string_append_printf (data, "%s ", word);
}

/* "KIND PREFIX: WORD WORD " for the line, whose words are separated by one blank. */
static char *
ask (const char *text)
{
  g_auto (SatCli) cli = { .home = g_strdup ("/nonexistent"), .language = g_strdup ("en") };
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autofree char *prefix = NULL;
  SatCompleteKind kind = sat_complete (&cli, (const char *const *) words, note, found, &prefix);

  return g_strdup_printf ("%u %s: %s", kind, prefix, found->str);
}

static void
test_lines (void)
{
  static const char *const cases[][2] = {
    { "hub ", "0 : init set rebuild tidy trust login key invite withdraw admit revoke hook receive "
              "signers " },
    { "nonsense ", "0 : " },
    { "hub init ", "2 : " },
    { "hub init x ", "0 : " },
    { "li", "0 : list " },
    { "--js", "0 : --json " },
    { "--json --js", "0 : " },
    { "--home ", "2 : " },
    { "--home=x", "2 --home=: " },
    { "--nonsense=x", "0 --nonsense=: " },
    { "--home x li", "0 : list " },
    { "--home li ", "0 : hub join sync status " },
    { "list --limit ", "0 : " },
    { "list --limit 3 cust", "0 : customer customer_mark " },
    { "list customer ", "0 : " },
    { "list customer --columns name,ci", "0 name,: name,city " },
    { "list customer --columns=ci", "0 --columns=: --columns=city " },
    { "list customer --sort -ci", "0 -: -city " },
    { "list -- cust", "0 : customer customer_mark " },
    { "list -- --js", "0 : " },
    { "new customer indu", "0 : industry= " },
    { "new nonsense indu", "0 : " },
    { "new customer industry=auto", "0 industry=: industry=automotive " },
    { "new customer name=a tag", "0 : tags= tags+= tags-= " },
    { "set customer x tags", "0 : tags= tags+= tags-= " },
    { "set customer x notes=@a", "1 notes=@: " },
    { "set customer x notes=@@a", "0 notes=: " },
    { "set customer x nam=", "0 : " },
    { "show customer /a", "0 /: " },
    { "show customer 0123", "0 : " },
    { "history customer x ci", "0 : city " },
    { "history customer x city ", "0 : " },
    { "resolve customer x city ", "0 : " },
    { "import customer ", "1 : " },
    { "help catalogue ", "0 : show check add-object add-field add-choice change retire " },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *answer = ask (cases[i][0]);

      g_test_message ("%s", cases[i][0]);
      if (cases[i][1] == NULL)
        g_assert_true (g_str_has_prefix (answer, "0 : hub join sync "));
      else if (g_str_equal (cases[i][0], "--home li "))
        g_assert_true (g_str_has_prefix (answer, cases[i][1]));
      else
        g_assert_cmpstr (answer, ==, cases[i][1]);
    }
}

/* Every option and every first word that the table of commands has is found. */
static void
test_all (void)
{
  const SatCommand *const *commands = sat_commands ();

  for (guint i = 0; commands[i] != NULL; i++)
    {
      g_autofree char *name = ask (commands[i]->name);
      const char *last = strrchr (commands[i]->name, ' ');
      g_autofree char *word = g_strdup_printf (" %s ", last ? last + 1 : commands[i]->name);

      g_assert_nonnull (strstr (name, word));
      for (const SatOption *option = commands[i]->options; option && option->name; option++)
        {
          g_autofree char *line = g_strdup_printf ("%s --%s", commands[i]->name, option->name);
          g_autofree char *answer = ask (line);
          g_autofree char *wanted = g_strdup_printf (" --%s ", option->name);

          g_assert_nonnull (strstr (answer, wanted));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cli/complete/lines", test_lines);
  g_test_add_func ("/cli/complete/all", test_all);
  return g_test_run ();
}
