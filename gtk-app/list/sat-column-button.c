/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/list/sat-column-button.h"

#include <glib/gi18n.h>

#include "gtk-app/list/sat-columns.h"
#include "gtk-app/sat-util.h"

struct _SatColumnButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkListBox *list;
  GtkButton *usual;

  const SatObject *object;
  GPtrArray *columns; /* const SatField *; replaced, never changed */
};

G_DEFINE_FINAL_TYPE (SatColumnButton, sat_column_button, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_rows (SatColumnButton *self);

/* ---- what the person does ------------------------------------------------------------------ */

static const SatField *
field_of (gpointer widget)
{
  return g_object_get_data (G_OBJECT (widget), "field");
}

static GPtrArray *
copy_columns (SatColumnButton *self)
{
  GPtrArray *copy = g_ptr_array_new ();

  g_ptr_array_extend (copy, self->columns, NULL, NULL);
  return copy;
}

/* Takes COLUMNS over. */
static void
take (SatColumnButton *self, GPtrArray *columns)
{
  g_autoptr (GPtrArray) own = columns;

  sat_column_button_set_columns (self, own);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The rows were made anew: the same part of the row of FIELD has the focus again. */
static void
focus_again (SatColumnButton *self, const SatField *field, const char *part)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      GtkWidget *box = gtk_list_box_row_get_child (row);

      if (field_of (box) == field)
        gtk_widget_grab_focus (g_object_get_data (G_OBJECT (box), part));
    }
}

static void
toggled_cb (GtkCheckButton *check, SatColumnButton *self)
{
  const SatField *field = field_of (gtk_widget_get_parent (GTK_WIDGET (check)));
  GPtrArray *columns = copy_columns (self);

  if (!g_ptr_array_remove (columns, (gpointer) field))
    g_ptr_array_add (columns, (gpointer) field);
  take (self, columns);
  focus_again (self, field, "check");
}

static void
move (SatColumnButton *self, GtkButton *button, int by, const char *part)
{
  const SatField *field = field_of (gtk_widget_get_parent (GTK_WIDGET (button)));
  GPtrArray *columns = copy_columns (self);
  guint at;

  if (g_ptr_array_find (columns, field, &at) && (int) at + by >= 1 &&
      (int) at + by < (int) columns->len)
    {
      g_ptr_array_remove_index (columns, at);
      g_ptr_array_insert (columns, (int) at + by, (gpointer) field);
    }
  take (self, columns);
  focus_again (self, field, part);
}

static void
up_cb (GtkButton *button, SatColumnButton *self)
{
  move (self, button, -1, "up");
}

static void
down_cb (GtkButton *button, SatColumnButton *self)
{
  move (self, button, 1, "down");
}

static void
usual_cb (SatColumnButton *self)
{
  take (self, sat_columns_read (self->object, NULL));
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void
add_arrow (SatColumnButton *self,
           GtkWidget *box,
           const char *part,
           const char *icon,
           const char *text,
           gboolean works,
           GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, text);
  sat_name_widget (button, text);
  gtk_widget_set_sensitive (button, works);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  g_object_set_data (G_OBJECT (box), part, button);
  gtk_box_append (GTK_BOX (box), button);
}

/* AT: its place among the columns; -1: none. */
static void
add_row (SatColumnButton *self, const SatField *field, int at)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *check = gtk_check_button_new_with_label (sat_here (field->label));
  const char *name = sat_here (field->label);

  g_object_set_data (G_OBJECT (box), "field", (gpointer) field);
  g_object_set_data (G_OBJECT (box), "check", check);
  gtk_widget_set_hexpand (check, TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), at >= 0);
  gtk_widget_set_sensitive (check, field != self->object->title);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, 0);
  gtk_box_append (GTK_BOX (box), check);
  if (at > 0)
    {
      /* Translators: %s is a column of a list. */
      g_autofree char *up = g_strdup_printf (_ ("Move %s to the front"), name);
      /* Translators: %s is a column of a list. */
      g_autofree char *down = g_strdup_printf (_ ("Move %s to the back"), name);

      add_arrow (self, box, "up", "go-up-symbolic", up, at > 1, G_CALLBACK (up_cb));
      add_arrow (self, box, "down", "go-down-symbolic", down, at + 1 < (int) self->columns->len,
                 G_CALLBACK (down_cb));
    }
  gtk_list_box_append (self->list, box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (gtk_widget_get_parent (box)), FALSE);
  gtk_widget_set_focusable (gtk_widget_get_parent (box), FALSE);
}

static void
add_other (SatColumnButton *self, const SatField *field)
{
  if (sat_columns_can_show (field) && !g_ptr_array_find (self->columns, field, NULL))
    add_row (self, field, -1);
}

static void
show_rows (SatColumnButton *self)
{
  g_autofree char *text = sat_columns_write (self->object, self->columns);

  sat_remove_children (GTK_WIDGET (self->list));
  for (guint i = 0; i < self->columns->len; i++)
    add_row (self, g_ptr_array_index (self->columns, i), (int) i);
  for (guint i = 0; i < self->object->n_groups; i++)
    for (guint j = 0; j < self->object->groups[i].n_fields; j++)
      add_other (self, self->object->groups[i].fields[j]);
  for (guint i = 0; i < self->object->n_derived; i++)
    add_other (self, self->object->derived[i]);
  gtk_widget_set_sensitive (GTK_WIDGET (self->usual), text != NULL);
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
sat_column_button_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_pointer (&SAT_COLUMN_BUTTON (object)->columns, g_ptr_array_unref);
  G_OBJECT_CLASS (sat_column_button_parent_class)->dispose (object);
}

static void
sat_column_button_class_init (SatColumnButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_column_button_dispose;
  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_COLUMN_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/list/sat-column-button.ui");
  gtk_widget_class_bind_template_child (widget_class, SatColumnButton, button);
  gtk_widget_class_bind_template_child (widget_class, SatColumnButton, list);
  gtk_widget_class_bind_template_child (widget_class, SatColumnButton, usual);
  gtk_widget_class_bind_template_callback (widget_class, usual_cb);
}

static void
sat_column_button_init (SatColumnButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
sat_column_button_set_object (SatColumnButton *self, const SatObject *object)
{
  self->object = object;
}

void
sat_column_button_set_columns (SatColumnButton *self, GPtrArray *columns)
{
  GPtrArray *before = self->columns;

  if (before == columns)
    return;
  self->columns = g_ptr_array_ref (columns);
  g_clear_pointer (&before, g_ptr_array_unref);
  show_rows (self);
}

GPtrArray *
sat_column_button_get_columns (SatColumnButton *self)
{
  return self->columns;
}
