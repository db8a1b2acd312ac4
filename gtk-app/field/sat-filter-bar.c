/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/field/sat-filter-bar.h"

#include <glib/gi18n.h>
#include <string.h>

#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-util.h"

#define TYPING_MS 300

struct _SatFilterBar
{
  GtkWidget parent_instance;

  GtkEntry *text;
  GtkMenuButton *add;
  GtkPopover *popover;
  GtkDropDown *fields;
  GtkDropDown *operators;
  GtkEntry *value;
  GtkDropDown *choices;
  GtkLabel *wrong;
  GtkWidget *ok;
  GtkLabel *mistake;

  const SatObject *object;
  GPtrArray *offered; /* const SatField *, as in `fields` */
  GArray *comparing;  /* guint of `comparisons`, as in `operators` */
  char *condition;    /* the last one that was one */
  SatExpressionUse use;
  gboolean is_part; /* of a form, which says what is wrong */
  guint typing;
};

G_DEFINE_FINAL_TYPE (SatFilterBar, sat_filter_bar, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  TYPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- comparisons --------------------------------------------------------------------------- */

typedef enum
{
  FOR_TEXT = 1 << 0,
  FOR_ORDER = 1 << 1, /* numbers, dates, times */
  FOR_CHOICE = 1 << 2,
  FOR_TAGS = 1 << 3,
  FOR_REFERENCE = 1 << 4,
  FOR_ALL = 31,
  FOR_PICTURE = 1 << 5, /* it is there or not */
} For;

typedef struct
{
  const char *label;
  const char *pattern; /* %s: the field, then the value */
  guint kinds;         /* For */
  gboolean has_value;
  gboolean inside; /* the value is a part of the text */
} Comparison;

static const Comparison comparisons[] = {
  { N_ ("contains"), "%s like %s", FOR_TEXT, TRUE, TRUE },
  { N_ ("is"), "%s = %s", FOR_ALL & ~(guint) FOR_TAGS, TRUE, FALSE },
  { N_ ("is not"), "%s != %s", FOR_ALL & ~(guint) FOR_TAGS, TRUE, FALSE },
  { N_ ("at least"), "%s >= %s", FOR_ORDER, TRUE, FALSE },
  { N_ ("at most"), "%s <= %s", FOR_ORDER, TRUE, FALSE },
  { N_ ("has"), "%s has %s", FOR_TAGS, TRUE, FALSE },
  { N_ ("has not"), "%s not has %s", FOR_TAGS, TRUE, FALSE },
  { N_ ("is empty"), "%s is empty", FOR_ALL | FOR_PICTURE, FALSE, FALSE },
  { N_ ("is not empty"), "%s is not empty", FOR_ALL | FOR_PICTURE, FALSE, FALSE },
};

static For
kind_of (const SatField *field)
{
  static const For kinds[SAT_N_TYPES] = {
    [SAT_TYPE_INTEGER] = FOR_ORDER,   [SAT_TYPE_DECIMAL] = FOR_ORDER,
    [SAT_TYPE_PERCENT] = FOR_ORDER,   [SAT_TYPE_MONEY] = FOR_ORDER,
    [SAT_TYPE_DATE] = FOR_ORDER,      [SAT_TYPE_TIME] = FOR_ORDER,
    [SAT_TYPE_CHOICE] = FOR_CHOICE,   [SAT_TYPE_YES_NO] = FOR_CHOICE,
    [SAT_TYPE_TAGS] = FOR_TAGS,       [SAT_TYPE_REFERENCE] = FOR_REFERENCE,
    [SAT_TYPE_PICTURE] = FOR_PICTURE, [SAT_TYPE_PLACE] = FOR_PICTURE,
  };
  For kind = kinds[field->type->id];

  return kind != 0 ? kind : FOR_TEXT;
}

static const SatField *
chosen_field (SatFilterBar *self)
{
  guint at = gtk_drop_down_get_selected (self->fields);

  return at < self->offered->len ? g_ptr_array_index (self->offered, at) : NULL;
}

static const Comparison *
chosen_comparison (SatFilterBar *self)
{
  guint at = gtk_drop_down_get_selected (self->operators);

  return at < self->comparing->len ? &comparisons[g_array_index (self->comparing, guint, at)]
                                   : NULL;
}

/* ---- the builder --------------------------------------------------------------------------- */

/* A condition without the value it needs would find everything, or nothing. */
static void
value_cb (SatFilterBar *self)
{
  g_autofree char *typed = g_strstrip (
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->value))));

  gtk_widget_set_sensitive (self->ok,
                            !gtk_widget_get_visible (GTK_WIDGET (self->value)) || *typed != '\0');
}

static void
show_value (SatFilterBar *self)
{
  const SatField *field = chosen_field (self);
  const Comparison *comparison = chosen_comparison (self);
  gboolean wanted = field != NULL && comparison != NULL && comparison->has_value;
  gboolean listed = wanted && kind_of (field) == FOR_CHOICE;

  gtk_widget_set_visible (GTK_WIDGET (self->value), wanted && !listed);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), listed);
  gtk_widget_set_visible (GTK_WIDGET (self->wrong), FALSE);
  value_cb (self);
}

static void
list_choices (SatFilterBar *self, const SatField *field)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  for (guint i = 0; i < field->n_choices; i++)
    gtk_string_list_append (list, sat_here (field->choices[i].label));
  if (field->type->id == SAT_TYPE_YES_NO)
    {
      gtk_string_list_append (list, _ ("yes"));
      gtk_string_list_append (list, _ ("no"));
    }
  gtk_drop_down_set_model (self->choices, G_LIST_MODEL (list));
}

static void
field_cb (SatFilterBar *self)
{
  const SatField *field = chosen_field (self);
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  if (field == NULL)
    return;
  g_array_set_size (self->comparing, 0);
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if (comparisons[i].kinds & kind_of (field))
      {
        g_array_append_val (self->comparing, i);
        gtk_string_list_append (list, _ (comparisons[i].label));
      }
  gtk_drop_down_set_model (self->operators, G_LIST_MODEL (list));
  gtk_drop_down_set_selected (self->operators, 0);
  list_choices (self, field);
  show_value (self);
}

static void
operator_cb (SatFilterBar *self)
{
  show_value (self);
}

static char *
quote (const char *text, gboolean inside)
{
  g_autoptr (GString) out = g_string_new (inside ? "\"%" : "\"");

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (out, '"');
      else if (inside && (*p == '%' || *p == '_' || *p == '\\'))
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  g_string_append (out, inside ? "%\"" : "\"");
  return g_strdup (out->str);
}

/* Nothing but a number as the language writes it: the rest is text, not a part of the language. */
static gboolean
is_plain_number (const char *text)
{
  const char *digits = text + (*text == '-' ? 1 : 0);
  gsize length = strspn (digits, "0123456789.");
  const char *rest = digits + length;

  return length > 0 && (*rest == '\0' || g_str_equal (rest, "%") || g_str_equal (rest, "万") ||
                        g_str_equal (rest, "亿"));
}

/* What was entered, as a value of the language. */
static char *
value_text (SatFilterBar *self, const SatField *field, gboolean inside)
{
  guint at = gtk_drop_down_get_selected (self->choices);
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->value));

  if (field->type->id == SAT_TYPE_YES_NO)
    return g_strdup (at == 0 ? "yes" : "no");
  if (field->type->id == SAT_TYPE_CHOICE)
    return at < field->n_choices ? quote (field->choices[at].name, FALSE) : g_strdup ("\"\"");
  /* An amount without a currency is compared whatever the currency is. */
  if (field->type->id != SAT_TYPE_DATE && field->type->id != SAT_TYPE_TIME &&
      kind_of (field) == FOR_ORDER && is_plain_number (typed))
    return g_strdup (typed);
  return quote (typed, inside);
}

static char *
built_condition (SatFilterBar *self)
{
  const SatField *field = chosen_field (self);
  const Comparison *comparison = chosen_comparison (self);
  g_autofree char *value = NULL;
  g_autofree char *name = NULL;

  if (field == NULL || comparison == NULL)
    return NULL;
  name = g_strdup_printf ("[%s]", field->name);
  value = comparison->has_value ? value_text (self, field, comparison->inside) : g_strdup ("");
  /* The pattern is one of those above. */
  g_autoptr (GString) text = g_string_new (comparison->pattern);
  g_string_replace (text, "%s", name, 1);
  g_string_replace (text, "%s", value, 1);
  return g_strdup (text->str);
}

static void
add_cb (SatFilterBar *self)
{
  g_autofree char *built = built_condition (self);
  g_autofree char *all = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) expression = NULL;

  if (built == NULL || !gtk_widget_get_sensitive (self->ok))
    return;
  all = self->condition != NULL ? g_strdup_printf ("(%s) and %s", self->condition, built)
                                : g_strdup (built);
  expression = sat_expression_parse (self->object, all, self->use, NULL, &error);
  if (expression == NULL)
    {
      g_autofree char *what = sat_error_text_about (error, self->object);

      gtk_label_set_label (self->wrong, what);
      gtk_widget_set_visible (GTK_WIDGET (self->wrong), TRUE);
      return;
    }
  gtk_popover_popdown (self->popover);
  gtk_editable_set_text (GTK_EDITABLE (self->value), "");
  g_autofree char *text = sat_expression_format (expression);
  sat_filter_bar_set_text (self, text);
}

/* ---- the text ------------------------------------------------------------------------------ */

static void
take_condition (SatFilterBar *self, char *condition)
{
  g_autofree char *before = self->condition;

  self->condition = condition;
  if (g_strcmp0 (before, condition) != 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_text (SatFilterBar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->text));
  g_autoptr (SatExpression) expression = NULL;
  g_autoptr (GError) error = NULL;
  guint column = 0;

  g_clear_handle_id (&self->typing, g_source_remove);
  if (self->object == NULL)
    return;
  if (text[strspn (text, " \t")] != '\0')
    expression = sat_expression_parse (self->object, text, self->use, &column, &error);
  gtk_widget_set_visible (GTK_WIDGET (self->mistake), error != NULL && !self->is_part);
  if (error != NULL)
    {
      g_autofree char *what = sat_error_text_about (error, self->object);
      /* Translators: the place of a mistake in what was typed, then what the mistake is. */
      g_autofree char *mistake = g_strdup_printf (_ ("Character %u: %s"), column, what);

      gtk_label_set_label (self->mistake, mistake);
      return;
    }
  take_condition (self, expression != NULL ? sat_expression_format (expression) : NULL);
}

static gboolean
typed_cb (gpointer data)
{
  SatFilterBar *self = data;

  self->typing = 0;
  read_text (self);
  return G_SOURCE_REMOVE;
}

/* Not at every key. */
static void
text_cb (SatFilterBar *self)
{
  g_clear_handle_id (&self->typing, g_source_remove);
  self->typing = g_timeout_add (TYPING_MS, typed_cb, self);
  g_signal_emit (self, signals[TYPED], 0);
}

static void
clear_cb (SatFilterBar *self, GtkEntryIconPosition place)
{
  if (place == GTK_ENTRY_ICON_SECONDARY)
    sat_filter_bar_set_text (self, NULL);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static gboolean
sat_filter_bar_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_FILTER_BAR (widget)->text));
}

static void
sat_filter_bar_dispose (GObject *object)
{
  SatFilterBar *self = SAT_FILTER_BAR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->typing, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->comparing, g_array_unref);
  g_clear_pointer (&self->condition, g_free);
  G_OBJECT_CLASS (sat_filter_bar_parent_class)->dispose (object);
}

static void
sat_filter_bar_class_init (SatFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_filter_bar_dispose;
  widget_class->grab_focus = sat_filter_bar_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[TYPED] = g_signal_new ("typed", SAT_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/field/sat-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, text);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, add);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, popover);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, fields);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, operators);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, value);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, choices);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, wrong);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, ok);
  gtk_widget_class_bind_template_child (widget_class, SatFilterBar, mistake);
  gtk_widget_class_bind_template_callback (widget_class, text_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, field_cb);
  gtk_widget_class_bind_template_callback (widget_class, operator_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_cb);
}

static void
sat_filter_bar_init (SatFilterBar *self)
{
  self->offered = g_ptr_array_new ();
  self->comparing = g_array_new (FALSE, FALSE, sizeof (guint));
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
offer (SatFilterBar *self, GtkStringList *list, const SatField *field)
{
  if (field->hidden)
    return;
  g_ptr_array_add (self->offered, (gpointer) field);
  gtk_string_list_append (list, sat_here (field->label));
}

/* Icons that are taken away leave their room. */
static void
show_icons (SatFilterBar *self)
{
  gtk_entry_set_icon_from_icon_name (self->text, GTK_ENTRY_ICON_PRIMARY, "satchel-filter-symbolic");
  gtk_entry_set_icon_from_icon_name (self->text, GTK_ENTRY_ICON_SECONDARY, "edit-clear-symbolic");
  gtk_entry_set_icon_tooltip_text (self->text, GTK_ENTRY_ICON_SECONDARY, _ ("Show all"));
}

void
sat_filter_bar_set_object (SatFilterBar *self, const SatObject *object)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) label = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL,
                                                                 "string");

  self->object = object;
  if (!self->is_part)
    show_icons (self);
  g_ptr_array_set_size (self->offered, 0);
  for (guint i = 0; object != NULL && i < object->n_fields; i++)
    offer (self, list, object->fields[i]);
  for (guint i = 0; object != NULL && i < object->n_derived; i++)
    offer (self, list, object->derived[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), object != NULL);
  gtk_drop_down_set_expression (self->fields, label);
  gtk_drop_down_set_model (self->fields, G_LIST_MODEL (list));
  field_cb (self);
}

void
sat_filter_bar_set_part (SatFilterBar *self, SatExpressionUse use)
{
  self->use = use;
  self->is_part = TRUE;
}

const char *
sat_filter_bar_get_condition (SatFilterBar *self)
{
  return self->condition;
}

const char *
sat_filter_bar_get_text (SatFilterBar *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->text));
}

void
sat_filter_bar_set_text (SatFilterBar *self, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (self->text), text != NULL ? text : "");
  read_text (self);
}

GtkWidget *
sat_filter_bar_get_entry (SatFilterBar *self)
{
  return GTK_WIDGET (self->text);
}
