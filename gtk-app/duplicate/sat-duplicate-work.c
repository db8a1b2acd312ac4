/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/duplicate/sat-duplicate-work.h"

#include "core/workspace/sat-workspace-absorb.h"
#include "core/workspace/sat-workspace-duplicates.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-value-text.h"

void
sat_twin_free (SatTwin *twin)
{
  if (twin == NULL)
    return;
  g_free (twin->title);
  g_free (twin);
}

static void
pair_field_free (gpointer data)
{
  SatPairField *field = data;

  g_free (field->kept);
  g_free (field->other);
  g_free (field->shown);
  g_free (field);
}

void
sat_pair_picture_free (SatPairPicture *picture)
{
  if (picture == NULL)
    return;
  g_free (picture->kept_title);
  g_free (picture->other_title);
  g_ptr_array_unref (picture->fields);
  g_clear_error (&picture->refused);
  g_free (picture);
}

/* ---- looking ------------------------------------------------------------------------------- */

static gpointer
find (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatPair *pair = data;
  g_autoptr (GPtrArray) found = sat_workspace_duplicates_of (workspace, pair->object, &pair->kept,
                                                             1, error);
  const SatDuplicate *first = found && found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
  SatTwin *twin;

  if (first == NULL)
    return NULL;
  twin = g_new0 (SatTwin, 1);
  twin->id = first->b;
  twin->strength = first->strength;
  twin->title = sat_workspace_title (workspace, pair->object, &first->b);
  return twin;
}

void
sat_duplicate_work_find (SatService *service,
                         const SatObject *object,
                         const SatId *id,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  SatPair *pair = g_new0 (SatPair, 1);

  pair->object = object;
  pair->kept = *id;
  sat_service_read (service, find, pair, g_free, (GDestroyNotify) sat_twin_free, cancellable,
                    callback, user_data);
}

static void
add_field (SatWorkspace *workspace,
           GPtrArray *fields,
           const SatField *field,
           const char *kept,
           const char *other,
           const char *shown)
{
  SatPairField *one;

  if (field->hidden)
    return;
  one = g_new0 (SatPairField, 1);
  one->field = field;
  one->kept = sat_value_text_in (workspace, field, kept);
  one->other = sat_value_text_in (workspace, field, other);
  one->shown = sat_value_text_in (workspace, field, shown);
  one->is_open = field->policy != SAT_POLICY_UNION && kept != NULL && other != NULL &&
                 g_strcmp0 (kept, other) != 0;
  one->takes = one->is_open && g_strcmp0 (shown, other) == 0;
  g_ptr_array_add (fields, one);
}

/* They cannot be made one, but may be looked at. */
static gboolean
add_plain (SatWorkspace *workspace, const SatPair *pair, SatPairPicture *picture, GError **error)
{
  g_autoptr (SatRecord) kept = sat_workspace_load (workspace, pair->object, &pair->kept, error);
  g_autoptr (SatRecord) other = kept ? sat_workspace_load (workspace, pair->object, &pair->other,
                                                           error)
                                     : NULL;

  if (other == NULL)
    return FALSE;
  picture->kept_title = g_strdup (sat_record_title (kept));
  picture->other_title = g_strdup (sat_record_title (other));
  for (guint i = 0; i < pair->object->n_fields; i++)
    {
      const SatField *field = pair->object->fields[i];
      const char *a = sat_record_get (kept, field);
      const char *b = sat_record_get (other, field);

      if (a != NULL || b != NULL)
        add_field (workspace, picture->fields, field, a, b, a);
    }
  return TRUE;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatPair *pair = data;
  g_autoptr (SatPairPicture) picture = g_new0 (SatPairPicture, 1);
  g_autoptr (SatAbsorbPreview) preview = NULL;

  picture->pair = *pair;
  picture->fields = g_ptr_array_new_with_free_func (pair_field_free);
  preview = sat_workspace_absorb_preview (workspace, pair->object, &pair->other, &pair->kept,
                                          &picture->refused);
  if (preview == NULL)
    return add_plain (workspace, pair, picture, error) ? g_steal_pointer (&picture) : NULL;
  picture->pair.kept = preview->kept;
  picture->pair.other = preview->duplicate;
  picture->kept_title = g_strdup (preview->kept_title);
  picture->other_title = g_strdup (preview->duplicate_title);
  picture->referrers = (guint) preview->referrers;
  for (guint i = 0; i < preview->fields->len; i++)
    {
      const SatAbsorbField *field = g_ptr_array_index (preview->fields, i);
      add_field (workspace, picture->fields, field->field, field->kept, field->duplicate,
                 field->shown);
    }
  return g_steal_pointer (&picture);
}

void
sat_duplicate_work_load (SatService *service,
                         const SatPair *pair,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  sat_service_read (service, load, g_memdup2 (pair, sizeof *pair), g_free,
                    (GDestroyNotify) sat_pair_picture_free, cancellable, callback, user_data);
}

/* ---- deciding ------------------------------------------------------------------------------ */

typedef struct
{
  SatPair pair;
  GPtrArray *take;
} Decision;

static void
decision_free (gpointer data)
{
  Decision *decision = data;

  g_clear_pointer (&decision->take, g_ptr_array_unref);
  g_free (decision);
}

static gpointer
step_of (SatWorkspace *workspace)
{
  gint64 step = sat_workspace_last_step (workspace);

  return g_memdup2 (&step, sizeof step);
}

static gpointer
absorb (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;
  const SatPair *pair = &decision->pair;

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  if (!sat_workspace_absorb (workspace, pair->object, &pair->other, &pair->kept,
                             (const SatField *const *) decision->take->pdata, decision->take->len,
                             NULL, error))
    {
      sat_workspace_rollback (workspace);
      return NULL;
    }
  return sat_workspace_commit (workspace, error) ? step_of (workspace) : NULL;
}

void
sat_duplicate_work_absorb (SatService *service,
                           const SatPair *pair,
                           GPtrArray *take,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->pair = *pair;
  decision->take = take;
  sat_service_write (service, absorb, decision, decision_free, g_free, NULL, callback, user_data);
}

static gpointer
keep_apart (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Decision *decision = data;
  const SatPair *pair = &decision->pair;

  return sat_workspace_keep_apart (workspace, pair->object, &pair->kept, &pair->other, TRUE, error)
             ? step_of (workspace)
             : NULL;
}

void
sat_duplicate_work_keep_apart (SatService *service,
                               const SatPair *pair,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Decision *decision = g_new0 (Decision, 1);

  decision->pair = *pair;
  sat_service_write (service, keep_apart, decision, decision_free, g_free, NULL, callback,
                     user_data);
}
