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

/* The NTH customer of BOOK that is a company; G_MAXUINT if there are not so many. */
static guint
find_customer (const SatDemoPlan *plan, SatDemoBook book, guint nth)
{
  for (guint i = 0; i < plan->customers->len; i++)
    {
      const SatDemoCustomer *customer = &g_array_index (plan->customers, SatDemoCustomer, i);

      if (customer->book == book && !customer->person && nth-- == 0)
        return i;
    }
  return G_MAXUINT;
}

/* The NTH deal of a customer of BOOK that is not settled. */
static guint
find_deal (const SatDemoPlan *plan, SatDemoBook book, guint nth)
{
  for (guint i = 0; i < plan->deals->len; i++)
    {
      const SatDemoDeal *deal = &g_array_index (plan->deals, SatDemoDeal, i);
      const SatDemoCustomer *customer = &g_array_index (plan->customers, SatDemoCustomer,
                                                        deal->customer);

      if (customer->book == book && deal->stage < SAT_DEMO_STAGE_WON && nth-- == 0)
        return i;
    }
  return G_MAXUINT;
}

typedef struct
{
  SatDemoPerson person;
  SatDemoBook book;
  guint nth; /* of the book's companies, or of its open deals */
  gboolean deal;
  const char *fields[7];
} Edit;

/* Not known to one another: phone, credit limit, amount and day of signing clash; the rest goes
 * together. */
static const Edit evening[] = {
  { SAT_DEMO_EAST, SAT_DEMO_BOOK_EAST, 0, FALSE, { "phone", "021-5550 7718", "size", "s500" } },
  { SAT_DEMO_OFFICE,
    SAT_DEMO_BOOK_EAST,
    0,
    FALSE,
    { "phone", "021-5550 7781", "tags", "重点,年度框架" } },
  { SAT_DEMO_EAST, SAT_DEMO_BOOK_EAST, 1, FALSE, { "credit_limit", "400000.00 CNY" } },
  { SAT_DEMO_OFFICE,
    SAT_DEMO_BOOK_EAST,
    1,
    FALSE,
    { "credit_limit", "250000.00 CNY", "level", "b" } },
  { SAT_DEMO_EAST,
    SAT_DEMO_BOOK_KEY,
    0,
    FALSE,
    { "phone", "0512-5556 2030", "email", "office@ruida.example" } },
  { SAT_DEMO_WEST,
    SAT_DEMO_BOOK_KEY,
    0,
    FALSE,
    { "phone", "0512-5556 2300", "website", "https://ruida.example" } },
  { SAT_DEMO_EAST, SAT_DEMO_BOOK_EAST, 0, TRUE, { "amount", "186000.00 CNY" } },
  { SAT_DEMO_OFFICE,
    SAT_DEMO_BOOK_EAST,
    0,
    TRUE,
    { "amount", "172500.00 CNY", "probability", "60" } },
  { SAT_DEMO_EAST, SAT_DEMO_BOOK_KEY, 0, TRUE, { "close_date", "2026-12-11" } },
  { SAT_DEMO_OFFICE, SAT_DEMO_BOOK_KEY, 0, TRUE, { "close_date", "2026-12-24" } },
};

/* West and head office go on after east has fetched: what east's next sync brings. */
static const Edit later[] = {
  { SAT_DEMO_OFFICE,
    SAT_DEMO_BOOK_EAST,
    3,
    FALSE,
    { "level", "a", "credit_limit", "600000.00 CNY" } },
  { SAT_DEMO_OFFICE, SAT_DEMO_BOOK_EAST, 4, FALSE, { "tags", "招标,年度框架" } },
  { SAT_DEMO_WEST,
    SAT_DEMO_BOOK_KEY,
    1,
    FALSE,
    { "notes", "集团总部已同意明年统一采购，西部两家工厂一起谈。" } },
  { SAT_DEMO_WEST, SAT_DEMO_BOOK_WEST, 2, FALSE, { "address", "科创三路 88 号 B 座" } },
};

/* What east has not sent when the app is opened. */
static const Edit unsent[] = {
  { SAT_DEMO_EAST,
    SAT_DEMO_BOOK_EAST,
    5,
    FALSE,
    { "notes", "下周二上午九点到厂里，带两台压力变送器样机。" } },
  { SAT_DEMO_EAST,
    SAT_DEMO_BOOK_EAST,
    6,
    FALSE,
    { "address", "临港大道 266 号 3 号楼", "tags", "扩产中" } },
  { SAT_DEMO_EAST, SAT_DEMO_BOOK_KEY, 2, FALSE, { "level", "a" } },
  { SAT_DEMO_EAST,
    SAT_DEMO_BOOK_EAST,
    1,
    TRUE,
    { "close_date", "2026-12-18", "probability", "70" } },
};

/* A small demo lacks some of these customers: then the edit does not happen. */
static gboolean
play_edits (SatDemoOffice *office, const Edit *edits, guint n, gint64 from_ms, GError **error)
{
  for (guint i = 0; i < n; i++)
    {
      const Edit *edit = &edits[i];
      guint at = edit->deal ? find_deal (office->plan, edit->book, edit->nth)
                            : find_customer (office->plan, edit->book, edit->nth);

      if (at == G_MAXUINT)
        continue;
      sat_demo_office_set_now (office, edit->person, from_ms + i * MINUTE_MS);
      if (!sat_demo_office_edit (office, edit->person, edit->deal ? "deal" : "customer",
                                 edit->deal ? &office->deals[at] : &office->customers[at],
                                 edit->fields, error))
        return FALSE;
    }
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
