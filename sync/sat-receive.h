/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a hub on a server lets in: the pre-receive hook of git (`satchel hub receive`). Every push
 * is judged as a whole before a ref of it moves, and only by what is in it, what is in the hub, and
 * FACTS: no list of users, and no clock but to tell when an invitation ends.
 *
 * Let in is a ref that has a name of ours (sat-branches.h, sat-checkpoint-ref.h) and
 *   - brings a branch on by change-sets: each commit of our shape, signed by the key that the
 * device in the ref's name is derived from, numbered without a gap, its text within the limits and
 *     well-formed;
 *   - or is a new checkpoint, signed by its maker, its indexes well-formed, its files within
 * limits;
 *   - or takes away a checkpoint while a newer one of the same maker and book stays.
 *   - and in a closed workspace is of a device that an administrator has let in, or that takes up
 *     an invitation which still holds and nobody has taken up before (sat-receive-enrolled.h), and
 *     asks for nothing that its user's role may not do (core/change/sat-right-facts.h).
 * Nothing else: no branch is rewritten or deleted, no checkpoint moved. A change-set of a revoked
 * device beyond its cut is let in only if another device has said that it had seen it.
 *
 * Only commits that are new are read. FACTS is a file in the hub, "satchel-revoked": the cuts that
 * were pushed, and what of a revoked device others had seen. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Why a push is refused: `name` goes over the wire, the sentence is said on the laptop. Its %1$s is
 * the hub, %2$s the ref, %3$s the detail. NULL: no such reason. */
const char *sat_receive_reason (const char *name);

/* Judges the lines "OLD NEW REF" of TEXT, which a hook reads from its standard input, in the
 * repository DIR. OBJECTS: the folder where git keeps what it has received but not let in, or NULL.
 * FALSE: refused; *TELL is what the laptop has to be told: a sentence, and a line for sat_push to
 * read. */
gboolean sat_receive (const char *dir, const char *objects, const char *text, char **tell);

/* What a hub has said in TEXT against a push, as an error; FALSE in any case, and no error is set
 * if it has said nothing of that kind. */
gboolean sat_receive_refusal (const char *text, const char *hub, GError **error);

/* HUB NULL: DIR is the hub; else the repository of books that are not there (sat-apart.h), and who
 * is let in is what HUB, on the same computer and with its own hook, knows.
 *
 * Installs the hook in the repository DIR, to run PROGRAM (an absolute path), and learns the facts
 * from what is there already; *UNSOUND gets the refs that would not be let in today, or NULL. A
 * hook of somebody else's is left alone: SAT_ERROR_INVALID. */
gboolean sat_receive_install (
    const char *dir, const char *hub, const char *program, GPtrArray **unsound, GError **error);

G_END_DECLS
