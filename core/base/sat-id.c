/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-id.h"

#include <sodium.h>
#include <string.h>

static void
set_version (SatId *id, guint8 version)
{
  id->bytes[6] = (guint8) ((id->bytes[6] & 0x0f) | (version << 4));
  id->bytes[8] = (guint8) ((id->bytes[8] & 0x3f) | 0x80);
}

void
sat_id_new (SatPlatform *platform, SatId *out)
{
  guint64 ms = (guint64) MAX (sat_platform_now_ms (platform), 0);

  sat_platform_random (platform, out->bytes, SAT_ID_SIZE);
  for (int i = 0; i < 6; i++)
    out->bytes[i] = (guint8) (ms >> (40 - 8 * i));
  set_version (out, 7);
}

void
sat_id_derive (const SatId *space, const char *name, gsize length, SatId *out)
{
  static const SatId nil = { { 0 } };
  guint8 digest[crypto_hash_sha256_BYTES];
  crypto_hash_sha256_state state;

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (space ? space : &nil)->bytes, SAT_ID_SIZE);
  crypto_hash_sha256_update (&state, (const guint8 *) name, length);
  crypto_hash_sha256_final (&state, digest);
  memcpy (out->bytes, digest, SAT_ID_SIZE);
  set_version (out, 8);
}

gboolean
sat_id_parse (const char *text, SatId *out)
{
  SatId id;
  gsize at = 0;

  for (gsize i = 0; i < 36; i++)
    {
      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i] != '-')
            return FALSE;
          continue;
        }
      int digit = g_ascii_xdigit_value (text[i]);
      if (digit < 0)
        return FALSE;
      if (at % 2 == 0)
        id.bytes[at / 2] = (guint8) (digit << 4);
      else
        id.bytes[at / 2] = (guint8) (id.bytes[at / 2] | digit);
      at++;
    }
  if (text[36] != '\0')
    return FALSE;
  *out = id;
  return TRUE;
}

char *
sat_id_format (const SatId *id, char text[SAT_ID_TEXT_SIZE])
{
  static const char hex[] = "0123456789abcdef";
  char *p = text;

  for (int i = 0; i < SAT_ID_SIZE; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *p++ = '-';
      *p++ = hex[id->bytes[i] >> 4];
      *p++ = hex[id->bytes[i] & 15];
    }
  *p = '\0';
  return text;
}

char *
sat_id_dup_text (const SatId *id)
{
  return sat_id_format (id, g_malloc (SAT_ID_TEXT_SIZE));
}

int
sat_id_compare (const SatId *a, const SatId *b)
{
  return memcmp (a->bytes, b->bytes, SAT_ID_SIZE);
}

gboolean
sat_id_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, SAT_ID_SIZE) == 0;
}

guint
sat_id_hash (gconstpointer id)
{
  guint value;

  /* The last bytes are random in every version that is made here. */
  memcpy (&value, ((const SatId *) id)->bytes + 12, sizeof value);
  return value;
}

gboolean
sat_id_is_nil (const SatId *id)
{
  static const SatId nil = { { 0 } };

  return sat_id_equal (id, &nil);
}
