/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a periodic exchange is tried again after failures. */
#include "sync-fixture.h"
#include "sync/sat-sync.h"

#define NOW G_GINT64_CONSTANT (1773100000000)
#define HOUR_MS (3600 * 1000)

static void
test_failures (Sandbox *sandbox, gconstpointer data)
{
  g_autofree char *file = sandbox_path (sandbox, "retry");
  gint64 before = 0;

  g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), ==, 0);
  for (int i = 0; i < 8; i++)
    {
      gint64 due;

      sat_sync_note_outcome (sandbox->dir, FALSE, NOW, 0);
      due = sat_sync_due (sandbox->dir, NOW);
      g_assert_cmpint (due, >, NOW + before);
      g_assert_cmpint (due, <=, NOW + HOUR_MS);
      g_assert_cmpint (sat_sync_due (sandbox->dir, due), ==, 0);
      g_assert_cmpint (sat_sync_due (sandbox->dir, due - 1), ==, due);
      before = due - NOW;
    }
  g_assert_true (g_file_set_contents (file, "1000 0", -1, NULL));
  sat_sync_note_outcome (sandbox->dir, FALSE, NOW, G_MAXUINT32);
  g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), >, NOW);
  g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), <=, NOW + HOUR_MS);
  sat_sync_note_outcome (sandbox->dir, TRUE, NOW, 0);
  g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), ==, 0);
}

/* A clock that was years ahead when it failed makes nobody wait for years; damage means now. */
static void
test_nonsense (Sandbox *sandbox, gconstpointer data)
{
  static const char *const texts[] = { "", "x", "1", "1 x", "-1 5", "1 2 3", "99999999 1" };
  g_autofree char *file = sandbox_path (sandbox, "retry");

  sat_sync_note_outcome (sandbox->dir, FALSE, NOW + (gint64) 1000 * 24 * HOUR_MS, 0);
  g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_assert_true (g_file_set_contents (file, texts[i], -1, NULL));
      g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), ==, 0);
      sat_sync_note_outcome (sandbox->dir, FALSE, NOW, 0);
      g_assert_cmpint (sat_sync_due (sandbox->dir, NOW), ==, NOW + 15 * 1000);
    }
}

#define ADD(path, function) \
  g_test_add (path, Sandbox, NULL, sandbox_set_up, function, sandbox_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/sync/due/failures", test_failures);
  ADD ("/sync/due/nonsense", test_nonsense);
  return g_test_run ();
}
