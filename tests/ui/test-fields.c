/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fields and objects: an administrator adds some, renames them, retires them; what is wrong is said
 * in place. What the page does is looked at with the command line. */
#include "gtk-app/catalogue/sat-fields-page.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
row_shown (UiDriver *driver, gpointer title)
{
  return ui_find_row (ui_page (driver), title) != NULL;
}

/* Types TEXT into the entry TITLE below the row IN. */
static void
type_in (UiDriver *driver, const char *in, const char *title, const char *text)
{
  GtkWidget *entry = ui_find_row (ui_find_row (ui_page (driver), in), title);

  g_assert_true (ADW_IS_ENTRY_ROW (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
}

static GtkWidget *
find_button (UiDriver *driver, const char *in, const char *label)
{
  return ui_find (ui_find_row (ui_page (driver), in), GTK_TYPE_BUTTON, label);
}

static void
click_in (UiDriver *driver, const char *in, const char *label)
{
  GtkWidget *button = find_button (driver, in, label);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static const char *
subtitle_of (UiDriver *driver, const char *title)
{
  return adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (ui_find_row (ui_page (driver), title)));
}

static gboolean
tax_retired (UiDriver *driver, gpointer data)
{
  return strstr (subtitle_of (driver, "VAT number"), "No longer used") != NULL;
}

static gboolean
tax_used (UiDriver *driver, gpointer data)
{
  return !tax_retired (driver, data);
}

static gboolean
admin_shown (UiDriver *driver, gpointer data)
{
  return gtk_widget_get_visible (
      gtk_widget_get_parent (ui_find_row (ui_page (driver), "Add an Object")));
}

static void
show_fields (UiDriver *driver)
{
  ui_act (driver, "win.show", "s", "fields");
  g_assert_true (SAT_IS_FIELDS_PAGE (ui_page (driver)));
}

static void
test_admin (void)
{
  UiDriver driver = { 0 };
  g_autofree char *said = NULL;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  show_fields (&driver);
  ui_wait (&driver, admin_shown, NULL, "the form");
  type_in (&driver, "Add an Object", "In English", "Machine");
  click_in (&driver, "Add an Object", "Add an Object");
  ui_wait (&driver, row_shown, (gpointer) "Machine", "the object");
  g_free (ui_run (&driver, "a", 0, "catalogue", "show", "Machine", NULL));

  sat_fields_page_open (SAT_FIELDS_PAGE (ui_page (&driver)), "customer");
  type_in (&driver, "Add a Field", "In English", "Tax number");
  type_in (&driver, "Add a Field", "In Chinese", "税号");
  click_in (&driver, "Add a Field", "Add a Field");
  ui_wait (&driver, row_shown, (gpointer) "Tax number", "the field");
  g_assert_cmpstr (subtitle_of (&driver, "Tax number"), ==, "Text · The company’s own");
  type_in (&driver, "Tax number", "In English", "VAT number");
  click_in (&driver, "Tax number", "Rename");
  ui_wait (&driver, row_shown, (gpointer) "VAT number", "the new name");
  said = ui_run (&driver, "a", 0, "catalogue", "show", "customer", NULL);
  g_assert_nonnull (strstr (said, "VAT number"));
  click_in (&driver, "VAT number", "Retire");
  ui_wait (&driver, tax_retired, NULL, "the field to be retired");
  click_in (&driver, "VAT number", "Use Again");
  ui_wait (&driver, tax_used, NULL, "the field to be used again");

  /* Without a name there is no field, and that is said here. */
  click_in (&driver, "Add a Field", "Add a Field");
  ui_wait (&driver, ui_says, (gpointer) "Say what it is called, in English or in Chinese",
           "what is wrong");
  ui_driver_tear_down (&driver);
}

/* A formula says where it is wrong while it is typed. */
static void
test_formula (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  show_fields (&driver);
  ui_wait (&driver, admin_shown, NULL, "the form");
  sat_fields_page_open (SAT_FIELDS_PAGE (ui_page (&driver)), "deal");
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (ui_find_row (ui_page (&driver), "Add a Field")),
                                 TRUE);
  ui_choose (&driver, "Type", "Computed by a formula");
  type_in (&driver, "Add a Field", "In English", "Margin");
  g_assert_false (gtk_widget_get_sensitive (find_button (&driver, "Add a Field", "Add a Field")));
  type_in (&driver, "Add a Field", "Formula", "amount * ");
  g_assert_false (gtk_widget_get_sensitive (find_button (&driver, "Add a Field", "Add a Field")));
  type_in (&driver, "Add a Field", "Formula", "amount * 25%");
  click_in (&driver, "Add a Field", "Add a Field");
  ui_wait (&driver, row_shown, (gpointer) "Margin", "the field");
  g_assert_cmpstr (subtitle_of (&driver, "Margin"), ==,
                   "Computed by a formula · The company’s own");

  ui_choose (&driver, "Type", "Choice");
  type_in (&driver, "Add a Field", "In English", "Grade");
  gtk_text_buffer_set_text (
      gtk_text_view_get_buffer (GTK_TEXT_VIEW (
          ui_find (ui_find_row (ui_page (&driver), "Add a Field"), GTK_TYPE_TEXT_VIEW, NULL))),
      "Gold=金\n\nSilver=银\n", -1);
  type_in (&driver, "Add a Field", "What new records have", "Silver");
  click_in (&driver, "Add a Field", "Add a Field");
  ui_wait (&driver, row_shown, (gpointer) "Grade", "the field");
  g_free (ui_run (&driver, "a", 0, "new", "deal", "name=X", "Grade=金", NULL));
  ui_act (&driver, "win.undo", NULL);
  ui_driver_tear_down (&driver);
}

/* Who is no administrator reads what there is. */
static void
test_others (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "b");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  show_fields (&driver);
  ui_wait (&driver, row_shown, (gpointer) "Customers", "the objects");
  g_assert_false (admin_shown (&driver, NULL));
  sat_fields_page_open (SAT_FIELDS_PAGE (ui_page (&driver)), "customer");
  g_assert_true (row_shown (&driver, (gpointer) "Phone"));
  g_assert_null (find_button (&driver, "Phone", "Rename"));
  g_assert_true (sat_page_escape (SAT_PAGE (ui_page (&driver))));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/admin", test_admin);
  g_test_add_func ("/fields/formula", test_formula);
  g_test_add_func ("/fields/others", test_others);
  return g_test_run ();
}
