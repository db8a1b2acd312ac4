/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records go is decided once, at the beginning; each is looked at again when its turn comes,
 * since it may have gone along with another, or somebody has written to it. */
#include "core/workspace/sat-workspace-handover.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-private.h"

typedef struct
{
  const SatObject *object;
  SatId id;
} Going;

struct _SatHandover
{
  SatWorkspace *workspace;
  GArray *all; /* Going */
  guint at;    /* the next one */
  GArray *counts;
  char *from; /* id text; NULL: whoever the owner is */
  SatId to;
  gboolean has_to;
  char *receiver;
  char *key;
  GPtrArray *unseen; /* ends with NULL */
  guint64 handed, moved;
  gboolean is_held;
  gint64 step;
  SatHlc hlc;
};

static SatHandover *
handover_new (SatWorkspace *workspace)
{
  SatHandover *handover = g_new0 (SatHandover, 1);

  handover->workspace = workspace;
  handover->all = g_array_new (FALSE, FALSE, sizeof (Going));
  handover->counts = g_array_new (FALSE, FALSE, sizeof (SatHandoverCount));
  handover->unseen = g_ptr_array_new_with_free_func (g_free);
  handover->is_held = TRUE;
  return handover;
}

void
sat_handover_free (SatHandover *handover)
{
  if (handover == NULL)
    return;
  g_array_unref (handover->all);
  g_array_unref (handover->counts);
  g_ptr_array_unref (handover->unseen);
  g_free (handover->from);
  g_free (handover->receiver);
  g_free (handover->key);
  g_free (handover);
}

/* ---- which --------------------------------------------------------------------------------------
 */

static void
note_count (SatHandover *handover, const SatObject *object, guint before)
{
  SatHandoverCount count = { object, handover->all->len - before };

  if (count.records > 0)
    g_array_append_val (handover->counts, count);
}

/* The shown records of OBJECT that FROM owns and that this user sees, oldest first. */
static gboolean
add_owned (SatHandover *handover, const SatObject *object, const SatId *from, GError **error)
{
  SatReplica *replica = handover->workspace->replica;
  const SatField *field = sat_workspace_owner_field (object);
  const char *table = sat_replica_table (replica, object)->table;
  g_autofree char *column = field ? sat_schema_column (field, 0) : NULL;
  g_autofree char *scope = sat_scope_condition (replica, sat_workspace_access (handover->workspace),
                                                object, SAT_RIGHT_READ, table);
  g_autofree char *sql = NULL;
  guint before = handover->all->len;
  Going going = { .object = object };
  GError *problem = NULL;
  SatStmt *stmt;

  if (field == NULL)
    return TRUE;
  sql = g_strdup_printf ("SELECT uuid FROM %s WHERE %s = ?1 AND dead = %d AND NOT hidden"
                         " AND (%s) ORDER BY uuid",
                         table, column, (int) SAT_PRESENT, scope ? scope : "1");
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, from);
  while (sat_stmt_step (stmt, &problem))
    if (sat_stmt_id (stmt, 0, &going.id))
      g_array_append_val (handover->all, going);
  note_count (handover, object, before);
  return sat_stmt_finish (stmt, problem, error);
}

static gboolean
add_found (SatHandover *handover,
           const SatObject *object,
           const SatExpression *where,
           GError **error)
{
  SatReplica *replica = handover->workspace->replica;
  const SatQuery query = { .object = object, .where = where, .limit = -1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (handover->workspace, &query, error);
  g_autofree char *sql = g_strdup_printf ("SELECT uuid FROM %s WHERE row = ?1",
                                          sat_replica_table (replica, object)->table);
  Going going = { .object = object };

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
      GError *problem = NULL;

      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, g_array_index (rows, gint64, i));
      if (sat_stmt_step (stmt, &problem) && sat_stmt_id (stmt, 0, &going.id))
        g_array_append_val (handover->all, going);
      if (!sat_stmt_finish (stmt, problem, error))
        return FALSE;
    }
  note_count (handover, object, 0);
  return rows != NULL;
}

/* ---- to whom ------------------------------------------------------------------------------------
 */

static void
note_receiver (SatHandover *handover, const SatRecord *user)
{
  const SatField *name = sat_object_find (sat_record_object (user), "name");

  handover->to = *sat_record_id (user);
  handover->has_to = TRUE;
  handover->receiver = g_strdup (name && sat_record_get (user, name) ? sat_record_get (user, name)
                                                                     : sat_record_title (user));
}

/* Books that there are records of OBJECTS in which go. */
static gboolean
add_books (SatHandover *handover, const SatObject *object, GHashTable *books, GError **error)
{
  SatReplica *replica = handover->workspace->replica;
  const SatField *field = sat_workspace_owner_field (object);
  g_autofree char *column = field ? sat_schema_column (field, 0) : NULL;
  g_autofree char *sql = NULL;
  GError *problem = NULL;
  SatStmt *stmt;
  SatId from;

  if (field == NULL || handover->from == NULL || !sat_id_parse (handover->from, &from))
    return TRUE;
  sql = g_strdup_printf ("SELECT DISTINCT book FROM %s WHERE %s = ?1 AND dead = %d AND NOT hidden",
                         sat_replica_table (replica, object)->table, column, (int) SAT_PRESENT);
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, &from);
  while (sat_stmt_step (stmt, &problem))
    g_hash_table_add (books,
                      g_strdup (sat_names_book (replica->names, (guint32) sat_stmt_int (stmt, 0))));
  return sat_stmt_finish (stmt, problem, error);
}

/* Where the records will be, but not with the one who gets them. */
static gboolean
note_unseen (SatHandover *handover, GError **error)
{
  g_autoptr (GHashTable) books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) seen = NULL;
  g_autoptr (GList) keys = NULL;

  if (handover->has_to)
    {
      seen = sat_workspace_books_of_user (handover->workspace->replica, &handover->to, error);
      if (seen == NULL)
        return FALSE;
      if (handover->key != NULL)
        g_hash_table_add (books, g_strdup (handover->key));
      for (guint i = 0; handover->key == NULL && i < handover->counts->len; i++)
        if (!add_books (handover, g_array_index (handover->counts, SatHandoverCount, i).object,
                        books, error))
          return FALSE;
      g_hash_table_remove (books, SAT_BOOK_KEY_COMPANY);
    }
  keys = g_list_sort (g_hash_table_get_keys (books), (GCompareFunc) strcmp);
  for (const GList *at = keys; at != NULL; at = at->next)
    if (!g_hash_table_contains (seen, at->data))
      g_ptr_array_add (handover->unseen, g_strdup (at->data));
  g_ptr_array_add (handover->unseen, NULL);
  return TRUE;
}

SatHandover *
sat_handover_new (
    SatWorkspace *workspace, const char *from, const char *to, const char *book, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (SatHandover) handover = handover_new (workspace);
  g_autoptr (SatRecord) leaving = sat_workspace_user (replica, from, error);
  g_autoptr (SatRecord) user = leaving && to ? sat_workspace_user (replica, to, error) : NULL;

  if (leaving == NULL || (to != NULL && user == NULL))
    return NULL;
  if (user != NULL && sat_id_equal (sat_record_id (leaving), sat_record_id (user)))
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("“%s” has it already; name another user to hand it to"), to, NULL);
      return NULL;
    }
  handover->from = sat_id_dup_text (sat_record_id (leaving));
  if (user != NULL)
    note_receiver (handover, user);
  handover->key = book ? sat_workspace_book_key (replica, book, error) : NULL;
  if (book != NULL && handover->key == NULL)
    return NULL;
  for (guint i = 0; i < sat_catalogue_n_objects (replica->catalogue); i++)
    if (!add_owned (handover, sat_catalogue_object (replica->catalogue, i), sat_record_id (leaving),
                    error))
      return NULL;
  return note_unseen (handover, error) ? g_steal_pointer (&handover) : NULL;
}

SatHandover *
sat_handover_new_where (SatWorkspace *workspace,
                        const SatObject *object,
                        const SatExpression *where,
                        const char *to,
                        const char *book,
                        GError **error)
{
  g_autoptr (SatHandover) handover = handover_new (workspace);
  g_autoptr (SatRecord) user = NULL;

  if (book != NULL)
    handover->key = sat_workspace_book_key (workspace->replica, book, error);
  else
    handover->key = sat_workspace_book_of_user (workspace->replica, to, &handover->to, error);
  if (handover->key == NULL)
    return NULL;
  if (book == NULL)
    {
      user = sat_workspace_user (workspace->replica, to, error);
      if (user == NULL)
        return NULL;
      note_receiver (handover, user);
    }
  return add_found (handover, object, where, error) && note_unseen (handover, error)
             ? g_steal_pointer (&handover)
             : NULL;
}

/* ---- what it is ---------------------------------------------------------------------------------
 */

const GArray *
sat_handover_counts (const SatHandover *handover)
{
  return handover->counts;
}

guint64
sat_handover_total (const SatHandover *handover)
{
  return handover->all->len;
}

const char *
sat_handover_book (const SatHandover *handover)
{
  return handover->key;
}

const char *
sat_handover_receiver (const SatHandover *handover)
{
  return handover->receiver;
}

const char *const *
sat_handover_unseen (const SatHandover *handover)
{
  return (const char *const *) handover->unseen->pdata;
}

guint64
sat_handover_done (const SatHandover *handover)
{
  return handover->at;
}

guint64
sat_handover_handed (const SatHandover *handover)
{
  return handover->handed;
}

guint64
sat_handover_moved (const SatHandover *handover)
{
  return handover->moved;
}

gboolean
sat_handover_is_held (const SatHandover *handover)
{
  return handover->is_held;
}

gint64
sat_handover_undo (const SatHandover *handover)
{
  return handover->step;
}

/* ---- doing it -----------------------------------------------------------------------------------
 */

/* Is it still here, and still that person's? */
static gboolean
still_goes (SatHandover *handover, const Going *going)
{
  SatReplica *replica = handover->workspace->replica;
  const SatField *field = sat_workspace_owner_field (going->object);
  g_autoptr (SatRecord) record = sat_list_load (replica, going->object, &going->id, NULL);

  if (record == NULL || sat_record_deleted (record) || sat_record_moved_to (record) != NULL)
    return FALSE;
  if (handover->from != NULL)
    return field != NULL && g_strcmp0 (sat_record_get (record, field), handover->from) == 0;
  return TRUE;
}

static gboolean
hand_over (SatHandover *handover, SatLocal *local, const Going *going, GError **error)
{
  const SatAssignTo to = { .key = handover->key,
                           .owner = handover->has_to ? &handover->to : NULL,
                           .lenient = TRUE };
  g_auto (SatAssigned) assigned = { 0 };

  if (!still_goes (handover, going))
    return TRUE;
  if (!sat_workspace_assign_one (handover->workspace, local, going->object, &going->id, &to,
                                 &assigned, error))
    return FALSE;
  handover->handed += assigned.handed;
  handover->moved += assigned.moved;
  if (assigned.moved > 0)
    handover->is_held = assigned.is_held;
  return TRUE;
}

static gboolean
slice (SatHandover *handover, SatLocal *local, gint64 deadline, GError **error)
{
  do
    if (!hand_over (handover, local, &g_array_index (handover->all, Going, handover->at), error))
      return FALSE;
  while (++handover->at < handover->all->len && g_get_monotonic_time () < deadline);
  return TRUE;
}

gboolean
sat_handover_step (SatHandover *handover, guint slice_ms, gboolean *more, GError **error)
{
  gint64 deadline;
  SatLocal *local;

  g_return_val_if_fail (handover->has_to || handover->key != NULL, FALSE);
  *more = handover->at < handover->all->len;
  if (!*more)
    return TRUE;
  local = sat_local_begin (handover->workspace->replica, error);
  if (local == NULL)
    return FALSE;
  deadline = g_get_monotonic_time () + (gint64) slice_ms * 1000;
  sat_local_record (local, 0);
  if (handover->step != 0)
    sat_local_resume_step (local, handover->step, handover->hlc);
  if (!slice (handover, local, deadline, error))
    {
      sat_local_abort (local);
      return FALSE;
    }
  if (handover->step == 0)
    {
      handover->step = sat_local_step (local);
      handover->hlc = sat_local_hlc (local);
    }
  *more = handover->at < handover->all->len;
  return sat_local_commit (local, error);
}

/* ---- the summary --------------------------------------------------------------------------------
 */

typedef struct
{
  SatHandover *handover;
  SatHandoverFunc func;
  gpointer data;
  const SatObject *customer, *deal, *activity;
  GHashTable *seen;   /* SatId of customers that were told of */
  GPtrArray *orphans; /* SatRecord: open deals of no customer */
} Summary;

/* The records of OBJECT whose FIELD names ID, in the order SORT, LIMIT at most (-1: all). */
static GPtrArray *
referrers (Summary *summary,
           const SatObject *object,
           const char *field,
           const SatId *id,
           const char *sort,
           gint64 limit,
           GError **error)
{
  SatWorkspace *workspace = summary->handover->workspace;
  const char *const order[] = { sort, NULL };
  const SatField *sort_field = object ? sat_object_find (object, sort + (sort[0] == '-')) : NULL;
  SatQuery query = { .object = object, .sort = sort_field ? order : NULL, .limit = limit };
  g_autoptr (GArray) rows = NULL;

  query.reference = object ? sat_object_find (object, field) : NULL;
  if (query.reference == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  query.target = *id;
  rows = sat_workspace_list_rows (workspace, &query, error);
  return rows ? sat_workspace_load_rows (workspace, object, (const gint64 *) (void *) rows->data,
                                         rows->len, error)
              : NULL;
}

static gboolean
is_open (const SatRecord *deal)
{
  const SatField *field = sat_object_find (sat_record_object (deal), "stage");
  const char *stage = field ? sat_record_get (deal, field) : NULL;

  return g_strcmp0 (stage, "won") != 0 && g_strcmp0 (stage, "lost") != 0;
}

static GPtrArray *
open_deals (Summary *summary, const SatId *customer, GError **error)
{
  g_autoptr (GPtrArray) all = referrers (summary, summary->deal, "customer", customer, "-stage", -1,
                                         error);
  GPtrArray *out;

  if (all == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  for (guint i = 0; i < all->len; i++)
    {
      const SatRecord *deal = g_ptr_array_index (all, i);
      if (deal != NULL && is_open (deal))
        g_ptr_array_add (out, sat_record_ref (deal));
    }
  return out;
}

static const char *
time_of (const SatRecord *activity)
{
  const SatField *field = activity ? sat_object_find (sat_record_object (activity), "time") : NULL;

  return field ? sat_record_get (activity, field) : NULL;
}

/* The later one of *LAST and the latest activity whose FIELD names ID. */
static gboolean
look_for_last (
    Summary *summary, const char *field, const SatId *id, SatRecord **last, GError **error)
{
  g_autoptr (GPtrArray) found = referrers (summary, summary->activity, field, id, "-time", 1,
                                           error);
  SatRecord *one = found && found->len > 0 ? g_ptr_array_index (found, 0) : NULL;

  if (one != NULL && (*last == NULL || g_strcmp0 (time_of (one), time_of (*last)) > 0))
    {
      g_clear_pointer (last, sat_record_unref);
      *last = sat_record_ref (one);
    }
  return found != NULL;
}

static gboolean
tell (Summary *summary, const SatRecord *customer, GError **error)
{
  const SatId *id = sat_record_id (customer);
  g_autoptr (GPtrArray) deals = NULL;
  g_autoptr (SatRecord) last = NULL;
  SatHandoverCustomer one = { .customer = customer };

  if (!g_hash_table_add (summary->seen, g_memdup2 (id, sizeof *id)))
    return TRUE;
  deals = open_deals (summary, id, error);
  if (deals == NULL || !look_for_last (summary, "customer", id, &last, error))
    return FALSE;
  for (guint i = 0; i < deals->len; i++)
    if (!look_for_last (summary, "deal", sat_record_id (g_ptr_array_index (deals, i)), &last,
                        error))
      return FALSE;
  one.deals = deals;
  one.last = last;
  return summary->func (&one, summary->data, error);
}

/* The customer of a deal that goes. */
static gboolean
tell_of_deal (Summary *summary, const SatRecord *deal, GError **error)
{
  const SatField *field = sat_object_find (summary->deal, "customer");
  const char *customer = field ? sat_record_get (deal, field) : NULL;
  g_autoptr (SatRecord) record = NULL;
  SatId id;

  if (!is_open (deal))
    return TRUE;
  if (customer != NULL && sat_id_parse (customer, &id))
    record = sat_workspace_load (summary->handover->workspace, summary->customer, &id, NULL);
  if (record != NULL)
    return tell (summary, record, error);
  g_ptr_array_add (summary->orphans, sat_record_ref (deal));
  return TRUE;
}

typedef struct
{
  SatRecord *record;
  char *key;
} Named;

static void
named_clear (gpointer data)
{
  Named *named = data;

  sat_record_unref (named->record);
  g_free (named->key);
}

static int
compare_named (gconstpointer a, gconstpointer b)
{
  return strcmp (((const Named *) a)->key, ((const Named *) b)->key);
}

/* Those of OBJECT that go, by name. */
static GArray *
going_of (Summary *summary, const SatObject *object)
{
  SatHandover *handover = summary->handover;
  GArray *out = g_array_new (FALSE, FALSE, sizeof (Named));

  g_array_set_clear_func (out, named_clear);
  for (guint i = 0; i < handover->all->len; i++)
    {
      const Going *going = &g_array_index (handover->all, Going, i);
      Named named = { 0 };

      if (going->object != object)
        continue;
      named.record = sat_workspace_load (handover->workspace, object, &going->id, NULL);
      if (named.record == NULL)
        continue;
      named.key = g_utf8_collate_key (sat_record_title (named.record), -1);
      g_array_append_val (out, named);
    }
  g_array_sort (out, compare_named);
  return out;
}

static gboolean
tell_all (Summary *summary, GError **error)
{
  g_autoptr (GArray) customers = going_of (summary, summary->customer);
  g_autoptr (GArray) deals = summary->deal ? going_of (summary, summary->deal) : NULL;
  SatHandoverCustomer rest = { .deals = summary->orphans };

  for (guint i = 0; i < customers->len; i++)
    if (!tell (summary, g_array_index (customers, Named, i).record, error))
      return FALSE;
  for (guint i = 0; deals != NULL && i < deals->len; i++)
    if (!tell_of_deal (summary, g_array_index (deals, Named, i).record, error))
      return FALSE;
  return summary->orphans->len == 0 || summary->func (&rest, summary->data, error);
}

gboolean
sat_handover_customers (SatHandover *handover, SatHandoverFunc func, gpointer data, GError **error)
{
  const SatCatalogue *catalogue = handover->workspace->replica->catalogue;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (GPtrArray) orphans = g_ptr_array_new_with_free_func (
      (GDestroyNotify) sat_record_unref);
  Summary summary = { .handover = handover,
                      .func = func,
                      .data = data,
                      .customer = sat_catalogue_find (catalogue, "customer"),
                      .deal = sat_catalogue_find (catalogue, "deal"),
                      .activity = sat_catalogue_find (catalogue, "activity"),
                      .seen = seen,
                      .orphans = orphans };

  return summary.customer == NULL || tell_all (&summary, error);
}
