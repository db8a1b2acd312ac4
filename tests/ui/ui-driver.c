/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/ui-driver.h"

#include "gtk-app/sat-application.h"
#include "gtk-app/sat-util.h"
#include "tests/support/temp-dir.h"

#define PATIENCE_SECONDS 60

static char *
run_words (UiDriver *driver, int wanted, GPtrArray *words)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status = 0;

  g_ptr_array_add (words, NULL);
  g_spawn_sync (driver->dir, (char **) words->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &output,
                &errors, &status, &error);
  g_assert_no_error (error);
  if (!WIFEXITED (status) || WEXITSTATUS (status) != wanted)
    {
      g_autofree char *line = g_strjoinv (" ", (char **) words->pdata);

      g_test_message ("%s: status %d, not %d\n%s%s", line, status, wanted, output, errors);
      g_test_fail ();
    }
  return g_steal_pointer (&output);
}

char *
ui_run (UiDriver *driver, const char *laptop, int wanted, const char *args, ...)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *home = g_build_filename (driver->dir, laptop, NULL);
  va_list list;

  g_assert_nonnull (g_getenv ("SATCHEL_CLI"));
  g_ptr_array_add (words, (gpointer) g_getenv ("SATCHEL_CLI"));
  g_ptr_array_add (words, (gpointer) "--home");
  g_ptr_array_add (words, home);
  va_start (list, args);
  for (const char *word = args; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  return run_words (driver, wanted, words);
}

/* ---- waiting ------------------------------------------------------------------------------- */

static gboolean
too_late_cb (gpointer data)
{
  gboolean *late = data;

  *late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* Wakes the loop now and then, for tests that nothing announces. */
static gboolean
wake_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
ui_wait (UiDriver *driver, UiTest test, gpointer data, const char *what)
{
  gboolean late = FALSE;
  guint deadline = g_timeout_add_seconds (PATIENCE_SECONDS, too_late_cb, &late);
  guint wake = g_timeout_add (20, wake_cb, NULL);

  while (!test (driver, data) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  g_source_remove (wake);
  if (late)
    {
      g_test_message ("waited in vain for: %s", what);
      g_assert_not_reached ();
    }
}

/* ---- acting -------------------------------------------------------------------------------- */

void
ui_act (UiDriver *driver, const char *action, const char *format, ...)
{
  g_autoptr (GVariant) target = NULL;
  va_list list;

  if (format != NULL)
    {
      va_start (list, format);
      /* Not every version of GTK takes a floating one over. */
      target = g_variant_ref_sink (g_variant_new_va (format, NULL, &list));
      va_end (list);
    }
  g_assert_true (gtk_widget_activate_action_variant (GTK_WIDGET (driver->window), action, target));
}

static gboolean
not_syncing (UiDriver *driver, gpointer data)
{
  return !sat_window_is_syncing (driver->window);
}

void
ui_sync (UiDriver *driver)
{
  ui_act (driver, "win.sync", NULL);
  g_assert_true (sat_window_is_syncing (driver->window));
  ui_wait (driver, not_syncing, NULL, "the end of the exchange");
}

static SatFieldEditor *
find_editor (GtkWidget *widget, const char *field)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      SatFieldEditor *found;

      if (SAT_IS_FIELD_EDITOR (child) &&
          g_str_equal (sat_field_editor_get_field (SAT_FIELD_EDITOR (child))->name, field))
        return SAT_FIELD_EDITOR (child);
      found = find_editor (child, field);
      if (found != NULL)
        return found;
    }
  return NULL;
}

SatFieldEditor *
ui_editor (UiDriver *driver, const char *field)
{
  SatFieldEditor *editor = find_editor (GTK_WIDGET (sat_window_get_page (driver->window)), field);

  g_assert_nonnull (editor);
  return editor;
}

void
ui_type (UiDriver *driver, const char *field, const char *text)
{
  GtkWidget *target = sat_field_editor_get_target (ui_editor (driver, field));

  gtk_widget_grab_focus (target);
  if (GTK_IS_TEXT_VIEW (target))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (target));

      gtk_text_buffer_set_text (buffer, text, -1);
    }
  else
    gtk_editable_set_text (GTK_EDITABLE (target), text);
}

char *
ui_value (UiDriver *driver, const char *field)
{
  char *value = NULL;

  g_assert_true (sat_field_editor_get_value (ui_editor (driver, field), &value, NULL));
  return value;
}

GtkWidget *
ui_find (GtkWidget *root, GType type, const char *label)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;
      const char *has = NULL;

      if (GTK_IS_BUTTON (child))
        has = gtk_button_get_label (GTK_BUTTON (child));
      else if (GTK_IS_LABEL (child))
        has = gtk_label_get_label (GTK_LABEL (child));
      if (g_type_is_a (G_OBJECT_TYPE (child), type) &&
          (label == NULL || g_strcmp0 (has, label) == 0))
        return child;
      found = ui_find (child, type, label);
      if (found != NULL)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_page (UiDriver *driver)
{
  return GTK_WIDGET (sat_window_get_page (driver->window));
}

GtkWidget *
ui_find_row (GtkWidget *root, const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_PREFERENCES_ROW (root) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (root)), title))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = ui_find_row (child, title);
  return found;
}

GtkWidget *
ui_find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && found == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        found = window;
    }
  return found;
}

static AdwComboRow *
find_row (GtkWidget *widget, const char *title)
{
  AdwComboRow *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ADW_IS_COMBO_ROW (child) &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
      found = ADW_COMBO_ROW (child);
    else
      found = find_row (child, title);
  return found;
}

void
ui_choose (UiDriver *driver, const char *title, const char *option)
{
  AdwComboRow *row = find_row (GTK_WIDGET (driver->window), title);
  GListModel *model;

  g_assert_nonnull (row);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (row)));
  model = adw_combo_row_get_model (row);
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), option))
      {
        adw_combo_row_set_selected (row, i);
        return;
      }
  g_test_message ("no option “%s” in “%s”", option, title);
  g_assert_not_reached ();
}

void
ui_click (UiDriver *driver, const char *label)
{
  GtkWidget *button = ui_find (GTK_WIDGET (driver->window), GTK_TYPE_BUTTON, label);

  if (button == NULL)
    g_test_message ("no button “%s”", label);
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

gboolean
ui_says (UiDriver *driver, gpointer text)
{
  return ui_find (GTK_WIDGET (driver->window), GTK_TYPE_LABEL, text) != NULL;
}

static gboolean
press_on (GtkWidget *widget, guint keyval)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", keyval, 0u, 0u, &taken);
    }
  return taken;
}

gboolean
ui_press (UiDriver *driver, guint keyval)
{
  GtkWidget *at = gtk_root_get_focus (GTK_ROOT (driver->window));

  if (at == NULL)
    at = GTK_WIDGET (driver->window);
  while (at != NULL && !press_on (at, keyval))
    at = gtk_widget_get_parent (at);
  return at != NULL;
}

/* One for all tests: GTK takes one application a process. */
static GtkApplication *
the_application (void)
{
  static GtkApplication *application = NULL;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = GTK_APPLICATION (sat_application_new ());
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
    }
  return application;
}

/* ---- the laptops --------------------------------------------------------------------------- */

void
ui_driver_set_up (UiDriver *driver, const char *laptop)
{
  driver->dir = temp_dir_new ();
  driver->home = g_build_filename (driver->dir, laptop, NULL);
  g_free (ui_run (driver, "a", 0, "hub", "init", "hub", "--workspace", "Acme", NULL));
  g_free (ui_run (driver, "a", 0, "join", "hub", "--user", "wang", "--name", "Wang Fang", NULL));
  g_free (ui_run (driver, "b", 0, "join", "hub", "--user", "li", "--name", "Li Qiang", NULL));

  driver->application = the_application ();
  /* A test says itself when changes are exchanged. */
  if (sat_settings () != NULL)
    g_settings_set_uint (sat_settings (), "sync-interval", 0);
  sat_application_set_home (SAT_APPLICATION (driver->application), driver->home);
  g_application_activate (G_APPLICATION (driver->application));
  driver->window = SAT_WINDOW (gtk_application_get_active_window (driver->application));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (driver->window));
}

static gboolean
window_gone (UiDriver *driver, gpointer data)
{
  gpointer *window = data;

  return *window == NULL;
}

void
ui_driver_tear_down (UiDriver *driver)
{
  gpointer window = driver->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_destroy (GTK_WINDOW (driver->window));
  ui_wait (driver, window_gone, &window, "the window's end");
  g_clear_pointer (&driver->dir, temp_dir_free);
  g_clear_pointer (&driver->home, g_free);
}
