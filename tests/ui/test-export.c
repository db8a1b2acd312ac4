/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the list to a file: what was found, in the order it is shown in, in the format asked for. */
#include "gtk-app/export/sat-export-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
list_shown (UiDriver *driver, gpointer data)
{
  return SAT_IS_LIST_PAGE (sat_window_get_page (driver->window));
}

static gboolean
title_shown (UiDriver *driver, gpointer title)
{
  return ui_find (GTK_WIDGET (sat_window_get_page (driver->window)), GTK_TYPE_LABEL, title) != NULL;
}

static SatExportPage *
begin (UiDriver *driver)
{
  ui_act (driver, "win.export-here", NULL);
  g_assert_true (SAT_IS_EXPORT_PAGE (sat_window_get_page (driver->window)));
  return SAT_EXPORT_PAGE (sat_window_get_page (driver->window));
}

static char *
path_in (UiDriver *driver, const char *name)
{
  return g_build_filename (driver->dir, name, NULL);
}

static void
save (UiDriver *driver, SatExportPage *page, const char *name)
{
  g_autofree char *path = path_in (driver, name);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  sat_export_page_save (page, file);
}

static char *
text_of (UiDriver *driver, const char *name)
{
  g_autofree char *path = path_in (driver, name);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
make_customers (UiDriver *driver)
{
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Hongda", "city=上海", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Quanta", "city=Berlin", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Hongda West", NULL));
  ui_wait (driver, title_shown, (gpointer) "Quanta", "the customers in the list");
}

/* Only what the search found, or all after all; the person is told, and is back at the list. */
static void
test_found (void)
{
  UiDriver driver = { 0 };
  SatExportPage *page;
  g_autofree char *found = NULL;
  g_autofree char *all = NULL;

  ui_driver_set_up (&driver, "a");
  make_customers (&driver);
  sat_page_search (sat_window_get_page (driver.window));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (sat_window_get_page (driver.window)),
                                                GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "hongda");
  ui_wait (&driver, title_shown, (gpointer) "2 found", "the search");

  page = begin (&driver);
  ui_wait (&driver, title_shown, (gpointer) "2 records", "the number of records");
  ui_choose (&driver, "Format", "Text with commas (CSV)");
  save (&driver, page, "found.csv");
  ui_wait (&driver, list_shown, NULL, "the list");
  g_assert_true (ui_says (&driver, (gpointer) "2 records exported"));
  found = text_of (&driver, "found.csv");
  g_assert_true (g_str_has_prefix (found, "\xEF\xBB\xBF"));
  g_assert_nonnull (strstr (found, "Hongda"));
  g_assert_nonnull (strstr (found, "上海"));
  g_assert_null (strstr (found, "Quanta"));

  page = begin (&driver);
  ui_choose (&driver, "Records", "All customers");
  ui_wait (&driver, title_shown, (gpointer) "3 records", "the number of records");
  ui_choose (&driver, "Characters", "GB 18030");
  save (&driver, page, "all.csv");
  ui_wait (&driver, list_shown, NULL, "the list");
  all = text_of (&driver, "all.csv");
  g_assert_nonnull (strstr (all, "Quanta"));
  g_assert_nonnull (strstr (all, "\xC9\xCF\xBA\xA3"));
  ui_driver_tear_down (&driver);
}

static gboolean
mistake_shown (UiDriver *driver, gpointer start)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));

  return ui_find (page, GTK_TYPE_LABEL, start) != NULL;
}

/* Only what meets a condition; one that is none says where it is wrong, and nothing is written. */
static void
test_where (void)
{
  UiDriver driver = { 0 };
  SatExportPage *page;
  GtkEditable *where;
  g_autofree char *lines = NULL;
  g_autofree char *wrong = NULL;

  ui_driver_set_up (&driver, "a");
  make_customers (&driver);
  page = begin (&driver);
  where = GTK_EDITABLE (ui_find (GTK_WIDGET (page), ADW_TYPE_ENTRY_ROW, NULL));
  ui_wait (&driver, title_shown, (gpointer) "3 records", "the number of all");
  gtk_editable_set_text (where, "city is not empty and");
  ui_wait (&driver, mistake_shown,
           (gpointer) "Character 22: A field, a value or a function is expected here",
           "what is wrong with the condition");
  save (&driver, page, "wrong.jsonl");
  wrong = path_in (&driver, "wrong.jsonl");
  g_assert_false (g_file_test (wrong, G_FILE_TEST_EXISTS));
  gtk_editable_set_text (where, "city is not empty and name like \"h%\"");
  ui_wait (&driver, title_shown, (gpointer) "1 record", "the number of those");
  g_assert_false (mistake_shown (
      &driver, (gpointer) "Character 22: A field, a value or a function is expected here"));
  save (&driver, page, "some.jsonl");
  ui_wait (&driver, list_shown, NULL, "the list");
  g_assert_true (ui_says (&driver, (gpointer) "1 record exported"));
  lines = text_of (&driver, "some.jsonl");
  g_assert_nonnull (strstr (lines, "\"Hongda\""));
  g_assert_null (strstr (lines, "Hongda West"));
  g_assert_null (strstr (lines, "Quanta"));
  ui_driver_tear_down (&driver);
}

/* A name without an ending gets that of the format; one with an ending says it itself. What is
 * there is not overwritten by a name that nobody gave. */
static void
test_names (void)
{
  UiDriver driver = { 0 };
  SatExportPage *page;
  g_autofree char *book = NULL;
  g_autofree char *lines = NULL;

  ui_driver_set_up (&driver, "a");
  make_customers (&driver);
  page = begin (&driver);
  save (&driver, page, "customers");
  ui_wait (&driver, list_shown, NULL, "the list");
  book = text_of (&driver, "customers.xlsx");
  g_assert_true (g_str_has_prefix (book, "PK"));

  page = begin (&driver);
  save (&driver, page, "customers");
  g_assert_true (ui_says (
      &driver, (gpointer) "There is a file “customers.xlsx” already; choose it, or give another "
                          "name"));
  save (&driver, page, "customers.jsonl");
  ui_wait (&driver, list_shown, NULL, "the list");
  lines = text_of (&driver, "customers.jsonl");
  g_assert_cmpint (*lines, ==, '{');
  g_assert_nonnull (strstr (lines, "Quanta"));
  ui_driver_tear_down (&driver);
}

static gboolean
problem_shown (UiDriver *driver, gpointer data)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));
  GtkWidget *stack = SAT_IS_EXPORT_PAGE (page) ? ui_find (page, GTK_TYPE_STACK, NULL) : NULL;

  return stack != NULL &&
         g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (stack)), "choose");
}

static void
make_many (UiDriver *driver)
{
  g_autoptr (GString) text = g_string_new ("name\n");
  g_autofree char *path = path_in (driver, "many.csv");

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (text, "Customer %u\n", i);
  g_assert_true (g_file_set_contents (path, text->str, -1, NULL));
  g_free (ui_run (driver, "a", 0, "import", "customer", path, NULL));
  ui_wait (driver, title_shown, (gpointer) "3,000 records", "the customers in the list");
}

/* What cannot be written says so where the person is; what was stopped has left nothing. */
static void
test_fails (void)
{
  UiDriver driver = { 0 };
  SatExportPage *page;
  g_autofree char *path = NULL;
  g_autofree char *missing = NULL;

  ui_driver_set_up (&driver, "a");
  make_many (&driver);
  page = begin (&driver);
  missing = path_in (&driver, "no/such/folder.csv");
  save (&driver, page, "no/such/folder.csv");
  g_assert_true (sat_page_is_dirty (SAT_PAGE (page)));
  ui_wait (&driver, problem_shown, NULL, "the problem");
  {
    g_autofree char *said = g_strdup_printf (
        "Cannot write the file “%s”: No such file or directory", missing);

    g_assert_true (ui_says (&driver, said));
  }
  save (&driver, page, "stopped.xlsx");
  ui_act (&driver, "win.escape", NULL);
  ui_wait (&driver, problem_shown, NULL, "the end of the export");
  path = path_in (&driver, "stopped.xlsx");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  ui_act (&driver, "win.escape", NULL);
  ui_wait (&driver, list_shown, NULL, "the list");
  ui_driver_tear_down (&driver);
}

/* What an administrator has locked is not offered, and it is said who has. */
static void
test_locked (void)
{
  UiDriver driver = { 0 };
  g_autofree char *file = NULL;

  ui_driver_set_up (&driver, "a");
  file = path_in (&driver, "locks.conf");
  g_assert_true (
      g_file_set_contents (file, "[locks]\nlocked=export;copies\nby=IT, 4711\n", -1, NULL));
  g_setenv ("SATCHEL_LOCKS", file, TRUE);
  ui_act (&driver, "win.export-here", NULL);
  g_assert_false (SAT_IS_EXPORT_PAGE (sat_window_get_page (driver.window)));
  ui_wait (&driver, ui_says,
           (gpointer) "Records are not exported on this computer; your administrator has decided "
                      "so (IT, 4711)",
           "a word why");
  ui_act (&driver, "win.write-bundle", "s", "file:///nowhere/x");
  g_assert_false (sat_window_is_syncing (driver.window));
  g_unsetenv ("SATCHEL_LOCKS");
  begin (&driver);
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/found", test_found);
  g_test_add_func ("/export/where", test_where);
  g_test_add_func ("/export/names", test_names);
  g_test_add_func ("/export/fails", test_fails);
  g_test_add_func ("/export/locked", test_locked);
  return g_test_run ();
}
