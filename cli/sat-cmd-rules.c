/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel rules list, run, log, enable, disable */
#include <string.h>

#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-rules.h"

/* ---- list ---- */

static void
emit_rules (const GPtrArray *rules)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "rules");
  json_builder_begin_array (builder);
  for (guint i = 0; i < rules->len; i++)
    {
      const SatRuleInfo *info = rules->pdata[i];
      g_autofree char *problem = info->problem ? sat_cli_word_error (info->problem) : NULL;

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &info->id);
      sat_json_text (builder, "name", info->name);
      sat_json_text (builder, "object", info->object);
      sat_json_text (builder, "trigger", info->trigger);
      sat_json_bool (builder, "enabled", info->enabled);
      sat_json_text (builder, "problem", problem);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "shipped");
  json_builder_begin_array (builder);
  for (const char *const *key = sat_workspace_shipped_rules (); *key != NULL; key++)
    json_builder_add_string_value (builder, *key);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static char *
trigger_text (SatCli *cli, const char *trigger)
{
  const SatObject *object = sat_workspace_object (cli->workspace, "rule", NULL);
  const SatField *field = object != NULL ? sat_object_find (object, "trigger") : NULL;

  return field != NULL ? sat_value_text (cli, field, trigger) : g_strdup (trigger);
}

static void
print_rules (SatCli *cli, const GPtrArray *rules)
{
  const char *const headings[] = { _ ("Name"), _ ("Of"), _ ("Trigger"), _ ("State"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);
  g_autofree char *keys = g_strjoinv (", ", (char **) sat_workspace_shipped_rules ());

  for (guint i = 0; i < rules->len; i++)
    {
      const SatRuleInfo *info = rules->pdata[i];
      g_autofree char *problem = info->problem ? sat_cli_word_error (info->problem) : NULL;
      g_autofree char *trigger = trigger_text (cli, info->trigger);
      const char *const row[] = { info->name, info->object, trigger,
                                  problem != NULL ? problem
                                  : info->enabled ? _ ("on")
                                                  : _ ("off") };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
  sat_cli_say (cli, _ ("Rules that come with Satchel: %s"), keys);
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) rules = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  rules = sat_workspace_rules (cli->workspace, error);
  if (rules == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_rules (rules);
  else
    print_rules (cli, rules);
  return SAT_EXIT_DONE;
}

/* ---- run, log ---- */

static void
emit_done (const GPtrArray *all, gboolean log)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, log ? "log" : "done");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const SatRuleDone *done = all->pdata[i];

      json_builder_begin_object (builder);
      sat_json_text (builder, "rule", done->rule_name);
      sat_json_text (builder, "object", done->object != NULL ? done->object->name : NULL);
      sat_json_id (builder, "record", &done->record);
      sat_json_text (builder, "title", done->title);
      sat_json_text (builder, "what", done->what);
      if (log)
        {
          sat_json_time (builder, "occasion", done->time_ms);
          sat_json_text (builder, "device", done->device);
        }
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_done (const GPtrArray *all, gboolean log)
{
  const char *const headings[] = { _ ("Rule"),     _ ("Record"), _ ("What was done"),
                                   _ ("Occasion"), _ ("Device"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (log ? 5 : 3, headings, sat_cli_width (),
                                            sat_cli_table_line, NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const SatRuleDone *done = all->pdata[i];
      g_autofree char *time = sat_time_text (done->time_ms);
      const char *const row[] = { done->rule_name ? done->rule_name : "?",
                                  done->title ? done->title : "?", done->what, time,
                                  done->device ? done->device : "?" };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static const SatOption run_options[] = {
  { "dry-run", NULL, N_ ("only say what would be done") },
  { "now", "TIME", N_ ("as if it were that time: 2026-11-21, or 2026-11-21T08:00:00Z") },
  { NULL },
};

static gboolean
read_now (const SatArgs *args, gint64 *out, GError **error)
{
  const char *text = sat_args_get (args, "now");
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();
  g_autofree char *whole = text != NULL && strlen (text) == strlen ("2026-11-21")
                               ? g_strconcat (text, "T00:00:00", NULL)
                               : g_strdup (text);
  g_autoptr (GDateTime) time = whole != NULL ? g_date_time_new_from_iso8601 (whole, here) : NULL;

  *out = time != NULL ? g_date_time_to_unix (time) * 1000 : 0;
  return text == NULL || time != NULL ||
         sat_usage (error, _ ("“%s” is no time; write it as 2026-11-21 or 2026-11-21T08:00:00Z"),
                    text);
}

static int
run_run (SatCli *cli, const SatArgs *args, GError **error)
{
  SatRulesOptions what = { .name = sat_args_word (args, 0),
                           .dry_run = sat_args_has (args, "dry-run") };
  g_autoptr (GPtrArray) done = NULL;

  if (!read_now (args, &what.now_ms, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  done = sat_workspace_run_rules (cli->workspace, &what, error);
  if (done == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_done (done, FALSE);
  else if (done->len == 0)
    sat_cli_say (cli, _ ("Nothing is due."));
  else
    print_done (done, FALSE);
  return SAT_EXIT_DONE;
}

static const SatOption log_options[] = {
  { "rule", "RULE", N_ ("of this rule only: its name or id") },
  { "limit", "N", N_ ("at most N entries") },
  { NULL },
};

static int
run_log (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) log = NULL;
  gint64 limit = -1;

  if (!sat_args_number (args, "limit", 1, G_MAXINT, &limit, error))
    return SAT_EXIT_USAGE;
  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  log = sat_workspace_rules_log (cli->workspace, sat_args_get (args, "rule"), limit, error);
  if (log == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_done (log, TRUE);
  else
    print_done (log, TRUE);
  return SAT_EXIT_DONE;
}

/* ---- enable, disable ---- */

static const char *
word (const char *msgid)
{
  return _ (msgid);
}

static int
switch_rules (SatCli *cli, const SatArgs *args, gboolean on, GError **error)
{
  g_autoptr (JsonBuilder) builder = NULL;
  guint count;

  if (sat_cli_open (cli, error) == NULL ||
      !sat_workspace_switch_rules (cli->workspace, sat_args_word (args, 0), on, word, &count,
                                   error))
    return SAT_EXIT_FAILED;
  if (!cli->json)
    {
      sat_cli_say (cli,
                   on ? ngettext ("%u rule is switched on.", "%u rules are switched on.", count)
                      : ngettext ("%u rule is switched off.", "%u rules are switched off.", count),
                   count);
      return SAT_EXIT_DONE;
    }
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  sat_json_int (builder, "rules", count);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
  return SAT_EXIT_DONE;
}

static int
run_enable (SatCli *cli, const SatArgs *args, GError **error)
{
  return switch_rules (cli, args, TRUE, error);
}

static int
run_disable (SatCli *cli, const SatArgs *args, GError **error)
{
  return switch_rules (cli, args, FALSE, error);
}

/* ---- the commands ---- */

const SatCommand sat_cmd_rules_list = {
  "rules list",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the rules: what is done by itself"),
  N_ ("A rule is a record of the object rule in book company: “satchel new rule” makes one, "
      "“satchel set rule” changes it. What is wrong with one is said at once. One that comes from "
      "elsewhere and names what is not known here has a problem: it is kept, and does not run.\n\n"
      "Its trigger says when: created, changed, saved (either), untouched (for so many days), date "
      "(the date in the field “field” has come; days after it, or before it with a minus), "
      "schedule (daily, weekly, monthly; at=08:30), manual.\n\n"
      "Its condition says for which records, as in “satchel list --where”; “FIELD changed” and "
      "“was(FIELD)” ask for what the change did.\n\n"
      "Its actions say what, one on a line:\n\n"
      "set FIELD = VALUE, set REFERENCE.FIELD = VALUE, clear FIELD\n"
      "add \"TAG\" to FIELD, remove \"TAG\" from FIELD\n"
      "create OBJECT: FIELD = VALUE; ...\n"
      "notify WHO, ...: TEXT\n"
      "assign in turn: LOGIN, ...; assign least busy: LOGIN, ... max N; assign by FIELD: VALUE = "
      "LOGIN, ..., else = LOGIN"),
  "satchel rules list\n"
  "satchel new rule name=\"Big deals\" object=deal trigger=changed condition='amount changed and "
  "amount > 1000000' actions='notify owner: concat(\"Big: \", name)'\n"
  "satchel new rule name=Prepare object=customer trigger=date field=next_contact days=-3 "
  "actions=@actions.txt",
  run_list,
};

const SatCommand sat_cmd_rules_run = {
  "rules run",
  "[RULE]",
  0,
  1,
  run_options,
  FALSE,
  N_ ("run the rules that are due"),
  N_ ("Rules that look at the time: records nobody has touched for some days, dates that have "
      "come, "
      "schedules. An exchange does that as well, four times an hour at most. With RULE that one "
      "alone; one that looks at changes, or is run by hand, runs for all records that meet its "
      "condition now, which “satchel undo” takes back.\n\n"
      "What was done on an occasion is not done again, on whatever laptop: not a task that was "
      "deleted, nor a value that a person has set back."),
  "satchel rules run --dry-run\n"
  "satchel rules run --dry-run --now 2026-12-01\n"
  "satchel rules run \"Sort old leads\"",
  run_run,
};

const SatCommand sat_cmd_rules_log = {
  "rules log",
  "",
  0,
  0,
  log_options,
  FALSE,
  N_ ("show what rules did"),
  N_ ("For each rule and record the last time that something was done; “satchel history” of a "
      "record "
      "shows all that was written to it."),
  "satchel rules log --limit 20",
  run_log,
};

const SatCommand sat_cmd_rules_enable = {
  "rules enable",
  "RULE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("switch a rule on, or those that come with Satchel"),
  N_ ("RULE is the name or id of a rule, or one of these, which become rules of the company "
      "then:\n\n"
      "no-reply: a task and a notice for the owner when a customer has not replied for more than 7 "
      "days to what activities say we sent\n"
      "high-intent: the same when a customer with high intent was not followed up for more than 3 "
      "days\n"
      "quote-done: a deal moves on to the proposal when an activity “quote” is done\n"
      "assign-leads: new leads go to those who sell, in turn"),
  "satchel rules enable no-reply",
  run_enable,
};

const SatCommand sat_cmd_rules_disable = {
  "rules disable",
  "RULE",
  1,
  1,
  NULL,
  FALSE,
  N_ ("switch a rule off"),
  NULL,
  "satchel rules disable no-reply",
  run_disable,
};
