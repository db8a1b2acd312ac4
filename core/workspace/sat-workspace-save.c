/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing: drafts, deletes, settling conflicts. */
#include <string.h>

#include "core/apply/sat-visibility.h"
#include "core/query/sat-list.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"

/* ---- transactions -------------------------------------------------------------------------------
 */

gboolean
sat_workspace_begin (SatWorkspace *workspace, GError **error)
{
  g_return_val_if_fail (workspace->open == NULL, FALSE);
  sat_stage_refresh (workspace);
  workspace->open = sat_local_begin (workspace->replica, error);
  return workspace->open != NULL;
}

gboolean
sat_workspace_commit (SatWorkspace *workspace, GError **error)
{
  g_return_val_if_fail (workspace->open != NULL, FALSE);
  workspace->step = sat_local_step (workspace->open);
  g_clear_pointer (&workspace->runner, sat_rule_runner_free);
  return sat_local_commit (g_steal_pointer (&workspace->open), error);
}

void
sat_workspace_rollback (SatWorkspace *workspace)
{
  g_clear_pointer (&workspace->runner, sat_rule_runner_free);
  sat_stage_forget (workspace);
  sat_local_abort (g_steal_pointer (&workspace->open));
}

SatLocal *
sat_workspace_write (SatWorkspace *workspace, gboolean *mine, GError **error)
{
  *mine = workspace->open == NULL;
  return *mine ? sat_local_begin (workspace->replica, error) : workspace->open;
}

gboolean
sat_workspace_written (
    SatWorkspace *workspace, SatLocal *local, gboolean mine, gboolean ok, GError **error)
{
  (void) workspace;
  if (!mine)
    return ok;
  if (ok)
    return sat_local_commit (local, error);
  sat_local_abort (local);
  return FALSE;
}

/* ---- which book ---------------------------------------------------------------------------------
 */

static guint32
first_book (SatReplica *replica, GError **error)
{
  gint64 number;

  if (!sat_db_get_int (replica->db,
                       "SELECT number FROM book WHERE held AND key NOT IN ('company', 'enrolment')"
                       " ORDER BY number LIMIT 1",
                       0, &number, error))
    return 0;
  if (number == 0)
    sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("this laptop holds no book to put a new record into; sync first, or join with a book"),
        NULL);
  return (guint32) number;
}

static gboolean
holds (SatReplica *replica, guint32 book)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT held FROM book WHERE number = ?1", NULL);
  gboolean held = FALSE;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  if (sat_stmt_step (stmt, NULL))
    held = sat_stmt_int (stmt, 0) != 0;
  sat_stmt_reset (stmt);
  return held;
}

/* By key, or by the name of a book record. */
static guint32
named_book (SatReplica *replica, const char *name, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "book");
  guint32 book = sat_names_find_book (replica->names, name);
  SatId id;

  if (book == 0 && object != NULL)
    {
      g_autofree char *title = g_strconcat ("/", name, NULL);
      if (sat_list_find (replica, NULL, object, title, &id, NULL))
        {
          g_autoptr (SatRecord) record = sat_list_load (replica, object, &id, NULL);
          const SatField *key = sat_object_find (object, "key");
          if (record != NULL && key != NULL && sat_record_get (record, key) != NULL)
            book = sat_names_find_book (replica->names, sat_record_get (record, key));
        }
    }
  if (book != 0 && holds (replica, book) && strcmp (name, SAT_BOOK_KEY_ENROLMENT) != 0)
    return book;
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("this laptop does not hold a book “%s”; “satchel status” lists the ones it holds"),
            name, NULL);
  return 0;
}

static guint32
parent_book (SatReplica *replica, const SatDraft *draft)
{
  const SatObject *object = sat_draft_object (draft);
  const char *parent = object->owning ? sat_draft_get (draft, object->owning) : NULL;
  const SatObject *target = object->owning
                                ? sat_catalogue_find (replica->catalogue, object->owning->reference)
                                : NULL;
  SatPresence presence;
  guint32 book = 0;
  gint64 row;
  SatId id;

  if (parent == NULL || target == NULL || !sat_id_parse (parent, &id) ||
      !sat_list_locate (replica, sat_replica_table (replica, target), &id, &row, &book, &presence,
                        NULL))
    return 0;
  return row != 0 && holds (replica, book) ? book : 0;
}

static gboolean
not_here (const SatObject *object, const SatId *id, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];

  return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no %s %s here"), object->name,
                   sat_id_format (id, text), NULL);
}

/* A record that no book held here has at home can be looked at, not written. */
static gboolean
refuse_away (SatReplica *replica, const SatObject *object, const SatId *id, GError **error)
{
  g_autoptr (SatRecord) record = sat_list_load (replica, object, id, NULL);
  const char *book = record ? sat_record_moved_to (record) : NULL;

  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” was moved to book “%s”, which this laptop does not hold; hold it with "
                       "“satchel book hold”, or ask somebody who does"),
                   record ? sat_record_title (record) : object->name, book ? book : "?", NULL);
}

gboolean
sat_workspace_locate_home (SatReplica *replica,
                           const SatObject *object,
                           const SatId *id,
                           SatId *root,
                           gint64 *row,
                           guint32 *book,
                           SatPresence *presence,
                           GError **error)
{
  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, root, row, book,
                             presence, error))
    return FALSE;
  if (*row == 0)
    return not_here (object, id, error);
  return *presence != SAT_AWAY || refuse_away (replica, object, root, error);
}

/* A record that is at home in two books (until one is told of the other) is saved where the form
 * had it. */
static guint32
home_of_form (SatReplica *replica, const SatRecord *base, const SatId *id, guint32 book)
{
  guint32 other = sat_names_find_book (replica->names, sat_record_book (base));
  SatPresence presence;
  gboolean hidden;
  gint64 row = 0;

  if (other == book || !sat_id_equal (sat_record_id (base), id) ||
      !sat_row_find (replica, sat_replica_table (replica, sat_record_object (base)), id, other,
                     &row, &presence, &hidden, NULL))
    return book;
  return row != 0 && (presence == SAT_PRESENT || presence == SAT_DEAD) ? other : book;
}

/* *ID: of the record that the draft is of, or of what absorbed that since. */
static guint32
book_for (SatReplica *replica, const SatDraft *draft, SatId *id, GError **error)
{
  const SatRecord *base = sat_draft_base (draft);
  SatPresence presence;
  guint32 book = 0;
  gint64 row;

  if (base != NULL) /* it may have moved since the form was opened */
    return sat_workspace_locate_home (replica, sat_record_object (base), sat_record_id (base), id,
                                      &row, &book, &presence, error)
               ? home_of_form (replica, base, id, book)
               : 0;
  if (sat_draft_book (draft) != NULL)
    return named_book (replica, sat_draft_book (draft), error);
  switch (sat_draft_object (draft)->book_rule)
    {
    case SAT_BOOK_COMPANY:
      return sat_names_get_book (replica->names, SAT_BOOK_KEY_COMPANY, error);
    case SAT_BOOK_PARENT:
      book = parent_book (replica, draft);
      break;
    case SAT_BOOK_OWN:
      break;
    }
  return book ? book : first_book (replica, error);
}

/* ---- drafts -------------------------------------------------------------------------------------
 */

static gboolean
check_draft (const SatDraft *draft, GError **error)
{
  g_autoptr (GPtrArray) problems = sat_draft_check (draft);
  const SatProblem *first;
  GError *problem;

  if (problems == NULL || problems->len == 0)
    return TRUE;
  first = g_ptr_array_index (problems, 0);
  problem = g_error_copy (first->error);
  sat_error_place (problem, first->field->name, 0, 0);
  g_propagate_error (error, problem);
  return FALSE;
}

/* Records that Satchel makes itself, and what may not change in any. */
static gboolean
check_hands (const SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const SatRecord *base = sat_draft_base (draft);

  if (base == NULL)
    return !object->managed ||
           sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("a %s is made by Satchel itself, not by hand; “satchel --help” lists the "
                         "commands that lead to one"),
                     object->name, NULL);
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->fixed && sat_draft_changes (draft, object->fields[i]))
      return sat_fail (error, SAT_ERROR_INVALID,
                       N_ ("%s: this never changes once the record is there"),
                       object->fields[i]->name, NULL);
  return TRUE;
}

static gboolean
is_here (SatReplica *replica, const SatObject *object, const SatId *id)
{
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (object != NULL)
    return sat_list_locate (replica, sat_replica_table (replica, object), id, &row, &book,
                            &presence, NULL) &&
           row != 0;
  for (guint i = 0; i < sat_catalogue_n_objects (replica->catalogue); i++)
    if (is_here (replica, sat_catalogue_object (replica->catalogue, i), id))
      return TRUE;
  return FALSE;
}

static gboolean
check_references (SatReplica *replica, const SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      const char *value;
      SatId id;

      if (field->type->id != SAT_TYPE_REFERENCE || !sat_draft_changes (draft, field))
        continue;
      value = sat_draft_get (draft, field);
      if (value == NULL)
        continue;
      if (!sat_id_parse (value, &id) ||
          !is_here (replica, sat_catalogue_find (replica->catalogue, field->reference), &id))
        return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s: there is no %s “%s” on this laptop"),
                         sat_field_word (field), field->reference, value, NULL);
    }
  return TRUE;
}

static void
add_element_edits (GArray *edits,
                   const SatField *field,
                   const char *const *elements,
                   gboolean drop,
                   const SatEdit *seen)
{
  for (guint i = 0; elements != NULL && elements[i] != NULL; i++)
    {
      SatEdit edit = *seen;

      edit.field = field;
      edit.element = elements[i];
      edit.drop = drop;
      g_array_append_val (edits, edit);
    }
}

/* The fields the person changed, each with the dots that the form had loaded. */
static GArray *
edits_of (const SatDraft *draft)
{
  const SatObject *object = sat_draft_object (draft);
  const SatRecord *base = sat_draft_base (draft);
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatEdit edit = { .field = object->fields[i], .has_seen = base != NULL };

      if (!sat_draft_changes (draft, edit.field))
        continue;
      if (base != NULL)
        edit.seen = sat_record_dots (base, edit.field, &edit.n_seen);
      if (edit.field->policy == SAT_POLICY_UNION)
        {
          add_element_edits (edits, edit.field, sat_draft_added (draft, edit.field), FALSE, &edit);
          add_element_edits (edits, edit.field, sat_draft_removed (draft, edit.field), TRUE, &edit);
          continue;
        }
      edit.value = sat_draft_get (draft, edit.field);
      if (base != NULL || edit.value != NULL)
        g_array_append_val (edits, edit);
    }
  return edits;
}

static gboolean
write_draft (SatLocal *local, SatReplica *replica, SatDraft *draft, SatId *id, GError **error)
{
  g_autoptr (GArray) edits = edits_of (draft);
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = sat_draft_base (draft) == NULL };
  guint32 book = book_for (replica, draft, id, error);

  if (book == 0)
    return FALSE;
  if (kind.create && sat_draft_id (draft) != NULL)
    *id = *sat_draft_id (draft);
  else if (kind.create)
    sat_id_new (replica->platform, id);
  if (kind.create && sat_draft_id (draft) != NULL &&
      is_here (replica, sat_draft_object (draft), id))
    {
      char text[SAT_ID_TEXT_SIZE];
      return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is already a %s %s"),
                       sat_draft_object (draft)->name, sat_id_format (id, text), NULL);
    }
  return sat_local_edit (local, sat_draft_object (draft), id, book,
                         (SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

gboolean
sat_workspace_save (SatWorkspace *workspace, SatDraft *draft, SatId *out_id, GError **error)
{
  SatReplica *replica = workspace->replica;
  SatStageStep *step = NULL;
  g_autoptr (GPtrArray) own = NULL;
  SatLocal *local;
  SatId id;
  gboolean mine;
  gboolean ok;

  if (sat_draft_base (draft) != NULL && sat_draft_is_empty (draft))
    {
      if (out_id != NULL)
        *out_id = *sat_record_id (sat_draft_base (draft));
      return TRUE;
    }
  if (!check_hands (draft, error) || !check_draft (draft, error) ||
      !sat_workspace_check_draft (workspace, draft, error) ||
      !sat_workspace_check_rule (workspace, draft, error) ||
      !sat_workspace_check_view (workspace, draft, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  if (mine)
    sat_stage_refresh (workspace);
  ok = check_references (replica, draft, error) && sat_process_prepare (workspace, draft, error) &&
       sat_stage_prepare (workspace, draft, &step, error) &&
       sat_approval_check (workspace, draft, &own, error) &&
       write_draft (local, replica, draft, &id, error) &&
       sat_stage_finish (workspace, local, &id, step, error) &&
       sat_approval_finish (workspace, local, sat_draft_object (draft), &id, own, error) &&
       sat_workspace_run_saved (workspace, local, draft, &id, error);
  sat_stage_step_free (step);
  if (!sat_workspace_written (workspace, local, mine, ok, error))
    return FALSE;
  if (out_id != NULL)
    *out_id = id;
  return TRUE;
}

/* Writes to the record where it is. */
static gboolean
edit_there (SatLocal *local,
            SatReplica *replica,
            const SatObject *object,
            const SatId *id,
            const SatEdit *edits,
            guint n_edits,
            const SatEditKind *kind,
            GError **error)
{
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  return sat_workspace_locate_home (replica, object, id, &root, &row, &book, &presence, error) &&
         sat_local_edit (local, object, &root, book, edits, n_edits, kind, error);
}

gboolean
sat_workspace_edit_raw (SatWorkspace *workspace,
                        const SatObject *object,
                        const SatId *id,
                        const char *book,
                        const SatEdit *edits,
                        guint n_edits,
                        const SatEditKind *kind,
                        GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  gboolean ok;

  if (local == NULL)
    return FALSE;
  if (book != NULL)
    {
      guint32 number = sat_names_get_book (replica->names, book, error);
      ok = number != 0 && sat_local_edit (local, object, id, number, edits, n_edits, kind, error);
    }
  else
    ok = edit_there (local, replica, object, id, edits, n_edits, kind, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- deleting -----------------------------------------------------------------------------------
 */

/* The record and, below it, all children at home: SatChild, parents first, each once. */
static GArray *
with_children (SatReplica *replica,
               const SatObject *object,
               const SatId *id,
               gint64 row,
               guint32 book,
               SatPresence presence,
               GError **error)
{
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (SatChild));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  SatChild start = { sat_replica_table (replica, object), *id, row, presence };

  g_array_append_val (all, start);
  g_hash_table_add (seen, g_memdup2 (id, sizeof *id));
  for (guint i = 0; i < all->len; i++)
    {
      SatChild at = g_array_index (all, SatChild, i);
      g_autoptr (GArray) children = g_array_new (FALSE, TRUE, sizeof (SatChild));

      if (!sat_visibility_children (replica, at.table->object, &at.id, book, children, error))
        return NULL;
      for (guint k = 0; k < children->len; k++)
        {
          SatChild child = g_array_index (children, SatChild, k);
          if (g_hash_table_add (seen, g_memdup2 (&child.id, sizeof child.id)))
            g_array_append_val (all, child);
        }
    }
  return g_steal_pointer (&all);
}

/* Writes the life of the record and of those that were absorbed into it: it lives as long as one of
 * them does. */
static gboolean
write_life (SatReplica *replica,
            SatLocal *local,
            const SatTable *table,
            const SatId *id,
            guint32 book,
            const SatEditKind *kind,
            GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if (!sat_absorbed_any (replica))
    return sat_local_edit (local, table->object, id, book, NULL, 0, kind, error);
  ids = sat_absorbed_group (replica, table->name, book, id, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      SatId at = g_array_index (ids, SatId, i);
      SatPresence presence;
      gboolean hidden;
      gint64 row;

      if (!sat_row_find (replica, sat_replica_table (replica, table->object), &at, book, &row,
                         &presence, &hidden, error) ||
          (row != 0 && !sat_local_edit (local, table->object, &at, book, NULL, 0, kind, error)))
        return FALSE;
    }
  return ids != NULL;
}

static gboolean
delete_in (SatReplica *replica,
           SatLocal *local,
           const SatObject *object,
           const SatId *id,
           GArray *removed,
           GError **error)
{
  SatEditKind kind = { .life = SAT_LIFE_DEAD };
  g_autoptr (GArray) all = NULL;
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  if (!sat_workspace_locate_home (replica, object, id, &root, &row, &book, &presence, error))
    return FALSE;
  all = with_children (replica, object, &root, row, book, presence, error);
  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SatChild *child = &g_array_index (all, SatChild, i);
      SatDeleted deleted = { child->table->object, child->id };

      if (removed != NULL && child->presence == SAT_PRESENT)
        g_array_append_val (removed, deleted);
    }
  /* Children first, so that no parent has to ask whether it is still shown by one. */
  for (guint i = all->len; i > 0; i--)
    {
      const SatChild *child = &g_array_index (all, SatChild, i - 1);

      if (!write_life (replica, local, child->table, &child->id, book, &kind, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_workspace_delete (SatWorkspace *workspace,
                      const SatObject *object,
                      const SatId *id,
                      GArray **removed,
                      GError **error)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (SatDeleted));
  gboolean mine;
  SatLocal *local;
  gboolean ok;

  if (object->managed)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("a %s is kept for good and cannot be deleted"),
                     object->name, NULL);
  if (!sat_workspace_check_right (workspace, object, SAT_RIGHT_DELETE, id, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  ok = delete_in (workspace->replica, local, object, id, list, error);
  if (!sat_workspace_written (workspace, local, mine, ok, error))
    return FALSE;
  if (removed != NULL)
    *removed = g_steal_pointer (&list);
  return TRUE;
}

gboolean
sat_workspace_undelete (SatWorkspace *workspace,
                        const SatObject *object,
                        const SatId *id,
                        GError **error)
{
  SatReplica *replica = workspace->replica;
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;
  gboolean mine;
  SatLocal *local;
  gboolean ok;

  if (!sat_workspace_check_right (workspace, object, SAT_RIGHT_DELETE, id, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  ok = sat_workspace_locate_home (replica, object, id, &root, &row, &book, &presence, error) &&
       write_life (replica, local, sat_replica_table (replica, object), &root, book, &kind, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- settling -----------------------------------------------------------------------------------
 */

/* A value that is not among those in conflict must be one that the field can have. */
static gboolean
check_value (SatReplica *replica, const SatField *field, const char *value, GError **error)
{
  SatId id;

  if (value == NULL && field->required)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s: this must not be empty; enter a value"),
                     sat_field_word (field), NULL);
  if (value == NULL)
    return TRUE;
  if (!field->type->canonical (value, strlen (value)) ||
      !sat_type_allows (field->type, &field->options, value))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("%s: “%s” is no value that this field can have; enter another"),
                     sat_field_word (field), value, NULL);
  if (field->type->id == SAT_TYPE_REFERENCE &&
      (!sat_id_parse (value, &id) ||
       !is_here (replica, sat_catalogue_find (replica->catalogue, field->reference), &id)))
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s: there is no %s “%s” on this laptop"),
                     sat_field_word (field), field->reference, value, NULL);
  return TRUE;
}

/* The value to settle on: CONFLICT's number TAKE, or VALUE. */
static gboolean
choose_value (SatReplica *replica,
              const SatConflict *conflict,
              const SatField *field,
              guint take,
              const char **value,
              GError **error)
{
  if (conflict == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("%s is not in conflict; “satchel conflicts” lists what is"),
                     sat_field_word (field), NULL);
  if (take == 0)
    return check_value (replica, field, *value, error);
  if (take > conflict->values->len)
    {
      g_autofree char *n = g_strdup_printf ("%u", conflict->values->len);
      return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has values 1 to %s to choose from"),
                       sat_field_word (field), n, NULL);
    }
  *value = ((const SatChange *) g_ptr_array_index (conflict->values, take - 1))->value;
  return TRUE;
}

/* What an approval guards is not reached by settling a conflict either. */
static gboolean
check_settled (SatWorkspace *workspace,
               const SatObject *object,
               const SatId *id,
               const SatField *field,
               const char *value,
               GError **error)
{
  g_autoptr (SatRecord) record = sat_list_load (workspace->replica, object, id, error);
  g_autoptr (SatDraft) draft = record != NULL ? sat_draft_edit (record) : NULL;

  if (draft == NULL)
    return FALSE;
  sat_draft_set (draft, field, value);
  return sat_workspace_check_draft (workspace, draft, error) &&
         sat_approval_check (workspace, draft, NULL, error);
}

/* All in one transaction: no other value can come between what is counted and what is written. */
gboolean
sat_workspace_resolve (SatWorkspace *workspace,
                       const SatObject *object,
                       const SatId *id,
                       const SatField *field,
                       guint take,
                       const char *value,
                       GError **error)
{
  SatReplica *replica = workspace->replica;
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  SatEdit edit = { .field = field, .value = value };
  g_autoptr (SatConflict) conflict = NULL;
  GError *problem = NULL;
  gboolean mine;
  SatLocal *local;
  gboolean ok = FALSE;

  if (!sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT, id, error) ||
      !sat_workspace_check_field (workspace, field, error))
    return FALSE;
  local = sat_workspace_write (workspace, &mine, error);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  conflict = sat_workspace_conflict (workspace, object, id, field, &problem);
  if (problem != NULL)
    g_propagate_error (error, problem);
  else
    ok = choose_value (replica, conflict, field, take, &edit.value, error) &&
         check_settled (workspace, object, id, field, edit.value, error) &&
         edit_there (local, replica, object, id, &edit, 1, &kind, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}
