/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead made a customer in the window: the question, the customer shown, the one who is here
 * already, and undo. */
#include <string.h>

#include "gtk-app/detail/sat-record-page.h"
#include "tests/ui/ui-driver.h"

static gboolean
dialog_shown (UiDriver *driver, gpointer heading)
{
  GtkWidget *dialog = ui_find_dialog ();

  return dialog != NULL && g_str_equal (gtk_window_get_title (GTK_WINDOW (dialog)), heading);
}

static void
answer (const char *response)
{
  GtkWidget *dialog = ui_find_dialog ();

  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
}

static gboolean
is_shown (UiDriver *driver, gpointer object)
{
  SatPage *page = sat_window_get_page (driver->window);

  return SAT_IS_RECORD_PAGE (page) && g_str_equal (sat_page_get_object (page)->name, object) &&
         sat_record_page_get_id (SAT_RECORD_PAGE (page)) != NULL;
}

/* A lead of company Hongda, shown; the question is asked. */
static void
ask (UiDriver *driver, const char *name)
{
  g_autofree char *id = g_strchomp (
      ui_run (driver, "a", 0, "new", "lead", name, "company=Hongda", NULL));

  ui_act (driver, "win.open", "(ss)", "lead", id);
  ui_wait (driver, is_shown, (gpointer) "lead", "the lead");
  ui_act (driver, "win.convert", NULL);
  ui_wait (driver, dialog_shown, (gpointer) "Convert the Lead?", "the question");
}

static void
assert_count (UiDriver *driver, const char *object, const char *total)
{
  g_autofree char *said = ui_run (driver, "a", 0, "list", object, "--json", NULL);

  if (strstr (said, total) == NULL)
    g_test_message ("%s", said);
  g_assert_nonnull (strstr (said, total));
}

static void
test_convert (void)
{
  UiDriver driver = { 0 };

  ui_driver_set_up (&driver, "a");
  ask (&driver, "name=Ann");
  answer ("cancel");
  assert_count (&driver, "customer", "\"total\" : 0");

  ui_act (&driver, "win.convert", NULL);
  ui_wait (&driver, dialog_shown, (gpointer) "Convert the Lead?", "the question again");
  gtk_editable_set_text (GTK_EDITABLE (ui_find (ui_find_dialog (), ADW_TYPE_ENTRY_ROW, NULL)),
                         " Ten pumps ");
  answer ("convert");
  ui_wait (&driver, is_shown, (gpointer) "customer", "the customer");
  ui_wait (&driver, ui_says, (gpointer) "The lead is converted", "a word");
  assert_count (&driver, "customer", "\"total\" : 1");
  assert_count (&driver, "contact", "\"total\" : 1");
  assert_count (&driver, "deal", "\"Ten pumps\"");

  /* That company is here already: the same one, and another one. */
  ask (&driver, "name=Bob");
  answer ("convert");
  ui_wait (&driver, dialog_shown, (gpointer) "Is It the “Hongda” Who Is Here?", "which one");
  answer ("same");
  ui_wait (&driver, is_shown, (gpointer) "customer", "the customer");
  assert_count (&driver, "customer", "\"total\" : 1");
  assert_count (&driver, "contact", "\"total\" : 2");
  ask (&driver, "name=Cid");
  answer ("convert");
  ui_wait (&driver, dialog_shown, (gpointer) "Is It the “Hongda” Who Is Here?", "which one");
  answer ("other");
  ui_wait (&driver, is_shown, (gpointer) "customer", "the customer");
  assert_count (&driver, "customer", "\"total\" : 2");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/convert/convert", test_convert);
  return g_test_run ();
}
