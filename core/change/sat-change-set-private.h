/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Inside core/change: the change-set in memory, the shapes of names that writer and decoder share,
 * and the small steps of reading that header and body share. */
#pragma once

#include "core/change/sat-change-set.h"

G_BEGIN_DECLS

#define SAT_CHANGE_SET_MAGIC "satchel change-set "
#define SAT_KEY_HOME ":home"
#define SAT_KEY_INTO ":into"
#define SAT_KEY_ERASED ":erased"
#define SAT_ID_CHARS 36
#define SAT_FEATURE_ENROLMENT "enrolment"
#define SAT_FEATURE_FILES "files"
#define SAT_FEATURE_GRAFT "graft"

struct _SatChangeSet
{
  char *book;
  SatId device;
  guint64 number;
  gboolean saw_is_full;
  GArray *saw;  /* SatSaw */
  GArray *cuts; /* SatSaw */
  gboolean needs_enrolment;
  SatEnrolment enrolment; /* owning its arrays; their texts are in ENROLMENT_STRINGS */
  GStringChunk *enrolment_strings;
  gboolean needs_files;
  GArray *files; /* SatFile; NULL when none */
  gboolean needs_graft;
  GArray *contexts; /* SatContext, owning what they point to; NULL when none */
  char *
      body; /* the text after the header, unescaped in place: what the groups' strings point into */
  SatOpGroup *groups;
  guint n_groups;
  SatOp *ops; /* of all groups, one after another */
  guint64 n_ops;
  GPtrArray *dots; /* arrays of dots, and of contexts' pointers, that the few operations and groups
                      have that have some; NULL when none */
};

/* The character classes of names, as bits of sat_change_set_classes[byte]. */
enum
{
  SAT_CHAR_LOWER = 1, /* a-z */
  SAT_CHAR_DIGIT = 2, /* 0-9 */
  SAT_CHAR_LOW_LINE = 4,
  SAT_CHAR_HYPHEN = 8
};
extern const guint8 sat_change_set_classes[256];

/* Length of the object or field name [a-z][a-z0-9_]* at TEXT, of the book key [a-z0-9][a-z0-9-]*,
 * of the feature word [a-z][a-z0-9-]*; 0 if there is none or it is longer than SAT_NAME_MAX. Never
 * reads at or past END. */
gsize sat_change_set_name_length (const char *text, const char *end);
gsize sat_change_set_book_length (const char *text, const char *end);
gsize sat_change_set_word_length (const char *text, const char *end);

/* Words that begin other lines, so that no object can have them for a name. */
gboolean sat_change_set_is_reserved (const char *object);

/* Is OP what the mark `new` on GROUP stands for? */
gboolean sat_change_set_is_new (const SatOpGroup *group, const SatOp *op, const char *book);

/* Order of registers: by key, then the plain register, then elements, bytewise. */
int sat_change_set_compare_ops (const SatOp *a, const SatOp *b);
int sat_change_set_compare_groups (const SatOpGroup *a, const SatOpGroup *b);
/* Order of dots: own book first, then by book; device; number. */
int sat_change_set_compare_dots (const SatWireDot *a, const SatWireDot *b);

/* ---- reading ---- */

/* Sets SAT_ERROR_MALFORMED: MSGID with the line of AT (a place in TEXT) and DETAIL (may be NULL)
 * for its arguments. Returns FALSE. */
gboolean sat_change_set_fail_at (
    const char *text, const char *at, const char *msgid, const char *detail, GError **error);

/* Moves *AT past a lower-case UUID, past a canonical decimal of at most MAX, past WORD; else FALSE
 * with *AT where it was. Never read at or past END. */
gboolean sat_change_set_take_id (const char **at, const char *end, SatId *out);
gboolean sat_change_set_take_number (const char **at, const char *end, guint64 max, guint64 *out);
gboolean sat_change_set_take_word (const char **at, const char *end, const char *word);

/* The header of TEXT, SIZE bytes; *BODY is where it ends. */
SatChangeSet *sat_change_set_read_header (const char *text,
                                          gsize size,
                                          const char **body,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* The lines "context" from *AT in TEXT into set->contexts, which is made. */
gboolean sat_change_set_read_contexts (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error);

/* The lines "file" from *AT in TEXT into set->files, which is made. */
gboolean sat_change_set_read_files (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error);
/* Does a value say each of set->files? The records are read. */
gboolean sat_change_set_says_files (const SatChangeSet *set);

/* The lines "invite", "admit", "withdraw" and "claim" from *AT in TEXT into set->enrolment. */
gboolean sat_change_set_read_enrolment (
    const char *text, const char **at, const char *end, SatChangeSet *set, GError **error);
void sat_change_set_clear_enrolment (SatChangeSet *set);

/* What kind of records follow a header: those of a change-set, those of a checkpoint's state,
 * values that nobody had seen. */
typedef enum
{
  SAT_BODY_CHANGE_SET,
  SAT_BODY_STATE,
  SAT_BODY_UNSEEN
} SatBodyKind;

/* The records of TEXT, SIZE bytes, from BODY on into SET, whose header is read. */
gboolean sat_change_set_read_body (SatChangeSet *set,
                                   SatBodyKind kind,
                                   const char *text,
                                   gsize size,
                                   const char *body,
                                   GError **error);

/* ---- writing ---- */

void sat_change_set_put_id (GString *out, const SatId *id);
void sat_change_set_put_number (GString *out, guint64 number);
/* BEFORE, device, number, newline. */
void sat_change_set_put_saw (GString *out, const char *before, const SatSaw *entry);
void sat_change_set_put_context (GString *out, const SatContext *context);
void sat_change_set_put_enrolment (GString *out, const SatEnrolment *enrolment);
/* Puts FILES (SatFile; is sorted), each once, at LINES_AT, and what the text needs at NEEDS_AT. */
void sat_change_set_put_files (GString *out, gsize needs_at, gsize lines_at, GArray *files);
/* OPS of a record that is written by itself, by sat_graft_op_compare, with their dots and times. */
void sat_change_set_put_siblings (GString *out, const SatOp *ops, guint n);

G_END_DECLS
