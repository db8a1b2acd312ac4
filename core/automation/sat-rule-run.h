/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running rules in a write transaction. What a rule writes is automatic, with the stamp of its
 * occasion: any person's value beside it wins. What it makes has an id that comes from the rule,
 * the record and the occasion, so that many laptops make it once; what is there already, also
 * deleted, is not made again.
 *
 * What a rule writes may set off others, SAT_RULE_LEVELS deep, each rule once for a record. */
#pragma once

#include "core/apply/sat-local.h"
#include "core/automation/sat-occasion.h"

G_BEGIN_DECLS

#define SAT_RULE_LEVELS 8

/* What a rule did to a record. */
typedef struct
{
  SatId rule;
  char *rule_name;
  const SatObject *object;
  SatId record;
  char *title;
  char *what; /* in names on the wire: data, not translated */
} SatRuleEffect;
void sat_rule_effect_free (SatRuleEffect *effect);

/* An approval that a rule asks for, in the name of who is at this laptop. */
typedef struct
{
  const SatObject *object;
  const SatId *record;
  const char *note; /* NULL: none */
  /* The request's id comes from these and from what it says, so that two laptops of the same person
   * make the same one, or two, and never one that says something else. */
  const SatId *rule;
  guint action;
  SatHlc occasion;
  gboolean in_step;
} SatRuleRequest;

/* What else has a say in what rules write: the gates of pipelines, and approvals. */
typedef struct
{
  /* DRAFT is about to be written, and gets what comes with it. *WHY (stays NULL; newly allocated):
   * it must not be. *STEP: for AFTER. */
  gboolean (*before) (SatDraft *draft, char **why, gpointer *step, gpointer data, GError **error);
  gboolean (*after) (
      gpointer step, const SatId *id, SatLocal *local, gpointer data, GError **error);
  void (*free) (gpointer step);
  /* *ASKED, newly allocated: for what; it stays NULL where none is needed, or one was asked for
   * already. *WHY: it cannot be. */
  gboolean (*request) (const SatRuleRequest *request,
                       SatLocal *local,
                       char **asked,
                       char **why,
                       gpointer data,
                       GError **error);
  gpointer data;
} SatRuleGates;

typedef struct _SatRuleRunner SatRuleRunner;

/* For the length of the transaction LOCAL, or of one rule less. EFFECTS (may be NULL) gets what is
 * done: SatRuleEffect. */
SatRuleRunner *sat_rule_runner_new (SatReplica *replica,
                                    SatLocal *local,
                                    const SatId *me,
                                    gint64 now_ms,
                                    GPtrArray *effects) G_GNUC_WARN_UNUSED_RESULT;
void sat_rule_runner_free (SatRuleRunner *runner); /* accepts NULL */
/* GATES is copied. */
void sat_rule_runner_keep_to (SatRuleRunner *runner, const SatRuleGates *gates);
/* Rules were written: they are read again. */
void sat_rule_runner_forget (SatRuleRunner *runner);

/* The record ID of OBJECT was just written by a person in this transaction: runs the rules that
 * look at that. BEFORE: as it was; NULL: it is new. */
gboolean sat_rule_runner_saved (SatRuleRunner *runner,
                                const SatObject *object,
                                const SatId *id,
                                const SatRecord *before,
                                GError **error);
/* Does anything look at changes of OBJECT? */
gboolean sat_rule_runner_watches (SatRuleRunner *runner, const SatObject *object, GError **error);

/* Runs RULE for one record on OCCASION, if it is shown and meets the condition. IN_STEP: it is part
 * of what a person does. */
gboolean sat_rule_runner_run (SatRuleRunner *runner,
                              const SatRule *rule,
                              gint64 row,
                              SatHlc occasion,
                              gboolean in_step,
                              GError **error);

/* All rules, by place and name: SatRule. */
GPtrArray *sat_rules_load (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRuleRunner, sat_rule_runner_free)

G_END_DECLS
