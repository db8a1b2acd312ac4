/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSHSIG by hand: the format is a dozen length-prefixed strings, and every one of them but the key
 * and the signature is fixed, so a reader that accepts only our own spelling is short and total. */
#include "sync/sat-signature.h"

#include <sodium.h>
#include <string.h>

#include "sync/sat-sync.h"

#define ARMOUR_BEGIN "-----BEGIN SSH SIGNATURE-----\n"
#define ARMOUR_END "-----END SSH SIGNATURE-----"
#define ARMOUR_WIDTH 70
#define MAGIC "SSHSIG"
#define MAGIC_SIZE 6
#define VERSION 1
#define KEY_TYPE "ssh-ed25519"
#define NAMESPACE "git"
#define HASH "sha512"
#define BLOB_MAX 256

typedef struct
{
  const guint8 *at;
  gsize left;
} Cursor;

static void
put_uint32 (GByteArray *out, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (out, (const guint8 *) &big, sizeof big);
}

static void
put_string (GByteArray *out, const void *data, gsize size)
{
  put_uint32 (out, (guint32) size);
  g_byte_array_append (out, data, (guint) size);
}

static void
put_text (GByteArray *out, const char *text)
{
  put_string (out, text, strlen (text));
}

/* A string of two strings: the key type and BYTES. */
static void
put_typed (GByteArray *out, const void *bytes, gsize size)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  put_text (inner, KEY_TYPE);
  put_string (inner, bytes, size);
  put_string (out, inner->data, inner->len);
}

static gboolean
take_uint32 (Cursor *cursor, guint32 *out)
{
  guint32 big;

  if (cursor->left < sizeof big)
    return FALSE;
  memcpy (&big, cursor->at, sizeof big);
  *out = GUINT32_FROM_BE (big);
  cursor->at += sizeof big;
  cursor->left -= sizeof big;
  return TRUE;
}

static gboolean
take_string (Cursor *cursor, Cursor *out)
{
  guint32 size;

  if (!take_uint32 (cursor, &size) || size > cursor->left)
    return FALSE;
  out->at = cursor->at;
  out->left = size;
  cursor->at += size;
  cursor->left -= size;
  return TRUE;
}

static gboolean
take_text (Cursor *cursor, const char *expected)
{
  Cursor string;

  return take_string (cursor, &string) && string.left == strlen (expected) &&
         memcmp (string.at, expected, string.left) == 0;
}

/* The reverse of put_typed: exactly SIZE bytes go to OUT. */
static gboolean
take_typed (Cursor *cursor, guint8 *out, gsize size)
{
  Cursor inner;
  Cursor bytes;

  if (!take_string (cursor, &inner) || !take_text (&inner, KEY_TYPE) ||
      !take_string (&inner, &bytes) || inner.left != 0 || bytes.left != size)
    return FALSE;
  memcpy (out, bytes.at, size);
  return TRUE;
}

/* What is really signed: the namespace, the hash's name and the hash of DATA, prefixed. */
static GByteArray *
message_to_sign (const void *data, gsize size)
{
  GByteArray *out = g_byte_array_new ();
  guint8 digest[crypto_hash_sha512_BYTES];

  crypto_hash_sha512 (digest, data, size);
  g_byte_array_append (out, (const guint8 *) MAGIC, MAGIC_SIZE);
  put_text (out, NAMESPACE);
  put_text (out, "");
  put_text (out, HASH);
  put_string (out, digest, sizeof digest);
  return out;
}

static char *
armour (const SatSignature *signature)
{
  g_autoptr (GByteArray) blob = g_byte_array_new ();

  g_byte_array_append (blob, (const guint8 *) MAGIC, MAGIC_SIZE);
  put_uint32 (blob, VERSION);
  put_typed (blob, signature->public_key, SAT_KEY_PUBLIC_SIZE);
  put_text (blob, NAMESPACE);
  put_text (blob, "");
  put_text (blob, HASH);
  put_typed (blob, signature->signature, SAT_SIGNATURE_SIZE);

  g_autofree char *base64 = g_base64_encode (blob->data, blob->len);
  GString *text = g_string_new (ARMOUR_BEGIN);

  for (const char *p = base64; *p; p += MIN (ARMOUR_WIDTH, strlen (p)))
    {
      g_string_append_len (text, p, (gssize) MIN (ARMOUR_WIDTH, strlen (p)));
      g_string_append_c (text, '\n');
    }
  g_string_append (text, ARMOUR_END);
  return g_string_free (text, FALSE);
}

char *
sat_signature_make (const guint8 seed[SAT_KEY_SEED_SIZE], const void *data, gsize size)
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  SatSignature signature;
  g_autoptr (GByteArray) message = message_to_sign (data, size);

  crypto_sign_seed_keypair (signature.public_key, secret, seed);
  crypto_sign_detached (signature.signature, NULL, message->data, message->len, secret);
  sodium_memzero (secret, sizeof secret);
  return armour (&signature);
}

/* The bytes between the armour's lines; FALSE if it is no armour. */
static gboolean
take_off_armour (const char *text, gsize length, guint8 *blob, gsize *blob_size)
{
  const gsize begin = strlen (ARMOUR_BEGIN);
  const gsize end = strlen (ARMOUR_END);

  if (length > SAT_SIGNATURE_TEXT_MAX || length < begin + end ||
      memcmp (text, ARMOUR_BEGIN, begin) != 0 || memcmp (text + length - end, ARMOUR_END, end) != 0)
    return FALSE;
  return sodium_base642bin (blob, BLOB_MAX, text + begin, length - begin - end, "\n", blob_size,
                            NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

static gboolean
read_blob (Cursor *cursor, SatSignature *out, GError **error)
{
  guint32 version;

  if (cursor->left < MAGIC_SIZE || memcmp (cursor->at, MAGIC, MAGIC_SIZE) != 0)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature is not an SSH signature"),
                     NULL);
  cursor->at += MAGIC_SIZE;
  cursor->left -= MAGIC_SIZE;
  if (!take_uint32 (cursor, &version) || version != VERSION)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature is of an unknown version"),
                     NULL);
  if (!take_typed (cursor, out->public_key, SAT_KEY_PUBLIC_SIZE))
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature is not made by an Ed25519 key"),
                     NULL);
  if (!take_text (cursor, NAMESPACE))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the signature is made for something other than git"), NULL);
  if (!take_text (cursor, "") || !take_text (cursor, HASH))
    return sat_fail (error, SAT_ERROR_MALFORMED,
                     N_ ("the signature is made with a hash other than SHA-512"), NULL);
  if (!take_typed (cursor, out->signature, SAT_SIGNATURE_SIZE) || cursor->left != 0)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature has the wrong length"), NULL);
  return TRUE;
}

gboolean
sat_signature_parse (const char *text, gsize length, SatSignature *out, GError **error)
{
  guint8 blob[BLOB_MAX];
  gsize size = 0;
  SatSignature read;
  Cursor cursor;

  if (!take_off_armour (text, length, blob, &size))
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature is not an SSH signature"),
                     NULL);
  cursor = (Cursor){ blob, size };
  if (!read_blob (&cursor, &read, error))
    return FALSE;

  g_autofree char *canonical = armour (&read);

  if (strlen (canonical) != length || memcmp (canonical, text, length) != 0)
    return sat_fail (error, SAT_ERROR_MALFORMED, N_ ("the signature is written in an unusual way"),
                     NULL);
  *out = read;
  return TRUE;
}

gboolean
sat_signature_check (const SatSignature *signature, const void *data, gsize size)
{
  g_autoptr (GByteArray) message = message_to_sign (data, size);

  return crypto_sign_verify_detached (signature->signature, message->data, message->len,
                                      signature->public_key) == 0;
}

static GByteArray *
key_blob (const guint8 public_key[SAT_KEY_PUBLIC_SIZE])
{
  GByteArray *blob = g_byte_array_new ();

  put_text (blob, KEY_TYPE);
  put_string (blob, public_key, SAT_KEY_PUBLIC_SIZE);
  return blob;
}

char *
sat_signature_key_base64 (const guint8 public_key[SAT_KEY_PUBLIC_SIZE])
{
  g_autoptr (GByteArray) blob = key_blob (public_key);

  return g_base64_encode (blob->data, blob->len);
}

char *
sat_sync_public_key_text (const guint8 public_key[SAT_KEY_PUBLIC_SIZE])
{
  g_autofree char *base64 = sat_signature_key_base64 (public_key);

  return g_strconcat (KEY_TYPE " ", base64, NULL);
}

char *
sat_sync_fingerprint (const guint8 public_key[SAT_KEY_PUBLIC_SIZE])
{
  g_autoptr (GByteArray) blob = key_blob (public_key);
  guint8 digest[crypto_hash_sha256_BYTES];
  char base64[sodium_base64_ENCODED_LEN (crypto_hash_sha256_BYTES,
                                         sodium_base64_VARIANT_ORIGINAL_NO_PADDING)];

  crypto_hash_sha256 (digest, blob->data, blob->len);
  sodium_bin2base64 (base64, sizeof base64, digest, sizeof digest,
                     sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return g_strconcat ("SHA256:", base64, NULL);
}
