/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The year month by month: everybody writes, then everybody exchanges. Then the last evening, on
 * which three people change the same things without having heard of one another. */
#include "cli/demo/sat-demo.h"

#include <errno.h>
#include <gio/gio.h>

#include "cli/demo/sat-demo-calendar.h"
#include "cli/demo/sat-demo-office.h"

#define MINUTE_MS G_GINT64_CONSTANT (60000)
/* So many events are one transaction. */
#define BATCH 2000
/* The evening of the last day: after everything that the plan holds, and before that day is over.
 */
#define EVENING_MS (SAT_DEMO_END_MS - 4 * 60 * MINUTE_MS)

static gboolean
write_all (SatDemoOffice *office,
           SatDemoPerson person,
           const SatDemoEvent *const *events,
           guint n,
           GError **error)
{
  SatWorkspace *replica = office->replicas[person];

  for (guint i = 0; i < n; i += BATCH)
    {
      if (!sat_workspace_begin (replica, error))
        return FALSE;
      for (guint j = i; j < MIN (i + BATCH, n); j++)
        if (!sat_demo_office_write (office, events[j], error))
          {
            sat_workspace_rollback (replica);
            return FALSE;
          }
      if (!sat_workspace_commit (replica, error))
        return FALSE;
    }
  return TRUE;
}

/* What each person does between two exchanges, in the order of time. */
static gboolean
write_month (SatDemoOffice *office, guint first, guint end, GError **error)
{
  for (guint person = 0; person < SAT_DEMO_N_PEOPLE; person++)
    {
      g_autoptr (GPtrArray) events = g_ptr_array_new ();

      for (guint i = first; i < end; i++)
        {
          SatDemoEvent *event = &g_array_index (office->plan->events, SatDemoEvent, i);

          if (event->author == person)
            g_ptr_array_add (events, event);
        }
      if (!write_all (office, person, (const SatDemoEvent *const *) events->pdata, events->len,
                      error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
play_year (SatDemoOffice *office, SatDemoProgress progress, gpointer data, GError **error)
{
  const GArray *events = office->plan->events;
  guint first = 0;

  while (first < events->len)
    {
      guint month = sat_demo_month (g_array_index (events, SatDemoEvent, first).time_ms);
      guint end = first;
      gint64 last_ms = 0;

      while (end < events->len &&
             sat_demo_month (g_array_index (events, SatDemoEvent, end).time_ms) == month)
        last_ms = g_array_index (events, SatDemoEvent, end++).time_ms;
      if (progress)
        progress (first, events->len, data);
      if (!write_month (office, first, end, error) ||
          !sat_demo_office_gather (office, last_ms + MINUTE_MS, error))
        return FALSE;
      first = end;
    }
  return sat_demo_office_sync_all (office, EVENING_MS - 30 * MINUTE_MS, error);
}

/* ---- the last evening ---- */

/* A Chinese company in BOOK. */
static gboolean
is_candidate (const SatDemoPlan *plan, guint customer, SatDemoBook book)
{
  const SatDemoCustomer *one = &g_array_index (plan->customers, SatDemoCustomer, customer);

  return one->book == book && !one->person && !one->english;
}

/* The NTH candidate; G_MAXUINT if there are not so many. */
static guint
find_customer (const SatDemoPlan *plan, SatDemoBook book, guint nth)
{
  for (guint i = 0; i < plan->customers->len; i++)
    if (is_candidate (plan, i, book) && nth-- == 0)
      return i;
  return G_MAXUINT;
}

/* The NTH deal of a candidate that is not settled. */
static guint
find_deal (const SatDemoPlan *plan, SatDemoBook book, guint nth)
{
  for (guint i = 0; i < plan->deals->len; i++)
    {
      const SatDemoDeal *deal = &g_array_index (plan->deals, SatDemoDeal, i);

      if (is_candidate (plan, deal->customer, book) && deal->stage < SAT_DEMO_STAGE_WON &&
          nth-- == 0)
        return i;
    }
  return G_MAXUINT;
}

/* Values may hold {area} and {latin}, the customer's area code and its name on the net, and of
 * deals {less} and {least}: two rebates on the amount. */
typedef struct
{
  SatDemoPerson person;
  SatDemoBook book;
  guint nth; /* of the book's candidates, or of their open deals */
  gboolean deal;
  const char *fields[7];
} Edit;

#define EAST SAT_DEMO_EAST
#define WEST SAT_DEMO_WEST
#define OFFICE SAT_DEMO_OFFICE
#define IN_EAST SAT_DEMO_BOOK_EAST
#define IN_WEST SAT_DEMO_BOOK_WEST
#define IN_KEY SAT_DEMO_BOOK_KEY

/* Not known to one another: phones, credit limit, amount and day of signing clash; the rest goes
 * together. */
static const Edit evening[] = {
  { EAST, IN_EAST, 0, FALSE, { "phone", "{area}-5550 7718", "size", "s500", "+tags", "扩产中" } },
  { OFFICE, IN_EAST, 0, FALSE, { "phone", "{area}-5550 7781", "+tags", "年度框架" } },
  { EAST, IN_EAST, 1, FALSE, { "credit_limit", "400000.00 CNY" } },
  { OFFICE, IN_EAST, 1, FALSE, { "credit_limit", "250000.00 CNY", "level", "b" } },
  { EAST, IN_KEY, 0, FALSE, { "phone", "{area}-5556 2030", "email", "office@{latin}.example" } },
  { WEST, IN_KEY, 0, FALSE, { "phone", "{area}-5556 2300", "next_contact", "2026-11-27" } },
  { EAST, IN_EAST, 0, TRUE, { "amount", "{less}" } },
  { OFFICE, IN_EAST, 0, TRUE, { "amount", "{least}", "next_step", "请法务看付款条款" } },
  { EAST, IN_KEY, 0, TRUE, { "close_date", "2026-12-11" } },
  { OFFICE, IN_KEY, 0, TRUE, { "close_date", "2026-12-24" } },
};

/* West and head office go on after east has fetched: what east's next sync brings. */
static const Edit later[] = {
  { OFFICE, IN_EAST, 3, FALSE, { "credit_limit", "620000.00 CNY", "next_contact", "2026-11-24" } },
  { OFFICE, IN_EAST, 4, FALSE, { "+tags", "招标", "next_contact", "2026-11-25" } },
  { WEST, IN_KEY, 1, FALSE, { "notes", "集团总部已同意明年统一采购，西部两家工厂一起谈。" } },
  { WEST, IN_WEST, 2, FALSE, { "address", "科创三路 88 号 B 座" } },
};

/* What east has not sent when the app is opened. */
static const Edit unsent[] = {
  { EAST,
    IN_EAST,
    5,
    FALSE,
    { "next_contact", "2026-11-24", "notes", "下周二上午九点到厂里，带两台压力变送器样机。" } },
  { EAST, IN_EAST, 6, FALSE, { "address", "临港大道 266 号 3 号楼", "+tags", "扩产中" } },
  { EAST,
    IN_KEY,
    2,
    FALSE,
    { "next_contact", "2026-11-26", "website", "https://{latin}.example" } },
  { EAST, IN_EAST, 1, TRUE, { "close_date", "2026-12-18", "probability", "55" } },
};

static char *
fill_value (const SatDemoOffice *office, guint customer, gint64 amount, const char *value)
{
  const SatDemoCustomer *one = &g_array_index (office->plan->customers, SatDemoCustomer, customer);
  GString *text = g_string_new (value);
  g_autofree char *less = g_strdup_printf ("%" G_GINT64_FORMAT ".00 CNY", amount / 1000 * 960);
  g_autofree char *least = g_strdup_printf ("%" G_GINT64_FORMAT ".00 CNY", amount / 1000 * 915);

  g_string_replace (text, "{area}", sat_demo_words_at (office->words, "city-zh", one->place)[3], 0);
  g_string_replace (text, "{latin}", one->latin, 0);
  g_string_replace (text, "{less}", less, 0);
  g_string_replace (text, "{least}", least, 0);
  return g_string_free (text, FALSE);
}

/* A small demo lacks some of these customers: then the edit does not happen. */
static gboolean
play_edit (SatDemoOffice *office, const Edit *edit, gint64 ms, GError **error)
{
  guint at = edit->deal ? find_deal (office->plan, edit->book, edit->nth)
                        : find_customer (office->plan, edit->book, edit->nth);
  g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);

  if (at == G_MAXUINT)
    return TRUE;
  const SatDemoDeal *deal = edit->deal ? &g_array_index (office->plan->deals, SatDemoDeal, at)
                                       : NULL;
  for (guint i = 0; edit->fields[i]; i++)
    g_ptr_array_add (fields, fill_value (office, deal ? deal->customer : at,
                                         deal ? deal->amount : 0, edit->fields[i]));
  g_ptr_array_add (fields, NULL);
  sat_demo_office_set_now (office, edit->person, ms);
  return sat_demo_office_edit (office, edit->person, edit->deal ? "deal" : "customer",
                               edit->deal ? &office->deals[at] : &office->customers[at],
                               (const char *const *) fields->pdata, error);
}

static gboolean
play_edits (SatDemoOffice *office, const Edit *edits, guint n, gint64 from_ms, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (!play_edit (office, &edits[i], from_ms + i * MINUTE_MS, error))
      return FALSE;
  return TRUE;
}

static gboolean
play_evening (SatDemoOffice *office, GError **error)
{
  gint64 ms = EVENING_MS;

  return play_edits (office, evening, G_N_ELEMENTS (evening), ms, error) &&
         sat_demo_office_sync (office, SAT_DEMO_WEST, ms + 30 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_OFFICE, ms + 31 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_EAST, ms + 32 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_OFFICE, ms + 33 * MINUTE_MS, error) &&
         play_edits (office, later, G_N_ELEMENTS (later), ms + 60 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_WEST, ms + 80 * MINUTE_MS, error) &&
         sat_demo_office_sync (office, SAT_DEMO_OFFICE, ms + 81 * MINUTE_MS, error) &&
         play_edits (office, unsent, G_N_ELEMENTS (unsent), ms + 90 * MINUTE_MS, error);
}

/* ---- the folder ---- */

static gboolean
prepare_folder (const char *dir, GError **error)
{
  g_autoptr (GDir) there = NULL;

  if (g_mkdir_with_parents (dir, 0777) != 0)
    return sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make folder “%s”: %s"), dir,
                     g_strerror (errno), NULL);
  there = g_dir_open (dir, 0, error);
  if (!there)
    return FALSE;
  if (g_dir_read_name (there))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("folder “%s” is not empty; give the name of a new one"), dir, NULL);
  return TRUE;
}

gboolean
sat_demo_make (const char *dir,
               guint customers,
               guint64 seed,
               SatDemoProgress progress,
               gpointer data,
               GError **error)
{
  g_autoptr (SatCatalogue) catalogue = NULL;
  g_autoptr (SatDemoWords) words = NULL;
  g_autoptr (SatDemoPlan) plan = NULL;
  g_autoptr (SatDemoOffice) office = NULL;

  if (customers > SAT_DEMO_MAX_CUSTOMERS)
    return sat_fail (error, SAT_ERROR_INVALID, N_ ("a demo has at most %s customers"),
                     G_STRINGIFY (SAT_DEMO_MAX_CUSTOMERS), NULL);
  if (!prepare_folder (dir, error))
    return FALSE;
  catalogue = sat_catalogue_default (error);
  if (!catalogue)
    return FALSE;
  words = sat_demo_words_new ();
  plan = sat_demo_plan_new (words, customers, seed);
  office = sat_demo_office_open (dir, seed, catalogue, words, plan,
                                 SAT_DEMO_BEGIN_MS + 60 * MINUTE_MS, error);
  if (!office || !play_year (office, progress, data, error) || !play_evening (office, error))
    return FALSE;
  if (progress)
    progress (plan->events->len, plan->events->len, data);
  return TRUE;
}
