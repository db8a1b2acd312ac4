/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/base/sat-backoff.h"

guint
sat_backoff_next (guint failures, guint base_s, guint max_s, guint32 random)
{
  guint64 whole = base_s;
  guint64 half;

  if (failures == 0)
    return 0;
  for (guint i = 1; i < failures && whole < max_s; i++)
    whole *= 2;
  whole = MIN (whole, max_s);
  half = whole / 2;
  return (guint) (half + random % (whole - half + 1));
}
