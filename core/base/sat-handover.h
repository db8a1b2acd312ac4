/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words to the thread sanitizer. GLib's locks and queues are futexes that it cannot see, so it
 * takes every hand-over through them for a race: who gives says so before, who takes after. Nothing
 * in any other build. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#ifdef __SANITIZE_THREAD__
extern void __tsan_acquire (void *address);
extern void __tsan_release (void *address);

/* All that this thread wrote so far is seen by who takes WHAT after. */
static inline void
sat_handover_give (gpointer what)
{
  __tsan_release (what);
}

static inline void
sat_handover_take (gpointer what)
{
  __tsan_acquire (what);
}
#else
static inline void
sat_handover_give (gpointer what)
{
  (void) what;
}

static inline void
sat_handover_take (gpointer what)
{
  (void) what;
}
#endif

G_END_DECLS
