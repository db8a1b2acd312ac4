/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Templates for trades: an administrator ticks items and applies them, declines others, takes it
 * back; others see what there is. What the page does is looked at with the command line. */
#include "gtk-app/template/sat-trades-page.h"
#include "gtk-app/window/sat-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static gboolean
row_shown (UiDriver *driver, gpointer title)
{
  return ui_find_row (ui_page (driver), title) != NULL;
}

static GtkCheckButton *
check_of (UiDriver *driver, const char *title)
{
  GtkWidget *check = ui_find (ui_find_row (ui_page (driver), title), GTK_TYPE_CHECK_BUTTON, NULL);

  g_assert_nonnull (check);
  return GTK_CHECK_BUTTON (check);
}

static gboolean
is_ticked (UiDriver *driver, const char *title)
{
  return gtk_check_button_get_active (check_of (driver, title));
}

static gboolean
ends_applied (UiDriver *driver, gpointer title)
{
  return ui_find (ui_find_row (ui_page (driver), title), GTK_TYPE_LABEL, "Applied") != NULL;
}

static gboolean
ends_declined (UiDriver *driver, gpointer title)
{
  return ui_find (ui_find_row (ui_page (driver), title), GTK_TYPE_LABEL, "Declined") != NULL;
}

static gboolean
is_new (UiDriver *driver, gpointer title)
{
  return !ends_applied (driver, title) && !ends_declined (driver, title);
}

static void
show_education (UiDriver *driver)
{
  ui_act (driver, "win.show", "s", "templates");
  g_assert_true (SAT_IS_TRADES_PAGE (ui_page (driver)));
  ui_wait (driver, row_shown, (gpointer) "Education and training", "the templates");
  sat_trades_page_open (SAT_TRADES_PAGE (ui_page (driver)), "education");
  ui_wait (driver, row_shown, (gpointer) "Courses", "the items");
}

static void
tick_all (UiDriver *driver, gboolean active)
{
  static const char *const items[] = { "Customers are called students",
                                       "Leads are called enquiries",
                                       "School and year of a student",
                                       "Courses",
                                       "Grade of a student",
                                       "Pipeline from enquiry to enrolment" };

  for (guint i = 0; i < G_N_ELEMENTS (items); i++)
    gtk_check_button_set_active (check_of (driver, items[i]), active);
}

static void
test_admin (void)
{
  UiDriver driver = { 0 };
  g_autofree char *said = NULL;
  g_autofree char *diff = NULL;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  show_education (&driver);

  /* What needs an item goes with it, and brings it along. */
  g_assert_true (is_ticked (&driver, "Enrolments"));
  gtk_check_button_set_active (check_of (&driver, "Courses"), FALSE);
  g_assert_false (is_ticked (&driver, "Enrolments"));
  g_assert_false (is_ticked (&driver, "View: courses that end within 30 days"));
  g_assert_true (is_ticked (&driver, "Grade of a student"));
  tick_all (&driver, FALSE);
  g_assert_false (is_ticked (&driver, "Segment: excellent students"));
  gtk_check_button_set_active (check_of (&driver, "View: courses that end within 30 days"), TRUE);
  g_assert_true (is_ticked (&driver, "Courses"));
  g_assert_true (is_ticked (&driver, "Enrolments"));
  g_assert_false (is_ticked (&driver, "Notice when few lessons are left"));
  ui_click (&driver, "Apply");
  ui_wait (&driver, ends_applied, (gpointer) "Courses", "the items to be applied");
  g_assert_true (ends_applied (&driver, (gpointer) "Enrolments"));
  g_assert_true (is_new (&driver, (gpointer) "Grade of a student"));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (check_of (&driver, "Courses"))));
  said = ui_run (&driver, "a", 0, "catalogue", "show", "Enrolment", NULL);
  g_assert_nonnull (strstr (said, "Lessons left"));

  /* Declined is not ticked any more. */
  tick_all (&driver, FALSE);
  gtk_check_button_set_active (check_of (&driver, "Renewal reminder 30 days before a course ends"),
                               FALSE);
  gtk_check_button_set_active (
      check_of (&driver, "What a student has paid, and enrolments that run"), FALSE);
  gtk_check_button_set_active (check_of (&driver, "Notice when few lessons are left"), TRUE);
  ui_click (&driver, "Do Not Want These");
  ui_wait (&driver, ends_declined, (gpointer) "Notice when few lessons are left",
           "the item to be declined");
  g_assert_false (is_ticked (&driver, "Notice when few lessons are left"));
  diff = ui_run (&driver, "a", 0, "template", "diff", "education", NULL);
  g_assert_nonnull (strstr (diff, "declined"));

  /* Both are steps that can be taken back. */
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, is_new, (gpointer) "Notice when few lessons are left", "undo");
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, is_new, (gpointer) "Courses", "undo");
  g_free (ui_run (&driver, "a", 1, "catalogue", "show", "Enrolment", NULL));
  ui_driver_tear_down (&driver);
}

/* Whoever is no administrator looks, and says so. */
static void
test_others (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  show_education (&driver);
  ui_wait (&driver, ui_says,
           (gpointer) "Only administrators take over templates; you see what there is.", "why");
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (check_of (&driver, "Courses"))));
  g_assert_true (sat_page_escape (sat_window_get_page (driver.window)));
  g_assert_false (sat_page_escape (sat_window_get_page (driver.window)));
  ui_driver_tear_down (&driver);
}

static gboolean
no_deals (UiDriver *driver, gpointer data)
{
  return !ui_says (driver, (gpointer) "Deals");
}

/* What a template retires goes out of the sidebar, also while the window is open. */
static void
test_retired (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  g_assert_true (ui_says (&driver, (gpointer) "Deals"));
  g_free (ui_run (&driver, "a", 0, "set", "user", "/Wang Fang", "role=admin", NULL));
  g_free (ui_run (&driver, "a", 0, "template", "apply", "retail", "--only", "no-deals", NULL));
  ui_wait (&driver, no_deals, NULL, "the deals to go");
  g_free (ui_run (&driver, "a", 0, "undo", NULL));
  ui_wait (&driver, ui_says, (gpointer) "Deals", "the deals to come back");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/trades/admin", test_admin);
  g_test_add_func ("/ui/trades/others", test_others);
  g_test_add_func ("/ui/trades/retired", test_retired);
  return g_test_run ();
}
