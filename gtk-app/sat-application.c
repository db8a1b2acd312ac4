/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-application.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "core/workspace/sat-workspace.h"
#include "gtk-app/render/sat-render.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-window.h"

#define MIN_WIDTH 340

struct _SatApplication
{
  AdwApplication parent_instance;

  char *home;
  char *render_dir;
  int width;
  gboolean dark;
  int status;
};

G_DEFINE_FINAL_TYPE (SatApplication, sat_application, ADW_TYPE_APPLICATION)

/* What the person asked for, by the order in which libc looks. */
static const char *
wanted_language (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }
  return NULL;
}

void
sat_application_set_up_language (void)
{
  /* On a machine where the person's locale was never generated, C.UTF-8 with LANGUAGE still gives
   * the translated words; GTK must not try again. */
  if (setlocale (LC_ALL, "") == NULL && wanted_language () != NULL &&
      setlocale (LC_ALL, "C.UTF-8") != NULL)
    g_setenv ("LANGUAGE", wanted_language (), FALSE);
  gtk_disable_setlocale ();
  bindtextdomain (SAT_GETTEXT_PACKAGE, sat_uninstalled () ? SAT_BUILD_DIR "/po" : SAT_LOCALE_DIR);
  bind_textdomain_codeset (SAT_GETTEXT_PACKAGE, "UTF-8");
  textdomain (SAT_GETTEXT_PACKAGE);
}

/* ---- actions ------------------------------------------------------------------------------- */

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SatApplication *self = data;

  adw_show_about_window (gtk_application_get_active_window (GTK_APPLICATION (self)),
                         "application-name", _ ("Satchel"), "application-icon", SAT_APP_ID,
                         "version", SAT_VERSION, "developer-name", _ ("The Satchel developers"),
                         "comments",
                         _ ("Customers, deals and visits that work without a network, shared "
                            "through a folder or a git repository, with nothing ever lost."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your name, to be shown in the about window. */
                         "translator-credits", _ ("translator-credits"), NULL);
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (data));

  /* Closing asks about what is not saved. */
  if (window != NULL)
    gtk_window_close (window);
}

static const GActionEntry actions[] = {
  { .name = "about", .activate = about_action },
  { .name = "quit", .activate = quit_action },
};

static void
set_keys (GtkApplication *application)
{
  static const struct
  {
    const char *action;
    const char *keys[3];
  } keys[] = {
    { "app.quit", { "<Control>q", NULL } },
    { "win.new-here", { "<Control>n", NULL } },
    { "win.preferences", { "<Control>comma", NULL } },
    { "win.import-here", { "<Control>i", NULL } },
    { "win.export-here", { "<Control>e", NULL } },
    { "win.save", { "<Control>s", NULL } },
    { "win.search", { "<Control>f", NULL } },
    { "win.go", { "<Control>k", NULL } },
    { "win.sync", { "F5", "<Control>r", NULL } },
    { "win.back", { "<Alt>Left", NULL } },
    { "win.delete", { "<Control><Shift>Delete", NULL } },
    { "win.show-help-overlay", { "<Control>question", "F1", NULL } },
    { "window.close", { "<Control>w", NULL } },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (application, keys[i].action, keys[i].keys);
}

/* ---- the command line ---------------------------------------------------------------------- */

static int
sat_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  SatApplication *self = SAT_APPLICATION (application);

  g_variant_dict_lookup (options, "home", "^ay", &self->home);
  g_variant_dict_lookup (options, "render", "^ay", &self->render_dir);
  g_variant_dict_lookup (options, "width", "i", &self->width);
  self->dark = g_variant_dict_contains (options, "dark");
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("satchel-gtk %s\n", SAT_VERSION);
      return 0;
    }
  if (self->width != 0 && self->width < MIN_WIDTH)
    {
      g_printerr (_ ("satchel-gtk: the width must be at least %d\n"), MIN_WIDTH);
      return 2;
    }
  return -1;
}

const GOptionEntry *
sat_application_options (void)
{
  static const GOptionEntry entries[] = {
    { "home", 'H', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("The workspace's folder"), N_ ("DIR") },
    { "render", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      N_ ("Draw the main screens to PNG files in DIR and end"), N_ ("DIR") },
    { "width", 0, 0, G_OPTION_ARG_INT, NULL, N_ ("The window's width"), N_ ("PIXELS") },
    { "dark", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Use the dark style"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
    { NULL },
  };

  return entries;
}

/* ---- starting ------------------------------------------------------------------------------ */

static void
rendered_cb (int status, gpointer data)
{
  SatApplication *self = data;

  self->status = status;
  if (status != 0)
    g_printerr (_ ("satchel-gtk: the screens could not be drawn to “%s”\n"), self->render_dir);
  g_application_quit (G_APPLICATION (self));
}

static void
sat_application_activate (GApplication *application)
{
  SatApplication *self = SAT_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (sat_window_new (GTK_APPLICATION (self), self->home));
      /* Pictures are of what is there, not of what happens to come. */
      if (self->render_dir == NULL)
        sat_window_set_automatic (SAT_WINDOW (window));
      if (self->width > 0)
        gtk_window_set_default_size (window, self->width, 760);
    }
  gtk_window_present (window);
  if (self->render_dir != NULL)
    sat_render_screens (SAT_WINDOW (window), self->render_dir, rendered_cb, self);
}

/* The import page takes one file at a time; the others are left alone. */
static void
sat_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  GtkWindow *window;

  g_application_activate (application);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (n_files > 0)
    sat_window_open_file (SAT_WINDOW (window), files[0]);
}

static void
sat_application_query_end (GtkApplication *application)
{
  for (GList *at = gtk_application_get_windows (application); at != NULL; at = at->next)
    if (SAT_IS_WINDOW (at->data))
      sat_window_log_out (SAT_WINDOW (at->data));
}

static void
sat_application_startup (GApplication *application)
{
  SatApplication *self = SAT_APPLICATION (application);

  G_APPLICATION_CLASS (sat_application_parent_class)->startup (application);
  if (self->home == NULL)
    self->home = sat_workspace_default_home ();
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  set_keys (GTK_APPLICATION (self));
  gtk_window_set_default_icon_name (SAT_APP_ID);
  if (self->dark)
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                        ADW_COLOR_SCHEME_FORCE_DARK);
}

static void
sat_application_finalize (GObject *object)
{
  SatApplication *self = SAT_APPLICATION (object);

  g_clear_pointer (&self->home, g_free);
  g_clear_pointer (&self->render_dir, g_free);
  G_OBJECT_CLASS (sat_application_parent_class)->finalize (object);
}

static void
sat_application_class_init (SatApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_application_finalize;
  application_class->activate = sat_application_activate;
  application_class->open = sat_application_open;
  application_class->startup = sat_application_startup;
  application_class->handle_local_options = sat_application_handle_local_options;
}

static void
sat_application_init (SatApplication *self)
{
  g_signal_connect (self, "query-end", G_CALLBACK (sat_application_query_end), NULL);
  g_application_add_main_option_entries (G_APPLICATION (self), sat_application_options ());
}

/* Not unique: two workspaces may be open at once. */
SatApplication *
sat_application_new (void)
{
  return g_object_new (SAT_TYPE_APPLICATION, "application-id", SAT_APP_ID, "resource-base-path",
                       SAT_RESOURCE_ROOT, "flags",
                       G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN, "register-session",
                       TRUE, NULL);
}

void
sat_application_set_home (SatApplication *self, const char *home)
{
  g_free (self->home);
  self->home = g_strdup (home);
}

int
sat_application_get_status (SatApplication *self)
{
  return self->status;
}
