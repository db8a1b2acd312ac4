/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/bench-two.h"

#include <gio/gio.h>
#include <sys/resource.h>

#include "bench/bench-satchel.h"
#include "bench/bench-session.h"

typedef struct
{
  const char *dir;
  const SatCatalogue *catalogue;
  const BenchRow *rows;
  guint n, edits, clashes;
  GStrv phones[2], cities; /* what A and B type; B types another phone */
} Work;

/* Milliseconds, and bytes on the way between the two. */
typedef struct
{
  double insert, edit, extract, apply, first;
  gsize wire, packed, disk;
  gsize tables, tracking; /* Satchel only */
} Figures;

static gsize
packed_size (GBytes *bytes)
{
  g_autoptr (GZlibCompressor) zip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) out = g_converter_output_stream_new (memory, G_CONVERTER (zip));
  GError *error = NULL;

  bench_must (g_output_stream_write_all (out, g_bytes_get_data (bytes, NULL),
                                         g_bytes_get_size (bytes), NULL, NULL, &error),
              &error);
  bench_must (g_output_stream_close (out, NULL, &error), &error);
  return g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
add_wire (Figures *figures, GBytes *bytes)
{
  figures->wire += g_bytes_get_size (bytes);
  figures->packed += packed_size (bytes);
}

static GStrv
values_new (guint n, const char *format)
{
  GStrv values = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *number = g_strdup_printf ("%04u", i % 10000);
      values[i] = g_strconcat (format, number, NULL);
    }
  return values;
}

static double
ms_since (gint64 begin)
{
  return bench_seconds_since (begin) * 1000;
}

static BenchPlain *
plain_new (const Work *work, const char *name, char **path)
{
  *path = g_build_filename (work->dir, name, NULL);
  return bench_plain_new (*path, work->catalogue, FALSE);
}

/* ---- plain SQLite: no tracking, no clash seen --------------------------------------------------
 */

static void
run_plain (const Work *work, Figures *out)
{
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;
  BenchPlain *a = plain_new (work, "two-plain-a.db", &path_a);
  BenchPlain *b = plain_new (work, "two-plain-b.db", &path_b);
  gint64 begin = bench_now ();

  bench_plain_insert (a, work->rows, work->n);
  out->insert = ms_since (begin);
  begin = bench_now ();
  bench_plain_insert (b, work->rows, work->n);
  out->first = ms_since (begin);
  begin = bench_now ();
  bench_plain_update (a, work->rows, work->edits, BENCH_PHONE, work->phones[0]);
  bench_plain_update (b, work->rows, work->edits, BENCH_CITY, work->cities);
  bench_plain_update (b, work->rows, work->clashes, BENCH_PHONE, work->phones[1]);
  out->edit = ms_since (begin);
  begin = bench_now ();
  bench_plain_update (a, work->rows, work->edits, BENCH_CITY, work->cities);
  bench_plain_update (a, work->rows, work->clashes, BENCH_PHONE, work->phones[1]);
  bench_plain_update (b, work->rows, work->edits, BENCH_PHONE, work->phones[0]);
  out->apply = ms_since (begin);
  bench_plain_close (a);
  bench_plain_close (b);
  out->disk = bench_file_size (path_a);
}

/* ---- the session extension ---------------------------------------------------------------------
 */

static void
exchange_sessions (const Work *work,
                   BenchPlain *a,
                   BenchPlain *b,
                   BenchSession *of_a,
                   BenchSession *of_b,
                   Figures *out)
{
  gint64 begin = bench_now ();
  g_autoptr (GBytes) from_a = bench_session_take (of_a);
  g_autoptr (GBytes) from_b = bench_session_take (of_b);
  g_autoptr (GBytes) rebase = NULL;
  g_autoptr (GBytes) rebased = NULL;

  (void) work;
  out->extract = ms_since (begin);
  add_wire (out, from_a);
  /* A's come first in the one order there is; what B wrote is put on top of it. */
  begin = bench_now ();
  bench_session_apply (b, from_a, &rebase);
  rebased = bench_session_rebase (from_b, rebase);
  bench_session_apply (a, rebased, NULL);
  out->apply = ms_since (begin);
  add_wire (out, rebased);
}

static void
run_sessions (const Work *work, Figures *out)
{
  g_autofree char *path_a = NULL;
  g_autofree char *path_b = NULL;
  BenchPlain *a = plain_new (work, "two-session-a.db", &path_a);
  BenchPlain *b = plain_new (work, "two-session-b.db", &path_b);
  BenchSession *first = bench_session_new (a);
  gint64 begin = bench_now ();

  bench_plain_insert (a, work->rows, work->n);
  out->insert = ms_since (begin);
  begin = bench_now ();
  g_autoptr (GBytes) all = bench_session_take (first);
  bench_session_free (first);
  bench_session_apply (b, all, NULL);
  out->first = ms_since (begin);
  BenchSession *of_a = bench_session_new (a);
  BenchSession *of_b = bench_session_new (b);
  begin = bench_now ();
  bench_plain_update (a, work->rows, work->edits, BENCH_PHONE, work->phones[0]);
  bench_plain_update (b, work->rows, work->edits, BENCH_CITY, work->cities);
  bench_plain_update (b, work->rows, work->clashes, BENCH_PHONE, work->phones[1]);
  out->edit = ms_since (begin);
  exchange_sessions (work, a, b, of_a, of_b, out);
  bench_session_free (of_a);
  bench_session_free (of_b);
  g_autofree char *at_a = bench_plain_digest (a);
  g_autofree char *at_b = bench_plain_digest (b);
  bench_must (g_str_equal (at_a, at_b), NULL);
  bench_plain_close (a);
  bench_plain_close (b);
  out->disk = bench_file_size (path_a);
}

/* ---- Satchel -----------------------------------------------------------------------------------
 */

static double
seal_ms (SatWorkspace *replica, Figures *out)
{
  GError *error = NULL;
  gint64 begin = bench_now ();

  bench_must (sat_workspace_seal (replica, &error), &error);
  double ms = ms_since (begin);
  g_autoptr (GPtrArray) sealed = sat_workspace_unpushed (replica, G_MAXSIZE, &error);

  bench_must (sealed != NULL, &error);
  for (guint i = 0; i < sealed->len; i++)
    add_wire (out, ((const SatSealed *) g_ptr_array_index (sealed, i))->text);
  return ms;
}

static void
must_be_equal (SatWorkspace *a, SatWorkspace *b)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) of_a = sat_workspace_digest (a, &error);
  g_autoptr (GPtrArray) of_b = sat_workspace_digest (b, &error);

  bench_must (of_a != NULL && of_b != NULL && of_a->len == of_b->len, &error);
  for (guint i = 0; i < of_a->len; i++)
    bench_must (g_str_equal (((const SatDigest *) of_a->pdata[i])->digest,
                             ((const SatDigest *) of_b->pdata[i])->digest),
                NULL);
}

static void
run_satchel (const Work *work, Figures *out)
{
  GError *error = NULL;
  SatWorkspace *a = bench_replica_open (work->dir, "two-a", NULL, work->catalogue);
  SatWorkspace *b = bench_replica_open (work->dir, "two-b", a, work->catalogue);
  g_autofree char *path = g_build_filename (sat_workspace_home (a), "replica.db", NULL);
  gsize bytes;
  gint64 begin;

  bench_carry (b, a, &bytes);
  out->insert = bench_insert_tracked (a, work->rows, work->n) * 1000;
  begin = bench_now ();
  bench_must (sat_workspace_seal (a, &error), &error);
  out->first = ms_since (begin) + bench_carry (a, b, &bytes) * 1000;
  bench_index_all (b);
  begin = bench_now ();
  bench_edit_tracked (a, work->rows, work->edits, BENCH_PHONE, work->phones[0]);
  bench_edit_tracked (b, work->rows, work->edits, BENCH_CITY, work->cities);
  bench_edit_tracked (b, work->rows, work->clashes, BENCH_PHONE, work->phones[1]);
  out->edit = ms_since (begin);
  out->extract = seal_ms (a, out) + seal_ms (b, out);
  /* B takes A's first; what it makes of it (nothing here) would go back with its own. */
  out->apply = (bench_carry (a, b, &bytes) + bench_carry (b, a, &bytes)) * 1000;
  bench_must (sat_workspace_n_conflicts (a) == work->clashes, NULL);
  must_be_equal (a, b);
  sat_workspace_close (a);
  sat_workspace_close (b);
  bench_tracked_size (path, &out->disk, &out->tables, &out->tracking);
}

/* ---- side by side ------------------------------------------------------------------------------
 */

/* What has to travel at the least: of each edit the id and the value, as text, packed. */
static gsize
least_size (const Work *work)
{
  g_autoptr (GString) of_a = g_string_new (NULL);
  g_autoptr (GString) of_b = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  for (guint i = 0; i < work->edits; i++)
    {
      sat_id_format (&work->rows[i].id, id);
      g_string_append_printf (of_a, "%s %s\n", id, work->phones[0][i]);
      g_string_append_printf (of_b, "%s %s", id, work->cities[i]);
      if (i < work->clashes)
        g_string_append_printf (of_b, " %s", work->phones[1][i]);
      g_string_append_c (of_b, '\n');
    }
  g_autoptr (GBytes) a = g_bytes_new (of_a->str, of_a->len);
  g_autoptr (GBytes) b = g_bytes_new (of_b->str, of_b->len);

  return packed_size (a) + packed_size (b);
}

static void
print_figures (const char *name, const Figures *of)
{
  const struct
  {
    const char *what;
    double value;
    const char *unit;
  } lines[] = {
    { "new customers", of->insert, "ms" },
    { "first copy", of->first, "ms" },
    { "edits", of->edit, "ms" },
    { "extracting", of->extract, "ms" },
    { "applying", of->apply, "ms" },
    { "on the wire", (double) of->wire / 1000, "kB" },
    { "on the wire, gzip", (double) of->packed / 1000, "kB" },
    { "on disk", (double) of->disk / 1e6, "MB" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = g_strdup_printf ("two people, %s: %s", name, lines[i].what);

      if (lines[i].value > 0)
        bench_print (line, lines[i].value, lines[i].unit, "", "lower");
    }
}

void
bench_two (const char *dir, const SatCatalogue *catalogue, const BenchRow *rows, guint n)
{
  Work work = {
    .dir = dir, .catalogue = catalogue, .rows = rows, .n = n, .edits = n / 10, .clashes = n / 100
  };
  Figures plain = { 0 }, sessions = { 0 }, satchel = { 0 };
  struct rusage usage;

  work.phones[0] = values_new (work.edits, "021-5555 ");
  work.phones[1] = values_new (work.clashes, "021-6666 ");
  work.cities = values_new (work.edits, "Port ");
  run_plain (&work, &plain);
  run_sessions (&work, &sessions);
  run_satchel (&work, &satchel);
  gsize least = least_size (&work);
  g_strfreev (work.phones[0]);
  g_strfreev (work.phones[1]);
  g_strfreev (work.cities);
  print_figures ("plain SQLite", &plain);
  print_figures ("SQLite session", &sessions);
  print_figures ("Satchel", &satchel);
  bench_print ("two people, Satchel beside plain SQLite: applying", satchel.apply / plain.apply,
               "x", "1.2", "lower");
  bench_print ("two people, Satchel beside SQLite session: applying",
               satchel.apply / sessions.apply, "x", "", "lower");
  bench_print ("two people, Satchel beside SQLite session: wire, gzip",
               (double) satchel.packed / (double) sessions.packed, "x", "", "lower");
  bench_print ("two people, Satchel beside gzip of ids and values: wire, gzip",
               (double) satchel.packed / (double) least, "x", "1.1", "lower");
  bench_print ("two people, tracking on disk beside the same tables untracked",
               (double) (satchel.tables + satchel.tracking) / (double) satchel.tables, "x", "1.08",
               "lower");
  getrusage (RUSAGE_SELF, &usage);
  bench_print ("memory at its most, all three", (double) usage.ru_maxrss / 1000, "MB", "", "lower");
}
