/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-sync-job.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/workspace/sat-workspace-books.h"
#include "sync/sat-checkpoint-ref.h"
#include "sync/sat-hub.h"
#include "sync/sat-sync-lock.h"

#define PROGRESS_US (G_USEC_PER_SEC / 20)
#define SLICE_MS 12
#define LONG_SLICE_MS 500
#define PAUSE_US 2000

const char *
sat_phase_name (SatPhase phase)
{
  static const char *const names[] = {
    [SAT_PHASE_SEAL] = "seal",   [SAT_PHASE_FETCH] = "fetch", [SAT_PHASE_APPLY] = "apply",
    [SAT_PHASE_MERGE] = "merge", [SAT_PHASE_PUSH] = "push",   [SAT_PHASE_INDEX] = "index",
  };

  g_return_val_if_fail ((gsize) phase < G_N_ELEMENTS (names), "");
  return names[phase];
}

git_oid *
sat_oid_dup (const git_oid *id)
{
  git_oid *copy = g_new (git_oid, 1);

  *copy = *id;
  return copy;
}

static GHashTable *
oid_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* The tips of the branches in inbox: read once a run, kept current by the fetch. Places are written
 * after the refs, so they may be behind them, which only makes the next fetch look again. */
static gboolean
load_tips (SatSyncJob *job, GError **error)
{
  g_autoptr (GPtrArray) refs = NULL;

  if (sat_places_are_whole (job->places))
    {
      sat_places_fill (job->places, job->tips);
      return TRUE;
    }
  refs = sat_git_list_refs (job->inbox, "refs/heads/*", error);
  if (refs == NULL)
    return FALSE;
  for (guint i = 0; i < refs->len; i++)
    {
      const char *ref = g_ptr_array_index (refs, i);
      SatBranch branch;
      git_oid tip;

      if (sat_branch_parse (ref, &branch) && sat_git_ref (job->inbox, ref, &tip))
        g_hash_table_insert (job->tips, g_strdup (ref), sat_oid_dup (&tip));
    }
  return TRUE;
}

static char *
git_path (const SatSyncJob *job, const char *name)
{
  return g_build_filename (sat_workspace_home (job->workspace), "git", name, NULL);
}

static gboolean
open_inbox (SatSyncJob *job, GError **error)
{
  g_autofree char *path = git_path (job, "inbox.git");

  g_autofree char *places = g_build_filename (path, "places", NULL);

  g_clear_pointer (&job->places, sat_places_free);
  job->places = sat_places_load (places);
  /* Hundreds of branches are checked only when there is a cause. */
  job->inbox = sat_git_open_cache (path, !sat_places_are_whole (job->places), error);
  return job->inbox && load_tips (job, error);
}

/* What is kept of a book that has left goes too; the rest is fetched again. */
static void
forget_stale (SatSyncJob *job)
{
  static const char *const names[] = { "inbox.git",       "inbox-damaged.git", "outbox.git",
                                       "checkpoints.git", "joining.git",       "replaying.git" };

  if (!sat_workspace_cache_is_stale (job->workspace))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = git_path (job, names[i]);
      sat_remove_tree (path);
    }
  sat_workspace_note_cache_fresh (job->workspace, NULL);
}

static gboolean
open_repositories (SatSyncJob *job, GError **error)
{
  g_autofree char *git = git_path (job, NULL);
  g_autofree char *outbox = git_path (job, "outbox.git");

  forget_stale (job);
  g_mkdir_with_parents (git, 0700);
  job->outbox = sat_git_open_cache (outbox, TRUE, error);
  return job->outbox && open_inbox (job, error);
}

gboolean
sat_sync_job_renew_inbox (SatSyncJob *job, GError **error)
{
  g_autofree char *path = git_path (job, "inbox.git");
  g_autofree char *aside = git_path (job, "inbox-damaged.git");

  /* A file cannot be fetched from again. */
  if (!job->damaged || job->renewed || job->peer == SAT_PEER_FILE)
    return FALSE;
  job->renewed = TRUE;
  g_clear_pointer (&job->remote, git_remote_free);
  g_clear_pointer (&job->view, git_repository_free);
  g_clear_pointer (&job->inbox, git_repository_free);
  g_hash_table_remove_all (job->tips);
  sat_remove_tree (aside);
  if (g_rename (path, aside) != 0)
    sat_remove_tree (path);
  return open_inbox (job, error);
}

static void
leave (SatSyncJob *job)
{
  g_clear_pointer (&job->remote, git_remote_free);
  g_clear_pointer (&job->view, git_repository_free);
  g_clear_pointer (&job->watchdog, sat_watchdog_free);
  g_clear_pointer (&job->hub_tips, g_hash_table_unref);
  g_clear_pointer (&job->hub_checkpoints, g_hash_table_unref);
  g_clear_pointer (&job->hub_covers, g_hash_table_unref);
  g_clear_pointer (&job->covers, g_ptr_array_unref);
  g_hash_table_remove_all (job->refused);
  g_hash_table_remove_all (job->foreign);
  g_hash_table_remove_all (job->push_status);
  g_clear_pointer (&job->revoked, g_strfreev);
  g_string_truncate (job->said, 0);
  if (job->address != job->home)
    sat_hub_address_free (job->address);
  job->address = NULL;
  g_clear_pointer (&job->site, g_free);
}

static void
arrive (SatSyncJob *job, SatHubAddress *address)
{
  job->address = address;
  job->hub = address->text;
  job->login.options = &job->options;
  if (job->options.stalled)
    job->watchdog = sat_watchdog_new (job->hub, &job->options);
}

static gboolean
prepare_hub (SatSyncJob *job, const char *hub, GError **error)
{
  job->home = hub ? sat_hub_address_parse (hub, error) : sat_hub_address_of (job->workspace, error);
  job->login.home = sat_workspace_home (job->workspace);
  if (job->home == NULL)
    return FALSE;
  sat_hub_login_go (&job->login, job->home, NULL, NULL);
  arrive (job, job->home);
  return TRUE;
}

/* For the questions there: a book is what a person knows. */
static void
introduce (SatSyncJob *job)
{
  const char *book = job->site ? job->books[0] : NULL;
  g_autofree char *name = book ? sat_workspace_book_name (job->workspace, book) : NULL;

  sat_hub_login_go (&job->login, job->address, book, name);
}

gboolean
sat_sync_job_visit (SatSyncJob *job, const char *site, GError **error)
{
  SatHubAddress *address = site ? sat_hub_address_beside (job->home, site, error) : job->home;
  g_autofree char *kept = g_strdup (site);

  if (address == NULL)
    return FALSE;
  leave (job);
  job->site = g_steal_pointer (&kept);
  arrive (job, address);
  if (!sat_sync_job_reload_books (job, error))
    return FALSE;
  introduce (job);
  return TRUE;
}

static void
free_problem (gpointer problem)
{
  if (problem != NULL)
    g_error_free (problem);
}

SatSyncJob *
sat_sync_job_new (SatWorkspace *workspace,
                  SatPeer peer,
                  const char *hub,
                  const SatSyncOptions *options,
                  GError **error)
{
  g_autoptr (SatSyncJob) job = g_new0 (SatSyncJob, 1);

  sat_sync_init ();
  if (options)
    job->options = *options;
  job->workspace = workspace;
  job->peer = peer;
  job->device = sat_workspace_device (workspace);
  job->self = *job->device;
  if (job->options.cancellable)
    job->cancellable = g_object_ref (job->options.cancellable);
  if (job->options.deadline_s)
    job->deadline_us = g_get_monotonic_time () + (gint64) job->options.deadline_s * G_USEC_PER_SEC;
  job->tips = oid_table ();
  job->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_problem);
  job->failed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  job->parts = oid_table ();
  job->foreign = oid_table ();
  job->said = g_string_new (NULL);
  job->push_status = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  job->lock_fd = -1;
  if (!sat_workspace_check_key (workspace, error))
    return NULL;
  job->lock_fd = sat_sync_lock (sat_workspace_home (workspace), error);
  if (job->lock_fd < 0)
    return NULL;
  if (!prepare_hub (job, hub, error) || !open_repositories (job, error) ||
      !sat_sync_job_reload_books (job, error))
    return NULL;
  return g_steal_pointer (&job);
}

void
sat_sync_job_free (SatSyncJob *job)
{
  if (job == NULL)
    return;
  if (job->places)
    sat_places_save (job->places);
  g_clear_pointer (&job->places, sat_places_free);
  leave (job);
  sat_hub_login_clear (&job->login);
  g_clear_pointer (&job->inbox, git_repository_free);
  g_clear_pointer (&job->outbox, git_repository_free);
  if (job->lock_fd >= 0)
    forget_stale (job);
  g_clear_pointer (&job->tips, g_hash_table_unref);
  g_clear_pointer (&job->refused, g_hash_table_unref);
  g_clear_pointer (&job->parts, g_hash_table_unref);
  g_clear_pointer (&job->foreign, g_hash_table_unref);
  g_string_free (job->said, TRUE);
  g_clear_pointer (&job->push_status, g_hash_table_unref);
  g_clear_pointer (&job->books, g_strfreev);
  g_clear_pointer (&job->apart, g_hash_table_unref);
  g_clear_pointer (&job->failed, g_hash_table_unref);
  g_clear_object (&job->cancellable);
  sat_hub_address_free (job->home);
  if (job->lock_fd >= 0)
    close (job->lock_fd);
  g_free (job);
}

static gboolean
is_stopped (const SatSyncJob *job)
{
  return g_cancellable_is_cancelled (job->cancellable) ||
         (job->deadline_us && g_get_monotonic_time () >= job->deadline_us);
}

gboolean
sat_sync_job_check (gpointer data, GError **error)
{
  SatSyncJob *job = data;

  if (!is_stopped (job))
    return TRUE;
  if (g_cancellable_is_cancelled (job->cancellable))
    return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("the exchange was stopped; nothing is lost"),
                     NULL);
  return sat_fail (error, SAT_ERROR_CANCELLED,
                   N_ ("the exchange took longer than it was allowed to; nothing is lost, the next "
                       "one goes on from here"),
                   NULL);
}

guint
sat_sync_job_slice (const SatSyncJob *job)
{
  return job->is_alone ? LONG_SLICE_MS : SLICE_MS;
}

void
sat_sync_job_pause (const SatSyncJob *job)
{
  if (!job->is_alone)
    g_usleep (PAUSE_US);
}

void
sat_sync_job_phase (SatSyncJob *job, SatPhase phase)
{
  job->phase = phase;
  job->progress_us = g_get_monotonic_time ();
  if (job->options.progress)
    job->options.progress (phase, 0, 0, job->options.progress_data);
}

void
sat_sync_job_progress (SatSyncJob *job, guint64 done, guint64 total)
{
  gint64 now = g_get_monotonic_time ();

  if (job->options.progress == NULL || now - job->progress_us < PROGRESS_US)
    return;
  job->progress_us = now;
  job->options.progress (job->phase, done, total, job->options.progress_data);
}

gboolean
sat_sync_job_is_here (const char *book, gpointer data)
{
  const SatSyncJob *job = data;

  return job->apart == NULL || g_strcmp0 (g_hash_table_lookup (job->apart, book), job->site) == 0;
}

gboolean
sat_sync_job_holds (const SatSyncJob *job, const char *book)
{
  return g_strv_contains ((const char *const *) job->books, book);
}

gboolean
sat_sync_job_wants (const SatSyncJob *job, const char *ref)
{
  SatCheckpointRef cover;
  SatBranch branch;

  if (sat_branch_parse (ref, &branch))
    return sat_sync_job_holds (job, branch.book) ||
           (strcmp (branch.book, SAT_BOOK_KEY_ENROLMENT) == 0 && job->site == NULL);
  return sat_cover_ref_parse (ref, &cover) && sat_sync_job_holds (job, cover.book);
}

gboolean
sat_sync_job_reload_books (SatSyncJob *job, GError **error)
{
  g_auto (GStrv) held = sat_workspace_books (job->workspace, error);
  g_autoptr (GStrvBuilder) here = g_strv_builder_new ();

  if (held == NULL)
    return FALSE;
  g_clear_pointer (&job->apart, g_hash_table_unref);
  if (job->peer == SAT_PEER_HUB)
    {
      job->apart = sat_workspace_repositories (job->workspace, error);
      if (job->apart == NULL)
        return FALSE;
    }
  for (guint i = 0; held[i] != NULL; i++)
    if (sat_sync_job_is_here (held[i], job))
      g_strv_builder_add (here, held[i]);
  g_strfreev (job->books);
  job->books = g_strv_builder_end (here);
  job->is_scattered = g_strv_length (job->books) < g_strv_length (held);
  return TRUE;
}

gboolean
sat_sync_job_is_own (const SatSyncJob *job, const SatBranch *branch)
{
  return sat_id_equal (&branch->device, job->device);
}

/* ---- libgit2's callbacks ---- */

void
sat_sync_job_listen (SatSyncJob *job)
{
  if (job->watchdog && job->address->kind != SAT_HUB_PATH)
    sat_watchdog_listen (job->watchdog);
}

void
sat_sync_job_heard (SatSyncJob *job)
{
  if (job->watchdog)
    sat_watchdog_rest (job->watchdog);
}

/* The hub, or what is done for it, moves. */
static int
go_on (SatSyncJob *job)
{
  if (is_stopped (job))
    return GIT_EUSER;
  sat_sync_job_listen (job);
  return 0;
}

static int
sideband_cb (const char *text, int length, void *data)
{
  SatSyncJob *job = data;

  if (length > 0 && job->said->len + (gsize) length <= SAT_SAID_MAX)
    g_string_append_len (job->said, text, length);
  return go_on (job);
}

static int
transfer_cb (const git_indexer_progress *stats, void *data)
{
  sat_sync_job_progress (data, stats->received_objects, stats->total_objects);
  return go_on (data);
}

static int
pack_cb (int stage, uint32_t current, uint32_t total, void *data)
{
  (void) stage;
  (void) current;
  (void) total;
  return go_on (data);
}

static int
push_transfer_cb (unsigned int current, unsigned int total, size_t bytes, void *data)
{
  SatSyncJob *job = data;

  (void) bytes; /* over a path this is no number of bytes */
  sat_sync_job_progress (job, current, total);
  return go_on (job);
}

static int
push_reference_cb (const char *ref, const char *status, void *data)
{
  SatSyncJob *job = data;

  g_hash_table_replace (job->push_status, g_strdup (ref), g_strdup (status ? status : ""));
  return 0;
}

/* A person may think as long as it takes: the watchdog rests. */
static int
credentials_cb (
    git_credential **out, const char *url, const char *user, unsigned int allowed, void *data)
{
  SatSyncJob *job = data;
  int code;

  (void) url;
  sat_sync_job_heard (job);
  code = sat_hub_login_credential (&job->login, out, user, allowed);
  sat_sync_job_listen (job);
  return code;
}

static int
certificate_cb (git_cert *cert, int valid, const char *host, void *data)
{
  SatSyncJob *job = data;
  int code;

  (void) host;
  sat_sync_job_heard (job);
  code = sat_hub_login_certificate (&job->login, cert, valid != 0);
  sat_sync_job_listen (job);
  return code;
}

void
sat_sync_job_callbacks (SatSyncJob *job, git_remote_callbacks *out)
{
  git_remote_init_callbacks (out, GIT_REMOTE_CALLBACKS_VERSION);
  out->sideband_progress = sideband_cb;
  out->transfer_progress = transfer_cb;
  out->pack_progress = pack_cb;
  out->push_transfer_progress = push_transfer_cb;
  out->push_update_reference = push_reference_cb;
  out->credentials = credentials_cb;
  out->certificate_check = certificate_cb;
  out->payload = job;
}
