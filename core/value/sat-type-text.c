/* SPDX-License-Identifier: GPL-3.0-or-later */
/* text, long-text and address: tidied text on one line or on many. */
#include <string.h>

#include "core/value/sat-type-private.h"

static gboolean
text_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  return sat_value_tidy (input, SAT_LINES_ONE, SAT_LINE_MAX, out, error);
}

static gboolean
text_canonical (const char *text, gsize length)
{
  return sat_value_is_tidy (text, length, SAT_LINES_ONE, SAT_LINE_MAX);
}

static gboolean
long_text_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  return sat_value_tidy (input, SAT_LINES_MANY, SAT_VALUE_MAX, out, error);
}

static gboolean
long_text_canonical (const char *text, gsize length)
{
  return sat_value_is_tidy (text, length, SAT_LINES_MANY, SAT_VALUE_MAX);
}

const SatType sat_type_text = {
  .id = SAT_TYPE_TEXT,
  .name = "text",
  .sql = { "TEXT" },
  .parse = text_parse,
  .canonical = text_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};

const SatType sat_type_long_text = {
  .id = SAT_TYPE_LONG_TEXT,
  .name = "long-text",
  .sql = { "TEXT" },
  .parse = long_text_parse,
  .canonical = long_text_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};

const SatType sat_type_address = {
  .id = SAT_TYPE_ADDRESS,
  .name = "address",
  .sql = { "TEXT" },
  .parse = long_text_parse,
  .canonical = long_text_canonical,
  .compare = strcmp,
  .to_cells = sat_value_text_to_cells,
  .from_cells = sat_value_text_from_cells,
};
