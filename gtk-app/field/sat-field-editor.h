/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What edits one value: the base of the editors, one a kind of field (sat-field-*.c). An editor
 * knows nothing of records: it shows a canonical value and gives back what the person made of it.
 */
#pragma once

#include <gtk/gtk.h>

#include "core/workspace/sat-service.h"

G_BEGIN_DECLS

#define SAT_TYPE_FIELD_EDITOR (sat_field_editor_get_type ())
G_DECLARE_DERIVABLE_TYPE (SatFieldEditor, sat_field_editor, SAT, FIELD_EDITOR, GtkWidget)

/* Signals: "changed" (by the person, not by set_value). */
struct _SatFieldEditorClass
{
  GtkWidgetClass parent_class;

  /* Called once, when field and service are known. */
  void (*setup) (SatFieldEditor *self);
  void (*set_value) (SatFieldEditor *self, const char *value);
  gboolean (*get_value) (SatFieldEditor *self, char **out_value, GError **error);
  /* The widget that takes focus and that a screen reader names after the field. */
  GtkWidget *(*get_target) (SatFieldEditor *self);
  /* Whose records the text is about (NULL: not known); NULL where it is about none. */
  void (*set_about) (SatFieldEditor *self, const SatObject *about);
  /* Where more than changing can be done: hides what changes. NULL: nothing else can. */
  void (*set_fixed) (SatFieldEditor *self, gboolean is_fixed);
};

/* The editor that suits FIELD's type; floating. */
SatFieldEditor *sat_field_editor_new (const SatField *field, SatService *service);

const SatField *sat_field_editor_get_field (SatFieldEditor *self);
SatService *sat_field_editor_get_service (SatFieldEditor *self);

/* Shows the canonical VALUE (NULL: empty), also one that the catalogue does not allow. */
void sat_field_editor_set_value (SatFieldEditor *self, const char *value);
/* What stands there as a canonical value, NULL if empty. Fails with what the type expected. */
gboolean sat_field_editor_get_value (SatFieldEditor *self, char **out_value, GError **error);
GtkWidget *sat_field_editor_get_target (SatFieldEditor *self);
/* The form is about records of that object, for fields that hold conditions and the like
 * (SatContent); NULL: it is not known. */
void sat_field_editor_set_about (SatFieldEditor *self, const SatObject *about);
/* The value may not be changed here. FALSE: then nothing can be done with the editor. */
gboolean sat_field_editor_set_fixed (SatFieldEditor *self, gboolean is_fixed);

/* For the editors: FIELD's type parses INPUT; emit "changed" unless set_value is at work. */
gboolean
sat_field_editor_parse (SatFieldEditor *self, const char *input, char **out_value, GError **error);
void sat_field_editor_emit_changed (SatFieldEditor *self);

G_END_DECLS
