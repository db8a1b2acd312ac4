/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sync/sat-sync-indicator.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-util.h"
#include "gtk-app/sat-value-text.h"
#include "gtk-app/sync/sat-child.h"
#include "gtk-app/sync/sat-hub-dialog.h"
#include "gtk-app/sync/sat-sync-clock.h"

#define CLOCK_SECONDS 30 /* how often “5 minutes ago” is said anew */

typedef enum
{
  RUN_SYNC,
  RUN_WRITE, /* a file */
  RUN_READ,
} Run;

struct _SatSyncIndicator
{
  GtkWidget parent_instance;

  GtkImage *icon;
  GtkLabel *state;
  GtkLabel *waiting;
  GtkButton *start;
  GtkButton *stop;
  GtkProgressBar *bar;
  GtkLabel *problem;
  GtkButton *answer;

  SatService *service;
  SatStatus *status;
  gint64 now_ms;   /* when `status` was read, by the workspace's clock */
  gint64 read_at;  /* the same instant by the monotonic clock */
  SatChild *child; /* the run under way, or NULL */
  Run run;         /* what it does */
  GCancellable *reading;
  guint clock;
  SatSyncClock *automatic;  /* NULL: only when asked */
  gboolean unasked;         /* the run under way is the clock's */
  SatHubQuestion *question; /* that the last run ended with, or NULL */
  SatHubAnswer answered;    /* since the last run that ended well */
  SatHubDialog *dialog;     /* that asks the question, or NULL */
};

G_DEFINE_FINAL_TYPE (SatSyncIndicator, sat_sync_indicator, GTK_TYPE_WIDGET)

enum
{
  SYNCED,
  STATUS,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- how things stand ---------------------------------------------------------------------- */

typedef struct
{
  SatStatus *status;
  gint64 now_ms;
} Standing;

static void
standing_free (gpointer data)
{
  Standing *standing = data;

  g_clear_pointer (&standing->status, sat_status_free);
  g_free (standing);
}

static gpointer
read_status (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatStatus *status = sat_workspace_status (workspace, error);
  Standing *standing;

  if (status == NULL)
    return NULL;
  standing = g_new0 (Standing, 1);
  standing->status = status;
  standing->now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  return standing;
}

static void
show_state (SatSyncIndicator *self)
{
  g_autofree char *text = NULL;
  g_autofree char *waiting = NULL;

  if (self->child != NULL || self->status == NULL)
    return;
  if (self->status->last_sync_ms > 0)
    {
      gint64 passed = (g_get_monotonic_time () - self->read_at) / 1000;
      g_autofree char *ago = sat_time_ago_text (self->status->last_sync_ms, self->now_ms + passed);

      /* Translators: %s is a time: “5 minutes ago”. */
      text = g_strdup_printf (_ ("Synced %s"), ago);
    }
  else
    text = g_strdup (_ ("Never synced"));
  if (self->status->pending > 0)
    {
      g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, self->status->pending);
      g_autofree char *number = sat_number_text (digits);

      /* Translators: %s is the number of changes. */
      waiting = g_strdup_printf (
          ngettext ("%s change to send", "%s changes to send", (gulong) self->status->pending),
          number);
    }
  gtk_label_set_label (self->state, text);
  gtk_label_set_label (self->waiting, waiting != NULL ? waiting : _ ("Nothing to send"));
}

static void
status_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SatSyncIndicator) self = data;
  Standing *standing = sat_service_finish (SAT_SERVICE (source), result, NULL);

  if (standing == NULL)
    return;
  g_clear_pointer (&self->status, sat_status_free);
  self->status = g_steal_pointer (&standing->status);
  self->now_ms = standing->now_ms;
  self->read_at = g_get_monotonic_time ();
  standing_free (standing);
  if (self->automatic != NULL)
    sat_sync_clock_set_waiting (self->automatic, self->status->pending, self->status->hub);
  show_state (self);
  g_signal_emit (self, signals[STATUS], 0, (int) self->status->n_conflicts);
}

static void
reload (SatSyncIndicator *self)
{
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  sat_service_read (self->service, read_status, NULL, NULL, standing_free, self->reading, status_cb,
                    g_object_ref (self));
}

static gboolean
clock_cb (gpointer data)
{
  show_state (data);
  return G_SOURCE_CONTINUE;
}

/* ---- a run --------------------------------------------------------------------------------- */

static const char *
phase_text (const char *phase)
{
  static const struct
  {
    const char *phase;
    const char *text;
  } phases[] = {
    { "seal", N_ ("Packing changes…") },  { "fetch", N_ ("Receiving changes…") },
    { "apply", N_ ("Merging changes…") }, { "merge", N_ ("Merging notes…") },
    { "push", N_ ("Sending changes…") },  { "index", N_ ("Updating the search…") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (phases); i++)
    if (g_strcmp0 (phases[i].phase, phase) == 0)
      return _ (phases[i].text);
  return _ ("Syncing…");
}

static void
show_running (SatSyncIndicator *self, gboolean running)
{
  gtk_widget_set_visible (GTK_WIDGET (self->bar), running);
  gtk_widget_set_visible (GTK_WIDGET (self->stop), running);
  gtk_widget_set_visible (GTK_WIDGET (self->start), !running);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), !running);
  if (running)
    gtk_widget_hide (GTK_WIDGET (self->problem));
  gtk_widget_set_visible (GTK_WIDGET (self->answer), !running && self->question != NULL);
}

static void
progress_cb (SatSyncIndicator *self, const char *phase, double fraction)
{
  gtk_label_set_label (self->state, phase_text (phase));
  if (fraction < 0)
    gtk_progress_bar_pulse (self->bar);
  else
    gtk_progress_bar_set_fraction (self->bar, fraction);
}

static void
show_problem (SatSyncIndicator *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), text);
  gtk_widget_show (GTK_WIDGET (self->problem));
}

static void
toast_result (SatSyncIndicator *self, SatChild *child)
{
  gint64 received = sat_child_get_number (child, NULL, "applied");
  gint64 sent = sat_child_get_number (child, "sent", "change_sets");
  gint64 quarantined = sat_child_get_number (child, NULL, "quarantined");
  const char *text = _ ("Changes exchanged");

  if (quarantined > 0)
    {
      g_autofree char *unread = g_strdup_printf (
          ngettext ("%d device sent something that cannot be read; “satchel doctor” says more",
                    "%d devices sent something that cannot be read; “satchel doctor” says more",
                    (gulong) quarantined),
          (int) quarantined);

      show_problem (self, unread);
    }
  /* What was not asked for is not told: the list shows what came. */
  if (self->unasked)
    return;
  if (self->run == RUN_WRITE)
    text = _ ("The file is written");
  else if (received == 0 && sent == 0)
    text = self->run == RUN_READ ? _ ("Nothing new in the file") : _ ("Everything is up to date");
  else if (self->run == RUN_READ)
    text = _ ("Changes taken in from the file");
  sat_toast (GTK_WIDGET (self), text, NULL, NULL, NULL, NULL);
}

/* ---- questions ----------------------------------------------------------------------------- */

static void
answered_cb (SatSyncIndicator *self)
{
  sat_hub_dialog_take (self->dialog, &self->answered);
  sat_sync_indicator_start (self);
}

static void
ask (SatSyncIndicator *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->question == NULL || self->dialog != NULL || self->child != NULL)
    return;
  g_set_weak_pointer (&self->dialog, sat_hub_dialog_new (GTK_WINDOW (root), self->question, NULL));
  g_signal_connect_object (self->dialog, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (self->dialog));
}

/* A run that nobody asked for waits with its question until somebody looks. */
static void
take_failure (SatSyncIndicator *self, SatChild *child)
{
  const SatHubQuestion *question = sat_child_get_question (child);
  g_autofree char *text = question != NULL ? sat_hub_question_text (question) : NULL;

  show_problem (self, text != NULL ? text : sat_child_get_message (child));
  if (question == NULL)
    return;
  self->question = sat_hub_question_copy (question);
  gtk_widget_show (GTK_WIDGET (self->answer));
  if (!self->unasked)
    ask (self);
}

static void
finished_cb (SatSyncIndicator *self)
{
  g_autoptr (SatChild) child = g_steal_pointer (&self->child);

  show_running (self, FALSE);
  if (self->automatic != NULL && self->run == RUN_SYNC)
    sat_sync_clock_ended (self->automatic, sat_child_get_state (child) != SAT_CHILD_FAILED);
  switch (sat_child_get_state (child))
    {
    case SAT_CHILD_DONE:
    case SAT_CHILD_WAITS:
      sat_hub_answer_clear (&self->answered);
      toast_result (self, child);
      g_signal_emit (self, signals[SYNCED], 0);
      break;
    case SAT_CHILD_FAILED:
      take_failure (self, child);
      break;
    case SAT_CHILD_CANCELLED:
    case SAT_CHILD_RUNNING:
    default:
      break;
    }
  self->unasked = FALSE;
  show_state (self);
  reload (self);
}

/* Nothing else is under way. ARGS ends with NULL. */
static void
start_run (SatSyncIndicator *self, Run run, const char *const *args, const char *input)
{
  gtk_label_set_label (self->state, run == RUN_SYNC ? _ ("Syncing…") : _ ("Packing changes…"));
  gtk_progress_bar_set_fraction (self->bar, 0);
  g_clear_pointer (&self->question, sat_hub_question_free);
  self->run = run;
  self->child = sat_child_start_with (sat_service_home (self->service), args, input);
  g_signal_connect_object (self->child, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->child, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);
  show_running (self, TRUE);
}

void
sat_sync_indicator_start (SatSyncIndicator *self)
{
  g_autoptr (GPtrArray) args = g_ptr_array_new ();
  g_autofree char *input = sat_hub_answer_input (&self->answered);

  if (self->child != NULL || self->service == NULL)
    return;
  g_ptr_array_add (args, (gpointer) "sync");
  g_ptr_array_add (args, (gpointer) "--progress");
  g_ptr_array_add (args, (gpointer) "--json");
  sat_hub_answer_args (&self->answered, args);
  g_ptr_array_add (args, NULL);
  start_run (self, RUN_SYNC, (const char *const *) args->pdata, input);
}

void
sat_sync_indicator_write_file (SatSyncIndicator *self, const char *path)
{
  const char *args[] = { "bundle", "export", "--progress", "--json", "--", path, NULL };

  if (self->child == NULL && self->service != NULL)
    start_run (self, RUN_WRITE, args, NULL);
}

void
sat_sync_indicator_read_file (SatSyncIndicator *self, const char *path)
{
  const char *args[] = { "bundle", "import", "--progress", "--json", "--", path, NULL };

  if (self->child == NULL && self->service != NULL)
    start_run (self, RUN_READ, args, NULL);
}

void
sat_sync_indicator_start_unasked (SatSyncIndicator *self)
{
  if (self->child != NULL || self->dialog != NULL)
    return;
  self->unasked = TRUE;
  sat_sync_indicator_start (self);
}

void
sat_sync_indicator_set_automatic (SatSyncIndicator *self)
{
  if (self->automatic != NULL)
    return;
  self->automatic = sat_sync_clock_new ();
  g_signal_connect_object (self->automatic, "due", G_CALLBACK (sat_sync_indicator_start_unasked),
                           self, G_CONNECT_SWAPPED);
  if (self->status != NULL)
    sat_sync_clock_set_waiting (self->automatic, self->status->pending, self->status->hub);
}

static void
left_cb (SatChild *child)
{
  g_application_release (g_application_get_default ());
  g_object_unref (child);
}

void
sat_sync_indicator_close (SatSyncIndicator *self)
{
  const char *args[] = { "sync", "--quiet", "--timeout", "300", NULL };

  if (self->automatic == NULL)
    return;
  if (self->child != NULL)
    {
      /* The program ends with it, unseen. */
      g_signal_handlers_disconnect_by_data (self->child, self);
      g_application_hold (g_application_get_default ());
      g_signal_connect (self->child, "finished", G_CALLBACK (left_cb), NULL);
      self->child = NULL;
    }
  else if (sat_sync_clock_at_end (self->automatic))
    sat_child_leave (sat_service_home (self->service), args);
}

void
sat_sync_indicator_log_out (SatSyncIndicator *self)
{
  const char *args[] = { "sync", "--quiet", "--timeout", "60", NULL };

  if (self->automatic != NULL && self->child == NULL && sat_sync_clock_at_end (self->automatic))
    sat_child_leave (sat_service_home (self->service), args);
}

void
sat_sync_indicator_stop (SatSyncIndicator *self)
{
  if (self->child != NULL)
    sat_child_cancel (self->child);
}

gboolean
sat_sync_indicator_is_running (SatSyncIndicator *self)
{
  return self->child != NULL;
}

const char *
sat_sync_indicator_get_workspace (SatSyncIndicator *self)
{
  return self->status != NULL && self->status->workspace != NULL ? self->status->workspace : "";
}

const char *
sat_sync_indicator_get_hub (SatSyncIndicator *self)
{
  return self->status != NULL ? self->status->hub : NULL;
}

const char *
sat_sync_indicator_get_user (SatSyncIndicator *self)
{
  return self->status != NULL && self->status->user_name != NULL ? self->status->user_name : "";
}

/* ---- the widget ---------------------------------------------------------------------------- */

static void
answer_cb (SatSyncIndicator *self)
{
  ask (self);
}

static void
stop_cb (SatSyncIndicator *self)
{
  sat_sync_indicator_stop (self);
}

static void
sat_sync_indicator_dispose (GObject *object)
{
  SatSyncIndicator *self = SAT_SYNC_INDICATOR (object);
  GtkWidget *child;

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_object (&self->automatic);
  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
  g_clear_weak_pointer (&self->dialog);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  if (self->child != NULL)
    sat_child_cancel (self->child);
  g_clear_object (&self->child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sat_sync_indicator_parent_class)->dispose (object);
}

static void
sat_sync_indicator_finalize (GObject *object)
{
  SatSyncIndicator *self = SAT_SYNC_INDICATOR (object);

  g_clear_pointer (&self->status, sat_status_free);
  g_clear_pointer (&self->question, sat_hub_question_free);
  sat_hub_answer_clear (&self->answered);
  g_clear_object (&self->reading);
  g_clear_object (&self->service);
  G_OBJECT_CLASS (sat_sync_indicator_parent_class)->finalize (object);
}

static void
sat_sync_indicator_class_init (SatSyncIndicatorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sat_sync_indicator_dispose;
  G_OBJECT_CLASS (klass)->finalize = sat_sync_indicator_finalize;

  signals[SYNCED] = g_signal_new ("synced", SAT_TYPE_SYNC_INDICATOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  signals[STATUS] = g_signal_new ("status", SAT_TYPE_SYNC_INDICATOR, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               SAT_RESOURCE_ROOT "/sync/sat-sync-indicator.ui");
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, icon);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, state);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, waiting);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, start);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, stop);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, bar);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, problem);
  gtk_widget_class_bind_template_child (widget_class, SatSyncIndicator, answer);
  gtk_widget_class_bind_template_callback (widget_class, answer_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_cb);
}

static void
sat_sync_indicator_init (SatSyncIndicator *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  sat_name_widget (GTK_WIDGET (self->bar), _ ("Progress of the exchange"));
}

void
sat_sync_indicator_set_service (SatSyncIndicator *self, SatService *service)
{
  g_return_if_fail (self->service == NULL);

  self->service = g_object_ref (service);
  g_signal_connect_object (service, "changed", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  self->clock = g_timeout_add_seconds (CLOCK_SECONDS, clock_cb, self);
  reload (self);
}
