/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/automation/sat-approval.h"

#include <string.h>

#define OWN "own"
#define STEP "step "
#define FINAL "final"
#define GOES_ON "on"
#define NOBODY "-"
#define MAX_STEPS 100
#define MAX_ASKED 1000
#define MAX_TEXT (256 * 1024)

static const char *const modes[] = { "any", "all", "in_turn" };
static const char *const verdicts[] = { "approved", "rejected", "delegated", "withdrawn",
                                        "commented" };
static const char *const states[] = { "waiting", "approved", "rejected", "withdrawn", "void" };

static gboolean
find_name (const char *const *names, guint n, const char *name, guint *at)
{
  for (*at = 0; name != NULL && *at < n; (*at)++)
    if (strcmp (names[*at], name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
sat_approval_mode_parse (const char *name, SatApprovalMode *mode)
{
  guint at;
  gboolean found = find_name (modes, G_N_ELEMENTS (modes), name, &at);

  if (found)
    *mode = (SatApprovalMode) at;
  return found;
}

const char *
sat_approval_verdict_name (SatApprovalVerdict verdict)
{
  return verdicts[verdict];
}

gboolean
sat_approval_verdict_parse (const char *name, SatApprovalVerdict *verdict)
{
  guint at;
  gboolean found = find_name (verdicts, G_N_ELEMENTS (verdicts), name, &at);

  if (found)
    *verdict = (SatApprovalVerdict) at;
  return found;
}

const char *
sat_approval_state_name (SatApprovalState state)
{
  return states[state];
}

gboolean
sat_ids_have (const GArray *ids, const SatId *id)
{
  for (guint i = 0; i < ids->len; i++)
    if (sat_id_equal (&g_array_index (ids, SatId, i), id))
      return TRUE;
  return FALSE;
}

/* ---- the plan -----------------------------------------------------------------------------------
 */

static void
step_free (gpointer data)
{
  SatApprovalStep *step = data;

  g_free (step->name);
  g_array_unref (step->asked);
  g_free (step);
}

SatApprovalPlan *
sat_approval_plan_new (void)
{
  SatApprovalPlan *plan = g_new0 (SatApprovalPlan, 1);

  plan->steps = g_ptr_array_new_with_free_func (step_free);
  return plan;
}

void
sat_approval_plan_free (SatApprovalPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->steps);
  g_free (plan);
}

SatApprovalStep *
sat_approval_plan_add (SatApprovalPlan *plan, const char *name, SatApprovalMode mode)
{
  SatApprovalStep *step = g_new0 (SatApprovalStep, 1);

  step->name = g_strdup (name);
  step->mode = mode;
  step->asked = g_array_new (FALSE, FALSE, sizeof (SatId));
  g_ptr_array_add (plan->steps, step);
  return step;
}

/* A line “own”, then for each step “step MODE final|on ID,ID NAME”. */
char *
sat_approval_plan_format (const SatApprovalPlan *plan)
{
  GString *text = g_string_new (plan->own ? OWN : NULL);

  for (guint i = 0; i < plan->steps->len; i++)
    {
      const SatApprovalStep *step = plan->steps->pdata[i];

      g_string_append_printf (text, "%s" STEP "%s %s ", text->len > 0 ? "\n" : "",
                              modes[step->mode], step->final ? FINAL : GOES_ON);
      for (guint k = 0; k < step->asked->len; k++)
        {
          char id[SAT_ID_TEXT_SIZE];

          g_string_append_printf (text, "%s%s", k > 0 ? "," : "",
                                  sat_id_format (&g_array_index (step->asked, SatId, k), id));
        }
      g_string_append_printf (text, "%s %s", step->asked->len == 0 ? NOBODY : "", step->name);
    }
  return g_string_free (text, FALSE);
}

static gboolean
read_asked (SatApprovalStep *step, const char *text)
{
  g_auto (GStrv) words = NULL;

  if (strcmp (text, NOBODY) == 0)
    return TRUE;
  words = g_strsplit (text, ",", MAX_ASKED + 1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      SatId id;

      if (i >= MAX_ASKED || !sat_id_parse (words[i], &id))
        return FALSE;
      g_array_append_val (step->asked, id);
    }
  return step->asked->len > 0;
}

static gboolean
read_step (SatApprovalPlan *plan, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 5);
  SatApprovalMode mode;
  SatApprovalStep *step;

  if (plan->steps->len >= MAX_STEPS || g_strv_length (words) != 5 ||
      !sat_approval_mode_parse (words[1], &mode) ||
      (strcmp (words[2], FINAL) != 0 && strcmp (words[2], GOES_ON) != 0))
    return FALSE;
  step = sat_approval_plan_add (plan, words[4], mode);
  step->final = strcmp (words[2], FINAL) == 0;
  return read_asked (step, words[3]);
}

SatApprovalPlan *
sat_approval_plan_read (const char *text)
{
  g_autoptr (SatApprovalPlan) plan = sat_approval_plan_new ();
  g_auto (GStrv) lines = NULL;

  if (text == NULL || strlen (text) > MAX_TEXT)
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (i == 0 && strcmp (lines[i], OWN) == 0)
        plan->own = TRUE;
      else if (!g_str_has_prefix (lines[i], STEP) || !read_step (plan, lines[i]))
        return NULL;
    }
  return plan->own || plan->steps->len > 0 ? g_steal_pointer (&plan) : NULL;
}

/* ---- judging ------------------------------------------------------------------------------------
 */

/* For each person that a step asks: who may decide in that place. */
typedef struct
{
  const SatApprovalPlan *plan;
  const SatId *initiator;
  SatDecision *decisions;
  guint n;
  GPtrArray *places; /* of each step GPtrArray of GArray of SatId */
} Judging;

static GPtrArray *
places_of (const Judging *judging, guint step)
{
  return step >= 1 && step <= judging->places->len ? judging->places->pdata[step - 1] : NULL;
}

static void
fill_places (Judging *judging)
{
  judging->places = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < judging->plan->steps->len; i++)
    {
      const SatApprovalStep *step = judging->plan->steps->pdata[i];
      GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

      for (guint k = 0; k < step->asked->len; k++)
        {
          GArray *place = g_array_new (FALSE, FALSE, sizeof (SatId));

          g_array_append_val (place, g_array_index (step->asked, SatId, k));
          g_ptr_array_add (places, place);
        }
      g_ptr_array_add (judging->places, places);
    }
}

/* Puts whom DECISION delegates to beside those who do; FALSE: nothing is new. */
static gboolean
delegate (const Judging *judging, const SatDecision *decision)
{
  GPtrArray *places = places_of (judging, decision->step);
  gboolean grown = FALSE;

  for (guint i = 0; places != NULL && i < places->len; i++)
    {
      GArray *place = places->pdata[i];

      if (!sat_ids_have (place, &decision->by) || sat_ids_have (place, &decision->to) ||
          sat_id_equal (&decision->to, judging->initiator))
        continue;
      g_array_append_val (place, decision->to);
      grown = TRUE;
    }
  return grown;
}

/* Until nothing is new: so the order of delegations does not matter. */
static void
delegate_all (const Judging *judging)
{
  gboolean grown = TRUE;

  while (grown)
    {
      grown = FALSE;
      for (guint i = 0; i < judging->n; i++)
        if (judging->decisions[i].worth == SAT_DECISION_COUNTS &&
            judging->decisions[i].verdict == SAT_VERDICT_DELEGATED)
          grown |= delegate (judging, &judging->decisions[i]);
    }
}

static gboolean
is_asked (const Judging *judging, const SatDecision *decision)
{
  GPtrArray *places = places_of (judging, decision->step);

  if (decision->verdict == SAT_VERDICT_COMMENTED)
    return TRUE;
  if (decision->verdict == SAT_VERDICT_WITHDRAWN)
    return sat_id_equal (&decision->by, judging->initiator);
  if (decision->step == 0)
    return decision->verdict != SAT_VERDICT_DELEGATED &&
           (decision->is_admin ||
            (judging->plan->own && decision->verdict == SAT_VERDICT_APPROVED &&
             sat_id_equal (&decision->by, judging->initiator)));
  for (guint i = 0; places != NULL && i < places->len; i++)
    if (sat_ids_have (places->pdata[i], &decision->by))
      return TRUE;
  return FALSE;
}

static gboolean
has_verdict (const Judging *judging, SatApprovalVerdict verdict, guint step, const GArray *by)
{
  for (guint i = 0; i < judging->n; i++)
    {
      const SatDecision *one = &judging->decisions[i];

      if (one->worth == SAT_DECISION_COUNTS && one->verdict == verdict &&
          (step == G_MAXUINT || one->step == step) && (by == NULL || sat_ids_have (by, &one->by)))
        return TRUE;
    }
  return FALSE;
}

/* Is step AT done? Else OUT gets who may decide. */
static gboolean
is_done (const Judging *judging, guint at, GArray *out)
{
  const SatApprovalStep *step = judging->plan->steps->pdata[at];
  GPtrArray *places = judging->places->pdata[at];
  gboolean any = places->len == 0;
  gboolean all = TRUE;

  for (guint i = 0; i < places->len; i++)
    {
      const GArray *place = places->pdata[i];
      gboolean given = has_verdict (judging, SAT_VERDICT_APPROVED, at + 1, place);

      any |= given;
      if (!given && (all || step->mode != SAT_MODE_IN_TURN))
        for (guint k = 0; k < place->len; k++)
          if (!sat_ids_have (out, &g_array_index (place, SatId, k)))
            g_array_append_val (out, g_array_index (place, SatId, k));
      all &= given;
    }
  if (step->mode == SAT_MODE_ANY ? !any : !all)
    return FALSE;
  g_array_set_size (out, 0);
  return TRUE;
}

static void
walk (const Judging *judging, SatJudgement *out)
{
  out->state = SAT_APPROVAL_APPROVED;
  if (has_verdict (judging, SAT_VERDICT_APPROVED, 0, NULL))
    return;
  /* Nothing but the initiator's own word. */
  if (judging->plan->steps->len == 0)
    {
      out->state = SAT_APPROVAL_WAITING;
      return;
    }
  for (guint i = 0; i < judging->plan->steps->len; i++)
    {
      if (!is_done (judging, i, out->asked))
        {
          out->state = SAT_APPROVAL_WAITING;
          out->step = i + 1;
          return;
        }
      if (((const SatApprovalStep *) judging->plan->steps->pdata[i])->final)
        return;
    }
}

SatJudgement *
sat_approval_judge (const SatApprovalPlan *plan,
                    const SatId *initiator,
                    SatDecision *decisions,
                    guint n)
{
  SatJudgement *out = g_new0 (SatJudgement, 1);
  Judging judging = { plan, initiator, decisions, n, NULL };
  gboolean changed = FALSE;

  out->asked = g_array_new (FALSE, FALSE, sizeof (SatId));
  out->state = SAT_APPROVAL_VOID;
  if (plan == NULL)
    return out;
  fill_places (&judging);
  delegate_all (&judging);
  for (guint i = 0; i < n; i++)
    {
      changed |= decisions[i].worth == SAT_DECISION_CHANGED;
      if (decisions[i].worth == SAT_DECISION_COUNTS && !is_asked (&judging, &decisions[i]))
        decisions[i].worth = SAT_DECISION_NOT_ASKED;
    }
  if (has_verdict (&judging, SAT_VERDICT_WITHDRAWN, G_MAXUINT, NULL))
    out->state = SAT_APPROVAL_WITHDRAWN;
  else if (!changed && has_verdict (&judging, SAT_VERDICT_REJECTED, G_MAXUINT, NULL))
    out->state = SAT_APPROVAL_REJECTED;
  else if (!changed)
    walk (&judging, out);
  g_ptr_array_unref (judging.places);
  return out;
}

void
sat_judgement_free (SatJudgement *judgement)
{
  if (judgement == NULL)
    return;
  g_array_unref (judgement->asked);
  g_free (judgement);
}
