/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/sat-change-name.h"

#include <string.h>

#include "cli/sat-i18n.h"

#define OPEN "open"
#define LEAST_ID 6

char *
sat_change_name (const SatChange *change)
{
  char id[SAT_ID_TEXT_SIZE];
  const char *device = change->device_code;
  g_autofree char *number = change->number > 0
                                ? g_strdup_printf ("%" G_GUINT64_FORMAT, change->number)
                                : g_strdup (OPEN);

  if (device == NULL || strcmp (device, "?") == 0)
    device = sat_id_format (&change->device, id);
  return g_strdup_printf ("%s:%s:%s", change->book, device, number);
}

static gboolean
is_device (const SatChange *change, const char *text)
{
  char id[SAT_ID_TEXT_SIZE];

  sat_id_format (&change->device, id);
  return g_ascii_strcasecmp (text, change->device_code ? change->device_code : "") == 0 ||
         (strlen (text) >= LEAST_ID && g_ascii_strncasecmp (text, id, strlen (text)) == 0);
}

static gboolean
is_number (const SatChange *change, const char *text)
{
  guint64 number;

  if (strcmp (text, OPEN) == 0)
    return change->number == 0;
  return g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, NULL) &&
         number == change->number;
}

const SatChange *
sat_change_find (const GPtrArray *changes, const char *name, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (name, ":", -1);
  const SatChange *found = NULL;

  for (guint i = 0; g_strv_length (parts) == 3 && i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);

      if (strcmp (change->book, parts[0]) != 0 || !is_device (change, parts[1]) ||
          !is_number (change, parts[2]))
        continue;
      if (found != NULL && !sat_id_equal (&found->device, &change->device))
        {
          sat_fail (error, SAT_ERROR_AMBIGUOUS,
                    N_ ("“%s” could be a change of several devices; name the device by its id"),
                    name, NULL);
          return NULL;
        }
      if (found == NULL)
        found = change;
    }
  if (found == NULL)
    sat_fail (error, SAT_ERROR_NOT_FOUND,
              N_ ("this record has no change “%s”; “satchel history” lists its changes as "
                  "BOOK:DEVICE:NUMBER"),
              name, NULL);
  return found;
}
