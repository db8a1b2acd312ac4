/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is sealed is exactly what was written, and others can read it. */
#include <string.h>

#include "core/change/sat-change-set.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

/* The sealed texts of the book that wait to be pushed, decoded: SatChangeSet. */
static GPtrArray *
sealed_sets (SatWorkspace *workspace, const char *book)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) texts = NULL;
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_change_set_free);

  sat_workspace_seal (workspace, &error);
  g_assert_no_error (error);
  texts = sat_workspace_unpushed (workspace, G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < texts->len; i++)
    {
      const SatSealed *sealed = g_ptr_array_index (texts, i);
      SatChangeSet *set;

      if (strcmp (sealed->book, book) != 0)
        continue;
      g_assert_cmpuint (g_bytes_get_size (sealed->text), <=, SAT_CHANGE_SET_MAX_BYTES);
      set = sat_change_set_decode (sealed->text, &error);
      g_assert_no_error (error);
      g_ptr_array_add (sets, set);
    }
  return sets;
}

/* The operation on FIELD (and ELEMENT) of the only record of the newest sealed change-set. */
static const SatOp *
find_op (GPtrArray *sets, const char *field, const char *element)
{
  const SatChangeSet *last = g_ptr_array_index (sets, sets->len - 1);
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (last, &n);

  g_assert_cmpuint (n, ==, 1);
  for (guint i = 0; i < groups[0].n_ops; i++)
    if (strcmp (groups[0].ops[i].key, field) == 0 &&
        g_strcmp0 (groups[0].ops[i].element, element) == 0)
      return &groups[0].ops[i];
  return NULL;
}

/* ---- every type ---------------------------------------------------------------------------------
 */

typedef struct
{
  const char *field;
  const char *values[4];
} TypeCase;

static const TypeCase type_cases[] = {
  { "name", { "上海宏达机械有限公司", "a\\b \"c\" 'd' %s", "é ß Ω 😀", NULL } },
  { "note", { "one\ntwo\n\nthree\twith a tab", "\\n is no newline", NULL } },
  { "count", { "0", "-9223372036854775808", "9223372036854775807", NULL } },
  { "high", { "5", "-5", NULL } },
  { "low", { "1970-01-01", "9999-12-31", NULL } },
  { "ratio", { "0.0001", "-922337203685477.5807", "12", NULL } },
  { "share", { "100", "12.5", NULL } },
  { "price", { "1234.50 CNY", "-0.01 USD", "922337203685477.5807 EUR", NULL } },
  { "day", { "2024-02-29", "0001-01-01", NULL } },
  { "moment", { "2026-11-21T08:00:00Z", "1999-12-31T23:59:59Z", NULL } },
  { "ready", { "yes", "no", NULL } },
  { "kind", { "a", "b", NULL } },
  { "stage", { "lead", "won", NULL } },
  { "tags", { "a\nb\nc", "大客户", NULL } },
  { "phone", { "021-5555-0100", "+86 (21) 5555 x12", NULL } },
  { "email", { "wang@example.com", NULL } },
  { "site", { "https://example.com/a?b=c", NULL } },
  { "place", { "南京路 1 号\n上海", NULL } },
};

static void
test_every_type (void)
{
  World world;
  SatWorkspace *both[2];

  world_laptops (&world, both, 2);
  for (guint i = 0; i < G_N_ELEMENTS (type_cases); i++)
    {
      const TypeCase *type = &type_cases[i];
      const SatField *field = world_field (both[0], "thing", type->field);

      for (guint k = 0; type->values[k] != NULL; k++)
        {
          const char *value = type->values[k];
          SatId created = record_new (both[0], "thing", type->field, value, NULL);
          SatId changed = record_new (both[0], "thing", "name", "changed", NULL);

          g_test_message ("%s %s", type->field, value);
          g_assert_true (field->type->canonical (value, strlen (value)));
          world_push (&world, both[0]);
          record_set (both[0], "thing", &changed, type->field, value);
          world_push (&world, both[0]);
          world_sync (&world, both[1]);
          assert_value (both[0], "thing", &created, type->field, value);
          assert_value (both[1], "thing", &created, type->field, value);
          assert_value (both[1], "thing", &changed, type->field, value);
          record_set (both[1], "thing", &created, type->field, NULL);
          world_sync (&world, both[1]);
          world_sync (&world, both[0]);
          assert_value (both[0], "thing", &created, type->field, NULL);
        }
    }
  assert_equal_replicas (both[0], both[1]);
  assert_healthy (both[0]);
  assert_healthy (both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* References name the record as long as it is here, whatever becomes of it. */
static void
test_references (void)
{
  World world;
  SatWorkspace *both[2];
  char text[SAT_ID_TEXT_SIZE];
  SatId target, one;

  world_laptops (&world, both, 2);
  target = record_new (both[0], "thing", "name", "target", NULL);
  sat_id_format (&target, text);
  one = record_new (both[0], "thing", "name", "one", "friend", text, "anything", text, "parent",
                    text, NULL);
  world_sync_all (&world, both, 2);
  assert_value (both[1], "thing", &one, "friend", text);
  assert_value (both[1], "thing", &one, "anything", text);
  assert_value (both[1], "thing", &one, "parent", text);
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* ---- several writes in one change-set -----------------------------------------------------------
 */

static void
test_last_write_counts (void)
{
  World world;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "thing", "name", "first", "tags", "x\ny", NULL);
  world_sync_all (&world, both, 2);
  record_set (both[0], "thing", &id, "name", "second");
  record_set (both[0], "thing", &id, "name", NULL);
  record_set (both[0], "thing", &id, "name", "third");
  record_set (both[0], "thing", &id, "tags", "-x"); /* drop, then set */
  record_set (both[0], "thing", &id, "tags", "+x");
  record_set (both[0], "thing", &id, "tags", "+z"); /* set, then drop */
  record_set (both[0], "thing", &id, "tags", "-z");
  record_set (both[0], "thing", &id, "tags", "-y"); /* drop, set, drop */
  record_set (both[0], "thing", &id, "tags", "+y");
  record_set (both[0], "thing", &id, "tags", "-y");
  record_set (both[0], "thing", &id, "day", "2026-01-01"); /* set, then cleared */
  record_set (both[0], "thing", &id, "day", NULL);
  {
    g_autoptr (GPtrArray) sets = sealed_sets (both[0], "customers");

    g_assert_cmpuint (sets->len, ==, 1);
    g_assert_cmpstr (find_op (sets, "name", NULL)->value, ==, "third");
    g_assert_cmpint (find_op (sets, "tags", "x")->kind, ==, SAT_OP_SET);
    g_assert_cmpint (find_op (sets, "tags", "y")->kind, ==, SAT_OP_DROP);
    g_assert_cmpint (find_op (sets, "tags", "z")->kind, ==, SAT_OP_DROP);
    g_assert_null (find_op (sets, "day", NULL)->value);
  }
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      assert_value (both[i], "thing", &id, "name", "third");
      assert_value (both[i], "thing", &id, "tags", "x");
      assert_value (both[i], "thing", &id, "day", NULL);
      assert_healthy (both[i]);
    }
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* Made and deleted, deleted and restored, before anybody else heard of it. */
static void
test_lives (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  SatId gone, back;

  world_laptops (&world, both, 2);
  gone = record_new (both[0], "thing", "name", "gone", NULL);
  record_delete (both[0], "thing", &gone);
  back = record_new (both[0], "thing", "name", "back", NULL);
  record_delete (both[0], "thing", &back);
  sat_workspace_undelete (both[0], world_object (both[0], "thing"), &back, &error);
  g_assert_no_error (error);
  world_sync_all (&world, both, 2);
  g_assert_true (record_deleted (both[1], "thing", &gone));
  g_assert_false (record_deleted (both[1], "thing", &back));
  assert_equal_replicas (both[0], both[1]);
  assert_healthy (both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* ---- forms held over a sync ---------------------------------------------------------------------
 */

/* What arrived while the form was open is kept: its dots stand in the text, in order. */
static void
test_keep (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (SatRecord) loaded = NULL;
  g_autoptr (SatDraft) form = NULL;
  SatWorkspace *all[5];
  SatId id;

  world_laptops (&world, all, 5);
  id = record_new (all[0], "thing", "name", "one", "phone", "1", NULL);
  world_sync_all (&world, all, 5);
  loaded = record_load (all[0], "thing", &id);
  form = sat_draft_edit (loaded);
  sat_draft_set (form, world_field (all[0], "thing", "phone"), "0");
  for (guint i = 1; i < 5; i++)
    {
      g_autofree char *phone = g_strdup_printf ("%u", i + 1);
      record_set (all[i], "thing", &id, "phone", phone);
      world_push (&world, all[i]);
    }
  world_sync (&world, all[0]);
  sat_workspace_save (all[0], form, NULL, &error);
  g_assert_no_error (error);
  sets = sealed_sets (all[0], "customers");
  g_assert_cmpuint (find_op (sets, "phone", NULL)->n_keep, ==, 4);
  world_sync_all (&world, all, 5);
  for (guint i = 0; i < 5; i++)
    {
      const SatField *phone = world_field (all[i], "thing", "phone");
      g_autoptr (SatConflict) conflict = sat_workspace_conflict (all[i], phone->object, &id, phone,
                                                                 &error);
      g_assert_no_error (error);
      g_assert_cmpuint (conflict->values->len, ==, 5);
      g_assert_cmpstr (conflict->before, ==, "1");
      assert_value (all[i], "thing", &id, "phone", "0");
      assert_equal_replicas (all[0], all[i]);
    }
  for (guint i = 0; i < 5; i++)
    sat_workspace_close (all[i]);
  world_clear (&world);
}

/* A second save that had seen what the first had not lets it go after all. */
static void
test_keep_shrinks (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sets = NULL;
  g_autoptr (SatRecord) loaded = NULL;
  g_autoptr (SatDraft) form = NULL;
  SatWorkspace *both[2];
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "thing", "name", "one", "phone", "1", "tags", "old", NULL);
  world_sync_all (&world, both, 2);
  loaded = record_load (both[0], "thing", &id);
  form = sat_draft_edit (loaded);
  sat_draft_set (form, world_field (both[0], "thing", "phone"), "2");
  sat_draft_remove_element (form, world_field (both[0], "thing", "tags"), "old");
  record_set (both[1], "thing", &id, "phone", "3");
  record_set (both[1], "thing", &id, "tags", "-old");
  record_set (both[1], "thing", &id, "tags", "+old");
  world_sync (&world, both[1]);
  world_sync (&world, both[0]);
  sat_workspace_save (both[0], form, NULL, &error);
  g_assert_no_error (error);
  assert_value (both[0], "thing", &id, "tags", "old"); /* theirs, which the form had not seen */
  g_assert_cmpint (sat_workspace_n_conflicts (both[0]), ==, 1);
  record_set (both[0], "thing", &id, "phone", "4");
  g_assert_cmpint (sat_workspace_n_conflicts (both[0]), ==, 0);
  sets = sealed_sets (both[0], "customers");
  g_assert_cmpuint (find_op (sets, "phone", NULL)->n_keep, ==, 0);
  g_assert_cmpuint (find_op (sets, "tags", "old")->n_keep, ==, 1);
  world_sync_all (&world, both, 2);
  assert_value (both[1], "thing", &id, "phone", "4");
  assert_value (both[1], "thing", &id, "tags", "old");
  g_assert_cmpint (sat_workspace_n_conflicts (both[1]), ==, 0);
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* ---- pieces -------------------------------------------------------------------------------------
 */

/* A megabyte whose every byte is escaped. */
static char *
long_text (char first)
{
  char *text = g_malloc (SAT_VALUE_MAX + 1);

  memset (text, '\\', SAT_VALUE_MAX);
  text[0] = first;
  text[SAT_VALUE_MAX] = '\0';
  return text;
}

static void
test_pieces (void)
{
  static const char *const stories[] = { "story", "story2", "story3", "story4" };
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  SatId ids[3];

  world_laptops (&world, both, 2);
  sat_workspace_begin (both[0], &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (SatDraft) draft = sat_draft_new (world_object (both[0], "thing"));

      for (guint k = 0; k < G_N_ELEMENTS (stories) - (i == 1); k++)
        {
          g_autofree char *text = long_text ((char) ('a' + 4 * i + k));
          text[k == 0 ? SAT_VALUE_MAX - 100 : SAT_VALUE_MAX] = '\0';
          sat_draft_set (draft, world_field (both[0], "thing", stories[k]), text);
        }
      sat_workspace_save (both[0], draft, &ids[i], &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < 2000; i++)
    record_new (both[0], "thing", "name", "small", NULL);
  sat_workspace_commit (both[0], &error);
  g_assert_no_error (error);
  {
    g_autoptr (GPtrArray) sets = sealed_sets (both[0], "customers");
    g_assert_cmpuint (sets->len, ==, 4);
  }
  world_sync_all (&world, both, 2);
  first = record_get (both[1], "thing", &ids[0], "story");
  last = record_get (both[1], "thing", &ids[2], "story4");
  g_assert_cmpint (first[0], ==, 'a');
  g_assert_cmpint (last[0], ==, 'l');
  g_assert_cmpuint (strlen (last), ==, SAT_VALUE_MAX);
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* One record changed so often that its operations would not fit: sealed in between. */
static void
test_many_operations (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  g_autoptr (GPtrArray) sets = NULL;
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "thing", "name", "one", NULL);
  for (guint round = 0; round < 9; round++)
    {
      g_autoptr (GString) tags = g_string_new (NULL);

      for (guint i = 0; i < SAT_TAGS_MAX; i++)
        g_string_append_printf (tags, "%st%02u-%03u", i ? "\n" : "", round, i);
      record_set (both[0], "thing", &id, "tags", tags->str);
    }
  sets = sealed_sets (both[0], "customers");
  g_assert_cmpuint (sets->len, ==, 2);
  world_sync_all (&world, both, 2);
  assert_equal_replicas (both[0], both[1]);
  g_autofree char *shown = record_get (both[1], "thing", &id, "tags");
  g_assert_true (g_str_has_prefix (shown, "t08-000\n"));
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* ---- headers ------------------------------------------------------------------------------------
 */

/* Number 1 says all it saw, the later ones what is new; each claims only what was applied. */
static void
test_saw (void)
{
  World world;
  SatWorkspace *both[2];
  guint n;

  world_laptops (&world, both, 2);
  record_new (both[0], "thing", "name", "one", NULL);
  world_sync (&world, both[0]);
  record_new (both[1], "thing", "name", "two", NULL);
  world_sync (&world, both[1]); /* sealed before it heard of the first */
  record_new (both[1], "thing", "name", "three", NULL);
  {
    g_autoptr (GBytes) text = world_text (&world, "customers", sat_workspace_device (both[1]), 1);
    g_autoptr (SatChangeSet) early = sat_change_set_decode_header (text, NULL);
    g_autoptr (GPtrArray) sets = sealed_sets (both[1], "customers");
    const SatChangeSet *late = g_ptr_array_index (sets, 0);
    const SatSaw *saw;

    g_assert_true (sat_change_set_saw_is_full (early));
    sat_change_set_saw (early, &n);
    g_assert_cmpuint (n, ==, 0);
    g_assert_false (sat_change_set_saw_is_full (late));
    g_assert_cmpuint (sat_change_set_number (late), ==, 2);
    saw = sat_change_set_saw (late, &n);
    g_assert_cmpuint (n, ==, 1);
    g_assert_true (sat_id_equal (&saw[0].device, sat_workspace_device (both[0])));
    g_assert_cmpuint (saw[0].number, ==, 1);
  }
  record_new (both[1], "thing", "name", "four", NULL);
  {
    g_autoptr (GPtrArray) sets = sealed_sets (both[1], "customers");
    sat_change_set_saw (g_ptr_array_index (sets, 1), &n);
    g_assert_cmpuint (n, ==, 0);
  }
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/apply/seal/every-type", test_every_type);
  g_test_add_func ("/apply/seal/references", test_references);
  g_test_add_func ("/apply/seal/last-write-counts", test_last_write_counts);
  g_test_add_func ("/apply/seal/lives", test_lives);
  g_test_add_func ("/apply/seal/keep", test_keep);
  g_test_add_func ("/apply/seal/keep-shrinks", test_keep_shrinks);
  g_test_add_func ("/apply/seal/pieces", test_pieces);
  g_test_add_func ("/apply/seal/many-operations", test_many_operations);
  g_test_add_func ("/apply/seal/saw", test_saw);
  return g_test_run ();
}
