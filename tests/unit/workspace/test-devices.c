/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A laptop reports when there is a reason to, and is silent otherwise. */
#include "config.h"
#include "core/workspace/sat-workspace-devices.h"
#include "tests/support/world.h"

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

typedef struct
{
  World world;
  SatWorkspace *laptop;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_plain_laptop (&f->world, &f->laptop);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->laptop);
  world_clear (&f->world);
}

static SatDevice *
own (Fixture *f, GPtrArray **devices)
{
  *devices = sat_workspace_devices (f->laptop, NULL);
  for (guint i = 0; i < (*devices)->len; i++)
    {
      SatDevice *device = g_ptr_array_index (*devices, i);
      if (sat_id_equal (&device->id, sat_workspace_device (f->laptop)))
        return device;
    }
  g_assert_not_reached ();
}

static gint64
pending (Fixture *f)
{
  SatStatus *status = sat_workspace_status (f->laptop, NULL);
  gint64 n = status->pending;

  sat_status_free (status);
  return n;
}

/* Whether a report was written now. */
static gboolean
reports (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  gint64 before;

  g_assert_true (sat_workspace_seal (f->laptop, NULL));
  before = pending (f);
  sat_workspace_report (f->laptop, &error);
  g_assert_no_error (error);
  return pending (f) > before;
}

static void
test_due (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) devices = NULL;
  SatDevice *device;

  (void) data;
  g_assert_false (reports (f)); /* it has just introduced itself */
  world_tick (&f->world, 6 * DAY_MS);
  g_assert_false (reports (f));
  world_tick (&f->world, DAY_MS);
  g_assert_true (reports (f));
  g_assert_false (reports (f));
  device = own (f, &devices);
  g_assert_cmpstr (device->version, ==, SAT_VERSION);
  g_assert_cmpint (device->size_mb, ==, -1); /* a made-up machine measures nothing */
  g_assert_cmpint (device->n_quarantined, ==, 0);
  g_assert_cmpint (device->n_conflicts, ==, 0);
  g_assert_nonnull (device->reported);
}

/* Another version is told at once; what was put aside, with the next report. */
static void
test_at_once (Fixture *f, gconstpointer data)
{
  (void) data;
  world_exec (f->laptop, "INSERT INTO quarantine SELECT b.number, d.number, 3, 0, 'bad', x'' FROM"
                         " book b, device d LIMIT 1");
  g_assert_false (reports (f));
  world_exec (f->laptop, "UPDATE o_device SET f_version = '0.0.1'");
  g_assert_true (reports (f));
  g_assert_false (reports (f));
  {
    g_autoptr (GPtrArray) devices = NULL;
    g_assert_cmpint (own (f, &devices)->n_quarantined, ==, 1);
  }
  world_exec (f->laptop, "UPDATE o_device SET f_state = 'revoked', f_version = '0.0.1'");
  g_assert_false (reports (f));
}

/* A report from the future, or one that is no time, does not silence it. */
static void
test_strange_time (Fixture *f, gconstpointer data)
{
  (void) data;
  world_exec (f->laptop, "UPDATE o_device SET f_reported = f_reported + 99999999999");
  g_assert_true (reports (f));
  world_exec (f->laptop, "UPDATE o_device SET f_reported = NULL");
  g_assert_true (reports (f));
  g_assert_false (reports (f));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/workspace/devices/due", Fixture, NULL, set_up, test_due, tear_down);
  g_test_add ("/workspace/devices/at-once", Fixture, NULL, set_up, test_at_once, tear_down);
  g_test_add ("/workspace/devices/strange-time", Fixture, NULL, set_up, test_strange_time,
              tear_down);
  return g_test_run ();
}
