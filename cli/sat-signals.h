/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ctrl-C for long work: the first SIGINT or SIGTERM asks for an orderly end, the second one ends
 * the program at once, which is safe at any instant. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Call before any other thread is started. The cancellable is cancelled by the first signal; it
 * lives as long as the program. */
GCancellable *sat_signals_cancellable (void);

G_END_DECLS
