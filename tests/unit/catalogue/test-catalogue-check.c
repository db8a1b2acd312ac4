/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a catalogue must fulfil: each rule with a catalogue that breaks it. */
#include "catalogue-cases.h"

#define FIELD(attributes) "<field name='x' " attributes "><label>X</label></field>"
#define CHOICE(attributes) \
  "<field name='x' " attributes \
  "><label>X</label><choice name='a'><label>A</label></choice></field>"

static void
test_fields (void)
{
  static const Wrong cases[] = {
    { OBJECT ("<field name='name' type='text'><label>X</label></field>"),
      "test.xml:2: there is a second field “name”" },
    { OBJECT ("<field name='id' type='text'><label>X</label></field>"),
      "test.xml:2: a field cannot be named “id”" },
    { OBJECT ("<field name='p' type='money'><label>P</label></field>\n"
              "<field name='p_currency' type='text'><label>X</label></field>"),
      "test.xml:3: a field cannot be named “p_currency”" },
    { OBJECT ("<field name='x' type='text'></field>"),
      "test.xml:2: the English <label> is missing" },
    { OBJECT ("<field name='x' type='text'><label xml:lang='zh_CN'>X</label></field>"),
      "test.xml:2: the English <label> is missing" },
    { OBJECT ("<field name='x' type='text'><label>X</label><help xml:lang='de'>H</help></field>"),
      "test.xml:2: the English <help> is missing" },
    { OBJECT (FIELD ("type='integer' default='007'")),
      "test.xml:2: the default “007” is not a value of the field “x” in its exact spelling" },
    { OBJECT (CHOICE ("type='choice' default='b'")),
      "test.xml:2: the default “b” is not a value of the field “x” in its exact spelling" },
    { OBJECT (FIELD ("type='text' currency='CNY'")),
      "test.xml:2: “currency” of the field “x” is “CNY”; *" },
    { OBJECT (FIELD ("type='money' currency='yuan'")),
      "test.xml:2: “currency” of the field “x” is “yuan”; *" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

static void
test_choices (void)
{
  static const Wrong cases[] = {
    { OBJECT (FIELD ("type='choice'")), "test.xml:2: the field “x” needs a <choice>" },
    { OBJECT (CHOICE ("type='text'")),
      "test.xml:2: the field “x” has choices; only choice and tags may" },
    { OBJECT (FIELD ("type='integer' ordered='yes'")),
      "test.xml:2: the field “x” is ordered; only a choice may be" },
    { OBJECT (CHOICE ("type='choice' open='yes'")),
      "test.xml:2: the field “x” is open; only tags may be" },
    { OBJECT ("<field name='x' type='choice'><label>X</label>"
              "<choice name='a'><label>A</label></choice>\n"
              "<choice name='a'><label>B</label></choice></field>"),
      "test.xml:3: there is a second choice “a”" },
    { OBJECT (
          "<field name='x' type='choice'><label>X</label>"
          "<choice name='a'><label>Same</label></choice>\n"
          "<choice name='b'><label>B</label><label xml:lang='zh_CN'>same</label></choice></field>"),
      "test.xml:3: the choices “a” and “b” have the same label" },
    { OBJECT ("<field name='x' type='choice'><label>X</label>\n<choice name='a'></choice></field>"),
      "test.xml:3: the English <label> is missing" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

/* Which policy fits which type: all of them. */
static void
test_policies (void)
{
  for (guint id = 0; id < SAT_N_TYPES; id++)
    for (guint policy = 0; policy < SAT_N_POLICIES; policy++)
      {
        const char *choice = id == SAT_TYPE_CHOICE ? "<choice name='a'><label>A</label></choice>"
                                                   : "";
        const char *more = id == SAT_TYPE_REFERENCE ? "reference='*'" : "";
        g_autofree char *field = g_strdup_printf (
            "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>"
            "<field name='name' type='text'><label>Name</label></field>"
            "<field name='x' type='%s' policy='%s' %s><label>X</label>%s</field></object>",
            sat_type_get ((SatTypeId) id)->name, sat_policy_name ((SatPolicy) policy), more,
            choice);
        gboolean extreme = policy == SAT_POLICY_MAX || policy == SAT_POLICY_MIN;
        gboolean ordered = (id >= SAT_TYPE_INTEGER && id <= SAT_TYPE_TIME);
        gboolean plain = policy == SAT_POLICY_NEWEST || policy == SAT_POLICY_REVIEW;
        gboolean fits = id == SAT_TYPE_TAGS
                            ? policy == SAT_POLICY_UNION
                            : plain || (extreme && ordered) ||
                                  (policy == SAT_POLICY_TEXT && id == SAT_TYPE_LONG_TEXT);
        g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("test.xml", field,
                                                                        strlen (field), TRUE, NULL);

        g_test_message ("%s", field);
        g_assert_cmpint (catalogue != NULL, ==, fits);
      }
}

static void
test_pictures (void)
{
  static const Wrong cases[] = {
    { OBJECT (FIELD ("type='picture' search='3'")),
      "test.xml:2: the field “x” is a picture; it cannot be searched" },
    { OBJECT (FIELD ("type='picture' alike='number'")),
      "test.xml:2: the field “x” is a picture; it says nothing about duplicates" },
    { OBJECT (FIELD ("type='picture'") "\n<list columns='name x'/>"),
      "test.xml:3: the field “x” is a picture; lists have no column for it" },
  };
  g_autoptr (SatCatalogue) good = read_good (OBJECT (FIELD ("type='picture' required='yes'")));

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

static void
test_policy_messages (void)
{
  static const Wrong cases[] = {
    { OBJECT (FIELD ("type='text' policy='latest'")),
      "test.xml:2: unknown policy “latest”; one of: newest, review, max, min, union, text" },
    { OBJECT (FIELD ("type='text' policy='max'")),
      "test.xml:2: the policy “max” does not fit the field “x” of type text; *" },
    { OBJECT (CHOICE ("type='choice' policy='max'")),
      "test.xml:2: the policy “max” does not fit *" },
  };
  g_autoptr (SatCatalogue) ordered = read_good (
      OBJECT (CHOICE ("type='choice' policy='max' ordered='yes'")));

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

static void
test_references (void)
{
  static const Wrong cases[] = {
    { OBJECT (FIELD ("type='reference'")),
      "test.xml:2: the field “x” needs the attribute “reference”: an object or *" },
    { OBJECT (FIELD ("type='text' reference='thing'")),
      "test.xml:2: the field “x” is not a reference but has the attribute “reference”" },
    { OBJECT (FIELD ("type='reference' reference='user'")),
      "test.xml:2: the field “x” refers to the object “user”, which is not there" },
    { OBJECT (FIELD ("type='text' owning='yes'")),
      "test.xml:2: the field “x” is owning; only a reference to one object may be" },
    { OBJECT (FIELD ("type='reference' reference='*' owning='yes'")),
      "test.xml:2: the field “x” is owning; only a reference to one object may be" },
    { OBJECT ("<field name='y' type='reference' reference='thing' "
              "owning='yes'><label>Y</label></field>\n" FIELD (
                  "type='reference' reference='thing' owning='yes'")),
      "test.xml:3: the field “x” is owning, and so is “y”; only one may be" },
    { "<object name='thing' title='name' book='parent'><label>Thing</label><plural>Things</plural>"
      "<field name='name' type='text'><label>Name</label></field></object>",
      "test.xml:1: “thing” goes to the book of its parent, but has no owning reference" },
    { "<object name='thing' title='name' kind='setup'><label>Thing</label><plural>Things</plural>"
      "<field name='name' type='text'><label>Name</label></field></object>",
      "test.xml:1: “thing” is of kind “setup”, which holds for all: its book is “company”" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

/* A file of its own may refer to objects of others. */
static void
test_not_closed (void)
{
  static const char xml[] = OBJECT (FIELD ("type='reference' reference='user'"));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("test.xml", xml, sizeof xml - 1,
                                                                  FALSE, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (sat_catalogue_object (catalogue, 0)->fields[1]->reference, ==, "user");
}

static void
test_objects (void)
{
  static const Wrong cases[] = {
    { "<catalogue>" OBJECT ("") "\n" OBJECT ("") "</catalogue>", "test.xml:*" },
    { "<object name='thing' title='nome'><label>T</label><plural>Ts</plural>"
      "<field name='name' type='text'><label>Name</label></field></object>",
      "test.xml:1: the title of “thing” is “nome”; name one of its fields of type text" },
    { "<object name='thing' title='name'><label>T</label><plural>Ts</plural>"
      "<field name='name' type='integer'><label>Name</label></field></object>",
      "test.xml:1: the title of “thing” is “name”; name one of its fields of type text" },
    { "<object name='thing' title='name'><plural>Ts</plural>"
      "<field name='name' type='text'><label>Name</label></field></object>",
      "test.xml:1: the English <label> is missing" },
    { "<object name='thing' title='name'><label>T</label>"
      "<field name='name' type='text'><label>Name</label></field></object>",
      "test.xml:1: the English <plural> is missing" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

static void
test_lists_and_forms (void)
{
  static const Wrong cases[] = {
    { OBJECT (FIELD ("type='text'") "<list columns='name y'/>"),
      "test.xml:2: there is no field “y”" },
    { OBJECT (FIELD ("type='text'") "<list columns='name x x'/>"),
      "test.xml:2: the field “x” is listed twice" },
    { OBJECT (FIELD ("type='text'") "<list columns='x name'/>"),
      "test.xml:2: the first column is not the title, “name”" },
    { OBJECT ("<form><group fields='name y'><label>G</label></group></form>"),
      "test.xml:2: there is no field “y”" },
    { OBJECT (FIELD ("type='text'") "<form><group fields='name'><label>G</label></group></form>"),
      "test.xml:2: the field “x” is in no group" },
    { OBJECT (FIELD ("type='text'") "<form><group fields='name x'><label>G</label></group>"
                                    "<group fields='x'><label>H</label></group></form>"),
      "test.xml:2: the field “x” is in two groups" },
    { OBJECT (
          FIELD ("type='text' hidden='yes'") "<form><group fields='name x'><label>G</label></group>"
                                             "</form>"),
      "test.xml:2: the field “x” is hidden, but in a group" },
    { OBJECT ("<form><group fields='name'/></form>"),
      "test.xml:2: the English <label> is missing" },
  };

  assert_all_wrong (cases, G_N_ELEMENTS (cases));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/check/fields", test_fields);
  g_test_add_func ("/catalogue/check/choices", test_choices);
  g_test_add_func ("/catalogue/check/policies", test_policies);
  g_test_add_func ("/catalogue/check/policy-messages", test_policy_messages);
  g_test_add_func ("/catalogue/check/pictures", test_pictures);
  g_test_add_func ("/catalogue/check/references", test_references);
  g_test_add_func ("/catalogue/check/not-closed", test_not_closed);
  g_test_add_func ("/catalogue/check/objects", test_objects);
  g_test_add_func ("/catalogue/check/lists-and-forms", test_lists_and_forms);
  return g_test_run ();
}
