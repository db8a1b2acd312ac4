/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder for one test, in memory where the machine has such a place: replicas wait for the disk
 * at every save. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *temp_dir_new (void);
/* Removes it with all that is in it, and frees DIR. */
void temp_dir_free (char *dir);
/* Removes the folder PATH, which need not be there, with all that is in it. */
void temp_dir_remove (const char *path);
/* Copies the files in the folder FROM, without those below it, to the folder TO, made if need be.
 */
void temp_dir_copy (const char *from, const char *to);

G_END_DECLS
