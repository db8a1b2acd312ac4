/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Saving, deleting and settling through the façade. */
#include "core/base/sat-handover.h"
#include "core/store/sat-history-log.h"
#include "core/workspace/sat-workspace-import.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

#include <string.h>

static void
test_refusals (void)
{
  World world;
  SatWorkspace *laptop;
  g_autoptr (GError) error = NULL;
  g_autoptr (SatDraft) empty = NULL;
  g_autoptr (SatDraft) stray = NULL;
  g_autoptr (SatDraft) elsewhere = NULL;
  gint64 before;

  world_laptops (&world, &laptop, 1);
  before = world_int (laptop, "SELECT count(*) FROM open_record");
  empty = sat_draft_new (world_object (laptop, "customer"));
  g_assert_false (sat_workspace_save (laptop, empty, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "");
  stray = sat_draft_new (world_object (laptop, "contact"));
  sat_draft_set (stray, world_field (laptop, "contact", "name"), "Nobody's");
  sat_draft_set (stray, world_field (laptop, "contact", "customer"),
                 "01890000-0000-7000-8000-000000000000");
  g_assert_false (sat_workspace_save (laptop, stray, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "customer: there is no customer");
  elsewhere = sat_draft_new (world_object (laptop, "customer"));
  sat_draft_set (elsewhere, world_field (laptop, "customer", "name"), "X");
  sat_draft_set_book (elsewhere, "mars");
  g_assert_false (sat_workspace_save (laptop, elsewhere, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "");
  g_autoptr (SatDraft) device = sat_draft_new (world_object (laptop, "device"));
  sat_draft_set (device, world_field (laptop, "device", "name"), "By hand");
  g_assert_false (sat_workspace_save (laptop, device, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a device is made by Satchel itself");
  g_assert_false (sat_workspace_delete (laptop, world_object (laptop, "device"),
                                        sat_workspace_device (laptop), NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a device is kept for good");
  g_autoptr (SatRecord) mine = record_load (laptop, "device", sat_workspace_device (laptop));
  g_autoptr (SatDraft) edit = sat_draft_edit (mine);
  sat_draft_set (edit, world_field (laptop, "device", "code"), "ZZ");
  g_assert_false (sat_workspace_save (laptop, edit, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "code: this never changes");
  /* Nothing of it was written. */
  g_assert_cmpint (world_int (laptop, "SELECT count(*) FROM open_record"), ==, before);
  sat_workspace_close (laptop);
  world_clear (&world);
}

static void
test_rollback (void)
{
  World world;
  SatWorkspace *laptop;
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  world_laptops (&world, &laptop, 1);
  before = world_lines (laptop);
  g_assert_true (sat_workspace_begin (laptop, &error));
  record_new (laptop, "customer", "name", "Never was", "tags", "never", NULL);
  sat_workspace_rollback (laptop);
  after = world_lines (laptop);
  g_assert_cmpstr (after, ==, before);
  record_new (laptop, "customer", "name", "Is there", NULL);
  assert_healthy (laptop);
  sat_workspace_close (laptop);
  world_clear (&world);
}

static void
test_delete_with_children (void)
{
  World world;
  SatWorkspace *laptop;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) removed = NULL;
  char text[SAT_ID_TEXT_SIZE];
  SatId customer, contact, deal;

  world_laptops (&world, &laptop, 1);
  customer = record_new (laptop, "customer", "name", "Parent", NULL);
  sat_id_format (&customer, text);
  contact = record_new (laptop, "contact", "name", "Child", "customer", text, NULL);
  deal = record_new (laptop, "deal", "name", "Gone before", "customer", text, NULL);
  record_delete (laptop, "deal", &deal);
  g_assert_true (sat_workspace_delete (laptop, world_object (laptop, "customer"), &customer,
                                       &removed, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (removed->len, ==, 2); /* what an undo brings back, and no more */
  g_assert_true (record_deleted (laptop, "customer", &customer));
  g_assert_true (record_deleted (laptop, "contact", &contact));
  for (guint i = 0; i < removed->len; i++)
    {
      const SatDeleted *entry = &g_array_index (removed, SatDeleted, i);
      g_assert_true (sat_workspace_undelete (laptop, entry->object, &entry->id, &error));
    }
  g_assert_false (record_deleted (laptop, "customer", &customer));
  g_assert_false (record_deleted (laptop, "contact", &contact));
  g_assert_true (record_deleted (laptop, "deal", &deal));
  assert_healthy (laptop);
  sat_workspace_close (laptop);
  world_clear (&world);
}

/* A form that was open while a sync brought another value: both stay, and somebody is asked. */
static void
test_form_over_a_sync (void)
{
  World world;
  SatWorkspace *both[2];
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) loaded = NULL;
  g_autoptr (SatDraft) form = NULL;
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "Form", "phone", "1", NULL);
  world_sync_all (&world, both, 2);
  loaded = record_load (both[0], "customer", &id);
  form = sat_draft_edit (loaded);
  record_set (both[1], "customer", &id, "phone", "22");
  record_set (both[1], "customer", &id, "city", "上海");
  world_sync_all (&world, both, 2);
  sat_draft_set (form, world_field (both[0], "customer", "phone"), "11");
  g_assert_true (sat_workspace_save (both[0], form, NULL, &error));
  g_assert_no_error (error);
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (sat_workspace_n_conflicts (both[i]), ==, 1);
      assert_value (both[i], "customer", &id, "phone", "11");
      assert_value (both[i], "customer", &id, "city", "上海"); /* the form had not touched it */
    }
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

static void
test_resolve (void)
{
  World world;
  SatWorkspace *both[2];
  g_autoptr (GError) error = NULL;
  SatId id;

  world_laptops (&world, both, 2);
  id = record_new (both[0], "customer", "name", "R", "phone", "0", NULL);
  const SatField *phone = world_field (both[0], "customer", "phone");
  world_sync_all (&world, both, 2);
  g_assert_false (sat_workspace_resolve (both[0], phone->object, &id, phone, 1, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "phone");
  record_set (both[0], "customer", &id, "phone", "1");
  record_set (both[1], "customer", &id, "phone", "2");
  world_sync_all (&world, both, 2);
  g_assert_false (sat_workspace_resolve (both[0], phone->object, &id, phone, 3, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "phone");
  g_assert_true (sat_workspace_resolve (both[0], phone->object, &id, phone, 0, "3", &error));
  world_sync_all (&world, both, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpint (sat_workspace_n_conflicts (both[i]), ==, 0);
      assert_value (both[i], "customer", &id, "phone", "3");
      sat_workspace_close (both[i]);
    }
  world_clear (&world);
}

static gboolean
point_to (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  if (number != 128)
    return FALSE;
  entry->previous = *(gint64 *) data;
  return TRUE;
}

/* The second of three entries, each in a page of its own. */
static void
point_second (SatWorkspace *laptop, gint64 previous)
{
  g_assert_true (sat_replica_begin (laptop->replica, NULL));
  g_assert_true (sat_log_edit_history (laptop->replica, point_to, &previous, NULL));
  g_assert_true (sat_replica_commit (laptop->replica, NULL));
}

/* A chain of history that breaks off, or leads back to itself, is named, and nothing hangs. */
static void
test_doctor_history (void)
{
  World world;
  SatWorkspace *laptop;
  SatId id;

  world_laptops (&world, &laptop, 1);
  id = record_new (laptop, "customer", "name", "Often", "phone", "1", NULL);
  for (guint i = 0; i < 3; i++)
    {
      const char *numbers[] = { "2", "3", "4" };
      record_set (laptop, "customer", &id, "phone", numbers[i]);
    }
  g_assert_cmpint (world_history (laptop, NULL, NULL), ==, 3);
  assert_check (laptop, FALSE, "history", TRUE);
  point_second (laptop, 0);
  assert_check (laptop, FALSE, "history", FALSE);
  point_second (laptop, 192);
  assert_check (laptop, FALSE, "history", FALSE);
  point_second (laptop, 77);
  assert_check (laptop, FALSE, "history", FALSE);
  point_second (laptop, 64);
  assert_check (laptop, FALSE, "history", TRUE);
  world_exec (laptop, "UPDATE history SET entries = substr (entries, 1, 5) WHERE page = 2");
  assert_check (laptop, FALSE, "history", FALSE);
  sat_workspace_close (laptop);
  world_clear (&world);
}

/* What is derived can be made anew; what a person would notice is named. */
static void
test_doctor (void)
{
  World world;
  SatWorkspace *laptop;

  world_laptops (&world, &laptop, 1);
  record_new (laptop, "customer", "name", "Healthy", "phone", "021-5555-0100", NULL);
  assert_healthy (laptop);
  world_exec (laptop, "UPDATE o_customer SET dead = 1");
  assert_check (laptop, FALSE, "registers", FALSE);
  assert_check (laptop, TRUE, "registers", TRUE);
  assert_check (laptop, FALSE, "registers", TRUE);
  world_exec (laptop, "INSERT INTO search (search) VALUES ('delete-all')");
  assert_check (laptop, FALSE, "search", FALSE);
  assert_check (laptop, TRUE, "search", TRUE);
  world_exec (laptop, "INSERT INTO dirty (records, notes) VALUES (1, x'ff')");
  assert_check (laptop, TRUE, "search", TRUE);
  assert_healthy (laptop);
  sat_workspace_close (laptop);
  world_clear (&world);
}

/* ---- while an import is under way ---- */

typedef struct
{
  World *world;
  const char *home;
  GMutex lock;
  GCond changed;
  gboolean waits;
  gboolean saved;
  GThread *thread;
} Race;

static void
lock (Race *race)
{
  g_mutex_lock (&race->lock);
  sat_handover_take (race);
}

static void
unlock (Race *race)
{
  sat_handover_give (race);
  g_mutex_unlock (&race->lock);
}

static void
waits_cb (gpointer data)
{
  Race *race = data;

  lock (race);
  race->waits = TRUE;
  g_cond_signal (&race->changed);
  unlock (race);
}

/* Another program. */
static gpointer
save_meanwhile (gpointer data)
{
  Race *race = data;
  g_autoptr (GError) error = NULL;
  SatPlatform *platform = sat_platform_new_seeded (8, G_GINT64_CONSTANT (1767225600000));
  SatWorkspace *other = sat_workspace_open (race->home, platform, race->world->catalogue, &error);

  g_assert_no_error (error);
  world_replica (other)->patience.tell_ms = 1;
  sat_workspace_set_waiting (other, waits_cb, race);
  record_new (other, "customer", "name", "meanwhile", NULL);
  lock (race);
  race->saved = TRUE;
  unlock (race);
  sat_workspace_close (other);
  sat_platform_unref (platform);
  return NULL;
}

/* The import goes on when the other one is known to wait. */
static void
on_row (guint64 row, SatImportVerdict verdict, const char *title, gpointer data)
{
  Race *race = data;

  if (race->thread != NULL)
    return;
  race->thread = g_thread_new ("other", save_meanwhile, race);
  lock (race);
  while (!race->waits)
    {
      sat_handover_give (race);
      g_cond_wait (&race->changed, &race->lock);
      sat_handover_take (race);
    }
  g_assert_false (race->saved);
  unlock (race);
}

/* A save in another program waits for the import's end, and succeeds. */
static void
test_during_import (void)
{
  static const char text[] = "name\nfirst\nsecond\n";
  World world;
  SatWorkspace *laptop;
  Race race = { .world = &world };
  SatFileOptions reading = { 0 };
  SatImportOptions options = { .verdict = on_row, .verdict_data = &race };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (SatImportFile) file = NULL;
  g_auto (SatImportResult) result = { 0 };

  world_laptops (&world, &laptop, 1);
  options.object = world_object (laptop, "customer");
  race.home = sat_workspace_home (laptop);
  g_mutex_init (&race.lock);
  g_cond_init (&race.changed);
  file = sat_import_file_open_bytes (bytes, &reading, &error);
  g_assert_no_error (error);
  g_assert_true (sat_workspace_import (laptop, file, &options, FALSE, &result, &error));
  g_assert_no_error (error);
  g_thread_join (race.thread);
  g_assert_true (race.saved);
  g_assert_cmpint (world_int (laptop, "SELECT count(*) FROM o_customer"), ==, 3);
  assert_healthy (laptop);
  g_mutex_clear (&race.lock);
  g_cond_clear (&race.changed);
  sat_workspace_close (laptop);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/save/refusals", test_refusals);
  g_test_add_func ("/workspace/save/rollback", test_rollback);
  g_test_add_func ("/workspace/save/delete-with-children", test_delete_with_children);
  g_test_add_func ("/workspace/save/form-over-a-sync", test_form_over_a_sync);
  g_test_add_func ("/workspace/save/resolve", test_resolve);
  g_test_add_func ("/workspace/save/doctor", test_doctor);
  g_test_add_func ("/workspace/save/doctor-history", test_doctor_history);
  g_test_add_func ("/workspace/save/during-import", test_during_import);
  return g_test_run ();
}
