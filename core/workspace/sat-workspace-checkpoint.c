/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-join.h"
#include "core/query/sat-snapshot.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-exchange-checkpoint.h"
#include "core/workspace/sat-workspace-private.h"

/* How often a moment is looked for at which nothing is open, and the pause in between. */
#define TRIES 50
#define PAUSE_US 20000

/* ---- out ----------------------------------------------------------------------------------------
 */

/* *SETTLED: it was such a moment. */
static gboolean
write_moment (SatWorkspace *workspace,
              guint32 book,
              SatCheckpointFileFunc func,
              gpointer data,
              gboolean *settled,
              GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean unfinished = TRUE;
  gboolean open = TRUE;
  gboolean ok;

  *settled = FALSE;
  if (!sat_workspace_seal (workspace, error) || !sat_db_begin_read (replica->db, error))
    return FALSE;
  ok = sat_log_has_open (replica, book, &open, error) &&
       sat_log_is_unfinished (replica, &unfinished, error);
  *settled = ok && !open && !unfinished;
  if (*settled)
    ok = sat_snapshot_write (replica, book, func, data, error);
  sat_db_rollback (replica->db);
  return ok;
}

gboolean
sat_workspace_write_checkpoint (SatWorkspace *workspace,
                                const char *book,
                                SatCheckpointFileFunc func,
                                gpointer data,
                                GError **error)
{
  guint32 number = sat_names_find_book (workspace->replica->names, book);
  g_auto (GStrv) held = sat_workspace_books (workspace, error);
  gboolean settled = FALSE;

  if (held == NULL)
    return FALSE;
  if (!g_strv_contains ((const char *const *) held, book))
    return sat_fail (
        error, SAT_ERROR_INVALID,
        N_ ("this laptop does not hold a book “%s”; “satchel status” lists the ones it "
            "holds"),
        book, NULL);
  for (guint i = 0; i < TRIES && !settled; i++)
    {
      if (i > 0)
        g_usleep (PAUSE_US);
      if (!write_moment (workspace, number, func, data, &settled, error))
        return FALSE;
    }
  return settled ||
         sat_fail (error, SAT_ERROR_BUSY,
                   N_ ("a sync was interrupted while it applied a change-set; let it finish, or "
                       "run “satchel sync”"),
                   NULL);
}

/* ---- in -----------------------------------------------------------------------------------------
 */

struct _SatJoiner
{
  SatWorkspace *workspace;
  SatJoin *join;
};

SatJoiner *
sat_joiner_new (SatWorkspace *workspace,
                const char *book,
                const char *name,
                const SatId *maker,
                SatCheckpointTextFunc text,
                gpointer data)
{
  SatJoiner *joiner = g_new0 (SatJoiner, 1);

  joiner->workspace = workspace;
  joiner->join = sat_join_new (workspace->replica, book, name, maker, text, data);
  return joiner;
}

void
sat_joiner_free (SatJoiner *joiner)
{
  if (joiner == NULL)
    return;
  sat_join_free (joiner->join);
  g_free (joiner);
}

GArray *
sat_joiner_vector (SatJoiner *joiner, GError **error)
{
  const SatCheckpoint *index = sat_join_index (joiner->join, error);
  GArray *vector;

  if (index == NULL)
    return NULL;
  vector = g_array_new (FALSE, TRUE, sizeof (SatVectorEntry));
  for (guint i = 0; i < index->devices->len; i++)
    {
      const SatSaw *saw = &g_array_index (index->devices, SatSaw, i);
      SatVectorEntry entry = { saw->device, saw->number };

      g_array_append_val (vector, entry);
    }
  return vector;
}

gboolean
sat_joiner_check (SatJoiner *joiner, gboolean *needed, GError **error)
{
  return sat_join_check (joiner->join, needed, error);
}

gboolean
sat_joiner_step (SatJoiner *joiner,
                 guint budget_ms,
                 guint64 records,
                 SatJoinerProgress *progress,
                 GError **error)
{
  SatDb *db = joiner->workspace->replica->db;
  SatJoinProgress done = { 0 };
  gboolean ok;

  /* As with change-sets: what is joined can be had again. */
  sat_db_relax (db, TRUE);
  ok = sat_join_step (joiner->join, (gint64) budget_ms * 1000, records, &done, error);
  sat_db_relax (db, FALSE);
  progress->records = done.records;
  progress->total = done.total;
  progress->done = done.done;
  return ok;
}

char *
sat_workspace_half_joined (SatWorkspace *workspace, char **book)
{
  g_auto (SatJoining) joining = { 0 };

  if (!sat_log_joining (workspace->replica, &joining, NULL))
    return NULL;
  if (book != NULL)
    *book = g_strdup (joining.book);
  return g_steal_pointer (&joining.name);
}

/* How many change-sets of BOOK are applied. */
static gboolean
count_applied (SatWorkspace *workspace, const char *book, guint64 *total, GError **error)
{
  guint32 number = sat_names_find_book (workspace->replica->names, book);
  SatVector vector;
  gboolean ok;

  *total = 0;
  sat_vector_init (&vector);
  ok = sat_log_vector (workspace->replica, number, &vector, error);
  for (guint32 device = 0; device < vector.numbers->len; device++)
    *total += sat_vector_get (&vector, device);
  sat_vector_clear (&vector);
  return ok;
}

gboolean
sat_workspace_is_blank (SatWorkspace *workspace, const char *book)
{
  guint64 total;

  return count_applied (workspace, book, &total, NULL) && total == 0;
}

gboolean
sat_workspace_was_joined (SatWorkspace *workspace, const char *book)
{
  SatReplica *replica = workspace->replica;
  gboolean joined = FALSE;

  return sat_log_has_joined (replica, sat_names_find_book (replica->names, book), &joined, NULL) &&
         joined;
}

/* ---- when ---------------------------------------------------------------------------------------
 */

/* The last one that is known of: its number, how many change-sets were applied then, when that was;
 * and how many records the book had when they were last counted, 0: they never were. */
typedef struct
{
  guint64 number, total;
  gint64 time_ms;
  guint64 records;
} Known;

static char *
known_key (const char *book)
{
  return g_strconcat ("checkpoint ", book, NULL);
}

static gboolean
read_known (SatWorkspace *workspace, const char *book, Known *out)
{
  g_autofree char *key = known_key (book);
  g_autofree char *text = sat_meta_get (workspace->replica, key);
  g_auto (GStrv) words = text ? g_strsplit (text, " ", -1) : NULL;

  if (words == NULL || g_strv_length (words) < 3)
    return FALSE;
  out->number = g_ascii_strtoull (words[0], NULL, 10);
  out->total = g_ascii_strtoull (words[1], NULL, 10);
  out->time_ms = g_ascii_strtoll (words[2], NULL, 10);
  out->records = words[3] ? g_ascii_strtoull (words[3], NULL, 10) : 0;
  return TRUE;
}

static gboolean
write_known (SatWorkspace *workspace, const char *book, const Known *known, GError **error)
{
  g_autofree char *key = known_key (book);
  g_autofree char *text = g_strdup_printf (
      "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT,
      known->number, known->total, known->time_ms, known->records);
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  return local != NULL &&
         sat_workspace_written (workspace, local, mine,
                                sat_meta_set (workspace->replica, key, text, error), error);
}

/* How many records BOOK has, those counted that are hidden, too; beyond LIMIT nothing is counted.
 */
static gboolean
count_records (SatWorkspace *workspace, const char *book, guint64 limit, guint64 *n, GError **error)
{
  SatReplica *replica = workspace->replica;

  *n = 0;
  for (guint i = 0; i < replica->tables->len && *n < limit; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*) FROM (SELECT 1 FROM %s WHERE book = ?1 LIMIT ?2)", table->table);
      SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
      GError *problem = NULL;

      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, sat_names_find_book (replica->names, book));
      sat_stmt_bind_int (stmt, 2, (gint64) (limit - *n));
      if (sat_stmt_step (stmt, &problem))
        *n += (guint64) sat_stmt_int (stmt, 0);
      if (!sat_stmt_finish (stmt, problem, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_workspace_may_have_checkpoints (const char *book)
{
  return strcmp (book, SAT_BOOK_KEY_ENROLMENT) != 0;
}

/* *KNOWN is what is known now. */
static gboolean
look_again (SatWorkspace *workspace,
            const char *book,
            guint64 newest,
            guint64 total,
            Known *known,
            GError **error)
{
  if (read_known (workspace, book, known) && newest <= known->number && known->total <= total)
    return TRUE;
  known->number = newest;
  known->total = newest > 0 ? total : 0;
  known->time_ms = sat_platform_now_ms (workspace->replica->platform);
  return write_known (workspace, book, known, error);
}

/* The records are counted only when those counted before would let it be due. */
static gboolean
is_worth_it (SatWorkspace *workspace,
             const char *book,
             guint64 since,
             Known *known,
             gboolean *due,
             GError **error)
{
  const guint64 enough = since * SAT_CHECKPOINT_DUE_PART;
  guint64 records;

  *due = FALSE;
  if (enough < known->records)
    return TRUE;
  if (!count_records (workspace, book, (guint64) SAT_CHECKPOINT_DUE * SAT_CHECKPOINT_DUE_PART,
                      &records, error))
    return FALSE;
  *due = enough >= records;
  if (records == known->records)
    return TRUE;
  known->records = records;
  return write_known (workspace, book, known, error);
}

gboolean
sat_workspace_checkpoint_is_due (
    SatWorkspace *workspace, const char *book, guint64 newest, gboolean *due, GError **error)
{
  Known known = { 0 };
  guint64 total;
  guint64 since;
  gint64 age_ms;

  *due = FALSE;
  if (!sat_workspace_may_have_checkpoints (book))
    return TRUE;
  if (!count_applied (workspace, book, &total, error) ||
      !look_again (workspace, book, newest, total, &known, error))
    return FALSE;
  since = total - known.total;
  age_ms = sat_platform_now_ms (workspace->replica->platform) - known.time_ms;
  *due = since >= SAT_CHECKPOINT_DUE ||
         (since >= SAT_CHECKPOINT_DUE_OLD && age_ms >= SAT_CHECKPOINT_OLD_MS);
  return *due || since < SAT_CHECKPOINT_DUE_LEAST ||
         is_worth_it (workspace, book, since, &known, due, error);
}

gboolean
sat_workspace_put_off_checkpoint (SatWorkspace *workspace,
                                  const char *book,
                                  guint64 newest,
                                  GError **error)
{
  Known known = { 0 };

  read_known (workspace, book, &known);
  known.number = newest;
  known.time_ms = sat_platform_now_ms (workspace->replica->platform);
  return count_applied (workspace, book, &known.total, error) &&
         write_known (workspace, book, &known, error);
}

/* ---- what checkpoints cover leaves --------------------------------------------------------------
 */

gboolean
sat_workspace_epochs_are_due (SatWorkspace *workspace,
                              const char *book,
                              gboolean *due,
                              GError **error)
{
  g_autofree char *key = g_strconcat ("epochs ", book, NULL);
  g_autofree char *text = sat_meta_get (workspace->replica, key);
  gint64 now_ms = sat_platform_now_ms (workspace->replica->platform);
  gint64 last_ms = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, now_ms);
  SatLocal *local;
  gboolean mine;

  *due = now_ms >= last_ms + SAT_EPOCHS_DUE_MS || now_ms < last_ms;
  if (!*due)
    return TRUE;
  local = sat_workspace_write (workspace, &mine, error);
  return local != NULL &&
         sat_workspace_written (workspace, local, mine,
                                sat_meta_set (workspace->replica, key, now, error), error);
}
