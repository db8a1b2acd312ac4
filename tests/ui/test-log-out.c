/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The end of the session, as a session manager of our own announces it: changes are exchanged once
 * more without anybody waiting, and what is typed but not saved is not lost without a word. */
#include "gtk-app/sat-util.h"
#include "tests/ui/ui-driver.h"

#include <string.h>

#define NAME "org.gnome.SessionManager"
#define PATH "/org/gnome/SessionManager"
#define CLIENT PATH "/Client1"

static const char xml[] =
    "<node><interface name='org.gnome.SessionManager'>"
    "<method name='RegisterClient'><arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='o' direction='out'/></method>"
    "<method name='UnregisterClient'><arg type='o' direction='in'/></method>"
    "<method name='Inhibit'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='u' direction='out'/>"
    "</method>"
    "<method name='Uninhibit'><arg type='u' direction='in'/></method>"
    "</interface>"
    "<interface name='org.gnome.SessionManager.ClientPrivate'>"
    "<method name='EndSessionResponse'><arg type='b' direction='in'/>"
    "<arg type='s' direction='in'/></method>"
    "<signal name='QueryEndSession'><arg type='u'/></signal>"
    "</interface></node>";

/* It answers on a thread of its own, since the application waits for it while it starts. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GDBusConnection *bus;
  GDBusNodeInfo *node;
  GMutex lock; /* of the next two */
  GCond named;
  gboolean ready;
  int registered; /* the application; all atomic from here */
  int responses;  /* that the session may end */
  int inhibited;  /* how often that was asked for */
  int released;
} Manager;

static Manager manager;

static void
call_cb (GDBusConnection *bus,
         const char *sender,
         const char *path,
         const char *interface,
         const char *method,
         GVariant *arguments,
         GDBusMethodInvocation *call,
         gpointer data)
{
  GVariant *answer = NULL;

  if (g_str_equal (method, "RegisterClient"))
    {
      g_atomic_int_inc (&manager.registered);
      answer = g_variant_new ("(o)", CLIENT);
    }
  else if (g_str_equal (method, "Inhibit"))
    {
      g_atomic_int_inc (&manager.inhibited);
      answer = g_variant_new ("(u)", 7u);
    }
  else if (g_str_equal (method, "Uninhibit"))
    g_atomic_int_inc (&manager.released);
  else if (g_str_equal (method, "EndSessionResponse"))
    {
      gboolean ok;

      g_variant_get (arguments, "(b&s)", &ok, NULL);
      if (ok)
        g_atomic_int_inc (&manager.responses);
    }
  g_dbus_method_invocation_return_value (call, answer);
}

static void
named_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  g_mutex_lock (&manager.lock);
  manager.ready = TRUE;
  g_cond_signal (&manager.named);
  g_mutex_unlock (&manager.lock);
}

static gpointer
manage (gpointer data)
{
  static const GDBusInterfaceVTable table = { .method_call = call_cb };
  g_autofree char *address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  guint name;

  g_main_context_push_thread_default (manager.context);
  manager.bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  g_assert_nonnull (manager.bus);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (g_dbus_connection_register_object (manager.bus, i == 0 ? PATH : CLIENT,
                                                         manager.node->interfaces[i], &table, NULL,
                                                         NULL, NULL),
                      !=, 0);
  name = g_bus_own_name_on_connection (manager.bus, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, named_cb,
                                       NULL, NULL, NULL);
  g_main_loop_run (manager.loop);
  g_bus_unown_name (name);
  g_dbus_connection_close_sync (manager.bus, NULL, NULL);
  g_clear_object (&manager.bus);
  g_main_context_pop_thread_default (manager.context);
  return NULL;
}

static void
manager_begin (void)
{
  manager.node = g_dbus_node_info_new_for_xml (xml, NULL);
  manager.context = g_main_context_new ();
  manager.loop = g_main_loop_new (manager.context, FALSE);
  manager.thread = g_thread_new ("session", manage, NULL);
  g_mutex_lock (&manager.lock);
  while (!manager.ready)
    g_cond_wait (&manager.named, &manager.lock);
  g_mutex_unlock (&manager.lock);
}

static void
manager_end (void)
{
  g_main_loop_quit (manager.loop);
  g_thread_join (manager.thread);
  g_main_loop_unref (manager.loop);
  g_main_context_unref (manager.context);
  g_dbus_node_info_unref (manager.node);
}

/* Somebody logs out. */
static void
ask_to_end (void)
{
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (manager.bus, NULL, CLIENT, NAME ".ClientPrivate",
                                 "QueryEndSession", g_variant_new ("(u)", 0u), &error);
  g_assert_no_error (error);
}

static gboolean
happened (UiDriver *driver, gpointer count)
{
  return g_atomic_int_get ((int *) count) > 0;
}

static void
set_up (UiDriver *driver, gconstpointer data)
{
  g_atomic_int_set (&manager.responses, 0);
  g_atomic_int_set (&manager.inhibited, 0);
  g_atomic_int_set (&manager.released, 0);
  ui_driver_set_up (driver, "a");
  g_assert_cmpint (g_atomic_int_get (&manager.registered), ==, 1);
}

static void
tear_down (UiDriver *driver, gconstpointer data)
{
  ui_driver_tear_down (driver);
}

/* What waits to be sent is sent, by a process that nobody waits for: the answer came before. */
static void
test_exchange (UiDriver *driver, gconstpointer data)
{
  g_autofree char *list = NULL;

  g_settings_set_uint (sat_settings (), "sync-interval", 60);
  sat_window_set_automatic (driver->window);
  g_free (ui_run (driver, "a", 0, "sync", NULL));
  ui_wait (driver, ui_says, (gpointer) "Nothing to send", "that all is sent");
  g_free (ui_run (driver, "a", 0, "new", "customer", "name=Hongda", NULL));
  ui_wait (driver, ui_says, (gpointer) "1 change to send", "that something waits");
  ask_to_end ();
  ui_wait (driver, happened, &manager.responses, "the answer");
  g_assert_false (sat_window_is_syncing (driver->window));
  ui_wait (driver, ui_says, (gpointer) "Nothing to send", "that it was sent");
  g_free (ui_run (driver, "b", 0, "sync", NULL));
  list = ui_run (driver, "b", 0, "list", "customer", "--json", NULL);
  g_assert_nonnull (strstr (list, "Hongda"));
  g_assert_cmpint (g_atomic_int_get (&manager.inhibited), ==, 0);
  g_settings_set_uint (sat_settings (), "sync-interval", 0);
}

/* The session manager is told of what is typed but not saved, until it is saved. */
static void
test_unsaved (UiDriver *driver, gconstpointer data)
{
  ui_act (driver, "win.new", "(sss)", "customer", "", "");
  ui_type (driver, "name", "Quanta");
  ask_to_end ();
  ui_wait (driver, happened, &manager.inhibited, "the session manager to be told");
  ui_wait (driver, happened, &manager.responses, "the answer");
  g_assert_cmpint (g_atomic_int_get (&manager.released), ==, 0);
  ui_act (driver, "win.save", NULL);
  ui_wait (driver, happened, &manager.released, "the session to be free to end");
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  manager_begin ();
  g_test_add ("/log-out/exchange", UiDriver, NULL, set_up, test_exchange, tear_down);
  g_test_add ("/log-out/unsaved", UiDriver, NULL, set_up, test_unsaved, tear_down);
  status = g_test_run ();
  manager_end ();
  return status;
}
