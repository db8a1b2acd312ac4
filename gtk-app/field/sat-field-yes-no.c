/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/field/sat-field-yes-no.h"

#include "gtk-app/sat-util.h"

struct _SatFieldYesNo
{
  SatFieldEditor parent_instance;

  GtkSwitch *toggle;
  gboolean empty; /* nobody has said yes or no */
};

G_DEFINE_FINAL_TYPE (SatFieldYesNo, sat_field_yes_no, SAT_TYPE_FIELD_EDITOR)

static void
changed_cb (SatFieldYesNo *self)
{
  self->empty = FALSE;
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
sat_field_yes_no_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldYesNo *self = SAT_FIELD_YES_NO (editor);

  gtk_switch_set_active (self->toggle, g_strcmp0 (value, "yes") == 0);
  self->empty = value == NULL;
}

static gboolean
sat_field_yes_no_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldYesNo *self = SAT_FIELD_YES_NO (editor);

  *out_value = NULL;
  if (!self->empty)
    *out_value = g_strdup (gtk_switch_get_active (self->toggle) ? "yes" : "no");
  return TRUE;
}

static GtkWidget *
sat_field_yes_no_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_YES_NO (editor)->toggle);
}

static void
sat_field_yes_no_class_init (SatFieldYesNoClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  editor_class->set_value = sat_field_yes_no_set_value;
  editor_class->get_value = sat_field_yes_no_get_value;
  editor_class->get_target = sat_field_yes_no_get_target;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-yes-no.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldYesNo, toggle);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
sat_field_yes_no_init (SatFieldYesNo *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->empty = TRUE;
}
