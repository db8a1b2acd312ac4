/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A record as a vCard that other programs read, and from which sat-vcard-row.h makes equal values
 * again: fields that a card has a property for are written as that, all others as
 * X-SATCHEL-FIELD; the id is its UID. Lines end with CRLF and are folded after 75 bytes at most,
 * never inside a character. */
#pragma once

#include "core/exchange/sat-vcard-fields.h"
#include "core/exchange/sat-vcard-line.h"

G_BEGIN_DECLS

/* Appends one card to OUT. VERSION: 3.0 or 4.0. TEXTS: what is written of each field, by its index
 * in the object; NULL: nothing. NAME is the record's title, "" if it has none. */
void sat_vcard_write (GString *out,
                      SatVcardVersion version,
                      const SatVcardFields *fields,
                      const char *id,
                      const char *name,
                      const char *const *texts);

G_END_DECLS
