/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-search-query.h"

#include <string.h>

#include "core/base/sat-likeness.h"
#include "core/base/sat-pinyin.h"
#include "core/store/sat-tokenizer.h"

#define WORDS_MAX 16   /* words that are asked for */
#define SOUNDING_MAX 6 /* of them also by sound */
#define SHORT_MAX 2    /* so few letters are beginnings alone */
#define NUMBER_MIN 5   /* digits that may be a telephone number */
#define NUMBER_SURE 7  /* digits that are left of one without the country's code */
#define RUN_MAX 24     /* characters of a run that are asked for */

/* ---- what was typed -----------------------------------------------------------------------------
 */

typedef struct
{
  SatCharKind kind;
  char *folded;
  char *expanded; /* with umlauts written out; NULL: it has none */
  char *letters;  /* for pinyin; NULL: it has others than a to z */
} Word;

static void
word_free (gpointer data)
{
  Word *word = data;

  g_free (word->folded);
  g_free (word->expanded);
  g_free (word->letters);
  g_free (word);
}

/* In one form, small letters; "lu:" with its ü. */
static char *
tidy (const char *words)
{
  g_autofree char *normal = g_utf8_normalize (words, -1, G_NORMALIZE_NFKC);
  g_autofree char *small = normal ? g_utf8_casefold (normal, -1) : g_strdup ("");
  GString *out = g_string_new (NULL);

  for (const char *p = small; *p != '\0'; p++)
    if (p > small && strchr ("ln", p[-1]) != NULL && p[0] == 'u' && p[1] == ':')
      {
        g_string_append (out, "ü");
        p++;
      }
    else
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

/* TEXT, tidy, if it is a to z with ü as v. */
static char *
letters_of (const char *text, gsize length)
{
  GString *out = g_string_new (NULL);

  for (const char *p = text; p < text + length; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == 0xfc)
        c = 'v';
      if (c < 'a' || c > 'z')
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      g_string_append_c (out, (char) c);
    }
  return g_string_free (out, FALSE);
}

static void
add_word (GPtrArray *words, SatCharKind kind, const char *text, gsize length)
{
  Word *word = g_new0 (Word, 1);
  g_autofree char *expanded = NULL;

  word->kind = kind;
  word->folded = sat_tokenizer_fold (text, length);
  if (kind == SAT_CHAR_WORD)
    {
      expanded = sat_tokenizer_expand (text, length);
      if (expanded != NULL)
        word->expanded = sat_tokenizer_fold (expanded, strlen (expanded));
      word->letters = letters_of (text, length);
    }
  if (*word->folded == '\0')
    word_free (word);
  else
    g_ptr_array_add (words, word);
}

/* A run of Chinese characters; the form of a company may be apart from what is before it. */
static void
add_run (GPtrArray *words, const char *text, gsize length)
{
  gsize stem = sat_likeness_stem (text, length);

  if (stem > 0)
    add_word (words, SAT_CHAR_CJK, text, stem);
  if (stem < length)
    add_word (words, SAT_CHAR_CJK, text + stem, length - stem);
}

static GPtrArray *
take_apart (const char *typed)
{
  g_autofree char *text = tidy (typed);
  GPtrArray *words = g_ptr_array_new_with_free_func (word_free);
  const char *start = text;
  SatCharKind started = SAT_CHAR_NONE;

  for (const char *p = text; words->len < WORDS_MAX; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      SatCharKind kind = c == 0                 ? SAT_CHAR_NONE
                         : g_unichar_ismark (c) ? started
                                                : sat_tokenizer_char (c);

      if (kind != started)
        {
          if (started == SAT_CHAR_WORD)
            add_word (words, started, start, (gsize) (p - start));
          else if (started == SAT_CHAR_CJK)
            add_run (words, start, (gsize) (p - start));
          start = p;
          started = kind;
        }
      if (c == 0)
        break;
    }
  return words;
}

GStrv
sat_search_words (const char *words)
{
  g_autoptr (GPtrArray) list = take_apart (words);
  GPtrArray *out = g_ptr_array_new ();

  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (out, g_strdup (((const Word *) g_ptr_array_index (list, i))->folded));
  g_ptr_array_add (out, NULL);
  return (GStrv) g_ptr_array_free (out, FALSE);
}

char *
sat_search_letters (const char *words)
{
  g_autofree char *text = tidy (words);
  GString *out = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)) && *p != '\'')
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
  g_free (text);
  text = g_string_free (out, FALSE);
  return letters_of (text, strlen (text));
}

/* ---- terms --------------------------------------------------------------------------------------
 */

/* Letters and digits, and the mark: nothing to escape. */
static void
add_term (GString *query, const char *mark, const char *token, gsize length, gboolean prefix)
{
  g_string_append_printf (query, "\"%s%.*s\"%s", mark, (int) length, token, prefix ? "*" : "");
}

/* Between the alternatives of a group. */
static void
add_or (GString *query)
{
  if (query->str[query->len - 1] != '(')
    g_string_append (query, " OR ");
}

static gboolean
is_number (const char *word)
{
  return word[strspn (word, "0123456789")] == '\0';
}

/* Any part of a number that is long enough. */
static void
add_digits (GString *query, const char *mark, const char *digits, gsize length)
{
  g_string_append_c (query, '(');
  for (gsize i = 0; i + SAT_DIGITS <= MIN (length, SAT_TOKEN_MAX); i++)
    {
      if (i > 0)
        g_string_append (query, " AND ");
      add_term (query, mark, digits + i, SAT_DIGITS, FALSE);
    }
  g_string_append_c (query, ')');
}

/* A word as it is written, in the values of MARK. */
static void
add_written (GString *query, const char *mark, const char *word, gboolean prefix)
{
  gsize length = sat_tokenizer_length (word, strlen (word));

  add_or (query);
  add_term (query, mark, word, length, prefix);
  if (length > SAT_DIGITS && is_number (word))
    {
      add_or (query);
      add_digits (query, mark, word, strlen (word));
    }
}

static void
add_forms (GString *query, const char *mark, const Word *word, gboolean prefix)
{
  add_written (query, mark, word->folded, prefix);
  if (word->expanded != NULL)
    add_written (query, mark, word->expanded, prefix);
}

/* ---- sounds -------------------------------------------------------------------------------------
 */

static const char *
mark_of_sound (const SatTypedSound *sound, gboolean at_start)
{
  if (sound->kind == SAT_SOUND_INITIALS)
    return at_start ? SAT_TOKEN_START_INITIALS : SAT_TOKEN_INITIALS;
  return at_start ? SAT_TOKEN_START_SOUND : SAT_TOKEN_SOUND;
}

/* One way to read the letters; OTHER: in other names than the title. */
static void
add_way (GString *query, const GArray *way, gboolean at_start, gboolean other)
{
  add_or (query);
  g_string_append_c (query, '(');
  for (guint i = 0; i < way->len; i++)
    {
      const SatTypedSound *sound = &g_array_index (way, SatTypedSound, i);
      gboolean is_one = strlen (sound->word) == 1;

      if (i > 0)
        g_string_append (query, " AND ");
      add_term (query, other ? SAT_TOKEN_OTHER_SOUND : mark_of_sound (sound, at_start && i == 0),
                sound->word, strlen (sound->word), sound->is_prefix && !is_one);
    }
  g_string_append_c (query, ')');
}

static gboolean
has_initials (const GArray *way)
{
  for (guint i = 0; i < way->len; i++)
    if (g_array_index (way, SatTypedSound, i).kind == SAT_SOUND_INITIALS)
      return TRUE;
  return FALSE;
}

/* AT_START: the title begins with them; ANY: other names, too. */
static void
add_sounds (GString *query, const char *letters, gboolean at_start, gboolean any)
{
  g_autoptr (GPtrArray) ways = sat_pinyin_read (letters);
  gsize length = strlen (letters);

  for (guint i = 0; i < ways->len; i++)
    {
      const GArray *way = g_ptr_array_index (ways, i);
      gboolean initials = has_initials (way);

      if (length == 1 && !initials)
        continue;
      add_way (query, way, at_start || (length <= SHORT_MAX && !(initials && length > 1)), FALSE);
      if (any && !initials && length > SHORT_MAX)
        add_way (query, way, FALSE, TRUE);
    }
}

/* ---- groups: a word in every way it may be meant ------------------------------------------------
 */

static void
add_near_key (const char *token, gsize length, gpointer data)
{
  add_or (data);
  add_term (data, SAT_TOKEN_NEAR, token, length, FALSE);
}

static void
add_group (
    GString *query, const Word *word, SatSearchScope scope, gboolean is_first, gboolean is_only)
{
  glong length = g_utf8_strlen (word->folded, -1);
  gboolean at_start = (scope == SAT_SCOPE_START && is_first) || (length == 1 && is_only);
  gboolean any = scope == SAT_SCOPE_ANY || scope == SAT_SCOPE_WRITTEN || scope == SAT_SCOPE_NEAR;

  if (at_start)
    add_forms (query, SAT_TOKEN_START, word, length > 1);
  else
    add_forms (query, "", word, length > 1 || !is_number (word->folded));
  if (any)
    add_forms (query, SAT_TOKEN_OTHER, word, length > SHORT_MAX);
  if (scope == SAT_SCOPE_NEAR)
    sat_tokenizer_near (word->folded, strlen (word->folded), add_near_key, query);
}

static void
add_pairs (GString *query, const char *mark, const char *first_mark, const char *run)
{
  const char *p = run;
  const char *second = g_utf8_next_char (p);
  guint n = 0;

  if (*second == '\0')
    {
      add_term (query, first_mark, run, strlen (run), FALSE);
      return;
    }
  g_string_append_c (query, '(');
  for (; *second != '\0' && n < RUN_MAX; p = second, second = g_utf8_next_char (p))
    {
      if (n > 0)
        g_string_append (query, " AND ");
      add_term (query, n++ == 0 ? first_mark : mark, p, (gsize) (g_utf8_next_char (second) - p),
                FALSE);
    }
  g_string_append_c (query, ')');
}

/* Each character of RUN is in the title. */
static void
add_characters (GString *query, const char *run)
{
  guint n = 0;

  g_string_append_c (query, '(');
  for (const char *p = run; *p != '\0' && n < RUN_MAX; p = g_utf8_next_char (p))
    {
      if (n++ > 0)
        g_string_append (query, " AND ");
      add_term (query, "", p, (gsize) (g_utf8_next_char (p) - p), FALSE);
    }
  g_string_append_c (query, ')');
}

static void
add_run_group (GString *query, const Word *word, SatSearchScope scope, gboolean is_first)
{
  gboolean at_start = scope == SAT_SCOPE_START && is_first;

  if (scope == SAT_SCOPE_NEAR)
    add_characters (query, word->folded);
  else
    add_pairs (query, "", at_start ? SAT_TOKEN_START : "", word->folded);
  if (scope != SAT_SCOPE_ANY && scope != SAT_SCOPE_WRITTEN)
    return;
  add_or (query);
  add_pairs (query, SAT_TOKEN_OTHER, SAT_TOKEN_OTHER, word->folded);
}

/* ---- the query ----------------------------------------------------------------------------------
 */

/* "021-5555 0100": digits and the marks between them, five digits or more: one number. NULL: it is
 * none. Without what may be the country's code, or the 0 before the town's. */
static char *
phone_digits (const char *words)
{
  g_autofree char *normal = g_utf8_normalize (words, -1, G_NORMALIZE_NFKC);
  g_autoptr (GString) digits = g_string_new (NULL);
  gsize skip = 0;

  for (const char *p = normal ? normal : ""; *p != '\0'; p++)
    {
      if (g_ascii_isdigit (*p))
        g_string_append_c (digits, *p);
      else if (strchr ("+-()/. ", *p) == NULL)
        return NULL;
    }
  if (digits->len < NUMBER_MIN)
    return NULL;
  if (strchr (words, '+') != NULL || digits->len >= 12)
    skip = 3;
  if (g_str_has_prefix (digits->str, "00"))
    skip = 5;
  else if (digits->str[0] == '0')
    skip = 1;
  if (skip + NUMBER_SURE > digits->len)
    skip = 0;
  return g_strdup (digits->str + skip);
}

static void
add_all (GString *query, const GPtrArray *words, SatSearchScope scope)
{
  gboolean by_sound = scope != SAT_SCOPE_WRITTEN;

  for (guint i = 0; i < words->len; i++)
    {
      const Word *word = g_ptr_array_index (words, i);
      gboolean is_only = words->len == 1;

      g_string_append (query, i > 0 ? " AND (" : "(");
      if (word->kind == SAT_CHAR_CJK)
        add_run_group (query, word, scope, i == 0);
      else
        add_group (query, word, scope, i == 0, is_only);
      if (word->letters != NULL && by_sound && i < SOUNDING_MAX)
        add_sounds (query, word->letters, scope == SAT_SCOPE_START && i == 0,
                    scope == SAT_SCOPE_ANY || scope == SAT_SCOPE_NEAR);
      g_string_append_c (query, ')');
    }
}

/* "zhong guo": the words may be syllables of one name. */
static void
add_joined (GString *query, const char *words, SatSearchScope scope)
{
  g_autofree char *letters = sat_search_letters (words);
  g_autoptr (GPtrArray) ways = letters ? sat_pinyin_read (letters) : NULL;

  if (ways == NULL || ways->len == 0)
    return;
  g_string_append (query, " OR (");
  add_sounds (query, letters, scope == SAT_SCOPE_START, scope == SAT_SCOPE_ANY);
  g_string_append_c (query, ')');
}

char *
sat_search_query (const char *words, SatSearchScope scope)
{
  g_autoptr (GPtrArray) list = take_apart (words);
  g_autofree char *phone = phone_digits (words);
  GString *query;

  if (list->len == 0)
    return NULL;
  query = g_string_new (NULL);
  add_all (query, list, scope);
  if (list->len > 1 && scope != SAT_SCOPE_WRITTEN)
    add_joined (query, words, scope);
  if (phone == NULL || (scope != SAT_SCOPE_ANY && scope != SAT_SCOPE_WRITTEN))
    return g_string_free (query, FALSE);
  /* A telephone number however it is spaced, or else a date, or a number of a house. */
  g_string_append (query, " OR ");
  add_digits (query, SAT_TOKEN_OTHER, phone, strlen (phone));
  return g_string_free (query, FALSE);
}

/* ---- nearly the same ----------------------------------------------------------------------------
 */

/* The characters of RUN are in TITLE in their order. */
static gboolean
has_in_order (const char *title, const char *run)
{
  for (const char *p = title; *p != '\0' && *run != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) == g_utf8_get_char (run))
      run = g_utf8_next_char (run);
  return *run == '\0';
}

static guint
allowed (const char *word)
{
  gsize length = strlen (word);

  return length < SAT_NEAR_MIN ? 0 : length < 8 ? 1 : 2;
}

static int
mistakes_of (const char *word, const char *const *have)
{
  guint fewest = G_MAXUINT;

  for (guint i = 0; have[i] != NULL; i++)
    fewest = MIN (fewest, sat_likeness_mistakes (word, have[i]));
  return fewest <= allowed (word) ? (int) fewest : -1;
}

int
sat_search_is_near (const char *const *words, const char *title)
{
  g_auto (GStrv) have = sat_search_words (title);
  g_autofree char *folded = sat_tokenizer_fold (title, strlen (title));
  int all = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      int one;

      if (sat_tokenizer_char (g_utf8_get_char (words[i])) == SAT_CHAR_CJK)
        one = has_in_order (folded, words[i]) ? (strstr (folded, words[i]) ? 0 : 1) : -1;
      else
        one = mistakes_of (words[i], (const char *const *) have);
      if (one < 0)
        return -1;
      all += one;
    }
  return all;
}
