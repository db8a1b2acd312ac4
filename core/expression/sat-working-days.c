/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text of a calendar is a row of entries of equal length: the day's Julian number in seven
 * digits, o or w, and in five how many working days more than Monday to Friday there are from the
 * first entry to this one. So days are counted without looking at each. */
#include "core/expression/sat-working-days.h"

#include <string.h>

#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"

#define ONE 10000
#define ENTRY 13
#define LAST_DAY 3652059 /* 9999-12-31 */

/* ---- the text ---- */

/* Julian day 1 is a Monday. */
static gboolean
is_weekday (guint32 julian)
{
  return (julian - 1) % 7 < 5;
}

static int
compare_days (gconstpointer a, gconstpointer b)
{
  guint32 x = ((const SatCalendarDay *) a)->julian;
  guint32 y = ((const SatCalendarDay *) b)->julian;

  return (x > y) - (x < y);
}

char *
sat_calendar_pack (GArray *days)
{
  GString *text = g_string_new (NULL);
  int more = 0;

  g_array_sort (days, compare_days); /* which keeps the order of equal ones */
  for (guint i = 0; i < days->len && text->len < SAT_CALENDAR_MAX * ENTRY; i++)
    {
      const SatCalendarDay *day = &g_array_index (days, SatCalendarDay, i);

      if (i + 1 < days->len && day[1].julian == day->julian)
        continue;
      more += (day->work ? 1 : 0) - (is_weekday (day->julian) ? 1 : 0);
      g_string_append_printf (text, "%07u%c%+05d", day->julian, day->work ? 'w' : 'o', more);
    }
  return g_string_free (text, FALSE);
}

gboolean
sat_calendar_read_day (const char *text, guint32 *julian)
{
  int part[3] = { 0, 0, 0 };

  for (guint i = 0; i < 10; i++)
    if (i == 4 || i == 7 ? text[i] != '-' : !g_ascii_isdigit (text[i]))
      return FALSE;
    else if (i != 4 && i != 7)
      part[i < 4 ? 0 : (i < 7 ? 1 : 2)] = part[i < 4 ? 0 : (i < 7 ? 1 : 2)] * 10 + (text[i] - '0');
  if (text[10] != '\0' ||
      !g_date_valid_dmy ((GDateDay) part[2], (GDateMonth) part[1], (GDateYear) part[0]))
    return FALSE;
  g_autoptr (GDate) date = g_date_new_dmy ((GDateDay) part[2], (GDateMonth) part[1],
                                           (GDateYear) part[0]);
  *julian = g_date_get_julian (date);
  return TRUE;
}

/* ---- counting ---- */

/* The last entry that is not after JULIAN; NULL: all are. */
static const char *
find_entry (const SatCell *calendar, guint32 julian)
{
  gsize low = 0;
  gsize high = calendar->kind == SAT_CELL_TEXT ? calendar->size / ENTRY : 0;
  char wanted[16];

  g_snprintf (wanted, sizeof wanted, "%07u", julian);
  while (low < high)
    {
      gsize middle = low + (high - low) / 2;

      if (memcmp (calendar->text + middle * ENTRY, wanted, 7) <= 0)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0 ? calendar->text + (low - 1) * ENTRY : NULL;
}

static gboolean
is_worked (const SatCell *calendar, guint32 julian)
{
  const char *entry = find_entry (calendar, julian);
  char wanted[16];

  g_snprintf (wanted, sizeof wanted, "%07u", julian);
  if (entry != NULL && memcmp (entry, wanted, 7) == 0)
    return entry[7] == 'w';
  return is_weekday (julian);
}

/* The working days from day 1 to JULIAN. */
static gint64
count_to (const SatCell *calendar, guint32 julian)
{
  const char *entry = find_entry (calendar, julian);
  gint64 days = (gint64) (julian / 7) * 5 + MIN (julian % 7, 5);
  gint64 more = 0;

  for (guint i = 9; entry != NULL && i < ENTRY; i++)
    more = more * 10 + (entry[i] - '0');
  return entry != NULL && entry[8] == '-' ? days - more : days + more;
}

static void
give_number (SatAnswer *answer, gint64 number)
{
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = number * ONE;
}

void
sat_function_is_working_day (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate day;

  if (!sat_function_read_day (&args[1], &day))
    return;
  answer->kind = SAT_CELL_INTEGER;
  answer->integer = is_worked (&args[0], g_date_get_julian (&day)) ? 1 : 0;
}

void
sat_function_working_days (const SatCell *args, guint n, SatAnswer *answer)
{
  GDate from, to;
  guint32 first, last;

  if (!sat_function_read_day (&args[1], &from) || !sat_function_read_day (&args[2], &to))
    return;
  first = g_date_get_julian (&from);
  last = g_date_get_julian (&to);
  if (first <= last)
    give_number (answer, count_to (&args[0], last) - count_to (&args[0], first - 1));
  else
    give_number (answer, count_to (&args[0], last - 1) - count_to (&args[0], first));
}

/* The first day to which WANTED working days have been counted; 0: there is none. */
static guint32
day_of_count (const SatCell *calendar, gint64 wanted)
{
  guint32 low = 1;
  guint32 high = LAST_DAY;

  if (wanted < 1 || count_to (calendar, LAST_DAY) < wanted)
    return 0;
  while (low < high)
    {
      guint32 middle = low + (high - low) / 2;

      if (count_to (calendar, middle) < wanted)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
sat_function_add_working_days (const SatCell *args, guint n, SatAnswer *answer)
{
  gint64 days = args[2].integer / ONE;
  guint32 start, found;
  GDate day;

  if (args[2].kind != SAT_CELL_INTEGER || !sat_function_read_day (&args[1], &day))
    return;
  start = g_date_get_julian (&day);
  if (days == 0)
    found = start;
  else if (days > 0)
    found = day_of_count (&args[0], count_to (&args[0], start) + days);
  else
    found = day_of_count (&args[0], count_to (&args[0], start - 1) + days + 1);
  if (found == 0)
    return;
  g_date_set_julian (&day, found);
  answer->kind = SAT_CELL_TEXT;
  answer->text = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (&day),
                                  (guint) g_date_get_month (&day), g_date_get_day (&day));
}
