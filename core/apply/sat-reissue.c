/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-reissue.h"

#include <string.h>

#include "core/apply/sat-graft.h"
#include "core/apply/sat-rederive.h"
#include "core/change/sat-change-set.h"
#include "core/store/sat-history-log.h"
#include "core/store/sat-names.h"
#include "core/store/sat-state-store.h"

typedef struct
{
  SatReplica *replica;
  guint32 from, to; /* devices */
  const SatVector *forks;
  GArray *records; /* Place: whose dots are to be renamed */
} Reissue;

typedef struct
{
  guint32 book;
  guint32 object;
  gint64 row; /* 0: look for ID */
  SatId id;
} Place;

static void
map_dot (SatDot *dot, gpointer data)
{
  const Reissue *reissue = data;
  guint64 fork = sat_vector_get (reissue->forks, dot->book);

  if (dot->device != reissue->from || dot->number <= fork)
    return;
  dot->device = reissue->to;
  dot->number -= fork;
}

/* Ends a loop over the rows of STMT. */
/* ---- sealed change-sets -------------------------------------------------------------------------
 */

typedef struct
{
  guint64 number;
  gint64 time_ms;
  gint64 records;
  GBytes *text;
} Sealed;

static void
sealed_clear (gpointer data)
{
  g_clear_pointer (&((Sealed *) data)->text, g_bytes_unref);
}

/* Those of BOOK after FORK, by number. */
static GArray *
load_sealed (const Reissue *reissue, guint32 book, guint64 fork, GError **error)
{
  g_autoptr (GArray) out = g_array_new (FALSE, TRUE, sizeof (Sealed));
  SatStmt *stmt = sat_db_prepare (reissue->replica->db,
                                  "SELECT number, time_ms, records, text FROM sealed WHERE book ="
                                  " ?1 AND device = ?2 AND number > ?3 ORDER BY number",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (out, sealed_clear);
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, reissue->from);
  sat_stmt_bind_int (stmt, 3, (gint64) fork);
  while (sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 3, &size);
      Sealed one = {
        .number = (guint64) sat_stmt_int (stmt, 0),
        .time_ms = sat_stmt_int (stmt, 1),
        .records = sat_stmt_int (stmt, 2),
        .text = data ? g_bytes_new (data, size) : NULL,
      };
      g_array_append_val (out, one);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&out) : NULL;
}

static int
compare_wire_dot (gconstpointer a, gconstpointer b, gpointer data)
{
  const SatWireDot *x = a;
  const SatWireDot *y = b;
  int order = g_strcmp0 (x->book, y->book);

  (void) data;
  if (order == 0)
    order = sat_id_compare (&x->device, &y->device);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

/* N dots of a change-set of BOOK renamed, in the order of the format; kept by OWNER. */
static const SatWireDot *
map_wire_dots (
    const Reissue *reissue, guint32 book, const SatWireDot *dots, guint n, GPtrArray *owner)
{
  SatNames *names = reissue->replica->names;
  SatWireDot *out;

  if (n == 0)
    return NULL;
  out = g_memdup2 (dots, n * sizeof *dots);
  g_ptr_array_add (owner, out);
  for (guint i = 0; i < n; i++)
    {
      SatDot dot = {
        .book = out[i].book ? sat_names_find_book (names, out[i].book) : book,
        .device = sat_names_find_device (names, &out[i].device),
        .number = out[i].number,
      };

      map_dot (&dot, (gpointer) reissue);
      if (dot.device != 0)
        out[i].device = *sat_names_device (names, dot.device);
      out[i].number = dot.number;
    }
  g_qsort_with_data (out, (gint) n, sizeof *out, compare_wire_dot, NULL);
  return out;
}

static void
note_record (Reissue *reissue, guint32 book, const SatOpGroup *group)
{
  Place place = {
    .book = book,
    .object = sat_names_find_name (reissue->replica->names, group->object),
    .id = group->id,
  };

  g_array_append_val (reissue->records, place);
}

static SatHlc
add_group (Reissue *reissue, guint32 book, const SatOpGroup *group, SatChangeSetWriter *writer)
{
  g_autoptr (GPtrArray) owner = g_ptr_array_new_with_free_func (g_free);
  g_autofree SatOp *ops = g_memdup2 (group->ops, group->n_ops * sizeof *group->ops);
  SatOpGroup renamed = *group;
  SatHlc highest = group->life_hlc;

  renamed.over = map_wire_dots (reissue, book, group->over, group->n_over, owner);
  for (guint i = 0; i < group->n_ops; i++)
    {
      ops[i].keep = map_wire_dots (reissue, book, ops[i].keep, ops[i].n_keep, owner);
      ops[i].over = map_wire_dots (reissue, book, ops[i].over, ops[i].n_over, owner);
      highest = MAX (highest, ops[i].hlc);
    }
  renamed.ops = ops;
  sat_change_set_writer_add (writer, &renamed);
  note_record (reissue, book, group);
  return highest;
}

/* What changed from BEFORE to NOW, as the format wants it. */
static GArray *
saw_entries (const Reissue *reissue, const SatVector *now, const SatVector *before)
{
  GArray *saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));

  for (guint32 device = 0; device < now->numbers->len; device++)
    {
      SatSaw entry = { .number = sat_vector_get (now, device) };

      if (entry.number == 0 || entry.number == sat_vector_get (before, device))
        continue;
      entry.device = *sat_names_device (reissue->replica->names, device);
      g_array_append_val (saw, entry);
    }
  g_array_sort (saw, (GCompareFunc) sat_id_compare); /* the id is an entry's first member */
  return saw;
}

/* The text of a change-set that is all grafts, as the other device's. */
static GBytes *
rewrite_grafts (Reissue *reissue,
                guint32 book,
                const SatOpGroup *groups,
                guint n_groups,
                guint64 number,
                const GArray *saw,
                GError **error)
{
  g_autoptr (GPtrArray) grafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_graft_free);

  for (guint i = 0; i < n_groups; i++)
    {
      SatGraft *graft = sat_graft_of_group (reissue->replica, &groups[i], error);

      if (graft == NULL)
        return NULL;
      g_ptr_array_add (grafts, graft);
      for (guint k = 0; k < graft->siblings->len; k++)
        map_dot (&g_array_index (graft->siblings, SatSibling, k).dot, reissue);
      sat_rederive_context (graft->context, map_dot, reissue);
      note_record (reissue, book, &groups[i]);
    }
  return sat_grafts_write (reissue->replica, book,
                           sat_names_device (reissue->replica->names, reissue->to), number,
                           number == 1, saw, grafts);
}

/* But for the claim, which was the old device's. */
static void
put_enrolment (SatChangeSetWriter *writer, const SatChangeSet *set)
{
  const SatEnrolment *enrolment = sat_change_set_enrolment (set);
  SatEnrolment kept;

  if (enrolment == NULL ||
      enrolment->n_invites + enrolment->n_admits + enrolment->n_withdrawals == 0)
    return;
  kept = *enrolment;
  kept.claim = NULL;
  sat_change_set_writer_set_enrolment (writer, &kept);
}

static GBytes *
rewrite_writes (Reissue *reissue,
                guint32 book,
                const SatChangeSet *set,
                guint64 number,
                const GArray *saw,
                SatHlc *highest)
{
  guint n_groups, n_cuts;
  const SatOpGroup *groups = sat_change_set_groups (set, &n_groups);
  const SatSaw *cuts = sat_change_set_cuts (set, &n_cuts);
  SatChangeSetWriter *writer = sat_change_set_writer_new (
      sat_change_set_book (set), sat_names_device (reissue->replica->names, reissue->to), number,
      number == 1, (const SatSaw *) (void *) saw->data, saw->len, cuts, n_cuts);

  put_enrolment (writer, set);
  for (guint i = 0; i < n_groups; i++)
    {
      SatHlc last = add_group (reissue, book, &groups[i], writer);
      *highest = MAX (*highest, last);
    }
  return sat_change_set_writer_finish (writer);
}

static gboolean
rewrite_set (Reissue *reissue,
             guint32 book,
             const SatChangeSet *set,
             const Sealed *sealed,
             const SatVector *saw,
             const SatVector *before,
             GError **error)
{
  SatReplica *replica = reissue->replica;
  guint64 number = sealed->number - sat_vector_get (reissue->forks, book);
  g_autoptr (GArray) entries = saw_entries (reissue, saw, before);
  g_autoptr (GBytes) text = NULL;
  SatHlc highest = 0;
  guint n_groups;
  const SatOpGroup *groups = sat_change_set_groups (set, &n_groups);

  /* This program never puts grafts and writes into one change-set. */
  text = n_groups > 0 && groups[0].n_contexts > 0
             ? rewrite_grafts (reissue, book, groups, n_groups, number, entries, error)
             : rewrite_writes (reissue, book, set, number, entries, &highest);
  return text != NULL &&
         sat_log_add_sealed (replica, book, reissue->to, number, sealed->time_ms,
                             (guint64) sealed->records, text, error) &&
         sat_log_advance (replica, book, reissue->to, number, saw, before, highest, error);
}

/* *SAW is what the change-set before had seen, and becomes what this one had: all of it for the
 * first one, then what it says itself. */
static gboolean
reissue_one (Reissue *reissue,
             guint32 book,
             const Sealed *sealed,
             gboolean first,
             SatVector *saw,
             GError **error)
{
  g_autoptr (SatChangeSet) set = NULL;
  SatVector before;
  const SatSaw *entries;
  gboolean known;
  gboolean ok;
  guint n;

  if (sealed->text == NULL)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("a change-set that this replica sealed is not here any more"), NULL);
  set = sat_change_set_decode (sealed->text, error);
  if (set == NULL)
    return FALSE;
  sat_vector_init (&before);
  if (!first)
    sat_vector_copy (&before, saw);
  ok = !first ||
       sat_log_saw (reissue->replica, book, reissue->from, sealed->number, saw, &known, error);
  entries = sat_change_set_saw (set, &n);
  for (guint i = 0; i < n; i++)
    sat_vector_set (saw, sat_names_find_device (reissue->replica->names, &entries[i].device),
                    entries[i].number);
  ok = ok && rewrite_set (reissue, book, set, sealed, saw, &before, error);
  sat_vector_clear (&before);
  return ok;
}

static gboolean
run_for (Reissue *reissue, const char *sql, guint32 book, guint64 fork, GError **error)
{
  SatStmt *stmt = sat_db_prepare (reissue->replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  sat_stmt_bind_int (stmt, 2, reissue->from);
  sat_stmt_bind_int (stmt, 3, (gint64) fork);
  return sat_stmt_run (stmt, error);
}

/* The old device's vector entry goes back to FORK. */
static gboolean
rewind_old (Reissue *reissue, guint32 book, guint64 fork, GError **error)
{
  SatReplica *replica = reissue->replica;
  SatVector saw;
  SatVector before;
  gboolean known;
  gboolean ok;

  sat_vector_init (&saw);
  sat_vector_init (&before);
  ok = fork == 0 || sat_log_saw (replica, book, reissue->from, fork, &saw, &known, error);
  ok = ok &&
       run_for (reissue, "DELETE FROM sealed WHERE book = ?1 AND device = ?2 AND number > ?3", book,
                fork, error) &&
       run_for (reissue, "DELETE FROM saw WHERE book = ?1 AND device = ?2 AND number > ?3", book,
                fork, error);
  if (ok && fork == 0)
    ok = run_for (reissue, "DELETE FROM vector WHERE book = ?1 AND device = ?2 AND ?3 = 0", book,
                  fork, error);
  else if (ok)
    {
      sat_vector_set (&saw, reissue->from, 0); /* its own entry is left out there */
      sat_vector_copy (&before, &saw);         /* the rows of `saw` up to FORK are there */
      ok = sat_log_advance (replica, book, reissue->from, fork, &saw, &before, 0, error);
    }
  sat_vector_clear (&saw);
  sat_vector_clear (&before);
  return ok;
}

static gboolean
reissue_sealed (Reissue *reissue, guint32 book, GError **error)
{
  guint64 fork = sat_vector_get (reissue->forks, book);
  g_autoptr (GArray) sealed = load_sealed (reissue, book, fork, error);
  SatVector saw;
  gboolean ok = sealed != NULL;

  if (sealed == NULL || sealed->len == 0)
    return sealed != NULL;
  sat_vector_init (&saw);
  for (guint i = 0; ok && i < sealed->len; i++)
    ok = reissue_one (reissue, book, &g_array_index (sealed, Sealed, i), i == 0, &saw, error);
  sat_vector_clear (&saw);
  return ok && rewind_old (reissue, book, fork, error);
}

/* ---- the open change-set ------------------------------------------------------------------------
 */

static void
map_dot_list (Reissue *reissue, GArray *dots)
{
  for (guint i = 0; i < dots->len; i++)
    map_dot (&g_array_index (dots, SatDot, i), reissue);
}

static gboolean
map_extras (Reissue *reissue, const Place *place, GError **error)
{
  g_autoptr (GPtrArray) extras = sat_log_open_extras (reissue->replica, place->book, place->object,
                                                      place->row, error);

  if (extras == NULL)
    return FALSE;
  for (guint i = 0; i < extras->len; i++)
    {
      SatOpenExtra *extra = g_ptr_array_index (extras, i);

      map_dot_list (reissue, extra->keep);
      map_dot_list (reissue, extra->over);
      if (!sat_log_set_extra (reissue->replica, place->book, place->object, place->row, extra,
                              error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
note_open (Reissue *reissue, GError **error)
{
  SatStmt *stmt = sat_db_prepare (reissue->replica->db, "SELECT book, object, row FROM open_record",
                                  error);
  GError *problem = NULL;
  guint from = reissue->records->len;

  if (stmt == NULL)
    return FALSE;
  while (sat_stmt_step (stmt, &problem))
    {
      Place place = {
        .book = (guint32) sat_stmt_int (stmt, 0),
        .object = (guint32) sat_stmt_int (stmt, 1),
        .row = sat_stmt_int (stmt, 2),
      };
      g_array_append_val (reissue->records, place);
    }
  if (!sat_stmt_finish (stmt, problem, error))
    return FALSE;
  for (guint i = from; i < reissue->records->len; i++)
    if (!map_extras (reissue, &g_array_index (reissue->records, Place, i), error))
      return FALSE;
  return TRUE;
}

/* ---- registers and history ----------------------------------------------------------------------
 */

static gboolean
map_record (Reissue *reissue, const Place *place, GError **error)
{
  SatReplica *replica = reissue->replica;
  SatTable *table = sat_replica_table_of (replica, place->object);
  gint64 number = place->row;

  if (number == 0)
    {
      SatPresence presence;
      gboolean hidden;

      if (!sat_row_find (replica, table, &place->id, place->book, &number, &presence, &hidden,
                         error))
        return FALSE;
    }
  return number == 0 || table->object == NULL ||
         sat_rederive_record (replica, table, number, map_dot, reissue, error);
}

static gboolean
map_entry (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  SatDot before = entry->replaced.dot;

  (void) number;
  map_dot (&entry->replaced.dot, data);
  return !sat_dot_equal (&before, &entry->replaced.dot);
}

static GArray *
all_books (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT number FROM book ORDER BY number", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      guint32 book = (guint32) sat_stmt_int (stmt, 0);
      g_array_append_val (books, book);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&books) : NULL;
}

static gboolean
reissue_all (Reissue *reissue, GError **error)
{
  g_autoptr (GArray) books = all_books (reissue->replica, error);

  if (books == NULL)
    return FALSE;
  for (guint i = 0; i < books->len; i++)
    if (!reissue_sealed (reissue, g_array_index (books, guint32, i), error))
      return FALSE;
  if (!note_open (reissue, error))
    return FALSE;
  for (guint i = 0; i < reissue->records->len; i++)
    if (!map_record (reissue, &g_array_index (reissue->records, Place, i), error))
      return FALSE;
  return sat_log_edit_history (reissue->replica, map_entry, reissue, error);
}

gboolean
sat_reissue (SatReplica *replica,
             guint32 old_device,
             guint32 new_device,
             const SatVector *forks,
             GError **error)
{
  g_autoptr (GArray) records = g_array_new (FALSE, TRUE, sizeof (Place));
  Reissue reissue = { replica, old_device, new_device, forks, records };

  return reissue_all (&reissue, error);
}
