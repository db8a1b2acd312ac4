/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The help of the program and of each command, made from the tables, in the person's language. */
#pragma once

#include "cli/sat-commands.h"

G_BEGIN_DECLS

/* The paragraphs that the help and the manual share, in the person's language. */
const char *sat_help_about (void);
const char *sat_help_ids (void);
/* Lines to type for a beginning. */
const char *sat_help_first_steps (void);

void sat_help_program (void);
/* The commands that begin with WORD, such as those of “hub”. FALSE: there is none. */
gboolean sat_help_group (const char *word);
void sat_help_command (const SatCommand *command);

G_END_DECLS
