/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-list-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/field/sat-filter-bar.h"
#include "gtk-app/list/sat-column-button.h"
#include "gtk-app/list/sat-columns.h"
#include "gtk-app/list/sat-list-row.h"
#include "gtk-app/list/sat-view-button.h"
#include "gtk-app/model/sat-list-model.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

struct _SatListPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkButton *add;
  GtkSearchEntry *search;
  GtkToggleButton *filtering;
  SatViewButton *views;
  SatColumnButton *chooser;
  GtkRevealer *revealer;
  SatFilterBar *filter;
  GtkStack *stack;
  AdwSqueezer *squeezer;
  GtkColumnView *columns;
  GtkListView *lines;
  AdwStatusPage *empty;
  GtkButton *empty_add;
  AdwStatusPage *nothing;
  AdwStatusPage *failed;

  const SatObject *object;
  SatListModel *model;
  GtkNoSelection *selection; /* a selected row would be looked for among a million new ones */
  int width;
  guint fit_source;
  gboolean has_view;  /* one was chosen: it says which columns there are */
  char *grouping;     /* what the view is grouped by; NULL: nothing */
  gboolean searching; /* the next focus goes to where words are typed, behind them */
};

static void sat_list_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatListPage,
                               sat_list_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_list_page_page_init))

/* ---- what is shown ------------------------------------------------------------------------- */

/* Are only some of the records wanted? */
static gboolean
is_narrowed (SatListPage *self)
{
  return sat_list_model_get_words (self->model) != NULL ||
         sat_list_model_get_condition (self->model) != NULL;
}

static void
show_count (SatListPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  g_autofree char *digits = g_strdup_printf ("%u", n);
  g_autofree char *number = sat_number_text (digits);
  g_autofree char *text = NULL;

  if (sat_list_model_is_loading (self->model))
    return;
  if (is_narrowed (self))
    text = g_strdup_printf (ngettext ("%s found", "%s found", n), number);
  else if (n > 0)
    text = g_strdup_printf (ngettext ("%s record", "%s records", n), number);
  adw_window_title_set_subtitle (self->title, text != NULL ? text : "");
}

/* While an answer is awaited the old one stays on the screen. */
static void
show_state (SatListPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  const GError *error = sat_list_model_get_error (self->model);

  if (sat_list_model_is_loading (self->model) && n == 0)
    return;
  if (error != NULL)
    {
      g_autofree char *text = sat_error_text (error);
      g_autofree char *escaped = g_markup_escape_text (text, -1);

      adw_status_page_set_description (self->failed, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (n > 0)
    gtk_stack_set_visible_child_name (self->stack, "list");
  else if (is_narrowed (self))
    gtk_stack_set_visible_child_name (self->stack, "nothing");
  else
    gtk_stack_set_visible_child_name (self->stack, "empty");
  show_count (self);
}

static void
fit_columns (SatListPage *self)
{
  g_autofree char *chosen = sat_columns_write (self->object,
                                               sat_list_model_get_columns (self->model));

  /* What a person has chosen is there, if need be by scrolling. */
  sat_columns_fit (self->columns, chosen != NULL ? G_MAXINT : self->width);
}

static gboolean
fit_cb (gpointer data)
{
  SatListPage *self = data;

  self->fit_source = 0;
  fit_columns (self);
  return G_SOURCE_REMOVE;
}

/* Columns come and go with the width, after the allocation that tells it. */
static void
sat_list_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SatListPage *self = SAT_LIST_PAGE (widget);

  gtk_widget_size_allocate (gtk_widget_get_first_child (widget),
                            &(GtkAllocation){ 0, 0, width, height }, baseline);
  if (width == self->width)
    return;
  self->width = width;
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (GTK_PRIORITY_RESIZE, fit_cb, self, NULL);
}

static void
sat_list_page_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

/* Only the view that is seen has the model, so that no rows are made for the other one. */
static void
choose_view_cb (SatListPage *self)
{
  GtkWidget *shown = adw_squeezer_get_visible_child (self->squeezer);
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  gboolean narrow = shown != NULL && gtk_widget_is_ancestor (GTK_WIDGET (self->lines), shown);

  if (model == NULL)
    return;
  gtk_column_view_set_model (self->columns, narrow ? NULL : model);
  gtk_list_view_set_model (self->lines, narrow ? model : NULL);
}

/* ---- what the person does ------------------------------------------------------------------ */

static void
search_cb (SatListPage *self)
{
  sat_list_model_set_words (self->model, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
stop_search_cb (SatListPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
}

static void
open_at (SatListPage *self, guint position)
{
  g_autoptr (SatRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  const SatRecord *record = row != NULL ? sat_row_get_record (row) : NULL;
  char id[SAT_ID_TEXT_SIZE];

  if (record == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", self->object->name,
                              sat_id_format (sat_record_id (record), id));
}

/* Enter in the search box goes on to the first line found. */
static void
search_activate_cb (SatListPage *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->model)) == 1)
    open_at (self, 0);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
columns_activate_cb (SatListPage *self, guint position)
{
  open_at (self, position);
}

static void
lines_activate_cb (SatListPage *self, guint position)
{
  open_at (self, position);
}

/* What would be saved as a view. It stays grouped as long as it is sorted by that first. */
static void
tell_views (SatListPage *self, const char *sort)
{
  g_autofree char *columns = sat_columns_write (self->object,
                                                sat_list_model_get_columns (self->model));
  const char *grouping = self->grouping;
  gsize length = grouping != NULL ? strlen (grouping) : 0;

  if (length > 0 && sort != NULL && strncmp (sort, grouping, length) == 0 &&
      (sort[length] == ',' || sort[length] == '\0'))
    sort = sort[length] == ',' ? sort + length + 1 : NULL;
  else
    grouping = NULL;
  sat_view_button_set_shown (self->views, sat_list_model_get_condition (self->model), sort, columns,
                             grouping);
}

static char *
sort_clicked (SatListPage *self)
{
  gboolean descending = FALSE;
  const SatField *field = sat_columns_sorted_by (self->columns, &descending);

  return field != NULL ? g_strconcat (descending ? "-" : "", field->name, NULL) : NULL;
}

static void
sorted_cb (SatListPage *self)
{
  g_autofree char *sort = sort_clicked (self);

  sat_list_model_set_sort (self->model, sort);
  tell_views (self, sort);
}

static void
filter_cb (SatListPage *self)
{
  sat_list_model_set_condition (self->model, sat_filter_bar_get_condition (self->filter));
  tell_views (self, sat_list_model_get_sort (self->model));
}

/* A filter that is put away filters no more. */
static void
filtering_cb (SatListPage *self)
{
  gboolean active = gtk_toggle_button_get_active (self->filtering);

  gtk_revealer_set_reveal_child (self->revealer, active);
  if (active)
    gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  else
    sat_filter_bar_set_text (self->filter, NULL);
}

static void
show_all_cb (SatListPage *self)
{
  stop_search_cb (self);
  sat_filter_bar_set_text (self->filter, NULL);
}

/* By a column where one shows it, else as a view would: columns show no order of several fields, so
 * the list has that of the view until one is clicked. */
static void
set_sort (SatListPage *self, const char *sort)
{
  gboolean descending = sort != NULL && *sort == '-';

  if (sort != NULL && strchr (sort, ',') == NULL &&
      sat_columns_sort_by (self->columns, sort + descending, descending))
    return;
  gtk_column_view_sort_by_column (self->columns, NULL, GTK_SORT_ASCENDING);
  sat_list_model_set_sort (self->model, sort);
  tell_views (self, sort);
}

/* The order stays what it was, also by a field that is no longer shown. */
static void
show_columns (SatListPage *self, GPtrArray *fields)
{
  g_autofree char *sort = g_strdup (sat_list_model_get_sort (self->model));
  GtkSorter *sorter = gtk_column_view_get_sorter (self->columns);

  sat_list_model_set_columns (self->model, fields);
  g_signal_handlers_block_by_func (sorter, sorted_cb, self);
  sat_columns_set (self->columns, fields);
  set_sort (self, sort);
  g_signal_handlers_unblock_by_func (sorter, sorted_cb, self);
  sat_column_button_set_columns (self->chooser, fields);
  fit_columns (self);
  tell_views (self, sort);
}

static void
columns_chosen_cb (SatListPage *self)
{
  GPtrArray *fields = sat_column_button_get_columns (self->chooser);
  g_autofree char *text = sat_columns_write (self->object, fields);

  if (!self->has_view)
    sat_columns_remember (self->object, text);
  show_columns (self, fields);
}

/* A segment says which records; all else is as without a view. */
static void
chosen_cb (SatListPage *self,
           gboolean is_view,
           const char *condition,
           const char *sort,
           const char *columns,
           const char *grouping)
{
  g_autofree char *own = sat_columns_remembered (self->object);
  g_autoptr (GPtrArray) fields = NULL;

  self->has_view = is_view;
  g_free (self->grouping);
  self->grouping = g_strdup (grouping);
  fields = sat_columns_read (self->object, is_view ? columns : own);
  sat_list_page_filter (self, condition);
  show_columns (self, fields);
  gtk_column_view_sort_by_column (self->columns, NULL, GTK_SORT_ASCENDING);
  sat_list_model_set_sort (self->model, sort);
  tell_views (self, sort);
}

/* ---- two-line rows ------------------------------------------------------------------------- */

static void
line_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SatListPage *self)
{
  gtk_list_item_set_child (item, sat_list_row_new (self->object));
}

static void
line_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SatListPage *self)
{
  sat_list_row_set_row (SAT_LIST_ROW (gtk_list_item_get_child (item)),
                        gtk_list_item_get_item (item));
}

static void
line_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, SatListPage *self)
{
  sat_list_row_set_row (SAT_LIST_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
set_up_lines (SatListPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (line_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (line_bind_cb), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (line_unbind_cb), self, 0);
  gtk_list_view_set_factory (self->lines, factory);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return sat_here (SAT_LIST_PAGE (page)->object->plural);
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_LIST_PAGE (page)->object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  SatListPage *self = SAT_LIST_PAGE (page);

  gtk_widget_set_visible (GTK_WIDGET (self->back), folded);
  adw_header_bar_set_show_start_title_buttons (self->header, folded);
}

static void
page_search (SatPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (SAT_LIST_PAGE (page)->search));
}

static gboolean
page_escape (SatPage *page)
{
  SatListPage *self = SAT_LIST_PAGE (page);

  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    stop_search_cb (self);
  else if (gtk_toggle_button_get_active (self->filtering))
    gtk_toggle_button_set_active (self->filtering, FALSE);
  else
    return FALSE;
  return TRUE;
}

static void
sat_list_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->search = page_search;
  iface->escape = page_escape;
}

static gboolean
sat_list_page_grab_focus (GtkWidget *widget)
{
  SatListPage *self = SAT_LIST_PAGE (widget);

  if (self->searching)
    {
      self->searching = FALSE;
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
      gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
      return TRUE;
    }
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "list") == 0)
    return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  return gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
sat_list_page_dispose (GObject *object)
{
  SatListPage *self = SAT_LIST_PAGE (object);
  GtkWidget *child;

  g_clear_handle_id (&self->fit_source, g_source_remove);
  if (self->columns != NULL)
    {
      /* A view that goes away takes its columns away one by one, and sorts anew each time. */
      g_signal_handlers_disconnect_by_func (gtk_column_view_get_sorter (self->columns), sorted_cb,
                                            self);
      gtk_column_view_set_model (self->columns, NULL);
      gtk_list_view_set_model (self->lines, NULL);
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->grouping, g_free);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (sat_list_page_parent_class)->dispose (object);
}

static void
sat_list_page_class_init (SatListPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_list_page_dispose;
  widget_class->size_allocate = sat_list_page_size_allocate;
  widget_class->measure = sat_list_page_measure;
  widget_class->grab_focus = sat_list_page_grab_focus;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/list/sat-list-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatListPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, add);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, search);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, filtering);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, views);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, revealer);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, filter);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, squeezer);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, columns);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, lines);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, empty);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, empty_add);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, nothing);
  gtk_widget_class_bind_template_child (widget_class, SatListPage, failed);
  gtk_widget_class_bind_template_callback (widget_class, choose_view_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, filtering_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, columns_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, lines_activate_cb);
}

static void
sat_list_page_init (SatListPage *self)
{
  g_type_ensure (SAT_TYPE_FILTER_BAR);
  g_type_ensure (SAT_TYPE_COLUMN_BUTTON);
  g_type_ensure (SAT_TYPE_VIEW_BUTTON);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_up_texts (SatListPage *self)
{
  const SatObject *object = self->object;
  g_autofree char *one = sat_here_inside (object->label);
  g_autofree char *many = sat_here_inside (object->plural);
  g_autofree char *add = g_strdup_printf (_ ("New %s"), one);
  g_autofree char *none = g_strdup_printf (_ ("No %s yet"), many);
  /* Translators: %s is a kind of records, such as “customers”. */
  g_autofree char *search = g_strdup_printf (_ ("Search %s"), many);

  adw_window_title_set_title (self->title, sat_here (object->plural));
  gtk_widget_set_visible (GTK_WIDGET (self->add), !object->managed);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), add);
  sat_name_widget (GTK_WIDGET (self->add), add);
  adw_status_page_set_icon_name (self->empty, sat_object_icon (object));
  adw_status_page_set_title (self->empty, none);
  adw_status_page_set_description (
      self->empty, _ ("Create the first one, or bring them in from a spreadsheet: drop the file "
                      "here."));
  gtk_button_set_label (self->empty_add, add);
  g_object_set (self->search, "placeholder-text", search, NULL);
  sat_name_widget (GTK_WIDGET (self->search), search);
  sat_name_widget (GTK_WIDGET (self->columns), sat_here (object->plural));
  sat_name_widget (GTK_WIDGET (self->lines), sat_here (object->plural));
}

GtkWidget *
sat_list_page_new (SatService *service, const SatObject *object)
{
  SatListPage *self = g_object_new (SAT_TYPE_LIST_PAGE, NULL);
  g_autofree char *own = sat_columns_remembered (object);
  g_autoptr (GPtrArray) fields = sat_columns_read (object, own);

  self->object = object;
  self->model = sat_list_model_new (service, object);
  self->selection = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  sat_filter_bar_set_object (self->filter, object);
  sat_view_button_set_up (self->views, service, object);
  set_up_texts (self);
  set_up_lines (self);
  sat_list_model_set_columns (self->model, fields);
  sat_columns_set (self->columns, fields);
  sat_column_button_set_object (self->chooser, object);
  sat_column_button_set_columns (self->chooser, fields);
  choose_view_cb (self);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (show_state), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (self->columns), "changed",
                           G_CALLBACK (sorted_cb), self, G_CONNECT_SWAPPED);
  sorted_cb (self);
  return GTK_WIDGET (self);
}

const char *
sat_list_page_get_words (SatListPage *self)
{
  return sat_list_model_get_words (self->model);
}

const char *
sat_list_page_get_sort (SatListPage *self)
{
  return sat_list_model_get_sort (self->model);
}

void
sat_list_page_filter (SatListPage *self, const char *condition)
{
  gtk_toggle_button_set_active (self->filtering, condition != NULL);
  sat_filter_bar_set_text (self->filter, condition);
}

const char *
sat_list_page_get_condition (SatListPage *self)
{
  return sat_list_model_get_condition (self->model);
}

/* ---- what a person has made it show -------------------------------------------------------- */

struct _SatListState
{
  char *words;
  char *filter; /* what was written, also what is no condition; NULL: no filter is open */
  char *sort;
  char *columns; /* NULL: those of the catalogue */
  char *grouping;
  gboolean has_view;
  gboolean searching; /* the focus is where words are typed */
};

void
sat_list_state_free (gpointer data)
{
  SatListState *state = data;

  g_free (state->words);
  g_free (state->filter);
  g_free (state->sort);
  g_free (state->columns);
  g_free (state->grouping);
  g_free (state);
}

static gboolean
has_focus (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

SatListState *
sat_list_page_get_state (SatListPage *self)
{
  SatListState *state = g_new0 (SatListState, 1);

  state->words = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search)));
  if (gtk_toggle_button_get_active (self->filtering))
    state->filter = g_strdup (sat_filter_bar_get_text (self->filter));
  state->sort = g_strdup (sat_list_model_get_sort (self->model));
  state->columns = sat_columns_write (self->object, sat_list_model_get_columns (self->model));
  state->grouping = g_strdup (self->grouping);
  state->has_view = self->has_view;
  state->searching = has_focus (GTK_WIDGET (self->search));
  return state;
}

void
sat_list_page_set_state (SatListPage *self, const SatListState *state)
{
  g_autoptr (GPtrArray) fields = sat_columns_read (self->object, state->columns);

  gtk_editable_set_text (GTK_EDITABLE (self->search), state->words);
  gtk_editable_set_position (GTK_EDITABLE (self->search), -1);
  search_cb (self);
  gtk_toggle_button_set_active (self->filtering, state->filter != NULL);
  sat_filter_bar_set_text (self->filter, state->filter);
  self->has_view = state->has_view;
  g_free (self->grouping);
  self->grouping = g_strdup (state->grouping);
  show_columns (self, fields);
  set_sort (self, state->sort);
  self->searching = state->searching;
}
