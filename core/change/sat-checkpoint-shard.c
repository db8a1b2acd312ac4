/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cutting records into shards, and reading a shard.
 *
 * Think of the records of an object as leaves of a tree by the digits of their ids. A node whose
 * records weigh too much together is cut into those below it, unless it is one record. Going
 * through the records in order, every node above the current one is known to be too heavy, so only
 * the records of the current one have to be kept. */
#include <string.h>

#include "core/change/sat-change-set-private.h"
#include "core/change/sat-checkpoint-private.h"

/* A record that waits for its shard to be complete. */
typedef struct
{
  SatId id;
  gsize length;        /* of its siblings in `body` */
  gsize weight;        /* with its contexts */
  guint n_ops;         /* siblings */
  GPtrArray *contexts; /* SatContext; NULL: none */
} Pending;

struct _SatShardWriter
{
  char *book;
  SatCheckpointKind kind;
  SatShardFunc func;
  gpointer data;
  char *object;    /* of the records that wait */
  GArray *pending; /* Pending: their ids begin with the same DEPTH digits */
  guint depth;     /* what begins with fewer of these digits is too heavy */
  gsize weight;    /* of all that wait */
  GString *body;   /* their siblings, one record after another */
};

static void
context_free (gpointer data)
{
  SatContext *context = data;

  g_free ((gpointer) context->book);
  g_free ((gpointer) context->seen);
  g_free (context);
}

static SatContext *
context_copy (const SatContext *context)
{
  SatContext *copy = g_new (SatContext, 1);

  copy->book = g_strdup (context->book);
  copy->seen = g_memdup2 (context->seen, context->n_seen * sizeof (SatSaw));
  copy->n_seen = context->n_seen;
  return copy;
}

static void
pending_clear (gpointer data)
{
  g_clear_pointer (&((Pending *) data)->contexts, g_ptr_array_unref);
}

SatShardWriter *
sat_shard_writer_new (const char *book, SatCheckpointKind kind, SatShardFunc func, gpointer data)
{
  SatShardWriter *writer = g_new0 (SatShardWriter, 1);

  writer->book = g_strdup (book);
  writer->kind = kind;
  writer->func = func;
  writer->data = data;
  writer->pending = g_array_new (FALSE, FALSE, sizeof (Pending));
  g_array_set_clear_func (writer->pending, pending_clear);
  writer->body = g_string_new (NULL);
  return writer;
}

void
sat_shard_writer_free (SatShardWriter *writer)
{
  if (writer == NULL)
    return;
  g_free (writer->book);
  g_free (writer->object);
  g_array_unref (writer->pending);
  g_string_free (writer->body, TRUE);
  g_free (writer);
}

/* ---- digits ---- */

static guint
digit (const SatId *id, guint at)
{
  return at % 2 ? id->bytes[at / 2] & 0x0f : id->bytes[at / 2] >> 4;
}

/* With how many digits both begin. */
static guint
common_digits (const SatId *a, const SatId *b)
{
  guint n = 0;

  while (n < SAT_SHARD_PREFIX_MAX && digit (a, n) == digit (b, n))
    n++;
  return n;
}

static char *
prefix_of (const SatId *id, guint depth)
{
  char *prefix = g_malloc (depth + 1);

  for (guint i = 0; i < depth; i++)
    prefix[i] = "0123456789abcdef"[digit (id, i)];
  prefix[depth] = '\0';
  return prefix;
}

gboolean
sat_shard_has_id (const char *prefix, const SatId *id)
{
  for (guint i = 0; prefix[i] != '\0'; i++)
    if (i == SAT_SHARD_PREFIX_MAX || "0123456789abcdef"[digit (id, i)] != prefix[i])
      return FALSE;
  return TRUE;
}

/* ---- a shard is complete ---- */

static int
compare_contexts (gconstpointer a, gconstpointer b)
{
  return sat_context_compare (*(SatContext *const *) a, *(SatContext *const *) b);
}

/* The contexts of the first N records, in order and each once; borrowed. */
static GPtrArray *
collect_contexts (const SatShardWriter *writer, guint n)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *contexts = g_ptr_array_new ();

  for (guint i = 0; i < n; i++)
    {
      const Pending *pending = &g_array_index (writer->pending, Pending, i);

      for (guint k = 0; pending->contexts != NULL && k < pending->contexts->len; k++)
        g_ptr_array_add (all, g_ptr_array_index (pending->contexts, k));
    }
  g_ptr_array_sort (all, compare_contexts);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_contexts (&all->pdata[i - 1], &all->pdata[i]) != 0)
      g_ptr_array_add (contexts, all->pdata[i]);
  return contexts;
}

/* The record's line; its siblings follow. */
static void
put_record (GString *out, const char *object, const Pending *pending, GPtrArray *contexts)
{
  g_string_append (out, object);
  g_string_append_c (out, ' ');
  sat_change_set_put_id (out, &pending->id);
  for (guint i = 0; pending->contexts != NULL && i < pending->contexts->len; i++)
    {
      const gpointer *found = bsearch (&pending->contexts->pdata[i], contexts->pdata, contexts->len,
                                       sizeof (gpointer), compare_contexts);

      g_string_append (out, i == 0 ? " graft " : ",");
      sat_change_set_put_number (out, (guint64) (found - contexts->pdata) + 1);
    }
  g_string_append_c (out, '\n');
}

/* The text of the first N records that wait; *USED: how much of `body` they take. */
static GBytes *
shard_text (const SatShardWriter *writer, guint n, const char *prefix, gsize *used)
{
  g_autoptr (GPtrArray) contexts = collect_contexts (writer, n);
  GString *out = g_string_sized_new (writer->body->len + (gsize) n * 64 + 256);
  guint64 n_ops = 0;
  gsize at = 0;

  sat_checkpoint_put_head (out, writer->book, writer->kind);
  g_string_append_printf (out, " %s %s\n", writer->object, *prefix ? prefix : SAT_SHARD_ALL);
  for (guint i = 0; i < contexts->len; i++)
    sat_change_set_put_context (out, contexts->pdata[i]);
  for (guint i = 0; i < n; i++)
    {
      const Pending *pending = &g_array_index (writer->pending, Pending, i);

      put_record (out, writer->object, pending, contexts);
      g_string_append_len (out, writer->body->str + at, (gssize) pending->length);
      at += pending->length;
      n_ops += pending->n_ops;
    }
  g_string_append_printf (out, "end %u %" G_GUINT64_FORMAT "\n", n, n_ops);
  *used = at;
  return g_string_free_to_bytes (out);
}

/* Hands out the first N records that wait as the shard of DEPTH digits. */
static gboolean
emit (SatShardWriter *writer, guint n, guint depth, GError **error)
{
  g_autofree char *prefix = prefix_of (&g_array_index (writer->pending, Pending, 0).id, depth);
  SatShard shard = { writer->object, prefix, n };
  gsize used;
  g_autoptr (GBytes) text = shard_text (writer, n, prefix, &used);

  if (g_bytes_get_size (text) > SAT_CHECKPOINT_MAX_BYTES)
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("a record of “%s” has become too large for a checkpoint"), writer->object,
                     NULL);
  for (guint i = 0; i < n; i++)
    writer->weight -= g_array_index (writer->pending, Pending, i).weight;
  g_string_erase (writer->body, 0, (gssize) used);
  g_array_remove_range (writer->pending, 0, n);
  return writer->func (&shard, text, writer->data, error);
}

/* All that wait are one shard. */
static gboolean
emit_all (SatShardWriter *writer, GError **error)
{
  return writer->pending->len == 0 || emit (writer, writer->pending->len, writer->depth, error);
}

/* What waits is too heavy together: one digit more, and out with all that has another one than the
 * last record. */
static gboolean
split (SatShardWriter *writer, GError **error)
{
  writer->depth++;
  for (;;)
    {
      const Pending *pending = (const Pending *) (void *) writer->pending->data;
      guint n = 1;

      while (n < writer->pending->len &&
             common_digits (&pending[0].id, &pending[n].id) >= writer->depth)
        n++;
      if (n == writer->pending->len)
        return TRUE;
      if (!emit (writer, n, writer->depth, error))
        return FALSE;
    }
}

/* ---- a record ---- */

static gsize
context_size (const SatContext *context)
{
  GString *text = g_string_new (NULL);
  gsize size;

  sat_change_set_put_context (text, context);
  size = text->len;
  g_string_free (text, TRUE);
  return size;
}

static void
append_record (SatShardWriter *writer, const SatOpGroup *group)
{
  Pending pending = { .id = group->id, .n_ops = group->n_ops };
  gsize before = writer->body->len;

  sat_change_set_put_siblings (writer->body, group->ops, group->n_ops);
  pending.length = pending.weight = writer->body->len - before;
  if (group->n_contexts > 0)
    pending.contexts = g_ptr_array_new_with_free_func (context_free);
  for (guint i = 0; i < group->n_contexts; i++)
    {
      g_ptr_array_add (pending.contexts, context_copy (group->contexts[i]));
      pending.weight += context_size (group->contexts[i]);
    }
  if (pending.contexts != NULL)
    g_ptr_array_sort (pending.contexts, compare_contexts);
  writer->weight += pending.weight;
  g_array_append_val (writer->pending, pending);
}

/* Makes room for a record ID of OBJECT: what does not belong together with it is complete. */
static gboolean
begin_record (SatShardWriter *writer, const char *object, const SatId *id, GError **error)
{
  guint common;

  if (g_strcmp0 (writer->object, object) != 0)
    {
      if (!emit_all (writer, error))
        return FALSE;
      g_free (writer->object);
      writer->object = g_strdup (object);
      writer->depth = 0;
    }
  if (writer->pending->len == 0)
    return TRUE;
  common = common_digits (&g_array_index (writer->pending, Pending, 0).id, id);
  if (common >= writer->depth)
    return TRUE;
  if (!emit_all (writer, error))
    return FALSE;
  writer->depth = common + 1;
  return TRUE;
}

gboolean
sat_shard_writer_add (SatShardWriter *writer, const SatOpGroup *group, GError **error)
{
  if (group->n_ops > SAT_CHANGE_SET_MAX_GRAFT_OPS)
    return sat_fail (error, SAT_ERROR_TOO_LONG,
                     N_ ("a record of “%s” has become too large for a checkpoint"), group->object,
                     NULL);
  if (!begin_record (writer, group->object, &group->id, error))
    return FALSE;
  append_record (writer, group);
  while (writer->weight > SAT_SHARD_WEIGHT && writer->pending->len > 1)
    if (!split (writer, error))
      return FALSE;
  return TRUE;
}

gboolean
sat_shard_writer_finish (SatShardWriter *writer, GError **error)
{
  return emit_all (writer, error);
}

/* ---- reading ---- */

/* The error of the records' reader, which calls the text a change-set. */
static gboolean
fail_body (GError *problem, GError **error)
{
  const char *const *args = sat_error_args (problem);
  gboolean ok = sat_fail (error, SAT_ERROR_MALFORMED,
                          N_ ("line %s of the checkpoint: no record as it has to be there"),
                          args != NULL && args[0] != NULL ? args[0] : "?", NULL);

  g_error_free (problem);
  return ok;
}

/* The texts says that it is what was asked for. */
static gboolean
read_name (SatCheckpointCursor *c, const char *book, SatCheckpointKind kind, const SatShard *shard)
{
  g_autofree char *own_book = NULL;
  g_autofree char *object = NULL;
  g_autofree char *prefix = NULL;
  SatCheckpointKind own_kind = SAT_CHECKPOINT_STATE;

  if (!sat_checkpoint_read_head (c, &own_book, &own_kind))
    return FALSE;
  if (!sat_checkpoint_take (c, " "))
    return sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: this is no shard"));
  if (!sat_checkpoint_read_shard_name (c, &object, &prefix))
    return FALSE;
  if (!sat_checkpoint_take (c, "\n") || strcmp (own_book, book) != 0 || own_kind != kind ||
      strcmp (object, shard->object) != 0 || strcmp (prefix, shard->prefix) != 0)
    return sat_checkpoint_fail (c, N_ ("line %s of the checkpoint: this is another shard"));
  return TRUE;
}

static gboolean
check_groups (const SatChangeSet *set, const SatShard *shard)
{
  if (set->n_groups != shard->records)
    return FALSE;
  for (guint i = 0; i < set->n_groups; i++)
    if (strcmp (set->groups[i].object, shard->object) != 0 ||
        !sat_shard_has_id (shard->prefix, &set->groups[i].id))
      return FALSE;
  for (guint i = 0; set->contexts != NULL && i < set->contexts->len; i++)
    if (strcmp (g_array_index (set->contexts, SatContext, i).book, set->book) == 0)
      return FALSE;
  return TRUE;
}

SatChangeSet *
sat_shard_decode (
    GBytes *text, const char *book, SatCheckpointKind kind, const SatShard *shard, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (text, &size);
  SatCheckpointCursor c = { data ? data : "", data ? data : "", NULL, error };
  SatBodyKind body = kind == SAT_CHECKPOINT_STATE ? SAT_BODY_STATE : SAT_BODY_UNSEEN;
  g_autoptr (SatChangeSet) set = g_new0 (SatChangeSet, 1);
  GError *problem = NULL;

  c.end = c.text + size;
  set->saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  set->cuts = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  set->book = g_strdup (book);
  if (!read_name (&c, book, kind, shard))
    return NULL;
  if ((kind == SAT_CHECKPOINT_STATE &&
       !sat_change_set_read_contexts (c.text, &c.at, c.end, set, &problem)) ||
      !sat_change_set_read_body (set, body, c.text, size, c.at, &problem))
    {
      fail_body (problem, error);
      return NULL;
    }
  if (check_groups (set, shard))
    return g_steal_pointer (&set);
  sat_checkpoint_fail (&c, N_ ("line %s of the checkpoint: this is another shard"));
  return NULL;
}
