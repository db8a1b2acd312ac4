/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/field/sat-field-condition.h"

#include "gtk-app/field/sat-filter-bar.h"

struct _SatFieldCondition
{
  SatFieldEditor parent_instance;

  SatFilterBar *bar;
  char *loaded;
  const SatObject *about;
};

G_DEFINE_FINAL_TYPE (SatFieldCondition, sat_field_condition, SAT_TYPE_FIELD_EDITOR)

static SatExpressionUse
use_of (SatFieldEditor *editor)
{
  return sat_field_editor_get_field (editor)->holds == SAT_CONTENT_CHANGE_CONDITION
             ? SAT_EXPRESSION_RULE
             : SAT_EXPRESSION_FILTER;
}

static void
sat_field_condition_setup (SatFieldEditor *editor)
{
  SatFieldCondition *self = SAT_FIELD_CONDITION (editor);

  sat_filter_bar_set_part (self->bar, use_of (editor));
  sat_filter_bar_set_object (self->bar, NULL);
}

static void
sat_field_condition_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldCondition *self = SAT_FIELD_CONDITION (editor);
  char *old = self->loaded;

  self->loaded = g_strdup (value);
  g_free (old);
  if (g_strcmp0 (sat_filter_bar_get_text (self->bar), value != NULL ? value : "") != 0)
    sat_filter_bar_set_text (self->bar, value);
}

static gboolean
sat_field_condition_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldCondition *self = SAT_FIELD_CONDITION (editor);
  g_autofree char *text = g_strstrip (g_strdup (sat_filter_bar_get_text (self->bar)));
  g_autoptr (SatExpression) expression = NULL;

  if (g_strcmp0 (sat_filter_bar_get_text (self->bar), self->loaded) == 0)
    {
      *out_value = g_strdup (self->loaded);
      return TRUE;
    }
  if (*text != '\0' && self->about != NULL)
    {
      *out_value = NULL;
      expression = sat_expression_parse (self->about, text, use_of (editor), NULL, error);
      if (expression == NULL)
        return FALSE;
    }
  return sat_field_editor_parse (editor, text, out_value, error);
}

static void
sat_field_condition_set_about (SatFieldEditor *editor, const SatObject *about)
{
  SatFieldCondition *self = SAT_FIELD_CONDITION (editor);

  self->about = about;
  sat_filter_bar_set_object (self->bar, about);
}

static GtkWidget *
sat_field_condition_get_target (SatFieldEditor *editor)
{
  return sat_filter_bar_get_entry (SAT_FIELD_CONDITION (editor)->bar);
}

static void
sat_field_condition_finalize (GObject *object)
{
  g_clear_pointer (&SAT_FIELD_CONDITION (object)->loaded, g_free);
  G_OBJECT_CLASS (sat_field_condition_parent_class)->finalize (object);
}

static void
sat_field_condition_class_init (SatFieldConditionClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_field_condition_finalize;
  editor_class->setup = sat_field_condition_setup;
  editor_class->set_value = sat_field_condition_set_value;
  editor_class->get_value = sat_field_condition_get_value;
  editor_class->get_target = sat_field_condition_get_target;
  editor_class->set_about = sat_field_condition_set_about;
}

static void
sat_field_condition_init (SatFieldCondition *self)
{
  self->bar = g_object_new (SAT_TYPE_FILTER_BAR, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->bar), GTK_WIDGET (self));
  g_signal_connect_swapped (self->bar, "typed", G_CALLBACK (sat_field_editor_emit_changed), self);
}
