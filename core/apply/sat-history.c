/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-history.h"

#include <string.h>

#include "core/apply/sat-engine.h"

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

static gboolean
add_replaced (
    SatReplica *replica, guint32 object, gint64 row, guint32 name, GPtrArray *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT field, element, book, device, number, hlc, flags, value"
                                  " FROM history WHERE object = ?1 AND row = ?2"
                                  " AND (field = ?3 OR (?3 = 0 AND (field > 4 OR field = 1)))",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, object);
  sat_stmt_bind_int (stmt, 2, row);
  sat_stmt_bind_int (stmt, 3, name);
  while (sat_stmt_step (stmt, &problem))
    {
      SatPast *past = g_new0 (SatPast, 1);
      gint64 flags = sat_stmt_int (stmt, 6);

      past->name = (guint32) sat_stmt_int (stmt, 0);
      past->element = g_strdup (sat_stmt_text (stmt, 1));
      past->dot.book = (guint32) sat_stmt_int (stmt, 2);
      past->dot.device = (guint32) sat_stmt_int (stmt, 3);
      past->dot.number = (guint64) sat_stmt_int (stmt, 4);
      past->hlc = (SatHlc) sat_stmt_int (stmt, 5);
      past->automatic = (flags & SAT_HISTORY_AUTO) != 0;
      past->unseen = (flags & SAT_HISTORY_UNSEEN) != 0;
      past->draft = (flags & SAT_HISTORY_DRAFT) != 0;
      past->removal = (flags & SAT_HISTORY_REMOVAL) != 0;
      past->value = g_strdup (past->element ? past->element : sat_stmt_text (stmt, 7));
      g_ptr_array_add (out, past);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
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

GPtrArray *
sat_history_of (SatReplica *replica, SatTable *table, gint64 number, guint32 name, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_past_free);
  SatOrder order = sat_replica_order (replica);
  SatState *state = replica->scratch;
  gboolean found;
  SatRow row;

  if (!sat_row_load_number (replica, table, number, state, &row, &found, error))
    return NULL;
  if (found)
    {
      sat_row_touch_all (&row);
      add_current (replica, table, state, name, out);
      sat_row_done (&row);
      if (!add_replaced (replica, state->object, number, name, out, error))
        return NULL;
    }
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
