/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person feels at the window: how soon there is something to see, and for how long the
 * window is deaf while they scroll, jump and search.
 *
 *   bench-window HOME [LABEL]     prints lines: NAME | VALUE | UNIT | GOAL | lower or higher
 *
 * Wants a display. Frames are timed from before-paint to after-paint of the frame clock; deafness
 * is by how much a timer of one millisecond is late. */
#include <adwaita.h>
#include <stdlib.h>
#include <time.h>

#include "gtk-app/model/sat-row.h"
#include "gtk-app/sat-application.h"
#include "gtk-app/window/sat-window.h"

#define SCROLL_FRAMES 300
#define SCROLL_STEP 70
#define JUMPS 100
#define JUMP_FRAMES 4
#define PAUSE_FRAMES 150

typedef enum
{
  STARTING,
  SCROLLING,
  JUMPING,
  SEARCHING,
  DONE,
} Stage;

typedef struct
{
  gint64 begin; /* of the process */
  const char *label;
  GtkApplication *application;
  SatWindow *window;
  GtkScrolledWindow *scroller;
  Stage stage;
  guint frames;  /* of the stage */
  gint64 paint;  /* before-paint of this frame */
  gint64 beat;   /* when the timer last went off */
  GArray *times; /* double, ms: of frames, of the stage */
  GArray *late;  /* double, ms: of the timer, of the stage */
  GRand *chance;
} Bench;

static const char *const words[] = { "a", "王", "王芳", "021", "上海", "" };

/* Microseconds that this thread has worked. */
static gint64
worked (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const double *x = a;
  const double *y = b;

  return (*x > *y) - (*x < *y);
}

static double
quantile (GArray *times, double part)
{
  if (times->len == 0)
    return 0;
  g_array_sort (times, compare);
  return g_array_index (times, double, (guint) (part * (times->len - 1)));
}

static void
print (Bench *bench, const char *what, double ms, const char *goal)
{
  g_print ("window, %s: %s|%.2f|ms|%s|lower\n", bench->label, what, ms, goal);
}

static void
next_stage (Bench *bench, Stage stage)
{
  g_array_set_size (bench->times, 0);
  g_array_set_size (bench->late, 0);
  bench->stage = stage;
  bench->frames = 0;
}

/* ---- finding things ---------------------------------------------------------------------------
 */

static GtkWidget *
find (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (!gtk_widget_get_mapped (child))
        continue;
      found = g_type_is_a (G_OBJECT_TYPE (child), type) ? child : find (child, type);
      if (found != NULL)
        return found;
    }
  return NULL;
}

/* A list is there with its first record read, or the page says that there is none. */
static gboolean
something_to_see (Bench *bench)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (bench->window));
  GtkWidget *view = find (page, GTK_TYPE_COLUMN_VIEW);
  GtkSelectionModel *model;
  g_autoptr (GObject) first = NULL;

  if (view == NULL)
    return find (page, ADW_TYPE_STATUS_PAGE) != NULL;
  model = gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  if (model == NULL || g_list_model_get_n_items (G_LIST_MODEL (model)) == 0)
    return FALSE;
  bench->scroller = GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW));
  first = g_list_model_get_item (G_LIST_MODEL (model), 0);
  return sat_row_get_record (SAT_ROW (first)) != NULL;
}

/* ---- stages ------------------------------------------------------------------------------------
 */

static void
scroll (Bench *bench)
{
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (bench->scroller);

  gtk_adjustment_set_value (at, gtk_adjustment_get_value (at) + SCROLL_STEP);
  if (bench->frames < SCROLL_FRAMES)
    return;
  print (bench, "a frame while scrolling, p50", quantile (bench->times, 0.5), "");
  print (bench, "a frame while scrolling, p99", quantile (bench->times, 0.99), "16.7");
  next_stage (bench, JUMPING);
}

static void
jump (Bench *bench)
{
  GtkAdjustment *at = gtk_scrolled_window_get_vadjustment (bench->scroller);
  double range = gtk_adjustment_get_upper (at) - gtk_adjustment_get_page_size (at);

  if (bench->frames % JUMP_FRAMES == 0)
    gtk_adjustment_set_value (at, g_rand_double (bench->chance) * range);
  if (bench->frames < JUMPS * JUMP_FRAMES)
    return;
  print (bench, "a frame while jumping about, p99", quantile (bench->times, 0.99), "60");
  gtk_adjustment_set_value (at, 0);
  next_stage (bench, SEARCHING);
}

static void
search (Bench *bench)
{
  GtkWidget *page = GTK_WIDGET (sat_window_get_page (bench->window));
  guint word = bench->frames / PAUSE_FRAMES;

  if (word >= G_N_ELEMENTS (words))
    {
      print (bench, "deaf while searching, p99", quantile (bench->late, 0.99), "16.7");
      print (bench, "deaf while searching, longest", quantile (bench->late, 1), "");
      next_stage (bench, DONE);
    }
  else if (bench->frames % PAUSE_FRAMES == 0)
    gtk_editable_set_text (GTK_EDITABLE (find (page, GTK_TYPE_SEARCH_ENTRY)), words[word]);
}

static void
start (Bench *bench)
{
  if (!something_to_see (bench))
    return;
  print (bench, "from start to something to see",
         (double) (g_get_monotonic_time () - bench->begin) / 1e3, "");
  next_stage (bench, bench->scroller != NULL ? SCROLLING : DONE);
}

static void
before_paint_cb (Bench *bench)
{
  bench->paint = worked ();
}

static void
after_paint_cb (Bench *bench)
{
  double ms = (double) (worked () - bench->paint) / 1e3;

  g_array_append_val (bench->times, ms);
}

static gboolean
beat_cb (gpointer data)
{
  Bench *bench = data;
  gint64 now = worked ();
  double ms = (double) (now - bench->beat) / 1e3;

  if (bench->beat != 0)
    g_array_append_val (bench->late, ms);
  bench->beat = now;
  return G_SOURCE_CONTINUE;
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  switch (bench->stage)
    {
    case STARTING:
      start (bench);
      break;
    case SCROLLING:
      scroll (bench);
      break;
    case JUMPING:
      jump (bench);
      break;
    case SEARCHING:
      search (bench);
      break;
    case DONE:
    default:
      gtk_window_destroy (GTK_WINDOW (bench->window));
      return G_SOURCE_REMOVE;
    }
  bench->frames++;
  return G_SOURCE_CONTINUE;
}

static void
activated_cb (Bench *bench)
{
  GtkWindow *window = gtk_application_get_active_window (bench->application);
  GdkFrameClock *clock;

  bench->window = SAT_WINDOW (window);
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (window));
  g_signal_connect_swapped (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect_swapped (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  gtk_widget_add_tick_callback (GTK_WIDGET (window), tick_cb, bench, NULL);
  g_timeout_add (1, beat_cb, bench);
}

int
main (int argc, char **argv)
{
  Bench bench = { .begin = g_get_monotonic_time () };
  g_autoptr (SatApplication) application = NULL;

  if (argc < 2)
    {
      g_printerr ("bench-window HOME [LABEL]\n");
      return 2;
    }
  bench.label = argc > 2 ? argv[2] : "list";
  bench.times = g_array_new (FALSE, FALSE, sizeof (double));
  bench.late = g_array_new (FALSE, FALSE, sizeof (double));
  bench.chance = g_rand_new_with_seed (1);
  sat_application_set_up_language ();
  application = sat_application_new ();
  bench.application = GTK_APPLICATION (application);
  sat_application_set_home (application, argv[1]);
  g_signal_connect_data (application, "activate", G_CALLBACK (activated_cb), &bench, NULL,
                         G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_application_run (G_APPLICATION (application), 1, argv);
  g_array_unref (bench.times);
  g_array_unref (bench.late);
  g_rand_free (bench.chance);
  return 0;
}
