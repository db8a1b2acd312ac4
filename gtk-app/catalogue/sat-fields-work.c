/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/catalogue/sat-fields-work.h"

#include "core/catalogue/sat-derived.h"
#include "core/expression/sat-expression.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-undo.h"

void
sat_fields_order_free (SatFieldsOrder *order)
{
  g_free (order->object);
  g_free (order->field);
  g_free (order->label_en);
  g_free (order->label_zh);
  g_free (order->type);
  g_free (order->group);
  g_free (order->choices);
  g_free (order->initial);
  g_free (order->formula);
  g_free (order);
}

static const char *
said (const char *text)
{
  return text != NULL && *text != '\0' ? text : NULL;
}

/* "LABEL" or "ENGLISH=CHINESE", one a line; NAMES gets the name of each that is not empty, and
 * LABELS its texts. */
static gboolean
add_choices (SatWorkspace *workspace,
             const SatShaped *of,
             const char *lines,
             GPtrArray *names,
             GPtrArray *labels,
             GError **error)
{
  g_auto (GStrv) choices = g_strsplit (lines != NULL ? lines : "", "\n", -1);

  for (guint i = 0; choices[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (g_strstrip (choices[i]), "=", 2);
      g_autofree char *place = g_strdup_printf ("%u", 10 * (names->len + 1));
      const SatSaying sayings[] = {
        { "label_en", parts[0] != NULL ? said (parts[0]) : NULL },
        { "label_zh_cn", parts[0] != NULL ? said (parts[1]) : NULL },
        { "place", place },
        { NULL, NULL },
      };
      char *name;

      if (*choices[i] == '\0')
        continue;
      if (!sat_workspace_define (workspace, of, sayings, &name, error))
        return FALSE;
      g_ptr_array_add (names, name);
      g_ptr_array_add (labels, g_steal_pointer (&parts));
    }
  return TRUE;
}

/* Of a choice the name of the one with that label; else what the type makes of it. */
static gboolean
set_initial (SatWorkspace *workspace,
             const SatShaped *what,
             const SatFieldsOrder *order,
             const GPtrArray *names,
             const GPtrArray *labels,
             GError **error)
{
  const SatType *type = sat_type_by_name (order->type);
  const SatTypeOptions options = { .open = TRUE };
  g_autofree char *value = NULL;
  SatSaying sayings[] = { { "default", NULL }, { NULL, NULL } };

  if (said (order->initial) == NULL || type == NULL)
    return TRUE;
  for (guint i = 0; i < names->len && value == NULL; i++)
    if (g_strv_contains ((const char *const *) labels->pdata[i], order->initial))
      value = g_strdup (names->pdata[i]);
  if (value == NULL && !type->parse (&options, order->initial, &value, error))
    return FALSE;
  sayings[0].value = value;
  return sat_workspace_redefine (workspace, what, sayings, error);
}

/* Fields are called in it as change-sets do, so that it means the same where labels are others. */
static gboolean
read_formula (SatWorkspace *workspace, const SatFieldsOrder *order, char **out, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, order->object, error);
  g_autoptr (SatExpression) expression = NULL;

  *out = NULL;
  if (g_strcmp0 (order->type, SAT_TYPE_NAME_FORMULA) != 0)
    return TRUE;
  if (object == NULL)
    return FALSE;
  expression = sat_expression_parse (object, order->formula != NULL ? order->formula : "",
                                     SAT_EXPRESSION_VALUE, NULL, error);
  if (expression == NULL)
    return FALSE;
  *out = sat_expression_format (expression);
  return TRUE;
}

static gboolean
add_field (SatWorkspace *workspace, const SatFieldsOrder *order, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) labels = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  SatShaped of = { order->object, NULL, NULL };
  g_autofree char *formula = NULL;
  g_autofree char *name = NULL;

  if (!read_formula (workspace, order, &formula, error))
    return FALSE;
  const SatSaying sayings[] = {
    { "label_en", said (order->label_en) },
    { "label_zh_cn", said (order->label_zh) },
    { "type", order->type },
    { "group", said (order->group) },
    { "required", order->required ? "yes" : NULL },
    { "formula", formula },
    { NULL, NULL },
  };
  if (!sat_workspace_define (workspace, &of, sayings, &name, error))
    return FALSE;
  of.field = name;
  return add_choices (workspace, &of, order->choices, names, labels, error) &&
         set_initial (workspace, &of, order, names, labels, error);
}

static gboolean
add (SatWorkspace *workspace, const SatFieldsOrder *order, GError **error)
{
  const SatShaped of = { NULL, NULL, NULL };
  const SatSaying sayings[] = {
    { "label_en", said (order->label_en) },
    { "label_zh_cn", said (order->label_zh) },
    { NULL, NULL },
  };
  g_autofree char *name = NULL;

  return order->object != NULL ? add_field (workspace, order, error)
                               : sat_workspace_define (workspace, &of, sayings, &name, error);
}

/* Only what was typed anew is in a new name. */
static gboolean
change (SatWorkspace *workspace, const SatFieldsOrder *order, GError **error)
{
  const SatShaped what = { order->object, order->field, NULL };
  SatSaying sayings[3] = { { NULL, NULL }, { NULL, NULL }, { NULL, NULL } };
  guint n = 0;

  if (order->deed != SAT_FIELDS_RENAME)
    sayings[n++] = (SatSaying){ "retired", order->deed == SAT_FIELDS_RETIRE ? "yes" : NULL };
  if (order->deed == SAT_FIELDS_RENAME && order->label_en != NULL)
    sayings[n++] = (SatSaying){ "label_en", said (order->label_en) };
  if (order->deed == SAT_FIELDS_RENAME && order->label_zh != NULL)
    sayings[n++] = (SatSaying){ "label_zh_cn", said (order->label_zh) };
  return sat_workspace_redefine (workspace, &what, sayings, error);
}

static gpointer
run (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  const SatFieldsOrder *order = data;
  gint64 step;

  if (!sat_workspace_begin (workspace, error))
    return NULL;
  if (!(order->deed == SAT_FIELDS_ADD ? add (workspace, order, error)
                                      : change (workspace, order, error)))
    {
      sat_workspace_rollback (workspace);
      return NULL;
    }
  if (!sat_workspace_commit (workspace, error))
    return NULL;
  step = sat_workspace_last_step (workspace);
  if (!sat_workspace_index_now (workspace, error))
    return NULL;
  return g_memdup2 (&step, sizeof step);
}

void
sat_fields_work_do (SatService *service,
                    SatFieldsOrder *order,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  sat_service_write (service, run, order, (GDestroyNotify) sat_fields_order_free, g_free, NULL,
                     callback, user_data);
}

static gpointer
may (SatWorkspace *workspace, gpointer data, GCancellable *cancellable, GError **error)
{
  return sat_workspace_is_admin (workspace, NULL) ? g_strdup ("") : NULL;
}

void
sat_fields_work_may (SatService *service, GAsyncReadyCallback callback, gpointer user_data)
{
  sat_service_read (service, may, NULL, NULL, g_free, NULL, callback, user_data);
}
