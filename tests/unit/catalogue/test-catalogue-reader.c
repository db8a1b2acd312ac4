/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the file may look like. */
#include "catalogue-cases.h"

static void
test_everything (void)
{
  static const char xml[] =
      "<?xml version='1.0'?><!-- remark -->\n"
      "<object name='thing' title='name' icon='thing-symbolic' book='company' system='yes'\n"
      " kind='setup' order='3'>"
      "<label>Thing</label><plural>Things &amp; more</plural>"
      "<field name='name' type='text' required='yes' personal='yes' search='9' importance='70'>"
      "<label>Name</label><help>What\n   it is.</help></field>"
      "<field name='price' type='money' policy='review' currency='EUR' hidden='yes'"
      " default='1.00 EUR'><label>Price</label></field>"
      "<field name='stage' type='choice' ordered='yes' default='b' policy='max'>"
      "<label>Stage</label><choice name='a'><label>First</label></choice>"
      "<choice name='b'><label>Second</label></choice></field>"
      "<field name='tags' type='tags'><label>Tags</label></field>"
      "<field name='words' type='tags' open='yes'><label>Words</label>"
      "<choice name='w'><label>Word</label></choice></field>"
      "<field name='of' type='reference' reference='thing' owning='yes'><label>Of</label></field>"
      "<field name='any' type='reference' reference='*'><label>Any</label></field>"
      "<field name='rule' type='text' holds='condition' when='stage: a "
      "b'><label>Rule</label></field>"
      "<list columns='name stage'/>"
      "<form><group fields='name of any'><label>One</label></group>"
      "<group fields='stage  tags words rule'><label>Two</label></group></form></object>\n";
  g_autoptr (SatCatalogue) catalogue = read_good (xml);
  const SatObject *object = sat_catalogue_find (catalogue, "thing");
  const SatField *name = object->fields[0];
  const SatField *price = sat_object_find (object, "price");
  const SatField *stage = sat_object_find (object, "stage");
  const SatField *rule = sat_object_find (object, "rule");

  g_assert_cmpuint (sat_catalogue_n_objects (catalogue), ==, 1);
  g_assert_true (object->catalogue == catalogue);
  g_assert_cmpstr (object->icon, ==, "thing-symbolic");
  g_assert_cmpint (object->book_rule, ==, SAT_BOOK_COMPANY);
  g_assert_true (object->system && object->setup);
  g_assert_cmpstr (sat_label (object->plural, NULL), ==, "Things & more");
  g_assert_true (object->title == name);
  g_assert_true (name->required && name->personal && !name->hidden);
  g_assert_cmpuint (name->search_weight, ==, 9);
  g_assert_cmpuint (name->importance, ==, 70);
  g_assert_cmpstr (sat_label (name->help, NULL), ==, "What it is.");
  g_assert_cmpint (name->policy, ==, SAT_POLICY_NEWEST);
  g_assert_cmpint (rule->holds, ==, SAT_CONTENT_CONDITION);
  g_assert_true (sat_field_when (rule) == stage && sat_field_when (name) == NULL);
  g_assert_true (sat_field_suits (rule, "a") && sat_field_suits (rule, "b"));
  g_assert_false (sat_field_suits (rule, "c") || sat_field_suits (rule, NULL));
  g_assert_true (sat_field_suits (name, NULL));
  g_assert_cmpstr (price->options.currency, ==, "EUR");
  g_assert_cmpstr (price->default_value, ==, "1.00 EUR");
  g_assert_cmpint (price->policy, ==, SAT_POLICY_REVIEW);
  g_assert_true (price->hidden);
  g_assert_null (price->help);
  g_assert_cmpint (stage->policy, ==, SAT_POLICY_MAX);
  g_assert_cmpuint (stage->n_choices, ==, 2);
  g_assert_cmpstr (stage->choices[1].name, ==, "b");
  g_assert_cmpstr (stage->options.choices[1].labels[0], ==, "Second");
  g_assert_cmpint (sat_object_find (object, "tags")->policy, ==, SAT_POLICY_UNION);
  g_assert_true (sat_object_find (object, "tags")->options.open);
  g_assert_true (object->owning == sat_object_find (object, "of"));
  g_assert_cmpstr (sat_object_find (object, "any")->reference, ==, "*");
  g_assert_cmpuint (object->n_list_columns, ==, 2);
  g_assert_true (object->list_columns[1] == stage);
  g_assert_cmpuint (object->n_groups, ==, 2);
  g_assert_cmpuint (object->groups[1].n_fields, ==, 4);
  g_assert_cmpstr (sat_label (object->groups[1].label, NULL), ==, "Two");
  for (guint i = 0; i < object->n_fields; i++)
    {
      g_assert_cmpuint (object->fields[i]->index, ==, i);
      g_assert_true (object->fields[i]->object == object);
    }
}

/* What an object does not say: the list has the title, the form everything that is not hidden. */
static void
test_least (void)
{
  g_autoptr (SatCatalogue) catalogue = read_good (
      OBJECT ("<field name='key' type='text' hidden='yes'><label>Key</label></field>"
              "<field name='size' type='integer'><label>Size</label></field>"));
  const SatObject *object = sat_catalogue_object (catalogue, 0);

  g_assert_null (object->icon);
  g_assert_false (object->setup);
  g_assert_null (object->owning);
  g_assert_cmpint (object->book_rule, ==, SAT_BOOK_OWN);
  g_assert_cmpuint (object->n_list_columns, ==, 1);
  g_assert_true (object->list_columns[0] == object->title);
  g_assert_cmpuint (object->n_groups, ==, 1);
  g_assert_cmpuint (object->groups[0].n_fields, ==, 2);
  g_assert_cmpstr (object->groups[0].fields[1]->name, ==, "size");
}

static void
test_several_objects (void)
{
  static const char xml[] =
      "<catalogue>"
      "<object name='b' title='name' order='1'><label>B</label><plural>Bs</plural>"
      "<field name='name' type='text'><label>Name</label></field>"
      "<field name='a' type='reference' reference='a'><label>A</label></field></object>"
      "<object name='c' title='name'><label>C</label><plural>Cs</plural>"
      "<field name='name' type='text'><label>Name</label></field></object>"
      "<object name='a' title='name' order='1'><label>A</label><plural>As</plural>"
      "<field name='name' type='text'><label>Name</label></field></object></catalogue>";
  g_autoptr (SatCatalogue) catalogue = read_good (xml);

  g_assert_cmpuint (sat_catalogue_n_objects (catalogue), ==, 3);
  g_assert_cmpstr (sat_catalogue_object (catalogue, 0)->name, ==, "c");
  g_assert_cmpstr (sat_catalogue_object (catalogue, 1)->name, ==, "a");
  g_assert_cmpstr (sat_catalogue_object (catalogue, 2)->name, ==, "b");
  g_assert_null (sat_catalogue_find (catalogue, "d"));
  g_assert_null (sat_object_find (sat_catalogue_object (catalogue, 0), "a"));
}

static void
test_wrong (void)
{
  static const Wrong cases[] = {
    { "", "test.xml:1: this is not well-formed XML: *" },
    { "<object", "test.xml:1: this is not well-formed XML: *" },
    { "<object>\n</thing>", "test.xml:*" },
    { "<catalogue/>", "test.xml:1: there is no <object>" },
    { "<thing/>", "test.xml:1: <thing> is unknown or does not belong here" },
    { OBJECT ("<choice name='a'/>"), "test.xml:2: <choice> is unknown or does not belong here" },
    { OBJECT ("<new><field name='deep'/></new>"),
      "test.xml:2: <new> is unknown or does not belong here" },
    { OBJECT ("\ntext"), "test.xml:*" },
    { OBJECT ("<field type='text'><label>X</label></field>"),
      "test.xml:2: <field> needs the attribute “name”" },
    { OBJECT ("<field name='x'><label>X</label></field>"),
      "test.xml:2: <field> needs the attribute “type”" },
    { OBJECT ("<field name='x' type='telephone'><label>X</label></field>"),
      "test.xml:2: unknown field type “telephone”; one of: text, long-text, integer, decimal, "
      "percent, money, date, time, yes-no, choice, tags, reference, phone, email, web, address, "
      "picture, attachment, place" },
    { OBJECT ("<field name='x' type='text' colour='red'><label>X</label></field>"),
      "test.xml:2: unknown attribute “colour” of <field>; it may have: *" },
    { OBJECT ("<field name='x' type='text' required='maybe'><label>X</label></field>"),
      "test.xml:2: “required” is “maybe”; write yes or no" },
    { OBJECT ("<field name='x' type='text' holds='poems'><label>X</label></field>"),
      "test.xml:2: “holds” is “poems”; one of: *" },
    { OBJECT ("<field name='x' type='date' holds='object'><label>X</label></field>"),
      "test.xml:2: the field “x” is no text; *" },
    { OBJECT ("<field name='x' type='text' when='nothing: a'><label>X</label></field>"),
      "test.xml:2: “when” of the field “x” is “nothing: a”; *" },
    { OBJECT ("<field name='x' type='text' when='x'><label>X</label></field>"),
      "test.xml:2: “when” of the field “x” is “x”; *" },
    { OBJECT ("<field name='x' type='yes-no'><label>X</label></field>"
              "<field name='y' type='text' when='x: maybe'><label>Y</label></field>"),
      "test.xml:2: “when” of the field “y” is “x: maybe”; *" },
    { OBJECT ("<field name='x' type='text' importance='101'><label>X</label></field>"),
      "test.xml:2: “importance” is “101”; write a number from 0 to 100" },
    { OBJECT ("<field name='x' type='text' search='-1'><label>X</label></field>"),
      "test.xml:2: “search” is “-1”; write a number from 0 to 100" },
    { OBJECT ("<field name='X' type='text'><label>X</label></field>"),
      "test.xml:2: “X” is not a name; up to 63 of a to z, 0 to 9 and _, a letter first" },
    { OBJECT ("<field name='1x' type='text'><label>X</label></field>"),
      "test.xml:2: “1x” is not a name; *" },
    { OBJECT ("<field name='x' type='text'><label> </label></field>"),
      "test.xml:2: the text is empty; write it between the tags" },
    { OBJECT ("<field name='x' type='text'><label>X</label>\n<label>Y</label></field>"),
      "test.xml:3: there is a second text in the language “en”" },
    { OBJECT ("<field name='x' type='text'><label>X</label><label xml:lang='zh_CN'>X</label>"
              "<label xml:lang='zh-Hans-CN'>X</label></field>"),
      "test.xml:2: there is a second text in the language “zh_CN”" },
    { OBJECT ("<field name='x' type='text'><label xml:lang=''>X</label></field>"),
      "test.xml:2: “” is not a language" },
    { OBJECT ("<list columns='name'/><list columns='name'/>"),
      "test.xml:2: there is a second <list>" },
    { "<object name='thing' title='name' book='mine'/>",
      "test.xml:1: “book” is “mine”; one of: own, company, parent" },
    { "<object name='thing' title='name' book='company' kind='settings'/>",
      "test.xml:1: “kind” is “settings”; one of: work, setup" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

static char *
repeat (const char *what, guint n)
{
  GString *out = g_string_new (NULL);

  while (n-- > 0)
    g_string_append (out, what);
  return g_string_free (out, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *spaces = g_strnfill (1024 * 1024 + 1, ' ');
  g_autofree char *deep = repeat ("<object>", 20000);
  g_autofree char *many = repeat ("<field name='x' type='text'><label>X</label></field>", 501);
  g_autofree char *fields = g_strconcat (
      "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>", many,
      "</object>", NULL);
  g_autofree char *text = g_strnfill (2001, 'x');
  g_autofree char *label = g_strconcat ("<object name='thing' title='name'><label>", text,
                                        "</label></object>", NULL);
  g_autofree char *name = g_strconcat ("<object title='name' name='", text, "'/>", NULL);

  assert_wrong (spaces, "test.xml:1: the file is too long");
  assert_wrong (deep, "test.xml:1: <object> needs the attribute “name”");
  assert_wrong (fields, "test.xml:1: there are too many <field>");
  assert_wrong (label, "test.xml:1: the text is too long");
  assert_wrong (name, "test.xml:1: “*");
}

/* Every beginning of a file, and every file with one byte changed, is read or refused, never more.
 */
static void
test_damaged (void)
{
  static const char xml[] = OBJECT (
      "<field name='k' type='choice' ordered='yes' policy='max' default='a'><label>K</label>"
      "<help xml:lang='zh_CN'>词</help><help>H</help>"
      "<choice name='a'><label>A</label></choice></field>"
      "<field name='t' type='tags'><label>T</label></field>"
      "<field name='o' type='reference' reference='thing' owning='yes'><label>O</label></field>"
      "<list columns='name k'/><form><group fields='name k t o'><label>G</label></group></form>");
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);

  for (gsize length = 0; length < sizeof xml - 1; length++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (sat_catalogue_read_memory ("x", xml, length, TRUE, &error));
      g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
    }
  for (int round = 0; round < 3000; round++)
    {
      g_autofree char *copy = g_strdup (xml);
      g_autoptr (GError) error = NULL;

      copy[g_rand_int_range (rand, 0, sizeof xml - 1)] = (char) g_rand_int_range (rand, 0, 256);
      g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("x", copy, sizeof xml - 1,
                                                                      TRUE, &error);
      g_assert_true ((catalogue == NULL) == (error != NULL));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/reader/everything", test_everything);
  g_test_add_func ("/catalogue/reader/least", test_least);
  g_test_add_func ("/catalogue/reader/several-objects", test_several_objects);
  g_test_add_func ("/catalogue/reader/wrong", test_wrong);
  g_test_add_func ("/catalogue/reader/limits", test_limits);
  g_test_add_func ("/catalogue/reader/damaged", test_damaged);
  return g_test_run ();
}
