/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may follow on a command line, for the shells' completion. Everything comes from the table of
 * commands (their options and the words of their usage lines), the catalogue and, for titles and
 * books, the replica. Nothing is ever an error: what cannot be found out is not offered. */
#pragma once

#include "cli/sat-commands.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_COMPLETE_WORDS,   /* what was found, nothing else */
  SAT_COMPLETE_FILES,   /* the name of a file */
  SAT_COMPLETE_FOLDERS, /* the name of a folder */
} SatCompleteKind;

/* WORD: all of the word in place of the last one; it begins with what is there. HELP may be "". */
typedef void (*SatCompleteFunc) (const char *word, const char *help, gpointer data);

/* WORDS: the line without the program's name, NULL-terminated; the last word is the one being
 * written, "" where it has not begun. PREFIX gets the beginning of it that stays when it is a file
 * or a folder ("notes=@", "--home=", ""); newly allocated. A --home on the line is taken over into
 * CLI. */
SatCompleteKind sat_complete (
    SatCli *cli, const char *const *words, SatCompleteFunc found, gpointer data, char **prefix);

G_END_DECLS
