/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rights/sat-rights-page.h"

#include <glib/gi18n.h>

#include "gtk-app/device/sat-role-row.h"
#include "gtk-app/field/sat-field-editor.h"
#include "gtk-app/rights/sat-rights-detail.h"
#include "gtk-app/rights/sat-rights-matrix.h"
#include "gtk-app/rights/sat-rights-work.h"
#include "gtk-app/sat-undo.h"
#include "gtk-app/sat-util.h"
#include "gtk-app/window/sat-page.h"

#define ALL "all"
#define ONE "one"

struct _SatRightsPage
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwHeaderBar *header;
  AdwHeaderBar *one_header;
  GtkButton *back;
  GtkButton *one_back;
  AdwWindowTitle *one_title;
  AdwComboRow *role;
  AdwBin *person_place;
  GtkLabel *why;
  GtkLabel *one_why;
  SatRightsMatrix *matrix;
  SatRightsDetail *detail;

  SatFieldEditor *person; /* a child; NULL: nobody can be chosen */
  SatService *service;
  GCancellable *reading;
  SatRightsPicture *picture; /* as shown; NULL: nothing is yet */
};

static void sat_rights_page_page_init (SatPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SatRightsPage,
                               sat_rights_page,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (SAT_TYPE_PAGE, sat_rights_page_page_init))

/* ---- showing ------------------------------------------------------------------------------- */

static gboolean
is_of_admin (SatRightsPage *self)
{
  return g_str_equal (sat_access_role (self->picture->access), SAT_ACCESS_ADMIN);
}

/* A person's rights are those of the role: there they are changed. */
static gboolean
can_change (SatRightsPage *self)
{
  return self->picture->is_admin && self->picture->title == NULL && !is_of_admin (self);
}

/* The label of the role NAME. */
static const char *
role_label (SatRightsPage *self, const char *name)
{
  const SatObject *user = sat_catalogue_find (sat_service_catalogue (self->service), "user");
  const SatField *role = user != NULL ? sat_object_find (user, "role") : NULL;

  for (guint i = 0; role != NULL && i < role->n_choices; i++)
    if (g_str_equal (role->choices[i].name, name))
      return sat_here (role->choices[i].label);
  return name;
}

static void
add_line (GString *text, const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_person (SatRightsPage *self, GString *text)
{
  const SatRightsPicture *picture = self->picture;
  const char *role = role_label (self, sat_access_role (picture->access));
  /* Translators: a person and the name of a role. */
  g_autofree char *has = g_strdup_printf (_ ("%s has the role “%s”, and may what that role may."),
                                          picture->title, role);
  g_autofree char *team = g_strdup_printf (_ ("“Team” means: %s"), picture->people);

  add_line (text, has);
  add_line (text, team);
  add_line (text, _ ("Which records are on a laptop at all its books say."));
}

/* What can be done here, and if nothing, why not. */
static void
show_why (SatRightsPage *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->picture->title != NULL)
    add_person (self, text);
  else if (is_of_admin (self))
    add_line (text, _ ("An administrator may everything; that cannot be changed."));
  if (!self->picture->is_admin)
    add_line (text, _ ("Only administrators change rights; you see what holds."));
  if (!self->picture->is_in_force)
    add_line (text, _ ("Rights are not in force yet: this workspace is open, and no administrator "
                       "uses a device."));
  gtk_label_set_label (self->why, text->str);
  gtk_label_set_label (self->one_why, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->why), text->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->one_why), text->len > 0);
}

static void
show_title (SatRightsPage *self)
{
  const SatObject *object = sat_rights_detail_get_object (self->detail);
  const SatRightsPicture *picture = self->picture;

  adw_window_title_set_title (self->one_title, object != NULL ? sat_here (object->plural) : "");
  if (picture != NULL)
    adw_window_title_set_subtitle (self->one_title,
                                   picture->title != NULL
                                       ? picture->title
                                       : role_label (self, sat_access_role (picture->access)));
}

static void
show_picture (SatRightsPage *self)
{
  const SatAccess *access = self->picture != NULL ? self->picture->access : NULL;

  if (access != NULL)
    show_why (self);
  sat_rights_matrix_show (self->matrix, access, access != NULL && can_change (self));
  sat_rights_detail_show (self->detail, access, access != NULL && can_change (self));
  show_title (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRightsPage) self = data;
  g_autoptr (GError) error = NULL;
  SatRightsPicture *picture = sat_service_finish (SAT_SERVICE (source), result, &error);
  SatRightsPicture *old = self->picture;

  if (picture == NULL || self->service == NULL)
    {
      if (self->service != NULL)
        sat_toast_error (GTK_WIDGET (self), error, NULL);
      sat_rights_picture_free (picture);
      return;
    }
  self->picture = picture;
  show_picture (self);
  sat_rights_picture_free (old);
}

static void
reload (SatRightsPage *self)
{
  const char *role = sat_role_row_get (self->role, self->service);
  g_autofree char *user = NULL;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || role == NULL)
    return;
  if (self->person != NULL)
    sat_field_editor_get_value (self->person, &user, NULL);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_rights_work_load (self->service, role, user, self->reading, loaded_cb, g_object_ref (self));
}

/* Who chooses a role asks about no person any more. */
static void
role_cb (SatRightsPage *self)
{
  if (self->service == NULL)
    return;
  if (self->person != NULL)
    sat_field_editor_set_value (self->person, NULL);
  reload (self);
}

/* ---- changing ------------------------------------------------------------------------------ */

static void
said_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatRightsPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *step = sat_service_finish (SAT_SERVICE (source), result, &error);

  if (self->service == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (step == NULL)
    {
      sat_toast_error (GTK_WIDGET (self), error, NULL);
      show_picture (self); /* as it still is */
      return;
    }
  sat_undo_offer (GTK_WIDGET (self), self->service,
                  _ ("It holds here now, and on each laptop with its next sync"), *step);
  reload (self);
}

static void
say_cb (SatRightsPage *self, const SatGrant *grant)
{
  if (self->picture != NULL)
    sat_rights_work_say (self->service, sat_access_role (self->picture->access), grant, said_cb,
                         g_object_ref (self));
}

/* ---- one object ---------------------------------------------------------------------------- */

static void
show_one (SatRightsPage *self, const SatObject *object)
{
  sat_rights_detail_set_object (self->detail, object);
  show_picture (self);
  gtk_stack_set_visible_child_name (self->stack, ONE);
  gtk_widget_grab_focus (GTK_WIDGET (self->one_back));
}

static void
open_cb (SatRightsPage *self, const SatObject *object)
{
  show_one (self, object);
}

static void
all_cb (SatRightsPage *self)
{
  gtk_stack_set_visible_child_name (self->stack, ALL);
  gtk_widget_grab_focus (GTK_WIDGET (self->back));
}

void
sat_rights_page_open (SatRightsPage *self, const char *object)
{
  const SatObject *one = object != NULL
                             ? sat_catalogue_find (sat_service_catalogue (self->service), object)
                             : NULL;

  if (one != NULL)
    show_one (self, one);
  else
    all_cb (self);
}

/* ---- the page ------------------------------------------------------------------------------ */

static const char *
page_get_title (SatPage *page)
{
  return _ ("Roles and Rights");
}

static const SatObject *
page_get_object (SatPage *page)
{
  return NULL;
}

static void
page_set_folded (SatPage *page, gboolean folded)
{
  adw_header_bar_set_show_start_title_buttons (SAT_RIGHTS_PAGE (page)->header, folded);
  adw_header_bar_set_show_start_title_buttons (SAT_RIGHTS_PAGE (page)->one_header, folded);
}

static gboolean
page_escape (SatPage *page)
{
  SatRightsPage *self = SAT_RIGHTS_PAGE (page);

  if (!g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE))
    return FALSE;
  all_cb (self);
  return TRUE;
}

static void
sat_rights_page_page_init (SatPageInterface *iface)
{
  iface->get_title = page_get_title;
  iface->get_object = page_get_object;
  iface->set_folded = page_set_folded;
  iface->escape = page_escape;
}

static void
sat_rights_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sat_rights_page_parent_class)->map (widget);
  reload (SAT_RIGHTS_PAGE (widget));
}

static gboolean
sat_rights_page_grab_focus (GtkWidget *widget)
{
  SatRightsPage *self = SAT_RIGHTS_PAGE (widget);
  gboolean one = g_str_equal (gtk_stack_get_visible_child_name (self->stack), ONE);

  return gtk_widget_grab_focus (GTK_WIDGET (one ? self->one_back : self->back));
}

static void
sat_rights_page_dispose (GObject *object)
{
  SatRightsPage *self = SAT_RIGHTS_PAGE (object);
  GtkWidget *child;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->service);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  self->person = NULL;
  g_clear_pointer (&self->picture, sat_rights_picture_free);
  G_OBJECT_CLASS (sat_rights_page_parent_class)->dispose (object);
}

static void
sat_rights_page_class_init (SatRightsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_rights_page_dispose;
  widget_class->map = sat_rights_page_map;
  widget_class->grab_focus = sat_rights_page_grab_focus;
  g_type_ensure (SAT_TYPE_RIGHTS_MATRIX);
  g_type_ensure (SAT_TYPE_RIGHTS_DETAIL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/rights/sat-rights-page.ui");
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, header);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, one_header);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, back);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, one_back);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, one_title);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, role);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, person_place);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, why);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, one_why);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, matrix);
  gtk_widget_class_bind_template_child (widget_class, SatRightsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, role_cb);
  gtk_widget_class_bind_template_callback (widget_class, say_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_cb);
  gtk_widget_class_bind_template_callback (widget_class, all_cb);
}

static void
sat_rights_page_init (SatRightsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A reference to a user, of whatever record: what chooses a person elsewhere does so here. */
static void
make_person (SatRightsPage *self)
{
  const SatObject *user = sat_catalogue_find (sat_service_catalogue (self->service), "user");
  const SatField *manager = user != NULL ? sat_object_find (user, "manager") : NULL;

  if (manager == NULL)
    return;
  self->person = sat_field_editor_new (manager, self->service);
  adw_bin_set_child (self->person_place, GTK_WIDGET (self->person));
  sat_name_widget (sat_field_editor_get_target (self->person), _ ("What May Somebody See?"));
  g_signal_connect_object (self->person, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
}

/* Objects and roles are others now; what is shown was made of the old ones. */
static void
reshaped_cb (SatRightsPage *self)
{
  const SatObject *had = sat_rights_detail_get_object (self->detail);
  const SatCatalogue *catalogue = sat_service_catalogue (self->service);
  const SatObject *object = had != NULL ? sat_catalogue_find (catalogue, had->name) : NULL;
  guint selected = adw_combo_row_get_selected (self->role);

  sat_rights_matrix_set_catalogue (self->matrix, catalogue);
  sat_rights_detail_set_object (self->detail, object);
  sat_role_row_fill (self->role, self->service);
  adw_combo_row_set_selected (self->role, selected);
  if (object == NULL)
    gtk_stack_set_visible_child_name (self->stack, ALL);
  show_picture (self);
}

GtkWidget *
sat_rights_page_new (SatService *service)
{
  SatRightsPage *self = g_object_new (SAT_TYPE_RIGHTS_PAGE, NULL);

  sat_role_row_fill (self->role, service);
  self->service = g_object_ref (service);
  make_person (self);
  sat_rights_matrix_set_catalogue (self->matrix, sat_service_catalogue (service));
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "reshaped", G_CALLBACK (reshaped_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
