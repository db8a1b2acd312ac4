/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading folders, and which one is read. */
#include "config.h"

#include <glib/gstdio.h>

#include "catalogue-cases.h"

typedef struct
{
  char *folder;
  char *before; /* SATCHEL_CATALOGUE */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = g_dir_make_tmp ("satchel-catalogue-XXXXXX", NULL);
  f->before = g_strdup (g_getenv ("SATCHEL_CATALOGUE"));
  g_assert_nonnull (f->folder);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_setenv ("SATCHEL_CATALOGUE", f->before, TRUE);
  g_free (f->before);
  g_free (f->folder);
}

static void
put_file (const Fixture *f, const char *name, const char *content)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
}

static void
put_object (const Fixture *f, const char *file, const char *object, const char *field)
{
  g_autofree char *xml = g_strdup_printf (
      "<object name='%s' title='name'><label>L</label><plural>P</plural>\n"
      "<field name='name' type='text'><label>Name</label></field>\n%s</object>",
      object, field);
  put_file (f, file, xml);
}

static void
test_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  put_object (f, "b.xml", "b",
              "<field name='a' type='reference' reference='a'><label>A</label></field>");
  put_object (f, "a.xml", "a", "");
  put_file (f, "README", "not read");
  put_file (f, ".c.xml", "neither");
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_read (f->folder, &problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, 0);
  g_assert_cmpuint (sat_catalogue_n_objects (catalogue), ==, 2);
}

/* All that is wrong in all files is said at once. */
static void
test_all_problems (Fixture *f, gconstpointer data)
{
  static const char *const expected[] = {
    "a.xml:3: unknown field type “telephone”; one of: ",
    "b.xml:1: this is not well-formed XML: ",
    "c.xml:1: the object “other” belongs in a file of its own, “other.xml”",
    "d.xml:3: the field “x” refers to the object “gone”, which is not there",
  };
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  put_object (f, "a.xml", "a", "<field name='x' type='telephone'><label>X</label></field>");
  put_file (f, "b.xml", "<object");
  put_object (f, "c.xml", "other", "");
  put_object (f, "d.xml", "d",
              "<field name='x' type='reference' reference='gone'><label>X</label></field>");
  g_assert_null (sat_catalogue_read (f->folder, &problems, &error));
  g_assert_cmpuint (problems->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < problems->len; i++)
    g_assert_true (g_str_has_prefix (g_ptr_array_index (problems, i), expected[i]));
  g_assert_cmpstr (error->message, ==, g_ptr_array_index (problems, 0));
  g_assert_cmpstr (sat_error_args (error)[0], ==, "a.xml");
  g_assert_cmpstr (sat_error_args (error)[1], ==, "3");
}

static void
test_second_object (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) problems = NULL;

  put_object (f, "a.xml", "a", "");
  put_object (f, "b.xml", "a", "");
  g_assert_null (sat_catalogue_read (f->folder, &problems, NULL));
  g_assert_cmpuint (problems->len, ==, 2);
  g_assert_true (
      g_str_has_suffix (g_ptr_array_index (problems, 1), ": there is a second object “a”"));
}

static void
test_no_files (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) missing = NULL;
  g_autofree char *folder = g_build_filename (f->folder, "missing", NULL);

  g_assert_null (sat_catalogue_read (f->folder, NULL, &empty));
  g_assert_error (empty, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  g_assert_null (sat_catalogue_read (folder, NULL, &missing));
  g_assert_error (missing, SAT_ERROR, SAT_ERROR_NOT_FOUND);
}

static void
test_default_by_environment (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put_object (f, "mine.xml", "mine", "");
  g_setenv ("SATCHEL_CATALOGUE", f->folder, TRUE);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  g_assert_nonnull (sat_catalogue_find (catalogue, "mine"));
}

/* This program lies in the build folder, so it finds the catalogue there. */
static void
test_default_uninstalled (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_unsetenv ("SATCHEL_CATALOGUE");
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  g_assert_nonnull (sat_catalogue_find (catalogue, "customer"));
}

static void
test_references_counted (Fixture *f, gconstpointer data)
{
  SatCatalogue *catalogue = read_good (OBJECT (""));
  g_autoptr (SatCatalogue) again = sat_catalogue_ref (catalogue);

  sat_catalogue_unref (catalogue);
  g_assert_cmpstr (sat_catalogue_object (again, 0)->name, ==, "thing");
  sat_catalogue_unref (NULL);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/catalogue/catalogue/read", test_read);
  ADD ("/catalogue/catalogue/all-problems", test_all_problems);
  ADD ("/catalogue/catalogue/second-object", test_second_object);
  ADD ("/catalogue/catalogue/no-files", test_no_files);
  ADD ("/catalogue/catalogue/default-by-environment", test_default_by_environment);
  /* What is built for a package does not know where. */
  if (g_file_test (SAT_BUILD_DIR, G_FILE_TEST_IS_DIR))
    ADD ("/catalogue/catalogue/default-uninstalled", test_default_uninstalled);
  ADD ("/catalogue/catalogue/references-counted", test_references_counted);
  return g_test_run ();
}
