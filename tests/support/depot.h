/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checkpoints in memory: stands for those on a hub. */
#pragma once

#include "core/workspace/sat-exchange-checkpoint.h"

G_BEGIN_DECLS

typedef struct
{
  char *book;
  SatId maker;
  char *name;         /* no other has it */
  GHashTable *files;  /* path -> GBytes */
  GHashTable *vector; /* SatId -> number */
} Deposit;

void deposit_free (gpointer deposit);

/* The checkpoint of BOOK as WORKSPACE has it; NULL while something is half applied. */
Deposit *deposit_make (SatWorkspace *workspace, const char *book);
/* SatCheckpointTextFunc, DATA is the deposit. */
GBytes *deposit_text (const char *path, gpointer data, GError **error);
guint64 deposit_number (const Deposit *deposit, const SatId *device);
/* Has WORKSPACE all that is in it? */
gboolean deposit_is_covered (const Deposit *deposit, SatWorkspace *workspace);
/* The files of the state, one after another. */
char *deposit_state (const Deposit *deposit);

/* Joins it in slices of RECORDS records (0: in one go), at most SLICES of them (0: to the end).
 * FALSE: it is not needed, or BUSY or REFUSED; any other failure asserts. */
gboolean deposit_join (Deposit *deposit, SatWorkspace *workspace, guint records, guint slices);

G_END_DECLS
