/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-absorb.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-history.h"
#include "core/query/sat-list.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-private.h"

static void
field_free (gpointer data)
{
  SatAbsorbField *field = data;

  g_free (field->kept);
  g_free (field->duplicate);
  g_free (field->shown);
  g_free (field);
}

void
sat_absorb_preview_free (SatAbsorbPreview *preview)
{
  if (preview == NULL)
    return;
  g_free (preview->kept_title);
  g_free (preview->duplicate_title);
  g_ptr_array_unref (preview->fields);
  g_free (preview);
}

/* ---- which two ----------------------------------------------------------------------------------
 */

typedef struct
{
  SatReplica *replica;
  const SatObject *object;
  SatId kept, duplicate; /* roots */
  guint32 book;
} Pair;

/* Both at home in one book, and not one record already. */
static gboolean
locate_pair (Pair *pair, const SatId *duplicate, const SatId *into, GError **error)
{
  SatReplica *replica = pair->replica;
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (pair->object->managed || pair->object->system)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a %s is one of Satchel's own records and cannot be absorbed"),
                     pair->object->name, NULL);
  if (!sat_workspace_locate_home (replica, pair->object, into, &pair->kept, &row, &pair->book,
                                  &presence, error) ||
      !sat_workspace_locate_home (replica, pair->object, duplicate, &pair->duplicate, &row, &book,
                                  &presence, error))
    return FALSE;
  if (sat_id_equal (&pair->kept, &pair->duplicate))
    return sat_fail (error, SAT_ERROR_INVALID,
                     sat_id_equal (duplicate, into)
                         ? N_ ("a %s cannot be absorbed into itself; name two of them")
                         : N_ ("each is part of one %s already; there is nothing left to absorb"),
                     pair->object->name, NULL);
  if (book == pair->book)
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("one of the two is in book “%s”, the other in “%s”; assign one of them to "
                       "the other's book first"),
                   sat_names_book (replica->names, book),
                   sat_names_book (replica->names, pair->book), NULL);
}

static gboolean
load_pair (const Pair *pair, SatRecord **kept, SatRecord **duplicate, GError **error)
{
  const SatRecord *deleted;

  *kept = sat_list_load (pair->replica, pair->object, &pair->kept, error);
  *duplicate = *kept ? sat_list_load (pair->replica, pair->object, &pair->duplicate, error) : NULL;
  if (*duplicate == NULL)
    return FALSE;
  if (!sat_record_deleted (*kept) && !sat_record_deleted (*duplicate))
    return TRUE;
  deleted = sat_record_deleted (*kept) ? *kept : *duplicate;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is deleted; undelete it first, or leave it deleted"),
                   sat_record_title (deleted), NULL);
}

/* The one goes and the other changes. */
static gboolean
check_pair (SatWorkspace *workspace,
            const SatObject *object,
            const SatId *duplicate,
            const SatId *into,
            GError **error)
{
  return sat_workspace_check_right (workspace, object, SAT_RIGHT_DELETE, duplicate, error) &&
         sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT, into, error);
}

gboolean
sat_workspace_absorb_raw (SatWorkspace *workspace,
                          const SatObject *object,
                          const SatId *duplicate,
                          const SatId *into,
                          GError **error)
{
  Pair pair = { .replica = workspace->replica, .object = object };
  gboolean mine;
  SatLocal *local;
  gboolean ok;

  if (!check_pair (workspace, object, duplicate, into, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  ok = locate_pair (&pair, duplicate, into, error) &&
       sat_local_absorb (local, object, &pair.duplicate, &pair.kept, pair.book, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- looking first ------------------------------------------------------------------------------
 */

/* The elements of both, in the order of tags. */
static char *
unite_tags (const char *a, const char *b)
{
  g_auto (GStrv) x = sat_tags_split (a);
  g_auto (GStrv) y = sat_tags_split (b);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();

  for (guint i = 0; x[i] != NULL; i++)
    g_ptr_array_add (all, x[i]);
  for (guint i = 0; y[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) x, y[i]))
      g_ptr_array_add (all, y[i]);
  return sat_tags_join ((const char *const *) all->pdata, all->len);
}

static void
add_field (SatAbsorbPreview *preview,
           const SatRecord *kept,
           const SatRecord *duplicate,
           const SatField *field)
{
  const char *a = sat_record_get (kept, field);
  const char *b = sat_record_get (duplicate, field);
  SatAbsorbField *one;

  if (a == NULL && b == NULL)
    return;
  one = g_new0 (SatAbsorbField, 1);
  one->field = field;
  one->kept = g_strdup (a);
  one->duplicate = g_strdup (b);
  one->shown = field->policy == SAT_POLICY_UNION ? unite_tags (a, b) : g_strdup (a ? a : b);
  g_ptr_array_add (preview->fields, one);
}

/* Those that the user sees. */
static gboolean
count_referrers (SatWorkspace *workspace, const Pair *pair, gint64 *n, GError **error)
{
  const SatCatalogue *catalogue = pair->replica->catalogue;

  *n = 0;
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      for (guint k = 0; k < object->n_fields; k++)
        {
          SatListQuery query = {
            .object = object,
            .reference = object->fields[k],
            .target = pair->duplicate,
            .limit = -1,
            .access = sat_workspace_access (workspace),
            .right = SAT_RIGHT_READ,
          };
          gint64 some;

          if (g_strcmp0 (query.reference->reference, pair->object->name) != 0 &&
              g_strcmp0 (query.reference->reference, "*") != 0)
            continue;
          some = sat_list_count (pair->replica, &query, error);
          if (some < 0)
            return FALSE;
          *n += some;
        }
    }
  return TRUE;
}

SatAbsorbPreview *
sat_workspace_absorb_preview (SatWorkspace *workspace,
                              const SatObject *object,
                              const SatId *duplicate,
                              const SatId *into,
                              GError **error)
{
  Pair pair = { .replica = workspace->replica, .object = object };
  g_autoptr (SatRecord) kept = NULL;
  g_autoptr (SatRecord) other = NULL;
  g_autoptr (SatAbsorbPreview) preview = NULL;

  if (!sat_workspace_check_seen (workspace, object, duplicate, error) ||
      !sat_workspace_check_seen (workspace, object, into, error) ||
      !locate_pair (&pair, duplicate, into, error) || !load_pair (&pair, &kept, &other, error))
    return NULL;
  kept = sat_workspace_shown (workspace, kept, error);
  other = kept ? sat_workspace_shown (workspace, other, error) : other;
  if (kept == NULL || other == NULL)
    return NULL;
  preview = g_new0 (SatAbsorbPreview, 1);
  preview->kept = pair.kept;
  preview->duplicate = pair.duplicate;
  preview->kept_title = g_strdup (sat_record_title (kept));
  preview->duplicate_title = g_strdup (sat_record_title (other));
  preview->fields = g_ptr_array_new_with_free_func (field_free);
  for (guint i = 0; i < object->n_fields; i++)
    add_field (preview, kept, other, object->fields[i]);
  return count_referrers (workspace, &pair, &preview->referrers, error) ? g_steal_pointer (&preview)
                                                                        : NULL;
}

/* ---- absorbing ----------------------------------------------------------------------------------
 */

/* What the duplicate shows under TAKE, written to the one that stays. */
static gboolean
take_over (SatLocal *local,
           const Pair *pair,
           const SatRecord *duplicate,
           const SatField *const *take,
           guint n_take,
           GError **error)
{
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  SatEditKind kind = { .life = SAT_LIFE_LIVE };

  for (guint i = 0; i < n_take; i++)
    {
      SatEdit edit = { .field = take[i], .value = sat_record_get (duplicate, take[i]) };

      if (take[i]->policy == SAT_POLICY_UNION || edit.value == NULL)
        continue;
      if (take[i]->fixed)
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("%s: this never changes once the record is there"), take[i]->name,
                         NULL);
      g_array_append_val (edits, edit);
    }
  return edits->len == 0 ||
         sat_local_edit (local, pair->object, &pair->kept, pair->book,
                         (const SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

/* What the duplicate got in the open change-set would never leave it: sealed, it is in everybody's
 * history, from where taking it out again fetches it. */
static gboolean
seal_duplicate (SatLocal *local, const Pair *pair, GError **error)
{
  SatReplica *replica = pair->replica;
  const SatVector *vector = sat_local_vector (local, pair->book, error);
  g_autoptr (SatState) state = vector ? sat_absorb_load (replica,
                                                         sat_replica_table (replica, pair->object),
                                                         &pair->duplicate, pair->book, TRUE, error)
                                      : NULL;
  SatDot open = { .book = pair->book, .device = replica->me };

  if (state == NULL)
    return FALSE;
  open.number = sat_vector_get (vector, replica->me) + 1;
  for (guint i = 0; i < state->siblings->len; i++)
    if (sat_dot_equal (&sat_state_at (state, i)->dot, &open))
      return sat_local_seal (local, pair->book, error);
  return TRUE;
}

gboolean
sat_workspace_absorb (SatWorkspace *workspace,
                      const SatObject *object,
                      const SatId *duplicate,
                      const SatId *into,
                      const SatField *const *take,
                      guint n_take,
                      SatId *kept,
                      GError **error)
{
  Pair pair = { .replica = workspace->replica, .object = object };
  g_autoptr (SatRecord) stays = NULL;
  g_autoptr (SatRecord) goes = NULL;
  gboolean mine;
  SatLocal *local;
  gboolean ok;

  if (!check_pair (workspace, object, duplicate, into, error))
    return FALSE;
  for (guint i = 0; i < n_take; i++)
    if (!sat_workspace_check_field (workspace, take[i], error))
      return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  ok = locate_pair (&pair, duplicate, into, error) && load_pair (&pair, &stays, &goes, error) &&
       seal_duplicate (local, &pair, error) &&
       take_over (local, &pair, goes, take, n_take, error) &&
       sat_local_absorb (local, object, &pair.duplicate, &pair.kept, pair.book, error) &&
       sat_approval_check_written (workspace, stays, error);
  if (!sat_workspace_written (workspace, local, mine, ok, error))
    return FALSE;
  if (mine)
    sat_workspace_note_count (workspace);
  if (kept != NULL)
    *kept = pair.kept;
  return TRUE;
}

/* ---- and back -----------------------------------------------------------------------------------
 */

/* When the record was absorbed. FALSE: it was not. */
static gboolean
absorbed_at (SatReplica *replica, const SatTable *table, const SatState *state, SatDot *dot)
{
  const SatSibling *into = sat_shown_sibling (replica, table, state, SAT_FIELD_INTO);

  if (into == NULL || into->value == NULL)
    return FALSE;
  *dot = into->dot;
  return TRUE;
}

typedef struct
{
  const SatState *state;
  const SatTable *table;
  SatDot absorbed;
  GPtrArray *strings;
  GArray *edits;     /* SatEdit */
  GHashTable *known; /* fields that were met */
} Past;

/* Calls come with the newest entry first. */
static void
collect_past (gint64 entry, const SatSibling *replaced, guint flags, gpointer data)
{
  Past *past = data;
  const SatField *field = sat_table_field (past->table, replaced->field);
  SatEdit edit = { .field = field };
  guint count;

  (void) entry;
  sat_state_find (past->state, replaced->field, replaced->element, &count);
  if (field == NULL || (flags & SAT_HISTORY_DRAFT) != 0 || count > 0)
    return;
  if (replaced->element != NULL)
    {
      /* Taken away by the change-set that absorbed it. */
      if ((flags & SAT_HISTORY_REMOVAL) == 0 || !sat_dot_equal (&replaced->dot, &past->absorbed))
        return;
      edit.element = g_strdup (replaced->element);
      g_ptr_array_add (past->strings, (gpointer) edit.element);
      g_array_append_val (past->edits, edit);
      return;
    }
  if ((flags & SAT_HISTORY_UNSEEN) != 0 ||
      !g_hash_table_add (past->known, GUINT_TO_POINTER (replaced->field)) ||
      replaced->value == NULL)
    return;
  edit.value = g_strdup (replaced->value);
  g_ptr_array_add (past->strings, (gpointer) edit.value);
  g_array_append_val (past->edits, edit);
}

/* The record has a value of its own: what a colleague wrote to it since. */
static gboolean
has_value (const SatTable *table, const SatState *state)
{
  for (guint i = 0; i < state->siblings->len; i++)
    if (sat_state_at (state, i)->value != NULL &&
        sat_table_field (table, sat_state_at (state, i)->field) != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
release (SatWorkspace *workspace,
         SatLocal *local,
         const SatObject *object,
         const SatId *id,
         GError **error)
{
  SatReplica *replica = workspace->replica;
  SatTable *table = sat_replica_table (replica, object);
  g_autoptr (GPtrArray) strings = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  g_autoptr (GHashTable) known = g_hash_table_new (NULL, NULL);
  Past past = { .table = table, .strings = strings, .edits = edits, .known = known };
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .joins = TRUE };
  g_autoptr (SatState) state = NULL;
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  if (!sat_workspace_locate_home (replica, object, id, &root, &row, &book, &presence, error))
    return FALSE;
  state = sat_absorb_load (replica, table, id, book, FALSE, error);
  if (state == NULL || !absorbed_at (replica, table, state, &past.absorbed))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this %s was not absorbed into another; “satchel history” shows what was "
                         "done with it"),
                     object->name, NULL);
  past.state = state;
  if (!sat_log_history (replica, state->history, collect_past, &past, error))
    return FALSE;
  if (edits->len == 0 && !has_value (table, state))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("what this %s had is not in the history here of the book that it is in "
                         "now; assign it to the book where it was absorbed first, or enter it "
                         "anew"),
                     object->name, NULL);
  return sat_local_edit (local, object, id, book, (const SatEdit *) (void *) edits->data,
                         edits->len, &kind, error);
}

gboolean
sat_workspace_release_absorbed (SatWorkspace *workspace,
                                const SatObject *object,
                                const SatId *id,
                                GError **error)
{
  gboolean mine;
  SatLocal *local;

  if (!sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT, id, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  return sat_workspace_written (workspace, local, mine,
                                release (workspace, local, object, id, error), error);
}

GArray *
sat_workspace_absorbed (SatWorkspace *workspace,
                        const SatObject *object,
                        const SatId *id,
                        GError **error)
{
  SatReplica *replica = workspace->replica;
  SatTable *table = sat_replica_table (replica, object);
  GArray *ids = NULL;
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  if (!sat_workspace_check_seen (workspace, object, id, error) ||
      !sat_list_locate_root (replica, table, id, &root, &row, &book, &presence, error))
    return NULL;
  ids = sat_absorbed_group (replica, table->name, book, &root, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (sat_id_equal (&g_array_index (ids, SatId, i), &root))
      g_array_remove_index (ids, i--);
  return ids;
}
