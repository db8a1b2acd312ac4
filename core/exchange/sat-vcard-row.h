/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A card as a row of values for the fields of an object.
 *
 * | of the card                    | field                                                        |
 * |--------------------------------|--------------------------------------------------------------|
 * | FN, else N, else NICKNAME, ORG, EMAIL, TEL | the title                                        |
 * | ORG                            | customer, department                                         |
 * | KIND, X-ABShowAs, only an ORG  | kind (company, person)                                       |
 * | TEL                            | mobile (cell), phone (else; of several cells the second)     |
 * | EMAIL, URL, ADR, TITLE         | email, website, address and its parts, title                 |
 * | BDAY, CATEGORIES, NOTE         | birthday, tags, notes (all notes of the card)                |
 * | X-WECHAT, IMPP                 | wechat                                                       |
 * | PHOTO; of a customer LOGO, else PHOTO | photo, logo                                           |
 * | X-SATCHEL-FIELD                | that field                                                   |
 * | UID, if Satchel wrote the card | id                                                           |
 *
 * Of several values the preferred one is taken (PREF), then one of work, then the first. All that
 * has no field is a spare value (which becomes a line of the notes: sat-import-keep.h) under its
 * own name, such as “TEL fax home” or “BDAY” (a birthday without year); of a picture that cannot be
 * kept its size. Left out are only what describes the card and no person (VERSION, PRODID, REV), a
 * name in parts whose words all stand in the full one, and labels. */
#pragma once

#include "core/exchange/sat-import-named.h"
#include "core/exchange/sat-vcard-fields.h"
#include "core/exchange/sat-vcard-reader.h"

G_BEGIN_DECLS

/* Sets the number, the values and the problem of ROW, which has none yet. */
void sat_vcard_row_fill (const SatVcardFields *fields, const SatVcard *card, SatNamedRow *row);

G_END_DECLS
