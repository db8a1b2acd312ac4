/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long to wait before something that failed is tried again by itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Seconds to wait after FAILURES in a row (0: nothing failed, no wait). The wait doubles from
 * BASE_S up to MAX_S, and of that a half to the whole is taken by RANDOM (any number), so that a
 * hundred laptops that lost their hub at one moment do not come back at one. Pure. */
guint sat_backoff_next (guint failures, guint base_s, guint max_s, guint32 random);

G_END_DECLS
