/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Definitions of all items are written first and judged together; then the catalogue follows, and
 * rules, views and the like can be of what is new. All of it is one transaction. */
#include "core/workspace/sat-workspace-template.h"

#include <string.h>

#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-shape.h"
#include "core/workspace/sat-workspace-template-private.h"

#define NOTE "template_item"

const char *
sat_item_state_name (SatItemState state)
{
  static const char *const names[SAT_N_ITEM_STATES] = {
    [SAT_ITEM_NEW] = "new",   [SAT_ITEM_APPLIED] = "applied",   [SAT_ITEM_CHANGED] = "changed",
    [SAT_ITEM_GONE] = "gone", [SAT_ITEM_DECLINED] = "declined",
  };

  g_return_val_if_fail (state < SAT_N_ITEM_STATES, NULL);
  return names[state];
}

/* ---- what was done ---- */

static char *
note_name (const SatApplying *applying, const SatTemplateItem *item)
{
  return g_strconcat (applying->made->name, "/", item->key, NULL);
}

static void
note_id (const SatApplying *applying, const SatTemplateItem *item, SatId *id)
{
  g_autofree char *seed = g_strdup_printf ("template-item:%s:%s", applying->made->name, item->key);

  sat_id_derive (&applying->space, seed, strlen (seed), id);
}

static SatRecord *
load_note (SatApplying *applying, const SatTemplateItem *item)
{
  const SatObject *object = sat_workspace_object (applying->workspace, NOTE, NULL);
  SatId id;

  if (object == NULL)
    return NULL;
  note_id (applying, item, &id);
  return sat_list_load (applying->workspace->replica, object, &id, NULL);
}

static const char *
said (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

/* A hash of what stands in the records of ITEM now. *GONE (may be NULL): what it makes first is not
 * used any more. */
static char *
hash_now (SatApplying *applying, const SatTemplateItem *item, gboolean *gone)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean first = TRUE;

  for (guint i = 0; i < item->parts->len; i++)
    {
      const SatTemplatePart *part = item->parts->pdata[i];
      g_autoptr (SatRecord) record = NULL;
      const SatObject *object;
      SatId id;

      if (sat_part_record (applying, part, &object, &id, NULL))
        record = sat_list_load (applying->workspace->replica, object, &id, NULL);
      sat_part_describe (applying, part, record, text);
      if (part->id == NULL)
        continue;
      if (first && gone != NULL)
        *gone = record == NULL || sat_part_is_gone (record);
      first = FALSE;
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text->str, -1);
}

static SatItemState
state_of (SatApplying *applying, const SatTemplateItem *item)
{
  g_autoptr (SatRecord) note = load_note (applying, item);
  const char *state = note != NULL && !sat_record_deleted (note) ? said (note, "state") : NULL;
  g_autofree char *now = NULL;
  gboolean gone = FALSE;

  if (state == NULL)
    return SAT_ITEM_NEW;
  if (strcmp (state, "declined") == 0)
    return SAT_ITEM_DECLINED;
  now = hash_now (applying, item, &gone);
  if (gone)
    return SAT_ITEM_GONE;
  return g_strcmp0 (now, said (note, "written")) == 0 ? SAT_ITEM_APPLIED : SAT_ITEM_CHANGED;
}

static GArray *
look (SatApplying *applying)
{
  const GPtrArray *items = applying->made->items;
  GArray *steps = g_array_sized_new (FALSE, TRUE, sizeof (SatItemStep), items->len);

  for (guint i = 0; i < items->len; i++)
    {
      SatItemStep step = { .item = items->pdata[i] };

      step.state = state_of (applying, step.item);
      g_array_append_val (steps, step);
    }
  return steps;
}

GArray *
sat_workspace_template_state (SatWorkspace *workspace, const SatTemplate *made, GError **error)
{
  g_auto (SatApplying) applying = { 0 };

  if (!sat_applying_init (&applying, workspace, made, NULL, error))
    return NULL;
  return look (&applying);
}

/* ---- what to do ---- */

static gboolean
check_keys (const SatTemplate *made, const char *const *keys, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < made->items->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? ", " : "",
                            ((const SatTemplateItem *) made->items->pdata[i])->key);
  for (; keys != NULL && *keys != NULL; keys++)
    if (sat_template_item (made, *keys) == NULL)
      return sat_fail (error, SAT_ERROR_NOT_FOUND,
                       N_ ("the template “%s” has no item “%s”; it has: %s"), made->name, *keys,
                       all->str, NULL);
  return TRUE;
}

static gboolean
is_here (const SatItemStep *step)
{
  return step->state == SAT_ITEM_APPLIED || step->state == SAT_ITEM_CHANGED;
}

static gboolean
will_be_here (const SatItemStep *step)
{
  return is_here (step) || step->plan == SAT_ITEM_WRITE || step->plan == SAT_ITEM_NEEDED;
}

static SatItemStep *
step_of (GArray *steps, const SatTemplateItem *item)
{
  for (guint i = 0; i < steps->len; i++)
    if (g_array_index (steps, SatItemStep, i).item == item)
      return &g_array_index (steps, SatItemStep, i);
  return NULL;
}

static gboolean
is_among (const char *const *keys, const SatTemplateItem *item)
{
  return keys != NULL && g_strv_contains (keys, item->key);
}

/* Items come after those that they need, so that one way through is enough each time. */
static void
plan (GArray *steps, const SatApplyOptions *options)
{
  for (guint i = steps->len; i > 0; i--)
    {
      SatItemStep *step = &g_array_index (steps, SatItemStep, i - 1);
      gboolean wanted = options->only != NULL ? is_among (options->only, step->item)
                                              : step->state == SAT_ITEM_NEW;

      if (is_here (step) || is_among (options->without, step->item))
        step->plan = SAT_ITEM_LEFT;
      else if (wanted)
        step->plan = SAT_ITEM_WRITE;
      for (guint k = 0; step->plan != SAT_ITEM_LEFT && k < step->item->needs->len; k++)
        {
          SatItemStep *needed = step_of (steps, step->item->needs->pdata[k]);

          if (options->only != NULL && needed->state == SAT_ITEM_NEW)
            needed->plan = SAT_ITEM_NEEDED;
        }
    }
  for (guint i = 0; i < steps->len; i++)
    {
      SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      for (guint k = 0; step->plan != SAT_ITEM_LEFT && k < step->item->needs->len; k++)
        {
          const SatItemStep *needed = step_of (steps, step->item->needs->pdata[k]);

          if (step->plan != SAT_ITEM_LACKS && !will_be_here (needed))
            {
              step->plan = SAT_ITEM_LACKS;
              step->lacks = needed->item;
            }
        }
    }
}

/* ---- writing ---- */

static gboolean
write_note (SatApplying *applying,
            const SatTemplateItem *item,
            const char *state,
            const char *written,
            GError **error)
{
  const SatObject *object = sat_workspace_object (applying->workspace, NOTE, error);
  g_autofree char *name = note_name (applying, item);
  g_autoptr (SatRecord) note = load_note (applying, item);
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = note == NULL };
  SatId id;

  if (object == NULL)
    return FALSE;
  const SatEdit edits[] = {
    { .field = sat_object_find (object, "name"), .value = name },
    { .field = sat_object_find (object, "state"), .value = state },
    { .field = sat_object_find (object, "written"), .value = written },
  };
  note_id (applying, item, &id);
  return sat_workspace_edit_raw (applying->workspace, object, &id, SAT_BOOK_KEY_COMPANY, edits,
                                 G_N_ELEMENTS (edits), &kind, error);
}

static gboolean
is_written (const SatItemStep *step)
{
  return step->plan == SAT_ITEM_WRITE || step->plan == SAT_ITEM_NEEDED;
}

static gboolean
for_each_part (SatApplying *applying,
               const GArray *steps,
               gboolean (*write) (SatApplying *, const SatTemplatePart *, GError **),
               GError **error)
{
  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      for (guint k = 0; is_written (step) && k < step->item->parts->len; k++)
        if (!write (applying, step->item->parts->pdata[k], error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
write_all (SatApplying *applying, const GArray *steps, GError **error)
{
  SatWorkspace *workspace = applying->workspace;
  g_autoptr (GPtrArray) before = sat_workspace_shape_problems (workspace, error);

  sat_local_record (workspace->open, 0);
  if (before == NULL || !for_each_part (applying, steps, sat_part_define, error) ||
      !sat_workspace_check_shape (workspace, before, error) ||
      !sat_local_reshape (workspace->open, error))
    return FALSE;
  sat_stage_forget (workspace);
  if (!for_each_part (applying, steps, sat_part_write, error))
    return FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);
      g_autofree char *written = is_written (step) ? hash_now (applying, step->item, NULL) : NULL;

      if (written != NULL && !write_note (applying, step->item, "applied", written, error))
        return FALSE;
    }
  return TRUE;
}

/* What FUNC writes in one transaction. */
static gboolean
in_one (SatApplying *applying,
        gboolean (*func) (SatApplying *, const GArray *, GError **),
        const GArray *steps,
        GError **error)
{
  SatWorkspace *workspace = applying->workspace;

  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (func (applying, steps, error))
    return sat_workspace_commit (workspace, error);
  sat_workspace_rollback (workspace);
  return FALSE;
}

GArray *
sat_workspace_apply_template (SatWorkspace *workspace,
                              const SatTemplate *made,
                              const SatApplyOptions *options,
                              GError **error)
{
  g_auto (SatApplying) applying = { 0 };
  g_autoptr (GArray) steps = NULL;
  gboolean any = FALSE;

  if (!check_keys (made, options->only, error) || !check_keys (made, options->without, error) ||
      !sat_workspace_check_shaper (workspace, error) ||
      !sat_applying_init (&applying, workspace, made, options->language, error))
    return NULL;
  steps = look (&applying);
  plan (steps, options);
  for (guint i = 0; i < steps->len; i++)
    any = any || is_written (&g_array_index (steps, SatItemStep, i));
  if (any && !options->dry_run && !in_one (&applying, write_all, steps, error))
    return NULL;
  return g_steal_pointer (&steps);
}

/* ---- declining ---- */

static gboolean
decline (SatApplying *applying, const GArray *steps, GError **error)
{
  sat_local_record (applying->workspace->open, 0);
  for (guint i = 0; i < steps->len; i++)
    {
      const SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      if (step->plan == SAT_ITEM_WRITE &&
          !write_note (applying, step->item, "declined", NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
sat_workspace_decline_items (SatWorkspace *workspace,
                             const SatTemplate *made,
                             const char *const *keys,
                             GError **error)
{
  g_auto (SatApplying) applying = { 0 };
  g_autoptr (GArray) steps = NULL;

  if (!check_keys (made, keys, error) || !sat_workspace_check_shaper (workspace, error) ||
      !sat_applying_init (&applying, workspace, made, NULL, error))
    return FALSE;
  steps = look (&applying);
  for (guint i = 0; i < steps->len; i++)
    {
      SatItemStep *step = &g_array_index (steps, SatItemStep, i);

      if (!is_among (keys, step->item) || step->state == SAT_ITEM_DECLINED)
        continue;
      if (is_here (step))
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("“%s” is applied already; retire or delete what it has made, or undo"),
                         step->item->key, NULL);
      step->plan = SAT_ITEM_WRITE;
    }
  return in_one (&applying, decline, steps, error);
}
