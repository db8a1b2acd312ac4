/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-steps.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/pipeline/sat-gate-dialog.h"
#include "gtk-app/pipeline/sat-steps-work.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-wrap-layout.h"

struct _SatSteps
{
  GtkWidget parent_instance;

  GtkBox *row;
  GtkLabel *missing;
  GtkLabel *guidance;
  GtkLabel *idle;
  GtkButton *go;
  GtkLabel *go_text;

  SatService *service;
  SatId id;
  SatStepsPicture *picture; /* NULL: not loaded yet */
  GCancellable *reading;
  gboolean moving;
};

G_DEFINE_FINAL_TYPE (SatSteps, sat_steps, GTK_TYPE_WIDGET)

static void move_to (SatSteps *self, const char *choice, const char *name, const char *force);

/* ---- moving -------------------------------------------------------------------------------- */

/* A move that is under way, or that is asked about. */
typedef struct
{
  SatSteps *steps;
  char *choice;
  char *name;
} Move;

static Move *
move_new (SatSteps *steps, const char *choice, const char *name)
{
  Move *move = g_new0 (Move, 1);

  move->steps = g_object_ref (steps);
  move->choice = g_strdup (choice);
  move->name = g_strdup (name);
  return move;
}

static void
move_free (gpointer data)
{
  Move *move = data;

  g_object_unref (move->steps);
  g_free (move->choice);
  g_free (move->name);
  g_free (move);
}

static void
force_cb (const char *reason, gpointer data)
{
  const Move *move = data;

  move_to (move->steps, move->choice, move->name, reason);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatSteps) self = data;
  g_autoptr (GError) error = NULL;

  if (sat_service_finish (SAT_SERVICE (source), result, &error) == NULL)
    sat_toast_error (GTK_WIDGET (self), error, NULL);
  else
    sat_toast (GTK_WIDGET (self), _ ("The approval is asked for"), NULL, NULL, NULL, NULL);
}

static void
ask_cb (const char *note, const char *to, gpointer data)
{
  const Move *move = data;

  sat_steps_work_ask (move->steps->service, &move->steps->id, move->choice, note, to, asked_cb,
                      g_object_ref (move->steps));
}

/* What the move lacks is found out with a draft of it. */
static void
drafted_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Move *move = data;
  GPtrArray *drafts = sat_service_finish (SAT_SERVICE (source), result, NULL);
  SatSteps *self = move->steps;

  if (drafts != NULL)
    sat_approval_ask_refused (GTK_WIDGET (self), self->service, drafts, ask_cb, move, move_free);
  else
    move_free (move);
}

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Move *move = data;
  SatSteps *self = move->steps;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;

  self->moving = FALSE;
  if (g_error_matches (error, SAT_ERROR, SAT_ERROR_GATE))
    {
      sat_gate_dialog_show (GTK_WIDGET (self), self->service, error, force_cb, move, move_free);
      return;
    }
  if (g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL))
    {
      sat_steps_work_draft (self->service, &self->id, move->choice, drafted_cb, move);
      return;
    }
  if (step == NULL)
    sat_toast_error (GTK_WIDGET (self), error, NULL);
  else
    {
      /* Translators: %s is the name of a stage of a pipeline. */
      text = g_strdup_printf (_ ("Moved to “%s”"), move->name);
      sat_undo_offer (GTK_WIDGET (self), self->service, text, *step);
    }
  move_free (move);
}

static void
move_to (SatSteps *self, const char *choice, const char *name, const char *force)
{
  if (self->moving)
    return;
  self->moving = TRUE;
  sat_steps_work_move (self->service, &self->id, choice, force, moved_cb,
                       move_new (self, choice, name));
}

static void
move_to_step (SatSteps *self, gint at)
{
  const SatStep *step;

  if (self->picture == NULL || at < 0 || at == self->picture->now)
    return;
  step = g_ptr_array_index (self->picture->steps, at);
  move_to (self, step->choice, step->name, NULL);
}

static void
go_cb (SatSteps *self)
{
  if (self->picture != NULL)
    move_to_step (self, self->picture->next);
}

static void
step_cb (SatSteps *self, GtkButton *button)
{
  move_to_step (self, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step")));
}

/* ---- what is shown ------------------------------------------------------------------------- */

static const char *
style_of (const SatStepsPicture *picture, gint at)
{
  const SatStep *step = g_ptr_array_index (picture->steps, at);
  const SatStep *now = picture->now >= 0 ? g_ptr_array_index (picture->steps, picture->now) : NULL;

  if (at == picture->now)
    return step->outcome == SAT_OUTCOME_LOST ? "lost" : "now";
  return now != NULL && now->outcome != SAT_OUTCOME_LOST && at < picture->now ? "done" : "ahead";
}

static void
show_row (SatSteps *self)
{
  const SatStepsPicture *picture = self->picture;

  sat_remove_children (GTK_WIDGET (self->row));
  for (guint i = 0; i < picture->steps->len; i++)
    {
      const SatStep *step = picture->steps->pdata[i];
      GtkWidget *button = gtk_button_new_with_label (step->name);

      gtk_widget_add_css_class (button, "step");
      gtk_widget_add_css_class (button, style_of (picture, (gint) i));
      g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER ((gint) i));
      if ((gint) i == picture->now)
        {
          gtk_widget_set_can_target (button, FALSE);
          gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_PRESSED,
                                       GTK_ACCESSIBLE_TRISTATE_TRUE, -1);
        }
      g_signal_connect_object (button, "clicked", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->row, button);
    }
}

/* TEXT, or nothing at all. */
static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
dup_missing (const SatStepsPicture *picture)
{
  GString *text;
  const SatStep *next;

  if (picture->next < 0 || picture->missing->len == 0)
    return NULL;
  next = g_ptr_array_index (picture->steps, picture->next);
  text = g_string_new (NULL);
  /* Translators: %s is the name of a stage of a pipeline; a list of what is missing follows. */
  g_string_append_printf (text, _ ("Before it goes on to “%s”:"), next->name);
  for (guint i = 0; i < picture->missing->len; i++)
    {
      const SatMissing *one = picture->missing->pdata[i];

      g_string_append (text, "\n• ");
      if (one->is_task)
        /* Translators: %s is the subject of a task. */
        g_string_append_printf (text, _ ("Task: %s"), one->words);
      else
        g_string_append (text, one->words);
    }
  return g_string_free (text, FALSE);
}

static void
show_idle (SatSteps *self)
{
  const SatStepsPicture *picture = self->picture;
  g_autofree char *text = NULL;

  if (picture->idle_days > 0 && picture->days > picture->idle_days && picture->next >= 0)
    text = g_strdup_printf (
        ngettext ("In this stage for %d day; it may be %d",
                  "In this stage for %d days; it may be %d", (gulong) picture->days),
        (int) MIN (picture->days, G_MAXINT), (int) MIN (picture->idle_days, G_MAXINT));
  show_text (self->idle, text);
}

static void
show_next (SatSteps *self)
{
  const SatStepsPicture *picture = self->picture;
  const SatStep *next = picture->next >= 0 ? g_ptr_array_index (picture->steps, picture->next)
                                           : NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->go), next != NULL);
  if (next == NULL)
    return;
  /* Translators: a button; %s is the name of the stage that a deal goes on to. */
  text = g_strdup_printf (_ ("Next: %s"), next->name);
  gtk_label_set_label (self->go_text, text);
  if (picture->missing->len == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->go), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->go), "suggested-action");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatSteps) self = data;
  g_autoptr (GError) error = NULL;
  SatStepsPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *missing = NULL;

  if (self->row == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      sat_steps_picture_free (picture);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), picture != NULL);
  g_clear_pointer (&self->picture, sat_steps_picture_free);
  self->picture = picture;
  if (picture == NULL)
    return;
  missing = dup_missing (picture);
  show_row (self);
  show_text (self->missing, missing);
  show_text (self->guidance, picture->guidance);
  show_idle (self);
  show_next (self);
}

gboolean
sat_steps_has (const SatObject *object)
{
  return g_str_equal (object->name, "deal") && sat_object_find (object, "stage") != NULL;
}

void
sat_steps_load (SatSteps *self, const SatId *id)
{
  self->id = *id;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_steps_work_load (self->service, id, self->reading, loaded_cb, g_object_ref (self));
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_steps_dispose (GObject *object)
{
  SatSteps *self = SAT_STEPS (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  self->row = NULL;
  G_OBJECT_CLASS (sat_steps_parent_class)->dispose (object);
}

static void
sat_steps_finalize (GObject *object)
{
  SatSteps *self = SAT_STEPS (object);

  g_clear_pointer (&self->picture, sat_steps_picture_free);
  g_clear_object (&self->reading);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_steps_parent_class)->finalize (object);
}

static void
sat_steps_class_init (SatStepsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_steps_dispose;
  object_class->finalize = sat_steps_finalize;
  g_type_ensure (SAT_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/pipeline/sat-steps.ui");
  gtk_widget_class_bind_template_child (widget_class, SatSteps, row);
  gtk_widget_class_bind_template_child (widget_class, SatSteps, missing);
  gtk_widget_class_bind_template_child (widget_class, SatSteps, guidance);
  gtk_widget_class_bind_template_child (widget_class, SatSteps, idle);
  gtk_widget_class_bind_template_child (widget_class, SatSteps, go);
  gtk_widget_class_bind_template_child (widget_class, SatSteps, go_text);
  gtk_widget_class_bind_template_callback (widget_class, go_cb);
}

static void
sat_steps_init (SatSteps *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_steps_new (SatService *service)
{
  SatSteps *self = g_object_new (SAT_TYPE_STEPS, NULL);

  self->service = g_object_ref (service);
  return GTK_WIDGET (self);
}
