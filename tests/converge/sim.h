/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The convergence simulation: laptops that share a workspace, a hub in memory, random people. All
 * of it follows from one seed.
 *
 * Every change-set that was ever sealed is kept in `all`. What a laptop must show is a function of
 * the set of change-sets it has applied and of nothing else; sim-check.c computes that function
 * anew, from the texts, and compares. */
#pragma once

#include "core/workspace/sat-workspace-private.h"
#include "tests/converge/postbox.h"
#include "tests/support/depot.h"

G_BEGIN_DECLS

#define SIM_MAX_LAPTOPS 20
#define SIM_FEW_LAPTOPS 7

typedef struct _Sim Sim;

typedef struct
{
  Sim *sim;
  guint index;
  char *home;
  SatPlatform *platform;
  SatWorkspace *workspace;
  SatId device;
  GArray *formers;  /* SatId: what it was before it turned out to be a copy */
  Postbox *log;     /* what it sealed and fetched */
  GPtrArray *forms; /* SatRecord: open forms */
  gint64 skew_ms;
  gboolean joined; /* a checkpoint: values replaced before are not here */
} Laptop;

typedef struct
{
  const SatObject *object;
  SatId id;
} SimRecord;

struct _Sim
{
  char *dir;
  const SatCatalogue *catalogue;
  GRand *rand;
  guint n, most; /* laptops */
  Laptop laptops[SIM_MAX_LAPTOPS];
  Postbox *hub;
  Postbox *all;
  GHashTable *decoded; /* GBytes -> SatChangeSet */
  GHashTable *digests; /* vector in words -> digest */
  GPtrArray *deposits; /* Deposit: the checkpoints */
  GPtrArray *bundles;  /* those under way */
  GPtrArray *images;   /* backups */
  GHashTable *states;  /* vector in words -> the texts of its state */
  GArray *records;     /* SimRecord: made so far */
  gint64 now_ms;
  guint steps;
  gboolean absorbing; /* people absorb records, and nobody is revoked */
  gboolean revoking;  /* now and then somebody is revoked */
  gboolean revoked;   /* somebody: half of a move may be cut off then */
};

/* What people attach: few files, so that they meet. */
#define SIM_FILES 6
GBytes *sim_file (guint n);

/* Laptops that have joined one workspace (not all hold both books), made once and copied for each
 * seed. */
typedef struct
{
  char *dir;
  SatCatalogue *catalogue;
  Postbox *hub;
} SimTemplate;

SimTemplate *sim_template_new (void);
void sim_template_free (SimTemplate *template);

/* MANY: as many laptops as there can be; else two to SIM_FEW_LAPTOPS. */
Sim *sim_new (const SimTemplate *template, guint64 seed, gboolean many);
void sim_free (Sim *sim);

guint sim_below (Sim *sim, guint n); /* 0 .. n - 1 */
gboolean sim_chance (Sim *sim, guint percent);

/* ---- one laptop ---- */

void laptop_open (Laptop *laptop);
/* Until it is opened again; forms are gone. */
void laptop_stop (Laptop *laptop);
/* As by pulling the plug between two transactions; forms are gone. */
void laptop_restart (Laptop *laptop);
void laptop_set_clock (Laptop *laptop);

gboolean laptop_holds (Laptop *laptop, const char *book);
void laptop_seal (Laptop *laptop);
void laptop_push (Laptop *laptop);
/* Takes texts of SOURCE, each with a chance of PERCENT. */
void laptop_fetch (Laptop *laptop, const Postbox *source, guint percent);
/* Applies what is there, in slices of GROUPS records (0: in one go), at most SLICES of them (0: to
 * the end). */
void laptop_apply (Laptop *laptop, guint groups, guint slices);
void laptop_merge_texts (Laptop *laptop);
/* Carries records that have moved, in one transaction or (IN_SLICES) in many. */
void laptop_forward (Laptop *laptop, gboolean in_slices);
/* Makes a checkpoint of one of its books. Equal vectors write equal bytes. */
void laptop_checkpoint (Laptop *laptop);
/* The same of BOOK; owned by the simulation. NULL while something is half applied. */
Deposit *laptop_deposit (Laptop *laptop, const char *book);
/* Joins a checkpoint, or begins to. */
void laptop_join (Laptop *laptop);
/* Goes on with one that was begun, and joins those of DEPOSITS without which it would wait for
 * ever.
 */
void laptop_join_needed (Laptop *laptop, const GPtrArray *deposits);
/* The hub drops what a checkpoint covers. */
void sim_drop_history (Sim *sim);
void laptop_sync (Laptop *laptop);
/* The same in a child process that dies at its STEPS-th durable step. */
void laptop_sync_and_die (Laptop *laptop, guint steps);
gboolean laptop_is_partial (Laptop *laptop);
/* Seals; FALSE while a change-set is half applied, when nothing can be checked. */
gboolean laptop_at_rest (Laptop *laptop);

/* It turns out to be a copy, whatever it is at, and goes on as another device. */
void laptop_renew (Laptop *laptop);
/* LAPTOP revokes another one, in one book or all that it holds. */
void laptop_revoke (Laptop *laptop);
/* Is what LAPTOP says in BOOK from now on nobody's affair any more? As far as anybody knows. */
gboolean laptop_is_revoked (Laptop *laptop, const char *book);
/* LAPTOP writes something in each of its books. */
void laptop_write_everywhere (Laptop *laptop);
/* One more laptop, made from LAPTOP's disk as it is; both go on. Nothing happens when there are as
 * many as there can be. */
void sim_clone (Laptop *laptop);
/* The same from what was in the folder HOME, that of a laptop which was DEVICE. */
void sim_add_copy (Sim *sim,
                   const char *home,
                   const SatId *device,
                   const GArray *formers,
                   const Postbox *log,
                   gboolean joined);

/* ---- without the hub ---- */

void bundle_free (gpointer bundle);
/* What another laptop, or anybody, lacks, as far as LAPTOP knows. */
void laptop_write_bundle (Laptop *laptop);
/* Takes in one that somebody has written, whoever that was for. */
void laptop_read_bundle (Laptop *laptop);

void image_free (gpointer image);
void laptop_back_up (Laptop *laptop);
/* One more laptop, made from a backup; the one of which it was goes on. As sim_clone. */
void sim_restore (Sim *sim);

/* One thing a person does, on a random record. */
void laptop_act (Laptop *laptop);

/* ---- what must hold ---- */

/* Equal vectors, equal digests, over the whole run. */
void check_digest (Laptop *laptop);
void check_files (Laptop *laptop);
/* The registers are those of the change-sets applied. */
void check_registers (Laptop *laptop);
/* Shown values, conflicts and hidden records are what the policies make of the registers. */
void check_shown (Laptop *laptop);
/* Every sealed value applied here is shown, a sibling, or in history. */
void check_values (Laptop *laptop);
void check_doctor (Laptop *laptop);
/* Every record is at home in one book: when nothing is under way any more. */
void check_homes (Laptop *laptop);

G_END_DECLS
