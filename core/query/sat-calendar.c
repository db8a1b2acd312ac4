/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asked for by few expressions and read anew by each: a company has some dozens of such days. */
#include "core/query/sat-calendar.h"

#include <string.h>

#include "core/expression/sat-working-days.h"
#include "core/store/sat-schema.h"

#define NAME_MAX_LENGTH 40
#define LINE_WORDS 3 /* day, kind, name */

/* Names of files must not lead elsewhere. */
static gboolean
is_file_name (const char *name)
{
  gsize length = strlen (name);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_islower (name[i]) && !g_ascii_isdigit (name[i]) && name[i] != '-')
      return FALSE;
  return length > 0 && length <= NAME_MAX_LENGTH;
}

static void
add_day (GArray *days, const char *date, const char *kind)
{
  SatCalendarDay day = { .work = g_strcmp0 (kind, "work") == 0 };

  if (sat_calendar_read_day (date, &day.julian))
    g_array_append_val (days, day);
}

static void
add_file (const char *name, GArray *days)
{
  g_autofree char *file = g_strconcat ("calendars/", name, ".txt", NULL);
  g_autofree char *path = is_file_name (name) ? sat_catalogue_data_path (file) : NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", LINE_WORDS);

      if (*lines[i] != '#' && words[0] != NULL && words[1] != NULL)
        add_day (days, words[0], words[1]);
    }
}

/* ---- what the company says ---- */

static const SatField *
text_field (const SatObject *object, const char *name)
{
  const SatField *field = object != NULL ? sat_object_find (object, name) : NULL;

  return field != NULL && sat_type_is_text (field->type) ? field : NULL;
}

/* The workspace's; NULL: Monday to Friday. */
static char *
calendar_name (SatReplica *replica)
{
  const SatField *field = text_field (sat_catalogue_find (replica->catalogue, "workspace"),
                                      "calendar");
  g_autofree char *column = field ? sat_schema_column (field, 0) : NULL;
  g_autofree char *table = field ? sat_schema_table (field->object) : NULL;
  g_autofree char *sql = NULL;
  char *name = NULL;
  SatStmt *stmt;

  if (field == NULL)
    return NULL;
  sql = g_strdup_printf ("SELECT %s FROM %s WHERE hidden = 0 AND %s IS NOT NULL"
                         " ORDER BY uuid LIMIT 1",
                         column, table, column);
  stmt = sat_db_prepare (replica->db, sql, NULL);
  if (stmt == NULL)
    return NULL;
  if (sat_stmt_step (stmt, NULL))
    name = g_strdup (sat_stmt_text (stmt, 0));
  sat_stmt_reset (stmt);
  return name;
}

/* In the order of their ids, so that all laptops take the same one of several of one day. */
static void
add_records (SatReplica *replica, const char *name, GArray *days)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "calendar_day");
  const SatField *date = text_field (object, "date");
  const SatField *kind = text_field (object, "kind");
  const SatField *calendar = text_field (object, "calendar");
  g_autofree char *sql = NULL;
  SatStmt *stmt;

  if (date == NULL || kind == NULL || calendar == NULL)
    return;
  sql = g_strdup_printf ("SELECT f_date, f_kind FROM \"o_%s\" WHERE hidden = 0 AND f_date IS NOT"
                         " NULL AND (f_calendar IS NULL OR f_calendar = ?1) ORDER BY uuid",
                         object->name);
  stmt = sat_db_prepare (replica->db, sql, NULL);
  if (stmt == NULL)
    return;
  sat_stmt_bind_text (stmt, 1, name);
  while (sat_stmt_step (stmt, NULL))
    add_day (days, sat_stmt_text (stmt, 0), sat_stmt_text (stmt, 1));
  sat_stmt_reset (stmt);
}

char *
sat_calendar_text (gpointer data)
{
  SatReplica *replica = data;
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (SatCalendarDay));
  g_autofree char *name = calendar_name (replica);

  if (name != NULL)
    add_file (name, days);
  add_records (replica, name ? name : "", days);
  return sat_calendar_pack (days);
}
