/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/book/sat-books-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/workspace/sat-workspace-books.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

struct _SatBooksPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkListBox *list;

  SatService *service;
  GCancellable *reading;
};

static void sat_books_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatBooksPage,
                               sat_books_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_books_page_page_init))

static void change (GtkWidget *widget, SatService *service, const char *key, gboolean hold);

/* ---- the list ------------------------------------------------------------------------------ */

static char *
number_text (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return sat_number_text (digits);
}

static char *
state_text (const SatBook *book)
{
  g_autofree char *records = number_text (MAX (book->records, 0));
  g_autofree char *pending = number_text (book->pending);

  if (!book->is_held)
    return g_strdup (_ ("Not on this device"));
  if (book->is_leaving)
    return g_strdup (_ ("Leaves this device once everything is sent"));
  if (book->pending > 0)
    /* Translators: how many records a book has, and how many changes of it are not sent yet. */
    return g_strdup_printf (_ ("%s records, %s to send"), records, pending);
  return g_strdup_printf (ngettext ("%s record", "%s records", (gulong) book->records), records);
}

static char *
book_text (const SatBook *book)
{
  g_autofree char *state = state_text (book);

  if (book->repository == NULL)
    return g_steal_pointer (&state);
  /* Translators: the state of a book, and the name of the repository that it has for itself. */
  return g_strdup_printf (_ ("%s · repository %s"), state, book->repository);
}

static void
clicked_cb (GtkButton *button, SatBooksPage *self)
{
  gboolean hold = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "hold"));

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  change (GTK_WIDGET (self), self->service, g_object_get_data (G_OBJECT (button), "book"), hold);
}

static GtkWidget *
make_button (SatBooksPage *self, const SatBook *book)
{
  gboolean hold = !book->is_held || book->is_leaving;
  GtkWidget *button = gtk_button_new_with_label (hold ? _ ("Hold") : _ ("Release"));
  /* Translators: %s is the name of a book. */
  g_autofree char *name = g_strdup_printf (hold ? _ ("Hold %s") : _ ("Release %s"), book->name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "book", g_strdup (book->key), g_free);
  g_object_set_data (G_OBJECT (button), "hold", GINT_TO_POINTER (hold));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked_cb), self, 0);
  sat_name_widget (button, name);
  return button;
}

static void
show_book (SatBooksPage *self, const SatBook *book)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *text = book_text (book);
  g_autofree char *title = g_markup_escape_text (book->name, -1);
  g_autofree char *subtitle = g_markup_escape_text (text, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, book));
  gtk_list_box_append (self->list, row);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatBooksPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) books = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    return;
  if (books == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      return;
    }
  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);

      if (strcmp (book->key, "company") != 0)
        show_book (self, book);
    }
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return sat_workspace_all_books (workspace, error);
}

/* Counting takes a while where there is much; who does not look needs no numbers. */
static void
reload (SatBooksPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_service_read (self->service, load, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                    self->reading, loaded_cb, g_object_ref (self));
}

/* ---- holding and releasing ----------------------------------------------------------------- */

/* The way back, in the window that WIDGET is in. */
typedef struct
{
  GtkWidget *widget;
  SatService *service;
  char *key;
  gboolean hold;
} Change;

static Change *
change_new (GtkWidget *widget, SatService *service, const char *key, gboolean hold)
{
  Change *one = g_new0 (Change, 1);

  one->widget = g_object_ref (widget);
  one->service = g_object_ref (service);
  one->key = g_strdup (key);
  one->hold = hold;
  return one;
}

static void
change_free (gpointer data)
{
  Change *one = data;

  g_object_unref (one->widget);
  g_object_unref (one->service);
  g_free (one->key);
  g_free (one);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
change_back (gpointer data)
{
  const Change *one = data;

  change (one->widget, one->service, one->key, !one->hold);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) one = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;

  if (gtk_widget_get_root (one->widget) == NULL)
    return;
  if (name == NULL)
    {
      sat_toast_error (one->widget, error, NULL);
      reload (SAT_BOOKS_PAGE (one->widget));
      return;
    }
  /* Translators: %s is the name of a book. */
  text = g_strdup_printf (one->hold ? _ ("“%s” comes with the next sync")
                                    : _ ("“%s” leaves with the next sync, once all of it is sent"),
                          name);
  sat_toast (one->widget, text, _ ("_Undo"), change_back,
             change_new (one->widget, one->service, one->key, one->hold), change_free);
}

/* Gives the name of the book. */
static gpointer
write_change (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Change *one = data;
  g_autofree char *key = NULL;
  gboolean changed;
  g_autoptr (GPtrArray) books = NULL;

  if (one->hold ? !sat_workspace_hold_book (workspace, one->key, &key, &changed, error)
                : !sat_workspace_release_book (workspace, one->key, &key, error))
    return NULL;
  books = sat_workspace_all_books (workspace, NULL);
  for (guint i = 0; books != NULL && i < books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (books, i);
      if (strcmp (book->key, key) == 0)
        return g_strdup (book->name);
    }
  return g_strdup (key);
}

/* The service's thread reads DATA while the main thread keeps it. */
static void
change (GtkWidget *widget, SatService *service, const char *key, gboolean hold)
{
  Change *one = change_new (widget, service, key, hold);

  sat_service_write (service, write_change, one, NULL, g_free, NULL, changed_cb, one);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Books");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_BOOKS_PAGE (page)->header, folded);
}

static void
sat_books_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
}

static void
sat_books_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_books_page_parent_class)->map (widget);
  reload (SAT_BOOKS_PAGE (widget));
}

static gboolean
sat_books_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_BOOKS_PAGE (widget)->back));
}

static void
sat_books_page_dispose (GObject *object)
{
  SatBooksPage *self = SAT_BOOKS_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_books_page_parent_class)->dispose (object);
}

static void
sat_books_page_class_init (SatBooksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_books_page_dispose;
  widget_class->map = sat_books_page_map;
  widget_class->grab_focus = sat_books_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/book/sat-books-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatBooksPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatBooksPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatBooksPage, list);
}

static void
sat_books_page_init (SatBooksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_books_page_new (SatService *service)
{
  SatBooksPage *self = g_object_new (SAT_TYPE_BOOKS_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
