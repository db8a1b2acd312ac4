/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any failure ends the program: a figure of something that did not happen is worth nothing. */
#include "bench/bench-satchel.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <time.h>

#include "cli/demo/sat-demo-text.h"

void
bench_must (gboolean done, GError *const *error)
{
  if (done)
    return;
  g_printerr ("bench: %s\n", error && *error ? (*error)->message : "failed");
  exit (1);
}

gint64
bench_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

double
bench_seconds_since (gint64 begin)
{
  return (double) (bench_now () - begin) / 1e6;
}

void
bench_print (const char *name, double value, const char *unit, const char *goal, const char *better)
{
  g_print ("%s|%.3f|%s|%s|%s\n", name, value, unit, goal, better);
}

/* ---- rows ---- */

typedef struct
{
  BenchRow *rows;
  guint at;
} Filling;

static void
fill (const char *field, const char *value, gpointer data)
{
  Filling *filling = data;

  for (guint i = 0; i < BENCH_FIELDS; i++)
    if (g_str_equal (field, bench_fields[i]))
      filling->rows[filling->at].values[i] = g_strdup (value);
}

BenchRow *
bench_rows_new (guint n)
{
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();
  g_autoptr (SatDemoPlan) plan = sat_demo_plan_new (words, n, 1);
  g_autoptr (SatPlatform) machine = sat_platform_new_seeded (1, 0);
  Filling filling = { g_new0 (BenchRow, n), 0 };

  for (; filling.at < n; filling.at++)
    {
      sat_platform_set_now (machine, G_GINT64_CONSTANT (1700000000000) + filling.at);
      sat_id_new (machine, &filling.rows[filling.at].id);
      sat_demo_customer_fields (words, plan, filling.at, fill, &filling);
    }
  return filling.rows;
}

/* ---- two replicas with no hub between them ---- */

static GBytes *
text_of (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  GPtrArray *sealed = data;

  (void) device;
  (void) error;
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      if (one->number == number && g_str_equal (one->book, book))
        return g_bytes_ref (one->text);
    }
  return NULL;
}

double
bench_carry (SatWorkspace *from, SatWorkspace *to, gsize *bytes)
{
  GError *error = NULL;
  SatInboxProgress progress = { 0 };

  bench_must (sat_workspace_seal (from, &error), &error);
  g_autoptr (GPtrArray) sealed = sat_workspace_unpushed (from, G_MAXSIZE, &error);
  bench_must (sealed != NULL, &error);

  gint64 begin = bench_now ();
  g_autoptr (SatInbox) inbox = sat_inbox_new (to, text_of, sealed);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      sat_inbox_offer (inbox, one->book, sat_workspace_device (from));
    }
  while (!progress.done)
    bench_must (sat_inbox_step (inbox, 0, &progress, &error), &error);
  double seconds = bench_seconds_since (begin);

  bench_must (progress.quarantined == 0 && progress.waiting == 0, NULL);
  *bytes = 0;
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);

      *bytes += g_bytes_get_size (one->text);
      bench_must (sat_workspace_mark_pushed (from, one->book, one->number, &error), &error);
    }
  return seconds;
}

double
bench_index_all (SatWorkspace *replica)
{
  gint64 begin = bench_now ();
  GError *error = NULL;
  gboolean more = TRUE;

  while (more)
    bench_must (sat_workspace_index_step (replica, 0, &more, &error), &error);
  return bench_seconds_since (begin);
}

SatWorkspace *
bench_replica_open (const char *dir,
                    const char *name,
                    SatWorkspace *founder,
                    const SatCatalogue *catalogue)
{
  static const char *const books[] = { "customers", NULL };
  g_autofree char *home = g_build_filename (dir, name, NULL);
  GError *error = NULL;
  SatWorkspace *replica = sat_workspace_create (home, NULL, catalogue, "", &error);
  gsize bytes;

  bench_must (replica != NULL, &error);
  if (founder)
    bench_carry (founder, replica, &bytes);
  else
    bench_must (sat_workspace_found (replica, "bench", "CNY", books, &error), &error);
  bench_must (sat_workspace_join (replica, name, name, name, NULL, &error), &error);
  return replica;
}

double
bench_insert_tracked (SatWorkspace *replica, const BenchRow *rows, guint n)
{
  const SatObject *object = sat_catalogue_find (sat_workspace_catalogue (replica), "customer");
  GError *error = NULL;
  gint64 begin = bench_now ();

  bench_must (sat_workspace_begin (replica, &error), &error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (object);
      SatId id;

      sat_draft_set_id (draft, &rows[i].id);
      for (guint field = 0; field < BENCH_FIELDS; field++)
        sat_draft_set (draft, sat_object_find (object, bench_fields[field]), rows[i].values[field]);
      bench_must (sat_workspace_save (replica, draft, &id, &error), &error);
    }
  bench_must (sat_workspace_commit (replica, &error), &error);
  return bench_seconds_since (begin);
}

void
bench_edit_tracked (
    SatWorkspace *replica, const BenchRow *rows, guint n, guint field, char **values)
{
  const SatObject *object = sat_catalogue_find (sat_workspace_catalogue (replica), "customer");
  GError *error = NULL;

  bench_must (sat_workspace_begin (replica, &error), &error);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SatRecord) record = sat_workspace_load (replica, object, &rows[i].id, &error);
      bench_must (record != NULL, &error);
      g_autoptr (SatDraft) draft = sat_draft_edit (record);
      SatId id;

      sat_draft_set (draft, sat_object_find (object, bench_fields[field]), values[i]);
      bench_must (sat_workspace_save (replica, draft, &id, &error), &error);
    }
  bench_must (sat_workspace_commit (replica, &error), &error);
}

void
bench_rows_free (BenchRow *rows, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint field = 0; field < BENCH_FIELDS; field++)
      g_free (rows[i].values[field]);
  g_free (rows);
}
