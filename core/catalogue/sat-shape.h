/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of a company: the built-in one, and what its definitions say on top. A pure
 * function: equal input, equal catalogue.
 *
 * What a replica has made columns for must stay known for as long as there are values in them,
 * whatever becomes of its definition. So a replica keeps a list of lines, `kept`, that only grows:
 *
 *   OBJECT                                      a custom object
 *   OBJECT FIELD TYPE [REFERENCE [owning]]      a custom field
 *
 * Objects and fields stand in the catalogue in the order of these lines after the built-in ones: a
 * position, once given, means the same in every later catalogue of the replica. One in `kept` whose
 * definition is not there, or wrong in itself, stands there retired, under its name. */
#pragma once

#include "core/catalogue/sat-catalogue.h"
#include "core/catalogue/sat-definition.h"

G_BEGIN_DECLS

/* Makes the catalogue. KEPT: lines (char *, the array frees them). With EXTEND good definitions of
 * what is not in KEPT are added to it first, objects, then fields, by id; without, they are left
 * out. DEFINITIONS: SatDefinition; sorted here. PROBLEMS: NULL, or gets a GError for each
 * definition that is wrong in itself or clashes, as far as it does. NULL and ERROR: KEPT cannot be
 * read. */
SatCatalogue *sat_shape_make (const SatCatalogue *base,
                              GPtrArray *kept,
                              GPtrArray *definitions,
                              gboolean extend,
                              GPtrArray *problems,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* As sat_shape_make without EXTEND and PROBLEMS; the same input gives the same catalogue, which
 * lives as long as BASE. So all threads that share BASE share its objects and fields. Any thread.
 */
const SatCatalogue *sat_shape_shared (SatCatalogue *base,
                                      GPtrArray *kept,
                                      GPtrArray *definitions,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* DEFINITIONS and KEPT as one text: equal if and only if they are. Newly allocated. */
char *sat_shape_text (const GPtrArray *kept, GPtrArray *definitions);

G_END_DECLS
