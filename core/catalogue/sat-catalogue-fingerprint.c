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

/* A company's own fields come in the order in which a replica learned of them. */
static int
compare_fields (const void *a, const void *b)
{
  const SatField *field_a = *(const SatField *const *) a;
  const SatField *field_b = *(const SatField *const *) b;

  if (field_a->custom && field_b->custom)
    return strcmp (field_a->name, field_b->name);
  return (field_a->index > field_b->index) - (field_a->index < field_b->index);
}

static void
add_fields (GString *out, const SatObject *object)
{
  g_autofree const SatField **fields = g_new (const SatField *, object->n_fields + 1);

  for (guint i = 0; i < object->n_fields; i++)
    fields[i] = object->fields[i];
  qsort (fields, object->n_fields, sizeof *fields, compare_fields);
  for (guint i = 0; i < object->n_fields; i++)
    add_field (out, fields[i]);
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
      add_fields (out, objects[i]);
    }
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, out->str, (gssize) out->len);
}
