/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rules/sat-rules-page.h"

#include <glib/gi18n.h>

#include "gtk-app/rules/sat-rules-work.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

#define SHOWN_MOST 100 /* of what would be done */

struct _SatRulesPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkButton *add;
  GtkLabel *why;
  GtkListBox *list;
  GtkButton *try;
  GtkListBox *tried;
  GtkListBox *log;

  SatService *service;
  GCancellable *reading;
};

static void sat_rules_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatRulesPage,
                               sat_rules_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_rules_page_page_init))

static void reload (SatRulesPage *self);
static void try_one_cb (GtkButton *button, SatRulesPage *self);

/* ---- rows ---------------------------------------------------------------------------------- */

static AdwActionRow *
add_row (GtkListBox *list, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_list_box_append (list, row);
  return ADW_ACTION_ROW (row);
}

/* ROW leads to the page of that record. */
static void
lead_to (AdwActionRow *row, const char *object, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "(ss)", object, sat_id_format (id, text));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}

/* ---- switching ----------------------------------------------------------------------------- */

/* A switch that was pressed: what is said of it. */
typedef struct
{
  SatRulesPage *self;
  char *name;
  gboolean on;
} Pressed;

static void
pressed_free (gpointer data)
{
  Pressed *pressed = data;

  g_object_unref (pressed->self);
  g_free (pressed->name);
  g_free (pressed);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pressed, pressed_free)

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Pressed) pressed = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);
  g_autofree char *text = NULL;

  if (pressed->self->list == NULL)
    return;
  if (step == NULL)
    {
      sat_toast_error (GTK_WIDGET (pressed->self), error, NULL);
      reload (pressed->self);
      return;
    }
  /* Translators: %s is the name of a rule. */
  text = g_strdup_printf (pressed->on ? _ ("“%s” is switched on") : _ ("“%s” is switched off"),
                          pressed->name);
  sat_undo_offer (GTK_WIDGET (pressed->self), pressed->self->service, text, *step);
}

static void
active_cb (GtkSwitch *button, GParamSpec *pspec, SatRulesPage *self)
{
  Pressed *pressed = g_new0 (Pressed, 1);

  pressed->self = g_object_ref (self);
  pressed->name = g_strdup (g_object_get_data (G_OBJECT (button), "name"));
  pressed->on = gtk_switch_get_active (button);
  sat_rules_work_switch (self->service, g_object_get_data (G_OBJECT (button), "rule"), pressed->on,
                         switched_cb, pressed);
}

static GtkWidget *
make_switch (SatRulesPage *self, const SatRuleInfo *info, const char *name, gboolean may_write)
{
  GtkWidget *button = gtk_switch_new ();
  char id[SAT_ID_TEXT_SIZE];
  /* Translators: %s is the name of a rule. */
  g_autofree char *text = g_strdup_printf (_ ("Switch “%s” on or off"), name);

  gtk_switch_set_active (GTK_SWITCH (button), info->enabled);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (button, may_write);
  sat_name_widget (button, text);
  g_object_set_data_full (G_OBJECT (button), "name", g_strdup (name), g_free);
  g_object_set_data_full (G_OBJECT (button), "rule",
                          g_strdup (info->key ? info->key : sat_id_format (&info->id, id)), g_free);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (active_cb), self, 0);
  return button;
}

/* What this rule alone would do, also one that does not look at the time. */
static GtkWidget *
make_try (SatRulesPage *self, const SatRuleInfo *info)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  char id[SAT_ID_TEXT_SIZE];
  /* Translators: %s is the name of a rule. */
  g_autofree char *text = g_strdup_printf (_ ("Try “%s”"), info->name);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, text);
  sat_name_widget (button, text);
  g_object_set_data_full (G_OBJECT (button), "rule", g_strdup (sat_id_format (&info->id, id)),
                          g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (try_one_cb), self, 0);
  return button;
}

/* ---- showing ------------------------------------------------------------------------------- */

/* “Customers · A record is changed”, and on a line of its own why it does not run. */
static char *
rule_text (SatRulesPage *self, const SatRuleInfo *info)
{
  const SatCatalogue *catalogue = sat_service_catalogue (self->service);
  const SatObject *object = info->object ? sat_catalogue_find (catalogue, info->object) : NULL;
  const SatObject *rule = sat_catalogue_find (catalogue, "rule");
  const SatField *field = rule != NULL ? sat_object_find (rule, "trigger") : NULL;
  const char *trigger = info->trigger != NULL ? info->trigger : "";
  GString *text = g_string_new (object != NULL ? sat_here (object->plural) : info->object);

  for (guint i = 0; field != NULL && i < field->n_choices; i++)
    if (g_str_equal (field->choices[i].name, trigger))
      trigger = sat_here (field->choices[i].label);
  g_string_append_printf (text, " · %s", trigger);
  if (info->key != NULL)
    g_string_append_printf (text, " · %s", _ ("comes with Satchel"));
  if (info->problem != NULL)
    {
      g_autofree char *why = sat_error_text (info->problem);

      g_string_append_printf (text, "\n%s", why);
    }
  return g_string_free (text, FALSE);
}

static void
show_rule (SatRulesPage *self, const SatRuleInfo *info, gboolean may_write)
{
  const char *name = info->key != NULL ? _ (info->name) : info->name;
  g_autofree char *text = rule_text (self, info);
  AdwActionRow *row = add_row (self->list, name != NULL ? name : "", text);

  if (info->problem != NULL)
    adw_action_row_add_prefix (row, gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
  if (info->key == NULL && info->problem == NULL && info->name != NULL)
    adw_action_row_add_suffix (row, make_try (self, info));
  adw_action_row_add_suffix (row, make_switch (self, info, name != NULL ? name : "", may_write));
  if (info->key == NULL)
    lead_to (row, "rule", &info->id);
}

/* NOTE (may be NULL) is said behind what was done. */
static void
show_done (GtkListBox *list, const SatRuleDone *done, const char *note)
{
  const char *title = done->title != NULL ? done->title : "?";
  g_autofree char *text = g_strdup_printf ("%s%s%s\n%s", done->rule_name ? done->rule_name : "?",
                                           note != NULL ? " · " : "", note != NULL ? note : "",
                                           done->what);
  AdwActionRow *row = add_row (list, title, text);

  if (done->object != NULL && done->title != NULL)
    lead_to (row, done->object->name, &done->record);
}

static void
show_log (SatRulesPage *self, const GPtrArray *log, gint64 now)
{
  sat_remove_children (GTK_WIDGET (self->log));
  for (guint i = 0; i < log->len; i++)
    {
      const SatRuleDone *done = g_ptr_array_index (log, i);
      g_autofree char *when = sat_time_ago_text (done->time_ms, now);
      g_autofree char *note = g_strdup_printf ("%s%s%s", when, done->device ? " · " : "",
                                               done->device ? done->device : "");

      show_done (self->log, done, note);
    }
  if (log->len == 0)
    add_row (self->log, _ ("No rule has done anything yet"), "");
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRulesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRulesPicture) picture = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (picture == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->add), picture->may_write);
  gtk_widget_set_visible (GTK_WIDGET (self->why), !picture->may_write);
  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < picture->rules->len; i++)
    show_rule (self, g_ptr_array_index (picture->rules, i), picture->may_write);
  show_log (self, picture->log, picture->now);
}

/* Who does not look needs no rules. */
static void
reload (SatRulesPage *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_rules_work_load (self->service, self->reading, loaded_cb, g_object_ref (self));
}

/* ---- trying -------------------------------------------------------------------------------- */

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRulesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) done = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->try), TRUE);
  if (done == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      return;
    }
  sat_remove_children (GTK_WIDGET (self->tried));
  for (guint i = 0; i < done->len && i < SHOWN_MOST; i++)
    show_done (self->tried, g_ptr_array_index (done, i), NULL);
  if (done->len == 0)
    add_row (self->tried, _ ("Nothing would be done"), "");
  else if (done->len > SHOWN_MOST)
    {
      guint more = done->len - SHOWN_MOST;
      g_autofree char *text = g_strdup_printf (ngettext ("and %u more", "and %u more", more), more);

      add_row (self->tried, text, "");
    }
  gtk_widget_show (GTK_WIDGET (self->tried));
  gtk_widget_child_focus (GTK_WIDGET (self->tried), GTK_DIR_TAB_FORWARD);
}

/* RULE: its id; NULL: all that look at the time. */
static void
try_rules (SatRulesPage *self, const char *rule)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->try), FALSE);
  sat_rules_work_try (self->service, rule, NULL, tried_cb, g_object_ref (self));
}

static void
try_cb (SatRulesPage *self)
{
  try_rules (self, NULL);
}

static void
try_one_cb (GtkButton *button, SatRulesPage *self)
{
  try_rules (self, g_object_get_data (G_OBJECT (button), "rule"));
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Rules");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_RULES_PAGE (page)->header, folded);
}

static void
sat_rules_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
}

static void
sat_rules_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_rules_page_parent_class)->map (widget);
  reload (SAT_RULES_PAGE (widget));
}

static gboolean
sat_rules_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_RULES_PAGE (widget)->back));
}

static void
sat_rules_page_dispose (GObject *object)
{
  SatRulesPage *self = SAT_RULES_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_rules_page_parent_class)->dispose (object);
}

static void
sat_rules_page_class_init (SatRulesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_rules_page_dispose;
  widget_class->map = sat_rules_page_map;
  widget_class->grab_focus = sat_rules_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/rules/sat-rules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, add);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, why);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, list);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, try);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, tried);
  gtk_widget_class_bind_template_child (widget_class, SatRulesPage, log);
  gtk_widget_class_bind_template_callback (widget_class, try_cb);
}

static void
sat_rules_page_init (SatRulesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_rules_page_new (SatService *service)
{
  SatRulesPage *self = g_object_new (SAT_TYPE_RULES_PAGE, NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
