/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gtk-app/sat-value-text.h"

#include <glib/gi18n.h>
#include <langinfo.h>
#include <string.h>

#include "core/value/sat-attachment.h"
#include "core/value/sat-picture.h"
#include "gtk-app/sat-util.h"

int
sat_choice_index (const SatField *field, const char *name)
{
  for (guint i = 0; name != NULL && i < field->n_choices; i++)
    if (g_str_equal (field->choices[i].name, name))
      return (int) i;
  return -1;
}

const char *
sat_choice_text (const SatField *field, const char *name)
{
  int index = sat_choice_index (field, name);

  return index >= 0 ? sat_here (field->choices[index].label) : name;
}

gboolean
sat_field_is_number (const SatField *field)
{
  SatTypeId id = field->type->id;

  return id == SAT_TYPE_INTEGER || id == SAT_TYPE_DECIMAL || id == SAT_TYPE_PERCENT ||
         id == SAT_TYPE_MONEY;
}

char *
sat_number_text (const char *number)
{
  GString *out = g_string_new (NULL);
  const char *separator = nl_langinfo (THOUSEP);
  const char *point = nl_langinfo (RADIXCHAR);
  gsize digits;

  if (*number == '-')
    g_string_append_unichar (out, 0x2212);
  if (*number == '-')
    number++;
  if (*separator == '\0')
    separator = ",";
  digits = strspn (number, "0123456789");
  for (gsize i = 0; i < digits; i++)
    {
      if (i > 0 && (digits - i) % 3 == 0)
        g_string_append (out, separator);
      g_string_append_c (out, number[i]);
    }
  if (number[digits] == '.')
    {
      g_string_append (out, point);
      g_string_append (out, number + digits + 1);
    }
  return g_string_free (out, FALSE);
}

/* The sign people expect before an amount, or NULL. */
static const char *
currency_sign (const char *code)
{
  gboolean chinese = sat_language_is_chinese ();

  if (g_str_equal (code, "CNY"))
    return chinese ? "¥" : "CN¥";
  if (g_str_equal (code, "JPY"))
    return chinese ? "JP¥" : "¥";
  if (g_str_equal (code, "USD"))
    return chinese ? "US$" : "$";
  if (g_str_equal (code, "EUR"))
    return "€";
  if (g_str_equal (code, "GBP"))
    return "£";
  if (g_str_equal (code, "HKD"))
    return "HK$";
  return NULL;
}

static char *
money_text (const char *value)
{
  const char *space = strchr (value, ' ');
  g_autofree char *amount = NULL;
  g_autofree char *number = NULL;
  const char *sign;
  const char *minus;

  if (space == NULL)
    return g_strdup (value);
  minus = *value == '-' ? "−" : "";
  amount = g_strndup (value + (*value == '-'), (gsize) (space - value) - (*value == '-'));
  number = sat_number_text (amount);
  sign = currency_sign (space + 1);
  if (sign != NULL)
    return g_strconcat (minus, sign, number, NULL);
  return g_strconcat (minus, number, " ", space + 1, NULL);
}

static char *
date_text (const char *value)
{
  g_autofree char *midnight = g_strconcat (value, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (midnight, NULL);
  char *text = NULL;

  if (date != NULL)
    /* Translators: how a date is written, in the letters of strftime. */
    text = g_date_time_format (date, C_ ("date", "%-d %b %Y"));
  return text != NULL ? text : g_strdup (value);
}

static char *
moment_text (GDateTime *moment)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (moment);

  /* Translators: how a date with the time of day is written, in the letters of strftime. */
  return g_date_time_format (local, C_ ("date and time", "%-d %b %Y, %H:%M"));
}

static char *
time_text (const char *value)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (value, NULL);
  char *text = moment != NULL ? moment_text (moment) : NULL;

  return text != NULL ? text : g_strdup (value);
}

static char *
one_line (const char *value)
{
  char *text = g_strdup (value);

  g_strdelimit (text, "\n\r\t", ' ');
  return text;
}

static char *
tags_text (const SatField *field, const char *value)
{
  g_auto (GStrv) tags = sat_tags_split (value);
  GString *out = g_string_new (NULL);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (out, C_ ("between tags", ", "));
      g_string_append (out, sat_choice_text (field, tags[i]));
    }
  return g_string_free (out, FALSE);
}

static char *
picture_text (const char *value)
{
  SatPictureKind kind;
  gsize size;

  if (!sat_picture_look (value, &kind, &size))
    return g_strdup (_ ("no picture that can be shown"));
  /* Translators: the kind of a picture and its size */
  return g_strdup_printf (_ ("%s, %u kB"), sat_picture_name (kind),
                          (guint) sat_picture_kilobytes (size));
}

char *
sat_value_text (const SatField *field, const char *value)
{
  if (value == NULL)
    return g_strdup ("");

  switch (field->type->id)
    {
    case SAT_TYPE_MONEY:
      return money_text (value);
    case SAT_TYPE_INTEGER:
    case SAT_TYPE_DECIMAL:
      return sat_number_text (value);
    case SAT_TYPE_PERCENT:
      {
        g_autofree char *number = sat_number_text (value);

        return g_strconcat (number, "%", NULL);
      }
    case SAT_TYPE_DATE:
      return date_text (value);
    case SAT_TYPE_TIME:
      return time_text (value);
    case SAT_TYPE_YES_NO:
      return g_strdup (g_str_equal (value, "yes") ? _ ("Yes") : _ ("No"));
    case SAT_TYPE_CHOICE:
      return g_strdup (sat_choice_text (field, value));
    case SAT_TYPE_TAGS:
      return tags_text (field, value);
    case SAT_TYPE_LONG_TEXT:
    case SAT_TYPE_ADDRESS:
      return one_line (value);
    case SAT_TYPE_PICTURE:
      return picture_text (value);
    case SAT_TYPE_ATTACHMENT:
      return sat_attachment_name (value);
    case SAT_TYPE_TEXT:
    case SAT_TYPE_REFERENCE:
    case SAT_TYPE_PHONE:
    case SAT_TYPE_EMAIL:
    case SAT_TYPE_WEB:
    case SAT_TYPE_PLACE:
    case SAT_N_TYPES:
    default:
      return g_strdup (value);
    }
}

char *
sat_value_text_in (SatWorkspace *workspace, const SatField *field, const char *value)
{
  SatId id;
  const SatObject *object = NULL;
  char *title;

  if (value == NULL || field->type->id != SAT_TYPE_REFERENCE || !sat_id_parse (value, &id))
    return sat_value_text (field, value);
  if (field->reference != NULL && !g_str_equal (field->reference, "*"))
    object = sat_catalogue_find (sat_workspace_catalogue (workspace), field->reference);
  title = sat_workspace_title (workspace, object, &id);
  return title != NULL ? title : g_strdup (_ ("(not on this device)"));
}

char *
sat_record_text_in (SatWorkspace *workspace, const SatRecord *record, const SatField *field)
{
  if (field->derived == NULL && field->index == sat_record_object (record)->title->index)
    return g_strdup (sat_record_title (record));
  if (sat_record_concealed (record, field) != NULL)
    return g_strdup (sat_record_concealed (record, field));
  return sat_value_text_in (workspace, field, sat_record_get (record, field));
}

char *
sat_time_ago_text (gint64 ms, gint64 now_ms)
{
  gint64 minutes = (now_ms - ms) / 60000;
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (ms / 1000);

  if (minutes < 1 && minutes > -5)
    return g_strdup (_ ("just now"));
  if (minutes >= 1 && minutes < 60)
    return g_strdup_printf (ngettext ("%d minute ago", "%d minutes ago", (gulong) minutes),
                            (int) minutes);
  if (minutes >= 60 && minutes < 24 * 60)
    return g_strdup_printf (ngettext ("%d hour ago", "%d hours ago", (gulong) (minutes / 60)),
                            (int) (minutes / 60));
  if (minutes >= 24 * 60 && minutes < 7 * 24 * 60)
    return g_strdup_printf (ngettext ("%d day ago", "%d days ago", (gulong) (minutes / 1440)),
                            (int) (minutes / 1440));
  return moment_text (moment);
}
