/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads behind a program's window. One writer thread takes jobs in order; a few readers share
 * a queue. Each thread owns one SatWorkspace and nobody else touches it. Readers open theirs when
 * their first job comes; the writer's is the one that sat_service_new opened.
 *
 * A job travels: main context -> queue -> thread -> back to the main context, where its GTask
 * returns and every reference is dropped. So the service is never finalized on one of its own
 * threads.
 *
 * The first reader also asks every POLL_MS whether anything was committed by whomever. */
#include "core/workspace/sat-service.h"

#include "core/base/sat-handover.h"
#include "core/workspace/sat-workspace-log.h"
#include "core/workspace/sat-workspace-shape.h"

#define N_READERS 3
#define POLL_MS 400

typedef struct
{
  GTask *task; /* NULL: the thread ends */
  SatServiceFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  gpointer result;
  GError *error;
} Job;

/* What a thread has; it lives as long as the service. */
typedef struct
{
  SatService *service; /* not a reference */
  GThread *thread;
  GAsyncQueue *queue; /* owned by the service */
  SatWorkspace *workspace;
  gboolean writes;
  gboolean polls;
  gboolean signed_in; /* the operation log says that the program is in use today */
  guint64 token;
} Worker;

struct _SatService
{
  GObject parent_instance;

  char *home;
  SatCatalogue *base;            /* keeps every catalogue alive that was made from it */
  const SatCatalogue *catalogue; /* what holds; of the main context */
  GMainContext *context;
  GAsyncQueue *reads;
  GAsyncQueue *writes;
  Worker workers[N_READERS + 1];

  GMutex lock;               /* guards what follows */
  GSource *notice;           /* the pending "changed", or NULL */
  const SatCatalogue *found; /* the newest that a thread has met */
};

G_DEFINE_FINAL_TYPE (SatService, sat_service, G_TYPE_OBJECT)

enum
{
  CHANGED,
  RESHAPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
lock (SatService *self)
{
  g_mutex_lock (&self->lock);
  sat_handover_take (&self->lock);
}

static void
unlock (SatService *self)
{
  sat_handover_give (&self->lock);
  g_mutex_unlock (&self->lock);
}

static gboolean
notice_cb (gpointer data)
{
  SatService *self = data;
  const SatCatalogue *found;

  lock (self);
  g_clear_pointer (&self->notice, g_source_unref);
  found = self->found;
  unlock (self);

  g_object_ref (self);
  if (found != self->catalogue)
    {
      self->catalogue = found;
      g_signal_emit (self, signals[RESHAPED], 0);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* From any thread: "changed" will be emitted in the main context, once however often this is called
 * before it gets there. The source holds no reference; finalize takes it away. */
static void
notice_change (SatService *self, const SatWorkspace *workspace)
{
  lock (self);
  if (workspace != NULL)
    self->found = sat_workspace_catalogue (workspace);
  if (self->notice == NULL)
    {
      self->notice = g_idle_source_new ();
      g_source_set_priority (self->notice, G_PRIORITY_DEFAULT);
      g_source_set_callback (self->notice, notice_cb, self, NULL);
      g_source_attach (self->notice, self->context);
    }
  unlock (self);
}

static void
job_free (Job *job)
{
  if (job->result != NULL && job->free_result != NULL)
    job->free_result (job->result);
  g_clear_error (&job->error);
  g_clear_object (&job->task);
  g_free (job);
}

/* In the main context. The task checks its cancellable itself and then drops the result. */
static gboolean
job_return_cb (gpointer data)
{
  Job *job = data;

  sat_handover_take (job);
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->free_result);
  return G_SOURCE_REMOVE;
}

static void
job_run (Worker *worker, Job *job)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  g_autoptr (GSource) source = NULL;

  if (!g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    {
      if (worker->workspace == NULL)
        worker->workspace = sat_workspace_open (worker->service->home, NULL, worker->service->base,
                                                &job->error);
      /* Who only reads keeps to what holds now; the writer follows by itself. */
      if (worker->workspace != NULL &&
          (worker->writes || sat_workspace_follow (worker->workspace, &job->error)))
        job->result = job->func (worker->workspace, job->data, cancellable, &job->error);
    }
  if (job->data != NULL && job->free_data != NULL)
    job->free_data (job->data);
  job->data = NULL;

  if (worker->writes)
    {
      if (worker->workspace != NULL)
        sat_workspace_follow (worker->workspace, NULL);
      notice_change (worker->service, worker->workspace);
    }

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, job_return_cb, job, (GDestroyNotify) job_free);
  sat_handover_give (job);
  g_source_attach (source, worker->service->context);
}

static void
poll_changes (Worker *worker)
{
  if (worker->workspace == NULL)
    worker->workspace = sat_workspace_open (worker->service->home, NULL, worker->service->base,
                                            NULL);
  /* Here, where nothing waits for it; what cannot be written today is tried tomorrow. */
  if (worker->workspace != NULL && !worker->signed_in)
    {
      worker->signed_in = TRUE;
      sat_workspace_sign_in (worker->workspace, NULL);
    }
  if (worker->workspace == NULL || !sat_workspace_moved (worker->workspace, &worker->token))
    return;
  sat_workspace_follow (worker->workspace, NULL);
  notice_change (worker->service, worker->workspace);
}

/* The next job, or NULL when it is time to look for changes. */
static Job *
next_job (Worker *worker, gint64 *next_poll)
{
  gint64 now;

  if (!worker->polls)
    return g_async_queue_pop (worker->queue);

  now = g_get_monotonic_time ();
  if (now >= *next_poll)
    {
      *next_poll = now + POLL_MS * G_TIME_SPAN_MILLISECOND;
      return NULL;
    }
  return g_async_queue_timeout_pop (worker->queue, (guint64) (*next_poll - now));
}

static gpointer
worker_main (gpointer data)
{
  Worker *worker = data;
  gint64 next_poll = 0;

  for (;;)
    {
      Job *job = next_job (worker, &next_poll);

      if (job == NULL)
        {
          poll_changes (worker);
          continue;
        }
      sat_handover_take (job);
      if (job->task == NULL)
        {
          job_free (job);
          break;
        }
      job_run (worker, job);
    }
  g_clear_pointer (&worker->workspace, sat_workspace_close);
  return NULL;
}

static void
worker_start (SatService *self, guint index, const char *name)
{
  Worker *worker = &self->workers[index];

  worker->service = self;
  worker->writes = index == N_READERS;
  worker->polls = index == 0;
  worker->queue = worker->writes ? self->writes : self->reads;
  worker->thread = g_thread_new (name, worker_main, worker);
}

static void
sat_service_finalize (GObject *object)
{
  SatService *self = SAT_SERVICE (object);

  for (guint i = 0; i <= N_READERS; i++)
    if (self->workers[i].thread != NULL)
      g_async_queue_push (self->workers[i].queue, g_new0 (Job, 1));
  for (guint i = 0; i <= N_READERS; i++)
    if (self->workers[i].thread != NULL)
      g_thread_join (self->workers[i].thread);
  if (self->notice != NULL)
    g_source_destroy (self->notice);
  g_clear_pointer (&self->notice, g_source_unref);

  g_clear_pointer (&self->workers[N_READERS].workspace, sat_workspace_close);
  g_clear_pointer (&self->reads, g_async_queue_unref);
  g_clear_pointer (&self->writes, g_async_queue_unref);
  g_clear_pointer (&self->base, sat_catalogue_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_pointer (&self->home, g_free);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (sat_service_parent_class)->finalize (object);
}

static void
sat_service_class_init (SatServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sat_service_finalize;

  signals[RESHAPED] = g_signal_new ("reshaped", SAT_TYPE_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", SAT_TYPE_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
sat_service_init (SatService *self)
{
  g_mutex_init (&self->lock);
  self->context = g_main_context_ref_thread_default ();
  self->reads = g_async_queue_new ();
  self->writes = g_async_queue_new ();
}

SatService *
sat_service_new (const char *home, GError **error)
{
  g_autoptr (SatService) self = g_object_new (SAT_TYPE_SERVICE, NULL);
  SatWorkspace *writer;

  writer = sat_workspace_open (home, NULL, NULL, error);
  if (writer == NULL)
    return NULL;

  self->home = g_strdup (home);
  self->base = sat_catalogue_ref (sat_catalogue_built_in (sat_workspace_catalogue (writer)));
  self->catalogue = self->found = sat_workspace_catalogue (writer);
  self->workers[N_READERS].workspace = writer;
  for (guint i = 0; i < N_READERS; i++)
    worker_start (self, i, "satchel-reader");
  worker_start (self, N_READERS, "satchel-writer");
  return g_steal_pointer (&self);
}

const SatCatalogue *
sat_service_catalogue (SatService *self)
{
  g_return_val_if_fail (SAT_IS_SERVICE (self), NULL);
  return self->catalogue;
}

const char *
sat_service_home (SatService *self)
{
  g_return_val_if_fail (SAT_IS_SERVICE (self), NULL);
  return self->home;
}

static void
submit (SatService *self,
        GAsyncQueue *queue,
        SatServiceFunc func,
        gpointer data,
        GDestroyNotify free_data,
        GDestroyNotify free_result,
        GCancellable *cancellable,
        GAsyncReadyCallback callback,
        gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (job->task, submit);
  job->func = func;
  job->data = data;
  job->free_data = free_data;
  job->free_result = free_result;
  sat_handover_give (job);
  g_async_queue_push (queue, job);
}

void
sat_service_read (SatService *self,
                  SatServiceFunc func,
                  gpointer data,
                  GDestroyNotify free_data,
                  GDestroyNotify free_result,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_return_if_fail (SAT_IS_SERVICE (self));
  submit (self, self->reads, func, data, free_data, free_result, cancellable, callback, user_data);
}

void
sat_service_write (SatService *self,
                   SatServiceFunc func,
                   gpointer data,
                   GDestroyNotify free_data,
                   GDestroyNotify free_result,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_return_if_fail (SAT_IS_SERVICE (self));
  submit (self, self->writes, func, data, free_data, free_result, cancellable, callback, user_data);
}

gpointer
sat_service_finish (SatService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
