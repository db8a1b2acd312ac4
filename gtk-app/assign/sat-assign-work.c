/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/assign/sat-assign-work.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/workspace/sat-workspace-handover.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-value-text.h"

#define CUSTOMERS_MOST 100
#define SLICE_MS 15
#define SLICE_MOVE_MS 40

/* ---- looking ------------------------------------------------------------------------------- */

static void
customer_free (gpointer data)
{
  SatAssignCustomer *customer = data;

  g_free (customer->title);
  g_free (customer->text);
  g_free (customer);
}

void
sat_assign_picture_free (SatAssignPicture *picture)
{
  if (picture == NULL)
    return;
  g_free (picture->title);
  g_free (picture->owner);
  g_free (picture->book);
  g_free (picture->parent);
  g_clear_pointer (&picture->books, g_ptr_array_unref);
  g_clear_pointer (&picture->counts, g_array_unref);
  g_clear_pointer (&picture->customers, g_ptr_array_unref);
  g_free (picture);
}

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = record ? sat_object_find (sat_record_object (record), name) : NULL;

  return field ? sat_record_get (record, field) : NULL;
}

static void
add_part (GString *line, const char *part)
{
  if (part == NULL || *part == '\0')
    return;
  if (line->len > 0 && line->str[line->len - 1] != '\n')
    g_string_append (line, " · ");
  g_string_append (line, part);
}

static void
add_field (SatWorkspace *workspace, GString *line, const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);
  g_autofree char *text = field ? sat_record_text_in (workspace, record, field) : NULL;

  add_part (line, text);
}

typedef struct
{
  SatWorkspace *workspace;
  SatAssignPicture *picture;
} Telling;

static gboolean
tell (const SatHandoverCustomer *one, gpointer data, GError **error)
{
  static const char *const of_deal[] = { "name", "amount", "stage", "next_step" };
  static const char *const of_last[] = { "time", "subject", "outcome" };
  Telling *telling = data;
  SatAssignCustomer *customer;
  g_autoptr (GString) text = g_string_new (NULL);

  if (telling->picture->n_customers++ >= CUSTOMERS_MOST)
    return TRUE;
  for (guint i = 0; i < one->deals->len; i++)
    {
      if (text->len > 0)
        g_string_append_c (text, '\n');
      for (guint k = 0; k < G_N_ELEMENTS (of_deal); k++)
        add_field (telling->workspace, text, g_ptr_array_index (one->deals, i), of_deal[k]);
    }
  if (one->last != NULL && text->len > 0)
    g_string_append_c (text, '\n');
  for (guint k = 0; one->last != NULL && k < G_N_ELEMENTS (of_last); k++)
    add_field (telling->workspace, text, one->last, of_last[k]);
  customer = g_new0 (SatAssignCustomer, 1);
  customer->title = g_strdup (one->customer ? sat_record_title (one->customer)
                                            : _ ("Deals of no customer"));
  customer->text = g_string_free (g_steal_pointer (&text), FALSE);
  g_ptr_array_add (telling->picture->customers, customer);
  return TRUE;
}

/* Only administrators and managers hand over what others own. */
static gboolean
is_allowed (SatWorkspace *workspace, const SatRecord *user)
{
  g_autoptr (SatStatus) status = sat_workspace_status (workspace, NULL);
  const char *login = value_of (user, "login");
  const SatObject *object = sat_record_object (user);
  const SatField *field = sat_object_find (object, "login");
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, &query, NULL);
  g_autoptr (GPtrArray) users = NULL;
  const char *role = NULL;

  if (status == NULL || rows == NULL || field == NULL)
    return FALSE;
  if (g_strcmp0 (login, status->user_login) == 0)
    return TRUE;
  users = sat_workspace_load_rows (workspace, object, (const gint64 *) (gconstpointer) rows->data,
                                   rows->len, NULL);
  for (guint i = 0; users != NULL && i < users->len; i++)
    {
      const SatRecord *one = g_ptr_array_index (users, i);
      if (one != NULL && g_strcmp0 (sat_record_get (one, field), status->user_login) == 0)
        role = value_of (one, "role");
    }
  return g_strcmp0 (role, "admin") == 0 || g_strcmp0 (role, "manager") == 0;
}

static gboolean
look_at_all (SatWorkspace *workspace,
             const SatRecord *user,
             SatAssignPicture *picture,
             GError **error)
{
  g_autoptr (SatHandover) handover = sat_handover_new (workspace, value_of (user, "login"), NULL,
                                                       NULL, error);
  Telling telling = { workspace, picture };
  const GArray *counts = handover ? sat_handover_counts (handover) : NULL;

  if (handover == NULL)
    return FALSE;
  picture->is_allowed = is_allowed (workspace, user);
  picture->counts = g_array_new (FALSE, FALSE, sizeof (SatBelongings));
  for (guint i = 0; i < counts->len; i++)
    {
      const SatHandoverCount *count = &g_array_index (counts, SatHandoverCount, i);
      SatBelongings one = { count->object, count->records };
      g_array_append_val (picture->counts, one);
    }
  return sat_handover_customers (handover, tell, &telling, error);
}

static void
note_parent (SatWorkspace *workspace, const SatRecord *record, SatAssignPicture *picture)
{
  const SatObject *object = sat_record_object (record);
  const char *parent = object->owning ? sat_record_get (record, object->owning) : NULL;
  SatId id;

  if (object->book_rule == SAT_BOOK_PARENT && parent != NULL && sat_id_parse (parent, &id))
    picture->parent = sat_workspace_title (
        workspace, sat_catalogue_find (object->catalogue, object->owning->reference), &id);
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatAssignWhat *what = data;
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, what->object, &what->id, error);
  g_autoptr (SatAssignPicture) picture = g_new0 (SatAssignPicture, 1);

  if (record == NULL)
    return NULL;
  picture->title = g_strdup (sat_record_title (record));
  picture->book = g_strdup (sat_record_book (record));
  picture->customers = g_ptr_array_new_with_free_func (customer_free);
  picture->is_allowed = TRUE;
  picture->books = sat_workspace_all_books (workspace, error);
  if (picture->books == NULL)
    return NULL;
  for (guint i = picture->books->len; i > 0; i--)
    if (strcmp (((SatBook *) g_ptr_array_index (picture->books, i - 1))->key, "company") == 0)
      g_ptr_array_remove_index (picture->books, i - 1);
  if (what->all)
    return look_at_all (workspace, record, picture, error) ? g_steal_pointer (&picture) : NULL;
  if (sat_workspace_owner_field (what->object) != NULL)
    picture->owner = g_strdup (sat_record_get (record, sat_workspace_owner_field (what->object)));
  note_parent (workspace, record, picture);
  picture->counts = sat_workspace_belongings (workspace, what->object, &what->id, error);
  return picture->counts ? g_steal_pointer (&picture) : NULL;
}

void
sat_assign_work_load (SatService *service,
                      const SatAssignWhat *what,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  sat_service_read (service, load, g_memdup2 (what, sizeof *what), g_free,
                    (GDestroyNotify) sat_assign_picture_free, cancellable, callback, user_data);
}

/* ---- doing --------------------------------------------------------------------------------- */

struct _SatAssignJob
{
  SatAssignWhat what;
  char *owner;
  char *book;
  SatHandover *handover; /* used by the service's writing thread alone */
  int permille;
  guint64 records;
  gint64 step;
  gboolean left;
};

SatAssignJob *
sat_assign_job_new (const SatAssignWhat *what, const char *owner, const char *book)
{
  SatAssignJob *job = g_atomic_rc_box_new0 (SatAssignJob);

  job->what = *what;
  job->owner = g_strdup (owner);
  job->book = g_strdup (book);
  return job;
}

SatAssignJob *
sat_assign_job_ref (SatAssignJob *job)
{
  return g_atomic_rc_box_acquire (job);
}

static void
job_clear (gpointer data)
{
  SatAssignJob *job = data;

  sat_handover_free (job->handover);
  g_free (job->owner);
  g_free (job->book);
}

void
sat_assign_job_unref (SatAssignJob *job)
{
  g_atomic_rc_box_release_full (job, job_clear);
}

double
sat_assign_job_done (SatAssignJob *job)
{
  return g_atomic_int_get (&job->permille) / 1000.0;
}

guint64
sat_assign_job_records (const SatAssignJob *job)
{
  return job->records;
}

gint64
sat_assign_job_step (const SatAssignJob *job)
{
  return job->step;
}

gboolean
sat_assign_job_left (const SatAssignJob *job)
{
  return job->left;
}

/* The login of the user whose id is TEXT. */
static char *
login_of (SatWorkspace *workspace, const char *text, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "user", error);
  g_autoptr (SatRecord) user = NULL;
  SatId id;

  if (object == NULL || !sat_id_parse (text, &id))
    return NULL;
  user = sat_workspace_load (workspace, object, &id, error);
  return user ? g_strdup (value_of (user, "login")) : NULL;
}

static gboolean
run_one (SatWorkspace *workspace, SatAssignJob *job, const char *login, GError **error)
{
  g_auto (SatAssigned) assigned = { 0 };

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (!sat_workspace_hand (workspace, job->what.object, &job->what.id, login, job->book, &assigned,
                           error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  job->records = MAX (assigned.moved, assigned.handed);
  job->left = assigned.moved > 0 && !assigned.is_held;
  if (!sat_workspace_commit (workspace, error))
    return FALSE;
  job->step = sat_workspace_last_step (workspace);
  return TRUE;
}

static gboolean
begin_all (SatWorkspace *workspace, SatAssignJob *job, const char *login, GError **error)
{
  g_autofree char *id = sat_id_dup_text (&job->what.id);
  g_autofree char *from = login_of (workspace, id, error);

  if (from != NULL && login != NULL)
    job->handover = sat_handover_new (workspace, from, login, job->book, error);
  return job->handover != NULL;
}

static gboolean
run_slice (SatAssignJob *job, gboolean *more, GError **error)
{
  SatHandover *handover = job->handover;
  guint64 total = sat_handover_total (handover);

  if (!sat_handover_step (handover, job->book ? SLICE_MOVE_MS : SLICE_MS, more, error))
    return FALSE;
  if (total > 0)
    g_atomic_int_set (&job->permille, (int) (sat_handover_done (handover) * 1000 / total));
  job->records = MAX (sat_handover_handed (handover), sat_handover_moved (handover));
  job->left = !sat_handover_is_held (handover);
  job->step = sat_handover_undo (handover);
  return TRUE;
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatAssignJob *job = data;
  g_autofree char *login = NULL;
  gboolean more = FALSE;

  if (job->owner != NULL && job->handover == NULL)
    {
      login = login_of (workspace, job->owner, error);
      if (login == NULL)
        return NULL;
    }
  if (!job->what.all)
    return run_one (workspace, job, login, error) ? GINT_TO_POINTER (1) : NULL;
  if ((job->handover == NULL && !begin_all (workspace, job, login, error)) ||
      !run_slice (job, &more, error))
    return NULL;
  return GINT_TO_POINTER (more ? 2 : 1);
}

void
sat_assign_work_run (SatService *service,
                     SatAssignJob *job,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  sat_service_write (service, run, sat_assign_job_ref (job), (GDestroyNotify) sat_assign_job_unref,
                     NULL, cancellable, callback, user_data);
}
