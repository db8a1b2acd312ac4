/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What every command of `satchel` shares: the global options, the replica, output and wording. A
 * command prints its result on standard output, as text or as exactly one JSON document; the
 * program prints the error it returns on standard error. Text is UTF-8 whatever the locale. */
#pragma once

#include <json-glib/json-glib.h>

#include "cli/sat-args.h"
#include "cli/sat-i18n.h"
#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_EXIT_DONE = 0,
  SAT_EXIT_FAILED = 1,  /* with an error */
  SAT_EXIT_USAGE = 2,   /* with an error of G_OPTION_ERROR */
  SAT_EXIT_WAITING = 3, /* done, but something waits for a person */
} SatExit;

typedef struct
{
  char *home; /* --home, or the default */
  gboolean home_given;
  gboolean json;
  gboolean quiet;
  char *language;          /* for labels of the catalogue */
  SatWorkspace *workspace; /* see sat_cli_open */
  GHashTable *titles;      /* what sat_cli_title found: id text -> title */
} SatCli;

void sat_cli_clear (SatCli *cli);

/* ---- the replica ---- */

/* The replica of --home, opened at the first call; owned by CLI. NULL: ERROR says why. */
SatWorkspace *sat_cli_open (SatCli *cli, GError **error);
/* Opens the replica and finds the object that word AT names. */
const SatObject *sat_cli_object (SatCli *cli, const SatArgs *args, guint at, GError **error);
/* The same, and the record that word AT + 1 names: an id, a unique part of one, or OBJECT/title. */
const SatObject *
sat_cli_find (SatCli *cli, const SatArgs *args, guint at, SatId *id, GError **error);
/* The title of a record, or the end of its id; borrowed. */
const char *sat_cli_title (SatCli *cli, const SatObject *object, const SatId *id);

/* ---- output ---- */

/* One line on standard output. */
void sat_cli_line (const char *line);
/* A worded line on standard output, unless --quiet or --json. */
void sat_cli_say (const SatCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The document of --json, followed by a newline. */
void sat_cli_emit (JsonBuilder *builder);
/* {"id": ID} */
void sat_cli_emit_id (const SatId *id);
/* For a table on standard output: cells of a line of the terminal, 0 (no limit) if it is none. */
guint sat_cli_width (void);
/* For sat_grid_new. */
void sat_cli_table_line (const char *line, gpointer data);

/* ---- words ---- */

/* MSGID of core, sync or cli in the person's language, with its arguments. Newly allocated. */
char *sat_cli_word (const char *msgid, const char *const *args);
char *sat_cli_word_error (const GError *error);
/* The last 8 characters of ID, for people. Returns TEXT. */
char *sat_cli_short_id (const SatId *id, char text[9]);
/* "satchel", with --home if it was given: the beginning of a line to type. Newly allocated. */
char *sat_cli_program (const SatCli *cli);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatCli, sat_cli_clear)

G_END_DECLS
