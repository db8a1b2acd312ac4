/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What always holds: `rows` is the last answer. `known` maps a row's number to the SatRow that
 * stands for it as long as anybody holds that, so that one row never has two objects; `recent`
 * holds the last KEEP of them. A row is in `wanted` at most once (`asked` tells), newest last, and
 * at most one batch is under way. */
#include "gtk-app/model/sat-list-model.h"

#include "core/workspace/sat-workspace-shown.h"
#include "gtk-app/model/sat-row-diff.h"
#include "gtk-app/sat-value-text.h"

#define BATCH 96
#define KEEP 800
#define WANTED_MAX 400
#define FIRST 100 /* rows asked for before all, when there is nothing to show yet */

struct _SatListModel
{
  GObject parent_instance;

  SatService *service;
  const SatObject *object;
  GPtrArray *columns; /* const SatField *; never changed, only replaced */
  char *words;
  char *sort;
  char *condition;

  GArray *rows; /* of gint64; never changed, only replaced */
  GArray *rest; /* of gint64: what is left of the answer before, while edits are told */
  guint cut;    /* see count_rows */
  guint rest_from;
  GHashTable *known;   /* gint64 * in the SatRow's data -> SatRow, not owned */
  GQueue recent;       /* SatRow, a reference each, newest first */
  GHashTable *links;   /* SatRow -> its GList in `recent` */
  GQueue wanted;       /* SatRow, a reference each, newest first */
  GHashTable *asked;   /* SatRow: in `wanted` or in the batch under way */
  GCancellable *query; /* of the answer awaited, or NULL */
  gboolean fetching;
  gint64 limit;   /* of the answer awaited */
  gboolean stale; /* something was committed while an answer was awaited */
  guint fetch_source;
  GError *error;
};

static void sat_list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatListModel,
                               sat_list_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, sat_list_model_iface_init))

enum
{
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void fetch_soon (SatListModel *self);
static void ask (SatListModel *self, gint64 limit);

/* ---- on a reader thread -------------------------------------------------------------------- */

typedef struct
{
  const SatObject *object;
  char *words;
  char *sort;
  char *condition;
  gint64 limit;
  GArray *before; /* of gint64: what the answer is compared with */
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->words);
  g_free (query->sort);
  g_free (query->condition);
  g_array_unref (query->before);
  g_free (query);
}

typedef struct
{
  GArray *rows;  /* of gint64 */
  GArray *edits; /* of SatRowEdit */
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  g_clear_pointer (&answer->rows, g_array_unref);
  g_clear_pointer (&answer->edits, g_array_unref);
  g_free (answer);
}

static gpointer
read_rows (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Query *query = data;
  g_auto (GStrv) sort = query->sort != NULL ? g_strsplit (query->sort, ",", -1) : NULL;
  g_autoptr (SatExpression) where = NULL;
  SatQuery request = {
    .object = query->object,
    .words = query->words,
    .sort = (const char *const *) sort,
    .limit = query->limit,
  };
  Answer *answer;
  GArray *rows;

  if (query->condition != NULL)
    {
      where = sat_expression_parse (query->object, query->condition, SAT_EXPRESSION_FILTER, NULL,
                                    error);
      if (where == NULL)
        return NULL;
      request.where = where;
    }
  rows = sat_workspace_list_rows (workspace, &request, error);
  if (rows == NULL)
    return NULL;
  answer = g_new0 (Answer, 1);
  answer->rows = rows;
  answer->edits = sat_row_diff ((const gint64 *) (gconstpointer) query->before->data,
                                query->before->len, (const gint64 *) (gconstpointer) rows->data,
                                rows->len);
  return answer;
}

typedef struct
{
  const SatObject *object;
  GPtrArray *columns;
  GArray *rows; /* of gint64 */
} Batch;

static void
batch_free (gpointer data)
{
  Batch *batch = data;

  g_array_unref (batch->rows);
  g_ptr_array_unref (batch->columns);
  g_free (batch);
}

/* A record with the texts of its columns; both may be NULL. */
typedef struct
{
  SatRecord *record;
  char **texts;
} Line;

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->record, sat_record_unref);
  g_clear_pointer (&line->texts, g_strfreev);
}

/* Of the columns that the list has; the record may know of more by now. */
static char **
column_texts (SatWorkspace *workspace, const SatRecord *record, const GPtrArray *columns)
{
  char **texts = g_new0 (char *, columns->len + 1);

  for (guint i = 0; i < columns->len; i++)
    texts[i] = sat_record_text_in (workspace, record, g_ptr_array_index (columns, i));
  return texts;
}

static gpointer
read_batch (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Batch *batch = data;
  g_autoptr (GPtrArray) records = NULL;
  GArray *lines;

  records = sat_workspace_load_columns (
      workspace, batch->object, (const gint64 *) (gconstpointer) batch->rows->data,
      batch->rows->len, (const SatField *const *) (gpointer) batch->columns->pdata,
      batch->columns->len, error);
  if (records == NULL)
    return NULL;

  lines = g_array_new (FALSE, TRUE, sizeof (Line));
  g_array_set_clear_func (lines, line_clear);
  for (guint i = 0; i < records->len; i++)
    {
      const SatRecord *record = g_ptr_array_index (records, i);
      Line line = { NULL, NULL };

      if (record != NULL)
        {
          line.record = sat_record_ref (record);
          line.texts = column_texts (workspace, record, batch->columns);
        }
      g_array_append_val (lines, line);
    }
  return lines;
}

/* ---- records, as they are looked at -------------------------------------------------------- */

/* Runs while ROW is being disposed of: its number can still be read. */
static void
row_gone_cb (gpointer data, GObject *object)
{
  SatListModel *self = data;
  gint64 number = sat_row_get_row ((SatRow *) object);

  g_hash_table_remove (self->known, &number);
}

static void
touch (SatListModel *self, SatRow *row)
{
  GList *link = g_hash_table_lookup (self->links, row);

  if (link != NULL)
    {
      g_queue_unlink (&self->recent, link);
      g_queue_push_head_link (&self->recent, link);
      return;
    }
  g_queue_push_head (&self->recent, g_object_ref (row));
  g_hash_table_insert (self->links, row, self->recent.head);
  while (self->recent.length > KEEP)
    {
      SatRow *old = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->links, old);
      g_object_unref (old);
    }
}

/* Newest first: what is on the screen now comes before what was scrolled past. */
static void
want (SatListModel *self, SatRow *row)
{
  if (!g_hash_table_add (self->asked, row))
    return;
  g_queue_push_head (&self->wanted, g_object_ref (row));
  while (self->wanted.length > WANTED_MAX)
    {
      SatRow *old = g_queue_pop_tail (&self->wanted);

      g_hash_table_remove (self->asked, old);
      g_object_unref (old);
    }
  fetch_soon (self);
}

/* The rows as they are while the edits are being announced: `rows` up to `cut`, and from there on
 * what the old answer `rest` has from `rest_from`. */
static guint
count_rows (SatListModel *self)
{
  return self->rest != NULL ? self->cut + self->rest->len - self->rest_from : self->rows->len;
}

static gint64
number_at (SatListModel *self, guint position)
{
  if (self->rest != NULL && position >= self->cut)
    return g_array_index (self->rest, gint64, position - self->cut + self->rest_from);
  return g_array_index (self->rows, gint64, position);
}

static SatRow *
get_row (SatListModel *self, guint position)
{
  gint64 number = number_at (self, position);
  SatRow *row = g_hash_table_lookup (self->known, &number);

  if (row != NULL)
    g_object_ref (row);
  else
    {
      gint64 *key = g_new (gint64, 1);

      *key = number;
      row = sat_row_new (number);
      g_hash_table_insert (self->known, key, row);
      g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
    }
  touch (self, row);
  if (sat_row_get_record (row) == NULL)
    want (self, row);
  return row;
}

/* A batch under way: the rows asked for, and the model. */
typedef struct
{
  SatListModel *self;
  GPtrArray *rows;
} Fetch;

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fetch *fetch = data;
  g_autoptr (SatListModel) self = fetch->self;
  g_autoptr (GPtrArray) rows = fetch->rows;
  g_autoptr (GArray) lines = sat_service_finish (SAT_SERVICE (source), result, NULL);

  g_free (fetch);
  self->fetching = FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      SatRow *row = g_ptr_array_index (rows, i);

      g_hash_table_remove (self->asked, row);
      if (lines != NULL && i < lines->len)
        {
          Line *line = &g_array_index (lines, Line, i);

          sat_row_take (row, g_steal_pointer (&line->record), g_steal_pointer (&line->texts));
        }
    }
  fetch_soon (self);
}

static gboolean
fetch_cb (gpointer data)
{
  SatListModel *self = data;
  Batch *batch;
  Fetch *fetch;

  self->fetch_source = 0;
  if (self->fetching || g_queue_is_empty (&self->wanted))
    return G_SOURCE_REMOVE;

  batch = g_new0 (Batch, 1);
  batch->object = self->object;
  batch->columns = g_ptr_array_ref (self->columns);
  batch->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  fetch = g_new0 (Fetch, 1);
  fetch->self = g_object_ref (self);
  fetch->rows = g_ptr_array_new_with_free_func (g_object_unref);
  while (batch->rows->len < BATCH && !g_queue_is_empty (&self->wanted))
    {
      SatRow *row = g_queue_pop_head (&self->wanted);
      gint64 number = sat_row_get_row (row);

      g_ptr_array_add (fetch->rows, row);
      g_array_append_val (batch->rows, number);
    }
  self->fetching = TRUE;
  sat_service_read (self->service, read_batch, batch, batch_free, (GDestroyNotify) g_array_unref,
                    NULL, fetched_cb, fetch);
  return G_SOURCE_REMOVE;
}

static void
fetch_soon (SatListModel *self)
{
  if (self->fetch_source == 0 && !self->fetching && !g_queue_is_empty (&self->wanted))
    self->fetch_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 25, fetch_cb, self, NULL);
}

/* Something was committed: what is known is read again; placeholders keep their old text meanwhile.
 */
static void
refresh_known (SatListModel *self)
{
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (G_OBJECT (row)->ref_count > 1)
      want (self, row);
}

/* Whoever holds one of the rows keeps it; others are made for whoever asks next. */
static void
forget_rows (SatListModel *self)
{
  GHashTableIter iter;
  gpointer row;

  while (!g_queue_is_empty (&self->wanted))
    {
      row = g_queue_pop_head (&self->wanted);
      g_hash_table_remove (self->asked, row);
      g_object_unref (row);
    }
  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_hash_table_remove_all (self->known);
  g_hash_table_remove_all (self->links);
  g_queue_clear_full (&self->recent, g_object_unref);
}

/* ---- answers ------------------------------------------------------------------------------- */

/* Takes the new answer over, telling only what differs. */
static void
take_answer (SatListModel *self, Answer *answer)
{
  guint old_at = 0; /* in the old answer, what `at` is in the new one */
  guint at = 0;

  self->rest = g_steal_pointer (&self->rows);
  self->rows = g_steal_pointer (&answer->rows);
  for (guint i = 0; i < answer->edits->len; i++)
    {
      const SatRowEdit *edit = &g_array_index (answer->edits, SatRowEdit, i);

      old_at += edit->position - at + edit->removed;
      at = edit->position + edit->added;
      self->cut = at;
      self->rest_from = old_at;
      g_list_model_items_changed (G_LIST_MODEL (self), edit->position, edit->removed, edit->added);
    }
  g_clear_pointer (&self->rest, g_array_unref);
}

static void
rows_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatListModel) self = data;
  g_autoptr (GError) error = NULL;
  Answer *answer = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer != NULL && answer->rows->len == self->limit)
    {
      /* A screenful is there at once; all of them follow, and until then it counts as loading. */
      take_answer (self, answer);
      answer_free (answer);
      ask (self, -1);
      return;
    }
  g_clear_object (&self->query);
  g_clear_error (&self->error);
  if (answer != NULL)
    take_answer (self, answer);
  else
    self->error = g_steal_pointer (&error);
  g_clear_pointer (&answer, answer_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  if (self->stale)
    ask (self, -1);
}

/* LIMIT -1: for all. */
static void
ask (SatListModel *self, gint64 limit)
{
  Query *query = g_new0 (Query, 1);

  if (self->query != NULL)
    g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  self->query = g_cancellable_new ();
  self->stale = FALSE;
  self->limit = limit;

  query->object = self->object;
  query->words = g_strdup (self->words);
  query->limit = limit;
  query->before = g_array_ref (self->rows);
  query->sort = g_strdup (self->sort);
  query->condition = g_strdup (self->condition);
  sat_service_read (self->service, read_rows, query, query_free, answer_free, self->query, rows_cb,
                    g_object_ref (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* During a long sync the answers keep coming: a new question waits for the one under way. */
static void
changed_cb (SatListModel *self)
{
  refresh_known (self);
  if (self->query != NULL)
    self->stale = TRUE;
  else
    ask (self, -1);
}

/* ---- GObject, GListModel ------------------------------------------------------------------- */

static GType
get_item_type (GListModel *model)
{
  return SAT_TYPE_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return count_rows (SAT_LIST_MODEL (model));
}

static gpointer
get_item (GListModel *model, guint position)
{
  SatListModel *self = SAT_LIST_MODEL (model);

  return position < count_rows (self) ? get_row (self, position) : NULL;
}

static void
sat_list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
sat_list_model_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SatListModel *self = SAT_LIST_MODEL (object);

  if (id == PROP_LOADING)
    g_value_set_boolean (value, sat_list_model_is_loading (self));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sat_list_model_dispose (GObject *object)
{
  SatListModel *self = SAT_LIST_MODEL (object);

  g_clear_handle_id (&self->fetch_source, g_source_remove);
  if (self->query != NULL)
    g_cancellable_cancel (self->query);
  g_clear_object (&self->query);
  g_hash_table_remove_all (self->asked);
  g_queue_clear_full (&self->wanted, g_object_unref);
  g_hash_table_remove_all (self->links);
  g_queue_clear_full (&self->recent, g_object_unref);
  G_OBJECT_CLASS (sat_list_model_parent_class)->dispose (object);
}

static void
sat_list_model_finalize (GObject *object)
{
  SatListModel *self = SAT_LIST_MODEL (object);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->known);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_gone_cb, self);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->links, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  g_clear_pointer (&self->rows, g_array_unref);
  g_clear_pointer (&self->columns, g_ptr_array_unref);
  g_clear_pointer (&self->words, g_free);
  g_clear_pointer (&self->sort, g_free);
  g_clear_pointer (&self->condition, g_free);
  g_clear_error (&self->error);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_list_model_parent_class)->finalize (object);
}

static void
sat_list_model_class_init (SatListModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = sat_list_model_dispose;
  object_class->finalize = sat_list_model_finalize;
  object_class->get_property = sat_list_model_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sat_list_model_init (SatListModel *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->links = g_hash_table_new (NULL, NULL);
  self->asked = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->recent);
  g_queue_init (&self->wanted);
}

SatListModel *
sat_list_model_new (SatService *service, const SatObject *object)
{
  SatListModel *self = g_object_new (SAT_TYPE_LIST_MODEL, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  self->columns = g_ptr_array_new ();
  for (guint i = 0; i < object->n_list_columns; i++)
    g_ptr_array_add (self->columns, (gpointer) object->list_columns[i]);
  g_signal_connect_object (service, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  ask (self, FIRST);
  return self;
}

/* What was read has the texts of other columns: it is read again, by rows of their own, so that no
 * answer that is under way ends up in them. */
void
sat_list_model_set_columns (SatListModel *self, GPtrArray *columns)
{
  guint n = count_rows (self);

  g_ptr_array_unref (self->columns);
  self->columns = g_ptr_array_ref (columns);
  forget_rows (self);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, n);
}

GPtrArray *
sat_list_model_get_columns (SatListModel *self)
{
  return self->columns;
}

void
sat_list_model_set_words (SatListModel *self, const char *words)
{
  if (words != NULL && *words == '\0')
    words = NULL;
  if (g_strcmp0 (self->words, words) == 0)
    return;
  g_free (self->words);
  self->words = g_strdup (words);
  ask (self, -1);
}

const char *
sat_list_model_get_words (SatListModel *self)
{
  return self->words;
}

void
sat_list_model_set_sort (SatListModel *self, const char *sort)
{
  if (g_strcmp0 (self->sort, sort) == 0)
    return;
  g_free (self->sort);
  self->sort = g_strdup (sort);
  ask (self, self->rows->len > 0 ? -1 : FIRST);
}

const char *
sat_list_model_get_sort (SatListModel *self)
{
  return self->sort;
}

void
sat_list_model_set_condition (SatListModel *self, const char *condition)
{
  if (g_strcmp0 (self->condition, condition) == 0)
    return;
  g_free (self->condition);
  self->condition = g_strdup (condition);
  ask (self, -1);
}

const char *
sat_list_model_get_condition (SatListModel *self)
{
  return self->condition;
}

gboolean
sat_list_model_is_loading (SatListModel *self)
{
  return self->query != NULL;
}

const GError *
sat_list_model_get_error (SatListModel *self)
{
  return self->error;
}
