/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Devices that are revoked: what of them counts, who vouches for what, what they see themselves. */
#include "core/workspace/sat-workspace-revoke.h"

#include "core/store/sat-cut.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[3]; /* an administrator, and two others: li, wang */
} Fixture;

enum
{
  ADMIN,
  LI,
  WANG
};

static void
set_up (Fixture *f, gconstpointer data)
{
  world_init (&f->world);
  world_found (&f->world, NULL);
  f->all[ADMIN] = world_join (&f->world, "admin");
  f->all[LI] = world_join (&f->world, "li");
  f->all[WANG] = world_join (&f->world, "wang");
  world_sync_all (&f->world, f->all, 3);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static char *
id_of (Fixture *f, guint of)
{
  return sat_id_dup_text (sat_workspace_device (f->all[of]));
}

static void
revoke_wang (Fixture *f, const char *book)
{
  g_autofree char *id = id_of (f, WANG);
  g_auto (SatRevoked) revoked = { 0 };
  g_autoptr (GError) error = NULL;

  sat_workspace_revoke (f->all[ADMIN], id, book, &revoked, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (revoked.cut->len, ==, book ? 1 : 2);
  g_assert_cmpuint (revoked.beyond->len, ==, 0);
}

static guint64
applied (Fixture *f, guint at, guint of)
{
  return sat_workspace_applied (f->all[at], "customers", sat_workspace_device (f->all[of]));
}

static gboolean
has (SatWorkspace *workspace, const SatId *id)
{
  g_autoptr (SatRecord) record = sat_workspace_load (workspace, world_object (workspace, "thing"),
                                                     id, NULL);

  return record != NULL;
}

static void
test_later_ones_do_not_count (Fixture *f, gconstpointer data)
{
  SatId early = record_new (f->all[WANG], "thing", "name", "early", NULL);
  SatInboxProgress progress = { 0 };
  SatId late;

  world_sync_all (&f->world, f->all, 3);
  revoke_wang (f, NULL);
  world_push (&f->world, f->all[ADMIN]);
  late = record_new (f->all[WANG], "thing", "name", "late", NULL);
  world_push (&f->world, f->all[WANG]); /* it does not know yet */

  for (guint who = ADMIN; who <= LI; who++)
    {
      world_fetch (&f->world, f->all[who], &progress);
      g_assert_cmpuint (progress.waiting + progress.quarantined, ==, 0);
      g_assert_true (has (f->all[who], &early));
      g_assert_false (has (f->all[who], &late));
      assert_check (f->all[who], FALSE, "revoked", TRUE);
    }
  world_fetch (&f->world, f->all[ADMIN], &progress);
  g_assert_cmpuint (progress.cut_off, ==, 1);
  assert_equal_replicas (f->all[ADMIN], f->all[LI]);
}

/* Li has taken in what came after the cut, and says so: everybody takes it in. */
static void
test_vouched_for (Fixture *f, gconstpointer data)
{
  guint64 sealed = applied (f, LI, LI);
  SatInboxProgress progress = { 0 };
  SatId first, second;

  revoke_wang (f, NULL);
  world_push (&f->world, f->all[ADMIN]);
  first = record_new (f->all[WANG], "thing", "name", "seen by li", NULL);
  world_push (&f->world, f->all[WANG]);
  /* Not the administrator's branch, so that li does not know. */
  g_autoptr (SatInbox) inbox = sat_inbox_new (f->all[LI], world_hub_text, &f->world);
  sat_inbox_offer (inbox, "customers", sat_workspace_device (f->all[WANG]));
  while (!progress.done)
    g_assert_true (sat_inbox_step (inbox, 0, &progress, NULL));
  g_assert_true (has (f->all[LI], &first));
  second = record_new (f->all[WANG], "thing", "name", "seen by nobody", NULL);
  world_push (&f->world, f->all[WANG]);

  world_fetch (&f->world, f->all[LI], &progress);
  g_assert_cmpuint (applied (f, LI, LI), ==, sealed + 1); /* empty, but for what it had seen */
  world_push (&f->world, f->all[LI]);
  world_fetch (&f->world, f->all[ADMIN], &progress);
  for (guint who = ADMIN; who <= LI; who++)
    {
      g_assert_true (has (f->all[who], &first));
      g_assert_false (has (f->all[who], &second));
    }
  world_push (&f->world, f->all[ADMIN]);
  world_fetch (&f->world, f->all[LI], &progress);
  world_push (&f->world, f->all[LI]);
  world_fetch (&f->world, f->all[ADMIN], &progress);
  assert_equal_replicas (f->all[ADMIN], f->all[LI]);
  sealed = applied (f, LI, LI);
  world_fetch (&f->world, f->all[LI], &progress); /* once is enough */
  g_assert_cmpuint (applied (f, LI, LI), ==, sealed);
}

/* The laptop itself: it keeps what was typed, shows it, and sends nothing. */
static void
test_the_revoked_one (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) unpushed = NULL;
  g_autoptr (GError) error = NULL;
  SatInboxProgress progress = { 0 };
  SatId typed = record_new (f->all[WANG], "thing", "name", "typed", NULL);

  g_assert_null (sat_workspace_revoked_in (f->all[WANG], NULL));
  revoke_wang (f, "customers");
  world_push (&f->world, f->all[ADMIN]);
  world_fetch (&f->world, f->all[WANG], &progress);
  g_auto (GStrv) books = sat_workspace_revoked_in (f->all[WANG], NULL);
  g_assert_cmpuint (g_strv_length (books), ==, 1);
  g_assert_cmpstr (books[0], ==, "customers");
  assert_value (f->all[WANG], "thing", &typed, "name", "typed");
  assert_check (f->all[WANG], FALSE, "revoked", FALSE);
  record_set (f->all[WANG], "thing", &typed, "name", "typed again");
  g_assert_true (sat_workspace_seal (f->all[WANG], NULL));
  unpushed = sat_workspace_unpushed (f->all[WANG], G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < unpushed->len; i++)
    g_assert_cmpstr (((SatSealed *) unpushed->pdata[i])->book, !=, "customers");
  assert_value (f->all[WANG], "thing", &typed, "name", "typed again");
}

static void
test_refusals (Fixture *f, gconstpointer data)
{
  g_autofree char *wang = id_of (f, WANG), *admin = id_of (f, ADMIN);
  g_auto (SatRevoked) by_li = { 0 }, self = { 0 }, nobody = { 0 }, book = { 0 };
  g_autoptr (GError) a = NULL, b = NULL, c = NULL, d = NULL;
  g_autofree char *role = NULL;
  SatId found;

  g_assert_false (sat_workspace_revoke (f->all[LI], wang, NULL, &by_li, &a));
  g_assert_error (a, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_false (sat_workspace_revoke (f->all[ADMIN], admin, NULL, &self, &b));
  g_assert_error (b, SAT_ERROR, SAT_ERROR_INVALID);
  g_assert_false (sat_workspace_revoke (f->all[ADMIN], "nobody", NULL, &nobody, &c));
  g_assert_error (c, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  g_assert_false (sat_workspace_revoke (f->all[ADMIN], wang, "nowhere", &book, &d));
  g_assert_error (d, SAT_ERROR, SAT_ERROR_NOT_FOUND);
  g_assert_false (sat_workspace_is_admin (f->all[LI], &role));
  g_assert_cmpstr (role, ==, "sales");
  g_assert_true (sat_workspace_is_admin (f->all[ADMIN], NULL));
  g_assert_true (sat_workspace_find_device (f->all[LI], wang + 30, &found, NULL));
  g_assert_true (sat_id_equal (&found, sat_workspace_device (f->all[WANG])));
}

/* The second time there is nothing left to say. */
static void
test_again (Fixture *f, gconstpointer data)
{
  guint64 sealed;

  revoke_wang (f, NULL);
  g_assert_true (sat_workspace_seal (f->all[ADMIN], NULL));
  sealed = applied (f, ADMIN, ADMIN);
  revoke_wang (f, NULL);
  g_assert_true (sat_workspace_seal (f->all[ADMIN], NULL));
  g_assert_cmpuint (applied (f, ADMIN, ADMIN), ==, sealed);
}

static void
test_store (Fixture *f, gconstpointer data)
{
  SatReplica *replica = world_replica (f->all[LI]);
  g_autoptr (GArray) cuts = NULL;
  g_autoptr (GArray) vouch = NULL;
  guint64 number;

  g_assert_true (sat_replica_begin (replica, NULL));
  g_assert_true (sat_log_cut (replica, 1, 2, &number, NULL));
  g_assert_cmpuint (number, ==, SAT_CUT_NONE);
  g_assert_true (sat_log_add_cut (replica, 1, 2, 5, NULL));
  g_assert_true (sat_log_add_cut (replica, 1, 2, 7, NULL));
  g_assert_true (sat_log_cut (replica, 1, 2, &number, NULL));
  g_assert_cmpuint (number, ==, 5);
  g_assert_true (sat_log_add_cut (replica, 1, 2, 0, NULL));
  g_assert_true (sat_log_cut (replica, 1, 2, &number, NULL));
  g_assert_cmpuint (number, ==, 0);
  g_assert_true (sat_log_cut (replica, 2, 2, &number, NULL));
  g_assert_cmpuint (number, ==, SAT_CUT_NONE);
  cuts = sat_log_cuts (replica, 1, NULL);
  g_assert_cmpuint (cuts->len, ==, 1);
  g_assert_cmpuint (g_array_index (cuts, SatCut, 0).device, ==, 2);
  sat_replica_rollback (replica);
  vouch = sat_log_to_vouch (replica, NULL);
  g_assert_cmpuint (vouch->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/revoke/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("later-ones-do-not-count", test_later_ones_do_not_count);
  ADD ("vouched-for", test_vouched_for);
  ADD ("the-revoked-one", test_the_revoked_one);
  ADD ("refusals", test_refusals);
  ADD ("again", test_again);
  ADD ("store", test_store);
#undef ADD
  return g_test_run ();
}
