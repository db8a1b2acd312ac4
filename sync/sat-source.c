/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sync/sat-source.h"

#include <string.h>

#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "sync/sat-commit.h"

/* One branch: its tip and, once looked up, the commits beyond what was applied. */
typedef struct
{
  SatBranch branch;
  char *ref;
  git_oid tip;
  guint64 last; /* number of the tip */
  SatWalk walk; /* from the tip back; one more than needed, for its parent */
} Epoch;

typedef struct
{
  char *key;
  GPtrArray *epochs; /* Epoch, ascending */
  guint64 last;      /* the highest number */
  gboolean refused;
  const GError *problem; /* why, of job->refused; NULL: it was rewritten */
  gboolean set_aside;    /* its next one was, when last looked at */
  gboolean indexed;
} Line;

struct _SatSource
{
  SatSyncJob *job; /* borrowed */
  GHashTable *lines;
  GPtrArray *order; /* Line, owned by LINES, by book and device */
  /* The change-set whose files were asked for last. */
  const Line *file_line;
  guint64 file_number;
  git_oid file_commit;
};

static void
epoch_free (gpointer data)
{
  Epoch *epoch = data;

  g_free (epoch->ref);
  sat_walk_clear (&epoch->walk);
  g_free (epoch);
}

static void
line_free (gpointer data)
{
  Line *line = data;

  g_free (line->key);
  g_ptr_array_unref (line->epochs);
  g_free (line);
}

static char *
line_key (const char *book, const SatId *device)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strconcat (book, "/", sat_id_format (device, text), NULL);
}

static Line *
ensure_line (SatSource *source, const SatBranch *branch)
{
  g_autofree char *key = line_key (branch->book, &branch->device);
  Line *line = g_hash_table_lookup (source->lines, key);

  if (line)
    return line;
  line = g_new0 (Line, 1);
  line->key = g_steal_pointer (&key);
  line->epochs = g_ptr_array_new_with_free_func (epoch_free);
  g_hash_table_insert (source->lines, line->key, line);
  g_ptr_array_add (source->order, line);
  return line;
}

/* FALSE only when stopped, or the inbox is damaged. */
static gboolean
add_branch (SatSource *source, const char *ref, const git_oid *tip, GError **error)
{
  SatSyncJob *job = source->job;
  SatBranch branch;
  guint64 number;

  if (!sat_branch_parse (ref, &branch) || sat_sync_job_is_own (job, &branch) ||
      !sat_sync_job_holds (job, branch.book))
    return TRUE;
  if (!sat_places_number (job->places, job->inbox, ref, tip, sat_sync_job_check, job, &number,
                          error))
    {
      job->damaged = TRUE;
      return FALSE;
    }

  Line *line = ensure_line (source, &branch);
  Epoch *epoch = g_new0 (Epoch, 1);

  epoch->branch = branch;
  epoch->ref = g_strdup (ref);
  epoch->tip = *tip;
  epoch->last = number;
  g_ptr_array_add (line->epochs, epoch);
  line->last = MAX (line->last, number);
  return TRUE;
}

static int
compare_epochs (gconstpointer a, gconstpointer b)
{
  const Epoch *left = *(const Epoch *const *) a;
  const Epoch *right = *(const Epoch *const *) b;

  return left->branch.epoch < right->branch.epoch ? -1 : left->branch.epoch > right->branch.epoch;
}

/* Book enrolment first, since it says who counts; then company: what it says the others build on.
 */
static int
rank (const Line *line)
{
  if (g_str_has_prefix (line->key, SAT_BOOK_KEY_ENROLMENT "/"))
    return 0;
  return g_str_has_prefix (line->key, SAT_BOOK_KEY_COMPANY "/") ? 1 : 2;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  int left = rank (*(const Line *const *) a);
  int right = rank (*(const Line *const *) b);

  if (left != right)
    return left - right;
  return strcmp ((*(const Line *const *) a)->key, (*(const Line *const *) b)->key);
}

/* A branch that is not taken as the hub shows it holds its line up, also one we never had a commit
 * of. */
static void
mark_refused (SatSource *source)
{
  GHashTableIter iter;
  gpointer ref, problem;
  SatBranch branch;

  g_hash_table_iter_init (&iter, source->job->refused);
  while (g_hash_table_iter_next (&iter, &ref, &problem))
    if (sat_branch_parse (ref, &branch) && !sat_sync_job_is_own (source->job, &branch) &&
        sat_sync_job_holds (source->job, branch.book))
      {
        Line *line = ensure_line (source, &branch);

        line->refused = TRUE;
        line->problem = problem ? problem : line->problem;
      }
}

/* What was set aside is looked at again each time, also when it is gone. */
static gboolean
add_set_aside (SatSource *source, GError **error)
{
  g_autoptr (GPtrArray) quarantine = sat_workspace_quarantine (source->job->workspace, error);

  for (guint i = 0; quarantine && i < quarantine->len; i++)
    {
      const SatQuarantined *entry = g_ptr_array_index (quarantine, i);
      SatBranch branch = { .device = entry->device, .epoch = 1 };

      g_strlcpy (branch.book, entry->book, sizeof branch.book);
      if (sat_sync_job_holds (source->job, branch.book))
        ensure_line (source, &branch)->set_aside = TRUE;
    }
  return quarantine != NULL;
}

SatSource *
sat_source_new (SatSyncJob *job, GError **error)
{
  g_autoptr (SatSource) source = g_new0 (SatSource, 1);
  GHashTableIter iter;
  gpointer ref;
  gpointer tip;

  source->job = job;
  source->lines = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, line_free);
  source->order = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, job->tips);
  while (g_hash_table_iter_next (&iter, &ref, &tip))
    if (!add_branch (source, ref, tip, error))
      return NULL;
  mark_refused (source);
  if (!add_set_aside (source, error))
    return NULL;
  g_ptr_array_sort (source->order, compare_lines);
  for (guint i = 0; i < source->order->len; i++)
    g_ptr_array_sort (((Line *) g_ptr_array_index (source->order, i))->epochs, compare_epochs);
  return g_steal_pointer (&source);
}

void
sat_source_free (SatSource *source)
{
  if (source == NULL)
    return;
  g_ptr_array_unref (source->order);
  g_hash_table_unref (source->lines);
  g_free (source);
}

static gboolean
parse_key (const char *key, SatBranch *out)
{
  g_autofree char *ref = g_strconcat ("refs/heads/", key, "/1", NULL);

  return sat_branch_parse (ref, out);
}

gboolean
sat_source_offer (SatSource *source, SatInbox *inbox, const char *book, guint64 *total)
{
  gboolean any = FALSE;

  *total = 0;
  for (guint i = 0; i < source->order->len; i++)
    {
      const Line *line = g_ptr_array_index (source->order, i);
      SatBranch branch;

      if (!parse_key (line->key, &branch) || (book != NULL && strcmp (book, branch.book) != 0))
        continue;

      guint64 applied = sat_workspace_applied (source->job->workspace, branch.book, &branch.device);

      if (line->last <= applied && !line->refused && !line->set_aside)
        continue;
      sat_inbox_offer (inbox, branch.book, &branch.device);
      any = TRUE;
      *total += line->last > applied ? line->last - applied : 0;
    }
  return any;
}

/* Is all that is left of the line what its device wrote after it was revoked? */
static gboolean
is_cut_off (const GPtrArray *cuts, const SatBranch *branch, guint64 applied)
{
  for (guint i = 0; cuts != NULL && i < cuts->len; i++)
    {
      const SatCutOff *entry = g_ptr_array_index (cuts, i);

      if (sat_id_equal (&entry->device, &branch->device) && strcmp (entry->book, branch->book) == 0)
        return applied >= entry->cut;
    }
  return FALSE;
}

/* Does it wait for an administrator, rather than for change-sets? */
static gboolean
is_stranger (const GPtrArray *strangers, const SatBranch *branch)
{
  for (guint i = 0; strangers != NULL && i < strangers->len; i++)
    {
      const SatStranger *entry = g_ptr_array_index (strangers, i);

      if (sat_id_equal (&entry->device, &branch->device) &&
          g_strv_contains ((const char *const *) entry->books, branch->book))
        return TRUE;
    }
  return FALSE;
}

char **
sat_source_stuck (SatSource *source)
{
  g_autoptr (GPtrArray) strangers = sat_workspace_strangers (source->job->workspace, NULL);
  g_autoptr (GPtrArray) cuts = sat_workspace_cut_offs (source->job->workspace, NULL);
  GPtrArray *books = g_ptr_array_new ();

  for (guint i = 0; i < source->order->len; i++)
    {
      const Line *line = g_ptr_array_index (source->order, i);
      SatBranch branch;
      guint64 applied;

      if (line->refused || !parse_key (line->key, &branch))
        continue;
      applied = sat_workspace_applied (source->job->workspace, branch.book, &branch.device);
      if (line->last <= applied || is_cut_off (cuts, &branch, applied) ||
          is_stranger (strangers, &branch))
        continue;
      if (!g_ptr_array_find_with_equal_func (books, branch.book, g_str_equal, NULL))
        g_ptr_array_add (books, g_strdup (branch.book));
    }
  g_ptr_array_add (books, NULL);
  return (char **) g_ptr_array_free (books, FALSE);
}

gboolean
sat_source_note_cut_off (SatSource *source, GError **error)
{
  SatWorkspace *workspace = source->job->workspace;
  g_autoptr (GPtrArray) all = sat_workspace_cut_offs (workspace, error);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SatCutOff *entry = g_ptr_array_index (all, i);
      g_autofree char *key = line_key (entry->book, &entry->device);
      const Line *line = g_hash_table_lookup (source->lines, key);
      char id[SAT_ID_TEXT_SIZE];

      if (line != NULL && line->last > entry->taken)
        g_string_append_printf (text, "%s %s %" G_GUINT64_FORMAT "\n", entry->book,
                                sat_id_format (&entry->device, id), line->last);
    }
  return all != NULL && sat_workspace_note_cut_off (workspace, text->str, error);
}

/* Each epoch back to what was applied. */
static gboolean
index_line (SatSource *source, Line *line, guint64 applied, GError **error)
{
  SatSyncJob *job = source->job;

  for (guint i = line->epochs->len; i > 0; i--)
    {
      Epoch *epoch = g_ptr_array_index (line->epochs, i - 1);

      if (epoch->last <= applied)
        continue;
      sat_walk_clear (&epoch->walk);
      if (!sat_branch_walk (job->inbox, &epoch->tip, NULL, epoch->last - applied + 1,
                            sat_sync_job_check, job, &epoch->walk, error))
        return FALSE;
    }
  line->indexed = TRUE;
  return TRUE;
}

/* ---- estimating ---- */

/* At most so many commits of a line are looked at. */
#define SAMPLE 64
/* Of a laptop of today, as `./dev bench` shows it. */
#define RECORDS_A_SECOND 20000
#define CHANGE_SETS_A_SECOND 2000

/* "customers 7: 3 records": 3. */
static guint64
records_of (git_repository *repo, const git_oid *id)
{
  git_commit *commit = NULL;
  const char *message, *colon;
  guint64 records = 0;

  if (git_commit_lookup (&commit, repo, id) < 0)
    return 0;
  message = git_commit_message (commit);
  colon = message ? strstr (message, ": ") : NULL;
  if (colon)
    records = MIN (g_ascii_strtoull (colon + 2, NULL, 10), G_MAXUINT32);
  git_commit_free (commit);
  return records;
}

/* Of the text in commit ID. */
static guint64
bytes_of (git_repository *repo, const git_oid *id, guint64 number)
{
  g_autofree char *name = g_strdup_printf ("%" G_GUINT64_FORMAT ".changes", number);
  g_autoptr (git_odb) odb = NULL;
  git_commit *commit = NULL;
  git_tree *tree = NULL;
  const git_tree_entry *entry = NULL;
  git_object_t type;
  size_t size = 0;

  if (git_commit_lookup (&commit, repo, id) == 0 && git_commit_tree (&tree, commit) == 0)
    entry = git_tree_entry_byname (tree, name);
  if (entry == NULL || git_repository_odb (&odb, repo) < 0 ||
      git_odb_read_header (&size, &type, odb, git_tree_entry_id (entry)) < 0)
    size = 0;
  git_tree_free (tree);
  git_commit_free (commit);
  return size;
}

static void
estimate_epoch (SatSyncJob *job, const Epoch *epoch, guint64 applied, SatSyncEstimate *out)
{
  guint64 n = epoch->last > applied ? MIN (epoch->last - applied, epoch->walk.ids->len) : 0;
  guint64 step = MAX (1, n / SAMPLE);
  guint64 records = 0;
  guint64 bytes = 0;
  guint64 looked = 0;

  for (guint64 i = 0; i < n; i += step, looked++)
    {
      const git_oid *id = &g_array_index (epoch->walk.ids, git_oid, i);

      records += records_of (job->inbox, id);
      bytes += bytes_of (job->inbox, id, epoch->last - i);
    }
  out->change_sets += n;
  out->records += looked > 0 ? records * n / looked : 0;
  out->bytes += looked > 0 ? bytes * n / looked : 0;
}

gboolean
sat_source_estimate (SatSource *source, SatSyncEstimate *out, GError **error)
{
  *out = (SatSyncEstimate){ 0 };
  for (guint i = 0; i < source->order->len; i++)
    {
      Line *line = g_ptr_array_index (source->order, i);
      SatBranch branch;
      guint64 applied;

      if (!parse_key (line->key, &branch))
        continue;
      applied = sat_workspace_applied (source->job->workspace, branch.book, &branch.device);
      if (line->last <= applied)
        continue;
      if (!line->indexed && !index_line (source, line, applied, error))
        return FALSE;
      for (guint e = 0; e < line->epochs->len; e++)
        {
          const Epoch *epoch = g_ptr_array_index (line->epochs, e);

          if (epoch->walk.ids)
            estimate_epoch (source->job, epoch, applied, out);
        }
    }
  out->seconds = out->records / RECORDS_A_SECOND + out->change_sets / CHANGE_SETS_A_SECOND;
  return TRUE;
}

static GBytes *
read_text (SatSource *source, const Epoch *epoch, guint64 place, guint64 number, GError **error)
{
  const GArray *ids = epoch->walk.ids;
  const git_oid *id = &g_array_index (ids, git_oid, place);
  const git_oid *parent = place + 1 < ids->len ? &g_array_index (ids, git_oid, place + 1) : NULL;

  return sat_commit_read (source->job->inbox, id, &epoch->branch, number, parent, error);
}

static gboolean
is_refusal (const GError *error)
{
  return g_error_matches (error, SAT_ERROR, SAT_ERROR_MALFORMED) ||
         g_error_matches (error, SAT_ERROR, SAT_ERROR_REFUSED);
}

/* NUMBER from the newest epoch that has it in order: anybody can put something under the name of a
 * branch of this device where no hook watches. NULL without an error: none has it. */
static GBytes *
find_text (SatSource *source, const Line *line, guint64 number, GError **error)
{
  GError *first = NULL;

  for (guint i = line->epochs->len; i > 0; i--)
    {
      const Epoch *epoch = g_ptr_array_index (line->epochs, i - 1);
      GError *local = NULL;
      GBytes *text;

      if (epoch->walk.ids == NULL || number > epoch->last ||
          epoch->last - number >= epoch->walk.ids->len)
        continue;
      text = read_text (source, epoch, epoch->last - number, number, &local);
      if (text != NULL)
        {
          g_clear_error (&first);
          return text;
        }
      /* That something cannot be read counts for more: it may be our own inbox. */
      if (first == NULL || is_refusal (first))
        {
          g_clear_error (&first);
          first = local;
        }
      else
        g_error_free (local);
    }
  if (first != NULL)
    g_propagate_error (error, first);
  return NULL;
}

static gboolean
fail_files (GError **error)
{
  return sat_fail (error, SAT_ERROR_NOT_FOUND,
                   N_ ("the files of a change-set are not here any more"), NULL);
}

/* Its commit in the newest epoch that has it in order, as the text was found. */
static gboolean
find_commit (SatSource *source, const Line *line, guint64 number, GError **error)
{
  if (source->file_line == line && source->file_number == number)
    return TRUE;
  for (guint i = line->epochs->len; i > 0; i--)
    {
      const Epoch *epoch = g_ptr_array_index (line->epochs, i - 1);
      guint64 place = epoch->last - number;
      g_autoptr (GBytes) text = NULL;

      if (epoch->walk.ids == NULL || number > epoch->last || place >= epoch->walk.ids->len)
        continue;
      text = read_text (source, epoch, place, number, NULL);
      if (text == NULL)
        continue;
      source->file_line = line;
      source->file_number = number;
      source->file_commit = g_array_index (epoch->walk.ids, git_oid, place);
      return TRUE;
    }
  return fail_files (error);
}

/* What is wrong with the bytes is the sender's; what cannot be read is most likely our own inbox,
 * which is made anew once, and only then the sender's. */
static void
judge_failure (SatSyncJob *job, GError **error)
{
  if (error == NULL || is_refusal (*error) ||
      g_error_matches (*error, SAT_ERROR, SAT_ERROR_CANCELLED))
    return;
  if (!job->renewed)
    job->damaged = TRUE;
  else
    (*error)->code = SAT_ERROR_MALFORMED;
}

GBytes *
sat_source_text (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  SatSource *source = data;
  g_autofree char *key = line_key (book, device);
  Line *line = g_hash_table_lookup (source->lines, key);
  g_autoptr (GError) local = NULL;

  if (line == NULL || (number > line->last && !line->refused))
    return NULL;
  if (number > line->last)
    {
      if (line->problem != NULL)
        g_propagate_error (error, g_error_copy (line->problem));
      else
        sat_fail (
            error, SAT_ERROR_REFUSED,
            N_ ("what the hub shows of this device is not a continuation of what was received "
                "before; its branch was rewritten or is damaged"),
            NULL);
      return NULL;
    }
  if (!line->indexed &&
      !index_line (source, line, sat_workspace_applied (source->job->workspace, book, device),
                   &local))
    {
      judge_failure (source->job, &local);
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  GBytes *text = find_text (source, line, number, &local);

  if (local != NULL)
    {
      judge_failure (source->job, &local);
      g_propagate_error (error, g_steal_pointer (&local));
    }
  return text;
}

GBytes *
sat_source_file (const char *book,
                 const SatId *device,
                 guint64 number,
                 const SatFile *file,
                 gpointer data,
                 GError **error)
{
  SatSource *source = data;
  g_autofree char *key = line_key (book, device);
  const Line *line = g_hash_table_lookup (source->lines, key);

  if (line == NULL || !line->indexed)
    {
      fail_files (error);
      return NULL;
    }
  return find_commit (source, line, number, error)
             ? sat_commit_read_file (source->job->inbox, &source->file_commit, file, error)
             : NULL;
}
