/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A warning that a colleague already has a customer, although its book is not on this laptop. Where
 * the workspace wants it (field `customer_marks` of its record), every laptop publishes in book
 * `company`, for each book that it holds and writes in, a mark of each name and telephone of the
 * customers there. A mark is 30 bits of a SHA-256 over the id of the workspace and the name without
 * case, accents and form of company, or the last ten digits of the telephone. So a mark alone gives
 * no name back, and none of another workspace's are of use; but whoever is in the workspace can
 * test a name or a number that he or she guesses. Of a
 * thousand new names one is warned of wrongly where there are a million marks.
 *
 * The marks of a book are the elements of SAT_MARK_PARTS records `customer_mark` in `company`, so
 * that one more costs one element, and two laptops that hold the same book converge. At most
 * SAT_MARKS_MOST in a part: of a book with more than about 125,000 customers some are not told. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

#define SAT_MARK_PARTS 64
#define SAT_MARKS_MOST 4000

/* Brings the marks of the books held here up to date, where this laptop has written in them since
 * the last time, or a week went by; nothing where the workspace does not want it. Large books not
 * at every call: it takes less than a twentieth of the time. Before what is open is sealed for an
 * exchange. */
gboolean sat_workspace_publish_marks (SatWorkspace *workspace, GError **error);

/* A book that is not held here, where somebody has a customer of that name or telephone. */
typedef struct
{
  char *book;        /* key */
  char *name;        /* of the book */
  char *users;       /* who holds it, “Wang, Li”; NULL: it is not known */
  gboolean by_phone; /* the telephone; FALSE: the name */
} SatTaken;
void sat_taken_free (SatTaken *taken);

/* Looks up many, and remembers what was read. */
typedef struct _SatMarks SatMarks;
SatMarks *sat_marks_new (SatWorkspace *workspace) G_GNUC_WARN_UNUSED_RESULT;
void sat_marks_free (SatMarks *marks);
/* Is there anything to look up, for records of OBJECT? */
gboolean sat_marks_apply_to (SatMarks *marks, const SatObject *object);
/* The first book where somebody has the customer DRAFT; NULL without error: none, or DRAFT is no
 * customer, or neither its name nor its telephone is new in it. */
SatTaken *sat_marks_find (SatMarks *marks, const SatDraft *draft, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatMarks, sat_marks_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTaken, sat_taken_free)

G_END_DECLS
