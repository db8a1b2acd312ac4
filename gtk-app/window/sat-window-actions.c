/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's actions (see sat-window.h). */
#include "config.h"

#include <glib/gi18n.h>

#include "core/base/sat-locks.h"
#include "core/workspace/sat-workspace-convert.h"
#include "gtk-app/approval/sat-approvals-page.h"
#include "gtk-app/assign/sat-assign-page.h"
#include "gtk-app/bulk/sat-bulk-page.h"
#include "gtk-app/conflict/sat-conflict-page.h"
#include "gtk-app/convert/sat-convert.h"
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/duplicate/sat-duplicate-page.h"
#include "gtk-app/import/sat-import-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/model/sat-lookup.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sync/sat-bundle-file.h"
#include "gtk-app/window/sat-preferences.h"
#include "gtk-app/window/sat-window-private.h"

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sat_window_show_place (SAT_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

/* ---- records ------------------------------------------------------------------------------- */

typedef struct
{
  SatWindow *self;
  SatId id;
} Opening;

static void
object_found_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  g_autoptr (SatWindow) self = opening->self;
  const SatObject *object = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (object != NULL)
    sat_window_show_page (self, sat_window_record_page (self, object, &opening->id, NULL, NULL));
  else
    sat_toast (GTK_WIDGET (self->content), _ ("That record is not on this device"), NULL, NULL,
               NULL, NULL);
  g_free (opening);
}

static void
open_record (SatWindow *self, const char *name, const char *text, const char *field_name)
{
  const SatObject *object = sat_window_find_object (self, name);
  const SatField *field = object != NULL ? sat_object_find (object, field_name) : NULL;
  SatId id;

  if (self->service == NULL || !sat_id_parse (text, &id))
    return;
  if (object == NULL)
    {
      Opening *opening = g_new0 (Opening, 1);

      opening->self = g_object_ref (self);
      opening->id = id;
      sat_lookup_object_async (self->service, &id, object_found_cb, opening);
      return;
    }
  sat_window_show_page (self, sat_window_record_page (self, object, &id, NULL, NULL));
  if (field != NULL)
    sat_record_page_focus_field (SAT_RECORD_PAGE (sat_window_get_page (self)), field);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *object;
  const char *id;

  g_variant_get (parameter, "(&s&s)", &object, &id);
  open_record (SAT_WINDOW (widget), object, id, "");
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  const char *object;
  const char *id;
  const char *field;

  g_variant_get (parameter, "(&s&s&s)", &object, &id, &field);
  open_record (SAT_WINDOW (widget), object, id, field);
}

static void
new_record (SatWindow *self, const SatObject *object, const char *field_name, const char *value)
{
  const SatField *field = object != NULL ? sat_object_find (object, field_name) : NULL;

  if (object == NULL)
    return;
  sat_window_show_page (self, sat_window_record_page (self, object, NULL, field, value));
}

static void
new_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  const char *object;
  const char *field;
  const char *value;

  g_variant_get (parameter, "(&s&s&s)", &object, &field, &value);
  new_record (self, sat_window_find_object (self, object), field, value);
}

/* Where the page says nothing about kinds, a new customer is meant. */
static void
new_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatObject *object = page != NULL ? sat_page_get_object (page) : NULL;

  if (object == NULL || object->managed)
    object = sat_window_find_object (self, "customer");
  new_record (self, object, "", NULL);
}

static void
import_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatObject *object = page != NULL ? sat_page_get_object (page) : NULL;

  if (object == NULL || object->system)
    object = sat_window_find_object (self, "customer");
  if (self->service != NULL && object != NULL)
    sat_window_import (self, object, NULL);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  const SatObject *object;
  const char *object_name;
  const char *address;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&s&s)", &object_name, &address);
  object = sat_window_find_object (self, object_name);
  if (object == NULL || object->system)
    return;
  file = g_file_new_for_uri (address);
  sat_window_import (self, object, file);
}

/* Else it is said who has locked it. */
static gboolean
is_open (SatWindow *self, SatLock lock)
{
  g_autoptr (GError) error = NULL;

  if (sat_locks_check (lock, &error))
    return TRUE;
  sat_toast_error (GTK_WIDGET (self->content), error, NULL);
  return FALSE;
}

static void
export_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatObject *object = page != NULL ? sat_page_get_object (page) : NULL;

  if (object == NULL || object->system)
    object = sat_window_find_object (self, "customer");
  if (self->service != NULL && object != NULL && is_open (self, SAT_LOCK_EXPORT))
    sat_window_export (self, object);
}

/* The records that the list shows. */
static void
bulk_here_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  SatListPage *list;

  if (page == NULL || !SAT_IS_LIST_PAGE (page) || !sat_bulk_page_takes (sat_page_get_object (page)))
    return;
  list = SAT_LIST_PAGE (page);
  sat_window_show_page (self,
                        SAT_PAGE (sat_bulk_page_new (self->service, sat_page_get_object (page),
                                                     sat_list_page_get_words (list),
                                                     sat_list_page_get_condition (list))));
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  const SatObject *object;
  const char *object_name;
  const char *address;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&s&s)", &object_name, &address);
  object = sat_window_find_object (self, object_name);
  if (object == NULL || object->system || !is_open (self, SAT_LOCK_EXPORT))
    return;
  file = g_file_new_for_uri (address);
  sat_export_page_save (sat_window_export (self, object), file);
}

static void
conflict_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  const char *object_name;
  const char *text;
  const char *field_name;
  const SatObject *object;
  SatId id;

  g_variant_get (parameter, "(&s&s&s)", &object_name, &text, &field_name);
  object = sat_window_find_object (self, object_name);
  if (object == NULL || !sat_id_parse (text, &id))
    return;
  sat_window_show_place (self, "conflicts");
  sat_conflict_page_select (SAT_CONFLICT_PAGE (sat_window_get_page (self)), &id,
                            sat_object_find (object, field_name));
}

static void
approvals_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  int which = CLAMP (g_variant_get_int32 (parameter), 0, (int) SAT_APPROVALS_ALL);

  if (self->service == NULL)
    return;
  sat_window_show_place (self, "approvals");
  sat_approvals_page_show (SAT_APPROVALS_PAGE (sat_window_get_page (self)),
                           (SatApprovalsWhich) which);
}

static void
compare_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  const char *object_name;
  const char *texts[2];
  const SatObject *object;
  SatId ids[2];

  g_variant_get (parameter, "(&s&s&s)", &object_name, &texts[0], &texts[1]);
  object = sat_window_find_object (self, object_name);
  if (object == NULL || !sat_id_parse (texts[0], &ids[0]) || !sat_id_parse (texts[1], &ids[1]))
    return;
  sat_window_show_page (
      self, SAT_PAGE (sat_duplicate_page_new (self->service, object, &ids[0], &ids[1])));
}

/* win.assign, win.hand-over: once for a record */
static void
assign_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatId *id;

  if (page == NULL || !SAT_IS_RECORD_PAGE (page))
    return;
  id = sat_record_page_get_id (SAT_RECORD_PAGE (page));
  if (id != NULL)
    sat_window_show_page (self,
                          SAT_PAGE (sat_assign_page_new (self->service, sat_page_get_object (page),
                                                         id, g_str_equal (name, "win.hand-over"))));
}

static void
convert_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatId *id = page != NULL && SAT_IS_RECORD_PAGE (page)
                        ? sat_record_page_get_id (SAT_RECORD_PAGE (page))
                        : NULL;

  if (id != NULL)
    sat_convert_ask (GTK_WIDGET (self->content), self->service, id);
}

/* ---- what the page does -------------------------------------------------------------------- */

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sat_window_go_back (SAT_WINDOW (widget));
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);
  const SatObject *object = page != NULL ? sat_page_get_object (page) : NULL;

  /* From a record one searches among its kind. */
  if (page != NULL && SAT_IS_RECORD_PAGE (page) && object != NULL)
    sat_window_show_place (self, object->name);
  page = sat_window_get_page (self);
  if (page != NULL)
    sat_page_search (page);
}

static void
go_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);

  if (self->service != NULL)
    sat_go_palette_open (self->palette);
}

static void
sync_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  sat_sync_indicator_start (sat_sidebar_get_sync (SAT_WINDOW (widget)->sidebar));
}

static void
bundle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  gboolean write = g_str_equal (name, "win.write-bundle");

  if (self->service != NULL && (!write || is_open (self, SAT_LOCK_COPIES)))
    sat_bundle_file_run (sat_sidebar_get_sync (self->sidebar), GTK_WINDOW (self), write,
                         g_variant_get_string (parameter, NULL));
}

static void
preferences_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatSyncIndicator *sync = sat_sidebar_get_sync (self->sidebar);

  gtk_window_present (
      sat_preferences_new (GTK_WINDOW (self), self->home, sat_sync_indicator_get_hub (sync)));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatPage *page = sat_window_get_page (SAT_WINDOW (widget));

  if (page != NULL)
    sat_page_save (page);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatPage *page = sat_window_get_page (SAT_WINDOW (widget));

  if (page != NULL)
    sat_page_remove (page);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);

  if (self->service != NULL)
    sat_undo_last (GTK_WIDGET (self->root), self->service, g_str_equal (name, "win.redo"));
}

/* Ctrl+Z where somebody types is about what was typed, also when nothing of that is left to undo.
 */
static gboolean
undo_key_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (widget));

  if (focus == NULL || (!GTK_IS_TEXT (focus) && !GTK_IS_TEXT_VIEW (focus)))
    gtk_widget_activate_action (widget, g_variant_get_string (args, NULL), NULL);
  return TRUE;
}

/* Escape takes back the nearest thing: the palette, what was typed, the page itself. */
static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  SatWindow *self = SAT_WINDOW (widget);
  SatPage *page = sat_window_get_page (self);

  if (gtk_widget_get_visible (GTK_WIDGET (self->palette)))
    sat_go_palette_close (self->palette);
  else if (page != NULL && !sat_page_escape (page) &&
           (SAT_IS_RECORD_PAGE (page) || sat_window_is_work (page)))
    sat_window_go_back (self);
}

void
sat_window_update_actions (SatWindow *self)
{
  SatPage *page = sat_window_get_page (self);
  gboolean record = page != NULL && SAT_IS_RECORD_PAGE (page);
  gboolean saved = record && sat_record_page_get_id (SAT_RECORD_PAGE (page)) != NULL;
  const SatObject *object = saved ? sat_page_get_object (page) : NULL;
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "win.delete", saved);
  gtk_widget_action_set_enabled (widget, "win.assign",
                                 object != NULL && sat_assign_page_takes (object));
  gtk_widget_action_set_enabled (widget, "win.convert",
                                 object != NULL && g_str_equal (object->name, SAT_LEAD));
  gtk_widget_action_set_enabled (widget, "win.hand-over",
                                 object != NULL && g_str_equal (object->name, "user"));
  gtk_widget_action_set_enabled (widget, "win.bulk-here",
                                 page != NULL && SAT_IS_LIST_PAGE (page) &&
                                     sat_bulk_page_takes (sat_page_get_object (page)));
  gtk_widget_action_set_enabled (widget, "win.save", record);
}

void
sat_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "win.open", "(ss)", open_action);
  gtk_widget_class_install_action (widget_class, "win.edit", "(sss)", edit_action);
  gtk_widget_class_install_action (widget_class, "win.new", "(sss)", new_action);
  gtk_widget_class_install_action (widget_class, "win.new-here", NULL, new_here_action);
  gtk_widget_class_install_action (widget_class, "win.import-here", NULL, import_here_action);
  gtk_widget_class_install_action (widget_class, "win.import", "(ss)", import_action);
  gtk_widget_class_install_action (widget_class, "win.export-here", NULL, export_here_action);
  gtk_widget_class_install_action (widget_class, "win.export", "(ss)", export_action);
  gtk_widget_class_install_action (widget_class, "win.bulk-here", NULL, bulk_here_action);
  gtk_widget_class_install_action (widget_class, "win.conflict", "(sss)", conflict_action);
  gtk_widget_class_install_action (widget_class, "win.approvals", "i", approvals_action);
  gtk_widget_class_install_action (widget_class, "win.compare", "(sss)", compare_action);
  gtk_widget_class_install_action (widget_class, "win.assign", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "win.convert", NULL, convert_action);
  gtk_widget_class_install_action (widget_class, "win.hand-over", NULL, assign_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.go", NULL, go_action);
  gtk_widget_class_install_action (widget_class, "win.sync", NULL, sync_action);
  gtk_widget_class_install_action (widget_class, "win.write-bundle", "s", bundle_action);
  gtk_widget_class_install_action (widget_class, "win.read-bundle", "s", bundle_action);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences_action);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "win.escape", NULL, escape_action);
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, undo_action);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.escape", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, undo_key_cb, "s",
                                "win.undo");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                undo_key_cb, "s", "win.redo");
}
