/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Change-set texts by book, device and number: stands for a hub, or for what one device has
 * fetched. A number that comes again with another text is the worst thing that can happen: the
 * program ends. */
#pragma once

#include "core/base/sat-id.h"

G_BEGIN_DECLS

typedef struct _Postbox Postbox;

typedef struct
{
  char *book;
  SatId device;
  GPtrArray *texts; /* GBytes or NULL, number 1 first */
} PostBranch;

Postbox *postbox_new (void);
void postbox_free (Postbox *box);

void
postbox_put (Postbox *box, const char *book, const SatId *device, guint64 number, GBytes *text);
/* Forgets it. */
void postbox_drop (Postbox *box, const char *book, const SatId *device, guint64 number);
/* NULL: not there. Borrowed. */
GBytes *postbox_get (const Postbox *box, const char *book, const SatId *device, guint64 number);
void postbox_copy (const Postbox *from, Postbox *to);
/* PostBranch, by book, then device id. */
const GPtrArray *postbox_branches (const Postbox *box);

G_END_DECLS
