/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What no field wanted of a card, as values that bear the names of the card's properties, with
 * their kind where there are several of one (“TEL fax home”) or the label that a person gave. */
#pragma once

#include "core/exchange/sat-import-named.h"
#include "core/exchange/sat-vcard-fields.h"
#include "core/exchange/sat-vcard-reader.h"

G_BEGIN_DECLS

/* Adds to ROW, as spare, each property of CARD that is not in USED (SatVcardProperty), has
 * something in it, and says something of a person. The names are none of the fields'. */
void sat_vcard_keep_spare (const SatVcardFields *fields,
                           const SatVcard *card,
                           GHashTable *used,
                           SatNamedRow *row);

G_END_DECLS
