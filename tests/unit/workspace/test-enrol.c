/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Closed workspaces: inviting and joining, devices that wait, and that all replicas come to hold
 * the same in whatever order things arrive. */
#include "core/workspace/sat-workspace-enrol.h"

#include <string.h>

#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatId founder;
  SatWorkspace *boss;
  SatWorkspace *all[8];
  guint n;
} Fixture;

/* A replica that knows who founded the workspace and has taken in what there is. */
static SatWorkspace *
arrive (Fixture *f, const char *name)
{
  SatWorkspace *workspace = world_create (&f->world, name);
  SatInboxProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  sat_workspace_set_founder (workspace, &f->founder, &error);
  g_assert_no_error (error);
  world_fetch (&f->world, workspace, &progress);
  f->all[f->n++] = workspace;
  return workspace;
}

static SatWorkspace *
join (Fixture *f, const char *login, const char *code)
{
  SatWorkspace *workspace = arrive (f, login);
  SatInboxProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  sat_workspace_claim (workspace, code, &error);
  g_assert_no_error (error);
  world_fetch (&f->world, workspace, &progress);
  sat_workspace_join (workspace, login, NULL, login, NULL, &error);
  g_assert_no_error (error);
  world_push (&f->world, workspace);
  return workspace;
}

static void
invite (Fixture *f,
        SatWorkspace *by,
        const char *login,
        const char *role,
        char code[SAT_CODE_TEXT_SIZE])
{
  g_autoptr (GError) error = NULL;

  sat_workspace_invite (by, login, role, NULL, 14, code, &error);
  g_assert_no_error (error);
  world_push (&f->world, by);
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const books[] = { "customers", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) founder = NULL;
  char code[SAT_CODE_TEXT_SIZE];

  world_init (&f->world);
  founder = world_create (&f->world, "founder");
  f->founder = *sat_workspace_device (founder);
  sat_workspace_found (founder, "Acme", "CNY", books, &error);
  g_assert_no_error (error);
  sat_workspace_set_founder (founder, &f->founder, &error);
  g_assert_no_error (error);
  invite (f, founder, "admin", "admin", code);
  f->boss = join (f, "admin", code);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < f->n; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static void
sync_all (Fixture *f)
{
  world_sync_all (&f->world, f->all, f->n);
}

static void
assert_role (SatWorkspace *at, SatWorkspace *of, const char *role)
{
  g_autofree char *found = sat_workspace_admitted_as (at, sat_workspace_device (of));

  g_assert_cmpstr (found, ==, role);
}

static void
test_joined (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (SatInvitation) invitation = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;
  SatWorkspace *wang;
  SatId id;

  g_assert_true (sat_workspace_is_admin (f->boss, NULL));
  invite (f, f->boss, "wang", "manager", code);
  wang = join (f, "wang", code);
  id = record_new (wang, "thing", "name", "a", NULL);
  sync_all (f);
  assert_value (f->boss, "thing", &id, "name", "a");
  assert_equal_replicas (f->boss, wang);
  assert_role (f->boss, f->boss, "admin");
  assert_role (f->boss, wang, "manager");
  assert_role (wang, wang, "manager");
  g_assert_false (sat_workspace_is_admin (wang, NULL));
  assert_check (wang, FALSE, "admitted", TRUE);
  assert_healthy (wang);

  /* Wang lets nobody in, and the code is used up. */
  g_assert_false (sat_workspace_invite (wang, "x", NULL, NULL, 14, code, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "only an administrator");
  all = sat_workspace_invitations (f->boss, &error);
  g_assert_cmpuint (all->len, ==, 2);
  for (guint i = 0; i < all->len; i++)
    g_assert_cmpuint (((SatInvitation *) all->pdata[i])->devices->len, ==, 1);
}

static void
test_codes (Fixture *f, gconstpointer data)
{
  static const char *const books[] = { "customers", "customers", NULL };
  static const char *const no_books[] = { "nowhere", NULL };
  char code[SAT_CODE_TEXT_SIZE];
  char other[SAT_CODE_TEXT_SIZE];
  g_autoptr (SatInvitation) invitation = NULL;
  g_autoptr (GError) error = NULL;
  SatWorkspace *wang, *li;

  g_assert_false (sat_workspace_invite (f->boss, "a\nb", NULL, NULL, 14, code, &error));
  assert_error (&error, SAT_ERROR_INVALID, "“a\nb” cannot be a login");
  g_assert_false (sat_workspace_invite (f->boss, "a", "clerk", NULL, 14, code, &error));
  assert_error (&error, SAT_ERROR_INVALID, "there is no role “clerk”");
  g_assert_false (sat_workspace_invite (f->boss, "a", NULL, no_books, 14, code, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no book");
  g_assert_true (sat_workspace_invite (f->boss, "wang", NULL, books, 14, code, &error));
  world_push (&f->world, f->boss);
  sat_code_new (f->world.platform, other);

  wang = arrive (f, "wang");
  g_assert_null (sat_workspace_find_invitation (wang, other, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "this workspace has no invitation");
  invitation = sat_workspace_find_invitation (wang, code, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (invitation->login, ==, "wang");
  g_assert_cmpstr (invitation->role, ==, "sales");
  g_assert_cmpuint (g_strv_length (invitation->books), ==, 1);
  g_assert_true (sat_workspace_claim (wang, code, &error));
  g_assert_true (sat_workspace_claim (wang, code, &error)); /* again: as it is */
  world_push (&f->world, wang);

  li = arrive (f, "li");
  g_assert_false (sat_workspace_claim (li, code, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "the invitation of “wang” was taken up");
  invite (f, f->boss, "li", NULL, other);
  world_tick (&f->world, 15 * G_GINT64_CONSTANT (86400000));
  sync_all (f);
  g_assert_false (sat_workspace_claim (li, other, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "the invitation of “li” ended");
}

static guint
n_withdrawn (SatWorkspace *by, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) withdrawn = sat_workspace_withdraw (by, text, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < withdrawn->len; i++)
    g_assert_cmpstr (((SatInvitation *) withdrawn->pdata[i])->login, ==, "wang");
  return withdrawn->len;
}

static void
refuse_to_withdraw (SatWorkspace *by, const char *text, SatErrorCode code, const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sat_workspace_withdraw (by, text, &error));
  assert_error (&error, code, why);
}

static void
test_withdrawn (Fixture *f, gconstpointer data)
{
  char first[SAT_CODE_TEXT_SIZE];
  char second[SAT_CODE_TEXT_SIZE];
  char third[SAT_CODE_TEXT_SIZE];
  char id[SAT_ID_TEXT_SIZE];
  g_autoptr (SatInvitation) invitation = NULL;
  g_autoptr (GError) error = NULL;
  SatWorkspace *wang;
  SatInboxProgress progress = { 0 };

  invite (f, f->boss, "wang", NULL, first);
  invite (f, f->boss, "wang", NULL, second);
  invite (f, f->boss, "wang", NULL, third);
  invitation = sat_workspace_find_invitation (f->boss, third, &error);
  sat_id_format (&invitation->id, id);
  wang = arrive (f, "wang");
  g_assert_cmpuint (n_withdrawn (f->boss, id + 28), ==, 1);
  refuse_to_withdraw (f->boss, id, SAT_ERROR_NOT_FOUND, "no invitation of");
  g_assert_true (sat_workspace_claim (wang, first, &error)); /* knows nothing of it yet */
  g_assert_cmpuint (n_withdrawn (f->boss, "wang"), ==, 2);
  refuse_to_withdraw (f->boss, "wang", SAT_ERROR_NOT_FOUND, "no invitation of");
  refuse_to_withdraw (f->boss, "li", SAT_ERROR_NOT_FOUND, "no invitation of “li” waits");

  /* They cross: Wang is in, wherever which of the two arrives first. */
  world_push (&f->world, wang);
  sat_workspace_join (wang, "wang", NULL, "wang", NULL, &error);
  g_assert_no_error (error);
  record_new (wang, "thing", "name", "in", NULL);
  world_push (&f->world, f->boss);
  world_push (&f->world, wang);
  sync_all (f);
  assert_role (f->boss, wang, "sales");
  assert_equal_replicas (f->boss, wang);
  assert_check (f->boss, FALSE, "admitted", FALSE);
  refuse_to_withdraw (wang, "wang", SAT_ERROR_REFUSED, "only an administrator");

  /* Who has heard of it does not take it up. */
  g_assert_false (sat_workspace_claim (wang, second, &error));
  assert_error (&error, SAT_ERROR_REFUSED, "the invitation of “wang” was withdrawn");

  /* The administrator says that it is right. */
  sat_id_format (sat_workspace_device (wang), id);
  g_assert_true (sat_workspace_admit (f->boss, id, NULL, &invitation->id, &error));
  assert_check (f->boss, FALSE, "admitted", TRUE);
  world_push (&f->world, f->boss);
  world_fetch (&f->world, wang, &progress);
  assert_equal_replicas (f->boss, wang);
}

/* What was taken up is revoked, not withdrawn; what has ended goes by its id alone. */
static void
test_not_withdrawn (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  char id[SAT_ID_TEXT_SIZE];
  g_autoptr (SatInvitation) invitation = NULL;

  invite (f, f->boss, "wang", NULL, code);
  join (f, "wang", code);
  sync_all (f);
  refuse_to_withdraw (f->boss, "wang", SAT_ERROR_REFUSED,
                      "the invitation of “wang” was taken up already");
  invite (f, f->boss, "wang", NULL, code);
  invitation = sat_workspace_find_invitation (f->boss, code, NULL);
  sat_id_format (&invitation->id, id);
  world_tick (&f->world, 15 * G_GINT64_CONSTANT (86400000));
  refuse_to_withdraw (f->boss, "wang", SAT_ERROR_NOT_FOUND, "no invitation of “wang” waits");
  id[6] = '\0';
  g_assert_cmpuint (n_withdrawn (f->boss, id), ==, 1);
  assert_check (f->boss, FALSE, "admitted", TRUE);
}

static void
test_open (void)
{
  World world;
  SatWorkspace *one[1];
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) strangers = NULL;
  SatId device;

  world_laptops (&world, one, 1);
  g_assert_false (sat_workspace_is_closed (one[0], NULL));
  g_assert_false (sat_workspace_invite (one[0], "x", NULL, NULL, 14, code, &error));
  assert_error (&error, SAT_ERROR_INVALID, "this workspace is open");
  g_assert_false (sat_workspace_admit (one[0], "123456", NULL, &device, &error));
  assert_error (&error, SAT_ERROR_INVALID, "this workspace is open");
  strangers = sat_workspace_strangers (one[0], &error);
  g_assert_cmpuint (strangers->len, ==, 0);
  sat_workspace_close (one[0]);
  world_clear (&world);
}

/* ---- devices that wait --------------------------------------------------------------------------
 */

static guint
n_strangers (SatWorkspace *at)
{
  g_autoptr (GPtrArray) all = sat_workspace_strangers (at, NULL);

  g_assert_nonnull (all);
  return all->len;
}

/* A copy takes a new identity, which nobody has let in. */
static void
test_copy_waits (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;
  g_autofree char *id_text = NULL;
  SatInboxProgress progress = { 0 };
  SatWorkspace *wang;
  SatId before, after, found;

  invite (f, f->boss, "wang", NULL, code);
  wang = join (f, "wang", code);
  before = record_new (wang, "thing", "name", "before", NULL);
  sat_workspace_seal (wang, NULL);
  g_assert_true (sat_workspace_renew (wang, NULL, 0, &error));
  g_ptr_array_add (f->world.devices, g_memdup2 (sat_workspace_device (wang), sizeof (SatId)));
  after = record_new (wang, "thing", "name", "after", NULL);
  world_push (&f->world, wang);
  world_fetch (&f->world, f->boss, &progress);
  assert_value (f->boss, "thing", &before, "name", "before");
  g_assert_cmpuint (progress.strangers, ==, 2); /* company, customers */
  g_assert_cmpuint (progress.waiting + progress.quarantined, ==, 0);
  g_assert_cmpuint (n_strangers (f->boss), ==, 1);
  g_assert_null (sat_workspace_load (f->boss, world_object (f->boss, "thing"), &after, NULL));
  assert_check (f->boss, FALSE, "admitted", FALSE);
  assert_check (wang, FALSE, "admitted", FALSE);

  id_text = sat_id_dup_text (sat_workspace_device (wang));
  g_assert_false (sat_workspace_admit (f->boss, "000000", NULL, &found, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no device");
  g_assert_true (sat_workspace_admit (f->boss, id_text + 28, "sales", &found, &error));
  g_assert_true (sat_id_equal (&found, sat_workspace_device (wang)));
  sync_all (f);
  assert_value (f->boss, "thing", &after, "name", "after");
  assert_equal_replicas (f->boss, wang);
  g_assert_cmpuint (n_strangers (f->boss), ==, 0);
  assert_check (f->boss, FALSE, "admitted", TRUE);
  assert_check (wang, FALSE, "admitted", TRUE);
}

/* One that leaves a book is no copy: the old device names the new one. */
static void
test_successor (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;
  SatWorkspace *wang;
  SatId after;

  invite (f, f->boss, "wang", "finance", code);
  wang = join (f, "wang", code);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (sat_workspace_succeed (wang, &error));
      g_ptr_array_add (f->world.devices, g_memdup2 (sat_workspace_device (wang), sizeof (SatId)));
    }
  after = record_new (wang, "thing", "name", "after", NULL);
  sync_all (f);
  assert_value (f->boss, "thing", &after, "name", "after");
  assert_role (f->boss, wang, "finance");
  assert_equal_replicas (f->boss, wang);
}

/* ---- any order ----------------------------------------------------------------------------------
 */

/* Li, at another hub, invites a friend after being revoked: nobody takes that in who has not. */
static void
test_revoked_administrator (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;
  g_auto (SatRevoked) revoked = { 0 };
  SatInboxProgress progress = { 0 };
  g_autofree char *id = NULL;
  SatWorkspace *li, *friend, *sun;
  SatId thing;

  invite (f, f->boss, "li", "admin", code);
  li = join (f, "li", code);
  sync_all (f);
  id = sat_id_dup_text (sat_workspace_device (li));
  g_assert_true (sat_workspace_revoke (f->boss, id, NULL, &revoked, &error));
  invite (f, li, "friend", NULL, code); /* does not know it yet */
  friend = join (f, "friend", code);
  thing = record_new (friend, "thing", "name", "x", NULL);
  world_push (&f->world, friend);
  world_push (&f->world, f->boss);
  world_fetch (&f->world, f->boss, &progress);
  g_assert_null (sat_workspace_load (f->boss, world_object (f->boss, "thing"), &thing, NULL));
  assert_role (f->boss, friend, NULL);

  invite (f, f->boss, "sun", NULL, code);
  sun = join (f, "sun", code);
  world_fetch (&f->world, sun, &progress);
  assert_role (sun, friend, NULL);
  world_push (&f->world, sun);
  world_fetch (&f->world, f->boss, &progress);
  assert_equal_replicas (f->boss, sun);
}

/* Everybody has written; a new replica is offered one branch after another in some order. */
static void
test_any_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (GPtrArray) withdrawn = NULL;
  char code[SAT_CODE_TEXT_SIZE];
  SatWorkspace *wang, *li;

  invite (f, f->boss, "wang", "admin", code);
  wang = join (f, "wang", code);
  invite (f, wang, "li", NULL, code);
  li = arrive (f, "li");
  g_assert_true (sat_workspace_claim (li, code, NULL));
  withdrawn = sat_workspace_withdraw (wang, "li", NULL); /* at the same time */
  g_assert_nonnull (withdrawn);
  world_push (&f->world, wang);
  g_assert_true (sat_workspace_join (li, "li", NULL, "li", NULL, NULL));
  record_new (li, "thing", "name", "li", NULL);
  record_new (wang, "thing", "name", "wang", NULL);
  world_push (&f->world, li);
  world_push (&f->world, wang);
  sync_all (f);

  for (guint round = 0; round < 6; round++)
    {
      static const char *const books[] = { "company", "customers", SAT_BOOK_KEY_ENROLMENT };
      g_autofree char *name = g_strdup_printf ("late%u", round);
      g_autoptr (SatWorkspace) late = world_create (&f->world, name);
      SatInboxProgress progress = { 0 };

      g_assert_true (sat_workspace_set_founder (late, &f->founder, NULL));
      g_assert_true (sat_workspace_hold (late, "customers", NULL));
      for (guint i = 0; i < 60; i++)
        {
          g_autoptr (SatInbox) inbox = sat_inbox_new (late, world_hub_text, &f->world);
          guint who = (guint) g_rand_int_range (rand, 0, (gint) f->world.devices->len);

          sat_inbox_offer (inbox, books[g_rand_int_range (rand, 0, 3)],
                           g_ptr_array_index (f->world.devices, who));
          g_assert_true (sat_inbox_step_groups (inbox, 1, &progress, NULL));
        }
      world_fetch (&f->world, late, &progress);
      g_assert_cmpuint (progress.strangers + progress.waiting, ==, 0);
      assert_equal_replicas (late, li);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/enrol/joined", Fixture, NULL, set_up, test_joined, tear_down);
  g_test_add ("/enrol/codes", Fixture, NULL, set_up, test_codes, tear_down);
  g_test_add ("/enrol/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  g_test_add ("/enrol/not-withdrawn", Fixture, NULL, set_up, test_not_withdrawn, tear_down);
  g_test_add_func ("/enrol/open", test_open);
  g_test_add ("/enrol/copy-waits", Fixture, NULL, set_up, test_copy_waits, tear_down);
  g_test_add ("/enrol/successor", Fixture, NULL, set_up, test_successor, tear_down);
  g_test_add ("/enrol/revoked-administrator", Fixture, NULL, set_up, test_revoked_administrator,
              tear_down);
  g_test_add ("/enrol/any-order", Fixture, NULL, set_up, test_any_order, tear_down);
  return g_test_run ();
}
