/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much travels: what libgit2 makes of a fetch or a push when it is not asked in the right way
 * is a hundred times too much. */
#include <glib/gstdio.h>
#include <string.h>

#include "far.h"

/* BRANCHES branches of EACH commits by stock git, as a stream for fast-import; branch 0 has TIMES
 * newer than all others'. */
static void
import_branches (const char *hub, guint branches, guint each, gboolean one_more)
{
  g_autoptr (GString) stream = g_string_new (NULL);
  g_autofree char *file = g_build_filename (hub, "stream", NULL);

  for (guint b = 0; b < branches; b++)
    {
      g_autofree char *ref = g_strdup_printf (
          "refs/heads/customers/0197c000-0000-7000-8000-%012x/1", b + 1);

      for (guint c = one_more ? each : 0; c < each + (one_more ? 1 : 0); c++)
        {
          g_autofree char *text = g_strdup_printf ("%u of %u\n", c + 1, b);
          gint64 time = 1760000000 + (gint64) (b + 1) * 1000 + c;

          g_string_append_printf (stream,
                                  "commit %s\ncommitter n <n@example.org> %" G_GINT64_FORMAT
                                  " +0000\ndata 1\nx\n",
                                  ref, time);
          if (c > 0 && (one_more || c == 0))
            g_string_append_printf (stream, "from %s^0\n", ref);
          g_string_append_printf (
              stream, "deleteall\nM 100644 inline %u.changes\ndata %" G_GSIZE_FORMAT "\n%s\n",
              c + 1, strlen (text), text);
        }
    }
  g_assert_true (g_file_set_contents (file, stream->str, (gssize) stream->len, NULL));
  g_free (net_run (hub, "sh", "-c", "git fast-import --quiet <stream && rm stream", NULL));
}

/* 200 branches of 50 commits, of which one, and then thirty of very different age, get one commit
 * more: what comes is these commits and nothing that was here. */
static void
test_many_branches (Far *far, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  SatSyncResult result;

  far_web (far, NET_HTTP);
  import_branches (far->world.hub, 200, 50, FALSE);
  a = far_join (far, "a", "wang", 11, NULL, &error);
  g_assert_no_error (error);
  import_branches (far->world.hub, 1, 50, TRUE);
  net_connections (far->net);
  result = far_sync (a, NULL);
  g_assert_cmpuint (result.received_bytes, >, 0);
  g_assert_cmpuint (result.received_bytes, <, 3 * 300);
  import_branches (far->world.hub, 30, 51, TRUE);
  result = far_sync (a, NULL);
  g_assert_cmpuint (result.received_bytes, >, 30 * 100);
  g_assert_cmpuint (result.received_bytes, <, 30 * 3 * 300);
}

/* A hub with a history of 100,000 commits: a push of one change-set carries that one. */
static void
test_long_history (Far *far, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) a = NULL;
  gint64 bytes;

  far_web (far, NET_HTTP);
  import_branches (far->world.hub, 10, 10000, FALSE);
  a = far_join (far, "a", "wang", 11, NULL, &error);
  g_assert_no_error (error);
  world_new (a, "customer", "Acme", "phone", "021-5555-0100");
  net_bytes (far->net);
  g_assert_cmpuint (far_sync (a, NULL).sent_change_sets, ==, 1);
  bytes = net_bytes (far->net);
  g_assert_cmpint (bytes, >, 500);
  g_assert_cmpint (bytes, <, 32768);
}

#define ADD(path, function) g_test_add (path, Far, NULL, far_set_up, function, far_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/traffic/many-branches", test_many_branches);
  ADD ("/traffic/long-history", test_long_history);
  return far_main ();
}
