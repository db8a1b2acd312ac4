/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-platform.h"

#include <sodium.h>
#include <string.h>

struct _SatPlatform
{
  int refs;
  gboolean fixed_clock;
  gint64 now_ms;
  gboolean seeded;
  guint8 key[crypto_stream_chacha20_KEYBYTES];
  guint64 blocks; /* how many random calls were answered: the nonce of the next one */
  char *machine;
  char *state_dir;
};

static SatPlatform *
platform_new (void)
{
  /* Safe to call often; fails only where the kernel has no randomness, and then nothing may run. */
  if (sodium_init () < 0)
    g_assert_not_reached ();

  SatPlatform *platform = g_new0 (SatPlatform, 1);
  platform->refs = 1;
  return platform;
}

/* The id that systemd and D-Bus made for this installation is a secret of the machine: only a hash
 * of it goes anywhere. NULL where there is none. */
static char *
machine_of_system (void)
{
  static const char *const files[] = { "/etc/machine-id", "/var/lib/dbus/machine-id" };
  static const char salt[] = "satchel machine ";

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *text = NULL;
      g_autofree char *salted = NULL;
      guint8 hash[crypto_hash_sha256_BYTES];
      char hex[2 * sizeof hash + 1];

      if (!g_file_get_contents (files[i], &text, NULL, NULL) || strlen (g_strstrip (text)) < 32)
        continue;
      salted = g_strconcat (salt, text, NULL);
      crypto_hash_sha256 (hash, (const guint8 *) salted, strlen (salted));
      return g_strndup (sodium_bin2hex (hex, sizeof hex, hash, sizeof hash), 32);
    }
  return NULL;
}

SatPlatform *
sat_platform_new_system (void)
{
  SatPlatform *platform = platform_new ();
  const char *now = g_getenv ("SATCHEL_NOW");

  platform->machine = machine_of_system ();
  platform->state_dir = g_build_filename (g_get_user_state_dir (), "satchel", NULL);
  if (now != NULL)
    {
      g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
      g_autoptr (GDateTime) when = g_date_time_new_from_iso8601 (now, utc);

      if (when != NULL)
        {
          platform->fixed_clock = TRUE;
          platform->now_ms = g_date_time_to_unix (when) * 1000 +
                             g_date_time_get_microsecond (when) / 1000;
        }
    }
  return platform;
}

SatPlatform *
sat_platform_new_seeded (guint64 seed, gint64 now_ms)
{
  SatPlatform *platform = platform_new ();
  guint64 little = GUINT64_TO_LE (seed);

  crypto_hash_sha256 (platform->key, (const guint8 *) &little, sizeof little);
  platform->seeded = TRUE;
  platform->fixed_clock = TRUE;
  platform->now_ms = now_ms;
  return platform;
}

SatPlatform *
sat_platform_ref (SatPlatform *platform)
{
  g_atomic_int_inc (&platform->refs);
  return platform;
}

void
sat_platform_unref (SatPlatform *platform)
{
  if (g_atomic_int_dec_and_test (&platform->refs))
    {
      sodium_memzero (platform->key, sizeof platform->key);
      g_free (platform->machine);
      g_free (platform->state_dir);
      g_free (platform);
    }
}

gint64
sat_platform_now_ms (SatPlatform *platform)
{
  return platform->fixed_clock ? platform->now_ms : g_get_real_time () / 1000;
}

gboolean
sat_platform_is_seeded (const SatPlatform *platform)
{
  return platform->seeded;
}

void
sat_platform_set_now (SatPlatform *platform, gint64 now_ms)
{
  g_return_if_fail (platform->seeded);
  platform->now_ms = now_ms;
}

const char *
sat_platform_machine (SatPlatform *platform)
{
  return platform->machine;
}

const char *
sat_platform_state_dir (SatPlatform *platform)
{
  return platform->state_dir;
}

void
sat_platform_set_machine (SatPlatform *platform, const char *machine, const char *state_dir)
{
  g_return_if_fail (platform->seeded);
  g_free (platform->machine);
  g_free (platform->state_dir);
  platform->machine = g_strdup (machine);
  platform->state_dir = g_strdup (state_dir);
}

void
sat_platform_random (SatPlatform *platform, guint8 *out, gsize length)
{
  guint8 nonce[crypto_stream_chacha20_NONCEBYTES] = { 0 };
  guint64 block;

  if (!platform->seeded)
    {
      randombytes_buf (out, length);
      return;
    }
  G_STATIC_ASSERT (sizeof nonce == sizeof block);
  block = GUINT64_TO_LE (platform->blocks++);
  memcpy (nonce, &block, sizeof block);
  crypto_stream_chacha20 (out, length, nonce, platform->key);
}

guint32
sat_platform_random_below (SatPlatform *platform, guint32 below)
{
  guint64 value;

  g_return_val_if_fail (below > 0, 0);
  sat_platform_random (platform, (guint8 *) &value, sizeof value);
  return (guint32) (GUINT64_FROM_LE (value) % below);
}
