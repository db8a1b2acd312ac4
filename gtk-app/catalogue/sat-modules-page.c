/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/catalogue/sat-modules-page.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-modules.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/window/sat-page.h"

struct _SatModulesPage
{
  GtkWidget parent_instance;

  AdwHeaderBar *header;
  GtkButton *back;
  GtkListBox *list;

  SatService *service;
};

static void sat_modules_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatModulesPage,
                               sat_modules_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_modules_page_page_init))

static void fill (SatModulesPage *self);

static const char *
title_of (const char *name)
{
  static const char *const titles[][2] = {
    { "sales", N_ ("Sales") },
    { "activities", N_ ("Activities") },
    { "documents", N_ ("Documents") },
    { "products", N_ ("Products") },
    { "marketing", N_ ("Marketing") },
    { "approvals", N_ ("Approvals") },
    { "automation", N_ ("Automation") },
    { "company", N_ ("Organisation") },
    { "own", N_ ("The company’s own objects") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_str_equal (titles[i][0], name))
      return _ (titles[i][1]);
  return name;
}

/* ---- switching ----------------------------------------------------------------------------- */

typedef struct
{
  char *name; /* NULL: all modules */
  gboolean on;
} Switch;

static void
switch_free (gpointer data)
{
  Switch *one = data;

  g_free (one->name);
  g_free (one);
}

static gpointer
do_switch (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Switch *one = data;
  const char *const names[] = { one->name, NULL };
  gint64 step;

  if (!sat_workspace_switch_modules (workspace, names, one->on, error))
    return NULL;
  step = sat_workspace_last_step (workspace);
  return g_memdup2 (&step, sizeof step);
}

static void
switched_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatModulesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->list == NULL)
    return;
  if (step != NULL)
    {
      sat_undo_offer (GTK_WIDGET (self), self->service, _ ("The modules were changed"), *step);
      return;
    }
  sat_toast_error (GTK_WIDGET (self), error, NULL);
  fill (self);
}

static void
switch_modules (SatModulesPage *self, const char *name, gboolean on)
{
  Switch *one = g_new0 (Switch, 1);

  one->name = g_strdup (name);
  one->on = on;
  sat_service_write (self->service, do_switch, one, switch_free, g_free, NULL, switched_cb,
                     g_object_ref (self));
}

static void
active_cb (GtkSwitch *button, GParamSpec *pspec, SatModulesPage *self)
{
  switch_modules (self, g_object_get_data (G_OBJECT (button), "module"),
                  gtk_switch_get_active (button));
}

static void
simple_cb (SatModulesPage *self)
{
  switch_modules (self, NULL, FALSE);
}

/* ---- showing ------------------------------------------------------------------------------- */

static GtkWidget *
make_switch (SatModulesPage *self, const SatModule *module)
{
  GtkWidget *button = gtk_switch_new ();
  /* Translators: %s is the name of a module, such as Sales. */
  g_autofree char *text = g_strdup_printf (_ ("Switch “%s” on or off"), title_of (module->name));

  gtk_switch_set_active (GTK_SWITCH (button), module->n_off < module->objects->len);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  sat_name_widget (button, text);
  g_object_set_data_full (G_OBJECT (button), "module", g_strdup (module->name), g_free);
  g_signal_connect_object (button, "notify::active", G_CALLBACK (active_cb), self, 0);
  return button;
}

/* From the catalogue alone, which is at hand. */
static void
fill (SatModulesPage *self)
{
  g_autoptr (GPtrArray) modules = sat_modules_of (sat_service_catalogue (self->service));

  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < modules->len; i++)
    {
      const SatModule *module = g_ptr_array_index (modules, i);
      GtkWidget *row = adw_action_row_new ();
      g_autoptr (GString) objects = g_string_new (NULL);

      for (guint k = 0; k < module->objects->len; k++)
        {
          const SatObject *object = g_ptr_array_index (module->objects, k);

          g_string_append_printf (objects, "%s%s", k > 0 ? " · " : "", sat_here (object->plural));
        }
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_of (module->name));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), objects->str);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_switch (self, module));
      gtk_list_box_append (self->list, row);
    }
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Modules");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_MODULES_PAGE (page)->header, folded);
}

static void
sat_modules_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
}

static gboolean
sat_modules_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (SAT_MODULES_PAGE (widget)->back));
}

static void
sat_modules_page_dispose (GObject *object)
{
  SatModulesPage *self = SAT_MODULES_PAGE (object);
  GtkWidget *child;

  self->list = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_modules_page_parent_class)->dispose (object);
}

static void
sat_modules_page_class_init (SatModulesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_modules_page_dispose;
  widget_class->grab_focus = sat_modules_page_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/catalogue/sat-modules-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatModulesPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatModulesPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatModulesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, simple_cb);
}

static void
sat_modules_page_init (SatModulesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_modules_page_new (SatService *service)
{
  SatModulesPage *self = g_object_new (SAT_TYPE_MODULES_PAGE, NULL);

  self->service = g_object_ref (service);
  fill (self);
  g_signal_connect_object (service, "reshaped", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
