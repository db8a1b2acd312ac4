/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/merge/sat-resolve.h"

#include <string.h>

static gboolean
has_person (const SatSibling *siblings, guint n)
{
  for (guint i = 0; i < n; i++)
    if (!siblings[i].automatic)
      return TRUE;
  return FALSE;
}

int
sat_sibling_compare (const SatSibling *a, const SatSibling *b, const SatOrder *order)
{
  if (a->hlc != b->hlc)
    return a->hlc > b->hlc ? -1 : 1;
  return -order->compare (&a->dot, &b->dot, order->data);
}

/* How well a sibling does under max or min: readable values before cleared ones, then the extreme.
 */
static gboolean
is_readable (const SatField *field, const SatSibling *sibling)
{
  return sibling->value != NULL && field->type->canonical (sibling->value, strlen (sibling->value));
}

static int
compare_extreme (const SatField *field, const SatSibling *a, const SatSibling *b)
{
  gboolean a_reads = is_readable (field, a);
  gboolean b_reads = is_readable (field, b);
  int order;

  if (a_reads != b_reads)
    return a_reads ? -1 : 1;
  if (!a_reads)
    return (a->value == NULL) - (b->value == NULL);
  order = sat_type_compare (field->type, &field->options, a->value, b->value);
  return field->policy == SAT_POLICY_MAX ? -order : order;
}

int
sat_resolve (const SatField *field, const SatSibling *siblings, guint n, const SatOrder *order)
{
  gboolean people_only = n > 1 && has_person (siblings, n);
  gboolean extreme = field != NULL &&
                     (field->policy == SAT_POLICY_MAX || field->policy == SAT_POLICY_MIN);
  int best = -1;

  for (guint i = 0; i < n; i++)
    {
      int better = -1;

      if (people_only && siblings[i].automatic)
        continue;
      if (best >= 0)
        {
          better = extreme ? compare_extreme (field, &siblings[i], &siblings[best]) : 0;
          if (better == 0)
            better = sat_sibling_compare (&siblings[i], &siblings[best], order);
        }
      if (better < 0)
        best = (int) i;
    }
  return best;
}

int
sat_resolve_life (const SatSibling *siblings, guint n, const SatOrder *order)
{
  gboolean people_only = n > 1 && has_person (siblings, n);
  int best = -1;
  gboolean best_live = FALSE;

  for (guint i = 0; i < n; i++)
    {
      gboolean live = g_strcmp0 (siblings[i].value, SAT_LIFE_LIVE_TEXT) == 0;

      if (people_only && siblings[i].automatic)
        continue;
      if (best < 0 || (live && !best_live) ||
          (live == best_live && sat_sibling_compare (&siblings[i], &siblings[best], order) < 0))
        {
          best = (int) i;
          best_live = live;
        }
    }
  return best;
}

gboolean
sat_is_conflict (const SatField *field, const SatSibling *siblings, guint n)
{
  gboolean people_only;
  const SatSibling *first = NULL;

  if (field == NULL || n < 2 ||
      (field->policy != SAT_POLICY_REVIEW && field->policy != SAT_POLICY_TEXT))
    return FALSE;
  people_only = has_person (siblings, n);
  for (guint i = 0; i < n; i++)
    {
      if (people_only && siblings[i].automatic)
        continue;
      if (first == NULL)
        first = &siblings[i];
      else if (g_strcmp0 (first->value, siblings[i].value) != 0)
        return TRUE;
    }
  return FALSE;
}
