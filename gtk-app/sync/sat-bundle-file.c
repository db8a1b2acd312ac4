/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sync/sat-bundle-file.h"

#include <glib/gi18n.h>

/* A file chooser that is open. */
typedef struct
{
  SatSyncIndicator *sync; /* weak */
  gboolean write;
} Choice;

static void
choice_free (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_clear_weak_pointer (&choice->sync);
  g_free (choice);
}

static void
run_file (SatSyncIndicator *sync, GFile *file, gboolean write)
{
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  if (write)
    sat_sync_indicator_write_file (sync, path);
  else
    sat_sync_indicator_read_file (sync, path);
}

static void
response_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  const Choice *choice = data;

  if (response == GTK_RESPONSE_ACCEPT && choice->sync != NULL)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));

      run_file (choice->sync, file, choice->write);
    }
  g_object_unref (dialog);
}

static void
add_filter (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Files of changes"));
  gtk_file_filter_add_suffix (filter, "bundle");
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
choose (SatSyncIndicator *sync, GtkWindow *parent, gboolean write)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      write ? _ ("Write Changes to File") : _ ("Read Changes from File"), parent,
      write ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      write ? _ ("_Write") : _ ("_Read"), NULL);
  Choice *choice = g_new0 (Choice, 1);

  g_set_weak_pointer (&choice->sync, sync);
  choice->write = write;
  if (write)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
      /* Translators: the name of a file; %s is a day. */
      g_autofree char *name = g_strdup_printf (_ ("changes %s.bundle"), day);

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }
  add_filter (GTK_FILE_CHOOSER (chooser));
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), choice, choice_free, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

void
sat_bundle_file_run (SatSyncIndicator *sync, GtkWindow *parent, gboolean write, const char *address)
{
  if (*address == '\0')
    choose (sync, parent, write);
  else
    {
      g_autoptr (GFile) file = g_file_new_for_uri (address);

      run_file (sync, file, write);
    }
}
