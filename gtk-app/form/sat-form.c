/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/form/sat-form.h"

#include <glib/gi18n.h>

#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/form/sat-form-rights.h"
#include "gtk-app/sat-util.h"

struct _SatForm
{
  GtkWidget parent_instance;

  SatService *service;
  const SatObject *object;
  GPtrArray *rows;        /* SatFieldRow, children; in the order they are shown */
  GtkWidget *computed;    /* the group of derived fields, a child; NULL: there are none */
  GPtrArray *results;     /* AdwActionRow, children of that; by position, NULL: it is hidden */
  SatRecord *newest;      /* what the replica has now; NULL for a new record */
  SatFormRights *rights;  /* of the user; NULL: not known yet */
  const SatObject *about; /* which the record's conditions are about; NULL */
  gboolean dirty;
};

G_DEFINE_FINAL_TYPE (SatForm, sat_form, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_DIRTY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  CONFLICT,
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Values typed, by field. */
typedef struct
{
  const SatField *field;
  char *value;
  SatRecord *base;
} TypedValue;

struct _SatFormTyped
{
  GArray *values; /* of TypedValue */
};

static void
typed_value_clear (gpointer data)
{
  TypedValue *typed = data;

  g_clear_pointer (&typed->value, g_free);
  g_clear_pointer (&typed->base, sat_record_unref);
}

void
sat_form_typed_free (SatFormTyped *typed)
{
  g_array_unref (typed->values);
  g_free (typed);
}

static SatFieldRow *
row_at (SatForm *self, guint index)
{
  return g_ptr_array_index (self->rows, index);
}

static SatFieldRow *
row_of (SatForm *self, const SatField *field)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (sat_field_row_get_field (row_at (self, i))->index == field->index)
      return row_at (self, i);
  return NULL;
}

/* What stands in FIELD's row, as far as it can be read; newly allocated. */
static char *
value_in (SatForm *self, const SatField *field)
{
  SatFieldRow *row = row_of (self, field);
  char *value = NULL;

  if (row != NULL)
    sat_field_editor_get_value (sat_field_row_get_editor (row), &value, NULL);
  return value;
}

/* Conditions and actions are about records of the object that another field names. */
static void
follow_about (SatForm *self)
{
  const SatObject *about = NULL;

  for (guint i = 0; i < self->rows->len && about == NULL; i++)
    {
      const SatField *field = sat_field_row_get_field (row_at (self, i));
      g_autofree char *name = field->holds == SAT_CONTENT_OBJECT ? value_in (self, field) : NULL;

      about = name != NULL ? sat_catalogue_find (self->object->catalogue, name) : NULL;
    }
  if (about == self->about)
    return;
  self->about = about;
  for (guint i = 0; i < self->rows->len; i++)
    sat_field_editor_set_about (sat_field_row_get_editor (row_at (self, i)), about);
}

/* What is of no use as things stand is left out, unless something is in it. */
static void
follow_use (SatForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SatField *field = sat_field_row_get_field (row_at (self, i));
      const SatField *when = sat_field_when (field);
      g_autofree char *value = when != NULL ? value_in (self, when) : NULL;
      g_autofree char *own = when != NULL ? value_in (self, field) : NULL;

      if (when != NULL)
        gtk_widget_set_visible (GTK_WIDGET (row_at (self, i)),
                                own != NULL || sat_field_suits (field, value) ||
                                    sat_field_row_has_problem (row_at (self, i)));
    }
}

/* Something stands there that did not. */
static void
follow (SatForm *self)
{
  gboolean dirty = FALSE;

  follow_about (self);
  follow_use (self);
  for (guint i = 0; i < self->rows->len && !dirty; i++)
    dirty = sat_field_row_is_dirty (row_at (self, i));
  if (dirty == self->dirty)
    return;
  self->dirty = dirty;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIRTY]);
}

static void
row_conflict_cb (SatFieldRow *row, SatForm *self)
{
  g_signal_emit (self, signals[CONFLICT], 0, sat_field_row_get_field (row));
}

static void
row_left_cb (SatFieldRow *row, SatForm *self)
{
  g_autofree char *value = NULL;

  if (sat_field_row_read (row, &value))
    g_signal_emit (self, signals[LEFT], 0, sat_field_row_get_field (row), value);
}

/* ---- what can be typed into ---------------------------------------------------------------- */

static void
show_rights (SatForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SatFieldRow *row = row_at (self, i);
      const SatField *field = sat_field_row_get_field (row);
      const char *concealed = self->newest ? sat_record_concealed (self->newest, field) : NULL;
      const char *why = sat_form_rights_why (self->rights, field, self->newest == NULL);
      gboolean fixed = (field->fixed && self->newest != NULL) || why != NULL;
      gboolean of_use = sat_field_editor_set_fixed (sat_field_row_get_editor (row), fixed);

      gtk_widget_set_sensitive (GTK_WIDGET (row), concealed == NULL && (!fixed || of_use));
      gtk_widget_set_tooltip_text (GTK_WIDGET (row), concealed != NULL ? concealed : why);
    }
}

static void
rights_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatForm) self = data;
  SatFormRights *rights = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (rights == NULL)
    return;
  sat_form_rights_free (self->rights);
  self->rights = rights;
  show_rights (self);
}

/* Rights come and go with what arrives. */
static void
read_rights (SatForm *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sat_form_rights_load (self->service, self->object, rights_cb, g_object_ref (self));
}

void
sat_form_load_new (SatForm *self, const SatField *field, const char *value)
{
  g_clear_pointer (&self->newest, sat_record_unref);
  for (guint i = 0; i < self->rows->len; i++)
    sat_field_row_load (row_at (self, i), NULL,
                        sat_field_row_get_field (row_at (self, i))->default_value);
  if (field != NULL && row_of (self, field) != NULL)
    sat_field_row_load (row_of (self, field), NULL, value);
  show_rights (self);
  follow (self);
}

void
sat_form_load (SatForm *self, const SatRecord *record)
{
  SatRecord *old = self->newest;

  self->newest = sat_record_ref (record);
  g_clear_pointer (&old, sat_record_unref);
  for (guint i = 0; i < self->rows->len; i++)
    sat_field_row_load (row_at (self, i), record, NULL);
  show_rights (self);
  follow (self);
}

guint
sat_form_refresh (SatForm *self, const SatRecord *record)
{
  SatRecord *old = self->newest;
  guint clashes = 0;

  self->newest = sat_record_ref (record);
  g_clear_pointer (&old, sat_record_unref);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SatFieldRow *row = row_at (self, i);

      if (!sat_field_row_is_dirty (row))
        sat_field_row_load (row, record, NULL);
      else if (g_strcmp0 (sat_record_get (record, sat_field_row_get_field (row)),
                          sat_field_row_get_loaded (row)) != 0)
        clashes++;
    }
  follow (self);
  return clashes;
}

void
sat_form_saved (SatForm *self, const SatRecord *record)
{
  SatRecord *old = self->newest;

  self->newest = sat_record_ref (record);
  g_clear_pointer (&old, sat_record_unref);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SatFieldRow *row = row_at (self, i);
      const char *stored = sat_record_get (record, sat_field_row_get_field (row));
      g_autofree char *value = NULL;
      gboolean valid = sat_field_editor_get_value (sat_field_row_get_editor (row), &value, NULL);

      if (!sat_field_row_is_dirty (row) || (valid && g_strcmp0 (value, stored) == 0))
        sat_field_row_load (row, record, NULL);
      else
        sat_field_row_rebase (row, record);
    }
  follow (self);
}

gboolean
sat_form_is_dirty (SatForm *self)
{
  return self->dirty;
}

/* ---- saving -------------------------------------------------------------------------------- */

static SatDraft *
draft_for (GPtrArray *drafts, const SatObject *object, const SatRecord *base)
{
  SatDraft *draft;

  for (guint i = 0; i < drafts->len; i++)
    if (sat_draft_base (g_ptr_array_index (drafts, i)) == base)
      return g_ptr_array_index (drafts, i);
  draft = base != NULL ? sat_draft_edit (base) : sat_draft_new (object);
  g_ptr_array_add (drafts, draft);
  return draft;
}

/* What the catalogue finds wrong in DRAFTS; fields that could not even be read say so already. */
static void
show_problems (SatForm *self, GPtrArray *drafts)
{
  for (guint i = 0; i < drafts->len; i++)
    {
      g_autoptr (GPtrArray) problems = sat_draft_check (g_ptr_array_index (drafts, i));

      for (guint j = 0; problems != NULL && j < problems->len; j++)
        {
          const SatProblem *problem = g_ptr_array_index (problems, j);
          SatFieldRow *row = problem->field != NULL ? row_of (self, problem->field) : NULL;

          if (row != NULL && !sat_field_row_has_problem (row))
            sat_field_row_set_problem (row, problem->error);
        }
    }
}

/* Goes to the first field that has a problem; FALSE if none has. */
static gboolean
focus_problem (SatForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (sat_field_row_has_problem (row_at (self, i)))
      {
        gtk_widget_grab_focus (GTK_WIDGET (row_at (self, i)));
        return TRUE;
      }
  return FALSE;
}

GPtrArray *
sat_form_take_drafts (SatForm *self)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_draft_free);

  if (self->newest == NULL)
    draft_for (drafts, self->object, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SatFieldRow *row = row_at (self, i);
      const SatField *field = sat_field_row_get_field (row);
      g_autofree char *value = NULL;

      sat_field_row_set_problem (row, NULL);
      if (self->newest != NULL && !sat_field_row_is_dirty (row))
        continue;
      if (sat_field_row_read (row, &value))
        sat_draft_set (draft_for (drafts, self->object, sat_field_row_get_base (row)), field,
                       value);
    }
  show_problems (self, drafts);
  if (focus_problem (self))
    return NULL;
  return g_steal_pointer (&drafts);
}

/* ---- throwing away and bringing back ------------------------------------------------------- */

SatFormTyped *
sat_form_discard (SatForm *self)
{
  SatFormTyped *typed = g_new0 (SatFormTyped, 1);

  typed->values = g_array_new (FALSE, TRUE, sizeof (TypedValue));
  g_array_set_clear_func (typed->values, typed_value_clear);
  for (guint i = 0; i < self->rows->len; i++)
    {
      SatFieldRow *row = row_at (self, i);
      TypedValue value = { sat_field_row_get_field (row), NULL, NULL };

      if (!sat_field_row_is_dirty (row))
        continue;
      if (sat_field_editor_get_value (sat_field_row_get_editor (row), &value.value, NULL))
        {
          if (sat_field_row_get_base (row) != NULL)
            value.base = sat_record_ref (sat_field_row_get_base (row));
          g_array_append_val (typed->values, value);
        }
      if (self->newest != NULL)
        sat_field_row_load (row, self->newest, NULL);
      else
        sat_field_row_load (row, NULL, sat_field_row_get_loaded (row));
    }
  follow (self);
  return typed;
}

void
sat_form_restore (SatForm *self, const SatFormTyped *typed)
{
  for (guint i = 0; i < typed->values->len; i++)
    {
      const TypedValue *value = &g_array_index (typed->values, TypedValue, i);
      SatFieldRow *row = row_of (self, value->field);

      if (row == NULL)
        continue;
      if (value->base != NULL)
        sat_field_row_load (row, value->base, NULL);
      sat_field_editor_set_value (sat_field_row_get_editor (row), value->value);
    }
  follow (self);
}

void
sat_form_type (SatForm *self, const SatField *field, const char *value)
{
  SatFieldRow *row = row_of (self, field);

  if (row == NULL)
    return;
  sat_field_editor_set_value (sat_field_row_get_editor (row), value);
  follow (self);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
sat_form_focus (SatForm *self, const SatField *field)
{
  SatFieldRow *row = field != NULL ? row_of (self, field) : NULL;

  if (row == NULL && self->rows->len > 0)
    row = row_at (self, 0);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DIRTY)
    g_value_set_boolean (value, SAT_FORM (object)->dirty);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sat_form_dispose (GObject *object)
{
  GtkWidget *child;

  g_ptr_array_set_size (SAT_FORM (object)->rows, 0);
  g_ptr_array_set_size (SAT_FORM (object)->results, 0);
  SAT_FORM (object)->computed = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_form_parent_class)->dispose (object);
}

static void
sat_form_finalize (GObject *object)
{
  SatForm *self = SAT_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->newest, sat_record_unref);
  g_clear_pointer (&self->rights, sat_form_rights_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_form_parent_class)->finalize (object);
}

static void
sat_form_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_form_parent_class)->map (widget);
  read_rights (SAT_FORM (widget));
}

static void
sat_form_class_init (SatFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = sat_form_get_property;
  object_class->dispose = sat_form_dispose;
  object_class->finalize = sat_form_finalize;
  widget_class->map = sat_form_map;

  properties[PROP_DIRTY] = g_param_spec_boolean ("dirty", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[LEFT] = g_signal_new ("left", SAT_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
  signals[CONFLICT] = g_signal_new ("conflict", SAT_TYPE_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
sat_form_init (SatForm *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->rows = g_ptr_array_new ();
  self->results = g_ptr_array_new ();
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 18);
}

static void
add_group (SatForm *self, const SatFormGroup *group)
{
  GtkWidget *box = adw_preferences_group_new ();
  guint shown = 0;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), sat_here (group->label));
  for (guint i = 0; i < group->n_fields; i++)
    {
      const SatField *field = group->fields[i];
      GtkWidget *row;

      if (field->hidden)
        continue;
      row = sat_field_row_new (field, self->service);
      g_signal_connect_swapped (row, "changed", G_CALLBACK (follow), self);
      g_signal_connect (row, "conflict", G_CALLBACK (row_conflict_cb), self);
      g_signal_connect (row, "left", G_CALLBACK (row_left_cb), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (box), row);
      g_ptr_array_add (self->rows, row);
      shown++;
    }
  if (shown > 0)
    gtk_widget_set_parent (box, GTK_WIDGET (self));
  else
    g_object_unref (g_object_ref_sink (box));
}

/* What is not written but computed; shown once there is something to show. */
static void
add_computed (SatForm *self)
{
  GtkWidget *box = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (box), _ ("Computed"));
  for (guint i = 0; i < self->object->n_derived; i++)
    {
      const SatField *field = self->object->derived[i];
      GtkWidget *row = NULL;

      if (!field->hidden)
        {
          row = adw_action_row_new ();
          adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
          adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_here (field->label));
          if (field->help != NULL)
            gtk_widget_set_tooltip_text (row, sat_here (field->help));
          adw_preferences_group_add (ADW_PREFERENCES_GROUP (box), row);
        }
      g_ptr_array_add (self->results, row);
    }
  gtk_widget_hide (box);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
  self->computed = box;
}

void
sat_form_show_computed (SatForm *self, const char *const *texts)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->results->len && texts[i] != NULL; i++)
    {
      AdwActionRow *row = g_ptr_array_index (self->results, i);

      if (row == NULL)
        continue;
      adw_action_row_set_subtitle (row, texts[i]);
      gtk_widget_set_visible (GTK_WIDGET (row), *texts[i] != '\0');
      any = any || *texts[i] != '\0';
    }
  if (self->computed != NULL)
    gtk_widget_set_visible (self->computed, any);
}

GtkWidget *
sat_form_new (SatService *service, const SatObject *object)
{
  SatForm *self = g_object_new (SAT_TYPE_FORM, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  for (guint i = 0; i < object->n_groups; i++)
    add_group (self, &object->groups[i]);
  add_computed (self);
  g_signal_connect_object (service, "changed", G_CALLBACK (read_rights), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
