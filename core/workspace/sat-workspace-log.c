/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-log.h"

#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

static const char *const kinds[] = { "sign_in", "export", "permission", "forced", "view" };

static char *
time_text (gint64 ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ms / 1000);

  return time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;
}

static void
add_edit (GArray *edits, const SatObject *object, const char *field, const char *value)
{
  SatEdit edit = { .field = sat_object_find (object, field), .value = value };

  if (edit.field != NULL && value != NULL)
    g_array_append_val (edits, edit);
}

static gboolean
add_line (SatWorkspace *workspace,
          SatLocal *local,
          const SatId *id,
          SatOperation kind,
          const SatObject *of,
          const SatId *record,
          gint64 count,
          const char *detail,
          GError **error)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, "operation");
  SatEditKind edit_kind = { .life = SAT_LIFE_LIVE, .create = TRUE };
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autofree char *time = time_text (sat_platform_now_ms (workspace->replica->platform));
  g_autofree char *user = sat_meta_get (workspace->replica, SAT_META_USER);
  g_autofree char *device = sat_id_dup_text (sat_workspace_device (workspace));
  g_autofree char *about = record ? sat_id_dup_text (record) : NULL;
  g_autofree char *number = count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : NULL;

  guint32 book;

  if (object == NULL) /* a catalogue of a test */
    return TRUE;
  book = sat_names_get_book (workspace->replica->names, SAT_BOOK_KEY_COMPANY, error);
  if (book == 0)
    return FALSE;
  add_edit (edits, object, "kind", kinds[kind]);
  add_edit (edits, object, "time", time);
  add_edit (edits, object, "user", user);
  add_edit (edits, object, "device", device);
  add_edit (edits, object, "object", of ? of->name : NULL);
  add_edit (edits, object, "record", about);
  add_edit (edits, object, "count", number);
  add_edit (edits, object, "detail", detail);
  return sat_local_edit (local, object, id, book, (const SatEdit *) (const void *) edits->data,
                         edits->len, &edit_kind, error);
}

static gboolean
write_line (SatWorkspace *workspace,
            const SatId *id,
            SatOperation kind,
            const SatObject *of,
            const SatId *record,
            gint64 count,
            const char *detail,
            GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (
      workspace, local, mine,
      add_line (workspace, local, id, kind, of, record, count, detail, error), error);
}

gboolean
sat_workspace_log (SatWorkspace *workspace,
                   SatOperation kind,
                   const SatObject *object,
                   gint64 count,
                   const char *detail,
                   GError **error)
{
  SatId id;

  sat_id_new (workspace->replica->platform, &id);
  return write_line (workspace, &id, kind, object, NULL, count, detail, error);
}

gboolean
sat_workspace_log_forced (SatWorkspace *workspace,
                          SatLocal *local,
                          const SatObject *object,
                          const char *detail,
                          GError **error)
{
  SatId id;

  sat_id_new (workspace->replica->platform, &id);
  return add_line (workspace, local, &id, SAT_OPERATION_FORCED, object, NULL, 1, detail, error);
}

/* The day of this machine's zone, as FORMAT has it. */
static char *
today (SatWorkspace *workspace, const char *format)
{
  gint64 now = sat_platform_now_ms (workspace->replica->platform);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now / 1000);

  return time ? g_date_time_format (time, format) : NULL;
}

gboolean
sat_workspace_sign_in (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, "operation");
  g_autofree char *day = today (workspace, "sign-in %Y-%m-%d");
  g_autoptr (SatRecord) there = NULL;
  SatId id;

  if (object == NULL || day == NULL || !sat_workspace_rights_hold (workspace))
    return TRUE;
  sat_id_derive (sat_workspace_device (workspace), day, strlen (day), &id);
  there = sat_list_load (workspace->replica, object, &id, NULL);
  return there != NULL || write_line (workspace, &id, SAT_OPERATION_SIGN_IN, NULL, NULL, -1,
                                      day + strlen ("sign-in "), error);
}

/* What the sensitive fields are called whose values RECORD shows; NULL: it shows none. */
static char *
sensitive_of (const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < object->n_fields + object->n_derived; i++)
    {
      const SatField *field = i < object->n_fields ? object->fields[i]
                                                   : object->derived[i - object->n_fields];

      if (field->sensitive && sat_record_get (record, field) != NULL)
        g_string_append_printf (names, "%s%s", names->len ? ", " : "", sat_field_word (field));
    }
  return names->len > 0 ? g_strdup (names->str) : NULL;
}

gboolean
sat_workspace_log_view (SatWorkspace *workspace, const SatRecord *record, GError **error)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, "operation");
  g_autofree char *fields = sensitive_of (record);
  g_autofree char *day = fields ? today (workspace, "%Y-%m-%d") : NULL;
  SatId me = sat_workspace_me (workspace);
  g_autoptr (SatRecord) there = NULL;
  g_autofree char *name = NULL;
  char text[SAT_ID_TEXT_SIZE];
  SatId id;

  if (object == NULL || day == NULL || sat_id_is_nil (&me) ||
      !sat_workspace_rights_hold (workspace))
    return TRUE;
  name = g_strdup_printf ("view %s %s %s", sat_record_object (record)->name,
                          sat_id_format (sat_record_id (record), text), day);
  sat_id_derive (&me, name, strlen (name), &id);
  there = sat_list_load (workspace->replica, object, &id, NULL);
  return there != NULL ||
         write_line (workspace, &id, SAT_OPERATION_VIEW, sat_record_object (record),
                     sat_record_id (record), -1, fields, error);
}
