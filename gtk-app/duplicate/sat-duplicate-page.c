/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/duplicate/sat-duplicate-page.h"

#include <glib/gi18n.h>

#include "gtk-app/duplicate/sat-duplicate-work.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

struct _SatDuplicatePage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkButton *swap;
  GtkBox *content;
  GtkLabel *kept_title;
  GtkLabel *other_title;
  GtkListBox *list;
  GtkLabel *note;
  GtkLabel *problem;
  GtkButton *apart;
  GtkButton *next;

  SatService *service;
  SatPair pair;
  SatPairPicture *picture;
  GHashTable *taking; /* SatField: of which the other one's value is to be shown */
  GCancellable *reading;
  gboolean deciding;
};

static void sat_duplicate_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatDuplicatePage,
                               sat_duplicate_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_duplicate_page_page_init))

/* ---- the fields ---------------------------------------------------------------------------- */

static GtkWidget *
make_label (const char *text, gboolean dim)
{
  GtkWidget *label = gtk_label_new (*text != '\0' ? text : "–");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 6);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (dim || *text == '\0')
    gtk_widget_add_css_class (label, "dim-label");
  return label;
}

static void
toggled_cb (GtkCheckButton *button, SatDuplicatePage *self)
{
  gpointer field = g_object_get_data (G_OBJECT (button), "field");

  if (gtk_check_button_get_active (button))
    g_hash_table_add (self->taking, field);
  else
    g_hash_table_remove (self->taking, field);
}

static GtkWidget *
make_choice (const SatPairField *one, const char *text)
{
  GtkWidget *button = gtk_check_button_new ();
  /* Translators: a field and a value that it may have, for who listens to the screen. */
  g_autofree char *name = g_strdup_printf (_ ("%s: %s"), sat_here (one->field->label), text);

  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), make_label (text, FALSE));
  sat_name_widget (button, name);
  return button;
}

/* Both have a value: the person says which is shown. */
static void
add_choices (SatDuplicatePage *self, GtkBox *box, const SatPairField *one)
{
  GtkWidget *kept = make_choice (one, one->kept);
  GtkWidget *other = make_choice (one, one->other);

  gtk_check_button_set_group (GTK_CHECK_BUTTON (other), GTK_CHECK_BUTTON (kept));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (one->takes ? other : kept), TRUE);
  g_object_set_data (G_OBJECT (other), "field", (gpointer) one->field);
  g_signal_connect_object (other, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (box, kept);
  gtk_box_append (box, other);
}

static void
add_field (SatDuplicatePage *self, const SatPairField *one)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *caption = gtk_label_new (sat_here (one->field->label));
  GtkWidget *values = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "caption");
  gtk_widget_add_css_class (caption, "field-caption");
  gtk_widget_add_css_class (body, "history-block");
  gtk_box_set_homogeneous (GTK_BOX (values), TRUE);
  if (one->is_open && self->picture->refused == NULL)
    add_choices (self, GTK_BOX (values), one);
  else
    {
      gboolean alike = g_strcmp0 (one->kept, one->other) == 0;

      gtk_box_append (GTK_BOX (values), make_label (one->kept, alike));
      gtk_box_append (GTK_BOX (values), make_label (one->other, alike));
    }
  gtk_box_append (GTK_BOX (body), caption);
  gtk_box_append (GTK_BOX (body), values);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), body);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_append (self->list, row);
}

static void
show_problem (SatDuplicatePage *self, const GError *error)
{
  g_autofree char *text = error ? sat_error_text_about (error, self->pair.object) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static void
show_note (SatDuplicatePage *self)
{
  guint n = self->picture->referrers;
  g_autofree char *names = g_strdup_printf (
      ngettext ("%u record that names the second will show the first.",
                "%u records that name the second will show the first.", n),
      n);
  g_autofree char *text = g_strjoin (
      n > 0 ? " " : "", _ ("Nothing is lost: values that are not shown stay in the history."),
      n > 0 ? names : "", NULL);

  gtk_label_set_label (self->note, text);
}

static void
update_buttons (SatDuplicatePage *self)
{
  gboolean ready = self->picture != NULL && !self->deciding;

  gtk_widget_set_sensitive (GTK_WIDGET (self->apart), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->swap), ready);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), ready && self->picture->refused == NULL);
}

static void
show_picture (SatDuplicatePage *self, SatPairPicture *picture)
{
  g_clear_pointer (&self->picture, sat_pair_picture_free);
  self->picture = picture;
  self->pair = picture->pair;
  g_hash_table_remove_all (self->taking);
  gtk_label_set_label (self->kept_title, picture->kept_title);
  gtk_label_set_label (self->other_title, picture->other_title);
  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < picture->fields->len; i++)
    {
      const SatPairField *one = g_ptr_array_index (picture->fields, i);

      if (one->takes)
        g_hash_table_add (self->taking, (gpointer) one->field);
      add_field (self, one);
    }
  show_note (self);
  show_problem (self, picture->refused);
  gtk_widget_show (GTK_WIDGET (self->content));
  update_buttons (self);
  /* One key is enough. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDuplicatePage) self = data;
  g_autoptr (GError) error = NULL;
  SatPairPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    sat_pair_picture_free (picture);
  else if (picture != NULL)
    show_picture (self, picture);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      gtk_widget_show (GTK_WIDGET (self->content));
      show_problem (self, error);
    }
}

static void
load (SatDuplicatePage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_duplicate_work_load (self->service, &self->pair, self->reading, loaded_cb,
                           g_object_ref (self));
}

/* ---- deciding ------------------------------------------------------------------------------ */

static void
decided (SatDuplicatePage *self, GObject *source, GAsyncResult *result, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  self->deciding = FALSE;
  if (self->list == NULL)
    return;
  update_buttons (self);
  if (step == NULL)
    {
      show_problem (self, error);
      return;
    }
  sat_undo_offer (GTK_WIDGET (self), self->service, text, *step);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
absorbed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDuplicatePage) self = data;
  g_autofree char *text = g_strdup_printf (_ ("“%s” is part of “%s” now"),
                                           self->picture->other_title, self->picture->kept_title);

  decided (self, source, result, text);
}

static void
next_cb (SatDuplicatePage *self)
{
  GPtrArray *take;
  GHashTableIter iter;
  gpointer field;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return;
  take = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->taking);
  while (g_hash_table_iter_next (&iter, &field, NULL))
    g_ptr_array_add (take, field);
  self->deciding = TRUE;
  update_buttons (self);
  sat_duplicate_work_absorb (self->service, &self->pair, take, absorbed_cb, g_object_ref (self));
}

static void
apart_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatDuplicatePage) self = data;

  decided (self, source, result, _ ("Kept as two; the pair is not shown again"));
}

static void
apart_cb (SatDuplicatePage *self)
{
  self->deciding = TRUE;
  update_buttons (self);
  sat_duplicate_work_keep_apart (self->service, &self->pair, apart_done_cb, g_object_ref (self));
}

static void
swap_cb (SatDuplicatePage *self)
{
  SatId kept = self->pair.kept;

  self->pair.kept = self->pair.other;
  self->pair.other = kept;
  load (self);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("The Same?");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_DUPLICATE_PAGE (page)->pair.object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_DUPLICATE_PAGE (page)->header, folded);
}

static void
page_save (SatPage *page)
{
  next_cb (SAT_DUPLICATE_PAGE (page));
}

static void
sat_duplicate_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
}

static gboolean
sat_duplicate_page_grab_focus (GtkWidget *widget)
{
  SatDuplicatePage *self = SAT_DUPLICATE_PAGE (widget);

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->next));
  return gtk_widget_grab_focus (GTK_WIDGET (self->back));
}

static void
sat_duplicate_page_dispose (GObject *object)
{
  SatDuplicatePage *self = SAT_DUPLICATE_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_duplicate_page_parent_class)->dispose (object);
}

static void
sat_duplicate_page_finalize (GObject *object)
{
  SatDuplicatePage *self = SAT_DUPLICATE_PAGE (object);

  g_clear_pointer (&self->picture, sat_pair_picture_free);
  g_hash_table_unref (self->taking);
  G_OBJECT_CLASS (sat_duplicate_page_parent_class)->finalize (object);
}

static void
sat_duplicate_page_class_init (SatDuplicatePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_duplicate_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_duplicate_page_finalize;
  widget_class->grab_focus = sat_duplicate_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, SAT_RESOURCE_ROOT
                                               "/duplicate/sat-duplicate-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, header);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, back);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, swap);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, content);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, kept_title);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, other_title);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, list);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, note);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, problem);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, apart);
  gtk_widget_class_bind_template_child (widget_class, SatDuplicatePage, next);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
  gtk_widget_class_bind_template_callback (widget_class, apart_cb);
  gtk_widget_class_bind_template_callback (widget_class, swap_cb);
}

static void
sat_duplicate_page_init (SatDuplicatePage *self)
{
  self->taking = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_duplicate_page_new (SatService *service,
                        const SatObject *object,
                        const SatId *kept,
                        const SatId *other)
{
  SatDuplicatePage *self = g_object_new (SAT_TYPE_DUPLICATE_PAGE, NULL);

  self->service = g_object_ref (service);
  self->pair = (SatPair){ object, *kept, *other };
  load (self);
  return GTK_WIDGET (self);
}
