/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-likeness.h"

#include <string.h>

#include "core/base/sat-han.h"
#include "core/base/sat-text.h"

#define LETTERS_MAX 64 /* of a word that are looked at */

/* Words of their own. */
static const char *const forms[] = {
  "ab",   "ag",  "as",  "bv",      "co",   "company", "corp", "corporation",
  "gmbh", "inc", "kg",  "limited", "llc",  "llp",     "ltd",  "nv",
  "oy",   "plc", "pty", "sa",      "sarl", "sas",     "spa",  "srl",
};

/* Ends of runs of Chinese characters, the longest first. */
static const char *const han_forms[] = {
  "有限责任公司", "股份有限公司", "集团有限公司", "有限公司", "株式会社",
  "集团公司",     "总公司",       "分公司",       "公司",     "集团",
};

static gboolean
is_mark (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK ||
         type == G_UNICODE_ENCLOSING_MARK;
}

/* Folded, without accents, simplified; what is no letter or digit is a blank. An apostrophe or a
 * dot between letters is nothing: "O'Neil", "G.m.b.H.". */
static char *
plain (const char *text)
{
  g_autofree char *folded = sat_text_fold (text);
  g_autofree char *apart = sat_text_is_normal (folded)
                               ? g_steal_pointer (&folded)
                               : g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);

  for (const char *p = apart ? apart : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c))
        g_string_append_unichar (out, sat_han_simplified (c));
      else if (!is_mark (c) && c != '\'' && c != 0x2019 && c != '.')
        g_string_append_c (out, ' ');
    }
  return g_string_free (out, FALSE);
}

static gboolean
is_form (const char *word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (forms[i], word) == 0)
      return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (han_forms); i++)
    if (strcmp (han_forms[i], word) == 0)
      return TRUE;
  return FALSE;
}

gsize
sat_likeness_stem (const char *word, gsize length)
{
  for (gsize i = 0; i < G_N_ELEMENTS (han_forms); i++)
    {
      gsize end = strlen (han_forms[i]);
      if (length >= end && memcmp (word + length - end, han_forms[i], end) == 0)
        return length - end;
    }
  return length;
}

/* Takes the form off the end of a Chinese name. */
static void
cut_form (char *word)
{
  gsize stem = sat_likeness_stem (word, strlen (word));

  if (stem > 0)
    word[stem] = '\0';
}

GStrv
sat_likeness_words (const char *text)
{
  g_autofree char *folded = plain (text);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *kept = g_ptr_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (all, parts[i]);
  for (guint i = 0; i < all->len; i++)
    {
      char *word = g_ptr_array_index (all, i);
      if (is_form (word))
        continue;
      cut_form (word);
      g_ptr_array_add (kept, g_strdup (word));
    }
  for (guint i = 0; kept->len == 0 && i < all->len; i++)
    g_ptr_array_add (kept, g_strdup (g_ptr_array_index (all, i)));
  g_ptr_array_add (kept, NULL);
  return (GStrv) g_ptr_array_free (kept, FALSE);
}

/* ---- one word -----------------------------------------------------------------------------------
 */

static guint
letters_of (const char *word, gunichar *out)
{
  guint n = 0;

  for (const char *p = word; *p != '\0' && n < LETTERS_MAX; p = g_utf8_next_char (p))
    out[n++] = (guchar) *p < 0x80 ? (gunichar) *p : g_utf8_get_char (p);
  return n;
}

static guint
least (guint a, guint b, guint c)
{
  return MIN (MIN (a, b), c);
}

/* Letters put in, left out, changed, or changed round with their neighbour; of A beside B, or
 * (FROM below M) beside the beginning of B, of FROM letters at least, that is most like it. */
static guint
mistakes (const gunichar *a, guint n, const gunichar *b, guint m, guint from)
{
  guint rows[3][LETTERS_MAX + 1];

  for (guint k = 0; k <= m; k++)
    rows[0][k] = k;
  for (guint i = 1; i <= n; i++)
    {
      guint *now = rows[i % 3];
      const guint *last = rows[(i + 2) % 3];
      const guint *before = rows[(i + 1) % 3];

      now[0] = i;
      for (guint k = 1; k <= m; k++)
        {
          now[k] = least (last[k] + 1, now[k - 1] + 1, last[k - 1] + (a[i - 1] != b[k - 1]));
          if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
            now[k] = MIN (now[k], before[k - 2] + 1);
        }
    }
  guint fewest = rows[n % 3][m];
  for (guint k = from; k < m; k++)
    fewest = MIN (fewest, rows[n % 3][k]);
  return fewest;
}

guint
sat_likeness_mistakes (const char *typed, const char *word)
{
  gunichar x[LETTERS_MAX], y[LETTERS_MAX];
  guint n = letters_of (typed, x);

  return mistakes (x, n, y, letters_of (word, y), 0);
}

/* Which letters there are; those that only one word has are mistakes, two of them one at best. */
static guint32
letter_set (const gunichar *letters, guint n)
{
  guint32 set = 0;

  for (guint i = 0; i < n; i++)
    set |= 1u << (letters[i] % 32);
  return set;
}

/* As sat_likeness_word; less than LEAST may be anything less. */
static double
likeness (const char *a, const char *b, double least)
{
  gunichar x[LETTERS_MAX], y[LETTERS_MAX];
  guint n, m, longer, more;

  if (strcmp (a, b) == 0)
    return 1;
  n = letters_of (a, x);
  m = letters_of (b, y);
  if (n == 0 || m == 0)
    return 0;
  longer = MAX (n, m);
  more = (guint) __builtin_popcount (letter_set (x, n) ^ letter_set (y, m)) / 2;
  more = MAX (more, longer - MIN (n, m));
  if (1 - (double) more / longer < least)
    return 0;
  return 1 - (double) mistakes (x, n, y, m, m) / longer;
}

double
sat_likeness_word (const char *a, const char *b)
{
  return likeness (a, b, 0);
}

/* ---- lists --------------------------------------------------------------------------------------
 */

#define ALIKE 0.7 /* less is another word */

static void
add_side (const char *const *a, const char *const *b, double *like, double *all)
{
  for (guint i = 0; a[i] != NULL; i++)
    {
      double weight = (double) MIN (g_utf8_strlen (a[i], -1), 8);
      double best = 0;

      for (guint k = 0; b[k] != NULL && best < 1; k++)
        best = MAX (best, likeness (a[i], b[k], ALIKE));
      if (best >= ALIKE)
        {
          *like += weight * best;
          *all += weight;
        }
      else
        *all += weight / 2;
    }
}

double
sat_likeness_lists (const char *const *a, const char *const *b)
{
  double like = 0;
  double all = 0;

  add_side (a, b, &like, &all);
  add_side (b, a, &like, &all);
  return all > 0 ? like / all : 0;
}
