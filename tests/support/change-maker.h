/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random change-sets of made-up devices in book "customers", as a richer, stranger or older program
 * might write them: every kind of operation on every kind of field, values the type does not allow,
 * objects and fields that nobody knows. With the registers they amount to, computed over the set of
 * them as the definition says: what was written minus what was dropped. */
#pragma once

#include "tests/support/world.h"

G_BEGIN_DECLS

typedef struct _ChangeMaker ChangeMaker;

/* Puts N change-sets of N_DEVICES devices into WORLD's hub and their devices into its list. */
ChangeMaker *change_maker_new (World *world, guint64 seed, guint n_devices, guint n);
void change_maker_free (ChangeMaker *maker);

/* The canonical lines of all that was made, sorted, as sorted_lines gives a replica's. */
char *change_maker_lines (const ChangeMaker *maker);
/* The lines of book "customers", sorted as texts, without the first. */
char *sorted_lines (SatWorkspace *workspace);
/* What is shown: of every thing its values, whether it is hidden, its conflicts. */
char *shown_things (SatWorkspace *workspace);

/* Hands the change-sets to WORKSPACE in an order, in portions and in slices that SEED decides. */
void change_maker_deliver (const ChangeMaker *maker, SatWorkspace *workspace, guint64 seed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChangeMaker, change_maker_free)

G_END_DECLS
