/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads records of one object from a file (sat-import-file.h). Two steps: a plan says which column
 * goes to which field and how its values are written; the run turns each row into a draft, checks
 * it and hands it to the target.
 *
 * Any error imports nothing, unless bad rows are to be skipped: the run fails, and whoever began
 * the transaction rolls it back. Rows after an error are still handed over, so that a person gets
 * all errors at once and only the true ones. Rows with no value at all are passed over and not
 * counted.
 *
 * An empty cell sets nothing: a new record gets the field's default, an existing one keeps what it
 * has. */
#pragma once

#include "core/base/sat-id.h"
#include "core/exchange/sat-import-file.h"
#include "core/exchange/sat-import-format.h"
#include "core/record/sat-draft.h"

G_BEGIN_DECLS

/* Where records go: the replica (core/workspace/sat-workspace-import.h), or a test. */
typedef struct
{
  /* The record of OBJECT (NULL: any) that a person means by TEXT: an id, a title or a code.
   * NOT_FOUND or AMBIGUOUS otherwise. Sees the records saved earlier in the run. */
  gboolean (*find) (
      const SatObject *object, const char *text, SatId *out, gpointer data, GError **error);
  /* The record that ROW is to change: the one with ID, or (ID NULL) the one that has what ROW has
   * in each of the N FIELDS. *OUT NULL: there is none. AMBIGUOUS: there are several. NOT_FOUND:
   * none has ID. Sees the records saved earlier in the run. */
  gboolean (*match) (const SatDraft *row,
                     const char *id,
                     const SatField *const *fields,
                     guint n,
                     SatRecord **out,
                     gpointer data,
                     GError **error);
  /* Takes a draft that passed sat_draft_check. INVALID, TOO_LONG, NOT_FOUND, AMBIGUOUS and GATE
   * are errors of the row; any other ends the run. */
  gboolean (*save) (SatDraft *draft, gpointer data, GError **error);
  gpointer data;
} SatImportTarget;

/* FIELD NULL: the column is left out. FORMAT (sat-import-format.h) may be NULL. */
typedef struct
{
  const char *column;
  const char *field;
  const char *format;
} SatImportMap;

/* Where FIELD reads OLD (tidied), NEW is meant. */
typedef struct
{
  const char *field;
  const char *old;
  const char *replacement;
} SatImportFix;

typedef enum
{
  SAT_IMPORT_CREATE,
  SAT_IMPORT_UPDATE,
  SAT_IMPORT_UNCHANGED, /* the record has all of it already */
  SAT_IMPORT_ERROR,     /* its problems are in the result by now */
} SatImportVerdict;

typedef void (*SatImportProgress) (guint64 rows, guint64 bytes, gpointer data);
/* What becomes of ROW; TITLE: of its record, "" if it has none. */
typedef void (*SatImportVerdictFunc) (guint64 row,
                                      SatImportVerdict verdict,
                                      const char *title,
                                      gpointer data);

#define SAT_IMPORT_MAX_ERRORS 1000

/* A column of this name holds ids; it is matched (SAT_IMPORT_ID in match) or left out. */
#define SAT_IMPORT_ID "id"

typedef struct
{
  const SatObject *object;
  const SatImportMap *map; /* columns not in it are matched by themselves */
  guint n_map;
  const SatImportFix *fixes;
  guint n_fixes;
  const char *const *match;     /* fields that say which record a row changes, NULL-terminated, or
                                   SAT_IMPORT_ID alone; NULL: every row is a new record */
  gboolean skip_bad;            /* rows with errors are left out, the others are imported */
  gboolean create_missing;      /* a record that is not there and a reference names is made */
  const char *book;             /* for sat_draft_set_book; NULL: the object's rule */
  const char *force;            /* for sat_draft_set_force; NULL: nothing is forced */
  SatImportVerdictFunc verdict; /* for every row, in order; may be NULL */
  gpointer verdict_data;
  SatImportProgress progress; /* about every 1000 rows; may be NULL */
  gpointer progress_data;
  GCancellable *cancellable; /* may be NULL */
} SatImportOptions;

/* ---- the plan ---- */

typedef struct _SatImportPlan SatImportPlan;

/* Matches the N names of HEADER with fields: by OPTIONS->map, else by the field's name or any of
 * its labels in any language, not minding case, width and underscores. Hidden fields are not
 * matched. INVALID: nameless or doubled column, two columns for one field, an unknown column, field
 * or format in the map (of cards a field may be left out that none of them has), a field to match
 * by that no column goes to, an object that is not imported. Columns without a field are no error
 * yet. Spare columns go to a field only by the map, those of cards else to the notes as lines. */
SatImportPlan *sat_import_plan_new (const SatImportOptions *options,
                                    const char *const *header,
                                    guint n,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same for the columns of FILE. Columns of dates are read through to find the order of day and
 * month; where the values do not decide, sat_import_plan_undecided names them (no error yet). */
SatImportPlan *sat_import_plan_file (const SatImportOptions *options,
                                     SatImportFile *file,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_import_plan_free (SatImportPlan *plan);
guint sat_import_plan_n_columns (const SatImportPlan *plan);
const char *sat_import_plan_column (const SatImportPlan *plan, guint column);
const SatField *sat_import_plan_field (const SatImportPlan *plan, guint column); /* NULL: none */
const SatImportFormat *sat_import_plan_format (const SatImportPlan *plan, guint column);
/* COLUMN is spare (sat_import_file_is_spare) and goes nowhere. */
gboolean sat_import_plan_is_lost (const SatImportPlan *plan, guint column);
/* The field whose text takes, as lines, what no field is meant for (sat-import-keep.h): the notes
 * of cards. NULL: there is none. */
const SatField *sat_import_plan_keeper (const SatImportPlan *plan);
/* VALUE of COLUMN goes there, as nobody has said otherwise. */
gboolean sat_import_plan_is_kept (const SatImportPlan *plan, guint column, const char *value);
/* The column that holds ids to match by; n_columns: none. */
guint sat_import_plan_id_column (const SatImportPlan *plan);
/* The fields to match by; N of them, 0 when every row is a new record or is matched by id. */
const SatField *const *sat_import_plan_match (const SatImportPlan *plan, guint *n);
/* The columns that have no field and were not left out, NULL-terminated. */
char **sat_import_plan_unmatched (const SatImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
/* The columns of dates that need a format, NULL-terminated. */
char **sat_import_plan_undecided (const SatImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
/* A value of COLUMN that can be read both ways; NULL: none. */
const char *sat_import_plan_example (const SatImportPlan *plan, guint column);
/* FALSE, with the error that says what is still to be said about the columns. */
gboolean sat_import_plan_check (const SatImportPlan *plan, GError **error);

/* ---- the run ---- */

typedef struct
{
  guint64 row;  /* as a spreadsheet numbers it; 0: the file as a whole */
  char *column; /* the column's name, or the field's where no column stands for it; NULL: the row */
  char *value;  /* what stood there, shortened to 200 characters; NULL: nothing */
  GError *error; /* what is wrong with it */
} SatImportProblem;

/* Values of a spare column that stand in rows which were taken. */
typedef struct
{
  char *column;
  guint64 values;
} SatImportLost;

/* A new record that somebody has already, in a book that is not held here. */
typedef struct
{
  char *title;
  char *book;  /* its name */
  char *users; /* who holds it; NULL: it is not known */
  gboolean by_phone;
} SatImportTaken;
#define SAT_IMPORT_MAX_TAKEN 1000

typedef struct
{
  guint64 rows;        /* rows with something in them, the header not counted */
  guint64 created;     /* handed to the target as new; 0 when the run failed */
  guint64 updated;     /* handed over as changes of a record; 0 when the run failed */
  guint64 made;        /* records that references named (create_missing); 0 when the run failed */
  guint64 unchanged;   /* rows whose record has all of it already */
  guint64 skipped;     /* rows with errors that were left out (skip_bad) */
  GPtrArray *problems; /* SatImportProblem, in the order of the file */
  GPtrArray *lost;     /* SatImportLost: what no field was there for; empty when the run failed */
  GPtrArray *kept;     /* SatImportLost: what went to the notes; the same */
  GPtrArray *taken;    /* SatImportTaken, the first ones, of the target; NULL: none */
  guint64 n_taken;
  gboolean incomplete; /* there are more than SAT_IMPORT_MAX_ERRORS: the first ones are there;
                          without skip_bad reading stopped there */
} SatImportResult;

void sat_import_result_clear (SatImportResult *result);

/* Reads FILE to its end by PLAN, which was made with the same OPTIONS. FALSE: nothing may be kept.
 * RESULT must be zeroed; clear it in any case. */
gboolean sat_import_run (SatImportFile *file,
                         const SatImportPlan *plan,
                         const SatImportOptions *options,
                         const SatImportTarget *target,
                         SatImportResult *result,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportPlan, sat_import_plan_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatImportResult, sat_import_result_clear)

G_END_DECLS
