/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All is decided by the record's history alone: which of its values are of the change, what stood
 * there before, and whether they still stand. What comes of it is a draft, and is saved as any
 * other. */
#include "core/workspace/sat-workspace-revert.h"

#include <string.h>

#include "core/apply/sat-history.h"
#include "core/apply/sat-visibility.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-revert-private.h"
#include "core/workspace/sat-workspace-undo.h"

static void
done_free (gpointer data)
{
  SatRevertDone *done = data;

  g_free (done->element);
  g_free (done->before);
  g_free (done->after);
  g_free (done);
}

static void
left_free (gpointer data)
{
  SatRevertLeft *left = data;

  g_free (left->element);
  g_free (left);
}

static SatReverted *
reverted_new (void)
{
  SatReverted *reverted = g_new0 (SatReverted, 1);

  reverted->done = g_ptr_array_new_with_free_func (done_free);
  reverted->left = g_ptr_array_new_with_free_func (left_free);
  return reverted;
}

void
sat_reverted_free (SatReverted *reverted)
{
  if (reverted == NULL)
    return;
  g_free (reverted->title);
  g_ptr_array_unref (reverted->done);
  g_ptr_array_unref (reverted->left);
  g_free (reverted);
}

void
sat_revert_say_left (SatRevert *revert,
                     const SatField *field,
                     const char *element,
                     SatRevertWhy why)
{
  SatRevertLeft *left = g_new0 (SatRevertLeft, 1);

  left->field = field;
  left->element = g_strdup (element);
  left->why = why;
  g_ptr_array_add (revert->reverted->left, left);
}

static void
say_done (SatRevert *revert,
          const SatField *field,
          const char *element,
          const char *before,
          const char *after)
{
  SatRevertDone *done = g_new0 (SatRevertDone, 1);

  done->field = field;
  done->element = g_strdup (element);
  done->before = g_strdup (before);
  done->after = g_strdup (after);
  g_ptr_array_add (revert->reverted->done, done);
}

/* ---- which values are meant ---------------------------------------------------------------------
 */

/* The number of this device's open change-set in BOOK. */
static guint64
open_number (SatReplica *replica, guint32 book)
{
  guint64 number = 0;
  SatVector vector;

  sat_vector_init (&vector);
  if (sat_log_vector (replica, book, &vector, NULL))
    number = sat_vector_get (&vector, replica->me) + 1;
  sat_vector_clear (&vector);
  return number;
}

gboolean
sat_revert_is_of (const SatRevert *revert, const SatRevertWhat *what, const SatDot *dot, SatHlc hlc)
{
  SatReplica *replica = revert->replica;

  if (what->time != 0 && what->time != hlc)
    return FALSE;
  return sat_id_equal (&what->device, sat_names_device (replica->names, dot->device)) &&
         g_strcmp0 (what->book, sat_names_book (replica->names, dot->book)) == 0 &&
         dot->number == (what->number != 0 ? what->number : open_number (replica, dot->book));
}

gboolean
sat_revert_names_field (const SatRevert *revert,
                        const SatRevertWhat *what,
                        guint32 name,
                        const char *element)
{
  const char *field = name == SAT_FIELD_LIFE ? "life"
                                             : sat_names_name (revert->replica->names, name);

  return (what->field == NULL || g_strcmp0 (what->field, field) == 0) &&
         (what->element == NULL || g_strcmp0 (what->element, element) == 0);
}

gboolean
sat_revert_is_meant (const SatRevert *revert, const SatPast *past)
{
  for (guint i = 0; i < revert->n; i++)
    if (sat_revert_names_field (revert, &revert->what[i], past->name, past->element) &&
        sat_revert_is_of (revert, &revert->what[i], &past->dot, past->hlc))
      return TRUE;
  return FALSE;
}

gboolean
sat_revert_is_meant_whole (const SatRevert *revert, const SatDot *dot, SatHlc hlc)
{
  for (guint i = 0; i < revert->n; i++)
    if (revert->what[i].field == NULL && sat_revert_is_of (revert, &revert->what[i], dot, hlc))
      return TRUE;
  return FALSE;
}

/* One register: a field, or an element of one. */
static gboolean
same_register (const SatPast *a, const SatPast *b)
{
  return a->name == b->name && g_strcmp0 (a->element, b->element) == 0;
}

/* What one register has and had, newest first: SatPast, borrowed. */
static GPtrArray *
register_of (const SatRevert *revert, const SatPast *one)
{
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; i < revert->past->len; i++)
    if (same_register (g_ptr_array_index (revert->past, i), one))
      g_ptr_array_add (out, g_ptr_array_index (revert->past, i));
  return out;
}

/* Of those that are meant the one that came last; NULL: none is. */
static const SatPast *
last_meant (const SatRevert *revert, const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    if (sat_revert_is_meant (revert, g_ptr_array_index (values, i)))
      return g_ptr_array_index (values, i);
  return NULL;
}

/* ---- what was there before ----------------------------------------------------------------------
 */

/* Had LAST, whose change-set had seen SAW, seen ONE? */
static gboolean
had_seen (const SatPast *last, const SatVector *saw, const SatPast *one)
{
  if (one->dot.book != last->dot.book || sat_dot_equal (&one->dot, &last->dot))
    return one->hlc < last->hlc;
  return sat_vector_get (saw, one->dot.device) >= one->dot.number;
}

static gboolean
made_record (const SatRevert *revert, const SatDot *dot)
{
  return revert->base.present && sat_dot_equal (&revert->base.dot, dot);
}

/* *KNOWN: is all that PAST replaced in the history here? Of a change-set that came with a
 * checkpoint it is not known, unless it has made the record: then there was nothing. */
static gboolean
find_saw (
    const SatRevert *revert, const SatPast *past, SatVector *saw, gboolean *known, GError **error)
{
  if (!sat_log_saw (revert->replica, past->dot.book, past->dot.device, past->dot.number, saw, known,
                    error))
    return FALSE;
  *known = *known || made_record (revert, &past->dot);
  return TRUE;
}

/* What was shown before the change, whose newest value is LAST; NULL: nothing, or (*KNOWN FALSE)
 * nobody here knows. */
static gboolean
find_before (const SatRevert *revert,
             const GPtrArray *values,
             const SatPast *last,
             const SatPast **before,
             gboolean *known,
             GError **error)
{
  SatVector saw;
  gboolean ok = TRUE;

  *before = NULL;
  *known = TRUE;
  sat_vector_init (&saw);
  for (guint i = values->len; ok && *known && i > 0; i--)
    if (sat_revert_is_meant (revert,
                             g_ptr_array_index (values, i - 1))) /* the last one last: SAW is its */
      ok = find_saw (revert, g_ptr_array_index (values, i - 1), &saw, known, error);
  for (guint i = 0; ok && *known && *before == NULL && i < values->len; i++)
    {
      const SatPast *one = g_ptr_array_index (values, i);

      if (!one->current && !one->unseen && !sat_revert_is_meant (revert, one) &&
          had_seen (last, &saw, one))
        *before = one;
    }
  sat_vector_clear (&saw);
  return ok;
}

/* ---- fields -------------------------------------------------------------------------------------
 */

static gboolean
is_here (const SatRevert *revert, const char *reference, const char *value)
{
  const SatCatalogue *catalogue = revert->replica->catalogue;
  gboolean any = g_strcmp0 (reference, "*") == 0;
  SatPresence presence;
  guint32 book;
  gint64 row = 0;
  SatId id;

  if (!sat_id_parse (value, &id))
    return FALSE;
  for (guint i = 0; row == 0 && i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if ((any || g_strcmp0 (object->name, reference) == 0) &&
          !sat_list_locate (revert->replica, sat_replica_table (revert->replica, object), &id, &row,
                            &book, &presence, NULL))
        return FALSE;
    }
  return row != 0;
}

static gboolean
may_write (const SatRevert *revert, const SatField *field)
{
  return sat_access_field (sat_workspace_access (revert->workspace), field) == SAT_FIELD_EDIT;
}

/* May FIELD be VALUE now? */
static gboolean
may_be (const SatRevert *revert, const SatField *field, const char *value)
{
  if (field->fixed || (value == NULL && field->required))
    return FALSE;
  if (value == NULL)
    return TRUE;
  return field->type->canonical (value, strlen (value)) &&
         sat_type_allows (field->type, &field->options, value) &&
         (field->type->id != SAT_TYPE_REFERENCE || is_here (revert, field->reference, value));
}

static void
set_back (SatRevert *revert, const SatField *field, const char *shown, const char *value)
{
  if (!may_be (revert, field, value))
    {
      sat_revert_say_left (revert, field, NULL, SAT_REVERT_REFUSED);
      return;
    }
  sat_draft_set (revert->draft, field, value);
  say_done (revert, field, NULL, shown, value);
}

/* The values that stand in the register now: those that are MEANT, and OTHERS. FALSE: the others
 * are not all the same. */
static gboolean
split_current (const SatRevert *revert,
               const GPtrArray *values,
               const SatPast **shown,
               const SatPast **meant,
               const SatPast **other)
{
  *shown = *meant = *other = NULL;
  for (guint i = 0; i < values->len; i++)
    {
      const SatPast *one = g_ptr_array_index (values, i);
      const SatPast **kind = sat_revert_is_meant (revert, one) ? meant : other;

      if (!one->current)
        continue;
      if (one->shown)
        *shown = one;
      if (kind == other && *other != NULL && g_strcmp0 (one->value, (*other)->value) != 0)
        return FALSE;
      *kind = one;
    }
  return TRUE;
}

/* Without the change the field would be what somebody else wrote beside it, else what it was
 * before. */
static gboolean
revert_field (SatRevert *revert, const GPtrArray *values, const SatPast *last, GError **error)
{
  const SatField *field = sat_table_field (revert->table, last->name);
  const SatPast *shown, *meant, *other, *before;
  gboolean alike = split_current (revert, values, &shown, &meant, &other);
  const char *now = shown ? shown->value : NULL;
  gboolean known;

  if (!find_before (revert, values, last, &before, &known, error))
    return FALSE;
  if (meant != NULL && alike && other != NULL)
    before = other;
  if ((known || before != NULL) && alike && g_strcmp0 (before ? before->value : NULL, now) == 0)
    return TRUE; /* it is as it was */
  if (meant == NULL || !alike)
    sat_revert_say_left (revert, field, NULL, SAT_REVERT_CHANGED);
  else if (!known && before == NULL)
    sat_revert_say_left (revert, field, NULL, SAT_REVERT_UNKNOWN);
  else if (!may_write (revert, field))
    sat_revert_say_left (revert, field, NULL, SAT_REVERT_NO_RIGHT);
  else
    set_back (revert, field, now, before ? before->value : NULL);
  return TRUE;
}

static gboolean
all_current_meant (const SatRevert *revert, const GPtrArray *values)
{
  for (guint i = 0; i < values->len; i++)
    {
      const SatPast *one = g_ptr_array_index (values, i);

      if (one->current && !sat_revert_is_meant (revert, one))
        return FALSE;
    }
  return TRUE;
}

/* Was the element there before the change, whose newest value is LAST? A removal can only have
 * removed what was. */
static gboolean
was_there (const SatRevert *revert, const GPtrArray *values, const SatPast *last)
{
  const SatPast *first = last;

  for (guint i = 0; i < values->len; i++)
    {
      const SatPast *one = g_ptr_array_index (values, i);

      if (sat_revert_is_meant (revert, one))
        first = one;
      else if (one->hlc < last->hlc)
        return !one->removal;
    }
  return first->removal;
}

static void
revert_element (SatRevert *revert, const GPtrArray *values, const SatPast *last)
{
  const SatField *field = sat_table_field (revert->table, last->name);
  gboolean before = was_there (revert, values, last);
  gboolean now = FALSE;

  for (guint i = 0; i < values->len; i++)
    now |= ((const SatPast *) g_ptr_array_index (values, i))->current;
  if (before == now)
    return;
  if (now ? !all_current_meant (revert, values) : g_ptr_array_index (values, 0) != last)
    {
      sat_revert_say_left (revert, field, last->element, SAT_REVERT_CHANGED);
      return;
    }
  if (!may_write (revert, field))
    {
      sat_revert_say_left (revert, field, last->element, SAT_REVERT_NO_RIGHT);
      return;
    }
  if (now)
    sat_draft_remove_element (revert->draft, field, last->element);
  else
    sat_draft_add_element (revert->draft, field, last->element);
  say_done (revert, field, last->element, now ? last->element : NULL,
            before ? last->element : NULL);
}

/* Every register that the change wrote, once. */
static gboolean
revert_fields (SatRevert *revert, GError **error)
{
  for (guint i = 0; i < revert->past->len; i++)
    {
      const SatPast *one = g_ptr_array_index (revert->past, i);
      g_autoptr (GPtrArray) values = NULL;
      const SatPast *last;

      if (one->name == SAT_FIELD_LIFE || sat_table_field (revert->table, one->name) == NULL)
        continue;
      values = register_of (revert, one);
      last = last_meant (revert, values);
      if (last == NULL || g_ptr_array_index (values, 0) != one)
        continue;
      if (one->element != NULL)
        revert_element (revert, values, last);
      else if (!revert_field (revert, values, last, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_fields (SatRevert *revert, GError **error)
{
  g_autoptr (SatRecord) record = sat_workspace_load (revert->workspace, revert->table->object,
                                                     &revert->id, error);
  g_autoptr (SatDraft) draft = record ? sat_draft_edit (record) : NULL;
  gboolean ok;

  if (draft == NULL)
    return FALSE;
  revert->draft = draft;
  ok = revert_fields (revert, error) && sat_workspace_save (revert->workspace, draft, NULL, error);
  revert->draft = NULL;
  return ok;
}

/* ---- all of it ----------------------------------------------------------------------------------
 */

/* What the user may not read is no more part of this history than of the one that is shown. */
static void
keep_readable (SatRevert *revert)
{
  const SatAccess *access = sat_workspace_access (revert->workspace);

  for (guint i = revert->past->len; i > 0; i--)
    {
      const SatPast *one = g_ptr_array_index (revert->past, i - 1);
      const SatField *field = sat_table_field (revert->table, one->name);

      if (field != NULL && sat_access_field (access, field) < SAT_FIELD_READ)
        g_ptr_array_remove_index (revert->past, i - 1);
    }
}

static gboolean
read_past (SatRevert *revert, gint64 row, GError **error)
{
  g_autoptr (SatState) state = sat_state_new ();
  gboolean found;
  gboolean any = FALSE;

  revert->past = sat_history_of_record (revert->replica, revert->table, &revert->id, 0, error);
  if (revert->past == NULL ||
      !sat_revert_load_state (revert, revert->table, row, state, &found, error))
    return FALSE;
  keep_readable (revert);
  revert->base = state->base;
  for (guint i = 0; i < revert->past->len && !any; i++)
    any = sat_revert_is_meant (revert, g_ptr_array_index (revert->past, i));
  return any || sat_fail (error, SAT_ERROR_NOT_FOUND,
                          N_ ("“%s” has no such change in its history; “satchel history” lists "
                              "what there is"),
                          revert->reverted->title ? revert->reverted->title : "?", NULL);
}

static gboolean
check_alive (const SatRevert *revert, GError **error)
{
  return revert->presence != SAT_DEAD || revert->reverted->brought > 0 ||
         sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is deleted; restore it first"),
                   revert->reverted->title ? revert->reverted->title : "?", NULL);
}

static gboolean
revert_all (SatRevert *revert, const SatId *id, GError **error)
{
  gboolean ended;
  gint64 row;

  if (!sat_workspace_check_seen (revert->workspace, revert->table->object, id, error) ||
      !sat_workspace_locate_home (revert->replica, revert->table->object, id, &revert->id, &row,
                                  &revert->book, &revert->presence, error))
    return FALSE;
  revert->reverted->title = sat_list_title (revert->replica, revert->table->object, &revert->id);
  if (!read_past (revert, row, error) || !sat_revert_life (revert, row, &ended, error))
    return FALSE;
  if (ended || (revert->presence == SAT_DEAD && revert->reverted->left->len > 0))
    return TRUE;
  return check_alive (revert, error) && save_fields (revert, error);
}

SatReverted *
sat_workspace_revert (SatWorkspace *workspace,
                      const SatObject *object,
                      const SatId *id,
                      const SatRevertWhat *what,
                      guint n,
                      GError **error)
{
  g_autoptr (SatReverted) reverted = reverted_new ();
  SatRevert revert = {
    .workspace = workspace,
    .replica = workspace->replica,
    .table = sat_replica_table (workspace->replica, object),
    .what = what,
    .n = n,
    .reverted = reverted,
  };
  gboolean ok;

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  ok = revert_all (&revert, id, error);
  g_clear_pointer (&revert.past, g_ptr_array_unref);
  if (!ok)
    {
      sat_workspace_rollback (workspace);
      return NULL;
    }
  if (!sat_workspace_commit (workspace, error))
    return NULL;
  reverted->step = sat_workspace_last_step (workspace);
  return g_steal_pointer (&reverted);
}

/* ---- one value ----------------------------------------------------------------------------------
 */

static gboolean
write_value (
    SatRevert *revert, const SatId *id, const SatField *field, const char *value, GError **error)
{
  g_autoptr (SatRecord) record = sat_workspace_load (revert->workspace, field->object, id, error);
  g_autoptr (SatDraft) draft = NULL;

  if (record == NULL)
    return FALSE;
  revert->reverted->title = g_strdup (sat_record_title (record));
  if (sat_record_deleted (record) && sat_record_moved_to (record) == NULL)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is deleted; restore it first"),
                     sat_record_title (record), NULL);
  draft = sat_draft_edit (record);
  if (field->policy == SAT_POLICY_UNION && value != NULL)
    sat_draft_add_element (draft, field, value);
  else
    sat_draft_set (draft, field, value);
  if (sat_draft_is_empty (draft))
    return TRUE;
  say_done (revert, field, field->policy == SAT_POLICY_UNION ? value : NULL,
            field->policy == SAT_POLICY_UNION ? NULL : sat_record_get (record, field), value);
  return sat_workspace_save (revert->workspace, draft, NULL, error);
}

SatReverted *
sat_workspace_restore_value (SatWorkspace *workspace,
                             const SatId *id,
                             const SatField *field,
                             const char *value,
                             GError **error)
{
  g_autoptr (SatReverted) reverted = reverted_new ();
  SatRevert revert = { .workspace = workspace, .reverted = reverted };

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  if (!write_value (&revert, id, field, value, error))
    {
      sat_workspace_rollback (workspace);
      return NULL;
    }
  if (!sat_workspace_commit (workspace, error))
    return NULL;
  reverted->step = sat_workspace_last_step (workspace);
  return g_steal_pointer (&reverted);
}
