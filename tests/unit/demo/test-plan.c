/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The plan of the demo's year: the same for the same seed, in an order that can be written, and of
 * the shape of a real year. */
#include "cli/demo/sat-demo-plan.h"

#include <string.h>

#include "cli/demo/sat-demo-calendar.h"

static SatDemoPlan *
make (guint customers, guint64 seed)
{
  g_autoptr (SatDemoWords) words = sat_demo_words_new ();

  return sat_demo_plan_new (words, customers, seed);
}

/* One number for all that is in the plan. */
static guint64
fingerprint (const SatDemoPlan *plan)
{
  guint64 sum = 0;

  for (guint i = 0; i < plan->customers->len; i++)
    sum = sum * 31 + g_str_hash (g_array_index (plan->customers, SatDemoCustomer, i).name);
  for (guint i = 0; i < plan->deals->len; i++)
    sum = sum * 31 + (guint64) g_array_index (plan->deals, SatDemoDeal, i).amount;
  for (guint i = 0; i < plan->events->len; i++)
    {
      const SatDemoEvent *event = &g_array_index (plan->events, SatDemoEvent, i);
      sum = sum * 31 + (guint64) event->time_ms + event->pick + event->kind;
    }
  return sum;
}

static void
test_seed (void)
{
  g_autoptr (SatDemoPlan) a = make (200, 7);
  g_autoptr (SatDemoPlan) b = make (200, 7);
  g_autoptr (SatDemoPlan) c = make (200, 8);

  g_assert_cmpuint (fingerprint (a), ==, fingerprint (b));
  g_assert_cmpuint (fingerprint (a), !=, fingerprint (c));
}

static void
test_names_differ (void)
{
  g_autoptr (SatDemoPlan) plan = make (20000, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (plan->customers->len, ==, 20000);
  for (guint i = 0; i < plan->customers->len; i++)
    {
      const SatDemoCustomer *customer = &g_array_index (plan->customers, SatDemoCustomer, i);

      g_assert_true (g_hash_table_add (seen, customer->name));
      g_assert_true (g_utf8_validate (customer->name, -1, NULL));
      g_assert_true (g_str_is_ascii (customer->latin));
      g_assert_null (strchr (customer->latin, ' '));
    }
}

/* Times rise; what is named has been made before, and by then the others know of it. */
static void
test_order (void)
{
  g_autoptr (SatDemoPlan) plan = make (1000, 3);
  g_autofree gint64 *made = g_new0 (gint64, plan->customers->len);
  g_autofree guint *contacts = g_new0 (guint, plan->customers->len);
  g_autofree gint64 *begun = g_new0 (gint64, plan->deals->len);
  gint64 last = 0;

  for (guint i = 0; i < plan->events->len; i++)
    {
      const SatDemoEvent *event = &g_array_index (plan->events, SatDemoEvent, i);
      const SatDemoCustomer *customer = &g_array_index (plan->customers, SatDemoCustomer,
                                                        event->customer);

      g_assert_cmpint (event->time_ms, >=, last);
      g_assert_cmpint (event->time_ms, >=, SAT_DEMO_BEGIN_MS);
      g_assert_cmpint (event->time_ms, <, SAT_DEMO_END_MS);
      last = event->time_ms;
      g_assert_true ((event->kind == SAT_DEMO_NEW_CUSTOMER) == (made[event->customer] == 0));
      if (event->kind == SAT_DEMO_NEW_CUSTOMER)
        made[event->customer] = event->time_ms;
      else if (event->kind == SAT_DEMO_NEW_CONTACT)
        g_assert_cmpuint (event->detail, ==, contacts[event->customer]++);
      else
        g_assert_true (customer->person || contacts[event->customer] == customer->n_contacts);
      if (event->kind == SAT_DEMO_CREDIT_REVIEW)
        {
          g_assert_cmpuint (event->author, ==, SAT_DEMO_OFFICE);
          g_assert_cmpuint (sat_demo_month (event->time_ms), >,
                            sat_demo_month (made[event->customer]));
        }
      else
        g_assert_cmpuint (event->author, ==, customer->lead);
      if (event->deal != SAT_DEMO_NO_DEAL)
        {
          g_assert_true ((event->kind == SAT_DEMO_NEW_DEAL) == (begun[event->deal] == 0));
          begun[event->deal] = event->time_ms;
        }
    }
  for (guint i = 0; i < plan->customers->len; i++)
    g_assert_cmpint (made[i], >, 0);
  for (guint i = 0; i < plan->deals->len; i++)
    g_assert_cmpint (begun[i], >, 0);
}

static void
test_shape (void)
{
  g_autoptr (SatDemoPlan) plan = make (2000, 42);
  guint stages[SAT_DEMO_N_STAGES] = { 0 }, books[SAT_DEMO_N_BOOKS] = { 0 }, months[13] = { 0 };
  guint activities = 0, english = 0;
  gint64 won = 0, biggest = 0;

  for (guint i = 0; i < plan->deals->len; i++)
    {
      const SatDemoDeal *deal = &g_array_index (plan->deals, SatDemoDeal, i);

      stages[deal->stage]++;
      g_assert_cmpint (deal->amount % 100, ==, 0);
      g_assert_cmpint (deal->amount, >=, 2000);
      biggest = MAX (biggest, deal->amount);
      won += deal->stage == SAT_DEMO_STAGE_WON ? deal->amount : 0;
    }
  for (guint i = 0; i < plan->customers->len; i++)
    {
      const SatDemoCustomer *customer = &g_array_index (plan->customers, SatDemoCustomer, i);

      books[customer->book]++;
      english += customer->english;
    }
  for (guint i = 0; i < plan->events->len; i++)
    {
      const SatDemoEvent *event = &g_array_index (plan->events, SatDemoEvent, i);

      activities += event->kind == SAT_DEMO_ACTIVITY;
      if (event->kind == SAT_DEMO_ACTIVITY)
        months[sat_demo_month (event->time_ms)]++;
    }
  /* More than one deal and three activities a customer, a tenth of the customers key accounts, a
   * sixth abroad; half of the closed deals won; open ones fewer from stage to stage, most deals
   * settled. */
  g_assert_cmpuint (plan->deals->len, >, 2000);
  g_assert_cmpuint (activities, >, 6000);
  g_assert_cmpuint (books[SAT_DEMO_BOOK_KEY], >, 60);
  g_assert_cmpuint (books[SAT_DEMO_BOOK_EAST], >, books[SAT_DEMO_BOOK_KEY]);
  g_assert_cmpuint (books[SAT_DEMO_BOOK_WEST], >, books[SAT_DEMO_BOOK_KEY]);
  g_assert_cmpuint (english, >, 250);
  g_assert_cmpuint (english, <, 450);
  g_assert_cmpuint (stages[SAT_DEMO_STAGE_LEAD], >, stages[SAT_DEMO_STAGE_NEGOTIATION]);
  g_assert_cmpuint (stages[SAT_DEMO_STAGE_NEGOTIATION], >, 50);
  g_assert_cmpuint (stages[SAT_DEMO_STAGE_WON] * 100, >, stages[SAT_DEMO_STAGE_LOST] * 70);
  g_assert_cmpuint (stages[SAT_DEMO_STAGE_WON] * 100, <, stages[SAT_DEMO_STAGE_LOST] * 150);
  g_assert_cmpint (biggest, >, 1000000);
  g_assert_cmpint (won / stages[SAT_DEMO_STAGE_WON], <, 300000);
  for (guint month = 4; month < 12; month++)
    g_assert_cmpuint (months[month], >, months[3]); /* the New Year festival */
}

static void
test_sizes (void)
{
  g_autoptr (SatDemoPlan) none = make (0, 1);
  g_autoptr (SatDemoPlan) one = make (1, 1);

  g_assert_cmpuint (none->events->len, ==, 0);
  g_assert_cmpuint (one->customers->len, ==, 1);
  g_assert_cmpuint (one->events->len, >=, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo/plan/seed", test_seed);
  g_test_add_func ("/demo/plan/names-differ", test_names_differ);
  g_test_add_func ("/demo/plan/order", test_order);
  g_test_add_func ("/demo/plan/shape", test_shape);
  g_test_add_func ("/demo/plan/sizes", test_sizes);
  return g_test_run ();
}
