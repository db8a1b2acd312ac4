/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of the catalogue in sentences about what went wrong: people know the labels. */
#include "gtk-app/sat-error-text.h"

#include <gtk/gtk.h>
#include <string.h>

#include "core/base/sat-error.h"

static const SatObject *
customer (SatCatalogue *catalogue)
{
  const SatObject *object = sat_catalogue_find (catalogue, "customer");

  g_assert_nonnull (object);
  return object;
}

static void
assert_text (const GError *error, const SatObject *object, const char *wanted)
{
  g_autofree char *text = sat_error_text_about (error, object);

  g_assert_cmpstr (text, ==, wanted);
}

/* What the type says of a value that is none of the choices, of every field that has some. */
static void
test_choices (void)
{
  g_autoptr (GError) broken = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&broken);
  const SatObject *object = customer (catalogue);
  guint n = 0;

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *value = NULL;
      g_autofree char *text = NULL;

      if (field->n_choices == 0 || field->type->id != SAT_TYPE_CHOICE)
        continue;
      g_assert_false (field->type->parse (&field->options, "industry", &value, &error));
      text = sat_error_text_about (error, object);
      /* Typed by a person, though it is the name of a field. */
      g_assert_true (g_str_has_prefix (text, "“industry” is not one of the choices"));
      for (guint j = 0; j < field->n_choices; j++)
        g_assert_nonnull (
            strstr (text, sat_label (field->choices[j].label, g_get_language_names ()[0])));
      n++;
    }
  g_assert_cmpuint (n, >, 1);
}

static void
test_names (void)
{
  g_autoptr (GError) broken = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&broken);
  const SatObject *object = customer (catalogue);
  g_autoptr (GError) sequence = NULL;
  g_autoptr (GError) numbered = NULL;
  g_autoptr (GError) other = NULL;
  g_autoptr (GError) plain = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "no name: name");

  sat_fail (&sequence, SAT_ERROR_INVALID, "%s: there is no %s “%s” on this laptop", "next_contact",
            "contact", "name", NULL);
  assert_text (sequence, object, "Next contact: there is no contact “name” on this laptop");
  sat_fail (&numbered, SAT_ERROR_INVALID, "100 %%s of “%2$s” in %1$s, %4$s", "phone", "phone",
            NULL);
  assert_text (numbered, object, "100 %s of “phone” in Phone, %4$s");
  sat_fail (&other, SAT_ERROR_INVALID, "it is %s", "something else", NULL);
  assert_text (other, object, "It is something else");
  assert_text (plain, object, "No name: name");
  g_clear_error (&other);
  sat_fail (&other, SAT_ERROR_INVALID, "columns “%s” and “%s” go to field “%s” of “%s”", "phone",
            "name", "next_contact", "phone", NULL);
  assert_text (other, object, "Columns “phone” and “name” go to field “Next contact” of “phone”");
  g_clear_error (&other);
  sat_fail (&other, SAT_ERROR_INVALID, "no field of “%s” is called %s, nor field “%s”", "contact",
            "Fon", "Fon", NULL);
  assert_text (other, object, "No field of “contact” is called Fon, nor field “Fon”");
}

/* In a window nobody is told what to type in a terminal. */
static void
test_approvals (void)
{
  g_autoptr (GError) broken = NULL;
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&broken);
  const SatObject *object = customer (catalogue);
  g_autoptr (GError) error = NULL;

  sat_fail (&error, SAT_ERROR_APPROVAL, "“%s” needs an approval (%s) first; type this", "Pumps",
            "Large", NULL);
  assert_text (error, object,
               "“Pumps” has no approval (Large) that holds; ask for it in the menu of its page");
  g_clear_error (&error);
  sat_fail (&error, SAT_ERROR_APPROVAL, "“%s” waits (%s) by %s; type that", "Pumps", "Large", "Li",
            NULL);
  assert_text (error, object, "“Pumps” waits for an approval (Large) by Li");
  g_clear_error (&error);
  sat_fail (&error, SAT_ERROR_APPROVAL, "it is done already", NULL);
  assert_text (error, object, "It is done already");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error-text/choices", test_choices);
  g_test_add_func ("/error-text/names", test_names);
  g_test_add_func ("/error-text/approvals", test_approvals);
  return g_test_run ();
}
