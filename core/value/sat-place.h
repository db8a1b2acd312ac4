/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place on the earth: latitude and longitude of WGS 84 in whole millionths of a degree (11 cm).
 * Its canonical text is "48.137000,11.575000": six digits each, below 0 in the south and the west.
 * All functions are pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SAT_PLACE_DEGREE 1000000
#define SAT_PLACE_TEXT_SIZE 32

typedef struct
{
  gint32 latitude;  /* -90 to 90 degrees */
  gint32 longitude; /* more than -180, to 180 degrees */
} SatPlace;

/* FALSE: there is no such place. 180 degrees west are 180 degrees east. */
gboolean sat_place_set (SatPlace *place, gint64 latitude, gint64 longitude);

/* TEXT in canonical spelling, LENGTH bytes. */
gboolean sat_place_read (const char *text, gsize length, SatPlace *out);
/* Returns TEXT. */
char *sat_place_format (const SatPlace *place, char text[SAT_PLACE_TEXT_SIZE]);

/* One number for a place, ordered from south to north and there from west to east. */
gint64 sat_place_to_key (const SatPlace *place);
gboolean sat_place_from_key (gint64 key, SatPlace *out);

/* The way along the surface in kilometres: the haversine formula (R. W. Sinnott, Virtues of the
 * Haversine, Sky and Telescope 68, 1984, p. 159) on a sphere of the mean radius of the earth,
 * 6371.0088 km (IUGG); up to 0.6 % off, since the earth is none. */
double sat_place_distance (const SatPlace *a, const SatPlace *b);

G_END_DECLS
