/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A salesperson among others, records of all of them, and what the role of sales may: said piece by
 * piece, and remembered, so that a test can tell what is right without asking core. */
#pragma once

#include "core/workspace/sat-workspace-access.h"
#include "tests/rights/canaries.h"

G_BEGIN_DECLS

#define COMPANY_ROLE "sales"

/* What was said of an object. */
typedef struct
{
  SatReach reach[SAT_N_RIGHTS];
  SatFieldAccess *fields; /* by position */
  gboolean *exports;
} Said;

typedef struct
{
  World world;
  SatWorkspace *all[3]; /* of an administrator, the salesperson, a colleague in the same team */
  SatWorkspace *li;     /* the salesperson */
  SatId users[N_CANARY_OWNERS];
  GPtrArray *canaries; /* Canary */
  GHashTable *said;    /* SatObject -> Said */
} Company;

/* The salesperson may what is built in: everything, but delete only what is his, and read only the
 * notices for him. What waits for a person where two write it is in conflict. */
void company_set_up (Company *company);
void company_clear (Company *company);

Said *said_of (const Company *company, const SatObject *object);
/* The permission is written as if it had arrived. */
void say_reach (const Company *company, const SatObject *object, SatRight right, SatReach reach);
void
say_field (const Company *company, const SatField *field, SatFieldAccess access, gboolean exports);
/* Of titles, owners and parents a role cannot be told that they are hidden. */
gboolean can_be_concealed (const SatField *field);

/* Does REACH go to a record of WHOSE? */
gboolean is_within (SatReach reach, CanaryOwner whose);

G_END_DECLS
