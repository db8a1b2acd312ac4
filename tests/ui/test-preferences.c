/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The preferences where an administrator has locked one, and where not. GSettings' own file with
 * defaults and locks stands for dconf's: to the program both are the same. */
#define G_SETTINGS_ENABLE_BACKEND
#include "config.h"

#include <gio/gsettingsbackend.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-preferences.h"
#include "tests/support/temp-dir.h"

typedef struct
{
  char *dir;
  GSettings *settings;
  GtkWidget *row;
} Fixture;

static void
write_in (const char *dir, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* The settings with DEFAULTS and LOCKS of an administrator; NULL: none. */
static void
set_up (Fixture *f, const char *defaults, const char *locks)
{
  GIOExtensionPoint *point = g_io_extension_point_lookup ("gsettings-backend");
  GIOExtension *keyfile = g_io_extension_point_get_extension_by_name (point, "keyfile");
  g_autofree char *file = NULL;
  g_autoptr (GSettingsBackend) backend = NULL;
  g_autoptr (GSettingsSchemaSource) source = NULL;
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GError) error = NULL;

  f->dir = temp_dir_new ();
  file = g_build_filename (f->dir, "user", NULL);
  if (defaults != NULL)
    write_in (f->dir, "defaults", defaults);
  if (locks != NULL)
    write_in (f->dir, "locks", locks);
  backend = g_object_new (g_io_extension_get_type (keyfile), "filename", file, "defaults-dir",
                          f->dir, NULL);
  source = g_settings_schema_source_new_from_directory (SAT_BUILD_DIR "/data", NULL, TRUE, &error);
  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, SAT_APP_ID, FALSE);
  f->settings = g_settings_new_full (schema, backend, NULL);
  f->row = g_object_ref_sink (sat_preferences_interval_row (f->settings));
}

static void
tear_down (Fixture *f)
{
  g_object_unref (f->row);
  g_object_unref (f->settings);
  temp_dir_free (f->dir);
}

#define DEFAULTS "[org/satchelcrm/Satchel]\nsync-interval=uint32 20\n"

static void
test_locked (void)
{
  Fixture f;
  const char *text;

  set_up (&f, DEFAULTS, "/org/satchelcrm/Satchel/sync-interval\n");
  g_assert_false (gtk_widget_get_sensitive (f.row));
  text = adw_action_row_get_subtitle (ADW_ACTION_ROW (f.row));
  g_assert_cmpstr (text, ==,
                   "Every 20 minutes. Your administrator has set this; it cannot be changed here.");
  g_assert_false (g_settings_set_uint (f.settings, "sync-interval", 5));
  g_assert_cmpuint (g_settings_get_uint (f.settings, "sync-interval"), ==, 20);
  tear_down (&f);
}

/* A default is where people begin, and they may choose another. */
static void
test_default (void)
{
  Fixture f;

  set_up (&f, DEFAULTS, NULL);
  g_assert_true (gtk_widget_get_sensitive (f.row));
  g_assert_true (ADW_IS_COMBO_ROW (f.row));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (f.row)), ==, 2);
  adw_combo_row_set_selected (ADW_COMBO_ROW (f.row), 4);
  g_assert_cmpuint (g_settings_get_uint (f.settings, "sync-interval"), ==, 0);
  tear_down (&f);
}

static void
test_neither (void)
{
  Fixture f;

  set_up (&f, NULL, NULL);
  g_assert_true (gtk_widget_get_sensitive (f.row));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (f.row)), ==, 1);
  adw_combo_row_set_selected (ADW_COMBO_ROW (f.row), 0);
  g_assert_cmpuint (g_settings_get_uint (f.settings, "sync-interval"), ==, 5);
  tear_down (&f);
}

static void
test_no_schema (void)
{
  g_autoptr (GtkWidget) row = g_object_ref_sink (sat_preferences_interval_row (NULL));

  g_assert_false (gtk_widget_get_sensitive (row));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/preferences/locked", test_locked);
  g_test_add_func ("/preferences/default", test_default);
  g_test_add_func ("/preferences/neither", test_neither);
  g_test_add_func ("/preferences/no-schema", test_no_schema);
  return g_test_run ();
}
