/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the import page lets the service's threads do: look into a file, try the import, import.
 *
 * A SatImportSource is the file; it is opened by the first job and stays open for the others, and
 * belongs to the thread of the job under way: start the next one when the last one has answered. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-import.h"

G_BEGIN_DECLS

typedef struct _SatImportSource SatImportSource;

/* SHEET: its number from 1 as a text; NULL: the first. OBJECT is the catalogue's. */
SatImportSource *
sat_import_source_new (GFile *file, const SatObject *object, const char *sheet, gboolean no_header);
SatImportSource *sat_import_source_ref (SatImportSource *source);
void sat_import_source_unref (SatImportSource *source);
/* How much of the file the job under way has read, 0 to 1. Any thread. */
double sat_import_source_done (SatImportSource *source);

/* What a person said about a column: FIELD NULL leaves it out; FORMAT may be NULL. */
typedef struct
{
  char *column;
  const SatField *field;
  char *format;
} SatImportChoice;

SatImportChoice *
sat_import_choice_new (const char *column, const SatField *field, const char *format);
void sat_import_choice_free (gpointer choice);

/* ---- looking ---- */

typedef struct
{
  char *name;
  char *samples;         /* a few values on one line */
  const SatField *field; /* what it goes to; NULL: nothing yet */
  gboolean kept;         /* with no field it is a line of the notes, not left out */
  gboolean undecided;    /* dates: somebody has to say which is the day */
  char *example;         /* undecided: a value that can be read both ways */
} SatImportColumn;

typedef struct
{
  char *kind;     /* "csv" ... */
  char *encoding; /* NULL: not a text */
  char delimiter; /* 0: there is none */
  char **sheets;  /* NULL-terminated; empty: it has none */
  guint sheet;    /* which of them is read */
  GPtrArray *columns;
  gboolean has_id; /* a column holds ids to match by */
} SatImportLook;

void sat_import_look_free (SatImportLook *look);

/* CHOICES (SatImportChoice; its reference is taken) may be NULL: every column is matched by its
 * name. The answer, by sat_service_finish, is a SatImportLook. */
void sat_import_work_look (SatService *service,
                           SatImportSource *source,
                           GPtrArray *choices,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);

/* ---- importing ---- */

typedef struct
{
  guint64 row; /* 0: the file as a whole */
  SatImportVerdict verdict;
  const char *title;   /* of the record, "" if it has none */
  guint first_problem; /* in problems */
  guint n_problems;    /* an error may have none: there are too many of them */
  guint taken;         /* a colleague has it already: its place among those, from 1; 0: no */
} SatImportLine;

/* Immutable, reference-counted. */
typedef struct
{
  SatImportResult result;
  GArray *lines; /* SatImportLine, in the order of the file */
  GStringChunk *titles;
  const SatObject *object; /* the catalogue's */
  gint64 step;   /* that the import was, to be taken back by (sat-workspace-undo.h); 0: a dry run */
  GError *error; /* the import cannot be made at all, or was given up; NULL: it can, it was */
} SatImportReport;

SatImportReport *sat_import_report_ref (SatImportReport *report);
void sat_import_report_unref (SatImportReport *report);

/* MATCH: the field (or SAT_IMPORT_ID) that says which record a row changes; NULL: all are new.
 * CREATE_MISSING makes the records that references name. A
 * DRY_RUN tells of every row, for good tells no lines; SKIP_BAD leaves rows with errors out. The
 * answer is a SatImportReport; none, with an error, where nothing can be said about rows. */
void sat_import_work_run (SatService *service,
                          SatImportSource *source,
                          GPtrArray *choices,
                          const char *match,
                          gboolean create_missing,
                          gboolean dry_run,
                          gboolean skip_bad,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportSource, sat_import_source_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportLook, sat_import_look_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatImportReport, sat_import_report_unref)

G_END_DECLS
