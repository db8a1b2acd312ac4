/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is held on to is the overlay that toasts appear in, since pages come and go. */
#include "config.h"

#include "gtk-app/sat-wait.h"

#include <adwaita.h>

struct _SatWait
{
  AdwToastOverlay *overlay; /* NULL: there is none */
  AdwToast *toast;          /* NULL: not shown yet */
  char *text;
  guint source;
};

static gboolean
show_cb (gpointer data)
{
  SatWait *wait = data;
  g_autofree char *escaped = g_markup_escape_text (wait->text, -1);

  wait->source = 0;
  wait->toast = g_object_ref (adw_toast_new (escaped));
  adw_toast_set_timeout (wait->toast, 0);
  adw_toast_overlay_add_toast (wait->overlay, wait->toast);
  return G_SOURCE_REMOVE;
}

SatWait *
sat_wait_begin (GtkWidget *widget, guint after_ms, const char *text)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  SatWait *wait = g_new0 (SatWait, 1);

  if (overlay == NULL)
    return wait;
  wait->overlay = g_object_ref (ADW_TOAST_OVERLAY (overlay));
  wait->text = g_strdup (text);
  wait->source = g_timeout_add (after_ms, show_cb, wait);
  return wait;
}

void
sat_wait_end (SatWait *wait)
{
  if (wait == NULL)
    return;
  g_clear_handle_id (&wait->source, g_source_remove);
  if (wait->toast != NULL)
    adw_toast_dismiss (wait->toast);
  g_clear_object (&wait->toast);
  g_clear_object (&wait->overlay);
  g_free (wait->text);
  g_free (wait);
}
