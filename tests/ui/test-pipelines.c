/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pipelines as who builds them has them, and as anybody else. What the page does is looked at with
 * the command line. */
#include "gtk-app/pipeline/sat-pipelines-page.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
row_shown (UiDriver *driver, gpointer title)
{
  return ui_find_row (ui_page (driver), title) != NULL;
}

/* The button whose hint is TEXT. */
static GtkWidget *
find_button (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_button (child, text);
  return found;
}

static GtkWidget *
button_of (UiDriver *driver, const char *text)
{
  GtkWidget *button = find_button (ui_page (driver), text);

  g_assert_nonnull (button);
  return button;
}

static gboolean
is_over (UiDriver *driver, gpointer data)
{
  return ui_find_dialog () == NULL;
}

/* Types NAME into the dialog, which has to take it, and presses Add. */
static void
name_it (UiDriver *driver, const char *name)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (ui_find_dialog ());
  GtkWidget *entry = ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL);

  g_assert_nonnull (entry);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "add"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "   ");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "add"));
  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "add"));
  adw_message_dialog_response (dialog, "add");
  gtk_window_close (GTK_WINDOW (dialog));
  ui_wait (driver, is_over, NULL, "the dialog gone");
}

static void
activate (GtkWidget *row)
{
  g_assert_nonnull (row);
  gtk_widget_activate (row);
}

/* What “satchel pipeline show Sales” says: are the words in it, in this order? */
static void
assert_order (UiDriver *driver, const char *first, const char *second)
{
  g_autofree char *said = ui_run (driver, "a", 0, "pipeline", "show", "Sales", NULL);
  const char *at = strstr (said, first);

  if (at == NULL || strstr (at, second) == NULL)
    g_error ("no “%s” before “%s”: %s", first, second, said);
}

static gboolean
record_shown (UiDriver *driver, gpointer object)
{
  const SatObject *has = sat_page_get_object (sat_window_get_page (driver->window));

  return has != NULL && g_str_equal (has->name, object);
}

static gboolean
can_add (UiDriver *driver, gpointer data)
{
  return gtk_widget_get_visible (button_of (driver, "New Pipeline"));
}

static gboolean
is_focused (UiDriver *driver, gpointer hint)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (driver->window));

  return focus != NULL && g_strcmp0 (gtk_widget_get_tooltip_text (focus), hint) == 0;
}

static void
test_build (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  ui_act (&driver, "win.show", "s", "pipelines");
  g_assert_true (SAT_IS_PIPELINES_PAGE (ui_page (&driver)));
  ui_wait (&driver, ui_says, (gpointer) "Built-in stages", "the built-in stages");
  g_assert_null (ui_find_row (ui_page (&driver), "Add a stage"));
  ui_wait (&driver, can_add, NULL, "the button");
  g_signal_emit_by_name (button_of (&driver, "New Pipeline"), "clicked");
  name_it (&driver, " Sales ");
  ui_wait (&driver, ui_says, (gpointer) "“Sales” was added", "a word");
  ui_wait (&driver, row_shown, (gpointer) "Add a stage", "the pipeline");
  assert_order (&driver, "Lead cleaning", "First talk");

  /* The focus stays with the stage, on the button that still does something. */
  g_assert_false (gtk_widget_get_sensitive (button_of (&driver, "Move “Won” up")));
  g_assert_false (gtk_widget_get_sensitive (button_of (&driver, "Move “Lead cleaning” up")));
  g_signal_emit_by_name (button_of (&driver, "Move “First talk” up"), "clicked");
  ui_wait (&driver, is_focused, (gpointer) "Move “First talk” down", "the focus");
  assert_order (&driver, "First talk", "Lead cleaning");

  activate (ui_find_row (ui_page (&driver), "Add a stage"));
  name_it (&driver, "Site visit");
  ui_wait (&driver, row_shown, (gpointer) "Site visit", "the stage");
  assert_order (&driver, "Contract signing", "Site visit");

  activate (ui_find_row (ui_page (&driver), "Site visit"));
  ui_wait (&driver, record_shown, (gpointer) "stage", "the stage’s page");
  ui_driver_tear_down (&driver);
}

/* A stage that is taken out can be chosen again, by its name. */
static void
test_again (void)
{
  UiDriver driver = { 0 };
  GtkWidget *row;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "pipeline", "name=Sales", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "stage", "name=Talk", "pipeline=pipeline/Sales",
                  "choice=talk", NULL));
  ui_act (&driver, "win.show", "s", "pipelines");
  ui_wait (&driver, row_shown, (gpointer) "Talk", "the stage");
  activate (ui_find_row (ui_page (&driver), "Add a stage"));
  g_assert_null (ui_find_row (ui_find_dialog (), "First talk"));
  row = ui_find_row (ui_find_dialog (), "Needs confirmed");
  activate (row);
  ui_wait (&driver, is_over, NULL, "the dialog gone");
  ui_wait (&driver, row_shown, (gpointer) "Needs confirmed", "the stage");
  assert_order (&driver, "Talk", "Needs confirmed");
  ui_driver_tear_down (&driver);
}

/* Who may not build them sees them. */
static void
test_seller (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "b");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "pipeline", "name=Sales", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "stage", "name=Talk", "pipeline=pipeline/Sales",
                  "choice=talk", NULL));
  g_free (ui_run (&driver, "a", 0, "perm", "set", "sales", "customer.phone", "access=read", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_act (&driver, "win.show", "s", "pipelines");
  ui_wait (&driver, row_shown, (gpointer) "Talk", "the stage");
  g_assert_null (ui_find_row (ui_page (&driver), "Add a stage"));
  g_assert_null (find_button (ui_page (&driver), "Move “Talk” up"));
  g_assert_false (gtk_widget_get_visible (button_of (&driver, "New Pipeline")));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pipelines/build", test_build);
  g_test_add_func ("/pipelines/again", test_again);
  g_test_add_func ("/pipelines/seller", test_seller);
  return g_test_run ();
}
