/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making the laptops, and moving change-sets between them. */
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/apply/sat-forward.h"
#include "core/base/sat-crash.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-exchange-files.h"
#include "tests/converge/merge3.h"
#include "tests/converge/sim.h"
#include "tests/support/temp-dir.h"

#define START_MS G_GINT64_CONSTANT (1767225600000) /* 2026-01-01 */

/* ---- exchange -----------------------------------------------------------------------------------
 */

static void
collect_sealed (Laptop *laptop, Postbox *all)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sealed = sat_workspace_unsent (laptop->workspace, G_MAXSIZE, TRUE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *one = g_ptr_array_index (sealed, i);
      postbox_put (laptop->log, one->book, &laptop->device, one->number, one->text);
      postbox_put (all, one->book, &laptop->device, one->number, one->text);
    }
}

gboolean
laptop_holds (Laptop *laptop, const char *book)
{
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, NULL);

  return g_strv_contains ((const char *const *) books, book);
}

void
laptop_seal (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_seal (laptop->workspace, &error);
  g_assert_no_error (error);
  collect_sealed (laptop, laptop->sim->all);
}

/* What is in the log of the device that the laptop is or (FORMER) was. */
static void
push_device (Laptop *laptop, const SatId *former, Postbox *hub)
{
  const SatId *device = former ? former : &laptop->device;
  const GPtrArray *branches = postbox_branches (laptop->log);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      if (!sat_id_equal (&branch->device, device))
        continue;
      for (guint n = 1; n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL)
          postbox_put (hub, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
      sat_workspace_mark_pushed (laptop->workspace, branch->book, branch->texts->len, &error);
      g_assert_no_error (error);
    }
}

static void
push_to (Laptop *laptop, Postbox *hub)
{
  for (guint i = 0; i < laptop->formers->len; i++)
    {
      const SatId former = g_array_index (laptop->formers, SatId, i);

      g_assert_true (sat_workspace_act_as (laptop->workspace, &former, NULL));
      push_device (laptop, &former, hub);
    }
  g_assert_true (sat_workspace_act_as (laptop->workspace, NULL, NULL));
  push_device (laptop, NULL, hub);
}

void
laptop_push (Laptop *laptop)
{
  push_to (laptop, laptop->sim->hub);
}

void
laptop_fetch (Laptop *laptop, const Postbox *source, guint percent)
{
  const GPtrArray *branches = postbox_branches (source);

  for (guint i = 0; i < branches->len && source != laptop->log; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      for (guint n = 1; n <= branch->texts->len; n++)
        if (g_ptr_array_index (branch->texts, n - 1) != NULL &&
            (percent == 100 || sim_chance (laptop->sim, percent)))
          postbox_put (laptop->log, branch->book, &branch->device, n,
                       g_ptr_array_index (branch->texts, n - 1));
    }
}

static GBytes *
text_of (const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  const Postbox *log = data;
  GBytes *text = postbox_get (log, book, device, number);

  return text != NULL ? g_bytes_ref (text) : NULL;
}

GBytes *
sim_file (guint n)
{
  char *text = g_strnfill (n * 100, (char) ('a' + n));

  return g_bytes_new_take (text, n * 100);
}

/* The files come with the texts: whoever has one has the other. */
static GBytes *
file_of (const char *book,
         const SatId *device,
         guint64 number,
         const SatFile *file,
         gpointer data,
         GError **error)
{
  for (guint i = 0; i < SIM_FILES; i++)
    {
      g_autoptr (GBytes) bytes = sim_file (i);
      SatFile found;

      if (sat_file_of (bytes, &found) && sat_file_equal (&found, file))
        return g_steal_pointer (&bytes);
    }
  g_assert_not_reached ();
}

/* Offers the branches of LOG in an order that SHUFFLE makes. */
static SatInbox *
inbox_of (Laptop *laptop, guint shuffle)
{
  SatInbox *inbox = sat_inbox_new (laptop->workspace, text_of, laptop->log);
  const GPtrArray *branches = postbox_branches (laptop->log);

  sat_inbox_set_files (inbox, file_of);
  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, (i + shuffle) % branches->len);
      sat_inbox_offer (inbox, branch->book, &branch->device);
    }
  return inbox;
}

static void
apply_shuffled (Laptop *laptop, guint shuffle, guint groups, guint slices)
{
  g_autoptr (SatInbox) inbox = inbox_of (laptop, shuffle);
  SatInboxProgress progress = { 0 };

  for (guint i = 0; !progress.done && (slices == 0 || i < slices); i++)
    {
      g_autoptr (GError) error = NULL;
      sat_inbox_step_groups (inbox, groups, &progress, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (progress.quarantined, ==, 0);
}

void
laptop_apply (Laptop *laptop, guint groups, guint slices)
{
  apply_shuffled (laptop, sim_below (laptop->sim, 100), groups, slices);
  collect_sealed (laptop, laptop->sim->all);
}

gboolean
laptop_is_partial (Laptop *laptop)
{
  gboolean unfinished;

  g_assert_true (sat_log_is_unfinished (laptop->workspace->replica, &unfinished, NULL));
  return unfinished;
}

gboolean
laptop_at_rest (Laptop *laptop)
{
  laptop_seal (laptop);
  return !laptop_is_partial (laptop);
}

void
laptop_merge_texts (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  guint merged = 0;

  if (laptop_is_partial (laptop))
    return;
  sat_workspace_merge_texts (laptop->workspace, merge3, NULL, &merged, &error);
  g_assert_no_error (error);
}

static void
forward (Laptop *laptop, gboolean in_slices)
{
  g_autoptr (SatForward) forward = sat_forward_new (laptop->workspace->replica);
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GError) error = NULL;
      SatLocal *local = sat_local_begin (laptop->workspace->replica, &error);

      g_assert_no_error (error);
      sat_forward_run (forward, local, in_slices ? 1 : 0, TRUE, &more, &error);
      g_assert_no_error (error);
      g_assert_true (sat_local_commit (local, &error));
    }
}

void
laptop_forward (Laptop *laptop, gboolean in_slices)
{
  forward (laptop, in_slices);
  collect_sealed (laptop, laptop->sim->all);
}

void
laptop_sync (Laptop *laptop)
{
  laptop_seal (laptop);
  laptop_fetch (laptop, laptop->sim->hub, 100);
  laptop_apply (laptop, sim_chance (laptop->sim, 50) ? 0 : 1 + sim_below (laptop->sim, 3), 0);
  laptop_join_needed (laptop, laptop->sim->deposits);
  laptop_apply (laptop, 0, 0);
  laptop_merge_texts (laptop);
  laptop_forward (laptop, sim_chance (laptop->sim, 30));
  laptop_seal (laptop);
  laptop_push (laptop);
}

/* ---- revocation --------------------------------------------------------------------------------
 */

void
laptop_revoke (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  const Laptop *other = &sim->laptops[1 + sim_below (sim, sim->n - 1)];
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, NULL);
  gboolean all = sim_chance (sim, 50);

  if (other == laptop) /* the first one goes on to the end */
    return;
  for (guint i = 0; books[i] != NULL; i++)
    if (all || sim_chance (sim, 40))
      g_assert_true (sat_workspace_cut (laptop->workspace, books[i], &other->device, NULL));
  sim->revoked = TRUE;
  laptop_seal (laptop);
}

gboolean
laptop_is_revoked (Laptop *laptop, const char *book)
{
  Sim *sim = laptop->sim;

  for (guint i = 0; i < sim->n; i++)
    {
      SatReplica *replica = sim->laptops[i].workspace->replica;
      guint64 cut;
      g_assert_true (sat_log_cut (replica, sat_names_find_book (replica->names, book),
                                  sat_names_find_device (replica->names, &laptop->device), &cut,
                                  NULL));
      if (cut != SAT_CUT_NONE)
        return TRUE;
    }
  return FALSE;
}

/* What says least: that a device which never was is revoked. */
void
laptop_write_everywhere (Laptop *laptop)
{
  static const SatId nobody = { { 1 } };
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, NULL);

  for (guint i = 0; books[i] != NULL; i++)
    g_assert_true (sat_workspace_cut (laptop->workspace, books[i], &nobody, NULL));
  laptop_seal (laptop);
}

/* ---- one laptop ---------------------------------------------------------------------------------
 */

void
laptop_set_clock (Laptop *laptop)
{
  sat_platform_set_now (laptop->platform, MAX (0, laptop->sim->now_ms + laptop->skew_ms));
}

void
laptop_open (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;

  laptop->workspace = sat_workspace_open (laptop->home, laptop->platform, laptop->sim->catalogue,
                                          &error);
  g_assert_no_error (error);
}

void
laptop_stop (Laptop *laptop)
{
  collect_sealed (laptop, laptop->sim->all);
  g_clear_pointer (&laptop->workspace, sat_workspace_close);
  g_ptr_array_set_size (laptop->forms, 0);
}

void
laptop_restart (Laptop *laptop)
{
  laptop_stop (laptop);
  laptop_open (laptop);
}

void
laptop_renew (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;

  collect_sealed (laptop, laptop->sim->all);
  g_array_append_val (laptop->formers, laptop->device);
  sat_workspace_renew (laptop->workspace, NULL, 0, &error);
  g_assert_no_error (error);
  laptop->device = *sat_workspace_device (laptop->workspace);
  g_assert_false (sat_id_equal (&laptop->device,
                                &g_array_index (laptop->formers, SatId, laptop->formers->len - 1)));
}

/* The child's own work: what a sync process does, without what only the parent keeps. */
static void
sync_in_child (Laptop *laptop, guint shuffle, Deposit *deposit)
{
  laptop_open (laptop);
  sat_workspace_seal (laptop->workspace, NULL);
  if (deposit != NULL)
    deposit_join (deposit, laptop->workspace, 1, 0);
  apply_shuffled (laptop, shuffle, 1, 0);
  laptop_merge_texts (laptop);
  forward (laptop, TRUE);
  sat_workspace_seal (laptop->workspace, NULL);
  g_clear_pointer (&laptop->workspace, sat_workspace_close);
}

void
laptop_sync_and_die (Laptop *laptop, guint steps)
{
  guint shuffle = sim_below (laptop->sim, 100);
  GPtrArray *deposits = laptop->sim->deposits;
  Deposit *deposit = NULL;
  int status = 0;

  if (deposits->len > 0 && sim_chance (laptop->sim, 60))
    deposit = g_ptr_array_index (deposits, sim_below (laptop->sim, deposits->len));
  if (deposit != NULL && !laptop_holds (laptop, deposit->book))
    deposit = NULL;
  laptop->joined |= deposit != NULL;

  laptop_fetch (laptop, laptop->sim->hub, 100);
  g_clear_pointer (&laptop->workspace, sat_workspace_close); /* no connection crosses a fork */
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      sat_crash_after (steps);
      sync_in_child (laptop, shuffle, deposit);
      _exit (0);
    }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true ((WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL) ||
                 (WIFEXITED (status) && WEXITSTATUS (status) == 0));
  g_ptr_array_set_size (laptop->forms, 0);
  laptop_open (laptop);
  collect_sealed (laptop, laptop->sim->all);
}

static void
free_record (gpointer record)
{
  sat_record_unref (record);
}

static void
laptop_init (Laptop *laptop, Sim *sim, guint index, const char *dir)
{
  g_autofree char *name = g_strdup_printf ("laptop-%u", index);

  laptop->sim = sim;
  laptop->index = index;
  laptop->home = g_build_filename (dir, name, NULL);
  laptop->platform = sat_platform_new_seeded (g_rand_int (sim->rand), START_MS);
  laptop->log = postbox_new ();
  laptop->formers = g_array_new (FALSE, FALSE, sizeof (SatId));
  laptop->forms = g_ptr_array_new_with_free_func (free_record);
}

static void
laptop_clear (Laptop *laptop)
{
  sat_workspace_close (laptop->workspace);
  sat_platform_unref (laptop->platform);
  postbox_free (laptop->log);
  g_array_unref (laptop->formers);
  g_ptr_array_unref (laptop->forms);
  g_free (laptop->home);
}

/* ---- the template -------------------------------------------------------------------------------
 */

static Sim *
bare_sim (const char *dir, const SatCatalogue *catalogue, guint64 seed)
{
  guint32 seeds[2] = { (guint32) seed, (guint32) (seed >> 32) };
  Sim *sim = g_new0 (Sim, 1);

  sim->dir = g_strdup (dir);
  sim->catalogue = catalogue;
  sim->rand = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  sim->hub = postbox_new ();
  sim->all = postbox_new ();
  sim->decoded = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) sat_change_set_free);
  sim->digests = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim->deposits = g_ptr_array_new_with_free_func (deposit_free);
  sim->bundles = g_ptr_array_new_with_free_func (bundle_free);
  sim->images = g_ptr_array_new_with_free_func (image_free);
  sim->states = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  sim->records = g_array_new (FALSE, FALSE, sizeof (SimRecord));
  sim->now_ms = START_MS;
  return sim;
}

static void
create (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;

  laptop->workspace = sat_workspace_create (laptop->home, laptop->platform, laptop->sim->catalogue,
                                            "hub", &error);
  g_assert_no_error (error);
  laptop->device = *sat_workspace_device (laptop->workspace);
}

/* The founder and people who join one after another, some with one book only; then everybody
 * has everything. */
static void
make_workspace (Sim *sim)
{
  static const char *const books[] = { "East", "West", NULL };
  static const char *const east[] = { "East", NULL };
  static const char *const west[] = { "West", NULL };
  g_autoptr (GError) error = NULL;
  Laptop founder = { 0 };

  laptop_init (&founder, sim, 100, sim->dir);
  create (&founder);
  sat_workspace_found (founder.workspace, "Acme", "CNY", books, &error);
  g_assert_no_error (error);
  laptop_seal (&founder);
  laptop_push (&founder);
  laptop_clear (&founder);
  for (sim->n = 0; sim->n < SIM_MAX_LAPTOPS; sim->n++)
    {
      Laptop *laptop = &sim->laptops[sim->n];
      g_autofree char *login = g_strdup_printf ("user%u", sim->n);
      laptop_init (laptop, sim, sim->n, sim->dir);
      create (laptop);
      laptop_fetch (laptop, sim->hub, 100);
      laptop_apply (laptop, 0, 0);
      sat_workspace_join (laptop->workspace, login, login, login,
                          sim->n % 7 == 2   ? east
                          : sim->n % 7 == 5 ? west
                                            : NULL,
                          &error);
      g_assert_no_error (error);
      laptop_sync (laptop);
    }
  for (guint i = 0; i < sim->n; i++)
    laptop_sync (&sim->laptops[i]);
}

SimTemplate *
sim_template_new (void)
{
  SimTemplate *template = g_new0 (SimTemplate, 1);
  g_autoptr (GError) error = NULL;

  template->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  template->dir = temp_dir_new ();
  Sim *sim = bare_sim (template->dir, template->catalogue, 1);
  make_workspace (sim);
  template->hub = g_steal_pointer (&sim->hub);
  sim->hub = postbox_new ();
  sim_free (sim);
  return template;
}

void
sim_template_free (SimTemplate *template)
{
  postbox_free (template->hub);
  sat_catalogue_unref (template->catalogue);
  temp_dir_free (template->dir);
  g_free (template);
}

/* ---- one run ------------------------------------------------------------------------------------
 */

void
sim_add_copy (Sim *sim,
              const char *home,
              const SatId *device,
              const GArray *formers,
              const Postbox *log,
              gboolean joined)
{
  Laptop *copy = &sim->laptops[sim->n];

  laptop_init (copy, sim, sim->n, sim->dir);
  temp_dir_copy (home, copy->home);
  laptop_open (copy);
  copy->device = *device;
  g_array_append_vals (copy->formers, formers->data, formers->len);
  postbox_copy (log, copy->log);
  copy->joined = joined;
  laptop_set_clock (copy);
  sim->n++;
  laptop_renew (copy);
}

void
sim_clone (Laptop *laptop)
{
  Sim *sim = laptop->sim;

  if (sim->n == sim->most)
    return;
  laptop_stop (laptop);
  sim_add_copy (sim, laptop->home, &laptop->device, laptop->formers, laptop->log, laptop->joined);
  sim->laptops[sim->n - 1].skew_ms = laptop->skew_ms;
  laptop_open (laptop);
}

/* How many begin. */
static guint
choose_n (Sim *sim, gboolean many)
{
  if (many)
    return sim->most - sim_below (sim, 3);
  return 2 + (sim_chance (sim, 60) ? sim_below (sim, 2) : sim_below (sim, sim->most - 1));
}

Sim *
sim_new (const SimTemplate *template, guint64 seed, gboolean many)
{
  g_autofree char *name = g_strdup_printf ("seed-%" G_GUINT64_FORMAT, seed);
  g_autofree char *dir = g_build_filename (template->dir, name, NULL);
  Sim *sim = bare_sim (dir, template->catalogue, seed);

  postbox_copy (template->hub, sim->hub);
  postbox_copy (template->hub, sim->all);
  sim->now_ms += 86400000;
  sim->most = many ? SIM_MAX_LAPTOPS : SIM_FEW_LAPTOPS;
  sim->n = choose_n (sim, many);
  for (guint i = 0; i < sim->n; i++)
    {
      Laptop *laptop = &sim->laptops[i];
      laptop_init (laptop, sim, i, dir);
      g_autofree char *source = g_build_filename (template->dir, strrchr (laptop->home, '/'), NULL);
      temp_dir_copy (source, laptop->home);
      laptop_open (laptop);
      laptop->device = *sat_workspace_device (laptop->workspace);
      postbox_copy (template->hub, laptop->log);
      if (sim_chance (sim, 20))
        laptop->skew_ms = (sim_chance (sim, 50) ? 1 : -1) * g_rand_int_range (sim->rand, 1, 2000) *
                          G_GINT64_CONSTANT (86400000) / (1 + sim_below (sim, 3000));
      laptop_set_clock (laptop);
    }
  return sim;
}

void
sim_free (Sim *sim)
{
  for (guint i = 0; i < sim->n; i++)
    laptop_clear (&sim->laptops[i]);
  postbox_free (sim->hub);
  g_hash_table_unref (sim->decoded);
  postbox_free (sim->all);
  g_hash_table_unref (sim->digests);
  g_ptr_array_unref (sim->bundles);
  g_ptr_array_unref (sim->images);
  g_ptr_array_unref (sim->deposits);
  g_hash_table_unref (sim->states);
  g_array_unref (sim->records);
  g_rand_free (sim->rand);
  g_free (sim->dir);
  g_free (sim);
}

guint
sim_below (Sim *sim, guint n)
{
  return (guint) g_rand_int_range (sim->rand, 0, (gint32) n);
}

gboolean
sim_chance (Sim *sim, guint percent)
{
  return sim_below (sim, 100) < percent;
}
