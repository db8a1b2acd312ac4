/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of core/value share. Not for other folders. */
#pragma once

#include "core/value/sat-type.h"

G_BEGIN_DECLS

extern const SatType sat_type_text;
extern const SatType sat_type_long_text;
extern const SatType sat_type_address;
extern const SatType sat_type_integer;
extern const SatType sat_type_decimal;
extern const SatType sat_type_percent;
extern const SatType sat_type_money;
extern const SatType sat_type_date;
extern const SatType sat_type_time;
extern const SatType sat_type_yes_no;
extern const SatType sat_type_choice;
extern const SatType sat_type_tags;
extern const SatType sat_type_reference;
extern const SatType sat_type_phone;
extern const SatType sat_type_email;
extern const SatType sat_type_web;
extern const SatType sat_type_picture;
extern const SatType sat_type_attachment;
extern const SatType sat_type_place;

typedef enum
{
  SAT_LINES_ONE, /* line breaks and tabs become a space each run */
  SAT_LINES_MANY /* every line break becomes \n */
} SatLines;

/* INPUT, tidied (NFC, trimmed), in OUT; NULL when nothing is left. Fails on invalid UTF-8, control
 * characters, and more than MAX bytes. */
gboolean sat_value_tidy (const char *input, SatLines lines, gsize max, char **out, GError **error);
/* Exactly what sat_value_tidy can give, and not empty. */
gboolean sat_value_is_tidy (const char *text, gsize length, SatLines lines, gsize max);

/* INPUT with full-width ASCII made half-width, every dash "-", every white space a blank, and
 * trimmed: for numbers, dates and phone numbers typed with any input method. NULL if it is no
 * UTF-8. */
char *sat_value_narrow (const char *input);

/* A narrowed number without thousands separators: "-1,234.50" -> "-1234.50". Separators must stand
 * between groups of three digits, so that a decimal comma is refused and not misread. NULL if TEXT
 * is no number. */
char *sat_value_plain_number (const char *text);

/* Between MIN and MAX digits at *AT, which moves past them. */
gboolean sat_value_scan_digits (const char **at, int min, int max, int *out);
/* A date of any accepted spelling at *AT; FALSE if there is none or no such day. */
gboolean sat_value_scan_date (const char **at, int *year, int *month, int *day);
/* "2026-11-21" at TEXT, 10 bytes, and a real day. */
gboolean sat_value_is_date (const char *text);

/* INPUT as error messages show it: at most 60 characters, valid UTF-8. */
char *sat_value_quote (const char *input);

/* The choice whose name or label INPUT is, without regard to case; NULL if there is none. */
const SatTypeChoice *sat_value_find_choice (const SatTypeOptions *options, const char *input);
/* What the choices are called (sat_type_choice_word), for messages. */
char *sat_value_list_choices (const SatType *type, const SatTypeOptions *options);
/* [a-z0-9_]+ */
gboolean sat_value_is_name (const char *text, gsize length);

/* For types whose cell is their canonical text. */
void sat_value_text_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS]);
char *sat_value_text_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS]);

G_END_DECLS
