/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entry always shows 2026-11-21, or 2026-11-21 16:00 in local time: the spelling that the types
 * read and that nobody mistakes. */
#include "config.h"

#include "gtk-app/field/sat-field-date.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"

struct _SatFieldDate
{
  SatFieldEditor parent_instance;

  GtkEntry *entry;
  GtkMenuButton *button;
  GtkPopover *popover;
  GtkCalendar *calendar;
  GtkBox *clock;
  GtkSpinButton *hour;
  GtkSpinButton *minute;
  gboolean filling; /* the popover is being set, not the person picking */
};

G_DEFINE_FINAL_TYPE (SatFieldDate, sat_field_date, SAT_TYPE_FIELD_EDITOR)

static gboolean
has_time (SatFieldDate *self)
{
  return sat_field_editor_get_field (SAT_FIELD_EDITOR (self))->type->id == SAT_TYPE_TIME;
}

static void
changed_cb (SatFieldDate *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

/* What stands in the entry, or now where that is no date. */
static GDateTime *
current (SatFieldDate *self)
{
  g_autofree char *value = NULL;
  GDateTime *moment = NULL;

  if (sat_field_editor_get_value (SAT_FIELD_EDITOR (self), &value, NULL) && value != NULL)
    {
      g_autofree char *text = has_time (self) ? g_strdup (value)
                                              : g_strconcat (value, "T00:00:00", NULL);
      g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
      g_autoptr (GDateTime) parsed = g_date_time_new_from_iso8601 (text, zone);

      if (parsed != NULL)
        moment = g_date_time_to_local (parsed);
    }
  return moment != NULL ? moment : g_date_time_new_now_local ();
}

static void
popover_cb (SatFieldDate *self)
{
  g_autoptr (GDateTime) moment = current (self);

  self->filling = TRUE;
  gtk_calendar_select_day (self->calendar, moment);
  gtk_spin_button_set_value (self->hour, g_date_time_get_hour (moment));
  gtk_spin_button_set_value (self->minute, g_date_time_get_minute (moment));
  self->filling = FALSE;
}

static void
show_moment (SatFieldDate *self, GDateTime *moment, int hour, int minute)
{
  g_autofree char *date = g_date_time_format (moment, "%Y-%m-%d");
  g_autofree char *text = has_time (self) ? g_strdup_printf ("%s %02d:%02d", date, hour, minute)
                                          : g_strdup (date);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
picked_cb (SatFieldDate *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->filling)
    return;
  day = gtk_calendar_get_date (self->calendar);
  show_moment (self, day, gtk_spin_button_get_value_as_int (self->hour),
               gtk_spin_button_get_value_as_int (self->minute));
}

static void
today_cb (SatFieldDate *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  show_moment (self, now, g_date_time_get_hour (now), g_date_time_get_minute (now));
  gtk_popover_popdown (self->popover);
}

static void
sat_field_date_setup (SatFieldEditor *editor)
{
  SatFieldDate *self = SAT_FIELD_DATE (editor);

  gtk_widget_set_visible (GTK_WIDGET (self->clock), has_time (self));
  sat_name_widget (GTK_WIDGET (self->button), _ ("Choose from a calendar"));
}

static void
sat_field_date_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldDate *self = SAT_FIELD_DATE (editor);
  g_autofree char *text = NULL;

  if (value != NULL && has_time (self))
    {
      g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (value, NULL);
      g_autoptr (GDateTime) local = moment != NULL ? g_date_time_to_local (moment) : NULL;

      if (local != NULL)
        text = g_date_time_format (
            local, g_date_time_get_second (local) == 0 ? "%Y-%m-%d %H:%M" : "%Y-%m-%dT%H:%M:%S%:z");
    }
  if (text == NULL)
    text = g_strdup (value != NULL ? value : "");
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static gboolean
sat_field_date_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldDate *self = SAT_FIELD_DATE (editor);

  return sat_field_editor_parse (editor, gtk_editable_get_text (GTK_EDITABLE (self->entry)),
                                 out_value, error);
}

static GtkWidget *
sat_field_date_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_DATE (editor)->entry);
}

static void
sat_field_date_class_init (SatFieldDateClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  editor_class->setup = sat_field_date_setup;
  editor_class->set_value = sat_field_date_set_value;
  editor_class->get_value = sat_field_date_get_value;
  editor_class->get_target = sat_field_date_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-date.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, entry);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, button);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, popover);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, calendar);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, clock);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, hour);
  gtk_widget_class_bind_template_child (widget_class, SatFieldDate, minute);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, popover_cb);
  gtk_widget_class_bind_template_callback (widget_class, picked_cb);
  gtk_widget_class_bind_template_callback (widget_class, today_cb);
}

static void
sat_field_date_init (SatFieldDate *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
