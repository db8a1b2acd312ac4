/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company shapes its catalogue: objects, fields and choices of its own, and changes of built-in
 * ones (docs/catalogue.md). Each is an ordinary write of a record in book `company` that others
 * get with the next exchange; undo takes it back. */
#pragma once

#include "core/catalogue/sat-definition.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* Pairs of a field of the record (`label_en`, `type` ...) and its canonical value; VALUE NULL
 * clears it. FIELD NULL ends the list. */
typedef struct
{
  const char *field;
  const char *value;
} SatSaying;

/* What is spoken of, by names on the wire: OBJECT, OBJECT.FIELD or OBJECT.FIELD.CHOICE. What comes
 * after the last part that is meant is NULL. */
typedef struct
{
  const char *object;
  const char *field;
  const char *choice;
} SatShaped;

/* Adds an object (of is all NULL), a field of an object, a choice of a field. *NAME: its name on
 * the wire, newly allocated. Refused to whoever is no administrator, and when a definition would be
 * wrong. Inside sat_workspace_begin what was added before counts; when it fails there, roll back.
 */
gboolean sat_workspace_define (SatWorkspace *workspace,
                               const SatShaped *of,
                               const SatSaying *sayings,
                               char **name,
                               GError **error);
/* Changes one, built-in ones too. Only what differs is written. */
gboolean sat_workspace_redefine (SatWorkspace *workspace,
                                 const SatShaped *what,
                                 const SatSaying *sayings,
                                 GError **error);

/* ---- many at once, inside sat_workspace_begin: templates ---- */

/* May this user change the catalogue? Else SAT_ERROR_REFUSED. */
gboolean sat_workspace_check_shaper (SatWorkspace *workspace, GError **error);
/* As sat_workspace_define, or redefine if it is there, deleted ones too, under the given ID; nobody
 * judges it until sat_workspace_check_shape. */
gboolean sat_workspace_define_as (SatWorkspace *workspace,
                                  const SatShaped *of,
                                  const SatId *id,
                                  const SatSaying *sayings,
                                  GError **error);
/* The first problem that there is now and was not among BEFORE (sat_workspace_shape_problems)
 * becomes ERROR. */
gboolean
sat_workspace_check_shape (SatWorkspace *workspace, const GPtrArray *before, GError **error);
/* The record that changes WHAT, there or not, and the object that it is of. */
gboolean sat_workspace_definition_id (SatWorkspace *workspace,
                                      const SatShaped *what,
                                      SatId *id,
                                      const SatObject **object,
                                      GError **error);

/* What is wrong with definitions, each left out as far as it is: GError. */
GPtrArray *sat_workspace_shape_problems (SatWorkspace *workspace,
                                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Search follows what was changed at once; else it does with the next exchange. */
gboolean sat_workspace_index_now (SatWorkspace *workspace, GError **error);

/* Takes over what another process has changed of the catalogue. Writing does so by itself; who only
 * reads calls it now and then, it is cheap. What was handed out before stays valid. */
gboolean sat_workspace_follow (SatWorkspace *workspace, GError **error);

G_END_DECLS
