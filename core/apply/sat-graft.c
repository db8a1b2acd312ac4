/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-graft.h"

#include <stdlib.h>
#include <string.h>

#include "core/store/sat-files.h"
#include "core/store/sat-names.h"

static SatGraft *
graft_new (guint32 object, const SatId *id)
{
  SatGraft *graft = g_new0 (SatGraft, 1);

  graft->object = object;
  graft->id = *id;
  graft->siblings = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  graft->context = g_array_new (FALSE, FALSE, sizeof (SatDot));
  graft->strings = g_string_chunk_new (512);
  return graft;
}

void
sat_graft_free (SatGraft *graft)
{
  if (graft == NULL)
    return;
  g_array_unref (graft->siblings);
  g_array_unref (graft->context);
  g_string_chunk_free (graft->strings);
  g_free (graft);
}

static const char *
keep_text (SatGraft *graft, const char *text)
{
  return text ? g_string_chunk_insert (graft->strings, text) : NULL;
}

SatGraft *
sat_graft_of_state (const SatState *state, const SatVector *vector)
{
  SatGraft *graft = graft_new (state->object, &state->id);

  for (guint i = 0; i < state->siblings->len; i++)
    {
      SatSibling sibling = *sat_state_at (state, i);

      sibling.element = keep_text (graft, sibling.element);
      sibling.value = keep_text (graft, sibling.value);
      sibling.in_column = FALSE;
      g_array_append_val (graft->siblings, sibling);
    }
  for (guint i = 0; i < state->context->len; i++)
    sat_context_raise (graft->context, &g_array_index (state->context, SatDot, i));
  for (guint32 device = 0; vector != NULL && device < vector->numbers->len; device++)
    {
      SatDot dot = { state->book, device, sat_vector_get (vector, device) };
      sat_context_raise (graft->context, &dot);
    }
  return graft;
}

/* ---- from the wire ------------------------------------------------------------------------------
 */

static gboolean
take_context (SatReplica *replica, SatGraft *graft, const SatContext *context, GError **error)
{
  SatDot dot = { .book = sat_names_get_book (replica->names, context->book, error) };

  for (guint i = 0; i < context->n_seen && dot.book != 0; i++)
    {
      dot.device = sat_names_get_device (replica->names, &context->seen[i].device, error);
      dot.number = context->seen[i].number;
      if (dot.device == 0)
        return FALSE;
      sat_context_raise (graft->context, &dot);
    }
  return dot.book != 0;
}

static gboolean
take_op (SatReplica *replica, SatGraft *graft, const SatOp *op, GError **error)
{
  SatSibling sibling = {
    .field = sat_names_get_name (replica->names, op->key, error),
    .hlc = op->hlc,
    .automatic = op->automatic != 0,
    .element = keep_text (graft, op->element),
    .value = op->element ? "1" : keep_text (graft, op->value),
  };

  if (sibling.field == 0)
    return FALSE;
  sibling.dot.book = sat_names_get_book (replica->names, op->dot->book, error);
  sibling.dot.number = op->dot->number;
  if (sibling.dot.book == 0)
    return FALSE;
  sibling.dot.device = sat_names_get_device (replica->names, &op->dot->device, error);
  if (sibling.dot.device == 0)
    return FALSE;
  g_array_append_val (graft->siblings, sibling);
  return TRUE;
}

SatGraft *
sat_graft_of_group (SatReplica *replica, const SatOpGroup *group, GError **error)
{
  guint32 object = sat_names_get_name (replica->names, group->object, error);
  g_autoptr (SatGraft) graft = object ? graft_new (object, &group->id) : NULL;

  for (guint i = 0; graft != NULL && i < group->n_contexts; i++)
    if (!take_context (replica, graft, group->contexts[i], error))
      return NULL;
  for (guint i = 0; graft != NULL && i < group->n_ops; i++)
    if (!take_op (replica, graft, &group->ops[i], error))
      return NULL;
  return g_steal_pointer (&graft);
}

/* ---- joining ------------------------------------------------------------------------------------
 */

static int
compare_registers (const SatSibling *a, const SatSibling *b)
{
  if (a->field != b->field)
    return a->field < b->field ? -1 : 1;
  return g_strcmp0 (a->element, b->element);
}

static int
compare_siblings (gconstpointer a, gconstpointer b)
{
  const SatSibling *x = a;
  const SatSibling *y = b;
  int order = compare_registers (x, y);

  if (order == 0)
    order = (x->dot.book > y->dot.book) - (x->dot.book < y->dot.book);
  if (order == 0)
    order = (x->dot.device > y->dot.device) - (x->dot.device < y->dot.device);
  return order ? order : (x->dot.number > y->dot.number) - (x->dot.number < y->dot.number);
}

/* The siblings of a record in order, to look for registers and dots. */
static GArray *
in_order (const GArray *siblings)
{
  GArray *order = g_array_copy ((GArray *) siblings);

  g_array_sort (order, compare_siblings);
  return order;
}

static gboolean
has_sibling (const GArray *order, const SatSibling *sibling)
{
  guint at;

  return g_array_binary_search ((GArray *) order, sibling, compare_siblings, &at);
}

/* Does CONTEXT go as far as DOT? */
static gboolean
knows (const GArray *context, const SatDot *dot)
{
  return dot->number <= sat_context_get (context, dot->book, dot->device);
}

typedef struct
{
  const SatGraft *graft;
  const GArray *siblings;  /* of it, in order */
  guint32 book;            /* this one */
  const SatVector *theirs; /* of a checkpoint, and */
  const SatVector *ours; /* of the book here; NULL: a graft, whose context has its own book as well,
                            and of this one nothing is new here */
} Join;

/* Absent there, but known there: it was dropped there. */
static gboolean
is_dropped (const SatSibling *sibling, gpointer data)
{
  const Join *join = data;
  const SatDot *dot = &sibling->dot;
  gboolean known = join->theirs != NULL && dot->book == join->book
                       ? dot->number <= sat_vector_get (join->theirs, dot->device)
                       : knows (join->graft->context, dot);

  return known && !has_sibling (join->siblings, sibling);
}

/* Is the sibling of a graft new here? One that is absent here but known here was dropped here. */
static gboolean
is_added (const Join *join, const SatState *state, const GArray *mine, const SatSibling *sibling)
{
  const SatDot *dot = &sibling->dot;
  gboolean known;

  if (dot->book != state->book)
    known = knows (state->context, dot);
  else
    known = join->ours == NULL || dot->number <= sat_vector_get (join->ours, dot->device);
  return !known && !has_sibling (mine, sibling);
}

/* What a join does, register by register: the first sibling of each register that changes, and
 * those that are added to it. */
typedef struct
{
  SatSibling first;
  GArray *adds;
} Change;

static void
change_clear (gpointer data)
{
  g_array_unref (((Change *) data)->adds);
}

static Change *
change_for (GArray *changes, const SatSibling *sibling)
{
  Change *last = changes->len ? &g_array_index (changes, Change, changes->len - 1) : NULL;
  Change change = { .first = *sibling };

  if (last != NULL && compare_registers (&last->first, sibling) == 0)
    return last;
  change.adds = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  g_array_append_val (changes, change);
  return &g_array_index (changes, Change, changes->len - 1);
}

/* Merges the two lists, both in order, so that each register is met once. */
static GArray *
plan (const SatState *state, Join *join, const GArray *ours)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  guint i = 0;
  guint k = 0;

  g_array_set_clear_func (changes, change_clear);
  while (i < ours->len || k < join->siblings->len)
    {
      const SatSibling *mine = i < ours->len ? &g_array_index (ours, SatSibling, i) : NULL;
      const SatSibling *other = k < join->siblings->len
                                    ? &g_array_index (join->siblings, SatSibling, k)
                                    : NULL;

      if (mine != NULL && (other == NULL || compare_registers (mine, other) <= 0))
        {
          if (is_dropped (mine, join))
            change_for (changes, mine);
          i++;
        }
      else if (other != NULL)
        {
          if (is_added (join, state, ours, other))
            g_array_append_val (change_for (changes, other)->adds, *other);
          k++;
        }
    }
  return changes;
}

/* TRUE: the record had not taken in as much. */
static gboolean
raise_context (SatState *state, const SatGraft *graft)
{
  gboolean raised = FALSE;

  for (guint i = 0; i < graft->context->len; i++)
    {
      const SatDot *dot = &g_array_index (graft->context, SatDot, i);
      if (dot->book == state->book || knows (state->context, dot))
        continue;
      sat_context_raise (state->context, dot);
      raised = TRUE;
    }
  return raised;
}

/* Opens the record; what a join with the graft does to it. */
static GArray *
open_and_plan (SatEngine *engine, Join *join, GError **error)
{
  g_autoptr (GArray) ours = NULL;

  if (!sat_engine_open (engine, join->graft->object, &join->graft->id, error))
    return NULL;
  sat_row_touch_all (sat_engine_row (engine));
  join->book = sat_engine_state (engine)->book;
  ours = in_order (sat_engine_state (engine)->siblings);
  return plan (sat_engine_state (engine), join, ours);
}

gboolean
sat_graft_changes (SatEngine *engine, const SatGraft *graft, gboolean *changed, GError **error)
{
  g_autoptr (GArray) siblings = in_order (graft->siblings);
  Join join = { .graft = graft, .siblings = siblings };
  g_autoptr (GArray) changes = open_and_plan (engine, &join, error);

  if (changes == NULL)
    return FALSE;
  *changed = changes->len > 0;
  sat_row_done (sat_engine_row (engine));
  return TRUE;
}

/* TRUE: the record's context has grown, too. */
static gboolean
change (SatEngine *engine, Join *join, const GArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const Change *one = &g_array_index (changes, Change, i);

      sat_engine_join (engine, one->first.field, one->first.element, is_dropped, join,
                       (const SatSibling *) (void *) one->adds->data, one->adds->len);
    }
  return raise_context (sat_engine_state (engine), join->graft);
}

gboolean
sat_graft_join (SatEngine *engine, const SatGraft *graft, GError **error)
{
  g_autoptr (GArray) siblings = in_order (graft->siblings);
  Join join = { .graft = graft, .siblings = siblings };
  g_autoptr (GArray) changes = open_and_plan (engine, &join, error);

  if (changes == NULL)
    return FALSE;
  change (engine, &join, changes);
  return sat_engine_close (engine, error);
}

gboolean
sat_graft_join_state (SatEngine *engine,
                      const SatGraft *graft,
                      const SatVector *theirs,
                      const SatVector *ours,
                      GError **error)
{
  g_autoptr (GArray) siblings = in_order (graft->siblings);
  Join join = { .graft = graft, .siblings = siblings, .theirs = theirs, .ours = ours };
  g_autoptr (GArray) changes = open_and_plan (engine, &join, error);

  if (changes == NULL)
    return FALSE;
  if (change (engine, &join, changes) || changes->len > 0)
    return sat_engine_close (engine, error);
  sat_row_done (sat_engine_row (engine));
  return TRUE;
}

/* ---- to the wire --------------------------------------------------------------------------------
 */

#define SIBLING_BYTES 60 /* a stamp's line, name, sign, newline */
#define BY_BYTES 130     /* the line of a dot */
#define RECORD_BYTES 160

gsize
sat_graft_size (const SatGraft *graft)
{
  gsize bytes = RECORD_BYTES;

  for (guint i = 0; i < graft->siblings->len; i++)
    {
      const SatSibling *sibling = &g_array_index (graft->siblings, SatSibling, i);
      const char *text = sibling->element ? sibling->element : sibling->value;

      bytes += SIBLING_BYTES + BY_BYTES + (text ? 2 * strlen (text) : 0);
    }
  return bytes;
}

gboolean
sat_graft_fits (const SatGraft *graft)
{
  return graft->siblings->len <= SAT_CHANGE_SET_MAX_GRAFT_OPS &&
         sat_graft_size (graft) <= SAT_CHANGE_SET_SEAL_BYTES;
}

/* What the writer borrows while it writes one change-set. */
typedef struct
{
  SatNames *names;
  GPtrArray *arena; /* arrays */
  GArray *contexts; /* SatContext, in order, each once */
} Wire;

static int
compare_saw (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&((const SatSaw *) a)->device, &((const SatSaw *) b)->device);
}

/* The part of GRAFT's context from FROM on that is of one book; *END is where it ends. */
static SatContext
context_part (Wire *wire, const SatGraft *graft, guint from, guint *end)
{
  guint32 book = g_array_index (graft->context, SatDot, from).book;
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  SatContext context = { .book = sat_names_book (wire->names, book) };
  guint i;

  for (i = from; i < graft->context->len; i++)
    {
      const SatDot *dot = &g_array_index (graft->context, SatDot, i);
      SatSaw entry = { .number = dot->number };

      if (dot->book != book)
        break;
      entry.device = *sat_names_device (wire->names, dot->device);
      g_array_append_val (seen, entry);
    }
  *end = i;
  g_array_sort (seen, compare_saw);
  context.n_seen = seen->len;
  context.seen = (const SatSaw *) (void *) g_array_free (g_steal_pointer (&seen), FALSE);
  g_ptr_array_add (wire->arena, (gpointer) context.seen);
  return context;
}

static int
compare_contexts (gconstpointer a, gconstpointer b)
{
  return sat_context_compare (a, b);
}

/* All contexts of GRAFTS, each once, in order. */
static void
collect_contexts (Wire *wire, GPtrArray *grafts)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SatContext));

  for (guint i = 0; i < grafts->len; i++)
    {
      const SatGraft *graft = g_ptr_array_index (grafts, i);

      for (guint at = 0; at < graft->context->len;)
        {
          SatContext context = context_part (wire, graft, at, &at);
          g_array_append_val (all, context);
        }
    }
  g_array_sort (all, compare_contexts);
  for (guint i = 0; i < all->len; i++)
    if (i == 0 || compare_contexts (&g_array_index (all, SatContext, i - 1),
                                    &g_array_index (all, SatContext, i)) != 0)
      g_array_append_val (wire->contexts, g_array_index (all, SatContext, i));
}

static int
compare_pointers (gconstpointer a, gconstpointer b)
{
  const SatContext *x = *(SatContext *const *) a;
  const SatContext *y = *(SatContext *const *) b;

  return (x > y) - (x < y);
}

static void
name_contexts (Wire *wire, const SatGraft *graft, SatOpGroup *group)
{
  g_autoptr (GPtrArray) named = g_ptr_array_new ();

  for (guint at = 0; at < graft->context->len;)
    {
      SatContext context = context_part (wire, graft, at, &at);
      guint found = 0;

      g_array_binary_search (wire->contexts, &context, compare_contexts, &found);
      g_ptr_array_add (named, &g_array_index (wire->contexts, SatContext, found));
    }
  g_ptr_array_sort (named, compare_pointers);
  group->n_contexts = named->len;
  group->contexts = (const SatContext *const *) g_ptr_array_free (g_steal_pointer (&named), FALSE);
  g_ptr_array_add (wire->arena, (gpointer) group->contexts);
}

static int
compare_ops (gconstpointer a, gconstpointer b)
{
  return sat_graft_op_compare (a, b);
}

/* All but the contexts. */
static SatOpGroup
bare_group (SatNames *names, const SatGraft *graft, GPtrArray *arena)
{
  SatOpGroup group = {
    .object = sat_names_name (names, graft->object),
    .id = graft->id,
    .life = SAT_LIFE_QUIET,
    .n_ops = graft->siblings->len,
  };
  SatOp *ops = g_new0 (SatOp, graft->siblings->len);
  SatWireDot *dots = g_new0 (SatWireDot, graft->siblings->len);

  g_ptr_array_add (arena, ops);
  g_ptr_array_add (arena, dots);
  for (guint i = 0; i < graft->siblings->len; i++)
    {
      const SatSibling *sibling = &g_array_index (graft->siblings, SatSibling, i);

      dots[i].book = sat_names_book (names, sibling->dot.book);
      dots[i].device = *sat_names_device (names, sibling->dot.device);
      dots[i].number = sibling->dot.number;
      ops[i].dot = &dots[i];
      ops[i].key = sat_names_name (names, sibling->field);
      ops[i].element = sibling->element;
      ops[i].value = sibling->element ? NULL : sibling->value;
      ops[i].hlc = sibling->hlc;
      ops[i].automatic = sibling->automatic;
    }
  qsort (ops, graft->siblings->len, sizeof *ops, compare_ops);
  group.ops = ops;
  return group;
}

static SatOpGroup
group_of (Wire *wire, const SatGraft *graft)
{
  SatOpGroup group = bare_group (wire->names, graft, wire->arena);

  name_contexts (wire, graft, &group);
  return group;
}

SatOpGroup
sat_graft_group (SatReplica *replica, const SatGraft *graft, GPtrArray *arena)
{
  SatOpGroup group = bare_group (replica->names, graft, arena);
  g_autoptr (GArray) contexts = g_array_new (FALSE, FALSE, sizeof (SatContext));
  Wire wire = { .names = replica->names, .arena = arena };
  const SatContext **named;
  SatContext *all;

  for (guint at = 0; at < graft->context->len;)
    {
      SatContext context = context_part (&wire, graft, at, &at);
      g_array_append_val (contexts, context);
    }
  g_array_sort (contexts, compare_contexts);
  group.n_contexts = contexts->len;
  all = (SatContext *) (void *) g_array_free (g_steal_pointer (&contexts), FALSE);
  named = g_new0 (const SatContext *, group.n_contexts + 1);
  for (guint i = 0; i < group.n_contexts; i++)
    named[i] = &all[i];
  g_ptr_array_add (arena, all);
  g_ptr_array_add (arena, named);
  group.contexts = named;
  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const SatOpGroup *x = a;
  const SatOpGroup *y = b;
  int order = strcmp (x->object, y->object);

  return order ? order : sat_id_compare (&x->id, &y->id);
}

GBytes *
sat_grafts_write (SatReplica *replica,
                  guint32 book,
                  const SatId *device,
                  guint64 number,
                  gboolean begins,
                  const GArray *saw,
                  GPtrArray *grafts)
{
  g_autoptr (GPtrArray) arena = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) contexts = g_array_new (FALSE, FALSE, sizeof (SatContext));
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (SatOpGroup));
  Wire wire = { .names = replica->names, .arena = arena, .contexts = contexts };
  SatChangeSetWriter *writer;

  collect_contexts (&wire, grafts);
  for (guint i = 0; i < grafts->len; i++)
    {
      SatOpGroup group = group_of (&wire, g_ptr_array_index (grafts, i));
      g_array_append_val (groups, group);
    }
  g_array_sort (groups, compare_groups);
  writer = sat_change_set_writer_new (sat_names_book (replica->names, book), device, number, begins,
                                      (const SatSaw *) (void *) saw->data, saw->len, NULL, 0);
  sat_change_set_writer_set_contexts (writer, (const SatContext *) (void *) contexts->data,
                                      contexts->len);
  sat_change_set_writer_set_files (writer, sat_files_has_data, replica);
  for (guint i = 0; i < groups->len; i++)
    sat_change_set_writer_add (writer, &g_array_index (groups, SatOpGroup, i));
  return sat_change_set_writer_finish (writer);
}
