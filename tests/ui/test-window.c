/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A salesperson's day on a real window: types, saves, exchanges changes with a colleague, settles
 * what they disagree about, takes back a mistake. What the window did is asked of the command line.
 */
#include <glib/gstdio.h>

#include "core/workspace/sat-workspace-import.h"
#include "gtk-app/conflict/sat-conflict-page.h"
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/search/sat-go-palette.h"
#include "gtk-app/sync/sat-sync-indicator.h"
#include "gtk-app/window/sat-join-page.h"
#include "tests/ui/ui-driver.h"

#define TITLE "上海宏达机械有限公司"

static gboolean
page_saved (UiDriver *driver, gpointer data)
{
  SatPage *page = sat_window_get_page (driver->window);

  return SAT_IS_RECORD_PAGE (page) && sat_record_page_get_id (SAT_RECORD_PAGE (page)) != NULL &&
         !sat_page_is_dirty (page);
}

static gboolean
field_has (UiDriver *driver, gpointer data)
{
  const char *const *pair = data;
  g_autofree char *value = ui_value (driver, pair[0]);

  return g_strcmp0 (value, pair[1]) == 0;
}

static void
wait_field (UiDriver *driver, const char *field, const char *value)
{
  const char *pair[] = { field, value };

  ui_wait (driver, field_has, pair, value);
}

static char *
new_customer (UiDriver *driver, const char *name, const char *phone)
{
  ui_act (driver, "win.show", "s", "customer");
  ui_act (driver, "win.new-here", NULL);
  ui_type (driver, "name", name);
  ui_type (driver, "phone", phone);
  ui_act (driver, "win.save", NULL);
  ui_wait (driver, page_saved, NULL, "a saved customer");
  return sat_id_dup_text (
      sat_record_page_get_id (SAT_RECORD_PAGE (sat_window_get_page (driver->window))));
}

static void
assert_holds (char *output, const char *text)
{
  if (strstr (output, text) == NULL)
    g_test_message ("not there: %s in\n%s", text, output);
  g_assert_nonnull (strstr (output, text));
  g_free (output);
}

static void
assert_lacks (char *output, const char *text)
{
  g_assert_null (strstr (output, text));
  g_free (output);
}

/* ---- typing and saving --------------------------------------------------------------------- */

static void
test_save (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  SatPage *page;

  ui_driver_set_up (&driver, "a");

  /* An empty name and a bad address are said beside the fields, and nothing is written. */
  ui_act (&driver, "win.new-here", NULL);
  ui_type (&driver, "email", "wang at example");
  ui_act (&driver, "win.save", NULL);
  page = sat_window_get_page (driver.window);
  g_assert_null (sat_record_page_get_id (SAT_RECORD_PAGE (page)));
  assert_holds (ui_run (&driver, "a", 0, "list", "customer", "--json", NULL), "\"total\" : 0");
  ui_act (&driver, "win.escape", NULL);
  g_assert_false (sat_page_is_dirty (page));

  id = new_customer (&driver, TITLE, " 021-5555-0100 ");
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "021-5555-0100");

  /* Only what was changed is written. */
  ui_type (&driver, "city", "上海");
  g_assert_true (sat_page_is_dirty (sat_window_get_page (driver.window)));
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, page_saved, NULL, "a saved edit");
  assert_holds (ui_run (&driver, "a", 0, "history", "customer", id, "city", NULL), "上海");
  ui_driver_tear_down (&driver);
}

/* Ten megabytes of notes: refused beside the field, and nothing of what was typed is lost. */
static void
test_too_long (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GString *notes = g_string_new (NULL);
  GtkTextBuffer *buffer;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  while (notes->len < 10 * 1000 * 1000)
    g_string_append (notes, "met them, talked about prices and went home\n");
  ui_type (&driver, "city", "Hangzhou");
  ui_type (&driver, "notes", notes->str);
  ui_act (&driver, "win.save", NULL);
  g_assert_true (sat_page_is_dirty (sat_window_get_page (driver.window)));
  assert_lacks (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "Hangzhou");
  buffer = gtk_text_view_get_buffer (
      GTK_TEXT_VIEW (sat_field_editor_get_target (ui_editor (&driver, "notes"))));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), >=, 10 * 1000 * 1000);

  ui_type (&driver, "notes", "met them");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, page_saved, NULL, "a saved edit");
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "Hangzhou");
  g_string_free (notes, TRUE);
  ui_driver_tear_down (&driver);
}

/* ---- with a colleague ---------------------------------------------------------------------- */

static gboolean
has_conflict_cards (UiDriver *driver, gpointer data)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));

  return SAT_IS_CONFLICT_PAGE (page) && ui_find (page, GTK_TYPE_LABEL, "021-5555-0122") != NULL &&
         ui_find (page, GTK_TYPE_LABEL, "021-5555-0111") != NULL;
}

static gboolean
no_conflicts (UiDriver *driver, gpointer data)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (driver->window));

  return ui_find (page, GTK_TYPE_LIST_BOX_ROW, NULL) == NULL;
}

static void
test_sync_and_settle (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *phone = NULL;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_sync (&driver);
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  assert_holds (ui_run (&driver, "b", 0, "show", "customer", id, "--json", NULL), "021-5555-0100");

  /* Both change the phone without having seen each other; the city is only b's. */
  g_free (
      ui_run (&driver, "b", 0, "set", "customer", id, "phone=021-5555-0122", "city=上海", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  ui_type (&driver, "phone", "021-5555-0111");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, page_saved, NULL, "a saved phone number");
  ui_sync (&driver);
  wait_field (&driver, "city", "上海");
  assert_holds (ui_run (&driver, "a", 3, "conflicts", "--json", NULL), "021-5555-0122");

  /* The conflict page shows both, and one key settles it, wherever the focus was left. */
  ui_act (&driver, "win.show", "s", "conflicts");
  ui_wait (&driver, has_conflict_cards, NULL, "the conflict with both values");
  gtk_widget_grab_focus (ui_find (GTK_WIDGET (driver.window), GTK_TYPE_LIST_BOX_ROW, NULL));
  g_assert_true (ui_press (&driver, GDK_KEY_1));
  ui_wait (&driver, no_conflicts, NULL, "the conflict settled");
  assert_lacks (ui_run (&driver, "a", 0, "conflicts", "--json", NULL), "021-5555");

  /* All three numbers are in the history of both, and both agree. */
  ui_sync (&driver);
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  for (guint i = 0; i < 2; i++)
    {
      const char *laptop = i == 0 ? "a" : "b";

      assert_holds (ui_run (&driver, laptop, 0, "history", "customer", id, "phone", NULL), "0100");
      assert_holds (ui_run (&driver, laptop, 0, "history", "customer", id, "phone", NULL), "0111");
      assert_holds (ui_run (&driver, laptop, 0, "history", "customer", id, "phone", NULL), "0122");
    }
  phone = ui_run (&driver, "a", 0, "digest", NULL);
  assert_holds (ui_run (&driver, "b", 0, "digest", NULL), phone);
  ui_driver_tear_down (&driver);
}

/* A form that is open during an exchange keeps what was typed and shows what came. */
static void
test_form_during_sync (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *notes = NULL;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_sync (&driver);
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  g_free (ui_run (&driver, "b", 0, "set", "customer", id, "city=苏州", NULL));
  g_free (ui_run (&driver, "b", 0, "sync", NULL));

  ui_type (&driver, "notes", "called twice");
  ui_sync (&driver);
  wait_field (&driver, "city", "苏州");
  notes = ui_value (&driver, "notes");
  g_assert_cmpstr (notes, ==, "called twice");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, page_saved, NULL, "saved notes");
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "苏州");
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "called twice");
  ui_driver_tear_down (&driver);
}

/* ---- while another program imports ---------------------------------------------------------- */

typedef struct
{
  char *home;
  GMutex lock;
  GCond changed;
  gboolean writing;
  gboolean may_end;
} Importing;

static void
on_row (guint64 row, SatImportVerdict verdict, const char *title, gpointer data)
{
  Importing *importing = data;

  g_mutex_lock (&importing->lock);
  importing->writing = TRUE;
  g_cond_signal (&importing->changed);
  while (!importing->may_end)
    g_cond_wait (&importing->changed, &importing->lock);
  g_mutex_unlock (&importing->lock);
}

static gpointer
import_slowly (gpointer data)
{
  static const char text[] = "name\nimported meanwhile\n";
  Importing *importing = data;
  g_autoptr (GError) error = NULL;
  SatWorkspace *workspace = sat_workspace_open (importing->home, NULL, NULL, &error);
  SatFileOptions reading = { 0 };
  SatImportOptions options = { .verdict = on_row, .verdict_data = importing };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (SatImportFile) file = sat_import_file_open_bytes (bytes, &reading, NULL);
  g_auto (SatImportResult) result = { 0 };

  g_assert_no_error (error);
  options.object = sat_catalogue_find (sat_workspace_catalogue (workspace), "customer");
  g_assert_true (sat_workspace_import (workspace, file, &options, FALSE, &result, NULL));
  sat_workspace_close (workspace);
  return NULL;
}

/* Saving waits, says so, and succeeds when the import is over. */
static void
test_save_during_import (void)
{
  UiDriver driver = { 0 };
  Importing importing = { 0 };
  g_autofree char *id = NULL;
  GThread *thread;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  importing.home = g_build_filename (driver.dir, "a", NULL);
  g_mutex_init (&importing.lock);
  g_cond_init (&importing.changed);
  thread = g_thread_new ("import", import_slowly, &importing);
  g_mutex_lock (&importing.lock);
  while (!importing.writing)
    g_cond_wait (&importing.changed, &importing.lock);
  g_mutex_unlock (&importing.lock);

  ui_type (&driver, "city", "宁波");
  ui_act (&driver, "win.save", NULL);
  ui_wait (&driver, ui_says,
           (gpointer) "Waiting to save: something large, such as an import, is being written",
           "what it waits for");
  assert_lacks (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "宁波");
  g_mutex_lock (&importing.lock);
  importing.may_end = TRUE;
  g_cond_signal (&importing.changed);
  g_mutex_unlock (&importing.lock);
  ui_wait (&driver, page_saved, NULL, "the page saved");
  g_thread_join (thread);
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "宁波");
  assert_holds (ui_run (&driver, "a", 0, "list", "customer", "--json", NULL), "imported meanwhile");
  g_mutex_clear (&importing.lock);
  g_cond_clear (&importing.changed);
  g_free (importing.home);
  ui_driver_tear_down (&driver);
}

/* ---- taking back --------------------------------------------------------------------------- */

static gboolean
undo_offered (UiDriver *driver, gpointer data)
{
  return SAT_IS_LIST_PAGE (sat_window_get_page (driver->window)) &&
         ui_find (GTK_WIDGET (driver->window), GTK_TYPE_BUTTON, "_Undo") != NULL;
}

static gboolean
is_back (UiDriver *driver, gpointer data)
{
  g_autofree char *shown = ui_run (driver, "a", 0, "show", "customer", data, "--json", NULL);

  return strstr (shown, "\"deleted\" : false") != NULL;
}

static void
test_delete_and_undo (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkWidget *undo;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_act (&driver, "win.delete", NULL);
  ui_wait (&driver, undo_offered, NULL, "the offer to undo");
  assert_holds (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL),
                "\"deleted\" : true");
  undo = ui_find (GTK_WIDGET (driver.window), GTK_TYPE_BUTTON, "_Undo");
  g_signal_emit_by_name (undo, "clicked");
  ui_wait (&driver, is_back, id, "the record brought back");
  ui_driver_tear_down (&driver);
}

static gboolean
is_gone (UiDriver *driver, gpointer data)
{
  return !is_back (driver, data);
}

/* The last step, whatever it was, from the menu; and forth again, from its toast and the menu. */
static void
test_undo_last (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_act (&driver, "win.back", NULL);
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, ui_says, (gpointer) "Undone: “" TITLE "” removed", "what was undone");
  ui_wait (&driver, is_gone, id, "the record taken back");
  ui_click (&driver, "_Redo");
  ui_wait (&driver, ui_says, (gpointer) "Done again: “" TITLE "” is back", "what was done again");
  ui_wait (&driver, is_back, id, "the record brought back");
  ui_act (&driver, "win.undo", NULL);
  ui_wait (&driver, is_gone, id, "the record taken back again");
  ui_act (&driver, "win.redo", NULL);
  ui_wait (&driver, is_back, id, "the record brought back again");
  ui_act (&driver, "win.redo", NULL);
  ui_wait (&driver, ui_says,
           (gpointer) "There is nothing to redo: nothing was undone, or something else was done "
                      "since",
           "that there is nothing");
  ui_driver_tear_down (&driver);
}

/* What was typed outlives leaving the page. */
static void
test_unsaved_is_kept (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *city = NULL;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_type (&driver, "city", "宁波");
  ui_act (&driver, "win.back", NULL);
  g_assert_true (SAT_IS_LIST_PAGE (sat_window_get_page (driver.window)));
  ui_act (&driver, "win.open", "(ss)", "customer", id);
  city = ui_value (&driver, "city");
  g_assert_cmpstr (city, ==, "宁波");
  assert_lacks (ui_run (&driver, "a", 0, "show", "customer", id, "--json", NULL), "宁波");
  ui_act (&driver, "win.escape", NULL);
  wait_field (&driver, "city", NULL);
  ui_driver_tear_down (&driver);
}

/* ---- finding --------------------------------------------------------------------------------- */

static gboolean
palette_found (UiDriver *driver, gpointer data)
{
  GtkWidget *palette = ui_find (GTK_WIDGET (driver->window), SAT_TYPE_GO_PALETTE, NULL);

  return ui_find (palette, GTK_TYPE_LABEL, TITLE) != NULL;
}

static gboolean
record_shown (UiDriver *driver, gpointer data)
{
  return SAT_IS_RECORD_PAGE (sat_window_get_page (driver->window));
}

/* A few letters in the palette, Enter, and one is there. */
static void
test_go_anywhere (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkWidget *palette;
  GtkWidget *entry;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_act (&driver, "win.show", "s", "deal");
  ui_act (&driver, "win.go", NULL);
  palette = ui_find (GTK_WIDGET (driver.window), SAT_TYPE_GO_PALETTE, NULL);
  g_assert_true (gtk_widget_get_visible (palette));
  entry = ui_find (palette, GTK_TYPE_SEARCH_ENTRY, NULL);
  gtk_editable_set_text (GTK_EDITABLE (entry), "宏达");
  ui_wait (&driver, palette_found, NULL, "the customer in the palette");
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (gtk_widget_get_visible (palette));
  ui_wait (&driver, record_shown, NULL, "the customer's page");

  /* Escape closes it, and goes no further. */
  ui_act (&driver, "win.go", NULL);
  ui_act (&driver, "win.escape", NULL);
  g_assert_false (gtk_widget_get_visible (palette));
  g_assert_true (record_shown (&driver, NULL));
  ui_driver_tear_down (&driver);
}

/* ---- when things go wrong ----------------------------------------------------------------------
 */

static gboolean
says_problem (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if ((GTK_IS_LABEL (child) && gtk_widget_get_mapped (child) &&
         gtk_widget_has_css_class (child, "error") &&
         *gtk_label_get_label (GTK_LABEL (child)) != '\0') ||
        says_problem (child))
      return TRUE;
  return FALSE;
}

static gboolean
problem_shown (UiDriver *driver, gpointer data)
{
  return says_problem (GTK_WIDGET (driver->window));
}

/* A hub that is gone is said in place; work goes on, and the next exchange makes up for it. */
static gboolean
not_syncing (UiDriver *driver, gpointer data)
{
  return !sat_window_is_syncing (driver->window);
}

/* Changes go to a file and come from one; what the command line wrote is read, and the reverse. */
static void
test_file (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *file = NULL;
  g_autofree char *uri = NULL;

  ui_driver_set_up (&driver, "a");
  file = g_build_filename (driver.dir, "day.bundle", NULL);
  uri = g_filename_to_uri (file, NULL, NULL);
  id = new_customer (&driver, TITLE, "021-1111");
  ui_act (&driver, "win.write-bundle", "s", uri);
  g_assert_true (sat_window_is_syncing (driver.window));
  ui_wait (&driver, not_syncing, NULL, "the file");
  ui_wait (&driver, ui_says, (gpointer) "The file is written", "the word of it");
  g_free (ui_run (&driver, "b", 0, "bundle", "import", file, NULL));
  g_free (ui_run (&driver, "b", 0, "set", "customer", id, "phone=021-2222", NULL));
  g_free (ui_run (&driver, "b", 0, "bundle", "export", file, NULL));
  ui_act (&driver, "win.read-bundle", "s", uri);
  ui_wait (&driver, not_syncing, NULL, "the file");
  wait_field (&driver, "phone", "021-2222");
  ui_driver_tear_down (&driver);
}

static void
test_hub_away (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  g_autofree char *hub = NULL;
  g_autofree char *away = NULL;

  ui_driver_set_up (&driver, "a");
  hub = g_build_filename (driver.dir, "hub", NULL);
  away = g_build_filename (driver.dir, "away", NULL);
  g_assert_cmpint (g_rename (hub, away), ==, 0);
  ui_sync (&driver);
  ui_wait (&driver, problem_shown, NULL, "a word about the hub");
  id = new_customer (&driver, TITLE, "021-5555-0100");

  g_assert_cmpint (g_rename (away, hub), ==, 0);
  ui_sync (&driver);
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  assert_holds (ui_run (&driver, "b", 0, "show", "customer", id, "--json", NULL), TITLE);
  ui_driver_tear_down (&driver);
}

static gboolean
not_running (UiDriver *driver, gpointer data)
{
  return !sat_sync_indicator_is_running (data);
}

/* Stopped the moment it began, an exchange does no harm, and the next one does it all. */
static void
test_stop (void)
{
  UiDriver driver = { 0 };
  g_autofree char *id = NULL;
  GtkWidget *indicator;

  ui_driver_set_up (&driver, "a");
  id = new_customer (&driver, TITLE, "021-5555-0100");
  ui_act (&driver, "win.sync", NULL);
  indicator = ui_find (GTK_WIDGET (driver.window), SAT_TYPE_SYNC_INDICATOR, NULL);
  sat_sync_indicator_stop (SAT_SYNC_INDICATOR (indicator));
  ui_wait (&driver, not_running, indicator, "the end of a stopped exchange");
  ui_sync (&driver);
  g_free (ui_run (&driver, "b", 0, "sync", NULL));
  assert_holds (ui_run (&driver, "b", 0, "show", "customer", id, "--json", NULL), TITLE);
  ui_driver_tear_down (&driver);
}

/* ---- joining ------------------------------------------------------------------------------------
 */

static gboolean
has_workspace (UiDriver *driver, gpointer data)
{
  return sat_window_get_service (driver->window) != NULL;
}

static void
fill (GtkWidget *page, const char *title, const char *text)
{
  GtkWidget *row = NULL;

  for (GtkWidget *at = ui_find (page, ADW_TYPE_ENTRY_ROW, NULL); at != NULL && row == NULL;
       at = gtk_widget_get_next_sibling (at))
    if (g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (at)), title) == 0)
      row = at;
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
test_join (void)
{
  UiDriver driver = { 0 };
  g_autofree char *hub = NULL;
  GtkWidget *page;

  ui_driver_set_up (&driver, "c");
  g_assert_null (sat_window_get_service (driver.window));
  page = ui_find (GTK_WIDGET (driver.window), SAT_TYPE_JOIN_PAGE, NULL);
  fill (page, "Login name", "zhang");
  fill (page, "Your name", "Zhang Wei");

  /* A place that is no hub is said in place. */
  fill (page, "Hub: folder or address", driver.dir);
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Join"), "clicked");
  ui_wait (&driver, problem_shown, NULL, "a word about what is no hub");
  g_assert_null (sat_window_get_service (driver.window));

  hub = g_build_filename (driver.dir, "hub", NULL);
  fill (page, "Hub: folder or address", hub);
  g_signal_emit_by_name (ui_find (page, GTK_TYPE_BUTTON, "Join"), "clicked");
  ui_wait (&driver, has_workspace, NULL, "the workspace joined");
  g_assert_true (SAT_IS_LIST_PAGE (sat_window_get_page (driver.window)));
  assert_holds (ui_run (&driver, "c", 0, "status", "--json", NULL), "Zhang Wei");
  ui_driver_tear_down (&driver);
}

/* Whoever looks after the laptops sees them in a list like any other, but makes none. */
static void
test_devices (void)
{
  UiDriver driver;
  SatPage *page;

  ui_driver_set_up (&driver, "a");
  ui_act (&driver, "win.show", "s", "device");
  ui_wait (&driver, ui_says, (gpointer) "In use", "the devices");
  page = sat_window_get_page (driver.window);
  g_assert_cmpstr (sat_page_get_object (page)->name, ==, "device");
  g_assert_false (gtk_widget_get_mapped (ui_find (GTK_WIDGET (page), GTK_TYPE_LABEL, "New")));
  ui_act (&driver, "win.new-here", NULL);
  page = sat_window_get_page (driver.window);
  g_assert_cmpstr (sat_page_get_object (page)->name, ==, "customer");
  ui_driver_tear_down (&driver);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/window/save", test_save);
  g_test_add_func ("/window/devices", test_devices);
  g_test_add_func ("/window/too-long", test_too_long);
  g_test_add_func ("/window/sync-and-settle", test_sync_and_settle);
  g_test_add_func ("/window/form-during-sync", test_form_during_sync);
  g_test_add_func ("/window/delete-and-undo", test_delete_and_undo);
  g_test_add_func ("/window/undo-last", test_undo_last);
  g_test_add_func ("/window/save-during-import", test_save_during_import);
  g_test_add_func ("/window/unsaved-is-kept", test_unsaved_is_kept);
  g_test_add_func ("/window/go-anywhere", test_go_anywhere);
  g_test_add_func ("/window/hub-away", test_hub_away);
  g_test_add_func ("/window/file", test_file);
  g_test_add_func ("/window/stop", test_stop);
  g_test_add_func ("/window/join", test_join);
  return g_test_run ();
}
