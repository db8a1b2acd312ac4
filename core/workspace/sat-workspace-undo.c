/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-undo.h"

#include <string.h>

#include "core/apply/sat-forward.h"
#include "core/apply/sat-visibility.h"
#include "core/query/sat-list.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-step.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-private.h"

typedef struct
{
  SatWorkspace *workspace;
  SatReplica *replica;
  SatLocal *local;
  const SatAccess *access; /* what the role may now */
  const GArray *writes;    /* SatStepWrite: the step that is taken back */
  GHashTable *stamps;      /* of our own steps since the one being undone: SatHlc */
  GHashTable *later;   /* of later steps that stay done, when one of several is undone: SatHlc */
  GHashTable *devices; /* that this replica is or was */
  GHashTable *changed; /* records that were counted: SatId */
  GHashTable *created; /* records of this step: SatId, taken away as a whole */
  GArray *moved;       /* SatForwardEntry: records taken back to another book */
  SatState *state;
  SatUndone *undone;
} Undo;

static void
left_free (gpointer data)
{
  SatUndoLeft *left = data;

  g_free (left->title);
  g_free (left);
}

void
sat_undone_free (SatUndone *undone)
{
  if (undone == NULL)
    return;
  g_free (undone->title);
  g_ptr_array_unref (undone->left);
  g_free (undone);
}

/* ---- is it still as the step wrote it? ----------------------------------------------------------
 */

static gboolean
is_ours (const Undo *undo, const SatSibling *sibling)
{
  return g_hash_table_contains (undo->devices, GUINT_TO_POINTER (sibling->dot.device)) &&
         g_hash_table_contains (undo->stamps, &sibling->hlc);
}

/* All siblings of a register are of our steps; *N of them. */
static gboolean
all_ours (const Undo *undo, guint32 field, const char *element, guint *n)
{
  guint at = sat_state_find (undo->state, field, element, n);

  for (guint i = at; i < at + *n; i++)
    if (!is_ours (undo, sat_state_at (undo->state, i)))
      return FALSE;
  return TRUE;
}

/* Nothing that anybody else wrote is in the record, and nothing of a later step. */
static gboolean
is_untouched (const Undo *undo)
{
  for (guint i = 0; i < undo->state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (undo->state, i);

      if (!g_hash_table_contains (undo->devices, GUINT_TO_POINTER (sibling->dot.device)) ||
          g_hash_table_contains (undo->later, &sibling->hlc))
        return FALSE;
    }
  return TRUE;
}

/* ---- saying -------------------------------------------------------------------------------------
 */

static void
say_left (Undo *undo, const SatTable *table, const SatField *field)
{
  SatUndoLeft *left = g_new0 (SatUndoLeft, 1);

  left->object = table->object;
  left->field = field;
  left->id = undo->state->id;
  left->title = sat_workspace_title (undo->workspace, table->object, &left->id);
  g_ptr_array_add (undo->undone->left, left);
}

static void
say_done (Undo *undo, const SatTable *table, guint64 *count)
{
  if (!g_hash_table_add (undo->changed, g_memdup2 (&undo->state->id, sizeof (SatId))))
    return;
  (*count)++;
  if (undo->undone->title == NULL)
    undo->undone->title = sat_workspace_title (undo->workspace, table->object, &undo->state->id);
}

/* ---- rights -------------------------------------------------------------------------------------
 */

/* Whose the record is does not matter: it was the user's own step. */
static gboolean
reaches (const Undo *undo, const SatObject *object, SatRight right)
{
  return sat_access_is_kept (object->name) ||
         sat_access_reach (undo->access, object, right) != SAT_REACH_NONE;
}

/* Children go and come with their parent: one write of KIND that is allowed is enough. */
static gboolean
may_any (const Undo *undo, const SatObject *object, SatStepKind kind)
{
  if (sat_access_is_kept (object->name))
    return TRUE;
  for (guint i = 0; i < undo->writes->len; i++)
    {
      const SatStepWrite *write = &g_array_index (undo->writes, SatStepWrite, i);
      const SatTable *table = sat_replica_table_of (undo->replica, write->object);

      if (write->kind == kind && table->object != NULL &&
          !sat_access_is_kept (table->object->name) &&
          (reaches (undo, table->object, SAT_RIGHT_CREATE) ||
           reaches (undo, table->object, SAT_RIGHT_DELETE)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
has_field (const GArray *edits, const char *name)
{
  for (guint i = 0; i < edits->len; i++)
    if (strcmp (g_array_index (edits, SatEdit, i).field->name, name) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
may_edit (const Undo *undo, const SatObject *object, const GArray *edits, const SatField *field)
{
  const char *leader = sat_access_leader (object->name, field->name);

  return reaches (undo, object, SAT_RIGHT_EDIT) &&
         (sat_access_is_kept (object->name) ||
          sat_access_field (undo->access, field) == SAT_FIELD_EDIT ||
          (leader != NULL && has_field (edits, leader)));
}

/* ---- putting back -------------------------------------------------------------------------------
 */

/* Loads the record of WRITE with all siblings explicit; FALSE in *FOUND: it is not here. */
static gboolean
load (Undo *undo, SatTable *table, const SatStepWrite *write, gboolean *found, GError **error)
{
  SatRow row;

  if (!sat_row_load_number (undo->replica, table, write->row, undo->state, &row, found, error))
    return FALSE;
  if (*found)
    sat_row_touch_all (&row);
  sat_row_done (&row);
  return TRUE;
}

static gboolean
write_life (Undo *undo, SatTable *table, guint32 book, SatLife life, GError **error)
{
  SatEditKind kind = { .life = life };
  const SatId id = undo->state->id;

  return sat_local_edit (undo->local, table->object, &id, book, NULL, 0, &kind, error);
}

/* What an approval guards is not reached by taking something back either. */
static gboolean
is_guarded (Undo *undo, const SatTable *table, const GArray *edits, gboolean *out, GError **error)
{
  const SatId id = undo->state->id;
  g_autoptr (SatRecord) record = sat_list_load (undo->replica, table->object, &id, error);
  g_autoptr (SatDraft) draft = record != NULL ? sat_draft_edit (record) : NULL;
  GError *problem = NULL;

  for (guint i = 0; draft != NULL && i < edits->len; i++)
    {
      const SatEdit *edit = &g_array_index (edits, SatEdit, i);

      if (edit->element == NULL)
        sat_draft_set (draft, edit->field, edit->value);
    }
  *out = draft != NULL && !sat_approval_check (undo->workspace, draft, NULL, &problem);
  if (problem != NULL && !g_error_matches (problem, SAT_ERROR, SAT_ERROR_APPROVAL))
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  g_clear_error (&problem);
  return draft != NULL;
}

/* What of BEFORE can be put back; what cannot is said. */
static void
add_edit (Undo *undo, const SatTable *table, const SatStepBefore *before, GArray *edits)
{
  const SatField *field = sat_table_field (table, before->field);
  SatEdit edit = { .field = field, .element = before->element };
  guint n;

  if (field == NULL)
    return;
  if (!all_ours (undo, before->field, before->element, &n))
    {
      say_left (undo, table, field);
      return;
    }
  undo->undone->settled += before->contested;
  if (before->element == NULL)
    edit.value = before->value;
  else if ((before->value != NULL) == (n > 0))
    return; /* it is as it was */
  else
    edit.drop = before->value == NULL;
  if (before->element != NULL || n > 0)
    g_array_append_val (edits, edit);
}

/* What the role may not change stays, and is said. Absorbing carries over all fields, and back. */
static void
leave_locked (Undo *undo, const SatTable *table, GArray *edits)
{
  for (guint i = 0; i < undo->writes->len; i++)
    if (g_array_index (undo->writes, SatStepWrite, i).kind == SAT_STEP_ABSORB)
      return;
  for (guint i = edits->len; i > 0; i--)
    {
      const SatField *field = g_array_index (edits, SatEdit, i - 1).field;

      if (may_edit (undo, table->object, edits, field))
        continue;
      say_left (undo, table, field);
      g_array_remove_index (edits, i - 1);
    }
}

static gboolean
put_back (Undo *undo, SatTable *table, const SatStepWrite *write, GError **error)
{
  g_autoptr (GArray) befores = sat_step_unpack (write->before);
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  SatEditKind kind = { .life = write->kind == SAT_STEP_REVIVE ? SAT_LIFE_DEAD : SAT_LIFE_LIVE };
  const SatId id = undo->state->id;
  gboolean guarded = FALSE;

  if (write->kind == SAT_STEP_REVIVE ? !is_untouched (undo) : undo->state->presence != SAT_PRESENT)
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  for (guint i = 0; i < befores->len; i++)
    add_edit (undo, table, &g_array_index (befores, SatStepBefore, i), edits);
  leave_locked (undo, table, edits);
  if (edits->len == 0 && write->kind != SAT_STEP_REVIVE)
    return TRUE;
  if (write->kind != SAT_STEP_REVIVE && !is_guarded (undo, table, edits, &guarded, error))
    return FALSE;
  if (guarded)
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  say_done (undo, table,
            write->kind == SAT_STEP_REVIVE ? &undo->undone->removed : &undo->undone->changed);
  return sat_local_edit (undo->local, table->object, &id, write->book,
                         (SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

/* Out of the record that it was absorbed into, with what it held; or into it again. */
static gboolean
put_back_absorbed (Undo *undo, SatTable *table, const SatStepWrite *write, GError **error)
{
  g_autoptr (GArray) befores = sat_step_unpack (write->before);
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  const SatStepBefore *into = befores->len > 0 ? &g_array_index (befores, SatStepBefore, 0) : NULL;
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .joins = TRUE };
  const SatId id = undo->state->id;
  SatId target;
  guint n;

  if (into == NULL || into->field != SAT_FIELD_INTO)
    return TRUE;
  if (!all_ours (undo, SAT_FIELD_INTO, NULL, &n) || !reaches (undo, table->object, SAT_RIGHT_EDIT))
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  if (into->value != NULL && sat_id_parse (into->value, &target))
    kind.into = &target;
  for (guint i = 1; i < befores->len; i++)
    {
      const SatStepBefore *before = &g_array_index (befores, SatStepBefore, i);
      guint from = edits->len;

      add_edit (undo, table, before, edits);
      sat_state_find (undo->state, before->field, before->element, &n);
      if (edits->len == from && before->value != NULL && n == 0)
        {
          SatEdit edit = { .field = sat_table_field (table, before->field),
                           .element = before->element,
                           .value = before->element ? NULL : before->value };
          if (edit.field != NULL)
            g_array_append_val (edits, edit);
        }
      else if (edits->len > from && before->value == NULL)
        g_array_index (edits, SatEdit, from).drop = TRUE;
    }
  say_done (undo, table, kind.into ? &undo->undone->removed : &undo->undone->restored);
  return sat_local_edit (undo->local, table->object, &id, write->book,
                         (SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

/* Does a record that stays name this one as its parent? */
static gboolean
has_children (Undo *undo, SatTable *table, guint32 book, gboolean *has, GError **error)
{
  g_autoptr (GArray) children = g_array_new (FALSE, TRUE, sizeof (SatChild));

  *has = FALSE;
  if (!sat_visibility_children (undo->replica, table->object, &undo->state->id, book, children,
                                error))
    return FALSE;
  for (guint i = 0; i < children->len && !*has; i++)
    {
      const SatChild *child = &g_array_index (children, SatChild, i);

      *has = child->presence == SAT_PRESENT && !g_hash_table_contains (undo->created, &child->id);
    }
  return TRUE;
}

static gboolean
take_away (Undo *undo, SatTable *table, const SatStepWrite *write, GError **error)
{
  gboolean has;

  if (undo->state->presence != SAT_PRESENT)
    return TRUE;
  if (!has_children (undo, table, write->book, &has, error))
    return FALSE;
  if (has || !is_untouched (undo) || !may_any (undo, table->object, SAT_STEP_CREATE))
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  say_done (undo, table, &undo->undone->removed);
  return write_life (undo, table, write->book, SAT_LIFE_DEAD, error);
}

static gboolean
bring_back (Undo *undo, SatTable *table, const SatStepWrite *write, GError **error)
{
  guint n;

  if (undo->state->presence != SAT_DEAD)
    return TRUE;
  if (!all_ours (undo, SAT_FIELD_LIFE, NULL, &n) || !may_any (undo, table->object, SAT_STEP_DELETE))
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  say_done (undo, table, &undo->undone->restored);
  return write_life (undo, table, write->book, SAT_LIFE_LIVE, error);
}

/* Where the record is now; where it was moved from if no book held here has it. */
static gboolean
load_home (Undo *undo, SatTable *table, const SatStepWrite *write, gboolean *found, GError **error)
{
  SatStepWrite there = *write;
  SatPresence presence;
  guint32 book;

  if (!load (undo, table, write, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  if (!sat_list_locate (undo->replica, table, &undo->state->id, &there.row, &book, &presence,
                        error))
    return FALSE;
  return presence == SAT_AWAY || load (undo, table, &there, found, error);
}

/* The record goes back to the book it was in. */
static gboolean
move_back (Undo *undo, SatTable *table, const SatStepWrite *write, GError **error)
{
  g_autoptr (GArray) befores = sat_step_unpack (write->before);
  const char *home = befores->len > 0 ? g_array_index (befores, SatStepBefore, 0).value : NULL;
  SatForwardEntry entry = { .object = write->object };
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  const SatSibling *life;
  guint32 book;
  gboolean found;
  guint n;

  if (!load_home (undo, table, write, &found, error))
    return FALSE;
  if (!found || home == NULL)
    return TRUE;
  book = undo->state->book;
  entry.id = undo->state->id;
  kind.home = sat_names_get_book (undo->replica->names, home, error);
  if (kind.home == 0)
    return FALSE;
  if (!all_ours (undo, SAT_FIELD_HOME, NULL, &n))
    {
      say_left (undo, table, NULL);
      return TRUE;
    }
  life = sat_shown_sibling (undo->replica, table, undo->state, SAT_FIELD_LIFE);
  if (life != NULL && strcmp (life->value, SAT_LIFE_DEAD_TEXT) == 0)
    kind.life = SAT_LIFE_DEAD;
  say_done (undo, table, &undo->undone->changed);
  g_array_append_val (undo->moved, entry);
  return sat_local_edit (undo->local, table->object, &entry.id, book, NULL, 0, &kind, error);
}

static gboolean
undo_write (Undo *undo, const SatStepWrite *write, GError **error)
{
  SatTable *table = sat_replica_table_of (undo->replica, write->object);
  gboolean found;

  if (table->object == NULL)
    return TRUE;
  if (!load (undo, table, write, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  switch (write->kind)
    {
    case SAT_STEP_CREATE:
      return take_away (undo, table, write, error);
    case SAT_STEP_DELETE:
      return bring_back (undo, table, write, error);
    case SAT_STEP_MOVE:
      return move_back (undo, table, write, error);
    case SAT_STEP_ABSORB:
      return put_back_absorbed (undo, table, write, error);
    case SAT_STEP_EDIT:
    case SAT_STEP_REVIVE:
      break;
    }
  if (g_hash_table_contains (undo->created, &undo->state->id))
    return TRUE;
  return put_back (undo, table, write, error);
}

/* ---- steps --------------------------------------------------------------------------------------
 */

/* The records that the step made go as a whole. */
static gboolean
note_created (Undo *undo, const GArray *writes, GError **error)
{
  for (guint i = 0; i < writes->len; i++)
    {
      const SatStepWrite *write = &g_array_index (writes, SatStepWrite, i);
      SatTable *table = sat_replica_table_of (undo->replica, write->object);
      gboolean found;

      if (write->kind != SAT_STEP_CREATE || table->object == NULL)
        continue;
      if (!load (undo, table, write, &found, error))
        return FALSE;
      if (found)
        g_hash_table_add (undo->created, g_memdup2 (&undo->state->id, sizeof (SatId)));
    }
  return TRUE;
}

static gboolean
note_devices (Undo *undo, GError **error)
{
  SatStmt *stmt = sat_db_prepare (undo->replica->db, "SELECT device FROM former", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  g_hash_table_add (undo->devices, GUINT_TO_POINTER (undo->replica->me));
  while (sat_stmt_step (stmt, &problem))
    g_hash_table_add (undo->devices, GUINT_TO_POINTER ((guint) sat_stmt_int (stmt, 0)));
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* The step of its own that STEP is, takes back, or does again. */
static gint64
origin_of (const GArray *steps, const SatStep *step)
{
  gint64 id = step->id;
  gint64 undoes = step->undoes;

  for (guint i = 0; i < steps->len && undoes != 0; i++)
    {
      const SatStep *one = &g_array_index (steps, SatStep, i);

      if (one->id != undoes)
        continue;
      id = one->id;
      undoes = one->undoes;
    }
  return undoes != 0 ? undoes : id;
}

static const SatStep *
find_step (const GArray *steps, gint64 id)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, SatStep, i).id == id)
      return &g_array_index (steps, SatStep, i);
  return NULL;
}

/* Does LATER leave what STEP wrote: is it STEP done again, or of one that is taken back? */
static gboolean
leaves (const GArray *steps, const SatStep *later, gint64 step)
{
  gint64 id = origin_of (steps, later);
  const SatStep *origin = find_step (steps, id);

  return id == step || (origin != NULL && origin->undone);
}

/* Where the last step is undone or redone, what was written after it was taken back, or takes back:
 * it leaves what STEP wrote. Where one is undone ALONE, later ones may stay done. */
static void
note_stamps (Undo *undo, const GArray *steps, gint64 step, gboolean alone)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SatStep *one = &g_array_index (steps, SatStep, i);
      gboolean ours = !alone || leaves (steps, one, step);

      if (one->id >= step)
        g_hash_table_add (ours ? undo->stamps : undo->later,
                          g_memdup2 (&one->hlc, sizeof one->hlc));
    }
}

/* Records that were taken back are there at once. */
static gboolean
carry_back (Undo *undo, GError **error)
{
  g_autoptr (SatForward) forward = NULL;
  gboolean more;

  if (undo->moved->len == 0)
    return TRUE;
  forward = sat_forward_new_for (undo->replica, undo->moved);
  g_array_set_size (undo->moved, 0);
  return sat_forward_run (forward, undo->local, 0, TRUE, &more, error);
}

static gboolean
undo_step (Undo *undo, const GArray *steps, const SatStep *step, gboolean alone, GError **error)
{
  g_autoptr (GArray) writes = sat_step_writes (undo->replica, step->id, error);
  SatHlc now;

  if (writes == NULL || !note_devices (undo, error) || !note_created (undo, writes, error))
    return FALSE;
  note_stamps (undo, steps, step->id, alone);
  sat_local_record (undo->local, step->id);
  if (!sat_local_begin_step (undo->local, error))
    return FALSE;
  undo->writes = writes;
  now = sat_local_hlc (undo->local);
  g_hash_table_add (undo->stamps, g_memdup2 (&now, sizeof now));
  for (guint i = 0; i < writes->len; i++)
    {
      const SatStepWrite *write = &g_array_index (writes, SatStepWrite, i);

      /* What was written before a move is where the record was then. */
      if ((write->kind != SAT_STEP_MOVE && !carry_back (undo, error)) ||
          !undo_write (undo, write, error))
        return FALSE;
    }
  return carry_back (undo, error) && sat_step_set_undone (undo->replica, step->id, TRUE, error);
}

/* The step to take back next: STEPS are newest first. An undo can be taken back as long as no step
 * of its own came after it. */
static const SatStep *
choose (const GArray *steps, gboolean redo)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SatStep *step = &g_array_index (steps, SatStep, i);

      if (step->undone || (step->undoes != 0 && !redo))
        continue;
      if (step->undoes == 0 && redo)
        return NULL;
      return step;
    }
  return NULL;
}

/* What took back an undo is no step that could be taken back: the step that had been undone is done
 * again. */
static gboolean
note_redone (Undo *undo, const SatStep *step, GError **error)
{
  return sat_step_set_undone (undo->replica, sat_local_step (undo->local), TRUE, error) &&
         sat_step_set_undone (undo->replica, step->undoes, FALSE, error);
}

static gboolean
run_step (SatWorkspace *workspace,
          const GArray *steps,
          const SatStep *step,
          gboolean alone,
          SatUndone *undone,
          GError **error)
{
  g_autoptr (GHashTable) stamps = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) later = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) devices = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) created = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (GHashTable) changed = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (GArray) moved = g_array_new (FALSE, FALSE, sizeof (SatForwardEntry));
  g_autoptr (SatState) state = sat_state_new ();
  Undo undo = {
    .workspace = workspace,
    .replica = workspace->replica,
    .local = workspace->open,
    .access = sat_workspace_access (workspace),
    .stamps = stamps,
    .later = later,
    .devices = devices,
    .changed = changed,
    .created = created,
    .moved = moved,
    .state = state,
    .undone = undone,
  };

  return undo_step (&undo, steps, step, alone, error) &&
         (step->undoes == 0 || note_redone (&undo, step, error));
}

/* Takes back the step ALONE (0: the last one; REDO: the last undo). *MORE: there was such a step.
 */
static gboolean
take_one (SatWorkspace *workspace,
          gboolean redo,
          gint64 alone,
          SatUndone *undone,
          gboolean *more,
          GError **error)
{
  g_autoptr (GArray) steps = NULL;
  const SatStep *step = NULL;

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  steps = sat_steps (workspace->replica, error);
  if (steps != NULL)
    step = alone != 0 ? find_step (steps, alone) : choose (steps, redo);
  if (alone != 0 && step != NULL && (step->undone || step->undoes != 0))
    step = NULL;
  *more = step != NULL;
  if (step == NULL || !run_step (workspace, steps, step, alone != 0, undone, error))
    {
      sat_workspace_rollback (workspace);
      return steps != NULL && step == NULL;
    }
  undone->steps++;
  return sat_workspace_commit (workspace, error);
}

static SatUndone *
undone_new (void)
{
  SatUndone *undone = g_new0 (SatUndone, 1);

  undone->left = g_ptr_array_new_with_free_func (left_free);
  return undone;
}

static SatUndone *
take_back (SatWorkspace *workspace, guint steps, gboolean redo, GError **error)
{
  g_autoptr (SatUndone) undone = undone_new ();
  gboolean more = TRUE;

  while (more && undone->steps < steps)
    if (!take_one (workspace, redo, 0, undone, &more, error))
      return NULL;
  if (undone->steps > 0)
    return g_steal_pointer (&undone);
  sat_fail (error, SAT_ERROR_NOT_FOUND,
            redo ? N_ ("there is nothing to redo: nothing was undone, or something else was done "
                       "since")
                 : N_ ("there is nothing to undo: nothing was changed on this device, or it is too "
                       "long ago"),
            NULL);
  return NULL;
}

SatUndone *
sat_workspace_undo (SatWorkspace *workspace, guint steps, GError **error)
{
  return take_back (workspace, steps, FALSE, error);
}

SatUndone *
sat_workspace_redo (SatWorkspace *workspace, guint steps, GError **error)
{
  return take_back (workspace, steps, TRUE, error);
}

SatUndone *
sat_workspace_undo_step (SatWorkspace *workspace, gint64 step, GError **error)
{
  g_autoptr (SatUndone) undone = undone_new ();
  gboolean there = FALSE;

  if (step != 0 && !take_one (workspace, FALSE, step, undone, &there, error))
    return NULL;
  if (there)
    return g_steal_pointer (&undone);
  sat_fail (error, SAT_ERROR_NOT_FOUND,
            N_ ("there is nothing to undo: it was taken back already, or it is too long ago"),
            NULL);
  return NULL;
}

gint64
sat_workspace_last_step (SatWorkspace *workspace)
{
  return workspace->step;
}
