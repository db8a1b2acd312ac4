/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/field/sat-field-editor.h"

#include "gtk-app/field/sat-field-actions.h"
#include "gtk-app/field/sat-field-attachment.h"
#include "gtk-app/field/sat-field-choice.h"
#include "gtk-app/field/sat-field-condition.h"
#include "gtk-app/field/sat-field-date.h"
#include "gtk-app/field/sat-field-long-text.h"
#include "gtk-app/field/sat-field-money.h"
#include "gtk-app/field/sat-field-picture.h"
#include "gtk-app/field/sat-field-reference.h"
#include "gtk-app/field/sat-field-tags.h"
#include "gtk-app/field/sat-field-text.h"
#include "gtk-app/field/sat-field-yes-no.h"
#include "gtk-app/sat-util.h"

typedef struct
{
  const SatField *field;
  SatService *service; /* keeps the catalogue that FIELD is in */
  gboolean quiet;      /* set_value is at work */
} SatFieldEditorPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SatFieldEditor, sat_field_editor, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static SatFieldEditorPrivate *
priv_of (SatFieldEditor *self)
{
  return sat_field_editor_get_instance_private (self);
}

static gboolean
sat_field_editor_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (sat_field_editor_get_target (SAT_FIELD_EDITOR (widget)));
}

static void
sat_field_editor_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_field_editor_parent_class)->dispose (object);
}

static void
sat_field_editor_finalize (GObject *object)
{
  g_clear_object (&priv_of (SAT_FIELD_EDITOR (object))->service);
  G_OBJECT_CLASS (sat_field_editor_parent_class)->finalize (object);
}

static void
sat_field_editor_class_init (SatFieldEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sat_field_editor_dispose;
  object_class->finalize = sat_field_editor_finalize;
  widget_class->grab_focus = sat_field_editor_grab_focus;

  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_FIELD_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
sat_field_editor_init (SatFieldEditor *self)
{
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

static GType
type_for_holds (SatContent holds)
{
  switch (holds)
    {
    case SAT_CONTENT_OBJECT:
    case SAT_CONTENT_DATE_FIELD:
      return SAT_TYPE_FIELD_CHOICE;
    case SAT_CONTENT_CONDITION:
    case SAT_CONTENT_CHANGE_CONDITION:
      return SAT_TYPE_FIELD_CONDITION;
    case SAT_CONTENT_ACTIONS:
      return SAT_TYPE_FIELD_ACTIONS;
    case SAT_CONTENT_TEXT:
    default:
      return G_TYPE_NONE;
    }
}

static GType
type_for (const SatField *field)
{
  if (field->holds != SAT_CONTENT_TEXT)
    return type_for_holds (field->holds);
  switch (field->type->id)
    {
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_ADDRESS:
      return SAT_TYPE_FIELD_LONG_TEXT;
    case SAT_TYPE_MONEY:
      return SAT_TYPE_FIELD_MONEY;
    case SAT_TYPE_DATE:
    case SAT_TYPE_TIME:
      return SAT_TYPE_FIELD_DATE;
    case SAT_TYPE_CHOICE:
      return SAT_TYPE_FIELD_CHOICE;
    case SAT_TYPE_YES_NO:
      return SAT_TYPE_FIELD_YES_NO;
    case SAT_TYPE_TAGS:
      return SAT_TYPE_FIELD_TAGS;
    case SAT_TYPE_PICTURE:
      return SAT_TYPE_FIELD_PICTURE;
    case SAT_TYPE_ATTACHMENT:
      return SAT_TYPE_FIELD_ATTACHMENT;
    case SAT_TYPE_REFERENCE:
      return SAT_TYPE_FIELD_REFERENCE;
    case SAT_TYPE_TEXT:
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
    case SAT_TYPE_PERCENT:
    case SAT_TYPE_PHONE:
    case SAT_TYPE_EMAIL:
    case SAT_TYPE_WEB:
    case SAT_TYPE_PLACE:
    case SAT_N_TYPES:
    default:
      return SAT_TYPE_FIELD_TEXT;
    }
}

/* Drop-downs and menu buttons hold the button that gets the focus; its own name is the value. */
static void
name_target (SatFieldEditor *self)
{
  const SatField *field = priv_of (self)->field;
  GtkWidget *target = sat_field_editor_get_target (self);
  GtkWidget *inner = gtk_widget_get_first_child (target);

  sat_name_widget (target, sat_here (field->label));
  if (field->help != NULL)
    sat_describe_widget (target, sat_here (field->help));
  if ((GTK_IS_DROP_DOWN (target) || GTK_IS_MENU_BUTTON (target)) && inner != NULL)
    sat_describe_widget (inner, sat_here (field->label));
}

SatFieldEditor *
sat_field_editor_new (const SatField *field, SatService *service)
{
  SatFieldEditor *self = g_object_new (type_for (field), NULL);
  SatFieldEditorPrivate *priv = priv_of (self);
  SatFieldEditorClass *klass = SAT_FIELD_EDITOR_GET_CLASS (self);

  priv->field = field;
  priv->service = g_object_ref (service);
  priv->quiet = TRUE;
  if (klass->setup != NULL)
    klass->setup (self);
  priv->quiet = FALSE;
  name_target (self);
  return self;
}

const SatField *
sat_field_editor_get_field (SatFieldEditor *self)
{
  return priv_of (self)->field;
}

SatService *
sat_field_editor_get_service (SatFieldEditor *self)
{
  return priv_of (self)->service;
}

void
sat_field_editor_set_value (SatFieldEditor *self, const char *value)
{
  SatFieldEditorPrivate *priv = priv_of (self);

  priv->quiet = TRUE;
  SAT_FIELD_EDITOR_GET_CLASS (self)->set_value (self, value);
  priv->quiet = FALSE;
}

gboolean
sat_field_editor_get_value (SatFieldEditor *self, char **out_value, GError **error)
{
  return SAT_FIELD_EDITOR_GET_CLASS (self)->get_value (self, out_value, error);
}

GtkWidget *
sat_field_editor_get_target (SatFieldEditor *self)
{
  return SAT_FIELD_EDITOR_GET_CLASS (self)->get_target (self);
}

void
sat_field_editor_set_about (SatFieldEditor *self, const SatObject *about)
{
  SatFieldEditorPrivate *priv = priv_of (self);

  priv->quiet = TRUE;
  if (SAT_FIELD_EDITOR_GET_CLASS (self)->set_about != NULL)
    SAT_FIELD_EDITOR_GET_CLASS (self)->set_about (self, about);
  priv->quiet = FALSE;
}

gboolean
sat_field_editor_set_fixed (SatFieldEditor *self, gboolean is_fixed)
{
  SatFieldEditorClass *klass = SAT_FIELD_EDITOR_GET_CLASS (self);

  if (klass->set_fixed == NULL)
    return FALSE;
  klass->set_fixed (self, is_fixed);
  return TRUE;
}

gboolean
sat_field_editor_parse (SatFieldEditor *self, const char *input, char **out_value, GError **error)
{
  const SatField *field = priv_of (self)->field;

  *out_value = NULL;
  return field->type->parse (&field->options, input, out_value, error);
}

void
sat_field_editor_emit_changed (SatFieldEditor *self)
{
  if (!priv_of (self)->quiet)
    g_signal_emit (self, signals[CHANGED], 0);
}
