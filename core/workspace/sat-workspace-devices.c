/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-devices.h"

#include <glib/gstdio.h>
#include <string.h>

#include "config.h"
#include "core/query/sat-list.h"
#include "core/workspace/sat-exchange.h"
#include "core/workspace/sat-workspace-private.h"

#define REPORT_EVERY_MS (7 * 24 * 3600 * G_GINT64_CONSTANT (1000))

/* ---- all of them --------------------------------------------------------------------------------
 */

void
sat_device_free (SatDevice *device)
{
  if (device == NULL)
    return;
  g_free (device->name);
  g_free (device->code);
  g_free (device->user);
  g_free (device->state);
  g_free (device->public_key);
  g_free (device->version);
  g_free (device->reported);
  g_free (device);
}

static gboolean
last_of (SatReplica *replica, SatDevice *device, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT v.number, v.hlc FROM vector v JOIN device d ON d.number = v.device WHERE d.id = ?1",
      error);
  GError *problem = NULL;
  SatHlc last = 0;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, &device->id);
  while (sat_stmt_step (stmt, &problem))
    {
      device->last_number = MAX (device->last_number, (guint64) sat_stmt_int (stmt, 0));
      last = MAX (last, (SatHlc) sat_stmt_int (stmt, 1));
    }
  sat_stmt_reset (stmt);
  device->last_seen_ms = sat_hlc_ms (last);
  device->ahead_ms = MAX (0, device->last_seen_ms - sat_platform_now_ms (replica->platform));
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static gint64
number_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);
  const char *value = field ? sat_record_get (record, field) : NULL;

  return value ? g_ascii_strtoll (value, NULL, 10) : -1;
}

static SatDevice *
device_of (SatReplica *replica, const SatRecord *record)
{
  const SatObject *object = sat_record_object (record);
  SatDevice *device = g_new0 (SatDevice, 1);
  const SatField *user = sat_object_find (object, "user");
  const char *const names[] = { "name", "code", "key", "state", "version", "reported" };
  char **const targets[] = { &device->name,  &device->code,    &device->public_key,
                             &device->state, &device->version, &device->reported };
  SatId id;

  device->id = *sat_record_id (record);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const SatField *field = sat_object_find (object, names[i]);
      *targets[i] = field ? g_strdup (sat_record_get (record, field)) : NULL;
    }
  device->size_mb = number_of (record, "size_mb");
  device->n_conflicts = number_of (record, "conflicts");
  device->n_quarantined = number_of (record, "quarantined");
  if (device->state == NULL)
    device->state = g_strdup ("live");
  if (user != NULL && sat_record_get (record, user) != NULL &&
      sat_id_parse (sat_record_get (record, user), &id))
    device->user = sat_list_title (replica, sat_catalogue_find (replica->catalogue, "user"), &id);
  return device;
}

GPtrArray *
sat_workspace_devices (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  SatListQuery query = { .object = object, .limit = -1, .with_deleted = TRUE };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_device_free);
  g_autoptr (GArray) rows = object ? sat_list_rows (replica, &query, error) : NULL;

  if (rows == NULL)
    return NULL;
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (replica, object,
                                                        g_array_index (rows, gint64, i), error);
      SatDevice *device;

      if (record == NULL)
        return NULL;
      device = device_of (replica, record);
      g_ptr_array_add (out, device);
      if (!last_of (replica, device, error))
        return NULL;
    }
  return g_steal_pointer (&out);
}

/* ---- what this one reports ----------------------------------------------------------------------
 */

typedef struct
{
  SatWorkspace *workspace;
  SatRecord *record; /* of this device */
  GArray *edits;     /* SatEdit */
  GPtrArray *texts;  /* what they borrow */
} Report;

static const char *
value_of (const SatRecord *record, const char *name)
{
  const SatField *field = sat_object_find (sat_record_object (record), name);

  return field ? sat_record_get (record, field) : NULL;
}

/* VALUE is taken. What is there already is not written again. */
static void
say (Report *report, const char *name, char *value)
{
  SatEdit edit = { .field = sat_object_find (sat_record_object (report->record), name),
                   .value = value };

  g_ptr_array_add (report->texts, value);
  if (edit.field != NULL && g_strcmp0 (sat_record_get (report->record, edit.field), value) != 0)
    g_array_append_val (report->edits, edit);
}

static char *
number_text (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

/* Bytes of all files in FOLDER; links are not followed. */
static guint64
folder_size (const char *folder, guint depth)
{
  g_autoptr (GDir) dir = depth < 16 ? g_dir_open (folder, 0, NULL) : NULL;
  guint64 size = 0;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) != 0)
        continue;
      if (S_ISDIR (info.st_mode))
        size += folder_size (path, depth + 1);
      else if (S_ISREG (info.st_mode))
        size += (guint64) info.st_size;
    }
  return size;
}

/* FALSE: it is no time, as a foreign program may have written. */
static gboolean
time_of (const char *text, gint64 *ms)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  if (time != NULL)
    *ms = g_date_time_to_unix (time) * 1000;
  return time != NULL;
}

static guint64
quarantined (SatWorkspace *workspace)
{
  g_autoptr (GPtrArray) all = sat_workspace_quarantine (workspace, NULL);

  return all ? all->len : 0;
}

static gboolean
is_due (Report *report, gint64 now_ms)
{
  const char *last = value_of (report->record, "reported");
  gint64 last_ms;

  if (g_strcmp0 (value_of (report->record, "version"), SAT_VERSION) != 0)
    return TRUE;
  return last == NULL || !time_of (last, &last_ms) || now_ms - last_ms >= REPORT_EVERY_MS ||
         last_ms > now_ms + REPORT_EVERY_MS;
}

static gboolean
write_report (Report *report, gint64 now_ms, GError **error)
{
  SatWorkspace *workspace = report->workspace;
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  gint64 n_conflicts = sat_workspace_n_conflicts (workspace);

  say (report, "version", g_strdup (SAT_VERSION));
  say (report, "quarantined", number_text (quarantined (workspace)));
  say (report, "conflicts", number_text ((guint64) MAX (n_conflicts, 0)));
  if (!sat_platform_is_seeded (sat_workspace_platform (workspace)))
    say (report, "size_mb",
         number_text ((folder_size (sat_workspace_home (workspace), 0) + 999999) / 1000000));
  say (report, "reported", sat_time_format (now_ms / 1000 * 1000));
  return sat_workspace_edit_raw (
      workspace, sat_record_object (report->record), sat_workspace_device (workspace), NULL,
      (SatEdit *) (void *) report->edits->data, report->edits->len, &kind, error);
}

gboolean
sat_workspace_report (SatWorkspace *workspace, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  gint64 now_ms = sat_platform_now_ms (sat_workspace_platform (workspace));
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  const char *state;

  if (object == NULL)
    return FALSE;
  record = sat_list_load (workspace->replica, object, sat_workspace_device (workspace), NULL);
  state = record ? value_of (record, "state") : NULL;
  if (record == NULL || (state != NULL && strcmp (state, "live") != 0))
    return TRUE;
  Report report = { workspace, record, edits, texts };
  return !is_due (&report, now_ms) || write_report (&report, now_ms, error);
}
