/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/approval/sat-approval-words.h"

#include <glib/gi18n.h>

#include "gtk-app/approval/sat-approvals-work.h"

/* A request that waits or holds, of values that are others by now. */
static gboolean
is_outdated (const SatApprovalInfo *info)
{
  return info->outdated &&
         (info->state == SAT_APPROVAL_APPROVED || info->state == SAT_APPROVAL_WAITING);
}

const char *
sat_approval_state_word (const SatApprovalInfo *info)
{
  static const char *const words[] = { N_ ("waiting"), N_ ("approved"), N_ ("rejected"),
                                       N_ ("withdrawn"), N_ ("void") };

  if (info->replaced)
    return _ ("submitted again");
  return is_outdated (info) ? _ ("outdated") : _ (words[info->state]);
}

const char *
sat_approval_state_style (const SatApprovalInfo *info)
{
  static const char *const styles[] = { "tint-2", "tint-4", "tint-5", "tint-7", "tint-7" };

  if (info->replaced)
    return "tint-7";
  return is_outdated (info) ? "tint-3" : styles[info->state];
}

/* The last decision VERDICT that counts. */
static const SatApprovalVote *
last_vote (const SatApprovalInfo *info, SatApprovalVerdict verdict)
{
  for (guint i = info->votes->len; i > 0; i--)
    {
      const SatApprovalVote *vote = info->votes->pdata[i - 1];

      if (vote->verdict == verdict && vote->worth == SAT_DECISION_COUNTS)
        return vote;
    }
  return NULL;
}

static char *
approved_line (const SatApprovalInfo *info)
{
  const SatApprovalVote *vote = last_vote (info, SAT_VERDICT_APPROVED);

  if (vote == NULL)
    return g_strdup (_ ("Approved"));
  /* Translators: %s is a person. */
  return g_strdup_printf (_ ("Approved by %s"), vote->name);
}

static char *
rejected_line (const SatApprovalInfo *info)
{
  const SatApprovalVote *vote = last_vote (info, SAT_VERDICT_REJECTED);

  if (vote == NULL)
    return g_strdup (_ ("Rejected"));
  if (vote->comment == NULL)
    /* Translators: %s is a person. */
    return g_strdup_printf (_ ("Rejected by %s"), vote->name);
  /* Translators: a person, and what that person wrote. */
  return g_strdup_printf (_ ("Rejected by %s: %s"), vote->name, vote->comment);
}

static char *
waiting_line (const SatApprovalInfo *info)
{
  g_autofree char *names = sat_approval_names (info->asked);

  /* Translators: %s are people. */
  return g_strdup_printf (_ ("Waits for %s"), names);
}

char *
sat_approval_state_line (const SatApprovalInfo *info)
{
  if (info->replaced)
    return g_strdup (_ ("Submitted again since"));
  if (is_outdated (info))
    return g_strdup (_ ("Outdated: the record has other values by now"));
  switch (info->state)
    {
    case SAT_APPROVAL_WAITING:
      return waiting_line (info);
    case SAT_APPROVAL_APPROVED:
      return approved_line (info);
    case SAT_APPROVAL_REJECTED:
      return rejected_line (info);
    case SAT_APPROVAL_WITHDRAWN:
      return g_strdup (_ ("Withdrawn"));
    case SAT_APPROVAL_VOID:
      break;
    }
  return g_strdup (_ ("Void: somebody changed what was submitted or decided"));
}

char *
sat_approval_vote_line (const SatApprovalVote *vote)
{
  static const char *const words[] = {
    /* Translators: %s is a person; “it” is what was to be approved. */
    N_ ("%s approved it"), N_ ("%s rejected it"), N_ ("%s delegated it"),
    N_ ("%s withdrew it"), N_ ("%s wrote"),
  };
  g_autofree char *line = NULL;

  if (vote->to != NULL)
    /* Translators: two people. */
    line = g_strdup_printf (_ ("%s delegated it to %s"), vote->name, vote->to);
  else
    line = sat_error_fill (_ (words[vote->verdict]), (const char *const[]){ vote->name, NULL });
  if (vote->comment == NULL)
    return g_steal_pointer (&line);
  /* Translators: who did what, and what that person wrote. */
  return g_strdup_printf (_ ("%s: %s"), line, vote->comment);
}

char *
sat_approval_worth_line (const SatApprovalVote *vote)
{
  switch (vote->worth)
    {
    case SAT_DECISION_COUNTS:
      return NULL;
    case SAT_DECISION_FORGED:
      /* Translators: %s is a person. */
      return g_strdup_printf (_ ("Does not count: it was written on a device of %s"), vote->writer);
    case SAT_DECISION_CHANGED:
      return g_strdup (_ ("Does not count: somebody else changed it"));
    case SAT_DECISION_NOT_ASKED:
      break;
    }
  return g_strdup (_ ("Does not count: was not asked"));
}

static char *
step_name (const SatApprovalStep *step, guint number)
{
  g_autofree char *digits = g_strdup_printf ("%u", number + 1);

  /* Where the process has no steps, its only one has no name. */
  return g_str_equal (step->name, digits) ? g_strdup (_ ("Manager")) : g_strdup (step->name);
}

char *
sat_approval_step_line (const SatApprovalInfo *info, guint number)
{
  const SatApprovalStep *step = info->plan->steps->pdata[number];
  GStrv people = info->people->pdata[number];
  guint n = g_strv_length (people);
  g_autofree char *name = step_name (step, number);
  g_autofree char *names = g_strjoinv (C_ ("list", ", "), people);

  if (n == 0)
    /* Translators: %s is a step of an approval that asks nobody. */
    return g_strdup_printf (_ ("%s: passed over"), name);
  if (n == 1)
    /* Translators: a step of an approval, and who is asked. */
    return g_strdup_printf (_ ("%s: %s"), name, names);
  switch (step->mode)
    {
    case SAT_MODE_ALL:
      /* Translators: a step of an approval, and who is asked. */
      return g_strdup_printf (_ ("%s: %s (all of them)"), name, names);
    case SAT_MODE_IN_TURN:
      return g_strdup_printf (_ ("%s: %s (one after the other)"), name, names);
    case SAT_MODE_ANY:
      break;
    }
  return g_strdup_printf (_ ("%s: %s (one of them)"), name, names);
}

gint64
sat_approval_time (const char *time)
{
  g_autoptr (GDateTime) at = time != NULL ? g_date_time_new_from_iso8601 (time, NULL) : NULL;

  return at != NULL ? g_date_time_to_unix (at) * 1000 : 0;
}
