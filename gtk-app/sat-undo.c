/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held on to is the overlay that toasts appear in, since the page that offered the undo is
 * usually left at once. */
#include "config.h"

#include "gtk-app/sat-undo.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define OFFER_SECONDS 20 /* longer than for a single record: there is more to look at first */
#define QUIET_MS 500     /* what is over sooner needs no telling that it goes on */

typedef struct
{
  GtkWidget *overlay;
  SatService *service;
  gint64 step;
} Offer;

typedef struct
{
  GtkWidget *overlay;
  AdwToast *busy; /* NULL: not shown */
  guint source;
} Run;

static char *
count_text (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return sat_number_text (digits);
}

/* Records of which something was left. */
static guint
count_left (const SatUndone *undone)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (sat_id_hash, sat_id_equal);

  for (guint i = 0; i < undone->left->len; i++)
    {
      SatUndoLeft *left = g_ptr_array_index (undone->left, i);

      g_hash_table_add (ids, &left->id);
    }
  return g_hash_table_size (ids);
}

static char *
result_text (const SatUndone *undone)
{
  guint64 changed = undone->changed + undone->restored;
  guint left = count_left (undone);
  g_autofree char *removed_text = count_text (undone->removed);
  g_autofree char *changed_text = count_text (changed);
  g_autofree char *left_text = count_text (left);

  if (undone->removed + changed == 0)
    return g_strdup (_ ("Nothing was undone: all of it has been changed since"));
  if (left > 0)
    return g_strdup_printf (ngettext ("Undone, but for %s record that has been changed since",
                                      "Undone, but for %s records that have been changed since",
                                      left),
                            left_text);
  if (changed == 0)
    return g_strdup_printf (ngettext ("Undone: %s record removed", "Undone: %s records removed",
                                      (gulong) undone->removed),
                            removed_text);
  if (undone->removed == 0)
    return g_strdup_printf (ngettext ("Undone: %s record is as before",
                                      "Undone: %s records are as before", (gulong) changed),
                            changed_text);
  return g_strdup_printf (_ ("Undone: %s removed, %s as before"), removed_text, changed_text);
}

/* ---- taking back --------------------------------------------------------------------------- */

static gpointer
undo (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return sat_workspace_undo_step (workspace, *(gint64 *) data, error);
}

static gboolean
busy_cb (gpointer data)
{
  Run *run = data;

  run->source = 0;
  run->busy = g_object_ref (adw_toast_new (_ ("Undoing…")));
  adw_toast_set_timeout (run->busy, 0);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (run->overlay), run->busy);
  return G_SOURCE_REMOVE;
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Run *run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = undone != NULL ? result_text (undone) : NULL;

  g_clear_handle_id (&run->source, g_source_remove);
  if (run->busy != NULL)
    adw_toast_dismiss (run->busy);
  if (text != NULL)
    sat_toast (run->overlay, text, NULL, NULL, NULL, NULL);
  else
    sat_toast_error (run->overlay, error, NULL);
  g_clear_object (&run->busy);
  g_object_unref (run->overlay);
  g_free (run);
}

static void
clicked_cb (AdwToast *toast, Offer *offer)
{
  Run *run = g_new0 (Run, 1);

  run->overlay = g_object_ref (offer->overlay);
  run->source = g_timeout_add (QUIET_MS, busy_cb, run);
  sat_service_write (offer->service, undo, g_memdup2 (&offer->step, sizeof offer->step), g_free,
                     (GDestroyNotify) sat_undone_free, NULL, undone_cb, run);
}

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *offer = data;

  g_object_unref (offer->overlay);
  g_object_unref (offer->service);
  g_free (offer);
}

void
sat_undo_offer (GtkWidget *widget, SatService *service, const char *text, gint64 step)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast;
  Offer *offer;

  if (overlay == NULL)
    return;
  toast = adw_toast_new (escaped);
  if (step != 0)
    {
      offer = g_new0 (Offer, 1);
      offer->overlay = g_object_ref (overlay);
      offer->service = g_object_ref (service);
      offer->step = step;
      adw_toast_set_button_label (toast, _ ("_Undo"));
      adw_toast_set_timeout (toast, OFFER_SECONDS);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (clicked_cb), offer, offer_free,
                             0);
    }
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}
