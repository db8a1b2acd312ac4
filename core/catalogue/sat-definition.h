/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a company says of its own objects, fields and choices: one record of an object
 * `object_definition`, `field_definition` or `choice_definition` in book `company`, as plain texts
 * (docs/catalogue.md). Not thread-safe. */
#pragma once

#include <glib.h>

#include "core/base/sat-id.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_DEFINES_OBJECT,
  SAT_DEFINES_FIELD,
  SAT_DEFINES_CHOICE,
  SAT_N_DEFINES
} SatDefines;

typedef struct
{
  SatDefines defines;
  SatId id;
  gboolean deleted;
  GHashTable *values; /* field of the record -> canonical text */
} SatDefinition;

/* The name of the object whose records define that. */
const char *sat_defines_object (SatDefines defines);
/* FALSE: records of OBJECT (a name) define nothing. */
gboolean sat_defines (const char *object, SatDefines *out);

SatDefinition *sat_definition_new (SatDefines defines, const SatId *id) G_GNUC_WARN_UNUSED_RESULT;
void sat_definition_free (SatDefinition *definition);
/* VALUE NULL or "": nothing is said. Copied. */
void sat_definition_set (SatDefinition *definition, const char *field, const char *value);
const char *sat_definition_get (const SatDefinition *definition, const char *field); /* or NULL */
gboolean sat_definition_says (const SatDefinition *definition, const char *field);   /* "yes"? */
/* A whole number in MIN .. MAX (nearer bound if outside); MISSING if there is none. */
int sat_definition_number (
    const SatDefinition *definition, const char *field, int min, int max, int missing);
gboolean sat_definition_retired (const SatDefinition *definition); /* deleted ones are */

/* GCompareFunc of a GPtrArray of definitions: objects, fields, choices; each by id. */
int sat_definition_compare (gconstpointer a, gconstpointer b);

/* "x_" and the last 12 digits of the record's id: the name on the wire. */
#define SAT_CUSTOM_NAME_SIZE 15
const char *sat_custom_name (const SatId *id, char out[SAT_CUSTOM_NAME_SIZE]);
gboolean sat_is_custom_name (const char *name); /* x_... */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatDefinition, sat_definition_free)

G_END_DECLS
