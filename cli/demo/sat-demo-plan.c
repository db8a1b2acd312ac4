/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Customers are drawn one by one, each from a made-up machine of its own; their events are put in
 * the order of time at the end. */
#include "cli/demo/sat-demo-plan.h"

#include "cli/demo/sat-demo-calendar.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
/* Quotations are not made for less, and nobody signs more than this alone. */
#define AMOUNT_MIN 2000
#define AMOUNT_MAX 3000000

typedef struct
{
  SatDemoPlan *plan;
  const SatDemoWords *words;
  GHashTable *names; /* those taken; borrowed from the customers */
  SatPlatform *chance;
} Maker;

static guint
below (Maker *maker, guint n)
{
  return sat_platform_random_below (maker->chance, n);
}

static gboolean
percent (Maker *maker, guint n)
{
  return below (maker, 100) < n;
}

static guint
any (Maker *maker)
{
  return below (maker, G_MAXINT32);
}

static void
add_event (Maker *maker, gint64 time_ms, SatDemoKind kind, guint detail, guint deal, guint author)
{
  SatDemoEvent event = {
    .time_ms = time_ms,
    .customer = maker->plan->customers->len - 1,
    .deal = deal,
    .pick = any (maker),
    .kind = (guint8) kind,
    .detail = (guint8) detail,
    .author = (guint8) author,
  };

  g_array_append_val (maker->plan->events, event);
}

/* ---- customers ---- */

static void
name_chinese (Maker *maker, SatDemoCustomer *customer, guint round)
{
  const char *const *city = sat_demo_words_at (maker->words, "city-zh", customer->place);
  const char *const *head = sat_demo_words_at (maker->words, "brand-head-zh", any (maker));
  const char *const *tail = sat_demo_words_at (maker->words, "brand-tail-zh", any (maker));
  const char *const *business = sat_demo_words_at (maker->words, "business-zh", customer->business);
  guint dice = below (maker, 8); /* most are limited companies, few are groups */
  const char *form = sat_demo_words_at (maker->words, "form-zh", dice < 5 ? 0 : dice - 4)[0];

  /* After many refusals two heads: the names get longer, not the search. */
  if (round > 8)
    {
      const char *const *more = sat_demo_words_at (maker->words, "brand-head-zh", any (maker));
      customer->name = g_strconcat (city[0], head[0], more[0], tail[0], business[0], form, NULL);
      customer->latin = g_strconcat (head[1], more[1], tail[1], "-", business[1], NULL);
      return;
    }
  customer->name = g_strconcat (city[0], head[0], tail[0], business[0], form, NULL);
  customer->latin = g_strconcat (head[1], tail[1], "-", business[1], NULL);
}

static void
name_english (Maker *maker, SatDemoCustomer *customer, guint round)
{
  const char *head = sat_demo_words_at (maker->words, "brand-head-en", any (maker))[0];
  const char *tail = sat_demo_words_at (maker->words, "brand-tail-en", any (maker))[0];
  const char *const *business = sat_demo_words_at (maker->words, "business-en", customer->business);
  const char *const *city = sat_demo_words_at (maker->words, "city-en", customer->place);
  const char *form = sat_demo_words_at (maker->words, "form-en", any (maker))[0];
  g_autofree char *brand = g_strconcat (head, tail, NULL);
  g_autofree char *lower = g_ascii_strdown (brand, -1);

  customer->name = round > 8 ? g_strdup_printf ("%s %s (%s) %s", brand, business[0], city[0], form)
                             : g_strdup_printf ("%s %s %s", brand, business[0], form);
  customer->latin = g_strconcat (lower, "-", business[1], NULL);
}

static void
name_person (Maker *maker, SatDemoCustomer *customer)
{
  const char *language = customer->english ? "en" : "zh";
  g_autofree char *families = g_strconcat ("family-", language, NULL);
  g_autofree char *given_names = g_strconcat ("given-", language, NULL);
  const char *const *family = sat_demo_words_at (maker->words, families, any (maker));
  const char *const *given = sat_demo_words_at (maker->words, given_names, any (maker));

  if (customer->english)
    {
      customer->name = g_strdup_printf ("%s %s", given[0], family[0]);
      customer->latin = g_ascii_strdown (family[0], -1);
    }
  else
    {
      customer->name = g_strconcat (family[0], given[0], NULL);
      customer->latin = g_strconcat (given[1], ".", family[1], NULL);
    }
}

/* Draws names until one is free; a person of a name that is taken gets a number. */
static void
name_customer (Maker *maker, SatDemoCustomer *customer)
{
  for (guint round = 0;; round++)
    {
      if (customer->person)
        name_person (maker, customer);
      else if (customer->english)
        name_english (maker, customer, round);
      else
        name_chinese (maker, customer, round);
      if (customer->person && round > 8)
        {
          g_autofree char *plain = g_steal_pointer (&customer->name);
          customer->name = g_strdup_printf ("%s %u", plain, maker->plan->customers->len);
        }
      if (!g_hash_table_contains (maker->names, customer->name))
        break;
      g_free (customer->name);
      g_free (customer->latin);
    }
  g_hash_table_add (maker->names, customer->name);
}

static const SatDemoCustomer *
add_customer (Maker *maker)
{
  SatDemoCustomer customer = { .english = percent (maker, 18), .person = percent (maker, 6) };
  const char *cities = customer.english ? "city-en" : "city-zh";
  guint n = sat_demo_words_count (maker->words, cities);
  guint dice = below (maker, 100);

  customer.place = MIN (below (maker, n),
                        below (maker, n)); /* those first in the list more often */
  customer.business = any (maker);
  customer.pick = any (maker);
  customer.level = customer.person || dice >= 55 ? 2 : dice < 18 ? 0 : 1;
  customer.n_contacts = customer.person ? 1
                                        : (guint8) (1 + below (maker, SAT_DEMO_MAX_CONTACTS -
                                                                          customer.level / 2));
  customer.lead = g_str_equal (sat_demo_words_at (maker->words, cities, customer.place)[4], "east")
                      ? SAT_DEMO_EAST
                      : SAT_DEMO_WEST;
  customer.book = customer.lead == SAT_DEMO_EAST ? SAT_DEMO_BOOK_EAST : SAT_DEMO_BOOK_WEST;
  if (customer.level == 0 && percent (maker, 40))
    customer.book = SAT_DEMO_BOOK_KEY;
  name_customer (maker, &customer);
  g_array_append_val (maker->plan->customers, customer);
  return &g_array_index (maker->plan->customers, SatDemoCustomer, maker->plan->customers->len - 1);
}

/* ---- deals and visits ---- */

/* ABOUT at several moments from FROM_MS on, about GAP days apart; none at or after UNTIL_MS. */
static void
add_activities (
    Maker *maker, guint deal, guint phase, guint n, gint64 from_ms, gint64 until_ms, guint gap)
{
  const SatDemoCustomer *customer = &g_array_index (maker->plan->customers, SatDemoCustomer,
                                                    maker->plan->customers->len - 1);
  gint64 time_ms = from_ms;

  for (guint i = 0; i < n; i++)
    {
      if (!sat_demo_moment_after (maker->chance, time_ms, 1 + below (maker, gap), &time_ms) ||
          time_ms >= until_ms)
        return;
      add_event (maker, time_ms, SAT_DEMO_ACTIVITY, phase, deal, customer->lead);
    }
}

static gint64
draw_amount (Maker *maker, const SatDemoCustomer *customer, SatDemoDeal *deal)
{
  const char *const *product = sat_demo_words_at (maker->words, "product", deal->product);
  gint64 price = g_ascii_strtoll (product[4], NULL, 10);
  static const guint most[] = { 60, 24, 8 };
  guint n = most[customer->level];

  /* The smaller of two draws: many small orders, few large ones. */
  deal->quantity = 1 + MIN (below (maker, n), below (maker, n));
  gint64 amount = price * deal->quantity * (86 + below (maker, 15)) / 100;
  return CLAMP (amount / 100 * 100, AMOUNT_MIN, AMOUNT_MAX);
}

/* The next stage in the life of a deal; the chances make a funnel. */
static SatDemoStage
next_stage (Maker *maker, SatDemoStage stage)
{
  static const guint lost[] = { 10, 8, 7, 10, 7, 3 }; /* percent, at each stage */

  if (percent (maker, lost[stage]))
    return SAT_DEMO_STAGE_LOST;
  return stage + 1;
}

/* Something that is sold by the piece. */
static guint
draw_product (Maker *maker)
{
  guint product;

  do
    product = below (maker, sat_demo_words_count (maker->words, "product"));
  while (g_str_equal (sat_demo_words_at (maker->words, "product", product)[3], "service"));
  return product;
}

static void
add_deal (Maker *maker, const SatDemoCustomer *customer, gint64 from_ms)
{
  static const guint patience[] = { 6, 9, 11, 14, 11, 6 }; /* days a stage takes at least */
  static const SatDemoPhase phases[] = { SAT_DEMO_PHASE_EARLY, SAT_DEMO_PHASE_EARLY,
                                         SAT_DEMO_PHASE_EARLY, SAT_DEMO_PHASE_QUOTE,
                                         SAT_DEMO_PHASE_CLOSE, SAT_DEMO_PHASE_CLOSE };
  SatDemoDeal deal = { .customer = maker->plan->customers->len - 1,
                       .product = draw_product (maker) };
  guint index = maker->plan->deals->len;
  gint64 time_ms, next_ms;

  if (!sat_demo_moment (maker->chance, from_ms, &time_ms))
    return;
  deal.amount = draw_amount (maker, customer, &deal);
  add_event (maker, time_ms, SAT_DEMO_NEW_DEAL, 0, index, customer->lead);
  while (deal.stage < SAT_DEMO_STAGE_WON)
    {
      guint days = patience[deal.stage] + below (maker, 2 * patience[deal.stage]);
      gboolean goes_on = sat_demo_moment_after (maker->chance, time_ms, days, &next_ms);

      add_activities (maker, index, phases[deal.stage], below (maker, 3), time_ms,
                      goes_on ? next_ms : SAT_DEMO_END_MS, days / 2);
      deal.close_ms = time_ms + (days + 21) * SAT_DEMO_DAY_MS;
      if (!goes_on)
        break;
      time_ms = next_ms;
      deal.stage = next_stage (maker, deal.stage);
      add_event (maker, time_ms, SAT_DEMO_DEAL_STAGE, deal.stage, index, customer->lead);
    }
  if (deal.stage >= SAT_DEMO_STAGE_WON)
    {
      deal.close_ms = time_ms;
      add_event (maker, time_ms + 20 * MINUTE_MS, SAT_DEMO_ACTIVITY,
                 deal.stage == SAT_DEMO_STAGE_WON ? SAT_DEMO_PHASE_WON : SAT_DEMO_PHASE_LOST, index,
                 customer->lead);
    }
  g_array_append_val (maker->plan->deals, deal);
}

/* ---- the whole story of one customer ---- */

static void
add_story (Maker *maker)
{
  const SatDemoCustomer *customer = add_customer (maker);
  static const guint deals[] = { 4, 3, 2 }, care[] = { 5, 3, 2 };
  gboolean known = percent (maker, 55); /* before the year began */
  gint64 since_ms, review_ms;

  /* The first week is for typing in who was a customer before. */
  if (!known ||
      !sat_demo_moment_after (maker->chance, SAT_DEMO_BEGIN_MS, below (maker, 8), &since_ms))
    if (!sat_demo_moment (maker->chance, SAT_DEMO_BEGIN_MS + 8 * SAT_DEMO_DAY_MS, &since_ms))
      since_ms = SAT_DEMO_BEGIN_MS;
  add_event (maker, since_ms, SAT_DEMO_NEW_CUSTOMER, 0, SAT_DEMO_NO_DEAL, customer->lead);
  for (guint i = 0; i < customer->n_contacts && !customer->person; i++)
    add_event (maker, since_ms + (3 + 4 * i) * MINUTE_MS, SAT_DEMO_NEW_CONTACT, i, SAT_DEMO_NO_DEAL,
               customer->lead);
  for (guint n = below (maker, deals[customer->level] + 1); n > 0; n--)
    add_deal (maker, customer, since_ms + SAT_DEMO_DAY_MS);
  if (known)
    for (guint n = below (maker, care[customer->level] + 1); n > 0; n--)
      if (sat_demo_moment (maker->chance, since_ms + SAT_DEMO_DAY_MS, &review_ms))
        add_event (maker, review_ms, SAT_DEMO_ACTIVITY, SAT_DEMO_PHASE_CARE, SAT_DEMO_NO_DEAL,
                   customer->lead);
  /* Head office sees a new customer in the next month at the earliest. */
  if (customer->level < 2 && !customer->person &&
      sat_demo_moment_after (maker->chance, since_ms, 32 + below (maker, 40), &review_ms))
    add_event (maker, review_ms, SAT_DEMO_CREDIT_REVIEW, 0, SAT_DEMO_NO_DEAL, SAT_DEMO_OFFICE);
}

static int
by_time (gconstpointer a, gconstpointer b)
{
  const SatDemoEvent *x = a, *y = b;

  if (x->time_ms != y->time_ms)
    return x->time_ms < y->time_ms ? -1 : 1;
  if (x->customer != y->customer)
    return x->customer < y->customer ? -1 : 1;
  return (int) x->kind - (int) y->kind;
}

static void
clear_customer (gpointer data)
{
  SatDemoCustomer *customer = data;

  g_free (customer->name);
  g_free (customer->latin);
}

SatDemoPlan *
sat_demo_plan_new (const SatDemoWords *words, guint customers, guint64 seed)
{
  SatDemoPlan *plan = g_new0 (SatDemoPlan, 1);
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  Maker maker = { .plan = plan, .words = words, .names = names };

  plan->customers = g_array_new (FALSE, FALSE, sizeof (SatDemoCustomer));
  g_array_set_clear_func (plan->customers, clear_customer);
  plan->deals = g_array_new (FALSE, FALSE, sizeof (SatDemoDeal));
  plan->events = g_array_new (FALSE, FALSE, sizeof (SatDemoEvent));
  for (guint i = 0; i < customers; i++)
    {
      g_autoptr (SatPlatform) chance = sat_platform_new_seeded (
          (seed << 24) ^ (seed >> 40) ^ ((guint64) i + 1), SAT_DEMO_BEGIN_MS);

      maker.chance = chance;
      add_story (&maker);
    }
  g_array_sort (plan->events, by_time);
  return plan;
}

void
sat_demo_plan_free (SatDemoPlan *plan)
{
  if (!plan)
    return;
  g_array_unref (plan->customers);
  g_array_unref (plan->deals);
  g_array_unref (plan->events);
  g_free (plan);
}
