/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom a team means, which role counts, and when rights hold at all. */
#include "core/query/sat-rights.h"

#include "core/query/sat-list.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[4]; /* wang, li, chen, zhao */
  SatReplica *replica;
  SatId users[4];
} Fixture;

static SatId
user_of (SatWorkspace *workspace, const char *login)
{
  const SatObject *user = world_object (workspace, "user");
  SatListQuery query = { .object = user, .limit = -1 };
  g_autoptr (GArray) rows = sat_list_rows (world_replica (workspace), &query, NULL);

  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (world_replica (workspace), user,
                                                        g_array_index (rows, gint64, i), NULL);
      if (g_strcmp0 (sat_record_get (record, sat_object_find (user, "login")), login) == 0)
        return *sat_record_id (record);
    }
  g_error ("there is no user %s", login);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 4);
  world_sync_all (&f->world, f->all, 4);
  f->replica = world_replica (f->all[0]);
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (SatStatus) status = sat_workspace_status (f->all[i], NULL);
      f->users[i] = user_of (f->all[0], status->user_login);
    }
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < 4; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static void
set_reference (Fixture *f, const char *object, const SatId *id, const char *field, const SatId *to)
{
  g_autofree char *text = sat_id_dup_text (to);

  record_set (f->all[0], object, id, field, text);
}

/* The users (by place) whom team means for WHO, as digits. */
static char *
team_of (Fixture *f, guint who)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatAccess) access = NULL;
  GString *text = g_string_new (NULL);

  g_assert_true (sat_rights_read (f->replica, &f->users[who], NULL, &access, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < 4; i++)
    if (sat_access_reaches (access, SAT_REACH_TEAM, &f->users[i]))
      g_string_append_printf (text, "%u", i);
  return g_string_free (text, FALSE);
}

#define assert_team(f, who, expected) \
  do \
    { \
      g_autofree char *found_ = team_of (f, who); \
      g_assert_cmpstr (found_, ==, expected); \
    } \
  while (0)

static void
test_people (Fixture *f, gconstpointer data)
{
  SatId east = record_new (f->all[0], "team", "name", "East", NULL);
  SatId town = record_new (f->all[0], "team", "name", "Town", NULL);

  (void) data;
  assert_team (f, 0, "0");
  set_reference (f, "team", &town, "parent", &east);
  set_reference (f, "user", &f->users[1], "team", &town);
  set_reference (f, "user", &f->users[2], "team", &town);
  assert_team (f, 1, "12"); /* colleagues */
  assert_team (f, 0, "0");
  set_reference (f, "team", &east, "leader", &f->users[0]);
  assert_team (f, 0, "012"); /* of the team below the one that is led */
  set_reference (f, "user", &f->users[3], "manager", &f->users[1]);
  set_reference (f, "user", &f->users[1], "manager", &f->users[3]); /* a circle ends */
  assert_team (f, 3, "13");
  set_reference (f, "team", &east, "parent", &town); /* another one */
  assert_team (f, 0, "012");
}

static void
test_roles (Fixture *f, gconstpointer data)
{
  g_autofree char *fresh = sat_rights_role (f->replica, &f->users[0]);
  SatId nobody = { 0 };

  (void) data;
  g_assert_cmpstr (fresh, ==, "sales");
  record_set (f->all[0], "user", &f->users[0], "role", NULL);
  g_autofree char *empty = sat_rights_role (f->replica, &f->users[0]);
  g_assert_cmpstr (empty, ==, "sales");
  record_set (f->all[0], "user", &f->users[0], "role", "finance");
  g_autofree char *finance = sat_rights_role (f->replica, &f->users[0]);
  g_assert_cmpstr (finance, ==, "finance");
  record_set (f->all[0], "user", &f->users[0], "active", "no");
  g_autofree char *gone = sat_rights_role (f->replica, &f->users[0]);
  g_assert_cmpstr (gone, ==, "observer");
  g_assert_null (sat_rights_role (f->replica, &nobody));
}

static void
test_in_force (Fixture *f, gconstpointer data)
{
  gboolean holds;

  (void) data;
  g_assert_true (sat_rights_are_in_force (f->replica, &holds, NULL));
  g_assert_false (holds); /* the founder's administrator has no device */
  record_set (f->all[0], "user", &f->users[1], "role", "admin");
  g_assert_true (sat_rights_are_in_force (f->replica, &holds, NULL));
  g_assert_true (holds);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/rights/people", test_people);
  ADD ("/rights/roles", test_roles);
  ADD ("/rights/in-force", test_in_force);
#undef ADD
  return g_test_run ();
}
