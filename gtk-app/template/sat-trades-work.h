/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of templates asks and has done on the threads of the service. */
#pragma once

#include "core/workspace/sat-service.h"
#include "core/workspace/sat-workspace-template.h"

G_BEGIN_DECLS

/* A template and how much of it is here. */
typedef struct
{
  SatTemplate *made;
  GArray *steps; /* SatItemStep, of its items; NULL: not known yet */
} SatTrade;
void sat_trade_free (SatTrade *trade);

/* All that come with Satchel. */
typedef struct
{
  GPtrArray *trades; /* SatTrade */
  gboolean may;      /* the user may apply them */
} SatTrades;
void sat_trades_free (SatTrades *trades);

/* The result is SatTrades. */
void sat_trades_work_look (SatService *service, GAsyncReadyCallback callback, gpointer user_data);

/* Applies the items KEYS (taken over; NULL-terminated) of the template NAME, or (DECLINE) remembers
 * that they are not wanted. The result is the step, a gint64 * to be freed. */
void sat_trades_work_do (SatService *service,
                         const char *name,
                         char **keys,
                         gboolean decline,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SatTrades, sat_trades_free)

G_END_DECLS
