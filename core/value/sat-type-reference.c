/* SPDX-License-Identifier: GPL-3.0-or-later */
/* reference: the id of another record. Abbreviations and titles are resolved above, where records
 * can be looked up; here is only the full id. */
#include <string.h>

#include "core/base/sat-error.h"
#include "core/base/sat-id.h"
#include "core/value/sat-type-private.h"

G_STATIC_ASSERT (SAT_ID_SIZE <= sizeof (((SatCell *) NULL)->buffer));

static gboolean
reference_parse (const SatTypeOptions *options, const char *input, char **out, GError **error)
{
  g_autofree char *narrow = sat_value_narrow (input);
  SatId id;

  *out = NULL;
  if (narrow && *narrow == '\0')
    return TRUE;
  if (narrow && sat_id_parse (narrow, &id))
    {
      *out = sat_id_dup_text (&id);
      return TRUE;
    }
  g_autofree char *quote = sat_value_quote (input);
  return sat_fail (error, SAT_ERROR_INVALID,
                   N_ ("“%s” is not the id of a record; write its 36 characters"), quote, NULL);
}

static gboolean
reference_canonical (const char *text, gsize length)
{
  char copy[SAT_ID_TEXT_SIZE];
  char again[SAT_ID_TEXT_SIZE];
  SatId id;

  if (length != SAT_ID_TEXT_SIZE - 1)
    return FALSE;
  memcpy (copy, text, length);
  copy[length] = '\0';
  return sat_id_parse (copy, &id) && strcmp (sat_id_format (&id, again), copy) == 0;
}

static void
reference_to_cells (const char *canonical, SatCell cells[SAT_TYPE_MAX_CELLS])
{
  SatId id = { 0 };

  sat_id_parse (canonical, &id);
  memcpy (cells[0].buffer, id.bytes, SAT_ID_SIZE);
  cells[0].kind = SAT_CELL_BLOB;
  cells[0].text = cells[0].buffer;
  cells[0].size = SAT_ID_SIZE;
}

static char *
reference_from_cells (const SatCell cells[SAT_TYPE_MAX_CELLS])
{
  SatId id;

  if (cells[0].kind != SAT_CELL_BLOB || cells[0].size != SAT_ID_SIZE)
    return NULL;
  memcpy (id.bytes, cells[0].text, SAT_ID_SIZE);
  return sat_id_dup_text (&id);
}

const SatType sat_type_reference = {
  .id = SAT_TYPE_REFERENCE,
  .name = "reference",
  .sql = { "BLOB" },
  .parse = reference_parse,
  .canonical = reference_canonical,
  .compare = strcmp,
  .to_cells = reference_to_cells,
  .from_cells = reference_from_cells,
};
