/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moving records to another book with what belongs to them, in one transaction. */
#include <string.h>

#include "core/apply/sat-forward.h"
#include "core/apply/sat-visibility.h"
#include "core/query/sat-list.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-private.h"

void
sat_assigned_clear (SatAssigned *assigned)
{
  g_clear_pointer (&assigned->book, g_free);
}

/* ---- books and users ----------------------------------------------------------------------------
 */

typedef gboolean (*RecordTest) (const SatRecord *record, gpointer data);

/* The first shown record of OBJECT that TEST takes; NULL without error: none. */
static SatRecord *
find_record (
    SatReplica *replica, const char *object, RecordTest test, gpointer data, GError **error)
{
  SatListQuery query = { .object = sat_catalogue_find (replica->catalogue, object), .limit = -1 };
  g_autoptr (GArray) rows = query.object ? sat_list_rows (replica, &query, error) : NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, query.object,
                                                        g_array_index (rows, gint64, i), error);

      if (record == NULL)
        return NULL;
      if (test (record, data))
        return g_steal_pointer (&record);
    }
  return NULL;
}

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field ? sat_record_get (record, field) : NULL;
}

static gboolean
is_book (const SatRecord *record, gpointer data)
{
  const char *name = data;

  return g_strcmp0 (value_of (record, "key"), name) == 0 ||
         g_strcmp0 (sat_record_title (record), name) == 0;
}

char *
sat_workspace_book_key (SatReplica *replica, const char *name, GError **error)
{
  GError *problem = NULL;
  g_autoptr (SatRecord) record = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  if (strcmp (name, SAT_BOOK_KEY_COMPANY) == 0)
    return g_strdup (name);
  record = find_record (replica, "book", is_book, (gpointer) name, &problem);
  if (record != NULL && value_of (record, "key") != NULL)
    return g_strdup (value_of (record, "key"));
  if (problem != NULL)
    g_propagate_error (error, problem);
  else
    sat_fail (error, SAT_ERROR_NOT_FOUND,
              N_ ("there is no book “%s” in this workspace; “satchel book list” lists them"), name,
              NULL);
  return NULL;
}

char *
sat_workspace_find_book (SatWorkspace *workspace, const char *book, GError **error)
{
  return sat_workspace_book_key (workspace->replica, book, error);
}

static gboolean
has_login (const SatRecord *record, gpointer data)
{
  return g_strcmp0 (value_of (record, "login"), data) == 0;
}

typedef struct
{
  const char *user; /* id text */
  GHashTable *books;
} Held;

static gboolean
collect_books (const SatRecord *record, gpointer data)
{
  const Held *held = data;
  g_auto (GStrv) books = NULL;

  if (g_strcmp0 (value_of (record, "user"), held->user) != 0 ||
      g_strcmp0 (value_of (record, "state"), "live") != 0)
    return FALSE;
  books = sat_tags_split (value_of (record, "books"));
  for (guint i = 0; books[i] != NULL; i++)
    if (strcmp (books[i], SAT_BOOK_KEY_COMPANY) != 0)
      g_hash_table_add (held->books, g_strdup (books[i]));
  return FALSE;
}

GHashTable *
sat_workspace_books_of_user (SatReplica *replica, const SatId *user, GError **error)
{
  g_autoptr (GHashTable) books = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *text = sat_id_dup_text (user);
  Held held = { text, books };
  GError *problem = NULL;

  find_record (replica, "device", collect_books, &held, &problem);
  if (problem == NULL)
    return g_steal_pointer (&books);
  g_propagate_error (error, problem);
  return NULL;
}

typedef struct
{
  SatReplica *replica;
  const char *book; /* key */
  char *record;     /* id text of its record; NULL: there is none here */
  GPtrArray *names;
} Holders;

static void
add_holder (Holders *holders, const char *title)
{
  if (title != NULL && !g_ptr_array_find_with_equal_func (holders->names, title, g_str_equal, NULL))
    g_ptr_array_add (holders->names, g_strdup (title));
}

static gboolean
collect_owner (const SatRecord *user, gpointer data)
{
  Holders *holders = data;

  if (holders->record != NULL && g_strcmp0 (value_of (user, "own_book"), holders->record) == 0)
    add_holder (holders, sat_record_title (user));
  return FALSE;
}

static gboolean
collect_holder (const SatRecord *device, gpointer data)
{
  Holders *holders = data;
  const char *user = value_of (device, "user");
  g_auto (GStrv) books = sat_tags_split (value_of (device, "books"));
  g_autofree char *title = NULL;
  SatId id;

  if (user == NULL || !sat_id_parse (user, &id) ||
      g_strcmp0 (value_of (device, "state"), "live") != 0 ||
      !g_strv_contains ((const char *const *) books, holders->book))
    return FALSE;
  title = sat_list_title (holders->replica,
                          sat_catalogue_find (holders->replica->catalogue, "user"), &id);
  add_holder (holders, title);
  return FALSE;
}

GPtrArray *
sat_workspace_users_of_book (SatReplica *replica, const char *book)
{
  g_autoptr (SatRecord) record = find_record (replica, "book", is_book, (gpointer) book, NULL);
  g_autofree char *id = record ? sat_id_dup_text (sat_record_id (record)) : NULL;
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  Holders holders = { replica, book, id, names };

  find_record (replica, "user", collect_owner, &holders, NULL);
  find_record (replica, "device", collect_holder, &holders, NULL);
  return names;
}

/* The only book that the laptops of USER hold; NULL without error: there are several, or none. */
static char *
held_by (SatReplica *replica, const SatId *user, GError **error)
{
  g_autoptr (GHashTable) books = sat_workspace_books_of_user (replica, user, error);
  GHashTableIter iter;
  gpointer key;

  if (books == NULL || g_hash_table_size (books) != 1)
    return NULL;
  g_hash_table_iter_init (&iter, books);
  g_hash_table_iter_next (&iter, &key, NULL);
  return g_strdup (key);
}

SatRecord *
sat_workspace_user (SatReplica *replica, const char *login, GError **error)
{
  GError *problem = NULL;
  SatRecord *record = find_record (replica, "user", has_login, (gpointer) login, &problem);

  if (record == NULL && problem == NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND,
              N_ ("there is no user “%s” here; “satchel list user” lists them"), login, NULL);
  else if (problem != NULL)
    g_propagate_error (error, problem);
  return record;
}

char *
sat_workspace_book_of_user (SatReplica *replica, const char *login, SatId *user, GError **error)
{
  g_autoptr (SatRecord) record = sat_workspace_user (replica, login, error);
  const char *own = record ? value_of (record, "own_book") : NULL;
  g_autoptr (SatRecord) book = NULL;
  GError *problem = NULL;
  char *key = NULL;
  SatId id;

  if (record == NULL)
    return NULL;
  *user = *sat_record_id (record);
  if (own != NULL && sat_id_parse (own, &id))
    book = sat_list_load (replica, sat_catalogue_find (replica->catalogue, "book"), &id, NULL);
  if (book != NULL && value_of (book, "key") != NULL)
    return g_strdup (value_of (book, "key"));
  key = held_by (replica, user, &problem);
  if (key == NULL && problem == NULL)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("it is not known which book is that of “%s”; say it with “satchel set user ID "
                  "own_book=…”, or name the book"),
              login, NULL);
  else if (problem != NULL)
    g_propagate_error (error, problem);
  return key;
}

/* ---- what goes along ----------------------------------------------------------------------------
 */

typedef struct
{
  SatWorkspace *workspace;
  SatReplica *replica;
  SatLocal *local;
  guint32 from, to;
  GArray *all; /* SatChild: the record first, then what goes along */
  GHashTable *seen;
  gboolean *may;  /* of each of ALL: the user may give it another owner */
  guint64 handed; /* records that have another owner now */
} Move;

static void
add (Move *move, SatTable *table, const SatId *id, gint64 row, SatPresence presence)
{
  SatChild child = { table, *id, row, presence };

  if (g_hash_table_add (move->seen, g_memdup2 (id, sizeof *id)))
    g_array_append_val (move->all, child);
}

static gboolean
may_name (const SatField *field, const SatObject *object)
{
  return field->reference != NULL &&
         (strcmp (field->reference, "*") == 0 || strcmp (field->reference, object->name) == 0);
}

/* Those of TABLE, whose book is that of their parent, which FIELD ties to the record AT: as their
 * parent, or, where they have none, otherwise. */
static gboolean
add_tied (Move *move, SatTable *table, const SatField *field, const SatId *at, GError **error)
{
  const SatField *owning = table->object->owning;
  g_autofree char *column = sat_schema_column (field, 0);
  g_autofree char *parent = owning && owning != field ? sat_schema_column (owning, 0) : NULL;
  g_autofree char *sql = g_strdup_printf (
      "SELECT row, uuid, dead FROM %s WHERE %s = ?1 AND book = ?2 AND dead < %d%s%s%s"
      " ORDER BY uuid",
      table->table, column, (int) SAT_AWAY, parent ? " AND " : "", parent ? parent : "",
      parent ? " IS NULL" : "");
  SatStmt *stmt = sat_db_prepare (move->replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, at);
  sat_stmt_bind_int (stmt, 2, move->from);
  while (sat_stmt_step (stmt, &problem))
    {
      SatId id;
      if (sat_stmt_id (stmt, 1, &id))
        add (move, table, &id, sat_stmt_int (stmt, 0), (SatPresence) sat_stmt_int (stmt, 2));
    }
  return sat_stmt_finish (stmt, problem, error);
}

static gboolean
add_followers (Move *move, const SatChild *at, GError **error)
{
  for (guint i = 0; i + 1 < move->replica->tables->len; i++)
    {
      SatTable *table = g_ptr_array_index (move->replica->tables, i);
      const SatObject *object = table->object;

      /* An approval is where the record is that it is about, whatever that is. */
      if (object->book_rule != SAT_BOOK_PARENT && strcmp (object->name, SAT_APPROVAL) != 0)
        continue;
      for (guint k = 0; k < object->n_fields; k++)
        if (may_name (object->fields[k], at->table->object) &&
            !add_tied (move, table, object->fields[k], &at->id, error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
collect (Move *move, GError **error)
{
  for (guint i = 0; i < move->all->len; i++)
    {
      SatChild at = g_array_index (move->all, SatChild, i);
      if (!add_followers (move, &at, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- moving -------------------------------------------------------------------------------------
 */

/* A record that goes with its parent goes only where that is. */
static gboolean
check_parent (const Move *move, const SatRecord *record, gboolean *elsewhere, GError **error)
{
  const SatObject *object = sat_record_object (record);
  const SatField *owning = object->owning;
  const char *parent = object->book_rule == SAT_BOOK_PARENT && owning
                           ? sat_record_get (record, owning)
                           : NULL;
  const SatObject *target = parent
                                ? sat_catalogue_find (move->replica->catalogue, owning->reference)
                                : NULL;
  g_autofree char *title = NULL;
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId id;

  *elsewhere = FALSE;
  if (target == NULL || !sat_id_parse (parent, &id))
    return TRUE;
  if (!sat_list_locate (move->replica, sat_replica_table (move->replica, target), &id, &row, &book,
                        &presence, error))
    return FALSE;
  if (row == 0 || presence == SAT_AWAY || book == move->to)
    return TRUE;
  *elsewhere = TRUE;
  title = sat_list_title (move->replica, target, &id);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("a %s is in the book of the %s it belongs to; assign “%s” instead"),
                   object->name, target->name, title ? title : "?", NULL);
}

static gboolean
write_homes (Move *move, GError **error)
{
  for (guint i = move->all->len; i > 0; i--) /* children first, as when deleting */
    {
      const SatChild *child = &g_array_index (move->all, SatChild, i - 1);
      SatEditKind kind = {
        .life = child->presence == SAT_PRESENT ? SAT_LIFE_LIVE : SAT_LIFE_DEAD,
        .home = move->to,
      };

      if (!sat_local_edit (move->local, child->table->object, &child->id, move->from, NULL, 0,
                           &kind, error))
        return FALSE;
    }
  return TRUE;
}

/* The record and those that were absorbed into it. */
static gboolean
add_entries (Move *move, const SatChild *child, GArray *entries, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  SatForwardEntry entry = { child->table->name, child->id };

  if (!sat_absorbed_any (move->replica))
    {
      g_array_append_val (entries, entry);
      return TRUE;
    }
  ids = sat_absorbed_group (move->replica, child->table->name, move->from, &child->id, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      entry.id = g_array_index (ids, SatId, i);
      g_array_append_val (entries, entry);
    }
  return ids != NULL;
}

static gboolean
carry (Move *move, GError **error)
{
  g_autoptr (GArray) entries = g_array_new (FALSE, FALSE, sizeof (SatForwardEntry));
  g_autoptr (SatForward) forward = NULL;
  gboolean more;

  for (guint i = 0; i < move->all->len; i++)
    if (!add_entries (move, &g_array_index (move->all, SatChild, i), entries, error))
      return FALSE;
  forward = sat_forward_new_for (move->replica, entries);
  return sat_forward_run (forward, move->local, 0, TRUE, &more, error);
}

const SatField *
sat_workspace_owner_field (const SatObject *object)
{
  const SatField *field = sat_access_owner_field (object);

  return field != NULL && field->policy == SAT_POLICY_REVIEW ? field : NULL;
}

static gboolean
may_give (const Move *move, const SatChild *child, gboolean *may, GError **error)
{
  const SatField *field = sat_workspace_owner_field (child->table->object);
  GError *problem = NULL;

  *may = field != NULL &&
         sat_workspace_check_right (move->workspace, child->table->object, SAT_RIGHT_EDIT,
                                    &child->id, &problem) &&
         sat_workspace_check_field (move->workspace, field, &problem);
  if (problem == NULL || g_error_matches (problem, SAT_ERROR, SAT_ERROR_REFUSED) ||
      g_error_matches (problem, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    {
      g_clear_error (&problem);
      return TRUE;
    }
  g_propagate_error (error, problem);
  return FALSE;
}

/* What goes along gets the new owner only where the user may give it as things are before. Of the
 * record itself that was asked. */
static gboolean
find_given (Move *move, GError **error)
{
  move->may = g_new0 (gboolean, move->all->len);
  move->may[0] = TRUE;
  for (guint i = 1; i < move->all->len; i++)
    if (!may_give (move, &g_array_index (move->all, SatChild, i), &move->may[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
write_owner (Move *move,
             const SatChild *child,
             guint32 book,
             const char *before,
             const char *owner,
             GError **error)
{
  const SatField *field = sat_workspace_owner_field (child->table->object);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  SatEdit edit = { .field = field, .value = owner };
  g_autoptr (SatRecord) record = NULL;
  guint at = (guint) (child - &g_array_index (move->all, SatChild, 0));
  gboolean ok;

  if (field == NULL || child->presence != SAT_PRESENT || !move->may[at])
    return TRUE;
  record = sat_list_load (move->replica, child->table->object, &child->id, error);
  if (record == NULL)
    return FALSE;
  if ((at > 0 && g_strcmp0 (sat_record_get (record, field), before) != 0) ||
      g_strcmp0 (sat_record_get (record, field), owner) == 0)
    return TRUE;
  ok = sat_local_edit (move->local, child->table->object, &child->id, book, &edit, 1, &kind,
                       error) &&
       sat_approval_check_written (move->workspace, record, error);
  move->handed += ok;
  return ok;
}

/* Where the records are: before they leave for a book that is not here, after they arrived. */
static gboolean
write_owners (Move *move, const char *before, const SatId *owner, guint32 book, GError **error)
{
  g_autofree char *text = owner ? sat_id_dup_text (owner) : NULL;

  for (guint i = 0; owner != NULL && i < move->all->len; i++)
    if (!write_owner (move, &g_array_index (move->all, SatChild, i), book, before, text, error))
      return FALSE;
  return TRUE;
}

/* What stands in the way of a move; LENIENT: then it stays where it is. */
static gboolean
check_move (Move *move, const SatRecord *record, const char *key, gboolean lenient, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gboolean elsewhere = FALSE;

  if (sat_record_object (record)->book_rule == SAT_BOOK_COMPANY ||
      strcmp (key, SAT_BOOK_KEY_COMPANY) == 0)
    {
      elsewhere = TRUE;
      sat_fail (&cause, SAT_ERROR_INVALID,
                N_ ("book “company” is what every laptop has; records are neither moved there "
                    "nor away from it"),
                NULL);
    }
  else if (check_parent (move, record, &elsewhere, &cause))
    return TRUE;
  if (lenient && elsewhere)
    {
      move->to = move->from;
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

static gboolean
run (Move *move, const SatRecord *record, const SatId *owner, gboolean is_held, GError **error)
{
  const SatField *field = sat_workspace_owner_field (sat_record_object (record));
  const char *before = field ? sat_record_get (record, field) : NULL;

  if (!collect (move, error) || (owner != NULL && !find_given (move, error)))
    return FALSE;
  if (move->from == move->to)
    return write_owners (move, before, owner, move->to, error);
  return (is_held || write_owners (move, before, owner, move->from, error)) &&
         write_homes (move, error) && carry (move, error) &&
         (!is_held || write_owners (move, before, owner, move->to, error));
}

gboolean
sat_workspace_assign_one (SatWorkspace *workspace,
                          SatLocal *local,
                          const SatObject *object,
                          const SatId *id,
                          const SatAssignTo *to,
                          SatAssigned *assigned,
                          GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (SatChild));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (SatRecord) record = NULL;
  g_auto (GStrv) held = sat_workspace_books (workspace, error);
  Move move = {
    .workspace = workspace, .replica = replica, .local = local, .all = all, .seen = seen
  };
  SatPresence presence;
  gboolean ok;
  gint64 row;
  SatId root;

  if (held == NULL || !sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT, id, error) ||
      (to->owner != NULL && sat_access_owner_field (object) != NULL &&
       !sat_workspace_check_field (workspace, sat_access_owner_field (object), error)) ||
      !sat_workspace_locate_home (replica, object, id, &root, &row, &move.from, &presence, error))
    return FALSE;
  move.to = to->key ? sat_names_get_book (replica->names, to->key, error) : move.from;
  record = move.to ? sat_list_load_row (replica, object, row, error) : NULL;
  if (record == NULL ||
      (to->key != NULL && !check_move (&move, record, to->key, to->lenient, error)))
    return FALSE;
  add (&move, sat_replica_table (replica, object), &root, row, presence);
  assigned->book = g_strdup (sat_names_book (replica->names, move.to));
  assigned->is_held = g_strv_contains ((const char *const *) held, assigned->book);
  ok = run (&move, record, to->owner, assigned->is_held, error);
  g_free (move.may);
  if (!ok)
    return FALSE;
  assigned->moved = move.from == move.to ? 0 : all->len;
  assigned->handed = move.handed;
  return TRUE;
}

static gboolean
assign_step (SatWorkspace *workspace,
             const SatObject *object,
             const SatId *id,
             const char *book,
             const char *login,
             SatAssigned *assigned,
             GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  g_autofree char *key = NULL;
  SatAssignTo to = { 0 };
  SatId user;
  gboolean ok;

  memset (assigned, 0, sizeof *assigned);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  key = login ? sat_workspace_book_of_user (workspace->replica, login, &user, error)
              : sat_workspace_book_key (workspace->replica, book, error);
  to.key = key;
  to.owner = login ? &user : NULL;
  ok = key != NULL && sat_workspace_assign_one (workspace, local, object, id, &to, assigned, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

gboolean
sat_workspace_assign (SatWorkspace *workspace,
                      const SatObject *object,
                      const SatId *id,
                      const char *book,
                      SatAssigned *assigned,
                      GError **error)
{
  return assign_step (workspace, object, id, book, NULL, assigned, error);
}

gboolean
sat_workspace_assign_to (SatWorkspace *workspace,
                         const SatObject *object,
                         const SatId *id,
                         const char *login,
                         SatAssigned *assigned,
                         GError **error)
{
  return assign_step (workspace, object, id, NULL, login, assigned, error);
}

static gboolean
hand (SatWorkspace *workspace,
      SatLocal *local,
      const SatObject *object,
      const SatId *id,
      const char *login,
      const char *book,
      SatAssigned *assigned,
      GError **error)
{
  g_autoptr (SatRecord) user = login ? sat_workspace_user (workspace->replica, login, error) : NULL;
  g_autofree char *key = book ? sat_workspace_book_key (workspace->replica, book, error) : NULL;
  const SatAssignTo to = { .key = key, .owner = user ? sat_record_id (user) : NULL };

  return (login == NULL || user != NULL) && (book == NULL || key != NULL) &&
         sat_workspace_assign_one (workspace, local, object, id, &to, assigned, error);
}

gboolean
sat_workspace_hand (SatWorkspace *workspace,
                    const SatObject *object,
                    const SatId *id,
                    const char *login,
                    const char *book,
                    SatAssigned *assigned,
                    GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  memset (assigned, 0, sizeof *assigned);
  if (local == NULL)
    return FALSE;
  sat_local_record (local, 0);
  return sat_workspace_written (workspace, local, mine,
                                hand (workspace, local, object, id, login, book, assigned, error),
                                error);
}

/* ---- looking ------------------------------------------------------------------------------------
 */

static void
count_child (GArray *counts, const SatObject *object)
{
  SatBelongings one = { object, 1 };

  for (guint i = 0; i < counts->len; i++)
    if (g_array_index (counts, SatBelongings, i).object == object)
      {
        g_array_index (counts, SatBelongings, i).records++;
        return;
      }
  g_array_append_val (counts, one);
}

static int
compare_belongings (gconstpointer a, gconstpointer b)
{
  const SatObject *x = ((const SatBelongings *) a)->object;
  const SatObject *y = ((const SatBelongings *) b)->object;

  return (x->index > y->index) - (x->index < y->index);
}

GArray *
sat_workspace_belongings (SatWorkspace *workspace,
                          const SatObject *object,
                          const SatId *id,
                          GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GArray) all = g_array_new (FALSE, TRUE, sizeof (SatChild));
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (SatBelongings));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  Move move = { .replica = replica, .all = all, .seen = seen };
  SatPresence presence;
  gint64 row;
  SatId root;

  if (!sat_workspace_check_seen (workspace, object, id, error) ||
      !sat_workspace_locate_home (replica, object, id, &root, &row, &move.from, &presence, error))
    return NULL;
  add (&move, sat_replica_table (replica, object), &root, row, presence);
  if (!collect (&move, error))
    return NULL;
  for (guint i = 1; i < all->len; i++)
    {
      const SatChild *child = &g_array_index (all, SatChild, i);
      gboolean may;

      if (!sat_workspace_may_see (workspace, child->table->object, &child->id, &may, error))
        return NULL;
      if (child->presence == SAT_PRESENT && may)
        count_child (counts, child->table->object);
    }
  g_array_sort (counts, compare_belongings);
  return g_steal_pointer (&counts);
}

char *
sat_workspace_book_name (SatWorkspace *workspace, const char *key)
{
  g_autoptr (SatRecord) record = find_record (workspace->replica, "book", is_book, (gpointer) key,
                                              NULL);

  return g_strdup (record ? sat_record_title (record) : key);
}

char *
sat_workspace_book_title (SatWorkspace *workspace, const char *key)
{
  g_auto (GStrv) held = sat_workspace_books (workspace, NULL);

  if (held == NULL || g_strv_length (held) < 3 || strcmp (key, SAT_BOOK_KEY_COMPANY) == 0)
    return NULL;
  return sat_workspace_book_name (workspace, key);
}
