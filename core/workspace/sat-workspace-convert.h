/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A lead becomes a customer. Its values go to the fields of the same name: of a person at a company
 * the company becomes the customer and the person a contact there; of a private person, or a
 * company where nobody is known, it is the customer alone. A deal is made when it gets a name. What
 * is made goes to the book of the lead. The lead stays with all it has; it says what it became, and
 * cannot be converted again. All of it is one step for undo. */
#pragma once

#include "core/workspace/sat-workspace.h"

G_BEGIN_DECLS

/* The name of the object whose records can be converted. */
#define SAT_LEAD "lead"

typedef struct
{
  const SatId *customer;  /* one that is here already, and stays as it is; NULL: a new one */
  const char *deal;       /* what the deal is called; NULL: none is made */
  gboolean even_if_known; /* a new customer although one of that name is here */
} SatConvertOptions;

typedef struct
{
  SatId customer, contact, deal;
  gboolean has_contact, has_deal;
  gboolean is_new; /* the customer was made */
} SatConverted;

/* Converts the lead ID. SAT_ERROR_INVALID: it was converted before; SAT_ERROR_AMBIGUOUS: there is a
 * customer of that name already, and neither option says what is meant; nothing is written then. */
gboolean sat_workspace_convert (SatWorkspace *workspace,
                                const SatId *id,
                                const SatConvertOptions *options,
                                SatConverted *converted,
                                GError **error);

/* Was the lead converted already? */
gboolean sat_lead_is_converted (const SatRecord *lead);
/* What its customer will be called: its company, or the lead where it has none. Borrowed. */
const char *sat_lead_customer_name (const SatRecord *lead);

G_END_DECLS
