/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making, founding and joining. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

static char *
home_file (SatWorkspace *workspace, const char *name)
{
  return g_build_filename (sat_workspace_home (workspace), name, NULL);
}

static SatRecord *
find_record (SatWorkspace *workspace, const char *object, const char *title)
{
  g_autofree char *text = g_strconcat ("/", title, NULL);
  g_autoptr (GError) error = NULL;
  SatId id;

  sat_workspace_find (workspace, world_object (workspace, object), text, &id, &error);
  g_assert_no_error (error);
  return record_load (workspace, object, &id);
}

#define assert_field(workspace, record, name, expected) \
  g_assert_cmpstr (sat_record_get (record, sat_object_find (sat_record_object (record), name)), \
                   ==, expected)

static void
test_create (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;
  SatId derived;
  GStatBuf info;

  world_init (&world);
  a = world_create (&world, "a");
  g_autofree char *key = home_file (a, "device.key");
  g_assert_cmpint (g_stat (key, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  sat_device_id_from_key (sat_workspace_public_key (a), &derived);
  g_assert_true (sat_id_equal (&derived, sat_workspace_device (a)));
  g_assert_cmpstr (sat_workspace_hub (a), ==, "hub");
  g_assert_true (sat_workspace_exists (sat_workspace_home (a)));
  {
    g_auto (GStrv) books = sat_workspace_books (a, &error);
    g_assert_cmpuint (g_strv_length (books), ==, 1);
    g_assert_cmpstr (books[0], ==, "company");
  }
  g_assert_null (sat_workspace_create (sat_workspace_home (a), world.platform, world.catalogue,
                                       "hub", &error));
  assert_error (&error, SAT_ERROR_INVALID, "there is already a replica");
  g_autofree char *file = g_build_filename (key, "below-a-file", NULL);
  g_assert_null (sat_workspace_create (file, world.platform, world.catalogue, "hub", &error));
  assert_error (&error, SAT_ERROR_FAILED, "cannot make the folder");
  sat_workspace_close (a);
  world_clear (&world);
}

/* It opens and is all there, but nothing can be signed. */
static void
assert_key_is_useless (World *world, const char *home, const char *reason)
{
  g_autoptr (GError) error = NULL;
  SatWorkspace *workspace = sat_workspace_open (home, world->platform, world->catalogue, &error);
  g_autoptr (GPtrArray) checks = NULL;
  const SatCheck *last;

  g_assert_no_error (error);
  g_assert_false (sat_workspace_check_key (workspace, &error));
  assert_error (&error, SAT_ERROR_FAILED, reason);
  checks = sat_workspace_doctor (workspace, FALSE, &error);
  g_assert_no_error (error);
  last = g_ptr_array_index (checks, checks->len - 1);
  g_assert_cmpstr (last->name, ==, "key");
  g_assert_false (last->ok);
  sat_workspace_close (workspace);
}

static void
test_open (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a, *b;
  g_autofree char *home = NULL;
  g_autofree char *key = NULL;
  g_autofree char *other = NULL;
  g_autofree char *text = NULL;
  gsize length;

  world_init (&world);
  a = world_create (&world, "a");
  b = world_create (&world, "b");
  home = g_strdup (sat_workspace_home (a));
  key = home_file (a, "device.key");
  other = home_file (b, "device.key");
  sat_workspace_close (a);
  sat_workspace_close (b);
  g_assert_null (sat_workspace_open (world.dir, world.platform, world.catalogue, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no workspace in");
  g_assert_true (g_file_get_contents (other, &text, &length, NULL));
  g_assert_true (g_file_set_contents (key, text, (gssize) length, NULL));
  assert_key_is_useless (&world, home, "the key in");
  g_assert_true (g_file_set_contents (key, "no key", -1, NULL));
  assert_key_is_useless (&world, home, "the key of this device");
  g_unlink (key);
  assert_key_is_useless (&world, home, "the key of this device");
  world_clear (&world);
}

/* Names are tidied like any text; keys are made of them, or of their hash. */
static void
test_found (void)
{
  static const char *const books[] = { " East  China ", "华东", "Company", NULL };
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;

  world_init (&world);
  a = world_create (&world, "a");
  sat_workspace_found (a, " Acme ", "CNY", books, &error);
  g_assert_no_error (error);
  g_autoptr (SatRecord) space = find_record (a, "workspace", "Acme");
  g_autoptr (SatRecord) east = find_record (a, "book", "East  China");
  g_autoptr (SatRecord) chinese = find_record (a, "book", "华东");
  g_autoptr (SatRecord) company = find_record (a, "book", "Company");
  g_autoptr (SatRecord) admin = find_record (a, "user", "Administrator");
  g_autoptr (SatRecord) founder = find_record (a, "device", "founder");
  const SatField *key = world_field (a, "book", "key");

  assert_field (a, space, "currency", "CNY");
  assert_field (a, admin, "role", "admin");
  assert_field (a, founder, "state", "retired");
  g_assert_cmpstr (sat_record_get (east, key), ==, "east-china");
  g_assert_cmpint (sat_record_get (chinese, key)[0], ==, 'b');
  g_assert_cmpuint (strlen (sat_record_get (chinese, key)), ==, 9);
  g_assert_cmpstr (sat_record_get (company, key), !=, "company");
  assert_healthy (a);
  sat_workspace_close (a);
  world_clear (&world);
}

static void
test_found_refused (void)
{
  static const char *const alike[] = { "East", "east!", NULL };
  static const char *const good[] = { "East", NULL };
  static const char *const bad[] = { "two\nlines", NULL };
  g_autofree char *long_name = g_strnfill (201, 'x');
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;

  world_init (&world);
  a = world_create (&world, "a");
  g_assert_false (sat_workspace_found (a, "", "CNY", good, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“” cannot name a workspace");
  g_assert_false (sat_workspace_found (a, "a\xff", "CNY", good, &error));
  g_clear_error (&error);
  g_assert_false (sat_workspace_found (a, long_name, "CNY", good, &error));
  g_clear_error (&error);
  g_assert_false (sat_workspace_found (a, "Acme", "CNY", bad, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“two\nlines” cannot name a book");
  g_assert_false (sat_workspace_found (a, "Acme", "CNY", alike, &error));
  assert_error (&error, SAT_ERROR_INVALID, "the books “East” and “east!” are too alike");
  g_assert_cmpint (world_int (a, "SELECT count(*) FROM open_record"), ==, 0);
  sat_workspace_close (a);
  world_clear (&world);
}

/* ---- joining ------------------------------------------------------------------------------------
 */

static SatWorkspace *
received (World *world, const char *name)
{
  SatInboxProgress progress = { 0 };
  SatWorkspace *workspace = world_create (world, name);

  world_fetch (world, workspace, &progress);
  return workspace;
}

static void
test_join_early (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;

  world_init (&world);
  a = world_create (&world, "a");
  g_assert_false (sat_workspace_join (a, "wang", NULL, NULL, NULL, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "the hub holds no workspace");
  sat_workspace_close (a);
  world_clear (&world);
}

static void
test_join_books (void)
{
  static const char *const all[] = { "East", "West", NULL };
  static const char *const by_name[] = { "West", "West", NULL };
  static const char *const by_both[] = { "east", "East", "company", NULL };
  static const char *const missing[] = { "East", "North", "South", NULL };
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a, *b, *c;

  world_init (&world);
  world_found (&world, all);
  a = received (&world, "a");
  b = received (&world, "b");
  c = received (&world, "c");
  g_assert_false (sat_workspace_join (a, "wang", NULL, "A", missing, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND,
                "the workspace does not have these books: North, South;");
  g_assert_cmpint (world_int (a, "SELECT count(*) FROM book WHERE held"), ==, 1);
  sat_workspace_join (a, "wang", NULL, "A", by_name, &error);
  g_assert_no_error (error);
  sat_workspace_join (b, "wang", NULL, "B", by_both, &error);
  g_assert_no_error (error);
  sat_workspace_join (c, "li", NULL, "C", NULL, &error);
  g_assert_no_error (error);
  SatWorkspace *three[] = { a, b, c };
  static const char *const expected[] = { "company west", "company east", "company east west" };
  for (guint i = 0; i < 3; i++)
    {
      g_auto (GStrv) books = sat_workspace_books (three[i], &error);
      g_autofree char *joined = g_strjoinv (" ", books);
      g_assert_cmpstr (joined, ==, expected[i]);
      sat_workspace_close (three[i]);
    }
  world_clear (&world);
}

/* Two laptops of one person meet in one user; names are tidied; each device has a code of its own.
 */
static void
test_join_people (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];

  world_init (&world);
  world_found (&world, NULL);
  for (guint i = 0; i < 2; i++)
    {
      both[i] = received (&world, i ? "b" : "a");
      sat_workspace_join (both[i], i ? "wang" : " wang ", " 王伟 ", i ? "B" : " A ", NULL, &error);
      g_assert_no_error (error);
    }
  world_sync_all (&world, both, 2);
  g_autoptr (SatRecord) user = find_record (both[0], "user", "王伟");
  g_autoptr (SatRecord) one = find_record (both[0], "device", "A");
  g_autoptr (SatRecord) two = find_record (both[0], "device", "B");
  const SatField *code = world_field (both[0], "device", "code");
  g_autofree char *id = sat_id_dup_text (sat_record_id (user));
  assert_field (both[0], user, "login", "wang");
  assert_field (both[0], one, "user", id);
  assert_field (both[0], two, "user", id);
  g_assert_cmpstr (sat_record_get (one, code), !=, sat_record_get (two, code));
  g_assert_true (sat_id_equal (sat_record_id (one), sat_workspace_device (both[0])));
  g_assert_cmpint (world_int (both[0], "SELECT count(*) FROM o_user WHERE f_login = 'wang'"), ==,
                   1);
  assert_equal_replicas (both[0], both[1]);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

static void
test_join_refused (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *a;

  world_init (&world);
  world_found (&world, NULL);
  a = received (&world, "a");
  g_assert_false (sat_workspace_join (a, " ", NULL, NULL, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“ ” cannot be a login name");
  g_assert_false (sat_workspace_join (a, "wang", "<wang>", NULL, NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“<wang>” cannot name a person");
  g_assert_false (sat_workspace_join (a, "wang", NULL, "a\tb", NULL, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“a\tb” cannot name a device");
  g_assert_cmpint (world_int (a, "SELECT count(*) FROM open_record"), ==, 0);
  sat_workspace_close (a);
  world_clear (&world);
}

/* A code that another device took at the same time is given up. */
static void
test_settle_code (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatWorkspace *both[2];
  g_autofree char *theirs = NULL;
  gboolean changed;

  world_laptops (&world, both, 2);
  world_sync_all (&world, both, 2);
  g_assert_true (sat_workspace_settle_code (both[0], &changed, &error));
  g_assert_false (changed);
  theirs = record_get (both[0], "device", sat_workspace_device (both[1]), "code");
  const SatEdit same = { .field = world_field (both[0], "device", "code"), .value = theirs };
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };
  sat_workspace_edit_raw (both[0], same.field->object, sat_workspace_device (both[0]), NULL, &same,
                          1, &kind, &error);
  g_assert_no_error (error);
  g_assert_true (sat_workspace_settle_code (both[0], &changed, &error));
  g_assert_no_error (error);
  g_assert_true (changed);
  g_autofree char *mine = record_get (both[0], "device", sat_workspace_device (both[0]), "code");
  g_assert_cmpstr (mine, !=, theirs);
  sat_workspace_close (both[0]);
  sat_workspace_close (both[1]);
  world_clear (&world);
}

/* Who knows no hub takes six characters of its id, until one is known. */
static void
test_code_without_hub (void)
{
  World world;
  g_autoptr (GError) error = NULL;
  SatInboxProgress progress = { 0 };
  SatWorkspace *wang, *li;
  char id[SAT_ID_TEXT_SIZE];

  world_laptops (&world, &wang, 1);
  li = world_create (&world, "li");
  g_assert_true (sat_workspace_set_hub (li, "", NULL));
  sat_workspace_join (li, "li", NULL, "li", NULL, &error);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "the file does not hold all of the workspace");
  world_fetch (&world, li, &progress);
  sat_workspace_join (li, "li", NULL, "li", NULL, &error);
  g_assert_no_error (error);
  sat_id_format (sat_workspace_device (li), id);
  g_autofree char *first = record_get (li, "device", sat_workspace_device (li), "code");
  g_assert_cmpstr (first, ==, id + 30);
  g_assert_true (sat_workspace_settle_renewed (li, &error));
  g_autofree char *second = record_get (li, "device", sat_workspace_device (li), "code");
  g_assert_cmpstr (second, ==, first);

  /* Also as another device. */
  g_assert_true (sat_workspace_renew (li, NULL, 0, &error));
  g_ptr_array_add (world.devices, g_memdup2 (sat_workspace_device (li), sizeof (SatId)));
  sat_id_format (sat_workspace_device (li), id);
  g_autofree char *third = record_get (li, "device", sat_workspace_device (li), "code");
  g_assert_cmpstr (third, ==, id + 30);

  g_assert_true (sat_workspace_set_hub (li, "hub", NULL));
  g_assert_true (sat_workspace_settle_renewed (li, &error));
  g_autofree char *code = record_get (li, "device", sat_workspace_device (li), "code");
  g_assert_cmpuint (strlen (code), ==, 2);
  g_autofree char *theirs = record_get (wang, "device", sat_workspace_device (wang), "code");
  g_assert_cmpstr (code, !=, theirs);
  world_push (&world, li);
  world_fetch (&world, wang, &progress);
  g_autofree char *known = record_get (wang, "device", sat_workspace_device (li), "code");
  g_assert_cmpstr (known, ==, code);
  g_assert_true (sat_workspace_settle_renewed (li, &error));
  g_autofree char *kept = record_get (li, "device", sat_workspace_device (li), "code");
  g_assert_cmpstr (kept, ==, code);
  sat_workspace_close (wang);
  sat_workspace_close (li);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/workspace/create/create", test_create);
  g_test_add_func ("/workspace/create/open", test_open);
  g_test_add_func ("/workspace/create/found", test_found);
  g_test_add_func ("/workspace/create/found-refused", test_found_refused);
  g_test_add_func ("/workspace/create/join-early", test_join_early);
  g_test_add_func ("/workspace/create/join-books", test_join_books);
  g_test_add_func ("/workspace/create/join-people", test_join_people);
  g_test_add_func ("/workspace/create/join-refused", test_join_refused);
  g_test_add_func ("/workspace/create/settle-code", test_settle_code);
  g_test_add_func ("/workspace/create/code-without-hub", test_code_without_hub);
  return g_test_run ();
}
