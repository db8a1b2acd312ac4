/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A copy of a database as one file, while others go on reading and writing. */
#pragma once

#include "core/store/sat-db.h"

G_BEGIN_DECLS

/* Copies DB as it is at one moment to FILE, which nobody but this user can read. If DB is in a
 * transaction, the moment is that of the transaction. FILE is complete and on disk, or is what it
 * was before. It is no WAL database: it needs no other file. */
gboolean sat_copy_database (SatDb *db, const char *file, GError **error);

/* As above, but to a file that need not be whole after a crash, and stays where it is written. */
gboolean sat_copy_pages (SatDb *db, const char *file, GError **error);

/* Does no other connection have the database FILE open? Brings what is in its WAL into it. A file
 * that is no database is nobody's. */
gboolean sat_copy_is_alone (const char *file);

/* Writes all of FILE to disk and puts it in the place of TARGET, both in one folder. */
gboolean sat_copy_settle (const char *file, const char *target, GError **error);

G_END_DECLS
