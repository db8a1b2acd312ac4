/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads records of one object from a CSV file with a header row. Two steps: a plan says which
 * column goes to which field; the run turns each row into a draft, checks it and hands it to the
 * target.
 *
 * Any error imports nothing: after the first one rows are only checked (so that a person gets all
 * errors at once), the run fails, and whoever began the transaction rolls it back. Rows with no
 * value at all are passed over and not counted. */
#pragma once

#include <gio/gio.h>

#include "core/base/sat-id.h"
#include "core/record/sat-draft.h"

G_BEGIN_DECLS

/* Where records go: the replica (core/workspace/sat-workspace-import.h), or a test. */
typedef struct
{
  /* The record of OBJECT (NULL: any) that a person means by TEXT: an id or a title. NOT_FOUND or
   * AMBIGUOUS otherwise. Sees the records saved earlier in the run. */
  gboolean (*find) (
      const SatObject *object, const char *text, SatId *out, gpointer data, GError **error);
  /* Takes a draft that passed sat_draft_check. INVALID, TOO_LONG, NOT_FOUND and AMBIGUOUS are
   * errors of the row; any other ends the run. */
  gboolean (*save) (SatDraft *draft, gpointer data, GError **error);
  gpointer data;
} SatImportTarget;

/* FIELD NULL: the column is left out. */
typedef struct
{
  const char *column;
  const char *field;
} SatImportMap;

typedef void (*SatImportProgress) (guint64 rows, guint64 bytes, gpointer data);

#define SAT_IMPORT_MAX_ERRORS 1000

typedef struct
{
  const SatObject *object;
  const SatImportMap *map; /* columns not in it are matched by themselves */
  guint n_map;
  const char *book;           /* for sat_draft_set_book; NULL: the object's rule */
  SatImportProgress progress; /* about every 1000 rows; may be NULL */
  gpointer progress_data;
  GCancellable *cancellable; /* may be NULL */
} SatImportOptions;

/* ---- the plan ---- */

typedef struct _SatImportPlan SatImportPlan;

/* Matches the N names of HEADER with fields: by OPTIONS->map, else by the field's name or any of
 * its labels in any language, not minding case, width and underscores. Hidden fields are not
 * matched. INVALID: nameless or doubled column, two columns for one field, an unknown column or
 * field in the map, an object that is not imported. Columns without a field are no error yet. */
SatImportPlan *sat_import_plan_new (const SatImportOptions *options,
                                    const char *const *header,
                                    guint n,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
void sat_import_plan_free (SatImportPlan *plan);
guint sat_import_plan_n_columns (const SatImportPlan *plan);
const char *sat_import_plan_column (const SatImportPlan *plan, guint column);
const SatField *sat_import_plan_field (const SatImportPlan *plan, guint column); /* NULL: none */
/* The columns that have no field and were not left out, NULL-terminated. */
char **sat_import_plan_unmatched (const SatImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;

/* ---- the run ---- */

typedef struct
{
  guint64 row;  /* as a spreadsheet numbers it; 0: the file as a whole */
  char *column; /* the column's name, or the field's where no column stands for it; NULL: the row */
  char *value;  /* what stood there, shortened to 200 characters; NULL: nothing */
  GError *error; /* what is wrong with it */
} SatImportProblem;

typedef struct
{
  guint64 rows;        /* rows with something in them, the header not counted */
  guint64 created;     /* handed to the target; 0 when the run failed */
  guint64 updated;     /* always 0: every row is a new record */
  guint64 skipped;     /* always 0: any error imports nothing */
  GPtrArray *problems; /* SatImportProblem, in the order of the file */
  gboolean incomplete; /* there were more than SAT_IMPORT_MAX_ERRORS; reading stopped there */
  char **unmatched;    /* set when the run failed because of them */
} SatImportResult;

void sat_import_result_clear (SatImportResult *result);

/* Reads STREAM to its end. FALSE: nothing may be kept. RESULT must be zeroed; clear it in any case.
 */
gboolean sat_import_run (GInputStream *stream,
                         const SatImportOptions *options,
                         const SatImportTarget *target,
                         SatImportResult *result,
                         GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportPlan, sat_import_plan_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatImportResult, sat_import_result_clear)

G_END_DECLS
