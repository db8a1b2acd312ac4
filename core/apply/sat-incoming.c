/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-incoming.h"

#include <string.h>

#include "core/apply/sat-enrolled.h"
#include "core/apply/sat-graft.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-enrolment-log.h"
#include "core/store/sat-files.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"

/* A device's branch of one book. */
typedef struct
{
  char *book_key;
  SatId device_id;
  guint32 book, device;
  gboolean blocked; /* nothing more of it can be applied until something else arrives */
  gboolean quarantined;
  gboolean newer;     /* quarantined, but only until an update */
  gboolean cut_off;   /* its device is revoked, and nobody known here has built on NEXT */
  gboolean stranger;  /* NEXT does not count until its device is admitted */
  SatChangeSet *next; /* its next change-set, decoded; NULL: not asked for yet */
  SatVector saw;      /* what NEXT had seen, in full */
  SatVector previous; /* what the one before had seen */
} Branch;

struct _SatIncoming
{
  SatReplica *replica;
  SatIncomingText text;
  SatIncomingFile file; /* NULL: files are not taken */
  gpointer data;
  GPtrArray *branches; /* Branch, in the order they were offered */
  gboolean any_cut_off;
  gboolean is_judged;        /* ADMISSIONS is up to date */
  SatAdmissions *admissions; /* NULL: every device's change-sets count */
  SatIncomingProgress progress;
};

static void
branch_free (gpointer data)
{
  Branch *branch = data;

  g_clear_pointer (&branch->next, sat_change_set_free);
  sat_vector_clear (&branch->saw);
  sat_vector_clear (&branch->previous);
  g_free (branch->book_key);
  g_free (branch);
}

SatIncoming *
sat_incoming_new (SatReplica *replica, SatIncomingText text, gpointer data)
{
  SatIncoming *incoming = g_new0 (SatIncoming, 1);

  incoming->replica = replica;
  incoming->text = text;
  incoming->data = data;
  incoming->branches = g_ptr_array_new_with_free_func (branch_free);
  return incoming;
}

void
sat_incoming_free (SatIncoming *incoming)
{
  if (incoming == NULL)
    return;
  g_ptr_array_unref (incoming->branches);
  sat_admissions_free (incoming->admissions);
  g_free (incoming);
}

void
sat_incoming_set_files (SatIncoming *incoming, SatIncomingFile file)
{
  incoming->file = file;
}

static gboolean
is_held (SatReplica *replica, const char *key)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT held FROM book WHERE key = ?1", NULL);
  gboolean held = FALSE;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, key);
  if (sat_stmt_step (stmt, NULL))
    held = sat_stmt_int (stmt, 0) != 0;
  sat_stmt_reset (stmt);
  return held;
}

static Branch *
find_branch (SatIncoming *incoming, const char *book, const SatId *device)
{
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      Branch *branch = g_ptr_array_index (incoming->branches, i);
      if (sat_id_equal (&branch->device_id, device) && strcmp (branch->book_key, book) == 0)
        return branch;
    }
  return NULL;
}

/* What another device has built on may have come to light. */
static void
allow_cut_off (SatIncoming *incoming)
{
  if (!incoming->any_cut_off)
    return;
  incoming->any_cut_off = FALSE;
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      Branch *branch = g_ptr_array_index (incoming->branches, i);

      if (branch->cut_off)
        branch->blocked = FALSE;
      branch->cut_off = FALSE;
    }
}

void
sat_incoming_offer (SatIncoming *incoming, const char *book, const SatId *device)
{
  Branch *branch;

  if (sat_id_equal (device, &incoming->replica->device) || !is_held (incoming->replica, book))
    return;
  allow_cut_off (incoming);
  branch = find_branch (incoming, book, device);
  if (branch != NULL)
    {
      branch->blocked = FALSE;
      return;
    }
  branch = g_new0 (Branch, 1);
  branch->book_key = g_strdup (book);
  branch->device_id = *device;
  sat_vector_init (&branch->saw);
  sat_vector_init (&branch->previous);
  g_ptr_array_add (incoming->branches, branch);
}

/* ---- the next change-set of a branch ------------------------------------------------------------
 */

static gboolean
is_quarantine (const GError *error)
{
  return g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_NEWER);
}

/* The full vector that NEXT had seen. Wrong in itself: one that goes back, or claims what is not
 * possible. */
static gboolean
read_saw (SatIncoming *incoming, Branch *branch, GError **error)
{
  guint n;
  const SatSaw *entries = sat_change_set_saw (branch->next, &n);
  guint64 number = sat_change_set_number (branch->next);
  gboolean went_back = FALSE;

  if (sat_change_set_saw_is_full (branch->next))
    g_array_set_size (branch->saw.numbers, 0);
  else
    sat_vector_copy (&branch->saw, &branch->previous);
  for (guint i = 0; i < n; i++)
    {
      guint32 device = sat_names_get_device (incoming->replica->names, &entries[i].device, error);

      if (device == 0)
        return FALSE;
      went_back |= entries[i].number < sat_vector_get (&branch->previous, device);
      sat_vector_set (&branch->saw, device, entries[i].number);
    }
  sat_vector_set (&branch->saw, branch->device, number - 1);
  if (went_back || !sat_vector_covers (&branch->saw, &branch->previous))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the change-set claims to have seen less than the one before it"), NULL);
  return TRUE;
}

static gboolean
check_identity (Branch *branch, guint64 number, GError **error)
{
  if (sat_change_set_number (branch->next) != number ||
      !sat_id_equal (sat_change_set_device (branch->next), &branch->device_id) ||
      strcmp (sat_change_set_book (branch->next), branch->book_key) != 0)
    return sat_fail (
        error, SAT_ERROR_MALFORMED,
        N_ ("the change-set is of another book, device or number than its branch says"), NULL);
  return TRUE;
}

/* Asks for, decodes and checks the next change-set. *THERE: there is one. */
static gboolean
load_next (SatIncoming *incoming, Branch *branch, guint64 number, gboolean *there, GError **error)
{
  g_autoptr (GBytes) text = NULL;
  GError *problem = NULL;

  *there = TRUE;
  text = incoming->text (branch->book_key, &branch->device_id, number, incoming->data, &problem);
  if (text == NULL && problem == NULL)
    {
      *there = FALSE;
      return TRUE;
    }
  if (text != NULL)
    branch->next = sat_change_set_decode (text, &problem);
  if (branch->next == NULL || !check_identity (branch, number, &problem) ||
      !read_saw (incoming, branch, &problem))
    {
      g_clear_pointer (&branch->next, sat_change_set_free);
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

static gboolean
put_aside (SatIncoming *incoming, Branch *branch, guint64 number, GError *why, GError **error)
{
  gboolean ok = sat_log_quarantine (incoming->replica, branch->book, branch->device, number, why,
                                    error);

  branch->blocked = TRUE;
  branch->quarantined = TRUE;
  branch->newer = g_error_matches (why, SAT_ERROR, SAT_ERROR_NEWER);
  g_error_free (why);
  return ok;
}

/* Makes branch->next the next change-set if it can be had; else blocks the branch. */
static gboolean
prepare (SatIncoming *incoming, Branch *branch, GError **error)
{
  SatReplica *replica = incoming->replica;
  GError *problem = NULL;
  guint64 applied;
  gboolean there;

  branch->book = sat_names_get_book (replica->names, branch->book_key, error);
  branch->device = branch->book ? sat_names_get_device (replica->names, &branch->device_id, error)
                                : 0;
  if (branch->device == 0 ||
      !sat_log_last (replica, branch->book, branch->device, &applied, &branch->previous, error))
    return FALSE;
  if (branch->next != NULL && sat_change_set_number (branch->next) == applied + 1)
    return TRUE;
  g_clear_pointer (&branch->next, sat_change_set_free);
  if (!load_next (incoming, branch, applied + 1, &there, &problem))
    {
      if (is_quarantine (problem))
        return put_aside (incoming, branch, applied + 1, problem, error);
      g_propagate_error (error, problem);
      return FALSE;
    }
  branch->blocked = !there;
  branch->quarantined = FALSE;
  return sat_log_release (replica, branch->book, branch->device, error);
}

/* After a rollback: the numbers of devices may be others the next time. */
static void
forget_decoded (SatIncoming *incoming)
{
  incoming->is_judged = FALSE;
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      Branch *branch = g_ptr_array_index (incoming->branches, i);
      g_clear_pointer (&branch->next, sat_change_set_free);
      branch->blocked = FALSE;
      branch->cut_off = FALSE;
      branch->stranger = FALSE;
    }
}

/* ---- who is admitted ----------------------------------------------------------------------------
 */

static gboolean
load_admissions (SatIncoming *incoming, GError **error)
{
  if (incoming->is_judged)
    return TRUE;
  g_clear_pointer (&incoming->admissions, sat_admissions_free);
  incoming->is_judged = sat_enrolled_load (incoming->replica, &incoming->admissions, error);
  return incoming->is_judged;
}

static gboolean
is_admitted (const SatIncoming *incoming, const Branch *branch)
{
  return incoming->admissions == NULL || sat_admissions_accept (incoming->admissions, branch->next);
}

/* What the change-set says of others, once it counts. */
static gboolean
store_enrolment (SatIncoming *incoming, Branch *branch, GError **error)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (branch->next);
  SatId founder;

  if (enrolment == NULL || !sat_log_founder (incoming->replica, &founder))
    return TRUE;
  if (incoming->admissions != NULL)
    sat_admissions_add (incoming->admissions, branch->next);
  return sat_enrolled_note (incoming->replica, &branch->device_id, enrolment, error);
}

static gboolean
note_strangers (SatIncoming *incoming, GError **error)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  if (incoming->admissions == NULL)
    return TRUE;
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      const Branch *branch = g_ptr_array_index (incoming->branches, i);
      char id[SAT_ID_TEXT_SIZE];

      if (branch->stranger)
        g_string_append_printf (lines, "%s %s %" G_GUINT64_FORMAT "\n", branch->book_key,
                                sat_id_format (&branch->device_id, id),
                                sat_change_set_number (branch->next));
    }
  return sat_enrolled_set_waiting (incoming->replica, lines->str, error);
}

/* ---- applying -----------------------------------------------------------------------------------
 */

static gboolean
finish_change_set (
    SatIncoming *incoming, SatLocal *local, Branch *branch, SatHlc hlc, GError **error)
{
  SatPartial none = { 0, 0, 0, 0 };
  guint64 number = sat_change_set_number (branch->next);

  if (!sat_log_advance (incoming->replica, branch->book, branch->device, number, &branch->saw,
                        &branch->previous, hlc, error) ||
      !sat_log_set_partial (incoming->replica, &none, error) ||
      !sat_log_release (incoming->replica, branch->book, branch->device, error))
    return FALSE;
  sat_local_forget (local, branch->book);
  g_clear_pointer (&branch->next, sat_change_set_free);
  branch->quarantined = FALSE;
  incoming->progress.change_sets++;
  /* What waited for this one may be ready now. */
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      Branch *other = g_ptr_array_index (incoming->branches, i);
      if (other->next != NULL)
        other->blocked = FALSE;
      other->cut_off = FALSE;
      other->stranger = FALSE;
    }
  return TRUE;
}

static gboolean
store_cuts (SatIncoming *incoming, Branch *branch, GError **error)
{
  guint n;
  const SatSaw *cuts = sat_change_set_cuts (branch->next, &n);

  for (guint i = 0; i < n; i++)
    {
      guint32 device = sat_names_get_device (incoming->replica->names, &cuts[i].device, error);

      if (device == 0 ||
          !sat_log_add_cut (incoming->replica, branch->book, device, cuts[i].number, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
store_file (SatIncoming *incoming, Branch *branch, const SatFile *file, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  SatFile found;

  if (sat_files_has (incoming->replica, file))
    return TRUE;
  bytes = incoming->file (branch->book_key, &branch->device_id,
                          sat_change_set_number (branch->next), file, incoming->data, error);
  if (bytes == NULL)
    return FALSE;
  if (!sat_file_of (bytes, &found) || !sat_file_equal (&found, file))
    {
      char hex[SAT_FILE_HEX_SIZE];

      return sat_fail (error, SAT_ERROR_FAILED, N_ ("the file with SHA-256 %s came as another one"),
                       sat_file_hex (file, hex), NULL);
    }
  return sat_files_add (incoming->replica, file, bytes, error);
}

/* What comes with the next change-set of BRANCH is here before anything says so. */
static gboolean
store_files (SatIncoming *incoming, Branch *branch, GError **error)
{
  guint n;
  const SatFile *files = sat_change_set_files (branch->next, &n);

  for (guint i = 0; incoming->file != NULL && i < n; i++)
    if (!store_file (incoming, branch, &files[i], error))
      return FALSE;
  return TRUE;
}

/* The highest stamp of the first N groups. What a graft brings was not written by its device. */
static SatHlc
highest_stamp (const SatOpGroup *groups, guint64 n)
{
  SatHlc highest = 0;

  for (guint64 i = 0; i < n; i++)
    {
      highest = MAX (highest, groups[i].life_hlc);
      for (guint k = 0; k < groups[i].n_ops && groups[i].n_contexts == 0; k++)
        highest = MAX (highest, groups[i].ops[k].hlc);
    }
  return highest;
}

static gboolean
apply_group (
    SatReplica *replica, SatEngine *engine, const SatOpGroup *group, SatHlc *heard, GError **error)
{
  g_autoptr (SatGraft) graft = NULL;

  if (group->n_contexts == 0)
    return sat_engine_apply_group (engine, group, heard, error);
  graft = sat_graft_of_group (replica, group, error);
  return graft != NULL && sat_graft_join (engine, graft, error);
}

/* Applies branch->next from the group where it was left, until DEADLINE or GROUPS are used up. */
static gboolean
apply_slice (SatIncoming *incoming,
             SatLocal *local,
             Branch *branch,
             gint64 deadline,
             guint64 groups,
             gboolean *finished,
             GError **error)
{
  SatReplica *replica = incoming->replica;
  SatOrigin origin = {
    .dot = { branch->book, branch->device, sat_change_set_number (branch->next) },
    .saw = &branch->saw,
  };
  g_autoptr (SatEngine) engine = sat_engine_new (replica, &origin, FALSE);
  SatPartial partial;
  guint n;
  const SatOpGroup *all = sat_change_set_groups (branch->next, &n);
  guint64 at;

  if (!sat_log_partial (replica, &partial, error) || !sat_log_restart_joining (replica, error))
    return FALSE;
  at = partial.number != 0 ? partial.groups_done : 0;
  if (at == 0 && (!store_files (incoming, branch, error) || !store_cuts (incoming, branch, error) ||
                  !store_enrolment (incoming, branch, error)))
    return FALSE;
  for (guint64 done = 0; at < n; at++, done++)
    {
      SatHlc heard = 0;

      if ((groups != 0 && done >= groups) ||
          (deadline != 0 && done > 0 && g_get_monotonic_time () >= deadline))
        break;
      if (!apply_group (replica, engine, &all[at], &heard, error))
        return FALSE;
      sat_local_hear (local, heard);
      incoming->progress.operations += all[at].n_ops;
    }
  *finished = at == n;
  if (*finished)
    return finish_change_set (incoming, local, branch, highest_stamp (all, n), error);
  partial = (SatPartial){ branch->book, branch->device, origin.dot.number, at };
  return sat_log_set_partial (replica, &partial, error);
}

/* Has another device built on the next change-set of BRANCH, beyond its cut? What is applied says
 * nothing: the vector would cover it then. What a device has seen only grows, so its next
 * change-set tells, as long as that one counts by itself. */
static gboolean
is_built_on (SatIncoming *incoming, const Branch *branch, gboolean *built_on, GError **error)
{
  guint64 number = sat_change_set_number (branch->next);

  *built_on = FALSE;
  for (guint i = 0; i < incoming->branches->len && !*built_on; i++)
    {
      Branch *other = g_ptr_array_index (incoming->branches, i);
      guint64 cut;

      if (other == branch || strcmp (other->book_key, branch->book_key) != 0 ||
          (other->blocked && other->next == NULL))
        continue;
      if (!other->blocked && !prepare (incoming, other, error))
        return FALSE;
      if (other->next == NULL || sat_vector_get (&other->saw, branch->device) < number ||
          !is_admitted (incoming, other))
        continue;
      if (!sat_log_cut (incoming->replica, other->book, other->device, &cut, error))
        return FALSE;
      *built_on = sat_change_set_number (other->next) <= cut;
    }
  return TRUE;
}

/* Does the next change-set of BRANCH count, though its device may be revoked? */
static gboolean
is_accepted (SatIncoming *incoming, Branch *branch, gboolean *accepted, GError **error)
{
  guint64 cut;

  *accepted = TRUE;
  if (!sat_log_cut (incoming->replica, branch->book, branch->device, &cut, error))
    return FALSE;
  if (sat_change_set_number (branch->next) <= cut)
    return TRUE;
  if (!is_built_on (incoming, branch, accepted, error))
    return FALSE;
  branch->cut_off = !*accepted;
  incoming->any_cut_off |= branch->cut_off;
  return TRUE;
}

/* The branch to go on with: the one that was begun, else the first whose next change-set is ready.
 */
static gboolean
choose (SatIncoming *incoming, SatLocal *local, Branch **out, GError **error)
{
  SatPartial partial;

  *out = NULL;
  if (!sat_log_partial (incoming->replica, &partial, error))
    return FALSE;
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      Branch *branch = g_ptr_array_index (incoming->branches, i);
      const SatVector *vector;

      if (branch->blocked)
        continue;
      if (!prepare (incoming, branch, error))
        return FALSE;
      if (branch->blocked)
        continue;
      if (partial.number != 0)
        {
          if (branch->book != partial.book || branch->device != partial.device)
            continue;
          *out = branch;
          return TRUE;
        }
      vector = sat_local_vector (local, branch->book, error);
      if (vector == NULL)
        return FALSE;
      if (sat_vector_covers (vector, &branch->saw))
        {
          gboolean accepted;

          if (!is_accepted (incoming, branch, &accepted, error))
            return FALSE;
          branch->stranger = accepted && !is_admitted (incoming, branch);
          if (accepted && !branch->stranger)
            {
              *out = branch;
              return TRUE;
            }
        }
      branch->blocked = TRUE; /* until something else is applied */
    }
  return TRUE;
}

static void
count_states (SatIncoming *incoming)
{
  incoming->progress.waiting = 0;
  incoming->progress.quarantined = 0;
  incoming->progress.cut_off = 0;
  incoming->progress.strangers = 0;
  for (guint i = 0; i < incoming->branches->len; i++)
    {
      const Branch *branch = g_ptr_array_index (incoming->branches, i);
      incoming->progress.quarantined += branch->quarantined && !branch->newer;
      incoming->progress.cut_off += branch->cut_off;
      incoming->progress.strangers += branch->stranger;
      if (branch->quarantined)
        incoming->progress.waiting += branch->newer;
      else
        incoming->progress.waiting += branch->blocked && branch->next != NULL && !branch->cut_off &&
                                      !branch->stranger;
    }
}

static gboolean
run_slice (SatIncoming *incoming, SatLocal *local, gint64 deadline, guint64 groups, GError **error)
{
  for (;;)
    {
      Branch *branch;
      gboolean finished;

      if (!choose (incoming, local, &branch, error))
        return FALSE;
      if (branch == NULL)
        {
          incoming->progress.done = TRUE;
          return note_strangers (incoming, error) &&
                 sat_local_seal (local, 0, error); /* what has to be vouched for by now */
        }
      /* Again before each change-set: nothing can have been opened inside this transaction, but the
       * rule is cheap to keep in sight. */
      if (!sat_local_seal (local, 0, error) ||
          !apply_slice (incoming, local, branch, deadline, groups, &finished, error))
        return FALSE;
      if (!finished || groups != 0 || (deadline != 0 && g_get_monotonic_time () >= deadline))
        return TRUE;
    }
}

gboolean
sat_incoming_step (SatIncoming *incoming,
                   gint64 budget_us,
                   guint64 groups,
                   SatIncomingProgress *progress,
                   GError **error)
{
  SatLocal *local = sat_local_begin (incoming->replica, error);
  gint64 deadline = budget_us > 0 ? g_get_monotonic_time () + budget_us : 0;

  if (local == NULL)
    return FALSE;
  incoming->progress.done = FALSE;
  if (!load_admissions (incoming, error) || !sat_local_seal (local, 0, error) ||
      !run_slice (incoming, local, deadline, groups, error))
    {
      sat_local_abort (local);
      forget_decoded (incoming);
      return FALSE;
    }
  if (!sat_local_commit (local, error))
    {
      forget_decoded (incoming);
      return FALSE;
    }
  count_states (incoming);
  *progress = incoming->progress;
  return TRUE;
}
