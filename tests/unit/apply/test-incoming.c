/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign change-sets: their turn, slices, what is set aside and what becomes of it. */
#include "core/apply/sat-incoming.h"

#include <string.h>

#include "core/store/sat-log.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[3];
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  world_laptops (&f->world, f->all, 3);
  world_sync_all (&f->world, f->all, 3);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    sat_workspace_close (f->all[i]);
  world_clear (&f->world);
}

static guint64
applied (Fixture *f, guint at, guint of)
{
  return sat_workspace_applied (f->all[at], "customers", sat_workspace_device (f->all[of]));
}

/* The text of laptop OF's change-set NUMBER, with FROM (which must be in it) replaced by TO. */
static GBytes *
changed_text (Fixture *f, guint of, guint64 number, const char *from, const char *to)
{
  g_autoptr (GBytes) text = world_text (&f->world, "customers", sat_workspace_device (f->all[of]),
                                        number);
  g_autoptr (GString) out = g_string_new_len (g_bytes_get_data (text, NULL),
                                              (gssize) g_bytes_get_size (text));

  g_assert_cmpuint (g_string_replace (out, from, to, 1), ==, 1);
  return g_bytes_new (out->str, out->len);
}

static void
put (Fixture *f, guint of, guint64 number, GBytes *text)
{
  world_put_text (&f->world, "customers", sat_workspace_device (f->all[of]), number, text);
}

/* Laptop 0 meets a wrong text in the place of laptop 1's first change-set: that is set aside with
 * MESSAGE and only laptop 1's later ones wait; with the right text all is well. */
static void
check_set_aside (Fixture *f, GBytes *wrong, int code, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) right = world_text (&f->world, "customers", sat_workspace_device (f->all[1]),
                                         1);
  SatInboxProgress progress = { 0 };
  SatId theirs = record_new (f->all[2], "thing", "name", "not held up", NULL);

  world_push (&f->world, f->all[2]);
  put (f, 1, 1, wrong);
  for (guint twice = 0; twice < 2; twice++)
    {
      g_autoptr (GPtrArray) list = NULL;
      g_autofree char *wording = NULL;

      world_fetch (&f->world, f->all[0], &progress);
      g_assert_cmpuint (progress.quarantined, ==, code == SAT_ERROR_NEWER ? 0 : 1);
      g_assert_cmpuint (progress.waiting, ==, code == SAT_ERROR_NEWER ? 1 : 0);
      list = sat_workspace_quarantine (f->all[0], &error);
      g_assert_no_error (error);
      g_assert_cmpuint (list->len, ==, 1);
      const SatQuarantined *entry = g_ptr_array_index (list, 0);
      wording = sat_error_fill (entry->msgid, (const char *const *) entry->args);
      g_assert_cmpstr (entry->book, ==, "customers");
      g_assert_true (sat_id_equal (&entry->device, sat_workspace_device (f->all[1])));
      g_assert_cmpuint (entry->number, ==, 1);
      g_assert_cmpint (entry->newer, ==, code == SAT_ERROR_NEWER);
      if (!g_str_has_prefix (wording, message))
        g_assert_cmpstr (wording, ==, message);
      assert_check (f->all[0], FALSE, "quarantine", FALSE);
    }
  g_assert_cmpuint (applied (f, 0, 1), ==, 0);
  assert_value (f->all[0], "thing", &theirs, "name", "not held up");

  put (f, 1, 1, right);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (progress.quarantined + progress.waiting, ==, 0);
  g_assert_cmpuint (applied (f, 0, 1), ==, 2);
  assert_check (f->all[0], FALSE, "quarantine", TRUE);
  world_sync_all (&f->world, f->all, 3);
  assert_equal_replicas (f->all[0], f->all[1]);
  assert_equal_replicas (f->all[0], f->all[2]);
}

/* Two change-sets of laptop 1 that laptop 0 does not have. */
static void
write_two (Fixture *f)
{
  SatId id = record_new (f->all[1], "thing", "name", "first", NULL);

  world_push (&f->world, f->all[1]);
  record_set (f->all[1], "thing", &id, "name", "second");
  world_push (&f->world, f->all[1]);
}

static void
test_cut_off (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  text = world_text (&f->world, "customers", sat_workspace_device (f->all[1]), 1);
  wrong = g_bytes_new_from_bytes (text, 0, g_bytes_get_size (text) - 3);
  check_set_aside (f, wrong, SAT_ERROR_MALFORMED, "line ");
}

static void
test_empty_text (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) wrong = g_bytes_new ("", 0);

  write_two (f);
  check_set_aside (f, wrong, SAT_ERROR_MALFORMED, "line 1 of the change-set");
}

static void
test_other_number (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  wrong = world_text (&f->world, "customers", sat_workspace_device (f->all[1]), 2);
  check_set_aside (f, wrong, SAT_ERROR_MALFORMED, "the change-set is of another book, device");
}

static void
test_other_device (Fixture *f, gconstpointer data)
{
  char mine[SAT_ID_TEXT_SIZE], theirs[SAT_ID_TEXT_SIZE];
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  wrong = changed_text (f, 1, 1, sat_id_format (sat_workspace_device (f->all[1]), mine),
                        sat_id_format (sat_workspace_device (f->all[2]), theirs));
  check_set_aside (f, wrong, SAT_ERROR_MALFORMED, "the change-set is of another book, device");
}

static void
test_other_book (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  wrong = changed_text (f, 1, 1, "book customers", "book company");
  check_set_aside (f, wrong, SAT_ERROR_MALFORMED, "the change-set is of another book, device");
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  wrong = changed_text (f, 1, 1, "change-set 1\n", "change-set 2\n");
  check_set_aside (f, wrong, SAT_ERROR_NEWER, "the change-set is of format version 2");
}

static void
test_needs (Fixture *f, gconstpointer data)
{
  g_autoptr (GBytes) wrong = NULL;

  write_two (f);
  wrong = changed_text (f, 1, 1, "saw all\n", "needs teleport\nsaw all\n");
  check_set_aside (
      f, wrong, SAT_ERROR_NEWER,
      "the change-set needs “teleport”, which this version does not know; update Satchel");
}

/* ---- saw ----------------------------------------------------------------------------------------
 */

/* Laptop 1's second change-set saw laptop 2's second one; its third says BEGIN and, unless NUMBER
 * is NULL, that it saw laptop 2's change-set of that number. */
static void
check_saw_back (Fixture *f, const char *begin, const char *number)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *saw = NULL;
  g_autoptr (GBytes) wrong = NULL;
  g_autoptr (GBytes) right = NULL;
  g_autoptr (GPtrArray) list = NULL;
  SatInboxProgress progress = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      record_new (f->all[2], "thing", "name", "seen", NULL);
      world_push (&f->world, f->all[2]);
    }
  record_new (f->all[1], "thing", "name", "before", NULL);
  world_push (&f->world, f->all[1]);
  world_fetch (&f->world, f->all[1], &progress);
  for (guint i = 0; i < 2; i++)
    {
      record_new (f->all[1], "thing", "name", "after", NULL);
      world_push (&f->world, f->all[1]);
    }
  sat_id_format (sat_workspace_device (f->all[2]), text);
  saw = number ? g_strdup_printf ("%s %s %s\n", begin, text, number) : g_strdup (begin);
  right = world_text (&f->world, "customers", sat_workspace_device (f->all[1]), 3);
  wrong = changed_text (f, 1, 3, "saw more\n", saw);
  put (f, 1, 3, wrong);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (applied (f, 0, 1), ==, 2);
  g_assert_cmpuint (progress.quarantined, ==, 1);
  list = sat_workspace_quarantine (f->all[0], NULL);
  g_assert_cmpstr (((SatQuarantined *) g_ptr_array_index (list, 0))->msgid, ==,
                   "the change-set claims to have seen less than the one before it");
  put (f, 1, 3, right);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (applied (f, 0, 1), ==, 3);
}

static void
test_saw_lower (Fixture *f, gconstpointer data)
{
  check_saw_back (f, "saw more\n", "1");
}

static void
test_saw_all_lower (Fixture *f, gconstpointer data)
{
  check_saw_back (f, "saw all\n", "1");
}

/* A whole vector that leaves a device out says 0 of it. */
static void
test_saw_all_without (Fixture *f, gconstpointer data)
{
  check_saw_back (f, "saw all\n", NULL);
}

/* The same said in full is no going back. */
static void
test_saw_all_same (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *saw = NULL;
  g_autoptr (GBytes) full = NULL;
  SatInboxProgress progress = { 0 };

  record_new (f->all[2], "thing", "name", "seen", NULL);
  world_push (&f->world, f->all[2]);
  world_fetch (&f->world, f->all[1], &progress);
  for (guint i = 0; i < 2; i++)
    {
      record_new (f->all[1], "thing", "name", "after", NULL);
      world_push (&f->world, f->all[1]);
    }
  saw = g_strdup_printf ("saw all\n %s 1\n",
                         sat_id_format (sat_workspace_device (f->all[2]), text));
  full = changed_text (f, 1, 2, "saw more\n", saw);
  put (f, 1, 2, full);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (applied (f, 0, 1), ==, 2);
}

/* ---- waiting ------------------------------------------------------------------------------------
 */

/* A change-set waits until all that it saw is here, however late that comes. */
static void
test_causal (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[1], "thing", "name", "cause", NULL);
  SatInboxProgress progress = { 0 };
  g_autoptr (GBytes) cause = NULL;

  world_push (&f->world, f->all[1]);
  world_fetch (&f->world, f->all[2], &progress);
  record_set (f->all[2], "thing", &id, "name", "effect");
  world_push (&f->world, f->all[2]);
  cause = world_text (&f->world, "customers", sat_workspace_device (f->all[1]), 1);
  put (f, 1, 1, NULL);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_true (progress.done);
  g_assert_cmpuint (progress.waiting, ==, 1);
  g_assert_cmpuint (progress.quarantined, ==, 0);
  g_assert_cmpuint (applied (f, 0, 2), ==, 0);
  put (f, 1, 1, cause);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (progress.waiting, ==, 0);
  assert_value (f->all[0], "thing", &id, "name", "effect");
}

/* What claims to have seen numbers of ours that we never made is never applied. */
static void
test_claims_ours (Fixture *f, gconstpointer data)
{
  char text[SAT_ID_TEXT_SIZE];
  g_autofree char *saw = g_strdup_printf ("saw all\n %s 9\n",
                                          sat_id_format (sat_workspace_device (f->all[0]), text));
  g_autoptr (GBytes) wrong = NULL;
  SatInboxProgress progress = { 0 };

  write_two (f);
  wrong = changed_text (f, 1, 1, "saw all\n", saw);
  put (f, 1, 1, wrong);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (progress.waiting, ==, 1);
  g_assert_cmpuint (applied (f, 0, 1), ==, 0);
}

typedef struct
{
  Fixture *fixture;
  int code; /* -1: the hub's text */
} Refusal;

static GBytes *
refuse (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  Refusal *refusal = data;

  if (refusal->code >= 0 && sat_id_equal (device, sat_workspace_device (refusal->fixture->all[1])))
    {
      sat_fail (error, (SatErrorCode) refusal->code, N_ ("the signature of “%s” is wrong"), "x",
                NULL);
      return NULL;
    }
  return world_hub_text (book, device, number, &refusal->fixture->world, error);
}

/* A wrong signature is for the quarantine; a disk that cannot be read stops everything, and what
 * was applied in the same transaction is not. */
static void
test_refused_by_source (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Refusal refusal = { f, SAT_ERROR_FAILED };
  g_autoptr (SatInbox) inbox = sat_inbox_new (f->all[0], refuse, &refusal);
  SatInboxProgress progress = { 0 };
  SatId id = record_new (f->all[2], "thing", "name", "theirs", NULL);

  write_two (f);
  world_push (&f->world, f->all[2]);
  sat_inbox_offer (inbox, "customers", sat_workspace_device (f->all[2]));
  sat_inbox_offer (inbox, "customers", sat_workspace_device (f->all[1]));
  g_assert_false (sat_inbox_step (inbox, 0, &progress, &error));
  assert_error (&error, SAT_ERROR_FAILED, "the signature");
  g_assert_cmpuint (applied (f, 0, 2), ==, 0);
  refusal.code = SAT_ERROR_REFUSED;
  g_assert_true (sat_inbox_step (inbox, 0, &progress, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (progress.quarantined, ==, 1);
  assert_value (f->all[0], "thing", &id, "name", "theirs");
  refusal.code = -1;
  sat_inbox_offer (inbox, "customers", sat_workspace_device (f->all[1]));
  g_assert_true (sat_inbox_step (inbox, 0, &progress, &error));
  g_assert_cmpuint (progress.quarantined, ==, 0);
  g_assert_cmpuint (applied (f, 0, 1), ==, 2);
}

/* Branches of books that are not held, and the own one, are not looked at. */
static void
test_not_ours (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatInbox) inbox = sat_inbox_new (f->all[0], world_hub_text, &f->world);
  SatInboxProgress progress = { 0 };

  write_two (f);
  sat_inbox_offer (inbox, "elsewhere", sat_workspace_device (f->all[1]));
  sat_inbox_offer (inbox, "customers", sat_workspace_device (f->all[0]));
  g_assert_true (sat_inbox_step (inbox, 0, &progress, &error));
  g_assert_true (progress.done);
  g_assert_cmpuint (progress.change_sets, ==, 0);
}

/* ---- slices -------------------------------------------------------------------------------------
 */

static SatId
many_records (Fixture *f, guint n)
{
  g_autoptr (GError) error = NULL;
  SatId last;

  sat_workspace_begin (f->all[1], &error);
  for (guint i = 0; i < n; i++)
    last = record_new (f->all[1], "thing", "name", "sliced", "phone", "1", NULL);
  sat_workspace_commit (f->all[1], &error);
  g_assert_no_error (error);
  world_push (&f->world, f->all[1]);
  return last;
}

/* Begun, the process died; local edits and the others' change-sets go on around it. The vector
 * moves with the last slice only, and what was begun is finished first. */
static void
test_slices (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id = many_records (f, 10);
  SatId own, theirs;
  SatInboxProgress progress = { 0 };

  theirs = record_new (f->all[2], "thing", "name", "theirs", NULL);
  world_push (&f->world, f->all[2]);
  put (f, 2, 1, NULL);
  for (guint slice = 0; slice < 3; slice++)
    {
      g_assert_true (world_slice (&f->world, f->all[0], 3));
      g_assert_cmpuint (applied (f, 0, 1), ==, 0);
      sat_workspace_close (f->all[0]);
      f->all[0] = world_open (&f->world, "wang", NULL);
      own = record_new (f->all[0], "thing", "name", "mine", NULL);
      record_set (f->all[0], "thing", &own, "count", "1");
    }
  {
    g_autoptr (GPtrArray) digests = sat_workspace_digest (f->all[0], &error);

    g_assert_null (digests); /* equal vectors would not have equal states */
    assert_error (&error, SAT_ERROR_BUSY, "a sync was interrupted");
  }
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (applied (f, 0, 1), ==, 1);
  assert_value (f->all[0], "thing", &id, "name", "sliced");
  world_sync_all (&f->world, f->all, 3);
  g_assert_false (record_deleted (f->all[2], "thing", &theirs));
  world_push (&f->world, f->all[2]);
  assert_equal_replicas (f->all[0], f->all[1]);
  assert_healthy (f->all[0]);
}

/* A record that a slice has brought is edited before its change-set is finished: the edit has not
 * seen it, so both values stay. */
static void
test_edit_of_a_slice (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[1], "thing", "name", "one", "phone", "1", NULL);
  SatInboxProgress progress = { 0 };

  for (guint i = 0; i < 9; i++)
    record_new (f->all[1], "thing", "name", "more", NULL);
  world_push (&f->world, f->all[1]);
  world_sync (&f->world, f->all[0]);
  world_sync (&f->world, f->all[2]);
  record_set (f->all[1], "thing", &id, "phone", "2");
  for (guint i = 0; i < 9; i++)
    record_new (f->all[1], "thing", "name", "more", NULL);
  world_push (&f->world, f->all[1]);
  while (applied (f, 0, 1) < 2)
    {
      g_autofree char *phone = record_get (f->all[0], "thing", &id, "phone");
      gboolean there = strcmp (phone, "2") == 0;

      world_slice (&f->world, f->all[0], 1);
      if (there)
        break;
    }
  g_assert_cmpuint (applied (f, 0, 1), ==, 1);
  record_set (f->all[0], "thing", &id, "phone", "3");
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 1);
  world_fetch (&f->world, f->all[0], &progress);
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (sat_workspace_n_conflicts (f->all[i]), ==, 1);
  assert_equal_replicas (f->all[0], f->all[1]);
  assert_equal_replicas (f->all[0], f->all[2]);
}

/* However it is sliced, the clock hears all of it, and the device's last stamp is its highest. */
static void
test_stamps_of_slices (Fixture *f, gconstpointer data)
{
  gint64 now = sat_platform_now_ms (f->world.platform);
  const SatDevice *device = NULL;
  SatId first = record_new (f->all[1], "thing", "name", "late", NULL);

  world_tick (&f->world, 1000);
  record_new (f->all[1], "thing", "name", "early", NULL);
  world_tick (&f->world, 3599000);
  record_set (f->all[1], "thing", &first, "count", "1");
  sat_platform_set_now (f->world.platform, now);
  world_push (&f->world, f->all[1]);
  while (world_slice (&f->world, f->all[0], 1))
    ;
  g_autoptr (GPtrArray) devices = sat_workspace_devices (f->all[0], NULL);
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *entry = g_ptr_array_index (devices, i);
      if (sat_id_equal (&entry->id, sat_workspace_device (f->all[1])))
        device = entry;
    }
  g_assert_cmpint (device->last_seen_ms, ==, now + 3600000);
  g_assert_cmpuint (sat_hlc_ms (sat_log_hlc (world_replica (f->all[0]))), ==, now + 3600000);
}

/* A clock that is centuries off is told of, and is not followed. */
static void
test_far_future (Fixture *f, gconstpointer data)
{
  gint64 now = sat_platform_now_ms (f->world.platform);
  SatId id;

  record_new (f->all[1], "thing", "name", "now", NULL);
  world_push (&f->world, f->all[1]);
  sat_platform_set_now (f->world.platform, SAT_HLC_MAX_MS - 1000);
  id = record_new (f->all[1], "thing", "name", "far", "phone", "1", NULL);
  world_push (&f->world, f->all[1]);
  sat_platform_set_now (f->world.platform, now + 1000);
  world_sync (&f->world, f->all[0]);
  assert_check (f->all[0], FALSE, "clock", FALSE);
  record_set (f->all[0], "thing", &id, "phone", "2");
  assert_value (f->all[0], "thing", &id, "phone", "2"); /* seen, so replaced, whatever the stamps */
  world_sync_all (&f->world, f->all, 3);
  assert_value (f->all[1], "thing", &id, "phone", "2");
  assert_equal_replicas (f->all[0], f->all[1]);
}

/* What is applied already is not asked for again. */
static void
test_again (Fixture *f, gconstpointer data)
{
  SatInboxProgress progress = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  write_two (f);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (progress.change_sets, ==, 2);
  before = world_lines (f->all[0]);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (progress.change_sets, ==, 0);
  after = world_lines (f->all[0]);
  g_assert_cmpstr (before, ==, after);
}

/* Open changes are sealed before anything foreign is applied. */
static void
test_seals_first (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->all[1], "thing", "name", "one", "phone", "1", NULL);
  SatInboxProgress progress = { 0 };

  world_push (&f->world, f->all[1]);
  world_sync (&f->world, f->all[0]);
  record_set (f->all[0], "thing", &id, "phone", "2");
  record_set (f->all[1], "thing", &id, "phone", "3");
  world_push (&f->world, f->all[1]);
  world_fetch (&f->world, f->all[0], &progress);
  g_assert_cmpuint (applied (f, 0, 0), ==, 1);
  record_set (f->all[0], "thing", &id, "name", "two");
  world_push (&f->world, f->all[0]);
  world_sync_all (&f->world, f->all, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpint (sat_workspace_n_conflicts (f->all[i]), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/apply/incoming/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("cut-off", test_cut_off);
  ADD ("empty-text", test_empty_text);
  ADD ("other-number", test_other_number);
  ADD ("other-device", test_other_device);
  ADD ("other-book", test_other_book);
  ADD ("newer", test_newer);
  ADD ("needs", test_needs);
  ADD ("saw-lower", test_saw_lower);
  ADD ("saw-all-lower", test_saw_all_lower);
  ADD ("saw-all-without", test_saw_all_without);
  ADD ("saw-all-same", test_saw_all_same);
  ADD ("causal", test_causal);
  ADD ("claims-ours", test_claims_ours);
  ADD ("refused-by-source", test_refused_by_source);
  ADD ("not-ours", test_not_ours);
  ADD ("slices", test_slices);
  ADD ("edit-of-a-slice", test_edit_of_a_slice);
  ADD ("stamps-of-slices", test_stamps_of_slices);
  ADD ("far-future", test_far_future);
  ADD ("again", test_again);
  ADD ("seals-first", test_seals_first);
#undef ADD
  return g_test_run ();
}
