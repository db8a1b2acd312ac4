/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who vouches for a hub over https: the certificate authorities of this computer. They are read
 * when they are needed and not before, which takes 10 ms: as long as everything else in an exchange
 * with nothing to do. Private to sync/. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Begins libgit2, once; it knows no authorities yet where that can be had. */
void sat_authorities_begin (void);
/* Before the first connection over https. */
void sat_authorities_know (void);
/* How often they were read here; 0 where libgit2 leaves that to another library. */
guint sat_authorities_read (void);

G_END_DECLS
