/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/sat-wrap-layout.h"

#define SPACING 6

struct _SatWrapLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (SatWrapLayout, sat_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

/* Puts the children into lines of WIDTH; PLACE says whether to allocate them too. A child that
 * expands takes the rest of its line. Returns the height needed. */
static int
flow (GtkWidget *widget, int width, gboolean place)
{
  int x = 0;
  int y = 0;
  int line = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min_width;
      int nat_width;
      int height;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, &nat_width, NULL,
                          NULL);
      nat_width = MAX (min_width, MIN (nat_width, width));
      if (x > 0 && x + nat_width > width)
        {
          x = 0;
          y += line + SPACING;
          line = 0;
        }
      if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
        nat_width = MAX (nat_width, width - x);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, nat_width, NULL, &height, NULL, NULL);
      if (place)
        gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, nat_width, height }, -1);
      x += nat_width + SPACING;
      line = MAX (line, height);
    }
  return y + line;
}

static void
sat_wrap_layout_measure (GtkLayoutManager *manager,
                         GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  int total = 0;

  *minimum = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int min_width;
      int nat_width;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, &nat_width, NULL,
                          NULL);
      *minimum = MAX (*minimum, min_width);
      total += nat_width + (total > 0 ? SPACING : 0);
    }
  *natural = MAX (*minimum, total);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int width = for_size >= 0 ? MAX (for_size, *minimum) : *natural;

      *minimum = flow (widget, width, FALSE);
      *natural = *minimum;
    }
}

static void
sat_wrap_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  flow (widget, width, TRUE);
}

static GtkSizeRequestMode
sat_wrap_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sat_wrap_layout_class_init (SatWrapLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->measure = sat_wrap_layout_measure;
  layout_class->allocate = sat_wrap_layout_allocate;
  layout_class->get_request_mode = sat_wrap_layout_get_request_mode;
}

static void
sat_wrap_layout_init (SatWrapLayout *self)
{
}
