/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Record and device ids: 128-bit UUIDs (RFC 9562), kept as 16 bytes in network order, compared
 * bytewise, written as 36 lower-case characters. */
#pragma once

#include <glib.h>

#include "core/base/sat-platform.h"

G_BEGIN_DECLS

#define SAT_ID_SIZE 16
#define SAT_ID_TEXT_SIZE 37 /* 36 characters and the NUL */

typedef struct
{
  guint8 bytes[SAT_ID_SIZE];
} SatId;

/* A new UUIDv7: the platform's wall clock in the first 48 bits, then random bits. */
void sat_id_new (SatPlatform *platform, SatId *out);

/* UUIDv8 whose bits are the first 16 bytes of SHA-256 (NAMESPACE bytes, then NAME): equal inputs
 * give equal ids on every replica. NAMESPACE may be NULL (16 zero bytes). */
void sat_id_derive (const SatId *space, const char *name, gsize length, SatId *out);

/* Exactly the 36-character form; upper-case hex is accepted. FALSE leaves OUT untouched. */
gboolean sat_id_parse (const char *text, SatId *out);

/* Writes 36 characters and a NUL; returns TEXT. */
char *sat_id_format (const SatId *id, char text[SAT_ID_TEXT_SIZE]);
char *sat_id_dup_text (const SatId *id);

int sat_id_compare (const SatId *a, const SatId *b);
gboolean sat_id_equal (gconstpointer a, gconstpointer b); /* for GHashTable */
guint sat_id_hash (gconstpointer id);
gboolean sat_id_is_nil (const SatId *id);

G_END_DECLS
