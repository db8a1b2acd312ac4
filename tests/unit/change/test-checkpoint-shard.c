/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where shards are cut: against the rule of docs/checkpoint-format.md computed the slow way, and
 * what a change of one record does. */
#include <string.h>

#include "core/base/sat-platform.h"
#include "core/change/sat-checkpoint.h"

/* ---- records ---- */

typedef struct
{
  GArray *groups; /* SatOpGroup, by object and id */
  GPtrArray *arena;
} Book;

static SatWireDot dot = { .book = "b", .device = { { 1 } }, .number = 1 };
static SatSaw seen[] = { { { { 7 } }, 3 }, { { { 9 } }, 4 } };
static const SatContext contexts[] = { { "c", seen, 1 }, { "c", seen, 2 }, { "d", seen, 2 } };

static void
book_init (Book *book)
{
  book->groups = g_array_new (FALSE, TRUE, sizeof (SatOpGroup));
  book->arena = g_ptr_array_new_with_free_func (g_free);
}

static void
book_clear (Book *book)
{
  g_array_unref (book->groups);
  g_ptr_array_unref (book->arena);
}

static gpointer
keep (Book *book, gpointer data)
{
  g_ptr_array_add (book->arena, data);
  return data;
}

/* A record with a value of SIZE letters; N_CONTEXTS of the three there are. */
static void
book_add (Book *book, const char *object, const SatId *id, gsize size, guint n_contexts)
{
  SatOp *op = keep (book, g_new0 (SatOp, 1));
  const SatContext **named = keep (book, g_new0 (const SatContext *, 2));
  SatOpGroup group = { .object = object, .id = *id, .life = SAT_LIFE_QUIET, .ops = op, .n_ops = 1 };

  op->key = "f";
  op->value = keep (book, g_strnfill (size, 'x'));
  op->hlc = sat_hlc_from_ms (1000);
  op->kind = SAT_OP_SET;
  op->dot = &dot;
  named[0] = &contexts[1];
  named[1] = &contexts[2];
  group.contexts = named;
  group.n_contexts = n_contexts;
  g_array_append_val (book->groups, group);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const SatOpGroup *x = a, *y = b;
  int order = strcmp (x->object, y->object);

  return order ? order : sat_id_compare (&x->id, &y->id);
}

/* ---- shards ---- */

typedef struct
{
  GHashTable *texts; /* "object/prefix" -> GBytes */
  GHashTable *counts;
} Shards;

static gboolean
take_shard (const SatShard *shard, GBytes *text, gpointer data, GError **error)
{
  Shards *shards = data;
  g_autoptr (GError) problem = NULL;
  g_autoptr (SatChangeSet) set = sat_shard_decode (text, "b", SAT_CHECKPOINT_STATE, shard,
                                                   &problem);
  char *key = g_strconcat (shard->object, "/", shard->prefix, NULL);

  g_assert_no_error (problem);
  g_assert_nonnull (set);
  g_assert_true (g_hash_table_insert (shards->texts, key, g_bytes_ref (text)));
  g_hash_table_insert (shards->counts, g_strdup (key), GUINT_TO_POINTER (shard->records));
  return TRUE;
}

static Shards
shards_of (Book *book)
{
  Shards shards = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
  };
  g_autoptr (SatShardWriter) writer = sat_shard_writer_new ("b", SAT_CHECKPOINT_STATE, take_shard,
                                                            &shards);

  g_array_sort (book->groups, compare_groups);
  for (guint i = 0; i < book->groups->len; i++)
    g_assert_true (
        sat_shard_writer_add (writer, &g_array_index (book->groups, SatOpGroup, i), NULL));
  g_assert_true (sat_shard_writer_finish (writer, NULL));
  return shards;
}

static void
shards_clear (Shards *shards)
{
  g_hash_table_unref (shards->texts);
  g_hash_table_unref (shards->counts);
}

/* The weight as the page has it: of one record alone, less what is not counted. */
static gsize
weight_of (const SatOpGroup *group)
{
  Book one;
  Shards shards;
  g_autoptr (GList) texts = NULL;
  gsize size;

  book_init (&one);
  g_array_append_val (one.groups, *group);
  shards = shards_of (&one);
  texts = g_hash_table_get_values (shards.texts);
  size = g_bytes_get_size (texts->data);
  size -= strlen ("satchel checkpoint 1\nbook b\nstate  all\n") + strlen (group->object);
  size -= strlen (group->object) + 1 + 36 + 1 + strlen ("end 1 1\n");
  if (group->n_contexts > 0)
    size -= strlen (group->n_contexts == 1 ? " graft 1" : " graft 1,2");
  shards_clear (&shards);
  book_clear (&one);
  return size;
}

/* The rule, from the top. */
static void
cut (Book *book, const char *object, const char *prefix, GHashTable *out)
{
  gsize weight = 0;
  guint n = 0;

  for (guint i = 0; i < book->groups->len; i++)
    {
      const SatOpGroup *group = &g_array_index (book->groups, SatOpGroup, i);

      if (strcmp (group->object, object) != 0 || !sat_shard_has_id (prefix, &group->id))
        continue;
      n++;
      weight += weight_of (group);
    }
  if (n > 0 && (weight <= SAT_SHARD_WEIGHT || n == 1))
    g_hash_table_insert (out, g_strconcat (object, "/", prefix, NULL), GUINT_TO_POINTER (n));
  else if (n > 0)
    for (const char *digit = "0123456789abcdef"; *digit != '\0'; digit++)
      {
        g_autofree char *longer = g_strdup_printf ("%s%c", prefix, *digit);
        cut (book, object, longer, out);
      }
}

static void
assert_rule (Book *book)
{
  Shards shards = shards_of (book);
  g_autoptr (GHashTable) expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, count;

  cut (book, "a", "", expected);
  cut (book, "b", "", expected);
  g_assert_cmpuint (g_hash_table_size (expected), ==, g_hash_table_size (shards.counts));
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &key, &count))
    g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (shards.counts, key)), ==,
                      GPOINTER_TO_UINT (count));
  shards_clear (&shards);
}

/* ---- tests ---- */

static void
test_rule (void)
{
  for (guint64 seed = 0; seed < 12; seed++)
    {
      g_autoptr (SatPlatform) platform = sat_platform_new_seeded (seed, 0);
      Book book;

      book_init (&book);
      for (guint i = 0; i < 60; i++)
        {
          SatId id = { { 0 } };
          guint8 random[4];

          sat_platform_random (platform, random, sizeof random);
          id.bytes[0] = (guint8) (seed % 3 == 0 ? 0 : random[0]);
          id.bytes[5] = random[1];
          id.bytes[15] = (guint8) i;
          book_add (&book, random[2] % 4 == 0 ? "b" : "a", &id,
                    random[3] < 8 ? SAT_SHARD_WEIGHT + 9 : (gsize) random[3] * 100, random[2] % 3);
        }
      assert_rule (&book);
      book_clear (&book);
    }
}

/* Just as much as fits, and one byte more. */
static void
test_edge (void)
{
  for (gsize more = 0; more < 2; more++)
    {
      SatId first = { { 0x10 } }, second = { { 0x1f } };
      Book book;
      gsize rest;
      Shards shards;

      book_init (&book);
      book_add (&book, "a", &first, 100, 0);
      rest = weight_of (&g_array_index (book.groups, SatOpGroup, 0)) - 100;
      book_add (&book, "a", &second, SAT_SHARD_WEIGHT - 100 - 2 * rest + more, 0);
      shards = shards_of (&book);
      g_assert_cmpuint (g_hash_table_size (shards.texts), ==, 1 + more);
      g_assert_true (g_hash_table_contains (shards.texts, more ? "a/1f" : "a/"));
      shards_clear (&shards);
      book_clear (&book);
    }
}

/* A record that changes, comes or goes touches its own shard, or what that falls into. */
static void
test_local (void)
{
  g_autoptr (SatPlatform) platform = sat_platform_new_seeded (1, 0);
  Book book;
  Shards before, after;
  GHashTableIter iter;
  gpointer key, text;
  guint same = 0;

  book_init (&book);
  for (guint i = 0; i < 3000; i++)
    {
      SatId id;

      sat_platform_random (platform, id.bytes, sizeof id.bytes);
      book_add (&book, "a", &id, 1000, i % 5 == 0);
    }
  before = shards_of (&book);
  g_array_index (book.groups, SatOpGroup, 1234).ops = g_array_index (book.groups, SatOpGroup, 1)
                                                          .ops;
  ((SatOp *) g_array_index (book.groups, SatOpGroup, 1234).ops)->value = "y";
  g_array_remove_index (book.groups, 1);
  after = shards_of (&book);
  g_hash_table_iter_init (&iter, after.texts);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      GBytes *old = g_hash_table_lookup (before.texts, key);
      same += old != NULL && g_bytes_equal (old, text);
    }
  g_assert_cmpuint (g_hash_table_size (before.texts), >, 14);
  g_assert_cmpuint (same, ==, g_hash_table_size (after.texts) - 2);
  shards_clear (&before);
  shards_clear (&after);
  book_clear (&book);
}

static gboolean
refuse (const SatShard *shard, GBytes *text, gpointer data, GError **error)
{
  return sat_fail (error, SAT_ERROR_CANCELLED, N_ ("stopped"), NULL);
}

/* What takes the shards may stop it; a record beyond the limits is refused. */
static void
test_refused (void)
{
  SatId id = { { 1 } };
  g_autoptr (SatShardWriter) writer = sat_shard_writer_new ("b", SAT_CHECKPOINT_STATE, refuse,
                                                            NULL);
  g_autoptr (GError) error = NULL;
  SatOpGroup huge = { .object = "a", .n_ops = SAT_CHANGE_SET_MAX_GRAFT_OPS + 1 };
  Book book;

  book_init (&book);
  book_add (&book, "a", &id, 10, 0);
  g_assert_true (sat_shard_writer_add (writer, &g_array_index (book.groups, SatOpGroup, 0), NULL));
  g_assert_false (sat_shard_writer_add (writer, &huge, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_TOO_LONG);
  g_clear_error (&error);
  g_assert_false (sat_shard_writer_finish (writer, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_CANCELLED);
  book_clear (&book);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shard/rule", test_rule);
  g_test_add_func ("/shard/edge", test_edge);
  g_test_add_func ("/shard/local", test_local);
  g_test_add_func ("/shard/refused", test_refused);
  return g_test_run ();
}
