/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-engine.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-visibility.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-names.h"
#include "core/store/sat-search-notes.h"
#include "core/store/sat-search.h"

struct _SatEngine
{
  SatReplica *replica;
  SatOrigin origin;
  gboolean local;

  /* The record under way. */
  SatTable *table;
  SatRow row;
  SatState *state;
  gboolean is_new;
  SatPresence old_presence;
  char *old_parent; /* canonical text of the owning reference before */
  GArray *fields;   /* TouchedField */
  GArray *dropped;  /* SatSibling */
  GArray *unseen;   /* gboolean for each of dropped */
  GArray *removals; /* SatSibling: elements that were taken away, by this change-set */
  GArray *changes;  /* SatColumnChange */
  GPtrArray *texts; /* strings that CHANGES borrow */
};

typedef struct
{
  guint32 name;
  const SatField *field; /* NULL: system, or not known to the catalogue */
  gboolean had_several;  /* siblings before */
  const char *before;    /* of a searched field: what its column held; lives as long as the state */
} TouchedField;

/* ---- order of dots ------------------------------------------------------------------------------
 */

static int
compare_dots (const SatDot *a, const SatDot *b, gpointer data)
{
  SatReplica *replica = data;
  int order = 0;

  if (a->device != b->device)
    order = sat_id_compare (sat_names_device (replica->names, a->device),
                            sat_names_device (replica->names, b->device));
  if (order == 0 && a->book != b->book)
    order = strcmp (sat_names_book (replica->names, a->book),
                    sat_names_book (replica->names, b->book));
  if (order == 0 && a->number != b->number)
    order = a->number < b->number ? -1 : 1;
  return order;
}

SatOrder
sat_replica_order (SatReplica *replica)
{
  SatOrder order = { compare_dots, replica };

  return order;
}

const SatSibling *
sat_shown_sibling (SatReplica *replica, const SatTable *table, const SatState *state, guint32 name)
{
  SatOrder order = sat_replica_order (replica);
  guint count;
  guint at = sat_state_find (state, name, NULL, &count);
  int best;

  if (count <= 1)
    return count == 1 ? sat_state_at (state, at) : NULL;
  if (name == SAT_FIELD_LIFE)
    best = sat_resolve_life (sat_state_at (state, at), count, &order);
  else
    best = sat_resolve (sat_table_field (table, name), sat_state_at (state, at), count, &order);
  return best < 0 ? NULL : sat_state_at (state, at + (guint) best);
}

/* ---- one record ---------------------------------------------------------------------------------
 */

SatEngine *
sat_engine_new (SatReplica *replica, const SatOrigin *origin, gboolean local)
{
  SatEngine *engine = g_new0 (SatEngine, 1);

  engine->replica = replica;
  engine->origin = *origin;
  engine->local = local;
  engine->state = sat_state_new ();
  engine->fields = g_array_new (FALSE, FALSE, sizeof (TouchedField));
  engine->dropped = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  engine->unseen = g_array_new (FALSE, FALSE, sizeof (gboolean));
  engine->removals = g_array_new (FALSE, FALSE, sizeof (SatSibling));
  engine->changes = g_array_new (FALSE, FALSE, sizeof (SatColumnChange));
  engine->texts = g_ptr_array_new_with_free_func (g_free);
  return engine;
}

void
sat_engine_free (SatEngine *engine)
{
  if (engine == NULL)
    return;
  sat_row_done (&engine->row);
  sat_state_free (engine->state);
  g_free (engine->old_parent);
  g_array_unref (engine->fields);
  g_array_unref (engine->dropped);
  g_array_unref (engine->unseen);
  g_array_unref (engine->removals);
  g_array_unref (engine->changes);
  g_ptr_array_unref (engine->texts);
  g_free (engine);
}

static gboolean
open_with (
    SatEngine *engine, guint32 object_name, const SatId *id, const SatField *field, GError **error)
{
  gboolean found;

  engine->table = sat_replica_table_of (engine->replica, object_name);
  g_array_set_size (engine->fields, 0);
  g_array_set_size (engine->dropped, 0);
  g_array_set_size (engine->unseen, 0);
  g_array_set_size (engine->removals, 0);
  g_array_set_size (engine->changes, 0);
  g_ptr_array_set_size (engine->texts, 0);
  g_clear_pointer (&engine->old_parent, g_free);
  if (!sat_row_load (engine->replica, engine->table, object_name, id, engine->origin.dot.book,
                     field, engine->state, &engine->row, &found, error))
    return FALSE;
  engine->is_new = !found;
  engine->old_presence = found ? engine->state->presence : SAT_AWAY;
  return TRUE;
}

gboolean
sat_engine_open (SatEngine *engine, guint32 object_name, const SatId *id, GError **error)
{
  return open_with (engine, object_name, id, NULL, error);
}

SatState *
sat_engine_state (SatEngine *engine)
{
  return engine->state;
}

SatRow *
sat_engine_row (SatEngine *engine)
{
  return &engine->row;
}

/* What the column of FIELD holds, whose siblings are explicit. */
static const char *
column_before (SatEngine *engine, const SatField *field, guint32 name)
{
  guint count;
  guint at = sat_state_find (engine->state, name, NULL, &count);

  if (field->policy == SAT_POLICY_UNION)
    {
      g_autofree char *value = sat_row_value (&engine->row, field);
      return value ? g_string_chunk_insert (engine->state->strings, value) : NULL;
    }
  for (guint i = at; i < at + count; i++)
    if (sat_state_at (engine->state, i)->in_column)
      return sat_state_at (engine->state, i)->value;
  return NULL;
}

/* Lists FIELD as touched, its siblings explicit, once. */
static void
note_field (SatEngine *engine, guint32 name, const char *element)
{
  TouchedField touched = { .name = name, .field = sat_table_field (engine->table, name) };
  guint count;

  for (guint i = 0; i < engine->fields->len; i++)
    if (g_array_index (engine->fields, TouchedField, i).name == name)
      return;
  sat_row_touch (&engine->row, name);
  sat_state_find (engine->state, name, NULL, &count);
  touched.had_several = count > 1;
  if (touched.field != NULL && touched.field->owning && element == NULL)
    engine->old_parent = sat_row_value (&engine->row, touched.field);
  if (touched.field != NULL && !engine->is_new && sat_search_is_searched (touched.field))
    touched.before = column_before (engine, touched.field, name);
  g_array_append_val (engine->fields, touched);
}

void
sat_engine_touch (SatEngine *engine, guint32 field)
{
  note_field (engine, field, NULL);
}

/* An element that WRITE took away: nothing of it is left, so history alone can say who did it. */
static void
note_removal (SatEngine *engine, const SatWrite *write)
{
  SatSibling removal = {
    .dot = engine->origin.dot,
    .field = write->field,
    .automatic = write->automatic,
    .element = write->element,
  };
  guint count;

  sat_state_find (engine->state, write->field, write->element, &count);
  if (count == 0)
    g_array_append_val (engine->removals, removal);
}

/* What is shown of FIELD, as long as the state lives; nothing of an element. */
static const char *
shown_value (const SatEngine *engine, guint32 field, const char *element)
{
  const SatSibling *shown = element == NULL ? sat_shown_sibling (engine->replica, engine->table,
                                                                 engine->state, field)
                                            : NULL;

  return shown ? shown->value : NULL;
}

/* Says of what was dropped, from FROM on, whether it was another value than SHOWN. */
static void
note_unseen (SatEngine *engine, guint from, const char *element, const char *shown)
{
  for (guint i = from; i < engine->dropped->len; i++)
    {
      const SatSibling *sibling = &g_array_index (engine->dropped, SatSibling, i);
      gboolean unseen = element == NULL && g_strcmp0 (sibling->value, shown) != 0;

      g_array_append_val (engine->unseen, unseen);
    }
}

void
sat_engine_write (SatEngine *engine, const SatWrite *write)
{
  const char *shown;
  guint from = engine->dropped->len;

  note_field (engine, write->field, write->element);
  shown = shown_value (engine, write->field, write->element);
  sat_merge_write (engine->state, &engine->origin, write, engine->dropped);
  note_unseen (engine, from, write->element, shown);
  if (write->drop && write->element != NULL && engine->dropped->len > from)
    note_removal (engine, write);
}

void
sat_engine_join (SatEngine *engine,
                 guint32 field,
                 const char *element,
                 SatDropFunc drops,
                 gpointer data,
                 const SatSibling *adds,
                 guint n_adds)
{
  const char *shown;
  guint from = engine->dropped->len;
  guint count;
  guint at;

  note_field (engine, field, element);
  shown = shown_value (engine, field, element);
  at = sat_state_find (engine->state, field, element, &count);
  for (guint i = at; i < at + count;)
    {
      SatSibling *sibling = sat_state_at (engine->state, i);

      if (!drops (sibling, data))
        {
          i++;
          continue;
        }
      g_array_append_val (engine->dropped, *sibling);
      sat_state_remove (engine->state, i);
      count--;
    }
  note_unseen (engine, from, element, shown);
  for (guint i = 0; i < n_adds; i++)
    {
      sat_state_insert (engine->state, at, &adds[i]);
      sat_state_at (engine->state, at)->in_column = FALSE;
    }
}

/* ---- what follows from the registers ------------------------------------------------------------
 */

static const char *
join_elements (SatEngine *engine, guint32 name)
{
  char *joined = sat_state_elements (engine->state, name);

  if (joined != NULL)
    g_ptr_array_add (engine->texts, joined);
  return joined;
}

/* A reference to an absorbed record: the column has what that is part of, the sibling its own
 * value.
 */
static const char *
follow (SatEngine *engine, const SatField *field, SatSibling *shown)
{
  char text[SAT_ID_TEXT_SIZE];
  const char *root = sat_absorb_reference (engine->replica, field, engine->state, shown->value,
                                           text);

  shown->in_column = root == shown->value;
  return root == NULL || root == shown->value
             ? root
             : g_string_chunk_insert (engine->state->strings, root);
}

/* The value for the column of a touched field; marks the sibling that is in it. */
static const char *
column_value (SatEngine *engine, const TouchedField *touched)
{
  SatState *state = engine->state;
  const SatSibling *shown;
  guint count;
  guint at;

  if (touched->field->policy == SAT_POLICY_UNION)
    return join_elements (engine, touched->name);
  at = sat_state_find (state, touched->name, NULL, &count);
  shown = sat_shown_sibling (engine->replica, engine->table, state, touched->name);
  for (guint i = at; i < at + count; i++)
    {
      SatSibling *sibling = sat_state_at (state, i);

      sibling->in_column = shown != NULL && sibling == shown && shown->value != NULL &&
                           touched->field->type->canonical (shown->value, strlen (shown->value));
    }
  if (shown == NULL || !shown->in_column)
    return NULL;
  if (touched->field->type->id == SAT_TYPE_REFERENCE && sat_absorbed_any (engine->replica))
    return follow (engine, touched->field, (SatSibling *) shown);
  return shown->value;
}

static SatPresence
presence_of (SatEngine *engine)
{
  const SatSibling *home = sat_shown_sibling (engine->replica, engine->table, engine->state,
                                              SAT_FIELD_HOME);
  const SatSibling *life = sat_shown_sibling (engine->replica, engine->table, engine->state,
                                              SAT_FIELD_LIFE);
  const char *book = sat_names_book (engine->replica->names, engine->state->book);

  if (home == NULL || g_strcmp0 (home->value, book) != 0)
    return SAT_AWAY;
  return life != NULL && g_strcmp0 (life->value, SAT_LIFE_LIVE_TEXT) == 0 ? SAT_PRESENT : SAT_DEAD;
}

static int
compare_change (gconstpointer a, gconstpointer b)
{
  const SatColumnChange *x = a;
  const SatColumnChange *y = b;

  return (x->field->index > y->field->index) - (x->field->index < y->field->index);
}

static void
collect_changes (SatEngine *engine)
{
  for (guint i = 0; i < engine->fields->len; i++)
    {
      const TouchedField *touched = &g_array_index (engine->fields, TouchedField, i);
      SatColumnChange change = { .field = touched->field };

      if (touched->field == NULL)
        continue;
      change.value = column_value (engine, touched);
      g_array_append_val (engine->changes, change);
    }
  if (engine->changes->len > 1)
    g_array_sort (engine->changes, compare_change);
}

/* Of the life register only deletions are history: every edit writes it. */
static gboolean
is_history (const SatSibling *sibling)
{
  if (sibling->field == SAT_FIELD_LIFE)
    return g_strcmp0 (sibling->value, SAT_LIFE_DEAD_TEXT) == 0;
  return TRUE;
}

/* The time of this change-set's work on the record: a drop has no stamp of its own. */
static SatHlc
origin_time (const SatEngine *engine)
{
  guint count;
  guint at = sat_state_find (engine->state, SAT_FIELD_LIFE, NULL, &count);

  for (guint i = at; i < at + count; i++)
    if (sat_dot_equal (&sat_state_at (engine->state, i)->dot, &engine->origin.dot))
      return sat_state_at (engine->state, i)->hlc;
  return 0;
}

static gboolean
write_removals (SatEngine *engine, GError **error)
{
  SatHlc time = origin_time (engine);

  for (guint i = 0; i < engine->removals->len; i++)
    {
      SatSibling *removal = &g_array_index (engine->removals, SatSibling, i);

      removal->hlc = time;
      if (!sat_log_add_history (engine->replica, engine->state, removal, SAT_HISTORY_REMOVAL,
                                error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_history (SatEngine *engine, GError **error)
{
  for (guint i = 0; i < engine->dropped->len; i++)
    {
      const SatSibling *sibling = &g_array_index (engine->dropped, SatSibling, i);
      gboolean own = sat_dot_equal (&sibling->dot, &engine->origin.dot);
      guint flags = sibling->automatic ? SAT_HISTORY_AUTO : 0;

      /* The same change-set again (a slice begun before a crash): nothing was replaced. */
      if (!is_history (sibling) || (own && !engine->local))
        continue;
      if (own)
        flags |= SAT_HISTORY_DRAFT;
      if (g_array_index (engine->unseen, gboolean, i))
        flags |= SAT_HISTORY_UNSEEN;
      if (!sat_log_add_history (engine->replica, engine->state, sibling, flags, error))
        return FALSE;
    }
  return write_removals (engine, error);
}

static gboolean
update_conflicts (SatEngine *engine, GError **error)
{
  for (guint i = 0; i < engine->fields->len; i++)
    {
      const TouchedField *touched = &g_array_index (engine->fields, TouchedField, i);
      guint count;
      guint at;

      if (touched->field == NULL)
        continue;
      at = sat_state_find (engine->state, touched->name, NULL, &count);
      if (count < 2 && !touched->had_several)
        continue;
      gboolean conflict = count > 1 &&
                          sat_is_conflict (touched->field, sat_state_at (engine->state, at), count);
      if (!sat_log_set_conflict (engine->replica, engine->state->object, engine->state->row,
                                 touched->name, conflict, error))
        return FALSE;
    }
  return TRUE;
}

/* A record that was carried to or from another book: that may have to be told. */
static gboolean
list_for_forward (SatEngine *engine, GError **error)
{
  const SatState *state = engine->state;

  return (state->presence != SAT_AWAY && state->context->len == 0) ||
         sat_forward_list_add (engine->replica, state->object, state->row, error);
}

/* Notes for the search index what is other than before. */
static void
note_for_search (SatEngine *engine)
{
  const SatState *state = engine->state;

  if (engine->table->object == NULL)
    return;
  if (engine->is_new && engine->local)
    sat_search_note_values (engine->replica, engine->table, state->row,
                            (const SatColumnChange *) (void *) engine->changes->data,
                            engine->changes->len);
  else if (engine->is_new)
    sat_search_note (engine->replica, TRUE, state->object, state->row, 0, NULL);
  for (guint i = 0; !engine->is_new && i < engine->fields->len; i++)
    {
      const TouchedField *touched = &g_array_index (engine->fields, TouchedField, i);

      if (touched->field != NULL && sat_search_is_searched (touched->field))
        sat_search_note (engine->replica, !engine->local, state->object, state->row, touched->name,
                         touched->before);
    }
}

/* The owning reference after the change, when it was touched. */
static gboolean
parent_change (const SatEngine *engine, const char **now)
{
  for (guint i = 0; i < engine->changes->len; i++)
    {
      const SatColumnChange *change = &g_array_index (engine->changes, SatColumnChange, i);
      if (change->field->owning)
        {
          *now = change->value;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
refresh_parent (SatEngine *engine, const char *parent, GError **error)
{
  const SatField *owning = engine->table->object->owning;
  const SatObject *object = owning->reference
                                ? sat_catalogue_find (engine->replica->catalogue, owning->reference)
                                : NULL;
  SatId id;

  if (parent == NULL || object == NULL || !sat_id_parse (parent, &id))
    return TRUE;
  return sat_visibility_refresh (engine->replica, sat_replica_table (engine->replica, object), &id,
                                 engine->state->book, error);
}

static gboolean
refresh_visibility (SatEngine *engine, GError **error)
{
  const SatState *state = engine->state;
  gboolean presence_changed = engine->is_new || state->presence != engine->old_presence;
  const char *parent = NULL;
  gboolean parent_changed;

  if (engine->table->object == NULL)
    return TRUE;
  parent_changed = parent_change (engine, &parent);
  if (state->presence != SAT_PRESENT && (presence_changed || parent_changed) &&
      !sat_visibility_refresh (engine->replica, engine->table, &state->id, state->book, error))
    return FALSE;
  if (engine->table->object->owning == NULL)
    return TRUE;
  if (parent_changed)
    return refresh_parent (engine, engine->old_parent, error) &&
           refresh_parent (engine, parent, error);
  if (presence_changed && !engine->is_new)
    {
      SatRow row;
      gboolean found;
      g_autofree char *unchanged = NULL;

      if (!sat_row_load_number (engine->replica, engine->table, state->row,
                                engine->replica->scratch, &row, &found, error))
        return FALSE;
      unchanged = found ? sat_row_value (&row, engine->table->object->owning) : NULL;
      sat_row_done (&row);
      return refresh_parent (engine, unchanged, error);
    }
  return TRUE;
}

static gboolean
save_row (SatEngine *engine, GError **error)
{
  return sat_row_save (engine->replica, engine->table, engine->state,
                       (const SatColumnChange *) (void *) engine->changes->data,
                       engine->changes->len, error);
}

/* History names the row, and the row its last entry: only what is new is there first. */
static gboolean
save_with_history (SatEngine *engine, GError **error)
{
  if (engine->is_new && !save_row (engine, error))
    return FALSE;
  return write_history (engine, error) &&
         ((engine->is_new && engine->state->history == 0) || save_row (engine, error));
}

/* Absorbed, or with others absorbed into it? */
static gboolean
is_of_group (const SatEngine *engine)
{
  const SatState *state = engine->state;

  return engine->table->object != NULL &&
         (state->listed || sat_state_has_field (state, SAT_FIELD_INTO) ||
          (engine->is_new && sat_absorb_is_named (engine->replica, state)));
}

/* Of such a record only the registers are written here, all listed; what is shown of it and of its
 * group follows from them. */
static gboolean
close_in_group (SatEngine *engine, GError **error)
{
  SatState *state = engine->state;
  const SatSibling *into;

  for (guint i = 0; i < engine->table->object->n_fields; i++)
    note_field (engine, engine->table->fields[i], NULL);
  sat_row_done (&engine->row);
  state->listed = TRUE;
  for (guint i = 0; i < state->siblings->len; i++)
    sat_state_at (state, i)->in_column = FALSE;
  if (engine->is_new)
    {
      state->presence = SAT_AWAY;
      state->hidden = TRUE;
    }
  if (!save_with_history (engine, error))
    return FALSE;
  if (engine->is_new)
    note_for_search (engine);
  into = sat_shown_sibling (engine->replica, engine->table, state, SAT_FIELD_INTO);
  return sat_absorb_settle (engine->replica, engine->table, &state->id, state->book,
                            into ? into->value : NULL, !engine->local, error);
}

gboolean
sat_engine_close (SatEngine *engine, GError **error)
{
  SatState *state = engine->state;

  if (is_of_group (engine))
    return close_in_group (engine, error);
  collect_changes (engine);
  sat_row_done (&engine->row);
  state->presence = presence_of (engine);
  if (state->presence == SAT_PRESENT)
    state->hidden = FALSE;
  else if (engine->is_new || engine->old_presence == SAT_PRESENT)
    state->hidden = TRUE; /* until refresh_visibility finds a child that shows it */
  if (!save_with_history (engine, error))
    return FALSE;
  note_for_search (engine);
  return update_conflicts (engine, error) && list_for_forward (engine, error) &&
         refresh_visibility (engine, error);
}

/* ---- a group of a change-set --------------------------------------------------------------------
 */

static guint
field_number (SatEngine *engine, const char *key, GError **error)
{
  return sat_names_get_name (engine->replica->names, key, error);
}

static GArray *
local_dots (SatEngine *engine, const SatWireDot *dots, guint n, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, FALSE, sizeof (SatDot));

  for (guint i = 0; i < n; i++)
    {
      SatDot dot = { .book = engine->origin.dot.book, .number = dots[i].number };

      dot.device = sat_names_get_device (engine->replica->names, &dots[i].device, error);
      if (dots[i].book != NULL)
        dot.book = sat_names_get_book (engine->replica->names, dots[i].book, error);
      if (dot.device == 0 || dot.book == 0)
        return NULL;
      g_array_append_val (out, dot);
    }
  return g_steal_pointer (&out);
}

/* The life that GROUP writes. */
static gboolean
apply_life (SatEngine *engine, const SatOpGroup *group, GError **error)
{
  g_autoptr (GArray) over = NULL;
  SatWrite life = {
    .field = SAT_FIELD_LIFE,
    .value = group->life == SAT_LIFE_LIVE ? SAT_LIFE_LIVE_TEXT : SAT_LIFE_DEAD_TEXT,
    .hlc = group->life_hlc,
    .automatic = group->life_automatic,
  };

  if (group->n_over > 0)
    {
      over = local_dots (engine, group->over, group->n_over, error);
      if (over == NULL)
        return FALSE;
      life.over = (const SatDot *) (void *) over->data;
      life.n_over = over->len;
    }
  sat_engine_write (engine, &life);
  return TRUE;
}

static gboolean
apply_op (SatEngine *engine, const SatOp *op, GError **error)
{
  g_autoptr (GArray) keep = NULL;
  g_autoptr (GArray) over = NULL;
  SatWrite write = {
    .field = field_number (engine, op->key, error),
    .element = op->element,
    .drop = op->kind == SAT_OP_DROP,
    .value = op->value,
    .hlc = op->hlc,
    .automatic = op->automatic,
  };

  if (write.field == 0)
    return FALSE;
  if (op->n_keep > 0)
    {
      keep = local_dots (engine, op->keep, op->n_keep, error);
      if (keep == NULL)
        return FALSE;
      write.keep = (const SatDot *) (void *) keep->data;
      write.n_keep = keep->len;
    }
  if (op->n_over > 0)
    {
      over = local_dots (engine, op->over, op->n_over, error);
      if (over == NULL)
        return FALSE;
      write.over = (const SatDot *) (void *) over->data;
      write.n_over = over->len;
    }
  sat_engine_write (engine, &write);
  return TRUE;
}

/* What can be asked for with the row itself. */
static const SatField *
first_field (SatEngine *engine, guint32 object, const SatOpGroup *group)
{
  guint32 name = group->n_ops > 0 ? sat_names_find_name (engine->replica->names, group->ops[0].key)
                                  : 0;

  return name ? sat_table_field (sat_replica_table_of (engine->replica, object), name) : NULL;
}

gboolean
sat_engine_apply_group (SatEngine *engine, const SatOpGroup *group, SatHlc *hlc, GError **error)
{
  guint32 object = sat_names_get_name (engine->replica->names, group->object, error);

  if (object == 0 ||
      !open_with (engine, object, &group->id, first_field (engine, object, group), error))
    return FALSE;
  if (group->life != SAT_LIFE_QUIET)
    {
      if (!apply_life (engine, group, error))
        return FALSE;
      *hlc = MAX (*hlc, group->life_hlc);
    }
  for (guint i = 0; i < group->n_ops; i++)
    {
      if (!apply_op (engine, &group->ops[i], error))
        return FALSE;
      *hlc = MAX (*hlc, group->ops[i].hlc);
    }
  return sat_engine_close (engine, error);
}
