/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A company takes over items of templates (docs/templates.md, core/catalogue/sat-template.h): each
 * becomes ordinary definitions, rules, views and so on, which people can change as they like. Their
 * ids come from workspace, template and part, so that two administrators who apply an item while
 * apart meet in the same records.
 *
 * What was done with an item is a record of the object `template_item` in book `company`: applied,
 * with a hash of what was written, or declined. What people have changed, retired or deleted since
 * is never written over. */
#pragma once

#include "core/catalogue/sat-template.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_ITEM_NEW,      /* nothing was done with it */
  SAT_ITEM_APPLIED,  /* it is here as it was written */
  SAT_ITEM_CHANGED,  /* it is here, and somebody has changed it since */
  SAT_ITEM_GONE,     /* it was applied, and what it made is retired or deleted */
  SAT_ITEM_DECLINED, /* the company does not want it */
  SAT_N_ITEM_STATES
} SatItemState;
/* "new", "applied" … */
const char *sat_item_state_name (SatItemState state);

typedef enum
{
  SAT_ITEM_LEFT,   /* nothing is done: it is not asked for, or is here */
  SAT_ITEM_WRITE,  /* it is applied */
  SAT_ITEM_NEEDED, /* so is this one, as others need it */
  SAT_ITEM_LACKS,  /* it is asked for, but something that it needs is not there */
} SatItemPlan;

typedef struct
{
  const SatTemplateItem *item;
  SatItemState state;
  SatItemPlan plan;
  const SatTemplateItem *lacks; /* SAT_ITEM_LACKS: what is not there */
} SatItemStep;

typedef struct
{
  /* Keys, NULL-terminated. ONLY (NULL: all that are new): these, also declined ones and such as are
   * gone, with what they need. WITHOUT (NULL: none): not these. */
  const char *const *only;
  const char *const *without;
  const char *language; /* of names and texts that have none of their own; NULL: English */
  gboolean dry_run;     /* only say what would be done */
} SatApplyOptions;

/* What is the state of each item of MADE, in their order: SatItemStep, nothing planned. */
GArray *sat_workspace_template_state (SatWorkspace *workspace,
                                      const SatTemplate *made,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Applies items of MADE as one step for undo, all or nothing: what was done with each. Only
 * administrators. SAT_ERROR_NOT_FOUND for a key that there is not. */
GArray *sat_workspace_apply_template (SatWorkspace *workspace,
                                      const SatTemplate *made,
                                      const SatApplyOptions *options,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Remembers for the whole company that the items KEYS are not wanted. SAT_ERROR_INVALID for one
 * that is applied. One step. Only administrators. */
gboolean sat_workspace_decline_items (SatWorkspace *workspace,
                                      const SatTemplate *made,
                                      const char *const *keys,
                                      GError **error);

G_END_DECLS
