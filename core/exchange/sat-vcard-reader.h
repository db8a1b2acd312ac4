/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file of vCards (2.1, 3.0, 4.0, mixed) card by card, in one pass and bounded memory: lines
 * are joined again as the card's version folds them. Pictures that are larger than a field takes
 * are measured and dropped, and so are sounds and keys.
 *
 * What is wrong with a card comes with it, the lines of the card it could not take left out;
 * reading goes on with the next card. Only text outside of cards ends the reading. */
#pragma once

#include <gio/gio.h>

#include "core/exchange/sat-vcard-line.h"

G_BEGIN_DECLS

#define SAT_VCARD_MAX_LINE (16 * 1024 * 1024) /* bytes of one line; a photo may stand in one */
#define SAT_VCARD_MAX_VALUE (4 * 1024 * 1024) /* bytes of a property that is no photo */
#define SAT_VCARD_MAX_DATA (100 * 1024)       /* bytes of the text of a picture, white space too */
#define SAT_VCARD_MAX_CARD (16 * 1024 * 1024) /* bytes of all of them */
#define SAT_VCARD_MAX_PROPERTIES 1000

typedef struct
{
  guint64 number; /* from 1 */
  guint64 line;   /* of its BEGIN */
  SatVcardVersion version;
  GPtrArray *properties; /* SatVcardProperty, without BEGIN, VERSION and END */
  GError *problem;       /* NULL: none */
} SatVcard;

/* FALSE (with ERROR set) ends the reading. CARD is borrowed. */
typedef gboolean (*SatVcardFunc) (const SatVcard *card, gpointer data, GError **error);

/* Hands every card of STREAM to FUNC. INVALID: text outside of cards; TOO_LONG, CANCELLED, FAILED
 * (reading), and whatever FUNC says. */
gboolean sat_vcard_read (GInputStream *stream,
                         const SatVcardText *text,
                         SatVcardFunc func,
                         gpointer data,
                         GCancellable *cancellable,
                         GError **error);

/* ---- what is in a card ---- */

const SatVcardProperty *sat_vcard_at (const SatVcard *card, guint i);
/* The first property of that name; NULL: none. */
const SatVcardProperty *sat_vcard_find (const SatVcard *card, const char *name);
/* The tidied text of a property. Newly allocated. */
char *sat_vcard_text (const SatVcard *card, const SatVcardProperty *property);
/* Its parts between semicolons, tidied; N of them at least, "" where there are fewer, or where
 * PROPERTY is NULL. */
char **sat_vcard_parts (const SatVcard *card, const SatVcardProperty *property, guint n);
/* Those of PARTS from FIRST on that have something in them. */
char *sat_vcard_joined (char **parts, guint first, const char *separator);
gboolean sat_vcard_is_blank (const SatVcardProperty *property);

G_END_DECLS
