/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approvals-work.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

#define LAST 50 /* that are looked at to know whether others ask others */

char *
sat_approval_names (const GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    /* Translators: between two things of a list. */
    g_string_append_printf (text, "%s%s", i > 0 ? C_ ("list", ", ") : "",
                            (const char *) names->pdata[i]);
  return g_string_free (text, FALSE);
}

/* ---- what is shown ------------------------------------------------------------------------- */

static void
value_free (gpointer data)
{
  SatApprovalValue *value = data;

  g_free (value->label);
  g_free (value->then);
  g_free (value->now);
  g_free (value);
}

static void
picture_free (gpointer data)
{
  SatApprovalPicture *picture = data;

  sat_approval_info_free (picture->info);
  g_ptr_array_unref (picture->values);
  g_free (picture);
}

void
sat_approvals_free (SatApprovals *approvals)
{
  if (approvals == NULL)
    return;
  g_ptr_array_unref (approvals->pictures);
  g_free (approvals->signature);
  g_free (approvals);
}

/* What LINES says of field NAME; NULL: nothing. Newly allocated. */
static char *
value_text (SatWorkspace *workspace, const SatField *field, const char *value)
{
  return value != NULL ? sat_value_text_in (workspace, field, value) : g_strdup (_ ("(empty)"));
}

static void
add_values (SatWorkspace *workspace, SatApprovalPicture *picture)
{
  g_autoptr (GPtrArray) all = sat_approval_info_covered (picture->info);

  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalCovered *covered = all->pdata[i];
      SatApprovalValue *value = g_new0 (SatApprovalValue, 1);

      value->label = g_strdup (sat_here (covered->field->label));
      value->then = value_text (workspace, covered->field, covered->then);
      if (covered->changed)
        value->now = value_text (workspace, covered->field, covered->now);
      g_ptr_array_add (picture->values, value);
    }
}

/* Takes INFO over. */
static SatApprovalPicture *
picture_new (SatWorkspace *workspace, SatApprovalInfo *info)
{
  SatApprovalPicture *picture = g_new0 (SatApprovalPicture, 1);

  picture->info = info;
  picture->values = g_ptr_array_new_with_free_func (value_free);
  add_values (workspace, picture);
  return picture;
}

static void
sign (GString *signature, const SatApprovalPicture *picture)
{
  const SatApprovalInfo *info = picture->info;
  g_autofree char *asked = sat_approval_names (info->asked);
  char id[SAT_ID_TEXT_SIZE];

  g_string_append_printf (signature, "%s %s %u %u %d%d%d %u %u %s\n", sat_id_format (&info->id, id),
                          info->title != NULL ? info->title : "", info->state, info->step,
                          info->outdated, info->replaced, info->old_version, info->may,
                          info->votes->len, asked);
  for (guint i = 0; i < info->votes->len; i++)
    {
      const SatApprovalVote *vote = info->votes->pdata[i];

      g_string_append_printf (signature, "%u %u %s\n", vote->verdict, vote->worth, vote->name);
    }
  for (guint i = 0; i < picture->values->len; i++)
    {
      const SatApprovalValue *value = picture->values->pdata[i];

      g_string_append_printf (signature, "%s %s\n", value->then, value->now ? value->now : "");
    }
}

typedef struct
{
  SatApprovalsWhich which;
  guint limit;
} Reading;

/* Is any of the last ones neither for nor by this user? */
static gboolean
sees_others (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) all = sat_workspace_newest_approvals (workspace, SAT_APPROVALS_ALL, LAST,
                                                              NULL, NULL);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SatApprovalInfo *info = all->pdata[i];

      if (!info->mine && !info->by_me)
        return TRUE;
    }
  return FALSE;
}

static gpointer
read_approvals (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Reading *reading = data;
  g_autoptr (GPtrArray) inbox = sat_workspace_approvals (workspace, SAT_APPROVALS_INBOX, error);
  g_autoptr (GString) signature = g_string_new (NULL);
  g_autoptr (GPtrArray) found = NULL;
  SatApprovals *approvals;
  gboolean more = FALSE;

  if (inbox == NULL)
    return NULL;
  if (reading->which != SAT_APPROVALS_INBOX)
    found = sat_workspace_newest_approvals (workspace, reading->which, reading->limit, &more,
                                            error);
  else
    found = g_ptr_array_ref (inbox);
  if (found == NULL)
    return NULL;
  approvals = g_new0 (SatApprovals, 1);
  approvals->pictures = g_ptr_array_new_with_free_func (picture_free);
  approvals->n_inbox = inbox->len;
  approvals->others = reading->which == SAT_APPROVALS_ALL || sees_others (workspace);
  approvals->now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  while (found->len > 0 && approvals->pictures->len < reading->limit)
    {
      SatApprovalPicture *picture = picture_new (workspace, g_ptr_array_steal_index (found, 0));

      g_ptr_array_add (approvals->pictures, picture);
      sign (signature, picture);
    }
  approvals->more = more || found->len > 0;
  approvals->signature = g_strdup (signature->str);
  return approvals;
}

void
sat_approvals_work_read (SatService *service,
                         SatApprovalsWhich which,
                         guint limit,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->which = which;
  reading->limit = limit;
  sat_service_read (service, read_approvals, reading, g_free, (GDestroyNotify) sat_approvals_free,
                    cancellable, callback, user_data);
}

static gpointer
count (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  gint64 n = sat_workspace_n_approvals (workspace, error);

  return n >= 0 ? g_memdup2 (&n, sizeof n) : NULL;
}

void
sat_approvals_work_count (SatService *service,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  sat_service_read (service, count, NULL, NULL, g_free, cancellable, callback, user_data);
}

/* ---- people -------------------------------------------------------------------------------- */

static gpointer
read_people (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return sat_workspace_approval_people (workspace, error);
}

void
sat_approvals_work_people (SatService *service, GAsyncReadyCallback callback, gpointer user_data)
{
  sat_service_read (service, read_people, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                    callback, user_data);
}

/* ---- of one record ------------------------------------------------------------------------- */

void
sat_approval_about_free (SatApprovalAbout *about)
{
  if (about == NULL)
    return;
  sat_approval_info_free (about->newest);
  g_ptr_array_unref (about->offers);
  g_ptr_array_unref (about->people);
  g_free (about);
}

typedef struct
{
  const SatObject *object;
  SatId id;
} Which;

/* Those who can be asked, where one of OFFERS leaves it to the user. */
static GPtrArray *
people_for (SatWorkspace *workspace, const GPtrArray *offers, GError **error)
{
  for (guint i = 0; i < offers->len; i++)
    if (((const SatApprovalOffer *) offers->pdata[i])->chosen)
      return sat_workspace_approval_people (workspace, error);
  return g_ptr_array_new ();
}

static gpointer
read_about (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Which *which = data;
  g_autoptr (GPtrArray) infos = sat_workspace_approvals_of (workspace, which->object, &which->id,
                                                            error);
  g_autoptr (GPtrArray) offers = infos ? sat_workspace_approval_offers (workspace, which->object,
                                                                        &which->id, error)
                                       : NULL;
  g_autoptr (GPtrArray) people = offers ? people_for (workspace, offers, error) : NULL;
  SatApprovalAbout *about;

  if (people == NULL)
    return NULL;
  about = g_new0 (SatApprovalAbout, 1);
  about->offers = g_steal_pointer (&offers);
  about->people = g_steal_pointer (&people);
  if (infos->len > 0)
    about->newest = g_ptr_array_steal_index (infos, infos->len - 1);
  return about;
}

void
sat_approvals_work_about (SatService *service,
                          const SatObject *object,
                          const SatId *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Which *which = g_new0 (Which, 1);

  which->object = object;
  which->id = *id;
  sat_service_read (service, read_about, which, g_free, (GDestroyNotify) sat_approval_about_free,
                    cancellable, callback, user_data);
}

void
sat_approval_lack_free (SatApprovalLack *lack)
{
  if (lack == NULL)
    return;
  sat_approval_need_free (lack->need);
  g_ptr_array_unref (lack->people);
  g_free (lack);
}

static gpointer
read_need (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SatApprovalNeed) need = sat_workspace_approval_need (workspace, data, error);
  g_autoptr (GPtrArray) people = need ? sat_workspace_approval_people (workspace, error) : NULL;
  SatApprovalLack *lack;

  if (people == NULL)
    return NULL;
  lack = g_new0 (SatApprovalLack, 1);
  lack->need = g_steal_pointer (&need);
  lack->people = g_steal_pointer (&people);
  return lack;
}

void
sat_approvals_work_need (SatService *service,
                         GPtrArray *drafts,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  sat_service_write (service, read_need, drafts, (GDestroyNotify) g_ptr_array_unref,
                     (GDestroyNotify) sat_approval_lack_free, NULL, callback, user_data);
}

/* ---- asking and deciding ------------------------------------------------------------------- */

typedef struct
{
  const SatObject *object;
  SatId id;
  char *process;
  gboolean again;
  SatApprovalVerdict verdict;
  gboolean override;
  char *text; /* note or comment; NULL: none */
  char *to;   /* a login; NULL: nobody */
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->process);
  g_free (wish->text);
  g_free (wish->to);
  g_free (wish);
}

static Wish *
wish_new (const SatId *id, const char *text, const char *to)
{
  Wish *wish = g_new0 (Wish, 1);

  wish->id = *id;
  wish->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  wish->to = g_strdup (to);
  return wish;
}

static gpointer
submit (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  const char *const chosen[] = { wish->to, NULL };
  const SatApprovalSubmit what = { .process = wish->process,
                                   .note = wish->text,
                                   .chosen = wish->to != NULL ? chosen : NULL,
                                   .again = wish->again };
  SatId request;

  return sat_workspace_submit (workspace, wish->object, &wish->id, &what, &request, error)
             ? GINT_TO_POINTER (1)
             : NULL;
}

void
sat_approvals_work_submit (SatService *service,
                           const SatObject *object,
                           const SatId *record,
                           const char *process,
                           gboolean again,
                           const char *note,
                           const char *to,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Wish *wish = wish_new (record, note, to);

  wish->object = object;
  wish->process = g_strdup (process);
  wish->again = again;
  sat_service_write (service, submit, wish, wish_free, NULL, NULL, callback, user_data);
}

static gpointer
decide (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  const SatApprovalDecide what = {
    .verdict = wish->verdict, .comment = wish->text, .to = wish->to, .override = wish->override
  };

  return sat_workspace_decide (workspace, &wish->id, &what, error)
             ? sat_workspace_approval (workspace, &wish->id, error)
             : NULL;
}

void
sat_approvals_work_decide (SatService *service,
                           const SatId *id,
                           SatApprovalVerdict verdict,
                           gboolean override,
                           const char *comment,
                           const char *to,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Wish *wish = wish_new (id, comment, to);

  wish->verdict = verdict;
  wish->override = override;
  sat_service_write (service, decide, wish, wish_free, (GDestroyNotify) sat_approval_info_free,
                     NULL, callback, user_data);
}

static gpointer
remind (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Wish *wish = data;
  guint told = 0;

  return sat_workspace_remind (workspace, &wish->id, wish->text, &told, error)
             ? GUINT_TO_POINTER (told)
             : NULL;
}

void
sat_approvals_work_remind (SatService *service,
                           const SatId *id,
                           const char *text,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  sat_service_write (service, remind, wish_new (id, text, NULL), wish_free, NULL, NULL, callback,
                     user_data);
}
