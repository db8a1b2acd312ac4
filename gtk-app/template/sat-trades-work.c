/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/template/sat-trades-work.h"

#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-undo.h"
#include "gtk-app/sat-util.h"

void
sat_trade_free (SatTrade *trade)
{
  sat_template_free (trade->made);
  g_clear_pointer (&trade->steps, g_array_unref);
  g_free (trade);
}

void
sat_trades_free (SatTrades *trades)
{
  if (trades == NULL)
    return;
  g_ptr_array_unref (trades->trades);
  g_free (trades);
}

static gpointer
look (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  g_autoptr (SatTrades) out = g_new0 (SatTrades, 1);
  g_autoptr (GPtrArray) names = sat_template_names ();

  out->trades = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_trade_free);
  out->may = sat_workspace_is_admin (workspace, NULL);
  for (guint i = 0; i < names->len; i++)
    {
      SatTrade *trade = g_new0 (SatTrade, 1);

      g_ptr_array_add (out->trades, trade);
      trade->made = sat_template_read (names->pdata[i], error);
      if (trade->made == NULL)
        return NULL;
      trade->steps = sat_workspace_template_state (workspace, trade->made, NULL);
    }
  return g_steal_pointer (&out);
}

void
sat_trades_work_look (SatService *service, GAsyncReadyCallback callback, gpointer user_data)
{
  sat_service_read (service, look, NULL, NULL, (GDestroyNotify) sat_trades_free, NULL, callback,
                    user_data);
}

/* ---- doing ---- */

typedef struct
{
  char *name;
  char **keys;
  gboolean decline;
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_free (order->name);
  g_strfreev (order->keys);
  g_free (order);
}

static gboolean
apply (SatWorkspace *workspace, const SatTemplate *made, const Order *order, GError **error)
{
  const SatApplyOptions options = { .only = (const char *const *) order->keys,
                                    .language = sat_language () };
  g_autoptr (GArray) steps = sat_workspace_apply_template (workspace, made, &options, error);

  return steps != NULL && sat_workspace_index_now (workspace, error);
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Order *order = data;
  g_autoptr (SatTemplate) made = sat_template_read (order->name, error);
  gint64 step;

  if (made == NULL ||
      !(order->decline ? sat_workspace_decline_items (workspace, made,
                                                      (const char *const *) order->keys, error)
                       : apply (workspace, made, order, error)))
    return NULL;
  step = sat_workspace_last_step (workspace);
  return g_memdup2 (&step, sizeof step);
}

void
sat_trades_work_do (SatService *service,
                    const char *name,
                    char **keys,
                    gboolean decline,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Order *order = g_new0 (Order, 1);

  order->name = g_strdup (name);
  order->keys = keys;
  order->decline = decline;
  sat_service_write (service, run, order, order_free, g_free, NULL, callback, user_data);
}
