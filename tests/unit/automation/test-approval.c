/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What decisions come to, whatever their order. People are a, b, c … as the initiator is i. */
#include "core/automation/sat-approval.h"

#define ROUNDS 2000
#define MOST 8

static SatId
person (char letter)
{
  SatId id = { 0 };

  id.bytes[15] = (guint8) letter;
  return id;
}

/* A step of each word: “a:ab” any of a and b, “l:…” all, “t:…” in turn; “A”, “L”, “T”: final; “o”:
 * within the own limit. */
static SatApprovalPlan *
plan_of (const char *text)
{
  SatApprovalPlan *plan = sat_approval_plan_new ();
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      char kind = g_ascii_tolower (words[i][0]);
      SatApprovalStep *step;

      if (kind == 'o')
        {
          plan->own = TRUE;
          continue;
        }
      step = sat_approval_plan_add (plan, "A step",
                                    kind == 'a'   ? SAT_MODE_ANY
                                    : kind == 'l' ? SAT_MODE_ALL
                                                  : SAT_MODE_IN_TURN);
      step->final = g_ascii_isupper (words[i][0]);
      for (const char *at = words[i] + 2; *at != '\0'; at++)
        {
          SatId id = person (*at);

          g_array_append_val (step->asked, id);
        }
    }
  return plan;
}

/* “a+1” approves step 1, “a-1” rejects, “a>1b” delegates to b, “iw” withdraws, “ac” comments; a
 * trailing “!” is forged, “*” changed, “@” an administrator. */
static GArray *
decisions_of (const char *text)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (SatDecision));
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *word = words[i];
      SatDecision one = { 0 };

      if (*word == '\0')
        continue;
      one.by = person (word[0]);
      one.verdict = word[1] == '+'   ? SAT_VERDICT_APPROVED
                    : word[1] == '-' ? SAT_VERDICT_REJECTED
                    : word[1] == '>' ? SAT_VERDICT_DELEGATED
                    : word[1] == 'w' ? SAT_VERDICT_WITHDRAWN
                                     : SAT_VERDICT_COMMENTED;
      one.step = g_ascii_isdigit (word[1] ? word[2] : '\0') ? (guint) (word[2] - '0') : 0;
      if (word[1] == '>')
        one.to = person (word[3]);
      one.is_admin = g_str_has_suffix (word, "@");
      one.worth = g_str_has_suffix (word, "!")   ? SAT_DECISION_FORGED
                  : g_str_has_suffix (word, "*") ? SAT_DECISION_CHANGED
                                                 : SAT_DECISION_COUNTS;
      g_array_append_val (all, one);
    }
  return all;
}

static char *
judge_array (const SatApprovalPlan *plan, const GArray *given)
{
  SatId initiator = person ('i');
  g_autofree SatDecision *copy = g_memdup2 (given->data, given->len * sizeof (SatDecision));
  g_autoptr (SatJudgement) out = sat_approval_judge (plan, &initiator, copy, given->len);
  GString *text = g_string_new (sat_approval_state_name (out->state));
  g_autoptr (GString) asked = g_string_new (NULL);

  for (char letter = 'a'; letter <= 'z'; letter++)
    {
      SatId id = person (letter);

      if (sat_ids_have (out->asked, &id))
        g_string_append_c (asked, letter);
    }
  if (out->step > 0)
    g_string_append_printf (text, " %u %s", out->step, asked->str);
  return g_string_free (text, FALSE);
}

static void
test_cases (void)
{
  static const struct
  {
    const char *plan, *decisions, *expected;
  } cases[] = {
    { "a:ab", "", "waiting 1 ab" },
    { "a:ab", "b+1", "approved" },
    { "a:ab", "a+1 b-1", "rejected" },
    { "a:ab", "c+1", "waiting 1 ab" },
    { "a:ab", "a+1!", "waiting 1 ab" },
    { "a:ab", "a-1!", "waiting 1 ab" },
    { "a:ab", "a+1 b+1*", "void" },
    { "a:ab", "a+1 b+1* iw", "withdrawn" },
    { "a:ab", "i+1", "waiting 1 ab" },
    { "a:ab", "i+0", "waiting 1 ab" },
    { "a:ab", "aw", "waiting 1 ab" },
    { "a:ab", "a+1 iw", "withdrawn" },
    { "a:ab", "cc ac", "waiting 1 ab" },
    { "l:ab", "a+1", "waiting 1 b" },
    { "l:ab", "b+1", "waiting 1 a" },
    { "l:ab", "b+1 a+1", "approved" },
    { "t:ab", "", "waiting 1 a" },
    { "t:ab", "a+1", "waiting 1 b" },
    { "t:ab", "b+1", "waiting 1 a" },
    { "t:ab", "a+1 b+1", "approved" },
    { "a:a a:b", "a+1", "waiting 2 b" },
    { "a:a a:b", "b+2", "waiting 1 a" },
    { "a:a a:b", "b+1", "waiting 1 a" },
    { "a:a a:b", "b+2 a+1", "approved" },
    { "A:a a:b", "a+1", "approved" },
    { "A:a a:b", "a+1 b-2", "rejected" },
    { "a: a:b", "", "waiting 2 b" },
    { "a:", "", "approved" },
    { "a:a", "a>1b", "waiting 1 ab" },
    { "a:a", "a>1b b+1", "approved" },
    { "a:a", "b+1", "waiting 1 a" },
    { "a:a", "b>1c a>1b c+1", "approved" },
    { "a:a", "a>1i i+1", "waiting 1 a" },
    { "a:a", "c>1b b+1", "waiting 1 a" },
    { "a:a", "a>1b! b+1", "waiting 1 a" },
    { "a:a a:b", "a>1c c+2", "waiting 1 ac" },
    { "l:ab", "a>1c c+1", "waiting 1 b" },
    { "l:ab", "a>1b b+1", "approved" },
    { "a:a", "c+0@", "approved" },
    { "a:a", "c+0", "waiting 1 a" },
    { "a:a", "c-0@", "rejected" },
    { "a:a", "c+0@ a-1", "rejected" },
    { "o", "i+0", "approved" },
    { "o", "", "waiting" },
    { "o", "a+0", "waiting" },
    { "o", "i+0!", "waiting" },
    { "a:a", "a+9", "waiting 1 a" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SatApprovalPlan) plan = plan_of (cases[i].plan);
      g_autoptr (GArray) decisions = decisions_of (cases[i].decisions);
      g_autofree char *out = judge_array (plan, decisions);

      if (g_strcmp0 (out, cases[i].expected) != 0)
        g_error ("%s | %s: %s, not %s", cases[i].plan, cases[i].decisions, out, cases[i].expected);
    }
}

/* What does not count is named. */
static void
test_worth (void)
{
  g_autoptr (SatApprovalPlan) plan = plan_of ("a:a");
  g_autoptr (GArray) decisions = decisions_of ("a+1! b+1 bc a>1b");
  SatDecision *all = (SatDecision *) (void *) decisions->data;
  SatId initiator = person ('i');
  g_autoptr (SatJudgement) out = sat_approval_judge (plan, &initiator, all, 3);

  g_assert_cmpint (out->state, ==, SAT_APPROVAL_WAITING);
  g_assert_cmpint (all[0].worth, ==, SAT_DECISION_FORGED);
  g_assert_cmpint (all[1].worth, ==, SAT_DECISION_NOT_ASKED);
  g_assert_cmpint (all[2].worth, ==, SAT_DECISION_COUNTS);
}

static GArray *
random_decisions (GRand *rand)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (SatDecision));
  guint n = (guint) g_rand_int_range (rand, 0, MOST);

  for (guint i = 0; i < n; i++)
    {
      SatDecision one = { 0 };
      int kind = g_rand_int_range (rand, 0, 20);

      one.by = person ("abcdi"[g_rand_int_range (rand, 0, 5)]);
      one.to = person ("abcdi"[g_rand_int_range (rand, 0, 5)]);
      one.step = (guint) g_rand_int_range (rand, 0, 4);
      one.verdict = kind < 11   ? SAT_VERDICT_APPROVED
                    : kind < 13 ? SAT_VERDICT_REJECTED
                    : kind < 18 ? SAT_VERDICT_DELEGATED
                    : kind < 19 ? SAT_VERDICT_WITHDRAWN
                                : SAT_VERDICT_COMMENTED;
      one.is_admin = sat_id_equal (&one.by, &(SatId){ .bytes[15] = 'd' });
      one.worth = g_rand_int_range (rand, 0, 10) == 0 ? SAT_DECISION_FORGED : SAT_DECISION_COUNTS;
      g_array_append_val (all, one);
    }
  return all;
}

static void
shuffle (GRand *rand, GArray *all)
{
  for (guint i = all->len; i > 1; i--)
    {
      guint k = (guint) g_rand_int_range (rand, 0, (int) i);
      SatDecision one = g_array_index (all, SatDecision, i - 1);

      g_array_index (all, SatDecision, i - 1) = g_array_index (all, SatDecision, k);
      g_array_index (all, SatDecision, k) = one;
    }
}

/* Any order comes to the same, saying a thing twice adds nothing, what is forged does nothing, and
 * once rejected no approval that comes late helps. */
static void
test_orders (void)
{
  static const char *const plans[] = { "a:ab", "l:abc", "t:ab", "a:a l:bc", "A:a t:bc a:d", "o" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  guint approved = 0, rejected = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (SatApprovalPlan) plan = plan_of (plans[round % G_N_ELEMENTS (plans)]);
      g_autoptr (GArray) all = random_decisions (rand);
      g_autofree char *first = judge_array (plan, all);
      g_autofree char *again = NULL;
      g_autofree char *honest = NULL;
      g_autofree char *late = NULL;
      SatDecision one = { .verdict = SAT_VERDICT_APPROVED, .step = 1, .by = person ('a') };

      shuffle (rand, all);
      if (all->len > 0)
        {
          SatDecision twice = g_array_index (all, SatDecision, 0);

          g_array_append_val (all, twice);
        }
      again = judge_array (plan, all);
      g_assert_cmpstr (again, ==, first);
      for (guint i = all->len; i > 0; i--)
        if (g_array_index (all, SatDecision, i - 1).worth == SAT_DECISION_FORGED)
          g_array_remove_index_fast (all, i - 1);
      honest = judge_array (plan, all);
      g_assert_cmpstr (honest, ==, first);
      g_array_append_val (all, one);
      late = judge_array (plan, all);
      if (g_str_equal (first, "rejected") || g_str_equal (first, "withdrawn") ||
          g_str_equal (first, "approved"))
        g_assert_cmpstr (late, ==, first);
      approved += g_str_equal (first, "approved");
      rejected += g_str_equal (first, "rejected");
    }
  g_assert_cmpuint (approved, >, ROUNDS / 50);
  g_assert_cmpuint (rejected, >, ROUNDS / 50);
}

static void
test_text (void)
{
  static const char *const plans[] = { "a:ab", "o", "A: l:abc t:b", "o a:b" };
  static const char *const bad[] = {
    "",
    "own\nown",
    "step",
    "step any final - ",
    "step any maybe - N",
    "step one on - N",
    "step any on nobody N",
    "step any on , N",
    "step any on -",
    "steps any on - N",
    "step any on - N\n",
    "x",
  };

  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    {
      g_autoptr (SatApprovalPlan) plan = plan_of (plans[i]);
      g_autofree char *text = sat_approval_plan_format (plan);
      g_autoptr (SatApprovalPlan) back = sat_approval_plan_read (text);
      g_autofree char *again = back != NULL ? sat_approval_plan_format (back) : NULL;

      g_assert_cmpstr (again, ==, text);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (SatApprovalPlan) plan = sat_approval_plan_read (bad[i]);

      if (plan != NULL && i != 3) /* a name may be nothing */
        g_error ("“%s” was read", bad[i]);
    }
  g_assert_null (sat_approval_plan_read (NULL));
}

/* What nobody can read, or was changed, approves nothing. */
static void
test_unreadable (void)
{
  g_autoptr (GArray) decisions = decisions_of ("a+1 c+0@");
  g_autofree char *out = judge_array (NULL, decisions);

  g_assert_cmpstr (out, ==, "void");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/approval/cases", test_cases);
  g_test_add_func ("/approval/worth", test_worth);
  g_test_add_func ("/approval/orders", test_orders);
  g_test_add_func ("/approval/text", test_text);
  g_test_add_func ("/approval/unreadable", test_unreadable);
  return g_test_run ();
}
