/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading pipelines. Two administrators may have made a stage of the same choice: the one that was
 * made first counts, on every laptop. */
#include "core/workspace/sat-workspace-pipeline.h"

#include <string.h>

#include "core/query/sat-trial.h"
#include "core/workspace/sat-workspace-pipeline-private.h"
#include "core/workspace/sat-workspace-private.h"

#define PLACE_STEP 10

static void
criterion_free (gpointer data)
{
  SatCriterion *criterion = data;

  g_free (criterion->words);
  sat_expression_free (criterion->where);
  g_clear_error (&criterion->problem);
  sat_trial_free (criterion->trial);
  g_free (criterion);
}

static void
stage_free (gpointer data)
{
  SatStage *stage = data;

  g_free (stage->name);
  g_free (stage->probability);
  g_ptr_array_unref (stage->criteria);
  g_strfreev (stage->tasks);
  g_free (stage->guidance);
  g_free (stage);
}

static void
pipeline_free (gpointer data)
{
  SatPipeline *pipeline = data;

  g_free (pipeline->name);
  g_ptr_array_unref (pipeline->stages);
  g_ptr_array_unref (pipeline->problems);
  g_free (pipeline);
}

/* ---- values ---- */

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field != NULL ? sat_record_get (record, field) : NULL;
}

static gint64
number_of (const SatRecord *record, const char *name, gint64 otherwise)
{
  const char *value = value_of (record, name);

  return value != NULL ? g_ascii_strtoll (value, NULL, 10) : otherwise;
}

/* The lines of TEXT that say something. */
static char **
lines_of (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  GStrvBuilder *builder = g_strv_builder_new ();
  char **out;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      g_strv_builder_add (builder, lines[i]);
  out = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return out;
}

/* ---- criteria ---- */

/* The colon after AT, and where it ends; NULL: there is none. */
static const char *
next_colon (const char *at, const char **end)
{
  const char *narrow = strchr (at, ':');
  const char *wide = strstr (at, "：");
  gboolean is_wide = wide != NULL && (narrow == NULL || wide < narrow);

  if (narrow == NULL && wide == NULL)
    return NULL;
  *end = is_wide ? wide + strlen ("：") : narrow + 1;
  return is_wide ? wide : narrow;
}

/* The whole line is a condition, or what stands behind one of its colons: the first that is. */
SatExpression *
sat_criterion_parse (const SatObject *object, const char *line, char **words, GError **error)
{
  GError *problem = NULL;
  SatExpression *where = sat_expression_parse (object, line, SAT_EXPRESSION_FILTER, NULL, &problem);
  const char *end = line;
  const char *colon;

  *words = NULL;
  for (guint n = 0; where == NULL && (colon = next_colon (end, &end)) != NULL; n++)
    {
      GError *behind = NULL;

      where = sat_expression_parse (object, end, SAT_EXPRESSION_FILTER, NULL, &behind);
      if (where != NULL)
        *words = g_strstrip (g_strndup (line, (gsize) (colon - line)));
      if (n > 0)
        g_clear_error (&behind);
      if (behind != NULL) /* it is what was meant */
        {
          g_clear_error (&problem);
          problem = behind;
        }
    }
  if (where == NULL)
    g_propagate_error (error, problem);
  else
    g_clear_error (&problem);
  return where;
}

static SatCriterion *
criterion_new (const SatObject *deal, const char *line)
{
  SatCriterion *criterion = g_new0 (SatCriterion, 1);

  criterion->where = sat_criterion_parse (deal, line, &criterion->words, &criterion->problem);
  if (criterion->words == NULL)
    criterion->words = g_strdup (line);
  return criterion;
}

/* ---- stages ---- */

static SatOutcome
outcome_named (const char *name)
{
  if (g_strcmp0 (name, "won") == 0)
    return SAT_OUTCOME_WON;
  return g_strcmp0 (name, "lost") == 0 ? SAT_OUTCOME_LOST : SAT_OUTCOME_OPEN;
}

/* What a choice is where nobody says more. */
static SatStage *
stage_new (const SatField *field, guint choice)
{
  SatStage *stage = g_new0 (SatStage, 1);

  stage->choice = &field->choices[choice];
  stage->place = (gint64) (choice + 1) * PLACE_STEP;
  stage->outcome = outcome_named (stage->choice->name);
  if (stage->outcome != SAT_OUTCOME_OPEN)
    stage->probability = g_strdup (stage->outcome == SAT_OUTCOME_WON ? "100" : "0");
  stage->criteria = g_ptr_array_new_with_free_func (criterion_free);
  stage->tasks = lines_of (NULL);
  return stage;
}

static void
read_stage (SatStage *stage, const SatObject *deal, const SatRecord *record)
{
  g_auto (GStrv) criteria = lines_of (value_of (record, "criteria"));
  const char *outcome = value_of (record, "outcome");
  const char *probability = value_of (record, "probability");

  stage->is_listed = TRUE;
  stage->id = *sat_record_id (record);
  stage->name = g_strdup (sat_record_title (record));
  stage->place = number_of (record, "place", stage->place);
  if (outcome != NULL)
    stage->outcome = outcome_named (outcome);
  if (probability != NULL)
    {
      g_free (stage->probability);
      stage->probability = g_strdup (probability);
    }
  stage->baseline_days = number_of (record, "baseline_days", 0);
  stage->idle_days = number_of (record, "idle_days", 0);
  stage->guidance = g_strdup (value_of (record, "guidance"));
  g_strfreev (stage->tasks);
  stage->tasks = lines_of (value_of (record, "tasks"));
  for (guint i = 0; criteria[i] != NULL; i++)
    g_ptr_array_add (stage->criteria, criterion_new (deal, criteria[i]));
}

static int
compare_stages (gconstpointer a, gconstpointer b)
{
  const SatStage *one = *(const SatStage *const *) a;
  const SatStage *other = *(const SatStage *const *) b;

  if (one->outcome != other->outcome)
    return one->outcome < other->outcome ? -1 : 1;
  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  return one->choice < other->choice ? -1 : one->choice > other->choice;
}

/* Older ids come first. */
static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (sat_record_id (*(SatRecord *const *) a),
                         sat_record_id (*(SatRecord *const *) b));
}

static SatStage *
find_stage (const SatPipeline *pipeline, const char *choice)
{
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      SatStage *stage = g_ptr_array_index (pipeline->stages, i);

      if (g_strcmp0 (stage->choice->name, choice) == 0)
        return stage;
    }
  return NULL;
}

static void
add_problem (SatPipeline *pipeline, const char *msgid, const char *a, const char *b)
{
  const char *const args[] = { a, b, NULL };
  GError *problem = NULL;

  sat_fail_strv (&problem, SAT_ERROR_INVALID, msgid, args);
  g_ptr_array_add (pipeline->problems, problem);
}

static void
take_stage (SatPipeline *pipeline, const SatField *field, const SatRecord *record)
{
  const char *choice = value_of (record, "choice");
  SatStage *stage = find_stage (pipeline, choice);

  if (stage == NULL)
    add_problem (pipeline, N_ ("stage “%s” is of no choice that deals have: “%s”"),
                 sat_record_title (record), choice != NULL ? choice : "");
  else if (stage->is_listed)
    add_problem (pipeline, N_ ("stage “%s” does not count: “%s” is of the same choice"),
                 sat_record_title (record), stage->name);
  else
    read_stage (stage, field->object, record);
  for (guint i = 0; stage != NULL && i < stage->criteria->len; i++)
    {
      const SatCriterion *criterion = g_ptr_array_index (stage->criteria, i);

      if (criterion->problem != NULL && sat_id_equal (&stage->id, sat_record_id (record)))
        add_problem (pipeline, N_ ("stage “%s”: this criterion cannot be read here: “%s”"),
                     stage->name, criterion->words);
    }
}

/* ---- pipelines ---- */

static SatPipeline *
pipeline_new (const SatField *field, const SatRecord *record, const GPtrArray *stages)
{
  SatPipeline *pipeline = g_new0 (SatPipeline, 1);

  pipeline->stages = g_ptr_array_new_with_free_func (stage_free);
  pipeline->problems = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  pipeline->is_built_in = record == NULL;
  for (guint i = 0; i < field->n_choices; i++)
    g_ptr_array_add (pipeline->stages, stage_new (field, i));
  if (record != NULL)
    {
      char id[SAT_ID_TEXT_SIZE];

      pipeline->id = *sat_record_id (record);
      pipeline->name = g_strdup (sat_record_title (record));
      sat_id_format (&pipeline->id, id);
      for (guint i = 0; i < stages->len; i++)
        if (g_strcmp0 (value_of (stages->pdata[i], "pipeline"), id) == 0)
          take_stage (pipeline, field, stages->pdata[i]);
    }
  g_ptr_array_sort (pipeline->stages, compare_stages);
  return pipeline;
}

/* Every record of the object NAME that is shown, oldest first. */
static GPtrArray *
load_all (SatWorkspace *workspace, const char *name, GError **error)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, name);
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_record_unref);
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GArray) rows = NULL;

  if (object == NULL)
    return g_steal_pointer (&out);
  rows = sat_workspace_list_rows (workspace, &query, error);
  if (rows == NULL)
    return NULL;
  records = sat_workspace_load_rows (workspace, object, (const gint64 *) (gpointer) rows->data,
                                     rows->len, error);
  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    if (records->pdata[i] != NULL && !sat_record_deleted (records->pdata[i]))
      g_ptr_array_add (out, sat_record_ref (records->pdata[i]));
  g_ptr_array_sort (out, compare_ids);
  return g_steal_pointer (&out);
}

static int
compare_pipelines (gconstpointer a, gconstpointer b)
{
  const SatPipeline *one = *(const SatPipeline *const *) a;
  const SatPipeline *other = *(const SatPipeline *const *) b;

  if (one->is_default != other->is_default)
    return one->is_default ? -1 : 1;
  return g_utf8_collate (one->name ? one->name : "", other->name ? other->name : "");
}

/* The first that says it is the default one; else the oldest. */
static void
choose_default (const GPtrArray *pipelines, const GPtrArray *records)
{
  guint chosen = 0;

  for (guint i = records->len; i > 0; i--)
    if (g_strcmp0 (value_of (records->pdata[i - 1], "is_default"), "yes") == 0)
      chosen = i - 1;
  ((SatPipeline *) pipelines->pdata[chosen])->is_default = TRUE;
}

static const SatField *
stage_field (SatWorkspace *workspace, GError **error)
{
  const SatObject *deal = sat_catalogue_find (workspace->replica->catalogue, SAT_STAGED);
  const SatField *field = deal != NULL ? sat_object_find (deal, "stage") : NULL;

  if (field == NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("this catalogue has no deals with stages"), NULL);
  return field;
}

GPtrArray *
sat_pipeline_built_in (SatWorkspace *workspace, GError **error)
{
  const SatField *field = stage_field (workspace, error);
  GPtrArray *out;

  if (field == NULL)
    return NULL;
  out = g_ptr_array_new_with_free_func (pipeline_free);
  g_ptr_array_add (out, pipeline_new (field, NULL, NULL));
  return out;
}

GPtrArray *
sat_workspace_pipelines (SatWorkspace *workspace, GError **error)
{
  const SatField *field = stage_field (workspace, error);
  g_autoptr (GPtrArray) records = field ? load_all (workspace, "pipeline", error) : NULL;
  g_autoptr (GPtrArray) stages = records != NULL ? load_all (workspace, SAT_STAGE, error) : NULL;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (pipeline_free);

  if (stages == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (out, pipeline_new (field, records->pdata[i], stages));
  if (out->len == 0)
    g_ptr_array_add (out, pipeline_new (field, NULL, stages));
  choose_default (out, records);
  g_ptr_array_sort (out, compare_pipelines);
  return g_steal_pointer (&out);
}

const SatPipeline *
sat_pipelines_by_id (const GPtrArray *pipelines, const char *text)
{
  SatId id;

  for (guint i = 0; text != NULL && sat_id_parse (text, &id) && i < pipelines->len; i++)
    if (sat_id_equal (&((const SatPipeline *) pipelines->pdata[i])->id, &id))
      return pipelines->pdata[i];
  return pipelines->pdata[0];
}

const SatPipeline *
sat_pipelines_of (const GPtrArray *pipelines, const SatRecord *deal)
{
  return sat_pipelines_by_id (pipelines, value_of (deal, "pipeline"));
}

const SatPipeline *
sat_pipelines_find (const GPtrArray *pipelines, const char *name, GError **error)
{
  const SatPipeline *found = NULL;
  SatId id;
  gboolean is_id = sat_id_parse (name, &id);

  for (guint i = 0; i < pipelines->len; i++)
    {
      const SatPipeline *pipeline = pipelines->pdata[i];

      if (pipeline->is_built_in)
        continue;
      if (is_id && sat_id_equal (&pipeline->id, &id))
        return pipeline;
      if (strcmp (pipeline->name, name) != 0)
        continue;
      if (found != NULL)
        {
          sat_fail (error, SAT_ERROR_AMBIGUOUS,
                    N_ ("more than one pipeline is called “%s”; give its id"), name, NULL);
          return NULL;
        }
      found = pipeline;
    }
  if (found != NULL)
    return found;
  sat_fail (error, SAT_ERROR_NOT_FOUND,
            N_ ("there is no pipeline “%s”; “satchel pipeline list” lists them"), name, NULL);
  return NULL;
}

const SatStage *
sat_pipeline_stage (const SatPipeline *pipeline, const char *choice)
{
  return find_stage (pipeline, choice);
}

/* Choices that the pipeline does not mention, or that are not used any more, are passed over. */
const SatStage *
sat_pipeline_next (const SatPipeline *pipeline, const SatStage *stage)
{
  gboolean past = FALSE;

  for (guint i = 0; stage->outcome == SAT_OUTCOME_OPEN && i < pipeline->stages->len; i++)
    {
      const SatStage *next = g_ptr_array_index (pipeline->stages, i);

      if (past && next->outcome != SAT_OUTCOME_LOST && !next->choice->retired &&
          (next->is_listed || pipeline->is_built_in || next->outcome == SAT_OUTCOME_WON))
        return next;
      past |= next == stage;
    }
  return NULL;
}

const char *
sat_stage_word (const SatStage *stage)
{
  return stage->name != NULL ? stage->name : sat_label (stage->choice->label, NULL);
}

char *
sat_stage_condition (const SatPipeline *pipeline, const SatStage *stage, gboolean idle)
{
  GString *text = g_string_new (NULL);
  char id[SAT_ID_TEXT_SIZE];

  g_string_append_printf (text, "stage = \"%s\"", stage->choice->name);
  if (!pipeline->is_built_in)
    {
      sat_id_format (&pipeline->id, id);
      g_string_append_printf (text, " and (%spipeline = \"%s\")",
                              pipeline->is_default ? "pipeline is empty or " : "", id);
    }
  if (idle)
    g_string_append_printf (text, " and days_since(stage_since) > %" G_GINT64_FORMAT,
                            stage->idle_days);
  return g_string_free (text, FALSE);
}
