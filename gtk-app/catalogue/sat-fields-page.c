/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/catalogue/sat-fields-page.h"

#include <glib/gi18n.h>

#include "core/catalogue/sat-derived.h"
#include "core/expression/sat-expression.h"
#include "gtk-app/catalogue/sat-fields-work.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

#define ALL "all"
#define ONE "one"

/* The types that a field can be given here, as change-sets call them. */
static const struct
{
  const char *name, *label;
} types[] = {
  { "text", N_ ("Text") },
  { "long-text", N_ ("Long text") },
  { "integer", N_ ("Whole number") },
  { "decimal", N_ ("Number") },
  { "percent", N_ ("Percent") },
  { "money", N_ ("Amount of money") },
  { "date", N_ ("Date") },
  { "time", N_ ("Time") },
  { "yes-no", N_ ("Yes or no") },
  { "choice", N_ ("Choice") },
  { "tags", N_ ("Tags") },
  { "phone", N_ ("Phone number") },
  { "email", N_ ("E-mail address") },
  { "web", N_ ("Web address") },
  { "address", N_ ("Postal address") },
  { "place", N_ ("Place on the map") },
  { "attachment", N_ ("File") },
  { SAT_TYPE_NAME_FORMULA, N_ ("Computed by a formula") },
  /* Those below cannot be chosen. */
  { SAT_TYPE_NAME_ROLLUP, N_ ("Computed over other records") },
  { "reference", N_ ("Reference") },
  { "picture", N_ ("Picture") },
};
#define N_CHOSEN 18

struct _SatFieldsPage
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwHeaderBar *header;
  AdwHeaderBar *one_header;
  GtkButton *back;
  GtkButton *one_back;
  AdwWindowTitle *one_title;
  GtkWidget *why;
  GtkWidget *one_why;
  GtkWidget *object_form;
  AdwExpanderRow *object_expander;
  GtkEditable *object_en;
  GtkEditable *object_zh;
  GtkListBox *objects;
  GtkWidget *field_form;
  AdwExpanderRow *field_expander;
  GtkEditable *field_en;
  GtkEditable *field_zh;
  AdwComboRow *type;
  GtkWidget *choices_row;
  GtkTextView *choices;
  GtkEditable *formula;
  GtkEditable *initial;
  GtkEditable *group;
  GtkSwitch *required;
  GtkWidget *required_row;
  GtkWidget *field_add;
  GtkLabel *problem;
  GtkLabel *object_problem;
  GtkListBox *fields;

  SatService *service;
  const SatObject *object; /* whose fields are shown; NULL: none yet */
  gboolean may;            /* the user may change all that */
};

static void sat_fields_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatFieldsPage,
                               sat_fields_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_fields_page_page_init))

static const char *
type_label (const SatField *field)
{
  const char *name = field->type->name;

  if (field->derived != NULL)
    name = field->derived->reference != NULL ? SAT_TYPE_NAME_ROLLUP : SAT_TYPE_NAME_FORMULA;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      return _ (types[i].label);
  return name;
}

static const char *
chosen_type (SatFieldsPage *self)
{
  return types[MIN (adw_combo_row_get_selected (self->type), N_CHOSEN - 1)].name;
}

/* ---- doing --------------------------------------------------------------------------------- */

static void
say_text (SatFieldsPage *self, const char *text)
{
  gtk_label_set_label (self->problem, text != NULL ? text : "");
  gtk_label_set_label (self->object_problem, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->object_problem), text != NULL);
}

static void
say_problem (SatFieldsPage *self, const GError *error)
{
  g_autofree char *text = error != NULL ? sat_error_text (error) : NULL;

  say_text (self, text);
}

static void
clear_forms (SatFieldsPage *self)
{
  GtkEditable *const entries[] = { self->object_en, self->object_zh, self->field_en, self->field_zh,
                                   self->formula,   self->initial,   self->group };

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    gtk_editable_set_text (entries[i], "");
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->choices), "", -1);
  gtk_switch_set_active (self->required, FALSE);
  adw_expander_row_set_expanded (self->object_expander, FALSE);
  adw_expander_row_set_expanded (self->field_expander, FALSE);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->service == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  say_problem (self, step == NULL ? error : NULL);
  if (step == NULL)
    return;
  clear_forms (self);
  sat_undo_offer (GTK_WIDGET (self), self->service,
                  _ ("It holds here now, and on each laptop with its next sync"), *step);
}

static void
carry_out (SatFieldsPage *self, SatFieldsOrder *order)
{
  if (order->deed == SAT_FIELDS_ADD && *order->label_en == '\0' && *order->label_zh == '\0')
    {
      say_text (self, _ ("Say what it is called, in English or in Chinese"));
      sat_fields_order_free (order);
      return;
    }
  sat_fields_work_do (self->service, order, done_cb, g_object_ref (self));
}

static char *
text_of (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
add_object_cb (SatFieldsPage *self)
{
  SatFieldsOrder *order = g_new0 (SatFieldsOrder, 1);

  order->deed = SAT_FIELDS_ADD;
  order->label_en = text_of (self->object_en);
  order->label_zh = text_of (self->object_zh);
  carry_out (self, order);
}

static char *
choices_text (SatFieldsPage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->choices);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static void
add_field_cb (SatFieldsPage *self)
{
  SatFieldsOrder *order;
  const char *type = chosen_type (self);
  gboolean computed = g_str_equal (type, SAT_TYPE_NAME_FORMULA);

  if (self->object == NULL)
    return;
  order = g_new0 (SatFieldsOrder, 1);
  order->deed = SAT_FIELDS_ADD;
  order->object = g_strdup (self->object->name);
  order->label_en = text_of (self->field_en);
  order->label_zh = text_of (self->field_zh);
  order->type = g_strdup (type);
  order->group = text_of (self->group);
  order->choices = g_str_equal (type, "choice") ? choices_text (self) : NULL;
  order->formula = computed ? text_of (self->formula) : NULL;
  order->initial = computed ? NULL : text_of (self->initial);
  order->required = !computed && gtk_switch_get_active (self->required);
  carry_out (self, order);
}

/* A formula is judged as it is typed; what is wrong says where. */
static void
check_cb (SatFieldsPage *self)
{
  gboolean computed = g_str_equal (chosen_type (self), SAT_TYPE_NAME_FORMULA);
  g_autofree char *text = text_of (self->formula);
  g_autoptr (GError) error = NULL;
  g_autofree char *problem = NULL;
  g_autofree char *said = NULL;
  SatExpression *expression = NULL;
  guint column = 0;

  gtk_widget_set_visible (GTK_WIDGET (self->formula), computed);
  gtk_widget_set_visible (GTK_WIDGET (self->initial), !computed);
  gtk_widget_set_visible (self->required_row, !computed);
  gtk_widget_set_visible (self->choices_row, g_str_equal (chosen_type (self), "choice"));
  if (computed && *text != '\0' && self->object != NULL)
    {
      expression = sat_expression_parse (self->object, text, SAT_EXPRESSION_VALUE, &column, &error);
      problem = expression == NULL ? sat_error_text (error) : NULL;
      sat_expression_free (expression);
    }
  if (problem != NULL)
    /* Translators: what is wrong with a formula, and where in it, counted in characters. */
    said = g_strdup_printf (_ ("At character %u: %s"), column, problem);
  gtk_label_set_label (self->problem, said != NULL ? said : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), said != NULL);
  gtk_widget_set_sensitive (self->field_add, problem == NULL && (!computed || *text != '\0'));
}

/* ---- one field, one object ----------------------------------------------------------------- */

/* What can be done with a field, or (FIELD NULL) an object. */
typedef struct
{
  const SatObject *object;
  const SatField *field;
  GtkEditable *en, *zh;
} Line;

static SatFieldsOrder *
order_of (GtkWidget *button, SatFieldsDeed deed)
{
  const Line *line = g_object_get_data (G_OBJECT (button), "line");
  SatFieldsOrder *order = g_new0 (SatFieldsOrder, 1);

  order->deed = deed;
  order->object = g_strdup (line->object->name);
  order->field = line->field != NULL ? g_strdup (line->field->name) : NULL;
  return order;
}

static const SatLabels *
labels_of (const Line *line)
{
  return line->field != NULL ? line->field->label : line->object->label;
}

static void
rename_cb (GtkWidget *button, SatFieldsPage *self)
{
  const Line *line = g_object_get_data (G_OBJECT (button), "line");
  SatFieldsOrder *order = order_of (button, SAT_FIELDS_RENAME);

  order->label_en = text_of (line->en);
  order->label_zh = text_of (line->zh);
  if (g_str_equal (order->label_en, sat_label (labels_of (line), "en")))
    g_clear_pointer (&order->label_en, g_free);
  if (g_str_equal (order->label_zh, sat_label (labels_of (line), "zh_CN")))
    g_clear_pointer (&order->label_zh, g_free);
  carry_out (self, order);
}

static void
retire_cb (GtkWidget *button, SatFieldsPage *self)
{
  const Line *line = g_object_get_data (G_OBJECT (button), "line");
  gboolean retired = line->field != NULL ? line->field->retired : line->object->retired;

  carry_out (self, order_of (button, retired ? SAT_FIELDS_USE_AGAIN : SAT_FIELDS_RETIRE));
}

static GtkEditable *
add_entry (AdwExpanderRow *row, const char *title, const char *text)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  adw_expander_row_add_row (row, entry);
  return GTK_EDITABLE (entry);
}

static void
add_button (SatFieldsPage *self,
            AdwExpanderRow *row,
            Line *line,
            const char *label,
            const char *text,
            GCallback clicked)
{
  GtkWidget *action = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_label (label);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (action), text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "line", line);
  g_signal_connect_object (button, "clicked", clicked, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (action), button);
  adw_expander_row_add_row (row, action);
}

static GtkWidget *
line_new (SatFieldsPage *self, const SatObject *object, const SatField *field, const char *title)
{
  GtkWidget *row = adw_expander_row_new ();
  gboolean retired = field != NULL ? field->retired : object->retired;
  Line *line = g_new0 (Line, 1);

  line->object = object;
  line->field = field;
  g_object_set_data_full (G_OBJECT (row), "line", line, g_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (row), self->may);
  if (!self->may)
    return row;
  line->en = add_entry (ADW_EXPANDER_ROW (row), _ ("In English"),
                        sat_label (labels_of (line), "en"));
  line->zh = add_entry (ADW_EXPANDER_ROW (row), _ ("In Chinese"),
                        sat_label (labels_of (line), "zh_CN"));
  add_button (self, ADW_EXPANDER_ROW (row), line, _ ("Rename"),
              _ ("Nothing that was written changes"), G_CALLBACK (rename_cb));
  if (field != NULL || object->custom)
    add_button (self, ADW_EXPANDER_ROW (row), line, retired ? _ ("Use Again") : _ ("Retire"),
                retired ? _ ("What was written is still there")
                        : _ ("Forms and lists no longer show it; what was written stays"),
                G_CALLBACK (retire_cb));
  return row;
}

static void
show_field (SatFieldsPage *self, const SatField *field)
{
  GtkWidget *row;
  g_autoptr (GString) text = g_string_new (type_label (field));

  if (field->hidden && !field->retired)
    return;
  g_string_append_printf (text, " · %s", field->custom ? _ ("The company’s own") : _ ("Built in"));
  if (field->required)
    g_string_append_printf (text, " · %s", _ ("Required"));
  if (field->retired)
    g_string_append_printf (text, " · %s", _ ("No longer used"));
  row = line_new (self, self->object, field, sat_here (field->label));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text->str);
  gtk_list_box_append (self->fields, row);
}

static void
show_fields (SatFieldsPage *self)
{
  const SatObject *object = self->object;
  GtkWidget *row;

  sat_remove_children (GTK_WIDGET (self->fields));
  if (object == NULL)
    return;
  adw_window_title_set_title (self->one_title, sat_here (object->plural));
  row = line_new (self, object, NULL, sat_here (object->label));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), _ ("The record itself"));
  gtk_list_box_append (self->fields, row);
  for (guint i = 0; i < object->n_fields; i++)
    show_field (self, object->fields[i]);
  for (guint i = 0; i < object->n_derived; i++)
    show_field (self, object->derived[i]);
}

static void
show_objects (SatFieldsPage *self)
{
  const SatCatalogue *catalogue = sat_service_catalogue (self->service);

  sat_remove_children (GTK_WIDGET (self->objects));
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      GtkWidget *row;

      /* What Satchel keeps for itself is for nobody to shape. */
      if ((object->system || object->managed) && !object->custom)
        continue;
      row = adw_action_row_new ();
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), sat_here (object->plural));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), object->retired  ? _ ("No longer used")
                                                         : object->custom ? _ ("The company’s own")
                                                                          : _ ("Built in"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "object", (gpointer) object);
      gtk_list_box_append (self->objects, row);
    }
}

/* ---- the page ------------------------------------------------------------------------------ */

static void
show_all (SatFieldsPage *self)
{
  const SatCatalogue *catalogue = sat_service_catalogue (self->service);

  if (self->object != NULL)
    self->object = sat_catalogue_find (catalogue, self->object->name);
  show_objects (self);
  show_fields (self);
  gtk_widget_set_visible (self->object_form, self->may);
  gtk_widget_set_visible (self->field_form, self->may);
  gtk_widget_set_visible (self->why, !self->may);
  gtk_widget_set_visible (self->one_why, !self->may);
}

static void
may_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatFieldsPage) self = data;
  g_autofree char *may = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (self->service == NULL || self->may == (may != NULL))
    return;
  self->may = may != NULL;
  show_all (self);
}

static void
ask_may (SatFieldsPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    sat_fields_work_may (self->service, may_cb, g_object_ref (self));
}

static void
open_cb (SatFieldsPage *self, GtkListBoxRow *row)
{
  sat_fields_page_open (self,
                        ((const SatObject *) g_object_get_data (G_OBJECT (row), "object"))->name);
}

static void
all_cb (SatFieldsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->back));
}

void
sat_fields_page_open (SatFieldsPage *self, const char *object)
{
  self->object = object != NULL ? sat_catalogue_find (sat_service_catalogue (self->service), object)
                                : NULL;
  say_problem (self, NULL);
  show_fields (self);
  check_cb (self);
  if (self->object == NULL)
    {
      all_cb (self);
      return;
    }
  gtk_stack_set_visible_child_name (self->stack, ONE);
  gtk_widget_grab_focus (GTK_WIDGET (self->one_back));
}

static const char *
page_get_title (SatPage *page)
{
  return _ ("Fields and Objects");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_FIELDS_PAGE (page)->header, folded);
  adw_header_bar_set_show_start_title_buttons (SAT_FIELDS_PAGE (page)->one_header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  SatFieldsPage *self = SAT_FIELDS_PAGE (page);

  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE))
    return FALSE;
  all_cb (self);
  return TRUE;
}

static void
sat_fields_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->escape = page_escape;
}

static void
sat_fields_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_fields_page_parent_class)->map (widget);
  ask_may (SAT_FIELDS_PAGE (widget));
}

static gboolean
sat_fields_page_grab_focus (GtkWidget *widget)
{
  SatFieldsPage *self = SAT_FIELDS_PAGE (widget);
  gboolean one = g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE);

  return gtk_widget_grab_focus (GTK_WIDGET (one ? self->one_back : self->back));
}

static void
sat_fields_page_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_object (&SAT_FIELDS_PAGE (object)->service);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_fields_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(NAME) gtk_widget_class_bind_template_child (widget_class, SatFieldsPage, NAME)
  BIND (stack);
  BIND (header);
  BIND (one_header);
  BIND (back);
  BIND (one_back);
  BIND (one_title);
  BIND (why);
  BIND (one_why);
  BIND (object_form);
  BIND (object_expander);
  BIND (object_en);
  BIND (object_zh);
  BIND (objects);
  BIND (field_form);
  BIND (field_expander);
  BIND (field_en);
  BIND (field_zh);
  BIND (type);
  BIND (choices_row);
  BIND (choices);
  BIND (formula);
  BIND (initial);
  BIND (group);
  BIND (required);
  BIND (required_row);
  BIND (field_add);
  BIND (problem);
  BIND (object_problem);
  BIND (fields);
#undef BIND
}

static void
sat_fields_page_class_init (SatFieldsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_fields_page_dispose;
  widget_class->map = sat_fields_page_map;
  widget_class->grab_focus = sat_fields_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/catalogue/sat-fields-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, add_object_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, check_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
}

static void
sat_fields_page_init (SatFieldsPage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_CHOSEN; i++)
    gtk_string_list_append (names, _ (types[i].label));
  adw_combo_row_set_model (self->type, G_LIST_MODEL (names));
}

GtkWidget *
sat_fields_page_new (SatService *service)
{
  SatFieldsPage *self = g_object_new (SAT_TYPE_FIELDS_PAGE, NULL);

  self->service = g_object_ref (service);
  show_all (self);
  check_cb (self);
  g_signal_connect_object (service, "reshaped", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "changed", G_CALLBACK (ask_may), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
