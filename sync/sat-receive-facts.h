/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub's hook knows of devices (sat-receive.h), in the file "satchel-revoked" of the hub.
 * Of revoked ones: lines "cut BOOK DEVICE NUMBER" and "seen BOOK DEVICE NUMBER". Of several cuts
 * the lowest holds, of what was seen the highest. Of a closed workspace who is let in: "founder
 * DEVICE", once; "invite KEY MILLISECONDS ROLE", "admit DEVICE ROLE BY", "claim INVITATION DEVICE",
 * "withdraw INVITATION BY". Of one whose rights are judged "rights", and the lines of
 * core/change/sat-right-facts.h.
 * A line that cannot be read, or that was not written to its end, is passed over.
 *
 * The repository of a book that is not on the hub (sat-apart.h) has a line "hub PATH": who is let
 * in is read from the hub's file each time. */
#pragma once

#include "core/change/sat-admissions.h"
#include "core/change/sat-right-facts.h"
#include "sync/sat-branches.h"

G_BEGIN_DECLS

#define SAT_RECEIVE_FACTS "satchel-revoked"

typedef struct _SatReceiveFacts SatReceiveFacts;

SatReceiveFacts *sat_receive_facts_load (const char *dir) G_GNUC_WARN_UNUSED_RESULT;
void sat_receive_facts_free (SatReceiveFacts *facts);

/* Why the file, which is there, could not be read; NULL: it could. */
const char *sat_receive_facts_problem (const SatReceiveFacts *facts);

/* Who is let in; NULL: the workspace is open. */
const SatAdmissions *sat_receive_facts_admissions (const SatReceiveFacts *facts);
/* The workspace is closed, and FOUNDER founded it. */
void sat_receive_facts_close (SatReceiveFacts *facts, const SatId *founder);

/* What is known of rights; NULL: they are not judged here. */
const SatRightFacts *sat_receive_facts_rights (const SatReceiveFacts *facts);
/* All that is in the hub was noted: from now on they are judged, if the workspace is closed and
 * nothing of book company has left the hub yet. */
void sat_receive_facts_judge_rights (SatReceiveFacts *facts);

/* The hub whose lines tell who is let in; NULL: this is it. */
const char *sat_receive_facts_hub (const SatReceiveFacts *facts);
/* It is HUB, a path. */
void sat_receive_facts_set_hub (SatReceiveFacts *facts, const char *hub);

/* A change-set that is about to be let in. */
void sat_receive_facts_note (SatReceiveFacts *facts, const SatChangeSet *set);
/* One that is in the hub: of it counts only what it had seen. */
void sat_receive_facts_hear (SatReceiveFacts *facts, const SatChangeSet *set);
/* What was noted takes effect: sort out what was seen by devices that count. */
void sat_receive_facts_settle (SatReceiveFacts *facts);
/* Does change-set NUMBER of BRANCH's device count in its book? */
gboolean sat_receive_facts_accept (SatReceiveFacts *facts, const SatBranch *branch, guint64 number);
/* Appends what is new to the file, which whoever may write to the hub may write to. */
gboolean sat_receive_facts_save (SatReceiveFacts *facts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatReceiveFacts, sat_receive_facts_free)

G_END_DECLS
