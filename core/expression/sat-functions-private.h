/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The functions that the table of core/expression/sat-functions.c names, a file for each kind. */
#pragma once

#include "core/expression/sat-functions.h"

G_BEGIN_DECLS

/* Exact in 1/10,000; FALSE: out of range, or division by nothing. */
gboolean sat_exact_add (gint64 a, gint64 b, gint64 *out);
gboolean sat_exact_multiply (gint64 a, gint64 b, gint64 by, gint64 *out);
gboolean sat_exact_divide (gint64 a, gint64 b, gint64 by, gint64 *out);
/* How operators are computed in SQL: rows of sat_sql_functions. */
extern const SatSqlFunction sat_operator_functions[];

void sat_function_abs (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_round (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_floor (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_ceil (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_min (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_max (const SatCell *args, guint n, SatAnswer *answer);

void sat_function_lower (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_upper (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_length (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_left (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_right (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_concat (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_contains (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_starts_with (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_ends_with (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_count (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_like (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_pattern (const SatCell *args, guint n, SatAnswer *answer);

void sat_function_place (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_distance (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_latitude (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_longitude (const SatCell *args, guint n, SatAnswer *answer);

/* A date or a time as its day, here. */
gboolean sat_function_read_day (const SatCell *cell, GDate *out);
void sat_function_date (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_day_start (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_days_since (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_days_until (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_date_difference (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_add_days (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_add_months (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_add_years (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_year (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_quarter (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_month (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_week (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_day (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_weekday (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_start_of_week (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_start_of_month (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_start_of_quarter (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_start_of_year (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_end_of_week (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_end_of_month (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_end_of_quarter (const SatCell *args, guint n, SatAnswer *answer);
void sat_function_end_of_year (const SatCell *args, guint n, SatAnswer *answer);

G_END_DECLS
