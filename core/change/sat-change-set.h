/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The change-set: what one device changed in one book between two seals, as text (the format is
 * docs/change-set-format.md) and as operations in memory. Pure; knows no database and no catalogue:
 * any object, field and value of the right shape passes.
 *
 * Operations on one record are grouped. A key is a field's name, or one of the system registers
 * ":home",
 * ":into", ":erased"; the life register has no key of its own, it is part of the record's group. */
#pragma once

#include <glib.h>

#include "core/base/sat-clock.h"
#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/base/sat-invitation.h"
#include "core/value/sat-attachment.h"

G_BEGIN_DECLS

#define SAT_CHANGE_SET_VERSION 1

/* Limits of format version 1; the decoder refuses what is over them, savers never reach them. */
#define SAT_CHANGE_SET_SEAL_BYTES (8 * 1024 * 1024) /* sealed in pieces of at most this */
#define SAT_CHANGE_SET_MAX_BYTES (16 * 1024 * 1024)
#define SAT_CHANGE_SET_MAX_RECORDS 1000000
#define SAT_CHANGE_SET_MAX_OPS 2000000
#define SAT_CHANGE_SET_MAX_RECORD_OPS 4096
#define SAT_CHANGE_SET_MAX_SAW 10000
#define SAT_CHANGE_SET_MAX_DOTS 4096 /* of one keep or over list */
#define SAT_CHANGE_SET_MAX_CONTEXTS 65536
#define SAT_CHANGE_SET_MAX_GRAFT_OPS 16384 /* values of one grafted record */
#define SAT_CHANGE_SET_MAX_FILES 131072    /* more than 8 MiB of values can say */
#define SAT_CHANGE_SET_MAX_NUMBER G_GUINT64_CONSTANT (1000000000000)
#define SAT_NAME_MAX 63 /* object, field, book keys */
#define SAT_ELEMENT_MAX 200

typedef struct
{
  SatId device;
  guint64 number;
} SatSaw;

/* How far a book had come where a record that was grafted out of it was written: a vector of BOOK.
 */
typedef struct
{
  const char *book;
  const SatSaw *seen; /* by device id, each once, never 0 */
  guint n_seen;
} SatContext;

/* A dot on the wire. BOOK NULL: the change-set's own book. */
typedef struct
{
  const char *book;
  SatId device;
  guint64 number;
} SatWireDot;

typedef enum
{
  SAT_OP_SET,
  SAT_OP_DROP
} SatOpKind;

typedef struct
{
  const char *key;
  const char *element; /* of a union field; NULL for a plain register */
  const char *value;   /* SET of a plain register: canonical text, NULL for cleared; else NULL */
  SatHlc hlc;          /* SET only; 0 for DROP */
  SatOpKind kind;
  gboolean automatic; /* SET only */
  union
  {
    const SatWireDot *keep; /* native dots covered by saw that the person had not seen */
    const SatWireDot *dot;  /* in a graft: where the value was written; its book is never NULL */
  };
  guint n_keep;           /* in a graft 0 */
  const SatWireDot *over; /* dots of other books that are replaced */
  guint n_over;
} SatOp;

typedef enum
{
  SAT_LIFE_QUIET,
  SAT_LIFE_LIVE,
  SAT_LIFE_DEAD
} SatLife; /* QUIET: life is not written */

typedef struct
{
  const char *object;
  SatId id;
  SatLife life;
  SatHlc life_hlc; /* 0 when QUIET */
  gboolean life_automatic;
  const SatWireDot *over; /* dots of other books that the write of life replaces */
  guint n_over;
  const SatContext *const *contexts; /* a graft: of different books; NULL: none */
  guint n_contexts;                  /* not 0: a graft */
  const SatOp *ops; /* ordered by (key, element), each register once; a graft's by dot first */
  guint n_ops;
} SatOpGroup;

/* A graft brings all registers of a record over from another book, as they stood there: its
 * operations are the siblings, each SET with the dot that it has, `life` (SAT_KEY_LIFE) among them.
 * Its group is QUIET. */
#define SAT_KEY_LIFE ":life"

typedef struct _SatChangeSet
    SatChangeSet; /* immutable once decoded; owns everything it points to */

const char *sat_change_set_book (const SatChangeSet *set);
const SatId *sat_change_set_device (const SatChangeSet *set);
guint64 sat_change_set_number (const SatChangeSet *set);
/* TRUE: `saw` is the whole vector; FALSE: what changed since the device's previous change-set.
 * Entries are by device id, never the own device (its entry is number - 1), never 0. */
gboolean sat_change_set_saw_is_full (const SatChangeSet *set);
const SatSaw *sat_change_set_saw (const SatChangeSet *set, guint *n);
const SatSaw *sat_change_set_cuts (const SatChangeSet *set,
                                   guint *n); /* revoked device and its last number */
/* Who is let into the workspace (docs/enrolment.md); NULL: it does not say. */
const SatEnrolment *sat_change_set_enrolment (const SatChangeSet *set);
/* The files that come with it, by hash; each is said by a value in it. NULL: none. */
const SatFile *sat_change_set_files (const SatChangeSet *set, guint *n);
/* Those that the grafts name, by book, then by what they hold. */
const SatContext *sat_change_set_contexts (const SatChangeSet *set, guint *n);
const SatOpGroup *sat_change_set_groups (const SatChangeSet *set,
                                         guint *n);     /* ordered by (object, id) */
guint64 sat_change_set_n_ops (const SatChangeSet *set); /* life writes not counted */
void sat_change_set_free (SatChangeSet *set);

/* Decodes TEXT. SAT_ERROR_MALFORMED: with line and what was expected; SAT_ERROR_NEWER: of a newer
 * version or needing a feature word that is not known. Never reads past the end, never recurses,
 * memory at most a few times the size of TEXT. Non-canonical spelling (order, doubled registers,
 * needless `at` lines) is malformed: one content, one text. */
SatChangeSet *sat_change_set_decode (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The header alone (book, device, number, saw): fast, for deciding whether its turn has come. */
SatChangeSet *sat_change_set_decode_header (GBytes *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Writing, group by group in order. */
typedef struct _SatChangeSetWriter SatChangeSetWriter;
SatChangeSetWriter *sat_change_set_writer_new (const char *book,
                                               const SatId *device,
                                               guint64 number,
                                               gboolean saw_is_full,
                                               const SatSaw *saw,
                                               guint n_saw,
                                               const SatSaw *cuts,
                                               guint n_cuts) G_GNUC_WARN_UNUSED_RESULT;
/* Before contexts and groups, in book `enrolment`: ENROLMENT in its order and within its limits. */
void sat_change_set_writer_set_enrolment (SatChangeSetWriter *writer,
                                          const SatEnrolment *enrolment);
/* Before the first group: the contexts that the grafts to come name, each at least once, by
 * sat_context_compare. The groups name them by these very pointers. */
void sat_change_set_writer_set_contexts (SatChangeSetWriter *writer,
                                         const SatContext *contexts,
                                         guint n);
/* Before the first group: of the files that values say, those are to come with it that HAS is true
 * for. */
typedef gboolean (*SatFileHasFunc) (const SatFile *file, gpointer data);
void
sat_change_set_writer_set_files (SatChangeSetWriter *writer, SatFileHasFunc has, gpointer data);
/* GROUP must come after the previous one in (object, id) order, its ops in (key, element) order:
 * programming errors otherwise. Escapes and chooses the short forms. */
void sat_change_set_writer_add (SatChangeSetWriter *writer, const SatOpGroup *group);
gsize sat_change_set_writer_size (const SatChangeSetWriter *writer); /* bytes so far */
/* Ends the text and frees WRITER. The result decodes to what was added. */
GBytes *sat_change_set_writer_finish (SatChangeSetWriter *writer) G_GNUC_WARN_UNUSED_RESULT;

/* The orders of the format: of contexts; of the operations of a graft (dot, key, element). */
int sat_context_compare (const SatContext *a, const SatContext *b);
int sat_graft_op_compare (const SatOp *a, const SatOp *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatChangeSet, sat_change_set_free)

G_END_DECLS
