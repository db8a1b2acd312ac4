/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The three people of the demo at their replicas: opening the hub, writing one event of the plan or
 * one edit, exchanging. Owned by one sat_demo_make. */
#pragma once

#include "cli/demo/sat-demo-plan.h"
#include "sync/sat-sync.h"

G_BEGIN_DECLS

typedef struct
{
  const SatDemoWords *words;
  const SatDemoPlan *plan;
  const SatCatalogue *catalogue;
  SatWorkspace *replicas[SAT_DEMO_N_PEOPLE];
  SatPlatform *machines[SAT_DEMO_N_PEOPLE];
  char *books[SAT_DEMO_N_BOOKS]; /* their keys */
  SatId users[SAT_DEMO_N_PEOPLE];
  SatId *customers; /* by position in the plan, as are the following */
  SatId (*contacts)[SAT_DEMO_MAX_CONTACTS];
  SatId *deals;
} SatDemoOffice;

/* Makes hub and replicas in DIR at FROM_MS, with users, teams and products, all in sync. */
SatDemoOffice *sat_demo_office_open (const char *dir,
                                     guint64 seed,
                                     const SatCatalogue *catalogue,
                                     const SatDemoWords *words,
                                     const SatDemoPlan *plan,
                                     gint64 from_ms,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_demo_office_close (SatDemoOffice *office);

/* PERSON's clock stands at MS. */
void sat_demo_office_set_now (SatDemoOffice *office, SatDemoPerson person, gint64 ms);

/* EVENT happens: its author writes it, at its time. */
gboolean sat_demo_office_write (SatDemoOffice *office, const SatDemoEvent *event, GError **error);

/* PERSON changes a record: FIELDS are name, value, name, value ... NULL, as typed; "+tags" adds
 * one. */
gboolean sat_demo_office_edit (SatDemoOffice *office,
                               SatDemoPerson person,
                               const char *object,
                               const SatId *id,
                               const char *const *fields,
                               GError **error);

/* PERSON exchanges with the hub at MS. */
gboolean
sat_demo_office_sync (SatDemoOffice *office, SatDemoPerson person, gint64 ms, GError **error);
/* Everybody does, once: head office, the last, then has everything. */
gboolean sat_demo_office_gather (SatDemoOffice *office, gint64 ms, GError **error);
/* Until all have everything. */
gboolean sat_demo_office_sync_all (SatDemoOffice *office, gint64 ms, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDemoOffice, sat_demo_office_close)

G_END_DECLS
