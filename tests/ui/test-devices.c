/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices and invitations, as an administrator of a closed workspace has them, as anybody else, and
 * in an open workspace. What the page does is looked at with the command line. */
#include "gtk-app/device/sat-devices-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/window/sat-join-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

/* Of "Lisa (" the short code comes by chance. */
static gboolean
is_called (GtkWidget *row, const char *title)
{
  const char *has = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));

  return g_str_has_suffix (title, "(") ? g_str_has_prefix (has, title) : g_str_equal (has, title);
}

/* The row called TITLE that can be seen on the page. */
static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (ADW_IS_PREFERENCES_ROW (widget) && is_called (widget, title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);
  return found;
}

static gboolean
row_shown (UiDriver *driver, gpointer title)
{
  return find_row (ui_page (driver), title) != NULL;
}

static gboolean
row_gone (UiDriver *driver, gpointer title)
{
  return !row_shown (driver, title);
}

static const char *
subtitle_of (UiDriver *driver, const char *title)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (find_row (ui_page (driver), title)));
}

static void
click_in (UiDriver *driver, const char *row, const char *label)
{
  GtkWidget *button = ui_find (find_row (ui_page (driver), row), GTK_TYPE_BUTTON, label);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static void
show_devices (UiDriver *driver)
{
  ui_act (driver, "win.show", "s", "devices");
  g_assert_true (SAT_IS_DEVICES_PAGE (ui_page (driver)));
}

/* Beside the driver's own, an administrator's laptop "c" in a closed workspace; the window on it.
 */
static void
set_up_closed (UiDriver *driver)
{
  g_autofree char *said = NULL;
  g_autofree char *hub = NULL;
  char *code;

  ui_driver_set_up (driver, "c");
  hub = g_build_filename (driver->dir, "closed", NULL);
  said = ui_run (driver, "c", 0, "--quiet", "hub", "init", hub, "--closed", "--book", "east",
                 "--book", "west", NULL);
  code = g_strstrip (said);
  g_free (ui_run (driver, "c", 0, "join", hub, "--code", code, "--device-name", "Office", NULL));
}

/* The code that the page shows. */
static gboolean
code_shown (UiDriver *driver, gpointer data)
{
  return ui_find (ui_page (driver), GTK_TYPE_LABEL, "The code for one device of li") != NULL &&
         gtk_widget_is_visible (
             ui_find (ui_page (driver), GTK_TYPE_LABEL, "The code for one device of li"));
}

static const char *
shown_code (UiDriver *driver)
{
  GtkWidget *caption = ui_find (ui_page (driver), GTK_TYPE_LABEL, "The code for one device of li");

  return gtk_label_get_label (GTK_LABEL (gtk_widget_get_next_sibling (caption)));
}

static void
type_login (UiDriver *driver, const char *login)
{
  gtk_editable_set_text (GTK_EDITABLE (ui_find (ui_page (driver), ADW_TYPE_ENTRY_ROW, NULL)),
                         login);
}

static void
answer (const char *response)
{
  GtkWidget *dialog = ui_find_dialog ();

  g_assert_nonnull (dialog);
  g_assert_cmpstr (adw_message_dialog_get_default_response (ADW_MESSAGE_DIALOG (dialog)), ==,
                   "cancel");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
list_shown (UiDriver *driver, gpointer data)
{
  return sat_window_get_page (driver->window) != NULL;
}

/* The window on laptop c, once that has joined. */
static void
open_window (UiDriver *driver)
{
  g_signal_emit_by_name (ui_find (GTK_WIDGET (driver->window), SAT_TYPE_JOIN_PAGE, NULL), "joined");
  ui_wait (driver, list_shown, NULL, "the workspace");
}

/* Inviting, taking back, and that the code is good for what it says. */
static void
test_invitations (void)
{
  UiDriver driver = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *said = NULL;
  GtkWidget *button;

  set_up_closed (&driver);
  open_window (&driver);
  show_devices (&driver);
  ui_wait (&driver, row_shown, (gpointer) "Invite Somebody", "the form");
  button = ui_find (ui_page (&driver), GTK_TYPE_BUTTON, "_Make a Code");
  g_assert_false (gtk_widget_get_sensitive (button));
  type_login (&driver, "li");
  ui_choose (&driver, "Role", "Sales manager");
  ui_choose (&driver, "Holds", "east");
  ui_choose (&driver, "The code can be used for", "3 days");
  g_signal_emit_by_name (button, "clicked");
  ui_wait (&driver, code_shown, NULL, "the code");
  code = g_strdup (shown_code (&driver));
  /* Enter copies it. */
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (driver.window)) ==
                 ui_find (ui_page (&driver), GTK_TYPE_BUTTON, "_Copy"));
  ui_wait (&driver, row_shown, (gpointer) "li", "the invitation");
  g_assert_cmpstr (subtitle_of (&driver, "li"), ==, "Sales manager · east · Ends in 3 days");
  ui_sync (&driver);
  hub = g_build_filename (driver.dir, "closed", NULL);
  g_free (ui_run (&driver, "d", 0, "join", hub, "--code", code, "--device-name", "Lisa", NULL));
  ui_sync (&driver);
  ui_wait (&driver, row_gone, (gpointer) "li", "the end of the invitation");

  /* One that is taken back; the code before it is not on the page any more. */
  type_login (&driver, "wang");
  g_signal_emit_by_name (button, "clicked");
  ui_wait (&driver, row_shown, (gpointer) "wang", "the invitation");
  click_in (&driver, "wang", "Withdraw");
  ui_wait (&driver, ui_says,
           (gpointer) "The invitation of wang is withdrawn; the next sync tells the hub", "a word");
  said = ui_run (&driver, "c", 0, "devices", NULL);
  g_assert_nonnull (strstr (said, "The invitation of wang as manager was withdrawn"));
  /* Who goes away leaves no code behind. */
  ui_act (&driver, "win.show", "s", "customer");
  show_devices (&driver);
  g_assert_false (ui_says (&driver, (gpointer) code));
  ui_driver_tear_down (&driver);
}

/* Only after a question, and not this device. */
static void
test_revoke (void)
{
  UiDriver driver = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *said = NULL;

  set_up_closed (&driver);
  hub = g_build_filename (driver.dir, "closed", NULL);
  code = g_strstrip (ui_run (&driver, "c", 0, "--quiet", "hub", "invite", "li", NULL));
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  g_free (ui_run (&driver, "d", 0, "join", hub, "--code", code, "--device-name", "Lisa", NULL));
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  open_window (&driver);
  show_devices (&driver);
  ui_wait (&driver, row_shown, (gpointer) "Lisa (", "the device");
  g_assert_nonnull (strstr (subtitle_of (&driver, "Lisa ("), "li · "));
  click_in (&driver, "Lisa (", "Revoke…");
  answer ("cancel");
  g_assert_nonnull (strstr (subtitle_of (&driver, "Lisa ("), "li · Seen"));
  click_in (&driver, "Lisa (", "Revoke…");
  answer ("revoke");
  ui_wait (&driver, ui_says, (gpointer) "“Lisa” is revoked; the next sync tells the others",
           "a word");
  said = ui_run (&driver, "c", 0, "devices", NULL);
  g_assert_nonnull (strstr (said, "revoked"));
  ui_driver_tear_down (&driver);
}

static gboolean
stranger_shown (UiDriver *driver, gpointer id)
{
  GtkWidget *row = find_row (ui_page (driver), id);

  return row != NULL && ui_find (row, GTK_TYPE_BUTTON, "Let In…") != NULL;
}

/* A restored laptop is a new device: what it wrote waits until it is let in, with its role. */
static void
test_admit (void)
{
  UiDriver driver = { 0 };
  g_autofree char *code = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *file = NULL;
  g_autofree char *said = NULL;
  g_autofree char *id = NULL;
  GtkWidget *dialog;

  set_up_closed (&driver);
  hub = g_build_filename (driver.dir, "closed", NULL);
  file = g_build_filename (driver.dir, "d.backup", NULL);
  code = g_strstrip (ui_run (&driver, "c", 0, "--quiet", "hub", "invite", "li", NULL));
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  g_free (ui_run (&driver, "d", 0, "join", hub, "--code", code, "--device-name", "Lisa", NULL));
  g_free (ui_run (&driver, "d", 0, "backup", file, NULL));
  g_free (ui_run (&driver, "e", 0, "restore", file, NULL));
  g_free (ui_run (&driver, "e", 0, "new", "customer", "name=Hooli", NULL));
  g_free (ui_run (&driver, "e", 1, "sync", NULL));
  said = ui_run (&driver, "e", 0, "status", NULL);
  g_assert_nonnull (strstr (said, "satchel hub admit "));
  id = g_strndup (strstr (said, "satchel hub admit ") + strlen ("satchel hub admit "), 36);
  g_free (ui_run (&driver, "c", 0, "sync", NULL));
  open_window (&driver);
  show_devices (&driver);
  ui_wait (&driver, stranger_shown, id, "the device that waits");
  click_in (&driver, id, "Let In…");
  answer ("cancel");
  g_assert_true (stranger_shown (&driver, id));
  click_in (&driver, id, "Let In…");
  answer ("admit");
  ui_wait (&driver, row_gone, id, "the device to be let in");
  ui_sync (&driver);
  g_free (said);
  said = ui_run (&driver, "c", 0, "list", "customer", NULL);
  g_assert_nonnull (strstr (said, "Hooli"));

  /* The same by hand; without an id nobody is let in, and a wrong one is refused. */
  gtk_widget_activate (find_row (ui_page (&driver), "Let In a Copied Laptop"));
  dialog = ui_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "admit"));
  gtk_editable_set_text (GTK_EDITABLE (ui_find (dialog, ADW_TYPE_ENTRY_ROW, NULL)), "zzzzzz");
  answer ("admit");
  ui_wait (&driver, ui_says,
           (gpointer) "There is no device “zzzzzz” here; “satchel devices” lists them", "why not");
  ui_driver_tear_down (&driver);
}

/* In an open workspace there are no codes. */
static void
test_open (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  ui_sync (&driver);
  show_devices (&driver);
  ui_wait (&driver, row_shown, (gpointer) "All 3 devices as a list", "the devices");
  g_assert_null (find_row (ui_page (&driver), "Invite Somebody"));
  gtk_widget_activate (find_row (ui_page (&driver), "All 3 devices as a list"));
  g_assert_true (SAT_IS_LIST_PAGE (ui_page (&driver)));
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/devices/invitations", test_invitations);
  g_test_add_func ("/devices/admit", test_admit);
  g_test_add_func ("/devices/revoke", test_revoke);
  g_test_add_func ("/devices/open", test_open);
  return g_test_run ();
}
