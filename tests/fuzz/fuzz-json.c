/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as JSON lines: each line is refused with a reason, or gives names and values that are
 * text and that another JSON writer's line of them gives again. */
#include <json-glib/json-glib.h>
#include <string.h>

#include "core/base/sat-error.h"
#include "core/exchange/sat-json-reader.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static gboolean
on_again (const SatNamedRow *row, gpointer data, GError **error)
{
  const SatNamedRow **given = data;

  g_assert_no_error (row->problem);
  g_assert_cmpuint (row->values->len, ==, (*given)->values->len);
  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *is = &g_array_index (row->values, SatNamedValue, i);
      const SatNamedValue *was = &g_array_index ((*given)->values, SatNamedValue, i);

      g_assert_cmpstr (is->name, ==, was->name);
      g_assert_cmpstr (is->value, ==, was->value);
    }
  *given = NULL;
  return TRUE;
}

static void
read_again (const SatNamedRow *row)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_autofree char *line = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_auto (SatNamedRow) again = { 0 };
  const SatNamedRow *given = row;

  for (guint i = 0; i < row->values->len; i++)
    {
      const SatNamedValue *value = &g_array_index (row->values, SatNamedValue, i);

      g_assert_true (g_utf8_validate (value->name, -1, NULL));
      g_assert_true (g_utf8_validate (value->value, -1, NULL));
      g_assert_false (json_object_has_member (object, value->name));
      json_object_set_string_member (object, value->name, value->value);
    }
  json_node_take_object (node, object);
  line = json_to_string (node, FALSE);
  stream = g_memory_input_stream_new_from_data (line, -1, NULL);
  sat_named_row_init (&again);
  g_assert_true (sat_json_read (stream, &again, on_again, &given, NULL, NULL));
  g_assert_null (given);
}

static gboolean
on_row (const SatNamedRow *row, gpointer data, GError **error)
{
  guint64 *last = data;

  g_assert_cmpuint (row->row, >, *last);
  *last = row->row;
  if (row->problem == NULL)
    read_again (row);
  else
    g_assert_true (g_utf8_validate (row->problem->message, -1, NULL));
  return TRUE;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_data (data, (gssize) size, NULL);
  g_auto (SatNamedRow) row = { 0 };
  guint64 last = 0;

  sat_named_row_init (&row);
  g_assert_true (sat_json_read (stream, &row, on_row, &last, NULL, NULL));
  return 0;
}
