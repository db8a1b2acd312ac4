/* SPDX-License-Identifier: GPL-3.0-or-later */
/* FIELD=VALUE as `new` and `set` take it. */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

/* Do the words of ARGS from number FIRST have the shape of assignments, and is no field given two
 * values, of which one would be lost? If not, ERROR is wrong usage. */
gboolean sat_assign_check (const SatArgs *args, guint first, GError **error);

/* Applies one of
 *   FIELD=VALUE  as a person writes values; a reference by id, part of an id, or title
 *   FIELD=       clears
 *   TAGS+=VALUE  TAGS-=VALUE   adds to, takes from what is there
 *   FIELD=@FILE  the text of FILE; FIELD=@@TEXT is a text that begins with @
 * to DRAFT. */
gboolean
sat_assign_apply (SatWorkspace *workspace, SatDraft *draft, const char *word, GError **error);

/* What stands in the way of saving DRAFT, naming the field. */
gboolean sat_assign_check_draft (const SatDraft *draft, GError **error);

/* VALUE of FIELD as a person writes it, to canonical text (NULL: empty). */
gboolean sat_assign_value (
    SatWorkspace *workspace, const SatField *field, const char *input, char **out, GError **error);

G_END_DECLS
