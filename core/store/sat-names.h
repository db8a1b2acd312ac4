/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Small numbers for devices, books and names (objects, fields, system registers), cached in memory.
 * The `get` functions give a number, adding one when there is none (inside a write transaction
 * only; 0 on failure); the `find` ones give 0 when there is none. */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

SatNames *sat_names_new (SatDb *db);
void sat_names_free (SatNames *names);
void sat_names_forget (SatNames *names); /* the cache, after a rollback */

guint32 sat_names_get_device (SatNames *names, const SatId *id, GError **error);
guint32 sat_names_find_device (SatNames *names, const SatId *id);
const SatId *sat_names_device (SatNames *names, guint32 number); /* nil id if unknown */

guint32 sat_names_get_book (SatNames *names, const char *key, GError **error);
guint32 sat_names_find_book (SatNames *names, const char *key);
const char *sat_names_book (SatNames *names, guint32 number); /* "?" if unknown; kept until close */

guint32 sat_names_get_name (SatNames *names, const char *name, GError **error);
guint32 sat_names_find_name (SatNames *names, const char *name);
const char *sat_names_name (SatNames *names, guint32 number);

G_END_DECLS
