/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a card says and no field is meant for, as lines of the notes: “TEL fax work: 010-1”. Notes
 * are only added to, and a line that is there already is not added again, so that the same card
 * imported once more changes nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Is VALUE of COLUMN (sat-vcard-spare.h) of use to a person who reads it? Pictures and what only
 * programs understand are not. */
gboolean sat_import_keeps (const char *column, const char *value);
/* TEXT (may be NULL) with a line for VALUE; NULL: it has that line. Newly allocated. */
char *sat_import_with_line (const char *text, const char *column, const char *value);

G_END_DECLS
