/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/detail/sat-record-work.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-approval.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-shown.h"
#include "gtk-app/model/sat-lookup.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

void
sat_record_picture_free (SatRecordPicture *picture)
{
  sat_record_unref (picture->record);
  g_free (picture->detail);
  g_strfreev (picture->computed);
  g_free (picture);
}

typedef struct
{
  const SatObject *object;
  SatId id;
} Which;

static Which *
which_new (const SatObject *object, const SatId *id)
{
  Which *which = g_new0 (Which, 1);

  which->object = object;
  which->id = *id;
  return which;
}

/* DETAIL, and which book the record is in, where there are several. Takes DETAIL. */
static char *
with_book (SatWorkspace *workspace, const SatRecord *record, char *detail)
{
  g_autofree char *book = sat_workspace_book_title (workspace, sat_record_book (record));
  g_autofree char *text = NULL;
  char *both;

  if (book == NULL)
    return detail;
  /* Translators: %s is the name of a book. */
  text = g_strdup_printf (_ ("Book %s"), book);
  both = *detail != '\0' ? g_strdup_printf ("%s · %s", detail, text) : g_strdup (text);
  g_free (detail);
  return both;
}

static gpointer
picture_of (SatWorkspace *workspace, const SatObject *object, const SatId *id, GError **error)
{
  SatRecord *record = sat_workspace_load_shown (workspace, object, id, error);
  SatRecordPicture *picture;
  SatFound *found;

  if (record == NULL)
    return NULL;
  found = sat_found_new (workspace, record, NULL);
  picture = g_new0 (SatRecordPicture, 1);
  picture->record = record;
  picture->detail = with_book (workspace, record, g_steal_pointer (&found->detail));
  picture->computed = g_new0 (char *, object->n_derived + 1);
  for (guint i = 0; i < object->n_derived; i++)
    picture->computed[i] = sat_record_text_in (workspace, record, object->derived[i]);
  sat_found_free (found);
  return picture;
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Which *which = data;

  return picture_of (workspace, which->object, &which->id, error);
}

void
sat_record_work_load (SatService *service,
                      const SatObject *object,
                      const SatId *id,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_read (service, load, which_new (object, id), g_free,
                    (GDestroyNotify) sat_record_picture_free, cancellable, callback, user_data);
}

static gpointer
save (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *drafts = data;
  const SatObject *object = sat_draft_object (g_ptr_array_index (drafts, 0));
  SatId id;

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  for (guint i = 0; i < drafts->len; i++)
    if (!sat_workspace_save (workspace, g_ptr_array_index (drafts, i), &id, error))
      {
        sat_workspace_rollback (workspace);
        return NULL;
      }
  if (!sat_workspace_commit (workspace, error))
    return NULL;
  return picture_of (workspace, object, &id, error);
}

void
sat_record_work_save (SatService *service,
                      GPtrArray *drafts,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_write (service, save, drafts, (GDestroyNotify) g_ptr_array_unref,
                     (GDestroyNotify) sat_record_picture_free, NULL, callback, user_data);
}

typedef struct
{
  GPtrArray *drafts;
  char *note;
  char *to; /* NULL: nobody was chosen */
} Asking;

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_ptr_array_unref (asking->drafts);
  g_free (asking->note);
  g_free (asking->to);
  g_free (asking);
}

static gpointer
save_asking (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Asking *asking = data;
  const char *const chosen[] = { asking->to, NULL };
  const SatApprovalSubmit submit = { .note = *asking->note != '\0' ? asking->note : NULL,
                                     .chosen = asking->to != NULL ? chosen : NULL };
  SatId id;

  return sat_workspace_save_and_submit (workspace, asking->drafts, &submit, &id, error)
             ? picture_of (workspace, sat_draft_object (asking->drafts->pdata[0]), &id, error)
             : NULL;
}

void
sat_record_work_save_asking (SatService *service,
                             GPtrArray *drafts,
                             const char *note,
                             const char *to,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  Asking *asking = g_new0 (Asking, 1);

  asking->drafts = drafts;
  asking->note = g_strdup (note);
  asking->to = g_strdup (to);
  sat_service_write (service, save_asking, asking, asking_free,
                     (GDestroyNotify) sat_record_picture_free, NULL, callback, user_data);
}

static gpointer
remove_record (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Which *which = data;
  GArray *removed = NULL;

  if (!sat_workspace_delete (workspace, which->object, &which->id, &removed, error))
    return NULL;
  return removed;
}

void
sat_record_work_delete (SatService *service,
                        const SatObject *object,
                        const SatId *id,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  sat_service_write (service, remove_record, which_new (object, id), g_free,
                     (GDestroyNotify) g_array_unref, NULL, callback, user_data);
}

/* DATA is an array of SatDeleted, parents first. */
static gpointer
bring_back (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  GArray *removed = data;

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  for (guint i = 0; i < removed->len; i++)
    {
      const SatDeleted *deleted = &g_array_index (removed, SatDeleted, i);

      if (!sat_workspace_undelete (workspace, deleted->object, &deleted->id, error))
        {
          sat_workspace_rollback (workspace);
          return NULL;
        }
    }
  if (!sat_workspace_commit (workspace, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

static void
write_array (SatService *service, GArray *removed)
{
  sat_service_write (service, bring_back, removed, (GDestroyNotify) g_array_unref, NULL, NULL, NULL,
                     NULL);
}

void
sat_record_work_restore (SatService *service, const SatObject *object, const SatId *id)
{
  GArray *one = g_array_new (FALSE, FALSE, sizeof (SatDeleted));
  SatDeleted deleted = { object, *id };

  g_array_append_val (one, deleted);
  write_array (service, one);
}

/* ---- what a colleague has ------------------------------------------------------------------ */

char *
sat_record_work_taken_text (const SatTaken *taken)
{
  if (taken->users == NULL)
    /* Translators: %s is the name of a book. */
    return g_strdup_printf (
        taken->by_phone ? _ ("A customer with this telephone is in book “%s” already, which this "
                             "device does not hold.")
                        : _ ("A customer of this name is in book “%s” already, which this device "
                             "does not hold."),
        taken->name);
  /* Translators: the names of colleagues, and the name of a book. */
  return g_strdup_printf (taken->by_phone
                              ? _ ("A customer with this telephone is with %s already (book “%s”).")
                              : _ ("A customer of this name is with %s already (book “%s”)."),
                          taken->users, taken->name);
}

/* DATA is a SatDraft of a new record. */
static gpointer
find_taken (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SatMarks) marks = sat_marks_new (workspace);
  g_autoptr (SatTaken) taken = sat_marks_find (marks, data, error);

  return taken != NULL ? sat_record_work_taken_text (taken) : NULL;
}

void
sat_record_work_find_taken (SatService *service,
                            const SatField *field,
                            const char *value,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  SatDraft *draft = sat_draft_new (field->object);

  sat_draft_set (draft, field, value);
  sat_service_read (service, find_taken, draft, (GDestroyNotify) sat_draft_free, g_free,
                    cancellable, callback, user_data);
}

/* ---- bringing back ------------------------------------------------------------------------- */

typedef struct
{
  SatService *service;
  GArray *removed;
} Undo;

static void
undo_free (gpointer data)
{
  Undo *undo = data;

  g_object_unref (undo->service);
  g_array_unref (undo->removed);
  g_free (undo);
}

static void
undo_cb (gpointer data)
{
  Undo *undo = data;

  write_array (undo->service, g_array_ref (undo->removed));
}

void
sat_record_work_offer_undo (GtkWidget *widget,
                            SatService *service,
                            const char *text,
                            GArray *removed)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->service = g_object_ref (service);
  undo->removed = removed;
  sat_toast (widget, text, _ ("_Undo"), undo_cb, undo, undo_free);
}
