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
sat_workspace_half_joined (SatWorkspace *workspace)
{
  g_auto (SatJoining) joining = { 0 };

  return sat_log_joining (workspace->replica, &joining, NULL) ? g_steal_pointer (&joining.name)
                                                              : NULL;
}
