/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What goes around without the hub: bundles, which come late, twice, in any order or never, and
 * images of a disk, from which another laptop begins. */
#include "core/workspace/sat-exchange-known.h"
#include "tests/converge/sim.h"
#include "tests/support/temp-dir.h"

/* Others see these; older ones are lost. */
#define MAX_BUNDLES 8
#define MAX_IMAGES 3

/* ---- bundles ---- */

typedef struct
{
  Postbox *texts;
  GPtrArray *deposits; /* Deposit, of the simulation */
} Bundle;

void
bundle_free (gpointer data)
{
  Bundle *bundle = data;

  postbox_free (bundle->texts);
  g_ptr_array_unref (bundle->deposits);
  g_free (bundle);
}

static guint64
number_in (const GArray *known, const SatId *device)
{
  for (guint i = 0; i < known->len; i++)
    if (sat_id_equal (&g_array_index (known, SatVectorEntry, i).device, device))
      return g_array_index (known, SatVectorEntry, i).number;
  return 0;
}

/* What TO (NULL: anybody) has of BOOK, as far as LAPTOP knows. */
static GArray *
heard_of (Laptop *laptop, const char *book, const SatId *to)
{
  g_autoptr (GError) error = NULL;
  GArray *known = to ? sat_workspace_heard (laptop->workspace, book, to, &error)
                     : g_array_new (FALSE, FALSE, sizeof (SatVectorEntry));

  g_assert_no_error (error);
  return known;
}

/* Adds what LAPTOP has of BRANCH and TO lacks. FALSE: some of that is gone. */
static gboolean
pack_branch (Laptop *laptop, const PostBranch *branch, const SatId *to, Bundle *bundle)
{
  g_autoptr (GArray) known = heard_of (laptop, branch->book, to);
  gboolean whole = TRUE;

  for (guint64 n = number_in (known, &branch->device) + 1; n <= branch->texts->len; n++)
    {
      GBytes *text = g_ptr_array_index (branch->texts, n - 1);

      if (text != NULL)
        postbox_put (bundle->texts, branch->book, &branch->device, n, text);
      else
        whole = FALSE;
    }
  return whole;
}

static gboolean
has_deposit (const Bundle *bundle, const char *book)
{
  for (guint i = 0; i < bundle->deposits->len; i++)
    if (g_str_equal (((const Deposit *) bundle->deposits->pdata[i])->book, book))
      return TRUE;
  return FALSE;
}

void
laptop_write_bundle (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  const Laptop *to = &sim->laptops[sim_below (sim, sim->n)];
  const SatId *device = to == laptop || sim_chance (sim, 30) ? NULL : &to->device;
  const GPtrArray *branches = postbox_branches (laptop->log);
  Bundle *bundle;

  if (!laptop_at_rest (laptop))
    return;
  bundle = g_new0 (Bundle, 1);
  bundle->texts = postbox_new ();
  bundle->deposits = g_ptr_array_new ();
  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);

      if (laptop_holds (laptop, branch->book) && !pack_branch (laptop, branch, device, bundle) &&
          !has_deposit (bundle, branch->book))
        g_ptr_array_add (bundle->deposits, laptop_deposit (laptop, branch->book));
    }
  if (sim->bundles->len == MAX_BUNDLES)
    g_ptr_array_remove_index (sim->bundles, sim_below (sim, MAX_BUNDLES));
  g_ptr_array_add (sim->bundles, bundle);
}

void
laptop_read_bundle (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  const Bundle *bundle;

  if (sim->bundles->len == 0)
    return;
  bundle = g_ptr_array_index (sim->bundles, sim_below (sim, sim->bundles->len));
  laptop_seal (laptop);
  laptop_fetch (laptop, bundle->texts, 100);
  laptop_apply (laptop, sim_below (sim, 3), 0);
  laptop_join_needed (laptop, bundle->deposits);
  laptop_apply (laptop, 0, 0);
  laptop_merge_texts (laptop);
  laptop_forward (laptop, sim_chance (sim, 30));
  laptop_seal (laptop);
}

/* ---- images of a disk ---- */

typedef struct
{
  char *home;
  SatId device;
  GArray *formers; /* SatId */
  Postbox *log;
  gboolean joined;
} Image;

void
image_free (gpointer data)
{
  Image *image = data;

  g_array_unref (image->formers);
  postbox_free (image->log);
  g_free (image->home);
  g_free (image);
}

void
laptop_back_up (Laptop *laptop)
{
  Sim *sim = laptop->sim;
  g_autofree char *name = g_strdup_printf ("image-%u", sim->images->len);
  Image *image;

  if (sim->images->len == MAX_IMAGES)
    return;
  laptop_stop (laptop);
  image = g_new0 (Image, 1);
  image->home = g_build_filename (sim->dir, name, NULL);
  image->device = laptop->device;
  image->formers = g_array_copy (laptop->formers);
  image->log = postbox_new ();
  image->joined = laptop->joined;
  postbox_copy (laptop->log, image->log);
  temp_dir_copy (laptop->home, image->home);
  g_ptr_array_add (sim->images, image);
  laptop_open (laptop);
}

void
sim_restore (Sim *sim)
{
  const Image *image;

  if (sim->images->len == 0 || sim->n == sim->most)
    return;
  image = g_ptr_array_index (sim->images, sim_below (sim, sim->images->len));
  sim_add_copy (sim, image->home, &image->device, image->formers, image->log, image->joined);
}
