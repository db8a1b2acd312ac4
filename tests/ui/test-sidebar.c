/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What says how the company works is in a group of the sidebar, for those who may edit it. */
#include "gtk-app/search/sat-go-palette.h"
#include "gtk-app/window/sat-page.h"
#include "gtk-app/window/sat-sidebar.h"
#include "tests/ui/ui-driver.h"

/* The row of the sidebar that says TITLE, if it is shown. */
static GtkWidget *
find_place (UiDriver *driver, const char *title)
{
  GtkWidget *sidebar = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_SIDEBAR, NULL);
  GtkWidget *list = ui_find (sidebar, GTK_TYPE_LIST_BOX, NULL);

  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_visible (row) && ui_find (row, GTK_TYPE_LABEL, title) != NULL)
      return row;
  return NULL;
}

static gboolean
place_shown (UiDriver *driver, gpointer title)
{
  return find_place (driver, title) != NULL;
}

static gboolean
place_gone (UiDriver *driver, gpointer title)
{
  return find_place (driver, title) == NULL;
}

static void
press (UiDriver *driver, const char *title)
{
  GtkWidget *row = find_place (driver, title);

  g_assert_nonnull (row);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
}

/* Is the place called TITLE, or (NULL) none, the one that is marked? */
static gboolean
is_marked (UiDriver *driver, const char *title)
{
  GtkWidget *sidebar = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_SIDEBAR, NULL);
  GtkWidget *list = ui_find (sidebar, GTK_TYPE_LIST_BOX, NULL);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (list));

  return title == NULL ? row == NULL
                       : row != NULL && GTK_WIDGET (row) == find_place (driver, title);
}

/* A page of the menu is none of the sidebar's places. */
static void
test_marks (void)
{
  static const char *const pages[] = { "books",   "devices",   "rights",    "fields",
                                       "modules", "templates", "pipelines", "rules" };
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      ui_act (&driver, "win.show", "s", "conflicts");
      g_assert_true (is_marked (&driver, "Conflicts"));
      ui_act (&driver, "win.show", "s", pages[i]);
      g_assert_true (is_marked (&driver, NULL));
    }
  ui_act (&driver, "win.show", "s", "deal");
  g_assert_true (is_marked (&driver, "Deals"));
  ui_driver_tear_down (&driver);
}

static const char *
shown_object (UiDriver *driver)
{
  const SatObject *object = sat_page_get_object (sat_window_get_page (driver->window));

  return object != NULL ? object->name : NULL;
}

/* For an administrator: closed at first, open when it was pressed, or when a
 * place in it was gone to by another way. */
static void
test_group (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (
      ui_run (&driver, "a", 0, "catalogue", "add-object", "Machine", "--plural", "Machines", NULL));
  ui_wait (&driver, place_shown, (gpointer) "Setup", "the group");
  ui_wait (&driver, place_shown, (gpointer) "Machines", "an object of the company among work");
  g_assert_nonnull (find_place (&driver, "Customers"));
  g_assert_nonnull (find_place (&driver, "Products"));
  g_assert_null (find_place (&driver, "Pipelines"));
  g_assert_null (find_place (&driver, "Calendar days"));
  press (&driver, "Setup");
  g_assert_nonnull (find_place (&driver, "Pipelines"));
  g_assert_nonnull (find_place (&driver, "Teams"));
  g_assert_null (find_place (&driver, "Devices"));
  press (&driver, "Pipelines");
  g_assert_cmpstr (shown_object (&driver), ==, "pipeline");
  press (&driver, "Setup");
  g_assert_null (find_place (&driver, "Pipelines"));
  press (&driver, "Customers");
  g_assert_null (find_place (&driver, "Pipelines"));
  ui_act (&driver, "win.show", "s", "stage");
  g_assert_nonnull (find_place (&driver, "Pipelines"));
  /* The next window begins where this one ends. */
  ui_act (&driver, "win.show", "s", "customer");
  ui_driver_tear_down (&driver);
}

static gboolean
palette_has (UiDriver *driver, gpointer title)
{
  GtkWidget *palette = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_GO_PALETTE, NULL);

  return ui_find (palette, GTK_TYPE_LABEL, title) != NULL;
}

/* Once rights are in force a salesperson has no such group, until he may edit something of it. He
 * finds by name what he may read. */
static void
test_rights (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "b");
  ui_wait (&driver, place_shown, (gpointer) "Setup", "the group");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "customer", "export=none", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_wait (&driver, place_gone, (gpointer) "Setup", "the group to go");
  g_assert_nonnull (find_place (&driver, "Customers"));
  ui_act (&driver, "win.go", NULL);
  ui_wait (&driver, palette_has, (gpointer) "Pipelines", "the pipelines in the palette");
  ui_act (&driver, "win.escape", NULL);

  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "stage", "edit=all", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_wait (&driver, place_shown, (gpointer) "Setup", "the group");
  press (&driver, "Setup");
  ui_wait (&driver, place_shown, (gpointer) "Stages of pipelines", "what may be edited");
  g_assert_null (find_place (&driver, "Pipelines"));
  ui_driver_tear_down (&driver);
}

static GtkWidget *
find_switch (UiDriver *driver, const char *module)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));
  GtkWidget *label = ui_find (page, GTK_TYPE_LABEL, module);
  GtkWidget *row = label != NULL ? gtk_widget_get_ancestor (label, ADW_TYPE_ACTION_ROW) : NULL;

  return row != NULL ? ui_find (row, GTK_TYPE_SWITCH, NULL) : NULL;
}

static gboolean
module_is_on (UiDriver *driver, const char *module)
{
  return gtk_switch_get_active (GTK_SWITCH (find_switch (driver, module)));
}

static void
press_module (UiDriver *driver, const char *module)
{
  GtkSwitch *button = GTK_SWITCH (find_switch (driver, module));

  gtk_switch_set_active (button, !gtk_switch_get_active (button));
}

/* What a module holds goes from the sidebar, the setup, the palette and the pages of other records
 * when it is switched off, here or on another laptop, and comes back. */
static void
test_modules (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (
      ui_run (&driver, "a", 0, "catalogue", "add-object", "Machine", "--plural", "Machines", NULL));
  ui_wait (&driver, place_shown, (gpointer) "Setup", "the group");
  ui_wait (&driver, place_shown, (gpointer) "Machines", "an object of the company");
  press (&driver, "Setup");
  g_assert_nonnull (find_place (&driver, "Deals"));
  g_assert_nonnull (find_place (&driver, "Pipelines"));
  g_free (ui_run (&driver, "a", 0, "module", "off", "sales", NULL));
  ui_wait (&driver, place_gone, (gpointer) "Deals", "deals to go");
  ui_wait (&driver, place_shown, (gpointer) "Calendar days", "the rest of the setup");
  g_assert_null (find_place (&driver, "Pipelines"));
  g_assert_null (find_place (&driver, "Leads"));
  g_assert_nonnull (find_place (&driver, "Products"));
  ui_act (&driver, "win.go", NULL);
  ui_wait (&driver, palette_has, (gpointer) "Products", "the products in the palette");
  g_assert_false (palette_has (&driver, (gpointer) "Deals"));
  g_assert_false (palette_has (&driver, (gpointer) "Pipelines"));
  ui_act (&driver, "win.escape", NULL);

  g_free (ui_run (&driver, "a", 0, "module", "simple", NULL));
  ui_wait (&driver, place_gone, (gpointer) "Products", "products to go");
  ui_wait (&driver, place_gone, (gpointer) "Setup", "the setup to go");
  g_assert_null (find_place (&driver, "Machines"));
  g_assert_null (find_place (&driver, "Activities"));
  g_assert_null (find_place (&driver, "Notices"));
  g_assert_nonnull (find_place (&driver, "Customers"));
  g_assert_nonnull (find_place (&driver, "Contacts"));
  g_assert_nonnull (find_place (&driver, "Tasks"));

  ui_act (&driver, "win.show", "s", "modules");
  g_assert_false (module_is_on (&driver, "Sales"));
  press_module (&driver, "Sales");
  ui_wait (&driver, place_shown, (gpointer) "Deals", "deals, by the switch of the page");
  g_assert_null (find_place (&driver, "Products"));
  g_assert_true (module_is_on (&driver, "Sales"));
  g_free (ui_run (&driver, "a", 0, "module", "on", NULL));
  ui_wait (&driver, place_shown, (gpointer) "Products", "products to come back");
  ui_wait (&driver, place_shown, (gpointer) "Pipelines", "the setup to come back");
  g_assert_nonnull (find_place (&driver, "Machines"));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sidebar/group", test_group);
  g_test_add_func ("/sidebar/marks", test_marks);
  g_test_add_func ("/sidebar/modules", test_modules);
  g_test_add_func ("/sidebar/rights", test_rights);
  return g_test_run ();
}
