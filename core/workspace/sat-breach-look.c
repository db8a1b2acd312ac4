/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-breach-look.h"

#include <string.h>

#include "core/change/sat-change-set.h"
#include "core/query/sat-rights.h"
#include "core/query/sat-scope.h"
#include "core/workspace/sat-breach-notes.h"
#include "core/workspace/sat-exchange.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-private.h"

#define DEFAULT_ROLE "sales"
/* One change-set of an import must not fill the list alone. */
#define FOUND_MAX 50

typedef struct
{
  gboolean is_known;  /* which user the device is of */
  gboolean unbounded; /* an administrator, or rights are not in force */
  SatAccess *access;
} Author;

struct _SatBreachLook
{
  SatWorkspace *workspace;
  GHashTable *authors; /* SatId of the device -> Author, as before the batch */
  GHashTable *looked;  /* "BOOK DEVICE NUMBER" */
  GPtrArray *found;    /* SatBreach */
};

/* One change-set. */
typedef struct
{
  SatBreachLook *look;
  const SatChangeSet *set;
  const Author *author;
  const SatObject *object; /* of the group at hand */
  GPtrArray *dead;         /* SatBreach: records whose deletion is not allowed by itself */
  gboolean deletes;        /* one was deleted that may be */
  guint n_found;
} Judging;

static void
author_free (gpointer data)
{
  sat_access_free (((Author *) data)->access);
  g_free (data);
}

SatBreachLook *
sat_breach_look_new (SatWorkspace *workspace)
{
  SatBreachLook *look;

  if (sat_meta_get_int (workspace->replica, SAT_META_LAST_SYNC, 0) == 0)
    return NULL;
  look = g_new0 (SatBreachLook, 1);
  look->workspace = workspace;
  look->authors = g_hash_table_new_full (sat_id_hash, sat_id_equal, g_free, author_free);
  look->looked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  look->found = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_breach_free);
  return look;
}

void
sat_breach_look_free (SatBreachLook *look)
{
  if (look == NULL)
    return;
  g_hash_table_unref (look->authors);
  g_hash_table_unref (look->looked);
  g_ptr_array_unref (look->found);
  g_free (look);
}

/* ---- who ----------------------------------------------------------------------------------------
 */

static gboolean
user_of (SatReplica *replica, const SatId *device, SatId *user)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "device");
  const SatField *field = object ? sat_object_find (object, "user") : NULL;
  g_autoptr (SatRecord) record = field ? sat_list_load (replica, object, device, NULL) : NULL;
  const char *value = record ? sat_record_get (record, field) : NULL;

  return value != NULL && sat_id_parse (value, user);
}

/* As sat_workspace_access says it on that laptop. */
static void
read_access (SatWorkspace *workspace, const SatId *device, Author *author)
{
  gboolean closed = sat_workspace_is_closed (workspace, NULL);
  g_autofree char *admitted = closed ? sat_workspace_admitted_as (workspace, device) : NULL;
  g_autofree char *role = NULL;
  SatId user;

  author->unbounded = g_strcmp0 (admitted, SAT_ACCESS_ADMIN) == 0 ||
                      !sat_workspace_rights_hold (workspace);
  author->is_known = user_of (workspace->replica, device, &user);
  if (author->unbounded)
    return;
  role = author->is_known ? sat_rights_role (workspace->replica, &user) : NULL;
  if (closed && g_strcmp0 (role, SAT_ACCESS_ADMIN) == 0)
    {
      g_free (role);
      role = g_strdup (DEFAULT_ROLE);
    }
  if (role != NULL)
    sat_rights_read (workspace->replica, &user, role, &author->access, NULL);
  if (author->access == NULL)
    author->access = sat_rights_read_role (workspace->replica, DEFAULT_ROLE, NULL);
  author->unbounded = author->access == NULL ||
                      strcmp (sat_access_role (author->access), SAT_ACCESS_ADMIN) == 0;
}

/* Of a device that is new the user is in its first change-set. */
static const Author *
author_of (SatBreachLook *look, const SatId *device)
{
  Author *author = g_hash_table_lookup (look->authors, device);

  if (author != NULL && author->is_known)
    return author;
  author = g_new0 (Author, 1);
  read_access (look->workspace, device, author);
  g_hash_table_replace (look->authors, g_memdup2 (device, sizeof *device), author);
  return author;
}

/* ---- what ---------------------------------------------------------------------------------------
 */

static SatBreach *
breach_new (const Judging *judging,
            const SatOpGroup *group,
            const SatOp *op,
            SatRight right,
            gboolean other)
{
  SatBreach *breach = g_new0 (SatBreach, 1);

  breach->book = g_strdup (sat_change_set_book (judging->set));
  breach->device = *sat_change_set_device (judging->set);
  breach->number = sat_change_set_number (judging->set);
  breach->object = g_strdup (group->object);
  breach->id = group->id;
  breach->field = op ? g_strdup (op->key) : NULL;
  breach->right = right;
  breach->other = other;
  breach->role = g_strdup (sat_access_role (judging->author->access));
  breach->time_ms = sat_hlc_ms (op && op->hlc ? op->hlc : group->life_hlc);
  return breach;
}

static void
found (Judging *judging, SatBreach *breach)
{
  if (judging->n_found++ < FOUND_MAX)
    g_ptr_array_add (judging->look->found, breach);
  else
    sat_breach_free (breach);
}

/* Is the record, as it is before the change-set, within reach? One that is not here is. */
static gboolean
is_within (const Judging *judging, const SatId *id, SatRight right)
{
  SatReplica *replica = judging->look->workspace->replica;
  SatPresence presence;
  gboolean within = TRUE;
  guint32 book;
  gint64 row;
  SatId root;

  if (!judging->author->is_known ||
      sat_access_reach (judging->author->access, judging->object, right) == SAT_REACH_ALL ||
      !sat_list_locate_root (replica, sat_replica_table (replica, judging->object), id, &root, &row,
                             &book, &presence, NULL) ||
      row == 0)
    return TRUE;
  return !sat_scope_has (replica, judging->author->access, judging->object, right, row, &within,
                         NULL) ||
         within;
}

static const SatOp *
find_op (const SatOpGroup *group, const char *key)
{
  for (guint i = 0; i < group->n_ops; i++)
    if (strcmp (group->ops[i].key, key) == 0)
      return &group->ops[i];
  return NULL;
}

/* Every change says that the record lives; one that makes it says also where it is at home. */
static gboolean
is_new (const Judging *judging, const SatOpGroup *group)
{
  const SatOp *home = group->life == SAT_LIFE_LIVE ? find_op (group, ":home") : NULL;

  return home != NULL && g_strcmp0 (home->value, sat_change_set_book (judging->set)) == 0;
}

static gboolean
may_set (const Judging *judging, const SatOpGroup *group, const SatOp *op)
{
  const SatField *field = sat_object_find (judging->object, op->key);
  const char *leader = sat_access_leader (group->object, op->key);

  return field == NULL || op->automatic || (leader != NULL && find_op (group, leader) != NULL) ||
         sat_access_field (judging->author->access, field) == SAT_FIELD_EDIT ||
         (is_new (judging, group) && op->element == NULL &&
          (op->value == NULL || g_strcmp0 (op->value, field->default_value) == 0));
}

static void
judge_fields (Judging *judging, const SatOpGroup *group)
{
  if (!sat_access_limits (judging->author->access, judging->object))
    return;
  for (guint i = 0; i < group->n_ops; i++)
    if (!may_set (judging, group, &group->ops[i]))
      found (judging, breach_new (judging, group, &group->ops[i], SAT_RIGHT_EDIT, FALSE));
}

static void
judge_made (Judging *judging, const SatOpGroup *group)
{
  const SatAccess *access = judging->author->access;
  SatReach reach = sat_access_reach (access, judging->object, SAT_RIGHT_CREATE);
  const SatField *field = sat_access_owner_field (judging->object);
  const SatOp *owner = field ? find_op (group, field->name) : NULL;
  SatId id;

  if (reach == SAT_REACH_NONE)
    found (judging, breach_new (judging, group, NULL, SAT_RIGHT_CREATE, FALSE));
  else if (judging->author->is_known && owner != NULL && owner->value != NULL &&
           sat_id_parse (owner->value, &id) && !sat_access_reaches (access, reach, &id))
    found (judging, breach_new (judging, group, owner, SAT_RIGHT_CREATE, TRUE));
  else
    judge_fields (judging, group);
}

static void
judge_dead (Judging *judging, const SatOpGroup *group)
{
  gboolean none = sat_access_reach (judging->author->access, judging->object, SAT_RIGHT_DELETE) ==
                  SAT_REACH_NONE;

  if (!none && is_within (judging, &group->id, SAT_RIGHT_DELETE))
    judging->deletes = TRUE;
  else
    g_ptr_array_add (judging->dead, breach_new (judging, group, NULL, SAT_RIGHT_DELETE, !none));
}

static const SatOp *
typed_op (const SatOpGroup *group)
{
  for (guint i = 0; i < group->n_ops; i++)
    if (!group->ops[i].automatic && group->ops[i].kind == SAT_OP_SET && group->ops[i].key[0] != ':')
      return &group->ops[i];
  return NULL;
}

static void
judge_changed (Judging *judging, const SatOpGroup *group)
{
  const SatOp *op = typed_op (group);
  gboolean none = sat_access_reach (judging->author->access, judging->object, SAT_RIGHT_EDIT) ==
                  SAT_REACH_NONE;

  if (op == NULL)
    return;
  if (none || !is_within (judging, &group->id, SAT_RIGHT_EDIT))
    found (judging, breach_new (judging, group, op, SAT_RIGHT_EDIT, !none));
  else
    judge_fields (judging, group);
}

static void
judge_group (Judging *judging, const SatOpGroup *group)
{
  const SatCatalogue *catalogue = judging->look->workspace->replica->catalogue;

  if (judging->object == NULL || strcmp (judging->object->name, group->object) != 0)
    judging->object = sat_catalogue_find (catalogue, group->object);
  /* Who joins writes down the user; a rule's write is nobody's. */
  if (judging->object == NULL || group->n_contexts > 0 || group->life_automatic ||
      sat_access_is_kept (group->object) ||
      (strcmp (group->object, "user") == 0 && is_new (judging, group)))
    return;
  if (is_new (judging, group))
    judge_made (judging, group);
  else if (group->life == SAT_LIFE_DEAD)
    judge_dead (judging, group);
  else
    judge_changed (judging, group);
}

/* Children go with what they belong to: one that may be deleted is enough. */
static void
judge (SatBreachLook *look, const SatChangeSet *set, const Author *author)
{
  g_autoptr (GPtrArray) dead = g_ptr_array_new ();
  Judging judging = { .look = look, .set = set, .author = author, .dead = dead };
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (set, &n);

  for (guint i = 0; i < n; i++)
    judge_group (&judging, &groups[i]);
  for (guint i = 0; i < dead->len; i++)
    if (judging.deletes)
      sat_breach_free (dead->pdata[i]);
    else
      found (&judging, dead->pdata[i]);
}

void
sat_breach_look_at (
    SatBreachLook *look, const char *book, const SatId *device, guint64 number, GBytes *text)
{
  const Author *author = author_of (look, device);
  g_autoptr (SatChangeSet) set = NULL;
  char id[SAT_ID_TEXT_SIZE];

  if (author->unbounded ||
      !g_hash_table_add (look->looked, g_strdup_printf ("%s %s %" G_GUINT64_FORMAT, book,
                                                        sat_id_format (device, id), number)))
    return;
  set = sat_change_set_decode (text, NULL);
  /* What is of another device than its branch goes to quarantine. */
  if (set != NULL && sat_id_equal (sat_change_set_device (set), device) &&
      sat_change_set_number (set) == number && strcmp (sat_change_set_book (set), book) == 0)
    judge (look, set, author);
}

/* ---- afterwards ---------------------------------------------------------------------------------
 */

/* Is it allowed by what has come in the same batch? */
static gboolean
is_allowed_now (SatWorkspace *workspace, const SatBreach *breach)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, breach->object);
  const SatField *field = object && breach->field ? sat_object_find (object, breach->field) : NULL;
  Author now = { 0 };
  gboolean allowed;
  SatReach reach;

  if (object == NULL || strcmp (object->name, "permission") == 0 ||
      strcmp (object->name, "user") == 0)
    return FALSE;
  read_access (workspace, &breach->device, &now);
  reach = sat_access_reach (now.access, object, breach->right);
  allowed = now.unbounded ||
            ((breach->other ? reach == SAT_REACH_ALL : reach != SAT_REACH_NONE) &&
             (field == NULL || sat_access_field (now.access, field) == SAT_FIELD_EDIT));
  sat_access_free (now.access);
  return allowed;
}

gboolean
sat_breach_look_end (SatBreachLook *look, GError **error)
{
  SatWorkspace *workspace = look->workspace;
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  gboolean ok;

  for (guint i = 0; i < look->found->len; i++)
    {
      const SatBreach *breach = look->found->pdata[i];

      if (breach->number <= sat_workspace_applied (workspace, breach->book, &breach->device) &&
          !is_allowed_now (workspace, breach))
        g_ptr_array_add (kept, look->found->pdata[i]);
    }
  ok = kept->len == 0 || sat_breach_notes_add (workspace, kept, error);
  g_ptr_array_set_size (look->found, 0);
  g_hash_table_remove_all (look->authors);
  g_hash_table_remove_all (look->looked);
  return ok;
}
