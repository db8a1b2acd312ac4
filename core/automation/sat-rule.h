/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A rule as its record in book `company` says it: when it runs, for which records, what it does
 * (docs/rules.md). Pure. A record that cannot be read as a rule, as it names what the catalogue
 * does not know, is a rule with a problem: it is kept, and never runs. */
#pragma once

#include "core/automation/sat-rule-action.h"
#include "core/record/sat-draft.h"

G_BEGIN_DECLS

#define SAT_RULE "rule"         /* the object of rules */
#define SAT_RULE_RUN "rule_run" /* of the log */
#define SAT_NOTICE "notice"

typedef enum
{
  SAT_TRIGGER_CREATED,
  SAT_TRIGGER_CHANGED,
  SAT_TRIGGER_SAVED, /* either */
  SAT_TRIGGER_UNTOUCHED,
  SAT_TRIGGER_DATE,
  SAT_TRIGGER_SCHEDULE,
  SAT_TRIGGER_MANUAL,
  SAT_N_TRIGGERS
} SatTrigger;

typedef enum
{
  SAT_SCHEDULE_DAILY,
  SAT_SCHEDULE_WEEKLY,
  SAT_SCHEDULE_MONTHLY,
} SatSchedule;

typedef struct
{
  SatId id;
  char *name;
  char *object_name;
  const SatObject *object; /* NULL: not known here, which is a problem */
  gboolean enabled;
  SatTrigger trigger;
  const SatField *field; /* date; untouched: NULL: the last change */
  gint64 days;
  SatSchedule schedule;
  guint minute;             /* of the day */
  char *since;              /* a date, or NULL */
  SatExpression *condition; /* NULL: all records */
  GPtrArray *actions;       /* SatAction */
  GError *problem;          /* why it cannot run; NULL: it can */
} SatRule;

/* RECORD, of object `rule`, as a rule; never NULL. */
SatRule *sat_rule_read (const SatRecord *record) G_GNUC_WARN_UNUSED_RESULT;
void sat_rule_free (SatRule *rule); /* accepts NULL */

/* Before DRAFT, of object `rule`, is saved: SAT_ERROR_INVALID where it would have a problem; what
 * it names gets its name on the wire. TODAY becomes the day since which dates count, where none is
 * said. */
gboolean sat_rule_check (SatDraft *draft, const char *today, GError **error);

/* Does DRAFT only switch off, name or place a rule that is there? It may have problems then. */
gboolean sat_rule_is_put_aside (const SatDraft *draft);

/* "created", …; NULL for what is none. */
const char *sat_trigger_name (SatTrigger trigger);
/* Does RULE look at a change of that kind? */
gboolean sat_rule_is_for (const SatRule *rule, gboolean created);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRule, sat_rule_free)

G_END_DECLS
