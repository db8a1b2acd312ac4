/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User and password (or token) of an http hub: in the person's secret service, or, only where the
 * person said so, in HOME/credentials (mode 0600), in the form of git's credential store. And the
 * passphrases of ssh keys, in the secret service alone. A secret service is optional: where none
 * runs, or it is locked, it simply has nothing. */
#pragma once

#include "sync/sat-hub-address.h"

G_BEGIN_DECLS

typedef struct
{
  char *user;
  char *secret;
} SatLogin;
/* Overwrites the secret before it is freed. */
void sat_login_clear (SatLogin *login);

/* The file first, then the service. FALSE: nothing is known. */
gboolean sat_secret_find (const char *home, const SatHubAddress *address, SatLogin *out);

/* IN_FILE: into the file, else into the service; what the other one had is forgotten.
 * SAT_ERROR_FAILED if there is no service that can keep it. */
gboolean sat_secret_store (const char *home,
                           const SatHubAddress *address,
                           const SatLogin *login,
                           gboolean in_file,
                           GError **error);

/* Both places. */
void sat_secret_forget (const char *home, const SatHubAddress *address);

/* ---- passphrases of ssh keys, by the path of the key ---- */

/* NULL: none is kept. To be freed with sat_passphrase_free. */
char *sat_passphrase_find (const char *key) G_GNUC_WARN_UNUSED_RESULT;
/* FALSE: there is no service that can keep it. */
gboolean sat_passphrase_store (const char *key, const char *passphrase);
void sat_passphrase_forget (const char *key);
/* Overwrites it first; accepts NULL. */
void sat_passphrase_free (char *passphrase);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SatLogin, sat_login_clear)

G_END_DECLS
