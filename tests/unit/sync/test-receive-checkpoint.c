/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub's hook lets go of, since checkpoints cover it, and what it does not. */
#include <string.h>

#include "core/change/sat-checkpoint.h"
#include "sync-fixture.h"
#include "sync/sat-cover.h"
#include "sync/sat-receive.h"

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
ref_of (const Device *device, const char *word, guint n)
{
  return g_strdup_printf ("refs/heads/customers/%s/%s%u", device->id_text, word, n);
}

/* Lines of (old, new, ref), NULL-terminated. REASON NULL: all is let in. */
static void
judge (Fixture *f, const char *reason, ...)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *mark = g_strdup_printf ("satchel-refused %s ", reason ? reason : "");
  g_autofree char *tell = NULL;
  const char *word;
  va_list args;

  va_start (args, reason);
  for (guint i = 0; (word = va_arg (args, const char *)) != NULL; i++)
    g_string_append_printf (text, "%s%c", word, i % 3 == 2 ? '\n' : ' ');
  va_end (args);
  if (sat_receive (f->hub, NULL, text->str, &tell))
    g_assert_cmpstr (reason, ==, NULL);
  else if (reason == NULL || strstr (tell, mark) == NULL)
    g_assert_cmpstr (tell, ==, mark);
}

static char *
add (Fixture *f, const Device *device, guint64 epoch, guint64 number)
{
  g_autoptr (GBytes) text = make_text ("customers", &device->id, number, 2, 10);

  return hub_add (f->hub, "customers", device, epoch, number, text, device);
}

typedef struct
{
  char point[GIT_OID_HEXSZ + 1], cover[GIT_OID_HEXSZ + 1];
} Made;

/* Writes checkpoint N of MAKER, which covers A to number N_A, and a cover of it that claims
 * CLAIMED; sets no ref. */
static Made
make (Fixture *f, const Device *maker, guint64 n, guint64 n_a, guint64 claimed)
{
  g_autoptr (SatCheckpoint) index = sat_checkpoint_new ("customers", SAT_CHECKPOINT_STATE);
  g_autofree char *path = sat_checkpoint_index_path (SAT_CHECKPOINT_STATE);
  g_autoptr (git_repository) repo = NULL;
  g_autoptr (GError) error = NULL;
  SatCheckpointRef ref = { .book = "customers", .maker = maker->id, .number = n };
  SatCheckpointDraft draft = { .ref = &ref,
                               .what = "checkpoint",
                               .time_ms = 1700000000000,
                               .author_name = "x",
                               .author_email = "x@x",
                               .seed = maker->seed };
  SatSaw saw = { .device = f->a.id, .number = n_a };
  g_autoptr (SatCheckpointTree) tree = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autoptr (GBytes) other = NULL;
  git_oid id;
  Made made;

  g_assert_cmpint (git_repository_open (&repo, f->hub), ==, 0);
  g_array_append_val (index->devices, saw);
  text = sat_checkpoint_encode (index);
  g_array_index (index->devices, SatSaw, 0).number = claimed;
  other = sat_checkpoint_encode (index);
  tree = sat_checkpoint_tree_new (repo);
  g_assert_true (sat_checkpoint_tree_add (path, text, tree, &error));
  g_assert_true (sat_checkpoint_tree_commit (tree, &draft, &id, &error));
  git_oid_tostr (made.point, sizeof made.point, &id);
  g_assert_true (sat_cover_write (repo, other, &draft, &id, &error));
  git_oid_tostr (made.cover, sizeof made.cover, &id);
  return made;
}

static void
set_ref (Fixture *f, const char *ref, const char *id)
{
  g_free (run (f->hub, NULL, "git", "update-ref", ref, id, NULL));
}

/* Makes one and puts it there. */
static Made
put (Fixture *f, const Device *maker, guint n, guint64 n_a)
{
  g_autofree char *point = ref_of (maker, "checkpoint-", n);
  g_autofree char *cover = ref_of (maker, "cover-", n);
  Made made = make (f, maker, n, n_a, n_a);

  judge (f, NULL, NONE, made.point, point, NONE, made.cover, cover, NULL);
  set_ref (f, point, made.point);
  set_ref (f, cover, made.cover);
  return made;
}

static void
test_covers (Fixture *f, gconstpointer data)
{
  g_autofree char *point = ref_of (&f->b, "checkpoint-", 1);
  g_autofree char *cover = ref_of (&f->b, "cover-", 1);
  g_autofree char *others = ref_of (&f->a, "cover-", 1);
  Made made = make (f, &f->b, 1, 2, 2);
  Made lie = make (f, &f->b, 1, 2, 3);

  judge (f, NULL, NONE, made.point, point, NONE, made.cover, cover, NULL);
  judge (f, "malformed", NONE, made.cover, cover, NULL); /* of what? */
  judge (f, "malformed", NONE, lie.point, point, NONE, lie.cover, cover, NULL);
  judge (f, "malformed", NONE, made.point, point, NONE, made.point, cover, NULL);
  judge (f, "signature", NONE, made.cover, others, NULL);
  set_ref (f, point, made.point);
  set_ref (f, cover, made.cover);
  judge (f, "moved", made.cover, made.cover, cover, NULL);
  judge (f, "deleted", made.cover, NONE, cover, NULL);
}

static void
test_checkpoints_go (Fixture *f, gconstpointer data)
{
  g_autofree char *point = ref_of (&f->a, "checkpoint-", 1);
  g_autofree char *cover = ref_of (&f->a, "cover-", 1);
  g_autofree char *second_point = ref_of (&f->b, "checkpoint-", 2);
  g_autofree char *second_cover = ref_of (&f->b, "cover-", 2);
  Made first = put (f, &f->a, 1, 5);
  Made second = put (f, &f->b, 2, 5);

  judge (f, "deleted", first.point, NONE, point, first.cover, NONE, cover, NULL);
  put (f, &f->b, 3, 4); /* newer, and knows less */
  judge (f, "deleted", first.point, NONE, point, first.cover, NONE, cover, NULL);
  put (f, &f->a, 4, 6);
  judge (f, NULL, first.point, NONE, point, first.cover, NONE, cover, NULL);
  judge (f, "deleted", first.cover, NONE, cover, NULL);
  /* Those that are to go do not count. */
  judge (f, "deleted", first.point, NONE, point, first.cover, NONE, cover, second.point, NONE,
         second_point, second.cover, NONE, second_cover, NULL);
}

static void
test_epochs_go (Fixture *f, gconstpointer data)
{
  g_autofree char *first_ref = ref_of (&f->a, "", 1);
  g_autofree char *second_ref = ref_of (&f->a, "", 2);
  g_autofree char *one = add (f, &f->a, 1, 1);
  g_autofree char *two = add (f, &f->a, 1, 2);
  g_autofree char *three = NULL;

  put (f, &f->b, 1, 1);
  judge (f, "deleted", two, NONE, first_ref, NULL);
  three = add (f, &f->a, 2, 3);
  judge (f, "deleted", two, NONE, first_ref, NULL); /* 2 is covered by nothing */
  put (f, &f->b, 2, 2);
  judge (f, NULL, two, NONE, first_ref, NULL);
  judge (f, "deleted", three, NONE, second_ref, NULL);
  judge (f, "deleted", two, NONE, first_ref, three, NONE, second_ref, NULL);
  /* Once gone it stays away, in part as well; what nothing covers may come. */
  g_free (run (f->hub, NULL, "git", "update-ref", "-d", first_ref, NULL));
  judge (f, "gone", NONE, two, first_ref, NULL);
  judge (f, "gone", NONE, one, first_ref, NULL);
  g_free (run (f->hub, NULL, "git", "update-ref", "-d", second_ref, NULL));
  judge (f, NULL, NONE, two, first_ref, NULL);
}

#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST ("/receive/covers", test_covers);
  TEST ("/receive/checkpoints-go", test_checkpoints_go);
  TEST ("/receive/epochs-go", test_epochs_go);
  return g_test_run ();
}
