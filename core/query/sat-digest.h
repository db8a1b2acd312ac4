/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical lines of a book's state, and their SHA-256: equal vectors, equal digests
 * (docs/change-set-format.md, "digest"). */
#pragma once

#include "core/store/sat-replica.h"

G_BEGIN_DECLS

typedef void (*SatLineFunc) (const char *text, gpointer data);

gboolean sat_digest_lines (
    SatReplica *replica, guint32 book, SatLineFunc line, gpointer data, GError **error);
/* 64 hex characters; newly allocated. */
char *sat_digest_of (SatReplica *replica, guint32 book, GError **error);

G_END_DECLS
