/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The threads behind a window: results come back to the main loop, writes keep their order, changes
 * are told whoever made them, and nothing handed over is lost or freed twice. */
#include "core/workspace/sat-service.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatService *service;
  SatWorkspace *other; /* a second handle, as another process has */
  guint changed;
  GPtrArray *log; /* what came back, in order */
  int freed;      /* atomic */
} Bed;

static void
changed_cb (Bed *bed)
{
  bed->changed++;
}

static void
bed_init (Bed *bed)
{
  SatWorkspace *laptop;
  g_autofree char *home = NULL;
  GError *error = NULL;

  bed->freed = 0;
  bed->changed = 0;
  bed->log = g_ptr_array_new_with_free_func (g_free);
  world_init (&bed->world);
  sat_catalogue_unref (bed->world.catalogue); /* the service opens with the built-in one */
  bed->world.catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  world_found (&bed->world, NULL);
  laptop = world_join (&bed->world, "wang");
  home = g_strdup (sat_workspace_home (laptop));
  sat_workspace_close (laptop);
  bed->other = sat_workspace_open (home, NULL, NULL, &error);
  g_assert_no_error (error);
  bed->service = sat_service_new (home, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (sat_service_home (bed->service), ==, home);
  g_signal_connect_swapped (bed->service, "changed", G_CALLBACK (changed_cb), bed);
}

static void
bed_clear (Bed *bed)
{
  g_assert_finalize_object (bed->service);
  sat_workspace_close (bed->other);
  g_ptr_array_unref (bed->log);
  world_clear (&bed->world);
}

static void
wait_log (Bed *bed, guint n)
{
  while (bed->log->len < n)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- jobs ---------------------------------------------------------------------------------- */

typedef struct
{
  Bed *bed;
  const char *name;
} Job;

static Job *
job_new (Bed *bed, const char *name)
{
  Job *job = g_new0 (Job, 1);

  job->bed = bed;
  job->name = name;
  return job;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  g_atomic_int_inc (&job->bed->freed);
  g_free (job);
}

static gpointer
count_job (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  SatQuery query = { .object = world_object (workspace, "customer"), .limit = -1 };

  return g_strdup_printf ("%" G_GINT64_FORMAT, sat_workspace_count (workspace, &query, error));
}

static gpointer
save_job (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  Job *job = data;
  const SatObject *object = world_object (workspace, "customer");
  g_autoptr (SatDraft) draft = sat_draft_new (object);
  SatId id;

  sat_draft_set (draft, sat_object_find (object, "name"), job->name);
  return sat_workspace_save (workspace, draft, &id, error) ? g_strdup (job->name) : NULL;
}

static gpointer
fail_job (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  sat_fail (error, SAT_ERROR_INVALID, "no %s", "luck", NULL);
  return NULL;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Bed *bed = data;
  g_autoptr (GError) error = NULL;
  char *text = sat_service_finish (SAT_SERVICE (source), result, &error);

  g_ptr_array_add (bed->log, text != NULL ? text : g_strdup (error->message));
}

static const char *
logged (Bed *bed, guint index)
{
  return g_ptr_array_index (bed->log, index);
}

/* ---- tests --------------------------------------------------------------------------------- */

static void
test_read_and_write (void)
{
  Bed bed;

  bed_init (&bed);
  sat_service_read (bed.service, count_job, job_new (&bed, ""), job_free, g_free, NULL, done_cb,
                    &bed);
  wait_log (&bed, 1);
  g_assert_cmpstr (logged (&bed, 0), ==, "0");

  sat_service_write (bed.service, save_job, job_new (&bed, "Acme"), job_free, g_free, NULL, done_cb,
                     &bed);
  wait_log (&bed, 2);
  g_assert_cmpstr (logged (&bed, 1), ==, "Acme");
  sat_service_read (bed.service, count_job, job_new (&bed, ""), job_free, g_free, NULL, done_cb,
                    &bed);
  wait_log (&bed, 3);
  g_assert_cmpstr (logged (&bed, 2), ==, "1");

  sat_service_read (bed.service, fail_job, NULL, NULL, g_free, NULL, done_cb, &bed);
  wait_log (&bed, 4);
  g_assert_cmpstr (logged (&bed, 3), ==, "no luck");
  g_assert_cmpint (bed.freed, ==, 3);
  bed_clear (&bed);
}

static void
test_order (void)
{
  static const char *const names[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  Bed bed;

  bed_init (&bed);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    sat_service_write (bed.service, save_job, job_new (&bed, names[i]), job_free, g_free, NULL,
                       done_cb, &bed);
  wait_log (&bed, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (logged (&bed, i), ==, names[i]);
  bed_clear (&bed);
}

/* A job cancelled before its turn is not run, yet its data is freed; its error says so. */
static void
test_cancel (void)
{
  Bed bed;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  SatQuery query = { 0 };

  bed_init (&bed);
  g_cancellable_cancel (cancellable);
  sat_service_write (bed.service, save_job, job_new (&bed, "never"), job_free, g_free, cancellable,
                     done_cb, &bed);
  wait_log (&bed, 1);
  g_assert_cmpint (bed.freed, ==, 1);
  query.object = world_object (bed.other, "customer");
  query.limit = -1;
  g_assert_cmpint (sat_workspace_count (bed.other, &query, NULL), ==, 0);
  bed_clear (&bed);
}

static void
wait_changed (Bed *bed)
{
  guint before = bed->changed;

  while (bed->changed == before)
    g_main_context_iteration (NULL, TRUE);
}

/* Told of own writes at once, and of those of others. */
static void
test_changed (void)
{
  Bed bed;

  bed_init (&bed);
  sat_service_write (bed.service, save_job, job_new (&bed, "ours"), job_free, g_free, NULL, done_cb,
                     &bed);
  wait_changed (&bed);
  wait_log (&bed, 1);
  /* Let what our own write caused come to rest, then write as another process does. */
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  record_new (bed.other, "customer", "name", "theirs", NULL);
  wait_changed (&bed);
  sat_service_read (bed.service, count_job, job_new (&bed, ""), job_free, g_free, NULL, done_cb,
                    &bed);
  wait_log (&bed, 2);
  g_assert_cmpstr (logged (&bed, 1), ==, "2");
  bed_clear (&bed);
}

/* Work handed over just before the end is finished, and nobody is left behind. */
static void
test_end (void)
{
  Bed bed;

  bed_init (&bed);
  for (guint i = 0; i < 20; i++)
    sat_service_read (bed.service, count_job, job_new (&bed, ""), job_free, g_free, NULL, done_cb,
                      &bed);
  wait_log (&bed, 20);
  g_assert_cmpint (bed.freed, ==, 20);
  bed_clear (&bed);
}

static void
test_nothing_there (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sat_service_new ("/nonexistent/satchel", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/service/read-and-write", test_read_and_write);
  g_test_add_func ("/service/order", test_order);
  g_test_add_func ("/service/cancel", test_cancel);
  g_test_add_func ("/service/changed", test_changed);
  g_test_add_func ("/service/end", test_end);
  g_test_add_func ("/service/nothing-there", test_nothing_there);
  return g_test_run ();
}
