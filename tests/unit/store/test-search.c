/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index follows the records, and finds them by any part of what people remember. */
#include "core/store/sat-search.h"

#include "core/store/sat-names.h"
#include "core/store/sat-search-notes.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2];
  SatReplica *replica;
  guint32 thing;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 2);
  f->replica = world_replica (f->all[0]);
  f->thing = sat_names_find_name (f->replica->names, "thing");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->all[0]);
  sat_workspace_close (f->all[1]);
  world_clear (&f->world);
}

static guint
count (Fixture *f, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) keys = sat_search_find (f->replica, words, SAT_SCOPE_ANY, f->thing, 1000,
                                             &error);

  g_assert_no_error (error);
  return keys->len;
}

#define assert_finds(f, words) g_assert_cmpuint (count (f, words), ==, 1)
#define assert_misses(f, words) g_assert_cmpuint (count (f, words), ==, 0)

static void
test_keys (Fixture *f, gconstpointer data)
{
  gint64 key = sat_search_key (1000, (G_GINT64_CONSTANT (1) << 40) - 1);

  g_assert_cmpuint (sat_search_key_object (key), ==, 1000);
  g_assert_cmpint (sat_search_key_row (key), ==, (G_GINT64_CONSTANT (1) << 40) - 1);
  g_assert_cmpint (sat_search_key (5, 7), <, sat_search_key (6, 1));
}

static void
test_chinese (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "上海宏达机械有限公司", NULL);
  record_new (f->all[0], "thing", "name", "北京公司", NULL);
  assert_finds (f, "宏");
  assert_finds (f, "宏达");
  assert_finds (f, "海宏达");
  assert_finds (f, "上海 机械");
  assert_finds (f, "上海宏达机械有限公司");
  g_assert_cmpuint (count (f, "公司"), ==, 2);
  assert_misses (f, "海上");
  assert_misses (f, "宏达达");
  assert_misses (f, "上海 北京");
}

static void
test_latin (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "Émile Zürcher & Söhne", "tags", "VIP\nkey account",
              "note", "met at the fair\nlikes tea", NULL);
  assert_finds (f, "emile");
  assert_finds (f, "ÉMILE");
  assert_finds (f, "zur");
  assert_finds (f, "sohne em");
  assert_finds (f, "vip");
  assert_finds (f, "account");
  assert_finds (f, "tea fair");
  assert_misses (f, "mile");
  assert_misses (f, "emile coffee");
}

/* By any ending of three digits or more, by any beginning, spaced in any way. */
static void
test_phone (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "one", "phone", "+86 (021) 5555-0147", NULL);
  record_new (f->all[0], "thing", "name", "two", "phone", "138 1234 9999", NULL);
  assert_finds (f, "147");
  assert_finds (f, "0147");
  assert_finds (f, "50147");
  assert_finds (f, "5555 0147");
  assert_finds (f, "55550147");
  assert_finds (f, "021-5555");
  assert_finds (f, "+86021");
  assert_finds (f, "8602155550147");
  assert_finds (f, "５５５５０１４７");
  assert_finds (f, "1381234");
  assert_misses (f, "47999");
  assert_misses (f, "46");
}

/* Digits and marks need not be a telephone number. */
static void
test_dates_in_text (Fixture *f, gconstpointer data)
{
  record_new (f->all[0], "thing", "name", "one", "note", "call again on 2026-11-21", NULL);
  assert_finds (f, "2026-11-21");
  assert_finds (f, "2026-11");
  assert_misses (f, "2027-11");
}

static void
test_changes (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "before", "tags", "old", NULL);

  record_set (f->all[0], "thing", &id, "name", "after");
  record_set (f->all[0], "thing", &id, "tags", "-old");
  record_set (f->all[0], "thing", &id, "tags", "+new");
  assert_misses (f, "before");
  assert_misses (f, "old");
  assert_finds (f, "after");
  assert_finds (f, "new");
  record_set (f->all[0], "thing", &id, "name", NULL);
  assert_misses (f, "after");
  assert_finds (f, "new");
}

/* What came from others is found after the list of dirty records is worked off. */
static void
test_dirty (Fixture *f, gconstpointer data)
{
  gboolean more = TRUE;
  guint steps = 0;

  for (guint i = 0; i < 3 * SAT_SEARCH_BUNDLE; i++)
    record_new (f->all[1], "thing", "name", "theirs", NULL);
  world_sync (&f->world, f->all[1]);
  world_sync (&f->world, f->all[0]);
  assert_misses (f, "theirs");
  while (more)
    {
      g_assert_true (sat_replica_begin (f->replica, NULL));
      g_assert_true (sat_search_index_dirty (f->replica, 3, &more, NULL));
      g_assert_true (sat_replica_commit (f->replica, NULL));
      steps++;
    }
  g_assert_cmpuint (steps, >=, 3);
  g_assert_cmpuint (count (f, "theirs"), ==, 3 * SAT_SEARCH_BUNDLE);
  g_assert_cmpint (world_int (f->all[0], "SELECT count(*) FROM dirty"), ==, 0);
}

/* Deleted records are in the index, for lists with deleted ones, but no search shows them. */
static void
test_deleted (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[0], "thing", "name", "gone", NULL);
  g_autoptr (GArray) hits = NULL;
  SatQuery query = { .object = world_object (f->all[0], "thing"), .words = "gone", .limit = -1 };

  record_delete (f->all[0], "thing", &id);
  hits = sat_workspace_search (f->all[0], "gone", 10, NULL);
  g_assert_cmpuint (hits->len, ==, 0);
  g_assert_cmpint (sat_workspace_count (f->all[0], &query, NULL), ==, 0);
  query.with_deleted = TRUE;
  g_assert_cmpint (sat_workspace_count (f->all[0], &query, NULL), ==, 1);
}

/* A rolled back write leaves nothing in the index. */
static void
test_rollback (Fixture *f, gconstpointer data)
{
  g_assert_true (sat_workspace_begin (f->all[0], NULL));
  record_new (f->all[0], "thing", "name", "never", NULL);
  sat_workspace_rollback (f->all[0]);
  record_new (f->all[0], "thing", "name", "ever", NULL);
  assert_misses (f, "never");
  assert_finds (f, "ever");
}

static void
test_restart (Fixture *f, gconstpointer data)
{
  gboolean more = TRUE;

  for (guint i = 0; i < 5; i++)
    record_new (f->all[0], "thing", "name", "again", NULL);
  world_exec (f->all[0], "INSERT INTO search (search) VALUES ('delete-all')");
  assert_check (f->all[0], FALSE, "search", FALSE);
  g_assert_true (sat_replica_begin (f->replica, NULL));
  g_assert_true (sat_search_index_restart (f->replica, NULL));
  assert_misses (f, "again");
  while (more)
    g_assert_true (sat_search_index_dirty (f->replica, 100, &more, NULL));
  g_assert_true (sat_replica_commit (f->replica, NULL));
  g_assert_cmpuint (count (f, "again"), ==, 5);
  assert_check (f->all[0], FALSE, "search", TRUE);
}

/* ---- against looking at every record ------------------------------------------------------------
 * Words come and go in all searched fields, on both laptops, in big and small transactions; after
 * each round every word finds exactly the records that hold it in some field. */

#define PROPERTY_THINGS 12
static const char *const property_words[] = { "anna", "bert", "cleo", "上海", "5550147", "émile" };

static char *
random_words (GRand *rand)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (property_words); i++)
    if (g_rand_int_range (rand, 0, 3) == 0)
      g_string_append_printf (words, "%s%s", words->len ? " " : "", property_words[i]);
  return g_string_free (words, FALSE);
}

static void
write_at_random (SatWorkspace *laptop, GRand *rand, const SatId *ids)
{
  static const char *const fields[] = { "name", "note", "phone" };
  guint n = (guint) g_rand_int_range (rand, 1, 6);

  g_assert_true (sat_workspace_begin (laptop, NULL));
  for (guint i = 0; i < n; i++)
    {
      guint field = (guint) g_rand_int_range (rand, 0, 3);
      const SatId *id = &ids[g_rand_int_range (rand, 0, PROPERTY_THINGS)];
      g_autofree char *words = field == 2 ? g_strdup (g_rand_boolean (rand) ? "555-0147" : "")
                                          : random_words (rand);

      record_set (laptop, "thing", id, fields[field], *words ? words : NULL);
    }
  g_assert_true (sat_workspace_commit (laptop, NULL));
}

static guint
count_by_looking (Fixture *f, const char *word)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM o_thing WHERE instr (' ' || ifnull (f_name, '') || ' ' || ifnull "
      "(f_note, '') || ' ' || replace (ifnull (f_phone, ''), '-', '') || ' ', ' ' || '%s' || ' ')",
      word);

  return (guint) world_int (f->all[0], sql);
}

static void
test_property (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  SatId ids[PROPERTY_THINGS];

  for (guint i = 0; i < PROPERTY_THINGS; i++)
    ids[i] = record_new (f->all[i % 2], "thing", "name", "anna", NULL);
  for (guint i = 0; i < 4; i++)
    world_sync (&f->world, f->all[i % 2]);
  for (guint round = 0; round < 60; round++)
    {
      gboolean more = TRUE;

      write_at_random (f->all[round % 2], rand, ids);
      if (round % 3 == 2)
        {
          world_sync (&f->world, f->all[1]);
          world_sync (&f->world, f->all[0]);
          world_sync (&f->world, f->all[1]);
        }
      if (round % 3 == 1)
        write_at_random (f->all[0], rand, ids); /* while what came from the other waits */
      while (more)
        g_assert_true (sat_workspace_index_step (f->all[0], 0, &more, NULL));
      for (guint i = 0; i < G_N_ELEMENTS (property_words); i++)
        g_assert_cmpuint (count (f, property_words[i]), ==,
                          count_by_looking (f, property_words[i]));
    }
  world_exec (f->all[0], "INSERT INTO search (search) VALUES ('integrity-check')");
  assert_check (f->all[0], FALSE, "search", TRUE);
}

/* A record may lose more than it ever held, and before the index holds anything: FTS5 must not take
 * that for damage. */
static void
test_losing (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[1], "thing", "name", "x", NULL);

  world_sync (&f->world, f->all[1]);
  world_sync (&f->world, f->all[0]);
  g_assert_true (sat_replica_begin (f->replica, NULL));
  g_assert_true (sat_search_index_restart (f->replica, NULL));
  g_assert_true (sat_replica_commit (f->replica, NULL));
  record_set (f->all[0], "thing", &id, "name", "--");
  record_set (f->all[0], "thing", &id, "name", "x");
  for (guint i = 0; i < 50; i++)
    {
      gboolean more = TRUE;

      record_set (f->all[0], "thing", &id, "note", "one two three");
      record_set (f->all[0], "thing", &id, "note", NULL);
      record_set (f->all[0], "thing", &id, "name", i % 2 ? "x" : NULL);
      while (i == 25 && more)
        g_assert_true (sat_workspace_index_step (f->all[0], 0, &more, NULL));
    }
  assert_finds (f, "x");
  assert_misses (f, "two");
}

/* Limits and objects. */
static void
test_scope (Fixture *f, gconstpointer data)
{
  g_autoptr (GArray) some = NULL;
  g_autoptr (GArray) any = NULL;

  for (guint i = 0; i < 5; i++)
    record_new (f->all[0], "thing", "name", "word", NULL);
  record_new (f->all[0], "customer", "name", "word", NULL);
  some = sat_search_find (f->replica, "word", SAT_SCOPE_ANY, f->thing, 3, NULL);
  any = sat_search_find (f->replica, "word", SAT_SCOPE_ANY, 0, 100, NULL);
  g_assert_cmpuint (some->len, ==, 3);
  g_assert_cmpuint (any->len, ==, 6);
  g_assert_cmpuint (count (f, ""), ==, 0);
}

/* Of every object its share. */
static void
test_each (Fixture *f, gconstpointer data)
{
  static const guint wanted[] = { 3, 2, 3 };
  static const char *const objects[] = { "customer", "contact", "deal" };

  for (guint i = 0; i < 3; i++)
    for (guint k = 0; k < (i == 1 ? 2 : 5 + i); k++)
      record_new (f->all[0], objects[i], "name", "word", NULL);
  for (guint each = 3; each <= 20; each++)
    {
      g_autoptr (GArray) keys = sat_search_find_each (f->replica, "word", SAT_SCOPE_ANY, each,
                                                      NULL);
      guint counts[3] = { 0 };

      for (guint k = 0; k < keys->len; k++)
        for (guint i = 0; i < 3; i++)
          counts[i] += sat_search_key_object (g_array_index (keys, gint64, k)) ==
                       sat_names_find_name (f->replica->names, objects[i]);
      for (guint i = 0; i < 3; i++)
        g_assert_cmpuint (counts[i], >=, wanted[i]);
      g_assert_cmpuint (counts[0] + counts[1] + counts[2], ==, keys->len);
      if (each >= 7)
        g_assert_cmpuint (keys->len, ==, 14);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/store/search/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("keys", test_keys);
  ADD ("chinese", test_chinese);
  ADD ("latin", test_latin);
  ADD ("phone", test_phone);
  ADD ("dates-in-text", test_dates_in_text);
  ADD ("changes", test_changes);
  ADD ("dirty", test_dirty);
  ADD ("deleted", test_deleted);
  ADD ("rollback", test_rollback);
  ADD ("restart", test_restart);
  ADD ("property", test_property);
  ADD ("losing", test_losing);
  ADD ("scope", test_scope);
  ADD ("each", test_each);
#undef ADD
  return g_test_run ();
}
