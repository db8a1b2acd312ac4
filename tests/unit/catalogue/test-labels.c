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

/* What a person writes for a field: its name or a label, and a label of two fields is none. */
static void
test_called (void)
{
  static const char fields[] =
      "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>"
      "<field name='name' type='text'><label>Name</label><label "
      "xml:lang='zh_CN'>名字</label></field>"
      "<field name='size' type='integer'><label>Width</label></field>"
      "<field name='width' type='integer'><label>How wide</label></field>"
      "<field name='a' type='text'><label>Same</label></field>"
      "<field name='b' type='text'><label>Same</label></field></object>";
  static const struct
  {
    const char *text, *name;
    gboolean several;
  } cases[] = {
    { "name", "name", FALSE },     { "NAME", "name", FALSE },   { "名字", "name", FALSE },
    { "ｎａｍｅ", "name", FALSE }, { "width", "width", FALSE }, { "how WIDE", "width", FALSE },
    { "same", NULL, TRUE },        { "other", NULL, FALSE },    { "", NULL, FALSE },
  };
  g_autoptr (SatCatalogue) catalogue = read_good (fields);
  const SatObject *object = sat_catalogue_object (catalogue, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean several = !cases[i].several;
      const SatField *field = sat_object_find_called (object, cases[i].text, &several);

      g_assert_cmpstr (field != NULL ? field->name : NULL, ==, cases[i].name);
      g_assert_cmpint (several, ==, cases[i].several);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/labels/languages", test_languages);
  g_test_add_func ("/catalogue/labels/all", test_all);
  g_test_add_func ("/catalogue/labels/called", test_called);
  return g_test_run ();
}
