/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/form/sat-form-rights.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-access.h"
#include "gtk-app/sat-util.h"

void
sat_form_rights_free (SatFormRights *rights)
{
  if (rights == NULL)
    return;
  g_free (rights->why);
  g_free (rights->only_read);
  g_free (rights);
}

static const char *
role_label (SatWorkspace *workspace, const char *name)
{
  guint n;
  const SatChoice *roles = sat_workspace_roles (workspace, &n);

  for (guint i = 0; i < n; i++)
    if (g_str_equal (roles[i].name, name))
      return sat_here (roles[i].label);
  return name;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatObject *object = data;
  const SatAccess *access = sat_workspace_access (workspace);
  SatFormRights *rights = g_new0 (SatFormRights, 1);

  /* Translators: %s is the name of a role. */
  rights->why = g_strdup_printf (_ ("Your role “%s” may only read this; ask an administrator"),
                                 role_label (workspace, sat_access_role (access)));
  rights->no_record = sat_access_reach (access, object, SAT_RIGHT_EDIT) == SAT_REACH_NONE;
  rights->n_fields = object->n_fields;
  rights->only_read = g_new0 (gboolean, object->n_fields);
  for (guint i = 0; i < object->n_fields; i++)
    rights->only_read[i] = sat_access_field (access, object->fields[i]) != SAT_FIELD_EDIT;
  return rights;
}

void
sat_form_rights_load (SatService *service,
                      const SatObject *object,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_read (service, load, (gpointer) object, NULL, (GDestroyNotify) sat_form_rights_free,
                    NULL, callback, user_data);
}

const char *
sat_form_rights_why (const SatFormRights *rights, const SatField *field, gboolean is_new)
{
  if (rights == NULL || field->index >= rights->n_fields)
    return NULL;
  return rights->only_read[field->index] || (rights->no_record && !is_new) ? rights->why : NULL;
}
