/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The person's ssh keys: files in ~/.ssh, or the one that this replica was told to use. */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"

G_BEGIN_DECLS

/* Paths of private keys that are there, in the order in which they are tried: ONLY alone (NULL: not
 * given), else the one set for the replica in HOME alone, else ~/.ssh/id_ed25519, id_ecdsa, id_rsa.
 */
GPtrArray *sat_key_files (const char *home, const char *only) G_GNUC_WARN_UNUSED_RESULT;

/* Keeps PATH (absolute; NULL: back to those in ~/.ssh) in HOME/key-file. SAT_ERROR_NOT_FOUND if
 * there is no such file. */
gboolean sat_key_file_set (const char *home, const char *path, GError **error);

/* Does the key in PATH need a passphrase? */
gboolean sat_key_file_is_locked (const char *path);

G_END_DECLS
