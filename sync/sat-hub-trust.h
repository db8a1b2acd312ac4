/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys and certificates of hubs a person has accepted: HOME/known_hubs, one line each, "ssh
 * example.org 22 SHA256:..." or "https example.org 443 AB:CD:...", kept with the replica and not in
 * ~/.ssh, where others look too. One fingerprint for each side: a new one replaces the old. */
#pragma once

#include "sync/sat-hub-address.h"

G_BEGIN_DECLS

#define SAT_SHA256_SIZE 32

/* "SHA256:" and base64, as ssh-keygen -l prints it. Newly allocated. */
char *sat_trust_key_text (const guint8 sha256[SAT_SHA256_SIZE]);
/* The SHA-256 of a certificate (DER) as "AB:CD:...", as browsers and openssl print it. */
char *sat_trust_certificate_text (const void *der, gsize size);
/* Is TEXT a fingerprint as one of the two above writes it, for this kind of address? */
gboolean sat_trust_is_fingerprint (const SatHubAddress *address, const char *text);

/* The fingerprint accepted for ADDRESS; NULL: none. Newly allocated. */
char *sat_trust_lookup (const char *home, const SatHubAddress *address);
/* Makes HOME if need be. */
gboolean sat_trust_store (const char *home,
                          const SatHubAddress *address,
                          const char *fingerprint,
                          GError **error);

G_END_DECLS
