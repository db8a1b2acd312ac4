/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a request for an approval comes to, in words. */
#pragma once

#include "core/workspace/sat-workspace-approval.h"

G_BEGIN_DECLS

/* One word, and the style that its mark has. */
const char *sat_approval_state_word (const SatApprovalInfo *info);
const char *sat_approval_state_style (const SatApprovalInfo *info);
/* A line about it: for whom it waits, who rejected it and why. Newly allocated. */
char *sat_approval_state_line (const SatApprovalInfo *info) G_GNUC_WARN_UNUSED_RESULT;

/* What somebody did: “Li Wei approved it: once only”. Newly allocated. */
char *sat_approval_vote_line (const SatApprovalVote *vote) G_GNUC_WARN_UNUSED_RESULT;
/* Why it does not count; NULL: it counts. Newly allocated. */
char *sat_approval_worth_line (const SatApprovalVote *vote) G_GNUC_WARN_UNUSED_RESULT;
/* Step NUMBER from 0: what it is called and whom it asks. Newly allocated. */
char *sat_approval_step_line (const SatApprovalInfo *info, guint number) G_GNUC_WARN_UNUSED_RESULT;

/* MS since 1970 of a canonical time; 0: not known. */
gint64 sat_approval_time (const char *time);

G_END_DECLS
