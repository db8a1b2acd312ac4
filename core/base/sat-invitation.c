/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-invitation.h"

#include <sodium.h>
#include <string.h>

#include "core/base/sat-text.h"

G_STATIC_ASSERT (SAT_INVITATION_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);
G_STATIC_ASSERT (SAT_CLAIM_SIGNATURE_SIZE == crypto_sign_BYTES);

/* Characters that are not mistaken for one another: no 0, O, 1, I. */
static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
#define BASE 32
#define SYMBOLS 20
#define GROUP 4

/* ---- what an invitation holds -------------------------------------------------------------------
 */

gboolean
sat_invitation_login_is_sound (const char *login, gsize length)
{
  if (length == 0 || length > SAT_LOGIN_MAX || !g_utf8_validate (login, (gssize) length, NULL) ||
      !sat_text_is_clean (login, length))
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (strchr ("<>\n\t\r\\", login[i]) != NULL)
      return FALSE;
  return login[0] != ' ' && login[length - 1] != ' ';
}

static gboolean
is_book_key (const char *key, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (key[i]) && !g_ascii_isdigit (key[i]) && (key[i] != '-' || i == 0))
      return FALSE;
  return length > 0 && length <= 63;
}

/* As strcmp of two words that end with a comma or at END. */
static int
compare_words (const char *a, gsize a_length, const char *b, gsize b_length)
{
  int order = memcmp (a, b, MIN (a_length, b_length));

  return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

gboolean
sat_invitation_books_are_sound (const char *books, gsize length)
{
  const char *before = NULL;
  gsize before_length = 0;

  if (books != NULL && length == 1 && books[0] == SAT_INVITATION_ALL_BOOKS[0])
    return TRUE;
  if (books == NULL || length == 0 || length > SAT_INVITATION_BOOKS_MAX)
    return FALSE;
  for (const char *at = books, *end = books + length; at <= end;)
    {
      const char *comma = at < end ? memchr (at, ',', (gsize) (end - at)) : NULL;
      gsize word = (gsize) ((comma ? comma : end) - at);

      if (!is_book_key (at, word) ||
          (before != NULL && compare_words (before, before_length, at, word) >= 0))
        return FALSE;
      before = at;
      before_length = word;
      at += word + 1;
    }
  return TRUE;
}

void
sat_invitation_id (const guint8 key[SAT_INVITATION_KEY_SIZE], SatId *out)
{
  static const char prefix[] = "satchel invitation";
  char name[sizeof prefix - 1 + SAT_INVITATION_KEY_SIZE];

  memcpy (name, prefix, sizeof prefix - 1);
  memcpy (name + sizeof prefix - 1, key, SAT_INVITATION_KEY_SIZE);
  sat_id_derive (NULL, name, sizeof name, out);
}

/* ---- codes --------------------------------------------------------------------------------------
 */

/* Luhn's check modulo 32: every wrong character, and nearly all that changed places. */
static guint
check_symbol (const guint8 *symbols, gsize n)
{
  guint sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      guint addend = symbols[i] * ((n - i) % 2 == 1 ? 2u : 1u);

      sum += addend / BASE + addend % BASE;
    }
  return (BASE - sum % BASE) % BASE;
}

static char *
write_code (const guint8 symbols[SYMBOLS], char out[SAT_CODE_TEXT_SIZE])
{
  char *at = out;

  for (gsize i = 0; i < SYMBOLS; i++)
    {
      if (i > 0 && i % GROUP == 0)
        *at++ = '-';
      *at++ = alphabet[symbols[i]];
    }
  *at = '\0';
  return out;
}

char *
sat_code_new (SatPlatform *platform, char out[SAT_CODE_TEXT_SIZE])
{
  guint8 symbols[SYMBOLS];

  sat_platform_random (platform, symbols, SYMBOLS - 1);
  for (gsize i = 0; i < SYMBOLS - 1; i++)
    symbols[i] %= BASE;
  symbols[SYMBOLS - 1] = (guint8) check_symbol (symbols, SYMBOLS - 1);
  write_code (symbols, out);
  sodium_memzero (symbols, sizeof symbols);
  return out;
}

gboolean
sat_code_read (const char *typed, char out[SAT_CODE_TEXT_SIZE], GError **error)
{
  guint8 symbols[SYMBOLS];
  gsize n = 0;
  gboolean sound = TRUE;

  for (const char *p = typed; *p != '\0'; p++)
    {
      const char *found = strchr (alphabet, g_ascii_toupper (*p));

      if (*p == ' ' || *p == '-')
        continue;
      sound = sound && found != NULL && n < SYMBOLS;
      if (sound)
        symbols[n++] = (guint8) (found - alphabet);
    }
  sound = sound && n == SYMBOLS && check_symbol (symbols, SYMBOLS - 1) == symbols[SYMBOLS - 1];
  if (!sound)
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("the code was mistyped: it has five groups of four letters and digits, "
                         "without 0, 1, I and O; compare it with the one you were given"),
                     NULL);
  write_code (symbols, out);
  return TRUE;
}

static void
key_pair (const char *code,
          const SatId *founder,
          guint8 public_key[crypto_sign_PUBLICKEYBYTES],
          guint8 secret_key[crypto_sign_SECRETKEYBYTES])
{
  static const char prefix[] = "satchel invitation 1\n";
  guint8 seed[crypto_sign_SEEDBYTES];
  crypto_generichash_state state;

  crypto_generichash_init (&state, NULL, 0, sizeof seed);
  crypto_generichash_update (&state, (const guint8 *) prefix, sizeof prefix - 1);
  crypto_generichash_update (&state, founder->bytes, SAT_ID_SIZE);
  crypto_generichash_update (&state, (const guint8 *) code, strlen (code));
  crypto_generichash_final (&state, seed, sizeof seed);
  crypto_sign_seed_keypair (public_key, secret_key, seed);
  sodium_memzero (seed, sizeof seed);
  sodium_memzero (&state, sizeof state);
}

void
sat_code_public_key (const char *code, const SatId *founder, guint8 out[SAT_INVITATION_KEY_SIZE])
{
  guint8 secret[crypto_sign_SECRETKEYBYTES];

  key_pair (code, founder, out, secret);
  sodium_memzero (secret, sizeof secret);
}

/* ---- claims -------------------------------------------------------------------------------------
 */

/* What is signed: a text, so that another program can do the same. */
static char *
claim_text (const SatId *founder, const SatId *invitation, const SatId *device)
{
  char ids[3][SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("satchel claim 1\nfounder %s\ninvitation %s\ndevice %s\n",
                          sat_id_format (founder, ids[0]), sat_id_format (invitation, ids[1]),
                          sat_id_format (device, ids[2]));
}

void
sat_claim_make (const char *code, const SatId *founder, const SatId *device, SatClaim *out)
{
  guint8 public_key[crypto_sign_PUBLICKEYBYTES];
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  g_autofree char *text = NULL;

  key_pair (code, founder, public_key, secret);
  sat_invitation_id (public_key, &out->invitation);
  text = claim_text (founder, &out->invitation, device);
  crypto_sign_detached (out->signature, NULL, (const guint8 *) text, strlen (text), secret);
  sodium_memzero (secret, sizeof secret);
}

gboolean
sat_claim_is_good (const SatClaim *claim,
                   const guint8 key[SAT_INVITATION_KEY_SIZE],
                   const SatId *founder,
                   const SatId *device)
{
  g_autofree char *text = claim_text (founder, &claim->invitation, device);

  return crypto_sign_verify_detached (claim->signature, (const guint8 *) text, strlen (text),
                                      key) == 0;
}
