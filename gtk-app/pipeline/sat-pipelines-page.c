/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/pipeline/sat-pipelines-page.h"

#include <glib/gi18n.h>

#include "gtk-app/pipeline/sat-pipelines-work.h"
#include "gtk-app/pipeline/sat-stage-dialog.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

struct _SatPipelinesPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkButton *add;
  GtkBox *groups;

  SatService *service;
  GCancellable *reading;
  SatPipelinesPicture *picture;
  gboolean moving; /* STAGE was moved by its button: the focus stays with it */
  gboolean later;  /* which button */
  SatId stage;
};

static void sat_pipelines_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatPipelinesPage,
                               sat_pipelines_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_pipelines_page_page_init))

static void reload (SatPipelinesPage *self);

/* ---- changing ------------------------------------------------------------------------------ */

/* An order that is carried out, and what is said then. */
typedef struct
{
  SatPipelinesPage *self;
  char *text; /* NULL: nothing is said */
} Order;

static void
order_free (Order *order)
{
  g_object_unref (order->self);
  g_free (order->text);
  g_free (order);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Order) order = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (order->self->groups == NULL)
    return;
  if (step == NULL)
    sat_toast_error (GTK_WIDGET (order->self), error, NULL);
  else if (order->text != NULL)
    sat_undo_offer (GTK_WIDGET (order->self), order->self->service, order->text, *step);
  reload (order->self);
}

/* Takes WHAT and TEXT. */
static void
carry_out (SatPipelinesPage *self, SatPipelinesOrder *what, char *text)
{
  Order *order = g_new0 (Order, 1);

  order->self = g_object_ref (self);
  order->text = text;
  sat_pipelines_work_do (self->service, what, done_cb, order);
}

static void
move_cb (GtkButton *button, SatPipelinesPage *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  const SatId *ids = g_object_get_data (G_OBJECT (row), "ids");
  SatPipelinesOrder *what = g_new0 (SatPipelinesOrder, 1);

  self->later = g_object_get_data (G_OBJECT (button), "later") != NULL;
  self->stage = ids[1];
  self->moving = TRUE;
  what->deed = self->later ? SAT_PIPELINES_LATER : SAT_PIPELINES_EARLIER;
  what->pipeline = ids[0];
  what->stage = ids[1];
  carry_out (self, what, NULL);
}

static void
named_cb (const char *name, const char *choice, const SatId *pipeline, gpointer data)
{
  SatPipelinesPage *self = data;
  SatPipelinesOrder *what = g_new0 (SatPipelinesOrder, 1);
  char *text;

  if (pipeline == NULL)
    what->deed = SAT_PIPELINES_ADD;
  else
    {
      what->deed = choice != NULL ? SAT_PIPELINES_TAKE : SAT_PIPELINES_INVENT;
      what->pipeline = *pipeline;
    }
  what->name = g_strdup (name);
  what->choice = g_strdup (choice);
  /* Translators: %s is the name of a pipeline, or of a stage of one. */
  text = g_strdup_printf (_ ("“%s” was added"), name);
  carry_out (self, what, text);
}

static void
add_cb (SatPipelinesPage *self)
{
  sat_stage_dialog_show (GTK_WIDGET (self), NULL, FALSE, named_cb, g_object_ref (self),
                         g_object_unref);
}

static void
add_stage_cb (AdwActionRow *row, SatPipelinesPage *self)
{
  const SatPipeline *pipeline = g_object_get_data (G_OBJECT (row), "pipeline");

  sat_stage_dialog_show (GTK_WIDGET (self), pipeline, self->picture->may_invent, named_cb,
                         g_object_ref (self), g_object_unref);
}

/* ---- showing ------------------------------------------------------------------------------- */

static void
add_words (GString *text, const char *words)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", words);
}

/* Takes WORDS, which are about N things. */
static void
add_count (GString *text, guint n, char *words)
{
  if (n > 0)
    add_words (text, words);
  g_free (words);
}

/* “Won · 20 % · 2 conditions · 1 task · at most 14 days” */
static char *
stage_text (const SatStage *stage)
{
  GString *text = g_string_new (NULL);
  guint n_tasks = g_strv_length (stage->tasks);
  guint n_days = (guint) CLAMP (stage->idle_days, 0, G_MAXUINT32);

  if (stage->outcome != SAT_OUTCOME_OPEN)
    add_words (text, stage->outcome == SAT_OUTCOME_WON ? _ ("Won") : _ ("Lost"));
  if (stage->probability != NULL)
    {
      g_autofree char *percent = g_strconcat (stage->probability, "%", NULL);

      add_words (text, percent);
    }
  add_count (text, stage->criteria->len,
             g_strdup_printf (ngettext ("%u condition", "%u conditions", stage->criteria->len),
                              stage->criteria->len));
  add_count (text, n_tasks, g_strdup_printf (ngettext ("%u task", "%u tasks", n_tasks), n_tasks));
  add_count (text, n_days,
             g_strdup_printf (ngettext ("at most %u day", "at most %u days", n_days), n_days));
  return g_string_free (text, FALSE);
}

static GtkWidget *
make_button (SatPipelinesPage *self, const char *name, gboolean later)
{
  GtkWidget *button = gtk_button_new_from_icon_name (later ? "go-down-symbolic" : "go-up-symbolic");
  /* Translators: %s is the name of a stage of a pipeline. */
  g_autofree char *text = g_strdup_printf (later ? _ ("Move “%s” down") : _ ("Move “%s” up"), name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  sat_name_widget (button, text);
  g_object_set_data (G_OBJECT (button), "later", later ? button : NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (move_cb), self, 0);
  return button;
}

static AdwActionRow *
add_row (GtkWidget *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  return ADW_ACTION_ROW (row);
}

/* The stage at PLACE of those shown, which goes up if something of its kind is before it. */
static void
show_stage (SatPipelinesPage *self,
            GtkWidget *list,
            const SatPipeline *pipeline,
            const SatStage *stage,
            gboolean up,
            gboolean down)
{
  const char *name = stage->name != NULL ? stage->name : sat_here (stage->choice->label);
  g_autofree char *text = stage_text (stage);
  AdwActionRow *row = add_row (list, name, text);
  GtkWidget *buttons[2] = { NULL };
  char id[SAT_ID_TEXT_SIZE];
  SatId *ids;

  if (!stage->is_listed)
    return;
  ids = g_new (SatId, 2);
  ids[0] = pipeline->id;
  ids[1] = stage->id;
  g_object_set_data_full (G_OBJECT (row), "ids", ids, g_free);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", "stage",
                                    sat_id_format (&stage->id, id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  for (int later = 0; later < 2 && self->picture->may_write; later++)
    {
      buttons[later] = make_button (self, name, later);
      gtk_widget_set_sensitive (buttons[later], later ? down : up);
      adw_action_row_add_suffix (row, buttons[later]);
    }
  adw_action_row_add_suffix (row, gtk_image_new_from_icon_name ("go-next-symbolic"));
  if (self->moving && buttons[0] != NULL && sat_id_equal (&stage->id, &self->stage))
    {
      gboolean other = !gtk_widget_get_sensitive (buttons[self->later]);

      self->moving = FALSE;
      gtk_widget_grab_focus (buttons[other ? !self->later : self->later]);
    }
}

/* May one of them stand where the other one does? */
static gboolean
are_alike (const SatStage *stage, const SatStage *other)
{
  return stage != NULL && other != NULL && stage->outcome == other->outcome;
}

static void
show_stages (SatPipelinesPage *self, GtkWidget *list, const SatPipeline *pipeline)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      SatStage *stage = pipeline->stages->pdata[i];

      if (stage->is_listed || (pipeline->is_built_in && !stage->choice->retired))
        g_ptr_array_add (shown, stage);
    }
  for (guint i = 0; i < shown->len; i++)
    {
      const SatStage *stage = shown->pdata[i];
      const SatStage *before = i > 0 ? shown->pdata[i - 1] : NULL;
      const SatStage *after = i + 1 < shown->len ? shown->pdata[i + 1] : NULL;

      show_stage (self, list, pipeline, stage, are_alike (stage, before), are_alike (stage, after));
    }
}

/* What of a pipeline does not count here, and why. */
static void
show_problems (GtkWidget *list, const SatPipeline *pipeline)
{
  for (guint i = 0; i < pipeline->problems->len; i++)
    {
      g_autofree char *text = sat_error_text (pipeline->problems->pdata[i]);
      AdwActionRow *row = add_row (list, text, "");

      adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
    }
}

static void
show_add (SatPipelinesPage *self, GtkWidget *list, const SatPipeline *pipeline)
{
  AdwActionRow *row = add_row (list, _ ("Add a stage"), "");

  adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data (G_OBJECT (row), "pipeline", (gpointer) pipeline); /* of self->picture */
  g_signal_connect_object (row, "activated", G_CALLBACK (add_stage_cb), self, 0);
}

/* The pipeline's own page, behind a button. */
static GtkWidget *
make_open (const SatPipeline *pipeline)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-edit-symbolic");
  char id[SAT_ID_TEXT_SIZE];
  /* Translators: %s is the name of a pipeline. */
  g_autofree char *text = g_strdup_printf (_ ("Open “%s”"), pipeline->name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  sat_name_widget (button, text);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", "pipeline",
                                    sat_id_format (&pipeline->id, id));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open");
  return button;
}

static void
show_pipeline (SatPipelinesPage *self, const SatPipeline *pipeline)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *list = gtk_list_box_new ();
  const char *name = pipeline->is_built_in ? _ ("Built-in stages") : pipeline->name;
  g_autofree char *title = g_markup_escape_text (name, -1);
  const char *text = "";

  if (pipeline->is_built_in)
    text = _ (
        "Deals take this way until the company has a pipeline of its own. It then begins with "
        "these stages.");
  else if (pipeline->is_default)
    text = _ ("The way of all deals that name no other");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  sat_name_widget (list, name);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), text);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), list);
  gtk_box_append (self->groups, group);
  show_stages (self, list, pipeline);
  show_problems (list, pipeline);
  if (pipeline->is_built_in)
    return;
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), make_open (pipeline));
  if (self->picture->may_write)
    show_add (self, list, pipeline);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatPipelinesPage) self = data;
  g_autoptr (GError) error = NULL;
  SatPipelinesPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->groups == NULL || picture == NULL)
    {
      if (self->groups != NULL)
        sat_toast_error (GTK_WIDGET (self), error, NULL);
      sat_pipelines_picture_free (picture);
      return;
    }
  sat_remove_children (GTK_WIDGET (self->groups));
  sat_pipelines_picture_free (self->picture);
  self->picture = picture;
  gtk_widget_set_visible (GTK_WIDGET (self->add), picture->may_write);
  for (guint i = 0; i < picture->pipelines->len; i++)
    show_pipeline (self, picture->pipelines->pdata[i]);
}

static void
reload (SatPipelinesPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_pipelines_work_load (self->service, self->reading, loaded_cb, g_object_ref (self));
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Pipelines");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_PIPELINES_PAGE (page)->header, folded);
}

static void
sat_pipelines_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
}

static void
sat_pipelines_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_pipelines_page_parent_class)->map (widget);
  reload (SAT_PIPELINES_PAGE (widget));
}

static gboolean
sat_pipelines_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_PIPELINES_PAGE (widget)->back));
}

static void
sat_pipelines_page_dispose (GObject *object)
{
  SatPipelinesPage *self = SAT_PIPELINES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->groups = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&self->picture, sat_pipelines_picture_free);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_pipelines_page_parent_class)->dispose (object);
}

static void
sat_pipelines_page_class_init (SatPipelinesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_pipelines_page_dispose;
  widget_class->map = sat_pipelines_page_map;
  widget_class->grab_focus = sat_pipelines_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/pipeline/sat-pipelines-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatPipelinesPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatPipelinesPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatPipelinesPage, add);
  gtk_widget_class_bind_template_child (widget_class, SatPipelinesPage, groups);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
}

static void
sat_pipelines_page_init (SatPipelinesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_pipelines_page_new (SatService *service)
{
  SatPipelinesPage *self = g_object_new (SAT_TYPE_PIPELINES_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
