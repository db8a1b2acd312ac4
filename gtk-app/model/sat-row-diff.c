/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "gtk-app/model/sat-row-diff.h"

#define EDITS_MAX 300
#define SEARCHED_MAX 1000                   /* rows that GTK may search through for one edit */
#define ROW_MAX G_GINT64_CONSTANT (1 << 28) /* larger numbers would make the sets too large */

/* A set of row numbers: a bit each. */
typedef struct
{
  guint8 *bits;
  gint64 size;
} RowSet;

static gint64
largest (const gint64 *rows, guint n)
{
  gint64 most = 0;

  for (guint i = 0; i < n; i++)
    most = MAX (most, rows[i]);
  return most;
}

static RowSet
row_set (const gint64 *rows, guint n, gint64 most)
{
  RowSet set = { g_malloc0 ((gsize) most / 8 + 1), most };

  for (guint i = 0; i < n; i++)
    set.bits[rows[i] / 8] |= (guint8) (1 << (rows[i] % 8));
  return set;
}

static gboolean
has (const RowSet *set, gint64 row)
{
  return (set->bits[row / 8] & (1 << (row % 8))) != 0;
}

static void
add_edit (GArray *edits, guint position, guint removed, guint added)
{
  SatRowEdit edit = { position, removed, added };

  if (removed > 0 || added > 0)
    g_array_append_val (edits, edit);
}

static void
replace (GArray *edits, guint position, guint removed, guint added)
{
  if (removed > 0 && added > SEARCHED_MAX)
    {
      add_edit (edits, position, removed, 0);
      add_edit (edits, position, 0, added);
    }
  else
    add_edit (edits, position, removed, added);
}

/* The two stretches walked side by side; FALSE if rows changed places or the edits are too many. */
static gboolean
walk (GArray *edits, const gint64 *a, guint n, const gint64 *b, guint m, guint start)
{
  gint64 most = MAX (largest (a, n), largest (b, m));
  RowSet in_a = row_set (a, n, most);
  RowSet in_b = row_set (b, m, most);
  gboolean ok = TRUE;
  guint i = 0;
  guint j = 0;

  while (ok && (i < n || j < m))
    {
      guint from_i = i;
      guint from_j = j;

      while (i < n && !has (&in_b, a[i]))
        i++;
      while (j < m && !has (&in_a, b[j]))
        j++;
      replace (edits, start + from_j, i - from_i, j - from_j);
      ok = edits->len <= EDITS_MAX && (i < n) == (j < m) && (i == n || a[i] == b[j]);
      while (ok && i < n && j < m && a[i] == b[j])
        {
          i++;
          j++;
        }
    }
  g_free (in_a.bits);
  g_free (in_b.bits);
  return ok;
}

GArray *
sat_row_diff (const gint64 *old, guint n_old, const gint64 *new_rows, guint n_new)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (SatRowEdit));
  guint least = MIN (n_old, n_new);
  guint head = 0;
  guint tail = 0;
  guint n;
  guint m;

  while (head < least && old[head] == new_rows[head])
    head++;
  while (tail < least - head && old[n_old - 1 - tail] == new_rows[n_new - 1 - tail])
    tail++;
  n = n_old - head - tail;
  m = n_new - head - tail;
  if (n == 0 || m == 0 || m <= SEARCHED_MAX ||
      MAX (largest (old + head, n), largest (new_rows + head, m)) > ROW_MAX ||
      !walk (edits, old + head, n, new_rows + head, m, head))
    {
      g_array_set_size (edits, 0);
      replace (edits, head, n, m);
    }
  return edits;
}
