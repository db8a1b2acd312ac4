/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change-sets, applied once more to an empty database: does that give what is here? */
#include <string.h>

#include "core/workspace/sat-exchange-known.h"
#include "sync/sat-audit-private.h"
#include "sync/sat-gaps.h"
#include "sync/sat-git.h"
#include "sync/sat-replay-base.h"
#include "sync/sat-source.h"

/* ---- applying, comparing ---- */

typedef struct
{
  SatAudit *audit;
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

/* What there is of BOOK (NULL: of all). */
static gboolean
apply (SatAudit *audit, SatWorkspace *scratch, const char *book, GError **error)
{
  g_autoptr (SatSource) source = sat_source_new (audit->job, error);
  Replay replay = { audit, source };
  g_autoptr (SatInbox) inbox = sat_inbox_new (scratch, replay_text, &replay);
  SatInboxProgress progress = { 0 };
  guint64 total = 0;

  if (source == NULL)
    return FALSE;
  if (!sat_source_offer (source, inbox, book, &total))
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
note_difference (SatAudit *audit, SatWorkspace *scratch, const char *book, GError **error)
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
      g_autofree char *n = sat_audit_number (difference.n);
      const char *args[] = { n, book, difference.first ? difference.first : "?", NULL };

      sat_audit_add (
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
    SatAudit *audit, SatWorkspace *scratch, GPtrArray *made, const char *book, GError **error)
{
  const SatDigest *here = digest_of (audit->digests, book);
  const SatDigest *there = digest_of (made, book);
  const char *args[] = { book, NULL };

  if (here == NULL || there == NULL)
    return TRUE;
  if (!same_vectors (here->vector, there->vector))
    sat_audit_add (
        audit, "replay", FALSE,
        N_ ("the change-sets of book “%s” in the local history do not lead to what is here; sync "
            "and look again"),
        args);
  else if (!g_str_equal (here->digest, there->digest))
    return note_difference (audit, scratch, book, error);
  return TRUE;
}

/* ---- the books that can be replayed ---- */

typedef struct
{
  char *key;
  GPtrArray *bases; /* SatReplayBase to try; NULL: all of its change-sets are here */
} Book;

static void
book_free (gpointer data)
{
  Book *book = data;

  g_free (book->key);
  g_clear_pointer (&book->bases, g_ptr_array_unref);
  g_free (book);
}

static void
note_not_replayed (SatAudit *audit, const char *book, const GError *why)
{
  const char *args[] = { book, NULL };

  if (why == NULL)
    {
      sat_audit_add (audit, "replay", TRUE,
                     (audit->flags & SAT_AUDIT_OFFLINE)
                         ? N_ ("book “%s” is not replayed: not all of its change-sets are here, "
                               "and the hub was not asked for a checkpoint")
                         : N_ ("book “%s” is not replayed: not all of its change-sets are here, "
                               "and no checkpoint stands in for them; sync and look again"),
                     args);
      return;
    }
  sat_audit_add (audit, "replay", TRUE,
                 N_ ("book “%s” is not replayed: its first change-sets are gone, and the hub "
                     "cannot be asked for the checkpoint that has them"),
                 args);
  sat_audit_add_reason (audit, "replay", TRUE, why);
}

/* The others are named. */
static gboolean
add_book (
    SatAudit *audit, SatReplayBases *bases, const SatDigest *digest, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  gboolean gaps;
  Book *book;

  if (!sat_gaps_in (audit->job, digest->book, audit->job->tips, NULL, &gaps, error))
    return FALSE;
  if (gaps)
    {
      found = sat_replay_bases_find (bases, digest->book, digest->vector, error);
      if (found == NULL)
        return FALSE;
      if (found->len == 0)
        {
          note_not_replayed (audit, digest->book, sat_replay_bases_why (bases));
          return TRUE;
        }
    }
  book = g_new0 (Book, 1);
  book->key = g_strdup (digest->book);
  book->bases = g_steal_pointer (&found);
  g_ptr_array_add (out, book);
  return TRUE;
}

static GPtrArray *
find_books (SatAudit *audit, SatReplayBases *bases, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (book_free);

  for (guint i = 0; i < audit->digests->len; i++)
    if (!add_book (audit, bases, audit->digests->pdata[i], out, error))
      return NULL;
  return g_steal_pointer (&out);
}

/* ---- checkpoints first ---- */

static void
note_base (SatAudit *audit, const SatReplayBase *base, const GError *problem)
{
  char maker[SAT_ID_TEXT_SIZE];
  g_autofree char *number = sat_audit_number (base->ref.number);
  const char *args[] = { base->ref.book, number, sat_id_format (&base->ref.maker, maker), NULL };

  if (problem == NULL)
    sat_audit_add (audit, "replay", TRUE,
                   N_ ("book “%s” is replayed from checkpoint %s of device %s on: what was before "
                       "is gone"),
                   args);
  else if (base->on_hub)
    sat_audit_add (audit, "replay", FALSE,
                   N_ ("book “%s” cannot be replayed from checkpoint %s of device %s, which is on "
                       "the hub: it is damaged, or cannot be fetched; “satchel checkpoint” makes "
                       "another"),
                   args);
  else
    sat_audit_add (audit, "replay", FALSE,
                   N_ ("book “%s” cannot be replayed from checkpoint %s of device %s, which is in "
                       "the local history: it is damaged; “satchel checkpoint” makes another"),
                   args);
  if (problem != NULL)
    sat_audit_add_reason (audit, "replay", FALSE, problem);
}

/* *JOINED: one of them could be. */
static gboolean
join_one_of (SatAudit *audit,
             SatReplayBases *bases,
             SatWorkspace *scratch,
             const GPtrArray *list,
             gboolean *joined,
             GError **error)
{
  *joined = FALSE;
  for (guint i = 0; i < list->len && !*joined; i++)
    {
      g_autoptr (GError) problem = NULL;

      *joined = sat_replay_bases_join (bases, list->pdata[i], scratch, &problem);
      if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return FALSE;
        }
      note_base (audit, list->pdata[i], problem);
    }
  return TRUE;
}

/* A book that has no base after all is taken out of BOOKS. */
static gboolean
join_bases (
    SatAudit *audit, SatReplayBases *bases, SatWorkspace *scratch, GPtrArray *books, GError **error)
{
  for (guint i = books->len; i > 0; i--)
    {
      const Book *book = books->pdata[i - 1];
      gboolean joined = TRUE;

      if (book->bases != NULL && !join_one_of (audit, bases, scratch, book->bases, &joined, error))
        return FALSE;
      if (!joined)
        g_ptr_array_remove_index (books, i - 1);
    }
  return TRUE;
}

/* ---- all of it ---- */

/* In a closed workspace who counts is known first, as it is in an exchange. */
static gboolean
apply_all (
    SatAudit *audit, SatReplayBases *bases, SatWorkspace *scratch, GPtrArray *books, GError **error)
{
  return apply (audit, scratch, SAT_BOOK_KEY_ENROLMENT, error) &&
         join_bases (audit, bases, scratch, books, error) && apply (audit, scratch, NULL, error);
}

static gboolean
compare_all (SatAudit *audit, SatWorkspace *scratch, const GPtrArray *books, GError **error)
{
  g_autoptr (GPtrArray) made = sat_workspace_digest (scratch, error);
  guint before = audit->checks->len;
  g_autofree char *n = sat_audit_number (books->len);
  const char *args[] = { n, NULL };

  if (made == NULL)
    return FALSE;
  for (guint i = 0; i < books->len; i++)
    if (!compare_book (audit, scratch, made, ((const Book *) books->pdata[i])->key, error))
      return FALSE;
  if (audit->checks->len == before && books->len > 0)
    sat_audit_add (audit, "replay", TRUE, N_ ("%s books are what their change-sets make of them"),
                   args);
  return TRUE;
}

static SatWorkspace *
create_scratch (SatAudit *audit, const char *home, const GPtrArray *books, GError **error)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();

  for (guint i = 0; i < books->len; i++)
    g_ptr_array_add (keys, ((const Book *) books->pdata[i])->key);
  g_ptr_array_add (keys, NULL);
  return sat_workspace_create_scratch (audit->workspace, home, (const char *const *) keys->pdata,
                                       error);
}

/* The job serves the empty replica meanwhile, for which this device is one like any other. */
static gboolean
replay_in (
    SatAudit *audit, SatReplayBases *bases, const char *home, GPtrArray *books, GError **error)
{
  SatSyncJob *job = audit->job;
  const SatId *device = job->device;
  SatWorkspace *scratch = create_scratch (audit, home, books, error);
  gboolean ok;

  if (scratch == NULL)
    return FALSE;
  job->workspace = scratch;
  job->device = sat_workspace_device (scratch);
  ok = sat_sync_job_reload_books (job, error) && apply_all (audit, bases, scratch, books, error) &&
       compare_all (audit, scratch, books, error);
  job->workspace = audit->workspace;
  job->device = device;
  sat_workspace_close (scratch);
  return ok && sat_sync_job_reload_books (job, error);
}

gboolean
sat_audit_replay (SatAudit *audit, GError **error)
{
  g_autofree char *home = g_build_filename (sat_workspace_home (audit->workspace), "replay", NULL);
  g_autoptr (SatReplayBases) bases = sat_replay_bases_new (audit->job,
                                                           (audit->flags & SAT_AUDIT_OFFLINE) != 0);
  g_autoptr (GPtrArray) books = find_books (audit, bases, error);
  gboolean ok;

  if (books == NULL)
    return FALSE;
  sat_sync_job_phase (audit->job, SAT_PHASE_APPLY);
  sat_remove_tree (home);
  ok = replay_in (audit, bases, home, books, error);
  sat_remove_tree (home);
  return ok;
}
