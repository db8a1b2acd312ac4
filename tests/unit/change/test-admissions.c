/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whose change-sets count: the cases, and that the order in which they arrive does not matter. */
#include "core/change/sat-admissions.h"

#include <string.h>

typedef struct
{
  SatPlatform *platform;
  SatId founder;
  SatId devices[6];
  GPtrArray *sets; /* SatChangeSet */
  guint64 numbers[7];
} Fixture;

enum
{
  BOSS,
  WANG,
  LI,
  COPY,
  STRANGER,
  FRIEND
};

static void
set_up (Fixture *f, gconstpointer data)
{
  f->platform = sat_platform_new_seeded (5, G_GINT64_CONSTANT (1767225600000));
  sat_id_new (f->platform, &f->founder);
  for (gsize i = 0; i < G_N_ELEMENTS (f->devices); i++)
    sat_id_new (f->platform, &f->devices[i]);
  f->sets = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_change_set_free);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_platform_unref (f->platform);
  g_ptr_array_unref (f->sets);
}

/* The next change-set of DEVICE in BOOK. */
static SatChangeSet *
make (
    Fixture *f, const char *book, const SatId *device, const SatEnrolment *said, const SatSaw *cut)
{
  static guint64 number = 1;
  SatChangeSetWriter *writer = sat_change_set_writer_new (book, device, number++, TRUE, NULL, 0,
                                                          cut, cut ? 1 : 0);
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GError) error = NULL;
  SatChangeSet *set;

  if (said != NULL)
    sat_change_set_writer_set_enrolment (writer, said);
  text = sat_change_set_writer_finish (writer);
  set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  g_ptr_array_add (f->sets, set);
  return set;
}

static SatChangeSet *
invites (Fixture *f, const SatId *by, const char *role, char code[SAT_CODE_TEXT_SIZE])
{
  SatInvite invite = { .role = role, .books = "*", .login = "x", .expires_ms = 1000 };
  const SatEnrolment said = { .invites = &invite, .n_invites = 1 };

  sat_code_new (f->platform, code);
  sat_code_public_key (code, &f->founder, invite.key);
  return make (f, SAT_BOOK_KEY_ENROLMENT, by, &said, NULL);
}

static SatChangeSet *
claims (Fixture *f, const SatId *device, const char *code)
{
  SatClaim claim;
  const SatEnrolment said = { .claim = &claim };

  sat_claim_make (code, &f->founder, device, &claim);
  return make (f, SAT_BOOK_KEY_ENROLMENT, device, &said, NULL);
}

static SatChangeSet *
admits (Fixture *f, const SatId *by, const SatId *device, const char *role)
{
  SatAdmit admit = { *device, role };
  const SatEnrolment said = { .admits = &admit, .n_admits = 1 };

  return make (f, SAT_BOOK_KEY_ENROLMENT, by, &said, NULL);
}

static SatChangeSet *
withdraws (Fixture *f, const SatId *by, const SatId *invitation)
{
  const SatEnrolment said = { .withdrawals = invitation, .n_withdrawals = 1 };

  return make (f, SAT_BOOK_KEY_ENROLMENT, by, &said, NULL);
}

static void
invitation_of (Fixture *f, const char *code, SatId *out)
{
  guint8 key[SAT_INVITATION_KEY_SIZE];

  sat_code_public_key (code, &f->founder, key);
  sat_invitation_id (key, out);
}

/* Takes SET in if it counts. */
static gboolean
take (SatAdmissions *admissions, const SatChangeSet *set)
{
  if (!sat_admissions_accept (admissions, set))
    return FALSE;
  sat_admissions_add (admissions, set);
  return TRUE;
}

static void
test_trust_grows (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAdmissions) all = sat_admissions_new (&f->founder);
  char first[SAT_CODE_TEXT_SIZE];
  char second[SAT_CODE_TEXT_SIZE];
  char third[SAT_CODE_TEXT_SIZE];
  SatChangeSet *plain = make (f, "customers", &f->devices[WANG], NULL, NULL);
  const SatSaw cut = { f->devices[LI], 0 };
  SatChangeSet *cuts;

  g_assert_false (take (all, claims (f, &f->devices[BOSS], "not made yet")));
  g_assert_true (take (all, invites (f, &f->founder, "admin", first)));
  g_assert_false (take (all, invites (f, &f->devices[BOSS], "sales", second)));
  g_assert_true (take (all, claims (f, &f->devices[BOSS], first)));
  g_assert_cmpint (sat_admissions_of (all, &f->devices[BOSS]), ==, SAT_ADMITTED_ADMIN);
  g_assert_true (take (all, invites (f, &f->devices[BOSS], "sales", second)));
  g_assert_false (take (all, plain));
  g_assert_true (take (all, claims (f, &f->devices[WANG], second)));
  g_assert_true (take (all, plain));
  g_assert_cmpint (sat_admissions_of (all, &f->devices[WANG]), ==, SAT_ADMITTED_MEMBER);

  /* A member lets nobody in, and revokes nobody. */
  g_assert_false (take (all, invites (f, &f->devices[WANG], "sales", third)));
  g_assert_false (take (all, claims (f, &f->devices[FRIEND], third)));
  cuts = make (f, "customers", &f->devices[WANG], NULL, &cut);
  g_assert_false (take (all, cuts));
  g_assert_false (take (all, admits (f, &f->devices[WANG], &f->devices[COPY], "admin")));
  /* but says once which device goes on in its place, which does the same */
  g_assert_true (take (all, admits (f, &f->devices[WANG], &f->devices[COPY], "sales")));
  g_assert_false (take (all, admits (f, &f->devices[WANG], &f->devices[FRIEND], "sales")));
  g_assert_true (take (all, make (f, "customers", &f->devices[COPY], NULL, NULL)));
  g_assert_false (take (all, make (f, "customers", &f->devices[FRIEND], NULL, NULL)));
  /* An administrator may. */
  g_assert_true (take (all, make (f, "customers", &f->devices[BOSS], NULL, &cut)));
  g_assert_true (take (all, admits (f, &f->devices[BOSS], &f->devices[WANG], "admin")));
  g_assert_true (take (all, cuts));
}

static void
test_twice (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAdmissions) all = sat_admissions_new (&f->founder);
  char code[SAT_CODE_TEXT_SIZE];
  SatChangeSet *claim;
  SatId invitation;

  g_assert_true (take (all, invites (f, &f->founder, "sales", code)));
  claim = claims (f, &f->devices[WANG], code);
  invitation = sat_change_set_enrolment (claim)->claim->invitation;
  g_assert_null (sat_admissions_claimed_by (all, &invitation, &f->devices[LI]));
  g_assert_true (take (all, claim));
  g_assert_null (sat_admissions_claimed_by (all, &invitation, &f->devices[WANG]));
  g_assert_true (sat_id_equal (sat_admissions_claimed_by (all, &invitation, &f->devices[LI]),
                               &f->devices[WANG]));
  g_assert_cmpint (sat_admissions_expires (all, &invitation), ==, 1000);
  g_assert_true (take (all, claims (f, &f->devices[LI], code)));
  g_assert_false (sat_admissions_is_admitted (all, &f->devices[LI]));
  g_assert_true (take (all, admits (f, &f->founder, &f->devices[LI], "sales")));
  g_assert_true (sat_admissions_is_admitted (all, &f->devices[LI]));
}

/* Only an administrator's counts, and it lets nobody out again. */
static void
test_withdrawn (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAdmissions) all = sat_admissions_new (&f->founder);
  char first[SAT_CODE_TEXT_SIZE];
  char second[SAT_CODE_TEXT_SIZE];
  SatId one, two;

  g_assert_true (take (all, invites (f, &f->founder, "sales", first)));
  invitation_of (f, first, &one);
  g_assert_true (take (all, claims (f, &f->devices[WANG], first)));
  g_assert_false (take (all, withdraws (f, &f->devices[LI], &one)));
  g_assert_false (take (all, withdraws (f, &f->devices[WANG], &one)));
  g_assert_false (sat_admissions_is_withdrawn (all, &one));
  g_assert_true (take (all, withdraws (f, &f->founder, &one)));
  g_assert_true (sat_admissions_is_withdrawn (all, &one));
  g_assert_cmpint (sat_admissions_of (all, &f->devices[WANG]), ==, SAT_ADMITTED_MEMBER);
  g_assert_true (take (all, claims (f, &f->devices[LI], first)));
  g_assert_cmpint (sat_admissions_of (all, &f->devices[LI]), ==, SAT_ADMITTED_MEMBER);

  /* Known before the invitation is: that alone lets nobody in. */
  SatChangeSet *later = invites (f, &f->founder, "admin", second);
  invitation_of (f, second, &two);
  g_assert_false (sat_admissions_is_withdrawn (all, &two));
  g_assert_true (take (all, withdraws (f, &f->founder, &two)));
  g_assert_false (take (all, claims (f, &f->devices[BOSS], second)));
  g_assert_true (take (all, later));
  g_assert_true (sat_admissions_is_withdrawn (all, &two));
  g_assert_true (take (all, claims (f, &f->devices[BOSS], second)));
}

/* ---- any order ----------------------------------------------------------------------------------
 */

static gboolean
is_due (const Fixture *f, const gboolean *taken, guint n)
{
  /* As applying does: of one device and book one after another. */
  for (guint i = 0; i < n; i++)
    if (!taken[i] &&
        sat_id_equal (sat_change_set_device (f->sets->pdata[i]),
                      sat_change_set_device (f->sets->pdata[n])) &&
        strcmp (sat_change_set_book (f->sets->pdata[i]), sat_change_set_book (f->sets->pdata[n])) ==
            0)
      return FALSE;
  return TRUE;
}

/* Tries all in a new order until nothing more counts; bit N of the result: number N does. */
static guint64
taken_in_some_order (Fixture *f, GRand *rand)
{
  g_autoptr (SatAdmissions) all = sat_admissions_new (&f->founder);
  gboolean taken[64] = { FALSE };
  guint n = f->sets->len;
  guint idle = 0;
  guint64 out = 0;

  while (idle < 40 * n)
    {
      guint at = (guint) g_rand_int_range (rand, 0, (gint) n);

      idle++;
      if (taken[at] || !is_due (f, taken, at) || !take (all, f->sets->pdata[at]))
        continue;
      taken[at] = TRUE;
      idle = 0;
    }
  for (guint i = 0; i < n; i++)
    out |= (guint64) taken[i] << i;
  return out;
}

static void
say_something (Fixture *f, GRand *rand, char codes[][SAT_CODE_TEXT_SIZE], guint *n_codes)
{
  static const char *const roles[] = { "sales", "sales", "admin" };
  gint who = g_rand_int_range (rand, 0, 7);
  const SatId *by = who == 6 ? &f->founder : &f->devices[who];
  const SatId *other = &f->devices[g_rand_int_range (rand, 0, 6)];
  const char *role = roles[g_rand_int_range (rand, 0, 3)];
  const SatSaw cut = { *other, 0 };
  SatId invitation;

  switch (g_rand_int_range (rand, 0, 7))
    {
    case 0:
      invites (f, by, role, codes[(*n_codes)++]);
      break;
    case 1:
    case 2:
      if (*n_codes > 0)
        claims (f, by, codes[g_rand_int_range (rand, 0, (gint) *n_codes)]);
      break;
    case 3:
      admits (f, by, other, role);
      break;
    case 4:
      make (f, "customers", by, NULL, NULL);
      break;
    case 5:
      invitation_of (f, codes[g_rand_int_range (rand, 0, (gint) *n_codes)], &invitation);
      withdraws (f, by, &invitation);
      break;
    default:
      make (f, "customers", by, NULL, &cut);
      break;
    }
}

static void
test_any_order (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  guint most = 0;

  for (guint round = 0; round < 60; round++)
    {
      char codes[32][SAT_CODE_TEXT_SIZE];
      guint n_codes = 1;
      guint64 first;

      g_ptr_array_set_size (f->sets, 0);
      invites (f, &f->founder, "admin", codes[0]);
      claims (f, &f->devices[BOSS], codes[0]);
      for (guint i = 0; i < 24; i++)
        say_something (f, rand, codes, &n_codes);
      first = taken_in_some_order (f, rand);
      for (guint again = 0; again < 4; again++)
        g_assert_cmphex (taken_in_some_order (f, rand), ==, first);
      most = MAX (most, (guint) __builtin_popcountll (first));
    }
  g_assert_cmpuint (most, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/admissions/trust-grows", Fixture, NULL, set_up, test_trust_grows, tear_down);
  g_test_add ("/admissions/twice", Fixture, NULL, set_up, test_twice, tear_down);
  g_test_add ("/admissions/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  g_test_add ("/admissions/any-order", Fixture, NULL, set_up, test_any_order, tear_down);
  return g_test_run ();
}
