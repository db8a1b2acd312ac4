/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table, and what is read off it. Its order is that of docs/expressions.md; the texts there are
 * these. */
#include "core/expression/sat-functions.h"

#include <string.h>

#include "core/expression/sat-expression-private.h"
#include "core/expression/sat-functions-private.h"
#include "core/expression/sat-working-days.h"

/* Tags have no functions but count: everything else can be chosen and compared. */
#define ANY (SAT_TAKES_ANY & ~SAT_TAKES_TAGS)
#define DAY (SAT_TAKES_DATE | SAT_TAKES_TIME)
#define AMOUNT (SAT_TAKES_NUMBER | SAT_TAKES_PERCENT | SAT_TAKES_MONEY)
#define ORDERED (SAT_TAKES_NUMBER | SAT_TAKES_PERCENT | SAT_TAKES_DATE | SAT_TAKES_TIME)

/* A function of one day that gives a day, or a number. */
#define DAY_TO(kind, name, what, example, result) \
  { \
#name, "Dates", \
        { { "day", DAY, FALSE } }, FALSE, SAT_KIND_##kind, SAT_RENDER_RUN, sat_function_##name, \
          what, example, result \
  }
#define ADD_TO_DAY(name, count, what, example, result) \
  { \
#name, "Dates", \
        { { "day", DAY, FALSE }, { count, SAT_TAKES_NUMBER, FALSE } }, FALSE, SAT_KIND_DATE, \
            SAT_RENDER_RUN, sat_function_##name, what, example, result \
  }
#define TWO_TEXTS(name, what, example, result) \
  { \
#name, "Texts", \
        { { "text", SAT_TAKES_TEXT, FALSE }, { "part", SAT_TAKES_TEXT, FALSE } }, FALSE, \
            SAT_KIND_YES_NO, SAT_RENDER_RUN, sat_function_##name, what, example, result \
  }

/* clang-format off */
const SatFunction sat_functions[] = {
  { "if", "Choosing",
    { { "condition", SAT_TAKES_YES_NO, FALSE }, { "value", ANY, FALSE }, { "otherwise", ANY, TRUE } },
    FALSE, SAT_GIVES_SAME, SAT_RENDER_IF, NULL,
    "The value if the condition is true, else the other one, or nothing.",
    "if(1 < 2, \"yes\", \"no\")", "yes" },
  { "coalesce", "Choosing",
    { { "value", ANY, FALSE }, { "others", ANY, FALSE } }, TRUE, SAT_GIVES_SAME, SAT_RENDER_COALESCE, NULL,
    "The first value that is not empty.",
    "coalesce(\"\", \"second\")", "second" },
  { "me", "Choosing", { { NULL } }, FALSE, SAT_KIND_REFERENCE, SAT_RENDER_ME, NULL,
    "The user of this device, to compare owners with.",
    "owner = me()", NULL },
  { "was", "Choosing", { { "field", SAT_TAKES_ANY, FALSE } }, FALSE, SAT_GIVES_SAME, SAT_RENDER_WAS, NULL,
    "The value of a field before the change; in rules only.",
    "stage changed and was(stage) = \"lead\"", NULL },

  { "abs", "Numbers", { { "number", AMOUNT, FALSE } }, FALSE, SAT_GIVES_SAME, SAT_RENDER_RUN, sat_function_abs,
    "The number without its sign.", "abs(-12.5)", "12.5" },
  { "round", "Numbers", { { "number", AMOUNT, FALSE }, { "digits", SAT_TAKES_NUMBER, TRUE } },
    FALSE, SAT_GIVES_SAME, SAT_RENDER_RUN, sat_function_round,
    "Rounded to so many digits behind the point (none if not said; -3: to thousands), half away from zero.",
    "round(2.345, 2)", "2.35" },
  { "floor", "Numbers", { { "number", AMOUNT, FALSE } }, FALSE, SAT_GIVES_SAME, SAT_RENDER_RUN, sat_function_floor,
    "The next whole number that is not larger.", "floor(-1.5)", "-2" },
  { "ceil", "Numbers", { { "number", AMOUNT, FALSE } }, FALSE, SAT_GIVES_SAME, SAT_RENDER_RUN, sat_function_ceil,
    "The next whole number that is not smaller.", "ceil(-1.5)", "-1" },
  { "min", "Numbers", { { "value", ORDERED, FALSE }, { "others", ORDERED, FALSE } }, TRUE, SAT_GIVES_SAME,
    SAT_RENDER_RUN_SOME, sat_function_min,
    "The smallest or earliest of the values that are not empty.", "min(3, 1, 2)", "1" },
  { "max", "Numbers", { { "value", ORDERED, FALSE }, { "others", ORDERED, FALSE } }, TRUE, SAT_GIVES_SAME,
    SAT_RENDER_RUN_SOME, sat_function_max,
    "The largest or latest of the values that are not empty.", "max(3, 1, 2)", "3" },
  { "number", "Numbers", { { "amount", AMOUNT, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_SAME, NULL,
    "An amount without its currency, a percentage without its sign.", "number(25%)", "25" },
  { "currency", "Numbers", { { "amount", SAT_TAKES_MONEY, FALSE } }, FALSE, SAT_KIND_TEXT, SAT_RENDER_CURRENCY, NULL,
    "The currency of an amount, as its three letters.", "currency(amount) = \"USD\"", NULL },

  { "lower", "Texts", { { "text", SAT_TAKES_TEXT, FALSE } }, FALSE, SAT_KIND_TEXT, SAT_RENDER_RUN, sat_function_lower,
    "In small letters.", "lower(\"ACME Ärzte\")", "acme ärzte" },
  { "upper", "Texts", { { "text", SAT_TAKES_TEXT, FALSE } }, FALSE, SAT_KIND_TEXT, SAT_RENDER_RUN, sat_function_upper,
    "In capital letters.", "upper(\"acme\")", "ACME" },
  { "length", "Texts", { { "text", SAT_TAKES_TEXT, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN_SOME,
    sat_function_length, "How many characters; 0 for an empty text.", "length(\"行囊\")", "2" },
  { "left", "Texts", { { "text", SAT_TAKES_TEXT, FALSE }, { "count", SAT_TAKES_NUMBER, FALSE } }, FALSE,
    SAT_KIND_TEXT, SAT_RENDER_RUN, sat_function_left, "The first characters.", "left(\"上海宏达\", 2)", "上海" },
  { "right", "Texts", { { "text", SAT_TAKES_TEXT, FALSE }, { "count", SAT_TAKES_NUMBER, FALSE } }, FALSE,
    SAT_KIND_TEXT, SAT_RENDER_RUN, sat_function_right, "The last characters.", "right(\"上海宏达\", 2)", "宏达" },
  { "concat", "Texts", { { "text", SAT_TAKES_TEXT, FALSE }, { "others", SAT_TAKES_TEXT, FALSE } }, TRUE,
    SAT_KIND_TEXT, SAT_RENDER_RUN_SOME, sat_function_concat, "The texts one behind the other.",
    "concat(\"a\", \"\", \"b\")", "ab" },
  TWO_TEXTS (contains, "Does the text have the part, capitals or not?", "contains(\"ACME Inc\", \"acme\")", "yes"),
  TWO_TEXTS (starts_with, "Does the text begin with the part?", "starts_with(\"acme\", \"me\")", "no"),
  TWO_TEXTS (ends_with, "Does the text end with the part?", "ends_with(\"acme\", \"ME\")", "yes"),
  { "count", "Texts", { { "tags", SAT_TAKES_TAGS, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN_SOME,
    sat_function_count, "How many tags there are.", "count(tags) > 2", NULL },

  { "today", "Dates", { { NULL } }, FALSE, SAT_KIND_DATE, SAT_RENDER_TODAY, NULL,
    "The day it is here.", "today()", "2026-11-21" },
  { "now", "Dates", { { NULL } }, FALSE, SAT_KIND_TIME, SAT_RENDER_NOW, NULL,
    "The moment it is.", "date(now())", "2026-11-21" },
  DAY_TO (DATE, date, "The day of a time, here.", "date(\"2026-11-20 23:30\")", "2026-11-20"),
  { "days_since", "Dates", { { "day", DAY, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN_DAY,
    sat_function_days_since, "How many days ago that was; below 0 for a day to come.",
    "days_since(\"2026-11-14\")", "7" },
  { "days_until", "Dates", { { "day", DAY, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN_DAY,
    sat_function_days_until, "In how many days that is; below 0 for a day gone by.",
    "days_until(\"2026-12-01\")", "10" },
  ADD_TO_DAY (add_days, "days", "So many days later; earlier with a number below 0.",
              "add_days(\"2026-02-27\", 2)", "2026-03-01"),
  ADD_TO_DAY (add_months, "months", "The same day so many months later, or the last one of that month.",
              "add_months(\"2026-01-31\", 1)", "2026-02-28"),
  ADD_TO_DAY (add_years, "years", "The same day so many years later.", "add_years(\"2024-02-29\", 1)", "2025-02-28"),
  DAY_TO (NUMBER, year, "Its year.", "year(\"2026-11-21\")", "2026"),
  DAY_TO (NUMBER, quarter, "Its quarter, 1 to 4.", "quarter(\"2026-11-21\")", "4"),
  DAY_TO (NUMBER, month, "Its month, 1 to 12.", "month(\"2026-11-21\")", "11"),
  DAY_TO (NUMBER, week, "Its week by ISO 8601, 1 to 53.", "week(\"2026-01-01\")", "1"),
  DAY_TO (NUMBER, day, "Its day of the month, 1 to 31.", "day(\"2026-11-21\")", "21"),
  DAY_TO (NUMBER, weekday, "Its day of the week: 1 is Monday, 7 Sunday.", "weekday(\"2026-11-21\")", "6"),
  DAY_TO (DATE, start_of_week, "The Monday of its week.", "start_of_week(\"2026-11-21\")", "2026-11-16"),
  DAY_TO (DATE, start_of_month, "The first day of its month.", "start_of_month(\"2026-11-21\")", "2026-11-01"),
  DAY_TO (DATE, start_of_quarter, "The first day of its quarter.", "start_of_quarter(\"2026-11-21\")", "2026-10-01"),
  DAY_TO (DATE, start_of_year, "The first day of its year.", "start_of_year(\"2026-11-21\")", "2026-01-01"),
  DAY_TO (DATE, end_of_week, "The Sunday of its week.", "end_of_week(\"2026-11-21\")", "2026-11-22"),
  DAY_TO (DATE, end_of_month, "The last day of its month.", "end_of_month(\"2028-02-10\")", "2028-02-29"),
  DAY_TO (DATE, end_of_quarter, "The last day of its quarter.", "end_of_quarter(\"2026-11-21\")", "2026-12-31"),
  DAY_TO (DATE, end_of_year, "The last day of its year.", "end_of_year(\"2026-11-21\")", "2026-12-31"),
  { "working_days", "Dates", { { "from", DAY, FALSE }, { "to", DAY, FALSE } }, FALSE, SAT_KIND_NUMBER,
    SAT_RENDER_RUN_CALENDAR, sat_function_working_days,
    "The working days from the one day to the other, both counted; below 0 if the second comes first.",
    "working_days(\"2026-11-16\", \"2026-11-24\")", "7" },
  { "add_working_days", "Dates", { { "day", DAY, FALSE }, { "days", SAT_TAKES_NUMBER, FALSE } }, FALSE, SAT_KIND_DATE,
    SAT_RENDER_RUN_CALENDAR, sat_function_add_working_days,
    "So many working days later; earlier with a number below 0.",
    "add_working_days(\"2026-11-20\", 2)", "2026-11-24" },
  { "is_working_day", "Dates", { { "day", DAY, FALSE } }, FALSE, SAT_KIND_YES_NO,
    SAT_RENDER_RUN_CALENDAR, sat_function_is_working_day,
    "Is it a day on which people work?", "is_working_day(\"2026-11-21\")", "no" },

  { "distance", "Places", { { "from", SAT_TAKES_PLACE, FALSE }, { "to", SAT_TAKES_PLACE, FALSE } }, FALSE,
    SAT_KIND_NUMBER, SAT_RENDER_RUN, sat_function_distance,
    "The kilometres from one place to the other as the crow flies (haversine, mean radius 6371.0088 km).",
    "round(distance(\"48.137, 11.575\", \"52.52, 13.405\"))", "504" },
  { "place", "Places", { { "latitude", SAT_TAKES_NUMBER, FALSE }, { "longitude", SAT_TAKES_NUMBER, FALSE } }, FALSE,
    SAT_KIND_PLACE, SAT_RENDER_RUN, sat_function_place,
    "The place with these degrees; empty if there is none.", "distance(place(0, 179.5), place(0, -179.5))", "111.1951" },
  { "latitude", "Places", { { "place", SAT_TAKES_PLACE, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN,
    sat_function_latitude, "Its degrees north, below 0 in the south.", "latitude(\"33.8568 S, 151.2153 E\")", "-33.8568" },
  { "longitude", "Places", { { "place", SAT_TAKES_PLACE, FALSE } }, FALSE, SAT_KIND_NUMBER, SAT_RENDER_RUN,
    sat_function_longitude, "Its degrees east, below 0 in the west.", "longitude(\"33.8568 S, 151.2153 E\")", "151.2153" },
  { NULL },
};
/* clang-format on */

const SatFunction *
sat_function_find (const char *name)
{
  for (const SatFunction *function = sat_functions; function->name != NULL; function++)
    if (strcmp (function->name, name) == 0)
      return function;
  return NULL;
}

void
sat_function_arity (const SatFunction *function, guint *least, guint *most)
{
  *least = 0;
  *most = 0;
  for (guint i = 0; i < SAT_FUNCTION_MAX_PARAMETERS && function->parameters[i].name != NULL; i++)
    {
      *most = i + 1;
      if (!function->parameters[i].optional)
        *least = i + 1;
    }
  if (function->more)
    *most = SAT_FUNCTION_MAX_ARGUMENTS;
}

char *
sat_function_usage (const SatFunction *function)
{
  GString *out = g_string_new (function->name);
  const SatParameter *all = function->parameters;

  g_string_append_c (out, '(');
  for (guint i = 0; i < SAT_FUNCTION_MAX_PARAMETERS && all[i].name != NULL; i++)
    {
      gboolean repeated = function->more &&
                          (i + 1 == SAT_FUNCTION_MAX_PARAMETERS || all[i + 1].name == NULL);

      g_string_append_printf (out, "%s%s%s%s", all[i].optional ? "[" : "", i > 0 ? ", " : "",
                              repeated ? "…" : all[i].name, all[i].optional ? "]" : "");
    }
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

/* ---- for SQL ---- */

static void
add_function (GArray *all, const SatFunction *function)
{
  guint least, most;
  SatSqlFunction sql = { .run = function->run, .some = function->render == SAT_RENDER_RUN_SOME };

  sat_function_arity (function, &least, &most);
  if (function->render == SAT_RENDER_RUN_DAY || function->render == SAT_RENDER_RUN_CALENDAR)
    {
      least++;
      most++;
    }
  sql.name = g_strconcat ("sat_", function->name, NULL);
  sql.n_args = least == most ? (int) least : -1;
  g_array_append_val (all, sql);
}

static SatSqlFunction *
make_sql_functions (void)
{
  GArray *all = g_array_new (TRUE, TRUE, sizeof (SatSqlFunction));

  for (const SatSqlFunction *sql = sat_operator_functions; sql->name != NULL; sql++)
    g_array_append_val (all, *sql);
  for (const SatFunction *function = sat_functions; function->name != NULL; function++)
    if (function->run != NULL)
      add_function (all, function);
  return (SatSqlFunction *) (void *) g_array_free (all, FALSE);
}

const SatSqlFunction *
sat_sql_functions (void)
{
  static gsize once = 0;
  static SatSqlFunction *all = NULL;

  if (g_once_init_enter (&once))
    {
      all = make_sql_functions ();
      g_once_init_leave (&once, 1);
    }
  return all;
}
