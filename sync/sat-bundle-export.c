/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a bundle (sat-bundle-text.h). The file is written under another name and put in its place
 * when it is complete and on disk. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/sat-crash.h"
#include "core/base/sat-locks.h"
#include "core/workspace/sat-exchange-known.h"
#include "sync/sat-bundle-text.h"
#include "sync/sat-bundle.h"
#include "sync/sat-checkpoint-make.h"
#include "sync/sat-gaps.h"
#include "sync/sat-packs.h"
#include "sync/sat-steps.h"

typedef struct
{
  SatSyncJob *job;
  const SatId *to; /* NULL: anybody */
  char **to_books; /* which it holds; NULL: not known */
  gint64 since_s;  /* 0: all */
  SatBundleHead head;
  GPtrArray *tips, *hide; /* git_oid */
  SatBundleResult result;
} Export;

static void
export_clear (Export *export)
{
  g_strfreev (export->to_books);
  sat_bundle_head_clear (&export->head);
  g_clear_pointer (&export->tips, g_ptr_array_unref);
  g_clear_pointer (&export->hide, g_ptr_array_unref);
}

/* ---- what the other side lacks ---- */

static void
raise_known (GArray *known, const SatId *device, guint64 number)
{
  SatVectorEntry fresh = { .device = *device, .number = number };

  for (guint i = 0; i < known->len; i++)
    {
      SatVectorEntry *entry = &g_array_index (known, SatVectorEntry, i);

      if (sat_id_equal (&entry->device, device))
        {
          entry->number = MAX (entry->number, number);
          return;
        }
    }
  if (number > 0)
    g_array_append_val (known, fresh);
}

/* The last number of a branch, which ends at TIP with LAST, that was sealed before the time. */
static gboolean
number_before (Export *export, const git_oid *tip, guint64 last, guint64 *out, GError **error)
{
  git_repository *repo = export->job->inbox;
  git_oid id = *tip;

  *out = last;
  while (*out > 0)
    {
      git_commit *commit = NULL;
      gboolean before;
      gboolean more = FALSE;
      int code = git_commit_lookup (&commit, repo, &id);

      if (code < 0)
        return sat_git_fail (error, code, N_ ("cannot read the local repository “%s”: %s"),
                             git_repository_path (repo));
      before = git_commit_time (commit) < export->since_s;
      if (!before && git_commit_parentcount (commit) > 0)
        {
          id = *git_commit_parent_id (commit, 0);
          more = TRUE;
        }
      git_commit_free (commit);
      if (before)
        return TRUE;
      (*out)--;
      if (!more)
        return TRUE;
    }
  return sat_sync_job_check (export->job, error);
}

static gboolean
tip_number (Export *export, const char *ref, const git_oid *tip, guint64 *number, GError **error)
{
  SatSyncJob *job = export->job;

  return sat_places_number (job->places, job->inbox, ref, tip, sat_sync_job_check, job, number,
                            error);
}

/* The branches of BOOK in inbox: ref -> tip, as in job->tips. */
static GHashTable *
branches_of (SatSyncJob *job, const char *book)
{
  GHashTable *out = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer ref, tip;

  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      SatBranch branch;

      if (sat_branch_parse (ref, &branch) && strcmp (branch.book, book) == 0)
        g_hash_table_insert (out, ref, tip);
    }
  return out;
}

/* What the other side has of BOOK: SatVectorEntry. */
static GArray *
find_known (Export *export, const char *book, GHashTable *branches, GError **error)
{
  g_autoptr (GArray) known = export->to ? sat_workspace_heard (export->job->workspace, book,
                                                               export->to, error)
                                        : g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));
  GHashTableIter iter;
  gpointer ref, tip;

  if (known == NULL || export->since_s == 0)
    return g_steal_pointer (&known);
  g_hash_table_iter_init (&iter, branches);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    {
      SatBranch branch;
      guint64 last, before;

      if (!sat_branch_parse (ref, &branch) || !tip_number (export, ref, tip, &last, error) ||
          !number_before (export, tip, last, &before, error))
        return NULL;
      raise_known (known, &branch.device, before);
    }
  return g_steal_pointer (&known);
}

/* ---- what goes in ---- */

static void
add_ref (Export *export, const char *ref, const git_oid *tip)
{
  char hex[GIT_OID_HEXSZ + 1];

  git_oid_tostr (hex, sizeof hex, tip);
  sat_bundle_head_add (export->head.refs, hex, ref);
  g_ptr_array_add (export->tips, sat_oid_dup (tip));
}

static void
add_wanted (Export *export, const char *book, guint64 number, const git_oid *id)
{
  g_autofree char *comment = g_strdup_printf ("change-set %" G_GUINT64_FORMAT " of %s", number,
                                              book);
  char hex[GIT_OID_HEXSZ + 1];

  git_oid_tostr (hex, sizeof hex, id);
  sat_bundle_head_add (export->head.wanted, hex, comment);
  g_ptr_array_add (export->hide, sat_oid_dup (id));
}

/* Of branch REF what comes after number KNOWN. */
static gboolean
add_branch (
    Export *export, const char *ref, const git_oid *tip, const GArray *known, GError **error)
{
  SatSyncJob *job = export->job;
  g_auto (SatWalk) walk = { 0 };
  SatBranch branch;
  guint64 last, from, lacking;

  if (!sat_branch_parse (ref, &branch) || !tip_number (export, ref, tip, &last, error))
    return FALSE;
  from = sat_vector_number (known, &branch.device);
  if (last <= from)
    return TRUE;
  lacking = last - from;
  if (!sat_branch_walk (job->inbox, tip, NULL, lacking + 1, sat_sync_job_check, job, &walk, error))
    return FALSE;
  if (walk.ids->len > lacking)
    add_wanted (export, branch.book, from, &g_array_index (walk.ids, git_oid, lacking));
  export->result.change_sets += MIN (lacking, walk.ids->len);
  add_ref (export, ref, tip);
  return TRUE;
}

static gboolean
add_checkpoint (Export *export, const char *book, GError **error)
{
  SatSyncJob *job = export->job;
  g_autofree char *ref = NULL;
  g_autofree char *path = NULL;
  g_autofree char *objects = NULL;
  g_autoptr (git_odb) odb = NULL;
  git_oid id;
  int code;

  if (!sat_checkpoint_make_here (job, book, &ref, &id, &path, error))
    return FALSE;
  objects = g_build_filename (path, "objects", NULL);
  code = git_repository_odb (&odb, job->inbox);
  if (code == 0)
    code = git_odb_add_disk_alternate (odb, objects);
  if (code < 0)
    return sat_git_fail (error, code, N_ ("cannot open the local repository “%s”: %s"), path);
  export->result.checkpoints++;
  add_ref (export, ref, &id);
  return TRUE;
}

static gboolean
add_book (Export *export, const char *book, GError **error)
{
  g_autoptr (GHashTable) branches = branches_of (export->job, book);
  g_autoptr (GArray) known = find_known (export, book, branches, error);
  g_autoptr (GList) refs = g_list_sort (g_hash_table_get_keys (branches), (GCompareFunc) strcmp);
  gboolean gaps;

  if (known == NULL)
    return FALSE;
  for (GList *l = refs; l; l = l->next)
    if (!add_branch (export, l->data, g_hash_table_lookup (branches, l->data), known, error))
      return FALSE;
  return sat_gaps_in (export->job, book, branches, known, &gaps, error) &&
         (!gaps || add_checkpoint (export, book, error));
}

/* ---- the file ---- */

/* Is nothing at FILE, or an older bundle? */
static gboolean
may_replace (const char *file, GError **error)
{
  g_autoptr (GMappedFile) map = NULL;
  g_auto (SatBundleHead) head = { 0 };

  if (!g_file_test (file, G_FILE_TEST_EXISTS))
    return TRUE;
  map = g_mapped_file_new (file, FALSE, NULL);
  return (map != NULL && g_mapped_file_get_length (map) > 0 &&
          sat_bundle_head_parse (g_mapped_file_get_contents (map), g_mapped_file_get_length (map),
                                 &head, NULL)) ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is there already and is something else; choose another name"), file,
                   NULL);
}

typedef struct
{
  SatSyncJob *job;
  int fd;
  guint64 written;
  int problem; /* errno */
} Sink;

static int
sink_write (void *data, size_t size, void *payload)
{
  Sink *sink = payload;
  const char *at = data;

  if (!sat_sync_job_check (sink->job, NULL))
    return GIT_EUSER;
  while (size > 0)
    {
      ssize_t n = write (sink->fd, at, size);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          sink->problem = errno;
          return GIT_EUSER;
        }
      at += n;
      size -= (size_t) n;
      sink->written += (guint64) n;
    }
  sat_sync_job_progress (sink->job, sink->written, 0);
  return 0;
}

static gboolean
fail_write (const char *file, int problem, GError **error)
{
  return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot write “%s”: %s"), file,
                   g_strerror (problem), NULL);
}

static gboolean
write_all (Export *export, const char *file, Sink *sink, GError **error)
{
  g_autofree char *head = sat_bundle_head_build (&export->head);
  g_autoptr (GError) local = NULL;

  if (sink_write (head, strlen (head), sink) == 0 &&
      sat_packs_stream (export->job->inbox, export->tips, export->hide, sink_write, sink, &local) &&
      fsync (sink->fd) == 0)
    return TRUE;
  if (!sat_sync_job_check (export->job, error))
    return FALSE;
  if (sink->problem != 0 || local == NULL)
    return fail_write (file, sink->problem ? sink->problem : errno, error);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
write_file (Export *export, const char *file, GError **error)
{
  g_autofree char *part = g_strconcat (file, ".part", NULL);
  Sink sink = { .job = export->job,
                .fd = g_open (part, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0600) };
  gboolean ok;

  if (sink.fd < 0)
    return fail_write (file, errno, error);
  ok = write_all (export, file, &sink, error);
  close (sink.fd);
  sat_durable_step ("bundle written");
  if (ok && g_rename (part, file) != 0)
    ok = fail_write (file, errno, error);
  if (!ok)
    g_unlink (part);
  sat_durable_step ("bundle in place");
  export->result.bytes = sink.written;
  export->result.written = ok;
  return ok;
}

/* ---- all of it ---- */

static gboolean
is_meant (const Export *export, const char *book)
{
  return export->to_books == NULL || strcmp (book, SAT_BOOK_KEY_COMPANY) == 0 ||
         strcmp (book, SAT_BOOK_KEY_ENROLMENT) == 0 ||
         g_strv_contains ((const char *const *) export->to_books, book);
}

static gboolean
run (Export *export, const char *file, GError **error)
{
  SatSyncJob *job = export->job;
  g_autofree char *space = sat_workspace_space (job->workspace);

  if (space == NULL || !sat_id_parse (space, &export->head.workspace))
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("nothing of the workspace is here yet"), NULL);
  export->head.device = *job->device;
  if (!may_replace (file, error) || !sat_step_commit (job, error))
    return FALSE;
  for (guint i = 0; job->books[i] != NULL; i++)
    if (is_meant (export, job->books[i]) && !add_book (export, job->books[i], error))
      return FALSE;
  return export->head.refs->len == 0 || write_file (export, file, error);
}

gboolean
sat_sync_bundle_export (SatWorkspace *workspace,
                        const char *file,
                        const SatId *device,
                        gint64 since_ms,
                        const SatSyncOptions *options,
                        SatBundleResult *result,
                        GError **error)
{
  g_autofree char *inbox = g_build_filename (sat_workspace_home (workspace), "git", "inbox.git",
                                             NULL);
  g_autoptr (SatSyncJob) job = sat_locks_check (SAT_LOCK_COPIES, error)
                                   ? sat_sync_job_new (workspace, SAT_PEER_FILE, inbox, options,
                                                       error)
                                   : NULL;
  Export export = { .job = job, .to = device, .since_s = since_ms / 1000 };
  gboolean ok;

  *result = (SatBundleResult){ 0 };
  if (job == NULL)
    return FALSE;
  export.to_books = device ? sat_workspace_books_of (workspace, device) : NULL;
  export.tips = g_ptr_array_new_with_free_func (g_free);
  export.hide = g_ptr_array_new_with_free_func (g_free);
  sat_bundle_head_init (&export.head);
  ok = run (&export, file, error);
  *result = export.result;
  export_clear (&export);
  return ok;
}
