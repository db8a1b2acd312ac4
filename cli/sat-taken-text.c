/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-taken-text.h"

#include "cli/sat-values.h"

char *
sat_taken_text (const SatTaken *taken, const char *title)
{
  if (taken->users == NULL)
    return g_strdup_printf (
        taken->by_phone
            /* Translators: a customer, and a book. */
            ? _ ("A customer with the telephone of “%s” is in book “%s” already, which this "
                 "device does not hold.")
            : _ ("A customer of the name “%s” is in book “%s” already, which this device does not "
                 "hold."),
        title, taken->name);
  return g_strdup_printf (
      taken->by_phone
          /* Translators: a customer, the names of colleagues, and a book. */
          ? _ ("A customer with the telephone of “%s” is with %s already (book “%s”).")
          : _ ("A customer of the name “%s” is with %s already (book “%s”)."),
      title, taken->users, taken->name);
}

void
sat_taken_emit (JsonBuilder *builder, const SatTaken *taken, const char *title)
{
  json_builder_begin_object (builder);
  sat_json_text (builder, "title", title);
  sat_json_text (builder, "book", taken->book);
  sat_json_text (builder, "users", taken->users);
  sat_json_text (builder, "by", taken->by_phone ? "phone" : "name");
  json_builder_end_object (builder);
}
