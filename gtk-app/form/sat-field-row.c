/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A problem is shown when the person leaves the field or asks for saving, never while they are
 * still typing; once shown it goes away as soon as it is mended. */
#include "config.h"

#include "gtk-app/form/sat-field-row.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"

struct _SatFieldRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *body;
  GtkLabel *caption;
  GtkLabel *required;
  AdwBin *place;
  GtkLabel *problem;
  GtkButton *conflict;

  SatFieldEditor *editor; /* a child */
  SatRecord *base;
  char *loaded;
};

G_DEFINE_FINAL_TYPE (SatFieldRow, sat_field_row, ADW_TYPE_PREFERENCES_ROW)

enum
{
  CHANGED,
  CONFLICT,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
sat_field_row_set_problem (SatFieldRow *self, const GError *problem)
{
  const SatObject *object = sat_field_editor_get_field (self->editor)->object;
  g_autofree char *text = problem != NULL ? sat_error_text_about (problem, object) : NULL;

  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (text != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "invalid");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "invalid");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (sat_field_editor_get_target (self->editor)), GTK_ACCESSIBLE_STATE_INVALID,
      text != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

gboolean
sat_field_row_has_problem (SatFieldRow *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self->problem));
}

gboolean
sat_field_row_read (SatFieldRow *self, char **out_value)
{
  g_autoptr (GError) error = NULL;

  if (sat_field_editor_get_value (self->editor, out_value, &error))
    return TRUE;
  sat_field_row_set_problem (self, error);
  return FALSE;
}

gboolean
sat_field_row_is_dirty (SatFieldRow *self)
{
  g_autofree char *value = NULL;

  return !sat_field_editor_get_value (self->editor, &value, NULL) ||
         g_strcmp0 (value, self->loaded) != 0;
}

/* “required” is said only where nothing stands yet. */
static void
show_required (SatFieldRow *self)
{
  g_autofree char *value = NULL;
  gboolean empty = sat_field_editor_get_value (self->editor, &value, NULL) && value == NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->required),
                          empty && sat_field_row_get_field (self)->required);
}

static void
editor_changed_cb (SatFieldRow *self)
{
  show_required (self);
  if (sat_field_row_has_problem (self))
    {
      g_autofree char *value = NULL;

      if (sat_field_editor_get_value (self->editor, &value, NULL))
        sat_field_row_set_problem (self, NULL);
    }
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The person left the field: what was typed is put into its one spelling, or its problem is shown.
 */
static void
left_cb (SatFieldRow *self)
{
  g_autofree char *value = NULL;

  if (!sat_field_row_is_dirty (self) || !sat_field_row_read (self, &value))
    return;
  sat_field_editor_set_value (self->editor, value);
  g_signal_emit (self, signals[LEFT], 0);
}

/* A click anywhere in the row goes to the editor. */
static void
pressed_cb (SatFieldRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->editor));
}

static void
conflict_cb (SatFieldRow *self)
{
  g_signal_emit (self, signals[CONFLICT], 0);
}

static gboolean
sat_field_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_FIELD_ROW (widget)->editor));
}

static void
sat_field_row_finalize (GObject *object)
{
  SatFieldRow *self = SAT_FIELD_ROW (object);

  g_clear_pointer (&self->base, sat_record_unref);
  g_clear_pointer (&self->loaded, g_free);
  G_OBJECT_CLASS (sat_field_row_parent_class)->finalize (object);
}

static void
sat_field_row_class_init (SatFieldRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_field_row_finalize;
  widget_class->grab_focus = sat_field_row_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[CONFLICT] = g_signal_new ("conflict", SAT_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", SAT_TYPE_FIELD_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/form/sat-field-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, body);
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, caption);
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, required);
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, place);
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, problem);
  gtk_widget_class_bind_template_child (widget_class, SatFieldRow, conflict);
  gtk_widget_class_bind_template_callback (widget_class, conflict_cb);
}

static void
sat_field_row_init (SatFieldRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (click, "released", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
sat_field_row_new (const SatField *field, SatService *service)
{
  SatFieldRow *self = g_object_new (SAT_TYPE_FIELD_ROW, NULL);
  const char *label = sat_here (field->label);

  self->editor = sat_field_editor_new (field, service);
  adw_bin_set_child (self->place, GTK_WIDGET (self->editor));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), label);
  gtk_label_set_label (self->caption, label);
  if (field->help != NULL)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->caption), sat_here (field->help));
  if (field->required)
    gtk_accessible_update_property (GTK_ACCESSIBLE (sat_field_editor_get_target (self->editor)),
                                    GTK_ACCESSIBLE_PROPERTY_REQUIRED, TRUE, -1);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (editor_changed_cb), self);
  return GTK_WIDGET (self);
}

const SatField *
sat_field_row_get_field (SatFieldRow *self)
{
  return sat_field_editor_get_field (self->editor);
}

SatFieldEditor *
sat_field_row_get_editor (SatFieldRow *self)
{
  return self->editor;
}

static void
set_base (SatFieldRow *self, const SatRecord *base)
{
  gboolean conflict = base != NULL && sat_record_in_conflict (base, sat_field_row_get_field (self));
  SatRecord *old = self->base;

  self->base = base != NULL ? sat_record_ref (base) : NULL;
  g_clear_pointer (&old, sat_record_unref);
  gtk_widget_set_visible (GTK_WIDGET (self->conflict), conflict);
  if (conflict)
    gtk_widget_add_css_class (GTK_WIDGET (self), "conflict");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "conflict");
}

const SatRecord *
sat_field_row_get_base (SatFieldRow *self)
{
  return self->base;
}

const char *
sat_field_row_get_loaded (SatFieldRow *self)
{
  return self->loaded;
}

static void
set_loaded (SatFieldRow *self, const SatRecord *base, const char *value)
{
  char *old = self->loaded;

  if (base != NULL)
    value = sat_record_get (base, sat_field_row_get_field (self));
  self->loaded = g_strdup (value);
  g_free (old); /* VALUE may be the old one */
  set_base (self, base);
}

void
sat_field_row_rebase (SatFieldRow *self, const SatRecord *base)
{
  set_loaded (self, base, NULL);
}

void
sat_field_row_load (SatFieldRow *self, const SatRecord *base, const char *value)
{
  set_loaded (self, base, value);
  sat_field_editor_set_value (self->editor, self->loaded);
  sat_field_row_set_problem (self, NULL);
  show_required (self);
}
