/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `job` is what is looked at or under way; there is one at a time. Whatever the person changes of
 * what is wanted throws it away, so that nothing is done that was not seen before. */
#include "config.h"

#include "gtk-app/bulk/sat-bulk-page.h"

#include <glib/gi18n.h>

#include "core/base/sat-error.h"
#include "core/expression/sat-expression.h"
#include "gtk-app/approval/sat-approval-ask.h"
#include "gtk-app/bulk/sat-bulk-work.h"
#include "gtk-app/form/sat-field-row.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

#define MOST_CHANGES 8

struct _SatBulkPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  AdwWindowTitle *title;
  GtkButton *back;
  GtkLabel *which;
  GtkBox *changes;
  GtkButton *add;
  GtkLabel *problem;
  GtkLabel *outcome;
  GtkLabel *bad;
  AdwPreferencesGroup *sample;
  GtkProgressBar *bar;
  GtkButton *cancel;
  GtkButton *next;

  SatService *service;
  const SatObject *object;
  char *words;
  char *condition;
  GPtrArray *offered; /* Offered, as in the combo rows behind their first line */
  GPtrArray *rows;    /* of `sample` */
  SatBulkJob *job;
  GCancellable *cancellable;
  gboolean looking;
  gboolean seen; /* what `job` would do is on the screen */
  gboolean running;
};

static void sat_bulk_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatBulkPage,
                               sat_bulk_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_bulk_page_page_init))

/* One line of the combo rows. */
typedef struct
{
  const SatField *field;
  SatBulkHow how;
  char *label;
} Offered;

/* One field to change: a group with the choice of the field and, once that is made, its editor. */
typedef struct
{
  SatBulkPage *page;
  AdwPreferencesGroup *group;
  AdwComboRow *field;
  SatFieldRow *value; /* NULL: no field is chosen */
  const Offered *chosen;
} Part;

static void update (SatBulkPage *self);

static void
offered_free (gpointer data)
{
  g_free (((Offered *) data)->label);
  g_free (data);
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

static char *
number_text (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return sat_number_text (digits);
}

/* ---- what can be changed ------------------------------------------------------------------- */

static gboolean
is_offered (const SatField *field)
{
  return !field->hidden && !field->fixed && field->type->id != SAT_TYPE_PICTURE;
}

static void
offer (SatBulkPage *self, const SatField *field, SatBulkHow how, char *label)
{
  Offered *offered = g_new (Offered, 1);

  *offered = (Offered){ field, how, label };
  g_ptr_array_add (self->offered, offered);
}

static void
collect_offered (SatBulkPage *self)
{
  for (guint i = 0; i < self->object->n_fields; i++)
    {
      const SatField *field = self->object->fields[i];
      const char *label = sat_here (field->label);

      if (!is_offered (field))
        continue;
      if (field->policy == SAT_POLICY_UNION)
        {
          /* Translators: %s is a field that holds tags. */
          offer (self, field, SAT_BULK_ADD, g_strdup_printf (_ ("%s: add"), label));
          offer (self, field, SAT_BULK_REMOVE, g_strdup_printf (_ ("%s: take away"), label));
        }
      else
        offer (self, field, SAT_BULK_SET, g_strdup (label));
    }
}

gboolean
sat_bulk_page_takes (const SatObject *object)
{
  for (guint i = 0; !object->system && i < object->n_fields; i++)
    if (is_offered (object->fields[i]))
      return TRUE;
  return FALSE;
}

static Part *
part_of (GtkWidget *group)
{
  return g_object_get_data (G_OBJECT (group), "part");
}

/* What was looked at is not what is wanted any more. */
static void
forget (SatBulkPage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->job, sat_bulk_job_unref);
  self->looking = self->seen = FALSE;
  show_text (self->problem, NULL);
  show_text (self->outcome, NULL);
  show_text (self->bad, NULL);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->sample, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->sample), FALSE);
  update (self);
}

static void
field_chosen_cb (AdwComboRow *combo, GParamSpec *spec, Part *part)
{
  SatBulkPage *self = part->page;
  guint at = adw_combo_row_get_selected (combo);
  const Offered *chosen = at > 0 && at <= self->offered->len
                              ? g_ptr_array_index (self->offered, at - 1)
                              : NULL;

  if (chosen == part->chosen)
    return;
  if (part->value != NULL)
    adw_preferences_group_remove (part->group, GTK_WIDGET (part->value));
  part->value = NULL;
  part->chosen = chosen;
  if (chosen != NULL)
    {
      part->value = SAT_FIELD_ROW (sat_field_row_new (chosen->field, self->service));
      sat_field_row_load (part->value, NULL, NULL);
      g_signal_connect_object (part->value, "changed", G_CALLBACK (forget), self,
                               G_CONNECT_SWAPPED);
      adw_preferences_group_add (part->group, GTK_WIDGET (part->value));
    }
  forget (self);
}

static void
remove_part_cb (GtkButton *button, Part *part)
{
  SatBulkPage *self = part->page;

  gtk_box_remove (self->changes, GTK_WIDGET (part->group));
  forget (self);
}

static void
add_part (SatBulkPage *self)
{
  Part *part = g_new0 (Part, 1);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GtkWidget *button = gtk_button_new_from_icon_name ("list-remove-symbolic");

  part->page = self;
  part->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  part->field = ADW_COMBO_ROW (adw_combo_row_new ());
  g_object_set_data_full (G_OBJECT (part->group), "part", part, g_free);
  gtk_string_list_append (names, _ ("Choose a field"));
  for (guint i = 0; i < self->offered->len; i++)
    gtk_string_list_append (names, ((Offered *) g_ptr_array_index (self->offered, i))->label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (part->field), _ ("Field"));
  adw_combo_row_set_model (part->field, G_LIST_MODEL (names));
  g_signal_connect (part->field, "notify::selected", G_CALLBACK (field_chosen_cb), part);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Leave this field as it is"));
  sat_name_widget (button, _ ("Leave this field as it is"));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_part_cb), part);
  adw_action_row_add_suffix (ADW_ACTION_ROW (part->field), button);
  adw_preferences_group_add (part->group, GTK_WIDGET (part->field));
  gtk_box_append (self->changes, GTK_WIDGET (part->group));
}

static void
add_cb (SatBulkPage *self)
{
  add_part (self);
  forget (self);
}

/* ---- what is shown ------------------------------------------------------------------------- */

static guint
count_parts (SatBulkPage *self, gboolean chosen)
{
  guint n = 0;

  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->changes)); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    n += !chosen || part_of (group)->chosen != NULL;
  return n;
}

static void
update (SatBulkPage *self)
{
  gboolean can = !self->running && !self->looking && count_parts (self, TRUE) > 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->changes), !self->running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add),
                            !self->running && count_parts (self, FALSE) < MOST_CHANGES);
  if (!self->seen)
    gtk_button_set_label (self->next, _ ("_Preview"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->next), can);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), self->running);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), self->running);
  gtk_widget_set_visible (GTK_WIDGET (self->next), !self->running);
}

static void
show_which (SatBulkPage *self)
{
  g_autofree char *many = sat_here_inside (self->object->plural);
  g_autofree char *text = NULL;

  if (self->words != NULL && self->condition != NULL)
    /* Translators: a kind of records, words that were searched for, and a condition. */
    text = g_strdup_printf (_ ("The %s that are found by “%s” and meet: %s"), many, self->words,
                            self->condition);
  else if (self->words != NULL)
    text = g_strdup_printf (_ ("The %s that are found by “%s”"), many, self->words);
  else if (self->condition != NULL)
    text = g_strdup_printf (_ ("The %s that meet: %s"), many, self->condition);
  else
    text = g_strdup_printf (_ ("All %s that this device holds"), many);
  gtk_label_set_label (self->which, text);
}

static void
show_sample (SatBulkPage *self, const SatBulkPicture *picture)
{
  for (guint i = 0; i < picture->lines->len; i++)
    {
      const SatBulkChange *change = g_ptr_array_index (picture->look.sample, i);
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *title = g_markup_escape_text (change->title, -1);
      g_autofree char *line = g_markup_escape_text (g_ptr_array_index (picture->lines, i), -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), line);
      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
      adw_preferences_group_add (self->sample, row);
      g_ptr_array_add (self->rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->sample), picture->lines->len > 0);
}

static char *
outcome_text (const SatBulkLook *one)
{
  g_autofree char *found = number_text (one->found);
  g_autofree char *changing = number_text (one->changing);

  if (one->found == 0)
    return g_strdup (_ ("There is no such record."));
  if (one->changing == 0)
    return g_strdup_printf (ngettext ("Nothing to change in %s record.",
                                      "Nothing to change in %s records.", (gulong) one->found),
                            found);
  return g_strdup_printf (ngettext ("%s record of %s would change.",
                                    "%s records of %s would change.", (gulong) one->changing),
                          changing, found);
}

/* All or nothing: where one cannot be changed so, none is. */
static char *
bad_text (SatBulkPage *self, const SatBulkLook *one)
{
  g_autofree char *number = number_text (one->bad);
  g_autofree char *why = NULL;

  if (one->bad == 0)
    return NULL;
  why = sat_error_text_about (one->first_bad, self->object);
  return g_strdup_printf (
      ngettext ("%s record cannot be changed so, “%s”: %s. Choose another value, or filter it out.",
                "%s records cannot be changed so, the first “%s”: %s. Choose another value, or "
                "filter them out.",
                (gulong) one->bad),
      number, one->bad_title, why);
}

static void
show_picture (SatBulkPage *self, const SatBulkPicture *picture)
{
  const SatBulkLook *one = &picture->look;
  g_autofree char *outcome = outcome_text (one);
  g_autofree char *bad = bad_text (self, one);
  g_autofree char *number = number_text (one->changing);

  show_text (self->outcome, outcome);
  show_text (self->bad, bad);
  show_sample (self, picture);
  self->seen = one->changing > 0 && one->bad == 0;
  if (self->seen)
    {
      g_autofree char *label = g_strdup_printf (
          ngettext ("_Change %s Record", "_Change %s Records", (gulong) one->changing), number);

      gtk_button_set_label (self->next, label);
    }
}

/* ---- looking ------------------------------------------------------------------------------- */

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatBulkPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatBulkPicture) picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->changes == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->looking = FALSE;
  if (picture != NULL)
    show_picture (self, picture);
  else
    {
      g_autofree char *text = sat_error_text_about (error, self->object);

      show_text (self->problem, text);
    }
  update (self);
}

/* What the parts say; NULL: one of them says nothing that could be, and shows why. */
static SatBulkJob *
read_parts (SatBulkPage *self, GError **error)
{
  SatExpression *where = NULL;
  g_autoptr (SatBulkJob) job = NULL;

  if (self->condition != NULL)
    {
      where = sat_expression_parse (self->object, self->condition, SAT_EXPRESSION_FILTER, NULL,
                                    error);
      if (where == NULL)
        return NULL;
    }
  job = sat_bulk_job_new (self->object, self->words, where);
  for (GtkWidget *group = gtk_widget_get_first_child (GTK_WIDGET (self->changes)); group != NULL;
       group = gtk_widget_get_next_sibling (group))
    {
      const Part *part = part_of (group);
      g_autofree char *value = NULL;

      if (part->chosen == NULL)
        continue;
      if (!sat_field_row_read (part->value, &value))
        return NULL;
      if (part->chosen->how == SAT_BULK_SET || value != NULL)
        sat_bulk_job_add (job, part->chosen->field, part->chosen->how, value);
    }
  return g_steal_pointer (&job);
}

static void
look (SatBulkPage *self)
{
  g_autoptr (GError) error = NULL;

  forget (self);
  self->job = read_parts (self, &error);
  if (error != NULL)
    {
      g_autofree char *text = sat_error_text_about (error, self->object);

      show_text (self->problem, text);
    }
  if (self->job == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  self->looking = TRUE;
  update (self);
  sat_bulk_work_look (self->service, self->job, self->cancellable, looked_cb, g_object_ref (self));
}

/* ---- doing it ------------------------------------------------------------------------------ */

static void
tell_done (SatBulkPage *self, gboolean all)
{
  guint64 n = sat_bulk_job_changed (self->job);
  g_autofree char *number = number_text (n);
  g_autofree char *text = g_strdup_printf (
      all ? ngettext ("%s record changed", "%s records changed", (gulong) n)
          : ngettext ("Stopped; %s record was changed", "Stopped; %s records were changed",
                      (gulong) n),
      number);

  sat_undo_offer (GTK_WIDGET (self), self->service, text, sat_bulk_job_step (self->job));
}

static void run_part (SatBulkPage *self);

static void
part_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatBulkPage) self = data;
  g_autoptr (GError) error = NULL;
  gpointer answer = sat_service_finish (SAT_SERVICE (source), result, &error);
  gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (self->changes == NULL)
    return;
  if (GPOINTER_TO_INT (answer) == 2)
    {
      gtk_progress_bar_set_fraction (self->bar, sat_bulk_job_done (self->job));
      run_part (self);
      return;
    }
  self->running = FALSE;
  if (answer != NULL || sat_bulk_job_step (self->job) != 0)
    tell_done (self, answer != NULL);
  if (answer != NULL || stopped)
    {
      forget (self);
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
      return;
    }
  g_autofree char *text = sat_error_text_about (error, self->object);
  if (g_error_matches (error, SAT_ERROR, SAT_ERROR_APPROVAL) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)))
    sat_approval_tell (GTK_WIDGET (self), error);
  forget (self);
  show_text (self->problem, text);
}

static void
run_part (SatBulkPage *self)
{
  sat_bulk_work_run (self->service, self->job, self->cancellable, part_cb, g_object_ref (self));
}

static void
next_cb (SatBulkPage *self)
{
  if (self->running || !gtk_widget_get_sensitive (GTK_WIDGET (self->next)))
    return;
  if (!self->seen)
    {
      look (self);
      return;
    }
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->running = TRUE;
  gtk_progress_bar_set_fraction (self->bar, 0);
  update (self);
  run_part (self);
}

/* Between two parts: what was done stays, and can be undone. */
static void
cancel_cb (SatBulkPage *self)
{
  g_cancellable_cancel (self->cancellable);
}

static void
back_cb (SatBulkPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.back", NULL);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Change Many");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return SAT_BULK_PAGE (page)->object;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_BULK_PAGE (page)->header, folded);
}

static void
page_save (SatPage *page)
{
  next_cb (SAT_BULK_PAGE (page));
}

static gboolean
page_is_dirty (SatPage *page)
{
  return SAT_BULK_PAGE (page)->running;
}

static void
sat_bulk_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->save = page_save;
  iface->is_dirty = page_is_dirty;
}

static gboolean
sat_bulk_page_grab_focus (GtkWidget *widget)
{
  SatBulkPage *self = SAT_BULK_PAGE (widget);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->changes));

  if (self->running)
    return gtk_widget_grab_focus (GTK_WIDGET (self->cancel));
  return gtk_widget_grab_focus (first != NULL ? GTK_WIDGET (part_of (first)->field)
                                              : GTK_WIDGET (self->add));
}

static void
sat_bulk_page_dispose (GObject *object)
{
  SatBulkPage *self = SAT_BULK_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  self->changes = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_bulk_page_parent_class)->dispose (object);
}

static void
sat_bulk_page_finalize (GObject *object)
{
  SatBulkPage *self = SAT_BULK_PAGE (object);

  g_clear_pointer (&self->job, sat_bulk_job_unref);
  g_ptr_array_unref (self->offered);
  g_ptr_array_unref (self->rows);
  g_free (self->words);
  g_free (self->condition);
  G_OBJECT_CLASS (sat_bulk_page_parent_class)->finalize (object);
}

static void
sat_bulk_page_class_init (SatBulkPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_bulk_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_bulk_page_finalize;
  widget_class->grab_focus = sat_bulk_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/bulk/sat-bulk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, title);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, which);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, changes);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, add);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, problem);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, bad);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, sample);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, bar);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, SatBulkPage, next);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, next_cb);
}

static void
sat_bulk_page_init (SatBulkPage *self)
{
  self->offered = g_ptr_array_new_with_free_func (offered_free);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_bulk_page_new (SatService *service,
                   const SatObject *object,
                   const char *words,
                   const char *condition)
{
  SatBulkPage *self = g_object_new (SAT_TYPE_BULK_PAGE, NULL);

  self->service = g_object_ref (service);
  self->object = object;
  self->words = g_strdup (words);
  self->condition = g_strdup (condition);
  adw_window_title_set_title (self->title, _ ("Change Many"));
  adw_window_title_set_subtitle (self->title, sat_here (object->plural));
  collect_offered (self);
  show_which (self);
  add_part (self);
  update (self);
  return GTK_WIDGET (self);
}
