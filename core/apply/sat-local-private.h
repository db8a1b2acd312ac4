/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by sat-local.c and sat-seal.c. */
#pragma once

#include "core/apply/sat-local.h"

G_BEGIN_DECLS

/* What is cached of a book for the length of a transaction. */
typedef struct
{
  SatVector vector;
  guint64 number; /* of the open change-set */
  guint64 open_bytes;
  gboolean bytes_changed;
  SatOrigin origin;
  SatEngine *engine;
} SatLocalBook;

/* What this transaction has grafted into a book and not sealed yet. */
typedef struct
{
  GPtrArray *grafts; /* SatGraft */
  GHashTable *ids;   /* SatId: of their records */
  gsize bytes;
  guint n_contexts;
} SatLocalGrafts;

struct _SatLocal
{
  SatReplica *replica;
  SatHlc last;        /* the clock */
  SatHlc hlc;         /* of this transaction; 0: nothing was stamped yet */
  GHashTable *books;  /* number -> SatLocalBook */
  GHashTable *grafts; /* number -> SatLocalGrafts. Where there are some, nothing else is open */
  gboolean recording; /* what is written is a step for undo */
  gint64 undoes;      /* the step that this one takes back; 0: none */
  gint64 step;        /* 0: nothing was recorded yet */
  gboolean broken;    /* a write stopped half way: nothing of the transaction may stay */
};

/* As sat_local_edit on a record with others absorbed into it, after that: replaces what these hold.
 * sat-local-absorb.c */
gboolean sat_local_edit_members (SatLocal *local,
                                 const SatObject *object,
                                 const SatId *id,
                                 guint32 book,
                                 const SatEdit *edits,
                                 guint n_edits,
                                 GError **error);

/* Does the next seal of BOOK close anything? */
gboolean sat_local_is_open (SatLocal *local, guint32 number, gboolean *open, GError **error);
SatLocalBook *sat_local_book (SatLocal *local, guint32 number, GError **error);

G_END_DECLS
