/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `running` is the job under way; there is one at a time. */
#include "config.h"

#include "gtk-app/export/sat-export-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "gtk-app/export/sat-export-work.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-show-file.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

#define PROGRESS_MS 100
#define TYPING_MS 300 /* between the last key and looking at what it says */

struct _SatExportPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkStack *stack;
  AdwComboRow *which;
  AdwEntryRow *where;
  GtkLabel *mistake; /* in `where` */
  AdwComboRow *format;
  AdwComboRow *charset;
  GtkLabel *hint;
  GtkLabel *problem;
  GtkLabel *doing;
  GtkProgressBar *bar;
  GtkButton *cancel;
  GtkBox *bottom;
  GtkLabel *note;
  GtkButton *next;

  SatService *service;
  const SatObject *object;
  char *words;
  char *sort;
  char *name;       /* of the page */
  GPtrArray *kinds; /* SatExportKind, in the order of `format` */
  gint64 counts[2]; /* all, found; -1: not known yet */
  gboolean wrong;   /* `where` is no condition */
  GCancellable *counting;
  guint counts_soon;
  SatExportJob *running;
  GCancellable *cancellable;
  guint clock;
  GtkFileChooserNative *chooser;
};

static void sat_export_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatExportPage,
                               sat_export_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_export_page_page_init))

/* How the characters of a text file are written; the first is what most people want. */
static const struct
{
  const char *label;
  const char *encoding;
  gboolean bom;
} charsets[] = {
  { N_ ("UTF-8 for Excel"), NULL, TRUE },
  { N_ ("UTF-8"), NULL, FALSE },
  { N_ ("GB 18030"), "GB18030", FALSE },
};

/* ---- what is shown ------------------------------------------------------------------------- */

static void
show (SatExportPage *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->bottom), g_str_equal (name, "choose"));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_problem (SatExportPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
}

static const SatExportKind *
chosen_kind (SatExportPage *self)
{
  guint selected = adw_combo_row_get_selected (self->format);

  return g_ptr_array_index (self->kinds, selected < self->kinds->len ? selected : 0);
}

static gboolean
only_found (SatExportPage *self)
{
  return self->words != NULL && adw_combo_row_get_selected (self->which) == 0;
}

static char *
count_text (gint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  return sat_number_text (digits);
}

static void
show_note (SatExportPage *self)
{
  gint64 n = self->counts[only_found (self) ? 1 : 0];
  g_autofree char *number = count_text (n);
  g_autofree char *text = g_strdup_printf (ngettext ("%s record", "%s records", (gulong) n),
                                           number);

  gtk_label_set_label (self->note, n < 0 ? "" : text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), n != 0 && !self->wrong);
}

/* The job as it would be now. */
static SatExportJob *
new_job (SatExportPage *self, const char *words)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->where));
  SatExportJob *job = sat_export_job_new (self->object, words, self->sort);
  g_autoptr (GError) error = NULL;
  guint column = 0;

  if (text[strspn (text, " \t")] != '\0')
    job->where = sat_expression_parse (self->object, text, SAT_EXPRESSION_FILTER, &column, &error);
  self->wrong = error != NULL;
  if (error != NULL)
    {
      g_autofree char *what = sat_error_text_about (error, self->object);
      /* Translators: the place of a mistake in what was typed, then what the mistake is. */
      g_autofree char *mistake = g_strdup_printf (_ ("Character %u: %s"), column, what);

      gtk_label_set_label (self->mistake, mistake);
    }
  else
    gtk_label_set_label (self->mistake, "");
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), self->wrong);
  return job;
}

static void
format_cb (SatExportPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->charset),
                          self->kinds != NULL && chosen_kind (self)->has_charset);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatExportPage) self = data;
  g_autofree gint64 *counts = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (counts == NULL || self->note == NULL)
    return;
  self->counts[0] = counts[0];
  self->counts[1] = counts[1];
  show_note (self);
}

static void
count_again (SatExportPage *self)
{
  g_autoptr (SatExportJob) job = new_job (self, self->words);

  g_cancellable_cancel (self->counting);
  g_set_object (&self->counting, NULL);
  if (self->wrong)
    {
      self->counts[0] = self->counts[1] = -1;
      show_note (self);
      return;
    }
  self->counting = g_cancellable_new ();
  sat_export_work_count (self->service, job, self->counting, counted_cb, g_object_ref (self));
}

static gboolean
count_soon_cb (gpointer data)
{
  SatExportPage *self = data;

  self->counts_soon = 0;
  count_again (self);
  return G_SOURCE_REMOVE;
}

/* Not at every key. */
static void
where_cb (SatExportPage *self)
{
  g_clear_handle_id (&self->counts_soon, g_source_remove);
  self->counts_soon = g_timeout_add (TYPING_MS, count_soon_cb, self);
}

/* ---- writing ------------------------------------------------------------------------------- */

static gboolean
clock_cb (gpointer data)
{
  SatExportPage *self = data;

  gtk_progress_bar_set_fraction (self->bar, sat_export_job_done (self->running));
  return G_SOURCE_CONTINUE;
}

static void
show_file_cb (gpointer data)
{
  sat_show_file (data);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatExportPage) self = data;
  g_autoptr (SatExportJob) job = g_steal_pointer (&self->running);
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *count = sat_service_finish (SAT_SERVICE (source), result, &error);
  gboolean here = gtk_widget_get_mapped (GTK_WIDGET (self));
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->clock, g_source_remove);
  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (count == NULL)
    {
      gboolean stopped = g_error_matches (error, SAT_ERROR, SAT_ERROR_CANCELLED) ||
                         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      text = stopped ? NULL : sat_error_text_about (error, self->object);
      show_problem (self, text);
      show (self, "choose");
      if (!here && text != NULL)
        sat_toast (GTK_WIDGET (self), text, NULL, NULL, NULL, NULL);
      return;
    }
  number = count_text (*count);
  text = g_strdup_printf (ngettext ("%s record exported", "%s records exported", (gulong) *count),
                          number);
  show (self, "choose");
  sat_toast (GTK_WIDGET (self), text, _ ("_Show in Folder"), show_file_cb,
             g_file_new_for_path (job->path), g_object_unref);
  if (here)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* A name without an ending gets that of the chosen format, unless that is another file's. */
static char *
path_for (SatExportPage *self, GFile *file, SatExportFormat *format)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *longer = NULL;

  if (path == NULL)
    {
      show_problem (self, _ ("Files can be written to folders of this computer only; choose one"));
      return NULL;
    }
  if (sat_export_format_of (path, format))
    return g_steal_pointer (&path);
  *format = chosen_kind (self)->format;
  longer = g_strconcat (path, ".", chosen_kind (self)->name, NULL);
  if (g_file_test (longer, G_FILE_TEST_EXISTS))
    {
      g_autofree char *name = g_path_get_basename (longer);
      g_autofree char *text = g_strdup_printf (
          _ ("There is a file “%s” already; choose it, or give another name"), name);

      show_problem (self, text);
      return NULL;
    }
  return g_steal_pointer (&longer);
}

void
sat_export_page_save (SatExportPage *self, GFile *file)
{
  guint charset = adw_combo_row_get_selected (self->charset);
  SatExportJob *job;
  SatExportFormat format;
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (self->running != NULL)
    return;
  show_problem (self, NULL);
  path = path_for (self, file, &format);
  if (path == NULL)
    return;
  job = new_job (self, only_found (self) ? self->words : NULL);
  if (self->wrong)
    {
      sat_export_job_unref (job);
      show_note (self);
      return;
    }
  job->format = format;
  job->encoding = charsets[charset].encoding;
  job->bom = charsets[charset].bom;
  if (format != SAT_EXPORT_CSV)
    {
      job->encoding = NULL;
      job->bom = FALSE;
    }
  job->path = g_steal_pointer (&path);
  self->running = job;
  name = g_path_get_basename (job->path);
  /* Translators: %s is the name of a file. */
  text = g_strdup_printf (_ ("Writing “%s”…"), name);
  gtk_label_set_label (self->doing, text);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), TRUE);
  show (self, "busy");
  self->clock = g_timeout_add (PROGRESS_MS, clock_cb, self);
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  sat_export_work_run (self->service, job, self->cancellable, written_cb, g_object_ref (self));
}

/* ---- what the person does ------------------------------------------------------------------ */

static void
chosen_cb (SatExportPage *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

      if (file != NULL)
        sat_export_page_save (self, file);
    }
  g_clear_object (&self->chooser);
}

/* “Customers 2026-11-22.xlsx” */
static char *
suggested_name (SatExportPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *name = g_strdup_printf ("%s %s.%s", sat_here (self->object->plural), day,
                                           chosen_kind (self)->name);

  return g_strdelimit (g_steal_pointer (&name), "/", '-');
}

static void
add_filter (SatExportPage *self)
{
  const SatExportKind *kind = chosen_kind (self);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_auto (GStrv) endings = g_strsplit (kind->endings, " ", -1);

  gtk_file_filter_set_name (filter, g_dgettext (SAT_GETTEXT_PACKAGE, kind->label));
  for (guint i = 0; endings[i] != NULL; i++)
    gtk_file_filter_add_suffix (filter, endings[i] + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
}

static void
next_cb (SatExportPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *name = suggested_name (self);

  if (self->chooser != NULL || self->running != NULL)
    return;
  show_problem (self, NULL);
  self->chooser = gtk_file_chooser_native_new (self->name, GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  add_filter (self);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
cancel_cb (SatExportPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), FALSE);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
go_back (SatExportPage *self)
{
  if (self->running == NULL)
    return FALSE;
  cancel_cb (self);
  return TRUE;
}

static void
back_cb (SatExportPage *self)
{
  if (!go_back (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return SAT_EXPORT_PAGE (page)->name;
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_EXPORT_PAGE (page)->object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_EXPORT_PAGE (page)->header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  return go_back (SAT_EXPORT_PAGE (page));
}

static void
page_save (SatPage *page)
{
  SatExportPage *self = SAT_EXPORT_PAGE (page);

  if (gtk_widget_get_visible (GTK_WIDGET (self->bottom)) &&
      gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    next_cb (self);
}

static gboolean
page_is_dirty (SatPage *page)
{
  return SAT_EXPORT_PAGE (page)->running != NULL;
}

static void
sat_export_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
  iface->escape = page_escape;
  iface->is_dirty = page_is_dirty;
}

static gboolean
sat_export_page_grab_focus (GtkWidget *widget)
{
  SatExportPage *self = SAT_EXPORT_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->running != NULL ? self->cancel : self->next));
}

static void
sat_export_page_unroot (GtkWidget *widget)
{
  SatExportPage *self = SAT_EXPORT_PAGE (widget);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  GTK_WIDGET_CLASS (sat_export_page_parent_class)->unroot (widget);
}

static void
sat_export_page_dispose (GObject *object)
{
  SatExportPage *self = SAT_EXPORT_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->counts_soon, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_object (&self->cancellable);
  self->note = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->chooser);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_export_page_parent_class)->dispose (object);
}

static void
sat_export_page_finalize (GObject *object)
{
  SatExportPage *self = SAT_EXPORT_PAGE (object);

  g_clear_pointer (&self->running, sat_export_job_unref);
  g_clear_pointer (&self->kinds, g_ptr_array_unref);
  g_free (self->words);
  g_free (self->sort);
  g_free (self->name);
  G_OBJECT_CLASS (sat_export_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, which);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, where);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, mistake);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, format);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, charset);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, hint);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, doing);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, note);
  gtk_widget_class_bind_template_child (widget_class, SatExportPage, next);
}

static void
sat_export_page_class_init (SatExportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_export_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_export_page_finalize;
  widget_class->grab_focus = sat_export_page_grab_focus;
  widget_class->unroot = sat_export_page_unroot;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/export/sat-export-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_cb);
  gtk_widget_class_bind_template_callback (widget_class, where_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
sat_export_page_init (SatExportPage *self)
{
  self->counts[0] = self->counts[1] = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* ---- a new one ----------------------------------------------------------------------------- */

static void
offer_formats (SatExportPage *self)
{
  g_autoptr (GtkStringList) formats = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n;
  const SatExportKind *kinds = sat_export_kinds (&n);

  self->kinds = g_ptr_array_new ();
  for (guint i = 0; i < n; i++)
    if (kinds[i].takes == NULL || kinds[i].takes (self->object))
      {
        g_ptr_array_add (self->kinds, (gpointer) &kinds[i]);
        gtk_string_list_append (formats, g_dgettext (SAT_GETTEXT_PACKAGE, kinds[i].label));
      }
  adw_combo_row_set_model (self->format, G_LIST_MODEL (formats));
  for (guint i = 0; i < G_N_ELEMENTS (charsets); i++)
    gtk_string_list_append (names, _ (charsets[i].label));
  adw_combo_row_set_model (self->charset, G_LIST_MODEL (names));
  format_cb (self);
}

static void
offer_records (SatExportPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *many = sat_here_inside (self->object->plural);
  /* Translators: %s is a kind of records, such as “customers”. */
  g_autofree char *all = g_strdup_printf (_ ("All %s"), many);

  if (self->words != NULL)
    {
      /* Translators: %s is what was searched for. */
      g_autofree char *found = g_strdup_printf (_ ("Found by “%s”"), self->words);

      gtk_string_list_append (names, found);
    }
  gtk_string_list_append (names, all);
  adw_combo_row_set_model (self->which, G_LIST_MODEL (names));
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (show_note), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
sat_export_page_new (SatService *service,
                     const SatObject *object,
                     const char *words,
                     const char *condition,
                     const char *sort)
{
  SatExportPage *self = g_object_new (SAT_TYPE_EXPORT_PAGE, NULL);
  g_autofree char *many = sat_here_inside (object->plural);

  self->service = g_object_ref (service);
  self->object = object;
  self->words = g_strdup (words);
  self->sort = g_strdup (sort);
  /* Translators: %s is a kind of records, such as “customers”. */
  self->name = g_strdup_printf (_ ("Export %s"), many);
  adw_window_title_set_title (self->title, self->name);
  offer_formats (self);
  offer_records (self);
  if (condition != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->where), condition);
  g_signal_connect_object (service, "changed", G_CALLBACK (count_again), self, G_CONNECT_SWAPPED);
  count_again (self);
  show (self, "choose");
  return GTK_WIDGET (self);
}
