/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The format is PROTOCOL.key of OpenSSH, without encryption. */
#include "tests/scenario/ssh-key.h"

#include <sodium.h>
#include <string.h>

static void
put_uint (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
put_bytes (GByteArray *out, const void *bytes, gsize length)
{
  put_uint (out, (guint32) length);
  g_byte_array_append (out, bytes, (guint) length);
}

static void
put_public_key (GByteArray *out, const guint8 *public_key)
{
  put_bytes (out, "ssh-ed25519", strlen ("ssh-ed25519"));
  put_bytes (out, public_key, crypto_sign_PUBLICKEYBYTES);
}

/* The part that would be encrypted: check numbers, both keys, a comment, padding to 8 bytes. */
static GByteArray *
private_part (const guint8 *public_key, const guint8 *secret_key)
{
  GByteArray *out = g_byte_array_new ();

  put_uint (out, 1);
  put_uint (out, 1);
  put_public_key (out, public_key);
  put_bytes (out, secret_key, crypto_sign_SECRETKEYBYTES);
  put_bytes (out, "", 0);
  for (guint8 pad = 1; out->len % 8 != 0; pad++)
    g_byte_array_append (out, &pad, 1);
  return out;
}

char *
ssh_key_text (const char *hex)
{
  guint8 seed[crypto_sign_SEEDBYTES];
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret_key[crypto_sign_SECRETKEYBYTES];
  g_autoptr (GByteArray) key = g_byte_array_new ();
  g_autoptr (GByteArray) public_part = g_byte_array_new ();
  g_autoptr (GByteArray) secret_part = NULL;
  g_autofree char *base64 = NULL;
  gsize length;

  if (sodium_init () < 0 ||
      sodium_hex2bin (seed, sizeof seed, hex, strlen (hex), " \n", &length, NULL) != 0 ||
      length != sizeof seed)
    return NULL;
  crypto_sign_seed_keypair (public_key, secret_key, seed);
  put_public_key (public_part, public_key);
  secret_part = private_part (public_key, secret_key);

  g_byte_array_append (key, (const guint8 *) "openssh-key-v1", sizeof "openssh-key-v1");
  put_bytes (key, "none", 4);
  put_bytes (key, "none", 4);
  put_bytes (key, "", 0);
  put_uint (key, 1);
  put_bytes (key, public_part->data, public_part->len);
  put_bytes (key, secret_part->data, secret_part->len);
  base64 = g_base64_encode (key->data, key->len);
  return g_strdup_printf ("-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n"
                          "-----END OPENSSH PRIVATE KEY-----\n",
                          base64);
}
