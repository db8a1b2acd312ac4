/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-crash.h"

#ifdef SAT_CRASH_POINTS

#include <signal.h>
#include <unistd.h>

/* Several threads can have a workspace each. */
static _Atomic gint64 crash_at = -1; /* -1: the environment was not read yet, 0: never */
static _Atomic gint64 steps = 0;

guint64
sat_durable_steps (void)
{
  return (guint64) steps;
}

void
sat_crash_after (guint64 n)
{
  crash_at = steps + (gint64) n;
}

void
sat_durable_step (const char *what)
{
  (void) what;
  if (crash_at < 0)
    {
      const char *env = g_getenv ("SATCHEL_CRASH_AT");
      crash_at = env ? g_ascii_strtoll (env, NULL, 10) : 0;
    }
  if (++steps == crash_at)
    kill (getpid (), SIGKILL);
}

#endif
