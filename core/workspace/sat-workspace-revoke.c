/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"

#include <string.h>

#include "core/query/sat-list.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-private.h"

#define LEAST_OF_ID 6

/* A line "BOOK DEVICE NUMBER" for each branch of a revoked device that goes beyond what counts. */
#define META_CUT_OFF "cut_off"

void
sat_revoked_clear (SatRevoked *revoked)
{
  g_clear_pointer (&revoked->name, g_free);
  g_clear_pointer (&revoked->cut, g_ptr_array_unref);
  g_clear_pointer (&revoked->beyond, g_ptr_array_unref);
}

void
sat_cut_off_free (SatCutOff *cut_off)
{
  if (cut_off == NULL)
    return;
  g_free (cut_off->book);
  g_free (cut_off);
}

/* ---- who may ------------------------------------------------------------------------------------
 */

gboolean
sat_workspace_is_admin (SatWorkspace *workspace, char **role)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_catalogue_find (replica->catalogue, "user");
  const SatField *field = object ? sat_object_find (object, "role") : NULL;
  g_autofree char *text = sat_meta_get (replica, SAT_META_USER);
  g_autoptr (SatRecord) user = NULL;
  const char *value;
  SatId id;

  /* In a closed workspace it is what an administrator has signed, not what a record says. */
  if (sat_workspace_is_closed (workspace, NULL))
    {
      g_autofree char *admitted = sat_workspace_admitted_as (workspace, &replica->device);

      if (role != NULL)
        *role = g_strdup (admitted ? admitted : "?");
      return g_strcmp0 (admitted, SAT_ROLE_ADMIN) == 0;
    }
  if (field != NULL && text != NULL && sat_id_parse (text, &id))
    user = sat_list_load (replica, object, &id, NULL);
  value = user ? sat_record_get (user, field) : NULL;
  if (role != NULL)
    *role = g_strdup (value ? value : "?");
  return g_strcmp0 (value, "admin") == 0;
}

static gboolean
check_admin (SatWorkspace *workspace, GError **error)
{
  g_autofree char *role = NULL;

  if (sat_workspace_is_admin (workspace, &role))
    return TRUE;
  return sat_fail (error, SAT_ERROR_REFUSED,
                   N_ ("only an administrator may revoke a device, and the role of this laptop's "
                       "user is “%s”; ask an administrator"),
                   role, NULL);
}

/* ---- which device -------------------------------------------------------------------------------
 */

static gboolean
is_part_of_id (const SatId *id, const char *text)
{
  char full[SAT_ID_TEXT_SIZE];
  gsize length = strlen (text);

  sat_id_format (id, full);
  return length >= LEAST_OF_ID && (g_str_has_prefix (full, text) || g_str_has_suffix (full, text));
}

gboolean
sat_workspace_find_device (SatWorkspace *workspace, const char *text, SatId *out, GError **error)
{
  g_autoptr (GPtrArray) devices = sat_workspace_devices (workspace, error);
  guint found = 0;

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);

      if (g_strcmp0 (device->name, text) != 0 && g_strcmp0 (device->code, text) != 0 &&
          !is_part_of_id (&device->id, text))
        continue;
      *out = device->id;
      found++;
    }
  if (found == 1)
    return TRUE;
  if (found == 0)
    return sat_fail (error, SAT_ERROR_NOT_FOUND,
                     N_ ("there is no device “%s” here; “satchel devices” lists them"), text, NULL);
  return sat_fail (error, SAT_ERROR_AMBIGUOUS,
                   N_ ("several devices are called “%s”; name one by its short code or id"), text,
                   NULL);
}

/* ---- revoking -----------------------------------------------------------------------------------
 */

gboolean
sat_workspace_cut (SatWorkspace *workspace, const char *book, const SatId *device, GError **error)
{
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  guint32 number = sat_names_find_book (workspace->replica->names, book);
  gboolean ok = local != NULL && sat_local_cut (local, number, device, error);

  if (local == NULL || !sat_workspace_written (workspace, local, mine, ok, error))
    return FALSE;
  if (mine)
    sat_workspace_note_count (workspace);
  return TRUE;
}

static gboolean
is_cut (SatReplica *replica, const char *book, const SatId *device, gboolean *cut, GError **error)
{
  guint32 number = sat_names_find_device (replica->names, device);
  guint64 at = SAT_CUT_NONE;

  if (number != 0 &&
      !sat_log_cut (replica, sat_names_find_book (replica->names, book), number, &at, error))
    return FALSE;
  *cut = at != SAT_CUT_NONE;
  return TRUE;
}

static gboolean
write_state (SatWorkspace *workspace, const SatId *device, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  SatEditKind kind = { .life = SAT_LIFE_LIVE };
  SatEdit edit = { .field = object ? sat_object_find (object, "state") : NULL, .value = "revoked" };
  g_autoptr (SatRecord) record = object ? sat_list_load (workspace->replica, object, device, error)
                                        : NULL;

  if (record == NULL)
    return FALSE;
  return g_strcmp0 (sat_record_get (record, edit.field), "revoked") == 0 ||
         sat_workspace_edit_raw (workspace, object, device, SAT_BOOK_KEY_COMPANY, &edit, 1, &kind,
                                 error);
}

/* In all books held, or in KEY alone. */
static gboolean
cut_books (SatWorkspace *workspace, const char *key, SatRevoked *out, GError **error)
{
  g_auto (GStrv) held = sat_workspace_books (workspace, error);

  for (guint i = 0; held != NULL && held[i] != NULL; i++)
    {
      gboolean already;

      if (key != NULL && strcmp (key, held[i]) != 0)
        continue;
      if (!is_cut (workspace->replica, held[i], &out->device, &already, error) ||
          (!already && !sat_workspace_cut (workspace, held[i], &out->device, error)))
        return FALSE;
      g_ptr_array_add (out->cut, g_strdup (held[i]));
    }
  return held != NULL;
}

/* The books that the device says it holds and this one does not. */
static gboolean
list_beyond (SatWorkspace *workspace, const SatRecord *record, SatRevoked *out)
{
  const SatField *field = sat_object_find (sat_record_object (record), "books");
  g_auto (GStrv) books = sat_tags_split (field ? sat_record_get (record, field) : NULL);

  for (guint i = 0; books[i] != NULL; i++)
    if (!g_ptr_array_find_with_equal_func (out->cut, books[i], g_str_equal, NULL))
      g_ptr_array_add (out->beyond, g_strdup (books[i]));
  return TRUE;
}

static gboolean
revoke_in_books (SatWorkspace *workspace, const char *key, SatRevoked *out, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  g_autoptr (SatRecord) record = object ? sat_list_load (workspace->replica, object, &out->device,
                                                         error)
                                        : NULL;

  if (record == NULL)
    return FALSE;
  out->name = g_strdup (sat_record_title (record));
  if (key == NULL && !write_state (workspace, &out->device, error))
    return FALSE;
  return cut_books (workspace, key, out, error) &&
         (key != NULL || list_beyond (workspace, record, out));
}

/* The key of the book, which must be held here. */
static char *
held_key (SatWorkspace *workspace, const char *book, GError **error)
{
  g_autofree char *key = sat_workspace_book_key (workspace->replica, book, error);
  g_auto (GStrv) held = key ? sat_workspace_books (workspace, error) : NULL;

  if (held == NULL || g_strv_contains ((const char *const *) held, key))
    return held ? g_steal_pointer (&key) : NULL;
  sat_fail (error, SAT_ERROR_INVALID,
            N_ ("book “%s” is not held here; what of it the device had written is not known"), key,
            NULL);
  return NULL;
}

gboolean
sat_workspace_revoke (
    SatWorkspace *workspace, const char *device, const char *book, SatRevoked *out, GError **error)
{
  g_autofree char *key = NULL;

  *out = (SatRevoked){ .cut = g_ptr_array_new_with_free_func (g_free),
                       .beyond = g_ptr_array_new_with_free_func (g_free) };
  if (!check_admin (workspace, error) ||
      !sat_workspace_find_device (workspace, device, &out->device, error))
    return FALSE;
  if (sat_id_equal (&out->device, &workspace->replica->device))
    return sat_fail (error, SAT_ERROR_INVALID,
                     N_ ("this laptop cannot revoke itself; do it on another one"), NULL);
  if (book != NULL)
    key = held_key (workspace, book, error);
  if ((book != NULL && key == NULL) || !sat_workspace_begin (workspace, error))
    return FALSE;
  if (!revoke_in_books (workspace, key, out, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  return sat_workspace_commit (workspace, error);
}

/* ---- what is known of it ------------------------------------------------------------------------
 */

gboolean
sat_workspace_note_cut_off (SatWorkspace *workspace, const char *text, GError **error)
{
  g_autofree char *known = sat_meta_get (workspace->replica, META_CUT_OFF);
  gboolean mine;
  SatLocal *local;

  if (g_strcmp0 (known ? known : "", text) == 0)
    return TRUE;
  local = sat_workspace_write (workspace, &mine, error);
  return local != NULL && sat_workspace_written (
                              workspace, local, mine,
                              sat_meta_set (workspace->replica, META_CUT_OFF, text, error), error);
}

/* The number that LINES name for the branch; 0: none. */
static guint64
offered (char **lines, const char *book, const SatId *device)
{
  char id[SAT_ID_TEXT_SIZE];
  g_autofree char *prefix = g_strdup_printf ("%s %s ", book, sat_id_format (device, id));

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], prefix))
      return g_ascii_strtoull (lines[i] + strlen (prefix), NULL, 10);
  return 0;
}

GPtrArray *
sat_workspace_cut_offs (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_cut_off_free);
  g_auto (GStrv) books = sat_workspace_books (workspace, error);
  g_autofree char *text = sat_meta_get (replica, META_CUT_OFF);
  g_auto (GStrv) lines = g_strsplit (text ? text : "", "\n", -1);

  for (guint i = 0; books != NULL && books[i] != NULL; i++)
    {
      guint32 book = sat_names_find_book (replica->names, books[i]);
      g_autoptr (GArray) cuts = sat_log_cuts (replica, book, error);

      if (cuts == NULL)
        return NULL;
      for (guint k = 0; k < cuts->len; k++)
        {
          const SatCut *cut = &g_array_index (cuts, SatCut, k);
          SatCutOff *entry = g_new0 (SatCutOff, 1);

          entry->book = g_strdup (books[i]);
          entry->device = cut->id;
          entry->cut = cut->number;
          entry->taken = sat_workspace_applied (workspace, books[i], &cut->id);
          entry->there = MAX (entry->taken, offered (lines, books[i], &cut->id));
          g_ptr_array_add (out, entry);
        }
    }
  return books ? g_steal_pointer (&out) : NULL;
}

char **
sat_workspace_revoked_in (SatWorkspace *workspace, const SatId *device)
{
  const SatId *wanted = device ? device : &workspace->replica->device;
  g_autoptr (GPtrArray) all = sat_workspace_cut_offs (workspace, NULL);
  g_autoptr (GPtrArray) books = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; all != NULL && i < all->len; i++)
    {
      const SatCutOff *entry = g_ptr_array_index (all, i);

      if (sat_id_equal (&entry->device, wanted))
        g_ptr_array_add (books, g_strdup (entry->book));
    }
  if (books->len == 0)
    return NULL;
  g_ptr_array_add (books, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&books), FALSE);
}
