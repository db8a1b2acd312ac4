/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/sat-columns-layout.h"

struct _SatColumnsLayout
{
  GtkLayoutManager parent_instance;

  int threshold; /* the least width at which children stand side by side */
  int spacing;
  gboolean even;
};

G_DEFINE_FINAL_TYPE (SatColumnsLayout, sat_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

enum
{
  PROP_0,
  PROP_THRESHOLD,
  PROP_SPACING,
  PROP_EVEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static int
count (GtkWidget *widget)
{
  int n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += gtk_widget_should_layout (child) ? 1 : 0;
  return n;
}

/* The width of child INDEX of N in WIDTH. The first of two uneven ones gets three fifths. */
static int
child_width (SatColumnsLayout *self, int n, int index, int width)
{
  int room = width - (n - 1) * self->spacing;

  if (self->even || n != 2)
    return room / n;
  return index == 0 ? room * 3 / 5 : room - room * 3 / 5;
}

static int
arrange (SatColumnsLayout *self, GtkWidget *widget, int width, gboolean place)
{
  int n = count (widget);
  gboolean beside = n > 1 && width >= self->threshold;
  int index = 0;
  int x = 0;
  int y = 0;
  int tallest = 0;

  for (int pass = place && beside && self->even ? 0 : 1; pass < 2; pass++)
    {
      index = 0;
      x = 0;
      y = 0;
      for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        {
          int w;
          int h;

          if (!gtk_widget_should_layout (child))
            continue;
          w = beside ? child_width (self, n, index, width) : width;
          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &h, NULL, NULL, NULL);
          w = MAX (w, h);
          gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, w, NULL, &h, NULL, NULL);
          if (pass == 1 && place)
            gtk_widget_size_allocate (
                child, &(GtkAllocation){ x, y, w, beside && self->even ? MAX (h, tallest) : h },
                -1);
          tallest = MAX (tallest, h);
          if (beside)
            x += w + self->spacing;
          else
            y += h + self->spacing;
          index++;
        }
    }
  return beside ? tallest : MAX (0, y - self->spacing);
}

static void
sat_columns_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  SatColumnsLayout *self = SAT_COLUMNS_LAYOUT (manager);
  int n = count (widget);

  *minimum = 0;
  *natural = 0;
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
      *natural = MAX (*natural, nat_width);
    }
  if (n > 1)
    *natural = MAX (self->threshold, *natural * n);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      int width = for_size >= 0 ? MAX (for_size, *minimum) : *natural;

      *minimum = arrange (self, widget, width, FALSE);
      *natural = *minimum;
    }
}

static void
sat_columns_layout_allocate (
    GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  arrange (SAT_COLUMNS_LAYOUT (manager), widget, width, TRUE);
}

static GtkSizeRequestMode
sat_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sat_columns_layout_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SatColumnsLayout *self = SAT_COLUMNS_LAYOUT (object);

  switch (id)
    {
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_EVEN:
      self->even = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sat_columns_layout_class_init (SatColumnsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = sat_columns_layout_set_property;
  layout_class->measure = sat_columns_layout_measure;
  layout_class->allocate = sat_columns_layout_allocate;
  layout_class->get_request_mode = sat_columns_layout_get_request_mode;

  properties[PROP_THRESHOLD] = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 760, flags);
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 24, flags);
  properties[PROP_EVEN] = g_param_spec_boolean ("even", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sat_columns_layout_init (SatColumnsLayout *self)
{
}
