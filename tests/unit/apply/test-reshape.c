/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicas follow the company's catalogue, in whatever order definitions and values come, and end
 * with the same. */
#include "core/apply/sat-reshape.h"

#include <string.h>

#include "core/base/sat-error.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-shape.h"
#include "tests/support/world.h"

#define N 3

typedef struct
{
  World world;
  SatWorkspace *all[N]; /* administrators all */
} Bed;

static void
bed_init (Bed *bed)
{
  static const char *const logins[N] = { "admin", "li", "wang" };

  world_init (&bed->world);
  world_found (&bed->world, NULL);
  for (guint i = 0; i < N; i++)
    bed->all[i] = world_join (&bed->world, logins[i]);
  world_sync_all (&bed->world, bed->all, N);
  for (guint i = 1; i < N; i++)
    {
      g_autofree char *title = g_strconcat ("/", logins[i], NULL);
      SatId id;

      g_assert_true (
          sat_workspace_find (bed->all[0], world_object (bed->all[0], "user"), title, &id, NULL));
      record_set (bed->all[0], "user", &id, "role", "admin");
    }
  world_sync_all (&bed->world, bed->all, N);
}

static void
bed_clear (Bed *bed)
{
  for (guint i = 0; i < N; i++)
    g_clear_pointer (&bed->all[i], sat_workspace_close);
  world_clear (&bed->world);
}

static char *
define (SatWorkspace *workspace, const char *object, const char *field, const SatSaying *sayings)
{
  g_autoptr (GError) error = NULL;
  SatShaped of = { object, field, NULL };
  char *name = NULL;

  sat_workspace_define (workspace, &of, sayings, &name, &error);
  g_assert_no_error (error);
  return name;
}

static char *
add_field (SatWorkspace *workspace, const char *object, const char *label, const char *type)
{
  SatSaying sayings[] = {
    { "label_en", label }, { "type", type }, { "search", "5" }, { NULL, NULL }
  };

  return define (workspace, object, NULL, sayings);
}

static char *
add_object (SatWorkspace *workspace, const char *label)
{
  SatSaying sayings[] = { { "label_en", label }, { NULL, NULL } };

  return define (workspace, NULL, NULL, sayings);
}

static void
redefine (SatWorkspace *workspace,
          const char *object,
          const char *field,
          const char *what,
          const char *value)
{
  g_autoptr (GError) error = NULL;
  SatShaped shaped = { object, field, NULL };
  SatSaying sayings[] = { { what, value }, { NULL, NULL } };

  sat_workspace_redefine (workspace, &shaped, sayings, &error);
  g_assert_no_error (error);
}

static void
assert_same_shape (SatWorkspace *a, SatWorkspace *b)
{
  g_assert_cmpstr (sat_catalogue_fingerprint (sat_workspace_catalogue (a)), ==,
                   sat_catalogue_fingerprint (sat_workspace_catalogue (b)));
}

/* Objects and fields that were handed out stay valid, and mean the same; what is saved with them
 * arrives. */
static void
test_old_pointers (void)
{
  Bed bed;
  SatId id;
  g_autofree char *tax = NULL;
  g_autofree char *first = NULL;

  bed_init (&bed);
  first = add_field (bed.all[0], "customer", "First", "integer");
  id = record_new (bed.all[0], "customer", "name", "Acme", first, "7", NULL);

  const SatObject *object = world_object (bed.all[0], "customer");
  const SatField *name = sat_object_find (object, "name");
  const SatField *number = sat_object_find (object, first);
  g_autoptr (SatRecord) record = record_load (bed.all[0], "customer", &id);
  g_autoptr (SatDraft) draft = sat_draft_edit (record);

  tax = add_field (bed.all[0], "customer", "Tax", "text");
  g_assert_true (world_object (bed.all[0], "customer") != object);
  g_assert_null (sat_object_find (object, tax));
  g_assert_cmpstr (sat_record_get (record, world_field (bed.all[0], "customer", first)), ==, "7");
  g_assert_null (sat_record_get (record, world_field (bed.all[0], "customer", tax)));
  sat_draft_set (draft, name, "Acme Ltd");
  sat_draft_set (draft, number, "8");
  g_assert_true (sat_workspace_save (bed.all[0], draft, NULL, NULL));
  assert_value (bed.all[0], "customer", &id, "name", "Acme Ltd");
  assert_value (bed.all[0], "customer", &id, first, "8");
  g_autoptr (SatRecord) again = sat_workspace_load (bed.all[0], object, &id, NULL);
  g_assert_cmpstr (sat_record_get (again, number), ==, "8");
  assert_healthy (bed.all[0]);
  bed_clear (&bed);
}

/* Values of a field, and records of an object, that nobody here knows yet. */
static void
test_values_first (void)
{
  Bed bed;
  g_autofree char *tax = NULL;
  g_autofree char *machine = NULL;
  SatId customer, press;
  SatInbox *inbox;
  SatInboxProgress progress = { 0 };

  bed_init (&bed);
  tax = add_field (bed.all[0], "customer", "Tax", "text");
  machine = add_object (bed.all[0], "Machine");
  customer = record_new (bed.all[0], "customer", "name", "Acme", tax, "9131", NULL);
  press = record_new (bed.all[0], machine, "name", "Press", NULL);
  world_push (&bed.world, bed.all[0]);

  /* Only what the customers' book has. */
  inbox = sat_inbox_new (bed.all[1], world_hub_text, &bed.world);
  for (guint i = 0; i < bed.world.devices->len; i++)
    sat_inbox_offer (inbox, "customers", g_ptr_array_index (bed.world.devices, i));
  while (!progress.done)
    g_assert_true (sat_inbox_step (inbox, 0, &progress, NULL));
  sat_inbox_free (inbox);
  g_assert_null (sat_object_find (world_object (bed.all[1], "customer"), tax));
  assert_value (bed.all[1], "customer", &customer, "name", "Acme");
  g_assert_cmpint (world_int (bed.all[1], "SELECT count(*) FROM o__unknown"), ==, 1);

  world_sync_all (&bed.world, bed.all, N);
  assert_value (bed.all[1], "customer", &customer, tax, "9131");
  assert_value (bed.all[1], machine, &press, "name", "Press");
  g_assert_cmpint (world_int (bed.all[1], "SELECT count(*) FROM o__unknown"), ==, 0);
  for (guint i = 0; i < N; i++)
    {
      assert_equal_replicas (bed.all[0], bed.all[i]);
      assert_same_shape (bed.all[0], bed.all[i]);
      assert_healthy (bed.all[i]);
    }
  bed_clear (&bed);
}

/* Another process on the same replica. */
static void
test_two_processes (void)
{
  Bed bed;
  SatWorkspace *other;
  g_autofree char *tax = NULL;
  g_autofree char *late = NULL;
  SatId id;

  bed_init (&bed);
  id = record_new (bed.all[0], "customer", "name", "Acme", NULL);
  other = world_open (&bed.world, "admin", NULL);
  tax = add_field (bed.all[0], "customer", "Tax", "text");
  record_set (bed.all[0], "customer", &id, tax, "9131");
  g_assert_null (sat_object_find (world_object (other, "customer"), tax));
  g_assert_true (sat_workspace_follow (other, NULL));
  assert_value (other, "customer", &id, tax, "9131");
  g_assert_true (sat_workspace_catalogue (other) == sat_workspace_catalogue (bed.all[0]));

  /* Who writes follows without being told. */
  late = add_field (bed.all[0], "customer", "Late", "text");
  record_set (bed.all[0], "customer", &id, late, "x");
  record_set (other, "customer", &id, "name", "Acme Ltd");
  assert_value (other, "customer", &id, late, "x");
  assert_value (bed.all[0], "customer", &id, "name", "Acme Ltd");
  assert_healthy (other);
  sat_workspace_close (other);
  bed_clear (&bed);
}

/* A transaction that fails leaves no field behind, in memory or in the database. */
static void
test_rollback (void)
{
  Bed bed;
  g_autofree char *tax = NULL;
  g_autoptr (GError) error = NULL;
  SatShaped of = { "customer", NULL, NULL };
  SatSaying odd[] = { { "label_en", "Odd" }, { "type", "hologram" }, { NULL, NULL } };
  const SatCatalogue *before;
  char *name = NULL;
  SatId id;

  bed_init (&bed);
  before = sat_workspace_catalogue (bed.all[0]);
  g_assert_false (sat_workspace_define (bed.all[0], &of, odd, &name, &error));
  assert_error (&error, SAT_ERROR_INVALID, "the definition of");
  g_assert_true (sat_workspace_catalogue (bed.all[0]) == before);

  g_assert_true (sat_workspace_begin (bed.all[0], NULL));
  tax = add_field (bed.all[0], "customer", "Tax", "text");
  g_assert_true (sat_reshape (world_replica (bed.all[0]), NULL));
  g_assert_nonnull (sat_object_find (world_object (bed.all[0], "customer"), tax));
  sat_workspace_rollback (bed.all[0]);
  g_assert_true (sat_workspace_catalogue (bed.all[0]) == before);
  id = record_new (bed.all[0], "customer", "name", "Acme", NULL);
  assert_value (bed.all[0], "customer", &id, "name", "Acme");
  assert_healthy (bed.all[0]);
  bed_clear (&bed);
}

/* Another policy settles what is there in another way. */
static void
test_policy (void)
{
  Bed bed;
  g_autofree char *price = NULL;
  SatId id;

  bed_init (&bed);
  price = add_field (bed.all[0], "customer", "Price", "integer");
  id = record_new (bed.all[0], "customer", "name", "Acme", NULL);
  world_sync_all (&bed.world, bed.all, N);
  record_set (bed.all[0], "customer", &id, price, "9");
  world_tick (&bed.world, 1000);
  record_set (bed.all[1], "customer", &id, price, "5");
  world_sync_all (&bed.world, bed.all, N);
  assert_value (bed.all[2], "customer", &id, price, "5");
  redefine (bed.all[1], "customer", price, "policy", "max");
  assert_value (bed.all[1], "customer", &id, price, "9");
  world_sync_all (&bed.world, bed.all, N);
  assert_value (bed.all[2], "customer", &id, price, "9");
  redefine (bed.all[1], "customer", price, "policy", "review");
  world_sync_all (&bed.world, bed.all, N);
  g_assert_cmpint (world_int (bed.all[2], "SELECT count(*) FROM conflict"), ==, 1);
  for (guint i = 0; i < N; i++)
    assert_healthy (bed.all[i]);
  bed_clear (&bed);
}

/* The built-in catalogue of a Satchel that knows nothing of definitions. */
static SatCatalogue *
older_catalogue (World *world)
{
  const char *from = g_getenv ("SATCHEL_CATALOGUE");
  g_autofree char *dir = g_build_filename (world->dir, "older-XXXXXX", NULL);
  g_autoptr (GDir) names = g_dir_open (from, 0, NULL);
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue;
  const char *name;

  g_assert_nonnull (names);
  g_assert_nonnull (g_mkdtemp (dir));
  while ((name = g_dir_read_name (names)) != NULL)
    {
      g_autofree char *file = g_build_filename (from, name, NULL);
      g_autofree char *copy = g_build_filename (dir, name, NULL);
      g_autofree char *xml = NULL;

      if (!g_str_has_suffix (name, ".xml") || g_str_has_suffix (name, "_definition.xml"))
        continue;
      g_assert_true (g_file_get_contents (file, &xml, NULL, NULL));
      g_assert_true (g_file_set_contents (copy, xml, -1, NULL));
    }
  catalogue = sat_catalogue_read (dir, NULL, &error);
  g_assert_no_error (error);
  return catalogue;
}

/* A laptop with an older Satchel keeps what it does not understand and passes it on; updated, it
 * shows it. */
static void
test_older (void)
{
  Bed bed;
  g_autofree char *tax = NULL;
  g_autofree char *machine = NULL;
  SatWorkspace *old;
  SatCatalogue *now;
  SatId customer, press;

  bed_init (&bed);
  now = bed.world.catalogue;
  bed.world.catalogue = older_catalogue (&bed.world);
  old = world_join (&bed.world, "old");
  tax = add_field (bed.all[0], "customer", "Tax", "text");
  machine = add_object (bed.all[0], "Machine");
  customer = record_new (bed.all[0], "customer", "name", "Acme", tax, "9131", NULL);
  press = record_new (bed.all[0], machine, "name", "Press", NULL);
  world_push (&bed.world, bed.all[0]);
  world_sync (&bed.world, old);
  g_assert_null (sat_object_find (world_object (old, "customer"), tax));
  record_set (old, "customer", &customer, "name", "Acme Ltd");
  world_push (&bed.world, old);
  world_sync_all (&bed.world, bed.all, N);
  world_sync (&bed.world, old);
  assert_value (bed.all[1], "customer", &customer, tax, "9131");
  assert_value (bed.all[1], "customer", &customer, "name", "Acme Ltd");
  assert_equal_replicas (bed.all[1], old);
  sat_workspace_close (old);

  sat_catalogue_unref (bed.world.catalogue);
  bed.world.catalogue = now;
  old = world_open (&bed.world, "old", NULL);
  assert_value (old, "customer", &customer, tax, "9131");
  assert_value (old, machine, &press, "name", "Press");
  assert_same_shape (bed.all[1], old);
  assert_equal_replicas (bed.all[1], old);
  assert_healthy (old);
  sat_workspace_close (old);
  bed_clear (&bed);
}

/* ---- any order ---- */

typedef struct
{
  Bed bed;
  GRand *rand;
  GPtrArray *fields;  /* names of fields of customer */
  GPtrArray *objects; /* names of objects */
  GArray *customers;  /* SatId */
} Play;

static const char *
any (Play *play, const GPtrArray *names)
{
  return names->len ? g_ptr_array_index (names, g_rand_int_range (play->rand, 0, names->len))
                    : NULL;
}

static void
play_define (Play *play, SatWorkspace *at)
{
  static const char *const types[] = { "text", "integer", "date", "tags", "money", "long-text" };

  if (g_rand_int_range (play->rand, 0, 4) == 0)
    g_ptr_array_add (play->objects, add_object (at, "Thing"));
  else
    g_ptr_array_add (play->fields,
                     add_field (at, "customer", "Field",
                                types[g_rand_int_range (play->rand, 0, G_N_ELEMENTS (types))]));
}

static void
play_change (Play *play, SatWorkspace *at)
{
  static const char *const changes[][2] = {
    { "label_en", "Other" }, { "label_zh_cn", "别的" }, { "retired", "yes" }, { "retired", NULL },
    { "policy", "review" },  { "policy", NULL },        { "search", "0" },    { "list", "15" },
    { "group", "Basics" },   { "required", NULL },
  };
  const char *field = any (play, play->fields);
  guint i = g_rand_int_range (play->rand, 0, G_N_ELEMENTS (changes));

  if (field == NULL || sat_object_find (world_object (at, "customer"), field) == NULL ||
      (strcmp (changes[i][0], "policy") == 0 && changes[i][1] &&
       world_field (at, "customer", field)->type->id == SAT_TYPE_TAGS))
    redefine (at, "customer", "phone", "label_zh_cn", i % 2 ? "总机" : "电话机");
  else
    redefine (at, "customer", field, changes[i][0], changes[i][1]);
}

static void
play_value (Play *play, SatWorkspace *at)
{
  static const char *const inputs[] = { "7", "2026-01-02", "5.00 CNY", "words" };
  const char *name = any (play, play->fields);
  const SatObject *object = world_object (at, "customer");
  const SatField *field = name ? sat_object_find (object, name) : NULL;
  SatId *id = &g_array_index (play->customers, SatId,
                              g_rand_int_range (play->rand, 0, play->customers->len));

  for (guint i = 0; field != NULL && i < G_N_ELEMENTS (inputs); i++)
    {
      const char *input = inputs[(i + g_rand_int_range (play->rand, 0, 4)) % 4];
      g_autofree char *value = NULL;

      if (field->type->parse (&field->options, input, &value, NULL))
        {
          record_set (at, "customer", id, name, value);
          return;
        }
    }
}

static void
play_thing (Play *play, SatWorkspace *at)
{
  const char *object = any (play, play->objects);

  if (object != NULL && sat_catalogue_find (sat_workspace_catalogue (at), object) != NULL)
    record_new (at, object, "name", "thing", NULL);
}

static void
play_step (Play *play)
{
  static void (*const steps[]) (Play *, SatWorkspace *) = { play_define, play_change, play_value,
                                                            play_value, play_thing };
  SatWorkspace *at = play->bed.all[g_rand_int_range (play->rand, 0, N)];
  SatInboxProgress progress = { 0 };

  world_tick (&play->bed.world, 1000);
  switch (g_rand_int_range (play->rand, 0, 4))
    {
    case 0:
      world_push (&play->bed.world, at);
      break;
    case 1:
      world_fetch (&play->bed.world, at, &progress);
      break;
    default:
      steps[g_rand_int_range (play->rand, 0, G_N_ELEMENTS (steps))](play, at);
    }
}

static void
check_end (Play *play)
{
  SatWorkspace *late = world_join (&play->bed.world, "late");

  world_sync (&play->bed.world, late);
  world_sync_all (&play->bed.world, play->bed.all, N);
  world_sync (&play->bed.world, late);
  for (guint i = 0; i <= N; i++)
    {
      SatWorkspace *at = i < N ? play->bed.all[i] : late;

      assert_equal_replicas (play->bed.all[0], at);
      assert_same_shape (play->bed.all[0], at);
      assert_healthy (at);
      for (guint f = 0; f < play->fields->len; f++)
        for (guint c = 0; c < play->customers->len; c++)
          {
            const SatId *id = &g_array_index (play->customers, SatId, c);
            const char *field = g_ptr_array_index (play->fields, f);
            g_autofree char *value = record_get (play->bed.all[0], "customer", id, field);

            assert_value (at, "customer", id, field, value);
          }
    }
  sat_workspace_close (late);
}

static void
test_any_order (void)
{
  for (guint round = 0; round < 6; round++)
    {
      guint32 seed = g_test_rand_int ();
      Play play = { .rand = g_rand_new_with_seed (seed) };

      g_test_message ("seed %u", seed);
      play.fields = g_ptr_array_new_with_free_func (g_free);
      play.objects = g_ptr_array_new_with_free_func (g_free);
      play.customers = g_array_new (FALSE, FALSE, sizeof (SatId));
      bed_init (&play.bed);
      for (guint i = 0; i < 3; i++)
        {
          SatId id = record_new (play.bed.all[0], "customer", "name", "Acme", NULL);
          g_array_append_val (play.customers, id);
        }
      world_sync_all (&play.bed.world, play.bed.all, N);
      for (guint i = 0; i < 60; i++)
        play_step (&play);
      world_sync_all (&play.bed.world, play.bed.all, N);
      check_end (&play);
      bed_clear (&play.bed);
      g_ptr_array_unref (play.fields);
      g_ptr_array_unref (play.objects);
      g_array_unref (play.customers);
      g_rand_free (play.rand);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reshape/old-pointers", test_old_pointers);
  g_test_add_func ("/reshape/values-first", test_values_first);
  g_test_add_func ("/reshape/two-processes", test_two_processes);
  g_test_add_func ("/reshape/rollback", test_rollback);
  g_test_add_func ("/reshape/policy", test_policy);
  g_test_add_func ("/reshape/older", test_older);
  g_test_add_func ("/reshape/any-order", test_any_order);
  return g_test_run ();
}
