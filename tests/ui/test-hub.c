/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub's computer asks, with real ones on this machine: who it is (ssh, https), and who we
 * are (http). Asked on joining, and when an exchange meets it later. */
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/sync/sat-hub-dialog.h"
#include "gtk-app/sync/sat-sync-indicator.h"
#include "gtk-app/window/sat-join-page.h"
#include "tests/support/net.h"
#include "tests/support/temp-dir.h"
#include "tests/ui/ui-driver.h"

#include <glib/gstdio.h>

typedef struct
{
  UiDriver driver;
  char *host_key;
  Net *net;
  char *url;
} Hub;

/* The window on a laptop that has not joined. */
static void
set_up (Hub *hub, gconstpointer data)
{
  ui_driver_set_up (&hub->driver, "c");
  hub->host_key = g_build_filename (hub->driver.dir, "host_key", NULL);
  g_free (
      net_run (hub->driver.dir, "git", "-C", "hub", "config", "http.receivepack", "true", NULL));
}

static void
tear_down (Hub *hub, gconstpointer data)
{
  if (hub->net != NULL)
    net_stop (hub->net);
  g_free (hub->host_key);
  g_free (hub->url);
  ui_driver_tear_down (&hub->driver);
}

static void
start_ssh (Hub *hub)
{
  g_autofree char *authorized = g_build_filename (g_getenv ("HOME"), ".ssh", "id_ed25519.pub",
                                                  NULL);

  net_make_key (hub->host_key, "");
  hub->net = net_ssh (hub->driver.dir, hub->host_key, authorized);
  hub->url = g_strdup_printf ("ssh://127.0.0.1:%u%s/hub", net_port (hub->net), hub->driver.dir);
}

static void
start_web (Hub *hub, NetWeb kind)
{
  g_autofree char *certificate = g_build_filename (hub->driver.dir, "certificate", NULL);

  if (kind == NET_HTTPS)
    net_make_certificate (certificate);
  hub->net = net_web (hub->driver.dir, hub->driver.dir, kind, certificate);
  hub->url = g_strdup_printf ("%s://127.0.0.1:%u/git/hub", kind == NET_HTTPS ? "https" : "http",
                              net_port (hub->net));
}

static char *
fingerprint (Hub *hub)
{
  g_autofree char *out = net_run (NULL, "ssh-keygen", "-lf", hub->host_key, NULL);
  g_auto (GStrv) words = g_strsplit (out, " ", 3);

  return g_strdup (words[1]);
}

/* ---- the dialog ---- */

static SatHubDialog *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  SatHubDialog *found = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (windows) && found == NULL; i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SAT_IS_HUB_DIALOG (window))
        found = SAT_HUB_DIALOG (window);
    }
  return found;
}

static gboolean
dialog_shown (UiDriver *driver, gpointer data)
{
  return find_dialog () != NULL;
}

static gboolean
dialog_gone (UiDriver *driver, gpointer data)
{
  return find_dialog () == NULL;
}

static SatHubDialog *
wait_for_dialog (Hub *hub, const char *heading)
{
  SatHubDialog *dialog;

  ui_wait (&hub->driver, dialog_shown, NULL, heading);
  dialog = find_dialog ();
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, heading);
  return dialog;
}

static gboolean
can_go_on (SatHubDialog *dialog)
{
  return adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "go-on");
}

static void
answer (Hub *hub, SatHubDialog *dialog, const char *response)
{
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_close (GTK_WINDOW (dialog));
}

static void
assert_safe (SatHubDialog *dialog)
{
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  g_assert_cmpstr (adw_message_dialog_get_default_response (message), ==, "cancel");
  g_assert_cmpstr (adw_message_dialog_get_close_response (message), ==, "cancel");
}

static gboolean
shows (SatHubDialog *dialog, const char *text)
{
  return ui_find (GTK_WIDGET (dialog), GTK_TYPE_LABEL, text) != NULL;
}

static void
sign_in (Hub *hub, SatHubDialog *dialog, const char *user, const char *secret)
{
  GtkWidget *first = ui_find (GTK_WIDGET (dialog), ADW_TYPE_ENTRY_ROW, NULL);
  GtkWidget *second = ui_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);

  g_assert_false (can_go_on (dialog));
  gtk_editable_set_text (GTK_EDITABLE (first), user);
  gtk_editable_set_text (GTK_EDITABLE (second), secret);
  g_assert_true (can_go_on (dialog));
  answer (hub, dialog, "go-on");
}

/* ---- the window ---- */

static GtkWidget *
find_row (GtkWidget *widget, const char *title)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    if (ADW_IS_ENTRY_ROW (child) &&
        g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (child)), title))
      found = child;
    else
      found = find_row (child, title);
  return found;
}

static void
join (Hub *hub)
{
  GtkWidget *row = find_row (GTK_WIDGET (hub->driver.window), "Hub: folder or address");

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), hub->url);
  ui_click (&hub->driver, "Join");
}

static gboolean
joined (UiDriver *driver, gpointer data)
{
  return sat_window_get_service (driver->window) != NULL &&
         SAT_IS_LIST_PAGE (sat_window_get_page (driver->window));
}

static GtkWidget *
indicator (Hub *hub)
{
  return ui_find (GTK_WIDGET (hub->driver.window), SAT_TYPE_SYNC_INDICATOR, NULL);
}

static gboolean
idle (UiDriver *driver, gpointer data)
{
  return !sat_window_is_syncing (driver->window);
}

static gboolean
answer_offered (Hub *hub)
{
  return gtk_widget_get_visible (ui_find (indicator (hub), GTK_TYPE_BUTTON, "_Answer…"));
}

/* ---- tests ---- */

static void
replace_host_key (Hub *hub)
{
  g_autofree char *public = g_strconcat (hub->host_key, ".pub", NULL);

  g_assert_cmpint (g_unlink (hub->host_key), ==, 0);
  g_assert_cmpint (g_unlink (public), ==, 0);
  net_make_key (hub->host_key, "");
}

/* An unknown computer is accepted by its fingerprint; one that is another than before only after
 * the person has said that it was named to them. */
static void
test_ssh (Hub *hub, gconstpointer data)
{
  g_autofree char *before = NULL;
  g_autofree char *now = NULL;
  SatHubDialog *dialog;
  GtkWidget *check;

  start_ssh (hub);
  before = fingerprint (hub);
  join (hub);
  dialog = wait_for_dialog (hub, "Is This Your Hub?");
  g_assert_true (shows (dialog, before));
  assert_safe (dialog);
  answer (hub, dialog, "cancel");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  g_assert_true (
      ui_says (&hub->driver, (gpointer) "The hub’s computer “127.0.0.1” is not known here yet"));
  g_assert_false (joined (&hub->driver, NULL));
  ui_click (&hub->driver, "Join");
  answer (hub, wait_for_dialog (hub, "Is This Your Hub?"), "go-on");
  ui_wait (&hub->driver, joined, NULL, "the workspace");

  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
  replace_host_key (hub);
  now = fingerprint (hub);
  ui_act (&hub->driver, "win.sync", NULL);
  dialog = wait_for_dialog (hub, "The Hub Shows Another Key");
  g_assert_true (shows (dialog, before));
  g_assert_true (shows (dialog, now));
  assert_safe (dialog);
  g_assert_false (can_go_on (dialog));
  check = ui_find (GTK_WIDGET (dialog), GTK_TYPE_CHECK_BUTTON, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
  g_assert_true (can_go_on (dialog));
  answer (hub, dialog, "go-on");
  g_assert_true (sat_window_is_syncing (hub->driver.window));
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  g_assert_false (answer_offered (hub));
  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
}

static void
change_passphrase (const char *old, const char *new)
{
  g_autofree char *key = g_build_filename (g_getenv ("HOME"), ".ssh", "id_ed25519", NULL);

  g_free (net_run (NULL, "ssh-keygen", "-q", "-p", "-P", old, "-N", new, "-f", key, NULL));
}

static void
unlock (Hub *hub, SatHubDialog *dialog, const char *passphrase, gboolean keep)
{
  GtkWidget *entry = ui_find (GTK_WIDGET (dialog), ADW_TYPE_PASSWORD_ENTRY_ROW, NULL);
  GtkWidget *button = ui_find (GTK_WIDGET (dialog), GTK_TYPE_SWITCH, NULL);

  g_assert_false (can_go_on (dialog));
  gtk_editable_set_text (GTK_EDITABLE (entry), passphrase);
  gtk_switch_set_active (GTK_SWITCH (button), keep);
  g_assert_true (can_go_on (dialog));
  answer (hub, dialog, "go-on");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
}

/* A key with a passphrase is unlocked for one exchange, or for good. */
static void
test_passphrase (Hub *hub, gconstpointer data)
{
  SatHubDialog *dialog;

  change_passphrase ("", "öffne");
  start_ssh (hub);
  join (hub);
  answer (hub, wait_for_dialog (hub, "Is This Your Hub?"), "go-on");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  unlock (hub, wait_for_dialog (hub, "Unlock Your ssh Key"), "wrong", FALSE);
  dialog = wait_for_dialog (hub, "Unlock Your ssh Key");
  g_assert_true (
      shows (dialog, "The key in “~/.ssh/id_ed25519” did not open the hub. Either the passphrase "
                     "was wrong, or the hub does not know this key. Type the passphrase once "
                     "more."));
  unlock (hub, dialog, "öffne", FALSE);
  ui_wait (&hub->driver, joined, NULL, "the workspace");

  ui_act (&hub->driver, "win.sync", NULL);
  unlock (hub, wait_for_dialog (hub, "Unlock Your ssh Key"), "öffne", TRUE);
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
  g_free (ui_run (&hub->driver, "c", 0, "hub", "key", "--forget", NULL));
  ui_act (&hub->driver, "win.sync", NULL);
  answer (hub, wait_for_dialog (hub, "Unlock Your ssh Key"), "cancel");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  g_assert_true (ui_says (&hub->driver, (gpointer) "Your ssh key has a passphrase"));
  change_passphrase ("öffne", "");
}

/* Nobody vouches for the certificate. What nobody asked for does not pop up. */
static void
test_certificate (Hub *hub, gconstpointer data)
{
  g_autofree char *file = g_build_filename (hub->driver.home, "known_hubs", NULL);
  SatHubDialog *dialog;

  start_web (hub, NET_HTTPS);
  join (hub);
  dialog = wait_for_dialog (hub, "Is This Your Hub?");
  assert_safe (dialog);
  answer (hub, dialog, "go-on");
  ui_wait (&hub->driver, joined, NULL, "the workspace");

  g_assert_cmpint (g_unlink (file), ==, 0);
  sat_sync_indicator_start_unasked (SAT_SYNC_INDICATOR (indicator (hub)));
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  g_assert_null (find_dialog ());
  g_assert_true (answer_offered (hub));
  g_assert_true (
      ui_says (&hub->driver, (gpointer) "Nobody vouches for the hub’s computer “127.0.0.1”"));
  ui_click (&hub->driver, "_Answer…");
  answer (hub, wait_for_dialog (hub, "Is This Your Hub?"), "go-on");
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  g_assert_false (answer_offered (hub));
}

/* A wrong password is asked for again; the right one is kept, and asked for when it is gone. */
static void
test_login (Hub *hub, gconstpointer data)
{
  SatHubDialog *dialog;

  start_web (hub, NET_HTTP_LOGIN);
  join (hub);
  sign_in (hub, wait_for_dialog (hub, "Sign In to the Hub"), NET_USER, "wrong");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  dialog = wait_for_dialog (hub, "Sign In to the Hub");
  g_assert_true (shows (dialog,
                        "“127.0.0.1” did not accept that. Type user and password, or token, "
                        "once more."));
  sign_in (hub, dialog, NET_USER, NET_SECRET);
  ui_wait (&hub->driver, joined, NULL, "the workspace");

  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
  g_free (ui_run (&hub->driver, "c", 0, "hub", "login", "--forget", NULL));
  ui_act (&hub->driver, "win.sync", NULL);
  sign_in (hub, wait_for_dialog (hub, "Sign In to the Hub"), NET_USER, NET_SECRET);
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
}

/* A laptop that has joined. */
static void
set_up_joined (Hub *hub, gconstpointer data)
{
  ui_driver_set_up (&hub->driver, "a");
  hub->host_key = g_build_filename (hub->driver.dir, "host_key", NULL);
}

/* A book's server asks by the book's name; what is typed for it is kept for it. */
static void
test_book (Hub *hub, gconstpointer data)
{
  g_autofree char *url = NULL;
  SatHubDialog *dialog;

  g_free (net_run (hub->driver.dir, "git", "init", "-q", "--bare", "accounts", NULL));
  g_free (net_run (hub->driver.dir, "git", "-C", "accounts", "config", "http.receivepack", "true",
                   NULL));
  start_web (hub, NET_HTTP_LOGIN);
  url = g_strdup_printf ("http://127.0.0.1:%u/git/accounts", net_port (hub->net));
  g_free (ui_run (&hub->driver, "a", 0, "book", "create", "key", "--name", "Key accounts",
                  "--repository", url, NULL));
  ui_act (&hub->driver, "win.sync", NULL);
  dialog = wait_for_dialog (hub, "Sign In to the Server of “Key accounts”");
  sign_in (hub, dialog, NET_USER, "wrong");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  dialog = wait_for_dialog (hub, "Sign In to the Server of “Key accounts”");
  answer (hub, dialog, "cancel");
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  g_assert_true (ui_says (&hub->driver,
                          (gpointer) "“127.0.0.1”, the server of the book “Key accounts”, did not "
                                     "accept user and password"));
  ui_click (&hub->driver, "_Answer…");
  sign_in (hub, wait_for_dialog (hub, "Sign In to the Server of “Key accounts”"), NET_USER,
           NET_SECRET);
  ui_wait (&hub->driver, dialog_gone, NULL, "the dialog's end");
  ui_wait (&hub->driver, idle, NULL, "the exchange");
  ui_sync (&hub->driver);
  g_assert_null (find_dialog ());
  g_assert_false (answer_offered (hub));
}

/* Nothing of the person who runs the tests: neither ssh keys nor a key ring. */
static char *
make_home (void)
{
  char *home = temp_dir_new ();
  g_autofree char *ring = g_build_filename (home, "keyring", NULL);
  g_autofree char *ssh = g_build_filename (home, ".ssh", NULL);
  g_autofree char *key = g_build_filename (ssh, "id_ed25519", NULL);

  g_assert_cmpint (g_mkdir (ssh, 0700), ==, 0);
  g_setenv ("HOME", home, TRUE);
  g_unsetenv ("SSH_AUTH_SOCK");
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", ring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_setenv ("GIT_CONFIG_NOSYSTEM", "1", TRUE);
  /* For the command line: tests/fault looks for its leaks. */
  g_setenv ("ASAN_OPTIONS", "detect_leaks=0", TRUE);
  net_make_key (key, "");
  return home;
}

int
main (int argc, char **argv)
{
  char *home = make_home ();
  int status;

  gtk_test_init (&argc, &argv, NULL);
  g_test_add ("/hub/ssh", Hub, NULL, set_up, test_ssh, tear_down);
  g_test_add ("/hub/passphrase", Hub, NULL, set_up, test_passphrase, tear_down);
  g_test_add ("/hub/certificate", Hub, NULL, set_up, test_certificate, tear_down);
  g_test_add ("/hub/login", Hub, NULL, set_up, test_login, tear_down);
  g_test_add ("/hub/book", Hub, NULL, set_up_joined, test_book, tear_down);
  status = g_test_run ();
  temp_dir_free (home);
  return status;
}
