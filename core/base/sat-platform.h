/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the replica takes from the machine it runs on: the wall clock, randomness and which machine
 * it is. Passed around,
 * never global, so that tests, the demo and the simulation can run the same code on a made-up
 * machine. Any thread may use one platform at a time; a seeded one is not thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SatPlatform SatPlatform;

/* The real machine. Honours SATCHEL_NOW (RFC 3339) as a fixed wall clock when it is set. */
SatPlatform *sat_platform_new_system (void) G_GNUC_WARN_UNUSED_RESULT;

/* A made-up machine: random bytes are a ChaCha20 stream of SEED, the clock stands at NOW_MS until
 * sat_platform_set_now. The same seed gives the same bytes. */
SatPlatform *sat_platform_new_seeded (guint64 seed, gint64 now_ms) G_GNUC_WARN_UNUSED_RESULT;

SatPlatform *sat_platform_ref (SatPlatform *platform);
void sat_platform_unref (SatPlatform *platform);

/* Milliseconds since 1970-01-01 UTC. */
gint64 sat_platform_now_ms (SatPlatform *platform);
/* Is all of it made up, the same each time? Then nothing that this machine measures goes into data.
 */
gboolean sat_platform_is_seeded (const SatPlatform *platform);
void sat_platform_set_now (SatPlatform *platform, gint64 now_ms); /* seeded platforms only */

/* What tells this machine from others: a text that is the same as long as the system is not
 * installed anew or copied. NULL: not known, and nothing may be concluded. Owned by PLATFORM. */
const char *sat_platform_machine (SatPlatform *platform);
/* The folder for what must not be copied along with the data ($XDG_STATE_HOME/satchel); NULL: there
 * is none. Owned by PLATFORM. */
const char *sat_platform_state_dir (SatPlatform *platform);
/* Seeded platforms, which have neither, only. NULL takes it away again. */
void sat_platform_set_machine (SatPlatform *platform, const char *machine, const char *state_dir);

void sat_platform_random (SatPlatform *platform, guint8 *out, gsize length);
/* Uniform in 0 .. BELOW-1; BELOW > 0. */
guint32 sat_platform_random_below (SatPlatform *platform, guint32 below);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatPlatform, sat_platform_unref)

G_END_DECLS
