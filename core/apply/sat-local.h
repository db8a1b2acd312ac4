/* SPDX-License-Identifier: GPL-3.0-or-later */
/* This device's own writes. A SatLocal is one write transaction: it begins with sat_local_begin and
 * ends with commit or abort. All its writes carry one stamp. Writes go into the open change-set of
 * their book; it is sealed before it would grow over SAT_CHANGE_SET_SEAL_BYTES. */
#pragma once

#include "core/apply/sat-engine.h"

G_BEGIN_DECLS

typedef struct _SatLocal SatLocal;

/* Begins a transaction (SAT_ERROR_BUSY after 30 s). */
SatLocal *sat_local_begin (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Indexes what was touched for the search, commits, and frees LOCAL in any case. */
gboolean sat_local_commit (SatLocal *local, GError **error);
void sat_local_abort (SatLocal *local); /* rolls back and frees; accepts NULL */

typedef struct
{
  const SatField *field;
  const char *element; /* of a union field */
  const char *value;   /* of a plain field: canonical, NULL clears */
  gboolean drop;       /* element: take it away; plain field of an absorbed record: empty it */
  gboolean has_seen;   /* SEEN says what the form had loaded; else the writer sees all */
  const SatDot *seen;
  guint n_seen;
} SatEdit;

typedef struct
{
  SatLife life;       /* QUIET: not written (the automatic merge of texts) */
  gboolean create;    /* write the home register */
  gboolean automatic; /* by a rule; no step for undo, but where it is IN_STEP */
  gboolean in_step;
  SatHlc hlc;     /* 0: now */
  guint32 home;   /* write the home register with this book: a move, without edits. 0: do not */
  gboolean joins; /* write the register into with INTO, or (INTO NULL) clear it */
  const SatId *into;
} SatEditKind;

/* Writes EDITS, each register once, on record ID of OBJECT in BOOK. What records absorbed into it
 * hold of these registers is replaced with them, as far as it was seen. A text that the format
 * cannot hold is refused and nothing is written; after any other failure the transaction can only
 * be aborted. */
gboolean sat_local_edit (SatLocal *local,
                         const SatObject *object,
                         const SatId *id,
                         guint32 book,
                         const SatEdit *edits,
                         guint n_edits,
                         const SatEditKind *kind,
                         GError **error);

/* Absorbs DUPLICATE, both roots of their groups and at home in BOOK, into the record ID: what ID
 * has not got is filled from it, and the rest of it goes into its history. */
gboolean sat_local_absorb (SatLocal *local,
                           const SatObject *object,
                           const SatId *duplicate,
                           const SatId *id,
                           guint32 book,
                           GError **error);

/* The catalogue follows the definitions that this transaction has written, so that what it writes
 * from now on may be of new objects and fields. Else that happens at its end. */
gboolean sat_local_reshape (SatLocal *local, GError **error);

/* What this transaction writes from now on is a step that a person can take back (sat-step.h), or
 * (UNDOES not 0) takes back another one. */
void sat_local_record (SatLocal *local, gint64 undoes);
/* What it writes from now on, until sat_local_record is called again, is no part of the step. */
void sat_local_pause (SatLocal *local);
/* The step begins with the first write; this begins it without one. */
gboolean sat_local_begin_step (SatLocal *local, GError **error);
gint64 sat_local_step (const SatLocal *local); /* 0: it has not begun */
/* Goes on with STEP, which an earlier transaction began and stamped with HLC: what this one writes
 * is part of it, and has that stamp. Before the first write. */
void sat_local_resume_step (SatLocal *local, gint64 step, SatHlc hlc);

/* Closes the open change-set of BOOK (0: of all books): gives it the next number and its text.
 * Nothing open: nothing happens, but that with 0 what is applied beyond a cut is vouched for. The
 * first of all in every transaction that applies foreign change-sets. */
gboolean sat_local_seal (SatLocal *local, guint32 book, GError **error);

/* Revokes DEVICE in BOOK: a change-set says that of its change-sets those count that are applied
 * here now, and later ones only where somebody had built on them. Sealed at once, after what was
 * open. */
gboolean sat_local_cut (SatLocal *local, guint32 book, const SatId *device, GError **error);

/* Says ENROLMENT in a change-set of book `enrolment`, sealed at once. */
gboolean sat_local_enrol (SatLocal *local, const SatEnrolment *enrolment, GError **error);

/* The stamp of this transaction's writes. */
SatHlc sat_local_hlc (const SatLocal *local);
/* Raises the clock after hearing FOREIGN stamps (sat_hlc_hear). */
void sat_local_hear (SatLocal *local, SatHlc foreign);
/* The vector of BOOK as it is in this transaction; for reading. */
const SatVector *sat_local_vector (SatLocal *local, guint32 book, GError **error);
/* Forgets what is cached of BOOK, after its vector was moved by other means. */
void sat_local_forget (SatLocal *local, guint32 book);

G_END_DECLS
