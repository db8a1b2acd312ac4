/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Laptops that make checkpoints and join them, whole, in pieces, and never to the end; a hub that
 * has dropped what a checkpoint covers. */
#include <string.h>

#include "tests/converge/sim.h"

/* A deposit of a book that LAPTOP holds; NULL: none. */
static Deposit *
pick (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  Deposit *deposit = sim->deposits->len
                         ? g_ptr_array_index (sim->deposits, sim_below (sim, sim->deposits->len))
                         : NULL;

  return deposit != NULL && laptop_holds (laptop, deposit->book) ? deposit : NULL;
}

static int
compare_words (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
vector_words (const Deposit *deposit)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer device, number;

  g_hash_table_iter_init (&iter, deposit->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    {
      char id[SAT_ID_TEXT_SIZE];
      g_ptr_array_add (words, g_strdup_printf ("%s:%" G_GUINT64_FORMAT, sat_id_format (device, id),
                                               *(guint64 *) number));
    }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  g_autofree char *all = g_strjoinv (" ", (char **) words->pdata);
  return g_strconcat (deposit->book, " ", all, NULL);
}

Deposit *
laptop_deposit (Laptop *laptop, const char *book)
{
  Sim *sim = laptop->sim;
  Deposit *deposit;

  laptop_seal (laptop);
  deposit = deposit_make (laptop->workspace, book);
  if (deposit == NULL)
    {
      g_assert_true (laptop_is_partial (laptop));
      return NULL;
    }
  char *vector = vector_words (deposit);
  char *state = deposit_state (deposit);
  const char *other = g_hash_table_lookup (sim->states, vector);
  if (other != NULL)
    g_assert_cmpstr (other, ==, state); /* equal vectors, equal bytes */
  g_hash_table_insert (sim->states, vector, state);
  g_ptr_array_add (sim->deposits, deposit);
  return deposit;
}

void
laptop_checkpoint (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, NULL);
  const Deposit *deposit = laptop_deposit (laptop, books[sim_below (sim, g_strv_length (books))]);

  /* As an exchange does once a checkpoint covers something: the next change-set says all it saw. */
  if (deposit != NULL && sim->deposits->len % 2 == 1)
    g_assert_true (sat_workspace_begin_epoch (laptop->workspace, deposit->book, NULL));
}

void
laptop_join (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  Deposit *deposit = pick (laptop);

  if (deposit == NULL)
    return;
  laptop_seal (laptop);
  if (sim_chance (sim, 60))
    deposit_join (deposit, laptop->workspace, sim_below (sim, 3), 0);
  else
    deposit_join (deposit, laptop->workspace, 1, 1 + sim_below (sim, 4)); /* and no further */
  laptop->joined = TRUE;
  laptop_seal (laptop);
  if (sim_chance (sim, 30))
    laptop_restart (laptop);
}

static Deposit *
find_deposit (Sim *sim, const char *name)
{
  for (guint i = 0; i < sim->deposits->len; i++)
    {
      Deposit *deposit = g_ptr_array_index (sim->deposits, i);
      if (strcmp (deposit->name, name) == 0)
        return deposit;
    }
  return NULL;
}

/* Is a change-set that it covers neither applied nor at hand? */
static gboolean
is_needed (Laptop *laptop, const Deposit *deposit)
{
  GHashTableIter iter;
  gpointer device, number;

  if (!laptop_holds (laptop, deposit->book))
    return FALSE;
  g_hash_table_iter_init (&iter, deposit->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    for (guint64 n = sat_workspace_applied (laptop->workspace, deposit->book, device) + 1;
         n <= *(guint64 *) number; n++)
      if (postbox_get (laptop->log, deposit->book, device, n) == NULL)
        return TRUE;
  return FALSE;
}

void
laptop_join_needed (Laptop *laptop, const GPtrArray *deposits)
{
  Sim *sim = laptop->sim;
  g_autofree char *half = sat_workspace_half_joined (laptop->workspace, NULL);

  if (half != NULL)
    deposit_join (find_deposit (sim, half), laptop->workspace, sim_below (sim, 3), 0);
  for (guint i = deposits->len; i > 0; i--)
    {
      Deposit *deposit = g_ptr_array_index (deposits, i - 1);
      if (!is_needed (laptop, deposit))
        continue;
      deposit_join (deposit, laptop->workspace, sim_below (sim, 3), 0);
      laptop->joined = TRUE;
    }
  laptop_seal (laptop);
}

void
sim_drop_history (Sim *sim)
{
  const Deposit *deposit;
  GHashTableIter iter;
  gpointer device, number;

  if (sim->deposits->len == 0)
    return;
  deposit = g_ptr_array_index (sim->deposits, sim_below (sim, sim->deposits->len));
  g_hash_table_iter_init (&iter, deposit->vector);
  while (g_hash_table_iter_next (&iter, &device, &number))
    for (guint64 n = 1; n <= *(guint64 *) number; n++)
      postbox_drop (sim->hub, deposit->book, device, n);
}
