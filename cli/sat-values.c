/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One place for how values look, so that show, list, history and conflicts agree. */
#include "cli/sat-values.h"

#include <string.h>

#include "core/value/sat-attachment.h"
#include "core/value/sat-picture.h"

/* ---- JSON ---- */

static void
add_tags (JsonBuilder *builder, const char *value)
{
  g_auto (GStrv) elements = sat_tags_split (value);

  json_builder_begin_array (builder);
  for (guint i = 0; elements[i] != NULL; i++)
    json_builder_add_string_value (builder, elements[i]);
  json_builder_end_array (builder);
}

void
sat_value_add_json (JsonBuilder *builder, const SatField *field, const char *value)
{
  SatTypeId type = field != NULL ? field->type->id : SAT_TYPE_TEXT;
  gint64 number;

  if (value == NULL)
    json_builder_add_null_value (builder);
  else if (type == SAT_TYPE_INTEGER &&
           g_ascii_string_to_signed (value, 10, G_MININT64, G_MAXINT64, &number, NULL))
    json_builder_add_int_value (builder, number);
  else if (type == SAT_TYPE_YES_NO && (g_str_equal (value, "yes") || g_str_equal (value, "no")))
    json_builder_add_boolean_value (builder, g_str_equal (value, "yes"));
  else if (type == SAT_TYPE_TAGS)
    add_tags (builder, value);
  else
    json_builder_add_string_value (builder, value);
}

void
sat_json_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
sat_json_int (JsonBuilder *builder, const char *name, gint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, number);
}

void
sat_json_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void
sat_json_id (JsonBuilder *builder, const char *name, const SatId *id)
{
  char text[SAT_ID_TEXT_SIZE];

  sat_json_text (builder, name, sat_id_format (id, text));
}

void
sat_json_time (JsonBuilder *builder, const char *name, gint64 ms)
{
  g_autofree char *text = ms != 0 ? sat_time_format (ms) : NULL;

  sat_json_text (builder, name, text);
}

void
sat_json_vector (JsonBuilder *builder, const GArray *vector)
{
  json_builder_set_member_name (builder, "vector");
  json_builder_begin_object (builder);
  for (guint i = 0; vector != NULL && i < vector->len; i++)
    {
      const SatVectorEntry *entry = &g_array_index (vector, SatVectorEntry, i);
      char device[SAT_ID_TEXT_SIZE];

      sat_json_int (builder, sat_id_format (&entry->device, device), (gint64) entry->number);
    }
  json_builder_end_object (builder);
}

void
sat_json_fields (JsonBuilder *builder,
                 const SatRecord *record,
                 const SatField *const *fields,
                 guint n)
{
  for (guint i = 0; i < n; i++)
    {
      json_builder_set_member_name (builder, fields[i]->name);
      sat_value_add_json (builder, fields[i], sat_record_get (record, fields[i]));
    }
}

/* ---- for people ---- */

const char *
sat_field_label (const SatCli *cli, const SatField *field)
{
  return sat_label (field->label, cli->language);
}

const char *
sat_object_label (const SatCli *cli, const SatObject *object)
{
  return sat_label (object->label, cli->language);
}

static const char *
choice_text (const SatCli *cli, const SatField *field, const char *name)
{
  for (guint i = 0; i < field->n_choices; i++)
    if (g_str_equal (field->choices[i].name, name))
      return sat_label (field->choices[i].label, cli->language);
  return name;
}

static char *
tags_text (const SatCli *cli, const SatField *field, const char *value)
{
  g_auto (GStrv) elements = sat_tags_split (value);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; elements[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) choice_text (cli, field, elements[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

/* "1234567.50 CNY" -> "1,234,567.50 CNY" */
static char *
money_text (const char *value)
{
  GString *out = g_string_new (NULL);
  const char *digits = value + (*value == '-' ? 1 : 0);
  gsize n = strspn (digits, "0123456789");

  if (digits != value)
    g_string_append_c (out, '-');
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0 && (n - i) % 3 == 0)
        g_string_append_c (out, ',');
      g_string_append_c (out, digits[i]);
    }
  g_string_append (out, digits + n);
  return g_string_free (out, FALSE);
}

static char *
local_time_text (GDateTime *time)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (time);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

static char *
reference_text (SatCli *cli, const SatField *field, const char *value)
{
  const SatObject *object = sat_catalogue_find (field->object->catalogue, field->reference);
  SatId id;

  return g_strdup (sat_id_parse (value, &id) ? sat_cli_title (cli, object, &id) : value);
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

static char *
attachment_text (const char *value)
{
  g_autofree char *name = sat_attachment_name (value);
  g_autofree char *size = NULL;
  SatFile file;

  if (!sat_attachment_look (value, strlen (value), &file, NULL))
    return g_steal_pointer (&name);
  size = g_format_size (file.size);
  /* Translators: the name of a file and its size */
  return g_strdup_printf (_ ("%s (%s)"), name, size);
}

static char *
time_value_text (const char *value)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (value, NULL);

  return time != NULL ? local_time_text (time) : g_strdup (value);
}

char *
sat_value_text (SatCli *cli, const SatField *field, const char *value)
{
  if (value == NULL)
    return g_strdup ("");
  if (field == NULL)
    return g_strdup (value);
  if (field->type->id == SAT_TYPE_REFERENCE)
    return reference_text (cli, field, value);
  if (field->type->id == SAT_TYPE_CHOICE)
    return g_strdup (choice_text (cli, field, value));
  if (field->type->id == SAT_TYPE_TAGS)
    return tags_text (cli, field, value);
  if (field->type->id == SAT_TYPE_YES_NO)
    return g_strdup (g_str_equal (value, "yes") ? _ ("yes") : _ ("no"));
  if (field->type->id == SAT_TYPE_MONEY)
    return money_text (value);
  if (field->type->id == SAT_TYPE_PERCENT)
    return g_strdup_printf ("%s %%", value);
  if (field->type->id == SAT_TYPE_TIME)
    return time_value_text (value);
  if (field->type->id == SAT_TYPE_PICTURE)
    return picture_text (value);
  if (field->type->id == SAT_TYPE_ATTACHMENT)
    return attachment_text (value);
  return g_strdup (value);
}

char *
sat_field_text (SatCli *cli, const SatRecord *record, const SatField *field)
{
  const char *instead = sat_record_concealed (record, field);

  return instead ? g_strdup (instead) : sat_value_text (cli, field, sat_record_get (record, field));
}

char *
sat_time_text (gint64 ms)
{
  g_autoptr (GDateTime) time = ms != 0 ? g_date_time_new_from_unix_utc (ms / 1000) : NULL;

  return time != NULL ? local_time_text (time) : g_strdup (_ ("never"));
}
