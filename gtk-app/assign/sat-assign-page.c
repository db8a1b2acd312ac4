/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `job` is what is under way; there is one at a time. Its parts follow one another through the
 * main loop, so that other writes of this program come in between. */
#include "config.h"

#include "gtk-app/assign/sat-assign-page.h"

#include <glib/gi18n.h>

#include "gtk-app/assign/sat-assign-work.h"
#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

struct _SatAssignPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  AdwPreferencesGroup *where;
  SatFieldRow *owner; /* in `where`; NULL: records of this kind have none */
  AdwComboRow *book;
  GtkLabel *goes;
  GtkLabel *hint;
  GtkLabel *problem;
  AdwPreferencesGroup *customers;
  GtkLabel *more;
  GtkProgressBar *bar;
  GtkButton *cancel;
  GtkButton *next;

  SatService *service;
  SatAssignWhat what;
  SatAssignPicture *picture;
  char *name; /* of the page */
  SatAssignJob *job;
  GCancellable *cancellable;
  GCancellable *reading;
  gboolean filled;
};

static void sat_assign_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatAssignPage,
                               sat_assign_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_assign_page_page_init))

/* ---- what is chosen ------------------------------------------------------------------------ */

/* The user who is to own it; NULL: who does now. Newly allocated. */
static char *
chosen_owner (SatAssignPage *self)
{
  g_autofree char *value = NULL;

  if (self->owner == NULL ||
      !sat_field_editor_get_value (sat_field_row_get_editor (self->owner), &value, NULL) ||
      value == NULL || g_strcmp0 (value, self->picture->owner) == 0)
    return NULL;
  return g_steal_pointer (&value);
}

/* The book it is to go to; NULL: none other. */
static const SatBook *
chosen_book (SatAssignPage *self)
{
  guint selected = adw_combo_row_get_selected (self->book);
  const SatBook *book = NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->book)))
    return NULL;
  if (self->what.all) /* the first says that nothing moves */
    book = selected > 0 && selected <= self->picture->books->len
               ? g_ptr_array_index (self->picture->books, selected - 1)
               : NULL;
  else if (selected < self->picture->books->len)
    book = g_ptr_array_index (self->picture->books, selected);
  return book && (self->what.all || g_strcmp0 (book->key, self->picture->book) != 0) ? book : NULL;
}

/* ---- what is shown ------------------------------------------------------------------------- */

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* “3 contacts, 2 deals”; NULL: nothing. */
static char *
counts_text (const GArray *counts)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < counts->len; i++)
    {
      const SatBelongings *one = &g_array_index (counts, SatBelongings, i);
      g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, one->records);
      g_autofree char *number = sat_number_text (digits);

      if (i > 0)
        /* Translators: between the members of a list: “contacts: 3, deals: 2”. */
        g_string_append (text, _ (", "));
      /* Translators: a kind of record, and how many of it there are: “Contacts: 3”. */
      g_string_append_printf (text, _ ("%s: %s"), sat_here (one->object->plural), number);
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static char *
goes_text (SatAssignPage *self)
{
  g_autofree char *counts = counts_text (self->picture->counts);

  if (self->what.all && counts == NULL)
    return g_strdup_printf (_ ("%s owns nothing that is on this device."), self->picture->title);
  if (self->what.all)
    /* Translators: a person, then a list such as “Customers: 3, Deals: 2”. */
    return g_strdup_printf (_ ("What %s owns here: %s."), self->picture->title, counts);
  if (counts == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->book)))
    return NULL;
  /* Translators: %s is a list such as “Contacts: 3, Deals: 2”. */
  return g_strdup_printf (_ ("Goes along to another book: %s."), counts);
}

static char *
hint_text (SatAssignPage *self)
{
  const SatBook *book = chosen_book (self);
  g_autofree char *owner = chosen_owner (self);

  if (!self->picture->is_allowed)
    return g_strdup (_ ("Administrators and sales managers can hand over what somebody owns."));
  if (book != NULL && !book->is_held)
    return g_strdup (_ ("This device does not hold that book: the records leave it with the next "
                        "sync, and arrive when a device that holds both books has synced."));
  if (book != NULL)
    return g_strdup (_ ("From then on only those who hold the new book see it."));
  if (self->picture->parent != NULL)
    /* Translators: %s is the title of a record, such as a customer. */
    return g_strdup_printf (_ ("It is in the same book as “%s”, and goes where that goes."),
                            self->picture->parent);
  if (self->what.all && owner != NULL)
    return g_strdup (_ ("Activities keep whoever it was that visited or called."));
  return NULL;
}

static void
update (SatAssignPage *self)
{
  g_autofree char *owner = NULL;
  g_autofree char *goes = NULL;
  g_autofree char *hint = NULL;
  gboolean running = self->job != NULL;
  gboolean ready;

  if (!self->filled)
    return;
  owner = chosen_owner (self);
  goes = goes_text (self);
  hint = hint_text (self);
  show_text (self->goes, goes);
  show_text (self->hint, hint);
  ready = self->what.all
              ? owner != NULL && self->picture->counts->len > 0 && self->picture->is_allowed
              : owner != NULL || chosen_book (self) != NULL;
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), ready && !running);
  gtk_button_set_label (self->next,
                        owner != NULL || self->what.all ? _ ("_Hand Over") : _ ("_Move"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->where), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running && self->what.all);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), running && self->what.all);
  gtk_widget_set_visible (GTK_WIDGET (self->next), !running || !self->what.all);
}

static void
fill_books (SatAssignPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  if (self->what.all)
    gtk_string_list_append (names, _ ("Each stays in its book"));
  for (guint i = 0; i < self->picture->books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (self->picture->books, i);

      gtk_string_list_append (names, book->name);
      if (!self->what.all && g_strcmp0 (book->key, self->picture->book) == 0)
        selected = i;
    }
  adw_combo_row_set_model (self->book, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->book, selected);
  gtk_widget_set_visible (GTK_WIDGET (self->book),
                          self->picture->books->len > 1 && self->picture->parent == NULL);
}

static void
fill_customers (SatAssignPage *self)
{
  const GPtrArray *customers = self->picture->customers;
  guint left = self->picture->n_customers - customers->len;

  for (guint i = 0; i < customers->len; i++)
    {
      const SatAssignCustomer *customer = g_ptr_array_index (customers, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_markup_escape_text (customer->title, -1);
      g_autofree char *text = g_markup_escape_text (customer->text, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 6);
      adw_preferences_group_add (self->customers, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->customers), customers->len > 0);
  if (left > 0)
    {
      g_autofree char *text = g_strdup_printf (
          ngettext ("and %u more customer; “satchel handover --summary FILE” writes all of it",
                    "and %u more customers; “satchel handover --summary FILE” writes all of it",
                    left),
          left);
      show_text (self->more, text);
    }
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatAssignPage) self = data;
  g_autoptr (GError) error = NULL;
  SatAssignPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->where == NULL || self->filled)
    {
      sat_assign_picture_free (picture);
      return;
    }
  if (picture == NULL)
    {
      g_autofree char *text = sat_error_text (error);

      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        show_text (self->problem, text);
      return;
    }
  self->picture = picture;
  adw_window_title_set_subtitle (self->title, picture->title);
  if (self->owner != NULL)
    sat_field_row_load (self->owner, NULL, picture->owner);
  fill_books (self);
  fill_customers (self);
  self->filled = TRUE;
  update (self);
}

/* ---- doing it ------------------------------------------------------------------------------ */

static void
tell_done (SatAssignPage *self, gboolean stopped)
{
  guint64 n = sat_assign_job_records (self->job);
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);
  g_autofree char *number = sat_number_text (digits);
  const SatBook *book = chosen_book (self);
  g_autofree char *owner = chosen_owner (self);
  g_autofree char *text = NULL;

  if (self->what.all)
    text = g_strdup_printf (
        stopped ? ngettext ("Stopped; %s record was handed over",
                            "Stopped; %s records were handed over", (gulong) n)
                : ngettext ("%s record handed over", "%s records handed over", (gulong) n),
        number);
  else if (book != NULL)
    /* Translators: the title of a record, and the name of a book. */
    text = g_strdup_printf (_ ("“%s” moved to book “%s”"), self->picture->title, book->name);
  else
    text = g_strdup_printf (_ ("“%s” handed over"), self->picture->title);
  sat_undo_offer (GTK_WIDGET (self), self->service, text, sat_assign_job_step (self->job));
}

static void run_part (SatAssignPage *self);

static void
part_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatAssignPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer answer = sat_service_finish (SAT_SERVICE (source), result, &error);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->where == NULL)
    return;
  if (GPOINTER_TO_INT (answer) == 2)
    {
      gtk_progress_bar_set_fraction (self->bar, sat_assign_job_done (self->job));
      run_part (self);
      return;
    }
  if (answer != NULL || stopped)
    tell_done (self, stopped);
  else
    {
      g_autofree char *text = sat_error_text_about (error, self->what.object);
      show_text (self->problem, text);
    }
  g_clear_pointer (&self->job, sat_assign_job_unref);
  update (self);
  if ((answer != NULL || stopped) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
run_part (SatAssignPage *self)
{
  sat_assign_work_run (self->service, self->job, self->cancellable, part_cb, g_object_ref (self));
}

static void
next_cb (SatAssignPage *self)
{
  const SatBook *book = self->filled ? chosen_book (self) : NULL;
  g_autofree char *owner = self->filled ? chosen_owner (self) : NULL;

  if (self->job != NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return;
  show_text (self->problem, NULL);
  self->job = sat_assign_job_new (&self->what, owner, book ? book->key : NULL);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_fraction (self->bar, 0);
  update (self);
  run_part (self);
}

/* Between two parts: what was done stays, and can be undone. */
static void
cancel_cb (SatAssignPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
back_cb (SatAssignPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return SAT_ASSIGN_PAGE (page)->name;
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_ASSIGN_PAGE (page)->what.object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_ASSIGN_PAGE (page)->header, folded);
}

static void
page_save (SatPage *page)
{
  next_cb (SAT_ASSIGN_PAGE (page));
}

static gboolean
page_is_dirty (SatPage *page)
{
  return SAT_ASSIGN_PAGE (page)->job != NULL;
}

static void
sat_assign_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
  iface->is_dirty = page_is_dirty;
}

static gboolean
sat_assign_page_grab_focus (GtkWidget *widget)
{
  SatAssignPage *self = SAT_ASSIGN_PAGE (widget);

  if (self->job != NULL)
    return gtk_widget_grab_focus (GTK_WIDGET (self->cancel));
  if (self->owner != NULL)
    return gtk_widget_grab_focus (
        sat_field_editor_get_target (sat_field_row_get_editor (self->owner)));
  return gtk_widget_grab_focus (GTK_WIDGET (self->back));
}

static void
sat_assign_page_dispose (GObject *object)
{
  SatAssignPage *self = SAT_ASSIGN_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->where = NULL;
  self->owner = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_assign_page_parent_class)->dispose (object);
}

static void
sat_assign_page_finalize (GObject *object)
{
  SatAssignPage *self = SAT_ASSIGN_PAGE (object);

  g_clear_pointer (&self->job, sat_assign_job_unref);
  g_clear_pointer (&self->picture, sat_assign_picture_free);
  g_free (self->name);
  G_OBJECT_CLASS (sat_assign_page_parent_class)->finalize (object);
}

static void
sat_assign_page_class_init (SatAssignPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_assign_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_assign_page_finalize;
  widget_class->grab_focus = sat_assign_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/assign/sat-assign-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, where);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, book);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, goes);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, hint);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, customers);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, more);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, SatAssignPage, next);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
sat_assign_page_init (SatAssignPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
sat_assign_page_takes (const SatObject *object)
{
  return object->book_rule != SAT_BOOK_COMPANY && !object->managed;
}

/* The owner of the record; of all that a user owns, that of customers. */
static const SatField *
field_to_choose (SatAssignPage *self)
{
  const SatCatalogue *catalogue = self->what.object->catalogue;
  const SatObject *object = self->what.all ? sat_catalogue_find (catalogue, "customer")
                                           : self->what.object;

  return object ? sat_workspace_owner_field (object) : NULL;
}

GtkWidget *
sat_assign_page_new (SatService *service, const SatObject *object, const SatId *id, gboolean all)
{
  SatAssignPage *self = g_object_new (SAT_TYPE_ASSIGN_PAGE, NULL);
  const SatField *field;

  self->service = g_object_ref (service);
  self->what = (SatAssignWhat){ object, *id, all };
  self->name = g_strdup (all ? _ ("Hand Over Everything") : _ ("Move or Hand Over"));
  adw_window_title_set_title (self->title, self->name);
  if (all)
    adw_preferences_group_set_title (self->where, _ ("Hand Over to"));
  field = field_to_choose (self);
  if (field != NULL)
    {
      self->owner = SAT_FIELD_ROW (sat_field_row_new (field, service));
      /* The owner comes first: that is what changes more often. */
      g_object_ref (self->book);
      adw_preferences_group_remove (self->where, GTK_WIDGET (self->book));
      adw_preferences_group_add (self->where, GTK_WIDGET (self->owner));
      adw_preferences_group_add (self->where, GTK_WIDGET (self->book));
      g_object_unref (self->book);
      g_signal_connect_object (self->owner, "changed", G_CALLBACK (update), self,
                               G_CONNECT_SWAPPED);
    }
  self->reading = g_cancellable_new ();
  sat_assign_work_load (service, &self->what, self->reading, loaded_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

const SatId *
sat_assign_page_get_id (SatAssignPage *self)
{
  return &self->what.id;
}
