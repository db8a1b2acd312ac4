/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub's hook lets in, and what it refuses with which reason. */
#include "sync/sat-receive.h"

#include <glib/gstdio.h>
#include <string.h>

#include "sync-fixture.h"

#define NONE "0000000000000000000000000000000000000000"

typedef struct
{
  Sandbox sandbox;
  char *hub;
  Device a, b;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  sandbox_set_up (&f->sandbox, data);
  f->hub = make_hub (&f->sandbox, "hub", 9);
  f->a = make_device (1);
  f->b = make_device (2);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->hub);
  sandbox_tear_down (&f->sandbox, data);
}

static char *
ref_of (const Device *device, const char *rest)
{
  return g_strdup_printf ("refs/heads/customers/%s/%s", device->id_text, rest);
}

static char *
judge (Fixture *f, const char *old, const char *new, const char *ref)
{
  g_autofree char *line = g_strdup_printf ("%s %s %s\n", old, new, ref);
  char *tell = NULL;

  if (sat_receive (f->hub, NULL, line, &tell))
    {
      g_assert_null (tell);
      return NULL;
    }
  g_assert_nonnull (tell);
  return tell;
}

static void
assert_taken (Fixture *f, const char *old, const char *new, const char *ref)
{
  g_autofree char *tell = judge (f, old, new, ref);

  g_assert_cmpstr (tell, ==, NULL);
}

/* And the laptop can say it. */
static void
assert_refused (Fixture *f, const char *old, const char *new, const char *ref, const char *reason)
{
  g_autofree char *tell = judge (f, old, new, ref);
  g_autofree char *mark = g_strdup_printf ("satchel-refused %s ", reason);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (tell);
  if (strstr (tell, mark) == NULL)
    g_assert_cmpstr (tell, ==, mark);
  g_assert_false (sat_receive_refusal (tell, "the hub", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_cmpstr (sat_error_msgid (error), ==, sat_receive_reason (reason));
}

static char *
add (Fixture *f, const Device *device, guint64 number, GBytes *text, const Device *signer)
{
  g_autoptr (GBytes) made = text ? NULL : make_text ("customers", &device->id, number, 2, 10);

  return hub_add (f->hub, "customers", device, 1, number, text ? text : made, signer);
}

static void
test_grows (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *two = add (f, &f->a, 2, NULL, &f->a);
  g_autofree char *three = add (f, &f->a, 3, NULL, &f->a);

  assert_taken (f, NONE, one, ref);
  assert_taken (f, NONE, three, ref);
  assert_taken (f, one, three, ref);
  assert_taken (f, two, three, ref);
  /* What it must not do. */
  assert_refused (f, two, one, ref, "rewritten");
  assert_refused (f, one, NONE, ref, "deleted");
}

static void
test_rewritten (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *two = add (f, &f->a, 2, NULL, &f->a);
  g_autoptr (GBytes) other = make_text ("customers", &f->a.id, 2, 3, 20);

  hub_set (f->hub, "customers", &f->a.id, one);
  g_autofree char *again = add (f, &f->a, 2, other, &f->a);
  assert_taken (f, one, again, ref);
  assert_refused (f, two, again, ref, "rewritten");
}

static void
test_signer (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *other_ref = ref_of (&f->b, "1");
  g_autofree char *forged = add (f, &f->a, 1, NULL, &f->b);
  g_autofree char *good = add (f, &f->b, 1, NULL, &f->b);

  assert_refused (f, NONE, forged, ref, "signature");
  assert_refused (f, NONE, good, ref, "signature"); /* another device's, under this name */
  assert_taken (f, NONE, good, other_ref);
}

static void
test_numbers (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *again = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *gap = NULL;

  assert_refused (f, one, again, ref, "malformed");
  hub_set (f->hub, "customers", &f->a.id, one);
  gap = add (f, &f->a, 3, NULL, &f->a);
  assert_refused (f, one, gap, ref, "malformed");
}

/* A commit of that text, whatever it is, with device A's signature by stock git. */
static char *
forge (Fixture *f, const char *text, gsize size)
{
  g_autofree char *file = sandbox_path (&f->sandbox, "text");
  g_autofree char *key = write_private_key (&f->sandbox, &f->a);
  g_autofree char *signing = g_strconcat ("user.signingkey=", key, NULL);
  g_autofree char *blob = NULL;
  g_autofree char *entry = NULL;
  g_autofree char *tree = NULL;

  g_assert_true (g_file_set_contents (file, text, (gssize) size, NULL));
  blob = g_strstrip (run (f->hub, NULL, "git", "hash-object", "-w", file, NULL));
  entry = g_strdup_printf ("100644 blob %s\t1.changes\n", blob);
  tree = g_strstrip (run (f->hub, entry, "git", "mktree", NULL));
  return g_strstrip (run (f->hub, NULL, "env", "GIT_AUTHOR_DATE=1700000000 +0000",
                          "GIT_COMMITTER_DATE=1700000000 +0000", "git", "-c", "gpg.format=ssh",
                          "-c", signing, "-c", "user.name=forger", "-c", "user.email=f@x",
                          "commit-tree", tree, "-S", "-m", "forged", NULL));
}

static void
refuse_text (Fixture *f, const char *text, gsize size, const char *reason)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *commit = forge (f, text, size);

  assert_refused (f, NONE, commit, ref, reason);
}

static void
test_texts (Fixture *f, gconstpointer data)
{
  g_autofree char *head = g_strdup_printf ("satchel change-set 1\nbook customers\ndevice %s\n"
                                           "number 1\nsaw all\nat 2026-03-01T09:15:30.123Z\n"
                                           "customer 0195514f-6c10-7c31-9f00-000000000001 new\n",
                                           f->a.id_text);
  g_autofree char *bad = g_strconcat (head, " name=\xff\xfe\nend 1 2\n", NULL);
  g_autofree char *cut = g_strconcat (head, " name=x\n", NULL);
  g_autofree char *bomb = g_malloc0 (40 * 1024 * 1024);
  g_autofree char *book = g_strdup (bad);

  g_autofree char *good = g_strconcat (head, " name=x\nend 1 2\n", NULL);
  g_autofree char *commit = forge (f, good, strlen (good));
  g_autofree char *ref = ref_of (&f->a, "1");

  assert_taken (f, NONE, commit, ref);
  refuse_text (f, "", 0, "malformed");
  refuse_text (f, "hello\n", 6, "malformed");
  refuse_text (f, bad, strlen (bad), "malformed");
  refuse_text (f, cut, strlen (cut), "malformed");
  /* 40 MiB of nothing are 40 KiB on the wire. */
  refuse_text (f, bomb, 40 * 1024 * 1024, "malformed");
  memcpy (strstr (book, "customers"), "cust-mers", 9);
  refuse_text (f, book, strlen (book), "signature");
}

static void
test_names (Fixture *f, gconstpointer data)
{
  static const char *const names[] = {
    "refs/heads/main",         "refs/tags/v1", "refs/heads/customers/x/1",
    "refs/notes/../../config", "HEAD",
  };
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *upper = g_ascii_strup (f->a.id_text, -1);
  g_autofree char *shouted = g_strdup_printf ("refs/heads/customers/%s/1", upper);
  g_autofree char *zero = ref_of (&f->a, "01");
  g_autofree char *epoch = ref_of (&f->a, "x");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_refused (f, NONE, one, names[i], "name");
  if (strcmp (upper, f->a.id_text) != 0)
    assert_refused (f, NONE, one, shouted, "name");
  assert_refused (f, NONE, one, zero, "name");
  assert_refused (f, NONE, one, epoch, "name");
}

static void
test_not_commits (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *point = ref_of (&f->a, "checkpoint-1");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *blob = run (f->hub, "x", "git", "hash-object", "-w", "--stdin", NULL);
  g_autofree char *missing = g_strdup ("1234567890123456789012345678901234567890");
  g_autofree char *tell = NULL;

  g_strstrip (blob);
  assert_refused (f, NONE, blob, ref, "malformed");
  assert_refused (f, NONE, missing, ref, "malformed");
  assert_refused (f, one, missing, ref, "malformed");
  /* A change-set is no checkpoint, and a checkpoint is not moved. */
  assert_refused (f, NONE, one, point, "malformed");
  assert_refused (f, one, one, point, "moved");
  assert_refused (f, one, NONE, point, "deleted");
  g_assert_false (sat_receive (f->hub, NULL, "rubbish\n", &tell));
  g_assert_nonnull (strstr (tell, "satchel-refused unreadable "));
}

/* The push is one: what is wrong in one ref holds up all, and nothing is learnt of it. */
static void
test_all_or_nothing (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->b, "1");
  g_autofree char *good = add (f, &f->b, 1, NULL, &f->b);
  g_autofree char *text = g_strdup_printf ("%s %s %s\n%s %s refs/heads/main\n", NONE, good, ref,
                                           NONE, good);
  g_autofree char *tell = NULL;
  g_autofree char *facts = g_build_filename (f->hub, "satchel-revoked", NULL);

  g_assert_false (sat_receive (f->hub, NULL, text, &tell));
  g_assert_nonnull (strstr (tell, "satchel-refused name refs/heads/main "));
  g_assert_false (g_file_test (facts, G_FILE_TEST_EXISTS));
}

static GBytes *
text_with (const Device *device, guint64 number, const char *saw, const char *cut)
{
  char *text = g_strdup_printf ("satchel change-set 1\nbook customers\ndevice %s\nnumber %u\n"
                                "saw all\n%s%send 0 0\n",
                                device->id_text, (guint) number, saw, cut);

  return g_bytes_new_take (text, strlen (text));
}

/* A cut counts from the push that brings it; what another had seen by then, or says to have seen,
 * goes on to count. */
static void
test_revoked (Fixture *f, gconstpointer data)
{
  Device boss = make_device (3);
  g_autofree char *a_ref = ref_of (&f->a, "1"), *b_ref = ref_of (&f->b, "1");
  g_autofree char *boss_ref = ref_of (&boss, "1");
  g_autofree char *cut = g_strdup_printf ("cut %s 1\n", f->a.id_text);
  g_autofree char *saw = g_strdup_printf (" %s 2\n", f->a.id_text);
  g_autoptr (GBytes) cutting = text_with (&boss, 1, "", cut);
  g_autoptr (GBytes) vouching = text_with (&f->b, 1, saw, "");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a), *two = add (f, &f->a, 2, NULL, &f->a);
  g_autofree char *three = add (f, &f->a, 3, NULL, &f->a);
  g_autofree char *decree = add (f, &boss, 1, cutting, &boss);

  assert_taken (f, NONE, one, a_ref);
  assert_taken (f, one, three, a_ref); /* nobody has said a word yet */
  assert_taken (f, NONE, decree, boss_ref);
  assert_taken (f, NONE, one, a_ref); /* a hub may be filled again */
  assert_refused (f, one, two, a_ref, "revoked");
  g_autofree char *voucher = add (f, &f->b, 1, vouching, &f->b);
  assert_taken (f, NONE, voucher, b_ref);
  assert_taken (f, one, two, a_ref);
  assert_refused (f, one, three, a_ref, "revoked");
}

/* What another had seen and sent before anybody was revoked counts as well. */
static void
test_seen_before (Fixture *f, gconstpointer data)
{
  Device boss = make_device (3);
  g_autofree char *a_ref = ref_of (&f->a, "1"), *b_ref = ref_of (&f->b, "1");
  g_autofree char *boss_ref = ref_of (&boss, "1");
  g_autofree char *cut = g_strdup_printf ("cut %s 1\n", f->a.id_text);
  g_autofree char *saw = g_strdup_printf (" %s 2\n", f->a.id_text);
  g_autoptr (GBytes) cutting = text_with (&boss, 1, "", cut);
  g_autoptr (GBytes) vouching = text_with (&f->b, 1, saw, "");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a), *two = add (f, &f->a, 2, NULL, &f->a);
  g_autofree char *three = add (f, &f->a, 3, NULL, &f->a);
  g_autofree char *decree = add (f, &boss, 1, cutting, &boss);
  g_autofree char *voucher = add (f, &f->b, 1, vouching, &f->b);
  g_autofree char *later = add (f, &f->b, 2, NULL, &f->b); /* which has no more to say of it */

  hub_set (f->hub, "customers", &f->a.id, one);
  assert_taken (f, NONE, voucher, b_ref);
  assert_taken (f, voucher, later, b_ref);
  assert_taken (f, NONE, decree, boss_ref);
  assert_refused (f, one, three, a_ref, "revoked");
  assert_taken (f, one, two, a_ref);
}

/* Who is revoked cannot be read: nobody is let in. */
static void
test_facts_unreadable (Fixture *f, gconstpointer data)
{
  g_autofree char *ref = ref_of (&f->a, "1");
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a);
  g_autofree char *facts = g_build_filename (f->hub, "satchel-revoked", NULL);
  g_autoptr (GPtrArray) unsound = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir (facts, 0755), ==, 0);
  assert_refused (f, NONE, one, ref, "unreadable");
  g_assert_false (sat_receive_install (f->hub, NULL, "/bin/satchel", &unsound, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_FAILED);
}

/* A line that broke off is neither believed nor made whole by the next one; the file is for all who
 * may write to the hub. */
static void
test_facts_file (Fixture *f, gconstpointer data)
{
  Device boss = make_device (3);
  g_autofree char *a_ref = ref_of (&f->a, "1"), *boss_ref = ref_of (&boss, "1");
  g_autofree char *facts = g_build_filename (f->hub, "satchel-revoked", NULL);
  g_autofree char *broken = g_strdup_printf ("cut customers %s 0", f->b.id_text);
  g_autofree char *cut = g_strdup_printf ("cut %s 1\n", f->a.id_text);
  g_autofree char *b_ref = ref_of (&f->b, "1");
  g_autoptr (GBytes) cutting = text_with (&boss, 1, "", cut);
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->a), *two = add (f, &f->a, 2, NULL, &f->a);
  g_autofree char *other = add (f, &f->b, 1, NULL, &f->b);
  g_autofree char *decree = add (f, &boss, 1, cutting, &boss);
  g_autofree char *text = NULL;
  GStatBuf found;

  g_assert_true (g_file_set_contents (facts, broken, -1, NULL));
  g_assert_cmpint (g_chmod (f->hub, 0775), ==, 0);
  assert_taken (f, NONE, decree, boss_ref);
  g_assert_true (g_file_get_contents (facts, &text, NULL, NULL));
  g_assert_true (g_str_has_suffix (text, " 1\n"));
  assert_taken (f, NONE, other, b_ref);
  assert_taken (f, NONE, one, a_ref);
  assert_refused (f, one, two, a_ref, "revoked");
  g_assert_cmpint (g_stat (facts, &found), ==, 0);
  g_assert_cmpuint (found.st_mode & 0060, ==, 0060);
}

static void
test_install (Fixture *f, gconstpointer data)
{
  g_autofree char *hook = g_build_filename (f->hub, "hooks", "pre-receive", NULL);
  g_autofree char *one = add (f, &f->a, 1, NULL, &f->b); /* nobody looked */
  g_autoptr (GPtrArray) unsound = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) third = NULL;
  g_autoptr (GPtrArray) nowhere = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *script = NULL;

  g_assert_true (sat_receive_install (f->hub, NULL, "/opt/it's here/satchel", &unsound, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (unsound->len, ==, 1);
  g_assert_true (g_file_test (hook, G_FILE_TEST_IS_EXECUTABLE));
  g_assert_true (g_file_get_contents (hook, &script, NULL, NULL));
  g_assert_nonnull (strstr (script, "exec '/opt/it'\\''s here/satchel' hub receive\n"));
  g_assert_true (sat_receive_install (f->hub, NULL, "/bin/satchel", &again, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_set_contents (hook, "#!/bin/sh\nexit 0\n", -1, NULL));
  g_assert_false (sat_receive_install (f->hub, NULL, "/bin/satchel", &third, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (sat_receive_install (f->sandbox.dir, NULL, "/bin/satchel", &nowhere, &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
}

/* What a hub says is not believed any further than it has to be. */
static void
test_refusals_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sat_receive_refusal ("", "h", &error));
  g_assert_false (sat_receive_refusal ("remote: no space left\n", "h", &error));
  g_assert_false (sat_receive_refusal ("satchel-refused whatever ref detail\n", "h", &error));
  g_assert_false (sat_receive_refusal ("satchel-refused name\n", "h", &error));
  g_assert_no_error (error);
  g_assert_false (
      sat_receive_refusal ("x\nsatchel-refused name r\xff%s \x1b[2J%n%1$s\r\nmore", "h", &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_REFUSED);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_null (strchr (error->message, '\x1b'));
  g_assert_null (strchr (error->message, '\n'));
  g_assert_null (sat_receive_reason ("whatever"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  sat_sync_init ();
#define ADD(name, func) g_test_add ("/receive/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("grows", test_grows);
  ADD ("rewritten", test_rewritten);
  ADD ("signer", test_signer);
  ADD ("numbers", test_numbers);
  ADD ("texts", test_texts);
  ADD ("names", test_names);
  ADD ("not-commits", test_not_commits);
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("revoked", test_revoked);
  ADD ("seen-before", test_seen_before);
  ADD ("facts-unreadable", test_facts_unreadable);
  ADD ("facts-file", test_facts_file);
  ADD ("install", test_install);
  ADD ("refusals-read", test_refusals_read);
#undef ADD
  return g_test_run ();
}
