/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/import/sat-import-words.h"

#include <glib/gi18n.h>

#include "gtk-app/sat-error-text.h"
#include "gtk-app/sat-value-text.h"

#define SHOWN_LOST 5

char *
sat_import_count_text (guint64 n)
{
  g_autofree char *digits = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return sat_number_text (digits);
}

/* “PHOTO (12), TEL fax (3)”: what no field was there for, and how many of it. */
static char *
lost_text (const SatImportResult *result)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; result->lost != NULL && i < result->lost->len && i < SHOWN_LOST; i++)
    {
      const SatImportLost *lost = g_ptr_array_index (result->lost, i);
      g_autofree char *number = sat_import_count_text (lost->values);

      g_string_append_printf (list, "%s%s (%s)", i > 0 ? ", " : "", lost->column, number);
    }
  if (result->lost != NULL && result->lost->len > SHOWN_LOST)
    g_string_append (list, ", …");
  return g_string_free (list, FALSE);
}

char *
sat_import_rows_text (const SatImportReport *report, guint bad)
{
  const SatImportResult *result = &report->result;
  g_autofree char *bad_number = sat_import_count_text (bad);
  g_autofree char *lost = lost_text (result);
  g_autofree char *made = sat_import_count_text (result->made);
  g_autofree char *taken = sat_import_count_text (result->n_taken);

  if (report->error != NULL)
    return sat_error_text_about (report->error, report->object);
  if (bad > 0)
    return g_strdup_printf (ngettext ("%s row has an error; mend the file, or leave that row out",
                                      "%s rows have errors; mend the file, or leave them out", bad),
                            bad_number);
  if (result->created + result->updated == 0)
    return g_strdup (_ ("There is nothing to import: all of it is there already"));
  if (result->n_taken > 0)
    return g_strdup_printf (
        ngettext ("All rows are good; %s of them is a customer that a colleague has already",
                  "All rows are good; %s of them are customers that colleagues have already",
                  (gulong) result->n_taken),
        taken);
  if (*lost != '\0')
    /* Translators: %s is a list such as “PHOTO (12), TEL fax (3)”: what, and how many of it. */
    return g_strdup_printf (_ ("All rows are good; no field is meant for %s"), lost);
  if (result->made > 0)
    return g_strdup_printf (ngettext ("All rows are good; %s missing record is made too",
                                      "All rows are good; %s missing records are made too",
                                      (gulong) result->made),
                            made);
  return g_strdup (_ ("All rows are good"));
}

char *
sat_import_button_text (const SatImportReport *report, guint bad)
{
  guint64 good = report->result.created + report->result.updated;
  g_autofree char *number = sat_import_count_text (good);

  if (bad > 0)
    return g_strdup_printf (ngettext ("_Import %s Good Row", "_Import %s Good Rows", (gulong) good),
                            number);
  return g_strdup_printf (ngettext ("_Import %s Row", "_Import %s Rows", (gulong) good), number);
}

char *
sat_import_done_text (const SatImportResult *result)
{
  g_autofree char *created = sat_import_count_text (result->created);
  g_autofree char *updated = sat_import_count_text (result->updated);

  if (result->updated == 0)
    return g_strdup_printf (
        ngettext ("%s record imported", "%s records imported", (gulong) result->created), created);
  if (result->created == 0)
    return g_strdup_printf (
        ngettext ("%s record changed", "%s records changed", (gulong) result->updated), updated);
  return g_strdup_printf (_ ("Imported: %s new, %s changed"), created, updated);
}
