/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-log.h"

#include <string.h>

#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

static const char *const kinds[] = { "sign_in", "export", "permission", "forced" };

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
            gint64 count,
            const char *detail,
            GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);

  if (local == NULL)
    return FALSE;
  return sat_workspace_written (workspace, local, mine,
                                add_line (workspace, local, id, kind, of, count, detail, error),
                                error);
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
  return write_line (workspace, &id, kind, object, count, detail, error);
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
  return add_line (workspace, local, &id, SAT_OPERATION_FORCED, object, 1, detail, error);
}

gboolean
sat_workspace_sign_in (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, "operation");
  gint64 now = sat_platform_now_ms (workspace->replica->platform);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (now / 1000);
  g_autofree char *day = time ? g_date_time_format (time, "sign-in %Y-%m-%d") : NULL;
  g_autoptr (SatRecord) there = NULL;
  SatId id;

  if (object == NULL || day == NULL || !sat_workspace_rights_hold (workspace))
    return TRUE;
  sat_id_derive (sat_workspace_device (workspace), day, strlen (day), &id);
  there = sat_list_load (workspace->replica, object, &id, NULL);
  return there != NULL || write_line (workspace, &id, SAT_OPERATION_SIGN_IN, NULL, -1,
                                      day + strlen ("sign-in "), error);
}
