/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-join.h"

#include <string.h>

#include "core/apply/sat-enrolled.h"
#include "core/apply/sat-graft.h"
#include "core/apply/sat-join-private.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-files.h"
#include "core/store/sat-names.h"
#include "core/store/sat-unseen.h"

SatJoin *
sat_join_new (SatReplica *replica,
              const char *book,
              const char *name,
              const SatId *maker,
              SatJoinText text,
              gpointer data)
{
  SatJoin *join = g_new0 (SatJoin, 1);

  join->replica = replica;
  join->book_key = g_strdup (book);
  join->name = g_strdup (name);
  join->maker = *maker;
  join->text = text;
  join->data = data;
  join->highest = g_array_new (FALSE, TRUE, sizeof (SatHlc));
  return join;
}

void
sat_join_free (SatJoin *join)
{
  if (join == NULL)
    return;
  g_clear_pointer (&join->set, sat_change_set_free);
  g_clear_pointer (&join->index, sat_checkpoint_free);
  g_clear_pointer (&join->unseen, sat_checkpoint_free);
  g_array_unref (join->highest);
  g_free (join->book_key);
  g_free (join->name);
  g_free (join);
}

/* ---- reading ------------------------------------------------------------------------------------
 */

static SatCheckpoint *
read_index (SatJoin *join, SatCheckpointKind kind, GError **error)
{
  g_autofree char *path = sat_checkpoint_index_path (kind);
  g_autoptr (GBytes) text = join->text (path, join->data, error);
  g_autoptr (SatCheckpoint) index = text ? sat_checkpoint_decode (text, error) : NULL;

  if (index == NULL)
    return NULL;
  if (strcmp (index->book, join->book_key) == 0 && index->kind == kind)
    return g_steal_pointer (&index);
  sat_fail (error, SAT_ERROR_MALFORMED,
            N_ ("the checkpoint of book “%s” is damaged: it says that it is of another book"),
            join->book_key, NULL);
  return NULL;
}

static void
count_records (SatJoin *join)
{
  join->total = 0;
  for (guint64 n = 0; n < sat_join_n_shards (join); n++)
    {
      SatCheckpointKind kind;
      join->total += sat_join_shard (join, n, &kind)->records;
    }
}

gboolean
sat_join_load (SatJoin *join, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (join->unseen != NULL)
    return TRUE;
  if (join->index == NULL)
    join->index = read_index (join, SAT_CHECKPOINT_STATE, error);
  if (join->index == NULL)
    return FALSE;
  join->unseen = read_index (join, SAT_CHECKPOINT_UNSEEN, &problem);
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    join->unseen = sat_checkpoint_new (join->book_key, SAT_CHECKPOINT_UNSEEN);
  else if (join->unseen == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  count_records (join);
  return TRUE;
}

const SatCheckpoint *
sat_join_index (SatJoin *join, GError **error)
{
  return sat_join_load (join, error) ? join->index : NULL;
}

guint64
sat_join_n_shards (const SatJoin *join)
{
  return (guint64) join->index->shards->len + join->unseen->shards->len;
}

const SatShard *
sat_join_shard (const SatJoin *join, guint64 n, SatCheckpointKind *kind)
{
  guint64 n_state = join->index->shards->len;

  *kind = n < n_state ? SAT_CHECKPOINT_STATE : SAT_CHECKPOINT_UNSEEN;
  return n < n_state ? g_ptr_array_index (join->index->shards, n)
                     : g_ptr_array_index (join->unseen->shards, n - n_state);
}

SatChangeSet *
sat_join_read_shard (SatJoin *join, guint64 n, GError **error)
{
  SatCheckpointKind kind;
  const SatShard *shard = sat_join_shard (join, n, &kind);
  g_autofree char *path = sat_shard_path (kind, shard);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) text = join->text (path, join->data, &problem);

  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    problem->code = SAT_ERROR_MALFORMED; /* its index says that it is there */
  if (text != NULL)
    return sat_shard_decode (text, join->book_key, kind, shard, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* ---- is it needed, and can it be had? -----------------------------------------------------------
 */

static GArray *
wanted_of (const SatCheckpoint *index)
{
  GArray *wanted = g_array_new (FALSE, TRUE, sizeof (SatJoiningEntry));

  for (guint i = 0; i < index->devices->len; i++)
    {
      const SatSaw *saw = &g_array_index (index->devices, SatSaw, i);
      SatJoiningEntry entry = { saw->device, saw->number };

      g_array_append_val (wanted, entry);
    }
  return wanted;
}

static guint64
number_in (const SatCheckpoint *index, const SatId *device)
{
  for (guint i = 0; i < index->devices->len; i++)
    if (sat_id_equal (&g_array_index (index->devices, SatSaw, i).device, device))
      return g_array_index (index->devices, SatSaw, i).number;
  return 0;
}

static gboolean
is_revoked (SatJoin *join, gboolean *revoked, GError **error)
{
  guint32 device = sat_names_find_device (join->replica->names, &join->maker);
  guint64 cut;

  if (!sat_log_cut (join->replica, join->book, device, &cut, error))
    return FALSE;
  *revoked = cut != SAT_CUT_NONE;
  return TRUE;
}

/* What a checkpoint says cannot be proved; who is let in must be. */
static gboolean
check_admitted (SatJoin *join, GError **error)
{
  g_autoptr (SatAdmissions) admissions = NULL;

  if (strcmp (join->book_key, SAT_BOOK_KEY_ENROLMENT) == 0)
    return sat_fail (error, SAT_ERROR_REFUSED, N_ ("book “%s” has no checkpoints"), join->book_key,
                     NULL);
  if (!sat_enrolled_load (join->replica, &admissions, error))
    return FALSE;
  return admissions == NULL || sat_admissions_of (admissions, &join->maker) != SAT_ADMITTED_NOT ||
         sat_fail (error, SAT_ERROR_BUSY,
                   N_ ("the checkpoint of book “%s” has to wait until an administrator admits the "
                       "device that made it"),
                   join->book_key, NULL);
}

/* Who may not be believed, and who we may not believe ourselves. */
static gboolean
check_rights (SatJoin *join, const SatVector *vector, GError **error)
{
  SatReplica *replica = join->replica;
  gboolean revoked;

  if (!is_revoked (join, &revoked, error))
    return FALSE;
  if (revoked)
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the checkpoint of book “%s” was made by a device that is revoked"),
                     join->book_key, NULL);
  if (!check_admitted (join, error))
    return FALSE;
  if (number_in (join->index, &replica->device) > sat_vector_get (vector, replica->me))
    return sat_fail (error, SAT_ERROR_REFUSED,
                     N_ ("the checkpoint of book “%s” holds changes of this device that this "
                         "replica never made; is there a copy of this replica?"),
                     join->book_key, NULL);
  return TRUE;
}

/* A change-set half applied is covered, another checkpoint half joined is. */
static gboolean
check_unfinished (SatJoin *join, GError **error)
{
  SatReplica *replica = join->replica;
  g_auto (SatJoining) joining = { 0 };
  SatPartial partial;
  gboolean covered;

  if (!sat_log_partial (replica, &partial, error) || !sat_log_joining (replica, &joining, error))
    return FALSE;
  covered = partial.number == 0 ||
            (partial.book == join->book &&
             partial.number <=
                 number_in (join->index, sat_names_device (replica->names, partial.device)));
  if (joining.name != NULL && strcmp (joining.name, join->name) != 0)
    {
      covered &= strcmp (joining.book, join->book_key) == 0;
      for (guint i = 0; i < joining.vector->len; i++)
        {
          const SatJoiningEntry *entry = &g_array_index (joining.vector, SatJoiningEntry, i);
          covered &= entry->number <= number_in (join->index, &entry->device);
        }
    }
  join->begun = joining.name != NULL && strcmp (joining.name, join->name) == 0;
  join->shard = join->begun ? joining.shards_done : 0;
  return covered ||
         sat_fail (error, SAT_ERROR_BUSY,
                   N_ ("the checkpoint of book “%s” has to wait for what is half applied"),
                   join->book_key, NULL);
}

static gboolean
check_with (SatJoin *join, const SatVector *vector, gboolean *needed, GError **error)
{
  g_autoptr (GArray) wanted = wanted_of (join->index);

  *needed = !sat_log_covers (join->replica, vector, wanted);
  return !*needed || (check_rights (join, vector, error) && check_unfinished (join, error) &&
                      (join->begun || sat_join_check_shards (join, error)));
}

gboolean
sat_join_check (SatJoin *join, gboolean *needed, GError **error)
{
  SatVector vector;
  gboolean ok;

  *needed = FALSE;
  join->book = sat_names_find_book (join->replica->names, join->book_key);
  if (join->book == 0)
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no book “%s” here"), join->book_key,
                     NULL);
  if (!sat_join_load (join, error))
    return FALSE;
  sat_vector_init (&vector);
  ok = sat_log_vector (join->replica, join->book, &vector, error) &&
       check_with (join, &vector, needed, error);
  sat_vector_clear (&vector);
  return ok;
}

/* ---- taking in ----------------------------------------------------------------------------------
 */

/* What one transaction works with. */
typedef struct
{
  SatJoin *join;
  SatLocal *local;
  SatEngine *engine;
  SatVector theirs;
  gint64 deadline;
  guint64 limit; /* records; 0: none */
  guint64 done;
} Slice;

static gboolean
note_begun (SatJoin *join, GError **error)
{
  SatJoining joining = { .name = join->name, .book = join->book_key };
  gboolean ok;

  if (join->begun)
    return TRUE;
  joining.vector = wanted_of (join->index);
  ok = sat_log_set_joining (join->replica, &joining, error);
  g_array_unref (joining.vector);
  return ok;
}

static gboolean
begin_slice (Slice *slice, GError **error)
{
  SatJoin *join = slice->join;
  SatOrigin origin = { .dot = { .book = join->book } };

  slice->engine = sat_engine_new (join->replica, &origin, FALSE);
  for (guint i = 0; i < join->index->devices->len; i++)
    {
      const SatSaw *entry = &g_array_index (join->index->devices, SatSaw, i);
      guint32 device = sat_names_get_device (join->replica->names, &entry->device, error);

      if (device == 0)
        return FALSE;
      sat_vector_set (&slice->theirs, device, entry->number);
    }
  return TRUE;
}

/* When each device was last heard of. */
static void
note_stamps (Slice *slice, const SatGraft *graft)
{
  GArray *highest = slice->join->highest;

  for (guint i = 0; i < graft->siblings->len; i++)
    {
      const SatSibling *sibling = &g_array_index (graft->siblings, SatSibling, i);
      guint32 device = sibling->dot.device;

      sat_local_hear (slice->local, sibling->hlc);
      if (device >= highest->len)
        g_array_set_size (highest, device + 1);
      g_array_index (highest, SatHlc, device) = MAX (g_array_index (highest, SatHlc, device),
                                                     sibling->hlc);
    }
}

static gboolean
join_record (Slice *slice, const SatOpGroup *group, GError **error)
{
  SatReplica *replica = slice->join->replica;
  const SatVector *ours = sat_local_vector (slice->local, slice->join->book, error);
  g_autoptr (SatGraft) graft = ours ? sat_graft_of_group (replica, group, error) : NULL;

  if (graft == NULL)
    return FALSE;
  note_stamps (slice, graft);
  return sat_graft_join_state (slice->engine, graft, &slice->theirs, ours, error);
}

static gboolean
join_unseen (Slice *slice, const SatOpGroup *group, GError **error)
{
  SatReplica *replica = slice->join->replica;
  g_autoptr (SatGraft) graft = sat_graft_of_group (replica, group, error);
  SatTable *table = graft ? sat_replica_table_of (replica, graft->object) : NULL;
  SatState *state = replica->scratch;
  gboolean found;
  SatRow row;

  if (table == NULL || !sat_row_load (replica, table, graft->object, &graft->id, slice->join->book,
                                      NULL, state, &row, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  sat_row_done (&row);
  for (guint i = 0; i < graft->siblings->len; i++)
    if (!sat_unseen_add (replica, state, &g_array_index (graft->siblings, SatSibling, i), error))
      return FALSE;
  return sat_row_save (replica, table, state, NULL, 0, error);
}

static gboolean
is_used_up (const Slice *slice)
{
  return slice->done > 0 && ((slice->limit != 0 && slice->done >= slice->limit) ||
                             (slice->deadline != 0 && g_get_monotonic_time () >= slice->deadline));
}

/* A file that a value of the checkpoint says, if it is not here and came with it. One that came as
 * another counts as one that did not come: the value is what was signed. */
static gboolean
take_file (SatJoin *join, const SatFile *file, GError **error)
{
  char hex[SAT_FILE_HEX_SIZE];
  g_autofree char *path = g_strconcat (SAT_CHECKPOINT_FILES, sat_file_hex (file, hex), NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = NULL;
  SatFile found;

  if (sat_files_has (join->replica, file))
    return TRUE;
  bytes = join->text (path, join->data, &problem);
  if (bytes == NULL)
    {
      if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND) ||
          g_error_matches (problem, SAT_ERROR, SAT_ERROR_MALFORMED))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  return !sat_file_of (bytes, &found) || !sat_file_equal (&found, file) ||
         sat_files_add (join->replica, file, bytes, error);
}

static gboolean
take_files (SatJoin *join, const SatOpGroup *group, GError **error)
{
  for (guint i = 0; i < group->n_ops; i++)
    {
      const char *value = group->ops[i].value;
      SatFile file;

      if (value != NULL && sat_attachment_look (value, strlen (value), &file, NULL) &&
          !take_file (join, &file, error))
        return FALSE;
    }
  return TRUE;
}

/* The shard under way as far as the slice goes; *FINISHED: to its end. */
static gboolean
join_shard (Slice *slice, gboolean *finished, GError **error)
{
  SatJoin *join = slice->join;
  SatCheckpointKind kind;
  const SatOpGroup *groups;
  guint n;

  sat_join_shard (join, join->shard, &kind);
  if (join->set == NULL)
    join->set = sat_join_read_shard (join, join->shard, error);
  if (join->set == NULL)
    return FALSE;
  groups = sat_change_set_groups (join->set, &n);
  while (join->at < n && !is_used_up (slice))
    {
      if (!take_files (join, &groups[join->at], error))
        return FALSE;
      if (!(kind == SAT_CHECKPOINT_STATE ? join_record : join_unseen) (slice, &groups[join->at],
                                                                       error))
        return FALSE;
      join->at++;
      join->records++;
      slice->done++;
    }
  *finished = join->at == n;
  return TRUE;
}

/* ---- the end ---- */

/* What the last change-set of device I of the index had seen, in full. */
static gboolean
saw_of (SatJoin *join, guint i, SatVector *out, GError **error)
{
  const SatCheckpoint *index = join->index;
  SatNames *names = join->replica->names;

  g_array_set_size (out->numbers, 0);
  for (guint k = 0; k < index->devices->len; k++)
    {
      const SatSaw *entry = &g_array_index (index->devices, SatSaw, k);
      sat_vector_set (out, sat_names_find_device (names, &entry->device),
                      k == i ? entry->number - 1 : entry->number);
    }
  for (guint k = 0; k < index->saw->len; k++)
    {
      const SatCheckpointSaw *saw = &g_array_index (index->saw, SatCheckpointSaw, k);

      if (saw->of != i)
        continue;
      sat_vector_set (out,
                      sat_names_find_device (
                          names, &g_array_index (index->devices, SatSaw, saw->device).device),
                      saw->number);
    }
  return TRUE;
}

/* Device I of the index comes as far as that says. */
static gboolean
advance_device (SatJoin *join, guint i, SatVector *saw, SatVector *previous, GError **error)
{
  const SatSaw *entry = &g_array_index (join->index->devices, SatSaw, i);
  SatReplica *replica = join->replica;
  guint32 device = sat_names_find_device (replica->names, &entry->device);
  SatHlc highest = device < join->highest->len ? g_array_index (join->highest, SatHlc, device) : 0;
  guint64 number;

  if (!sat_log_last (replica, join->book, device, &number, previous, error))
    return FALSE;
  if (number >= entry->number)
    return TRUE;
  return saw_of (join, i, saw, error) &&
         sat_log_advance (replica, join->book, device, entry->number, saw, previous, highest,
                          error) &&
         sat_log_add_joined (replica, join->book, device, number + 1, entry->number, error) &&
         sat_log_release (replica, join->book, device, error);
}

static gboolean
advance (SatJoin *join, GError **error)
{
  SatVector saw;
  SatVector previous;
  gboolean ok = TRUE;

  sat_vector_init (&saw);
  sat_vector_init (&previous);
  for (guint i = 0; ok && i < join->index->devices->len; i++)
    ok = advance_device (join, i, &saw, &previous, error);
  sat_vector_clear (&saw);
  sat_vector_clear (&previous);
  return ok;
}

static gboolean
add_cuts (SatJoin *join, GError **error)
{
  for (guint i = 0; i < join->index->cuts->len; i++)
    {
      const SatSaw *cut = &g_array_index (join->index->cuts, SatSaw, i);
      guint32 device = sat_names_get_device (join->replica->names, &cut->device, error);

      if (device == 0 || !sat_log_add_cut (join->replica, join->book, device, cut->number, error))
        return FALSE;
    }
  return TRUE;
}

/* A change-set that was half applied is covered now, or it is of another book. */
static gboolean
end_partial (SatJoin *join, GError **error)
{
  const SatPartial none = { 0, 0, 0, 0 };
  SatPartial partial;

  if (!sat_log_partial (join->replica, &partial, error))
    return FALSE;
  if (partial.number == 0 || partial.book != join->book ||
      partial.number >
          number_in (join->index, sat_names_device (join->replica->names, partial.device)))
    return TRUE;
  return sat_log_set_partial (join->replica, &none, error);
}

static gboolean
finish (Slice *slice, GError **error)
{
  SatJoin *join = slice->join;

  if (!end_partial (join, error) || !advance (join, error) || !add_cuts (join, error) ||
      !sat_log_set_joining (join->replica, NULL, error))
    return FALSE;
  sat_local_forget (slice->local, join->book);
  return TRUE;
}

static gboolean
run_slice (Slice *slice, gboolean *done, GError **error)
{
  SatJoin *join = slice->join;
  gboolean finished = TRUE;

  *done = FALSE;
  while (join->shard < sat_join_n_shards (join) && !is_used_up (slice))
    {
      if (!join_shard (slice, &finished, error))
        return FALSE;
      if (!finished)
        break;
      g_clear_pointer (&join->set, sat_change_set_free);
      join->at = 0;
      join->shard++;
    }
  *done = join->shard == sat_join_n_shards (join);
  return *done ? finish (slice, error)
               : sat_log_set_shards_done (join->replica, join->shard, error);
}

/* After a rollback. */
static void
go_back (SatJoin *join, guint64 shard, guint64 at, guint64 records)
{
  g_clear_pointer (&join->set, sat_change_set_free);
  join->shard = shard;
  join->at = at;
  join->records = records;
}

gboolean
sat_join_step (
    SatJoin *join, gint64 budget_us, guint64 records, SatJoinProgress *progress, GError **error)
{
  SatLocal *local = sat_local_begin (join->replica, error);
  Slice slice = {
    .join = join,
    .local = local,
    .deadline = budget_us > 0 ? g_get_monotonic_time () + budget_us : 0,
    .limit = records,
  };
  guint64 shard = join->shard;
  guint64 at = join->at;
  guint64 before = join->records;
  gboolean ok;

  if (local == NULL)
    return FALSE;
  sat_vector_init (&slice.theirs);
  ok = sat_local_seal (local, 0, error) && note_begun (join, error) &&
       begin_slice (&slice, error) && run_slice (&slice, &progress->done, error);
  sat_engine_free (slice.engine);
  sat_vector_clear (&slice.theirs);
  if (!ok)
    sat_local_abort (local);
  else
    ok = sat_local_commit (local, error);
  if (!ok)
    {
      go_back (join, shard, at, before);
      return FALSE;
    }
  join->begun = TRUE;
  progress->records = join->records;
  progress->total = join->total;
  return TRUE;
}
