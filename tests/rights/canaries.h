/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records of every kind that people keep, each field of which holds a value that stands nowhere
 * else: wherever it comes out, it says which record and field it has come from. */
#pragma once

#include "tests/support/world.h"

G_BEGIN_DECLS

typedef enum
{
  CANARY_MINE,
  CANARY_MATES, /* of somebody in the same team */
  CANARY_OTHERS,
  CANARY_NOBODYS,
  N_CANARY_OWNERS
} CanaryOwner;

typedef struct
{
  const SatObject *object;
  CanaryOwner owner;
  CanaryOwner whose; /* as the matrix sees it: nobody's where nothing says whose it is */
  SatId id;
  char **values; /* canonical, by the field's position; NULL: empty */
  char **tokens; /* what betrays them; NULL: the value cannot be told from others */
} Canary;

/* The Nth value of FIELD, no two alike but of choices, and in *TOKEN what betrays it; both newly
 * allocated, NULL: there is none. */
char *canary_value (const SatField *field, guint n, char **token);

/* USERS by owner, the last one not used. Every object that is neither kept nor made by Satchel, nor
 * says how the company works. Written as if it had arrived: no rule runs, nothing is asked. */
GPtrArray *canaries_make (SatWorkspace *workspace, const SatId users[N_CANARY_OWNERS]);

/* What waits for a person where two write it is written by both, each in its own way: HALF is 0 for
 * the one, 1 for the other. How many values that were. */
guint canaries_dispute (SatWorkspace *workspace, const GPtrArray *canaries, guint half);

G_END_DECLS
