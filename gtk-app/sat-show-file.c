/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-show-file.h"

#include <gtk/gtk.h>

#define TIMEOUT_MS 5000

static void
show_folder (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *address = folder != NULL ? g_file_get_uri (folder) : NULL;

  if (address != NULL)
    g_app_info_launch_default_for_uri_async (address, NULL, NULL, NULL, NULL);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GFile) file = data;
  g_autoptr (GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result,
                                                               NULL);

  if (answer == NULL)
    show_folder (file);
}

void
sat_show_file (GFile *file)
{
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application)
                                             : NULL;
  g_autofree char *address = g_file_get_uri (file);
  const char *addresses[] = { address, NULL };

  if (bus == NULL)
    {
      show_folder (file);
      return;
    }
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems",
                          g_variant_new ("(^ass)", addresses, ""), NULL, G_DBUS_CALL_FLAGS_NONE,
                          TIMEOUT_MS, NULL, shown_cb, g_object_ref (file));
}
