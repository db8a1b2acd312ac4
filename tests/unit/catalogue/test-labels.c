/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue-cases.h"

static const char xml[] = "<object name='thing' title='name'>"
                          "<label xml:lang='zh_CN'>东西</label><label>  Thing\n  or so </label>"
                          "<label xml:lang='pt-BR'>Coisa</label><label xml:lang='de'>Ding</label>"
                          "<plural>Things</plural><plural xml:lang='zh-Hant-TW'>多</plural>"
                          "<plural xml:lang='zh-Hans'>些</plural>"
                          "<field name='name' type='text'><label>Name</label></field></object>";

static void
test_languages (void)
{
  static const struct
  {
    const char *language, *text;
  } cases[] = {
    { NULL, "Thing or so" },
    { "en", "Thing or so" },
    { "en_GB.UTF-8", "Thing or so" },
    { "zh_CN", "东西" },
    { "zh-CN", "东西" },
    { "zh_CN.UTF-8@x", "东西" },
    { "zh", "东西" },
    { "zh_TW", "东西" },
    { "de_AT", "Ding" },
    { "pt", "Coisa" },
    { "pt_PT", "Coisa" },
    { "C", "Thing or so" },
    { "fr", "Thing or so" },
    { "", "Thing or so" },
    { "d", "Thing or so" },
    { ".", "Thing or so" },
    { "averyveryveryveryverylongname_DE", "Thing or so" },
  };
  g_autoptr (SatCatalogue) catalogue = read_good (xml);
  const SatObject *object = sat_catalogue_object (catalogue, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (sat_label (object->label, cases[i].language), ==, cases[i].text);
  g_assert_cmpstr (sat_label (object->plural, "de"), ==, "Things");
  g_assert_cmpstr (sat_label (object->plural, "zh_TW"), ==, "多");
  g_assert_cmpstr (sat_label (object->plural, "zh_Hans"), ==, "些");
}

static void
test_all (void)
{
  g_autoptr (SatCatalogue) catalogue = read_good (xml);
  const char *const *all = sat_labels_all (sat_catalogue_object (catalogue, 0)->label);

  g_assert_cmpuint (g_strv_length ((char **) all), ==, 4);
  g_assert_true (g_strv_contains (all, "Thing or so"));
  g_assert_true (g_strv_contains (all, "东西"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/labels/languages", test_languages);
  g_test_add_func ("/catalogue/labels/all", test_all);
  return g_test_run ();
}
