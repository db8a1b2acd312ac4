/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of core/workspace; tests of merging may use the raw writes. */
#pragma once

#include "core/apply/sat-incoming.h"
#include "core/apply/sat-local.h"
#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

struct _SatWorkspace
{
  SatReplica *replica;
  char *hub;
  guint8 seed[SAT_KEY_SEED_SIZE];
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  GError *key_problem; /* why the two above cannot be used; NULL: they can */
  SatLocal *open;      /* the transaction of sat_workspace_begin */
  guint index_limit;   /* records for the next step of indexing; 0: not known yet */
};

#define SAT_META_HUB "hub"
#define SAT_META_DEVICE "device"
#define SAT_META_WORKSPACE "workspace" /* record id */
#define SAT_META_USER "user"           /* record id */
#define SAT_META_AUTHOR "author"       /* as it is in commits: fixed when the replica joins */
#define SAT_META_AUTHOR_MAIL "author_mail"
#define SAT_META_LAST_SYNC "last_sync"

/* The transaction to write in: the open one, or a new one (*MINE). */
SatLocal *sat_workspace_write (SatWorkspace *workspace, gboolean *mine, GError **error);
/* Ends what sat_workspace_write began, if it was MINE: commits when OK, else rolls back. */
gboolean sat_workspace_written (
    SatWorkspace *workspace, SatLocal *local, gboolean mine, gboolean ok, GError **error);

/* Writes EDITS as given, equal values too (the trace driver of the merge model). BOOK NULL: where
 * the record is. */
gboolean sat_workspace_edit_raw (SatWorkspace *workspace,
                                 const SatObject *object,
                                 const SatId *id,
                                 const char *book,
                                 const SatEdit *edits,
                                 guint n_edits,
                                 const SatEditKind *kind,
                                 GError **error);
/* As sat_inbox_step, at most GROUPS records of one change-set. */
gboolean
sat_inbox_step_groups (SatInbox *inbox, guint64 groups, SatInboxProgress *progress, GError **error);
/* Moves the clock on by TICKS writes, as if they had been made. */
gboolean sat_workspace_advance_clock (SatWorkspace *workspace, guint ticks, GError **error);
void sat_workspace_set_drag_bound (SatWorkspace *workspace, gint64 bound_ms);

/* A replica made with a given key, so that tests can choose the order of device ids. */
SatWorkspace *sat_workspace_create_with_seed (const char *home,
                                              SatPlatform *platform,
                                              const SatCatalogue *catalogue,
                                              const char *hub,
                                              const guint8 seed[SAT_KEY_SEED_SIZE],
                                              GError **error);
/* Holds BOOK (a key) from now on. */
gboolean sat_workspace_hold (SatWorkspace *workspace, const char *book, GError **error);

G_END_DECLS
