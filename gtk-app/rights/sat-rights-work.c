/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rights/sat-rights-work.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-undo.h"

/* More names than anybody reads in one sentence. */
#define NAMES_MOST 20

void
sat_rights_picture_free (SatRightsPicture *picture)
{
  if (picture == NULL)
    return;
  sat_access_free (picture->access);
  g_free (picture->title);
  g_free (picture->people);
  g_free (picture);
}

/* ---- what holds ---------------------------------------------------------------------------- */

typedef struct
{
  char *role;
  char *user;
} Asked;

static void
asked_free (gpointer data)
{
  Asked *asked = data;

  g_free (asked->role);
  g_free (asked->user);
  g_free (asked);
}

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

static char *
people_text (SatWorkspace *workspace, const SatObject *object, const SatAccess *access)
{
  const GArray *people = sat_access_people (access, SAT_REACH_TEAM);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < people->len && i < NAMES_MOST; i++)
    {
      g_autoptr (SatRecord) one = sat_workspace_load (workspace, object,
                                                      &g_array_index (people, SatId, i), NULL);
      const char *name = one != NULL ? sat_record_get (one, object->title) : NULL;

      if (name == NULL)
        continue;
      if (names->len > 0)
        g_string_append (names, _ (", "));
      g_string_append (names, name);
    }
  if (people->len > NAMES_MOST)
    g_string_append (names, "…");
  return g_string_free (g_steal_pointer (&names), FALSE);
}

static gboolean
load_person (SatWorkspace *workspace, const char *user, SatRightsPicture *picture, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "user", error);
  g_autoptr (SatRecord) record = NULL;
  const char *login;
  SatId id;

  if (object == NULL || !sat_id_parse (user, &id))
    return FALSE;
  record = sat_workspace_load (workspace, object, &id, error);
  if (record == NULL)
    return FALSE;
  login = value_of (record, "login");
  picture->title = g_strdup (sat_record_get (record, object->title));
  picture->access = sat_workspace_access_of (workspace, login != NULL ? login : "", NULL, error);
  if (picture->access == NULL)
    return FALSE;
  picture->people = people_text (workspace, object, picture->access);
  return TRUE;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asked *asked = data;
  g_autoptr (SatRightsPicture) picture = g_new0 (SatRightsPicture, 1);

  picture->is_admin = sat_workspace_is_admin (workspace, NULL);
  picture->is_in_force = sat_workspace_rights_hold (workspace);
  if (asked->user != NULL)
    return load_person (workspace, asked->user, picture, error) ? g_steal_pointer (&picture) : NULL;
  picture->access = sat_workspace_access_of (workspace, NULL, asked->role, error);
  return picture->access != NULL ? g_steal_pointer (&picture) : NULL;
}

void
sat_rights_work_load (SatService *service,
                      const char *role,
                      const char *user,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->role = g_strdup (role);
  asked->user = g_strdup (user);
  sat_service_read (service, load, asked, asked_free, (GDestroyNotify) sat_rights_picture_free,
                    cancellable, callback, user_data);
}

/* ---- what is said -------------------------------------------------------------------------- */

typedef struct
{
  char *role;
  char *object;
  char *field;
  SatGrant grant; /* its names are those above */
} Said;

static void
said_free (gpointer data)
{
  Said *said = data;

  g_free (said->role);
  g_free (said->object);
  g_free (said->field);
  g_free (said);
}

SatGrant
sat_rights_nothing (const SatObject *object, const SatField *field)
{
  SatGrant grant = { .object = object->name, .field = field ? field->name : NULL, .access = -1 };

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    grant.rights[i] = -1;
  return grant;
}

static gboolean
says_something (const SatGrant *grant)
{
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    if (grant->rights[i] >= 0)
      return TRUE;
  return grant->access >= 0;
}

static gboolean
take_back (SatWorkspace *workspace, const Said *said, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, said->object, error);
  const SatField *field = NULL;

  if (object != NULL && said->field != NULL)
    field = sat_workspace_field (workspace, object, said->field, error);
  if (object == NULL || (said->field != NULL && field == NULL))
    return FALSE;
  return sat_workspace_ungrant (workspace, said->role, object, field, error);
}

static gpointer
say (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Said *said = data;
  gint64 step;

  if (says_something (&said->grant)
          ? !sat_workspace_grant (workspace, said->role, &said->grant, error)
          : !take_back (workspace, said, error))
    return NULL;
  step = sat_workspace_last_step (workspace);
  return g_memdup2 (&step, sizeof step);
}

void
sat_rights_work_say (SatService *service,
                     const char *role,
                     const SatGrant *grant,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Said *said = g_new0 (Said, 1);

  said->role = g_strdup (role);
  said->object = g_strdup (grant->object);
  said->field = g_strdup (grant->field);
  said->grant = *grant;
  said->grant.object = said->object;
  said->grant.field = said->field;
  sat_service_write (service, say, said, said_free, g_free, NULL, callback, user_data);
}
