/* SPDX-License-Identifier: GPL-3.0-or-later */
/* satchel approval submit, resubmit, approve, reject, comment, delegate, withdraw, remind */
#include "cli/sat-commands.h"
#include "cli/sat-values.h"
#include "core/workspace/sat-workspace-approval.h"

static gboolean
find_approval (SatCli *cli, const SatArgs *args, SatId *id, GError **error)
{
  const SatObject *object = sat_cli_open (cli, error) != NULL
                                ? sat_workspace_object (cli->workspace, "approval", error)
                                : NULL;

  return object != NULL &&
         sat_workspace_find (cli->workspace, object, sat_args_word (args, 0), id, error);
}

/* What has come of it. */
static int
say_state (SatCli *cli, const SatId *id, GError **error)
{
  static const char *const words[] = {
    N_ ("It waits for its approval."), N_ ("It is approved."), N_ ("It is rejected."),
    N_ ("It is withdrawn."),           N_ ("It is void."),
  };
  g_autoptr (SatApprovalInfo) info = sat_workspace_approval (cli->workspace, id, error);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  if (info == NULL)
    return SAT_EXIT_FAILED;
  if (!cli->json)
    {
      sat_cli_say (cli, "%s", _ (words[info->state]));
      return SAT_EXIT_DONE;
    }
  json_builder_begin_object (builder);
  sat_json_id (builder, "id", id);
  sat_json_text (builder, "state", sat_approval_state_name (info->state));
  json_builder_end_object (builder);
  sat_cli_emit (builder);
  return SAT_EXIT_DONE;
}

/* ---- submit ---- */

static int
submit (SatCli *cli, const SatArgs *args, gboolean again, GError **error)
{
  SatId record, id;
  const SatObject *object = sat_cli_find (cli, args, 0, &record, error);
  const SatApprovalSubmit what = { .process = sat_args_get (args, "process"),
                                   .note = sat_args_get (args, "note"),
                                   .chosen = sat_args_all (args, "to"),
                                   .again = again };

  if (object == NULL || !sat_workspace_submit (cli->workspace, object, &record, &what, &id, error))
    return SAT_EXIT_FAILED;
  return say_state (cli, &id, error);
}

static int
run_submit (SatCli *cli, const SatArgs *args, GError **error)
{
  return submit (cli, args, FALSE, error);
}

static int
run_resubmit (SatCli *cli, const SatArgs *args, GError **error)
{
  return submit (cli, args, TRUE, error);
}

/* ---- deciding ---- */

static int
decide (SatCli *cli, const SatArgs *args, SatApprovalVerdict verdict, GError **error)
{
  const gboolean can = verdict == SAT_VERDICT_APPROVED || verdict == SAT_VERDICT_REJECTED;
  const SatApprovalDecide what = {
    .verdict = verdict,
    .comment = verdict == SAT_VERDICT_COMMENTED ? sat_args_word (args, 1)
                                                : sat_args_get (args, "comment"),
    .to = verdict == SAT_VERDICT_DELEGATED ? sat_args_word (args, 1) : NULL,
    .override = can && sat_args_has (args, "override"),
  };
  SatId id;

  if (!find_approval (cli, args, &id, error) ||
      !sat_workspace_decide (cli->workspace, &id, &what, error))
    return SAT_EXIT_FAILED;
  return say_state (cli, &id, error);
}

static int
run_approve (SatCli *cli, const SatArgs *args, GError **error)
{
  return decide (cli, args, SAT_VERDICT_APPROVED, error);
}

static int
run_reject (SatCli *cli, const SatArgs *args, GError **error)
{
  return decide (cli, args, SAT_VERDICT_REJECTED, error);
}

static int
run_comment (SatCli *cli, const SatArgs *args, GError **error)
{
  return decide (cli, args, SAT_VERDICT_COMMENTED, error);
}

static int
run_delegate (SatCli *cli, const SatArgs *args, GError **error)
{
  return decide (cli, args, SAT_VERDICT_DELEGATED, error);
}

static int
run_withdraw (SatCli *cli, const SatArgs *args, GError **error)
{
  return decide (cli, args, SAT_VERDICT_WITHDRAWN, error);
}

static int
run_remind (SatCli *cli, const SatArgs *args, GError **error)
{
  guint told = 0;
  SatId id;

  if (!find_approval (cli, args, &id, error) ||
      !sat_workspace_remind (cli->workspace, &id, sat_args_get (args, "comment"), &told, error))
    return SAT_EXIT_FAILED;
  if (cli->json)
    return say_state (cli, &id, error);
  sat_cli_say (cli, ngettext ("%u person gets a notice.", "%u people get a notice.", told), told);
  return SAT_EXIT_DONE;
}

/* ---- commands ---- */

static const SatOption submit_options[] = {
  { "process", "NAME", N_ ("which process, where the record needs several") },
  { "note", "TEXT", N_ ("what those who decide should know") },
  { "to", "LOGIN", N_ ("whom to ask, where the process leaves it to you; may be repeated") },
  { NULL, NULL, NULL },
};

static const SatOption decide_options[] = {
  { "comment", "TEXT", N_ ("why, for those who see it") },
  { "override", NULL, N_ ("decide as an administrator, without being asked") },
  { NULL, NULL, NULL },
};

static const SatOption comment_options[] = {
  { "comment", "TEXT", N_ ("why, for those who see it") },
  { NULL, NULL, NULL },
};

const SatCommand sat_cmd_approval_submit = {
  "approval submit",
  "OBJECT ID",
  2,
  2,
  submit_options,
  FALSE,
  N_ ("ask for the approval that a record needs"),
  N_ ("What is approved are the values that the record has now. Within your own limit it is "
      "approved at once."),
  "satchel approval submit deal deal/Pumps --note \"They pay in advance\"",
  run_submit,
};

const SatCommand sat_cmd_approval_resubmit = {
  "approval resubmit",
  "OBJECT ID",
  2,
  2,
  submit_options,
  FALSE,
  N_ ("ask again, after a rejection, a withdrawal or a change"),
  N_ ("The new request takes the place of the earlier ones; the process is taken as it is now."),
  "satchel approval resubmit deal deal/Pumps",
  run_resubmit,
};

const SatCommand sat_cmd_approval_approve = {
  "approval approve",
  "APPROVAL",
  1,
  1,
  decide_options,
  FALSE,
  N_ ("approve what waits for you"),
  N_ ("It works with no network: the decision travels with the next sync."),
  "satchel approval approve 8f2c4a1b --comment \"Once only\"",
  run_approve,
};

const SatCommand sat_cmd_approval_reject = {
  "approval reject",
  "APPROVAL",
  1,
  1,
  decide_options,
  FALSE,
  N_ ("reject what waits for you"),
  N_ ("Where one person approves and another one rejects without knowing of it, it is rejected, "
      "until it is submitted again."),
  "satchel approval reject 8f2c4a1b --comment \"Too cheap\"",
  run_reject,
};

const SatCommand sat_cmd_approval_comment = {
  "approval comment",
  "APPROVAL TEXT",
  2,
  2,
  NULL,
  FALSE,
  N_ ("say something about an approval without deciding"),
  NULL,
  "satchel approval comment 8f2c4a1b \"When will they pay?\"",
  run_comment,
};

const SatCommand sat_cmd_approval_delegate = {
  "approval delegate",
  "APPROVAL LOGIN",
  2,
  2,
  comment_options,
  FALSE,
  N_ ("let somebody else decide in your place"),
  N_ ("You can still decide yourself."),
  "satchel approval delegate 8f2c4a1b zhao --comment \"I am away\"",
  run_delegate,
};

const SatCommand sat_cmd_approval_withdraw = {
  "approval withdraw",
  "APPROVAL",
  1,
  1,
  comment_options,
  FALSE,
  N_ ("take back what you asked for, as long as nobody has decided it"),
  NULL,
  "satchel approval withdraw 8f2c4a1b",
  run_withdraw,
};

const SatCommand sat_cmd_approval_remind = {
  "approval remind",
  "APPROVAL",
  1,
  1,
  comment_options,
  FALSE,
  N_ ("send a notice to those who are asked"),
  NULL,
  "satchel approval remind 8f2c4a1b --comment \"The customer waits\"",
  run_remind,
};
