/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel set: one record, or all that meet a condition */
#include "cli/sat-assign.h"
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-progress.h"
#include "cli/sat-signals.h"
#include "cli/sat-values.h"
#include "cli/sat-where.h"
#include "core/workspace/sat-workspace-bulk.h"

#define SLICE_MS 15
#define PAUSE_US 2000 /* between slices, so that others get their turn */
#define SAMPLE 10     /* changes shown by --dry-run */

static const SatOption options[] = {
  SAT_WHERE_OPTION,
  { "dry-run", NULL, N_ ("with a condition: say what would change, and change nothing") },
  { "force", "REASON", N_ ("move deals on although something is missing, and say why (managers)") },
  { NULL },
};

/* ---- all that meet a condition ------------------------------------------------------------------
 */

typedef struct
{
  SatCli *cli;
  const SatArgs *args;
} Bulk;

static gboolean
edit (SatDraft *draft, gpointer data, GError **error)
{
  const Bulk *bulk = data;

  sat_draft_set_force (draft, sat_args_get (bulk->args, "force"));
  for (guint i = 1; i < sat_args_n_words (bulk->args); i++)
    if (!sat_assign_apply (bulk->cli->workspace, draft, sat_args_word (bulk->args, i), error))
      return FALSE;
  return TRUE;
}

static void
print_sample (SatCli *cli, const SatBulkLook *look)
{
  const char *const headings[] = { _ ("Title"), _ ("Field"), _ ("Before"), _ ("After"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < look->sample->len; i++)
    {
      const SatBulkChange *change = g_ptr_array_index (look->sample, i);
      g_autofree char *before = sat_value_text (cli, change->field, change->before);
      g_autofree char *after = sat_value_text (cli, change->field, change->after);
      const char *const row[] = { change->title, sat_field_label (cli, change->field), before,
                                  after };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static void
say (SatCli *cli, const SatBulkLook *look, const SatBulk *bulk, gboolean dry)
{
  if (look->found == 0)
    sat_cli_say (cli, _ ("No record meets the condition."));
  else if (look->changing == 0)
    sat_cli_say (cli,
                 ngettext ("Nothing to change in %llu record.",
                           "Nothing to change in %llu records.", (gulong) look->found),
                 (unsigned long long) look->found);
  else if (dry)
    {
      sat_cli_say (cli,
                   ngettext ("%llu record of %llu would change.",
                             "%llu records of %llu would change.", (gulong) look->changing),
                   (unsigned long long) look->changing, (unsigned long long) look->found);
      print_sample (cli, look);
    }
  else
    sat_cli_say (cli,
                 ngettext ("%llu record changed. “satchel undo” takes all of it back.",
                           "%llu records changed. “satchel undo” takes all of it back.",
                           (gulong) sat_bulk_changed (bulk)),
                 (unsigned long long) sat_bulk_changed (bulk));
}

static void
emit (const SatBulkLook *look, const SatBulk *bulk)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  sat_json_int (builder, "found", (gint64) look->found);
  sat_json_int (builder, "changing", (gint64) look->changing);
  sat_json_int (builder, "changed", (gint64) sat_bulk_changed (bulk));
  json_builder_set_member_name (builder, "sample");
  json_builder_begin_array (builder);
  for (guint i = 0; i < look->sample->len; i++)
    {
      const SatBulkChange *change = g_ptr_array_index (look->sample, i);

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &change->id);
      sat_json_text (builder, "title", change->title);
      sat_json_text (builder, "field", change->field->name);
      json_builder_set_member_name (builder, "before");
      sat_value_add_json (builder, change->field, change->before);
      json_builder_set_member_name (builder, "after");
      sat_value_add_json (builder, change->field, change->after);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

/* All or nothing: one that cannot be changed so is told before anything is written. */
static gboolean
check_all (const SatBulkLook *look, GError **error)
{
  g_autofree char *why = look->first_bad ? sat_cli_word_error (look->first_bad) : NULL;

  if (why == NULL)
    return TRUE;
  g_set_error (
      error, look->first_bad->domain, look->first_bad->code,
      ngettext ("nothing was changed: %llu record cannot be changed so, “%s”: %s",
                "nothing was changed: %llu records cannot be changed so, the first “%s”: %s",
                (gulong) look->bad),
      (unsigned long long) look->bad, look->bad_title, why);
  return FALSE;
}

static gboolean
change_all (SatCli *cli, SatBulk *bulk, GError **error)
{
  GCancellable *cancellable = sat_signals_cancellable ();
  SatProgress progress;
  gboolean more = TRUE;
  gboolean ok = TRUE;

  sat_progress_begin (&progress, cli, FALSE);
  while (ok && more)
    {
      ok = !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           sat_bulk_step (bulk, SLICE_MS, &more, error);
      sat_progress_at (&progress, "set", _ ("changing"), sat_bulk_done (bulk),
                       sat_bulk_total (bulk));
      if (ok && more)
        g_usleep (PAUSE_US);
    }
  sat_progress_end (&progress);
  return ok;
}

static int
run_all (SatCli *cli, const SatArgs *args, GError **error)
{
  gboolean dry = sat_args_has (args, "dry-run");
  Bulk words = { cli, args };
  g_auto (SatBulkLook) look = { 0 };
  g_autoptr (SatExpression) where = NULL;
  g_autoptr (SatBulk) bulk = NULL;
  SatQuery query = { .limit = -1 };
  const SatObject *object;

  if (!sat_assign_check (args, 1, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_object (cli, args, 0, error);
  if (object == NULL || !sat_cli_where (cli, args, object, NULL, &where, error))
    return SAT_EXIT_FAILED;
  query.object = object;
  query.where = where;
  bulk = sat_bulk_new (cli->workspace, &query, edit, &words, error);
  if (bulk == NULL || !sat_bulk_look (bulk, SAMPLE, &look, sat_signals_cancellable (), error) ||
      !check_all (&look, error) || (!dry && look.changing > 0 && !change_all (cli, bulk, error)))
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit (&look, bulk);
  else
    say (cli, &look, bulk, dry);
  return SAT_EXIT_DONE;
}

/* ---- one record ---------------------------------------------------------------------------------
 */

static int
run_one (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  gboolean changed;
  SatId id;

  if (!sat_assign_check (args, 2, error))
    return SAT_EXIT_USAGE;
  object = sat_cli_find (cli, args, 0, &id, error);
  if (object == NULL)
    return SAT_EXIT_FAILED;
  record = sat_workspace_load (cli->workspace, object, &id, error);
  if (record == NULL)
    return SAT_EXIT_FAILED;
  if (sat_record_deleted (record) &&
      sat_record_moved_to (record) ==
          NULL) /* a form open for long may; one who sees it is dead may not */
    {
      sat_fail (error, SAT_ERROR_INVALID, N_ ("“%s” is deleted; restore it first"),
                sat_record_title (record), NULL);
      return SAT_EXIT_FAILED;
    }
  draft = sat_draft_edit (record);
  sat_draft_set_force (draft, sat_args_get (args, "force"));
  for (guint i = 2; i < sat_args_n_words (args); i++)
    if (!sat_assign_apply (cli->workspace, draft, sat_args_word (args, i), error))
      return SAT_EXIT_FAILED;
  changed = !sat_draft_is_empty (draft);
  if (!sat_assign_check_draft (draft, error) ||
      !sat_workspace_save (cli->workspace, draft, &id, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    sat_cli_emit_id (&id);
  else if (changed)
    sat_cli_say (cli, _ ("Saved: %s"), sat_cli_title (cli, object, &id));
  else
    sat_cli_say (cli, _ ("Nothing to change: %s"), sat_cli_title (cli, object, &id));
  return SAT_EXIT_DONE;
}

static int
run (SatCli *cli, const SatArgs *args, GError **error)
{
  if (sat_args_has (args, "where") || sat_args_has (args, "segment"))
    return run_all (cli, args, error);
  if (sat_args_n_words (args) >= 3 && !sat_args_has (args, "dry-run"))
    return run_one (cli, args, error);
  sat_usage (error, _ ("say which record, by its id, or which records, with --where"));
  return SAT_EXIT_USAGE;
}

const SatCommand sat_cmd_set = {
  "set",
  "OBJECT [ID] FIELD=VALUE...",
  2,
  G_MAXUINT,
  options,
  FALSE,
  N_ ("change fields of a record, or of many"),
  N_ ("FIELD=VALUE sets, FIELD= clears, TAGS+=VALUE and TAGS-=VALUE add and take away, FIELD=@FILE "
      "takes "
      "the text of a file; FIELD=@@TEXT a text that begins with @. PICTURE=@FILE takes a JPEG, "
      "PNG, GIF or WebP file of at most 64 kB. Only the fields named are "
      "written. "
      "Setting a field that is in conflict settles it.\n\n"
      "With --where or --segment instead of ID all records change that meet the condition, in "
      "small "
      "steps, so that nobody has to wait; they are one step for undo. If one of them cannot be "
      "changed so, none is.\n\n"
      "A deal goes on to a later stage only when all is there that the stages before it ask for; "
      "“satchel pipeline check” says what is missing. A sales manager or an administrator can move "
      "it on with --force, which is written down with the reason."),
  "satchel set customer customer/Acme phone=021-5555-0111 tags+=vip\n"
  "satchel set customer 5f0c2a9e notes=@talk.txt website=\n"
  "satchel set contact contact/Li photo=@li.jpg\n"
  "satchel set deal deal/Pumps stage=won --force \"signed by telephone\"\n"
  "satchel set customer --where 'city = \"上海\"' region=east tags+=fair --dry-run",
  run,
};
