/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/detail/sat-history-work.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-revert.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"

struct _SatHistoryWish
{
  const SatObject *object;
  SatId id;
  GArray *what; /* SatRevertWhat, whose texts are of `texts` */
  GPtrArray *texts;
  const SatField *field; /* to get `value` again; NULL: not that */
  char *value;
};

SatHistoryWish *
sat_history_wish_new (const SatObject *object, const SatId *id)
{
  SatHistoryWish *wish = g_new0 (SatHistoryWish, 1);

  wish->object = object;
  wish->id = *id;
  wish->what = g_array_new (FALSE, TRUE, sizeof (SatRevertWhat));
  wish->texts = g_ptr_array_new_with_free_func (g_free);
  return wish;
}

void
sat_history_wish_free (gpointer data)
{
  SatHistoryWish *wish = data;

  g_array_unref (wish->what);
  g_ptr_array_unref (wish->texts);
  g_free (wish->value);
  g_free (wish);
}

static const char *
keep (SatHistoryWish *wish, const char *text)
{
  char *kept = g_strdup (text);

  if (kept != NULL)
    g_ptr_array_add (wish->texts, kept);
  return kept;
}

static void
add (SatHistoryWish *wish, const SatRevertWhat *one)
{
  SatRevertWhat what = *one;

  what.book = keep (wish, one->book);
  what.field = keep (wish, one->field);
  what.element = keep (wish, one->element);
  g_array_append_val (wish->what, what);
}

void
sat_history_wish_add (SatHistoryWish *wish, const SatChange *change)
{
  gboolean is_tag = change->field != NULL && change->field->policy == SAT_POLICY_UNION;
  SatRevertWhat what = {
    .book = change->book,
    .device = change->device,
    .number = change->number,
    .time = change->time,
    .field = change->field_name,
    .element = is_tag ? change->value : NULL,
  };

  add (wish, &what);
}

guint
sat_history_wish_length (const SatHistoryWish *wish)
{
  return wish->what->len;
}

void
sat_history_wish_value (SatHistoryWish *wish, const SatChange *change)
{
  wish->field = change->field;
  g_free (wish->value);
  wish->value = g_strdup (change->value);
}

static SatHistoryWish *
copy (const SatHistoryWish *wish)
{
  SatHistoryWish *other = sat_history_wish_new (wish->object, &wish->id);

  for (guint i = 0; i < wish->what->len; i++)
    add (other, &g_array_index (wish->what, SatRevertWhat, i));
  other->field = wish->field;
  other->value = g_strdup (wish->value);
  return other;
}

/* ---- on the writer's thread ---------------------------------------------------------------- */

typedef struct
{
  char *text;
  gint64 step;
} Told;

static void
told_free (gpointer data)
{
  Told *told = data;

  g_free (told->text);
  g_free (told);
}

static char *
one_text (SatWorkspace *workspace, const SatRevertDone *done)
{
  const char *label = sat_here (done->field->label);
  g_autofree char *value = NULL;

  if (done->element != NULL && done->after != NULL)
    /* Translators: a tag, and the field that has it. */
    return g_strdup_printf (_ ("“%s” is in %s again"), done->element, label);
  if (done->element != NULL)
    return g_strdup_printf (_ ("“%s” is not in %s any more"), done->element, label);
  if (done->after == NULL)
    /* Translators: %s is a field. */
    return g_strdup_printf (_ ("%s is empty again"), label);
  value = sat_value_text_in (workspace, done->field, done->after);
  /* Translators: a field and its value. */
  return g_strdup_printf (_ ("%s is “%s” again"), label, value);
}

static char *
done_text (SatWorkspace *workspace, const SatReverted *reverted)
{
  guint n = reverted->done->len;

  if (reverted->removed > 0)
    return g_strdup_printf (_ ("“%s” removed"), reverted->title);
  if (reverted->brought > 0)
    return g_strdup_printf (_ ("“%s” is back"), reverted->title);
  if (n == 1)
    return one_text (workspace, g_ptr_array_index (reverted->done, 0));
  if (n > 1)
    return g_strdup_printf (ngettext ("%u field is as before", "%u fields are as before", n), n);
  if (reverted->left->len > 0)
    return g_strdup (_ ("Nothing was taken back"));
  return g_strdup (_ ("It is as it was before already"));
}

/* Names of what was left for the reason WHY; NULL: nothing was. */
static char *
names_of (const SatReverted *reverted, SatRevertWhy why)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  for (guint i = 0; i < reverted->left->len; i++)
    {
      const SatRevertLeft *left = g_ptr_array_index (reverted->left, i);
      const char *name = left->field != NULL ? sat_here (left->field->label) : reverted->title;

      if (left->why == why && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        g_ptr_array_add (names, (gpointer) name);
    }
  if (names->len == 0)
    return NULL;
  g_ptr_array_add (names, NULL);
  /* Translators: between the names of several fields. */
  return g_strjoinv (_ (", "), (char **) names->pdata);
}

static void
add_left (GString *text, const SatReverted *reverted, SatRevertWhy why, const char *format)
{
  g_autofree char *names = names_of (reverted, why);

  if (names == NULL)
    return;
  g_string_append (text, _ ("; "));
  g_string_append (text, format);
  g_string_replace (text, "%s", names, 1);
}

static Told *
tell (SatWorkspace *workspace, const SatReverted *reverted)
{
  Told *told = g_new0 (Told, 1);
  g_autofree char *done = done_text (workspace, reverted);
  g_autoptr (GString) text = g_string_new (done);

  /* Translators: %s are names of fields, or the title of a record. */
  add_left (text, reverted, SAT_REVERT_CHANGED, _ ("left, as it was changed since: %s"));
  add_left (text, reverted, SAT_REVERT_UNKNOWN,
            _ ("left, as this laptop does not know what was there before: %s"));
  add_left (text, reverted, SAT_REVERT_REFUSED,
            _ ("left, as what was there before is not allowed now: %s"));
  add_left (text, reverted, SAT_REVERT_NO_RIGHT, _ ("left, as your role may not change it: %s"));
  add_left (text, reverted, SAT_REVERT_IS_NEEDED, _ ("left, as other records belong to it: %s"));
  told->text = g_strdup (text->str);
  told->step = reverted->step;
  return told;
}

static gpointer
fulfil (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatHistoryWish *wish = data;
  g_autoptr (SatReverted) reverted = NULL;

  if (wish->field != NULL)
    reverted = sat_workspace_restore_value (workspace, &wish->id, wish->field, wish->value, error);
  else
    reverted = sat_workspace_revert (workspace, wish->object, &wish->id,
                                     (const SatRevertWhat *) (void *) wish->what->data,
                                     wish->what->len, error);
  return reverted != NULL ? tell (workspace, reverted) : NULL;
}

/* ---- on the main thread -------------------------------------------------------------------- */

typedef struct
{
  GtkWidget *overlay; /* the page may be gone by then */
  SatService *service;
  const SatObject *object;
} Asked;

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Asked *asked = data;
  g_autoptr (GError) error = NULL;
  Told *told = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (told == NULL)
    sat_toast_error (asked->overlay, error, asked->object);
  else
    {
      sat_undo_offer (asked->overlay, asked->service, told->text, told->step);
      told_free (told);
    }
  g_object_unref (asked->overlay);
  g_object_unref (asked->service);
  g_free (asked);
}

void
sat_history_wish_do (const SatHistoryWish *wish, GtkWidget *widget, SatService *service)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  Asked *asked;

  if (overlay == NULL)
    return;
  asked = g_new0 (Asked, 1);
  asked->overlay = g_object_ref (overlay);
  asked->service = g_object_ref (service);
  asked->object = wish->object;
  sat_service_write (service, fulfil, copy (wish), sat_history_wish_free, told_free, NULL, done_cb,
                     asked);
}
