/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/rules/sat-rules-work.h"

#include <glib/gi18n.h>

#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-undo.h"

#define LOG_MOST 50

void
sat_rules_picture_free (SatRulesPicture *picture)
{
  if (picture == NULL)
    return;
  g_clear_pointer (&picture->rules, g_ptr_array_unref);
  g_clear_pointer (&picture->log, g_ptr_array_unref);
  g_free (picture);
}

static gpointer
load (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "rule", error);
  g_autoptr (SatRulesPicture) picture = g_new0 (SatRulesPicture, 1);
  g_autoptr (GPtrArray) off = NULL;

  if (object == NULL)
    return NULL;
  picture->rules = sat_workspace_rules (workspace, error);
  if (picture->rules == NULL)
    return NULL;
  off = sat_workspace_shipped_off (workspace, error);
  if (off == NULL)
    return NULL;
  g_ptr_array_extend_and_steal (picture->rules, g_steal_pointer (&off));
  picture->log = sat_workspace_rules_log (workspace, NULL, LOG_MOST, error);
  if (picture->log == NULL)
    return NULL;
  picture->now = sat_platform_now_ms (sat_workspace_platform (workspace));
  picture->may_write = sat_workspace_check_right (workspace, object, SAT_RIGHT_EDIT, NULL, NULL);
  return g_steal_pointer (&picture);
}

void
sat_rules_work_load (SatService *service,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  sat_service_read (service, load, NULL, NULL, (GDestroyNotify) sat_rules_picture_free, cancellable,
                    callback, user_data);
}

typedef struct
{
  char *name;
  gboolean on;
} Switch;

static void
switch_free (gpointer data)
{
  Switch *one = data;

  g_free (one->name);
  g_free (one);
}

static const char *
word (const char *msgid)
{
  return _ (msgid);
}

static gpointer
do_switch (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const Switch *one = data;
  guint count;
  gint64 step;

  if (!sat_workspace_switch_rules (workspace, one->name, one->on, word, &count, error))
    return NULL;
  step = sat_workspace_last_step (workspace);
  return g_memdup2 (&step, sizeof step);
}

void
sat_rules_work_switch (SatService *service,
                       const char *name,
                       gboolean on,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  Switch *one = g_new0 (Switch, 1);

  one->name = g_strdup (name);
  one->on = on;
  sat_service_write (service, do_switch, one, switch_free, g_free, NULL, callback, user_data);
}

static gpointer
try_rules (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatRulesOptions options = { .name = data, .dry_run = TRUE };

  return sat_workspace_run_rules (workspace, &options, error);
}

void
sat_rules_work_try (SatService *service,
                    const char *rule,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  sat_service_write (service, try_rules, g_strdup (rule), g_free,
                     (GDestroyNotify) g_ptr_array_unref, cancellable, callback, user_data);
}
