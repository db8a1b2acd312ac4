/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-access.h"

#include <string.h>

#include "core/query/sat-rights.h"
#include "core/query/sat-scope.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-log.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"

/* ---- whose
 * ---------------------------------------------------------------------------------------
 */

static gboolean
user_id (SatWorkspace *workspace, SatId *id)
{
  g_autofree char *text = sat_meta_get (workspace->replica, SAT_META_USER);

  return text != NULL && sat_id_parse (text, id);
}

gboolean
sat_workspace_rights_hold (SatWorkspace *workspace)
{
  gboolean in_force = FALSE;

  if (sat_workspace_is_closed (workspace, NULL))
    return TRUE;
  /* What cannot be read restricts nobody from saving what is in his hands. */
  return sat_rights_are_in_force (workspace->replica, &in_force, NULL) && in_force;
}

/* In a closed workspace an administrator is who was let in as one, whatever a record says. */
static char *
role_of (SatWorkspace *workspace, const SatId *user)
{
  g_autofree char *said = sat_rights_role (workspace->replica, user);

  if (!sat_workspace_is_closed (workspace, NULL))
    return g_steal_pointer (&said);
  if (sat_workspace_is_admin (workspace, NULL))
    return g_strdup (SAT_ACCESS_ADMIN);
  return g_strdup (g_strcmp0 (said, SAT_ACCESS_ADMIN) == 0 ? "sales" : said);
}

const SatAccess *
sat_workspace_access (SatWorkspace *workspace)
{
  guint64 version = sat_db_version (workspace->replica->db);
  g_autofree char *role = NULL;
  SatId user;

  if (workspace->access_known && workspace->access_version == version)
    return workspace->access;
  sat_access_free (workspace->former_access);
  workspace->former_access = g_steal_pointer (&workspace->access);
  if (user_id (workspace, &user) && sat_workspace_rights_hold (workspace))
    {
      role = role_of (workspace, &user);
      if (!sat_rights_read (workspace->replica, &user, role, &workspace->access, NULL))
        workspace->access = NULL;
    }
  workspace->access_known = TRUE;
  workspace->access_version = version;
  return workspace->access;
}

const SatChoice *
sat_workspace_roles (SatWorkspace *workspace, guint *n)
{
  const SatObject *user = sat_catalogue_find (workspace->replica->catalogue, "user");
  const SatField *role = user ? sat_object_find (user, "role") : NULL;

  *n = role ? role->n_choices : 0;
  return role ? role->choices : NULL;
}

static gboolean
is_role (SatWorkspace *workspace, const char *name, GError **error)
{
  guint n;
  const SatChoice *roles = sat_workspace_roles (workspace, &n);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      if (strcmp (roles[i].name, name) == 0)
        return TRUE;
      g_string_append_printf (names, "%s%s", names->len ? ", " : "", roles[i].name);
    }
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("there is no role “%s”; there are: %s"), name,
                   names->str, NULL);
}

SatAccess *
sat_workspace_access_of (SatWorkspace *workspace,
                         const char *login,
                         const char *role,
                         GError **error)
{
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GHashTable) nobody = g_hash_table_new (sat_id_hash, sat_id_equal);
  SatAccess *access = NULL;
  SatId id = { 0 };

  if (login == NULL)
    {
      if (!is_role (workspace, role, error))
        return NULL;
      return sat_rights_read_role (workspace->replica, role, error);
    }
  record = sat_workspace_user (workspace->replica, login, error);
  if (record == NULL)
    return NULL;
  id = *sat_record_id (record);
  if (!sat_rights_read (workspace->replica, &id, NULL, &access, error))
    return NULL;
  return access;
}

/* ---- checks
 * --------------------------------------------------------------------------------------
 */

static gboolean
refuse (const SatAccess *access,
        const SatObject *object,
        SatRight right,
        gboolean other,
        GError **error)
{
  static const char *const all[] = {
    N_ ("your role “%s” may not make a %s; ask an administrator"),
    N_ ("your role “%s” may not read a %s; ask an administrator"),
    N_ ("your role “%s” may not change a %s; ask an administrator"),
    N_ ("your role “%s” may not delete a %s; ask an administrator"),
    N_ ("your role “%s” may not export a %s; ask an administrator"),
  };
  static const char *const others[] = {
    N_ ("your role “%s” may not make a %s for somebody else; ask an administrator"),
    N_ ("your role “%s” may not read a %s of somebody else; ask an administrator"),
    N_ ("your role “%s” may not change a %s of somebody else; ask its owner or an administrator"),
    N_ ("your role “%s” may not delete a %s of somebody else; ask its owner or an administrator"),
    N_ ("your role “%s” may not export a %s of somebody else; ask an administrator"),
  };

  return sat_fail (error, SAT_ERROR_REFUSED, (other ? others : all)[right],
                   sat_access_role (access), object->name, NULL);
}

gboolean
sat_workspace_check_right (SatWorkspace *workspace,
                           const SatObject *object,
                           SatRight right,
                           const SatId *id,
                           GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatAccess *access = sat_workspace_access (workspace);
  SatReach reach = sat_access_reach (access, object, right);
  SatPresence presence;
  gboolean within;
  guint32 book;
  gint64 row;
  SatId root;

  /* Nobody does anything with what he does not see. */
  if (id != NULL && !sat_workspace_check_seen (workspace, object, id, error))
    return FALSE;
  if (reach == SAT_REACH_ALL)
    return TRUE;
  if (reach == SAT_REACH_NONE)
    return refuse (access, object, right, FALSE, error);
  if (id == NULL)
    return TRUE;
  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, &root, &row, &book,
                             &presence, error))
    return FALSE;
  if (row == 0) /* who wants it says so better */
    return TRUE;
  if (!sat_scope_has (replica, access, object, right, row, &within, error))
    return FALSE;
  return within || refuse (access, object, right, TRUE, error);
}

gboolean
sat_workspace_check_field (SatWorkspace *workspace, const SatField *field, GError **error)
{
  const SatAccess *access = sat_workspace_access (workspace);

  return sat_access_field (access, field) == SAT_FIELD_EDIT ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("%s: your role “%s” may not change this; ask an administrator"),
                   sat_field_word (field), sat_access_role (access), NULL);
}

/* A new record may be somebody else's only where the right to make them reaches that person. */
static gboolean
check_new (SatWorkspace *workspace, const SatAccess *access, const SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  SatReach reach = sat_access_reach (access, object, SAT_RIGHT_CREATE);
  const SatField *owner = sat_access_owner_field (object);
  const char *value = owner ? sat_draft_get (draft, owner) : NULL;
  SatId id;

  if (!sat_workspace_check_right (workspace, object, SAT_RIGHT_CREATE, NULL, error))
    return FALSE;
  return value == NULL || !sat_id_parse (value, &id) || sat_access_reaches (access, reach, &id) ||
         refuse (access, object, SAT_RIGHT_CREATE, TRUE, error);
}

/* Would the record be an administrator's as it is in DRAFT? */
static gboolean
stays_admin (const SatDraft *draft)
{
  const SatObject *object = sat_draft_object (draft);

  return g_strcmp0 (sat_draft_get (draft, sat_object_find (object, "role")), SAT_ACCESS_ADMIN) ==
             0 &&
         g_strcmp0 (sat_draft_get (draft, sat_object_find (object, "active")), "no") != 0;
}

/* Somebody has to be left who can give rights. In a closed workspace that does not go by the
 * record. */
static gboolean
check_last_admin (SatWorkspace *workspace, const SatDraft *draft, GError **error)
{
  const SatRecord *base = sat_draft_base (draft);
  g_autofree char *before = NULL;
  gboolean other;

  if (base == NULL || strcmp (sat_draft_object (draft)->name, "user") != 0 || stays_admin (draft) ||
      sat_workspace_is_closed (workspace, NULL))
    return TRUE;
  before = sat_rights_role (workspace->replica, sat_record_id (base));
  if (g_strcmp0 (before, SAT_ACCESS_ADMIN) != 0)
    return TRUE;
  if (!sat_rights_other_admin (workspace->replica, sat_record_id (base), &other, error))
    return FALSE;
  return other || sat_fail (error, SAT_ERROR_INVALID,
                            N_ ("“%s” is the only administrator; make somebody else one first"),
                            sat_record_title (base), NULL);
}

gboolean
sat_workspace_check_draft (SatWorkspace *workspace, const SatDraft *draft, GError **error)
{
  const SatAccess *access = sat_workspace_access (workspace);
  const SatObject *object = sat_draft_object (draft);
  const SatRecord *base = sat_draft_base (draft);

  if (access == NULL)
    return TRUE;
  if (base == NULL ? !check_new (workspace, access, draft, error)
                   : !sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT,
                                                 sat_record_id (base), error))
    return FALSE;
  if (!check_last_admin (workspace, draft, error))
    return FALSE;
  for (guint i = 0; sat_access_limits (access, object) && i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];

      if (!sat_draft_changes (draft, field) ||
          (base == NULL && g_strcmp0 (sat_draft_get (draft, field), field->default_value) == 0))
        continue;
      if (!sat_workspace_check_field (workspace, field, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- what is shown ------------------------------------------------------------------------------
 */

static void
conceal (const SatAccess *access, SatRecord *record)
{
  const SatObject *object = sat_record_object (record);

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      SatFieldAccess level = sat_access_field (access, field);
      g_autofree char *mask = NULL;

      if (level >= SAT_FIELD_READ)
        continue;
      mask = level == SAT_FIELD_MASKED ? sat_access_mask (field, sat_record_get (record, field))
                                       : g_strdup ("••••");
      sat_record_conceal (record, field, mask);
    }
}

SatRecord *
sat_workspace_shown (SatWorkspace *workspace, SatRecord *record, GError **error)
{
  const SatAccess *access = sat_workspace_access (workspace);
  const SatObject *object = record ? sat_record_object (record) : NULL;
  char text[SAT_ID_TEXT_SIZE];
  gboolean within;

  if (record == NULL || access == NULL)
    return record;
  if (!sat_scope_has (workspace->replica, access, object, SAT_RIGHT_READ, sat_record_row (record),
                      &within, error))
    {
      sat_record_unref (record);
      return NULL;
    }
  if (!within)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no %s %s here"), object->name,
                sat_id_format (sat_record_id (record), text), NULL);
      sat_record_unref (record);
      return NULL;
    }
  if (sat_access_conceals (access, object))
    conceal (access, record);
  return record;
}

gboolean
sat_workspace_may_see (SatWorkspace *workspace,
                       const SatObject *object,
                       const SatId *id,
                       gboolean *may,
                       GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatAccess *access = sat_workspace_access (workspace);
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  *may = TRUE;
  if (sat_access_reach (access, object, SAT_RIGHT_READ) == SAT_REACH_ALL)
    return TRUE;
  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, &root, &row, &book,
                             &presence, error))
    return FALSE;
  return row == 0 || sat_scope_has (replica, access, object, SAT_RIGHT_READ, row, may, error);
}

gboolean
sat_workspace_check_seen (SatWorkspace *workspace,
                          const SatObject *object,
                          const SatId *id,
                          GError **error)
{
  char text[SAT_ID_TEXT_SIZE];
  gboolean may;

  if (!sat_workspace_may_see (workspace, object, id, &may, error))
    return FALSE;
  return may || sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no %s %s here"), object->name,
                          sat_id_format (id, text), NULL);
}

gboolean
sat_workspace_check_readable (SatWorkspace *workspace, const SatField *field, GError **error)
{
  const SatAccess *access = sat_workspace_access (workspace);

  return sat_access_field (access, field) >= SAT_FIELD_READ ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("%s: your role “%s” may not read this, and so cannot ask for it"),
                   sat_field_word (field), sat_access_role (access), NULL);
}

typedef struct
{
  SatWorkspace *workspace;
  GError *problem;
} Asking;

static void
check_asked (const SatField *field, gpointer data)
{
  Asking *asking = data;

  if (asking->problem == NULL)
    sat_workspace_check_readable (asking->workspace, field, &asking->problem);
}

gboolean
sat_workspace_reads_derived (SatWorkspace *workspace, const SatField *field)
{
  Asking asking = { workspace, NULL };
  gboolean reads;

  if (sat_workspace_access (workspace) == NULL)
    return TRUE;
  check_asked (field, &asking);
  sat_program_each_field (field, check_asked, &asking);
  reads = asking.problem == NULL;
  g_clear_error (&asking.problem);
  return reads;
}

gboolean
sat_workspace_check_query (SatWorkspace *workspace, const SatQuery *query, GError **error)
{
  Asking asking = { workspace, NULL };

  if (sat_workspace_access (workspace) == NULL)
    return TRUE;
  if (query->where != NULL)
    sat_expression_each_field (query->where, check_asked, &asking);
  if (query->reference != NULL)
    check_asked (query->reference, &asking);
  for (guint i = 0; query->sort != NULL && query->sort[i] != NULL; i++)
    {
      const char *name = query->sort[i];
      const SatField *field = sat_object_find_any (query->object, name + (name[0] == '-'));

      if (field == NULL)
        continue;
      check_asked (field, &asking);
      sat_program_each_field (field, check_asked, &asking);
    }
  if (asking.problem == NULL)
    return TRUE;
  g_propagate_error (error, asking.problem);
  return FALSE;
}

/* ---- granting
 * ------------------------------------------------------------------------------------
 */

static gboolean
check_admin (SatWorkspace *workspace, GError **error)
{
  g_autofree char *role = NULL;

  return sat_workspace_is_admin (workspace, &role) ||
         sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("only an administrator may change permissions, and the role of this "
                       "laptop's user is “%s”"),
                   role, NULL);
}

void
sat_workspace_permission_id (const char *role, const char *object, const char *field, SatId *id)
{
  g_autofree char *name = g_strdup_printf ("permission %s %s %s", role, object, field ? field : "");

  sat_id_derive (NULL, name, strlen (name), id);
}

static void
add_edit (GArray *edits, const SatObject *object, const char *field, const char *value)
{
  SatEdit edit = { .field = sat_object_find (object, field), .value = value };

  if (edit.field != NULL)
    g_array_append_val (edits, edit);
}

/* Writes it with the line in the operation log, as one step. */
static gboolean
write_permission (SatWorkspace *workspace,
                  const SatObject *object,
                  const SatId *id,
                  const GArray *edits,
                  const char *detail,
                  GError **error)
{
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  gboolean within = workspace->open != NULL;
  gboolean ok;
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (!within && !sat_workspace_begin (workspace, error))
    return FALSE;
  /* The line is no part of the step: undo takes back the right, not that it was given. */
  sat_local_pause (workspace->open);
  ok = sat_workspace_log (workspace, SAT_OPERATION_PERMISSION, NULL, -1, detail, error) &&
       sat_list_locate (workspace->replica, sat_replica_table (workspace->replica, object), id,
                        &row, &book, &presence, error);
  sat_local_record (workspace->open, 0);
  kind.create = ok && row == 0;
  ok = ok && sat_workspace_edit_raw (workspace, object, id, SAT_BOOK_KEY_COMPANY,
                                     (const SatEdit *) (const void *) edits->data, edits->len,
                                     &kind, error);
  if (within)
    return ok;
  if (ok)
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

static gboolean
check_grant (SatWorkspace *workspace, const char *role, const SatGrant *grant, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, grant->object, error);
  const SatField *field = NULL;

  if (object == NULL || !is_role (workspace, role, error))
    return FALSE;
  if (strcmp (role, SAT_ACCESS_ADMIN) == 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("an administrator may everything; that cannot be changed"), NULL);
  if (grant->field == NULL)
    return TRUE;
  field = sat_workspace_field (workspace, object, grant->field, error);
  if (field == NULL)
    return FALSE;
  if (grant->access >= 0 && grant->access < SAT_FIELD_READ &&
      (field == object->title || field->owning || field == sat_access_owner_field (object)))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("%s says which record it is, or whose; whoever sees a %s sees it, too"),
                     sat_field_word (field), object->name, NULL);
  return TRUE;
}

static void
add_said (GString *text, const char *what, const char *value)
{
  g_string_append_printf (text, " %s=%s", what, value);
}

static gboolean
is_edited (const GArray *edits, const SatField *field)
{
  for (guint i = 0; i < edits->len; i++)
    if (g_array_index (edits, SatEdit, i).field == field)
      return TRUE;
  return FALSE;
}

/* A record that undo has taken back comes to life with all that it said then: what of it is not
 * among EDITS is not said again. */
static gboolean
forget_former (SatWorkspace *workspace,
               const SatObject *object,
               const SatId *id,
               GArray *edits,
               GError **error)
{
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (!sat_list_locate (workspace->replica, sat_replica_table (workspace->replica, object), id,
                        &row, &book, &presence, error))
    return FALSE;
  for (guint i = 0; row != 0 && presence == SAT_DEAD && i < object->n_fields; i++)
    if (object->fields[i]->type->id == SAT_TYPE_CHOICE && !is_edited (edits, object->fields[i]))
      add_edit (edits, object, object->fields[i]->name, NULL);
  return TRUE;
}

gboolean
sat_workspace_grant (SatWorkspace *workspace,
                     const char *role,
                     const SatGrant *grant,
                     GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "permission", error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autoptr (GString) detail = g_string_new (role);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  SatId id;

  if (object == NULL || !check_admin (workspace, error) ||
      !check_grant (workspace, role, grant, error))
    return FALSE;
  sat_workspace_permission_id (role, grant->object, grant->field, &id);
  g_string_append_printf (detail, " %s%s%s", grant->object, grant->field ? "." : "",
                          grant->field ? grant->field : "");
  add_edit (edits, object, "role", role);
  add_edit (edits, object, "object", grant->object);
  if (grant->field != NULL)
    add_edit (edits, object, "field", grant->field);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    {
      char *name = g_strconcat ("may_", sat_right_name (i), NULL);

      g_ptr_array_add (names, name);
      if (grant->rights[i] < 0 || (grant->field != NULL && i != SAT_RIGHT_EXPORT))
        continue;
      add_edit (edits, object, name, sat_reach_name ((SatReach) grant->rights[i]));
      add_said (detail, sat_right_name (i), sat_reach_name ((SatReach) grant->rights[i]));
    }
  if (grant->access >= 0)
    {
      add_edit (edits, object, "access", sat_field_access_name ((SatFieldAccess) grant->access));
      add_said (detail, "access", sat_field_access_name ((SatFieldAccess) grant->access));
    }
  return forget_former (workspace, object, &id, edits, error) &&
         write_permission (workspace, object, &id, edits, detail->str, error);
}

gboolean
sat_workspace_ungrant (SatWorkspace *workspace,
                       const char *role,
                       const SatObject *of,
                       const SatField *field,
                       GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "permission", error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autofree char *detail = g_strdup_printf ("%s %s%s%s reset", role, of->name, field ? "." : "",
                                             field ? field->name : "");
  g_autoptr (SatRecord) record = NULL;
  SatId id;

  if (object == NULL || !check_admin (workspace, error) || !is_role (workspace, role, error))
    return FALSE;
  sat_workspace_permission_id (role, of->name, field ? field->name : NULL, &id);
  record = sat_list_load (workspace->replica, object, &id, NULL);
  if (record == NULL)
    return TRUE;
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->type->id == SAT_TYPE_CHOICE)
      add_edit (edits, object, object->fields[i]->name, NULL);
  return write_permission (workspace, object, &id, edits, detail, error);
}
