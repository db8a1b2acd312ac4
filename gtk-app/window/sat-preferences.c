/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/window/sat-preferences.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"

#define INTERVAL "sync-interval"

static const guint choices[] = { 5, 15, 30, 60, 0 };

static guint
choice_for (guint minutes)
{
  guint i = 0;

  while (choices[i] != 0 && choices[i] < minutes)
    i++;
  return minutes == 0 ? G_N_ELEMENTS (choices) - 1 : MIN (i, G_N_ELEMENTS (choices) - 2);
}

static char *
interval_text (guint minutes)
{
  return minutes > 0
             ? g_strdup_printf (ngettext ("Every minute", "Every %u minutes", minutes), minutes)
             : g_strdup (_ ("Only when asked"));
}

static void
chosen_cb (AdwComboRow *row, GParamSpec *spec, GSettings *settings)
{
  guint selected = adw_combo_row_get_selected (row);

  if (selected < G_N_ELEMENTS (choices))
    g_settings_set_uint (settings, INTERVAL, choices[selected]);
}

/* Any number of minutes may be locked, not only those that can be chosen. */
static GtkWidget *
locked_row (guint minutes)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *interval = interval_text (minutes);
  g_autofree char *text = g_strdup_printf (
      _ ("%s. Your administrator has set this; it cannot be changed here."), interval);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Exchange changes"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  gtk_widget_set_sensitive (row, FALSE);
  return row;
}

static GtkWidget *
choice_row (GSettings *settings)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *name = interval_text (choices[i]);

      gtk_string_list_append (names, name);
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Exchange changes"));
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  gtk_widget_set_sensitive (row, settings != NULL);
  if (settings == NULL)
    return row;
  adw_combo_row_set_selected (ADW_COMBO_ROW (row),
                              choice_for (g_settings_get_uint (settings, INTERVAL)));
  g_signal_connect (row, "notify::selected", G_CALLBACK (chosen_cb), settings);
  return row;
}

GtkWidget *
sat_preferences_interval_row (GSettings *settings)
{
  return settings != NULL && !g_settings_is_writable (settings, INTERVAL)
             ? locked_row (g_settings_get_uint (settings, INTERVAL))
             : choice_row (settings);
}

static GtkWidget *
place_row (const char *title, const char *place)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  return row;
}

GtkWindow *
sat_preferences_new (GtkWindow *parent, const char *home, const char *hub)
{
  GtkWidget *window = adw_preferences_window_new ();
  AdwPreferencesPage *page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  AdwPreferencesGroup *sync = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  AdwPreferencesGroup *workspace = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  adw_preferences_group_set_title (sync, _ ("Sync"));
  adw_preferences_group_set_description (
      sync, _ ("Changes are also exchanged after you have made some, when a network appears, on "
               "closing and logging out; never on a metered network."));
  adw_preferences_group_add (sync, sat_preferences_interval_row (sat_settings ()));
  adw_preferences_group_set_title (workspace, _ ("Workspace"));
  adw_preferences_group_add (workspace, place_row (_ ("Folder on this device"), home));
  if (hub != NULL && *hub != '\0')
    adw_preferences_group_add (workspace, place_row (_ ("Hub"), hub));
  adw_preferences_page_add (page, sync);
  adw_preferences_page_add (page, workspace);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), page);
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 520, 420);
  if (parent != NULL)
    gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  return GTK_WINDOW (window);
}
