/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far long work is, on standard error: one line that is written over on a terminal, or JSON
 * lines
 * {"phase","done","total"} for a program that started this one. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean lines; /* JSON lines */
  gboolean shown; /* on a terminal */
  gboolean dirty; /* a line stands there now */
} SatProgress;

/* LINES: the person asked for JSON lines; else it is shown if standard error is a terminal and
 * there is no --quiet. */
void sat_progress_begin (SatProgress *progress, const SatCli *cli, gboolean lines);
/* WORD: the phase in JSON lines; TEXT: the same in the person's language. TOTAL 0: not known. */
void sat_progress_at (
    SatProgress *progress, const char *word, const char *text, guint64 done, guint64 total);
/* Something that stays: LINE among the JSON lines, or TEXT on the terminal. */
void sat_progress_note (SatProgress *progress, const char *line, const char *text);
/* Takes the line away. */
void sat_progress_end (SatProgress *progress);

G_END_DECLS
