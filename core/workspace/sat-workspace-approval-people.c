/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is who for approvals: whose device it is, who has a role, who is whose superior, as the users
 * known here say. */
#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-approval-private.h"

#define EVERYBODY "*"

SatOffice *
sat_office_new (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "user", error);
  const SatListQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = object ? sat_list_rows (workspace->replica, &query, error) : NULL;
  g_autoptr (SatOffice) office = NULL;

  if (rows == NULL)
    return NULL;
  office = g_new0 (SatOffice, 1);
  office->workspace = workspace;
  office->users = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  office->devices = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < rows->len; i++)
    {
      SatRecord *record = sat_list_load_row (workspace->replica, object,
                                             g_array_index (rows, gint64, i), error);
      if (record == NULL)
        return NULL;
      g_ptr_array_add (office->users, record);
    }
  return g_steal_pointer (&office);
}

void
sat_office_free (SatOffice *office)
{
  if (office == NULL)
    return;
  g_ptr_array_unref (office->users);
  g_hash_table_unref (office->devices);
  g_free (office);
}

const SatRecord *
sat_office_user (const SatOffice *office, const SatId *id)
{
  for (guint i = 0; i < office->users->len; i++)
    if (sat_id_equal (sat_record_id (office->users->pdata[i]), id))
      return office->users->pdata[i];
  return NULL;
}

char *
sat_office_name (const SatOffice *office, const SatId *id)
{
  const SatRecord *user = sat_office_user (office, id);

  return g_strdup (user != NULL ? sat_record_title (user) : "?");
}

static gboolean
is_active (const SatRecord *user)
{
  return g_strcmp0 (sat_value_named (user, "active"), "no") != 0;
}

static gboolean
has_role (const SatRecord *user, const char *role)
{
  return g_strcmp0 (sat_value_named (user, "role"), role) == 0;
}

gboolean
sat_office_is_admin (const SatOffice *office, const SatId *id)
{
  const SatRecord *user = sat_office_user (office, id);

  return user != NULL && has_role (user, SAT_ACCESS_ADMIN);
}

const SatId *
sat_office_user_of_device (SatOffice *office, guint32 device)
{
  SatReplica *replica = office->workspace->replica;
  SatId *user = g_hash_table_lookup (office->devices, GUINT_TO_POINTER (device));
  g_autoptr (SatRecord) record = NULL;

  if (user != NULL)
    return user;
  user = g_new0 (SatId, 1);
  record = sat_list_load (replica, sat_catalogue_find (replica->catalogue, "device"),
                          sat_names_device (replica->names, device), NULL);
  if (record != NULL)
    sat_id_named (record, "user", user);
  g_hash_table_insert (office->devices, GUINT_TO_POINTER (device), user);
  return user;
}

/* ---- whom a step asks ---------------------------------------------------------------------------
 */

/* The manager whom the record names, else who leads the team or one that it is part of. */
static const SatRecord *
superior_of (const SatOffice *office, const SatRecord *user)
{
  SatReplica *replica = office->workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, "team");
  SatId id;

  if (sat_id_named (user, "manager", &id))
    return sat_office_user (office, &id);
  if (!sat_id_named (user, "team", &id))
    return NULL;
  for (guint i = 0; object != NULL && i < 20; i++)
    {
      g_autoptr (SatRecord) team = sat_list_load (replica, object, &id, NULL);
      SatId leader;

      if (team == NULL)
        return NULL;
      if (sat_id_named (team, "leader", &leader) && !sat_id_equal (&leader, sat_record_id (user)))
        return sat_office_user (office, &leader);
      if (!sat_id_named (team, "parent", &id))
        return NULL;
    }
  return NULL;
}

static void
ask (SatApprovalStep *step, const SatRecord *user, const SatId *initiator)
{
  const SatId *id = user != NULL ? sat_record_id (user) : NULL;

  if (user != NULL && is_active (user) && !sat_id_equal (id, initiator) &&
      !sat_ids_have (step->asked, id))
    g_array_append_vals (step->asked, id, 1);
}

static void
ask_role (const SatOffice *office, SatApprovalStep *step, const char *role, const SatId *initiator)
{
  for (guint i = 0; i < office->users->len; i++)
    if (has_role (office->users->pdata[i], role))
      ask (step, office->users->pdata[i], initiator);
}

static gboolean
fill_step (const SatOffice *office,
           const SatProcessStep *from,
           SatApprovalStep *step,
           const SatId *initiator,
           const GArray *chosen,
           GError **error)
{
  const SatRecord *user = sat_office_user (office, initiator);

  if (g_strcmp0 (from->kind, "role") == 0)
    ask_role (office, step, from->role, initiator);
  else if (g_strcmp0 (from->kind, "person") == 0)
    ask (step, sat_office_user (office, &from->person), initiator);
  else if (g_strcmp0 (from->kind, "chosen") != 0)
    {
      for (guint i = 0; user != NULL && i < from->level; i++)
        user = superior_of (office, user);
      ask (step, user, initiator);
    }
  else if (chosen == NULL || chosen->len == 0)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("step “%s” leaves it to you whom to ask; say who with --to LOGIN"),
                     from->name, NULL);
  else
    for (guint i = 0; i < chosen->len; i++)
      ask (step, sat_office_user (office, &g_array_index (chosen, SatId, i)), initiator);
  return TRUE;
}

static gboolean
fall_back (const SatOffice *office,
           const SatProcess *process,
           SatApprovalStep *step,
           const SatId *initiator,
           GError **error)
{
  if (step->asked->len > 0 || g_strcmp0 (process->fallback, "pass") == 0)
    return TRUE;
  if (g_strcmp0 (process->fallback, "refuse") != 0)
    ask_role (office, step, SAT_ACCESS_ADMIN, initiator);
  return step->asked->len > 0 ||
         sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("nobody is found for step “%s” of “%s”; an administrator can change the "
                       "process or the users"),
                   step->name, process->name, NULL);
}

gboolean
sat_process_own (SatOffice *office,
                 const SatProcess *process,
                 const SatApprovalSubject *subject,
                 const SatId *initiator,
                 gboolean *own,
                 GError **error)
{
  const SatRecord *user = sat_office_user (office, initiator);

  *own = FALSE;
  for (guint i = 0; user != NULL && !*own && i < process->limits->len; i++)
    {
      const SatOwnLimit *limit = process->limits->pdata[i];

      if ((strcmp (limit->role, EVERYBODY) == 0 || has_role (user, limit->role)) &&
          !sat_condition_meets (office->workspace, limit->within, subject, own, error))
        return FALSE;
    }
  return TRUE;
}

/* A process without steps asks the initiator's manager. */
static char manager_name[] = "1";
static char manager_kind[] = "superior";
static const SatProcessStep manager = { .name = manager_name, .kind = manager_kind, .level = 1 };

SatApprovalPlan *
sat_process_plan (SatOffice *office,
                  const SatProcess *process,
                  const SatApprovalSubject *subject,
                  const SatId *initiator,
                  const GArray *chosen,
                  GError **error)
{
  g_autoptr (SatApprovalPlan) plan = sat_approval_plan_new ();
  guint n = MAX (process->steps->len, 1);

  if (!sat_process_own (office, process, subject, initiator, &plan->own, error))
    return NULL;
  for (guint i = 0; !plan->own && i < n; i++)
    {
      const SatProcessStep *from = process->steps->len > 0 ? process->steps->pdata[i] : &manager;
      SatApprovalStep *step = sat_approval_plan_add (plan, from->name, from->mode);

      if ((from->within != NULL &&
           !sat_condition_meets (office->workspace, from->within, subject, &step->final, error)) ||
          !fill_step (office, from, step, initiator, chosen, error) ||
          !fall_back (office, process, step, initiator, error))
        return NULL;
    }
  return g_steal_pointer (&plan);
}
