/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replicas and what moves between them, step by step as the model of the merge rules does it. */
#include "tests/converge/trace-world.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>

#include "core/store/sat-cut.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"
#include "tests/converge/merge3.h"
#include "tests/support/temp-dir.h"

#define FIRST_TICK 1000000
#define DRAG_BOUND 100000

/* ---- the world ----------------------------------------------------------------------------------
 */

static void
free_replica (gpointer data)
{
  TraceReplica *replica = data;

  sat_workspace_close (replica->workspace);
  sat_platform_unref (replica->platform);
  postbox_free (replica->log);
  g_hash_table_unref (replica->forms);
  g_strfreev (replica->books);
  g_clear_pointer (&replica->backup_log, postbox_free);
  g_free (replica->backup);
  g_free (replica->home);
  g_free (replica->name);
  g_free (replica);
}

static void
free_device (gpointer data)
{
  TraceDevice *device = data;

  g_free (device->name);
  g_free (device);
}

TraceWorld *
trace_world_new (GPtrArray *names)
{
  TraceWorld *world = g_new0 (TraceWorld, 1);
  g_autofree char *catalogue = g_build_filename (g_getenv ("SATCHEL_SOURCE_ROOT"), "tests",
                                                 "converge", "catalogue", NULL);
  g_autoptr (GError) error = NULL;

  world->catalogue = sat_catalogue_read (catalogue, NULL, &error);
  g_assert_no_error (error);
  world->object = sat_catalogue_find (world->catalogue, "record");
  world->names = g_ptr_array_ref (names);
  world->replicas = g_ptr_array_new_with_free_func (free_replica);
  world->hub = postbox_new ();
  world->deposits = g_ptr_array_new_with_free_func (deposit_free);
  world->devices = g_ptr_array_new_with_free_func (free_device);
  world->dir = temp_dir_new ();
  world->now = FIRST_TICK;
  return world;
}

void
trace_world_free (TraceWorld *world)
{
  g_ptr_array_unref (world->replicas);
  g_ptr_array_unref (world->names);
  postbox_free (world->hub);
  g_ptr_array_unref (world->deposits);
  g_ptr_array_unref (world->devices);
  sat_catalogue_unref (world->catalogue);
  temp_dir_free (world->dir);
  g_free (world);
}

static int
compare_replicas (gconstpointer a, gconstpointer b)
{
  const TraceReplica *x = *(TraceReplica *const *) a, *y = *(TraceReplica *const *) b;

  return strcmp (x->name, y->name);
}

static void
free_form (gpointer record)
{
  sat_record_unref (record);
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  const TraceDevice *x = *(TraceDevice *const *) a, *y = *(TraceDevice *const *) b;

  return strcmp (x->name, y->name);
}

TraceReplica *
trace_replica_new (TraceWorld *world, const char *name, guint index)
{
  TraceReplica *replica = g_new0 (TraceReplica, 1);

  replica->world = world;
  replica->name = g_strdup (name);
  replica->home = g_build_filename (world->dir, name, NULL);
  replica->platform = sat_platform_new_seeded (index, world->now);
  replica->log = postbox_new ();
  replica->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_form);
  return replica;
}

void
trace_replica_introduce (TraceReplica *replica)
{
  TraceDevice *device = g_new0 (TraceDevice, 1);

  replica->device = *sat_workspace_device (replica->workspace);
  sat_workspace_set_drag_bound (replica->workspace, DRAG_BOUND);
  device->name = g_strdup (replica->name);
  device->id = replica->device;
  g_ptr_array_add (replica->world->devices, device);
  g_ptr_array_sort (replica->world->devices, compare_devices);
  g_ptr_array_add (replica->world->replicas, replica);
  g_ptr_array_sort (replica->world->replicas, compare_replicas);
}

void
trace_world_add (TraceWorld *world, const char *name, const char *books)
{
  guint8 seed[SAT_KEY_SEED_SIZE];
  TraceReplica *replica = trace_replica_new (world, name, trace_world_seed (world, name, seed));
  g_autofree char *keys = g_ascii_strdown (books, -1);
  g_autoptr (GError) error = NULL;

  replica->books = g_strsplit (keys, ",", -1);
  replica->workspace = sat_workspace_create_with_seed (replica->home, replica->platform,
                                                       world->catalogue, "hub", seed, &error);
  g_assert_no_error (error);
  for (guint i = 0; replica->books[i] != NULL; i++)
    g_assert_true (sat_workspace_hold (replica->workspace, replica->books[i], &error));
  trace_replica_introduce (replica);
}

void
trace_replica_open (TraceReplica *replica)
{
  g_autoptr (GError) error = NULL;

  replica->workspace = sat_workspace_open (replica->home, replica->platform,
                                           replica->world->catalogue, &error);
  g_assert_no_error (error);
  sat_workspace_set_drag_bound (replica->workspace, DRAG_BOUND);
}

/* As by a crash: what is not on disk is gone. */
static void
restart (TraceReplica *replica)
{
  sat_workspace_close (replica->workspace);
  g_hash_table_remove_all (replica->forms);
  trace_replica_open (replica);
}

/* ---- exchange -----------------------------------------------------------------------------------
 */

/* What was sealed since goes into the own log. */
static void
collect_sealed (TraceReplica *replica)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sealed = sat_workspace_unsent (replica->workspace, G_MAXSIZE, TRUE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);
      postbox_put (replica->log, one->book, &replica->device, one->number, one->text);
    }
}

void
trace_seal (TraceReplica *replica)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_seal (replica->workspace, &error);
  g_assert_no_error (error);
  collect_sealed (replica);
}

static gboolean
is_listed (char **list, const char *word)
{
  return list == NULL || g_strv_contains ((const char *const *) list, word);
}

void
trace_push (TraceReplica *replica, char **books)
{
  const GPtrArray *branches = postbox_branches (replica->log);

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      g_autoptr (GError) error = NULL;
      if (!sat_id_equal (&branch->device, &replica->device) || !is_listed (books, branch->book))
        continue;
      for (guint n = 1; n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL)
          postbox_put (replica->world->hub, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
      sat_workspace_mark_pushed (replica->workspace, branch->book, branch->texts->len, &error);
      g_assert_no_error (error);
    }
}

void
trace_fetch (TraceReplica *replica, const Postbox *source, char **devices)
{
  const GPtrArray *branches = postbox_branches (source);

  for (guint i = 0; i < branches->len && source != replica->log; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      if (sat_id_equal (&branch->device, &replica->device) ||
          !is_listed (replica->books, branch->book) ||
          !is_listed (devices, trace_world_device_name (replica->world, &branch->device)))
        continue;
      for (guint64 n =
               sat_workspace_applied (replica->workspace, branch->book, &branch->device) + 1;
           n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL)
          postbox_put (replica->log, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
    }
}

static GBytes *
text_of (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  TraceReplica *replica = data;
  GBytes *text = postbox_get (replica->log, book, device, number);

  return text != NULL ? g_bytes_ref (text) : NULL;
}

void
trace_apply (TraceReplica *replica)
{
  g_autoptr (SatInbox) inbox = sat_inbox_new (replica->workspace, text_of, replica);
  const GPtrArray *branches = postbox_branches (replica->log);
  SatInboxProgress progress = { 0 };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      sat_inbox_offer (inbox, branch->book, &branch->device);
    }
  while (!progress.done)
    {
      sat_inbox_step (inbox, 0, &progress, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (progress.quarantined, ==, 0);
  collect_sealed (replica);
}

static gboolean
is_partial (TraceReplica *replica)
{
  gboolean unfinished;

  g_assert_true (sat_log_is_unfinished (replica->workspace->replica, &unfinished, NULL));
  return unfinished;
}

static gboolean
find_partial (TraceReplica *replica, const PostBranch **out)
{
  const GPtrArray *branches = postbox_branches (replica->log);
  SatReplica *inner = replica->workspace->replica;
  SatPartial partial;

  g_assert_true (sat_log_partial (inner, &partial, NULL));
  for (guint i = 0; i < branches->len && partial.number != 0; i++)
    {
      *out = g_ptr_array_index (branches, i);
      if (strcmp (sat_names_book (inner->names, partial.book), (*out)->book) == 0 &&
          sat_id_equal (sat_names_device (inner->names, partial.device), &(*out)->device))
        return TRUE;
    }
  g_assert_cmpuint (partial.number, ==, 0);
  return FALSE;
}

static guint64
cut_of (TraceReplica *replica, const char *book, const SatId *device)
{
  SatReplica *inner = replica->workspace->replica;
  guint64 cut;

  g_assert_true (sat_log_cut (inner, sat_names_find_book (inner->names, book),
                              sat_names_find_device (inner->names, device), &cut, NULL));
  return cut;
}

/* How much of DEVICE the change-set NUMBER of BRANCH, its next one, had seen: what it says, or what
 * the one before had. */
static guint64
has_seen (TraceReplica *replica, const PostBranch *branch, guint64 number, const SatId *device)
{
  g_autoptr (SatChangeSet) set = sat_change_set_decode_header (
      g_ptr_array_index (branch->texts, number - 1), NULL);
  SatReplica *inner = replica->workspace->replica;
  guint64 seen, last;
  SatVector saw;
  guint n;
  const SatSaw *entries = sat_change_set_saw (set, &n);

  for (guint i = 0; i < n; i++)
    if (sat_id_equal (&entries[i].device, device))
      return entries[i].number;
  sat_vector_init (&saw);
  g_assert_true (sat_log_last (inner, sat_names_find_book (inner->names, branch->book),
                               sat_names_find_device (inner->names, &branch->device), &last, &saw,
                               NULL));
  seen = sat_vector_get (&saw, sat_names_find_device (inner->names, device));
  sat_vector_clear (&saw);
  return seen;
}

/* Has REPLICA applied all that the NUMBER-th change-set of BRANCH, its next one, had seen? What the
 * one before had seen is here already. */
static gboolean
is_ready (TraceReplica *replica, const PostBranch *branch, guint64 number)
{
  g_autoptr (SatChangeSet) set = sat_change_set_decode_header (
      g_ptr_array_index (branch->texts, number - 1), NULL);
  guint n;
  const SatSaw *entries = sat_change_set_saw (set, &n);

  for (guint i = 0; i < n; i++)
    if (sat_workspace_applied (replica->workspace, branch->book, &entries[i].device) <
        entries[i].number)
      return FALSE;
  return TRUE;
}

/* What the model calls accepted, of those that are ready: a voucher is the next of its branch. */
static gboolean
is_accepted (TraceReplica *replica, const PostBranch *branch, guint64 number)
{
  const GPtrArray *branches = postbox_branches (replica->log);

  if (number <= cut_of (replica, branch->book, &branch->device))
    return TRUE;
  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *other = g_ptr_array_index (branches, i);
      guint64 next = sat_workspace_applied (replica->workspace, other->book, &other->device) + 1;

      if (other != branch && strcmp (other->book, branch->book) == 0 &&
          !sat_id_equal (&other->device, &replica->device) && next <= other->texts->len &&
          g_ptr_array_index (other->texts, next - 1) != NULL &&
          next <= cut_of (replica, other->book, &other->device) &&
          has_seen (replica, other, next, &branch->device) >= number)
        return TRUE;
    }
  return FALSE;
}

/* As the model counts: a graft is one operation. */
static guint64
ops_of (const SatOpGroup *group)
{
  return group->n_contexts > 0 ? 1 : group->n_ops + (group->life != SAT_LIFE_QUIET);
}

/* How many records, from the one that is next on, OPS operations suffice for; *ALL: for the rest of
 * the change-set. */
static guint64
groups_within (TraceReplica *replica, GBytes *text, guint64 ops, gboolean *all)
{
  g_autoptr (SatChangeSet) set = sat_change_set_decode (text, NULL);
  SatPartial partial;
  guint n;
  const SatOpGroup *groups = sat_change_set_groups (set, &n);

  g_assert_true (sat_log_partial (replica->workspace->replica, &partial, NULL));
  guint64 from = partial.number != 0 ? partial.groups_done : 0;
  guint64 at = from;
  guint n_cuts;

  sat_change_set_cuts (set, &n_cuts); /* one of them is all that its change-set says */
  *all = FALSE;
  if (n_cuts > ops)
    return 0;
  while (at < n && ops_of (&groups[at]) <= ops)
    {
      ops -= ops_of (&groups[at]);
      at++;
    }
  *all = at == n;
  return at - from;
}

/* One branch as far as it goes; TRUE when something was applied to the end. *DIED: a change-set of
 * more than OPS operations was begun. Records are applied whole, so it dies between two of them. */
static gboolean
apply_branch (TraceReplica *replica, const PostBranch *branch, guint64 ops, gboolean *died)
{
  const GPtrArray *branches = postbox_branches (replica->log);
  gboolean any = FALSE;

  while (!*died)
    {
      guint64 next = sat_workspace_applied (replica->workspace, branch->book, &branch->device) + 1;
      if (sat_id_equal (&branch->device, &replica->device) || next > branch->texts->len ||
          g_ptr_array_index (branch->texts, next - 1) == NULL ||
          !is_ready (replica, branch, next) ||
          (!is_partial (replica) && !is_accepted (replica, branch, next)))
        return any;
      gboolean all;
      guint64 groups = groups_within (replica, g_ptr_array_index (branch->texts, next - 1), ops,
                                      &all);
      *died = !all;
      trace_seal (replica);
      if (groups == 0 && !all)
        return any;
      g_autoptr (SatInbox) inbox = sat_inbox_new (replica->workspace, text_of, replica);
      SatInboxProgress progress = { 0 };
      g_autoptr (GError) error = NULL;
      sat_inbox_offer (inbox, branch->book, &branch->device);
      for (guint i = 0; i < branches->len; i++) /* others may have built on it */
        {
          const PostBranch *other = g_ptr_array_index (branches, i);
          sat_inbox_offer (inbox, other->book, &other->device);
        }
      sat_inbox_step_groups (inbox, MAX (groups, 1), &progress, &error);
      g_assert_no_error (error);
      g_assert_true (is_partial (replica) == *died);
      any |= all;
    }
  return any;
}

void
trace_crash (TraceReplica *replica, guint64 ops)
{
  const GPtrArray *branches = postbox_branches (replica->log);
  const PostBranch *begun;
  gboolean progress = TRUE;
  gboolean died = FALSE;

  if (find_partial (replica, &begun))
    apply_branch (replica, begun, ops, &died); /* what was begun is gone on with first */
  while (progress && !died)
    {
      progress = FALSE;
      for (guint i = 0; i < branches->len && !died; i++)
        progress |= apply_branch (replica, g_ptr_array_index (branches, i), ops, &died);
    }
  collect_sealed (replica);
  restart (replica);
}

void
trace_merge_texts (TraceReplica *replica)
{
  g_autoptr (GError) error = NULL;
  guint merged = 0;

  if (is_partial (replica))
    return;
  sat_workspace_merge_texts (replica->workspace, merge3, NULL, &merged, &error);
  g_assert_no_error (error);
}

/* Is there a number that REPLICA has, and neither the hub nor a checkpoint there that it can use?
 */
static gboolean
hub_lacks (TraceReplica *replica, const char *book)
{
  const TraceWorld *world = replica->world;

  for (guint i = 0; i < world->replicas->len; i++)
    {
      const SatId *device = &((TraceReplica *) g_ptr_array_index (world->replicas, i))->device;
      guint64 covered = 0;

      for (guint k = 0; k < world->deposits->len; k++)
        {
          const Deposit *deposit = g_ptr_array_index (world->deposits, k);
          if (strcmp (deposit->book, book) == 0 &&
              cut_of (replica, book, &deposit->maker) == SAT_CUT_NONE)
            covered = MAX (covered, deposit_number (deposit, device));
        }
      for (guint64 n = sat_workspace_applied (replica->workspace, book, device); n > covered; n--)
        if (postbox_get (world->hub, book, device, n) == NULL)
          return TRUE;
    }
  return FALSE;
}

void
trace_forward (TraceReplica *replica)
{
  g_autoptr (SatForwarder) forwarder = sat_forwarder_new (replica->workspace);
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  sat_forwarder_step (forwarder, 0, &more, &error);
  g_assert_no_error (error);
  g_assert_false (more);
  collect_sealed (replica);
}

void
trace_sync (TraceReplica *replica)
{
  trace_seal (replica);
  trace_fetch (replica, replica->world->hub, NULL);
  trace_apply (replica);
  for (guint i = 0; replica->books[i] != NULL; i++)
    trace_join (replica, replica->books[i], TRUE);
  trace_apply (replica);
  trace_merge_texts (replica);
  trace_forward (replica);
  trace_seal (replica);
  trace_push (replica, NULL);
  for (guint i = 0; replica->books[i] != NULL; i++)
    if (hub_lacks (replica, replica->books[i]))
      {
        trace_refill (replica);
        return;
      }
}

/* ---- checkpoints --------------------------------------------------------------------------------
 */

static int
compare_deposits (gconstpointer a, gconstpointer b)
{
  const Deposit *x = *(Deposit *const *) a, *y = *(Deposit *const *) b;
  int order = strcmp (x->book, y->book);

  return order ? order : sat_id_compare (&x->maker, &y->maker);
}

/* Does NEW cover all that OLD does? */
static gboolean
covers (const Deposit *new, const Deposit *old)
{
  GHashTableIter iter;
  gpointer device, number;

  g_hash_table_iter_init (&iter, old->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    if (deposit_number (new, device) < *(guint64 *) number)
      return FALSE;
  return TRUE;
}

void
trace_checkpoint (TraceReplica *replica, const char *book)
{
  GPtrArray *deposits = replica->world->deposits;
  Deposit *new;

  trace_seal (replica);
  if (is_partial (replica))
    trace_apply (replica);
  if (!is_listed (replica->books, book) || is_partial (replica))
    return;
  new = deposit_make (replica->workspace, book);
  g_assert_nonnull (new);
  for (guint i = 0; i < deposits->len; i++)
    {
      const Deposit *old = g_ptr_array_index (deposits, i);
      if (compare_deposits (&old, &new) != 0)
        continue;
      if (covers (old, new))
        {
          deposit_free (new);
          return;
        }
      g_ptr_array_remove_index (deposits, i);
      break;
    }
  g_ptr_array_add (deposits, new);
  g_ptr_array_sort (deposits, compare_deposits);
}

/* Are all change-sets at hand that DEPOSIT covers and REPLICA has not applied? */
static gboolean
has_texts (TraceReplica *replica, const Deposit *deposit)
{
  GHashTableIter iter;
  gpointer device, number;

  g_hash_table_iter_init (&iter, deposit->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    for (guint64 n = sat_workspace_applied (replica->workspace, deposit->book, device) + 1;
         n <= *(guint64 *) number; n++)
      if (postbox_get (replica->log, deposit->book, device, n) == NULL)
        return FALSE;
  return TRUE;
}

void
trace_join (TraceReplica *replica, const char *book, gboolean needed_only)
{
  GPtrArray *deposits = replica->world->deposits;

  for (guint i = 0; i < deposits->len; i++)
    {
      Deposit *deposit = g_ptr_array_index (deposits, i);

      if (strcmp (deposit->book, book) != 0 || !is_listed (replica->books, book) ||
          deposit_is_covered (deposit, replica->workspace) ||
          cut_of (replica, book, &deposit->maker) != SAT_CUT_NONE ||
          (needed_only && has_texts (replica, deposit)))
        continue;
      if (deposit_number (deposit, &replica->device) >
          sat_workspace_applied (replica->workspace, book, &replica->device))
        continue;
      trace_seal (replica);
      if (is_partial (replica))
        trace_apply (replica);
      if (is_partial (replica))
        continue;
      g_assert_true (deposit_join (deposit, replica->workspace, 1, 0));
      collect_sealed (replica);
    }
}

/* What a checkpoint on the hub covers of BRANCH leaves BOX. */
static void
drop_covered (TraceWorld *world, Postbox *box, const char *book, SatWorkspace *workspace)
{
  for (guint i = 0; i < world->deposits->len; i++)
    {
      const Deposit *deposit = g_ptr_array_index (world->deposits, i);
      GHashTableIter iter;
      gpointer device, number;

      if (strcmp (deposit->book, book) != 0 ||
          (workspace != NULL && !deposit_is_covered (deposit, workspace)))
        continue;
      g_hash_table_iter_init (&iter, deposit->vector);
      while (g_hash_table_iter_next (&iter, &device, &number))
        for (guint64 n = 1; n <= *(guint64 *) number; n++)
          postbox_drop (box, book, device, n);
    }
}

void
trace_epoch (TraceWorld *world, const char *book)
{
  drop_covered (world, world->hub, book, NULL);
}

void
trace_forget (TraceReplica *replica, const char *book)
{
  drop_covered (replica->world, replica->log, book, replica->workspace);
  /* Or what was not pushed yet would be collected again. */
  for (guint i = 0; i < replica->world->deposits->len; i++)
    {
      const Deposit *deposit = g_ptr_array_index (replica->world->deposits, i);
      if (strcmp (deposit->book, book) == 0 && deposit_is_covered (deposit, replica->workspace))
        sat_workspace_mark_pushed (replica->workspace, book,
                                   deposit_number (deposit, &replica->device), NULL);
    }
}

void
trace_lose_hub (TraceWorld *world)
{
  postbox_free (world->hub);
  world->hub = postbox_new ();
  g_ptr_array_set_size (world->deposits, 0);
}

void
trace_refill (TraceReplica *replica)
{
  const GPtrArray *branches = postbox_branches (replica->log);

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      for (guint n = 1; n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL)
          postbox_put (replica->world->hub, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
    }
  for (guint i = 0; replica->books[i] != NULL; i++)
    if (hub_lacks (replica, replica->books[i]))
      trace_checkpoint (replica, replica->books[i]);
}

/* ---- coming to rest -----------------------------------------------------------------------------
 */

/* All vectors, in words. */
static char *
mark (TraceWorld *world)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < world->replicas->len; i++)
    {
      TraceReplica *replica = g_ptr_array_index (world->replicas, i);
      for (guint b = 0; replica->books[b] != NULL; b++)
        for (guint k = 0; k < world->replicas->len; k++)
          {
            const TraceReplica *other = g_ptr_array_index (world->replicas, k);
            g_string_append_printf (
                out, "%" G_GUINT64_FORMAT " ",
                sat_workspace_applied (replica->workspace, replica->books[b], &other->device));
          }
    }
  return g_string_free (out, FALSE);
}

void
trace_settle (TraceWorld *world)
{
  guint still = 0;

  for (guint round = 0; round < 40; round++)
    {
      g_autofree char *before = mark (world);
      for (guint i = 0; i < world->replicas->len; i++)
        {
          TraceReplica *replica = g_ptr_array_index (world->replicas, i);
          world->now += 1000;
          sat_platform_set_now (replica->platform, MAX (0, world->now + replica->skew));
          trace_sync (replica);
        }
      g_autofree char *after = mark (world);
      still = strcmp (before, after) == 0 ? still + 1 : 0;
      if (still == 2)
        return;
    }
  g_assert_not_reached ();
}
