/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the values of a column are written, where a field's type alone cannot know: the order of day,
 * month and year, a decimal comma, the currency. What a person says is a FORMAT:
 *
 *   D/M/Y, M/D/Y, Y-M-D ...   date and time: the order; separators and repeated letters mean
 * nothing 1.234,5                   numbers and money: a decimal comma EUR, EUR 1.234,5 money: the
 * currency of amounts that name none
 *
 * A value that is clear in itself (2026-11-21) is read in a column of any format. Two-digit years
 * are read only where a format was said: 69 to 99 are 1969 to 1999. */
#pragma once

#include <glib.h>

#include "core/catalogue/sat-catalogue.h"

G_BEGIN_DECLS

typedef enum
{
  SAT_DATE_CLEAR, /* only dates that are clear in themselves */
  SAT_DATE_DMY,
  SAT_DATE_MDY,
  SAT_DATE_YMD,
  SAT_DATE_YDM,
} SatDateOrder;

/* A zeroed one reads as a field's type does. */
typedef struct
{
  SatDateOrder order;
  gboolean short_years; /* 21 is 2021 */
  gboolean comma;
  char currency[4]; /* "": none said */
} SatImportFormat;

/* INVALID if TEXT is no format for FIELD. */
gboolean sat_import_format_parse (const SatField *field,
                                  const char *text,
                                  SatImportFormat *out,
                                  GError **error);

/* VALUE as the type of FIELD reads it: newly allocated; VALUE itself copied where the format has
 * nothing to say. Never fails: what cannot be read is refused by the type. */
char *sat_import_format_apply (const SatImportFormat *format,
                               const SatField *field,
                               const char *value) G_GNUC_WARN_UNUSED_RESULT;

/* ---- finding the order of a column of dates ---- */

typedef struct
{
  gboolean day_first;   /* a value that only D/M/Y reads */
  gboolean month_first; /* a value that only M/D/Y reads */
  gboolean either;      /* a value that both read, differently */
  gboolean short_years;
  char *example; /* the first that is not clear in itself */
} SatDateGuess;

void sat_date_guess_add (SatDateGuess *guess, const char *value);
/* FALSE: the values do not decide, ask. */
gboolean sat_date_guess_decide (const SatDateGuess *guess, SatDateOrder *out);
void sat_date_guess_clear (SatDateGuess *guess);

G_END_DECLS
