/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two to twenty laptops, random people, random exchange, crashes, copies: equal vectors have equal
 * digests, every laptop's registers are those of the change-sets it has applied, and no sealed
 * value is lost.
 *
 *   SATCHEL_CONVERGE_SEED=N      only this seed
 *   SATCHEL_CONVERGE_SEEDS=N     how many fixed seeds (260)
 *   SATCHEL_CONVERGE_SECONDS=N   for how long new ones (60)
 *
 * The seed under way is the last one named in the output. */
#include <stdlib.h>

#include "tests/converge/sim.h"
#include "tests/support/temp-dir.h"

/* ---- one step -----------------------------------------------------------------------------------
 */

static void
step_exchange (Laptop *laptop, guint kind)
{
  Sim *sim = laptop->sim;
  Laptop *other = &sim->laptops[sim_below (sim, sim->n)];

  if (kind < 30)
    laptop_sync (laptop);
  else if (kind < 40)
    laptop_seal (laptop);
  else if (kind < 50)
    laptop_push (laptop);
  else if (kind < 65) /* some devices, some numbers, gaps and doubles */
    laptop_fetch (laptop, sim->hub, 20 + sim_below (sim, 60));
  else if (kind < 72) /* a stick, or a colleague's laptop beside it */
    laptop_fetch (laptop, other->log, 100);
  else if (kind < 77)
    laptop_write_bundle (laptop);
  else if (kind < 82)
    laptop_read_bundle (laptop);
  else if (kind < 90)
    laptop_apply (laptop, 0, 0);
  else
    laptop_merge_texts (laptop);
}

static void
step_trouble (Laptop *laptop, guint kind)
{
  Sim *sim = laptop->sim;

  if (kind < 40)
    {
      laptop_fetch (laptop, sim->hub, 100);
      laptop_apply (laptop, 1 + sim_below (sim, 2), 1 + sim_below (sim, 4));
      if (sim_chance (sim, 60))
        laptop_restart (laptop);
    }
  else if (kind < 62)
    laptop_sync_and_die (laptop, 1 + sim_below (sim, 12));
  else if (kind < 72)
    laptop_restart (laptop);
  else if (kind < 76)
    sim_drop_history (sim);
  else if (kind < 80)
    laptop_renew (laptop);
  else if (kind < 84)
    sim_clone (laptop);
  else if (kind < 91)
    laptop_back_up (laptop);
  else if (kind < 96)
    sim_restore (sim);
  else
    laptop->skew_ms = g_rand_int_range (sim->rand, -2000, 2000) * G_GINT64_CONSTANT (86400000) /
                      (1 + sim_below (sim, 100000));
}

static void
step (Sim *sim)
{
  Laptop *laptop = &sim->laptops[sim_below (sim, sim->n)];
  guint kind = sim_below (sim, 100);

  sim->now_ms += sim_below (sim, 3) * 60000;
  laptop_set_clock (laptop);
  if (kind < 54)
    laptop_act (laptop);
  else if (kind < 80)
    step_exchange (laptop, sim_below (sim, 100));
  else if (kind < 83)
    laptop_checkpoint (laptop);
  else if (kind < 88)
    laptop_join (laptop);
  else if (kind < 96)
    step_trouble (laptop, sim_below (sim, 100));
  else
    {
      check_digest (laptop);
      check_files (laptop);
    }
  if (sim->revoking && sim_chance (sim, 2))
    laptop_revoke (laptop);
}

/* ---- coming to rest -----------------------------------------------------------------------------
 */

static guint
count_sealed (const Sim *sim)
{
  const GPtrArray *branches = postbox_branches (sim->all);
  guint n = 0;

  for (guint i = 0; i < branches->len; i++)
    n += ((const PostBranch *) g_ptr_array_index (branches, i))->texts->len;
  return n;
}

/* LAPTOP has everything, or everything that counts: what all who are not revoked have. A revoked
 * one need not be up to date: it may hold what nobody else takes in. */
static void
check_complete (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  const GPtrArray *branches = postbox_branches (sim->all);

  for (guint b = 0; b < branches->len; b++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, b);
      guint64 applied = sat_workspace_applied (laptop->workspace, branch->book, &branch->device);

      if (!laptop_holds (laptop, branch->book) || laptop_is_revoked (laptop, branch->book))
        continue;
      if (!sim->revoked)
        g_assert_cmpuint (applied, ==, branch->texts->len);
      for (guint i = 0; i < sim->n; i++)
        if (laptop_holds (&sim->laptops[i], branch->book) &&
            !laptop_is_revoked (&sim->laptops[i], branch->book))
          g_assert_cmpuint (
              applied, ==,
              sat_workspace_applied (sim->laptops[i].workspace, branch->book, &branch->device));
    }
}

/* Everybody syncs until nothing new is written. */
static void
sync_all (Sim *sim)
{
  guint before;
  guint rounds = 0;

  do
    {
      before = count_sealed (sim);
      for (guint i = 0; i < sim->n; i++)
        laptop_sync (&sim->laptops[i]);
      g_assert_cmpuint (++rounds, <, 40);
    }
  while (count_sealed (sim) > before || rounds < 2);
}

/* Then everybody has everything. Of two who revoked each other each was heard first by some, who do
 * not take in the other until somebody has built on that one: as soon as anybody writes anything.
 */
static void
come_to_rest (Sim *sim)
{
  sync_all (sim);
  if (sim->revoked)
    {
      for (guint i = 0; i < sim->n; i++)
        laptop_write_everywhere (&sim->laptops[i]);
      sync_all (sim);
    }
  for (guint i = 0; i < sim->n; i++)
    check_complete (&sim->laptops[i]);
}

/* The seed says everything: in every sixteenth run there are twenty laptops, which do less each; in
 * every fourth records are absorbed into others, and taken out again. */
static void
run (const SimTemplate *template, guint64 seed)
{
  g_test_message ("seed %" G_GUINT64_FORMAT, seed);
  gboolean many = seed % 16 == 0;
  Sim *sim = sim_new (template, seed, many);
  guint n = 20 + sim_below (sim, 80);

  sim->absorbing = seed % 4 == 1 || (many && sim_chance (sim, 50));
  sim->revoking = sim_chance (sim, 30) && !sim->absorbing;

  for (guint i = 0; i < n; i++)
    step (sim);
  check_registers (&sim->laptops[sim_below (sim, sim->n)]);
  check_shown (&sim->laptops[sim_below (sim, sim->n)]);
  check_values (&sim->laptops[sim_below (sim, sim->n)]);
  come_to_rest (sim);
  for (guint i = 0; i < sim->n; i++)
    {
      check_digest (&sim->laptops[i]);
      check_files (&sim->laptops[i]);
      laptop_checkpoint (&sim->laptops[i]);
    }
  check_registers (&sim->laptops[0]);
  check_shown (&sim->laptops[0]);
  if (!sim->revoked)
    check_homes (&sim->laptops[0]); /* which holds all */
  check_values (&sim->laptops[sim_below (sim, sim->n)]);
  check_doctor (&sim->laptops[sim_below (sim, sim->n)]);
  g_autofree char *dir = g_strdup (sim->dir);
  sim_free (sim);
  temp_dir_remove (dir);
}

/* ---- the tests ----------------------------------------------------------------------------------
 */

static guint64
setting (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static void
test_fixed (gconstpointer template)
{
  guint64 n = setting ("SATCHEL_CONVERGE_SEEDS", 260);

  if (g_getenv ("SATCHEL_CONVERGE_SEED") != NULL)
    {
      run (template, setting ("SATCHEL_CONVERGE_SEED", 0));
      return;
    }
  for (guint64 seed = 1; seed <= n; seed++)
    run (template, seed);
}

static void
test_new (gconstpointer template)
{
  gint64 end = g_get_monotonic_time () +
               (gint64) setting ("SATCHEL_CONVERGE_SECONDS", 60) * G_USEC_PER_SEC;
  guint64 seed = (guint64) g_random_int () << 20;

  while (g_getenv ("SATCHEL_CONVERGE_SEED") == NULL && g_get_monotonic_time () < end)
    run (template, seed++);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  SimTemplate *template = sim_template_new ();
  g_test_add_data_func ("/converge/fixed", template, test_fixed);
  g_test_add_data_func ("/converge/new", template, test_new);
  int result = g_test_run ();
  sim_template_free (template);
  return result;
}
