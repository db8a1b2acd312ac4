/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held on to is the overlay that toasts appear in, since the page that offered the undo is
 * usually left at once. */
#include "config.h"

#include "gtk-app/sat-undo.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/sat-wait.h"

#define OFFER_SECONDS 20 /* longer than for a single record: there is more to look at first */
#define QUIET_MS 500     /* what is over sooner needs no telling that it goes on */

/* What is to be taken back, or done again. */
typedef struct
{
  GtkWidget *overlay;
  SatService *service;
  gint64 step; /* 0: the last one */
  gboolean redo;
} Offer;

typedef struct
{
  Offer *offer;
  SatWait *wait;
} Run;

static Offer *
offer_new (GtkWidget *overlay, SatService *service, gint64 step, gboolean redo)
{
  Offer *offer = g_new (Offer, 1);

  *offer = (Offer){ g_object_ref (overlay), g_object_ref (service), step, redo };
  return offer;
}

static void
offer_free (gpointer data)
{
  Offer *offer = data;

  g_object_unref (offer->overlay);
  g_object_unref (offer->service);
  g_free (offer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offer, offer_free)

/* ---- what became of it --------------------------------------------------------------------- */

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

/* Of one record it says which. */
static char *
single_text (const SatUndone *undone, gboolean redo)
{
  if (undone->removed > 0)
    return g_strdup_printf (redo ? _ ("Done again: “%s” removed") : _ ("Undone: “%s” removed"),
                            undone->title);
  if (undone->restored > 0)
    return g_strdup_printf (redo ? _ ("Done again: “%s” is back") : _ ("Undone: “%s” is back"),
                            undone->title);
  return g_strdup_printf (redo ? _ ("Done again: “%s” changed") : _ ("Undone: “%s” is as before"),
                          undone->title);
}

static char *
undone_text (const SatUndone *undone)
{
  guint64 changed = undone->changed + undone->restored;
  g_autofree char *removed_text = count_text (undone->removed);
  g_autofree char *changed_text = count_text (changed);

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

/* What it is now of the records. */
static char *
records_text (const SatUndone *undone, gboolean redo)
{
  guint64 all = undone->removed + undone->changed + undone->restored;
  guint left = count_left (undone);
  g_autofree char *all_text = count_text (all);
  g_autofree char *left_text = count_text (left);

  if (all == 0)
    return g_strdup (redo ? _ ("Nothing was done again: all of it has been changed since")
                          : _ ("Nothing was undone: all of it has been changed since"));
  if (left > 0)
    return g_strdup_printf (
        redo ? ngettext ("Done again, but for %s record that has been changed since",
                         "Done again, but for %s records that have been changed since", left)
             : ngettext ("Undone, but for %s record that has been changed since",
                         "Undone, but for %s records that have been changed since", left),
        left_text);
  if (all == 1 && undone->title != NULL && *undone->title != '\0')
    return single_text (undone, redo);
  if (redo)
    return g_strdup_printf (
        ngettext ("Done again: %s record", "Done again: %s records", (gulong) all), all_text);
  return undone_text (undone);
}

/* A conflict is not made again: who else wrote is in the history. */
static char *
result_text (const SatUndone *undone, gboolean redo)
{
  g_autofree char *text = records_text (undone, redo);

  if (undone->settled == 0 || redo)
    return g_steal_pointer (&text);
  return g_strdup_printf (ngettext ("%s; the conflict stays settled, see its history",
                                    "%s; the conflicts stay settled, see their history",
                                    (gulong) undone->settled),
                          text);
}

/* ---- taking back --------------------------------------------------------------------------- */

typedef struct
{
  gint64 step;
  gboolean redo;
} Wanted;

static gpointer
undo (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wanted *wanted = data;

  if (wanted->step != 0)
    return sat_workspace_undo_step (workspace, wanted->step, error);
  return wanted->redo ? sat_workspace_redo (workspace, 1, error)
                      : sat_workspace_undo (workspace, 1, error);
}

static void
run_free (Run *run)
{
  sat_wait_end (run->wait);
  offer_free (run->offer);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

#define OFFERED "sat-undo-offered"

static void clicked_cb (AdwToast *toast, Offer *offer);

/* What was offered last is no offer any more, and must not hide what comes. */
static void
withdraw (GtkWidget *overlay)
{
  AdwToast *toast = g_object_get_data (G_OBJECT (overlay), OFFERED);

  if (toast != NULL)
    adw_toast_dismiss (toast);
  g_object_set_data (G_OBJECT (overlay), OFFERED, NULL);
}

static void
offer_closure_free (gpointer data, GClosure *closure)
{
  offer_free (data);
}

/* A toast TEXT whose BUTTON leads to OFFER (taken; NULL: it has none). */
static void
show_offer (GtkWidget *overlay, const char *text, const char *button, Offer *offer)
{
  AdwToast *toast = sat_toast_new (text);

  if (offer != NULL)
    {
      adw_toast_set_button_label (toast, button);
      adw_toast_set_timeout (toast, OFFER_SECONDS);
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (clicked_cb), offer,
                             offer_closure_free, 0);
    }
  g_object_set_data_full (G_OBJECT (overlay), OFFERED, g_object_ref (toast), g_object_unref);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
}

/* The toast leads the other way. */
static void
undone_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  const Offer *offer = run->offer;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatUndone) undone = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = undone != NULL ? result_text (undone, offer->redo) : NULL;

  if (text == NULL)
    sat_toast_error (offer->overlay, error, NULL);
  else
    show_offer (offer->overlay, text, offer->redo ? _ ("_Undo") : _ ("_Redo"),
                offer_new (offer->overlay, offer->service, 0, !offer->redo));
}

static void
begin (gpointer data)
{
  const Offer *offer = data;
  Wanted *wanted = g_new (Wanted, 1);
  Run *run = g_new0 (Run, 1);

  withdraw (offer->overlay);
  *wanted = (Wanted){ offer->step, offer->redo };
  run->offer = offer_new (offer->overlay, offer->service, offer->step, offer->redo);
  run->wait = sat_wait_begin (offer->overlay, QUIET_MS,
                              offer->redo ? _ ("Doing it again…") : _ ("Undoing…"));
  sat_service_write (offer->service, undo, wanted, g_free, (GDestroyNotify) sat_undone_free, NULL,
                     undone_cb, run);
}

static void
clicked_cb (AdwToast *toast, Offer *offer)
{
  begin (offer);
}

void
sat_undo_offer (GtkWidget *widget, SatService *service, const char *text, gint64 step)
{
  GtkWidget *overlay = ADW_IS_TOAST_OVERLAY (widget)
                           ? widget
                           : gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);

  if (overlay == NULL)
    return;
  withdraw (overlay);
  show_offer (overlay, text, _ ("_Undo"),
              step != 0 ? offer_new (overlay, service, step, FALSE) : NULL);
}

void
sat_undo_last (GtkWidget *widget, SatService *service, gboolean redo)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (Offer) offer = NULL;

  if (overlay == NULL)
    return;
  offer = offer_new (overlay, service, 0, redo);
  begin (offer);
}
