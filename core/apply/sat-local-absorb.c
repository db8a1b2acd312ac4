/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Own writes to groups of records: absorbing one into another, and replacing what absorbed ones
 * hold.
 */
#include "core/apply/sat-absorb.h"
#include "core/apply/sat-local-private.h"
#include "core/store/sat-absorbed.h"

/* ---- what absorbed records hold -----------------------------------------------------------------
 */

/* Those of EDITS that replace something in MEMBER. */
static GArray *
drops_of (const SatTable *table, const SatState *member, const SatEdit *edits, guint n_edits)
{
  GArray *drops = g_array_new (FALSE, TRUE, sizeof (SatEdit));

  for (guint i = 0; i < n_edits; i++)
    {
      SatEdit drop = edits[i];
      guint count;

      sat_state_find (member, table->fields[drop.field->index], drop.element, &count);
      if (count == 0 || (drop.element != NULL && !drop.drop))
        continue;
      drop.value = NULL;
      drop.drop = TRUE;
      g_array_append_val (drops, drop);
    }
  return drops;
}

/* It is part of what the person did to the root: no step of its own, and it revives nothing. */
static gboolean
drop (SatLocal *local,
      const SatObject *object,
      const SatId *id,
      guint32 book,
      const GArray *drops,
      GError **error)
{
  SatEditKind kind = { .life = SAT_LIFE_QUIET };
  gboolean recording = local->recording;
  gboolean ok;

  if (drops->len == 0)
    return TRUE;
  local->recording = FALSE;
  ok = sat_local_edit (local, object, id, book, (const SatEdit *) (void *) drops->data, drops->len,
                       &kind, error);
  local->recording = recording;
  return ok;
}

static gboolean
edit_member (SatLocal *local,
             SatTable *table,
             const SatId *id,
             guint32 book,
             const SatEdit *edits,
             guint n_edits,
             GError **error)
{
  GError *problem = NULL;
  g_autoptr (SatState) member = sat_absorb_load (local->replica, table, id, book, FALSE, &problem);
  g_autoptr (GArray) drops = member ? drops_of (table, member, edits, n_edits) : NULL;

  if (problem != NULL)
    g_propagate_error (error, problem);
  return problem == NULL && (drops == NULL || drop (local, table->object, id, book, drops, error));
}

gboolean
sat_local_edit_members (SatLocal *local,
                        const SatObject *object,
                        const SatId *id,
                        guint32 book,
                        const SatEdit *edits,
                        guint n_edits,
                        GError **error)
{
  SatTable *table = sat_replica_table (local->replica, object);
  g_autoptr (GArray) ids = NULL;
  SatId self = *id;
  SatId root;

  sat_absorbed_root (local->replica, table->name, book, &self, &root);
  if (!sat_id_equal (&root, &self))
    return TRUE;
  ids = sat_absorbed_group (local->replica, table->name, book, &self, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      SatId at = g_array_index (ids, SatId, i);

      if (!sat_id_equal (&at, &self) &&
          !edit_member (local, table, &at, book, edits, n_edits, error))
        return FALSE;
    }
  return ids != NULL;
}

/* ---- absorbing ----------------------------------------------------------------------------------
 */

typedef struct
{
  SatLocal *local;
  SatTable *table;
  guint32 book;
  SatState *kept;      /* what stays, with its group */
  SatState *duplicate; /* what goes, with its group */
} Absorb;

static const char *
shown_in (const Absorb *absorb, const SatState *state, guint32 name)
{
  const SatSibling *shown = sat_shown_sibling (absorb->local->replica, absorb->table, state, name);

  return shown ? shown->value : NULL;
}

static void
add_elements (const Absorb *absorb, const SatField *field, GArray *edits)
{
  const SatState *state = absorb->duplicate;
  const char *last = NULL;

  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);
      SatEdit edit = { .field = field, .element = sibling->element };

      if (sibling->field != absorb->table->fields[field->index] || sibling->element == NULL ||
          g_strcmp0 (last, sibling->element) == 0)
        continue;
      last = sibling->element;
      g_array_append_val (edits, edit);
    }
}

/* What the one that stays takes over. */
static GArray *
fills_of (const Absorb *absorb)
{
  const SatObject *object = absorb->table->object;
  GArray *edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatEdit edit = { .field = object->fields[i] };

      if (edit.field->policy == SAT_POLICY_UNION)
        {
          add_elements (absorb, edit.field, edits);
          continue;
        }
      if (shown_in (absorb, absorb->kept, absorb->table->fields[i]) != NULL)
        continue;
      edit.value = shown_in (absorb, absorb->duplicate, absorb->table->fields[i]);
      if (edit.value != NULL)
        g_array_append_val (edits, edit);
    }
  return edits;
}

/* Every register of MEMBER that has anything. */
static GArray *
all_drops (const Absorb *absorb, const SatState *member)
{
  const SatObject *object = absorb->table->object;
  GArray *drops = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  const SatSibling *last = NULL;

  for (guint i = 0; i < member->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (member, i);
      SatEdit edit = { .field = sat_table_field (absorb->table, sibling->field),
                       .element = sibling->element,
                       .drop = TRUE };

      if (edit.field == NULL || edit.field->object != object ||
          (last != NULL && last->field == sibling->field &&
           g_strcmp0 (last->element, sibling->element) == 0))
        continue;
      last = sibling;
      g_array_append_val (drops, edit);
    }
  return drops;
}

/* The records that had been absorbed into the duplicate are emptied with it. */
static gboolean
empty_members (Absorb *absorb, GError **error)
{
  SatReplica *replica = absorb->local->replica;
  g_autoptr (GArray) ids = sat_absorbed_group (replica, absorb->table->name, absorb->book,
                                               &absorb->duplicate->id, error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      SatId at = g_array_index (ids, SatId, i);
      GError *problem = NULL;
      g_autoptr (SatState) member = NULL;
      g_autoptr (GArray) drops = NULL;

      if (sat_id_equal (&at, &absorb->duplicate->id))
        continue;
      member = sat_absorb_load (replica, absorb->table, &at, absorb->book, FALSE, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      drops = member ? all_drops (absorb, member) : NULL;
      if (drops != NULL &&
          !drop (absorb->local, absorb->table->object, &at, absorb->book, drops, error))
        return FALSE;
    }
  return ids != NULL;
}

static gboolean
absorb_loaded (Absorb *absorb, GError **error)
{
  const SatObject *object = absorb->table->object;
  g_autoptr (GArray) fills = fills_of (absorb);
  g_autoptr (GArray) drops = all_drops (absorb, absorb->duplicate);
  SatEditKind live = { .life = SAT_LIFE_LIVE };
  SatEditKind join = { .life = SAT_LIFE_LIVE, .joins = TRUE, .into = &absorb->kept->id };

  if (!sat_local_edit (absorb->local, object, &absorb->kept->id, absorb->book,
                       (const SatEdit *) (void *) fills->data, fills->len, &live, error) ||
      !empty_members (absorb, error))
    return FALSE;
  return sat_local_edit (absorb->local, object, &absorb->duplicate->id, absorb->book,
                         (const SatEdit *) (void *) drops->data, drops->len, &join, error);
}

gboolean
sat_local_absorb (SatLocal *local,
                  const SatObject *object,
                  const SatId *duplicate,
                  const SatId *id,
                  guint32 book,
                  GError **error)
{
  SatTable *table = sat_replica_table (local->replica, object);
  g_autoptr (SatState) kept = sat_absorb_load (local->replica, table, id, book, TRUE, error);
  g_autoptr (SatState) other = kept ? sat_absorb_load (local->replica, table, duplicate, book, TRUE,
                                                       error)
                                    : NULL;
  Absorb absorb = { local, table, book, kept, other };

  g_return_val_if_fail (kept == NULL || other == NULL || !sat_id_equal (duplicate, id), FALSE);
  return other != NULL && absorb_loaded (&absorb, error);
}
