/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-locks.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  const char *text; /* of the file; NULL: there is none */
  const char *hub;  /* what is said against it; NULL: it may be done */
  const char *export;
  const char *copies;
} Case;

static const Case cases[] = {
  { NULL, NULL, NULL, NULL },
  { "", NULL, NULL, NULL },
  { "[other]\nlocked=hub\n", NULL, NULL, NULL },
  { "[locks]\nby=IT\n", NULL, NULL, NULL },
  { "[locks]\nlocked=\n", NULL, NULL, NULL },
  { "[locks]\nlocked=hub\nby=IT, 4711\n", "(IT, 4711)", NULL, NULL },
  { "# ours\n[locks]\nlocked= export ; copies ;\n", NULL, "locks.conf)", "locks.conf)" },
  { "[locks]\nlocked=hub;export;copies\nby=\n", "locks.conf)", "locks.conf)", "locks.conf)" },
  /* Nobody would notice that nothing is locked. */
  { "[locks]\nlocked=exports\nby=IT\n", "(exports)", "(exports)", "(exports)" },
  { "[locks\nlocked=hub\n", "cannot be read", "cannot be read", "cannot be read" },
  { "locked=hub\n", "cannot be read", "cannot be read", "cannot be read" },
};

static void
assert_says (SatLock lock, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (sat_locks_check (lock, &error), ==, words == NULL);
  if (words == NULL)
    return;
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_cases (void)
{
  g_autofree char *dir = g_dir_make_tmp ("satchel-locks-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (dir, "locks.conf", NULL);

  g_setenv ("SATCHEL_LOCKS", file, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *one = &cases[i];

      g_unlink (file);
      if (one->text != NULL)
        g_assert_true (g_file_set_contents (file, one->text, -1, NULL));
      assert_says (SAT_LOCK_HUB, one->hub);
      assert_says (SAT_LOCK_EXPORT, one->export);
      assert_says (SAT_LOCK_COPIES, one->copies);
    }
  /* A folder where the file should be. */
  g_unlink (file);
  g_assert_cmpint (g_mkdir (file, 0700), ==, 0);
  assert_says (SAT_LOCK_HUB, "cannot be read");
  g_unsetenv ("SATCHEL_LOCKS");
  assert_says (SAT_LOCK_HUB, NULL);
  g_rmdir (file);
  g_rmdir (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/locks/cases", test_cases);
  return g_test_run ();
}
