/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fingerprint: a SHA-256 over lines that name all that tables, the search index and the choice
 * among siblings are made from. Labels, help, lists and forms are not in it. */
#include <stdlib.h>
#include <string.h>

#include "core/catalogue/sat-catalogue-private.h"

#define FORMAT "satchel-catalogue 1\n"

static void
add_field (GString *out, const SatField *field)
{
  g_string_append_printf (out, "field %s %s %s reference=%s owning=%d search=%u\n", field->name,
                          field->type->name, sat_policy_name (field->policy),
                          field->reference ? field->reference : "", field->owning,
                          field->search_weight);
  for (guint i = 0; i < field->n_choices; i++)
    g_string_append_printf (out, "choice %s\n", field->choices[i].name);
}

static int
compare_names (const void *a, const void *b)
{
  const SatObject *object_a = *(const SatObject *const *) a;
  const SatObject *object_b = *(const SatObject *const *) b;

  return strcmp (object_a->name, object_b->name);
}

char *
sat_catalogue_make_fingerprint (const SatCatalogue *catalogue)
{
  g_autoptr (GString) out = g_string_new (FORMAT);
  guint n = sat_catalogue_n_objects (catalogue);
  g_autofree const SatObject **objects = g_new (const SatObject *, n + 1);

  for (guint i = 0; i < n; i++)
    objects[i] = sat_catalogue_object (catalogue, i);
  qsort (objects, n, sizeof *objects, compare_names);
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (out, "object %s title=%s\n", objects[i]->name,
                              objects[i]->title->name);
      for (guint j = 0; j < objects[i]->n_fields; j++)
        add_field (out, objects[i]->fields[j]);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, out->str, (gssize) out->len);
}
