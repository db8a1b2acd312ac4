/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-patience.h"

#include <glib/gstdio.h>

#include "tests/support/temp-dir.h"

static void
told_cb (gpointer data)
{
  ++*(guint *) data;
}

/* Half a minute for what is broken, and no end for what says that it takes long. */
static void
test_waits (void)
{
  char *home = temp_dir_new ();
  SatPatience writer;
  SatPatience other;
  guint told = 0;

  sat_patience_init (&writer, home);
  sat_patience_init (&other, home);
  other.func = told_cb;
  other.data = &told;
  g_assert_true (sat_patience_wait (0, &other));
  g_assert_true (sat_patience_wait (999, &other));
  g_assert_cmpuint (told, ==, 0);
  g_assert_true (sat_patience_wait (1000, &other));
  g_assert_true (sat_patience_wait (29999, &other));
  g_assert_cmpuint (told, ==, 1);
  g_assert_false (sat_patience_wait (30000, &other));

  sat_patience_hold (&writer);
  sat_patience_hold (&writer);
  g_assert_true (sat_patience_wait (0, &other));
  g_assert_true (sat_patience_wait (30000, &other));
  g_assert_cmpuint (told, ==, 2);
  g_assert_true (sat_patience_wait (600000, &other));
  /* After its end there is time for one's own turn. */
  sat_patience_release (&writer);
  g_assert_true (sat_patience_wait (629999, &other));
  g_assert_false (sat_patience_wait (630000, &other));
  g_assert_cmpuint (told, ==, 2);
  /* Not for ever: the writer may have been stopped. */
  sat_patience_hold (&writer);
  g_assert_true (sat_patience_wait (0, &other));
  g_assert_true (sat_patience_wait (3500000, &other));
  g_assert_false (sat_patience_wait (3600000, &other));
  sat_patience_clear (&other);
  /* Gone with its holder. */
  sat_patience_clear (&writer);
  sat_patience_init (&other, home);
  g_assert_true (sat_patience_wait (0, &other));
  g_assert_false (sat_patience_wait (30000, &other));
  sat_patience_clear (&other);
  temp_dir_free (home);
}

/* A folder that cannot be written to: everybody waits as long as before. */
static void
test_no_lock (void)
{
  SatPatience writer;
  SatPatience other;

  sat_patience_init (&writer, "/nowhere/at/all");
  sat_patience_init (&other, "/nowhere/at/all");
  sat_patience_hold (&writer);
  g_assert_true (sat_patience_wait (29999, &other));
  g_assert_false (sat_patience_wait (30000, &other));
  sat_patience_release (&writer);
  sat_patience_clear (&writer);
  sat_patience_clear (&other);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/patience/waits", test_waits);
  g_test_add_func ("/store/patience/no-lock", test_no_lock);
  return g_test_run ();
}
