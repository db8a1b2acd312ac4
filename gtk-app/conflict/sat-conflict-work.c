/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/conflict/sat-conflict-work.h"

#include "gtk-app/sat-value-text.h"

static void
picture_free (gpointer data)
{
  SatConflictPicture *picture = data;

  sat_conflict_free (picture->conflict);
  g_ptr_array_unref (picture->texts);
  g_free (picture->before);
  g_free (picture);
}

void
sat_conflicts_free (SatConflicts *conflicts)
{
  g_ptr_array_unref (conflicts->pictures);
  g_free (conflicts->signature);
  g_free (conflicts);
}

/* What a person reads in a value: long texts with their lines, everything else on one. */
static char *
value_text (SatWorkspace *workspace, const SatField *field, const char *value)
{
  SatTypeId type = field->type->id;

  if (value != NULL && (type == SAT_TYPE_LONG_TEXT || type == SAT_TYPE_ADDRESS))
    return g_strdup (value);
  return sat_value_text_in (workspace, field, value);
}

static SatConflictPicture *
picture_new (SatWorkspace *workspace, SatConflict *conflict, GString *signature)
{
  SatConflictPicture *picture = g_new0 (SatConflictPicture, 1);
  char id[SAT_ID_TEXT_SIZE];

  picture->conflict = conflict;
  picture->texts = g_ptr_array_new_with_free_func (g_free);
  g_string_append_printf (signature, "%s %s %s\n", sat_id_format (&conflict->id, id),
                          conflict->field->name, conflict->title);
  for (guint i = 0; i < conflict->values->len; i++)
    {
      const SatChange *change = g_ptr_array_index (conflict->values, i);
      char *text = value_text (workspace, conflict->field, change->value);

      g_ptr_array_add (picture->texts, text);
      g_string_append_printf (signature, "%s %" G_GUINT64_FORMAT " %s\n", change->user,
                              change->time, text);
    }
  if (conflict->before != NULL)
    picture->before = value_text (workspace, conflict->field, conflict->before);
  return picture;
}

static gpointer
read_conflicts (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) all = sat_workspace_conflicts (workspace, GPOINTER_TO_INT (data), error);
  g_autoptr (GString) signature = g_string_new (NULL);
  SatConflicts *conflicts;

  if (all == NULL)
    return NULL;
  conflicts = g_new0 (SatConflicts, 1);
  conflicts->pictures = g_ptr_array_new_with_free_func (picture_free);
  conflicts->total = sat_workspace_n_conflicts (workspace);
  conflicts->now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  while (all->len > 0)
    {
      SatConflict *conflict = g_ptr_array_steal_index (all, 0);

      g_ptr_array_add (conflicts->pictures, picture_new (workspace, conflict, signature));
    }
  conflicts->signature = g_strdup (signature->str);
  return conflicts;
}

void
sat_conflict_work_read (SatService *service,
                        guint limit,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  sat_service_read (service, read_conflicts, GINT_TO_POINTER ((int) limit), NULL,
                    (GDestroyNotify) sat_conflicts_free, cancellable, callback, user_data);
}

/* ---- settling ------------------------------------------------------------------------------ */

typedef struct
{
  const SatObject *object;
  const SatField *field;
  SatId id;
  char *value;
  GHashTable *seen; /* the values the person looked at; NULL: just write */
} Settling;

static void
settling_free (gpointer data)
{
  Settling *settling = data;

  g_free (settling->value);
  g_clear_pointer (&settling->seen, g_hash_table_unref);
  g_free (settling);
}

static gboolean
all_seen (SatWorkspace *workspace, const Settling *settling, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (SatConflict) now = sat_workspace_conflict (workspace, settling->object, &settling->id,
                                                        settling->field, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  for (guint i = 0; now != NULL && i < now->values->len; i++)
    {
      const SatChange *change = g_ptr_array_index (now->values, i);

      if (!g_hash_table_contains (settling->seen, change->value != NULL ? change->value : ""))
        return sat_fail (error, SAT_ERROR_BUSY,
                         N_ ("another value has just arrived; look at it and choose again"), NULL);
    }
  return TRUE;
}

static gpointer
settle (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Settling *settling = data;

  if (!all_seen (workspace, settling, error))
    return NULL;
  if (!sat_workspace_resolve (workspace, settling->object, &settling->id, settling->field, 0,
                              settling->value, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

void
sat_conflict_work_settle (SatService *service,
                          const SatConflict *conflict,
                          guint index,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Settling *settling = g_new0 (Settling, 1);
  const SatChange *chosen = g_ptr_array_index (conflict->values, index);

  settling->object = conflict->object;
  settling->field = conflict->field;
  settling->id = conflict->id;
  settling->value = g_strdup (chosen->value);
  settling->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < conflict->values->len; i++)
    {
      const SatChange *change = g_ptr_array_index (conflict->values, i);

      g_hash_table_add (settling->seen, g_strdup (change->value != NULL ? change->value : ""));
    }
  sat_service_write (service, settle, settling, settling_free, NULL, NULL, callback, user_data);
}

static gpointer
write_value (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Settling *settling = data;
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, settling->object, &settling->id,
                                                     error);
  g_autoptr (SatDraft) draft = NULL;
  SatId id;

  if (record == NULL)
    return NULL;
  draft = sat_draft_edit (record);
  sat_draft_set (draft, settling->field, settling->value);
  if (!sat_workspace_save (workspace, draft, &id, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

void
sat_conflict_work_write (SatService *service,
                         const SatObject *object,
                         const SatId *id,
                         const SatField *field,
                         const char *value)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->object = object;
  settling->field = field;
  settling->id = *id;
  settling->value = g_strdup (value);
  sat_service_write (service, write_value, settling, settling_free, NULL, NULL, NULL, NULL);
}
