/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-history.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-engine.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-history-log.h"

void
sat_past_free (SatPast *past)
{
  g_free (past->element);
  g_free (past->value);
  g_free (past);
}

static void
add_current (
    SatReplica *replica, SatTable *table, const SatState *state, guint32 name, GPtrArray *out)
{
  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);
      SatPast *past;

      if (name ? sibling->field != name : sibling->field < SAT_FIELD_FIRST_FREE)
        {
          gboolean deleted = name == 0 && sibling->field == SAT_FIELD_LIFE &&
                             strcmp (sibling->value, SAT_LIFE_DEAD_TEXT) == 0;
          if (!deleted)
            continue;
        }
      past = g_new0 (SatPast, 1);
      past->name = sibling->field;
      past->element = g_strdup (sibling->element);
      past->value = g_strdup (sibling->element ? sibling->element : sibling->value);
      past->dot = sibling->dot;
      past->hlc = sibling->hlc;
      past->automatic = sibling->automatic;
      past->current = TRUE;
      past->shown = sibling->element != NULL ||
                    sat_shown_sibling (replica, table, state, sibling->field) == sibling;
      g_ptr_array_add (out, past);
    }
}

typedef struct
{
  guint32 name;
  GPtrArray *out;
} Wanted;

static void
add_replaced (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  const Wanted *wanted = data;
  SatPast *past;

  (void) entry;
  if (wanted->name != 0
          ? replaced->field != wanted->name
          : replaced->field < SAT_FIELD_FIRST_FREE && replaced->field != SAT_FIELD_LIFE)
    return;
  past = g_new0 (SatPast, 1);
  past->name = replaced->field;
  past->element = g_strdup (replaced->element);
  past->dot = replaced->dot;
  past->hlc = replaced->hlc;
  past->automatic = replaced->automatic;
  past->unseen = (flags & SAT_HISTORY_UNSEEN) != 0;
  past->draft = (flags & SAT_HISTORY_DRAFT) != 0;
  past->removal = (flags & SAT_HISTORY_REMOVAL) != 0;
  past->value = g_strdup (replaced->element ? replaced->element : replaced->value);
  g_ptr_array_add (wanted->out, past);
}

static int
compare_past (gconstpointer a, gconstpointer b, gpointer data)
{
  const SatPast *x = *(SatPast *const *) a;
  const SatPast *y = *(SatPast *const *) b;
  const SatOrder *order = data;

  if (x->hlc != y->hlc)
    return x->hlc > y->hlc ? -1 : 1;
  if (x->current != y->current)
    return x->current ? -1 : 1;
  return -order->compare (&x->dot, &y->dot, order->data);
}

/* What was replaced in records that were absorbed into this one. */
static gboolean
add_members (
    SatReplica *replica, SatTable *table, const SatState *state, Wanted *wanted, GError **error)
{
  g_autoptr (GArray) ids = sat_absorbed_group (replica, state->object, state->book, &state->id,
                                               error);

  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      const SatId *id = &g_array_index (ids, SatId, i);
      GError *problem = NULL;
      g_autoptr (SatState) member = sat_id_equal (id, &state->id)
                                        ? NULL
                                        : sat_absorb_load (replica, table, id, state->book, FALSE,
                                                           &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      if (member != NULL &&
          !sat_log_history (replica, member->history, add_replaced, wanted, error))
        return FALSE;
    }
  return ids != NULL;
}

/* Was all that the change-set of LIFE wrote in the record just that it is there? */
static gboolean
is_bare (const SatState *state, const SatSibling *life, const GPtrArray *past)
{
  for (guint i = 0; i < past->len; i++)
    {
      const SatPast *one = g_ptr_array_index (past, i);

      if (one->hlc == life->hlc && sat_dot_equal (&one->dot, &life->dot))
        return FALSE;
    }
  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *one = sat_state_at (state, i);

      if (one->field != SAT_FIELD_LIFE && one->hlc == life->hlc &&
          sat_dot_equal (&one->dot, &life->dot))
        return FALSE;
    }
  return !state->base.present || state->base.hlc != life->hlc ||
         !sat_dot_equal (&state->base.dot, &life->dot);
}

/* A deleted record that was brought back says so as long as nothing else is written in it: every
 * edit says that it is there. */
static void
add_restored (SatReplica *replica, SatTable *table, const SatState *state, GPtrArray *out)
{
  const SatSibling *life = sat_shown_sibling (replica, table, state, SAT_FIELD_LIFE);
  gboolean deleted = FALSE;
  SatPast *past;

  for (guint i = 0; i < out->len && !deleted; i++)
    {
      const SatPast *one = g_ptr_array_index (out, i);
      deleted = one->name == SAT_FIELD_LIFE && !one->current;
    }
  if (!deleted || life == NULL || strcmp (life->value, SAT_LIFE_LIVE_TEXT) != 0 ||
      !is_bare (state, life, out))
    return;
  past = g_new0 (SatPast, 1);
  past->name = SAT_FIELD_LIFE;
  past->value = g_strdup (life->value);
  past->dot = life->dot;
  past->hlc = life->hlc;
  past->automatic = life->automatic;
  past->current = past->shown = TRUE;
  g_ptr_array_add (out, past);
}

GPtrArray *
sat_history_of (SatReplica *replica, SatTable *table, gint64 number, guint32 name, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_past_free);
  SatOrder order = sat_replica_order (replica);
  Wanted wanted = { name, out };
  SatState *state = replica->scratch;
  gboolean found;
  SatRow row;

  if (!sat_row_load_number (replica, table, number, state, &row, &found, error))
    return NULL;
  if (found)
    {
      sat_row_touch_all (&row);
      sat_row_done (&row);
      if (!sat_absorb_unite (replica, table, state, error))
        return NULL;
      add_current (replica, table, state, name, out);
      if (!sat_log_history (replica, state->history, add_replaced, &wanted, error) ||
          (state->listed && !add_members (replica, table, state, &wanted, error)))
        return NULL;
      if (name == 0)
        add_restored (replica, table, state, out);
    }
  g_ptr_array_sort_with_data (out, compare_past, &order);
  return g_steal_pointer (&out);
}

static guint
hash_past (gconstpointer data)
{
  const SatPast *past = data;

  return (guint) past->dot.number * 31 + past->dot.device * 7 + past->name;
}

static gboolean
equal_past (gconstpointer a, gconstpointer b)
{
  const SatPast *x = a;
  const SatPast *y = b;

  return sat_dot_equal (&x->dot, &y->dot) && x->name == y->name && x->removal == y->removal &&
         g_strcmp0 (x->element, y->element) == 0 && g_strcmp0 (x->value, y->value) == 0;
}

/* Where the record is at home first. */
static GArray *
rows_of (SatReplica *replica, const SatTable *table, const SatId *id, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *sql = g_strdup_printf ("SELECT t.row FROM %s t JOIN book b ON b.number = t.book"
                                          " WHERE t.uuid = ?1 ORDER BY t.dead, b.key",
                                          table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_id (stmt, 1, id);
  while (sat_stmt_step (stmt, &problem))
    {
      gint64 row = sat_stmt_int (stmt, 0);
      g_array_append_val (rows, row);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&rows) : NULL;
}

/* Adds to OUT what MORE has besides: here it was replaced. */
static void
add_elsewhere (GPtrArray *out, GPtrArray *more)
{
  g_autoptr (GHashTable) known = g_hash_table_new (hash_past, equal_past);

  for (guint i = 0; i < out->len; i++)
    g_hash_table_add (known, g_ptr_array_index (out, i));
  for (guint i = 0; i < more->len;)
    {
      SatPast *past = g_ptr_array_index (more, i);

      if (g_hash_table_contains (known, past))
        {
          i++;
          continue;
        }
      past->current = past->shown = FALSE;
      g_ptr_array_add (out, g_ptr_array_steal_index_fast (more, i));
    }
}

GPtrArray *
sat_history_of_record (
    SatReplica *replica, SatTable *table, const SatId *id, guint32 name, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_past_free);
  g_autoptr (GArray) rows = rows_of (replica, table, id, error);
  SatOrder order = sat_replica_order (replica);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (GPtrArray) more = sat_history_of (replica, table, g_array_index (rows, gint64, i),
                                                   name, error);

      if (more == NULL)
        return NULL;
      if (i == 0)
        {
          g_ptr_array_unref (out);
          out = g_steal_pointer (&more);
        }
      else
        add_elsewhere (out, more);
    }
  if (rows == NULL)
    return NULL;
  if (rows->len > 1)
    g_ptr_array_sort_with_data (out, compare_past, &order);
  return g_steal_pointer (&out);
}

/* ---- the base of concurrent values --------------------------------------------------------------
 */

static guint64
sum (const SatVector *vector)
{
  guint64 total = 0;

  for (guint32 device = 0; device < vector->numbers->len; device++)
    total += sat_vector_get (vector, device);
  return total;
}

/* The vectors that the siblings' change-sets had seen; FALSE in *KNOWN when one of them is not
 * known here. */
static gboolean
load_saws (SatReplica *replica,
           const SatPast *const *siblings,
           guint n,
           SatVector *saws,
           gboolean *known,
           GError **error)
{
  *known = TRUE;
  for (guint i = 0; i < n && *known; i++)
    if (!sat_log_saw (replica, siblings[i]->dot.book, siblings[i]->dot.device,
                      siblings[i]->dot.number, &saws[i], known, error))
      return FALSE;
  return TRUE;
}

static gboolean
all_had_seen (const SatVector *saws, guint n, const SatDot *dot)
{
  for (guint i = 0; i < n; i++)
    if (sat_vector_get (&saws[i], dot->device) < dot->number)
      return FALSE;
  return TRUE;
}

static gboolean
choose_base (SatReplica *replica,
             GPtrArray *past,
             const SatVector *saws,
             guint n,
             guint32 book,
             const SatPast **best,
             GError **error)
{
  SatOrder order = sat_replica_order (replica);
  guint64 best_sum = 0;
  SatVector saw;
  gboolean ok = TRUE;

  sat_vector_init (&saw);
  for (guint i = 0; i < past->len && ok; i++)
    {
      const SatPast *candidate = g_ptr_array_index (past, i);
      gboolean known;
      guint64 total;

      if (candidate->value == NULL || candidate->draft || candidate->dot.book != book ||
          !all_had_seen (saws, n, &candidate->dot))
        continue;
      ok = sat_log_saw (replica, book, candidate->dot.device, candidate->dot.number, &saw, &known,
                        error);
      if (!ok || !known)
        continue;
      total = sum (&saw);
      if (*best == NULL || total > best_sum ||
          (total == best_sum && order.compare (&candidate->dot, &(*best)->dot, order.data) > 0))
        {
          *best = candidate;
          best_sum = total;
        }
    }
  sat_vector_clear (&saw);
  return ok;
}

const SatPast *
sat_history_base (
    SatReplica *replica, GPtrArray *past, const SatPast *const *siblings, guint n, GError **error)
{
  g_autofree SatVector *saws = g_new0 (SatVector, n);
  const SatPast *best = NULL;
  gboolean known = n > 0;

  for (guint i = 0; i < n; i++)
    sat_vector_init (&saws[i]);
  if (known && load_saws (replica, siblings, n, saws, &known, error) && known)
    choose_base (replica, past, saws, n, siblings[0]->dot.book, &best, error);
  for (guint i = 0; i < n; i++)
    sat_vector_clear (&saws[i]);
  return best;
}

/* ---- is all of it in reach? ---------------------------------------------------------------------
 */

static void
count_entry (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  guint64 *n = data;

  (void) entry;
  (void) replaced;
  (void) flags;
  (*n)++;
}

static gboolean
count_there (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  guint64 *n = data;

  (void) number;
  (void) entry;
  (*n)++;
  return FALSE;
}

static gboolean
count_reached (SatReplica *replica, const SatTable *table, guint64 *reached, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT row, stamps FROM %s", table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  while (problem == NULL && sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *stamps = sat_stmt_blob (stmt, 1, &size);
      gint64 last = sat_state_packed_history (stamps, size);

      if (!sat_log_history (replica, last, count_entry, reached, &problem) &&
          g_error_matches (problem, SAT_ERROR, SAT_ERROR_DAMAGED))
        g_clear_error (&problem); /* what it does not lead to is counted as lost */
    }
  return sat_stmt_finish (stmt, problem, error);
}

gboolean
sat_history_check (SatReplica *replica, guint64 *entries, guint64 *lost, GError **error)
{
  g_autoptr (GError) problem = NULL;
  guint64 reached = 0;
  guint64 total = 0;

  for (guint i = 0; i < replica->tables->len; i++)
    if (!count_reached (replica, g_ptr_array_index (replica->tables, i), &reached, error))
      return FALSE;
  if (!sat_log_edit_history (replica, count_there, &total, &problem) &&
      !g_error_matches (problem, SAT_ERROR, SAT_ERROR_DAMAGED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  *entries = MAX (total, reached);
  *lost = total > reached ? total - reached : reached - total;
  *lost = MAX (*lost, problem != NULL);
  return TRUE;
}
