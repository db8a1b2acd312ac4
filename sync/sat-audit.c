/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-audit.h"

#include <string.h>

#include "core/workspace/sat-exchange-known.h"
#include "sync/sat-commit.h"
#include "sync/sat-gaps.h"
#include "sync/sat-packs.h"
#include "sync/sat-source.h"
#include "sync/sat-steps.h"

typedef struct
{
  SatSyncJob *job;
  SatWorkspace *workspace;
  gboolean repair;
  GPtrArray *digests; /* SatDigest: of this replica, at one moment */
  GPtrArray *checks;
  GPtrArray *sound; /* Sound: of each branch what can be read */
} Audit;

typedef struct
{
  char *ref;
  git_oid tip;
  guint64 last; /* its number */
} Sound;

static void
sound_free (gpointer data)
{
  g_free (((Sound *) data)->ref);
  g_free (data);
}

static void
add (Audit *audit, const char *name, gboolean ok, const char *msgid, const char *const *args)
{
  SatCheck *check = g_new0 (SatCheck, 1);

  check->name = name;
  check->ok = ok;
  check->detail_msgid = g_strdup (msgid);
  check->detail_args = g_strdupv ((char **) args);
  g_ptr_array_add (audit->checks, check);
}

static char *
number_text (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

/* ---- commits ---- */

/* A branch cannot be read beyond number LAST. */
static void
note_broken (Audit *audit, const SatBranch *branch, guint64 last)
{
  char device[SAT_ID_TEXT_SIZE];
  g_autofree char *number = number_text (last + 1);
  const char *args[] = { number, sat_id_format (&branch->device, device), branch->book, NULL };

  add (
      audit, "commits", FALSE,
      audit->repair
          ? N_ ("change-set %s of device %s in book “%s” was damaged in the local history and is "
                "removed; the next sync fetches it again")
          : N_ ("change-set %s of device %s in book “%s” is damaged in the local history; “satchel "
                "doctor --repair” removes it and the next sync fetches it again"),
      args);
}

static void
note_sound (Audit *audit, const char *ref, const git_oid *tip, guint64 last)
{
  Sound *sound = g_new0 (Sound, 1);

  sound->ref = g_strdup (ref);
  sound->tip = *tip;
  sound->last = last;
  g_ptr_array_add (audit->sound, sound);
}

/* Reads branch REF from its beginning. *N counts the sound ones. *WHOLE: all of them are. */
static gboolean
check_branch (
    Audit *audit, const char *ref, const git_oid *tip, guint64 *n, gboolean *whole, GError **error)
{
  SatSyncJob *job = audit->job;
  const git_oid *before = NULL;
  g_auto (SatWalk) walk = { 0 };
  SatBranch branch;
  guint64 number;

  *whole = TRUE;
  if (!sat_branch_parse (ref, &branch) || !sat_sync_job_holds (job, branch.book))
    return TRUE;
  if (!sat_branch_walk (job->inbox, tip, NULL, 0, sat_sync_job_check, job, &walk, NULL) ||
      !walk.at_end)
    {
      *whole = FALSE;
      if (!sat_sync_job_check (job, error))
        return FALSE;
      note_broken (audit, &branch, 0);
      return TRUE;
    }
  number = sat_branch_first_number (job->inbox, ref,
                                    &g_array_index (walk.ids, git_oid, walk.ids->len - 1));
  for (guint i = walk.ids->len; i > 0; i--, number++)
    {
      const git_oid *id = &g_array_index (walk.ids, git_oid, i - 1);
      g_autoptr (GBytes) text = NULL;

      if (!sat_sync_job_check (job, error))
        return FALSE;
      text = sat_commit_read (job->inbox, id, &branch, number, before, NULL);
      if (text == NULL)
        {
          *whole = FALSE;
          note_broken (audit, &branch, number - 1);
          break;
        }
      before = id;
      (*n)++;
    }
  if (before)
    note_sound (audit, ref, before, number - 1);
  return TRUE;
}

/* A new inbox gets what is sound of the old one, which is put aside. What cannot be copied the next
 * sync fetches. */
static gboolean
rescue (Audit *audit, GError **error)
{
  SatSyncJob *job = audit->job;
  g_autofree char *path = g_build_filename (sat_workspace_home (audit->workspace), "git",
                                            "inbox-damaged.git", NULL);
  git_repository *old = NULL;

  job->damaged = TRUE;
  job->peer = SAT_PEER_OTHER;
  if (!sat_sync_job_renew_inbox (job, error))
    return FALSE;
  job->peer = SAT_PEER_FILE;
  if (git_repository_open_bare (&old, path) < 0)
    return TRUE;
  for (guint i = 0; i < audit->sound->len; i++)
    {
      const Sound *one = audit->sound->pdata[i];

      if (sat_packs_copy (old, job->inbox, &one->tip, NULL, NULL, NULL) &&
          sat_git_set_ref (job->inbox, one->ref, &one->tip, NULL))
        sat_places_note (job->places, one->ref, &one->tip, one->last);
    }
  git_repository_free (old);
  return TRUE;
}

/* What reads well may still not be what was written. */
static gboolean
check_packs (Audit *audit)
{
  g_autofree char *name = sat_packs_find_damaged (audit->job->inbox);
  const char *args[] = { name, NULL };

  if (name == NULL)
    return TRUE;
  add (audit, "commits", FALSE,
       audit->repair ? N_ ("the file “%s” of the local history was damaged and is made anew")
                     : N_ ("the file “%s” of the local history is damaged; “satchel doctor "
                           "--repair” makes it anew"),
       args);
  return FALSE;
}

static gboolean
check_commits (Audit *audit, gboolean *whole, GError **error)
{
  g_autoptr (GList) refs = g_list_sort (g_hash_table_get_keys (audit->job->tips),
                                        (GCompareFunc) strcmp);
  g_autofree char *total = NULL;
  const char *args[] = { NULL, NULL };
  guint64 n = 0;

  *whole = TRUE;
  for (GList *l = refs; l; l = l->next)
    {
      g_autofree char *ref = g_strdup (l->data);
      git_oid tip = *(const git_oid *) g_hash_table_lookup (audit->job->tips, ref);
      gboolean one;

      if (!check_branch (audit, ref, &tip, &n, &one, error))
        return FALSE;
      *whole = *whole && one;
    }
  *whole = check_packs (audit) && *whole;
  if (!*whole)
    return !audit->repair || rescue (audit, error);
  total = number_text (n);
  args[0] = total;
  add (audit, "commits", TRUE, N_ ("%s change-sets with good signatures"), args);
  return TRUE;
}

/* ---- replay ---- */

typedef struct
{
  Audit *audit;
  SatSource *source;
} Replay;

static const SatDigest *
digest_of (GPtrArray *digests, const char *book)
{
  for (guint i = 0; i < digests->len; i++)
    if (g_str_equal (((const SatDigest *) digests->pdata[i])->book, book))
      return digests->pdata[i];
  return NULL;
}

/* Only what is applied in the replica, too. */
static GBytes *
replay_text (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  Replay *replay = data;
  const SatDigest *digest = digest_of (replay->audit->digests, book);

  if (digest == NULL || number > sat_vector_number (digest->vector, device))
    return NULL;
  return sat_source_text (book, device, number, replay->source, error);
}

static gboolean
apply_all (Audit *audit, SatWorkspace *scratch, GError **error)
{
  g_autoptr (SatSource) source = sat_source_new (audit->job, error);
  Replay replay = { audit, source };
  g_autoptr (SatInbox) inbox = sat_inbox_new (scratch, replay_text, &replay);
  SatInboxProgress progress = { 0 };
  guint64 total = 0;

  if (source == NULL)
    return FALSE;
  if (!sat_source_offer (source, inbox, NULL, &total))
    return TRUE;
  while (!progress.done)
    {
      if (!sat_sync_job_check (audit->job, error) || !sat_inbox_step (inbox, 50, &progress, error))
        return FALSE;
      sat_sync_job_progress (audit->job, progress.change_sets, total);
    }
  return TRUE;
}

static gboolean
same_vectors (const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (SatVectorEntry)) == 0);
}

typedef struct
{
  GHashTable *lines; /* of the replay, taken out one by one */
  char *first;       /* record that differs: "OBJECT ID" */
  guint64 n;
} Difference;

static void
collect_line (const char *text, gpointer data)
{
  g_hash_table_add (((Difference *) data)->lines, g_strdup (text));
}

static char *
record_of (const char *line)
{
  const char *space = strchr (line, ' ');
  const char *end = space ? strchr (space + 1, ' ') : NULL;

  return g_strndup (line, end ? (gsize) (end - line) : strlen (line));
}

static void
compare_line (const char *text, gpointer data)
{
  Difference *difference = data;

  if (g_hash_table_remove (difference->lines, text))
    return;
  if (difference->first == NULL)
    difference->first = record_of (text);
  difference->n++;
}

/* Names the first record of BOOK that is not what the change-sets make of it. */
static gboolean
note_difference (Audit *audit, SatWorkspace *scratch, const char *book, GError **error)
{
  Difference difference = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  gboolean ok = sat_workspace_canonical (scratch, book, collect_line, &difference, error) &&
                sat_workspace_canonical (audit->workspace, book, compare_line, &difference, error);

  if (ok)
    {
      GHashTableIter iter;
      gpointer line;

      g_hash_table_iter_init (&iter, difference.lines);
      if (difference.first == NULL && g_hash_table_iter_next (&iter, &line, NULL))
        difference.first = record_of (line);
      difference.n = MAX (difference.n, g_hash_table_size (difference.lines));
      g_autofree char *n = number_text (difference.n);
      const char *args[] = { n, book, difference.first ? difference.first : "?", NULL };

      add (
          audit, "replay", FALSE,
          N_ ("%s values in book “%s” are not what the change-sets make of them, the first in "
              "“%s”; "
              "sync what waits, then join again in a new folder, and keep this one until you have"),
          args);
    }
  g_hash_table_unref (difference.lines);
  g_free (difference.first);
  return ok;
}

static gboolean
compare_book (
    Audit *audit, SatWorkspace *scratch, GPtrArray *made, const char *book, GError **error)
{
  const SatDigest *here = digest_of (audit->digests, book);
  const SatDigest *there = digest_of (made, book);
  const char *args[] = { book, NULL };

  if (here == NULL || there == NULL)
    return TRUE;
  if (!same_vectors (here->vector, there->vector))
    add (audit, "replay", FALSE,
         N_ ("the change-sets of book “%s” in the local history do not lead to what is here; sync "
             "and look again"),
         args);
  else if (!g_str_equal (here->digest, there->digest))
    return note_difference (audit, scratch, book, error);
  return TRUE;
}

/* The books whose change-sets are all here; the others are named. */
static char **
find_books (Audit *audit, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < audit->digests->len; i++)
    {
      const char *book = ((const SatDigest *) audit->digests->pdata[i])->book;
      const char *args[] = { book, NULL };
      gboolean gaps;

      if (!sat_gaps_in (audit->job, book, audit->job->tips, NULL, &gaps, error))
        return NULL;
      if (!gaps)
        g_ptr_array_add (out, g_strdup (book));
      else
        add (audit, "replay", TRUE,
             N_ ("book “%s” is not replayed: not all of its change-sets are here, as after a "
                 "checkpoint or before a sync"),
             args);
    }
  g_ptr_array_add (out, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&out), FALSE);
}

static gboolean
compare_all (Audit *audit, SatWorkspace *scratch, char **books, GError **error)
{
  g_autoptr (GPtrArray) made = sat_workspace_digest (scratch, error);
  guint before = audit->checks->len;
  g_autofree char *n = number_text (g_strv_length (books));
  const char *args[] = { n, NULL };

  if (made == NULL)
    return FALSE;
  for (guint i = 0; books[i] != NULL; i++)
    if (!compare_book (audit, scratch, made, books[i], error))
      return FALSE;
  if (audit->checks->len == before && books[0] != NULL)
    add (audit, "replay", TRUE, N_ ("%s books are what their change-sets make of them"), args);
  return TRUE;
}

/* The job serves the empty replica meanwhile, for which this device is one like any other. */
static gboolean
replay_in (Audit *audit, const char *home, char **books, GError **error)
{
  SatSyncJob *job = audit->job;
  const SatId *device = job->device;
  SatWorkspace *scratch = sat_workspace_create_scratch (audit->workspace, home,
                                                        (const char *const *) books, error);
  gboolean ok;

  if (scratch == NULL)
    return FALSE;
  job->workspace = scratch;
  job->device = sat_workspace_device (scratch);
  ok = sat_sync_job_reload_books (job, error) && apply_all (audit, scratch, error) &&
       compare_all (audit, scratch, books, error);
  job->workspace = audit->workspace;
  job->device = device;
  sat_workspace_close (scratch);
  return ok && sat_sync_job_reload_books (job, error);
}

static gboolean
check_replay (Audit *audit, GError **error)
{
  g_autofree char *home = g_build_filename (sat_workspace_home (audit->workspace), "replay", NULL);
  g_auto (GStrv) books = find_books (audit, error);
  gboolean ok;

  if (books == NULL)
    return FALSE;
  sat_sync_job_phase (audit->job, SAT_PHASE_APPLY);
  sat_remove_tree (home);
  ok = replay_in (audit, home, books, error);
  sat_remove_tree (home);
  return ok;
}

/* ---- all of it ---- */

static gboolean
run (Audit *audit, GError **error)
{
  gboolean whole;

  if (!sat_step_commit (audit->job, error))
    return FALSE;
  audit->digests = sat_workspace_digest (audit->workspace, error);
  if (audit->digests == NULL || !check_commits (audit, &whole, error))
    return FALSE;
  if (whole)
    return check_replay (audit, error);
  add (audit, "replay", FALSE, N_ ("not done: the local history is damaged; sync and look again"),
       NULL);
  return TRUE;
}

gboolean
sat_sync_audit (SatWorkspace *workspace,
                gboolean repair,
                const SatSyncOptions *options,
                GPtrArray *checks,
                GError **error)
{
  g_autofree char *inbox = g_build_filename (sat_workspace_home (workspace), "git", "inbox.git",
                                             NULL);
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatSyncJob) job = sat_sync_job_new (workspace, inbox, options, &problem);
  Audit audit = { .job = job, .workspace = workspace, .repair = repair, .checks = checks };
  gboolean ok = TRUE;

  if (job != NULL)
    {
      job->peer = SAT_PEER_FILE;
      audit.sound = g_ptr_array_new_with_free_func (sound_free);
      ok = run (&audit, &problem);
    }
  g_clear_pointer (&audit.digests, g_ptr_array_unref);
  g_clear_pointer (&audit.sound, g_ptr_array_unref);
  if (job != NULL && ok)
    return TRUE;
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
  /* What stands in the way of looking is itself worth saying: no key, half a change-set. */
  add (&audit, "replay", g_error_matches (problem, SAT_ERROR, SAT_ERROR_BUSY),
       sat_error_msgid (problem), sat_error_args (problem));
  return TRUE;
}
