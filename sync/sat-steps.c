/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-steps.h"

#include "core/base/sat-crash.h"
#include "core/workspace/sat-exchange-files.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-marks.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "sync/sat-apart.h"
#include "sync/sat-checkpoint-join.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-cover.h"
#include "sync/sat-epoch.h"
#include "sync/sat-fetch.h"
#include "sync/sat-fork.h"
#include "sync/sat-hub.h"
#include "sync/sat-outbox.h"
#include "sync/sat-packs.h"
#include "sync/sat-push.h"
#include "sync/sat-refill.h"
#include "sync/sat-source.h"
#include "sync/sat-text-merge.h"
#include "sync/sat-tidy.h"

gboolean
sat_step_seal (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) sealed = NULL;

  sat_sync_job_phase (job, SAT_PHASE_SEAL);
  if (!sat_sync_job_check (job, error) || !sat_workspace_seal (job->workspace, error))
    return FALSE;
  sat_durable_step ("sealed");
  sealed = sat_outbox_sealed (job, error);
  return sealed && sat_outbox_commit (job, sealed, FALSE, error);
}

gboolean
sat_step_fetch (SatSyncJob *job, GError **error)
{
  g_autoptr (GError) local = NULL;

  if (sat_fetch (job, &local))
    return TRUE;
  if (sat_sync_job_check (job, NULL) && !sat_git_is_sound (job->inbox))
    job->damaged = TRUE;
  if (sat_sync_job_renew_inbox (job, NULL))
    return sat_fetch (job, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
apply_slices (SatSyncJob *job, SatInbox *inbox, guint64 total, GError **error)
{
  SatInboxProgress progress = { 0 };
  guint64 before = job->result.applied;

  while (!progress.done)
    {
      if (!sat_sync_job_check (job, error) ||
          !sat_inbox_step (inbox, sat_sync_job_slice (job), &progress, error))
        return FALSE;
      job->result.applied = before + progress.change_sets;
      sat_sync_job_progress (job, progress.change_sets, total);
      if (!progress.done)
        sat_sync_job_pause (job);
    }
  return TRUE;
}

/* What cannot be estimated shows itself when it is applied. */
static void
tell_estimate (SatSyncJob *job, SatSource *source, guint64 total)
{
  SatSyncEstimate estimate;

  if (job->options.estimated == NULL || total < SAT_ESTIMATE_FROM)
    return;
  if (sat_source_estimate (source, &estimate, NULL))
    job->options.estimated (&estimate, job->options.progress_data);
}

/* *STUCK: the books of which something that SOURCE has could not be applied, or that a checkpoint
 * on the hub knows more of. */
static gboolean
find_stuck (SatSyncJob *job, SatSource *source, char ***stuck, GError **error)
{
  g_auto (GStrv) ahead = NULL;
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();

  if (job->hub_checkpoints == NULL || g_hash_table_size (job->hub_checkpoints) == 0)
    return TRUE;
  if (!sat_workspace_begin (job->workspace, error))
    return FALSE;
  *stuck = sat_source_stuck (source);
  ahead = sat_covers_ahead (job);
  sat_workspace_rollback (job->workspace);
  for (guint i = 0; (*stuck)[i] != NULL; i++)
    g_strv_builder_add (all, (*stuck)[i]);
  for (guint i = 0; ahead[i] != NULL; i++)
    if (!g_strv_contains ((const char *const *) *stuck, ahead[i]))
      g_strv_builder_add (all, ahead[i]);
  g_strfreev (*stuck);
  *stuck = g_strv_builder_end (all);
  return TRUE;
}

/* *STUCK: as found afterwards; NULL: there is nothing to help. */
static gboolean
apply_texts (SatSyncJob *job, char ***stuck, GError **error)
{
  g_autoptr (SatSource) source = sat_source_new (job, error);
  g_autoptr (SatInbox) inbox = NULL;
  gboolean offered;
  guint64 total;

  *stuck = NULL;
  if (source == NULL)
    return FALSE;
  inbox = sat_inbox_new (job->workspace, sat_source_text, source);
  sat_inbox_set_files (inbox, sat_source_file);
  /* What was applied is asked for in one transaction: hundreds of small ones take as long as the
   * rest. */
  if (!sat_workspace_begin (job->workspace, error))
    return FALSE;
  offered = sat_source_offer (source, inbox, NULL, &total);
  sat_workspace_rollback (job->workspace);
  if (!offered)
    return sat_workspace_note_no_strangers (job->workspace, error) &&
           find_stuck (job, source, stuck, error);
  tell_estimate (job, source, total);
  return apply_slices (job, inbox, total, error) && sat_source_note_cut_off (source, error) &&
         find_stuck (job, source, stuck, error);
}

/* In a closed workspace: who counts is known before anything else is looked at. */
gboolean
sat_step_enrolment (SatSyncJob *job, GError **error)
{
  g_autoptr (SatSource) source = NULL;
  g_autoptr (SatInbox) inbox = NULL;
  guint64 total;

  if (!sat_workspace_is_closed (job->workspace, NULL))
    return TRUE;
  source = sat_source_new (job, error);
  if (source == NULL)
    return FALSE;
  inbox = sat_inbox_new (job->workspace, sat_source_text, source);
  sat_inbox_set_files (inbox, sat_source_file);
  return !sat_source_offer (source, inbox, SAT_BOOK_KEY_ENROLMENT, &total) ||
         apply_slices (job, inbox, total, error);
}

/* A book that is new here begins with a checkpoint; one that lacks change-sets goes on with one. */
static gboolean
apply_once (SatSyncJob *job, GError **error)
{
  g_auto (GStrv) stuck = NULL;
  g_auto (GStrv) rest = NULL;
  gboolean joined;

  if (!sat_step_enrolment (job, error) || !sat_checkpoint_join_new (job, &joined, error) ||
      !apply_texts (job, &stuck, error))
    return FALSE;
  if (stuck == NULL)
    return TRUE;
  return sat_checkpoint_join_missing (job, (const char *const *) stuck, &joined, error) &&
         (!joined || apply_texts (job, &rest, error));
}

gboolean
sat_step_apply (SatSyncJob *job, GError **error)
{
  g_autoptr (GError) local = NULL;

  sat_sync_job_phase (job, SAT_PHASE_APPLY);
  if (apply_once (job, &local))
    return TRUE;
  if (sat_sync_job_renew_inbox (job, NULL))
    return sat_fetch (job, error) && apply_once (job, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
sat_step_merge (SatSyncJob *job, GError **error)
{
  guint merged = 0;

  sat_sync_job_phase (job, SAT_PHASE_MERGE);
  return sat_sync_job_check (job, error) &&
         sat_workspace_merge_texts (job->workspace, sat_text_merge, NULL, &merged, error);
}

gboolean
sat_step_forward (SatSyncJob *job, GError **error)
{
  g_autoptr (SatForwarder) forwarder = sat_forwarder_new (job->workspace);
  gboolean more = TRUE;

  while (more)
    {
      if (!sat_sync_job_check (job, error) ||
          !sat_forwarder_step (forwarder, sat_sync_job_slice (job), &more, error))
        return FALSE;
      if (more)
        sat_sync_job_pause (job);
    }
  return TRUE;
}

/* One batch; *MORE says whether it brought us further and something is left. */
static gboolean
push_batch (SatSyncJob *job, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) sealed = sat_outbox_sealed (job, error);
  guint64 before = job->result.sent_change_sets;

  *more = FALSE;
  if (sealed == NULL || !sat_outbox_reconcile (job, sealed, error) ||
      !sat_outbox_commit (job, sealed, TRUE, error))
    return FALSE;
  if (job->peer == SAT_PEER_FILE)
    return sat_outbox_mirror_all (job, error);
  if (!sat_push (job, sealed, error))
    return FALSE;
  *more = job->peer == SAT_PEER_HUB && sealed->len > 0 && job->result.sent_change_sets > before;
  return TRUE;
}

static gboolean
push_all (SatSyncJob *job, GError **error)
{
  gboolean more = TRUE;

  while (more)
    if (!sat_sync_job_check (job, error) || !push_batch (job, &more, error))
      return FALSE;
  return sat_outbox_check_foreign (job, error);
}

/* What this replica had sealed when it was another device is sent as that device's: the commits are
 * the same, whichever copy makes them. A failure holds nothing else up; it is told at the end. */
static gboolean
push_formers (SatSyncJob *job, GError **error)
{
  g_autoptr (GArray) formers = sat_workspace_formers (job->workspace, error);
  gboolean ok = formers != NULL;

  for (guint i = 0; formers != NULL && i < formers->len; i++)
    {
      g_autoptr (GError) problem = NULL;

      job->is_former = TRUE;
      if (sat_workspace_act_as (job->workspace, &g_array_index (formers, SatId, i), &problem) &&
          push_all (job, &problem))
        continue;
      ok = FALSE;
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&problem));
    }
  job->is_former = FALSE;
  return sat_workspace_act_as (job->workspace, NULL, NULL) && ok;
}

gboolean
sat_step_push (SatSyncJob *job, GError **error)
{
  g_autoptr (GError) problem = NULL;

  sat_sync_job_phase (job, SAT_PHASE_PUSH);
  if (!sat_workspace_seal (job->workspace, error))
    return FALSE;
  sat_durable_step ("sealed");
  g_strfreev (job->revoked);
  job->revoked = sat_workspace_revoked_in (job->workspace, NULL);
  push_formers (job, &problem);
  if (!push_all (job, error))
    return FALSE;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

gboolean
sat_step_commit (SatSyncJob *job, GError **error)
{
  GHashTableIter iter;
  gpointer ref, tip;

  sat_hub_begin_tips (job);
  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    sat_hub_note_tip (job, ref, tip);
  sat_step_push (job, NULL);
  return sat_sync_job_check (job, error);
}

gboolean
sat_step_release (SatSyncJob *job, GError **error)
{
  guint dropped = 0;

  if (!sat_workspace_drop_released (job->workspace, &dropped, error))
    return FALSE;
  /* It has introduced itself anew; after a visit elsewhere the hub was not looked at yet. */
  return dropped == 0 ||
         (sat_sync_job_reload_books (job, error) &&
          (job->hub_tips != NULL || sat_step_fetch (job, error)) && sat_step_push (job, error));
}

gboolean
sat_step_index (SatSyncJob *job, GError **error)
{
  gboolean more = TRUE;

  sat_sync_job_phase (job, SAT_PHASE_INDEX);
  while (more)
    {
      if (!sat_sync_job_check (job, error) ||
          !sat_workspace_index_step (job->workspace, sat_sync_job_slice (job), &more, error))
        return FALSE;
      if (more)
        sat_sync_job_pause (job);
    }
  return TRUE;
}

static void
count_waiting (SatSyncJob *job)
{
  g_autoptr (GPtrArray) quarantine = sat_workspace_quarantine (job->workspace, NULL);
  gint64 conflicts = sat_workspace_n_conflicts (job->workspace);

  job->result.conflicts = conflicts > 0 ? (guint64) conflicts : 0;
  job->result.quarantined = quarantine ? quarantine->len : 0;
}

/* What others have carried on may still be at a repository that comes later. */
static gboolean
take_in (SatSyncJob *job, GError **error)
{
  return sat_fork_check (job, error) && sat_step_apply (job, error) &&
         sat_step_merge (job, error) && (job->is_scattered || sat_step_forward (job, error)) &&
         sat_workspace_settle_renewed (job->workspace, error);
}

static gboolean
receive (SatSyncJob *job, GError **error)
{
  return sat_step_seal (job, error) && sat_step_fetch (job, error) && take_in (job, error);
}

/* What was applied is made searchable also when sending failed. */
static gboolean
tidy_up (SatSyncJob *job, GError **error)
{
  return sat_step_index (job, error) && sat_step_signers (job, error) &&
         sat_packs_consolidate (job->inbox, SAT_PACKS_MAX, error) &&
         sat_packs_consolidate (job->outbox, SAT_PACKS_MAX, error);
}

/* Whoever is revoked still receives; but that nothing is sent any more must be plain. */
static gboolean
tell_revoked (SatSyncJob *job, GError **error)
{
  g_autofree char *books = NULL;

  if (job->revoked == NULL)
    return TRUE;
  books = g_strjoinv (", ", job->revoked);
  return sat_fail (
      error, SAT_ERROR_REFUSED,
      N_ ("this laptop was revoked by an administrator (books: %s); what is changed here does not "
          "reach the others any more. Nothing is lost: “satchel export” writes it to files"),
      books, NULL);
}

/* Nobody else looks after a hub that is a folder. That it cannot be done holds nothing up. */
static gboolean
tidy_hub (SatSyncJob *job, GError **error)
{
  SatTidied tidied;

  if (job->address->kind == SAT_HUB_PATH && sat_tidy_count (job->hub) > SAT_TIDY_PACKS)
    sat_tidy (job->hub, SAT_TIDY_GRACE_S, &tidied, NULL);
  return sat_sync_job_check (job, error);
}

/* A copy, or what was restored from a backup, is a new device. */
static gboolean
tell_not_admitted (SatSyncJob *job, GError **error)
{
  const SatId *device = sat_workspace_device (job->workspace);
  g_autofree char *role = NULL;
  char id[SAT_ID_TEXT_SIZE];

  if (!sat_workspace_is_closed (job->workspace, NULL))
    return TRUE;
  role = sat_workspace_admitted_as (job->workspace, device);
  return role != NULL ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("this laptop is a copy or was restored, and is not let in yet: what is "
                       "changed here reaches the others when an administrator runs “satchel hub "
                       "admit %s”; nothing is lost"),
                   sat_id_format (device, id), NULL);
}

/* The hub has all that was to be sent. */
static gboolean
look_after (SatSyncJob *job, GError **error)
{
  return sat_checkpoint_make_due (job, error) && sat_epoch_drop_due (job, error) &&
         sat_epoch_forget (job, error) && sat_epoch_begin_due (job, error) && tidy_hub (job, error);
}

/* What comes first of all may say where a book is, be it change-sets or a checkpoint. */
static gboolean
receive_at_home (SatSyncJob *job, GError **error)
{
  return sat_workspace_report (job->workspace, error) &&
         sat_workspace_publish_marks (job->workspace, error) && receive (job, error) &&
         sat_sync_job_reload_books (job, error);
}

gboolean
sat_steps_home (SatSyncJob *job, GError **error)
{
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (job->workspace));

  if (!receive_at_home (job, error))
    return FALSE;
  if (!sat_step_push (job, error) || !sat_step_release (job, error))
    {
      tidy_up (job, NULL);
      return FALSE;
    }
  return tidy_up (job, error) && sat_workspace_note_synced (job->workspace, now_ms, error) &&
         tell_revoked (job, error) && tell_not_admitted (job, error) && look_after (job, error);
}

/* The repository of a book. One that lost all it had, or is new, gets it from here. */
static gboolean
exchange_apart (SatSyncJob *job, gpointer data, GError **error)
{
  gboolean blank;

  (void) data;
  if (!sat_apart_prepare (job, error) || !receive (job, error))
    return FALSE;
  blank = g_hash_table_size (job->hub_tips) == 0;
  if ((blank && !sat_refill (job, error)) || !sat_step_push (job, error))
    {
      tidy_up (job, NULL);
      return FALSE;
    }
  if (!tidy_up (job, error) || !tell_revoked (job, error))
    return FALSE;
  if (!blank)
    return look_after (job, error);
  return sat_hub_look (job, error) && sat_checkpoint_make_lost (job, NULL, error);
}

/* What was written meanwhile for the books that are here. */
static gboolean
send_rest (SatSyncJob *job, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) sealed = NULL;

  (void) data;
  if (!sat_workspace_seal (job->workspace, error))
    return FALSE;
  sealed = sat_outbox_sealed (job, error);
  return sealed != NULL &&
         (sealed->len == 0 || (sat_step_fetch (job, error) && sat_step_push (job, error)));
}

gboolean
sat_steps_apart (SatSyncJob *job, GError **error)
{
  gboolean ok;

  if (!job->is_scattered)
    return TRUE;
  ok = sat_apart_each (job, exchange_apart, NULL, error);
  if (!sat_step_forward (job, ok ? error : NULL) || !sat_step_index (job, ok ? error : NULL) ||
      !send_rest (job, NULL, ok ? error : NULL) ||
      !sat_apart_each (job, send_rest, NULL, ok ? error : NULL))
    return FALSE;
  return ok && sat_step_release (job, error);
}

static gboolean
exchange (SatSyncJob *job, GError **error)
{
  if (job->peer == SAT_PEER_HUB)
    return sat_steps_home (job, error) && sat_steps_apart (job, error);
  if (!receive (job, error))
    return FALSE;
  if (sat_step_push (job, error))
    return tidy_up (job, error);
  tidy_up (job, NULL);
  return FALSE;
}

gboolean
sat_steps_take_in (SatSyncJob *job, GError **error)
{
  gboolean done = take_in (job, error) && tidy_up (job, error);

  count_waiting (job);
  return done;
}

gboolean
sat_steps_all (SatSyncJob *job, GError **error)
{
  gboolean done = exchange (job, error);

  count_waiting (job);
  return done;
}
