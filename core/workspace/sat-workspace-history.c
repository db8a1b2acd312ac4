/* SPDX-License-Identifier: GPL-3.0-or-later */
/* History and conflicts in people's terms: who, on which device, when. */
#include <string.h>

#include "core/apply/sat-history.h"
#include "core/query/sat-list.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

void
sat_change_free (SatChange *change)
{
  if (change == NULL)
    return;
  g_free (change->field_name);
  g_free (change->value);
  g_free (change->book);
  g_free (change->device_code);
  g_free (change->user);
  g_free (change);
}

void
sat_conflict_free (SatConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_free (conflict->title);
  g_clear_pointer (&conflict->values, g_ptr_array_unref);
  g_free (conflict->before);
  g_free (conflict);
}

/* ---- who ----------------------------------------------------------------------------------------
 */

/* Code and user of the device, from its record in book `company`. */
static void
describe_device (SatReplica *replica, const SatId *device, char **code, char **user)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "device");
  const SatField *code_field = object ? sat_object_find (object, "code") : NULL;
  const SatField *user_field = object ? sat_object_find (object, "user") : NULL;
  g_autoptr (SatRecord) record = object ? sat_list_load (replica, object, device, NULL) : NULL;
  SatId id;

  if (record != NULL && code_field != NULL)
    *code = g_strdup (sat_record_get (record, code_field));
  if (record != NULL && user_field != NULL && sat_record_get (record, user_field) != NULL &&
      sat_id_parse (sat_record_get (record, user_field), &id))
    *user = sat_list_title (replica, sat_catalogue_find (replica->catalogue, "user"), &id);
  if (*code == NULL)
    *code = g_strdup ("?");
  if (*user == NULL)
    *user = g_strdup ("?");
}

typedef struct
{
  guint32 device;
  char *code, *user;
} Who;

static void
who_free (gpointer data)
{
  Who *who = data;

  g_free (who->code);
  g_free (who->user);
  g_free (who);
}

static const Who *
look_up (SatReplica *replica, GHashTable *known, guint32 device)
{
  Who *who = g_hash_table_lookup (known, GUINT_TO_POINTER (device));

  if (who != NULL)
    return who;
  who = g_new0 (Who, 1);
  describe_device (replica, sat_names_device (replica->names, device), &who->code, &who->user);
  g_hash_table_insert (known, GUINT_TO_POINTER (device), who);
  return who;
}

static gboolean
is_open (SatReplica *replica, const SatDot *dot)
{
  SatVector vector;
  gboolean open = FALSE;

  if (dot->device != replica->me)
    return FALSE;
  sat_vector_init (&vector);
  if (sat_log_vector (replica, dot->book, &vector, NULL))
    open = dot->number > sat_vector_get (&vector, replica->me);
  sat_vector_clear (&vector);
  return open;
}

static SatChange *
change_of (SatReplica *replica, SatTable *table, const SatPast *past, GHashTable *known)
{
  SatChange *change = g_new0 (SatChange, 1);
  const Who *who = look_up (replica, known, past->dot.device);

  change->object = table->object;
  change->field = sat_table_field (table, past->name);
  change->field_name = g_strdup (
      past->name == SAT_FIELD_LIFE ? "life" : sat_names_name (replica->names, past->name));
  change->value = g_strdup (past->value);
  change->removed = past->removal;
  change->book = g_strdup (sat_names_book (replica->names, past->dot.book));
  change->device = *sat_names_device (replica->names, past->dot.device);
  change->device_code = g_strdup (who->code);
  change->user = g_strdup (who->user);
  change->number = is_open (replica, &past->dot) ? 0 : past->dot.number;
  change->time = past->hlc;
  change->automatic = past->automatic;
  if (past->current)
    change->state = past->shown ? SAT_CURRENT : SAT_SIBLING;
  else
    change->state = past->unseen ? SAT_REPLACED_UNSEEN : SAT_REPLACED;
  return change;
}

/* ---- history ------------------------------------------------------------------------------------
 */

static gboolean
locate (SatReplica *replica,
        const SatObject *object,
        const SatId *id,
        SatId *root,
        gint64 *row,
        GError **error)
{
  SatPresence presence;
  guint32 book;
  char text[SAT_ID_TEXT_SIZE];

  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, root, row, &book,
                             &presence, error))
    return FALSE;
  if (*row == 0)
    return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no %s %s here"), object->name,
                     sat_id_format (id, text), NULL);
  return TRUE;
}

GPtrArray *
sat_workspace_history (SatWorkspace *workspace,
                       const SatObject *object,
                       const SatId *id,
                       const SatField *field,
                       GError **error)
{
  SatReplica *replica = workspace->replica;
  SatTable *table = sat_replica_table (replica, object);
  g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, who_free);
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_change_free);
  g_autoptr (GPtrArray) past = NULL;
  const SatAccess *access = sat_workspace_access (workspace);
  gint64 row;
  SatId root;

  if (!sat_workspace_check_seen (workspace, object, id, error) ||
      !locate (replica, object, id, &root, &row, error))
    return NULL;
  past = sat_history_of_record (replica, table, &root, field ? table->fields[field->index] : 0,
                                error);
  if (past == NULL)
    return NULL;
  for (guint i = 0; i < past->len; i++)
    {
      const SatPast *entry = g_ptr_array_index (past, i);
      const SatField *of = sat_table_field (table, entry->name);

      if (of == NULL || sat_access_field (access, of) >= SAT_FIELD_READ)
        g_ptr_array_add (out, change_of (replica, table, entry, known));
    }
  return g_steal_pointer (&out);
}

/* ---- conflicts ----------------------------------------------------------------------------------
 */

/* The siblings that count, the shown one first: rules' writes are no party to a conflict with
 * people. */
static GPtrArray *
parties (GPtrArray *past)
{
  GPtrArray *out = g_ptr_array_new ();
  gboolean people = FALSE;

  for (guint i = 0; i < past->len; i++)
    {
      const SatPast *entry = g_ptr_array_index (past, i);
      people |= entry->current && !entry->automatic;
    }
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < past->len; i++)
      {
        SatPast *entry = g_ptr_array_index (past, i);
        if (entry->current && entry->element == NULL && entry->shown == (pass == 0) &&
            !(people && entry->automatic))
          g_ptr_array_add (out, entry);
      }
  return out;
}

static SatConflict *
conflict_of (
    SatReplica *replica, const SatField *field, gint64 row, const SatId *id, GError **error)
{
  SatTable *table = sat_replica_table (replica, field->object);
  g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, who_free);
  g_autoptr (GPtrArray) past = sat_history_of (replica, table, row, table->fields[field->index],
                                               error);
  g_autoptr (GPtrArray) siblings = NULL;
  const SatPast *base;
  SatConflict *conflict;
  GError *problem = NULL;

  if (past == NULL)
    return NULL;
  siblings = parties (past);
  base = sat_history_base (replica, past, (const SatPast *const *) siblings->pdata, siblings->len,
                           &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  conflict = g_new0 (SatConflict, 1);
  conflict->object = field->object;
  conflict->field = field;
  conflict->id = *id;
  conflict->title = sat_list_title (replica, field->object, id);
  conflict->before = base ? g_strdup (base->value) : NULL;
  conflict->values = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_change_free);
  for (guint i = 0; i < siblings->len; i++)
    g_ptr_array_add (conflict->values,
                     change_of (replica, table, g_ptr_array_index (siblings, i), known));
  return conflict;
}

SatConflict *
sat_workspace_conflict (SatWorkspace *workspace,
                        const SatObject *object,
                        const SatId *id,
                        const SatField *field,
                        GError **error)
{
  SatReplica *replica = workspace->replica;
  SatTable *table = sat_replica_table (replica, object);
  SatStmt *stmt;
  GError *problem = NULL;
  gboolean there;
  gint64 row;
  SatId root;

  if (!sat_workspace_check_seen (workspace, object, id, error) ||
      !sat_workspace_check_readable (workspace, field, error) ||
      !locate (replica, object, id, &root, &row, error))
    return NULL;
  stmt = sat_db_prepare (
      replica->db, "SELECT 1 FROM conflict WHERE object = ?1 AND row = ?2 AND field = ?3", error);
  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, table->name);
  sat_stmt_bind_int (stmt, 2, row);
  sat_stmt_bind_int (stmt, 3, table->fields[field->index]);
  there = sat_stmt_step (stmt, &problem);
  sat_stmt_reset (stmt);
  if (problem != NULL)
    g_propagate_error (error, problem);
  return there ? conflict_of (replica, field, row, &root, error) : NULL;
}

typedef struct
{
  const SatField *field;
  gint64 row;
  SatId id;
} Waiting;

/* A record that was moved by two people may be at home in two books until its laptop has carried
 * that on: what counts is where it is found by its id, since there it is shown and settled. */
static gboolean
is_where_found (
    SatReplica *replica, SatTable *table, const Waiting *waiting, gboolean *found, GError **error)
{
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (!sat_list_locate (replica, table, &waiting->id, &row, &book, &presence, error))
    return FALSE;
  *found = row == waiting->row;
  return TRUE;
}

/* Is it one that this user sees? */
static gboolean
is_for_user (SatReplica *replica,
             const SatAccess *access,
             const Waiting *waiting,
             gboolean *found,
             GError **error)
{
  *found = sat_access_field (access, waiting->field) >= SAT_FIELD_READ;
  return !*found || sat_scope_has (replica, access, waiting->field->object, SAT_RIGHT_READ,
                                   waiting->row, found, error);
}

/* Adds those of TABLE that ACCESS sees, LIMIT (-1: no bound) of them at most. */
static gboolean
waiting_in (SatReplica *replica,
            const SatAccess *access,
            SatTable *table,
            gint64 limit,
            GArray *out,
            GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT c.field, c.row, t.uuid FROM conflict c JOIN %s t ON t.row = c.row"
      " WHERE c.object = ?1 AND t.hidden = 0 ORDER BY c.row, c.field",
      table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;
  gint64 n = 0;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, table->name);
  while (n != limit && sat_stmt_step (stmt, &problem))
    {
      Waiting waiting = { .field = sat_table_field (table, (guint32) sat_stmt_int (stmt, 0)) };
      gboolean found;

      waiting.row = sat_stmt_int (stmt, 1);
      if (waiting.field == NULL || !sat_stmt_id (stmt, 2, &waiting.id))
        continue;
      if (!is_where_found (replica, table, &waiting, &found, &problem) ||
          (found && !is_for_user (replica, access, &waiting, &found, &problem)))
        break;
      if (!found)
        continue;
      g_array_append_val (out, waiting);
      n++;
    }
  return sat_stmt_finish (stmt, problem, error);
}

GPtrArray *
sat_workspace_conflicts (SatWorkspace *workspace, gint64 limit, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_conflict_free);
  const SatAccess *access = sat_workspace_access (workspace);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));

  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!waiting_in (replica, access, g_ptr_array_index (replica->tables, i), limit, waiting,
                     error))
      return NULL;
  for (guint i = 0; i < waiting->len && (limit < 0 || i < limit); i++)
    {
      const Waiting *entry = &g_array_index (waiting, Waiting, i);
      SatConflict *conflict = conflict_of (replica, entry->field, entry->row, &entry->id, error);

      if (conflict == NULL)
        return NULL;
      g_ptr_array_add (out, conflict);
    }
  return g_steal_pointer (&out);
}

gint64
sat_workspace_n_conflicts (SatWorkspace *workspace)
{
  SatReplica *replica = workspace->replica;
  const SatAccess *access = sat_workspace_access (workspace);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (Waiting));

  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!waiting_in (replica, access, g_ptr_array_index (replica->tables, i), -1, waiting, NULL))
      break;
  return waiting->len;
}
