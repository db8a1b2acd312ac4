/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Git's SSH signatures (OpenSSH's PROTOCOL.sshsig) with an Ed25519 key, namespace "git", hash
 * sha512: what stock `git verify-commit` accepts. Pure functions over bytes; no files, no git.
 *
 * One spelling only: the armoured text of a signature is exactly what ssh-keygen writes, lines of
 * 70 characters, without the newline after its last line (so it stands in a commit's gpgsig). */
#pragma once

#include <glib.h>

#include "core/base/sat-error.h"
#include "core/workspace/sat-exchange.h"

G_BEGIN_DECLS

#define SAT_SIGNATURE_SIZE 64
/* No armoured text is longer; more is refused unread. */
#define SAT_SIGNATURE_TEXT_MAX 512

typedef struct
{
  guint8 public_key[SAT_KEY_PUBLIC_SIZE];
  guint8 signature[SAT_SIGNATURE_SIZE];
} SatSignature;

/* The armoured signature of DATA by the key of SEED; the same inputs give the same text. */
char *sat_signature_make (const guint8 seed[SAT_KEY_SEED_SIZE],
                          const void *data,
                          gsize size) G_GNUC_WARN_UNUSED_RESULT;

/* Reads an armoured signature of LENGTH bytes (no NUL needed). SAT_ERROR_MALFORMED if it is not
 * one, or is of another kind of key, namespace or hash than above, or is spelled in another way.
 * Says nothing about what was signed. */
gboolean sat_signature_parse (const char *text, gsize length, SatSignature *out, GError **error);

/* Is it a signature of DATA? */
gboolean sat_signature_check (const SatSignature *signature, const void *data, gsize size);

/* Base64 of the public key as OpenSSH writes it ("AAAAC3Nza..."), newly allocated. */
char *sat_signature_key_base64 (const guint8 public_key[SAT_KEY_PUBLIC_SIZE]);

G_END_DECLS
