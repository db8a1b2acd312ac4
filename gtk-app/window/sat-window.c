/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/window/sat-window.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approvals-page.h"
#include "gtk-app/assign/sat-assign-page.h"
#include "gtk-app/book/sat-books-page.h"
#include "gtk-app/bulk/sat-bulk-page.h"
#include "gtk-app/catalogue/sat-fields-page.h"
#include "gtk-app/catalogue/sat-modules-page.h"
#include "gtk-app/conflict/sat-conflict-page.h"
#include "gtk-app/detail/sat-record-page.h"
#include "gtk-app/device/sat-devices-page.h"
#include "gtk-app/duplicate/sat-duplicate-page.h"
#include "gtk-app/export/sat-export-page.h"
#include "gtk-app/import/sat-import-page.h"
#include "gtk-app/list/sat-list-page.h"
#include "gtk-app/pipeline/sat-pipelines-page.h"
#include "gtk-app/rights/sat-rights-page.h"
#include "gtk-app/rules/sat-rules-page.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/template/sat-trades-page.h"
#include "gtk-app/window/sat-window-private.h"

#define TRAIL_MAX 24

G_DEFINE_FINAL_TYPE (SatWindow, sat_window, ADW_TYPE_APPLICATION_WINDOW)

/* ---- pages --------------------------------------------------------------------------------- */

gboolean
sat_window_is_work (SatPage *page)
{
  return SAT_IS_IMPORT_PAGE (page) || SAT_IS_EXPORT_PAGE (page) || SAT_IS_ASSIGN_PAGE (page) ||
         SAT_IS_DUPLICATE_PAGE (page) || SAT_IS_BULK_PAGE (page);
}

SatPage *
sat_window_get_page (SatWindow *self)
{
  return self->trail->len > 0 ? g_ptr_array_index (self->trail, self->trail->len - 1) : NULL;
}

static gboolean
is_place (SatPage *page)
{
  return !SAT_IS_RECORD_PAGE (page) && !sat_window_is_work (page);
}

/* A page may show an object as it was before the catalogue changed. */
static gboolean
is_same (const SatObject *a, const SatObject *b)
{
  return a == b || (a != NULL && b != NULL && g_str_equal (a->name, b->name));
}

static void
remove_leaving (SatWindow *self)
{
  while (self->leaving->len > 0)
    gtk_stack_remove (self->content, GTK_WIDGET (g_ptr_array_steal_index (self->leaving, 0)));
}

static void
transition_cb (SatWindow *self)
{
  if (!gtk_stack_get_transition_running (self->content))
    remove_leaving (self);
}

static void
return_to_cb (gpointer data)
{
  SatPage *page = data;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));

  if (SAT_IS_WINDOW (root))
    sat_window_show_page (SAT_WINDOW (root), page);
}

/* PAGE is no longer on the trail: it goes, or is kept for what was typed into it. */
static void
leave (SatWindow *self, SatPage *page)
{
  g_autofree char *text = NULL;

  if (is_place (page))
    return;
  if (!sat_page_is_dirty (page))
    {
      g_ptr_array_add (self->leaving, page);
      return;
    }
  g_ptr_array_add (self->kept, page);
  if (sat_window_is_work (page))
    /* Translators: %s is what is being done: “Import customers”. */
    text = g_strdup_printf (_ ("“%s” goes on"), sat_page_get_title (page));
  else
    /* Translators: %s is the title of a record. */
    text = g_strdup_printf (_ ("Unsaved changes to “%s” are kept"), sat_page_get_title (page));
  sat_toast (GTK_WIDGET (self->content), text, _ ("_Go back"), return_to_cb, g_object_ref (page),
             g_object_unref);
}

static void
mark_place (SatWindow *self, SatPage *page)
{
  const SatObject *object = sat_page_get_object (page);

  if (object != NULL)
    sat_sidebar_select (self->sidebar, object->name);
  else /* the pages of the menu have no place there */
    sat_sidebar_select (self->sidebar, SAT_IS_CONFLICT_PAGE (page)    ? "conflicts"
                                       : SAT_IS_APPROVALS_PAGE (page) ? "approvals"
                                                                      : NULL);
}

static void
appear (SatWindow *self, SatPage *page, GtkStackTransitionType transition)
{
  sat_page_set_folded (page, adw_leaflet_get_folded (self->leaflet));
  gtk_stack_set_transition_type (self->content, transition);
  gtk_stack_set_visible_child (self->content, GTK_WIDGET (page));
  adw_leaflet_set_visible_child_name (self->leaflet, "content");
  mark_place (self, page);
  sat_window_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (page));
  transition_cb (self);
}

/* Work that went on after its page was left, and is over. */
static void
drop_done (SatWindow *self)
{
  for (guint i = self->kept->len; i > 0; i--)
    {
      SatPage *page = g_ptr_array_index (self->kept, i - 1);

      if (sat_window_is_work (page) && !sat_page_is_dirty (page))
        g_ptr_array_add (self->leaving, g_ptr_array_steal_index (self->kept, i - 1));
    }
}

static void
trim_trail (SatWindow *self)
{
  while (self->trail->len > TRAIL_MAX)
    leave (self, g_ptr_array_steal_index (self->trail, 0));
}

void
sat_window_show_page (SatWindow *self, SatPage *page)
{
  SatPage *old = sat_window_get_page (self);
  gboolean first = old == NULL;

  if (old == page)
    {
      adw_leaflet_set_visible_child_name (self->leaflet, "content");
      return;
    }
  remove_leaving (self);
  if (gtk_widget_get_parent (GTK_WIDGET (page)) == NULL)
    gtk_stack_add_child (self->content, GTK_WIDGET (page));
  g_ptr_array_remove (self->trail, page);
  g_ptr_array_remove (self->kept, page);
  drop_done (self);
  /* A form for a new record that nothing was typed into is no place to come back to. */
  if (!first && SAT_IS_RECORD_PAGE (old) &&
      sat_record_page_get_id (SAT_RECORD_PAGE (old)) == NULL && !sat_page_is_dirty (old))
    leave (self, g_ptr_array_steal_index (self->trail, self->trail->len - 1));
  g_ptr_array_add (self->trail, page);
  trim_trail (self);
  appear (self, page,
          first || is_place (page) ? GTK_STACK_TRANSITION_TYPE_CROSSFADE
                                   : GTK_STACK_TRANSITION_TYPE_SLIDE_LEFT);
}

void
sat_window_go_back (SatWindow *self)
{
  SatPage *page = sat_window_get_page (self);
  SatPage *previous;

  if (page == NULL)
    return;
  if (is_place (page) && adw_leaflet_get_folded (self->leaflet))
    {
      adw_leaflet_set_visible_child_name (self->leaflet, "sidebar");
      return;
    }
  if (self->trail->len < 2)
    {
      const SatObject *object = sat_page_get_object (page);

      if (is_place (page) || object == NULL || object->system)
        return;
      g_ptr_array_set_size (self->trail, 0);
      leave (self, page);
      sat_window_show_place (self, object->name);
      return;
    }
  remove_leaving (self);
  g_ptr_array_set_size (self->trail, self->trail->len - 1);
  previous = sat_window_get_page (self);
  leave (self, page);
  appear (self, previous,
          is_place (page) ? GTK_STACK_TRANSITION_TYPE_CROSSFADE
                          : GTK_STACK_TRANSITION_TYPE_SLIDE_RIGHT);
}

const SatObject *
sat_window_find_object (SatWindow *self, const char *name)
{
  return self->service != NULL ? sat_catalogue_find (sat_service_catalogue (self->service), name)
                               : NULL;
}

/* As it was before it had to be made anew. */
static SatPage *
list_page (SatWindow *self, const SatObject *object)
{
  GtkWidget *page = sat_list_page_new (self->service, object);
  const SatListState *state = g_hash_table_lookup (self->states, object->name);

  if (state != NULL)
    sat_list_page_set_state (SAT_LIST_PAGE (page), state);
  g_hash_table_remove (self->states, object->name);
  return SAT_PAGE (page);
}

/* The places that are no lists of records. */
typedef struct
{
  const char *name;
  GtkWidget *(*make) (SatService *service);
} Setup;

static const Setup *
find_setup (const char *name)
{
  static const Setup pages[] = {
    { "approvals", sat_approvals_page_new }, { "books", sat_books_page_new },
    { "conflicts", sat_conflict_page_new },  { "devices", sat_devices_page_new },
    { "fields", sat_fields_page_new },       { "modules", sat_modules_page_new },
    { "pipelines", sat_pipelines_page_new }, { "rights", sat_rights_page_new },
    { "rules", sat_rules_page_new },         { "templates", sat_trades_page_new },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_str_equal (pages[i].name, name))
      return &pages[i];
  return NULL;
}

void
sat_window_show_place (SatWindow *self, const char *name)
{
  SatPage *page = g_hash_table_lookup (self->places, name);
  const SatObject *object = sat_window_find_object (self, name);

  if (self->service == NULL)
    return;
  if (page == NULL)
    {
      if (find_setup (name) != NULL)
        page = SAT_PAGE (find_setup (name)->make (self->service));
      else if (object != NULL)
        page = list_page (self, object);
      else
        return;
      g_hash_table_insert (self->places, g_strdup (name), page);
    }
  if (sat_settings () != NULL)
    g_settings_set_string (sat_settings (), "place", name);
  sat_window_show_page (self, page);
}

/* ---- files ---------------------------------------------------------------------------------- */

/* The import that the person came by, or a new one: there is one of a kind at a time. */
void
sat_window_import (SatWindow *self, const SatObject *object, GFile *file)
{
  GtkWidget *page = NULL;

  for (guint i = 0; i < self->trail->len && page == NULL; i++)
    {
      SatPage *had = g_ptr_array_index (self->trail, i);

      if (SAT_IS_IMPORT_PAGE (had) && is_same (sat_page_get_object (had), object))
        page = GTK_WIDGET (had);
    }
  if (page == NULL)
    page = sat_import_page_new (self->service, object);
  sat_window_show_page (self, SAT_PAGE (page));
  if (file != NULL)
    sat_import_page_open (SAT_IMPORT_PAGE (page), file);
}

/* The list that is shown, as it is shown: what was found, in its order. */
SatExportPage *
sat_window_export (SatWindow *self, const SatObject *object)
{
  SatPage *shown = sat_window_get_page (self);
  gboolean listed = shown != NULL && SAT_IS_LIST_PAGE (shown) &&
                    is_same (sat_page_get_object (shown), object);
  const char *sort = listed ? sat_list_page_get_sort (SAT_LIST_PAGE (shown)) : NULL;
  const char *words = listed ? sat_list_page_get_words (SAT_LIST_PAGE (shown)) : NULL;
  const char *condition = listed ? sat_list_page_get_condition (SAT_LIST_PAGE (shown)) : NULL;
  GtkWidget *page;

  if (shown != NULL && SAT_IS_EXPORT_PAGE (shown) && is_same (sat_page_get_object (shown), object))
    return SAT_EXPORT_PAGE (shown);
  page = sat_export_page_new (self->service, object, words, condition, sort);
  sat_window_show_page (self, SAT_PAGE (page));
  return SAT_EXPORT_PAGE (page);
}

static gboolean
drop_cb (SatWindow *self, const GValue *value)
{
  SatPage *page = sat_window_get_page (self);
  const SatObject *object = page != NULL ? sat_page_get_object (page) : NULL;
  GSList *files = g_value_get_boxed (value);

  if (object == NULL || object->system)
    object = sat_window_find_object (self, "customer");
  if (files == NULL || object == NULL)
    return FALSE;
  sat_window_import (self, object, files->data);
  return TRUE;
}

void
sat_window_open_file (SatWindow *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *folded = g_ascii_strdown (name, -1);
  gboolean card = g_str_has_suffix (folded, ".vcf") || g_str_has_suffix (folded, ".vcard");
  const SatObject *object;

  if (self->service == NULL)
    {
      g_set_object (&self->opened, file);
      return;
    }
  object = sat_window_find_object (self, card ? "contact" : "customer");
  if (object != NULL)
    sat_window_import (self, object, file);
}

/* A file dropped anywhere is one to import, of the kind that the page shows. */
static void
take_drops (SatWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->content), GTK_EVENT_CONTROLLER (target));
}

/* ---- records ------------------------------------------------------------------------------- */

static SatPage *
find_record_page (GPtrArray *pages, const SatObject *object, const SatId *id)
{
  for (guint i = 0; i < pages->len; i++)
    {
      SatPage *page = g_ptr_array_index (pages, i);
      const SatId *has;

      if (!SAT_IS_RECORD_PAGE (page) || !is_same (sat_page_get_object (page), object))
        continue;
      has = sat_record_page_get_id (SAT_RECORD_PAGE (page));
      if (id != NULL && has != NULL && sat_id_equal (id, has))
        return page;
    }
  return NULL;
}

static void
saved_new_cb (SatWindow *self)
{
  sat_window_update_actions (self);
}

SatPage *
sat_window_record_page (SatWindow *self,
                        const SatObject *object,
                        const SatId *id,
                        const SatField *field,
                        const char *value)
{
  SatPage *page = find_record_page (self->trail, object, id);
  GtkWidget *made;

  if (page == NULL)
    page = find_record_page (self->kept, object, id);
  if (page != NULL)
    return page;
  if (id != NULL)
    made = sat_record_page_new (self->service, object, id);
  else
    made = sat_record_page_new_blank (self->service, object, field, value);
  g_signal_connect_object (made, "saved-new", G_CALLBACK (saved_new_cb), self, G_CONNECT_SWAPPED);
  return SAT_PAGE (made);
}

/* ---- the company has changed its catalogue --------------------------------------------------- */

static void
set_place_keys (SatWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  for (guint i = 0; i < 9 && sat_sidebar_get_place (self->sidebar, i) != NULL; i++)
    {
      g_autofree char *action = g_strconcat ("win.show::", sat_sidebar_get_place (self->sidebar, i),
                                             NULL);
      g_autofree char *key = g_strdup_printf ("<Control>%u", i + 1);
      const char *keys[] = { key, NULL };

      gtk_application_set_accels_for_action (application, action, keys);
    }
}

/* Lists that are not shown are made anew when they are asked for. */
static void
drop_lists (SatWindow *self, const SatPage *shown)
{
  GHashTableIter iter;
  gpointer name, page;

  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &name, &page))
    {
      if (!SAT_IS_LIST_PAGE (page))
        continue;
      g_hash_table_insert (self->states, g_strdup (name), sat_list_page_get_state (page));
      g_hash_table_iter_remove (&iter);
      g_ptr_array_remove (self->trail, page);
      if (page == (gconstpointer) shown)
        g_ptr_array_add (self->leaving, page);
      else if (gtk_widget_get_parent (page) != NULL)
        gtk_stack_remove (self->content, page);
    }
}

/* Records that nothing was typed into show the new fields at once; others when they are saved and
 * opened again. */
static void
renew_records (SatWindow *self)
{
  for (guint i = 0; i < self->trail->len; i++)
    {
      SatPage *page = g_ptr_array_index (self->trail, i);
      const SatId *id = SAT_IS_RECORD_PAGE (page) ? sat_record_page_get_id (SAT_RECORD_PAGE (page))
                                                  : NULL;
      const SatObject *object = id ? sat_window_find_object (self, sat_page_get_object (page)->name)
                                   : NULL;
      SatPage *made;

      if (object == NULL || object == sat_page_get_object (page) || sat_page_is_dirty (page))
        continue;
      made = SAT_PAGE (sat_record_page_new (self->service, object, id));
      g_signal_connect_object (made, "saved-new", G_CALLBACK (saved_new_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->content, GTK_WIDGET (made));
      self->trail->pdata[i] = made;
      g_ptr_array_add (self->leaving, page);
    }
}

static void
reshaped_cb (SatWindow *self)
{
  SatPage *shown = sat_window_get_page (self);
  const SatObject *object = shown != NULL ? sat_page_get_object (shown) : NULL;
  gboolean listed = shown != NULL && SAT_IS_LIST_PAGE (shown);

  remove_leaving (self);
  sat_sidebar_reshape (self->sidebar, sat_service_catalogue (self->service));
  set_place_keys (self);
  drop_lists (self, shown);
  renew_records (self);
  if (listed)
    sat_window_show_place (self, object->name);
  else if (shown != NULL)
    appear (self, sat_window_get_page (self), GTK_STACK_TRANSITION_TYPE_NONE);
}

/* ---- opening the workspace ----------------------------------------------------------------- */

static void
open_workspace (SatWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *place = NULL;

  if (!sat_workspace_exists (self->home))
    {
      sat_join_page_set_home (self->join, self->home);
      gtk_stack_set_visible_child_name (self->root, "join");
      gtk_widget_grab_focus (GTK_WIDGET (self->join));
      return;
    }
  self->service = sat_service_new (self->home, &error);
  if (self->service == NULL)
    {
      g_autofree char *text = sat_error_text (error);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->root, "failed");
      return;
    }
  sat_sidebar_set_service (self->sidebar, self->service);
  sat_go_palette_set_service (self->palette, self->service);
  g_signal_connect_object (self->service, "reshaped", G_CALLBACK (reshaped_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->automatic)
    sat_sync_indicator_set_automatic (sat_sidebar_get_sync (self->sidebar));
  set_place_keys (self);
  gtk_stack_set_visible_child_name (self->root, "main");
  if (sat_settings () != NULL)
    place = g_settings_get_string (sat_settings (), "place");
  if (place == NULL || (find_setup (place) == NULL && sat_window_find_object (self, place) == NULL))
    {
      g_free (place);
      place = g_strdup (sat_sidebar_get_place (self->sidebar, 0));
    }
  sat_window_show_place (self, place);
  if (self->opened != NULL)
    {
      g_autoptr (GFile) file = g_steal_pointer (&self->opened);

      sat_window_open_file (self, file);
    }
}

static void
joined_cb (SatWindow *self)
{
  open_workspace (self);
}

static void
folded_cb (SatWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);
  SatPage *page = sat_window_get_page (self);

  sat_sidebar_set_folded (self->sidebar, folded);
  if (page != NULL)
    {
      sat_page_set_folded (page, folded);
      mark_place (self, page);
    }
  sat_window_update_actions (self);
}

/* ---- the window ---------------------------------------------------------------------------- */

static gboolean
sat_window_close_request (GtkWindow *window)
{
  SatWindow *self = SAT_WINDOW (window);
  GSettings *settings = sat_settings ();

  if (sat_window_hold_close (self))
    return GDK_EVENT_STOP;
  sat_sync_indicator_close (sat_sidebar_get_sync (self->sidebar));
  if (settings != NULL)
    {
      int width = 0;
      int height = 0;

      gtk_window_get_default_size (window, &width, &height);
      g_settings_set (settings, "window-size", "(ii)", width, height);
      g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
    }
  return GTK_WINDOW_CLASS (sat_window_parent_class)->close_request (window);
}

static void
sat_window_dispose (GObject *object)
{
  SatWindow *self = SAT_WINDOW (object);

  g_clear_handle_id (&self->close_source, g_source_remove);
  sat_window_let_log_out (self);
  g_ptr_array_set_size (self->trail, 0);
  g_ptr_array_set_size (self->kept, 0);
  g_ptr_array_set_size (self->leaving, 0);
  g_hash_table_remove_all (self->places);
  G_OBJECT_CLASS (sat_window_parent_class)->dispose (object);
}

static void
sat_window_finalize (GObject *object)
{
  SatWindow *self = SAT_WINDOW (object);

  g_clear_pointer (&self->trail, g_ptr_array_unref);
  g_clear_pointer (&self->kept, g_ptr_array_unref);
  g_clear_pointer (&self->leaving, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->states, g_hash_table_unref);
  g_clear_pointer (&self->home, g_free);
  g_clear_object (&self->opened);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_window_parent_class)->finalize (object);
}

static void
sat_window_class_init (SatWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sat_window_close_request;

  g_type_ensure (SAT_TYPE_JOIN_PAGE);
  g_type_ensure (SAT_TYPE_SIDEBAR);
  g_type_ensure (SAT_TYPE_GO_PALETTE);
  sat_window_install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/window/sat-window.ui");
  gtk_widget_class_bind_template_child (widget_class, SatWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, root);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, join);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, failed);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, content);
  gtk_widget_class_bind_template_child (widget_class, SatWindow, palette);
  gtk_widget_class_bind_template_callback (widget_class, joined_cb);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, transition_cb);
}

static void
sat_window_init (SatWindow *self)
{
  self->trail = g_ptr_array_new ();
  self->kept = g_ptr_array_new ();
  self->leaving = g_ptr_array_new ();
  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, sat_list_state_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  take_drops (self);
  folded_cb (self);
}

SatWindow *
sat_window_new (GtkApplication *application, const char *home)
{
  SatWindow *self = g_object_new (SAT_TYPE_WINDOW, "application", application, NULL);
  GSettings *settings = sat_settings ();

  self->home = g_strdup (home);
  if (settings != NULL)
    {
      int width = 0;
      int height = 0;

      g_settings_get (settings, "window-size", "(ii)", &width, &height);
      gtk_window_set_default_size (GTK_WINDOW (self), width, height);
      if (g_settings_get_boolean (settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }
  open_workspace (self);
  return self;
}

SatService *
sat_window_get_service (SatWindow *self)
{
  return self->service;
}

void
sat_window_set_automatic (SatWindow *self)
{
  self->automatic = TRUE;
  if (self->service != NULL)
    sat_sync_indicator_set_automatic (sat_sidebar_get_sync (self->sidebar));
}

gboolean
sat_window_is_syncing (SatWindow *self)
{
  return sat_sync_indicator_is_running (sat_sidebar_get_sync (self->sidebar));
}
