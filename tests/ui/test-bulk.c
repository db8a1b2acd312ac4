/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The records that a list shows get the same values: seen first, then done, then undone. */
#include "gtk-app/bulk/sat-bulk-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
list_again (UiDriver *driver, gpointer data)
{
  return SAT_IS_LIST_PAGE (sat_window_get_page (driver->window));
}

/* How many customers meet CONDITION, as the command line says. */
static void
assert_count (UiDriver *driver, const char *condition, const char *total)
{
  g_autofree char *text = ui_run (driver, "a", 0, "list", "customer", "--where", condition,
                                  "--json", NULL);
  g_autofree char *part = g_strdup_printf ("\"total\" : %s,", total);

  if (strstr (text, part) == NULL)
    g_test_message ("%s lacks %s", text, part);
  g_assert_nonnull (strstr (text, part));
}

static void
set_up (UiDriver *driver, const char *condition)
{
  ui_driver_set_up (driver, "a");
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=One", "city=Wuhan", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Two", "city=Wuhan", "tags=fair", NULL));
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Three", "city=Berlin", NULL));
  ui_act (driver, "win.show", "s", "customer");
  ui_wait (driver, ui_says, (gpointer) "Three", "the list");
  if (condition != NULL)
    {
      sat_list_page_filter (SAT_LIST_PAGE (sat_window_get_page (driver->window)), condition);
      ui_wait (driver, ui_says, (gpointer) "2 found", "the filter");
    }
  ui_act (driver, "win.bulk-here", NULL);
  g_assert_true (SAT_IS_BULK_PAGE (sat_window_get_page (driver->window)));
}

static void
test_change (void)
{
  UiDriver driver = { 0 };

  set_up (&driver, "city = \"Wuhan\"");
  g_assert_true (ui_says (&driver, (gpointer) "The customers that meet: city = \"Wuhan\""));
  ui_choose (&driver, "Field", "Address");
  ui_type (&driver, "address", "Lane 1");
  ui_click (&driver, "_Preview");
  ui_wait (&driver, ui_says, (gpointer) "2 records of 2 would change.", "what would change");
  g_assert_true (ui_says (&driver, (gpointer) "Address: (empty) → Lane 1"));
  assert_count (&driver, "address = \"Lane 1\"", "0");

  /* Another value has not been seen. */
  ui_type (&driver, "address", "Lane 2");
  g_assert_false (ui_says (&driver, (gpointer) "2 records of 2 would change."));
  ui_click (&driver, "_Preview");
  ui_wait (&driver, ui_says, (gpointer) "2 records of 2 would change.", "what would change");
  ui_click (&driver, "_Change 2 Records");
  ui_wait (&driver, list_again, NULL, "the list again");
  ui_wait (&driver, ui_says, (gpointer) "2 records changed", "that it is done");
  assert_count (&driver, "address = \"Lane 2\"", "2");
  ui_click (&driver, "_Undo");
  ui_wait (&driver, ui_says, (gpointer) "Undone: 2 records are as before", "that it is undone");
  assert_count (&driver, "address is empty", "3");
  ui_driver_tear_down (&driver);
}

static void
test_tags (void)
{
  UiDriver driver = { 0 };

  set_up (&driver, NULL);
  ui_choose (&driver, "Field", "Tags: add");
  sat_field_editor_set_value (ui_editor (&driver, "tags"), "fair");
  ui_click (&driver, "_Preview");
  ui_wait (&driver, ui_says, (gpointer) "2 records of 3 would change.", "what would change");
  ui_click (&driver, "_Change 2 Records");
  ui_wait (&driver, list_again, NULL, "the list again");
  assert_count (&driver, "tags has \"fair\"", "3");
  ui_driver_tear_down (&driver);
}

/* What must not be empty: no record is changed. */
static void
test_bad (void)
{
  UiDriver driver = { 0 };

  set_up (&driver, NULL);
  ui_choose (&driver, "Field", "Name");
  ui_click (&driver, "_Preview");
  ui_wait (&driver, ui_says, (gpointer) "Nothing to change in 3 records.", "what would change");
  g_assert_nonnull (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_BUTTON, "_Preview"));
  assert_count (&driver, "name is empty", "0");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/bulk/change", test_change);
  g_test_add_func ("/ui/bulk/tags", test_tags);
  g_test_add_func ("/ui/bulk/bad", test_bad);
  return g_test_run ();
}
