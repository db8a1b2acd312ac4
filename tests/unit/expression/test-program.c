/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derived fields are understood with their catalogue: each has the type of what it gives, and those
 * that lead back to themselves, or name one that does, are wrong in whatever order they stand. */
#include <string.h>

#include "core/catalogue/sat-derived.h"
#include "core/expression/sat-expression.h"

typedef struct
{
  const char *name;
  const char *attributes; /* of <field>, but for the name */
} Derived;

#define FORMULA(text) "type='formula' formula='" text "'"
#define ROLLUP(kind, more) "type='rollup' rollup='" kind "' over='deal.customer'" more

static void
add_fields (GString *xml, const Derived *fields, guint n, gboolean backwards)
{
  for (guint i = 0; i < n; i++)
    {
      const Derived *field = &fields[backwards ? n - 1 - i : i];

      g_string_append_printf (xml, "<field name='%s' %s><label>%s</label></field>", field->name,
                              field->attributes, field->name);
    }
}

/* Customers with FIELDS beside some that are stored, and their deals. */
static SatCatalogue *
read_catalogue (const Derived *fields, guint n, gboolean backwards)
{
  g_autoptr (GString) xml = g_string_new (
      "<catalogue><object name='deal' title='name'><label>Deal</label><plural>Deals</plural>"
      "<field name='name' type='text'><label>Name</label></field>"
      "<field name='customer' type='reference' reference='customer'><label>Customer</label></field>"
      "<field name='buyer' type='reference' reference='customer'><label>Buyer</label></field>"
      "<field name='amount' type='money'><label>Amount</label></field>"
      "<field name='pieces' type='integer'><label>Pieces</label></field>"
      "<field name='chance' type='percent'><label>Chance</label></field>"
      "<field name='day' type='date'><label>Day</label></field>"
      "<field name='back' type='formula' formula='customer.loop'><label>Back</label></field>"
      "<field name='weighted' type='formula' formula='amount * chance'><label>Weighted</label>"
      "</field></object>"
      "<object name='customer' title='name'><label>Customer</label><plural>Customers</plural>"
      "<field name='name' type='text'><label>Name</label></field>"
      "<field name='level' type='choice' ordered='yes'><label>Level</label><choice name='a'>"
      "<label>A</label></choice><choice name='b'><label>B</label></choice></field>"
      "<field name='parent' type='reference' reference='customer'><label>Parent</label></field>");
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue;

  add_fields (xml, fields, n, backwards);
  g_string_append (xml, "</object></catalogue>");
  catalogue = sat_catalogue_read_memory ("test", xml->str, xml->len, FALSE, &error);
  g_assert_no_error (error);
  return catalogue;
}

static const SatField *
derived (const SatCatalogue *catalogue, const char *object, const char *name)
{
  const SatField *field = sat_object_find_any (sat_catalogue_find (catalogue, object), name);

  g_assert_nonnull (field);
  g_assert_nonnull (field->derived);
  return field;
}

/* ---- types ---- */

static void
test_types (void)
{
  static const Derived fields[] = {
    { "f_text", FORMULA ("concat(name, \"!\")") },
    { "f_number", FORMULA ("length(name) / 3") },
    { "f_day", FORMULA ("today() + 3") },
    { "f_truth", FORMULA ("name is empty") },
    { "f_choice", FORMULA ("parent.level") },
    { "f_reference", FORMULA ("parent.parent") },
    { "f_me", FORMULA ("me()") },
    { "r_count", ROLLUP ("count", "") },
    { "r_sum", ROLLUP ("sum", " of='amount'") },
    { "r_weighted", ROLLUP ("sum", " of='weighted'") },
    { "r_pieces", ROLLUP ("sum", " of='pieces'") },
    { "r_average", ROLLUP ("avg", " of='pieces'") },
    { "r_last", ROLLUP ("max", " of='day' where='pieces &gt; 2'") },
    { "f_of_rollup", FORMULA ("parent.r_count * 2") },
    { "f_share", FORMULA ("r_weighted / r_sum") },
  };
  static const SatTypeId types[] = { SAT_TYPE_TEXT,      SAT_TYPE_DECIMAL, SAT_TYPE_DATE,
                                     SAT_TYPE_YES_NO,    SAT_TYPE_CHOICE,  SAT_TYPE_REFERENCE,
                                     SAT_TYPE_REFERENCE, SAT_TYPE_INTEGER, SAT_TYPE_MONEY,
                                     SAT_TYPE_MONEY,     SAT_TYPE_INTEGER, SAT_TYPE_DECIMAL,
                                     SAT_TYPE_DATE,      SAT_TYPE_DECIMAL, SAT_TYPE_DECIMAL };

  for (guint backwards = 0; backwards < 2; backwards++)
    {
      g_autoptr (SatCatalogue) catalogue = read_catalogue (fields, G_N_ELEMENTS (fields),
                                                           backwards == 1);

      for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
        {
          const SatField *field = derived (catalogue, "customer", fields[i].name);

          g_assert_no_error (field->derived->problem);
          g_assert_cmpint (field->type->id, ==, types[i]);
        }
      g_assert_cmpuint (derived (catalogue, "customer", "f_choice")->n_choices, ==, 2);
      g_assert_true (derived (catalogue, "customer", "f_choice")->ordered);
      g_assert_cmpstr (derived (catalogue, "customer", "f_reference")->reference, ==, "customer");
      g_assert_cmpstr (derived (catalogue, "customer", "f_me")->reference, ==, "user");
    }
}

/* They stand apart: nobody who stores finds them. */
static void
test_apart (void)
{
  static const Derived fields[] = { { "twice", FORMULA ("length(name) * 2") } };
  g_autoptr (SatCatalogue) catalogue = read_catalogue (fields, 1, FALSE);
  const SatObject *object = sat_catalogue_find (catalogue, "customer");
  gboolean several;

  g_assert_cmpuint (object->n_fields, ==, 3);
  g_assert_cmpuint (object->n_derived, ==, 1);
  g_assert_null (sat_object_find (object, "twice"));
  g_assert_null (sat_object_find_called (object, "Twice", &several));
  g_assert_true (sat_object_find_any (object, "twice") == object->derived[0]);
  g_assert_true (sat_object_find_any_called (object, "TWICE", &several) == object->derived[0]);
  g_assert_cmpuint (object->groups[0].n_fields, ==, 3);
}

/* ---- what is wrong ---- */

static const Derived circles[] = {
  { "self", FORMULA ("self + 1") },
  { "one", FORMULA ("two + 1") },
  { "two", FORMULA ("three + 1") },
  { "three", FORMULA ("coalesce(good, one)") },
  { "good", FORMULA ("length(name)") },
  { "after", FORMULA ("good + one") },
  { "loop", ROLLUP ("count", " where='back &gt; 0'") },
  { "parents", FORMULA ("parent.parents + 1") },
  { "fine", FORMULA ("parent.good + good") },
  { "unknown", FORMULA ("nothing + 1") },
  { "mistyped", FORMULA ("name + 1") },
  { "empty", "type='formula' formula=' '" },
  { "no_field", ROLLUP ("sum", "") },
  { "no_sum", ROLLUP ("sum", " of='day'") },
  { "no_reference", "type='rollup' rollup='count' over='deal.name'" },
  { "elsewhere", "type='rollup' rollup='count' over='deal.nothing'" },
};

static gboolean
is_good (const char *name)
{
  return strcmp (name, "good") == 0 || strcmp (name, "fine") == 0;
}

static void
test_wrong (void)
{
  for (guint backwards = 0; backwards < 2; backwards++)
    {
      g_autoptr (SatCatalogue) catalogue = read_catalogue (circles, G_N_ELEMENTS (circles),
                                                           backwards == 1);

      for (guint i = 0; i < G_N_ELEMENTS (circles); i++)
        {
          const SatField *field = derived (catalogue, "customer", circles[i].name);

          g_assert_cmpint (field->derived->state, ==,
                           is_good (circles[i].name) ? SAT_DERIVED_DONE : SAT_DERIVED_WRONG);
          g_assert_true ((field->derived->problem == NULL) == is_good (circles[i].name));
        }
      g_assert_nonnull (derived (catalogue, "deal", "back")->derived->problem);
      g_assert_null (derived (catalogue, "deal", "weighted")->derived->problem);
    }
}

/* A condition cannot ask for what cannot be computed, nor whether it has changed. */
static void
test_refused (void)
{
  g_autoptr (SatCatalogue) catalogue = read_catalogue (circles, G_N_ELEMENTS (circles), FALSE);
  const SatObject *object = sat_catalogue_find (catalogue, "customer");
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "self = 1", "“self” of customer cannot be computed: its formula is wrong, or leads back to "
                  "itself" },
    { "parent.one = 1", "“one” of customer cannot be computed: its formula is wrong, or leads back "
                        "to itself" },
    { "good changed", "“good” is computed; a change touches only what people write" },
    { "was(good) = 1", "“good” is computed; a change touches only what people write" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatExpression) expression = sat_expression_parse (
          object, cases[i].text, SAT_EXPRESSION_RULE, NULL, &error);

      g_assert_null (expression);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* One that is long only because of what it names is too long, wherever one begins: f0 is one part,
 * each further one twice the last; a chain is too deep. */
static void
test_size (void)
{
  for (guint backwards = 0; backwards < 2; backwards++)
    for (guint chain = 0; chain < 2; chain++)
      {
        Derived fields[200];
        char names[200][8];
        char texts[200][64];
        g_autoptr (SatCatalogue) catalogue = NULL;
        guint good = 0;

        for (guint i = 0; i < 200; i++)
          {
            g_snprintf (names[i], sizeof names[i], "f%u", i);
            if (i == 0)
              g_snprintf (texts[i], sizeof texts[i], FORMULA ("1"));
            else if (chain)
              g_snprintf (texts[i], sizeof texts[i], FORMULA ("f%u"), i - 1);
            else
              g_snprintf (texts[i], sizeof texts[i], FORMULA ("f%u + f%u"), i - 1, i - 1);
            fields[i] = (Derived){ names[i], texts[i] };
          }
        catalogue = read_catalogue (fields, 200, backwards == 1);
        while (good < 200 && derived (catalogue, "customer", names[good])->derived->problem == NULL)
          good++;
        g_assert_cmpuint (good, ==, chain ? 16 : 8);
        for (guint i = good; i < 200; i++)
          g_assert_nonnull (derived (catalogue, "customer", names[i])->derived->problem);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/program/types", test_types);
  g_test_add_func ("/program/apart", test_apart);
  g_test_add_func ("/program/wrong", test_wrong);
  g_test_add_func ("/program/refused", test_refused);
  g_test_add_func ("/program/size", test_size);
  return g_test_run ();
}
