/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happens in the demo's year, before any replica is touched: customers, deals, and the events
 * of three people's work in the order of time. Pure: the same words, number and seed give the same
 * plan.
 *
 * Each customer's story depends on the seed and the customer's position only, so the first 240
 * customers of a demo of 100,000 are those of a demo of 240 (names apart, which are kept from
 * repeating). */
#pragma once

#include "cli/demo/sat-demo-words.h"
#include "core/base/sat-platform.h"

G_BEGIN_DECLS

/* Who writes; also the replicas and the devices. */
typedef enum
{
  SAT_DEMO_EAST,
  SAT_DEMO_WEST,
  SAT_DEMO_OFFICE,
  SAT_DEMO_N_PEOPLE
} SatDemoPerson;

/* A territory's book, or the one with the key accounts that everybody holds. */
typedef enum
{
  SAT_DEMO_BOOK_EAST,
  SAT_DEMO_BOOK_WEST,
  SAT_DEMO_BOOK_KEY,
  SAT_DEMO_N_BOOKS
} SatDemoBook;

/* The steps of a deal. */
typedef enum
{
  SAT_DEMO_STAGE_LEAD,
  SAT_DEMO_STAGE_TALK,
  SAT_DEMO_STAGE_NEEDS,
  SAT_DEMO_STAGE_PROPOSAL,
  SAT_DEMO_STAGE_NEGOTIATION,
  SAT_DEMO_STAGE_CONTRACT,
  SAT_DEMO_STAGE_WON,
  SAT_DEMO_STAGE_LOST,
  SAT_DEMO_N_STAGES
} SatDemoStage;

#define SAT_DEMO_MAX_CONTACTS 3

typedef struct
{
  char *name;     /* never twice in a plan */
  char *latin;    /* for its domain: "ruichuan-machinery" */
  guint place;    /* entry of [city-zh] or [city-en] */
  guint business; /* entry of [business-zh] or [business-en] */
  guint pick;     /* decides all that is left open: addresses, tags, remarks ... */
  SatDemoBook book;
  SatDemoPerson lead; /* who looks after it: east or west */
  guint8 level;       /* 0: A, 1: B, 2: C */
  guint8 n_contacts;  /* 1 .. SAT_DEMO_MAX_CONTACTS */
  gboolean english;
  gboolean person; /* a private customer; its only contact is itself */
} SatDemoCustomer;

typedef struct
{
  guint customer;
  guint product; /* entry of [product] */
  guint quantity;
  gint64 amount; /* CNY, whole hundreds */
  gint64 close_ms;
  SatDemoStage stage; /* when the year ends */
} SatDemoDeal;

typedef enum
{
  SAT_DEMO_NEW_CUSTOMER,
  SAT_DEMO_NEW_CONTACT, /* detail: which of the customer's, from 0 */
  SAT_DEMO_NEW_DEAL,
  SAT_DEMO_DEAL_STAGE,    /* detail: SatDemoStage */
  SAT_DEMO_ACTIVITY,      /* detail: SatDemoPhase */
  SAT_DEMO_CREDIT_REVIEW, /* head office sets credit limit and level */
  SAT_DEMO_N_KINDS
} SatDemoKind;

/* What an activity is about: the sections of the diary lists. */
typedef enum
{
  SAT_DEMO_PHASE_EARLY,
  SAT_DEMO_PHASE_QUOTE,
  SAT_DEMO_PHASE_CLOSE,
  SAT_DEMO_PHASE_WON,
  SAT_DEMO_PHASE_LOST,
  SAT_DEMO_PHASE_CARE,
  SAT_DEMO_N_PHASES
} SatDemoPhase;

#define SAT_DEMO_NO_DEAL G_MAXUINT

typedef struct
{
  gint64 time_ms;
  guint customer;
  guint deal; /* SAT_DEMO_NO_DEAL: none */
  guint pick; /* decides the words */
  guint8 kind;
  guint8 detail;
  guint8 author; /* SatDemoPerson */
} SatDemoEvent;

typedef struct
{
  GArray *customers; /* SatDemoCustomer */
  GArray *deals;     /* SatDemoDeal */
  GArray *events; /* SatDemoEvent by time; a record's first event comes before all others of it */
} SatDemoPlan;

SatDemoPlan *sat_demo_plan_new (const SatDemoWords *words,
                                guint customers,
                                guint64 seed) G_GNUC_WARN_UNUSED_RESULT;
void sat_demo_plan_free (SatDemoPlan *plan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDemoPlan, sat_demo_plan_free)

G_END_DECLS
