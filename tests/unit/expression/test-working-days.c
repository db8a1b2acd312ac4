/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is computed without looking at each day is what one finds by looking at each. */
#include "core/expression/sat-working-days.h"

#include <string.h>

#include "core/expression/sat-functions.h"

#define ONE 10000

static SatCell
text_cell (const char *text)
{
  return (SatCell){ .kind = SAT_CELL_TEXT, .text = text, .size = strlen (text) };
}

static char *
date_text (guint32 julian)
{
  g_autoptr (GDate) date = g_date_new_julian (julian);

  return g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (date), (guint) g_date_get_month (date),
                          g_date_get_day (date));
}

static SatAnswer
run (const char *function, const char *calendar, const char *a, const SatCell *b)
{
  SatCell args[3] = { text_cell (calendar), text_cell (a), b ? *b : (SatCell){ 0 } };
  SatAnswer answer = { .kind = SAT_CELL_NULL };

  sat_function_find (function)->run (args, b ? 3 : 2, &answer);
  return answer;
}

static void
add (GArray *days, const char *date, gboolean work)
{
  SatCalendarDay day = { .work = work };

  g_assert_true (sat_calendar_read_day (date, &day.julian));
  g_array_append_val (days, day);
}

/* Unordered, doubled, an off Saturday and a worked Monday, which change nothing. */
static char *
make_calendar (void)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (SatCalendarDay));

  add (days, "2026-10-01", FALSE);
  add (days, "2026-10-02", FALSE);
  add (days, "2026-09-27", TRUE);
  add (days, "2026-10-05", TRUE);
  add (days, "2026-10-05", FALSE);
  add (days, "2026-10-10", FALSE);
  add (days, "2026-10-12", TRUE);
  return sat_calendar_pack (days);
}

static gboolean
is_worked (const char *calendar, guint32 julian)
{
  g_autofree char *date = date_text (julian);
  SatAnswer answer = run ("is_working_day", calendar, date, NULL);

  g_assert_cmpint (answer.kind, ==, SAT_CELL_INTEGER);
  return answer.integer == 1;
}

static void
test_days (void)
{
  static const struct
  {
    const char *date;
    gboolean work;
  } cases[] = { { "2026-09-26", FALSE }, { "2026-09-27", TRUE },  { "2026-09-28", TRUE },
                { "2026-10-01", FALSE }, { "2026-10-02", FALSE }, { "2026-10-05", FALSE },
                { "2026-10-06", TRUE },  { "2026-10-10", FALSE }, { "2026-10-12", TRUE },
                { "0001-01-01", TRUE },  { "0001-01-06", FALSE }, { "9999-12-31", TRUE } };
  g_autofree char *calendar = make_calendar ();

  g_assert_cmpuint (strlen (calendar), ==, 6 * 13);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint32 julian = 0;

      g_assert_true (sat_calendar_read_day (cases[i].date, &julian));
      g_assert_cmpint (is_worked (calendar, julian), ==, cases[i].work);
    }
}

static void
check_pair (const char *calendar, guint32 from, guint32 to)
{
  g_autofree char *a = date_text (from);
  g_autofree char *b = date_text (to);
  SatCell second = text_cell (b);
  SatAnswer answer = run ("working_days", calendar, a, &second);
  gint64 count = 0;

  if (from <= to)
    for (guint32 day = from; day <= to; day++)
      count += is_worked (calendar, day);
  else
    for (guint32 day = to; day <= from; day++)
      count -= is_worked (calendar, day);
  g_assert_cmpint (answer.integer, ==, count * ONE);
}

static void
check_sum (const char *calendar, guint32 from, int days)
{
  g_autofree char *a = date_text (from);
  SatCell second = { .kind = SAT_CELL_INTEGER, .integer = (gint64) days * ONE };
  SatAnswer answer = run ("add_working_days", calendar, a, &second);
  guint32 day = from;
  g_autofree char *wanted = NULL;

  for (int left = ABS (days); left > 0;)
    {
      day = days > 0 ? day + 1 : day - 1;
      left -= is_worked (calendar, day);
    }
  wanted = date_text (day);
  g_assert_cmpstr (answer.text, ==, wanted);
  g_free (answer.text);
}

static void
test_counting (void)
{
  g_autofree char *calendar = make_calendar ();
  guint32 begin = 0;

  g_assert_true (sat_calendar_read_day ("2026-09-20", &begin));
  for (guint32 i = 0; i < 30; i++)
    for (guint32 k = 0; k < 30; k++)
      {
        check_pair (calendar, begin + i, begin + k);
        check_sum (calendar, begin + i, (int) k - 15);
      }
}

/* Beyond the first and the last day there is nothing. */
static void
test_ends (void)
{
  static const struct
  {
    const char *day;
    gint64 days;
    const char *wanted;
  } cases[] = { { "9999-12-31", 1, NULL },
                { "9999-12-30", 1, "9999-12-31" },
                { "0001-01-01", -1, NULL },
                { "0001-01-02", -1, "0001-01-01" },
                { "2026-01-01", G_MAXINT64 / ONE, NULL },
                { "2026-01-01", G_MININT64 / ONE, NULL },
                { "2026-01-03", 0, "2026-01-03" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      SatCell second = { .kind = SAT_CELL_INTEGER, .integer = cases[i].days * ONE };
      SatAnswer answer = run ("add_working_days", "", cases[i].day, &second);

      g_assert_cmpstr (answer.text, ==, cases[i].wanted);
      g_free (answer.text);
    }
}

static void
test_reading (void)
{
  static const char *const wrong[] = { "",           "2026",        "2026-02-29", "2026-13-01",
                                       "2026-1-001", "2026-01-01x", "0000-01-01", "2026/01/01" };
  guint32 julian;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (sat_calendar_read_day (wrong[i], &julian));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/working-days/days", test_days);
  g_test_add_func ("/working-days/counting", test_counting);
  g_test_add_func ("/working-days/ends", test_ends);
  g_test_add_func ("/working-days/reading", test_reading);
  return g_test_run ();
}
