/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to the catalogue reader: an error with a reason, or a catalogue whose every object and
 * field keeps what core/catalogue/sat-catalogue.h promises. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/catalogue/sat-catalogue.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
check_object (const SatCatalogue *catalogue, const SatObject *object)
{
  guint n_grouped = 0, n_shown = 0;

  g_assert_true (sat_catalogue_find (catalogue, object->name) == object);
  g_assert_nonnull (object->title);
  g_assert_nonnull (sat_label (object->label, "zh_CN"));
  g_assert_nonnull (sat_label (object->plural, NULL));
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      g_assert_true (field->object == object && field->index == i);
      g_assert_true (sat_object_find (object, field->name) == field);
      g_assert_nonnull (sat_label (field->label, "en"));
      g_assert_true ((field->policy == SAT_POLICY_UNION) == (field->type->id == SAT_TYPE_TAGS));
      n_shown += !field->hidden;
    }
  for (guint i = 0; i < object->n_groups; i++)
    n_grouped += object->groups[i].n_fields;
  g_assert_cmpuint (n_grouped, ==, n_shown);
  g_assert_cmpuint (object->n_list_columns, >=, 1);
  g_assert_true (object->list_columns[0] == object->title);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = size > 0 ? (const char *) data : "";

  for (int closed = 0; closed < 2; closed++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (SatCatalogue) catalogue = sat_catalogue_read_memory ("fuzz.xml", text, size,
                                                                      closed, &error);

      g_assert_true ((catalogue == NULL) == (error != NULL));
      if (catalogue == NULL)
        {
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
          continue;
        }
      g_assert_cmpuint (strlen (sat_catalogue_fingerprint (catalogue)), ==, 64);
      for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
        check_object (catalogue, sat_catalogue_object (catalogue, i));
    }
  return 0;
}
