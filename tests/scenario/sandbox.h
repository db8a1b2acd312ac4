/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of its own in which programs run, with nothing of the person's settings. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program left behind. */
typedef struct
{
  int status; /* exit status; 128 + the signal that killed it */
  char *out;
  char *err;
} Outcome;

void outcome_clear (Outcome *outcome);

typedef struct _Sandbox Sandbox;

Sandbox *sandbox_new (void);
/* Removes the folder, unless KEEP: then it says where it is. */
void sandbox_free (Sandbox *box, gboolean keep);
const char *sandbox_dir (const Sandbox *box);

/* LAPTOP NULL: no --home. */
void sandbox_satchel (
    Sandbox *box, const char *laptop, gboolean json, const char *const *words, Outcome *outcome);
void sandbox_git (Sandbox *box, const char *const *words, Outcome *outcome);
void sandbox_shell (Sandbox *box, const char *line, Outcome *outcome);
void sandbox_file (Sandbox *box, const char *name, const char *content, Outcome *outcome);
void sandbox_fill (Sandbox *box, const char *name, const char *size, Outcome *outcome);
void sandbox_same (Sandbox *box, const char *const *laptops, Outcome *outcome);
/* HUB LAPTOP BOOK FILE: commits FILE as the change-set that its "number" line says, on the branch
 * of LAPTOP, signed with its key. */
void sandbox_forge (Sandbox *box, const char *const *words, Outcome *outcome);
void sandbox_verify (Sandbox *box, const char *const *words, Outcome *outcome);

G_END_DECLS
