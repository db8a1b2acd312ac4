/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Token lengths: one or two CJK characters, else at most SAT_TOKEN_MAX bytes. The index has no
 * positions (detail=none), so a query is a conjunction of single tokens and prefixes. */
#include "core/store/sat-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

#include "core/base/sat-han.h"

#define LIST_MARK '\x01'   /* before each token of a list; in no text that a person wrote */
#define DIGIT_RUN_MIN 5    /* shorter runs of digits are words */
#define DIGIT_SUFFIX_MIN 3 /* the shortest ending that is indexed */

typedef enum
{
  KIND_NONE,
  KIND_WORD,
  KIND_CJK
} CharKind;

static gboolean
is_han (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf);
}

static CharKind
kind_of (gunichar c)
{
  GUnicodeScript script;

  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? KIND_WORD : KIND_NONE;
  if (is_han (c))
    return KIND_CJK;
  if (c < 0x1100)
    return g_unichar_isalnum (c) ? KIND_WORD : KIND_NONE;
  script = g_unichar_get_script (c);
  if (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
      script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL ||
      script == G_UNICODE_SCRIPT_BOPOMOFO)
    return KIND_CJK;
  return g_unichar_isalnum (c) ? KIND_WORD : KIND_NONE;
}

/* NFKD, case folded, combining marks removed, Chinese characters simplified. */
static char *
fold_any (const char *text, gsize length)
{
  g_autofree char *normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFKD);
  g_autofree char *lower = normal ? g_utf8_casefold (normal, -1) : g_strdup ("");
  GString *out = g_string_sized_new (strlen (lower));

  for (const char *p = lower; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (!g_unichar_ismark (c))
        g_string_append_unichar (out, sat_han_simplified (c));
    }
  return g_string_free (out, FALSE);
}

/* Plain ASCII and most Chinese characters fold to themselves but for case: how many bytes of the
 * one at TEXT; 0 if it is another. */
static gsize
plain_length (const char *text, gsize length)
{
  guint8 first = (guint8) text[0];
  gunichar c;

  if (first < 0x80)
    return 1;
  if (first < 0xe3 || first > 0xe9 || length < 3)
    return 0;
  c = g_utf8_get_char (text);
  return is_han (c) && sat_han_simplified (c) == c ? 3 : 0;
}

/* As fold_any, which sees only the runs of other characters. */
char *
sat_tokenizer_fold (const char *text, gsize length)
{
  GString *out = g_string_sized_new (length + 1);
  gsize i = 0;

  while (i < length)
    {
      gsize begin = i;
      gsize n;

      while (i < length && (n = plain_length (text + i, length - i)) > 0)
        i += n;
      g_string_append_len (out, text + begin, (gssize) (i - begin));
      for (gsize k = out->len - (i - begin); k < out->len; k++)
        out->str[k] = g_ascii_tolower (out->str[k]);
      for (begin = i; i < length && plain_length (text + i, length - i) == 0;)
        i = (gsize) (g_utf8_next_char (text + i) - text);
      if (i > begin)
        {
          g_autofree char *folded = fold_any (text + begin, MIN (i, length) - begin);
          g_string_append (out, folded);
        }
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_digits (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (word[i]))
      return FALSE;
  return TRUE;
}

/* Of a long word its beginning is a token, whole characters of it. */
static gsize
token_length (const char *word, gsize length)
{
  if (length <= SAT_TOKEN_MAX)
    return length;
  return (gsize) (g_utf8_find_prev_char (word, word + SAT_TOKEN_MAX + 1) - word);
}

static void
emit_word (const char *word, gsize length, SatTokenFunc func, gpointer data)
{
  length = token_length (word, length);
  func (word, length, data);
  if (length >= DIGIT_RUN_MIN && is_digits (word, length))
    for (gsize skip = 1; length - skip >= DIGIT_SUFFIX_MIN; skip++)
      func (word + skip, length - skip, data);
}

void
sat_tokenizer_split (const char *text, gsize length, SatTokenFunc func, gpointer data)
{
  g_autofree char *folded = sat_tokenizer_fold (text, length);
  const char *word = NULL;   /* start of the word under way */
  const char *before = NULL; /* the CJK character just before P */

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      CharKind kind = *p ? kind_of (g_utf8_get_char (p)) : KIND_NONE;

      if (word != NULL && kind != KIND_WORD)
        {
          emit_word (word, (gsize) (p - word), func, data);
          word = NULL;
        }
      if (kind == KIND_WORD && word == NULL)
        word = p;
      if (kind == KIND_CJK)
        {
          const char *next = g_utf8_next_char (p);
          func (p, (gsize) (next - p), data);
          if (before != NULL)
            func (before, (gsize) (next - before), data);
        }
      before = kind == KIND_CJK ? p : NULL;
      if (*p == '\0')
        break;
    }
}

/* ---- the query ----------------------------------------------------------------------------------
 */

static void
add_term (GString *query, const char *token, gsize length, gboolean prefix)
{
  if (query->len > 0)
    g_string_append (query, " AND ");
  g_string_append_c (query, '"');
  g_string_append_len (query, token, (gssize) length); /* letters and digits: nothing to escape */
  g_string_append_c (query, '"');
  if (prefix)
    g_string_append_c (query, '*');
}

static void
add_cjk_run (GString *query, const char *run, const char *end)
{
  const char *p = run;
  const char *second = g_utf8_next_char (p);

  if (second >= end)
    {
      add_term (query, run, (gsize) (end - run), FALSE);
      return;
    }
  for (; second < end; p = second, second = g_utf8_next_char (p))
    add_term (query, p, (gsize) (g_utf8_next_char (second) - p), FALSE);
}

/* "021-5555 0100": digits and the marks between them, five digits or more: one number. */
static char *
phone_digits (const char *words)
{
  GString *digits = g_string_new (NULL);

  for (const char *p = words; *p; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr ("+-()/. ", *p) == NULL)
        {
          g_string_free (digits, TRUE);
          return NULL;
        }
    }
  if (digits->len < DIGIT_RUN_MIN)
    {
      g_string_free (digits, TRUE);
      return NULL;
    }
  return g_string_free (digits, FALSE);
}

/* Every word and every run of Chinese characters must be there. */
static void
add_words (GString *query, const char *folded)
{
  const char *start = NULL;
  CharKind started = KIND_NONE;

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      CharKind kind = *p ? kind_of (g_utf8_get_char (p)) : KIND_NONE;

      if (start != NULL && kind != started)
        {
          if (started == KIND_WORD)
            add_term (query, start, token_length (start, (gsize) (p - start)), TRUE);
          else
            add_cjk_run (query, start, p);
          start = NULL;
        }
      if (start == NULL && kind != KIND_NONE)
        {
          start = p;
          started = kind;
        }
      if (*p == '\0' || query->len > 4000)
        break;
    }
}

char *
sat_tokenizer_query (const char *words)
{
  g_autofree char *folded = sat_tokenizer_fold (words, strlen (words));
  g_autofree char *phone = phone_digits (folded);
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (GString) number = g_string_new (NULL);

  add_words (query, folded);
  if (query->len == 0)
    return NULL;
  if (phone == NULL)
    return g_strdup (query->str);
  add_term (number, phone, MIN (strlen (phone), SAT_TOKEN_MAX), TRUE);
  if (strcmp (number->str, query->str) == 0)
    return g_strdup (query->str);
  /* A telephone number however it is spaced, or else a date, or a number of a house. */
  return g_strdup_printf ("(%s) OR (%s)", number->str, query->str);
}

/* ---- FTS5 ---------------------------------------------------------------------------------------
 */

typedef struct
{
  void *context;
  int (*token) (void *, int, const char *, int, int, int);
  int code;
  int flags; /* of the next token */
} Sink;

static void
sink_token (const char *token, gsize length, gpointer data)
{
  Sink *sink = data;

  if (sink->code == SQLITE_OK)
    sink->code = sink->token (sink->context, sink->flags, token, (int) length, 0, 0);
}

static void
split_list (const char *text, gsize length, Sink *sink)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *token = text + 1;
      const char *next = memchr (token, LIST_MARK, (gsize) (end - token));

      text = next ? next : end;
      sink_token (token, (gsize) (text - token), sink);
      sink->flags = FTS5_TOKEN_COLOCATED;
    }
}

static int
tokenize (Fts5Tokenizer *tokenizer,
          void *context,
          int flags,
          const char *text,
          int length,
          int (*token) (void *, int, const char *, int, int, int))
{
  Sink sink = { context, token, SQLITE_OK, 0 };

  (void) tokenizer;
  if (text == NULL || length <= 0)
    return SQLITE_OK;
  if (flags & FTS5_TOKENIZE_QUERY)
    sink_token (text, (gsize) length, &sink); /* sat_tokenizer_query has split and folded it */
  else if (text[0] == LIST_MARK)
    split_list (text, (gsize) length, &sink);
  else
    sat_tokenizer_split (text, (gsize) length, sink_token, &sink);
  return sink.code;
}

char *
sat_tokenizer_list (const char *const *tokens, guint n)
{
  GString *list = n > 0 ? g_string_new (NULL) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_string_append_c (list, LIST_MARK);
      g_string_append (list, tokens[i]);
    }
  return list ? g_string_free (list, FALSE) : NULL;
}

static int
tokenizer_create (void *user, const char **args, int n_args, Fts5Tokenizer **out)
{
  static int nothing;

  (void) user;
  (void) args;
  (void) n_args;
  *out = (Fts5Tokenizer *) &nothing;
  return SQLITE_OK;
}

static void
tokenizer_delete (Fts5Tokenizer *tokenizer)
{
  (void) tokenizer;
}

gboolean
sat_tokenizer_register (SatDb *db, GError **error)
{
  static fts5_tokenizer methods = { tokenizer_create, tokenizer_delete, tokenize };
  sqlite3 *raw = sat_db_handle (db);
  sqlite3_stmt *stmt = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (raw, "SELECT fts5(?1)", -1, &stmt, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (stmt, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (stmt);
    }
  sqlite3_finalize (stmt);
  if (api == NULL || api->xCreateTokenizer (api, "satchel", NULL, &methods, NULL) != SQLITE_OK)
    return sat_fail (error, SAT_ERROR_FAILED,
                     N_ ("this system's SQLite has no full-text search (FTS5); install the "
                         "distribution's libsqlite3"),
                     NULL);
  return TRUE;
}
