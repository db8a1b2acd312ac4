/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown of a register: pure functions of its siblings and the field's policy. */
#pragma once

#include "core/catalogue/sat-catalogue.h"
#include "core/record/sat-state.h"

G_BEGIN_DECLS

/* Orders two dots by device id, book key, number: the same on every replica. */
typedef int (*SatDotOrder) (const SatDot *a, const SatDot *b, gpointer data);

typedef struct
{
  SatDotOrder compare;
  gpointer data;
} SatOrder;

/* Newest stamp first: by HLC, then dot. */
int sat_sibling_compare (const SatSibling *a, const SatSibling *b, const SatOrder *order);

/* The shown sibling's index among N, or -1 when there is none. FIELD NULL: a system register or a
 * field the catalogue does not know (newest). Life has its own function.
 *
 * Siblings written by rules count only where no person's is there. newest, review, text: the newest
 * stamp. max, min: the extreme of those not cleared (the newest of equal ones); of values the type
 * cannot read, only if there is nothing else. */
int sat_resolve (const SatField *field, const SatSibling *siblings, guint n, const SatOrder *order);

/* Live when any counted sibling is live. -1 when there is none. */
int sat_resolve_life (const SatSibling *siblings, guint n, const SatOrder *order);

/* Does the policy ask a person: review or text, and the counted siblings' values differ? */
gboolean sat_is_conflict (const SatField *field, const SatSibling *siblings, guint n);

G_END_DECLS
