/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-rights.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/store/sat-schema.h"

#define ROLE_DEFAULT "sales"

/* One row of users or teams: who it is and what it names. */
typedef struct
{
  SatId id;
  SatId up;    /* team: its parent; user: the manager; nil: none */
  SatId other; /* team: its leader; user: the team */
} Node;

/* Rows of OBJECT with two references; empty where the catalogue does not have them. */
static GArray *
read_nodes (
    SatReplica *replica, const char *name, const char *up, const char *other, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, name);
  const SatField *up_field = object ? sat_object_find (object, up) : NULL;
  const SatField *other_field = object ? sat_object_find (object, other) : NULL;
  g_autoptr (GArray) nodes = g_array_new (FALSE, FALSE, sizeof (Node));
  g_autofree char *up_column = NULL;
  g_autofree char *other_column = NULL;
  g_autofree char *sql = NULL;
  GError *problem = NULL;
  SatStmt *stmt;

  if (up_field == NULL || other_field == NULL)
    return g_steal_pointer (&nodes);
  up_column = sat_schema_column (up_field, 0);
  other_column = sat_schema_column (other_field, 0);
  sql = g_strdup_printf ("SELECT uuid, %s, %s FROM %s WHERE hidden = 0", up_column, other_column,
                         sat_replica_table (replica, object)->table);
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      Node node = { 0 };

      if (!sat_stmt_id (stmt, 0, &node.id))
        continue;
      if (!sat_stmt_id (stmt, 1, &node.up))
        node.up = (SatId){ 0 };
      if (!sat_stmt_id (stmt, 2, &node.other))
        node.other = (SatId){ 0 };
      g_array_append_val (nodes, node);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&nodes) : NULL;
}

static gboolean
add (GHashTable *set, const SatId *id)
{
  return !sat_id_is_nil (id) && !g_hash_table_contains (set, id) &&
         g_hash_table_add (set, g_memdup2 (id, sizeof *id));
}

/* Adds who or what has its `up` in SET, and so on down. */
static void
add_below (GHashTable *set, const GArray *nodes)
{
  gboolean more = TRUE;

  while (more)
    {
      more = FALSE;
      for (guint i = 0; i < nodes->len; i++)
        {
          const Node *node = &g_array_index (nodes, Node, i);

          if (!sat_id_is_nil (&node->up) && g_hash_table_contains (set, &node->up))
            more |= add (set, &node->id);
        }
    }
}

/* Whom reach `team` means for ME: the members of the teams that ME leads and of those below them,
 * the colleagues in the own team, and everybody below ME by the field `manager`. */
static GHashTable *
people_of (const SatId *me, const GArray *users, const GArray *teams)
{
  GHashTable *people = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);
  g_autoptr (GHashTable) ours = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, NULL);

  for (guint i = 0; i < teams->len; i++)
    if (sat_id_equal (&g_array_index (teams, Node, i).other, me))
      add (ours, &g_array_index (teams, Node, i).id);
  add_below (ours, teams);
  add (people, me);
  add_below (people, users);
  for (guint i = 0; i < users->len; i++)
    if (sat_id_equal (&g_array_index (users, Node, i).id, me))
      add (ours, &g_array_index (users, Node, i).other);
  for (guint i = 0; i < users->len; i++)
    if (g_hash_table_contains (ours, &g_array_index (users, Node, i).other))
      add (people, &g_array_index (users, Node, i).id);
  return people;
}

/* The value of the field NAME; NULL: empty, or there is no such field. */
static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

static void
add_grant (SatAccess *access, const SatRecord *record)
{
  SatGrant grant = { value_of (record, "object"), value_of (record, "field"), { 0 }, -1 };

  if (grant.object == NULL || g_strcmp0 (value_of (record, "role"), sat_access_role (access)) != 0)
    return;
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    {
      g_autofree char *name = g_strconcat ("may_", sat_right_name (i), NULL);
      grant.rights[i] = sat_reach_from_name (value_of (record, name));
    }
  grant.access = sat_field_access_from_name (value_of (record, "access"));
  sat_access_grant (access, &grant);
}

static gboolean
read_grants (SatReplica *replica, SatAccess *access, GError **error)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "permission");
  SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = NULL;

  if (object == NULL)
    return TRUE;
  rows = sat_list_rows (replica, &query, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, object,
                                                        g_array_index (rows, gint64, i), error);
      if (record == NULL)
        return FALSE;
      add_grant (access, record);
    }
  return rows != NULL;
}

char *
sat_rights_role (SatReplica *replica, const SatId *user)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "user");
  g_autoptr (SatRecord) record = object ? sat_list_load (replica, object, user, NULL) : NULL;
  const char *role;

  if (record == NULL)
    return NULL;
  if (sat_record_deleted (record) || g_strcmp0 (value_of (record, "active"), "no") == 0)
    return g_strdup (SAT_ACCESS_OBSERVER);
  role = value_of (record, "role");
  return g_strdup (role ? role : ROLE_DEFAULT);
}

gboolean
sat_rights_other_admin (SatReplica *replica, const SatId *user, gboolean *found, GError **error)
{
  g_autoptr (GArray) users = read_nodes (replica, "user", "manager", "team", error);

  *found = FALSE;
  for (guint i = 0; users != NULL && i < users->len && !*found; i++)
    {
      const Node *node = &g_array_index (users, Node, i);
      g_autofree char *role = sat_rights_role (replica, &node->id);

      *found = !sat_id_equal (&node->id, user) && g_strcmp0 (role, SAT_ACCESS_ADMIN) == 0;
    }
  return users != NULL;
}

gboolean
sat_rights_read (
    SatReplica *replica, const SatId *user, const char *role, SatAccess **out, GError **error)
{
  g_autofree char *own = sat_rights_role (replica, user);
  g_autoptr (GArray) users = NULL;
  g_autoptr (GArray) teams = NULL;
  g_autoptr (GHashTable) people = NULL;
  g_autoptr (SatAccess) access = NULL;

  *out = NULL;
  if (own == NULL)
    return TRUE;
  users = read_nodes (replica, "user", "manager", "team", error);
  teams = users ? read_nodes (replica, "team", "parent", "leader", error) : NULL;
  if (teams == NULL)
    return FALSE;
  people = people_of (user, users, teams);
  access = sat_access_new (strcmp (own, SAT_ACCESS_OBSERVER) != 0 && role ? role : own, user,
                           people);
  if (!read_grants (replica, access, error))
    return FALSE;
  *out = g_steal_pointer (&access);
  return TRUE;
}

SatAccess *
sat_rights_read_role (SatReplica *replica, const char *role, GError **error)
{
  g_autoptr (GHashTable) nobody = g_hash_table_new (sat_id_hash, sat_id_equal);
  const SatId nil = { 0 };
  g_autoptr (SatAccess) access = sat_access_new (role, &nil, nobody);

  return read_grants (replica, access, error) ? g_steal_pointer (&access) : NULL;
}

gboolean
sat_rights_are_in_force (SatReplica *replica, gboolean *in_force, GError **error)
{
  const SatObject *user = sat_catalogue_find (replica->catalogue, "user");
  const SatObject *device = sat_catalogue_find (replica->catalogue, "device");
  const SatObject *permission = sat_catalogue_find (replica->catalogue, "permission");
  const SatField *role = user ? sat_object_find (user, "role") : NULL;
  const SatField *owner = device ? sat_object_find (device, "user") : NULL;
  const SatField *state = device ? sat_object_find (device, "state") : NULL;
  g_autofree char *role_column = role ? sat_schema_column (role, 0) : NULL;
  g_autofree char *owner_column = owner ? sat_schema_column (owner, 0) : NULL;
  g_autofree char *state_column = state ? sat_schema_column (state, 0) : NULL;
  g_autofree char *sql = NULL;
  gint64 found = 0;

  *in_force = FALSE;
  if (role == NULL || owner == NULL || state == NULL || permission == NULL)
    return TRUE;
  sql = g_strdup_printf (
      "SELECT EXISTS (SELECT 1 FROM %s WHERE hidden = 0) OR EXISTS (SELECT 1 FROM %s u"
      " JOIN %s d ON d.%s = u.uuid WHERE u.hidden = 0 AND u.%s = 'admin' AND d.hidden = 0"
      " AND coalesce (d.%s, 'live') = 'live')",
      sat_replica_table (replica, permission)->table, sat_replica_table (replica, user)->table,
      sat_replica_table (replica, device)->table, owner_column, role_column, state_column);
  if (!sat_db_get_int (replica->db, sql, 0, &found, error))
    return FALSE;
  *in_force = found != 0;
  return TRUE;
}
