/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/detail/sat-related-list.h"

#include <glib/gi18n.h>

#include "gtk-app/model/sat-lookup.h"
#include "gtk-app/sat-util.h"

#define FIRST 5
#define MOST 500

struct _SatRelatedList
{
  GtkWidget parent_instance;

  AdwPreferencesGroup *group;
  GtkButton *add;
  GtkListBox *list;
  GtkLabel *empty;
  GtkButton *more;

  SatService *service;
  const SatField *field;
  SatId target;
  guint limit;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SatRelatedList, sat_related_list, GTK_TYPE_WIDGET)

/* ---- on a reader thread -------------------------------------------------------------------- */

typedef struct
{
  const SatField *field;
  SatId target;
  guint limit;
} Request;

typedef struct
{
  GPtrArray *found; /* SatFound */
  gint64 total;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_ptr_array_unref (answer->found);
  g_free (answer);
}

/* The newest first where the object has a date or time to show, else by title. */
static char *
sort_for (const SatObject *object)
{
  for (guint i = 0; i < object->n_list_columns; i++)
    {
      SatTypeId type = object->list_columns[i]->type->id;

      if (type == SAT_TYPE_TIME || type == SAT_TYPE_DATE)
        return g_strconcat ("-", object->list_columns[i]->name, NULL);
    }
  return g_strdup (object->title->name);
}

static gpointer
read_related (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Request *request = data;
  const SatObject *object = request->field->object;
  g_autofree char *by = sort_for (object);
  const char *sort[] = { by, NULL };
  SatQuery query = {
    .object = object,
    .sort = sort,
    .reference = request->field,
    .target = request->target,
    .limit = request->limit,
  };
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, &query, error);
  g_autoptr (GPtrArray) records = NULL;
  Answer *answer;

  if (rows == NULL)
    return NULL;
  records = sat_workspace_load_rows (workspace, object, (const gint64 *) (gconstpointer) rows->data,
                                     rows->len, error);
  if (records == NULL)
    return NULL;

  answer = g_new0 (Answer, 1);
  answer->found = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_found_free);
  for (guint i = 0; i < records->len; i++)
    if (g_ptr_array_index (records, i) != NULL)
      g_ptr_array_add (answer->found,
                       sat_found_new (workspace, g_ptr_array_index (records, i), request->field));
  query.limit = -1;
  answer->total = sat_workspace_count (workspace, &query, NULL);
  return answer;
}

/* ---- on the main thread -------------------------------------------------------------------- */

static GtkWidget *
make_row (const SatFound *found)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), found->title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), found->detail);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "id", sat_id_dup_text (&found->id), g_free);
  return row;
}

static void
show_answer (SatRelatedList *self, Answer *answer)
{
  const SatObject *object = self->field->object;
  g_autofree char *title = NULL;

  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < answer->found->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (answer->found, i)));

  if (answer->total > 0)
    title = g_strdup_printf ("%s · %" G_GINT64_FORMAT, sat_here (object->plural), answer->total);
  else
    title = g_strdup (sat_here (object->plural));
  {
    g_autofree char *escaped = g_markup_escape_text (title, -1);

    adw_preferences_group_set_title (self->group, escaped);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          answer->total > answer->found->len && self->limit < MOST);
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRelatedList) self = data;
  Answer *answer = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (answer == NULL)
    return;
  show_answer (self, answer);
  answer_free (answer);
}

static void
reload (SatRelatedList *self)
{
  Request *request = g_new0 (Request, 1);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  request->field = self->field;
  request->target = self->target;
  request->limit = self->limit;
  sat_service_read (self->service, read_related, request, g_free, answer_free, self->cancellable,
                    answered_cb, g_object_ref (self));
}

static void
add_cb (SatRelatedList *self)
{
  g_autofree char *target = sat_id_dup_text (&self->target);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.new", "(sss)", self->field->object->name,
                              self->field->name, target);
}

static void
more_cb (SatRelatedList *self)
{
  self->limit = MIN (self->limit * 10, MOST);
  reload (self);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, SatRelatedList *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", self->field->object->name,
                              (const char *) g_object_get_data (G_OBJECT (row), "id"));
}

static void
sat_related_list_dispose (GObject *object)
{
  SatRelatedList *self = SAT_RELATED_LIST (object);
  GtkWidget *child;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_related_list_parent_class)->dispose (object);
}

static void
sat_related_list_finalize (GObject *object)
{
  SatRelatedList *self = SAT_RELATED_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_related_list_parent_class)->finalize (object);
}

static void
sat_related_list_class_init (SatRelatedListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_related_list_dispose;
  object_class->finalize = sat_related_list_finalize;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/detail/sat-related-list.ui");
  gtk_widget_class_bind_template_child (widget_class, SatRelatedList, group);
  gtk_widget_class_bind_template_child (widget_class, SatRelatedList, add);
  gtk_widget_class_bind_template_child (widget_class, SatRelatedList, list);
  gtk_widget_class_bind_template_child (widget_class, SatRelatedList, empty);
  gtk_widget_class_bind_template_child (widget_class, SatRelatedList, more);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, more_cb);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
}

static void
sat_related_list_init (SatRelatedList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->limit = FIRST;
}

GtkWidget *
sat_related_list_new (SatService *service, const SatField *field, const SatId *target)
{
  SatRelatedList *self = g_object_new (SAT_TYPE_RELATED_LIST, NULL);
  const SatObject *object = field->object;
  g_autofree char *one = sat_here_inside (object->label);
  g_autofree char *many = sat_here_inside (object->plural);
  /* Translators: %s is a kind of record, such as “contact”. */
  g_autofree char *add = g_strdup_printf (_ ("New %s"), one);
  /* Translators: %s is a kind of records, such as “contacts”. */
  g_autofree char *empty = g_strdup_printf (_ ("No %s yet"), many);

  self->service = g_object_ref (service);
  self->field = field;
  self->target = *target;
  adw_preferences_group_set_title (self->group, sat_here (object->plural));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), add);
  sat_name_widget (GTK_WIDGET (self->add), add);
  gtk_label_set_label (self->empty, empty);
  gtk_button_set_label (self->more, _ ("Show more"));
  sat_name_widget (GTK_WIDGET (self->list), sat_here (object->plural));
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  reload (self);
  return GTK_WIDGET (self);
}
