/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `names` runs beside the labels in the drop-down: "" first (none), then the catalogue's, then a
 * value that the catalogue does not know, if the record has one. */
#include "config.h"

#include "gtk-app/field/sat-field-choice.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"

struct _SatFieldChoice
{
  SatFieldEditor parent_instance;

  GtkDropDown *drop_down;
  GPtrArray *names;
  GtkStringList *labels;
};

G_DEFINE_FINAL_TYPE (SatFieldChoice, sat_field_choice, SAT_TYPE_FIELD_EDITOR)

static void
changed_cb (SatFieldChoice *self)
{
  sat_field_editor_emit_changed (SAT_FIELD_EDITOR (self));
}

static void
add (SatFieldChoice *self, const char *name, const char *label)
{
  g_ptr_array_add (self->names, g_strdup (name));
  gtk_string_list_append (self->labels, label);
}

/* The objects that people work with, for fields that name one. */
static void
add_objects (SatFieldChoice *self, const SatCatalogue *catalogue)
{
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);

      if (!object->system && !object->managed && !object->setup && !object->retired && !object->off)
        add (self, object->name, sat_here (object->label));
    }
}

static void
sat_field_choice_setup (SatFieldEditor *editor)
{
  SatFieldChoice *self = SAT_FIELD_CHOICE (editor);
  const SatField *field = sat_field_editor_get_field (editor);

  /* Translators: the entry of a list of choices that means “none of them”. */
  add (self, "", C_ ("choice", "None"));
  for (guint i = 0; i < field->n_choices; i++)
    if (!field->choices[i].retired)
      add (self, field->choices[i].name, sat_here (field->choices[i].label));
  if (field->holds == SAT_CONTENT_OBJECT)
    add_objects (self, field->object->catalogue);
}

/* The label of a choice that is retired; else NAME, which is of no choice that is known. */
static const char *
text_of (const SatField *field, const char *name)
{
  const SatObject *object = field->holds == SAT_CONTENT_OBJECT
                                ? sat_catalogue_find (field->object->catalogue, name)
                                : NULL;

  if (object != NULL)
    return sat_here (object->label);
  for (guint i = 0; i < field->n_choices; i++)
    if (g_str_equal (field->choices[i].name, name))
      return sat_here (field->choices[i].label);
  return name;
}

static void
sat_field_choice_set_value (SatFieldEditor *editor, const char *value)
{
  SatFieldChoice *self = SAT_FIELD_CHOICE (editor);
  const char *name = value != NULL ? value : "";
  guint i = 0;

  while (i < self->names->len && !g_str_equal (g_ptr_array_index (self->names, i), name))
    i++;
  if (i == self->names->len)
    add (self, name, text_of (sat_field_editor_get_field (editor), name));
  gtk_drop_down_set_selected (self->drop_down, i);
}

/* The dates and times of ABOUT; what was chosen stays. */
static void
sat_field_choice_set_about (SatFieldEditor *editor, const SatObject *about)
{
  SatFieldChoice *self = SAT_FIELD_CHOICE (editor);
  g_autofree char *chosen = NULL;

  if (sat_field_editor_get_field (editor)->holds != SAT_CONTENT_DATE_FIELD)
    return;
  chosen = g_strdup (self->names->pdata[gtk_drop_down_get_selected (self->drop_down)]);
  g_ptr_array_set_size (self->names, 1);
  gtk_string_list_splice (self->labels, 1,
                          g_list_model_get_n_items (G_LIST_MODEL (self->labels)) - 1, NULL);
  for (guint i = 0; about != NULL && i < about->n_fields; i++)
    {
      const SatField *field = about->fields[i];

      if (!field->hidden && (field->type->id == SAT_TYPE_DATE || field->type->id == SAT_TYPE_TIME))
        add (self, field->name, sat_here (field->label));
    }
  sat_field_choice_set_value (editor, chosen);
}

static gboolean
sat_field_choice_get_value (SatFieldEditor *editor, char **out_value, GError **error)
{
  SatFieldChoice *self = SAT_FIELD_CHOICE (editor);
  guint selected = gtk_drop_down_get_selected (self->drop_down);
  const char *name = selected < self->names->len ? g_ptr_array_index (self->names, selected) : "";

  *out_value = *name != '\0' ? g_strdup (name) : NULL;
  return TRUE;
}

static GtkWidget *
sat_field_choice_get_target (SatFieldEditor *editor)
{
  return GTK_WIDGET (SAT_FIELD_CHOICE (editor)->drop_down);
}

static void
sat_field_choice_finalize (GObject *object)
{
  g_clear_pointer (&SAT_FIELD_CHOICE (object)->names, g_ptr_array_unref);
  G_OBJECT_CLASS (sat_field_choice_parent_class)->finalize (object);
}

static void
sat_field_choice_class_init (SatFieldChoiceClass *klass)
{
  SatFieldEditorClass *editor_class = SAT_FIELD_EDITOR_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = sat_field_choice_finalize;
  editor_class->setup = sat_field_choice_setup;
  editor_class->set_value = sat_field_choice_set_value;
  editor_class->get_value = sat_field_choice_get_value;
  editor_class->get_target = sat_field_choice_get_target;
  editor_class->set_about = sat_field_choice_set_about;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-field-choice.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFieldChoice, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
sat_field_choice_init (SatFieldChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->labels = gtk_string_list_new (NULL);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (self->labels));
  g_object_unref (self->labels); /* the drop-down keeps it */
}
