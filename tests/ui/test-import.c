/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a file to records in the list: dropped or opened, its columns mapped, its rows tried, the
 * good ones imported. */
#include "gtk-app/import/sat-import-columns.h"
#include "gtk-app/import/sat-import-page.h"
#include "gtk-app/import/sat-verdict-model.h"
#include "gtk-app/list/sat-list-page.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

static char *
write_file (UiDriver *driver, const char *name, const char *text)
{
  char *path = g_build_filename (driver->dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  return path;
}

static void
open_file (UiDriver *driver, const char *path)
{
  g_autofree char *address = g_filename_to_uri (path, NULL, NULL);

  ui_act (driver, "win.import", "(ss)", "customer", address);
}

static gboolean
shows (UiDriver *driver, gpointer name)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));
  GtkWidget *stack = SAT_IS_IMPORT_PAGE (page) ? ui_find (page, GTK_TYPE_STACK, NULL) : NULL;

  return stack != NULL &&
         g_strcmp0 (gtk_stack_get_visible_child_name (GTK_STACK (stack)), name) == 0;
}

static void
wait_for (UiDriver *driver, const char *step)
{
  ui_wait (driver, shows, (gpointer) step, step);
}

/* Drop-downs hold lists of their own. */
static GtkWidget *
find_records (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = GTK_IS_LIST_VIEW (child) && gtk_widget_has_css_class (child, "records")
                ? child
                : find_records (child);
  return found;
}

static GListModel *
rows_of (UiDriver *driver)
{
  GtkWidget *list = find_records (GTK_WIDGET (sat_window_get_page (driver->window)));

  return G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
}

static gboolean
list_shown (UiDriver *driver, gpointer data)
{
  return SAT_IS_LIST_PAGE (sat_window_get_page (driver->window));
}

static gboolean
title_shown (UiDriver *driver, gpointer title)
{
  return ui_find (GTK_WIDGET (sat_window_get_page (driver->window)), GTK_TYPE_LABEL, title) != NULL;
}

static void
assert_listed (UiDriver *driver, guint wanted, const char *part)
{
  g_autofree char *output = ui_run (driver, "a", 0, "list", "customer", "--json", NULL);
  g_autofree char *total = g_strdup_printf ("\"total\":%u", wanted);
  g_autoptr (GString) dense = g_string_new (output);

  g_string_replace (dense, " ", "", 0);
  if (strstr (dense->str, total) == NULL || (part != NULL && strstr (output, part) == NULL))
    g_test_message ("wanted %s and %s in %s", total, part != NULL ? part : "", output);
  g_assert_nonnull (strstr (dense->str, total));
  g_assert_true (part == NULL || strstr (output, part) != NULL);
}

/* Opened, a column given another field by the keyboard's row, dates decided, imported, in the list.
 */
static void
test_map (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *output = NULL;
  GtkWidget *check;

  ui_driver_set_up (&driver, "a");
  path = write_file (&driver, "people.csv",
                     "Name,Call them at,Next contact\n"
                     "Hongda,021-5555-0100,03/04/2026\n"
                     "Nordlicht,+49 30 555 0144,05/06/2026\n");
  open_file (&driver, path);
  wait_for (&driver, "columns");
  check = ui_find (GTK_WIDGET (driver.window), GTK_TYPE_BUTTON, "_Check Rows");
  g_assert_false (gtk_widget_is_sensitive (check));

  ui_choose (&driver, "Call them at", "Phone");
  g_assert_false (gtk_widget_is_sensitive (check));
  ui_choose (&driver, "Dates of “Next contact”", "Day/month/year");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  ui_click (&driver, "_Import 2 Rows");
  ui_wait (&driver, list_shown, NULL, "the list");
  ui_wait (&driver, title_shown, (gpointer) "Nordlicht", "the new customer in the list");
  assert_listed (&driver, 2, "021-5555-0100");
  output = ui_run (&driver, "a", 0, "list", "customer", "--columns", "name,next_contact", "--json",
                   NULL);
  g_assert_nonnull (strstr (output, "2026-04-03"));
  ui_driver_tear_down (&driver);
}

static void
drop (UiDriver *driver, const char *path)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (gtk_widget_get_parent (page));
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GSList *files = g_slist_prepend (NULL, file);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean taken = FALSE;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&value, files);
  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (all, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", &value, 0.0, 0.0, &taken);
    }
  g_assert_true (taken);
  g_slist_free (files);
}

/* Dropped on the list, with a row that is wrong: the others are imported, and it is said why not.
 */
static void
test_drop_with_errors (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  GListModel *rows;
  g_autoptr (SatVerdict) bad = NULL;
  g_autofree char *text = NULL;

  ui_driver_set_up (&driver, "a");
  path = write_file (&driver, "bad.csv",
                     "name,industry\nHongda,manufacturing\nQuanta,space travel\n,retail\n");
  drop (&driver, path);
  wait_for (&driver, "columns");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  rows = rows_of (&driver);
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 3);
  ui_click (&driver, "Error: 2");
  g_assert_cmpuint (g_list_model_get_n_items (rows), ==, 2);
  bad = g_list_model_get_item (rows, 0);
  g_assert_cmpuint (sat_verdict_get_line (bad)->row, ==, 3);
  text = sat_verdict_text (bad);
  g_assert_nonnull (strstr (text, "space travel"));
  g_assert_nonnull (strstr (text, "Column “industry”"));
  /* What may stand there, as people call it. */
  g_assert_nonnull (strstr (text, "Transport and logistics"));
  g_assert_null (strstr (text, "real_estate"));
  assert_listed (&driver, 0, NULL);

  ui_click (&driver, "_Import 1 Good Row");
  ui_wait (&driver, list_shown, NULL, "the list");
  assert_listed (&driver, 1, "Hongda");
  ui_driver_tear_down (&driver);
}

/* What is there is changed, what is the same is left; Escape goes back step by step. */
static void
test_update (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Hongda", "code=C1", NULL));
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Quanta", "code=C2", NULL));
  path = write_file (&driver, "update.csv", "code,name\nC1,Hongda Machines\nC2,Quanta\nC3,New\n");
  open_file (&driver, path);
  wait_for (&driver, "columns");
  ui_choose (&driver, "Update by", "Customer number");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_nonnull (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_BUTTON, "Changed: 1"));
  g_assert_nonnull (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_BUTTON, "Unchanged: 1"));
  ui_act (&driver, "win.escape", NULL);
  wait_for (&driver, "columns");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  ui_click (&driver, "_Import 2 Rows");
  ui_wait (&driver, list_shown, NULL, "the list");
  assert_listed (&driver, 3, "Hongda Machines");
  ui_driver_tear_down (&driver);
}

/* The toast takes all of it back, new records and changed ones, whatever was done meanwhile. */
static void
test_undo (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Hongda", "code=C1", NULL));
  path = write_file (&driver, "update.csv", "code,name\nC1,Hongda Machines\nC2,Quanta\nC3,New\n");
  open_file (&driver, path);
  wait_for (&driver, "columns");
  ui_choose (&driver, "Update by", "Customer number");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  ui_click (&driver, "_Import 3 Rows");
  ui_wait (&driver, list_shown, NULL, "the list");
  ui_wait (&driver, title_shown, (gpointer) "Quanta", "a new customer in the list");
  g_free (ui_run (&driver, "a", 0, "new", "customer", "name=Since", NULL));
  ui_click (&driver, "_Undo");
  ui_wait (&driver, ui_says, (gpointer) "Undone: 2 removed, 1 as before", "what was undone");
  ui_wait (&driver, title_shown, (gpointer) "Hongda", "the old name in the list");
  assert_listed (&driver, 2, "Since");
  g_assert_false (title_shown (&driver, (gpointer) "Quanta"));
  ui_driver_tear_down (&driver);
}

static char *
many_rows (UiDriver *driver, guint n)
{
  g_autoptr (GString) text = g_string_new ("name\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "Customer %u\n", i);
  return write_file (driver, "many.csv", text->str);
}

/* Cards: a header is not asked for, columns have their fields, and what has none is told. */
static void
test_cards (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  GtkWidget *row;

  ui_driver_set_up (&driver, "a");
  path = write_file (
      &driver, "phone.vcf",
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Hongda\r\nORG:Hongda\r\nTEL;TYPE=WORK:021-5555\r\n"
      "PHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n");
  open_file (&driver, path);
  wait_for (&driver, "columns");
  row = ui_find (GTK_WIDGET (driver.window), ADW_TYPE_ACTION_ROW,
                 "The first row names the columns");
  g_assert_true (row == NULL || !gtk_widget_get_mapped (row));
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_nonnull (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_LABEL,
                             "All rows are good; no field is meant for PHOTO (1)"));
  ui_click (&driver, "_Import 1 Row");
  ui_wait (&driver, list_shown, NULL, "the list");
  assert_listed (&driver, 1, "021-5555");
  ui_driver_tear_down (&driver);
}

/* The company of a contact is made where the person says so, in the same step. */
static void
test_missing (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *address = NULL;
  g_autofree char *shown = NULL;
  GtkWidget *missing = NULL;

  ui_driver_set_up (&driver, "a");
  path = write_file (&driver, "people.csv", "name,customer\nCarl,Hooli\n");
  address = g_filename_to_uri (path, NULL, NULL);
  ui_act (&driver, "win.import", "(ss)", "contact", address);
  wait_for (&driver, "columns");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_null (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_LABEL, "All rows are good"));
  ui_act (&driver, "win.escape", NULL);
  missing = ui_find (GTK_WIDGET (driver.window), GTK_TYPE_LABEL, "Make what is missing");
  g_assert_nonnull (missing);
  missing = gtk_widget_get_ancestor (missing, ADW_TYPE_ACTION_ROW);
  gtk_switch_set_active (
      GTK_SWITCH (adw_action_row_get_activatable_widget (ADW_ACTION_ROW (missing))), TRUE);
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_nonnull (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_LABEL,
                             "All rows are good; 1 missing record is made too"));
  ui_click (&driver, "_Import 1 Row");
  ui_wait (&driver, list_shown, NULL, "the list");
  shown = ui_run (&driver, "a", 0, "show", "customer", "customer/Hooli", "--json", NULL);
  g_assert_nonnull (strstr (shown, "\"company\""));
  ui_driver_tear_down (&driver);
}

/* The window does not close over an import without asking. */
static void
refuse_to_close (UiDriver *driver)
{
  GtkWidget *dialog;

  gtk_window_close (GTK_WINDOW (driver->window));
  dialog = ui_find_dialog ();
  g_assert_nonnull (dialog);
  g_assert_nonnull (
      ui_find (dialog, GTK_TYPE_LABEL,
               "“Import customers” is under way. If it is stopped, nothing of it is kept."));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* An import that is cancelled has done nothing; what cannot be read says why. */
static void
test_cancel (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *missing = NULL;

  ui_driver_set_up (&driver, "a");
  missing = g_build_filename (driver.dir, "missing.csv", NULL);
  open_file (&driver, missing);
  wait_for (&driver, "failed");
  path = many_rows (&driver, 3000);
  open_file (&driver, path);
  wait_for (&driver, "columns");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&driver)), ==, 3000);
  sat_page_save (sat_window_get_page (driver.window));
  wait_for (&driver, "busy");
  refuse_to_close (&driver);
  ui_click (&driver, "_Cancel");
  wait_for (&driver, "columns");
  assert_listed (&driver, 0, NULL);
  ui_act (&driver, "win.escape", NULL);
  ui_wait (&driver, list_shown, NULL, "the list");
  ui_driver_tear_down (&driver);
}

/* Opened with the program, as a file manager does. */
static void
test_opened (void)
{
  UiDriver driver = { 0 };
  g_autofree char *table = NULL;
  g_autofree char *card = NULL;
  g_autoptr (GFile) first = NULL;
  g_autoptr (GFile) second = NULL;

  ui_driver_set_up (&driver, "a");
  table = write_file (&driver, "new.csv", "name,phone\n宏达,021-5555-0100\n");
  card = write_file (&driver, "li.VCF", "BEGIN:VCARD\nVERSION:3.0\nFN:Li Qiang\nEND:VCARD\n");
  first = g_file_new_for_path (table);
  second = g_file_new_for_path (card);
  g_application_open (G_APPLICATION (driver.application), &first, 1, "");
  wait_for (&driver, "columns");
  g_assert_cmpstr (sat_page_get_object (sat_window_get_page (driver.window))->name, ==, "customer");
  g_application_open (G_APPLICATION (driver.application), &second, 1, "");
  wait_for (&driver, "columns");
  g_assert_cmpstr (sat_page_get_object (sat_window_get_page (driver.window))->name, ==, "contact");
  ui_driver_tear_down (&driver);
}

/* What a colleague has already, in a book that is not here, is said of its row and can be looked at
 * alone; it is imported all the same. */
static void
test_taken (void)
{
  UiDriver driver = { 0 };
  g_autofree char *path = NULL;
  g_autofree char *list = NULL;
  g_autofree char *space = NULL;
  const char *id;

  ui_driver_set_up (&driver, "a");
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "book", "create", "west", "--name", "West", NULL));
  list = ui_run (&driver, "b", 0, "list", "workspace", "--json", NULL);
  id = strstr (list, "\"id\":\"");
  g_assert_nonnull (id);
  space = g_strndup (id + strlen ("\"id\":\""), 36);
  g_free (ui_run (&driver, "b", 0, "set", "workspace", space, "customer_marks=yes", NULL));
  g_free (
      ui_run (&driver, "b", 0, "new", "customer", "name=Hongda Pumps Ltd", "--book", "west", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "a", 0, "sync", NULL));
  path = write_file (&driver, "people.csv", "Name\nNordlicht\nhongda pumps\nLifan\n");
  open_file (&driver, path);
  wait_for (&driver, "columns");
  ui_click (&driver, "_Check Rows");
  wait_for (&driver, "verdicts");
  g_assert_true (ui_says (
      &driver,
      (gpointer) "All rows are good; 1 of them is a customer that a colleague has already"));
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&driver)), ==, 3);
  ui_click (&driver, "With a colleague: 1");
  g_assert_cmpuint (g_list_model_get_n_items (rows_of (&driver)), ==, 1);

  g_autoptr (SatVerdict) verdict = g_list_model_get_item (rows_of (&driver), 0);
  g_autofree char *text = sat_verdict_text (verdict);

  g_assert_cmpuint (sat_verdict_get_line (verdict)->row, ==, 3);
  g_assert_nonnull (strstr (text, "A customer of this name is with"));
  g_assert_nonnull (strstr (text, "“West”"));
  ui_click (&driver, "_Import 3 Rows");
  ui_wait (&driver, list_shown, NULL, "the list");
  assert_listed (&driver, 3, "hongda pumps");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/import/map", test_map);
  g_test_add_func ("/import/drop-with-errors", test_drop_with_errors);
  g_test_add_func ("/import/update", test_update);
  g_test_add_func ("/import/undo", test_undo);
  g_test_add_func ("/import/missing", test_missing);
  g_test_add_func ("/import/cards", test_cards);
  g_test_add_func ("/import/cancel", test_cancel);
  g_test_add_func ("/import/opened", test_opened);
  g_test_add_func ("/import/taken", test_taken);
  return g_test_run ();
}
