/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which records a right reaches, as SQL, against the rule said in words and worked out by hand over
 * records with all kinds of owners and parents. */
#include "core/query/sat-scope.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/store/sat-schema.h"
#include "tests/support/world.h"

#define USERS 4 /* me, a colleague, a stranger, nobody */

typedef struct
{
  World world;
  SatWorkspace *all[1];
  SatReplica *replica;
  SatId users[USERS];
  GHashTable *people; /* me and the colleague */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "me", "colleague", "stranger" };

  (void) data;
  world_laptops (&f->world, f->all, 1);
  f->replica = world_replica (f->all[0]);
  f->people = g_hash_table_new (sat_id_hash, sat_id_equal);
  for (guint i = 0; i + 1 < USERS; i++)
    sat_id_derive (NULL, names[i], strlen (names[i]), &f->users[i]);
  g_hash_table_add (f->people, &f->users[0]);
  g_hash_table_add (f->people, &f->users[1]);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  g_hash_table_unref (f->people);
  sat_workspace_close (f->all[0]);
  world_clear (&f->world);
}

static SatAccess *
access_with (Fixture *f, const char *object, SatReach reach)
{
  SatAccess *access = sat_access_new ("sales", &f->users[0], f->people);
  SatGrant grant = { object, NULL, { -1, -1, -1, -1, -1 }, -1 };

  grant.rights[SAT_RIGHT_READ] = (int) reach;
  sat_access_grant (access, &grant);
  return access;
}

static char *
hex_of (const SatId *id)
{
  GString *hex = g_string_new (NULL);

  for (guint i = 0; i < SAT_ID_SIZE; i++)
    g_string_append_printf (hex, "%02x", id->bytes[i]);
  return g_string_free (hex, FALSE);
}

/* The owner is written below the façade: the users need not be here. */
static void
set_owner (Fixture *f, const char *object, const SatId *id, guint user)
{
  const SatObject *of = world_object (f->all[0], object);
  g_autofree char *owner = hex_of (&f->users[user]);
  g_autofree char *uuid = hex_of (id);
  g_autofree char *column = sat_schema_column (sat_object_find (of, "owner"), 0);
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET %s = x'%s' WHERE uuid = x'%s'",
                                          sat_replica_table (f->replica, of)->table, column, owner,
                                          uuid);

  if (user != USERS - 1)
    world_exec (f->all[0], sql);
}

static gboolean
is_listed (Fixture *f, const char *object, const SatAccess *access, const SatId *id)
{
  SatListQuery query = { .object = world_object (f->all[0], object),
                         .limit = -1,
                         .access = access,
                         .right = SAT_RIGHT_READ };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_list_rows (f->replica, &query, &error);
  g_autoptr (SatRecord) record = record_load (f->all[0], object, id);
  gboolean listed = FALSE;
  gboolean within;

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    listed |= g_array_index (rows, gint64, i) == sat_record_row (record);
  g_assert_true (sat_scope_has (f->replica, access, query.object, SAT_RIGHT_READ,
                                sat_record_row (record), &within, &error));
  g_assert_no_error (error);
  g_assert_cmpint (within, ==, listed);
  return listed;
}

static gboolean
is_ours (SatReach reach, guint user)
{
  return reach == SAT_REACH_ALL || (reach == SAT_REACH_OWN && user == 0) ||
         (reach == SAT_REACH_TEAM && user < 2);
}

static void
test_owners (Fixture *f, gconstpointer data)
{
  SatId customers[USERS];

  (void) data;
  for (guint i = 0; i < USERS; i++)
    {
      customers[i] = record_new (f->all[0], "customer", "name", "C", NULL);
      set_owner (f, "customer", &customers[i], i);
    }
  for (guint reach = 0; reach < SAT_N_REACHES; reach++)
    {
      g_autoptr (SatAccess) access = access_with (f, "customer", reach);

      for (guint i = 0; i < USERS; i++)
        {
          gboolean nobodys = i == USERS - 1 && reach != SAT_REACH_NONE;
          g_assert_cmpint (is_listed (f, "customer", access, &customers[i]), ==,
                           nobodys || is_ours (reach, i));
        }
    }
}

/* A deal is ours by its own owner, by its customer's, or where neither is anybody's. */
static void
test_parents (Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint parent = 0; parent < USERS + 1; parent++) /* USERS: there is none */
    for (guint own = 0; own < USERS; own++)
      {
        SatId customer = record_new (f->all[0], "customer", "name", "C", NULL);
        SatId deal = record_new (f->all[0], "deal", "name", "D", NULL);
        g_autofree char *text = sat_id_dup_text (&customer);

        if (parent < USERS)
          {
            record_set (f->all[0], "deal", &deal, "customer", text);
            set_owner (f, "customer", &customer, parent);
          }
        set_owner (f, "deal", &deal, own);
        for (guint reach = SAT_REACH_OWN; reach < SAT_N_REACHES; reach++)
          {
            g_autoptr (SatAccess) access = access_with (f, "deal", reach);
            gboolean nobodys_parent = parent == USERS - 1;
            gboolean expected = reach == SAT_REACH_ALL || is_ours (reach, own) ||
                                (parent < USERS && is_ours (reach, parent)) || nobodys_parent ||
                                (parent == USERS && own == USERS - 1);

            g_assert_cmpint (is_listed (f, "deal", access, &deal), ==, expected);
          }
      }
}

/* What is nobody's by nature is everybody's; of users one's own record is one's own. */
static void
test_without_owner (Fixture *f, gconstpointer data)
{
  SatId product = record_new (f->all[0], "product", "name", "P", NULL);
  g_autoptr (SatAccess) own = access_with (f, "product", SAT_REACH_OWN);
  g_autoptr (SatAccess) none = access_with (f, "product", SAT_REACH_NONE);
  g_autoptr (SatAccess) users = access_with (f, "user", SAT_REACH_OWN);
  SatListQuery query = { .object = world_object (f->all[0], "user"),
                         .limit = -1,
                         .access = users,
                         .right = SAT_RIGHT_READ };

  (void) data;
  g_assert_true (is_listed (f, "product", own, &product));
  g_assert_false (is_listed (f, "product", none, &product));
  g_assert_cmpint (sat_list_count (f->replica, &query, NULL), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/scope/owners", test_owners);
  ADD ("/scope/parents", test_parents);
  ADD ("/scope/without-owner", test_without_owner);
#undef ADD
  return g_test_run ();
}
