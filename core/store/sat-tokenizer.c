/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Token lengths: one or two CJK characters, SAT_DIGITS digits, else at most SAT_TOKEN_MAX bytes.
 * The index has no positions (detail=none), so a query is a conjunction of single tokens and
 * prefixes. */
#include "core/store/sat-tokenizer.h"

#include <sqlite3.h>
#include <string.h>

#include "core/base/sat-han.h"
#include "core/base/sat-text.h"

#define LIST_MARK '\x01' /* before each token of a list; in no text that a person wrote */

/* ---- words and characters -----------------------------------------------------------------------
 */

static gboolean
is_han (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf);
}

SatCharKind
sat_tokenizer_char (gunichar c)
{
  GUnicodeScript script;

  if (c < 0x80)
    return g_ascii_isalnum ((char) c) ? SAT_CHAR_WORD : SAT_CHAR_NONE;
  if (is_han (c))
    return SAT_CHAR_CJK;
  if (c < 0x1100)
    return g_unichar_isalnum (c) ? SAT_CHAR_WORD : SAT_CHAR_NONE;
  script = g_unichar_get_script (c);
  if (script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
      script == G_UNICODE_SCRIPT_KATAKANA || script == G_UNICODE_SCRIPT_HANGUL ||
      script == G_UNICODE_SCRIPT_BOPOMOFO)
    return SAT_CHAR_CJK;
  return g_unichar_isalnum (c) ? SAT_CHAR_WORD : SAT_CHAR_NONE;
}

/* Letters that have no other form in Unicode, as people without them on the keyboard write them. */
static const struct
{
  gunichar letter;
  const char *plain;
} plain_letters[] = {
  { 0xe6, "ae" }, { 0xf0, "d" },  { 0xf8, "o" },  { 0xfe, "th" },  { 0x111, "d" },
  { 0x127, "h" }, { 0x131, "i" }, { 0x142, "l" }, { 0x153, "oe" },
};

static void
add_folded (GString *out, gunichar c)
{
  for (gsize i = 0; c >= 0xe6 && c <= 0x153 && i < G_N_ELEMENTS (plain_letters); i++)
    if (plain_letters[i].letter == c)
      {
        g_string_append (out, plain_letters[i].plain);
        return;
      }
  if (!g_unichar_ismark (c))
    g_string_append_unichar (out, sat_han_simplified (c));
}

/* NFKD, case folded, combining marks removed, Chinese characters simplified. */
static char *
fold_any (const char *text, gsize length)
{
  g_autofree char *normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFKD);
  g_autofree char *lower = normal ? g_utf8_casefold (normal, -1) : g_strdup ("");
  GString *out = g_string_sized_new (strlen (lower));

  for (const char *p = lower; *p; p = g_utf8_next_char (p))
    add_folded (out, g_utf8_get_char (p));
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

char *
sat_tokenizer_expand (const char *text, gsize length)
{
  static const gunichar letters[] = { 0xe4, 0xf6, 0xfc, 0xe5, 0xf8, 0xc4, 0xd6, 0xdc, 0xc5, 0xd8 };
  static const char *const written[] = { "ae", "oe", "ue", "aa", "oe" };
  g_autofree char *normal = NULL;
  GString *out;
  gboolean any = FALSE;
  gsize i = 0;

  while (i < length && (guint8) text[i] != 0xc3 && (guint8) text[i] != 0xcc)
    i++;
  normal = i < length ? g_utf8_normalize (text, (gssize) length, G_NORMALIZE_NFC) : NULL;
  if (normal == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize k = 0;

      while (k < G_N_ELEMENTS (letters) && letters[k] != c)
        k++;
      any |= k < G_N_ELEMENTS (letters);
      if (k < G_N_ELEMENTS (letters))
        g_string_append (out, written[k % G_N_ELEMENTS (written)]);
      else
        g_string_append_unichar (out, c);
    }
  return g_string_free (out, !any);
}

static gboolean
is_digits (const char *word, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (word[i]))
      return FALSE;
  return TRUE;
}

gsize
sat_tokenizer_length (const char *word, gsize length)
{
  if (length <= SAT_TOKEN_MAX)
    return length;
  return (gsize) (g_utf8_find_prev_char (word, word + SAT_TOKEN_MAX + 1) - word);
}

/* ---- tokens -------------------------------------------------------------------------------------
 */

/* Where the tokens of a value go. */
typedef struct
{
  SatTokenFunc func;
  gpointer data;
  char kind;         /* SAT_VALUE_... */
  gboolean is_first; /* nothing of a title has come yet */
} Sink;

static void
put (const Sink *sink, const char *mark, const char *token, gsize length)
{
  char marked[SAT_TOKEN_MAX + 1];

  if (*mark == '\0')
    {
      sink->func (token, length, sink->data);
      return;
    }
  marked[0] = *mark;
  memcpy (marked + 1, token, length);
  sink->func (marked, length + 1, sink->data);
}

static const char *
mark_of (const Sink *sink)
{
  return sink->kind == SAT_VALUE_TITLE ? "" : SAT_TOKEN_OTHER;
}

static void
put_near (const char *token, gsize length, gpointer data)
{
  put (data, SAT_TOKEN_NEAR, token, length);
}

void
sat_tokenizer_near (const char *word, gsize length, SatTokenFunc func, gpointer data)
{
  gsize n = MIN (length, SAT_NEAR_MAX);
  char less[SAT_NEAR_MAX];

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (word[i]))
      return;
  if (length < SAT_NEAR_MIN)
    return;
  func (word, n, data);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && word[i] == word[i - 1])
        continue;
      memcpy (less, word, i);
      memcpy (less + i, word + i + 1, n - i - 1);
      func (less, n - 1, data);
    }
}

static void
put_word (Sink *sink, const char *word, gsize length)
{
  length = sat_tokenizer_length (word, length);
  if (sink->is_first)
    {
      gsize one = (gsize) (g_utf8_next_char (word) - word);

      put (sink, SAT_TOKEN_START, word, length);
      if (one < length)
        put (sink, SAT_TOKEN_START, word, one);
    }
  if (length <= SAT_DIGITS || !is_digits (word, length))
    {
      put (sink, mark_of (sink), word, length);
      if (sink->kind == SAT_VALUE_TITLE)
        sat_tokenizer_near (word, length, put_near, sink);
      return;
    }
  for (gsize i = 0; i + SAT_DIGITS - 1 <= length; i++)
    put (sink, mark_of (sink), word + i, MIN (length - i, SAT_DIGITS));
}

/* The character C and, unless BEFORE is NULL, the pair that it ends. */
static void
put_cjk (Sink *sink, const char *before, const char *c)
{
  const char *next = g_utf8_next_char (c);

  put (sink, mark_of (sink), c, (gsize) (next - c));
  if (before != NULL)
    put (sink, mark_of (sink), before, (gsize) (next - before));
  if (!sink->is_first)
    return;
  put (sink, SAT_TOKEN_START, c, (gsize) (next - c));
  if (sat_tokenizer_char (g_utf8_get_char (next)) == SAT_CHAR_CJK)
    put (sink, SAT_TOKEN_START, c, (gsize) (g_utf8_next_char (next) - c));
}

static void
split_folded (Sink *sink, const char *folded)
{
  const char *word = NULL;   /* start of the word under way */
  const char *before = NULL; /* the CJK character just before P */

  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      SatCharKind kind = *p ? sat_tokenizer_char (g_utf8_get_char (p)) : SAT_CHAR_NONE;

      if (word != NULL && kind != SAT_CHAR_WORD)
        {
          put_word (sink, word, (gsize) (p - word));
          sink->is_first = FALSE;
          word = NULL;
        }
      if (kind == SAT_CHAR_WORD && word == NULL)
        word = p;
      if (kind == SAT_CHAR_CJK)
        {
          put_cjk (sink, before, p);
          sink->is_first = FALSE;
        }
      before = kind == SAT_CHAR_CJK ? p : NULL;
      if (*p == '\0')
        break;
    }
}

static void
put_sound (SatSoundKind kind, const char *word, gboolean is_first, gpointer data)
{
  const Sink *sink = data;
  gsize length = strlen (word);

  if (sink->kind == SAT_VALUE_NAME)
    {
      if (kind == SAT_SOUND_SYLLABLES)
        put (sink, SAT_TOKEN_OTHER_SOUND, word, length);
      return;
    }
  put (sink, kind == SAT_SOUND_SYLLABLES ? SAT_TOKEN_SOUND : SAT_TOKEN_INITIALS, word, length);
  if (!is_first)
    return;
  put (sink, kind == SAT_SOUND_SYLLABLES ? SAT_TOKEN_START_SOUND : SAT_TOKEN_START_INITIALS, word,
       length);
  if (kind == SAT_SOUND_INITIALS && length > 1)
    put (sink, SAT_TOKEN_START_INITIALS, word, 1);
}

/* Digits alone, unless there are words as well. */
static void
split_phone (Sink *sink, const char *folded)
{
  g_autofree char *digits = sat_text_digits (folded);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_ascii_isdigit (*p) && sat_tokenizer_char (g_utf8_get_char (p)) != SAT_CHAR_NONE)
      {
        split_folded (sink, folded);
        break;
      }
  split_folded (sink, digits);
}

static void
split_value (char kind, const char *value, gsize length, SatTokenFunc func, gpointer data)
{
  Sink sink = { func, data, kind, kind == SAT_VALUE_TITLE };
  g_autofree char *folded = sat_tokenizer_fold (value, length);
  g_autofree char *expanded = sat_tokenizer_expand (value, length);

  if (kind == SAT_VALUE_PHONE)
    {
      split_phone (&sink, folded);
      return;
    }
  split_folded (&sink, folded);
  if (kind == SAT_VALUE_TITLE || kind == SAT_VALUE_NAME)
    sat_han_sounds (folded, put_sound, &sink);
  if (expanded != NULL)
    {
      g_autofree char *again = sat_tokenizer_fold (expanded, strlen (expanded));

      sink.is_first = kind == SAT_VALUE_TITLE;
      split_folded (&sink, again);
    }
}

static gboolean
is_mark (char c)
{
  return c >= SAT_VALUE_TITLE && c <= SAT_VALUE_TEXT;
}

void
sat_tokenizer_split (const char *text, gsize length, SatTokenFunc func, gpointer data)
{
  const char *end = text + length;

  while (text < end)
    {
      char kind = is_mark (*text) ? *text++ : SAT_VALUE_TEXT;
      const char *value = text;

      while (text < end && !is_mark (*text))
        text++;
      split_value (kind, value, (gsize) (text - value), func, data);
    }
}

/* A word is a piece of the folded text it is from. */
gboolean
sat_tokenizer_may_hold (const char *value, gsize length, const char *token)
{
  gboolean is_other = token[0] == SAT_TOKEN_OTHER[0] || token[0] == SAT_TOKEN_OTHER_SOUND[0];
  g_autofree char *folded = NULL;
  g_autofree char *expanded = NULL;

  if (length == 0 || (value[0] == SAT_VALUE_TITLE) == is_other)
    return FALSE;
  if (value[0] != SAT_VALUE_TEXT)
    return TRUE;
  if (token[0] != SAT_TOKEN_OTHER[0])
    return FALSE;
  expanded = sat_tokenizer_expand (value, length);
  folded = sat_tokenizer_fold (value + 1, length - 1);
  return expanded != NULL || strstr (folded, token + 1) != NULL;
}

/* ---- FTS5 ---------------------------------------------------------------------------------------
 */

typedef struct
{
  void *context;
  int (*token) (void *, int, const char *, int, int, int);
  int code;
  int flags; /* of the next token */
} Call;

static void
call_token (const char *token, gsize length, gpointer data)
{
  Call *call = data;

  if (call->code == SQLITE_OK)
    call->code = call->token (call->context, call->flags, token, (int) length, 0, 0);
}

static void
split_list (const char *text, gsize length, Call *call)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *token = text + 1;
      const char *next = memchr (token, LIST_MARK, (gsize) (end - token));

      text = next ? next : end;
      call_token (token, (gsize) (text - token), call);
      call->flags = FTS5_TOKEN_COLOCATED;
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
  Call call = { context, token, SQLITE_OK, 0 };

  (void) tokenizer;
  if (text == NULL || length <= 0)
    return SQLITE_OK;
  if (flags & FTS5_TOKENIZE_QUERY)
    call_token (text, (gsize) length, &call); /* sat_search_query has split and folded it */
  else if (text[0] == LIST_MARK)
    split_list (text, (gsize) length, &call);
  else
    sat_tokenizer_split (text, (gsize) length, call_token, &call);
  return call.code;
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
