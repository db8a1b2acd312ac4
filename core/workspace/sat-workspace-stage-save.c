/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is asked of a stage when it is saved here: that it can be read, and counts. */
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"

#define MAX_DAYS 36500

/* The choice by its name, whatever it was called. */
static gboolean
tidy_choice (const SatField *stage, SatDraft *draft, const SatField *field, GError **error)
{
  const char *input = sat_draft_get (draft, field);
  g_autofree char *name = NULL;

  if (input == NULL || !sat_draft_changes (draft, field))
    return TRUE;
  if (!stage->type->parse (&stage->options, input, &name, error))
    return FALSE;
  sat_draft_set (draft, field, name);
  return TRUE;
}

/* The criteria in canonical text, in which fields go by their names for ever. */
static gboolean
tidy_criteria (const SatObject *deal, SatDraft *draft, const SatField *field, GError **error)
{
  const char *text = sat_draft_get (draft, field);
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;

  if (text == NULL || !sat_draft_changes (draft, field))
    return TRUE;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (SatExpression) where = NULL;
      g_autofree char *words = NULL;
      g_autofree char *condition = NULL;
      GError *problem = NULL;

      if (*g_strstrip (lines[i]) == '\0')
        continue;
      where = sat_criterion_parse (deal, lines[i], &words, &problem);
      if (where == NULL)
        {
          sat_error_place (problem, field->name, lines[1] != NULL ? i + 1 : 0, 0);
          g_propagate_error (error, problem);
          return FALSE;
        }
      condition = sat_expression_format (where);
      g_string_append_printf (out, "%s%s%s%s", out->len > 0 ? "\n" : "", words ? words : "",
                              words ? ": " : "", condition);
    }
  sat_draft_set (draft, field, out->len > 0 ? out->str : NULL);
  return TRUE;
}

/* What is said in the field NAME, and said here, is from LEAST to MOST. */
static gboolean
check_range (const SatDraft *draft, const char *name, double least, double most, GError **error)
{
  const SatField *field = sat_object_find (sat_draft_object (draft), name);
  const char *value = field != NULL ? sat_draft_get (draft, field) : NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  double number;

  if (value == NULL || !sat_draft_changes (draft, field))
    return TRUE;
  number = g_ascii_strtod (value, NULL);
  if (number >= least && number <= most)
    return TRUE;
  from = g_strdup_printf ("%.0f", least);
  to = g_strdup_printf ("%.0f", most);
  return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s: a number from %s to %s is expected"),
                   sat_field_word (field), from, to, NULL);
}

gboolean
sat_stage_check_chance (const SatDraft *draft, GError **error)
{
  return check_range (draft, "probability", 0, 100, error);
}

/* A pipeline has one stage of each choice. */
static gboolean
check_only (SatWorkspace *workspace,
            const SatDraft *draft,
            const SatField *choice,
            const SatField *parent,
            GError **error)
{
  const char *of = sat_draft_get (draft, parent);
  const char *name = sat_draft_get (draft, choice);
  g_autoptr (GPtrArray) pipelines = NULL;
  const SatPipeline *pipeline;
  const SatStage *stage;
  SatId id;

  if (of == NULL || name == NULL || !sat_id_parse (of, &id) ||
      (!sat_draft_changes (draft, choice) && !sat_draft_changes (draft, parent)))
    return TRUE;
  pipelines = sat_workspace_pipelines (workspace, error);
  if (pipelines == NULL)
    return FALSE;
  pipeline = sat_pipelines_by_id (pipelines, of);
  stage = sat_id_equal (&pipeline->id, &id) ? sat_pipeline_stage (pipeline, name) : NULL;
  if (stage == NULL || !stage->is_listed ||
      (sat_draft_id (draft) != NULL && sat_id_equal (&stage->id, sat_draft_id (draft))))
    return TRUE;
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is of the choice “%s” already; change that stage, or take another "
                       "choice"),
                   sat_stage_word (stage), name, NULL);
}

gboolean
sat_stage_tidy (SatWorkspace *workspace, SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);
  const SatObject *deal = sat_catalogue_find (workspace->replica->catalogue, SAT_STAGED);
  const SatField *stage = deal != NULL ? sat_object_find (deal, "stage") : NULL;
  const SatField *choice = sat_object_find (object, "choice");
  const SatField *criteria = sat_object_find (object, "criteria");
  const SatField *parent = sat_object_find (object, "pipeline");

  return stage == NULL || choice == NULL || criteria == NULL || parent == NULL ||
         (tidy_choice (stage, draft, choice, error) &&
          tidy_criteria (deal, draft, criteria, error) && sat_stage_check_chance (draft, error) &&
          check_range (draft, "baseline_days", 1, MAX_DAYS, error) &&
          check_range (draft, "idle_days", 1, MAX_DAYS, error) &&
          check_only (workspace, draft, choice, parent, error));
}
