/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Only records of objects are derived anew of which values may have come before the definition, or
 * whose choice among siblings has changed. */
#include "core/apply/sat-reshape.h"

#include <string.h>

#include "core/apply/sat-rederive.h"
#include "core/base/sat-crash.h"
#include "core/store/sat-search.h"
#include "core/store/sat-shaping.h"

/* Do the registers of FIELD show other values than those of BEFORE? */
static gboolean
shows_otherwise (const SatField *before, const SatField *field)
{
  if (before->policy != field->policy)
    return TRUE;
  if (field->policy != SAT_POLICY_MAX && field->policy != SAT_POLICY_MIN)
    return FALSE;
  if (before->n_choices != field->n_choices)
    return TRUE;
  for (guint i = 0; i < field->n_choices; i++)
    if (strcmp (before->choices[i].name, field->choices[i].name) != 0)
      return TRUE;
  return FALSE;
}

static void
compare (const SatObject *before, const SatObject *object, GPtrArray *learned, gboolean *searched)
{
  gboolean otherwise = FALSE;

  for (guint i = 0; i < before->n_fields; i++)
    {
      otherwise |= shows_otherwise (before->fields[i], object->fields[i]);
      *searched |= before->fields[i]->search_weight != object->fields[i]->search_weight;
    }
  if (otherwise && !g_ptr_array_find_with_equal_func (learned, object->name, g_str_equal, NULL))
    g_ptr_array_add (learned, g_strdup (object->name));
}

static gboolean
derive (SatReplica *replica, const SatCatalogue *before, GPtrArray *learned, GError **error)
{
  gboolean searched = FALSE;

  for (guint i = 0; i < sat_catalogue_n_objects (before); i++)
    compare (sat_catalogue_object (before, i), sat_catalogue_object (replica->catalogue, i),
             learned, &searched);
  for (guint i = 0; i < learned->len; i++)
    {
      const SatObject *object = sat_catalogue_find (replica->catalogue,
                                                    g_ptr_array_index (learned, i));

      if (object != NULL &&
          !sat_rederive_object (replica, sat_replica_table (replica, object), error))
        return FALSE;
    }
  return (!searched && learned->len == 0) || sat_search_index_restart (replica, error);
}

gboolean
sat_reshape (SatReplica *replica, GError **error)
{
  g_autoptr (GPtrArray) learned = NULL;
  g_autoptr (SatCatalogue) before = NULL;

  if (!replica->shape_moved)
    return TRUE;
  learned = g_ptr_array_new_with_free_func (g_free);
  before = sat_catalogue_ref (replica->catalogue);
  if (!sat_shaping_extend (replica, learned, error))
    return FALSE;
  if (replica->catalogue == before)
    return TRUE;
  sat_durable_step ("tables follow the catalogue");
  return derive (replica, before, learned, error);
}
