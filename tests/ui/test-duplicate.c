/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record that may be another one: the line on its page, the two side by side, made one or kept
 * apart, and taken back. */
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/duplicate/sat-duplicate-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

#define LINE "Maybe the same as “Hongda Pumps Ltd”"

typedef struct
{
  UiDriver driver;
  char *one, *two;
} Fixture;

static gboolean
record_shown (UiDriver *driver, gpointer data)
{
  return SAT_IS_RECORD_PAGE (sat_window_get_page (driver->window));
}

static GtkWidget *
find_shown (UiDriver *driver, const char *text)
{
  GtkWidget *label = ui_find (GTK_WIDGET (sat_window_get_page (driver->window)), GTK_TYPE_LABEL,
                              text);

  return label != NULL && gtk_widget_get_mapped (label) ? label : NULL;
}

static gboolean
shown_here (UiDriver *driver, gpointer text)
{
  return find_shown (driver, text) != NULL;
}

static gboolean
not_shown_here (UiDriver *driver, gpointer text)
{
  return find_shown (driver, text) == NULL;
}

static char *
make (UiDriver *driver, const char *name, const char *phone)
{
  return g_strchomp (ui_run (driver, "a", 0, "new", "customer", name, phone, NULL));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  ui_driver_set_up (&f->driver, "a");
  f->one = make (&f->driver, "name=Hongda Pumps", "phone=021-5555-0100");
  f->two = make (&f->driver, "name=Hongda Pumps Ltd", "phone=021-5555-0199");
  ui_act (&f->driver, "win.open", "(ss)", "customer", f->one);
  ui_wait (&f->driver, shown_here, (gpointer) LINE, "the line");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  ui_driver_tear_down (&f->driver);
  g_free (f->one);
  g_free (f->two);
}

static void
compare (Fixture *f)
{
  GtkWidget *label = find_shown (&f->driver, LINE);
  GtkWidget *button = gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON);

  g_signal_emit_by_name (button, "clicked");
  g_assert_true (SAT_IS_DUPLICATE_PAGE (sat_window_get_page (f->driver.window)));
  ui_wait (&f->driver, shown_here, (gpointer) "021-5555-0199", "the other one's phone");
  g_assert_true (shown_here (&f->driver, (gpointer) "021-5555-0100"));
}

static void
assert_shows (Fixture *f, const char *id, const char *part, gboolean expected)
{
  g_autofree char *text = ui_run (&f->driver, "a", 0, "show", "customer", id, "--json", NULL);

  g_assert_cmpint (strstr (text, part) != NULL, ==, expected);
}

/* The value that is chosen is shown; undo makes two of them again. */
static void
test_absorb (Fixture *f, gconstpointer data)
{
  GtkWidget *label;
  GtkWidget *page;

  compare (f);
  label = find_shown (&f->driver, "021-5555-0199");
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON)), TRUE);
  page = GTK_WIDGET (sat_window_get_page (f->driver.window));
  g_assert_true (gtk_widget_grab_focus (page)); /* on the button: one key is enough */
  ui_click (&f->driver, "_Make One");
  ui_wait (&f->driver, record_shown, NULL, "the record again");
  ui_wait (&f->driver, not_shown_here, (gpointer) LINE, "that the line goes");
  assert_shows (f, f->one, "\"phone\" : \"021-5555-0199\"", TRUE);
  assert_shows (f, f->two, f->one, TRUE);
  ui_act (&f->driver, "win.undo", NULL);
  ui_wait (&f->driver, shown_here, (gpointer) LINE, "the line again");
  assert_shows (f, f->one, "\"phone\" : \"021-5555-0100\"", TRUE);
  assert_shows (f, f->two, f->one, FALSE);
}

static void
test_apart (Fixture *f, gconstpointer data)
{
  g_autofree char *pairs = NULL;

  compare (f);
  ui_click (&f->driver, "_Not a Duplicate");
  ui_wait (&f->driver, record_shown, NULL, "the record again");
  ui_wait (&f->driver, not_shown_here, (gpointer) LINE, "that the line goes");
  pairs = ui_run (&f->driver, "a", 0, "duplicates", "customer", "--json", NULL);
  g_assert_nonnull (strstr (pairs, "\"total\" : 0"));
  ui_click (&f->driver, "_Undo");
  ui_wait (&f->driver, shown_here, (gpointer) LINE, "the line again");
}

/* A colleague has the customer in a book that is not here: said when the field is left. */
static void
test_taken (void)
{
  UiDriver driver = { 0 };
  g_autofree char *list = NULL;
  g_autofree char *space = NULL;
  const char *id;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "book", "create", "west", "--name", "West", NULL));
  g_free (ui_run (&driver, "b", 0, "new", "customer", "name=Hongda Ltd", "--book", "west", NULL));
  list = ui_run (&driver, "b", 0, "list", "workspace", "--json", NULL);
  id = strstr (list, "\"id\":\"");
  g_assert_nonnull (id);
  space = g_strndup (id + strlen ("\"id\":\""), 36);
  g_free (ui_run (&driver, "b", 0, "set", "workspace", space, "customer_marks=yes", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  ui_act (&driver, "win.new", "(sss)", "customer", "", "");
  ui_type (&driver, "name", "HONGDA");
  gtk_widget_grab_focus (sat_field_editor_get_target (ui_editor (&driver, "code")));
  ui_wait (&driver, shown_here,
           (gpointer) "A customer of this name is with Li Qiang already (book “West”).",
           "the warning");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/duplicate/absorb", Fixture, NULL, set_up, test_absorb, tear_down);
  g_test_add ("/ui/duplicate/apart", Fixture, NULL, set_up, test_apart, tear_down);
  g_test_add_func ("/ui/duplicate/taken", test_taken);
  return g_test_run ();
}
