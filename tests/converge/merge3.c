/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The longest common run of lines first, then left and right of it, as difflib.SequenceMatcher does
 * without its heuristics; then both sides' hunks in one order. Quadratic, meant for short texts. */
#include "tests/converge/merge3.h"

#include <string.h>

/* Lines start .. end of the base become LINES. */
typedef struct
{
  guint start, end;
  char **lines; /* borrowed from the changed text, N of them */
  guint n;
} Hunk;

typedef struct
{
  guint a, b, size;
} Match;

typedef struct
{
  char **a, **b;
  guint n_a, n_b;
  GArray *matches; /* Match */
} Matcher;

static Match
longest_match (const Matcher *m, guint a_low, guint a_high, guint b_low, guint b_high)
{
  Match best = { a_low, b_low, 0 };
  g_autofree guint *lengths = g_new0 (guint, m->n_b + 1); /* of runs ending before b index */
  g_autofree guint *next = g_new0 (guint, m->n_b + 1);

  for (guint i = a_low; i < a_high; i++)
    {
      memset (next, 0, (m->n_b + 1) * sizeof *next);
      for (guint j = b_low; j < b_high; j++)
        {
          if (strcmp (m->a[i], m->b[j]) != 0)
            continue;
          guint k = next[j + 1] = (j > b_low ? lengths[j] : 0) + 1;
          if (k > best.size)
            best = (Match){ i + 1 - k, j + 1 - k, k };
        }
      guint *swap = lengths;
      lengths = next;
      next = swap;
    }
  return best;
}

static int
compare_match (gconstpointer x, gconstpointer y)
{
  const Match *p = x, *q = y;

  return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static void
find_matches (Matcher *m)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, 4 * sizeof (guint));
  guint range[4] = { 0, m->n_a, 0, m->n_b };

  g_array_append_vals (todo, range, 1);
  while (todo->len > 0)
    {
      memcpy (range, todo->data + (gsize) (todo->len - 1) * sizeof range, sizeof range);
      g_array_set_size (todo, todo->len - 1);
      Match found = longest_match (m, range[0], range[1], range[2], range[3]);
      if (found.size == 0)
        continue;
      g_array_append_val (m->matches, found);
      guint left[4] = { range[0], found.a, range[2], found.b };
      guint right[4] = { found.a + found.size, range[1], found.b + found.size, range[3] };
      if (left[0] < left[1] && left[2] < left[3])
        g_array_append_vals (todo, left, 1);
      if (right[0] < right[1] && right[2] < right[3])
        g_array_append_vals (todo, right, 1);
    }
  g_array_sort (m->matches, compare_match);
}

/* Appends to HUNKS how BASE becomes TEXT. */
static void
find_hunks (char **base, char **text, GArray *hunks)
{
  Matcher m = { base, text, g_strv_length (base), g_strv_length (text), NULL };
  Match end = { m.n_a, m.n_b, 0 };
  guint a = 0, b = 0;

  m.matches = g_array_new (FALSE, FALSE, sizeof (Match));
  find_matches (&m);
  g_array_append_val (m.matches, end);
  for (guint i = 0; i < m.matches->len; i++)
    {
      Match match = g_array_index (m.matches, Match, i);
      Hunk hunk = { a, match.a, text + b, match.b - b };
      if (hunk.start < hunk.end || hunk.n > 0)
        g_array_append_val (hunks, hunk);
      a = match.a + match.size;
      b = match.b + match.size;
    }
  g_array_unref (m.matches);
}

static int
compare_hunk (gconstpointer x, gconstpointer y)
{
  const Hunk *p = x, *q = y;

  if (p->start != q->start)
    return p->start < q->start ? -1 : 1;
  if (p->end != q->end)
    return p->end < q->end ? -1 : 1;
  for (guint i = 0; i < MIN (p->n, q->n); i++)
    {
      int order = strcmp (p->lines[i], q->lines[i]);
      if (order != 0)
        return order;
    }
  return (p->n > q->n) - (p->n < q->n);
}

/* In order, those that both sides made once; FALSE when two overlap or touch. */
static gboolean
combine (GArray *hunks)
{
  g_array_sort (hunks, compare_hunk);
  for (guint i = 1; i < hunks->len;)
    {
      const Hunk *x = &g_array_index (hunks, Hunk, i - 1);
      const Hunk *y = &g_array_index (hunks, Hunk, i);
      if (compare_hunk (x, y) == 0)
        {
          g_array_remove_index (hunks, i);
          continue;
        }
      if (y->start < x->end || y->start == x->start || y->start == x->end)
        return FALSE;
      i++;
    }
  return TRUE;
}

static char *
render (char **base, const GArray *hunks)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new ();
  guint at = 0;

  for (guint i = 0; i < hunks->len; i++)
    {
      const Hunk *hunk = &g_array_index (hunks, Hunk, i);
      while (at < hunk->start)
        g_ptr_array_add (out, base[at++]);
      for (guint k = 0; k < hunk->n; k++)
        g_ptr_array_add (out, hunk->lines[k]);
      at = hunk->end;
    }
  while (base[at] != NULL)
    g_ptr_array_add (out, base[at++]);
  g_ptr_array_add (out, NULL);
  return g_strjoinv ("\n", (char **) out->pdata);
}

char *
merge3 (const char *base, const char *ours, const char *theirs, gpointer data)
{
  if (strcmp (ours, theirs) == 0 || strcmp (theirs, base) == 0)
    return g_strdup (ours);
  if (strcmp (ours, base) == 0)
    return g_strdup (theirs);

  g_auto (GStrv) o = g_strsplit (base, "\n", -1);
  g_auto (GStrv) a = g_strsplit (ours, "\n", -1);
  g_auto (GStrv) b = g_strsplit (theirs, "\n", -1);
  g_autoptr (GArray) hunks = g_array_new (FALSE, FALSE, sizeof (Hunk));

  find_hunks (o, a, hunks);
  find_hunks (o, b, hunks);
  return combine (hunks) ? render (o, hunks) : NULL;
}
