/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files that run rules. */
#pragma once

#include "core/apply/sat-local.h"
#include "core/automation/sat-rule-run.h"

G_BEGIN_DECLS

struct _SatRuleRunner
{
  SatReplica *replica;
  SatLocal *local;
  SatId me;
  gint64 now_ms;
  GPtrArray *rules;   /* SatRule: those that look at changes; NULL: not read yet */
  GHashTable *users;  /* login -> SatId */
  GHashTable *loads;  /* field -> table of SatId -> how many records name that user */
  GPtrArray *effects; /* SatRuleEffect; NULL: nobody asks */
  SatRuleGates gates;
};

/* One rule for one record, or what one change set off. */
typedef struct
{
  SatRuleRunner *runner;
  SatHlc occasion;
  gboolean in_step;
  guint depth;
  GHashTable *done; /* "RULE RECORD": of this chain */
} SatRuleChain;

/* A rule at work on a record. */
typedef struct
{
  SatRuleChain *chain;
  const SatRule *rule;
  SatTable *table;
  SatId id;
  gint64 row;
  guint32 book;
  const SatRecord *record; /* as it is before the action */
  GString *what;           /* what was done: empty: nothing yet */
  gboolean wrote;          /* the record itself */
} SatRuleWork;

/* ---- writing: sat-rule-write.c ---- */

/* Adds to what was done. */
void sat_rule_say (SatRuleWork *work, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* As a machine's change. */
SatEditKind sat_rule_kind_of (const SatRuleWork *work, gboolean create);
/* FIELD of the record that WORK is about, if that changes anything. */
gboolean
sat_rule_write_value (SatRuleWork *work, const SatField *field, const char *value, GError **error);
/* DRAFT as the new record ID; *WRITTEN FALSE: a gate is shut. */
gboolean sat_rule_write_new (SatRuleWork *work,
                             SatDraft *draft,
                             const SatId *id,
                             guint32 book,
                             gboolean *written,
                             GError **error);

/* ---- values: sat-rule-value.c ---- */

/* Is CONDITION (NULL: none) true of the row? CHANGE as in SatExpressionContext. */
gboolean sat_rule_test (SatRuleRunner *runner,
                        const SatTable *table,
                        gint64 row,
                        const SatExpression *condition,
                        const SatExpressionChange *change,
                        gboolean *holds,
                        GError **error);
/* What VALUE gives for the row, as a value of FIELD: canonical, newly allocated; NULL: empty.
 * *FITS: it can stand there. */
gboolean sat_rule_value (SatRuleRunner *runner,
                         const SatTable *table,
                         gint64 row,
                         const SatExpression *value,
                         const SatField *field,
                         char **out,
                         gboolean *fits,
                         GError **error);

/* ---- people: sat-rule-assign.c ---- */

/* The user of that login. FALSE without error: there is none. */
gboolean sat_rule_user (
    SatRuleRunner *runner, const char *login, SatId *out, gboolean *found, GError **error);
/* Who ACTION assigns the record of WORK to. *FOUND FALSE: nobody, all have enough. */
gboolean sat_rule_choose (
    SatRuleWork *work, const SatAction *action, SatId *out, gboolean *found, GError **error);

/* ---- the log: sat-rule-log.c ---- */

/* Says in the log, and among the effects, what WORK did. */
gboolean sat_rule_log (SatRuleWork *work, GError **error);

G_END_DECLS
