/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sales force of many laptops on one hub that is a folder.
 *
 *   bench-fleet DIR month DEVICES CUSTOMERS   a fortnight, then a month of 20 working days: each
 * laptop changes five customers and syncs once a day. Do the hub and an exchange stay as they are?
 *   bench-fleet DIR many DEVICES CHANGE-SETS   makes DIR/fleet.git with so many devices that have
 * written so many change-sets together, and two replicas, DIR/watcher and DIR/writer, that have
 * them all bench-fleet DIR first CUSTOMERS   a new laptop, and one that was away, from a checkpoint
 *
 * Prints lines: NAME | VALUE | UNIT | GOAL | lower or higher */
#include <glib/gstdio.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "bench/bench-satchel.h"
#include "core/change/sat-change-set.h"
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

  bench_must (replica != NULL, error);
  return replica;
}

/* Seconds of processor time. */
static double
exchange (SatWorkspace *replica)
{
  gint64 begin = bench_now ();
  SatSyncResult result;
  GError *error = NULL;

  bench_must (sat_sync_run (replica, 0, NULL, NULL, NULL, &result, &error), error);
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

  bench_must (replica != NULL, error);
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

/* After an evening's `hub tidy`. */
static void
measure (const Month *month, double *hub, double *laptop)
{
  g_autofree char *home = home_of (month, 1);
  g_autofree char *git = g_build_filename (home, "git", NULL);
  GError *error = NULL;
  SatTidied tidied;

  bench_must (sat_sync_tidy_hub (month->hub, 0, &tidied, &error), error);
  *hub += (double) bytes_below (month->hub) / 1e6;
  *laptop += (double) bytes_below (git) / 1e6;
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
      error);
  found (&month);
  for (guint day = 0; day < WARM_UP + MONTH; day++)
    {
      double mean = live_day (&month, day);

      if (day < WARM_UP)
        continue;
      seconds[(day - WARM_UP) / WEEK] += mean / WEEK;
      measure (&month, &hub[(day - WARM_UP) / WEEK], &laptop[(day - WARM_UP) / WEEK]);
    }
  bench_print ("a month: hub, mean of its first week", hub[0] / WEEK, "MB", "", "lower");
  bench_print ("a month: hub, mean of its last week", hub[last] / WEEK, "MB", "", "lower");
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

      bench_must (sat_commit_write (scratch, &draft, &tip, &error), error);
      parent = tip;
    }
  bench_must (sat_packs_copy (scratch, hub, &tip, NULL, NULL, &error), error);
  bench_must (sat_git_set_ref (hub, ref, &tip, &error), error);
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

  bench_must (sat_sync_init_hub (path, NULL, NULL, "Bench", "CNY", NULL, NULL, &error), error);
  bench_must (git_repository_open_bare (&hub, path) == 0, NULL);
  for (guint i = 0; i < devices; i++)
    add_device (dir, hub, i, change_sets / devices);
  git_repository_free (hub);
  g_autoptr (SatWorkspace) a = join (NULL, watcher, path, "watcher");
  g_autoptr (SatWorkspace) b = join (NULL, writer, path, "writer");
  exchange (a);
  bench_must (sat_sync_tidy_hub (path, 0, &tidied, &error), error);
}

/* ---- a checkpoint ---- */

static void
first_copy (const char *dir, guint customers)
{
  g_autofree char *hub = g_build_filename (dir, "first.git", NULL);
  g_autofree char *homes[3] = { g_build_filename (dir, "first-a", NULL),
                                g_build_filename (dir, "first-b", NULL),
                                g_build_filename (dir, "first-c", NULL) };
  BenchRow *rows = bench_rows_new (customers);
  GError *error = NULL;
  gint64 begin;
  double new, away;

  bench_must (sat_sync_init_hub (hub, NULL, NULL, "Bench", "CNY", NULL, NULL, &error), error);
  g_autoptr (SatWorkspace) a = join (NULL, homes[0], hub, "a");
  g_autoptr (SatWorkspace) b = join (NULL, homes[1], hub, "b");
  bench_insert_tracked (a, rows, customers);
  exchange (a);
  begin = bench_now ();
  g_autoptr (GPtrArray) made = sat_sync_checkpoint (a, NULL, NULL, &error);
  bench_must (made != NULL, error);
  bench_print ("a checkpoint, made and sent", bench_seconds_since (begin) * 1000, "ms", "",
               "lower");
  begin = bench_now ();
  g_autoptr (SatWorkspace) c = join (NULL, homes[2], hub, "c");
  new = bench_seconds_since (begin);
  begin = bench_now ();
  away = exchange (b);
  bench_print ("a new laptop, from a checkpoint", new * 1000, "ms", "", "lower");
  bench_print ("one that has nothing of the book yet, from change-sets", away * 1000, "ms", "",
               "lower");
  bench_rows_free (rows, customers);
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
