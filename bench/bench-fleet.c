/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sales force of many laptops on one hub that is a folder.
 *
 *   bench-fleet DIR month DEVICES CUSTOMERS
 *     A fortnight, then a month of 20 working days: each laptop changes five customers and syncs
 *     once a day. Do the hub and an exchange stay as they are? DIR/month has a line for each day.
 *   bench-fleet DIR many DEVICES CHANGE-SETS
 *     Makes DIR/fleet.git, in which so many devices have written so many change-sets together, and
 *     two replicas that have them all, DIR/watcher and DIR/writer. What is measured with them is
 *     in bench/fleet.sh.
 *   bench-fleet DIR first CUSTOMERS
 *     A new laptop begins with a checkpoint, and one comes back after a year.
 *
 * Prints lines: NAME | VALUE | UNIT | GOAL | lower or higher. Times are the processor's. */
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "bench/bench-satchel.h"
#include "core/change/sat-change-set.h"
#include "core/workspace/sat-exchange-checkpoint.h"
#include "sync/sat-commit.h"
#include "sync/sat-packs.h"
#include "sync/sat-sync.h"

#define DAY_MS G_GINT64_CONSTANT (86400000)
#define BEGIN_MS G_GINT64_CONSTANT (1767600000000) /* a Monday */
#define WEEK 5
#define WARM_UP (2 * WEEK)
#define MONTH (4 * WEEK)
#define EDITS 5

static SatWorkspace *
join (SatPlatform *platform, const char *home, const char *hub, const char *name)
{
  GError *error = NULL;
  SatWorkspace *replica = sat_sync_join_with (home, platform, NULL, hub, name, name, name, NULL,
                                              NULL, &error);

  bench_must (replica != NULL, &error);
  return replica;
}

/* Seconds of processor time. */
static double
exchange (SatWorkspace *replica)
{
  gint64 begin = bench_now ();
  SatSyncResult result;
  GError *error = NULL;

  bench_must (sat_sync_run (replica, 0, NULL, NULL, NULL, &result, &error), &error);
  return bench_seconds_since (begin);
}

static guint64
bytes_below (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint64 bytes = 0;

  while (dir && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      GStatBuf info;

      if (g_stat (child, &info) == 0)
        bytes += S_ISDIR (info.st_mode) ? bytes_below (child) : (guint64) info.st_size;
    }
  return bytes;
}

/* ---- a month ---- */

typedef struct
{
  const char *dir;
  char *hub;
  SatPlatform *platform;
  BenchRow *rows;
  guint devices, customers;
} Month;

static char *
home_of (const Month *month, guint device)
{
  return g_strdup_printf ("%s/laptop-%u", month->dir, device);
}

static SatWorkspace *
open_laptop (const Month *month, guint device)
{
  g_autofree char *home = home_of (month, device);
  GError *error = NULL;
  SatWorkspace *replica = sat_workspace_open (home, month->platform, NULL, &error);

  bench_must (replica != NULL, &error);
  return replica;
}

static void
found (Month *month)
{
  for (guint i = 0; i < month->devices; i++)
    {
      g_autofree char *home = home_of (month, i);
      g_autofree char *name = g_strdup_printf ("user%u", i);
      g_autoptr (SatWorkspace) replica = join (month->platform, home, month->hub, name);

      if (i > 0)
        continue;
      bench_insert_tracked (replica, month->rows, month->customers);
      exchange (replica);
    }
}

/* Everybody's day; the mean of an exchange. */
static double
live_day (Month *month, guint day)
{
  double seconds = 0;

  for (guint i = 0; i < month->devices; i++)
    {
      g_autoptr (SatWorkspace) replica = NULL;
      char *values[EDITS + 1] = { NULL };
      guint first = (day * 7919 + i * 104729) % (month->customers - EDITS);

      sat_platform_set_now (month->platform, BEGIN_MS + (day / WEEK * 7 + day % WEEK) * DAY_MS +
                                                 i * G_GINT64_CONSTANT (60000));
      replica = open_laptop (month, i);
      for (guint k = 0; k < EDITS; k++)
        values[k] = g_strdup_printf ("City %u %u", day, i);
      bench_edit_tracked (replica, month->rows + first, EDITS, BENCH_CITY, values);
      seconds += exchange (replica);
      for (guint k = 0; k < EDITS; k++)
        g_free (values[k]);
    }
  return seconds / month->devices;
}

/* A line of DIR/month: day, milliseconds of an exchange, megabytes of the hub and of a laptop's
 * git.
 */
static void
note_day (const Month *month, guint day, double seconds, double hub, double laptop)
{
  g_autofree char *path = g_build_filename (month->dir, "month", NULL);
  FILE *file = fopen (path, "a");

  bench_must (file != NULL, NULL);
  fprintf (file, "%u %.1f %.3f %.3f\n", day, seconds * 1000, hub, laptop);
  bench_must (fclose (file) == 0, NULL);
}

/* After an evening's `hub tidy`. */
static void
measure (const Month *month, double *hub, double *laptop)
{
  g_autofree char *home = home_of (month, 1);
  g_autofree char *git = g_build_filename (home, "git", NULL);
  GError *error = NULL;
  SatTidied tidied;

  bench_must (sat_sync_tidy_hub (month->hub, 0, &tidied, &error), &error);
  *hub = (double) bytes_below (month->hub) / 1e6;
  *laptop = (double) bytes_below (git) / 1e6;
}

static void
live_month (const char *dir, guint devices, guint customers)
{
  Month month = { .dir = dir,
                  .hub = g_build_filename (dir, "month.git", NULL),
                  .platform = sat_platform_new_seeded (7, BEGIN_MS),
                  .rows = bench_rows_new (customers),
                  .devices = devices,
                  .customers = customers };
  double hub[MONTH / WEEK] = { 0 }, laptop[MONTH / WEEK] = { 0 }, seconds[MONTH / WEEK] = { 0 };
  const guint last = MONTH / WEEK - 1;
  GError *error = NULL;

  bench_must (
      sat_sync_init_hub (month.hub, month.platform, NULL, "Bench", "CNY", NULL, NULL, &error),
      &error);
  found (&month);
  for (guint day = 0; day < WARM_UP + MONTH; day++)
    {
      double mean = live_day (&month, day);
      guint week = day / WEEK - WARM_UP / WEEK;
      double hub_mb, laptop_mb;

      measure (&month, &hub_mb, &laptop_mb);
      note_day (&month, day, mean, hub_mb, laptop_mb);
      if (day < WARM_UP)
        continue;
      seconds[week] += mean / WEEK;
      hub[week] += hub_mb / WEEK;
      laptop[week] += laptop_mb / WEEK;
    }
  bench_print ("a month: hub, mean of its first week", hub[0], "MB", "", "lower");
  bench_print ("a month: hub, mean of its last week", hub[last], "MB", "", "lower");
  bench_print ("a month: hub, last week beside first", hub[last] / hub[0], "x", "1.1", "lower");
  bench_print ("a month: git on a laptop, last week beside first", laptop[last] / laptop[0], "x",
               "1.1", "lower");
  bench_print ("a month: an exchange in its first week", seconds[0] * 1000, "ms", "", "lower");
  bench_print ("a month: an exchange, last week beside first", seconds[last] / seconds[0], "x",
               "1.1", "lower");
  bench_rows_free (month.rows, customers);
  sat_platform_unref (month.platform);
  g_free (month.hub);
}

/* ---- many devices ---- */

/* Number NUMBER of a device: the telephone of one of a hundred customers of its own. */
static GBytes *
make_text (const SatId *device, guint i, guint64 number)
{
  SatChangeSetWriter *writer = sat_change_set_writer_new ("customers", device, number, number == 1,
                                                          NULL, 0, NULL, 0);
  g_autofree char *name = g_strdup_printf ("Customer %u of %u", (guint) (number % 100), i);
  g_autofree char *phone = g_strdup_printf ("021-%08u", (guint) number);
  SatHlc hlc = sat_hlc_from_ms (BEGIN_MS + (gint64) number * 60000 + i);
  SatOp ops[] = {
    { .key = ":home", .value = "customers", .kind = SAT_OP_SET, .hlc = hlc },
    { .key = "name", .value = name, .kind = SAT_OP_SET, .hlc = hlc },
    { .key = "phone", .value = phone, .kind = SAT_OP_SET, .hlc = hlc },
  };
  SatOpGroup group = { .object = "customer",
                       .life = SAT_LIFE_LIVE,
                       .life_hlc = hlc,
                       .ops = ops,
                       .n_ops = G_N_ELEMENTS (ops) };

  group.id.bytes[6] = 0x70;
  group.id.bytes[8] = 0x80;
  group.id.bytes[13] = (guint8) (i >> 8);
  group.id.bytes[14] = (guint8) i;
  group.id.bytes[15] = (guint8) (number % 100);
  sat_change_set_writer_add (writer, &group);
  return sat_change_set_writer_finish (writer);
}

/* Device I and its N change-sets, as one pack. */
static void
add_device (const char *dir, git_repository *hub, guint i, guint n)
{
  g_autofree char *path = g_build_filename (dir, "scratch.git", NULL);
  git_repository *scratch = NULL;
  guint8 seed[SAT_KEY_SEED_SIZE] = { (guint8) i, (guint8) (i >> 8), 1 };
  guint8 public_key[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
  SatBranch branch = { .book = "customers", .epoch = 1 };
  g_autofree char *ref = NULL;
  GError *error = NULL;
  git_oid tip, parent;

  crypto_sign_seed_keypair (public_key, secret, seed);
  sat_device_id_from_key (public_key, &branch.device);
  ref = sat_branch_ref (&branch);
  bench_must (git_repository_init (&scratch, path, 1) == 0, NULL);
  for (guint k = 1; k <= n; k++)
    {
      g_autoptr (GBytes) text = make_text (&branch.device, i, k);
      SatCommitDraft draft = { .book = branch.book,
                               .number = k,
                               .time_ms = BEGIN_MS + k * G_GINT64_CONSTANT (60000),
                               .text = text,
                               .author_name = "bench",
                               .author_email = "bench",
                               .parent = k > 1 ? &parent : NULL,
                               .seed = seed };

      bench_must (sat_commit_write (scratch, &draft, &tip, &error), &error);
      parent = tip;
    }
  bench_must (sat_packs_copy (scratch, hub, &tip, NULL, NULL, &error), &error);
  bench_must (sat_git_set_ref (hub, ref, &tip, &error), &error);
  git_repository_free (scratch);
  sat_remove_tree (path);
}

static void
make_many (const char *dir, guint devices, guint change_sets)
{
  g_autofree char *path = g_build_filename (dir, "fleet.git", NULL);
  g_autofree char *watcher = g_build_filename (dir, "watcher", NULL);
  g_autofree char *writer = g_build_filename (dir, "writer", NULL);
  git_repository *hub = NULL;
  GError *error = NULL;
  SatTidied tidied;

  bench_must (sat_sync_init_hub (path, NULL, NULL, "Bench", "CNY", NULL, NULL, &error), &error);
  bench_must (git_repository_open_bare (&hub, path) == 0, NULL);
  for (guint i = 0; i < devices; i++)
    add_device (dir, hub, i, change_sets / devices);
  git_repository_free (hub);
  g_autoptr (SatWorkspace) a = join (NULL, watcher, path, "watcher");
  g_autoptr (SatWorkspace) b = join (NULL, writer, path, "writer");
  exchange (a);
  bench_must (sat_sync_tidy_hub (path, 0, &tidied, &error), &error);
}

/* ---- a checkpoint ---- */

#define MONTHS 12
#define MONTH_MS (30 * DAY_MS)

/* What an exchange, or a join, takes, and how much of it the search index does. */
typedef struct
{
  gint64 begin, since;
  double total, index;
  SatPhase phase;
} Spent;

static void
spent_watch (SatPhase phase, guint64 done, guint64 total, gpointer data)
{
  Spent *spent = data;
  gint64 now = bench_now ();

  (void) done;
  (void) total;
  if (spent->phase == SAT_PHASE_INDEX)
    spent->index += (double) (now - spent->since) / 1e6;
  spent->phase = phase;
  spent->since = now;
}

static SatSyncOptions
spent_begin (Spent *spent)
{
  *spent = (Spent){ .begin = bench_now (), .since = bench_now (), .phase = SAT_PHASE_SEAL };
  return (SatSyncOptions){ .progress = spent_watch, .progress_data = spent };
}

static void
spent_end (Spent *spent)
{
  spent_watch (SAT_PHASE_SEAL, 0, 0, spent);
  spent->total = bench_seconds_since (spent->begin);
}

typedef struct
{
  const char *dir;
  char *hub;
  SatPlatform *platform;
  BenchRow *rows;
  guint customers;
} First;

static SatWorkspace *
join_new (const First *first, const char *name, Spent *spent)
{
  g_autofree char *home = g_build_filename (first->dir, name, NULL);
  SatSyncOptions options = spent_begin (spent);
  GError *error = NULL;
  SatWorkspace *replica = sat_sync_join_with (home, first->platform, NULL, first->hub, name, name,
                                              name, NULL, &options, &error);

  bench_must (replica != NULL, &error);
  spent_end (spent);
  return replica;
}

static void
put_csv (FILE *file, const char *value, char end)
{
  fputc ('"', file);
  for (const char *p = value ? value : ""; *p != '\0'; p++)
    {
      if (*p == '"')
        fputc ('"', file);
      fputc (*p, file);
    }
  fputc ('"', file);
  fputc (end, file);
}

static void
write_csv (const First *first, const char *path)
{
  FILE *file = fopen (path, "w");
  char id[SAT_ID_TEXT_SIZE];

  bench_must (file != NULL, NULL);
  for (guint i = 0; i < first->customers; i++)
    {
      put_csv (file, sat_id_format (&first->rows[i].id, id), ',');
      for (guint k = 0; k < BENCH_FIELDS; k++)
        put_csv (file, first->rows[i].values[k], k + 1 < BENCH_FIELDS ? ',' : '\n');
    }
  bench_must (fclose (file) == 0, NULL);
}

static double
children_seconds (void)
{
  struct rusage usage;

  getrusage (RUSAGE_CHILDREN, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* INDEXES: the two that Satchel's table has. */
static char *
table_text (gboolean indexes)
{
  GString *text = g_string_new ("CREATE TABLE customer (uuid TEXT");

  if (indexes)
    g_string_append (text, " UNIQUE");
  for (guint i = 0; i < BENCH_FIELDS; i++)
    g_string_append_printf (text, ", %s TEXT", bench_fields[i]);
  g_string_append (text, ");");
  if (indexes)
    g_string_append (text, "CREATE INDEX customer_name ON customer (name);");
  return g_string_free (text, FALSE);
}

/* Seconds of processor time that `sqlite3 .import` of the same rows takes. */
static double
import_seconds (const First *first, const char *csv, gboolean indexes)
{
  g_autofree char *db = g_strdup_printf ("%s/import-%d.db", first->dir, indexes);
  g_autofree char *table = table_text (indexes);
  g_autofree char *import = g_strdup_printf (".import '%s' customer", csv);
  char *argv[] = { (char *) "sqlite3", (char *) "-csv", db, table, import, NULL };
  double before = children_seconds ();
  GError *error = NULL;
  int status = 0;

  bench_must (g_spawn_sync (NULL, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status,
                            &error) &&
                  g_spawn_check_wait_status (status, &error),
              &error);
  return children_seconds () - before;
}

static double
make_checkpoints (SatWorkspace *replica)
{
  gint64 begin = bench_now ();
  GError *error = NULL;
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (replica, NULL, NULL, &error);

  bench_must (made != NULL, &error);
  return bench_seconds_since (begin);
}

/* Twelve months: one customer in a hundred changes in each; every fourth ends with a checkpoint, so
 * that what came before leaves the hub. */
static void
live_year (const First *first, SatWorkspace *replica)
{
  const guint edits = MAX (1, first->customers / 100);

  for (guint month = 1; month <= MONTHS; month++)
    {
      g_auto (GStrv) values = g_new0 (char *, edits + 1);

      for (guint k = 0; k < edits; k++)
        values[k] = g_strdup_printf ("Port %u %u", month, k);
      sat_platform_set_now (first->platform, BEGIN_MS + month * MONTH_MS);
      bench_edit_tracked (replica, first->rows + (month * 7 * edits) % (first->customers - edits),
                          edits, BENCH_CITY, values);
      exchange (replica);
      if (month % 4 == 0)
        make_checkpoints (replica);
    }
}

/* The digest of book customers; newly allocated. */
static char *
digest_of (SatWorkspace *replica)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) digests = sat_workspace_digest (replica, &error);
  char *found = NULL;

  bench_must (digests != NULL, &error);
  for (guint i = 0; i < digests->len; i++)
    if (g_str_equal (((const SatDigest *) digests->pdata[i])->book, "customers"))
      found = g_strdup (((const SatDigest *) digests->pdata[i])->digest);
  return found;
}

static void
must_be_equal (SatWorkspace *a, SatWorkspace *b)
{
  g_autofree char *of_a = digest_of (a);
  g_autofree char *of_b = digest_of (b);

  bench_must (g_strcmp0 (of_a, of_b) == 0, NULL);
}

static void
print_first (const First *first, const Spent *new)
{
  g_autofree char *csv = g_build_filename (first->dir, "rows.csv", NULL);
  double bare, indexed;

  write_csv (first, csv);
  bare = import_seconds (first, csv, FALSE);
  indexed = import_seconds (first, csv, TRUE);
  bench_print ("first sync: sqlite3 .import of the same rows", bare * 1000, "ms", "", "lower");
  bench_print ("first sync: the same with the two indexes", indexed * 1000, "ms", "", "lower");
  bench_print ("first sync: from a checkpoint, all of it", new->total * 1000, "ms", "", "lower");
  bench_print ("first sync: of that the search index", new->index * 1000, "ms", "", "lower");
  bench_print ("first sync: from a checkpoint, times sqlite3 .import with the two indexes",
               (new->total - new->index) / indexed, "x", "2", "lower");
}

static void
first_copy (const char *dir, guint customers)
{
  First first = { .dir = dir,
                  .hub = g_build_filename (dir, "first.git", NULL),
                  .platform = sat_platform_new_seeded (7, BEGIN_MS),
                  .rows = bench_rows_new (customers),
                  .customers = customers };
  Spent nothing, changes, checkpoint, away, late;
  SatSyncOptions options;
  GError *error = NULL;

  bench_must (
      sat_sync_init_hub (first.hub, first.platform, NULL, "Bench", "CNY", NULL, NULL, &error),
      &error);
  g_autoptr (SatWorkspace) a = join_new (&first, "office", &nothing);
  bench_insert_tracked (a, first.rows, customers);
  exchange (a);
  g_autoptr (SatWorkspace) b = join_new (&first, "away", &changes);
  bench_print ("first sync: from change-sets, all of it", changes.total * 1000, "ms", "", "lower");
  bench_print ("a checkpoint, made and sent", make_checkpoints (a) * 1000, "ms", "", "lower");
  sat_workspace_close (join_new (&first, "new", &checkpoint));
  print_first (&first, &checkpoint);

  live_year (&first, a);
  options = spent_begin (&away);
  bench_must (sat_sync_exchange (b, &options, NULL, &error), &error);
  spent_end (&away);
  bench_must (sat_workspace_was_joined (b, "customers"), NULL);
  must_be_equal (a, b);
  sat_workspace_close (join_new (&first, "late", &late));
  bench_print ("back after a year: from a checkpoint", away.total * 1000, "ms", "", "lower");
  bench_print ("back after a year: a new laptop from the same one", late.total * 1000, "ms", "",
               "lower");
  bench_print ("back after a year, times a new laptop", away.total / late.total, "x", "1", "lower");
  bench_rows_free (first.rows, customers);
  sat_platform_unref (first.platform);
  g_free (first.hub);
}

int
main (int argc, char **argv)
{
  guint64 numbers[2] = { 0 };

  for (int i = 3; i < argc && i < 5; i++)
    numbers[i - 3] = g_ascii_strtoull (argv[i], NULL, 10);
  bench_must (sodium_init () >= 0, NULL);
  sat_sync_init ();
  if (argc == 5 && g_str_equal (argv[2], "month"))
    live_month (argv[1], (guint) numbers[0], (guint) numbers[1]);
  else if (argc == 5 && g_str_equal (argv[2], "many"))
    make_many (argv[1], (guint) numbers[0], (guint) numbers[1]);
  else if (argc == 4 && g_str_equal (argv[2], "first"))
    first_copy (argv[1], (guint) numbers[0]);
  else
    return 2;
  return 0;
}
