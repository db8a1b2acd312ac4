/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values on their way out: as JSON (DESIGN's shapes: integers are numbers, yes/no a bool, tags a
 * sorted array, empty null, everything else its canonical text), and as people read them (labels of
 * choices, titles of references, local time, money with thousands). */
#pragma once

#include "cli/sat-cli.h"

G_BEGIN_DECLS

/* Adds the canonical VALUE of FIELD (NULL: a field not known here) to BUILDER. */
void sat_value_add_json (JsonBuilder *builder, const SatField *field, const char *value);
/* Adds the member NAME with a text, null for NULL. */
void sat_json_text (JsonBuilder *builder, const char *name, const char *text);
void sat_json_int (JsonBuilder *builder, const char *name, gint64 number);
void sat_json_bool (JsonBuilder *builder, const char *name, gboolean value);
void sat_json_id (JsonBuilder *builder, const char *name, const SatId *id);
/* A time in milliseconds, RFC 3339 in UTC; null for 0. */
void sat_json_time (JsonBuilder *builder, const char *name, gint64 ms);
/* "vector": {DEVICE: N}, from SatVectorEntry. */
void sat_json_vector (JsonBuilder *builder, const GArray *vector);
/* Members NAME: VALUE of FIELDS (N of them) of RECORD, into an object that is open. */
void sat_json_fields (JsonBuilder *builder,
                      const SatRecord *record,
                      const SatField *const *fields,
                      guint n);

/* For people; "" for empty. Newly allocated. */
char *sat_value_text (SatCli *cli, const SatField *field, const char *value);
/* What RECORD shows of FIELD, also where this user may not see all of it. Newly allocated. */
char *sat_field_text (SatCli *cli, const SatRecord *record, const SatField *field);
/* A time in milliseconds in the local zone, to the minute; a word for 0. Newly allocated. */
char *sat_time_text (gint64 ms);
const char *sat_field_label (const SatCli *cli, const SatField *field);
const char *sat_object_label (const SatCli *cli, const SatObject *object);

G_END_DECLS
