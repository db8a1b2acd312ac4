/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lines that a digest is taken over are those of docs/change-set-format.md. */
#include "core/query/sat-digest.h"

#include <sodium.h>
#include <string.h>

#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

#define A "11111111-2222-8333-8444-555555555555"
#define B "00000000-2222-8333-8444-555555555555"
#define ONE "0190163d-8694-739b-aea5-966c26f8ad91"
#define TWO "0190163d-8694-739b-aea5-966c26f8ad92"

static const char text_a[] = "satchel change-set 1\n"
                             "book customers\n"
                             "device " A "\n"
                             "number 1\n"
                             "saw all\n"
                             "cut " B " 7\n"
                             "at 2026-03-01T09:15:30.123Z\n"
                             "ghost " ONE " new\n"
                             " a=spirit\n"
                             "thing " ONE " new\n"
                             " count=5\n"
                             "at 2026-03-01T09:15:30.123Z+1\n"
                             " name{auto}=back\\\\slash\n"
                             " note=one\\ntwo\n"
                             " tags+b\n"
                             " tags+c d\n"
                             " unheard~\n"
                             "thing " TWO " dead\n"
                             "end 3 9\n";
static const char text_b[] = "satchel change-set 1\n"
                             "book customers\n"
                             "device " B "\n"
                             "number 1\n"
                             "saw all\n"
                             "at 2026-03-01T09:15:31.000Z\n"
                             "thing " ONE "\n"
                             " count=6\n"
                             " tags+b\n"
                             "end 1 2\n";

static const char *const expected[] = {
  "book customers",
  "ghost " ONE " :home customers:" A ":1 2026-03-01T09:15:30.123Z =customers",
  "ghost " ONE " :life customers:" A ":1 2026-03-01T09:15:30.123Z =live",
  "ghost " ONE " a customers:" A ":1 2026-03-01T09:15:30.123Z =spirit",
  "thing " ONE " :home customers:" A ":1 2026-03-01T09:15:30.123Z =customers",
  "thing " ONE " :life customers:" B ":1 2026-03-01T09:15:31.000Z =live",
  "thing " ONE " :life customers:" A ":1 2026-03-01T09:15:30.123Z =live",
  "thing " ONE " count customers:" B ":1 2026-03-01T09:15:31.000Z =6",
  "thing " ONE " count customers:" A ":1 2026-03-01T09:15:30.123Z =5",
  "thing " ONE " name customers:" A ":1 2026-03-01T09:15:30.123Z+1a =back\\\\slash",
  "thing " ONE " note customers:" A ":1 2026-03-01T09:15:30.123Z+1 =one\\ntwo",
  "thing " ONE " tags/b customers:" B ":1 2026-03-01T09:15:31.000Z +",
  "thing " ONE " tags/b customers:" A ":1 2026-03-01T09:15:30.123Z+1 +",
  "thing " ONE " tags/c d customers:" A ":1 2026-03-01T09:15:30.123Z+1 +",
  "thing " ONE " unheard customers:" A ":1 2026-03-01T09:15:30.123Z+1 ~",
  "thing " TWO " :life customers:" A ":1 2026-03-01T09:15:30.123Z+1 =dead",
  "cut " B " 7",
};

static void
offer (World *world, const char *id_text, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  SatId id;

  g_assert_true (sat_id_parse (id_text, &id));
  world_put_text (world, "customers", &id, 1, bytes);
  g_ptr_array_add (world->devices, g_memdup2 (&id, sizeof id));
}

static void
collect (const char *text, gpointer data)
{
  g_ptr_array_add (data, g_strdup (text));
}

static void
test_lines (void)
{
  World world;
  SatWorkspace *a;
  SatInboxProgress progress = { 0 };
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) joined = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *digest = NULL;
  guint8 hash[crypto_hash_sha256_BYTES];
  char hex[2 * sizeof hash + 1];

  world_laptops (&world, &a, 1);
  offer (&world, A, text_a);
  offer (&world, B, text_b);
  world_fetch (&world, a, &progress);
  g_assert_cmpuint (progress.quarantined, ==, 0);
  sat_workspace_canonical (a, "customers", collect, lines, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MIN (lines->len, G_N_ELEMENTS (expected)); i++)
    {
      g_assert_cmpstr (g_ptr_array_index (lines, i), ==, expected[i]);
      g_string_append_printf (joined, "%s\n", expected[i]);
    }
  g_assert_cmpuint (lines->len, ==, G_N_ELEMENTS (expected));
  digest = sat_digest_of (world_replica (a),
                          (guint32) world_int (a, "SELECT number FROM book WHERE key = "
                                                  "'customers'"),
                          &error);
  crypto_hash_sha256 (hash, (const guint8 *) joined->str, joined->len);
  g_assert_cmpstr (digest, ==, sodium_bin2hex (hex, sizeof hex, hash, sizeof hash));
  sat_workspace_close (a);
  world_clear (&world);
}

/* Every book held has its digest and its vector; what is open is sealed for it. */
static void
test_books (void)
{
  World world;
  SatWorkspace *a;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (GError) error = NULL;

  world_laptops (&world, &a, 1);
  before = sat_workspace_digest (a, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (before->len, ==, 2);
  record_new (a, "thing", "name", "one", NULL);
  after = sat_workspace_digest (a, &error);
  for (guint i = 0; i < 2; i++)
    {
      const SatDigest *old = g_ptr_array_index (before, i);
      const SatDigest *now = g_ptr_array_index (after, i);

      g_assert_cmpstr (old->book, ==, i ? "customers" : "company");
      g_assert_cmpuint (strlen (now->digest), ==, 64);
      g_assert_cmpint (strcmp (old->digest, now->digest) == 0, ==, i == 0);
      g_assert_cmpuint (now->vector->len, ==, i ? 1 : 2);
    }
  sat_workspace_canonical (a, "nowhere", collect, NULL, &error);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no book “nowhere”");
  sat_workspace_close (a);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/digest/lines", test_lines);
  g_test_add_func ("/query/digest/books", test_books);
  return g_test_run ();
}
