/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The templates that come with Satchel: there, of a good size, complete in English and Chinese. */
#include "core/catalogue/sat-template.h"

#include <string.h>

#include "core/base/sat-error.h"

static const char *const trades[] = {
  "automotive",  "b2b",     "consulting",  "consumer-goods", "ecommerce", "education",
  "engineering", "finance", "hospitality", "medical",        "retail",
};

static SatTemplate *
read_one (const char *name)
{
  g_autoptr (GError) error = NULL;
  SatTemplate *made = sat_template_read (name, &error);

  g_assert_no_error (error);
  return made;
}

static void
test_names (void)
{
  g_autoptr (GPtrArray) names = sat_template_names ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (trades));
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (SatTemplate) made = read_one (names->pdata[i]);

      g_assert_cmpstr (names->pdata[i], ==, trades[i]);
      g_assert_cmpstr (made->name, ==, trades[i]);
      g_assert_cmpuint (made->items->len, >=, 8);
      g_assert_cmpuint (made->items->len, <=, 20);
    }
  g_assert_null (sat_template_read ("bakery", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "automotive, b2b"));
  g_clear_error (&error);
  g_assert_null (sat_template_read ("./nowhere.xml", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
}

/* ---- two languages ---- */

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

static void
assert_both (const SatTwoTexts *texts)
{
  g_assert_nonnull (texts->en);
  g_assert_nonnull (texts->zh);
  g_test_message ("%s", texts->en);
  g_assert_false (has_han (texts->en));
  g_assert_true (has_han (texts->zh));
}

/* What stands in one language of a definition stands in the other. */
static void
assert_labels (const SatTemplatePart *part)
{
  static const char *const kinds[] = { "label", "plural", "help" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *en = g_strconcat (kinds[i], "_en", NULL);
      g_autofree char *zh = g_strconcat (kinds[i], "_zh_cn", NULL);
      const SatTwoTexts *english = sat_template_value (part, en);
      const SatTwoTexts *chinese = sat_template_value (part, zh);

      g_test_message ("%s %s", part->id ? part->id : part->object, kinds[i]);
      g_assert_true ((english == NULL) == (chinese == NULL));
      if (i == 0 && part->kind <= SAT_PART_CHOICE)
        g_assert_nonnull (english);
    }
}

/* Names of records, and whatever else has an English text with words in quotation marks. */
static void
assert_texts (const SatTemplatePart *part)
{
  const SatTwoTexts *name = sat_template_value (part, "name");

  if (part->kind == SAT_PART_RECORD)
    assert_both (name);
  for (guint i = 0; i < part->values->len; i++)
    {
      const SatTemplateValue *value = part->values->pdata[i];

      if (value->value.zh != NULL)
        assert_both (&value->value);
      else if (strcmp (value->field, "actions") == 0 || strcmp (value->field, "criteria") == 0)
        g_assert_true (strstr (value->value.en, "concat") == NULL &&
                       strchr (value->value.en, ':') == NULL);
    }
}

static void
test_both_languages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trades); i++)
    {
      g_autoptr (SatTemplate) made = read_one (trades[i]);

      assert_both (&made->title);
      assert_both (&made->about);
      for (guint k = 0; k < made->items->len; k++)
        {
          const SatTemplateItem *item = made->items->pdata[k];

          assert_both (&item->title);
          assert_both (&item->about);
          for (guint n = 0; n < item->parts->len; n++)
            {
              assert_labels (item->parts->pdata[n]);
              assert_texts (item->parts->pdata[n]);
            }
        }
    }
}

/* ---- small things ---- */

static void
test_two_texts (void)
{
  SatTwoTexts both = { (char *) "guest", (char *) "客人" };
  SatTwoTexts english = { (char *) "guest", NULL };
  SatTwoTexts chinese = { NULL, (char *) "客人" };

  g_assert_cmpstr (sat_two_texts_in (&both, NULL), ==, "guest");
  g_assert_cmpstr (sat_two_texts_in (&both, "zh_CN.UTF-8"), ==, "客人");
  g_assert_cmpstr (sat_two_texts_in (&both, "de_DE"), ==, "guest");
  g_assert_cmpstr (sat_two_texts_in (&english, "zh_CN"), ==, "guest");
  g_assert_cmpstr (sat_two_texts_in (&chinese, NULL), ==, "客人");
}

static const char *
name_of (const char *id, gpointer data)
{
  return strcmp (id, "grade.a") == 0 ? data : NULL;
}

static void
test_expand (void)
{
  static const struct
  {
    const char *text, *expected, *bad;
  } cases[] = {
    { "level = \"{grade.a}\"", "level = \"x_1\"", NULL },
    { "{grade.a}{grade.a}", "x_1x_1", NULL },
    { "{{grade.a}", "{grade.a}", NULL },
    { "}", "}", NULL },
    { "", "", NULL },
    { "{grade.b}", NULL, "grade.b" },
    { "{grade.a", NULL, "{" },
    { "{}", NULL, "{" },
    { "{Grade}", NULL, "{" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *bad = NULL;
      g_autofree char *out = sat_template_expand (cases[i].text, name_of, (gpointer) "x_1", &bad);

      g_assert_cmpstr (out, ==, cases[i].expected);
      g_assert_cmpstr (bad, ==, cases[i].bad);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/template/names", test_names);
  g_test_add_func ("/catalogue/template/both-languages", test_both_languages);
  g_test_add_func ("/catalogue/template/two-texts", test_two_texts);
  g_test_add_func ("/catalogue/template/expand", test_expand);
  return g_test_run ();
}
