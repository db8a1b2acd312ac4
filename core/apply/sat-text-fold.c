/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-text-fold.h"

#include <string.h>

#include "core/apply/sat-history.h"
#include "core/base/sat-text.h"
#include "core/store/sat-join-log.h"

typedef struct
{
  const SatField *field;
  gint64 row;
} Candidate;

static gboolean
candidates_in (SatReplica *replica, const SatTable *table, GArray *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT field, row FROM conflict WHERE object = ?1 ORDER BY row, field", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, table->name);
  while (sat_stmt_step (stmt, &problem))
    {
      Candidate candidate = { sat_table_field (table, (guint32) sat_stmt_int (stmt, 0)),
                              sat_stmt_int (stmt, 1) };
      if (candidate.field != NULL && candidate.field->policy == SAT_POLICY_TEXT)
        g_array_append_val (out, candidate);
    }
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* Folds the siblings of PAST into the shown one, if that is of a change-set of BOOK up to SEALED of
 * this device; NULL in *TEXT: another device or a person has to. */
static gboolean
fold (SatReplica *replica,
      GPtrArray *past,
      guint32 book,
      guint64 sealed,
      SatFoldFunc merge,
      gpointer data,
      char **text,
      GError **error)
{
  const SatPast *top = NULL;
  g_autofree char *folded = NULL;

  *text = NULL;
  for (guint i = 0; i < past->len && top == NULL; i++)
    {
      const SatPast *entry = g_ptr_array_index (past, i);
      if (entry->current && entry->shown && entry->element == NULL)
        top = entry;
    }
  if (top == NULL || top->dot.device != replica->me || top->dot.book != book ||
      top->dot.number > sealed || top->value == NULL)
    return TRUE;
  folded = g_strdup (top->value);
  for (guint i = 0; i < past->len; i++) /* newest first */
    {
      const SatPast *other = g_ptr_array_index (past, i);
      const SatPast *pair[2] = { top, other };
      const SatPast *base;
      GError *problem = NULL;
      char *next;

      if (!other->current || other->element != NULL || g_strcmp0 (other->value, top->value) == 0)
        continue;
      base = sat_history_base (replica, past, pair, 2, &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      if (other->value == NULL || other->dot.book != top->dot.book || base == NULL)
        return TRUE;
      next = merge (base->value, folded, other->value, data);
      if (next == NULL)
        return TRUE;
      g_free (folded);
      folded = next;
    }
  *text = g_steal_pointer (&folded);
  return TRUE;
}

static gboolean
fold_one (SatReplica *replica,
          SatLocal *local,
          const Candidate *candidate,
          SatFoldFunc merge,
          gpointer data,
          guint *merged,
          GError **error)
{
  SatTable *table = sat_replica_table (replica, candidate->field->object);
  SatEditKind kind = { .life = SAT_LIFE_QUIET };
  g_autoptr (GPtrArray) past = sat_history_of (replica, table, candidate->row,
                                               table->fields[candidate->field->index], error);
  g_autofree char *text = NULL;
  g_autofree char *tidy = NULL;
  SatEdit edit = { .field = candidate->field };
  const SatVector *vector;
  SatId id;
  guint32 book;

  if (past == NULL)
    return FALSE;
  /* sat_history_of has just read the record into scratch. */
  id = replica->scratch->id;
  book = replica->scratch->book;
  /* In a group the siblings are of several records. */
  if (replica->scratch->presence == SAT_AWAY || replica->scratch->listed ||
      replica->scratch->presence == SAT_ABSORBED)
    return TRUE;
  vector = sat_local_vector (local, book, error);
  if (vector == NULL ||
      !fold (replica, past, book, sat_vector_get (vector, replica->me), merge, data, &text, error))
    return FALSE;
  /* Lines put together may begin or end in white space, which no value of a field does. */
  tidy = text ? sat_text_tidy (text) : NULL;
  if (tidy == NULL || !edit.field->type->canonical (tidy, strlen (tidy)))
    return TRUE;
  edit.value = tidy;
  (*merged)++;
  return sat_local_edit (local, candidate->field->object, &id, book, &edit, 1, &kind, error);
}

/* A hub would refuse what a role may not write, although nobody typed it. */
static gboolean
may_fold (const SatAccess *access, const SatField *field)
{
  return sat_access_reach (access, field->object, SAT_RIGHT_EDIT) != SAT_REACH_NONE &&
         sat_access_field (access, field) == SAT_FIELD_EDIT;
}

gboolean
sat_text_fold_all (SatReplica *replica,
                   SatLocal *local,
                   const SatAccess *access,
                   SatFoldFunc merge,
                   gpointer data,
                   guint *merged,
                   GError **error)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  gboolean unfinished;

  *merged = 0;
  if (!sat_log_is_unfinished (replica, &unfinished, error))
    return FALSE;
  if (unfinished)
    return TRUE;
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!candidates_in (replica, g_ptr_array_index (replica->tables, i), candidates, error))
      return FALSE;
  for (guint i = 0; i < candidates->len; i++)
    if (may_fold (access, g_array_index (candidates, Candidate, i).field) &&
        !fold_one (replica, local, &g_array_index (candidates, Candidate, i), merge, data, merged,
                   error))
      return FALSE;
  return TRUE;
}
