/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel approval list, show, processes */
#include "cli/sat-commands.h"
#include "cli/sat-grid.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-approval.h"

/* ---- words ---- */

static const char *
state_text (const SatApprovalInfo *info)
{
  static const char *const words[] = { N_ ("waiting"), N_ ("approved"), N_ ("rejected"),
                                       N_ ("withdrawn"), N_ ("void") };

  if (info->replaced)
    return _ ("submitted again");
  if (info->outdated &&
      (info->state == SAT_APPROVAL_APPROVED || info->state == SAT_APPROVAL_WAITING))
    return _ ("outdated");
  return _ (words[info->state]);
}

static const char *
verdict_text (SatApprovalVerdict verdict)
{
  static const char *const words[] = { N_ ("approved"), N_ ("rejected"), N_ ("delegated"),
                                       N_ ("withdrawn"), N_ ("commented") };

  return _ (words[verdict]);
}

static const char *
worth_text (SatDecisionWorth worth)
{
  static const char *const words[] = {
    NULL,
    N_ ("does not count: somebody else wrote it"),
    N_ ("somebody else changed it"),
    N_ ("does not count: was not asked"),
  };

  return words[worth] != NULL ? _ (words[worth]) : NULL;
}

static const char *
worth_name (SatDecisionWorth worth)
{
  static const char *const names[] = { "counts", "forged", "changed", "not-asked" };

  return names[worth];
}

static char *
join_names (const GPtrArray *names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) names->pdata[i]);
  return g_string_free (text, FALSE);
}

/* ---- JSON ---- */

static void
emit_names (JsonBuilder *builder, const char *name, const GPtrArray *names)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < names->len; i++)
    json_builder_add_string_value (builder, names->pdata[i]);
  json_builder_end_array (builder);
}

static void
emit_covered (JsonBuilder *builder, const SatApprovalInfo *info)
{
  g_autoptr (GPtrArray) all = sat_approval_info_covered (info);

  json_builder_set_member_name (builder, "covered");
  json_builder_begin_object (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalCovered *covered = all->pdata[i];

      json_builder_set_member_name (builder, covered->field->name);
      sat_value_add_json (builder, covered->field, covered->then);
    }
  json_builder_end_object (builder);
}

static void
emit_votes (JsonBuilder *builder, const SatApprovalInfo *info)
{
  json_builder_set_member_name (builder, "decisions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < info->votes->len; i++)
    {
      const SatApprovalVote *vote = info->votes->pdata[i];

      json_builder_begin_object (builder);
      sat_json_text (builder, "decision", sat_approval_verdict_name (vote->verdict));
      sat_json_int (builder, "step", vote->step);
      sat_json_text (builder, "user", vote->name);
      sat_json_text (builder, "to", vote->to);
      sat_json_text (builder, "worth", worth_name (vote->worth));
      sat_json_text (builder, "writer", vote->writer);
      sat_json_text (builder, "time", vote->time);
      sat_json_text (builder, "comment", vote->comment);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
emit_info (JsonBuilder *builder, const SatApprovalInfo *info)
{
  json_builder_begin_object (builder);
  sat_json_id (builder, "id", &info->id);
  sat_json_text (builder, "name", info->name);
  sat_json_text (builder, "title", info->title);
  sat_json_text (builder, "object", info->object != NULL ? info->object->name : NULL);
  sat_json_id (builder, "record", &info->record);
  sat_json_text (builder, "process", info->process);
  sat_json_text (builder, "initiator", info->initiator_name);
  sat_json_text (builder, "submitted", info->time);
  sat_json_text (builder, "note", info->note);
  sat_json_text (builder, "state", sat_approval_state_name (info->state));
  sat_json_bool (builder, "outdated", info->outdated);
  sat_json_bool (builder, "replaced", info->replaced);
  sat_json_bool (builder, "earlier_version", info->old_version);
  sat_json_int (builder, "step", info->step);
  sat_json_int (builder, "steps", info->plan != NULL ? info->plan->steps->len : 0);
  sat_json_bool (builder, "mine", info->mine);
  emit_names (builder, "asked", info->asked);
  emit_covered (builder, info);
  emit_votes (builder, info);
  json_builder_end_object (builder);
}

/* ---- list ---- */

static void
print_list (const GPtrArray *all)
{
  const char *const headings[] = { _ ("Id"),     _ ("Approval"), _ ("Record"), _ ("From"),
                                   _ ("Status"), _ ("Asked"),    NULL };
  g_autoptr (SatGrid) table = sat_grid_new (6, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalInfo *info = all->pdata[i];
      g_autofree char *asked = join_names (info->asked);
      char id[9];
      const char *const row[] = { sat_cli_short_id (&info->id, id),
                                  info->name,
                                  info->title,
                                  info->initiator_name,
                                  state_text (info),
                                  asked };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static const char *
nothing_text (SatApprovalsWhich which)
{
  static const char *const words[] = {
    [SAT_APPROVALS_INBOX] = N_ ("Nothing waits for your approval."),
    [SAT_APPROVALS_MINE] = N_ ("You have not asked for an approval."),
    [SAT_APPROVALS_ALL] = N_ ("Nobody has asked for an approval of a record that you see."),
  };

  return _ (words[which]);
}

static int
run_list (SatCli *cli, const SatArgs *args, GError **error)
{
  SatApprovalsWhich which = sat_args_has (args, "all")    ? SAT_APPROVALS_ALL
                            : sat_args_has (args, "mine") ? SAT_APPROVALS_MINE
                                                          : SAT_APPROVALS_INBOX;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  all = sat_workspace_approvals (cli->workspace, which, error);
  if (all == NULL)
    return SAT_EXIT_FAILED;
  if (!cli->json)
    {
      if (all->len == 0)
        sat_cli_say (cli, "%s", nothing_text (which));
      else
        print_list (all);
      return SAT_EXIT_DONE;
    }
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "approvals");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    emit_info (builder, all->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
  return SAT_EXIT_DONE;
}

/* ---- show ---- */

static char *
value_text (SatCli *cli, const SatField *field, const char *value)
{
  return value != NULL ? sat_value_text (cli, field, value) : g_strdup (_ ("(empty)"));
}

static void
print_covered (SatCli *cli, const SatApprovalInfo *info)
{
  g_autoptr (GPtrArray) all = sat_approval_info_covered (info);

  for (guint i = 0; i < all->len; i++)
    {
      const SatApprovalCovered *covered = all->pdata[i];
      const char *label = sat_field_label (cli, covered->field);
      g_autofree char *then = value_text (cli, covered->field, covered->then);
      g_autofree char *now = value_text (cli, covered->field, covered->now);

      if (covered->changed)
        sat_cli_say (cli, _ ("  %s: %s (now: %s)"), label, then, now);
      else
        sat_cli_say (cli, "  %s: %s", label, then);
    }
}

static char *
time_text (const char *time)
{
  g_autoptr (GDateTime) date = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;

  return date != NULL ? sat_time_text (g_date_time_to_unix (date) * 1000) : g_strdup ("?");
}

static void
print_vote (const SatCli *cli, const SatApprovalVote *vote)
{
  const char *worth = worth_text (vote->worth);
  g_autofree char *time = time_text (vote->time);
  g_autofree char *to = vote->to != NULL ? g_strdup_printf (" → %s", vote->to) : NULL;
  g_autofree char *note = vote->comment != NULL ? g_strdup_printf (": %s", vote->comment) : NULL;

  sat_cli_say (cli, "  %s  %s  %s%s%s", time, vote->name, verdict_text (vote->verdict),
               to != NULL ? to : "", note != NULL ? note : "");
  if (worth != NULL)
    sat_cli_say (cli, _ ("      %s (written on a device of %s)"), worth, vote->writer);
}

static void
print_info (SatCli *cli, const SatApprovalInfo *info)
{
  g_autofree char *asked = join_names (info->asked);

  sat_cli_say (cli, "%s: %s", info->name, info->title != NULL ? info->title : "?");
  sat_cli_say (cli, _ ("Asked for by %s: %s"), info->initiator_name, state_text (info));
  if (info->note != NULL)
    sat_cli_say (cli, "%s", info->note);
  print_covered (cli, info);
  if (info->old_version)
    sat_cli_say (cli, _ ("The process, or who is asked, has changed since; this approval keeps to "
                         "what it was."));
  for (guint i = 0; info->plan != NULL && i < info->plan->steps->len; i++)
    sat_cli_say (cli, _ ("Step %u: %s"), i + 1,
                 ((const SatApprovalStep *) info->plan->steps->pdata[i])->name);
  if (info->asked->len > 0)
    sat_cli_say (cli, _ ("Step %u waits for: %s"), info->step, asked);
  for (guint i = 0; i < info->votes->len; i++)
    print_vote (cli, info->votes->pdata[i]);
}

static int
run_show (SatCli *cli, const SatArgs *args, GError **error)
{
  const SatObject *object;
  g_autoptr (SatApprovalInfo) info = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  SatId id;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  object = sat_workspace_object (cli->workspace, "approval", error);
  if (object == NULL ||
      !sat_workspace_find (cli->workspace, object, sat_args_word (args, 0), &id, error))
    return SAT_EXIT_FAILED;
  info = sat_workspace_approval (cli->workspace, &id, error);
  if (info == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    {
      emit_info (builder, info);
      sat_cli_emit (builder);
    }
  else
    print_info (cli, info);
  return SAT_EXIT_DONE;
}

/* ---- processes ---- */

static void
emit_processes (const GPtrArray *all)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "processes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++)
    {
      const SatProcessInfo *info = all->pdata[i];
      g_autofree char *problem = info->problem ? sat_cli_word_error (info->problem) : NULL;

      json_builder_begin_object (builder);
      sat_json_id (builder, "id", &info->id);
      sat_json_text (builder, "name", info->name);
      sat_json_text (builder, "object", info->object);
      sat_json_bool (builder, "active", info->active);
      sat_json_int (builder, "steps", info->n_steps);
      sat_json_text (builder, "problem", problem);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  sat_cli_emit (builder);
}

static void
print_processes (const GPtrArray *all)
{
  const char *const headings[] = { _ ("Name"), _ ("Of"), _ ("Steps"), _ ("State"), NULL };
  g_autoptr (SatGrid) table = sat_grid_new (4, headings, sat_cli_width (), sat_cli_table_line,
                                            NULL);

  sat_grid_align_right (table, 2);
  for (guint i = 0; i < all->len; i++)
    {
      const SatProcessInfo *info = all->pdata[i];
      g_autofree char *problem = info->problem ? sat_cli_word_error (info->problem) : NULL;
      g_autofree char *steps = g_strdup_printf ("%u", info->n_steps);
      const char *const row[] = { info->name, info->object, steps,
                                  problem != NULL ? problem
                                  : info->active  ? _ ("on")
                                                  : _ ("off") };

      sat_grid_add (table, row);
    }
  sat_grid_finish (table);
}

static int
run_processes (SatCli *cli, const SatArgs *args, GError **error)
{
  g_autoptr (GPtrArray) all = NULL;

  if (sat_cli_open (cli, error) == NULL)
    return SAT_EXIT_FAILED;
  all = sat_workspace_processes (cli->workspace, error);
  if (all == NULL)
    return SAT_EXIT_FAILED;
  if (cli->json)
    emit_processes (all);
  else
    print_processes (all);
  return SAT_EXIT_DONE;
}

static const SatOption list_options[] = {
  { "mine", NULL, N_ ("what you have asked for") },
  { "all", NULL, N_ ("every approval of records that you see") },
  { NULL, NULL, NULL },
};

const SatCommand sat_cmd_approval_list = {
  "approval list",
  "",
  0,
  0,
  list_options,
  FALSE,
  N_ ("list the approvals that wait for you"),
  N_ ("“outdated” are those of records that have got other values since: they do not hold."),
  "satchel approval list\n"
  "satchel approval list --mine",
  run_list,
};

const SatCommand sat_cmd_approval_show = {
  "approval show",
  "APPROVAL",
  1,
  1,
  NULL,
  FALSE,
  N_ ("show an approval: the values, who is asked, who decided what"),
  N_ ("A decision counts if a device of the person whom it names wrote it, and if that person was "
      "asked. Others are shown and named."),
  "satchel approval show 8f2c4a1b",
  run_show,
};

const SatCommand sat_cmd_approval_processes = {
  "approval processes",
  "",
  0,
  0,
  NULL,
  FALSE,
  N_ ("list the processes that say which records need an approval"),
  N_ ("Processes and their steps are records: an administrator makes them with “satchel new "
      "approval_process” and “satchel new approval_step”, and changes them with “satchel set”. A "
      "process without steps asks the manager of the one who submits."),
  "satchel approval processes\n"
  "satchel new approval_process name=Large object=deal 'guard=stage = \"won\"' \\\n"
  "    'condition=amount > 100000' covers=amount 'own_limit=manager: amount <= 200000'\n"
  "satchel new approval_step name=Manager process=approval_process/Large place=10 kind=superior\n"
  "satchel new approval_step name=Finance process=approval_process/Large place=20 kind=role "
  "role=finance",
  run_processes,
};
