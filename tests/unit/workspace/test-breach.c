/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What arrives although a role does not allow it: for each role and object what is flagged is what
 * the rights say. */
#include "core/workspace/sat-workspace-breach.h"

#include "core/change/sat-change-set.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

#define BOOK "customers"

typedef struct
{
  World world;
  SatWorkspace *boss, *wang;
  SatId user; /* wang's record */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  SatWorkspace *both[2];
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  world_init (&f->world);
  world_found (&f->world, NULL);
  both[0] = f->boss = world_join (&f->world, "admin");
  both[1] = f->wang = world_join (&f->world, "wang");
  world_sync_all (&f->world, both, 2);
  sat_workspace_note_synced (f->boss, 1, &error);
  g_assert_no_error (error);
  text = sat_meta_get (world_replica (f->wang), SAT_META_USER);
  g_assert_true (sat_id_parse (text, &f->user));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_workspace_close (f->boss);
  sat_workspace_close (f->wang);
  world_clear (&f->world);
}

typedef enum
{
  MAKE,
  CHANGE,
  DELETE,
  N_DEEDS
} Deed;

/* A change-set of wang's device, as a program that knows no rights would make it, reaches boss. */
static void
send (Fixture *f, const char *object, const SatId *id, Deed deed, const char *field)
{
  const SatId *device = sat_workspace_device (f->wang);
  guint64 number = sat_workspace_applied (f->boss, BOOK, device) + 1;
  SatHlc hlc = sat_hlc_from_ms (sat_platform_now_ms (f->world.platform));
  SatOp op = { .key = deed == MAKE ? ":home" : field,
               .value = deed == MAKE ? BOOK : "written",
               .hlc = hlc,
               .kind = SAT_OP_SET };
  SatOpGroup group = { .object = object,
                       .id = *id,
                       .life_hlc = hlc,
                       .ops = &op,
                       .life = deed == DELETE ? SAT_LIFE_DEAD : SAT_LIFE_LIVE,
                       .n_ops = deed == DELETE ? 0 : 1 };
  SatChangeSetWriter *writer = sat_change_set_writer_new (BOOK, device, number, number == 1, NULL,
                                                          0, NULL, 0);
  g_autoptr (GBytes) text = NULL;
  SatInboxProgress progress;

  sat_change_set_writer_add (writer, &group);
  text = sat_change_set_writer_finish (writer);
  world_put_text (&f->world, BOOK, device, number, text);
  world_fetch (&f->world, f->boss, &progress);
  g_assert_cmpuint (sat_workspace_applied (f->boss, BOOK, device), ==, number);
}

/* The one that is noted, which is let go of; NULL: none. */
static SatBreach *
take (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_workspace_breaches (f->boss, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, sat_workspace_n_breaches (f->boss));
  if (all->len == 0)
    return NULL;
  g_assert_cmpuint (all->len, ==, 1);
  sat_workspace_dismiss_breaches (f->boss, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sat_workspace_n_breaches (f->boss), ==, 0);
  return g_ptr_array_steal_index (all, 0);
}

/* By Satchel itself, and so not judged. */
static gboolean
is_judged (const SatObject *object)
{
  static const char *const not_judged[] = { "book",     "customer_mark", "device", "operation",
                                            "rule_run", "stage_move",    NULL };

  return !g_strv_contains (not_judged, object->name);
}

static void
check (Fixture *f, const SatAccess *access, const SatObject *object, Deed deed)
{
  static const SatRight rights[] = { SAT_RIGHT_CREATE, SAT_RIGHT_EDIT, SAT_RIGHT_DELETE };
  gboolean joins = deed == MAKE && strcmp (object->name, "user") == 0;
  gboolean allowed = sat_access_reach (access, object, rights[deed]) != SAT_REACH_NONE;
  g_autoptr (SatBreach) breach = NULL;
  SatId id = { { 1 } };

  id.bytes[15] = (guint8) object->index;
  /* Of the records that nobody owns: only whether there is the right at all. */
  send (f, object->name, &id, deed, "colour");
  breach = take (f);
  if (allowed || joins || !is_judged (object))
    {
      g_assert_null (breach);
      return;
    }
  g_assert_nonnull (breach);
  g_assert_cmpstr (breach->object, ==, object->name);
  g_assert_cmpstr (breach->role, ==, sat_access_role (access));
  g_assert_cmpint (breach->right, ==, rights[deed]);
  g_assert_true (sat_id_equal (&breach->id, &id));
  g_assert_true (sat_id_equal (&breach->device, sat_workspace_device (f->wang)));
}

static void
test_matrix (Fixture *f, gconstpointer data)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (f->boss);
  guint n;
  const SatChoice *roles = sat_workspace_roles (f->boss, &n);

  g_assert_cmpuint (n, >, 3);
  for (guint r = 0; r < n; r++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatAccess) access = NULL;

      record_set (f->boss, "user", &f->user, "role", roles[r].name);
      access = sat_workspace_access_of (f->boss, NULL, roles[r].name, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
        for (Deed deed = MAKE; deed < N_DEEDS; deed++)
          if (strcmp (sat_catalogue_object (catalogue, i)->name, "user") != 0 || deed == MAKE)
            check (f, access, sat_catalogue_object (catalogue, i), deed);
    }
}

static void
test_field (Fixture *f, gconstpointer data)
{
  SatGrant grant = { .object = "customer", .field = "phone", .access = SAT_FIELD_READ };
  SatId id = record_new (f->boss, "customer", "name", "Acme", "phone", "1", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatBreach) breach = NULL;

  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    grant.rights[i] = -1;
  record_set (f->boss, "user", &f->user, "role", "sales");
  sat_workspace_grant (f->boss, "sales", &grant, &error);
  g_assert_no_error (error);
  send (f, "customer", &id, CHANGE, "city");
  g_assert_null (take (f));
  send (f, "customer", &id, CHANGE, "phone");
  breach = take (f);
  g_assert_nonnull (breach);
  g_assert_cmpstr (breach->field, ==, "phone");
  g_assert_cmpstr (breach->value, ==, "written");
  g_assert_false (breach->other);
}

/* Whoever makes himself an administrator is noted, also when he has done so. */
static void
test_own_role (Fixture *f, gconstpointer data)
{
  g_autoptr (SatBreach) breach = NULL;

  record_set (f->boss, "user", &f->user, "role", "sales");
  send (f, "user", &f->user, CHANGE, "role");
  breach = take (f);
  g_assert_nonnull (breach);
  g_assert_cmpstr (breach->field, ==, "role");
}

static void
test_somebody_else (Fixture *f, gconstpointer data)
{
  g_autofree char *boss = sat_meta_get (world_replica (f->boss), SAT_META_USER);
  SatId id = record_new (f->boss, "customer", "name", "Acme", "owner", boss, NULL);
  g_autoptr (SatBreach) breach = NULL;

  record_set (f->boss, "user", &f->user, "role", "sales");
  send (f, "customer", &id, DELETE, NULL);
  breach = take (f);
  g_assert_nonnull (breach);
  g_assert_true (breach->other);
  g_assert_cmpint (breach->right, ==, SAT_RIGHT_DELETE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/breach/matrix", Fixture, NULL, set_up, test_matrix, tear_down);
  g_test_add ("/breach/field", Fixture, NULL, set_up, test_field, tear_down);
  g_test_add ("/breach/own-role", Fixture, NULL, set_up, test_own_role, tear_down);
  g_test_add ("/breach/somebody-else", Fixture, NULL, set_up, test_somebody_else, tear_down);
  return g_test_run ();
}
