/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person says of two records that look like one: that they are two. */
#include "core/workspace/sat-workspace-duplicates.h"
#include "core/workspace/sat-workspace-private.h"

/* Adds ID to what RECORD is not the same as, or takes it away; where it is that already, nothing.
 */
static gboolean
write_apart (SatWorkspace *workspace,
             const SatRecord *record,
             const SatId *id,
             gboolean apart,
             GError **error)
{
  const SatField *field = sat_object_find (sat_record_object (record), SAT_APART_FIELD);
  g_autoptr (SatDraft) draft = sat_draft_edit (record);
  g_autofree char *text = sat_id_dup_text (id);
  SatId saved;

  if (apart)
    sat_draft_add_element (draft, field, text);
  else
    sat_draft_remove_element (draft, field, text);
  return sat_workspace_save (workspace, draft, &saved, error);
}

static gboolean
keep_apart (SatWorkspace *workspace,
            const SatObject *object,
            const SatId *a,
            const SatId *b,
            gboolean apart,
            GError **error)
{
  g_autoptr (SatRecord) first = sat_workspace_load (workspace, object, a, error);
  g_autoptr (SatRecord) second = first ? sat_workspace_load (workspace, object, b, error) : NULL;
  int order;

  if (second == NULL)
    return FALSE;
  order = sat_id_compare (sat_record_id (first), sat_record_id (second));
  if (order == 0)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is one record; name two of them"),
                     sat_record_title (first), NULL);
  if (order > 0)
    {
      SatRecord *greater = first;
      first = second;
      second = greater;
    }
  return write_apart (workspace, first, sat_record_id (second), apart, error) &&
         (apart || write_apart (workspace, second, sat_record_id (first), FALSE, error));
}

gboolean
sat_workspace_keep_apart (SatWorkspace *workspace,
                          const SatObject *object,
                          const SatId *a,
                          const SatId *b,
                          gboolean apart,
                          GError **error)
{
  if (sat_object_find (object, SAT_APART_FIELD) == NULL)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("for %s it cannot be kept that two records are not one"), object->name,
                     NULL);
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (keep_apart (workspace, object, a, b, apart, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}
