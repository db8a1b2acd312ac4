/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The company's own fields and objects in a window that was open when they came. */
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "tests/ui/ui-driver.h"

/* What `satchel catalogue` prints: a name. */
static char *
shape (
    UiDriver *driver, const char *what, const char *a, const char *b, const char *c, const char *d)
{
  g_autofree char *out = ui_run (driver, "a", 0, "catalogue", what, a, b, c, d, NULL);

  return g_strdup (g_strstrip (out));
}

static gboolean
knows_field (UiDriver *driver, gpointer field)
{
  SatPage *page = sat_window_get_page (driver->window);

  return page != NULL && sat_page_get_object (page) != NULL &&
         sat_object_find (sat_page_get_object (page), field) != NULL;
}

static gboolean
is_saved (UiDriver *driver, gpointer data)
{
  SatPage *page = sat_window_get_page (driver->window);

  return SAT_IS_RECORD_PAGE (page) && sat_record_page_get_id (SAT_RECORD_PAGE (page)) != NULL &&
         !sat_page_is_dirty (page);
}

static gboolean
is_loaded (UiDriver *driver, gpointer data)
{
  g_autofree char *name = ui_value (driver, "name");

  return g_strcmp0 (name, "Acme") == 0;
}

static void
become_admin (UiDriver *driver)
{
  g_free (ui_run (driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
}

/* A list that is shown gets the column, the form for a new record the field; what is typed into it
 * is saved. */
static void
test_field (void)
{
  UiDriver driver = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;

  ui_driver_set_up (&driver, "a");
  become_admin (&driver);
  ui_act (&driver, "win.show", "s", "customer");
  name = shape (&driver, "add-field", "customer", "Tax number", "--list=15", "--group=Basics");
  ui_wait (&driver, knows_field, name, "the new field");
  g_assert_true (SAT_IS_LIST_PAGE (sat_window_get_page (driver.window)));
  ui_wait (&driver, ui_says, (gpointer) "Tax number", "a column of its label");
  ui_act (&driver, "win.new-here", NULL);
  ui_type (&driver, "name", "Acme");
  ui_type (&driver, name, "9131");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_saved, NULL, "a saved customer");
  shown = ui_run (&driver, "a", 0, "list", "customer", "--columns", name, "--csv", NULL);
  g_assert_nonnull (strstr (shown, "9131"));
  ui_driver_tear_down (&driver);
}

/* A form with unsaved changes is left alone, and can be saved; one without shows the new field. */
static void
test_form (void)
{
  UiDriver driver = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *city = NULL;

  ui_driver_set_up (&driver, "a");
  become_admin (&driver);
  ui_act (&driver, "win.show", "s", "customer");
  ui_act (&driver, "win.new-here", NULL);
  ui_type (&driver, "name", "Acme");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_saved, NULL, "a saved customer");
  first = shape (&driver, "add-field", "customer", "First", "--group=Basics", NULL);
  ui_wait (&driver, knows_field, first, "the field on a form that nothing was typed into");
  ui_wait (&driver, ui_says, (gpointer) "First", "its label");
  ui_wait (&driver, is_loaded, NULL, "the record");

  ui_type (&driver, "city", "上海");
  second = shape (&driver, "add-field", "customer", "Second", "--group=Basics", NULL);
  g_free (shape (&driver, "add-object", "Machine", "--plural=Machines", NULL, NULL));
  ui_wait (&driver, ui_says, (gpointer) "Machines", "the new object in the sidebar");
  g_assert_true (sat_page_is_dirty (sat_window_get_page (driver.window)));
  city = ui_value (&driver, "city");
  g_assert_cmpstr (city, ==, "上海");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, is_saved, NULL, "a saved edit");
  g_free (city);
  city = ui_run (&driver, "a", 0, "list", "customer", "--columns", "city", "--csv", NULL);
  g_assert_nonnull (strstr (city, "上海"));
  ui_driver_tear_down (&driver);
}

static gboolean
finds_one (UiDriver *driver, gpointer data)
{
  return ui_says (driver, (gpointer) "1 found");
}

static void
assert_list (UiDriver *driver, const char *words, const char *condition, const char *sort)
{
  SatListPage *list = SAT_LIST_PAGE (sat_window_get_page (driver->window));
  GtkWidget *search = ui_find (GTK_WIDGET (list), GTK_TYPE_SEARCH_ENTRY, NULL);

  g_assert_cmpstr (sat_list_page_get_words (list), ==, words);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (search)), ==, words);
  g_assert_cmpstr (sat_list_page_get_condition (list), ==, condition);
  g_assert_cmpstr (sat_list_page_get_sort (list), ==, sort);
}

/* A list keeps what it was searched for, filtered and sorted by; also one that is not shown. */
static void
test_list (void)
{
  UiDriver driver = { 0 };
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  SatListPage *list;
  GtkWidget *view;
  g_autoptr (GtkColumnViewColumn) column = NULL;

  ui_driver_set_up (&driver, "a");
  become_admin (&driver);
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Acme", "city=Wuhan", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Acme Two", "city=Berlin", NULL));
  ui_act (&driver, "win.show", "s", "customer");
  ui_wait (&driver, ui_says, (gpointer) "Acme Two", "the list");
  list = SAT_LIST_PAGE (sat_window_get_page (driver.window));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (GTK_WIDGET (list), GTK_TYPE_SEARCH_ENTRY, NULL)),
                         "Acme");
  sat_list_page_filter (list, "city = \"Wuhan\"");
  view = ui_find (GTK_WIDGET (list), GTK_TYPE_COLUMN_VIEW, NULL);
  column = g_list_model_get_item (gtk_column_view_get_columns (GTK_COLUMN_VIEW (view)), 1);
  gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (view), column, GTK_SORT_DESCENDING);
  ui_wait (&driver, finds_one, NULL, "what is searched for");
  g_autofree char *sort = g_strdup (sat_list_page_get_sort (list));
  g_assert_cmpint (sort[0], ==, '-');

  first = shape (&driver, "add-field", "customer", "First", "--list=15", NULL);
  ui_wait (&driver, knows_field, first, "the new field");
  assert_list (&driver, "Acme", "city = \"Wuhan\"", sort);
  ui_wait (&driver, finds_one, NULL, "the same as before");

  ui_act (&driver, "win.show", "s", "contact");
  second = shape (&driver, "add-field", "contact", "Second", "--list=15", NULL);
  ui_wait (&driver, knows_field, second, "the new field of the other list");
  ui_act (&driver, "win.show", "s", "customer");
  assert_list (&driver, "Acme", "city = \"Wuhan\"", sort);
  ui_wait (&driver, finds_one, NULL, "the same as before");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/field", test_field);
  g_test_add_func ("/catalogue/form", test_form);
  g_test_add_func ("/catalogue/list", test_list);
  return g_test_run ();
}
