/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules that come with Satchel; a company switches them on, and they become records as its own ones
 * are, which it can change. Pure data. */
#pragma once

#include "core/automation/sat-rule.h"

G_BEGIN_DECLS

typedef struct
{
  const char *key; /* what it is switched on by; several rules may share one */
  const char *part;
  const char *object;
  const char *trigger;
  const char *field;
  const char *days;
  const char *condition; /* NULL: all */
  const char *name;      /* N_: becomes data in the language of who switches it on */
  const char *actions;   /* N_ */
} SatShippedRule;

/* Ended by a NULL key. */
const SatShippedRule *sat_rules_shipped (void);

G_END_DECLS
