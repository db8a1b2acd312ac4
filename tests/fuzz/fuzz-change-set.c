/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes to the change-set decoder: it refuses them with a reason, or what it understood writes
 * as the same bytes. The header read alone must agree with the whole. */
#include <string.h>

#include "core/change/sat-change-set.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static GBytes *
encode (const SatChangeSet *set)
{
  guint n_saw, n_cuts, n_groups, n_contexts;
  const SatSaw *saw = sat_change_set_saw (set, &n_saw);
  const SatSaw *cuts = sat_change_set_cuts (set, &n_cuts);
  const SatContext *contexts = sat_change_set_contexts (set, &n_contexts);
  const SatOpGroup *groups = sat_change_set_groups (set, &n_groups);
  SatChangeSetWriter *writer = sat_change_set_writer_new (
      sat_change_set_book (set), sat_change_set_device (set), sat_change_set_number (set),
      sat_change_set_saw_is_full (set), saw, n_saw, cuts, n_cuts);

  if (sat_change_set_enrolment (set) != NULL)
    sat_change_set_writer_set_enrolment (writer, sat_change_set_enrolment (set));
  if (n_contexts > 0)
    sat_change_set_writer_set_contexts (writer, contexts, n_contexts);
  for (guint i = 0; i < n_groups; i++)
    sat_change_set_writer_add (writer, &groups[i]);
  return sat_change_set_writer_finish (writer);
}

static void
check_header (const SatChangeSet *header, const SatChangeSet *set)
{
  guint n_header, n_set;

  g_assert_cmpstr (sat_change_set_book (header), ==, sat_change_set_book (set));
  g_assert_true (sat_id_equal (sat_change_set_device (header), sat_change_set_device (set)));
  g_assert_cmpuint (sat_change_set_number (header), ==, sat_change_set_number (set));
  sat_change_set_saw (header, &n_header);
  sat_change_set_saw (set, &n_set);
  g_assert_cmpuint (n_header, ==, n_set);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) text = g_bytes_new_static (size > 0 ? data : NULL, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) header_error = NULL;
  g_autoptr (SatChangeSet) header = sat_change_set_decode_header (text, &header_error);
  g_autoptr (SatChangeSet) set = sat_change_set_decode (text, &error);

  g_assert_true ((set == NULL) == (error != NULL));
  g_assert_true ((header == NULL) == (header_error != NULL));
  if (set == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  g_assert_nonnull (header);
  check_header (header, set);
  g_autoptr (GBytes) again = encode (set);
  g_assert_cmpmem (data, size, g_bytes_get_data (again, NULL), g_bytes_get_size (again));
  return 0;
}
