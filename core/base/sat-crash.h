/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places where the state on disk has just changed for good. In debug builds SATCHEL_CRASH_AT=N
 * makes the process die, as by kill -9, at the N-th one it passes; the fault tests walk through all
 * of them. In release builds this is nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#ifdef SAT_CRASH_POINTS
void sat_durable_step (const char *what);
/* In-process simulations: the number of steps passed so far in this process. */
guint64 sat_durable_steps (void);
/* In the child of such a simulation: dies at the STEPS-th step from now on, whatever the
 * environment says. */
void sat_crash_after (guint64 steps);
#else
#define sat_durable_step(what) ((void) 0)
#define sat_crash_after(steps) ((void) (steps))
#endif

G_END_DECLS
