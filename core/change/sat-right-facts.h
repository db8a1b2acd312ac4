/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What change-sets alone tell of rights (docs/permissions.md), for a hub's hook, which has no
 * replica: which user a device is of, which role a user has, what is granted to roles, each with
 * when it was said. And what a change-set asks of its author's role.
 *
 * Only what is certain without the records themselves is judged: a right that reaches `none`, a
 * field that may not be changed. Whose a record is, is not known here. What the user did not type
 * is not judged either: values that a rule wrote, system registers, grafts, what Satchel keeps of
 * itself. */
#pragma once

#include "core/access/sat-access.h"
#include "core/change/sat-admissions.h"

G_BEGIN_DECLS

typedef struct _SatRightFacts SatRightFacts;

SatRightFacts *sat_right_facts_new (void) G_GNUC_WARN_UNUSED_RESULT;
void sat_right_facts_free (SatRightFacts *facts); /* accepts NULL */

/* Takes what SET says in book `company`. If its device is none of an administrator's, what counts
 * is whose it said first that it is, and the role with which a user is first written down, if that
 * is one with which ADMISSIONS let the device in. Appends a line of text for each fact that is new
 * to FRESH. */
void sat_right_facts_add (SatRightFacts *facts,
                          const SatChangeSet *set,
                          const SatAdmissions *admissions,
                          GString *fresh);
/* Takes such a LINE; FALSE: it is none. */
gboolean sat_right_facts_read (SatRightFacts *facts, const char *line);

/* Something that a change-set does, and any of RIGHTS (1 << SatRight) over any of OBJECTS lets it
 * do, as long as FIELD may be changed. Or (USER not NULL) that it writes down the user of that id
 * with LOGIN and ROLE (NULL: without). */
typedef struct
{
  char **objects;
  char *field; /* NULL: none in particular */
  char *user, *login, *role;
  guint rights;
  gboolean deletes;
  SatHlc first, last; /* when it was written; 0: not known */
} SatRightAsk;

void sat_right_ask_free (SatRightAsk *ask);
/* What SET asks for: SatRightAsk, each thing once. */
GPtrArray *sat_right_asks (const SatChangeSet *set) G_GNUC_WARN_UNUSED_RESULT;

/* May the user of DEVICE, who is no administrator, do what ASK says: by what was granted when it
 * was written, or by what is granted now? *ROLE: the role of now, newly allocated. */
gboolean sat_right_facts_allow (const SatRightFacts *facts,
                                const SatAdmissions *admissions,
                                const SatId *device,
                                const SatRightAsk *ask,
                                char **role);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRightFacts, sat_right_facts_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatRightAsk, sat_right_ask_free)

G_END_DECLS
