/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Derived data follows the catalogue and the registers: what was not known shows as soon as it is,
 * and whatever was spoilt is found and made anew. */
#include "core/apply/sat-rederive.h"

#include <string.h>

#include "core/workspace/sat-workspace-private.h"
#include "tests/support/change-maker.h"

#define POOR(more) \
  "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>" \
  "<field name='name' type='text' search='10'><label>name</label></field>" more "</object>"

/* The catalogue may lack the object, or fields, or have other policies. */
static const char *const poor_xmls[] = {
  NULL,
  POOR (""),
  POOR ("<field name='tags' type='tags'><label>tags</label></field>"
        "<field name='phone' type='phone' policy='newest'><label>phone</label></field>"
        "<field name='high' type='integer'><label>high</label></field>"
        "<field name='note' type='long-text'><label>note</label></field>"
        "<field name='price' type='money' policy='review'><label>price</label></field>"
        "<field name='count' type='integer' policy='max'><label>count</label></field>"
        "<field name='parent' type='reference' reference='thing'><label>parent</label></field>"),
};

static SatWorkspace *
receiver (World *world, const char *name)
{
  SatWorkspace *workspace = world_create (world, name);

  g_assert_true (sat_workspace_hold (workspace, "customers", NULL));
  return workspace;
}

/* A replica of a poorer catalogue has the same state; with the richer one it shows the same. */
static void
check_learning (guint64 seed, const char *xml)
{
  const char *const xmls[] = { xml, NULL };
  const char *const rich[] = { world_thing_xml, NULL };
  World world;
  g_autoptr (ChangeMaker) maker = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *wanted = NULL;
  g_autoptr (SatWorkspace) knows = NULL;
  g_autoptr (SatWorkspace) learns = NULL;

  world_init (&world);
  maker = change_maker_new (&world, seed, 3, 12);
  expected = change_maker_lines (maker);
  knows = receiver (&world, "knows");
  change_maker_deliver (maker, knows, seed);
  sat_catalogue_unref (world.catalogue);
  world.catalogue = world_catalogue (&world, xmls);
  learns = receiver (&world, "learns");
  change_maker_deliver (maker, learns, seed + 1);
  lines = sorted_lines (learns);
  g_assert_cmpstr (lines, ==, expected);
  assert_healthy (learns);
  sat_workspace_close (learns);

  sat_catalogue_unref (world.catalogue);
  world.catalogue = world_catalogue (&world, rich);
  learns = world_open (&world, "learns", NULL);
  g_free (lines);
  lines = sorted_lines (learns);
  g_assert_cmpstr (lines, ==, expected);
  wanted = shown_things (knows);
  shown = shown_things (learns);
  g_assert_cmpstr (shown, ==, wanted);
  assert_healthy (learns);
  g_assert_cmpint (world_int (learns, "SELECT count(*) FROM o__unknown u JOIN name n"
                                      " ON n.number = u.object WHERE n.name = 'thing'"),
                   ==, 0);
  g_clear_pointer (&learns, sat_workspace_close);
  g_clear_pointer (&knows, sat_workspace_close);
  world_clear (&world);
}

static void
test_learning (gconstpointer data)
{
  guint which = GPOINTER_TO_UINT (data);

  for (guint64 seed = 1; seed < 5; seed++)
    check_learning (10 * which + seed, poor_xmls[which]);
}

/* ---- one laptop of an older program among newer ones --------------------------------------------
 */

typedef struct
{
  World world;
  SatWorkspace *all[2];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    g_clear_pointer (&f->all[i], sat_workspace_close);
  world_clear (&f->world);
}

/* History, conflicts and the index come along when the object becomes known. */
static void
test_adoption (Fixture *f, gconstpointer data)
{
  const char *const none[] = { NULL };
  const char *const rich[] = { world_thing_xml, NULL };
  g_autoptr (GError) error = NULL;
  SatWorkspace *old;
  SatId id;

  sat_catalogue_unref (f->world.catalogue);
  f->world.catalogue = world_catalogue (&f->world, none);
  old = world_join (&f->world, "chen");
  id = record_new (f->all[0], "thing", "name", "宏达", "phone", "1", "tags", "vip", NULL);
  record_set (f->all[0], "thing", &id, "count", "1");
  world_sync_all (&f->world, f->all, 2);
  for (guint i = 0; i < 2; i++)
    record_set (f->all[i], "thing", &id, "phone", i ? "2" : "3");
  record_set (f->all[0], "thing", &id, "count", "2");
  world_sync_all (&f->world, f->all, 2);
  world_sync (&f->world, old);
  record_set (f->all[0], "thing", &id, "name", "新宏达");
  world_sync_all (&f->world, f->all, 2);
  world_sync (&f->world, old);
  g_assert_cmpint (world_int (old, "SELECT count(*) FROM o__unknown"), ==, 1);
  assert_check (old, FALSE, "catalogue", TRUE);
  sat_workspace_close (old);

  sat_catalogue_unref (f->world.catalogue);
  f->world.catalogue = world_catalogue (&f->world, rich);
  old = world_open (&f->world, "chen", NULL);
  assert_value (old, "thing", &id, "name", "新宏达");
  assert_value (old, "thing", &id, "tags", "vip");
  g_assert_cmpint (sat_workspace_n_conflicts (old), ==, 1);
  {
    const SatField *name = world_field (old, "thing", "name");
    g_autoptr (GPtrArray) history = sat_workspace_history (old, name->object, &id, name, &error);
    g_autoptr (GArray) hits = sat_workspace_search (old, "新宏", 5, &error);

    g_assert_cmpuint (history->len, ==, 2);
    g_assert_cmpuint (hits->len, ==, 1);
  }
  world_sync (&f->world, old);
  assert_equal_replicas (old, f->all[0]);
  assert_healthy (old);
  sat_workspace_close (old);
}

/* The process dies between the new schema and the derived data: the next opening does it. */
static void
test_interrupted (Fixture *f, gconstpointer data)
{
  const char *const other[] = { POOR ("<field name='phone' type='phone' policy='review'>"
                                      "<label>phone</label></field>"),
                                NULL };
  const char *const rich[] = { world_thing_xml, NULL };
  g_autofree char *home = g_build_filename (f->world.dir, "chen", NULL);
  g_autoptr (SatReplica) replica = NULL;
  SatWorkspace *old;
  gboolean rederive;
  SatId id;

  sat_catalogue_unref (f->world.catalogue);
  f->world.catalogue = world_catalogue (&f->world, other);
  old = world_join (&f->world, "chen");
  id = record_new (f->all[0], "thing", "name", "one", "day", "2026-01-01", NULL);
  world_sync (&f->world, f->all[0]);
  world_sync (&f->world, old);
  sat_workspace_close (old);
  sat_catalogue_unref (f->world.catalogue);
  f->world.catalogue = world_catalogue (&f->world, rich);
  replica = sat_replica_open (home, FALSE, f->world.catalogue, f->world.platform, &rederive, NULL);
  g_assert_true (rederive);
  g_clear_pointer (&replica, sat_replica_close); /* and nothing else */
  old = world_open (&f->world, "chen", NULL);
  assert_value (old, "thing", &id, "day", "2026-01-01");
  assert_healthy (old);
  sat_workspace_close (old);
  replica = sat_replica_open (home, FALSE, f->world.catalogue, f->world.platform, &rederive, NULL);
  g_assert_false (rederive);
}

/* A poorer catalogue than the replica's: refused, since values would seem to be gone. */
static void
test_poorer (Fixture *f, gconstpointer data)
{
  const char *const none[] = { NULL };
  const char *const less[] = { POOR (""), NULL };
  const char *const *const cases[] = { none, less };
  static const char *const messages[] = {
    "this replica was last used by a Satchel that knows “thing”",
    "this replica was last used by a Satchel that knows “thing.",
  };
  g_autofree char *home = g_build_filename (f->world.dir, "wang", NULL);
  g_autofree char *before = world_lines (f->all[0]);
  g_autofree char *after = NULL;

  g_clear_pointer (&f->all[0], sat_workspace_close);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatCatalogue) poorer = world_catalogue (&f->world, cases[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (sat_workspace_open (home, f->world.platform, poorer, &error));
      assert_error (&error, SAT_ERROR_NEWER, messages[i]);
    }
  f->all[0] = world_open (&f->world, "wang", NULL);
  after = world_lines (f->all[0]);
  g_assert_cmpstr (before, ==, after);
}

/* ---- spoilt -------------------------------------------------------------------------------------
 */

typedef struct
{
  const char *what;
  const char *sql;
} Spoiling;

static const Spoiling spoilings[] = {
  { "tags", "UPDATE o_thing SET f_tags = 'b'" },
  { "tags-of-none", "UPDATE o_thing SET f_tags = 'b' WHERE f_name = 'child'" },
  { "dead", "UPDATE o_thing SET dead = 1, hidden = 1 WHERE f_name = 'two'" },
  { "away", "UPDATE o_thing SET dead = 2 WHERE f_name = 'child'" },
  { "hidden", "UPDATE o_thing SET hidden = 1 WHERE f_name = 'kept'" },
  { "shown", "UPDATE o_thing SET hidden = 0 WHERE f_name = 'gone'" },
  { "no-conflict", "DELETE FROM conflict" },
  { "conflict", "INSERT INTO conflict SELECT o.number, row, n.number FROM name o, name n, o_thing"
                " WHERE o.name = 'thing' AND n.name = 'price' AND f_name = 'child'" },
};

/* Another version of the collation sorts otherwise: all keys are made anew. */
static void
test_sorting (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = record_new (f->all[0], "thing", "name", "上海", NULL);
  SatId found;

  world_exec (f->all[0], "UPDATE o_thing SET sort = x'00'; UPDATE meta SET value = '0' WHERE key ="
                         " 'sorting'");
  g_assert_false (
      sat_workspace_find (f->all[0], world_object (f->all[0], "thing"), "/上海", &found, NULL));
  g_clear_pointer (&f->all[0], sat_workspace_close);
  f->all[0] = world_open (&f->world, "wang", NULL);
  sat_workspace_find (f->all[0], world_object (f->all[0], "thing"), "/上海", &found, &error);
  g_assert_no_error (error);
  g_assert_true (sat_id_equal (&found, &id));
}

/* Every kind of derived data, spoilt: doctor finds it, and repairs it. */
static void
test_spoilt (Fixture *f, gconstpointer data)
{
  SatWorkspace *a = f->all[0];
  SatId two, kept, gone;
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *shown = NULL;
  g_autofree char *lines = NULL;

  two = record_new (a, "thing", "name", "two", "phone", "1", "tags", "a", NULL);
  kept = record_new (a, "thing", "name", "kept", NULL);
  gone = record_new (a, "thing", "name", "gone", NULL);
  world_sync_all (&f->world, f->all, 2);
  record_delete (a, "thing", &kept);
  record_delete (a, "thing", &gone);
  record_new (f->all[1], "thing", "name", "child", "parent", sat_id_format (&kept, text), NULL);
  record_set (a, "thing", &two, "phone", "2");
  record_set (f->all[1], "thing", &two, "phone", "3");
  world_sync_all (&f->world, f->all, 2);
  assert_healthy (a);
  shown = shown_things (a);
  lines = world_lines (a);
  for (guint i = 0; i < G_N_ELEMENTS (spoilings); i++)
    {
      g_autofree char *again = NULL;
      g_autofree char *lines_again = NULL;

      g_test_message ("%s", spoilings[i].what);
      world_exec (a, spoilings[i].sql);
      assert_check (a, FALSE, "registers", FALSE);
      assert_check (a, TRUE, "registers", TRUE);
      assert_check (a, FALSE, "registers", TRUE);
      again = shown_things (a);
      g_assert_cmpstr (again, ==, shown);
      lines_again = world_lines (a);
      g_assert_cmpstr (lines_again, ==, lines);
    }
}

/* A record whose registers cannot be read is counted, not crashed on. */
static void
test_damaged (Fixture *f, gconstpointer data)
{
  guint64 records, wrong;
  g_autoptr (GError) error = NULL;

  record_new (f->all[0], "thing", "name", "one", NULL);
  record_new (f->all[0], "thing", "name", "two", NULL);
  world_exec (f->all[0], "UPDATE o_thing SET stamps = x'ff00' WHERE f_name = 'one'");
  g_assert_true (sat_rederive_check (f->all[0]->replica, &records, &wrong, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (wrong, ==, 1);
  g_assert_cmpuint (records, >, 2);
  assert_check (f->all[0], FALSE, "registers", FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/apply/rederive/" name, Fixture, NULL, set_up, func, tear_down)
  g_test_add_data_func ("/apply/rederive/learning-object", GUINT_TO_POINTER (0), test_learning);
  g_test_add_data_func ("/apply/rederive/learning-fields", GUINT_TO_POINTER (1), test_learning);
  g_test_add_data_func ("/apply/rederive/learning-policies", GUINT_TO_POINTER (2), test_learning);
  ADD ("adoption", test_adoption);
  ADD ("interrupted", test_interrupted);
  ADD ("poorer", test_poorer);
  ADD ("sorting", test_sorting);
  ADD ("spoilt", test_spoilt);
  ADD ("damaged", test_damaged);
#undef ADD
  return g_test_run ();
}
