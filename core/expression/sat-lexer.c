/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text to tokens. What a Chinese input method types is understood outside of texts: full-width
 * signs, “ ” as quotes, 、 as a comma, 万 and 亿 behind a number. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/expression/sat-expression-private.h"

typedef struct
{
  const char *at;
  guint column; /* of *at */
  GArray *tokens;
  GError **error;
} Lexer;

static const char *const keywords[] = { "and", "or",  "not",     "in",   "like", "is",   "empty",
                                        "has", "yes", "changed", "true", "no",   "false" };

gboolean
sat_lexer_is_keyword (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (keywords); i++)
    if (g_ascii_strcasecmp (keywords[i], text) == 0)
      return TRUE;
  return FALSE;
}

/* The character at P, as ASCII where it is meant so. */
static gunichar
narrow_at (const char *p)
{
  gunichar c = g_utf8_get_char (p);

  if (c >= 0xff01 && c <= 0xff5e)
    return c - 0xfee0;
  switch (c)
    {
    case 0x3001:
      return ',';
    case 0x3010:
      return '[';
    case 0x3011:
      return ']';
    case 0x00d7:
      return '*';
    case 0x00f7:
      return '/';
    case 0x2212:
      return '-';
    default:
      return c;
    }
}

static gunichar
next (Lexer *lexer)
{
  gunichar c = g_utf8_get_char (lexer->at);

  lexer->at = g_utf8_next_char (lexer->at);
  lexer->column++;
  return c;
}

static void
add_token (Lexer *lexer, SatTokenType type, guint column, char sign, char *text)
{
  SatToken token = { .type = type, .column = column, .sign = sign, .text = text };

  g_array_append_val (lexer->tokens, token);
}

static gboolean
is_name_start (gunichar c)
{
  return c == '_' || g_unichar_isalpha (c);
}

static gboolean
is_name_part (gunichar c)
{
  return is_name_start (c) || g_unichar_isdigit (c) || g_unichar_ismark (c);
}

static gboolean
read_name (Lexer *lexer)
{
  const char *start = lexer->at;
  guint column = lexer->column;

  /* A wide “＿” begins a name, so it has to be a part of one: each token takes something away. */
  while (is_name_part (narrow_at (lexer->at)))
    next (lexer);
  add_token (lexer, SAT_TOKEN_NAME, column, 0, g_strndup (start, (gsize) (lexer->at - start)));
  return TRUE;
}

static gboolean
read_bracket (Lexer *lexer)
{
  guint column = lexer->column;
  const char *start;
  char *text;

  next (lexer);
  start = lexer->at;
  while (*lexer->at != '\0' && narrow_at (lexer->at) != ']')
    next (lexer);
  if (*lexer->at == '\0')
    {
      lexer->column = column;
      return sat_fail (lexer->error, SAT_ERROR_INVALID,
                       N_ ("the name that begins here is not closed; end it with “]”"), NULL);
    }
  text = g_strndup (start, (gsize) (lexer->at - start));
  next (lexer);
  add_token (lexer, SAT_TOKEN_BRACKET, column, 0, g_strstrip (text));
  return TRUE;
}

/* The quote that ends a text begun with C; 0: C begins none. */
static gunichar
closing_quote (gunichar c)
{
  switch (c)
    {
    case '"':
    case '\'':
      return c;
    case 0xff02:
      return 0xff02;
    case 0x201c:
      return 0x201d;
    case 0x2018:
      return 0x2019;
    case 0x300c:
      return 0x300d;
    default:
      return 0;
    }
}

/* A quote within is written twice. */
static gboolean
read_text (Lexer *lexer, gunichar closing)
{
  guint column = lexer->column;
  g_autoptr (GString) text = g_string_new (NULL);

  next (lexer);
  while (*lexer->at != '\0')
    {
      gunichar c = next (lexer);

      if (c == closing && g_utf8_get_char (lexer->at) == closing)
        next (lexer);
      else if (c == closing)
        {
          add_token (lexer, SAT_TOKEN_TEXT, column, 0,
                     g_utf8_normalize (text->str, -1, G_NORMALIZE_NFC));
          return TRUE;
        }
      g_string_append_unichar (text, c);
    }
  lexer->column = column;
  return sat_fail (lexer->error, SAT_ERROR_INVALID,
                   N_ ("the text that begins here is not closed; end it with a quotation mark"),
                   NULL);
}

/* 万 and 亿 behind a number. */
static gint64
scale_at (const char *p)
{
  if (g_str_has_prefix (p, "万"))
    return 10000;
  return g_str_has_prefix (p, "亿") ? 100000000 : 1;
}

static gboolean
read_number (Lexer *lexer)
{
  guint column = lexer->column;
  g_autoptr (GString) text = g_string_new (NULL);
  SatToken token = { .type = SAT_TOKEN_NUMBER, .column = column };
  gboolean point = FALSE;
  gint64 scale;

  for (;;)
    {
      gunichar c = narrow_at (lexer->at);

      if (c == '.' && !point && g_ascii_isdigit (narrow_at (g_utf8_next_char (lexer->at))))
        point = TRUE;
      else if (c > 0x7f || !g_ascii_isdigit ((char) c))
        break;
      g_string_append_unichar (text, c);
      next (lexer);
    }
  scale = scale_at (lexer->at);
  if (!sat_decimal_parse (text->str, text->len, &token.number) || token.number > G_MAXINT64 / scale)
    {
      lexer->column = column;
      return sat_fail (lexer->error, SAT_ERROR_INVALID,
                       N_ ("this number has too many digits; at most 922,337,203,685,477, and four "
                           "behind the point"),
                       NULL);
    }
  token.number *= scale;
  if (scale > 1)
    next (lexer);
  if (is_name_part (g_utf8_get_char (lexer->at)))
    return sat_fail (lexer->error, SAT_ERROR_INVALID,
                     N_ ("a number is followed by something that is not part of it"), NULL);
  g_array_append_val (lexer->tokens, token);
  return TRUE;
}

/* The sign of two characters that begins with C, or 0. */
static char
long_sign (gunichar c, gunichar following)
{
  if ((c == '<' && following == '>') || (c == '!' && following == '='))
    return SAT_SIGN_NOT_EQUAL;
  if (c == '<' && following == '=')
    return SAT_SIGN_LESS_EQUAL;
  if (c == '>' && following == '=')
    return SAT_SIGN_MORE_EQUAL;
  return c == '=' && following == '=' ? '=' : 0;
}

static char
short_sign (gunichar c)
{
  switch (c)
    {
    case 0x2260:
      return SAT_SIGN_NOT_EQUAL;
    case 0x2264:
      return SAT_SIGN_LESS_EQUAL;
    case 0x2265:
      return SAT_SIGN_MORE_EQUAL;
    default:
      return c > 0 && c < 0x80 && strchr ("(),.=<>+-*/%", (char) c) != NULL ? (char) c : 0;
    }
}

static gboolean
read_sign (Lexer *lexer)
{
  gunichar c = narrow_at (lexer->at);
  guint column = lexer->column;
  char sign = long_sign (c, narrow_at (g_utf8_next_char (lexer->at)));

  if (sign != 0)
    next (lexer);
  else
    sign = short_sign (c);
  if (sign == 0)
    {
      char character[7] = "";

      character[g_unichar_to_utf8 (g_utf8_get_char (lexer->at), character)] = '\0';
      return sat_fail (lexer->error, SAT_ERROR_INVALID,
                       N_ ("“%s” has no meaning here; texts stand in quotation marks"), character,
                       NULL);
    }
  next (lexer);
  add_token (lexer, SAT_TOKEN_SIGN, column, sign, NULL);
  return TRUE;
}

static gboolean
read_token (Lexer *lexer)
{
  gunichar c = narrow_at (lexer->at);
  gunichar closing = closing_quote (g_utf8_get_char (lexer->at));

  if (closing != 0)
    return read_text (lexer, closing);
  if (is_name_start (c))
    return read_name (lexer);
  if (c == '[')
    return read_bracket (lexer);
  if (c < 0x80 && g_ascii_isdigit ((char) c))
    return read_number (lexer);
  return read_sign (lexer);
}

static void
clear_token (gpointer token)
{
  g_free (((SatToken *) token)->text);
}

static gboolean
run (Lexer *lexer)
{
  for (;;)
    {
      while (g_unichar_isspace (g_utf8_get_char (lexer->at)))
        next (lexer);
      if (*lexer->at == '\0')
        break;
      if (!read_token (lexer))
        return FALSE;
    }
  add_token (lexer, SAT_TOKEN_END, lexer->column, 0, NULL);
  return TRUE;
}

GArray *
sat_lexer_run (const char *text, guint *column, GError **error)
{
  gsize length = strlen (text);
  g_autoptr (GArray) tokens = g_array_new (FALSE, TRUE, sizeof (SatToken));
  Lexer lexer = { .at = text, .column = 1, .tokens = tokens, .error = error };
  const char *end;

  g_array_set_clear_func (tokens, clear_token);
  *column = 1;
  if (length > SAT_EXPRESSION_MAX_LENGTH)
    {
      sat_fail (error, SAT_ERROR_TOO_LONG, N_ ("the expression is too long; shorten it"), NULL);
      return NULL;
    }
  if (!sat_text_is_clean (text, length))
    {
      g_utf8_validate_len (text, length, &end);
      for (const char *p = text; p < end; p++)
        if (!sat_text_is_clean (p, 1) && (guint8) *p < 0x80)
          end = p;
      *column = (guint) g_utf8_strlen (text, end - text) + 1;
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("the expression holds control characters or is not UTF-8; write plain text"),
                NULL);
      return NULL;
    }
  if (run (&lexer))
    return g_steal_pointer (&tokens);
  *column = lexer.column;
  return NULL;
}
