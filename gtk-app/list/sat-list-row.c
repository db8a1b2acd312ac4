/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/list/sat-list-row.h"

#include "gtk-app/sat-util.h"

#define DETAILS 3

struct _SatListRow
{
  GtkWidget parent_instance;

  AdwAvatar *avatar;
  GtkLabel *title;
  GtkLabel *detail;
  GtkImage *conflict;

  const SatObject *object;
  SatRow *row;
  gulong loaded;
};

G_DEFINE_FINAL_TYPE (SatListRow, sat_list_row, GTK_TYPE_WIDGET)

static void
show_row (SatListRow *self)
{
  const SatRecord *record = sat_row_get_record (self->row);
  g_autoptr (GString) detail = g_string_new (NULL);
  guint shown = 0;

  for (guint i = 1; i < sat_row_n_texts (self->row) && shown < DETAILS; i++)
    {
      const char *text = sat_row_get_text (self->row, i);

      if (*text != '\0')
        g_string_append_printf (detail, "%s%s", shown++ > 0 ? " · " : "", text);
    }
  gtk_label_set_label (self->title, record != NULL ? sat_record_title (record) : "…");
  gtk_label_set_label (self->detail, detail->str);
  sat_show_avatar (self->avatar, self->object, record != NULL ? sat_record_title (record) : "");
  if (record != NULL && gtk_widget_get_parent (GTK_WIDGET (self)) != NULL)
    sat_name_widget (gtk_widget_get_parent (GTK_WIDGET (self)), sat_record_title (record));
  gtk_widget_set_visible (GTK_WIDGET (self->conflict),
                          record != NULL && sat_record_n_conflicts (record) > 0);
}

void
sat_list_row_set_row (SatListRow *self, SatRow *row)
{
  if (self->row != NULL)
    g_signal_handler_disconnect (self->row, self->loaded);
  g_set_object (&self->row, row);
  if (row == NULL)
    return;
  self->loaded = g_signal_connect_swapped (row, "loaded", G_CALLBACK (show_row), self);
  show_row (self);
}

static void
sat_list_row_dispose (GObject *object)
{
  GtkWidget *child;

  sat_list_row_set_row (SAT_LIST_ROW (object), NULL);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_list_row_parent_class)->dispose (object);
}

static void
sat_list_row_class_init (SatListRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_list_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/list/sat-list-row.ui");
  gtk_widget_class_bind_template_child (widget_class, SatListRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, SatListRow, title);
  gtk_widget_class_bind_template_child (widget_class, SatListRow, detail);
  gtk_widget_class_bind_template_child (widget_class, SatListRow, conflict);
}

static void
sat_list_row_init (SatListRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
sat_list_row_new (const SatObject *object)
{
  SatListRow *self = g_object_new (SAT_TYPE_LIST_ROW, NULL);

  self->object = object;
  return GTK_WIDGET (self);
}
