/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rules (docs/rules.md): records of object `rule` say what is done by itself. Those that look at
 * changes run in the transaction of the save that made the change, on the laptop where it was made,
 * and are part of its step for undo. Those that look at the time run on every laptop that has the
 * record: what comes of them is the same however many do it. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* How often an exchange looks for what is due. */
#define SAT_RULES_EVERY_MS (15 * 60 * 1000)

typedef struct
{
  SatId id;
  char *name;
  char *object; /* its name */
  const char *trigger;
  gboolean enabled;
  const char *key; /* what one that comes with Satchel, and is no record, is switched on by; NULL */
  GError *problem; /* why it cannot run; NULL: it can */
} SatRuleInfo;
void sat_rule_info_free (SatRuleInfo *info);

/* All rules in the order in which they run: SatRuleInfo. */
GPtrArray *sat_workspace_rules (SatWorkspace *workspace, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Something that a rule did to a record, or (dry run) would do. */
typedef struct
{
  SatId rule;
  char *rule_name;
  const SatObject *object; /* of the record; NULL: not known here */
  SatId record;
  char *title;
  char *what;
  gint64 time_ms; /* the log: the occasion */
  char *device;   /* the log: where it ran, its name; NULL: not known */
} SatRuleDone;
void sat_rule_done_free (SatRuleDone *done);

typedef struct
{
  const char *name; /* of one rule, or its id; NULL: all that are due */
  gboolean dry_run; /* nothing stays written */
  gint64 now_ms;    /* 0: the clock's */
} SatRulesOptions;

/* Runs the rules that look at the time for what is due; or one rule: a rule that does not look at
 * the time runs for all records that meet its condition then, as one step for undo. What was done:
 * SatRuleDone. */
GPtrArray *sat_workspace_run_rules (SatWorkspace *workspace,
                                    const SatRulesOptions *options,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for an exchange: nothing if that was done within SAT_RULES_EVERY_MS. *DONE: how much was
 * done. */
gboolean sat_workspace_run_due_rules (SatWorkspace *workspace, guint *done, GError **error);

/* What RULE (a name or id; NULL: any) did last to each record, newest first, LIMIT at most (-1:
 * all): SatRuleDone. */
GPtrArray *sat_workspace_rules_log (SatWorkspace *workspace,
                                    const char *rule,
                                    gint64 limit,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The name of the rule that wrote to the record ID in BOOK (a key) at TIME; NULL: not known, as it
 * has done something else to the record since. */
char *
sat_workspace_rule_of (SatWorkspace *workspace, const SatId *id, const char *book, SatHlc time);

/* The keys of the rules that come with Satchel, NULL-terminated, each once. */
const char *const *sat_workspace_shipped_rules (void);
/* Those of them that are no records yet: SatRuleInfo, each with its key. Their names are message
 * ids. */
GPtrArray *sat_workspace_shipped_off (SatWorkspace *workspace,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Switches the rules called NAME on or off: one by its name or id, or those that come with Satchel
 * under that key, which become records when they are switched on. WORD gives their names and texts
 * in the person's language. One step. */
gboolean sat_workspace_switch_rules (SatWorkspace *workspace,
                                     const char *name,
                                     gboolean on,
                                     const char *(*word) (const char *msgid),
                                     guint *count,
                                     GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRuleInfo, sat_rule_info_free)

G_END_DECLS
