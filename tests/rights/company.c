/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/rights/company.h"

#include <string.h>

#include "core/workspace/sat-workspace-private.h"

gboolean
is_within (SatReach reach, CanaryOwner whose)
{
  if (reach == SAT_REACH_NONE)
    return FALSE;
  if (reach == SAT_REACH_OWN)
    return whose == CANARY_MINE || whose == CANARY_NOBODYS;
  return reach == SAT_REACH_ALL || whose != CANARY_OTHERS;
}

/* ---- saying it ----------------------------------------------------------------------------------
 */

Said *
said_of (const Company *company, const SatObject *object)
{
  return g_hash_table_lookup (company->said, object);
}

static void
say (const Company *company,
     const SatObject *of,
     const SatField *field,
     const char *name,
     const char *value)
{
  SatWorkspace *li = company->li;
  const SatObject *object = world_object (li, "permission");
  const SatEdit edits[] = {
    { .field = sat_object_find (object, "role"), .value = COMPANY_ROLE },
    { .field = sat_object_find (object, "object"), .value = of->name },
    { .field = sat_object_find (object, name), .value = value },
    { .field = sat_object_find (object, "field"), .value = field ? field->name : NULL },
  };
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (SatRecord) there = NULL;
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_permission_id (COMPANY_ROLE, of->name, field ? field->name : NULL, &id);
  there = sat_list_load (world_replica (li), object, &id, NULL);
  kind.create = there == NULL;
  sat_workspace_edit_raw (li, object, &id, SAT_BOOK_KEY_COMPANY, edits, field ? 4 : 3, &kind,
                          &error);
  g_assert_no_error (error);
}

void
say_reach (const Company *company, const SatObject *object, SatRight right, SatReach reach)
{
  g_autofree char *name = g_strconcat ("may_", sat_right_name (right), NULL);

  said_of (company, object)->reach[right] = reach;
  say (company, object, NULL, name, sat_reach_name (reach));
}

gboolean
can_be_concealed (const SatField *field)
{
  return field != field->object->title && !field->owning &&
         field != sat_access_owner_field (field->object);
}

void
say_field (const Company *company, const SatField *field, SatFieldAccess access, gboolean exports)
{
  Said *said = said_of (company, field->object);

  said->fields[field->index] = access;
  said->exports[field->index] = exports;
  say (company, field->object, field, "access", sat_field_access_name (access));
  say (company, field->object, field, "may_export", exports ? "all" : "none");
}

/* ---- setting up ---------------------------------------------------------------------------------
 */

static void
said_free (gpointer data)
{
  Said *said = data;

  g_free (said->fields);
  g_free (said->exports);
  g_free (said);
}

static void
make_said (Company *company, const SatObject *object)
{
  Said *said = g_new (Said, 1);

  said->fields = g_new (SatFieldAccess, object->n_fields + 1);
  said->exports = g_new (gboolean, object->n_fields + 1);
  for (guint right = 0; right < SAT_N_RIGHTS; right++)
    said->reach[right] = SAT_REACH_ALL;
  said->reach[SAT_RIGHT_DELETE] = SAT_REACH_OWN;
  if (strcmp (object->name, "notice") == 0)
    said->reach[SAT_RIGHT_READ] = SAT_REACH_OWN;
  for (guint i = 0; i < object->n_fields; i++)
    {
      said->fields[i] = SAT_FIELD_EDIT;
      said->exports[i] = TRUE;
    }
  g_hash_table_insert (company->said, (gpointer) object, said);
}

void
company_set_up (Company *company)
{
  SatWorkspace **all = company->all;
  SatId *users = company->users;
  g_autofree char *team_text = NULL;
  guint disputed;
  SatId team;

  world_laptops (&company->world, all, 3);
  company->li = all[1];
  world_sync_all (&company->world, all, 3);
  users[CANARY_MINE] = sat_workspace_me (all[1]);
  users[CANARY_MATES] = sat_workspace_me (all[2]);
  users[CANARY_OTHERS] = sat_workspace_me (all[0]);
  team = record_new (all[1], "team", "name", "East", NULL);
  team_text = sat_id_dup_text (&team);
  record_set (all[1], "user", &users[CANARY_MINE], "team", team_text);
  record_set (all[1], "user", &users[CANARY_MATES], "team", team_text);
  record_set (all[1], "user", &users[CANARY_OTHERS], "role", "admin");
  company->canaries = canaries_make (all[1], users);
  world_sync_all (&company->world, all, 3);
  disputed = canaries_dispute (all[1], company->canaries, 0);
  g_assert_cmpuint (disputed, >, 10);
  canaries_dispute (all[2], company->canaries, 1);
  world_sync_all (&company->world, all, 3);
  g_assert_cmpint (sat_workspace_n_conflicts (all[1]), ==, disputed);
  company->said = g_hash_table_new_full (NULL, NULL, NULL, said_free);
  for (guint i = 0; i < company->canaries->len; i++)
    {
      const Canary *canary = company->canaries->pdata[i];

      if (said_of (company, canary->object) == NULL)
        make_said (company, canary->object);
    }
}

void
company_clear (Company *company)
{
  g_hash_table_unref (company->said);
  g_ptr_array_unref (company->canaries);
  for (guint i = 0; i < G_N_ELEMENTS (company->all); i++)
    sat_workspace_close (company->all[i]);
  world_clear (&company->world);
}
