/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge/sat-merge.h"

static gboolean
names_dot (const SatDot *dots, guint n, const SatDot *dot)
{
  for (guint i = 0; i < n; i++)
    if (sat_dot_equal (&dots[i], dot))
      return TRUE;
  return FALSE;
}

gboolean
sat_merge_drops (const SatOrigin *origin, const SatWrite *write, const SatDot *dot)
{
  if (sat_dot_equal (dot, &origin->dot))
    return TRUE;
  if (dot->book == origin->dot.book && sat_vector_get (origin->saw, dot->device) >= dot->number &&
      !names_dot (write->keep, write->n_keep, dot))
    return TRUE;
  return names_dot (write->over, write->n_over, dot);
}

void
sat_merge_write (SatState *state, const SatOrigin *origin, const SatWrite *write, GArray *dropped)
{
  guint count;
  guint at = sat_state_find (state, write->field, write->element, &count);

  for (guint i = at; i < at + count;)
    {
      SatSibling *sibling = sat_state_at (state, i);

      if (!sat_merge_drops (origin, write, &sibling->dot))
        {
          i++;
          continue;
        }
      g_array_append_val (dropped, *sibling);
      sat_state_remove (state, i);
      count--;
    }
  if (!write->drop)
    {
      SatSibling sibling = {
        .dot = origin->dot,
        .hlc = write->hlc,
        .field = write->field,
        .automatic = write->automatic != 0,
        .element = write->element,
        .value = write->element ? "1" : write->value,
      };
      sat_state_insert (state, at, &sibling);
    }
}
