/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job at a time: `job` is what is under way, and the next one is begun when it has answered. */
#include "config.h"

#include "gtk-app/import/sat-import-page.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "gtk-app/import/sat-import-columns.h"
#include "gtk-app/import/sat-import-words.h"
#include "gtk-app/import/sat-verdict-model.h"
#include "gtk-app/import/sat-verdict-row.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-wrap-layout.h"
#include "gtk-app/window/sat-page.h"

#define PROGRESS_MS 100

typedef enum
{
  JOB_NONE,
  JOB_OPEN,   /* what is in the file? */
  JOB_LOOK,   /* and with these columns? */
  JOB_TRY,    /* what would become of each row? */
  JOB_IMPORT, /* for good */
} JobKind;

struct _SatImportPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkButton *other;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkButton *choose;
  GtkLabel *doing;
  GtkProgressBar *bar;
  GtkButton *cancel;
  SatImportColumns *columns;
  GtkBox *filters;
  GtkListView *list;
  AdwStatusPage *failed;
  GtkButton *again;
  GtkBox *bottom;
  GtkLabel *note;
  GtkButton *retry;
  GtkButton *next;

  SatService *service;
  const SatObject *object;
  char *name; /* of the page */
  GFile *file;
  SatImportSource *source;
  GFile *waiting; /* to be opened once the job under way has answered */
  JobKind job;
  gboolean look_again; /* something was changed while a job was under way */
  gboolean trying;     /* the look under way was asked for by “check” */
  gboolean gone;       /* nobody sees this page any more */
  GCancellable *cancellable;
  guint clock;
  SatImportReport *report; /* of the last try */
  SatVerdictModel *model;
  GtkFileChooserNative *chooser;
};

static void sat_import_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatImportPage,
                               sat_import_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_import_page_page_init))

static void begin_open (SatImportPage *self, GFile *file);
static void begin_look (SatImportPage *self);

/* ---- what is shown ------------------------------------------------------------------------- */

static gboolean
shows (SatImportPage *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
show (SatImportPage *self, const char *name)
{
  gboolean bottom = g_str_equal (name, "columns") || g_str_equal (name, "verdicts");

  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->bottom), bottom);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), g_str_equal (name, "verdicts"));
  gtk_widget_set_visible (GTK_WIDGET (self->other), bottom);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show_failed (SatImportPage *self, const GError *error)
{
  g_autofree char *text = sat_error_text_about (error, self->object);
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_status_page_set_description (self->failed, escaped);
  show (self, "failed");
}

/* Under the columns: what is still to be said, or what is left out. */
static void
show_columns_note (SatImportPage *self)
{
  g_autofree char *problem = sat_import_columns_problem (self->columns);
  guint n = sat_import_columns_n_left_out (self->columns);
  g_autofree char *left_out = g_strdup_printf (
      ngettext ("%u column is left out", "%u columns are left out", n), n);

  if (problem == NULL && n == 0)
    gtk_label_set_label (self->note, _ ("Every column has its field"));
  else
    gtk_label_set_label (self->note, problem != NULL ? problem : left_out);
  gtk_button_set_label (self->next, _ ("_Check Rows"));
  gtk_widget_set_visible (GTK_WIDGET (self->next), TRUE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), problem == NULL);
}

static void
show_columns (SatImportPage *self)
{
  show (self, "columns");
  show_columns_note (self);
}

static void
filter_cb (SatImportPage *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) && self->model != NULL)
    sat_verdict_model_set_filter (
        self->model, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "verdict")));
}

static GtkToggleButton *
add_filter (SatImportPage *self, const char *name, int verdict, GtkToggleButton *group)
{
  guint n = sat_verdict_model_count (self->model, verdict);
  g_autofree char *number = sat_import_count_text (n);
  /* Translators: what becomes of rows of a file, and how many of them: “New: 12”. */
  g_autofree char *label = g_strdup_printf (_ ("%s: %s"), name, number);
  GtkWidget *button;

  if (n == 0)
    return group;
  button = gtk_toggle_button_new_with_label (label);
  gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), group);
  gtk_widget_add_css_class (button, "pill-button");
  g_object_set_data (G_OBJECT (button), "verdict", GINT_TO_POINTER (verdict));
  gtk_box_append (self->filters, button);
  if (group == NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  g_signal_connect_object (button, "toggled", G_CALLBACK (filter_cb), self, G_CONNECT_SWAPPED);
  return GTK_TOGGLE_BUTTON (button);
}

/* What is to be mended comes first. */
static void
show_filters (SatImportPage *self)
{
  static const SatImportVerdict order[] = { SAT_IMPORT_ERROR, SAT_IMPORT_CREATE, SAT_IMPORT_UPDATE,
                                            SAT_IMPORT_UNCHANGED };
  GtkToggleButton *group = NULL;

  sat_remove_children (GTK_WIDGET (self->filters));
  group = add_filter (self, _ ("All rows"), SAT_VERDICT_ALL, group);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    group = add_filter (self, sat_verdict_name (order[i]), (int) order[i], group);
  /* Translators: rows of a file whose customer a colleague has already, and how many: “With a
   * colleague: 3”. */
  add_filter (self, _ ("With a colleague"), SAT_VERDICT_TAKEN, group);
}

/* Under the rows: what the button does, and what becomes of the bad ones. */
static void
show_verdicts_note (SatImportPage *self)
{
  const SatImportResult *result = &self->report->result;
  guint bad = sat_verdict_model_count (self->model, SAT_IMPORT_ERROR);
  g_autofree char *note = sat_import_rows_text (self->report, bad);
  g_autofree char *label = sat_import_button_text (self->report, bad);

  gtk_label_set_label (self->note, note);
  gtk_button_set_label (self->next, label);
  gtk_widget_set_visible (GTK_WIDGET (self->next),
                          self->report->error == NULL && result->created + result->updated > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), TRUE);
}

static void
show_report (SatImportPage *self, SatImportReport *report)
{
  g_autoptr (GtkNoSelection) selection = NULL;

  g_clear_pointer (&self->report, sat_import_report_unref);
  g_clear_object (&self->model);
  self->report = report;
  self->model = sat_verdict_model_new (report);
  selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  show_filters (self);
  show (self, "verdicts");
  show_verdicts_note (self);
}

/* ---- jobs ---------------------------------------------------------------------------------- */

static gboolean
clock_cb (gpointer data)
{
  SatImportPage *self = data;
  double done = sat_import_source_done (self->source);

  if (done > 0)
    gtk_progress_bar_set_fraction (self->bar, done);
  else
    gtk_progress_bar_pulse (self->bar);
  return G_SOURCE_CONTINUE;
}

static void
job_begin (SatImportPage *self, JobKind kind, const char *doing)
{
  self->job = kind;
  g_set_object (&self->cancellable, NULL);
  self->cancellable = g_cancellable_new ();
  if (doing == NULL)
    return;
  gtk_label_set_label (self->doing, doing);
  gtk_progress_bar_set_fraction (self->bar, 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), TRUE);
  show (self, "busy");
  if (self->clock == 0)
    self->clock = g_timeout_add (PROGRESS_MS, clock_cb, self);
}

/* FALSE: nobody sees the page any more, or another file waits and has its turn now. */
static gboolean
job_end (SatImportPage *self)
{
  g_autoptr (GFile) file = NULL;

  g_clear_handle_id (&self->clock, g_source_remove);
  self->job = JOB_NONE;
  if (self->gone)
    return FALSE;
  if (self->waiting == NULL)
    return TRUE;
  file = g_steal_pointer (&self->waiting);
  begin_open (self, file);
  return FALSE;
}

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, SAT_ERROR, SAT_ERROR_CANCELLED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportLook) look = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *name = NULL;

  if (!job_end (self))
    return;
  if (was_cancelled (error))
    show (self, "choose");
  else if (look == NULL)
    show_failed (self, error);
  else
    {
      name = g_file_get_basename (self->file);
      sat_import_columns_set_look (self->columns, self->object, name, look);
      show_columns (self);
    }
}

/* Short, as the buttons of the window leave little room on a phone: of what, from which file. FILE
 * NULL: none yet. */
static void
show_title (SatImportPage *self, const char *file)
{
  const char *many = sat_here (self->object->plural);
  /* Translators: below “Import”: a kind of records, and the name of a file. */
  g_autofree char *both = file != NULL ? g_strdup_printf (_ ("%s · %s"), many, file) : NULL;

  adw_window_title_set_title (self->title, C_ ("title", "Import"));
  adw_window_title_set_subtitle (self->title, both != NULL ? both : many);
}

/* The sheet of the file that is shown is known; another file begins with its first one. */
static void
begin_open (SatImportPage *self, GFile *file)
{
  gboolean again = self->file != NULL && g_file_equal (self->file, file);
  g_autofree char *sheet = again ? sat_import_columns_sheet (self->columns) : NULL;
  g_autofree char *name = g_file_get_basename (file);

  g_set_object (&self->file, file);
  g_clear_pointer (&self->source, sat_import_source_unref);
  self->source = sat_import_source_new (file, self->object, sheet,
                                        sat_import_columns_no_header (self->columns));
  show_title (self, name);
  job_begin (self, JOB_OPEN, _ ("Reading the file…"));
  sat_import_work_look (self->service, self->source, NULL, self->cancellable, opened_cb,
                        g_object_ref (self));
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatImportPage) self = data;
  g_autoptr (GError) error = NULL;
  SatImportReport *report = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (!job_end (self))
    {
      g_clear_pointer (&report, sat_import_report_unref);
      return;
    }
  if (report != NULL)
    show_report (self, report);
  else
    {
      show_columns (self);
      if (!was_cancelled (error))
        sat_toast_error (GTK_WIDGET (self), error, self->object);
    }
}

static void
begin_try (SatImportPage *self)
{
  job_begin (self, JOB_TRY, _ ("Checking each row…"));
  sat_import_work_run (self->service, self->source, sat_import_columns_choices (self->columns),
                       sat_import_columns_match (self->columns),
                       sat_import_columns_create_missing (self->columns), TRUE, TRUE,
                       self->cancellable, tried_cb, g_object_ref (self));
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportLook) look = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *problem = NULL;
  gboolean trying = self->trying;

  if (!job_end (self))
    return;
  if (look != NULL)
    sat_import_columns_update (self->columns, look);
  show_columns_note (self);
  problem = sat_import_columns_problem (self->columns);
  if (self->look_again)
    {
      begin_look (self);
      return;
    }
  self->trying = FALSE;
  if (trying && problem == NULL)
    begin_try (self);
}

static void
begin_look (SatImportPage *self)
{
  self->look_again = FALSE;
  job_begin (self, JOB_LOOK, NULL);
  sat_import_work_look (self->service, self->source, sat_import_columns_choices (self->columns),
                        self->cancellable, looked_cb, g_object_ref (self));
}

/* ---- for good ------------------------------------------------------------------------------ */

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatImportPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportReport) report = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;
  gboolean stopped = was_cancelled (error);
  gboolean here = gtk_widget_get_mapped (GTK_WIDGET (self));

  if (!job_end (self))
    return;
  if (report == NULL || report->error != NULL)
    {
      text = sat_error_text_about (report != NULL ? report->error : error, self->object);
      show_columns (self);
      sat_toast (GTK_WIDGET (self), stopped ? _ ("Nothing was imported") : text, NULL, NULL, NULL,
                 NULL);
      return;
    }
  text = sat_import_done_text (&report->result);
  sat_undo_offer (GTK_WIDGET (self), self->service, text, report->step);
  if (here)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
begin_import (SatImportPage *self)
{
  gboolean bad = sat_verdict_model_count (self->model, SAT_IMPORT_ERROR) > 0;

  job_begin (self, JOB_IMPORT, _ ("Importing…"));
  sat_import_work_run (self->service, self->source, sat_import_columns_choices (self->columns),
                       sat_import_columns_match (self->columns),
                       sat_import_columns_create_missing (self->columns), FALSE, bad,
                       self->cancellable, imported_cb, g_object_ref (self));
}

/* ---- what the person does ------------------------------------------------------------------ */

static void
changed_cb (SatImportPage *self)
{
  show_columns_note (self);
  if (self->job == JOB_NONE)
    begin_look (self);
  else
    self->look_again = TRUE;
}

static void
reopen_cb (SatImportPage *self)
{
  sat_import_page_open (self, self->file);
}

/* What was said about the columns still holds. */
static void
retry_cb (SatImportPage *self)
{
  g_autofree char *sheet = sat_import_columns_sheet (self->columns);

  g_clear_pointer (&self->source, sat_import_source_unref);
  self->source = sat_import_source_new (self->file, self->object, sheet,
                                        sat_import_columns_no_header (self->columns));
  begin_try (self);
}

static void
next_cb (SatImportPage *self)
{
  if (shows (self, "verdicts"))
    begin_import (self);
  else if (self->job == JOB_NONE)
    begin_try (self);
  else if (self->job == JOB_LOOK)
    self->trying = TRUE;
}

static void
cancel_cb (SatImportPage *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->cancel), FALSE);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

static gboolean
go_back (SatImportPage *self)
{
  if (shows (self, "busy"))
    cancel_cb (self);
  else if (shows (self, "verdicts"))
    show_columns (self);
  else
    return FALSE;
  return TRUE;
}

static void
back_cb (SatImportPage *self)
{
  if (!go_back (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

static void
chosen_cb (SatImportPage *self, int response)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

      if (file != NULL)
        sat_import_page_open (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
choose_cb (SatImportPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("File to Import"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

void
sat_import_page_open (SatImportPage *self, GFile *file)
{
  if (self->job == JOB_IMPORT)
    return;
  if (self->job != JOB_NONE)
    {
      g_set_object (&self->waiting, file);
      g_cancellable_cancel (self->cancellable);
      return;
    }
  begin_open (self, file);
}

gboolean
sat_import_page_is_importing (SatImportPage *self)
{
  return self->job == JOB_IMPORT;
}

/* ---- the list ------------------------------------------------------------------------------ */

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, sat_verdict_row_new ());
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  sat_verdict_row_set_verdict (SAT_VERDICT_ROW (gtk_list_item_get_child (item)),
                               SAT_VERDICT (gtk_list_item_get_item (item)));
}

static void
set_up_list (SatImportPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return SAT_IMPORT_PAGE (page)->name;
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_IMPORT_PAGE (page)->object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_IMPORT_PAGE (page)->header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  return go_back (SAT_IMPORT_PAGE (page));
}

/* Goes on, where there is something to go on to. */
static void
page_save (SatPage *page)
{
  SatImportPage *self = SAT_IMPORT_PAGE (page);

  if (gtk_widget_get_visible (GTK_WIDGET (self->bottom)) &&
      gtk_widget_get_visible (GTK_WIDGET (self->next)) &&
      gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    next_cb (self);
}

static gboolean
page_is_dirty (SatPage *page)
{
  return sat_import_page_is_importing (SAT_IMPORT_PAGE (page));
}

static void
sat_import_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
  iface->escape = page_escape;
  iface->is_dirty = page_is_dirty;
}

static gboolean
sat_import_page_grab_focus (GtkWidget *widget)
{
  SatImportPage *self = SAT_IMPORT_PAGE (widget);

  if (shows (self, "busy"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->cancel));
  if (shows (self, "columns"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->columns));
  if (shows (self, "verdicts"))
    return gtk_widget_grab_focus (GTK_WIDGET (self->next));
  return gtk_widget_grab_focus (GTK_WIDGET (shows (self, "failed") ? self->again : self->choose));
}

static void
sat_import_page_unroot (GtkWidget *widget)
{
  SatImportPage *self = SAT_IMPORT_PAGE (widget);

  self->gone = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->clock, g_source_remove);
  GTK_WIDGET_CLASS (sat_import_page_parent_class)->unroot (widget);
}

static void
sat_import_page_dispose (GObject *object)
{
  SatImportPage *self = SAT_IMPORT_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->chooser);
  g_clear_object (&self->model);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_import_page_parent_class)->dispose (object);
}

static void
sat_import_page_finalize (GObject *object)
{
  SatImportPage *self = SAT_IMPORT_PAGE (object);

  g_clear_object (&self->file);
  g_clear_object (&self->waiting);
  g_clear_pointer (&self->source, sat_import_source_unref);
  g_clear_pointer (&self->report, sat_import_report_unref);
  g_free (self->name);
  G_OBJECT_CLASS (sat_import_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, other);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, choose);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, doing);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, filters);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, list);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, failed);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, again);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, bottom);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, note);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, retry);
  gtk_widget_class_bind_template_child (widget_class, SatImportPage, next);
}

static void
sat_import_page_class_init (SatImportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_import_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_import_page_finalize;
  widget_class->grab_focus = sat_import_page_grab_focus;
  widget_class->unroot = sat_import_page_unroot;

  g_type_ensure (SAT_TYPE_IMPORT_COLUMNS);
  g_type_ensure (SAT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/import/sat-import-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reopen_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
sat_import_page_init (SatImportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_import_page_new (SatService *service, const SatObject *object)
{
  SatImportPage *self = g_object_new (SAT_TYPE_IMPORT_PAGE, NULL);
  g_autofree char *many = sat_here_inside (object->plural);

  self->service = g_object_ref (service);
  self->object = object;
  /* Translators: %s is a kind of records, such as “customers”. */
  self->name = g_strdup_printf (_ ("Import %s"), many);
  show_title (self, NULL);
  adw_status_page_set_title (self->empty, self->name);
  set_up_list (self);
  show (self, "choose");
  return GTK_WIDGET (self);
}
