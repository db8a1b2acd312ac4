/* SPDX-License-Identifier: GPL-3.0-or-later */
/* money: an exact amount and a currency, "1234.50 CNY". A person may write the currency before or
 * after the amount, as a code or as a sign. Which codes exist is asked (of ICU) of what people type
 * only: canonical spelling takes any three letters, so that replicas with different lists agree. */
#include <string.h>
#include <unicode/ucurr.h>
#include <unicode/ustring.h>

#include "core/base/sat-error.h"
#include "core/value/sat-type-private.h"

#define CODE_SIZE 4

static const struct
{
  const char *sign;
  const char *code;
} signs[] = {
  { "US$", "USD" }, { "HK$", "HKD" }, { "NT$", "TWD" }, { "RMB", "CNY" }, { "人民币", "CNY" },
  { "元", "CNY" },  { "¥", "CNY" },   { "€", "EUR" },   { "$", "USD" },   { "£", "GBP" },
};

static gboolean
is_known_code (const char *code)
{
  UChar units[CODE_SIZE];
  UErrorCode status = U_ZERO_ERROR;

  u_charsToUChars (code, units, CODE_SIZE);
  return ucurr_isAvailable (units, U_DATE_MIN, U_DATE_MAX, &status) && U_SUCCESS (status);
}

/* Three letters at TEXT with no letter before or behind them, as an upper-case code. */
static gboolean
read_code (const char *text, char code[CODE_SIZE])
{
  for (int i = 0; i < 3; i++)
    {
      if (!g_ascii_isalpha (text[i]))
        return FALSE;
      code[i] = g_ascii_toupper (text[i]);
    }
  code[3] = '\0';
  return is_known_code (code);
}

/* Cuts a currency off the front of *TEXT; CODE stays "" if there is none. */
static void
cut_front (char **text, char code[CODE_SIZE])
{
  gsize length = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (signs) && length == 0; i++)
    if (g_str_has_prefix (*text, signs[i].sign))
      {
        length = strlen (signs[i].sign);
        g_strlcpy (code, signs[i].code, CODE_SIZE);
      }
  if (length == 0 && g_ascii_isalpha ((*text)[0]) && read_code (*text, code))
    length = 3;
  *text += length;
  g_strchug (*text);
}

static void
cut_back (char *text, char code[CODE_SIZE])
{
  gsize length = strlen (text);

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_suffix (text, signs[i].sign))
      {
        g_strlcpy (code, signs[i].code, CODE_SIZE);
        text[length - strlen (signs[i].sign)] = '\0';
        g_strchomp (text);
        return;
      }
  if (length > 3 && g_ascii_isalpha (text[length - 1]) && read_code (text + length - 3, code))
    {
      text[length - 3] = '\0';
      g_strchomp (text);
    }
}

/* The sign of the number may stand before or behind that of the currency: "-¥5", "¥-5". */
static char *
read_money (char *text, const char *currency)
{
  char front[CODE_SIZE] = "";
  char back[CODE_SIZE] = "";
  char amount[32];
  gint64 value;
  gboolean negative = text[0] == '-';

  if (negative)
    text++;
  cut_front (&text, front);
  cut_back (text, back);
  if (front[0] && back[0] && strcmp (front, back) != 0)
    return NULL;
  if (negative && (text[0] == '-' || text[0] == '+'))
    return NULL;

  g_autofree char *plain = sat_value_plain_number (text);
  if (plain == NULL || !sat_decimal_parse (plain, strlen (plain), &value))
    return NULL;
  sat_decimal_format (negative ? -value : value, 2, amount);
  return g_strconcat (amount, " ", front[0] ? front : back[0] ? back : currency, NULL);
}

static gboolean
money_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  const char *currency = options && options->currency ? options->currency : "CNY";

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (narrow)
    *out = read_money (narrow, currency);
  if (*out != NULL)
    return TRUE;

  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not an amount of money; write a number with up to four "
                       "decimals and a currency, such as 1234.50 CNY"),
                   quote, NULL);
}

static gboolean
money_canonical (const char *text, gsize length)
{
  char again[32];
  gint64 value;

  if (length < 8 || text[length - 4] != ' ')
    return FALSE;
  for (gsize i = length - 3; i < length; i++)
    if (!g_ascii_isupper (text[i]))
      return FALSE;
  if (!sat_decimal_parse (text, length - 4, &value))
    return FALSE;
  sat_decimal_format (value, 2, again);
  return strlen (again) == length - 4 && memcmp (again, text, length - 4) == 0;
}

static gboolean
split_money (const char *canonical, gint64 *value, const char **currency)
{
  const char *blank = strchr (canonical, ' ');

  if (blank == NULL || !sat_decimal_parse (canonical, (gsize) (blank - canonical), value))
    return FALSE;
  *currency = blank + 1;
  return TRUE;
}

static int
money_compare (const char *a, const char *b)
{
  gint64 value_a, value_b;
  const char *currency_a, *currency_b;

  if (!split_money (a, &value_a, &currency_a) || !split_money (b, &value_b, &currency_b))
    return strcmp (a, b);
  if (value_a != value_b)
    return value_a < value_b ? -1 : 1;
  return strcmp (currency_a, currency_b);
}

static void
money_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  const char *currency = "XXX";

  cells[0].kind = SAT_CELL_INTEGER;
  if (!split_money (canonical, &cells[0].integer, &currency))
    cells[0].integer = 0;
  cells[1].kind = SAT_CELL_TEXT;
  cells[1].text = currency;
  cells[1].size = strlen (currency);
}

static char *
money_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  char amount[32];

  if (cells[0].kind != SAT_CELL_INTEGER || cells[1].kind != SAT_CELL_TEXT)
    return NULL;
  sat_decimal_format (cells[0].integer, 2, amount);
  return g_strdup_printf ("%s %.*s", amount, (int) cells[1].size, cells[1].text);
}

const SatType sat_type_money = {
  .id = SAT_TYPE_MONEY,
  .name = "money",
  .sql = { "INTEGER", "TEXT" },
  .parse = money_parse,
  .canonical = money_canonical,
  .compare = money_compare,
  .to_cells = money_to_cells,
  .from_cells = money_from_cells,
};
