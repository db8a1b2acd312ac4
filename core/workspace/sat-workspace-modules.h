/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modules: groups of objects that a company uses or does not (docs/modules.md). What is off is
 * offered nowhere; nothing is lost, and nothing that names it is refused. It is said in the
 * definitions of the objects, so that it travels, merges and is undone as they are. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  GPtrArray *objects; /* SatObject, borrowed; those that people see */
  guint n_off;        /* of them */
} SatModule;
void sat_module_free (SatModule *module);

/* SatModule, in the order of the catalogue, which they borrow from. */
GPtrArray *sat_modules_of (const SatCatalogue *catalogue) G_GNUC_WARN_UNUSED_RESULT;

/* Switches the modules NAMES, or (NULL or none) all of them, on or off; one step for undo. Only
 * customers, contacts and tasks are in none: they are what is left. SAT_ERROR_REFUSED to whoever is
 * no administrator, SAT_ERROR_NOT_FOUND if there is no such module, and then nothing is changed. */
gboolean sat_workspace_switch_modules (SatWorkspace *workspace,
                                       const char *const *names,
                                       gboolean on,
                                       GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatModule, sat_module_free)

G_END_DECLS
