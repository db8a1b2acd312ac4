/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-modules.h"

#include <string.h>

#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shape.h"

#define OFF "off"

void
sat_module_free (SatModule *module)
{
  if (module == NULL)
    return;
  g_ptr_array_unref (module->objects);
  g_free (module);
}

static SatModule *
find_module (GPtrArray *modules, const char *name)
{
  for (guint i = 0; i < modules->len; i++)
    if (strcmp (((const SatModule *) modules->pdata[i])->name, name) == 0)
      return modules->pdata[i];
  return NULL;
}

static SatModule *
add_module (GPtrArray *modules, const char *name)
{
  SatModule *module = g_new0 (SatModule, 1);

  module->name = name;
  module->objects = g_ptr_array_new ();
  g_ptr_array_add (modules, module);
  return module;
}

GPtrArray *
sat_modules_of (const SatCatalogue *catalogue)
{
  GPtrArray *modules = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_module_free);

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      SatModule *module;

      if (object->module == NULL || object->retired)
        continue;
      module = find_module (modules, object->module);
      if (module == NULL)
        module = add_module (modules, object->module);
      g_ptr_array_add (module->objects, (gpointer) object);
      module->n_off += object->off;
    }
  return modules;
}

static gboolean
fail_unknown (const GPtrArray *modules, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < modules->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            ((const SatModule *) modules->pdata[i])->name);
  return sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no module “%s”; there are: %s"), name,
                   names->str, NULL);
}

static gboolean
switch_one (SatWorkspace *workspace, const SatModule *module, gboolean on, GError **error)
{
  const SatSaying sayings[] = { { OFF, on ? NULL : "yes" }, { NULL, NULL } };

  for (guint i = 0; i < module->objects->len; i++)
    {
      const SatObject *object = module->objects->pdata[i];
      const SatShaped what = { .object = object->name };

      if (object->off == on && !sat_workspace_redefine (workspace, &what, sayings, error))
        return FALSE;
    }
  return TRUE;
}

/* In the transaction, where the catalogue is as it is now. */
static gboolean
switch_in (SatWorkspace *workspace, const char *const *names, gboolean on, GError **error)
{
  g_autoptr (GPtrArray) modules = sat_modules_of (sat_workspace_catalogue (workspace));
  gboolean all = names == NULL || names[0] == NULL;

  for (guint i = 0; !all && names[i] != NULL; i++)
    if (find_module (modules, names[i]) == NULL)
      return fail_unknown (modules, names[i], error);
  for (guint i = 0; i < modules->len; i++)
    {
      const SatModule *module = modules->pdata[i];

      if ((all || g_strv_contains (names, module->name)) &&
          !switch_one (workspace, module, on, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_workspace_switch_modules (SatWorkspace *workspace,
                              const char *const *names,
                              gboolean on,
                              GError **error)
{
  if (!sat_workspace_check_shaper (workspace, error) || !sat_workspace_begin (workspace, error))
    return FALSE;
  if (switch_in (workspace, names, on, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}
