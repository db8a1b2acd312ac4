/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking back that a record is there, or is not any more, with all that came or went with it. */
#include "core/apply/sat-history.h"
#include "core/apply/sat-visibility.h"
#include "core/workspace/sat-workspace-revert-private.h"

gboolean
sat_revert_load_state (const SatRevert *revert,
                       SatTable *table,
                       gint64 row,
                       SatState *state,
                       gboolean *found,
                       GError **error)
{
  SatRow at;

  if (!sat_row_load_number (revert->replica, table, row, state, &at, found, error))
    return FALSE;
  if (*found)
    sat_row_touch_all (&at);
  sat_row_done (&at);
  return TRUE;
}

typedef gboolean (*IsOurs) (const SatRevert *revert, const SatState *state);

static gboolean
is_meant_life (const SatRevert *revert, const SatDot *dot, SatHlc hlc)
{
  for (guint i = 0; i < revert->n; i++)
    if (sat_revert_names_field (revert, &revert->what[i], SAT_FIELD_LIFE, NULL) &&
        sat_revert_is_of (revert, &revert->what[i], dot, hlc))
      return TRUE;
  return FALSE;
}

/* Its life, dead or alive, is of the change. */
static gboolean
lives_by_it (const SatRevert *revert, const SatState *state)
{
  guint count;
  guint at = sat_state_find (state, SAT_FIELD_LIFE, NULL, &count);

  for (guint i = at; i < at + count; i++)
    if (!is_meant_life (revert, &sat_state_at (state, i)->dot, sat_state_at (state, i)->hlc))
      return FALSE;
  return count > 0 || is_meant_life (revert, &state->base.dot, state->base.hlc);
}

/* What AT showed before the change that has its life now: *DEAD, it had been deleted already, on
 * its own. All that was there before has been replaced by that one or by something that it had
 * seen. */
static gboolean
was_dead (const SatRevert *revert, const SatChild *at, gboolean *dead, GError **error)
{
  g_autoptr (GPtrArray) lives = sat_history_of (revert->replica, at->table, at->row, SAT_FIELD_LIFE,
                                                error);
  SatHlc stamp = 0;

  *dead = FALSE;
  for (guint i = 0; lives != NULL && i < lives->len; i++)
    {
      const SatPast *one = g_ptr_array_index (lives, i);

      if (one->current)
        stamp = MAX (stamp, one->hlc);
    }
  for (guint i = 0; lives != NULL && i < lives->len; i++)
    {
      const SatPast *one = g_ptr_array_index (lives, i);

      if (one->hlc >= stamp)
        continue;
      *dead = g_strcmp0 (one->value, SAT_LIFE_DEAD_TEXT) == 0;
      break;
    }
  return lives != NULL;
}

/* The change has made it, and nobody has written in it since. */
static gboolean
was_made_by_it (const SatRevert *revert, const SatState *state)
{
  if (!state->base.present ||
      !sat_revert_is_meant_whole (revert, &state->base.dot, state->base.hlc))
    return FALSE;
  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);

      if (!sat_revert_is_meant_whole (revert, &sibling->dot, sibling->hlc))
        return FALSE;
    }
  return TRUE;
}

/* The record and all below it, parents first, of PRESENCE: SatChild. *ALL: each is OURS; those that
 * are not are left out. */
static GArray *
family (const SatRevert *revert,
        gint64 row,
        SatPresence presence,
        IsOurs ours,
        gboolean *all,
        GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, TRUE, sizeof (SatChild));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (SatState) state = sat_state_new ();
  SatChild start = { revert->table, revert->id, row, presence };

  *all = TRUE;
  g_array_append_val (found, start);
  for (guint i = 0; i < found->len;)
    {
      SatChild at = g_array_index (found, SatChild, i);
      gboolean fresh = g_hash_table_add (seen, g_memdup2 (&at.id, sizeof at.id));
      gboolean before = FALSE; /* it was deleted on its own */
      gboolean there;

      if (!sat_revert_load_state (revert, at.table, at.row, state, &there, error) ||
          (i > 0 && presence == SAT_DEAD && !was_dead (revert, &at, &before, error)))
        return NULL;
      if (before || !fresh || !there || at.presence != presence || !ours (revert, state))
        {
          *all = *all && (!fresh || !there || at.presence != presence);
          g_array_remove_index (found, i);
          continue;
        }
      if (!sat_visibility_children (revert->replica, at.table->object, &at.id, revert->book, found,
                                    error))
        return NULL;
      i++;
    }
  return g_steal_pointer (&found);
}

/* Everything that the change deleted with the record and that is deleted still. A deletion is
 * written to what was deleted before, too: that stays as it was. */
static gboolean
bring_back (SatRevert *revert, gint64 row, GError **error)
{
  gboolean all;
  g_autoptr (GArray) records = family (revert, row, SAT_DEAD, lives_by_it, &all, error);

  if (records == NULL)
    return FALSE;
  if (records->len == 0)
    sat_revert_say_left (revert, NULL, NULL, SAT_REVERT_CHANGED);
  for (guint i = 0; i < records->len; i++)
    {
      const SatChild *child = &g_array_index (records, SatChild, i);

      if (!sat_workspace_undelete (revert->workspace, child->table->object, &child->id, error))
        return FALSE;
    }
  revert->reverted->brought = records->len;
  return TRUE;
}

/* The record goes, with what came with it, if nobody has touched any of it. */
static gboolean
take_away (SatRevert *revert, gint64 row, IsOurs ours, GError **error)
{
  gboolean all;
  g_autoptr (GArray) records = family (revert, row, SAT_PRESENT, ours, &all, error);

  if (records == NULL)
    return FALSE;
  if (revert->table->object->managed)
    sat_revert_say_left (revert, NULL, NULL, SAT_REVERT_REFUSED);
  else if (records->len == 0)
    sat_revert_say_left (revert, NULL, NULL, SAT_REVERT_CHANGED);
  else if (!all)
    sat_revert_say_left (revert, NULL, NULL, SAT_REVERT_IS_NEEDED);
  else
    {
      revert->reverted->removed = records->len;
      return sat_workspace_delete (revert->workspace, revert->table->object, &revert->id, NULL,
                                   error);
    }
  return TRUE;
}

/* The change of the record's being there that is meant; NULL: none. */
static const SatPast *
meant_life (const SatRevert *revert)
{
  for (guint i = 0; i < revert->past->len; i++)
    {
      const SatPast *one = g_ptr_array_index (revert->past, i);

      if (one->name == SAT_FIELD_LIFE && sat_revert_is_meant (revert, one))
        return one;
    }
  return NULL;
}

gboolean
sat_revert_life (SatRevert *revert, gint64 row, gboolean *ended, GError **error)
{
  const SatPast *life = meant_life (revert);
  gboolean deletes = life != NULL && g_strcmp0 (life->value, SAT_LIFE_DEAD_TEXT) == 0;

  *ended = revert->base.present &&
           sat_revert_is_meant_whole (revert, &revert->base.dot, revert->base.hlc);
  if (*ended && revert->presence == SAT_PRESENT)
    return take_away (revert, row, was_made_by_it, error);
  if (*ended)
    return TRUE;
  if (deletes && revert->presence == SAT_DEAD)
    return bring_back (revert, row, error);
  *ended = life != NULL && !deletes;
  return !*ended || revert->presence != SAT_PRESENT || take_away (revert, row, lives_by_it, error);
}
