/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel pipeline list, show, check */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-pipeline.h"

#define WIDTH_OF_TEXT 78
#define INDENT 4

/* ---- words ---- */

static const char *
pipeline_text (const SatPipeline *pipeline)
{
  return pipeline->name != NULL ? pipeline->name : _ ("(built in)");
}

static const char *
stage_text (const SatCli *cli, const SatStage *stage)
{
  return stage->name != NULL ? stage->name : sat_label (stage->choice->label, cli->language);
}

static const char *
outcome_name (SatOutcome outcome)
{
  static const char *const names[] = { "open", "won", "lost" };

  return names[outcome];
}

static gboolean
is_part (const SatPipeline *pipeline, const SatStage *stage)
{
  return stage->is_listed || pipeline->is_built_in;
}

/* ---- counting ---- */

/* The deals in STAGE, or (IDLE) those that are there for too long; -1: failed. */
static gint64
count_deals (
    SatCli *cli, const SatPipeline *pipeline, const SatStage *stage, gboolean idle, GError **error)
{
  SatQuery query = { .object = sat_workspace_object (cli->workspace, "deal", error), .limit = -1 };
  g_autofree char *text = sat_stage_condition (pipeline, stage, idle);
  g_autoptr (SatExpression) where = NULL;

  if (query.object == NULL || (idle && stage->idle_days == 0))
    return query.object == NULL ? -1 : 0;
  where = sat_expression_parse (query.object, text, SAT_EXPRESSION_FILTER, NULL, error);
  query.where = where;
  return where != NULL ? sat_workspace_count (cli->workspace, &query, error) : -1;
}

/* Of all stages of PIPELINE. */
static gint64
count_open (SatCli *cli, const SatPipeline *pipeline, GError **error)
{
  gint64 sum = 0;

  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *stage = pipeline->stages->pdata[i];
      gint64 n = stage->outcome == SAT_OUTCOME_OPEN
                     ? count_deals (cli, pipeline, stage, FALSE, error)
                     : 0;

      if (n < 0)
        return -1;
      sum += n;
    }
  return sum;
}

/* ---- list ---- */

static void
emit_name (JsonBuilder *builder, const SatPipeline *pipeline)
{
  if (!pipeline->is_built_in)
    sat_json_id (builder, "id", &pipeline->id);
  sat_json_text (builder, "name", pipeline->name);
  sat_json_bool (builder, "default", pipeline->is_default);
}

static guint
n_parts (const SatPipeline *pipeline)
{
  guint n = 0;

  for (guint i = 0; i < pipeline->stages->len; i++)
    n += is_part (pipeline, pipeline->stages->pdata[i]);
  return n;
}

static void
print_list (const GPtrArray *pipelines, const gint64 *open)
{
  const char *const headings[] = { _ ("Pipeline"), _ ("Stages"), _ ("Open deals"), _ ("Default"),
                                   NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  sat_grid_align_right (table, 1);
  sat_grid_align_right (table, 2);
  for (guint i = 0; i < pipelines->len; i++)
    {
      const SatPipeline *pipeline = pipelines->pdata[i];
      g_autofree char *stages = g_strdup_printf ("%u", n_parts (pipeline));
      g_autofree char *deals = g_strdup_printf ("%" G_GINT64_FORMAT, open[i]);
      const char *const row[] = { pipeline_text (pipeline), stages, deals,
                                  pipeline->is_default ? _ ("yes") : NULL };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static void
emit_list (const GPtrArray *pipelines, const gint64 *open)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "pipelines");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pipelines->len; i++)
    {
      json_builder_begin_object (builder);
      emit_name (builder, pipelines->pdata[i]);
      sat_json_int (builder, "stages", n_parts (pipelines->pdata[i]));
      sat_json_int (builder, "open", open[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) pipelines = NULL;
  g_autofree gint64 *open = NULL;

  (void) args;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  pipelines = sat_workspace_pipelines (cli->workspace, error);
  if (pipelines == NULL)
    return SAT_EXIT_FAILED;
  open = g_new0 (gint64, pipelines->len);
  for (guint i = 0; i < pipelines->len; i++)
    if ((open[i] = count_open (cli, pipelines->pdata[i], error)) < 0)
      return SAT_EXIT_FAILED;
  if (cli->json)
    emit_list (pipelines, open);
  else
    print_list (pipelines, open);
  return SAT_EXIT_DONE;
}

/* ---- show ---- */

typedef struct
{
  gint64 deals, idle;
} Counts;

static void
print_table (SatCli *cli, const SatPipeline *pipeline, const Counts *counts)
{
  const char *const headings[] = { _ ("Stage"),      _ ("Choice"),
                                   _ ("Deals"),      _ ("Chance"),
                                   _ ("Usual days"), _ ("Days at most"),
                                   _ ("Forgotten"),  NULL };
  g_autoptr (SatGrid) table = sat_grid_new (7, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 2; i < 7; i++)
    sat_grid_align_right (table, i);
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      const SatStage *stage = pipeline->stages->pdata[i];
      g_autofree char *deals = g_strdup_printf ("%" G_GINT64_FORMAT, counts[i].deals);
      g_autofree char *idle = g_strdup_printf ("%" G_GINT64_FORMAT, counts[i].idle);
      g_autofree char *usual = g_strdup_printf ("%" G_GINT64_FORMAT, stage->baseline_days);
      g_autofree char *most = g_strdup_printf ("%" G_GINT64_FORMAT, stage->idle_days);
      g_autofree char *chance = stage->probability ? g_strconcat (stage->probability, " %", NULL)
                                                   : NULL;
      const char *const row[] = { stage_text (cli, stage),
                                  stage->choice->name,
                                  deals,
                                  chance,
                                  stage->baseline_days > 0 ? usual : NULL,
                                  stage->idle_days > 0 ? most : NULL,
                                  counts[i].idle > 0 ? idle : NULL };

      if (is_part (pipeline, stage) || counts[i].deals > 0)
        sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

/* What a stage asks for, and its guidance. */
static void
print_stage (SatCli *cli, const SatStage *stage)
{
  if (stage->criteria->len == 0 && stage->tasks[0] == NULL && stage->guidance == NULL)
    return;
  sat_cli_say (cli, "%s", "");
  sat_cli_say (cli, "%s", stage_text (cli, stage));
  if (stage->guidance != NULL)
    {
      g_autofree char *text = sat_wrap (stage->guidance, WIDTH_OF_TEXT, INDENT);

      sat_cli_say (cli, "%s", g_strchomp (text));
    }
  for (guint i = 0; i < stage->criteria->len; i++)
    {
      const SatCriterion *criterion = stage->criteria->pdata[i];
      g_autofree char *condition = criterion->where ? sat_expression_format (criterion->where)
                                                    : NULL;

      if (condition != NULL && !g_str_equal (condition, criterion->words))
        sat_cli_say (cli, "  - %s  (%s)", criterion->words, condition);
      else
        sat_cli_say (cli, "  - %s", criterion->words);
    }
  for (guint i = 0; stage->tasks[i] != NULL; i++)
    sat_cli_say (cli, _ ("  - task: %s"), stage->tasks[i]);
}

static void
print_show (SatCli *cli, const SatPipeline *pipeline, const Counts *counts)
{
  print_table (cli, pipeline, counts);
  for (guint i = 0; i < pipeline->stages->len; i++)
    print_stage (cli, pipeline->stages->pdata[i]);
  for (guint i = 0; i < pipeline->problems->len; i++)
    {
      g_autofree char *text = sat_cli_word_error (pipeline->problems->pdata[i]);

      g_printerr ("satchel: %s\n", text);
    }
}

static void
emit_stage (SatCli *cli, JsonBuilder *builder, const SatStage *stage, const Counts *counts)
{
  json_builder_begin_object (builder);
  if (stage->is_listed)
    sat_json_id (builder, "id", &stage->id);
  sat_json_text (builder, "choice", stage->choice->name);
  sat_json_text (builder, "name", stage_text (cli, stage));
  sat_json_text (builder, "outcome", outcome_name (stage->outcome));
  sat_json_text (builder, "probability", stage->probability);
  sat_json_int (builder, "baseline_days", stage->baseline_days);
  sat_json_int (builder, "idle_days", stage->idle_days);
  sat_json_int (builder, "deals", counts->deals);
  sat_json_int (builder, "idle", counts->idle);
  sat_json_text (builder, "guidance", stage->guidance);
  json_builder_set_member_name (builder, "criteria");
  json_builder_begin_array (builder);
  for (guint i = 0; i < stage->criteria->len; i++)
    {
      const SatCriterion *criterion = stage->criteria->pdata[i];
      g_autofree char *condition = criterion->where ? sat_expression_format (criterion->where)
                                                    : NULL;

      json_builder_begin_object (builder);
      sat_json_text (builder, "words", criterion->words);
      sat_json_text (builder, "condition", condition);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "tasks");
  json_builder_begin_array (builder);
  for (guint i = 0; stage->tasks[i] != NULL; i++)
    json_builder_add_string_value (builder, stage->tasks[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
emit_show (SatCli *cli, const SatPipeline *pipeline, const Counts *counts)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  emit_name (builder, pipeline);
  json_builder_set_member_name (builder, "stages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pipeline->stages->len; i++)
    if (is_part (pipeline, pipeline->stages->pdata[i]) || counts[i].deals > 0)
      emit_stage (cli, builder, pipeline->stages->pdata[i], &counts[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < pipeline->problems->len; i++)
    {
      g_autofree char *text = sat_cli_word_error (pipeline->problems->pdata[i]);

      json_builder_add_string_value (builder, text);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static int
run_show (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) pipelines = NULL;
  const SatPipeline *pipeline;
  g_autofree Counts *counts = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  pipelines = sat_workspace_pipelines (cli->workspace, error);
  if (pipelines == NULL)
    return SAT_EXIT_FAILED;
  pipeline = sat_args_n_words (args) > 0
                 ? sat_pipelines_find (pipelines, sat_args_word (args, 0), error)
                 : pipelines->pdata[0];
  if (pipeline == NULL)
    return SAT_EXIT_FAILED;
  counts = g_new0 (Counts, pipeline->stages->len);
  for (guint i = 0; i < pipeline->stages->len; i++)
    {
      counts[i].deals = count_deals (cli, pipeline, pipeline->stages->pdata[i], FALSE, error);
      if (counts[i].deals >= 0)
        counts[i].idle = count_deals (cli, pipeline, pipeline->stages->pdata[i], TRUE, error);
      if (counts[i].deals < 0 || counts[i].idle < 0)
        return SAT_EXIT_FAILED;
    }
  if (cli->json)
    emit_show (cli, pipeline, counts);
  else
    print_show (cli, pipeline, counts);
  return SAT_EXIT_DONE;
}

/* ---- check ---- */

static const SatOption check_options[] = {
  { "to", "STAGE", N_ ("what is missing for this stage; default: the next one") },
  { NULL },
};

static void
emit_check (SatCli *cli,
            const SatPipeline *pipeline,
            const SatStage *from,
            const SatStage *to,
            const GPtrArray *missing)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_text (builder, "pipeline", pipeline->name);
  sat_json_text (builder, "stage", from ? from->choice->name : NULL);
  sat_json_text (builder, "to", to->choice->name);
  sat_json_text (builder, "guidance", from ? from->guidance : NULL);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < missing->len; i++)
    {
      const SatMissing *one = missing->pdata[i];
      const SatStage *stage = sat_pipeline_stage (pipeline, one->choice);

      json_builder_begin_object (builder);
      sat_json_text (builder, "stage", one->choice);
      sat_json_text (builder, "name", stage_text (cli, stage));
      sat_json_text (builder, "kind", one->is_task ? "task" : "criterion");
      sat_json_text (builder, "words", one->words);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_check (SatCli *cli,
             const SatPipeline *pipeline,
             const SatStage *from,
             const SatStage *to,
             const GPtrArray *missing)
{
  const char *before = NULL;

  if (missing->len == 0)
    sat_cli_say (cli, _ ("Nothing is missing: the deal can go on to “%s”."), stage_text (cli, to));
  else
    sat_cli_say (cli, _ ("Before the deal goes on to “%s”:"), stage_text (cli, to));
  for (guint i = 0; i < missing->len; i++)
    {
      const SatMissing *one = missing->pdata[i];

      if (g_strcmp0 (before, one->choice) != 0)
        sat_cli_say (cli, "%s", stage_text (cli, sat_pipeline_stage (pipeline, one->choice)));
      before = one->choice;
      if (one->is_task)
        sat_cli_say (cli, _ ("  - task: %s"), one->words);
      else
        sat_cli_say (cli, "  - %s", one->words);
    }
  if (from != NULL && from->guidance != NULL)
    {
      g_autofree char *text = sat_wrap (from->guidance, WIDTH_OF_TEXT, 0);

      sat_cli_say (cli, "\n%s", g_strchomp (text));
    }
}

/* The stage that is asked for. */
static const SatStage *
target (const SatPipeline *pipeline,
        const SatField *field,
        const SatStage *from,
        const char *word,
        GError **error)
{
  g_autofree char *name = NULL;
  const SatStage *to;

  for (guint i = 0; word != NULL && i < pipeline->stages->len; i++)
    if (g_strcmp0 (((const SatStage *) pipeline->stages->pdata[i])->name, word) == 0)
      return pipeline->stages->pdata[i];
  if (word != NULL)
    return field->type->parse (&field->options, word, &name, error)
               ? sat_pipeline_stage (pipeline, name)
               : NULL;
  to = from != NULL ? sat_pipeline_next (pipeline, from) : NULL;
  if (to == NULL)
    sat_fail (error, SAT_ERROR_INVALID,
              N_ ("the deal is over, no stage comes next; say which one with --to"), NULL);
  return to;
}

static int
run_check (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  const SatField *field;
  const SatPipeline *pipeline;
  const SatStage *from, *to;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (GPtrArray) pipelines = NULL;
  g_autoptr (GPtrArray) missing = NULL;
  SatId id;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  object = sat_workspace_object (cli->workspace, "deal", error);
  field = object != NULL ? sat_workspace_field (cli->workspace, object, "stage", error) : NULL;
  if (field == NULL ||
      !sat_workspace_find (cli->workspace, object, sat_args_word (args, 0), &id, error))
    return SAT_EXIT_FAILED;
  record = sat_workspace_load (cli->workspace, object, &id, error);
  pipelines = record != NULL ? sat_workspace_pipelines (cli->workspace, error) : NULL;
  if (pipelines == NULL)
    return SAT_EXIT_FAILED;
  pipeline = sat_pipelines_of (pipelines, record);
  from = sat_pipeline_stage (pipeline, sat_record_get (record, field));
  to = target (pipeline, field, from, sat_args_get (args, "to"), error);
  if (to == NULL)
    return SAT_EXIT_FAILED;
  draft = sat_draft_edit (record);
  sat_draft_set (draft, field, to->choice->name);
  missing = sat_workspace_missing (cli->workspace, draft, error);
  if (missing == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_check (cli, pipeline, from, to, missing);
  else
    print_check (cli, pipeline, from, to, missing);
  return missing->len == 0 ? SAT_EXIT_DONE : SAT_EXIT_WAITING;
}

const SatCommand sat_cmd_pipeline_list = {
  "pipeline list",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the pipelines, and how many deals are open in each"),
  N_ ("Pipelines and their stages are records: “satchel new pipeline” and “satchel new stage” make "
      "them, and “satchel set” changes them. Without any, deals go through the stages that are "
      "built in, and nothing is asked of them."),
  "satchel pipeline list",
  run_list,
};

const SatCommand sat_cmd_pipeline_show = {
  "pipeline show",
  "[NAME]",
  0,
  1,
  NULL,
  FALSE,
  N_ ("show the stages of a pipeline: deals, chances, what they ask for, guidance"),
  N_ ("Without NAME it is the default pipeline. “Forgotten” counts the deals that are in the stage "
      "for more days than it allows."),
  "satchel pipeline show\n"
  "satchel new pipeline name=Sales is_default=yes\n"
  "satchel new stage name=Needs pipeline=Sales choice=needs probability=40 \\\n"
  "    \"criteria=Budget known: amount is not empty\" tasks=\"Site visit\"",
  run_show,
};

const SatCommand sat_cmd_pipeline_check = {
  "pipeline check",
  "DEAL",
  1,
  1,
  check_options,
  FALSE,
  N_ ("say what is missing before a deal can go on to the next stage"),
  N_ ("The exit status is 3 when something is missing."),
  "satchel pipeline check deal/Pumps\n"
  "satchel pipeline check deal/Pumps --to won",
  run_check,
};
