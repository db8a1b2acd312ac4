/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The history of a record: a change is taken back from there, an old value brought back, all that
 * was changed at one time; and each can be undone. */
#include "gtk-app/detail/sat-history-list.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static GtkWidget *
find_tip (GtkWidget *root, const char *tip)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = GTK_IS_BUTTON (child) &&
                                 g_strcmp0 (gtk_widget_get_tooltip_text (child), tip) == 0
                             ? child
                             : find_tip (child, tip);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
has_tip (UiDriver *driver, gpointer tip)
{
  return find_tip (GTK_WIDGET (driver->window), tip) != NULL;
}

static void
press (UiDriver *driver, const char *tip)
{
  GtkWidget *button;

  ui_wait (driver, has_tip, (gpointer) tip, tip);
  button = find_tip (GTK_WIDGET (driver->window), tip);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* The first line below WIDGET that names a field. */
static const char *
first_line (GtkWidget *widget)
{
  const char *line = GTK_IS_LABEL (widget) ? gtk_label_get_label (GTK_LABEL (widget)) : NULL;

  if (line != NULL && strstr (line, ": ") != NULL)
    return line;
  line = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && line == NULL;
       child = gtk_widget_get_next_sibling (child))
    line = first_line (child);
  return line;
}

/* Is LINE the newest of the history? The toast may come before the list is read again. */
static gboolean
newest_is (UiDriver *driver, gpointer line)
{
  GtkWidget *list = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_HISTORY_LIST, NULL);

  return list != NULL && g_strcmp0 (first_line (list), line) == 0;
}

static void
assert_shows (UiDriver *driver, const char *id, const char *part)
{
  g_autofree char *text = ui_run (driver, "a", 0, "show", "customer", id, "--json", NULL);

  if (strstr (text, part) == NULL)
    g_test_message ("%s lacks %s", text, part);
  g_assert_nonnull (strstr (text, part));
}

static void
test_history (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  ui_driver_set_up (&driver, "a");
  id = g_strchomp (ui_run (&driver, "a", 0, "new", "customer", "name=Hongda", "city=Wuhan", NULL));
  g_free (ui_run (&driver, "a", 0, "set", "customer", id, "city=Xi'an", "address=Lane 1", NULL));
  ui_act (&driver, "win.open", "(ss)", "customer", id);
  ui_wait (&driver, ui_says, (gpointer) "City: Xi'an", "the history");

  /* All at once. */
  press (&driver, "Take back all of these changes");
  ui_wait (&driver, ui_says, (gpointer) "2 fields are as before", "what came of it");
  assert_shows (&driver, id, "\"city\" : \"Wuhan\"");
  assert_shows (&driver, id, "\"address\" : null");
  ui_click (&driver, "_Undo");
  ui_wait (&driver, ui_says, (gpointer) "Undone: “Hongda” is as before", "that it was undone");
  assert_shows (&driver, id, "\"city\" : \"Xi'an\"");
  assert_shows (&driver, id, "\"address\" : \"Lane 1\"");

  /* What stood before. */
  press (&driver, "Restore “Wuhan”");
  ui_wait (&driver, ui_says, (gpointer) "City is “Wuhan” again", "the old value");
  assert_shows (&driver, id, "\"city\" : \"Wuhan\"");
  assert_shows (&driver, id, "\"address\" : \"Lane 1\"");

  /* One change: that of the city to what it was, which is the newest. */
  ui_wait (&driver, newest_is, (gpointer) "City: Wuhan", "the history as it is now");
  press (&driver, "Take back this change");
  ui_wait (&driver, ui_says, (gpointer) "City is “Xi'an” again", "the change taken back");
  assert_shows (&driver, id, "\"city\" : \"Xi'an\"");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/history", test_history);
  return g_test_run ();
}
