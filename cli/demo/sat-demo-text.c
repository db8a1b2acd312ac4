/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every choice is a hash of the plan's `pick` and of what is chosen, so that records do not depend
 * on the order in which they are written. Addresses in the net end in .example, telephone numbers
 * begin with 555: nobody has them. */
#include "cli/demo/sat-demo-text.h"

#include <string.h>

#include "cli/demo/sat-demo-calendar.h"
#include "core/base/sat-clock.h"

/* What a pick is used for. */
enum
{
  FOR_ROAD = 1,
  FOR_NUMBER,
  FOR_PHONE,
  FOR_SOURCE,
  FOR_SIZE,
  FOR_TAG,
  FOR_REMARK,
  FOR_CODE,
  FOR_FAMILY,
  FOR_GIVEN,
  FOR_TITLE,
  FOR_BIRTHDAY,
  FOR_LINE,
  FOR_CONTACT,
  FOR_DAY,
  FOR_LIMIT,
  FOR_REASON,
};

static guint
choose (guint pick, guint purpose)
{
  guint64 x = ((guint64) pick << 32) + purpose * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);

  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint) ((x ^ (x >> 31)) & G_MAXINT32);
}

static const SatDemoCustomer *
customer_at (const SatDemoPlan *plan, guint index)
{
  return &g_array_index (plan->customers, SatDemoCustomer, index);
}

static const SatDemoDeal *
deal_at (const SatDemoPlan *plan, guint index)
{
  return &g_array_index (plan->deals, SatDemoDeal, index);
}

/* An entry of "[section-zh]" or "[section-en]", whichever the customer speaks. */
static const char *const *
words_of (const SatDemoWords *words,
          const SatDemoCustomer *customer,
          const char *section,
          guint pick)
{
  g_autofree char *name = g_strconcat (section, customer->english ? "-en" : "-zh", NULL);

  return sat_demo_words_at (words, name, pick);
}

G_GNUC_PRINTF (4, 5)
static void
put_format (SatDemoPut put, gpointer data, const char *field, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_autofree char *value = g_strdup_vprintf (format, args);
  va_end (args);
  put (field, value, data);
}

/* ---- customers ---- */

static void
put_place (const SatDemoWords *words,
           const SatDemoCustomer *customer,
           SatDemoPut put,
           gpointer data)
{
  const char *const *city = words_of (words, customer, "city", customer->place);
  const char *road = words_of (words, customer, "road", choose (customer->pick, FOR_ROAD))[0];
  guint number = 1 + choose (customer->pick, FOR_NUMBER) % 398;
  guint line = choose (customer->pick, FOR_PHONE) % 10000;

  put ("city", city[0], data);
  put ("province", city[2], data);
  put ("country", city[5], data);
  put ("region", city[6], data);
  if (customer->english)
    {
      put_format (put, data, "address", "%u %s", number, road);
      put_format (put, data, "phone", "%s %04u", city[3], line);
    }
  else
    {
      put_format (put, data, "address", "%s%u号", road, number);
      put_format (put, data, "phone", "%s-555%u %04u", city[3], number % 10, line);
    }
}

static void
put_tags (const SatDemoWords *words, const SatDemoCustomer *customer, SatDemoPut put, gpointer data)
{
  g_autoptr (GString) tags = g_string_new (NULL);
  guint dice = choose (customer->pick, FOR_TAG);

  for (guint i = 0; i < dice % 3; i++)
    {
      const char *const *tag = sat_demo_words_at (words, "tag", dice / (7 + 12 * i));

      g_string_append_printf (tags, "%s%s", i ? "," : "", tag[customer->english ? 1 : 0]);
    }
  if (tags->len > 0)
    put ("tags", tags->str, data);
}

void
sat_demo_customer_fields (
    const SatDemoWords *words, const SatDemoPlan *plan, guint index, SatDemoPut put, gpointer data)
{
  static const char *const sources[] = { "referral", "exhibition", "website", "cold_call",
                                         "partner" };
  static const char *const sizes[] = { "s1000", "s500", "s100", "s20", "s1" };
  const SatDemoCustomer *customer = customer_at (plan, index);

  put ("name", customer->name, data);
  put ("kind", customer->person ? "person" : "company", data);
  put_format (put, data, "code", "C%06u", index + 1);
  put_place (words, customer, put, data);
  put ("source", sources[choose (customer->pick, FOR_SOURCE) % G_N_ELEMENTS (sources)], data);
  put ("level", (const char *[]){ "a", "b", "c" }[customer->level], data);
  put_format (put, data, "email", "%s@%s.example", customer->person ? "hello" : "info",
              customer->latin);
  if (!customer->person)
    {
      put_format (put, data, "website", "https://www.%s.example", customer->latin);
      put ("industry", words_of (words, customer, "business", customer->business)[1], data);
      put ("size", sizes[customer->level + choose (customer->pick, FOR_SIZE) % 3], data);
    }
  put_tags (words, customer, put, data);
  if (choose (customer->pick, FOR_REMARK) % 100 < 45)
    put ("notes",
         words_of (words, customer, "remark", choose (customer->pick, FOR_REMARK) / 100)[0], data);
}

void
sat_demo_review_fields (const SatDemoPlan *plan, guint index, SatDemoPut put, gpointer data)
{
  static const guint base[] = { 300000, 80000, 20000 };
  const SatDemoCustomer *customer = customer_at (plan, index);
  guint steps = 1 + choose (customer->pick, FOR_LIMIT) % 5;

  put_format (put, data, "credit_limit", "%u.00 CNY", base[customer->level] * steps);
}

/* ---- contacts ---- */

static guint
contact_pick (const SatDemoCustomer *customer, guint nth)
{
  return choose (customer->pick, FOR_CONTACT + 100 * nth);
}

/* Newly allocated; LATIN gets the part before the @. */
static char *
contact_name (const SatDemoWords *words, const SatDemoCustomer *customer, guint nth, char **latin)
{
  guint pick = contact_pick (customer, nth);
  const char *const *family = words_of (words, customer, "family", choose (pick, FOR_FAMILY));
  const char *const *given = words_of (words, customer, "given", choose (pick, FOR_GIVEN));

  if (customer->person)
    {
      if (latin)
        *latin = g_strdup ("hello");
      return g_strdup (customer->name);
    }
  if (!customer->english)
    {
      if (latin)
        *latin = g_strconcat (given[1], ".", family[1], NULL);
      return g_strconcat (family[0], given[0], NULL);
    }
  if (latin)
    {
      g_autofree char *plain = g_strdup_printf ("%s.%s", given[0], family[0]);

      *latin = g_ascii_strdown (g_strdelimit (plain, " ", '-'), -1);
    }
  return g_strdup_printf ("%s %s", given[0], family[0]);
}

void
sat_demo_contact_fields (const SatDemoWords *words,
                         const SatDemoPlan *plan,
                         guint index,
                         guint nth,
                         SatDemoPut put,
                         gpointer data)
{
  const SatDemoCustomer *customer = customer_at (plan, index);
  guint pick = contact_pick (customer, nth);
  g_autofree char *latin = NULL;
  g_autofree char *name = contact_name (words, customer, nth, &latin);
  const char *const *title = words_of (words, customer, "title", choose (pick, FOR_TITLE));
  guint line = choose (pick, FOR_PHONE);
  guint birthday = choose (pick, FOR_BIRTHDAY);

  put ("name", name, data);
  put ("title", title[0], data);
  put ("role", title[1], data);
  put_format (put, data, "email", "%s@%s.example", latin, customer->latin);
  if (customer->english)
    put_format (put, data, "phone", "%s %04u",
                words_of (words, customer, "city", customer->place)[3], line % 10000);
  else
    put_format (put, data, "mobile", "1%u9 555%u %04u", 3 + line % 7, line / 7 % 10,
                line / 70 % 10000);
  if (birthday % 3 == 0)
    put_format (put, data, "birthday", "%u-%02u-%02u", 1966 + birthday / 3 % 34,
                1 + birthday / 102 % 12, 1 + birthday / 1224 % 28);
}

/* ---- deals ---- */

static const char *const stages[SAT_DEMO_N_STAGES] = {
  "lead", "talk", "needs", "proposal", "negotiation", "contract", "won", "lost",
};
static const char *const probabilities[SAT_DEMO_N_STAGES] = {
  "10", "20", "35", "50", "70", "90", "100", "0",
};

static const char *
product_name (const SatDemoWords *words, const SatDemoPlan *plan, guint index)
{
  const SatDemoDeal *deal = deal_at (plan, index);
  const char *const *product = sat_demo_words_at (words, "product", deal->product);

  return product[customer_at (plan, deal->customer)->english ? 2 : 1];
}

void
sat_demo_deal_fields (
    const SatDemoWords *words, const SatDemoPlan *plan, guint index, SatDemoPut put, gpointer data)
{
  const SatDemoDeal *deal = deal_at (plan, index);
  const SatDemoCustomer *customer = customer_at (plan, deal->customer);
  const char *product = product_name (words, plan, index);
  g_autofree char *close = sat_demo_date (deal->close_ms);

  if (customer->english)
    put_format (put, data, "name", "%u x %s", deal->quantity, product);
  else
    put_format (put, data, "name", "%s %u 台", product, deal->quantity);
  put_format (put, data, "amount", "%" G_GINT64_FORMAT ".00 CNY", deal->amount);
  put ("close_date", close, data);
  put ("source", choose (customer->pick, FOR_SOURCE) % 3 ? "new" : "repeat", data);
  sat_demo_stage_fields (plan, index, SAT_DEMO_STAGE_LEAD, put, data);
}

void
sat_demo_stage_fields (
    const SatDemoPlan *plan, guint index, SatDemoStage stage, SatDemoPut put, gpointer data)
{
  static const char *const reasons[] = { "price",  "price",  "competitor",
                                         "budget", "timing", "no_decision" };
  guint pick = customer_at (plan, deal_at (plan, index)->customer)->pick + index;

  put ("stage", stages[stage], data);
  put ("probability", probabilities[stage], data);
  if (stage == SAT_DEMO_STAGE_LOST)
    put ("lost_reason", reasons[choose (pick, FOR_REASON) % G_N_ELEMENTS (reasons)], data);
}

/* ---- activities ---- */

static void
replace (char **text, const char *mark, const char *with)
{
  g_autoptr (GString) out = g_string_new (*text);

  g_string_replace (out, mark, with, 0);
  g_free (*text);
  *text = g_string_free (g_steal_pointer (&out), FALSE);
}

guint
sat_demo_event_contact (const SatDemoPlan *plan, const SatDemoEvent *event)
{
  return choose (event->pick, FOR_CONTACT) % customer_at (plan, event->customer)->n_contacts;
}

/* LINE of the diary with the names and figures of EVENT; newly allocated. */
static char *
fill_line (const SatDemoWords *words,
           const SatDemoPlan *plan,
           const SatDemoEvent *event,
           const char *line)
{
  static const char *const days_zh[] = { "下周一", "下周三", "周五", "月底" };
  static const char *const days_en[] = { "Monday", "Wednesday", "Friday", "the end of the month" };
  const SatDemoCustomer *customer = customer_at (plan, event->customer);
  guint day = choose (event->pick, FOR_DAY) % G_N_ELEMENTS (days_zh);
  g_autofree char *contact = contact_name (words, customer, sat_demo_event_contact (plan, event),
                                           NULL);
  char *text = g_strdup (line);

  replace (&text, "{contact}", contact);
  replace (&text, "{city}", words_of (words, customer, "city", customer->place)[0]);
  replace (&text, "{day}", customer->english ? days_en[day] : days_zh[day]);
  if (event->deal != SAT_DEMO_NO_DEAL)
    {
      const SatDemoDeal *deal = deal_at (plan, event->deal);
      g_autofree char *quantity = g_strdup_printf ("%u", deal->quantity);
      g_autofree char *amount = customer->english
                                    ? g_strdup_printf ("CNY %" G_GINT64_FORMAT, deal->amount)
                                    : g_strdup_printf ("%" G_GINT64_FORMAT " 元", deal->amount);

      replace (&text, "{product}", product_name (words, plan, event->deal));
      replace (&text, "{quantity}", quantity);
      replace (&text, "{amount}", amount);
    }
  return text;
}

void
sat_demo_activity_fields (const SatDemoWords *words,
                          const SatDemoPlan *plan,
                          const SatDemoEvent *event,
                          SatDemoPut put,
                          gpointer data)
{
  static const char *const phases[SAT_DEMO_N_PHASES] = { "early", "quote", "close",
                                                         "won",   "lost",  "care" };
  const SatDemoCustomer *customer = customer_at (plan, event->customer);
  const char *const *line = words_of (words, customer, phases[event->detail],
                                      choose (event->pick, FOR_LINE));
  g_autofree char *subject = fill_line (words, plan, event, line[1]);
  g_autofree char *notes = fill_line (words, plan, event, line[3]);
  g_autofree char *time = sat_time_format (event->time_ms / 60000 * 60000);

  put ("kind", line[0], data);
  put ("subject", subject, data);
  put ("outcome", line[2], data);
  put ("notes", notes, data);
  put ("time", time, data);
}

/* ---- products ---- */

void
sat_demo_product_fields (const SatDemoWords *words, guint index, SatDemoPut put, gpointer data)
{
  const char *const *product = sat_demo_words_at (words, "product", index);

  put ("code", product[0], data);
  put_format (put, data, "name", "%s %s", product[1], product[2]);
  put ("category", product[3], data);
  put_format (put, data, "price", "%s.00 CNY", product[4]);
  put ("active", "yes", data);
}
