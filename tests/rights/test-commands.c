/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real program: a salesperson, who may read only what is his and of that not every field, runs
 * every command that prints values or writes them to files. What he may not see has a word in it
 * that must not stand anywhere, in no error either. */
#include <string.h>

#include "tests/scenario/sandbox.h"

#define SECRET "zqsecret"

typedef struct
{
  Sandbox *box;
  GHashTable *names; /* "$OTHER" -> id */
} Fixture;

/* LINE of LAPTOP; the first line of its output becomes the id NAME (NULL: it does not). */
typedef struct
{
  const char *laptop;
  const char *line;
  const char *name;
} Step;

static char *
filled (const Fixture *f, const char *line)
{
  g_autoptr (GString) text = g_string_new (line);
  GHashTableIter iter;
  gpointer name, id;

  g_hash_table_iter_init (&iter, f->names);
  while (g_hash_table_iter_next (&iter, &name, &id))
    g_string_replace (text, name, id, 0);
  return g_strdup (text->str);
}

static void
run (const Fixture *f, const char *laptop, const char *line, gboolean json, Outcome *outcome)
{
  g_autofree char *text = filled (f, line);
  g_auto (GStrv) words = NULL;

  g_assert_true (g_shell_parse_argv (text, NULL, &words, NULL));
  sandbox_satchel (f->box, laptop, json, (const char *const *) words, outcome);
}

/* What a boss, Li and Wang have written. */
static const Step story[] = {
  { NULL, "hub init h --workspace Acme", NULL },
  { "boss", "join h --user admin --device-name Boss", NULL },
  { "wang", "join h --user wang --device-name W", NULL },
  { "li", "join h --user li --device-name L", NULL },
  { "boss", "sync", NULL },
  { "boss",
    "new customer name='zqsecret Works' owner=li phone=13811112222 email=zqsecret@li.example "
    "city=zqsecret notes=zqsecret next_step=zqsecret credit_limit=4711",
    "$OTHER" },
  { "boss",
    "new customer name='Wang Works' owner=wang phone=13811112222 email=zqsecret@wang.example "
    "city=Bern notes=zqsecret next_step=zqsecret credit_limit=4711",
    "$MINE" },
  { "boss", "new deal name=zqsecret customer=$OTHER amount=1 owner=li competitor=zqsecret",
    "$DEAL" },
  { "boss", "new deal name=Pumps customer=$MINE amount=1 owner=wang competitor=zqsecret",
    "$PUMPS" },
  { "boss", "new contact name=zqsecret customer=$OTHER phone=13811112222 notes=zqsecret",
    "$CONTACT" },
  { "boss", "new activity subject=zqsecret customer=$OTHER notes=zqsecret", "$ACTIVITY" },
  { "boss", "new lead name=zqsecret company=zqsecret owner=li", "$LEAD" },
  { "boss", "new task subject=zqsecret owner=li", "$TASK" },
  { "boss", "set customer $OTHER city='zqsecret too'", NULL },
  { "boss", "new team name=East", NULL },
  { "boss", "perm set sales customer read=own edit=all delete=all", NULL },
  { "boss", "perm set sales customer.notes access=hidden", NULL },
  { "boss", "perm set sales customer.next_step access=hidden", NULL },
  { "boss", "perm set sales customer.email access=masked", NULL },
  { "boss", "perm set sales deal read=own", NULL },
  { "boss", "perm set sales deal.competitor access=hidden", NULL },
  { "boss", "perm set sales contact read=own", NULL },
  { "boss", "perm set sales activity read=own", NULL },
  { "boss", "perm set sales lead read=own", NULL },
  { "boss", "perm set sales task read=own", NULL },
  { "boss", "sync", NULL },
  { "wang", "sync", NULL },
  { "wang", "set customer $MINE city=Basel", NULL },
};

/* What Wang tries. Whether it is refused is told by others; here counts what is said. */
static const char *const tries[] = {
  "show customer $OTHER",
  "show customer $MINE",
  "show deal $DEAL",
  "show deal $PUMPS",
  "show contact $CONTACT",
  "show activity $ACTIVITY",
  "show lead $LEAD",
  "show task $TASK",
  "list customer",
  "list customer --columns name,notes,next_step,email,city,open_deals,open_amount",
  "list deal",
  "list customer --csv",
  "list deal --columns name,customer,competitor,weighted_amount",
  "list contact --columns name,customer,notes",
  "list activity",
  "list lead",
  "list task",
  "list notice",
  "list approval",
  "list operation",
  "list customer --where 'notes is not empty'",
  "list customer --where 'city is not empty'",
  "list deal --where 'customer.city is not empty'",
  "list deal --where 'customer.notes is not empty'",
  "list customer --sort notes",
  "list customer --sort city",
  "list customer --count-by next_step",
  "list customer --count-by city",
  "search zqsec",
  "search Works",
  "search 13811112222",
  "history customer $OTHER",
  "history customer $MINE",
  "history deal $PUMPS",
  "conflicts",
  "resolve customer $OTHER city --take 1",
  "resolve customer $MINE notes --take 1",
  "export customer out-customer.csv",
  "export customer out-customer.jsonl",
  "export customer out-customer.vcf",
  "export customer out-notes.csv --columns name,notes",
  "export deal out-deal.csv",
  "export contact out-contact.csv",
  "set customer $OTHER city=Rome",
  "set customer $MINE notes=x",
  "set deal $PUMPS competitor=x",
  "new contact name=Mole customer=$OTHER",
  "new deal name=Mole customer=$OTHER",
  "list contact --columns name,customer",
  "duplicates",
  "duplicates customer",
  "absorb customer $OTHER --into $MINE --dry-run",
  "absorb customer $MINE --into $OTHER --dry-run",
  "absorb customer $OTHER --into $MINE",
  "assign customer $OTHER --to wang",
  "assign customer --where 'city is not empty' --to wang --dry-run",
  "handover li --to wang --dry-run",
  "handover li --to wang --dry-run --summary out-summary.csv",
  "convert $LEAD",
  "rules run --dry-run",
  "rules log",
  "approval list --all",
  "pipeline list",
  "pipeline show",
  "pipeline check $DEAL",
  "pipeline check $PUMPS",
  "revert customer $OTHER company:0:1",
  "revert customer $MINE company:0:1",
  "delete customer $OTHER",
  "audit",
  "perm show li",
  "perm breaches",
  "status",
  "doctor",
  "devices",
  "digest",
  "undo",
  "undo --redo",
  "complete -- show customer ''",
  "complete -- show customer /",
  "complete -- show customer /z",
  "complete -- set deal $PUMPS customer=",
  "complete -- list customer --where ''",
};

/* What only an administrator may, and nobody on a record beyond his reach. */
static const char *const refused[] = {
  "catalogue add-object Car",
  "catalogue add-field customer Colour --type text",
  "catalogue add-choice customer industry Space",
  "catalogue change customer --label Client",
  "catalogue change customer city --label Town",
  "catalogue retire customer city",
  "module off deals",
  "module on",
  "module simple",
  "template apply consulting",
  "template decline education grade",
  "perm set sales customer read=all",
  "perm set sales customer.notes access=edit",
  "perm reset sales customer",
  "perm reset sales customer.notes",
  "perm breaches",
  "rules enable quote-done",
  "new rule name=Mine object=customer trigger=created",
  "new pipeline name=Mine",
  "new approval_process name=Mine object=deal guard='amount > 1'",
  "new team name=Mine",
  "new calendar_day name=Mine date=2026-01-05 kind=off",
  "new permission role=sales object=customer",
  "new book key=mine name=Mine",
  "set user /wang role=admin",
  "set user /wang team=/East",
  "set user /li phone=1",
  "set team /East name=Mine",
  "set permission --where 'role = \"sales\"' may_read=all",
  "delete user /li",
  "delete customer $OTHER",
  "undelete customer $OTHER",
  "set customer $OTHER city=Rome",
  "set customer $MINE notes=x",
  "set customer $MINE email=x@x.example",
  "set customer --where 'name is not empty' notes=x",
  "set deal $DEAL amount=2",
  "set deal $DEAL stage=won --force Now",
  "set contact $CONTACT phone=1",
  "set activity $ACTIVITY subject=x",
  "set task $TASK subject=x",
  "convert $LEAD",
  "assign customer $OTHER --to wang",
  "assign deal $DEAL --to wang",
  "absorb customer $OTHER --into $MINE",
  "absorb customer $MINE --into $OTHER",
  "resolve customer $OTHER city --take 1",
  "import customer $FILE --match id",
  "import customer $FILE --match notes --map id=",
};

static void
assert_silent (const char *line, const Outcome *outcome)
{
  if (strstr (outcome->out, SECRET) != NULL || strstr (outcome->err, SECRET) != NULL)
    {
      g_test_message ("satchel %s\n%s\n%s", line, outcome->out, outcome->err);
      g_test_fail ();
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  f->box = sandbox_new ();
  f->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  for (guint i = 0; i < G_N_ELEMENTS (story); i++)
    {
      Outcome outcome = { 0 };

      run (f, story[i].laptop, story[i].line, FALSE, &outcome);
      if (outcome.status != 0)
        g_error ("satchel %s: %s", story[i].line, outcome.err);
      if (story[i].name != NULL)
        g_hash_table_insert (f->names, (gpointer) story[i].name,
                             g_strndup (outcome.out, strcspn (outcome.out, "\n")));
      outcome_clear (&outcome);
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sandbox_free (f->box, FALSE);
  g_hash_table_unref (f->names);
}

/* The word is there to be found: who may see it sees it. */
static void
test_is_there (Fixture *f, gconstpointer data)
{
  static const char *const lines[] = { "show customer $OTHER", "history customer $OTHER",
                                       "list deal", "search zqsec" };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      Outcome outcome = { 0 };

      run (f, "boss", lines[i], FALSE, &outcome);
      g_assert_nonnull (strstr (outcome.out, SECRET));
      outcome_clear (&outcome);
    }
}

static void
test_tries (Fixture *f, gconstpointer data)
{
  Outcome outcome = { 0 };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (tries); i++)
    {
      run (f, "wang", tries[i], i % 2 == 0, &outcome);
      assert_silent (tries[i], &outcome);
      if (outcome.status == 2)
        g_test_message ("satchel %s: %s", tries[i], outcome.err);
      outcome_clear (&outcome);
    }
  sandbox_shell (f->box, "cat out-* | grep " SECRET " || :", &outcome);
  assert_silent ("export", &outcome);
  outcome_clear (&outcome);
}

/* It is the right that is missing, or the record is not there for him; not some slip in the line.
 */
static gboolean
says_why (const char *err)
{
  static const char *const why[] = { "your role",
                                     "only an administrator",
                                     "is kept for good",
                                     "made by Satchel",
                                     "there is no customer 0",
                                     "there is no deal 0",
                                     "there is no contact 0",
                                     "there is no activity 0",
                                     "there is no task 0",
                                     "there is no lead 0" };

  for (guint i = 0; i < G_N_ELEMENTS (why); i++)
    if (strstr (err, why[i]) != NULL)
      return TRUE;
  return FALSE;
}

/* Each is refused, with a reason, and nothing is written; not even that it was tried. */
static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *line = NULL;
  Outcome before = { 0 };
  Outcome after = { 0 };
  Outcome outcome = { 0 };

  (void) data;
  g_hash_table_insert (f->names, (gpointer) "$FILE", g_strdup ("in.csv"));
  line = filled (f, "printf 'id,notes\\n$MINE,zqsecret\\n$OTHER,x\\n' > in.csv");
  sandbox_shell (f->box, line, &outcome);
  outcome_clear (&outcome);
  run (f, "wang", "digest", FALSE, &before);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      run (f, "wang", refused[i], FALSE, &outcome);
      if (outcome.status != 1 || !says_why (outcome.err))
        {
          g_test_message ("satchel %s: %d\n%s\n%s", refused[i], outcome.status, outcome.out,
                          outcome.err);
          g_test_fail ();
        }
      outcome_clear (&outcome);
    }
  run (f, "wang", "digest", FALSE, &after);
  g_assert_cmpstr (after.out, ==, before.out);
  outcome_clear (&before);
  outcome_clear (&after);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/commands/is-there", Fixture, NULL, set_up, test_is_there, tear_down);
  g_test_add ("/commands/tries", Fixture, NULL, set_up, test_tries, tear_down);
  g_test_add ("/commands/refused", Fixture, NULL, set_up, test_refused, tear_down);
  return g_test_run ();
}
