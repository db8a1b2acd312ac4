/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two replicas that exchange texts through a table in memory: the whole path without git. */
#include <glib/gstdio.h>

#include "core/workspace/sat-workspace-private.h"

typedef struct {
  char *dir;
  SatPlatform *platform;
  SatCatalogue *catalogue;
  GHashTable *hub; /* "book device number" -> GBytes */
  GPtrArray *devices; /* SatId */
} World;

static void
world_init (World *world)
{
  GError *error = NULL;

  world->dir = g_dir_make_tmp ("satchel-test-XXXXXX", &error);
  g_assert_no_error (error);
  world->platform = sat_platform_new_seeded (7, G_GINT64_CONSTANT (1767225600000));
  world->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  world->hub = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  world->devices = g_ptr_array_new_with_free_func (g_free);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
world_clear (World *world)
{
  remove_folder (world->dir);
  g_free (world->dir);
  sat_platform_unref (world->platform);
  sat_catalogue_unref (world->catalogue);
  g_hash_table_unref (world->hub);
  g_ptr_array_unref (world->devices);
}

static char *
hub_key (const char *book, const SatId *device, guint64 number)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("%s %s %" G_GUINT64_FORMAT, book, sat_id_format (device, text), number);
}

static GBytes *
hub_text (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  World *world = data;
  g_autofree char *key = hub_key (book, device, number);
  GBytes *text = g_hash_table_lookup (world->hub, key);

  (void) error;
  return text ? g_bytes_ref (text) : NULL;
}

static void
push (World *world, SatWorkspace *workspace)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) sealed = NULL;

  g_assert_true (sat_workspace_seal (workspace, &error));
  g_assert_no_error (error);
  sealed = sat_workspace_unpushed (workspace, G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *entry = g_ptr_array_index (sealed, i);

      g_hash_table_insert (world->hub,
                           hub_key (entry->book, sat_workspace_device (workspace), entry->number),
                           g_bytes_ref (entry->text));
      g_assert_true (sat_workspace_mark_pushed (workspace, entry->book, entry->number, &error));
    }
}

static void
fetch (World *world, SatWorkspace *workspace, SatInboxProgress *progress)
{
  GError *error = NULL;
  g_autoptr (SatInbox) inbox = sat_inbox_new (workspace, hub_text, world);
  g_auto (GStrv) books = sat_workspace_books (workspace, &error);

  g_assert_no_error (error);
  for (guint i = 0; books[i] != NULL; i++)
    for (guint k = 0; k < world->devices->len; k++)
      sat_inbox_offer (inbox, books[i], g_ptr_array_index (world->devices, k));
  do
    {
      g_assert_true (sat_inbox_step (inbox, 5, progress, &error));
      g_assert_no_error (error);
    }
  while (!progress->done);
}

static SatWorkspace *
add_replica (World *world, const char *name)
{
  GError *error = NULL;
  g_autofree char *home = g_build_filename (world->dir, name, NULL);
  SatWorkspace *workspace
      = sat_workspace_create (home, world->platform, world->catalogue, "hub", &error);

  g_assert_no_error (error);
  g_ptr_array_add (world->devices, g_memdup2 (sat_workspace_device (workspace), sizeof (SatId)));
  return workspace;
}

static SatWorkspace *
join (World *world, const char *login)
{
  GError *error = NULL;
  SatInboxProgress progress = { 0 };
  SatWorkspace *workspace = add_replica (world, login);

  fetch (world, workspace, &progress);
  g_assert_true (sat_workspace_join (workspace, login, NULL, login, NULL, &error));
  g_assert_no_error (error);
  push (world, workspace);
  return workspace;
}

static void
sync_replica (World *world, SatWorkspace *workspace)
{
  SatInboxProgress progress = { 0 };

  sat_platform_set_now (world->platform, sat_platform_now_ms (world->platform) + 1000);
  g_assert_true (sat_workspace_seal (workspace, NULL));
  fetch (world, workspace, &progress);
  push (world, workspace);
}

static void
set_field (SatWorkspace *workspace, const SatId *id, const char *name, const char *value)
{
  GError *error = NULL;
  const SatObject *object = sat_workspace_object (workspace, "customer", &error);
  const SatField *field = sat_workspace_field (workspace, object, name, &error);
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, object, id, &error);
  g_autoptr (SatDraft) draft = NULL;

  g_assert_no_error (error);
  draft = sat_draft_edit (record);
  if (field->policy == SAT_POLICY_UNION)
    sat_draft_add_element (draft, field, value);
  else
    sat_draft_set (draft, field, value);
  g_assert_true (sat_workspace_save (workspace, draft, NULL, &error));
  g_assert_no_error (error);
}

static char *
get_field (SatWorkspace *workspace, const SatId *id, const char *name)
{
  GError *error = NULL;
  const SatObject *object = sat_workspace_object (workspace, "customer", &error);
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, object, id, &error);

  g_assert_no_error (error);
  return g_strdup (sat_record_get (record, sat_object_find (object, name)));
}

static void
assert_field (SatWorkspace *workspace, const SatId *id, const char *name, const char *expected)
{
  g_autofree char *value = get_field (workspace, id, name);

  g_assert_cmpstr (value, ==, expected);
}

static void
assert_equal_digests (SatWorkspace *a, SatWorkspace *b)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) x = sat_workspace_digest (a, &error);
  g_autoptr (GPtrArray) y = sat_workspace_digest (b, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (x->len, ==, y->len);
  for (guint i = 0; i < x->len; i++)
    {
      const SatDigest *one = g_ptr_array_index (x, i);
      const SatDigest *two = g_ptr_array_index (y, i);
      g_assert_cmpstr (one->book, ==, two->book);
      g_assert_cmpstr (one->digest, ==, two->digest);
    }
}

static void
assert_healthy (SatWorkspace *workspace)
{
  GError *error = NULL;
  gboolean more = TRUE;
  g_autoptr (GPtrArray) checks = NULL;

  while (more)
    g_assert_true (sat_workspace_index_step (workspace, 0, &more, &error));
  checks = sat_workspace_doctor (workspace, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      if (!check->ok)
        g_error ("%s: %s", check->name, check->detail_msgid);
    }
}

static void
test_two_laptops (void)
{
  World world;
  GError *error = NULL;
  const char *books[] = { "customers", NULL };
  g_autoptr (SatDraft) draft = NULL;
  const SatObject *customer;
  SatId id;

  world_init (&world);
  SatWorkspace *founder = add_replica (&world, "founder");
  g_assert_true (sat_workspace_found (founder, "Acme", "CNY", books, &error));
  g_assert_no_error (error);
  push (&world, founder);
  sat_workspace_close (founder);
  SatWorkspace *a = join (&world, "wang");
  SatWorkspace *b = join (&world, "li");

  customer = sat_workspace_object (a, "customer", &error);
  draft = sat_draft_new (customer);
  sat_draft_set (draft, sat_object_find (customer, "name"), "上海宏达机械有限公司");
  sat_draft_set (draft, sat_object_find (customer, "phone"), "021-5555-0100");
  sat_draft_set (draft, sat_object_find (customer, "notes"), "line one");
  g_assert_true (sat_workspace_save (a, draft, &id, &error));
  g_assert_no_error (error);
  sync_replica (&world, a);
  sync_replica (&world, b);
  assert_field (b, &id, "name", "上海宏达机械有限公司");

  set_field (a, &id, "phone", "021-5555-0111");
  set_field (a, &id, "city", "上海");
  set_field (a, &id, "tags", "vip");
  set_field (b, &id, "phone", "021-5555-0122");
  set_field (b, &id, "industry", "manufacturing");
  set_field (b, &id, "tags", "east");
  sync_replica (&world, a);
  sync_replica (&world, b);
  sync_replica (&world, a);

  SatWorkspace *both[] = { a, b };
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GPtrArray) conflicts = sat_workspace_conflicts (both[i], -1, &error);

      g_assert_no_error (error);
      assert_field (both[i], &id, "city", "上海");
      assert_field (both[i], &id, "industry", "manufacturing");
      assert_field (both[i], &id, "tags", "east\nvip");
      g_assert_cmpuint (conflicts->len, ==, 1);
      const SatConflict *conflict = g_ptr_array_index (conflicts, 0);
      g_assert_cmpstr (conflict->field->name, ==, "phone");
      g_assert_cmpuint (conflict->values->len, ==, 2);
      g_assert_cmpstr (conflict->before, ==, "021-5555-0100");
      const SatChange *shown = g_ptr_array_index (conflict->values, 0);
      const SatChange *other = g_ptr_array_index (conflict->values, 1);
      g_assert_cmpint (shown->state, ==, SAT_CURRENT);
      g_assert_cmpint (other->state, ==, SAT_SIBLING);
      g_assert_cmpstr (shown->user, !=, other->user);
    }
  assert_equal_digests (a, b);

  const SatField *phone = sat_object_find (customer, "phone");
  g_assert_true (sat_workspace_resolve (b, customer, &id, phone, 1, NULL, &error));
  g_assert_no_error (error);
  sync_replica (&world, b);
  sync_replica (&world, a);
  g_assert_cmpint (sat_workspace_n_conflicts (a), ==, 0);
  g_assert_cmpint (sat_workspace_n_conflicts (b), ==, 0);
  assert_equal_digests (a, b);
  g_autoptr (GPtrArray) history = sat_workspace_history (a, customer, &id, phone, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 4);
  assert_healthy (a);
  assert_healthy (b);

  g_autoptr (GArray) hits = sat_workspace_search (b, "宏达", 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (hits->len, ==, 1);
  sat_workspace_close (a);
  sat_workspace_close (b);
  world_clear (&world);
}

static void
test_delete_against_edit (void)
{
  World world;
  GError *error = NULL;
  const char *books[] = { "customers", NULL };
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (SatDraft) child = NULL;
  g_autoptr (GArray) removed = NULL;
  SatId id, contact_id;
  char text[SAT_ID_TEXT_SIZE];

  world_init (&world);
  SatWorkspace *founder = add_replica (&world, "founder");
  g_assert_true (sat_workspace_found (founder, "Acme", "CNY", books, &error));
  push (&world, founder);
  sat_workspace_close (founder);
  SatWorkspace *a = join (&world, "wang");
  SatWorkspace *b = join (&world, "li");
  const SatObject *customer = sat_workspace_object (a, "customer", &error);
  const SatObject *contact = sat_workspace_object (a, "contact", &error);

  draft = sat_draft_new (customer);
  sat_draft_set (draft, customer->title, "Kept Ltd");
  g_assert_true (sat_workspace_save (a, draft, &id, &error));
  g_assert_no_error (error);
  sync_replica (&world, a);
  sync_replica (&world, b);

  /* A deletes; B, not knowing, gives it a contact: the contact keeps its customer on the screen. */
  g_assert_true (sat_workspace_delete (a, customer, &id, &removed, &error));
  g_assert_cmpuint (removed->len, ==, 1);
  child = sat_draft_new (contact);
  sat_draft_set (child, contact->title, "Ms New");
  sat_draft_set (child, contact->owning, sat_id_format (&id, text));
  g_assert_true (sat_workspace_save (b, child, &contact_id, &error));
  g_assert_no_error (error);
  sync_replica (&world, a);
  sync_replica (&world, b);
  sync_replica (&world, a);
  assert_equal_digests (a, b);
  SatWorkspace *both[] = { a, b };
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SatRecord) shown = sat_workspace_load (both[i], customer, &id, &error);
      g_assert_no_error (error);
      g_assert_false (sat_record_deleted (shown));
    }
  /* Without the contact it is gone again. */
  g_assert_true (sat_workspace_delete (b, contact, &contact_id, NULL, &error));
  sync_replica (&world, b);
  sync_replica (&world, a);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SatRecord) hidden = sat_workspace_load (both[i], customer, &id, &error);
      g_assert_no_error (error);
      g_assert_true (sat_record_deleted (hidden));
    }
  assert_healthy (a);
  assert_healthy (b);
  sat_workspace_close (a);
  sat_workspace_close (b);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/exchange/two-laptops", test_two_laptops);
  g_test_add_func ("/workspace/exchange/delete-against-edit", test_delete_against_edit);
  return g_test_run ();
}
