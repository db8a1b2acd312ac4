/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The canonical lines of a book's state, and their SHA-256: equal vectors, equal digests
 * (docs/change-set-format.md, "digest"). */
#pragma once

#include "core/store/sat-state-store.h"

G_BEGIN_DECLS

typedef void (*SatLineFunc) (const char *text, gpointer data);

gboolean sat_digest_lines (
    SatReplica *replica, guint32 book, SatLineFunc line, gpointer data, GError **error);
/* 64 hex characters; newly allocated. */
char *sat_digest_of (SatReplica *replica, guint32 book, GError **error);

/* Every record of BOOK, by object (its name, bytewise) and id: what digests and checkpoints go
 * through. */
typedef gboolean (*SatRecordFunc) (SatRow *row, gpointer data, GError **error);
gboolean sat_records_each (
    SatReplica *replica, guint32 book, SatRecordFunc func, gpointer data, GError **error);
/* The name numbers (guint32) of all objects that may have records, known or not, by name. */
GArray *sat_objects_by_name (SatReplica *replica, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
