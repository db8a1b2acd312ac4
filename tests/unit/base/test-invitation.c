/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Codes of invitations, and the claims that are signed with them. */
#include "core/base/sat-invitation.h"

#include <string.h>

typedef struct
{
  SatPlatform *platform;
  SatId founder, device;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->platform = sat_platform_new_seeded (11, G_GINT64_CONSTANT (1767225600000));
  sat_id_new (f->platform, &f->founder);
  sat_id_new (f->platform, &f->device);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_platform_unref (f->platform);
}

static void
assert_mistyped (const char *typed)
{
  char code[SAT_CODE_TEXT_SIZE];
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_code_read (typed, code, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
}

static void
test_typed (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  char read[SAT_CODE_TEXT_SIZE];
  g_autofree char *small = NULL;
  g_autofree char *spaced = NULL;

  for (guint i = 0; i < 200; i++)
    {
      sat_code_new (f->platform, code);
      g_assert_cmpuint (strlen (code), ==, SAT_CODE_TEXT_SIZE - 1);
      g_assert_true (sat_code_read (code, read, NULL));
      g_assert_cmpstr (code, ==, read);
    }
  small = g_ascii_strdown (code, -1);
  spaced = g_strdelimit (g_strdup_printf (" %s ", small), "-", ' ');
  g_assert_true (sat_code_read (spaced, read, NULL));
  g_assert_cmpstr (code, ==, read);
  assert_mistyped ("");
  assert_mistyped ("-----");
  assert_mistyped ("AAAA-AAAA-AAAA-AAAA-AAA");
  assert_mistyped ("ÄÄÄÄ-AAAA-AAAA-AAAA-AAAA");
  code[0] = '0';
  assert_mistyped (code);
  g_autofree char *longer = g_strconcat (read, "2", NULL);
  assert_mistyped (longer);
}

/* Every wrong character is noticed, and two neighbours that changed places, but for the one pair
 * that Luhn's check takes for the same. */
static void
test_every_slip (Fixture *f, gconstpointer data)
{
  static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  char code[SAT_CODE_TEXT_SIZE];
  char read[SAT_CODE_TEXT_SIZE];

  for (guint round = 0; round < 20; round++)
    {
      sat_code_new (f->platform, code);
      for (guint at = 0; code[at] != '\0'; at++)
        {
          char kept = code[at];

          if (kept == '-')
            continue;
          for (const char *other = alphabet; *other != '\0'; other++)
            {
              code[at] = *other;
              g_assert_true (sat_code_read (code, read, NULL) == (*other == kept));
            }
          code[at] = kept;
          char next = code[at + 1];
          if (next == '-' || next == '\0' || next == kept || strchr ("2Z", next) != NULL)
            continue;
          code[at] = next;
          code[at + 1] = kept;
          g_assert_false (sat_code_read (code, read, NULL));
          code[at] = kept;
          code[at + 1] = next;
        }
    }
}

static void
test_claim (Fixture *f, gconstpointer data)
{
  char code[SAT_CODE_TEXT_SIZE];
  char other_code[SAT_CODE_TEXT_SIZE];
  guint8 key[SAT_INVITATION_KEY_SIZE];
  guint8 elsewhere[SAT_INVITATION_KEY_SIZE];
  SatClaim claim, other;
  SatId id;

  sat_code_new (f->platform, code);
  sat_code_new (f->platform, other_code);
  g_assert_cmpstr (code, !=, other_code);
  sat_code_public_key (code, &f->founder, key);
  sat_invitation_id (key, &id);
  sat_claim_make (code, &f->founder, &f->device, &claim);
  g_assert_true (sat_id_equal (&claim.invitation, &id));
  g_assert_true (sat_claim_is_good (&claim, key, &f->founder, &f->device));

  /* for another device, in another workspace, with another code, altered */
  g_assert_false (sat_claim_is_good (&claim, key, &f->founder, &f->founder));
  g_assert_false (sat_claim_is_good (&claim, key, &f->device, &f->device));
  sat_code_public_key (code, &f->device, elsewhere);
  g_assert_cmpint (memcmp (key, elsewhere, sizeof key), !=, 0);
  sat_claim_make (other_code, &f->founder, &f->device, &other);
  g_assert_false (sat_claim_is_good (&other, key, &f->founder, &f->device));
  other = claim;
  other.signature[5] ^= 1;
  g_assert_false (sat_claim_is_good (&other, key, &f->founder, &f->device));
  other = claim;
  other.invitation.bytes[3] ^= 1;
  g_assert_false (sat_claim_is_good (&other, key, &f->founder, &f->device));
}

static void
test_texts (void)
{
  static const char *const good[] = { "wang", "王伟", "Wang Wei", "a@b", NULL };
  static const char *const bad[] = { "",      " wang",   "wang ", "a\nb", "a\tb",
                                     "a\\nb", "<a@b.c>", "a\x01", "\xff", NULL };
  static const char *const books[] = { "*", "east", "east,west", "a,a-b", "1,2", NULL };
  static const char *const no_books[] = { "",   "east,", ",east", "west,east", "east,east", "East",
                                          "-a", "a b",   "a,*",   "**",        NULL };
  g_autofree char *full = g_strnfill (SAT_LOGIN_MAX, 'x');
  g_autofree char *more = g_strnfill (SAT_LOGIN_MAX + 1, 'x');

  for (guint i = 0; good[i] != NULL; i++)
    g_assert_true (sat_invitation_login_is_sound (good[i], strlen (good[i])));
  for (guint i = 0; bad[i] != NULL; i++)
    g_assert_false (sat_invitation_login_is_sound (bad[i], strlen (bad[i])));
  g_assert_true (sat_invitation_login_is_sound (full, strlen (full)));
  g_assert_false (sat_invitation_login_is_sound (more, strlen (more)));
  for (guint i = 0; books[i] != NULL; i++)
    g_assert_true (sat_invitation_books_are_sound (books[i], strlen (books[i])));
  for (guint i = 0; no_books[i] != NULL; i++)
    g_assert_false (sat_invitation_books_are_sound (no_books[i], strlen (no_books[i])));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/invitation/typed", Fixture, NULL, set_up, test_typed, tear_down);
  g_test_add ("/invitation/every-slip", Fixture, NULL, set_up, test_every_slip, tear_down);
  g_test_add ("/invitation/claim", Fixture, NULL, set_up, test_claim, tear_down);
  g_test_add_func ("/invitation/texts", test_texts);
  return g_test_run ();
}
