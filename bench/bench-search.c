/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What typing into the search field costs, key by key, and what it finds: names of a book of
 * customers as they are written, by pinyin, by initials, by digits, beside plain SQLite looking
 * through the same names.
 *
 *   bench-search DIR CUSTOMERS [NAMES...]   prints lines: NAME | VALUE | UNIT | GOAL | lower or
 * higher
 *
 * NAMES are files with a name a line; there are CUSTOMERS customers of these names, and of those of
 * the demo when there are not enough. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench-satchel.h"
#include "core/base/sat-han.h"

#define SAMPLES 100 /* customers that are looked for, each in every way */
#define SHOWN 12    /* lines under the search field */
#define RENAMED 100000
#define KEYS_MAX 16 /* letters that are typed of one name */

typedef struct
{
  const char *name;
  GArray *times; /* milliseconds of the processor for a key */
  guint wanted;
  guint found; /* among the lines shown, once all is typed */
} Way;

typedef struct
{
  SatWorkspace *replica;
  sqlite3 *plain;
  GArray *plain_times;
} Bench;

static void
way_init (Way *way, const char *name)
{
  *way = (Way){ .name = name, .times = g_array_new (FALSE, FALSE, sizeof (double)) };
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  return (*(const double *) a > *(const double *) b) - (*(const double *) a < *(const double *) b);
}

static double
quantile (GArray *times, double q)
{
  g_array_sort (times, compare_times);
  return times->len > 0 ? g_array_index (times, double, (guint) (q * (times->len - 1))) : 0;
}

static double
now_ms (void)
{
  return (double) bench_now () / 1000;
}

/* ---- customers ---- */

static void
take_names (char **files, int n_files, BenchRow *rows, guint n)
{
  guint at = 0;

  for (int i = 0; i < n_files; i++)
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) lines = NULL;
      GError *error = NULL;

      bench_must (g_file_get_contents (files[i], &text, NULL, &error), &error);
      lines = g_strsplit (text, "\n", -1);
      for (guint k = 2; lines[k] != NULL && at < n; k++) /* behind the two lines of a heading */
        if (*g_strstrip (lines[k]) != '\0')
          {
            g_free (rows[at].values[0]);
            rows[at++].values[0] = g_strdup (lines[k]);
          }
    }
}

/* ---- one key ---- */

static void
look (Bench *bench, Way *way, const char *words, const char *wanted, gboolean last)
{
  double begin = now_ms (), took;
  GError *error = NULL;
  g_autoptr (GArray) hits = sat_workspace_search (bench->replica, words, SHOWN, &error);
  gboolean found = FALSE;

  took = now_ms () - begin;
  bench_must (hits != NULL, &error);
  g_array_append_val (way->times, took);
  for (guint i = 0; last && !found && i < hits->len; i++)
    {
      const SatHit *hit = &g_array_index (hits, SatHit, i);
      g_autoptr (GPtrArray) one = sat_workspace_load_rows (bench->replica, hit->object, &hit->row,
                                                           1, &error);

      found = one->len > 0 && g_ptr_array_index (one, 0) != NULL &&
              g_strcmp0 (sat_record_title (g_ptr_array_index (one, 0)), wanted) == 0;
    }
  way->wanted += last;
  way->found += found;
  if (last && !found && g_getenv ("SATCHEL_BENCH_MISSES") != NULL)
    g_printerr ("%s: “%s” does not show %s\n", way->name, words, wanted);
}

/* The same in plain SQLite: all names that hold the words. */
static void
look_plain (Bench *bench, const char *words)
{
  sqlite3_stmt *stmt = NULL;
  g_autofree char *pattern = g_strdup_printf ("%%%s%%", words);
  double begin = now_ms (), took;

  bench_must (sqlite3_prepare_v2 (
                  bench->plain, "SELECT id FROM customer WHERE name LIKE ?1 ORDER BY name LIMIT ?2",
                  -1, &stmt, NULL) == SQLITE_OK,
              NULL);
  sqlite3_bind_text (stmt, 1, pattern, -1, SQLITE_STATIC);
  sqlite3_bind_int (stmt, 2, SHOWN);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    ;
  sqlite3_finalize (stmt);
  took = now_ms () - begin;
  g_array_append_val (bench->plain_times, took);
}

/* TEXT typed character by character. */
static void
type (Bench *bench, Way *way, const char *text, const char *wanted)
{
  const char *p = text;

  for (guint n = 0; *p != '\0' && n < KEYS_MAX; n++)
    {
      g_autofree char *typed = NULL;

      p = g_utf8_next_char (p);
      typed = g_strndup (text, (gsize) (p - text));
      look (bench, way, typed, wanted, *p == '\0' || n + 1 == KEYS_MAX);
      if (bench->plain_times->len < 60)
        look_plain (bench, typed);
    }
}

/* ---- ways to type a name ---- */

static char *
pinyin_of (const char *name, gboolean initials)
{
  GString *out = g_string_new (NULL);

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *readings[SAT_HAN_MAX_READINGS];
      gunichar c = g_utf8_get_char (p);
      guint usual;

      if (sat_han_readings (c, readings, &usual) == 0)
        g_string_append_unichar (out, c);
      else if (initials)
        g_string_append_c (out, readings[0][0]);
      else
        g_string_append (out, readings[0]);
    }
  return g_string_free (out, FALSE);
}

static void
report (Way *way)
{
  g_autofree char *middle = g_strdup_printf ("a key of %s, half within", way->name);
  g_autofree char *most = g_strdup_printf ("a key of %s, 95 of 100 within", way->name);
  g_autofree char *worst = g_strdup_printf ("a key of %s, longest", way->name);
  g_autofree char *found = g_strdup_printf ("%s: shown once typed", way->name);

  bench_print (middle, quantile (way->times, 0.5), "ms", "", "lower");
  bench_print (most, quantile (way->times, 0.95), "ms", "", "lower");
  bench_print (worst, quantile (way->times, 1), "ms", "", "lower");
  bench_print (found, way->wanted ? 100.0 * way->found / way->wanted : 0, "%", "", "higher");
  g_array_unref (way->times);
}

static void
type_all (Bench *bench, const BenchRow *rows, guint n)
{
  Way written, pinyin, initials, digits;
  guint step = MAX (n / SAMPLES, 1);

  way_init (&written, "names");
  way_init (&pinyin, "pinyin");
  way_init (&initials, "initials");
  way_init (&digits, "digits");
  for (guint i = step / 2; i < n; i += step)
    {
      const char *name = rows[i].values[0];
      g_autofree char *full = pinyin_of (name, FALSE);
      g_autofree char *short_form = pinyin_of (name, TRUE);

      type (bench, &written, name, name);
      type (bench, &pinyin, full, name);
      type (bench, &initials, short_form, name);
      if (rows[i].values[BENCH_PHONE] != NULL)
        type (bench, &digits, rows[i].values[BENCH_PHONE], name);
    }
  double middle = quantile (written.times, 0.5), floor = quantile (bench->plain_times, 0.5);
  report (&written);
  report (&pinyin);
  report (&initials);
  report (&digits);
  bench_print ("a key of names in plain SQLite (LIKE), half within", floor, "ms", "", "lower");
  bench_print ("a key of names, times plain SQLite (LIKE)", middle / floor, "x", "1", "lower");
}

static void
print_sizes (Bench *bench, const char *path)
{
  sqlite3 *db = NULL;
  sqlite3_stmt *stmt = NULL;

  if (sqlite3_open (path, &db) == SQLITE_OK &&
      sqlite3_prepare_v2 (db, "SELECT sum (pgsize) FROM dbstat WHERE name LIKE 'search%'", -1,
                          &stmt, NULL) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    bench_print ("the search index", (double) sqlite3_column_int64 (stmt, 0) / 1e6, "MB", "",
                 "lower");
  sqlite3_finalize (stmt);
  sqlite3_close (db);
}

/* What a colleague renamed arrives at OTHER, and is found by its new name. */
static void
index_merged (Bench *bench, SatWorkspace *other, BenchRow *rows, guint n)
{
  guint renamed = MIN (n, RENAMED);
  g_auto (GStrv) names = g_new0 (char *, renamed + 1);
  double applied, indexed;
  gsize bytes;

  for (guint i = 0; i < renamed; i++)
    names[i] = g_strconcat (rows[i].values[0], "新", NULL);
  bench_carry (bench->replica, other, &bytes);
  bench_index_all (other);
  bench_edit_tracked (bench->replica, rows, renamed, 0, names);
  applied = bench_carry (bench->replica, other, &bytes);
  indexed = bench_index_all (other);
  bench_must (bytes > renamed, NULL);
  bench_print ("names that were changed elsewhere, merged", applied, "s", "", "lower");
  bench_print ("the same, indexed again", indexed, "s", "", "lower");
  bench_print ("the same, each", indexed / renamed * 1e6, "us", "", "lower");
}

int
main (int argc, char **argv)
{
  GError *error = NULL;
  Bench bench = { .plain_times = g_array_new (FALSE, FALSE, sizeof (double)) };

  if (argc < 3)
    return 2;
  guint n = (guint) g_ascii_strtoull (argv[2], NULL, 10);
  g_autofree char *floor_path = g_build_filename (argv[1], "plain.db", NULL);
  g_autofree char *path = g_build_filename (argv[1], "a", "replica.db", NULL);
  g_autoptr (SatCatalogue) catalogue = sat_catalogue_default (&error);
  bench_must (catalogue != NULL, &error);
  BenchRow *rows = bench_rows_new (n);
  take_names (argv + 3, argc - 3, rows, n);

  BenchPlain *plain = bench_plain_new (floor_path, catalogue, FALSE);
  bench_plain_insert (plain, rows, n);
  bench.plain = bench_plain_handle (plain);
  bench.replica = bench_replica_open (argv[1], "a", NULL, catalogue);
  SatWorkspace *other = bench_replica_open (argv[1], "b", bench.replica, catalogue);
  bench_print ("customers saved, with the search index",
               n / bench_insert_tracked (bench.replica, rows, n), "per s", "", "higher");
  type_all (&bench, rows, n);
  print_sizes (&bench, path);
  index_merged (&bench, other, rows, n);
  bench_plain_close (plain);
  sat_workspace_close (other);
  sat_workspace_close (bench.replica);
  bench_rows_free (rows, n);
  return 0;
}
