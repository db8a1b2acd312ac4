/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every widget class comes into being and goes away, with warnings fatal: a name in a .ui file that
 * the class does not have, a missing handler, a child not let go of all end here. */
#include <adwaita.h>

#include "gtk-app/assign/sat-assign-page.h"
#include "gtk-app/book/sat-books-page.h"
#include "gtk-app/bulk/sat-bulk-page.h"
#include "gtk-app/conflict/sat-conflict-card.h"
#include "gtk-app/conflict/sat-conflict-page.h"
#include "gtk-app/detail/sat-history-list.h"
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/detail/sat-related-list.h"
#include "gtk-app/duplicate/sat-duplicate-page.h"
#include "gtk-app/field/sat-field-attachment.h"
#include "gtk-app/field/sat-field-choice.h"
#include "gtk-app/field/sat-field-date.h"
#include "gtk-app/field/sat-field-long-text.h"
#include "gtk-app/field/sat-field-money.h"
#include "gtk-app/field/sat-field-picture.h"
#include "gtk-app/field/sat-field-reference.h"
#include "gtk-app/field/sat-field-tags.h"
#include "gtk-app/field/sat-field-text.h"
#include "gtk-app/field/sat-field-yes-no.h"
#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/list/sat-list-row.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/search/sat-go-palette.h"
#include "gtk-app/sync/sat-sync-indicator.h"
#include "gtk-app/window/sat-join-page.h"
#include "gtk-app/window/sat-sidebar.h"
#include "gtk-app/window/sat-window.h"

static void
gone_cb (gpointer data, GObject *object)
{
  gboolean *gone = data;

  *gone = TRUE;
}

static void
test_widget (gconstpointer data)
{
  GType type = GPOINTER_TO_SIZE (data);
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));
  gboolean gone = FALSE;

  g_assert_nonnull (gtk_widget_get_first_child (widget));
  g_object_weak_ref (G_OBJECT (widget), gone_cb, &gone);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
  g_assert_true (gone);
}

/* The keys of the shortcuts window are read by GTK only when it is opened. */
static void
test_shortcuts (void)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (SAT_RESOURCE_ROOT
                                                                  "/gtk/help-overlay.ui");
  GObject *window = gtk_builder_get_object (builder, "help_overlay");

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Every icon that the program brings along is found by its name. */
static void
test_icons (void)
{
  static const char *const names[] = {
    "satchel-activity-symbolic", "satchel-agree-symbolic",    "satchel-conflict-symbolic",
    "satchel-contact-symbolic",  "satchel-customer-symbolic", "satchel-deal-symbolic",
    "satchel-product-symbolic",  "satchel-record-symbolic",   "satchel-sync-symbolic",
    "org.satchelcrm.Satchel",
  };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_resource_path (theme, SAT_RESOURCE_ROOT "/icons");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (gtk_icon_theme_has_icon (theme, names[i]));
}

int
main (int argc, char **argv)
{
  GType types[] = {
    SAT_TYPE_CONFLICT_CARD,    SAT_TYPE_CONFLICT_PAGE, SAT_TYPE_HISTORY_LIST,
    SAT_TYPE_RECORD_PAGE,      SAT_TYPE_RELATED_LIST,  SAT_TYPE_FIELD_CHOICE,
    SAT_TYPE_FIELD_DATE,       SAT_TYPE_FIELD_MONEY,   SAT_TYPE_FIELD_LONG_TEXT,
    SAT_TYPE_FIELD_ATTACHMENT, SAT_TYPE_FIELD_PICTURE, SAT_TYPE_FIELD_REFERENCE,
    SAT_TYPE_FIELD_TAGS,       SAT_TYPE_FIELD_TEXT,    SAT_TYPE_FIELD_YES_NO,
    SAT_TYPE_FIELD_ROW,        SAT_TYPE_LIST_PAGE,     SAT_TYPE_LIST_ROW,
    SAT_TYPE_ASSIGN_PAGE,      SAT_TYPE_BULK_PAGE,     SAT_TYPE_BOOKS_PAGE,
    SAT_TYPE_DUPLICATE_PAGE,   SAT_TYPE_GO_PALETTE,    SAT_TYPE_SYNC_INDICATOR,
    SAT_TYPE_JOIN_PAGE,        SAT_TYPE_SIDEBAR,       SAT_TYPE_WINDOW,
  };

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/templates/", g_type_name (types[i]), NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_widget);
    }
  g_test_add_func ("/templates/shortcuts", test_shortcuts);
  g_test_add_func ("/templates/icons", test_icons);
  return g_test_run ();
}
