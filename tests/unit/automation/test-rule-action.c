/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of actions: what is understood, and what is said of the others. */
#include "core/automation/sat-rule-action.h"

#include <string.h>

static SatCatalogue *catalogue;

static const SatObject *
object_of (const char *name)
{
  const SatObject *object = sat_catalogue_find (catalogue, name);

  g_assert_nonnull (object);
  return object;
}

static GPtrArray *
parse (const char *object, const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *actions = sat_actions_parse (object_of (object), text, &error);

  g_assert_no_error (error);
  return actions;
}

static void
test_good (void)
{
  static const struct
  {
    const char *object, *text;
    SatActionType type;
  } cases[] = {
    { "customer", "set level = \"a\"", SAT_ACTION_SET },
    { "customer", "  SET level = \"a\"  ", SAT_ACTION_SET },
    { "customer", "set level ＝ \"a\"", SAT_ACTION_SET },
    { "customer", "set name = concat(name, \"; = , :\")", SAT_ACTION_SET },
    { "customer", "clear level", SAT_ACTION_SET },
    { "activity", "set customer.waiting_since = time", SAT_ACTION_SET },
    { "customer", "add \"a to b\" to tags", SAT_ACTION_ADD },
    { "customer", "add lost", SAT_ACTION_ADD },
    { "customer", "remove \"lost\" from tags", SAT_ACTION_REMOVE },
    { "customer", "create task: subject = name; customer = this; due = today() + 1",
      SAT_ACTION_CREATE },
    { "deal", "queue message: concat(\"Your offer; \", name)", SAT_ACTION_CREATE },
    { "customer", "queue Message：name； \"Dear all\"", SAT_ACTION_CREATE },
    { "customer", "notify owner, wang: concat(\"Look at: \", name)", SAT_ACTION_NOTIFY },
    { "deal", "request approval", SAT_ACTION_REQUEST },
    { "deal", "Request approval： concat(\"Large: \", name)", SAT_ACTION_REQUEST },
    { "lead", "assign in turn: *", SAT_ACTION_ASSIGN_IN_TURN },
    { "lead", "assign owner least busy: wang, li max 30", SAT_ACTION_ASSIGN_LEAST_BUSY },
    { "lead", "assign by region: north = li, else = wang", SAT_ACTION_ASSIGN_BY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) actions = parse (cases[i].object, cases[i].text);

      g_assert_cmpuint (actions->len, ==, 1);
      g_assert_cmpint (((SatAction *) actions->pdata[0])->type, ==, cases[i].type);
    }
}

static void
test_parts (void)
{
  g_autoptr (GPtrArray) made = parse ("customer", "create task: subject = name; customer = this\n"
                                                  "\n"
                                                  "notify owner, wang: name");
  g_autoptr (GPtrArray) given = parse ("lead", "assign by region: north = li, else = wang max 7");
  const SatAction *create = made->pdata[0];
  const SatAction *notify = made->pdata[1];
  const SatAction *assign = given->pdata[0];

  g_assert_cmpuint (made->len, ==, 2);
  g_assert_cmpstr (create->object->name, ==, "task");
  g_assert_cmpuint (create->sets->len, ==, 2);
  g_assert_true (((SatActionSet *) create->sets->pdata[1])->is_this);
  g_assert_cmpuint (notify->people->len, ==, 2);
  g_assert_nonnull (((SatActionPerson *) notify->people->pdata[0])->user);
  g_assert_cmpstr (((SatActionPerson *) notify->people->pdata[1])->login, ==, "wang");
  g_assert_cmpstr (assign->field->name, ==, "owner");
  g_assert_cmpstr (((SatActionPerson *) assign->people->pdata[0])->key, ==, "north");
  g_assert_null (((SatActionPerson *) assign->people->pdata[1])->key);
  g_assert_cmpint (assign->most, ==, 7);
}

static void
test_queue (void)
{
  g_autoptr (GPtrArray) made = parse ("customer", "queue message: name; concat(name, \"; bye\")");
  const SatAction *action = made->pdata[0];
  static const char *const fields[] = { "kind", "direction", "status", "subject", "notes" };

  g_assert_cmpstr (action->object->name, ==, "activity");
  g_assert_cmpuint (action->sets->len, ==, G_N_ELEMENTS (fields));
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (((SatActionSet *) action->sets->pdata[i])->field->name, ==, fields[i]);
}

static void
test_bad (void)
{
  static const struct
  {
    const char *object, *text, *message;
  } cases[] = {
    { "customer", "", "does nothing" },
    { "customer", "dance", "is no action" },
    { "customer", "set level", "FIELD = VALUE" },
    { "customer", "set nothing = 1", "has no field" },
    { "customer", "set level = \"gold\"", "choices" },
    { "customer", "set level = today()", "such a value" },
    { "customer", "set level = (", NULL },
    { "customer", "set tags = \"x\"", "use add and remove" },
    { "customer", "set open_deals = 1", "is computed" },
    { "document", "set file = \"x\"", "holds files" },
    { "document", "set file = name", "holds files" },
    { "activity", "set subject.name = \"x\"", "names a record" },
    { "customer", "add \"x\" to name", "no field with tags" },
    { "customer", "add \"\" to tags", "one tag" },
    { "customer", "create rule: name = name", "cannot create" },
    { "customer", "create rule_run: what = name", "cannot create" },
    { "customer", "create nothing: name = name", "cannot create" },
    { "customer", "create task: priority = \"high\"", "needs its field" },
    { "customer", "create task: subject = name; deal = this", "cannot name" },
    { "customer", "queue", "queue message: SUBJECT; TEXT" },
    { "customer", "queue message", "queue message: SUBJECT; TEXT" },
    { "customer", "queue message: ", "queue message: SUBJECT; TEXT" },
    { "customer", "queue message: name;", "queue message: SUBJECT; TEXT" },
    { "customer", "queue message: name; name; customer = this", "queue message: SUBJECT; TEXT" },
    { "customer", "queue letter: name", "queue message: SUBJECT; TEXT" },
    { "customer", "queue message: nothing", "nothing" },
    { "deal", "request", "request approval: NOTE" },
    { "deal", "request holidays: name", "request approval: NOTE" },
    { "deal", "request approval:", "request approval: NOTE" },
    { "deal", "request approval: nothing", "nothing" },
    { "deal", "request approval: today()", "a text is expected" },
    { "customer", "notify owner", "WHO: TEXT" },
    { "customer", "notify owner: today()", "a text is expected" },
    { "lead", "assign alike: wang", "in turn" },
    { "lead", "assign name in turn: wang", "does not name a user" },
    { "lead", "assign in turn:", "to whom" },
    { "lead", "assign in turn: wang max 0", "above 0" },
    { "lead", "assign by region: wang", "VALUE = LOGIN" },
    { "lead", "assign by nothing: a = wang", "has no field" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (sat_actions_parse (object_of (cases[i].object), cases[i].text, &error));
      g_assert_nonnull (error);
      if (cases[i].message != NULL && strstr (error->message, cases[i].message) == NULL)
        g_error ("“%s” says: %s", cases[i].text, error->message);
    }
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GPtrArray) most = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < SAT_ACTIONS_MAX; i++)
    g_string_append (text, "clear level\n");
  most = parse ("customer", text->str);
  g_assert_cmpuint (most->len, ==, SAT_ACTIONS_MAX);
  g_string_append (text, "clear level\n");
  g_assert_null (sat_actions_parse (object_of ("customer"), text->str, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
}

/* Rules come from others: whatever stands there is understood or refused. */
static void
test_garbage (void)
{
  static const char text[] =
      "assign by region: north = li, else = “wang” max 7; set (level)＝\"a\","
      " create notify: 'this.that to x' from add";
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint round = 0; round < 20000; round++)
    {
      guint first = (guint) g_rand_int_range (rand, 0, (gint32) sizeof text);
      g_autofree char *line = g_strndup (text + first,
                                         (gsize) g_rand_int_range (rand, 0, (gint32) sizeof text));
      static const char *const words[] = { "set ",    "clear ",          "add ",
                                           "remove ", "create ",         "assign ",
                                           "notify ", "queue message: ", "request approval: " };
      g_autofree char *valid = g_utf8_make_valid (line, -1);
      g_autofree char *whole = g_strconcat (words[round % G_N_ELEMENTS (words)], valid, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) actions = sat_actions_parse (object_of ("lead"), whole, &error);

      g_assert_true ((actions == NULL) == (error != NULL));
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int result;

  g_test_init (&argc, &argv, NULL);
  catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/rule-action/good", test_good);
  g_test_add_func ("/rule-action/parts", test_parts);
  g_test_add_func ("/rule-action/queue", test_queue);
  g_test_add_func ("/rule-action/bad", test_bad);
  g_test_add_func ("/rule-action/many", test_many);
  g_test_add_func ("/rule-action/garbage", test_garbage);
  result = g_test_run ();
  sat_catalogue_unref (catalogue);
  return result;
}
