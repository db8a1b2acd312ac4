/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/support/world.h"

#include <string.h>

#include "core/store/sat-history-log.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/temp-dir.h"

#define FIELD(name, type, more) \
  "<field name='" name "' type='" type "' " more "><label>" name "</label></field>"

const char world_thing_xml[] =
    "<object name='thing' title='name' "
    "order='90'><label>Thing</label><plural>Things</plural>" FIELD ("name", "text", "search='10'")
        FIELD ("note", "long-text", "policy='text' search='1'") FIELD (
            "story", "long-text", "") FIELD ("story2", "long-text", "")
            FIELD ("story3", "long-text", "") FIELD ("story4", "long-text", "") FIELD (
                "count", "integer", "") FIELD ("high", "integer", "policy='max'")
                FIELD ("low", "date", "policy='min'") FIELD ("ratio", "decimal", "") FIELD (
                    "share", "percent", "") FIELD ("price", "money", "policy='review'")
                    FIELD ("day", "date", "") FIELD ("moment", "time", "") FIELD (
                        "ready",
                        "yes-no",
                        "") "<field name='kind' type='choice'><label>kind</label>"
                            "<choice name='b'><label>Bee</label></choice><choice "
                            "name='a'><label>Ay</label></choice>"
                            "</field>"
                            "<field name='stage' type='choice' ordered='yes' "
                            "policy='max'><label>stage</label>"
                            "<choice name='lead'><label>Lead</label></choice>"
                            "<choice name='won'><label>Won</label></choice></field>" FIELD (
                                "tags", "tags", "policy='union' search='4'")
                                FIELD ("parent", "reference", "reference='thing' owning='yes'")
                                    FIELD ("friend", "reference", "reference='thing'")
                                        FIELD ("anything", "reference", "reference='*'") FIELD (
                                            "phone", "phone", "policy='review' search='8'")
                                            FIELD ("email", "email", "") FIELD ("site", "web", "")
                                                FIELD ("place", "address", "")
                                                    FIELD ("face", "picture", "") "</object>";

void
world_init (World *world)
{
  const char *const xmls[] = { world_thing_xml, NULL };

  world->dir = temp_dir_new ();
  world->platform = sat_platform_new_seeded (7, G_GINT64_CONSTANT (1767225600000));
  world->hub = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) g_bytes_unref);
  world->devices = g_ptr_array_new_with_free_func (g_free);
  world->catalogue = world_catalogue (world, xmls);
}

void
world_clear (World *world)
{
  g_clear_pointer (&world->dir, temp_dir_free);
  g_clear_pointer (&world->platform, sat_platform_unref);
  g_clear_pointer (&world->catalogue, sat_catalogue_unref);
  g_clear_pointer (&world->hub, g_hash_table_unref);
  g_clear_pointer (&world->devices, g_ptr_array_unref);
}

void
world_tick (World *world, gint64 ms)
{
  sat_platform_set_now (world->platform, sat_platform_now_ms (world->platform) + ms);
}

static void
copy_built_in (const char *to)
{
  const char *from = g_getenv ("SATCHEL_CATALOGUE");
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (!g_str_has_suffix (name, ".xml"))
        continue;
      g_assert_true (g_file_get_contents (source, &text, &length, NULL));
      g_assert_true (g_file_set_contents (target, text, (gssize) length, NULL));
    }
}

SatCatalogue *
world_catalogue (World *world, const char *const *xmls)
{
  g_autofree char *dir = g_build_filename (world->dir, "catalogue-XXXXXX", NULL);
  g_autoptr (GError) error = NULL;
  SatCatalogue *catalogue;

  g_assert_nonnull (g_mkdtemp (dir));
  copy_built_in (dir);
  for (guint i = 0; xmls[i] != NULL; i++)
    {
      const char *start = strstr (xmls[i], "name='") + strlen ("name='");
      g_autofree char *name = g_strndup (start, strcspn (start, "'"));
      g_autofree char *file = g_strconcat (dir, "/", name, ".xml", NULL);

      g_assert_true (g_file_set_contents (file, xmls[i], -1, NULL));
    }
  catalogue = sat_catalogue_read (dir, NULL, &error);
  g_assert_no_error (error);
  return catalogue;
}

/* ---- replicas -----------------------------------------------------------------------------------
 */

SatWorkspace *
world_create (World *world, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *home = g_build_filename (world->dir, name, NULL);
  SatWorkspace *workspace = sat_workspace_create (home, world->platform, world->catalogue, "hub",
                                                  &error);

  g_assert_no_error (error);
  g_ptr_array_add (world->devices, g_memdup2 (sat_workspace_device (workspace), sizeof (SatId)));
  return workspace;
}

void
world_found (World *world, const char *const *books)
{
  static const char *const usual[] = { "customers", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SatWorkspace) founder = world_create (world, "founder");

  sat_workspace_found (founder, "Acme", "CNY", books ? books : usual, &error);
  g_assert_no_error (error);
  world_push (world, founder);
}

SatWorkspace *
world_join (World *world, const char *login)
{
  g_autoptr (GError) error = NULL;
  SatInboxProgress progress = { 0 };
  SatWorkspace *workspace = world_create (world, login);

  world_fetch (world, workspace, &progress);
  sat_workspace_join (workspace, login, NULL, login, NULL, &error);
  g_assert_no_error (error);
  world_push (world, workspace);
  world_fetch (world, workspace, &progress);
  return workspace;
}

void
world_laptops (World *world, SatWorkspace **laptops, guint n)
{
  static const char *const logins[] = { "wang", "li", "chen", "zhao", "sun", "qian", "zhou" };

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (logins));
  world_init (world);
  world_found (world, NULL);
  for (guint i = 0; i < n; i++)
    laptops[i] = world_join (world, logins[i]);
}

void
world_plain_laptop (World *world, SatWorkspace **laptop)
{
  g_autoptr (GError) error = NULL;

  world_init (world);
  sat_catalogue_unref (world->catalogue);
  world->catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  world_found (world, NULL);
  *laptop = world_join (world, "wang");
}

SatWorkspace *
world_open (World *world, const char *name, const SatCatalogue *catalogue)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *home = g_build_filename (world->dir, name, NULL);
  SatWorkspace *workspace = sat_workspace_open (home, world->platform,
                                                catalogue ? catalogue : world->catalogue, &error);

  g_assert_no_error (error);
  return workspace;
}

SatReplica *
world_replica (SatWorkspace *workspace)
{
  return workspace->replica;
}

gint64
world_number_in (const char *file, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatDb) db = sat_db_open (file, FALSE, &error);
  gint64 number;

  g_assert_no_error (error);
  g_assert_true (sat_db_get_int (db, sql, -1, &number, &error));
  g_assert_no_error (error);
  return number;
}

/* ---- exchange -----------------------------------------------------------------------------------
 */

static char *
hub_key (const char *book, const SatId *device, guint64 number)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("%s %s %" G_GUINT64_FORMAT, book, sat_id_format (device, text), number);
}

GBytes *
world_text (World *world, const char *book, const SatId *device, guint64 number)
{
  g_autofree char *key = hub_key (book, device, number);
  GBytes *text = g_hash_table_lookup (world->hub, key);

  return text ? g_bytes_ref (text) : NULL;
}

void
world_put_text (World *world, const char *book, const SatId *device, guint64 number, GBytes *text)
{
  if (text != NULL)
    g_hash_table_insert (world->hub, hub_key (book, device, number), g_bytes_ref (text));
  else
    {
      g_autofree char *key = hub_key (book, device, number);
      g_hash_table_remove (world->hub, key);
    }
}

GBytes *
world_hub_text (
    const char *book, const SatId *device, guint64 number, gpointer data, GError **error)
{
  return world_text (data, book, device, number);
}

/* What waits of the device that WORKSPACE acts for. */
static void
push_waiting (World *world, SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sealed = NULL;

  sealed = sat_workspace_unpushed (workspace, G_MAXSIZE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < sealed->len; i++)
    {
      const SatSealed *entry = g_ptr_array_index (sealed, i);

      world_put_text (world, entry->book, sat_workspace_device (workspace), entry->number,
                      entry->text);
      sat_workspace_mark_pushed (workspace, entry->book, entry->number, &error);
      g_assert_no_error (error);
    }
}

void
world_push (World *world, SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) formers = NULL;

  sat_workspace_seal (workspace, &error);
  g_assert_no_error (error);
  formers = sat_workspace_formers (workspace, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < formers->len; i++)
    {
      g_assert_true (sat_workspace_act_as (workspace, &g_array_index (formers, SatId, i), NULL));
      push_waiting (world, workspace);
    }
  sat_workspace_act_as (workspace, NULL, NULL);
  push_waiting (world, workspace);
}

SatInbox *
world_inbox (World *world, SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  SatInbox *inbox = sat_inbox_new (workspace, world_hub_text, world);
  g_auto (GStrv) books = sat_workspace_books (workspace, &error);

  g_assert_no_error (error);
  for (guint i = 0; books[i] != NULL; i++)
    for (guint k = 0; k < world->devices->len; k++)
      sat_inbox_offer (inbox, books[i], g_ptr_array_index (world->devices, k));
  return inbox;
}

void
world_fetch (World *world, SatWorkspace *workspace, SatInboxProgress *progress)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatInbox) inbox = world_inbox (world, workspace);

  do
    {
      sat_inbox_step (inbox, 5, progress, &error);
      g_assert_no_error (error);
    }
  while (!progress->done);
}

gboolean
world_slice (World *world, SatWorkspace *workspace, guint groups)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatInbox) inbox = world_inbox (world, workspace);
  SatInboxProgress progress = { 0 };

  sat_inbox_step_groups (inbox, groups, &progress, &error);
  g_assert_no_error (error);
  return !progress.done;
}

void
world_sync (World *world, SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  SatInboxProgress progress = { 0 };

  world_tick (world, 1000);
  sat_workspace_seal (workspace, &error);
  g_assert_no_error (error);
  world_fetch (world, workspace, &progress);
  world_push (world, workspace);
}

void
world_sync_all (World *world, SatWorkspace **workspaces, guint n)
{
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < n; i++)
      world_sync (world, workspaces[i]);
}

/* ---- records ------------------------------------------------------------------------------------
 */

const SatObject *
world_object (SatWorkspace *workspace, const char *object)
{
  g_autoptr (GError) error = NULL;
  const SatObject *found = sat_workspace_object (workspace, object, &error);

  g_assert_no_error (error);
  return found;
}

const SatField *
world_field (SatWorkspace *workspace, const char *object, const char *field)
{
  g_autoptr (GError) error = NULL;
  const SatField *found = sat_workspace_field (workspace, world_object (workspace, object), field,
                                               &error);

  g_assert_no_error (error);
  return found;
}

SatId
record_new (SatWorkspace *workspace, const char *object, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatDraft) draft = sat_draft_new (world_object (workspace, object));
  const char *field;
  va_list pairs;
  SatId id;

  va_start (pairs, object);
  while ((field = va_arg (pairs, const char *)) != NULL)
    sat_draft_set (draft, world_field (workspace, object, field), va_arg (pairs, const char *));
  va_end (pairs);
  sat_workspace_save (workspace, draft, &id, &error);
  g_assert_no_error (error);
  return id;
}

SatRecord *
record_load (SatWorkspace *workspace, const char *object, const SatId *id)
{
  g_autoptr (GError) error = NULL;
  SatRecord *record = sat_workspace_load (workspace, world_object (workspace, object), id, &error);

  g_assert_no_error (error);
  return record;
}

void
record_set (SatWorkspace *workspace,
            const char *object,
            const SatId *id,
            const char *name,
            const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = record_load (workspace, object, id);
  g_autoptr (SatDraft) draft = sat_draft_edit (record);
  const SatField *field = world_field (workspace, object, name);
  gboolean union_of = field->policy == SAT_POLICY_UNION && value != NULL;

  if (union_of && value[0] == '+')
    sat_draft_add_element (draft, field, value + 1);
  else if (union_of && value[0] == '-')
    sat_draft_remove_element (draft, field, value + 1);
  else
    sat_draft_set (draft, field, value);
  sat_workspace_save (workspace, draft, NULL, &error);
  g_assert_no_error (error);
}

char *
record_get (SatWorkspace *workspace, const char *object, const SatId *id, const char *field)
{
  g_autoptr (SatRecord) record = record_load (workspace, object, id);

  return g_strdup (sat_record_get (record, world_field (workspace, object, field)));
}

gboolean
record_deleted (SatWorkspace *workspace, const char *object, const SatId *id)
{
  g_autoptr (SatRecord) record = record_load (workspace, object, id);

  return sat_record_deleted (record);
}

void
record_delete (SatWorkspace *workspace, const char *object, const SatId *id)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_delete (workspace, world_object (workspace, object), id, NULL, &error);
  g_assert_no_error (error);
}

/* ---- the whole ----------------------------------------------------------------------------------
 */

static void
add_line (const char *text, gpointer data)
{
  g_string_append_printf (data, "%s\n", text);
}

char *
world_lines (SatWorkspace *workspace)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) books = sat_workspace_books (workspace, &error);
  GString *lines = g_string_new (NULL);

  for (guint i = 0; books[i] != NULL; i++)
    {
      sat_workspace_canonical (workspace, books[i], add_line, lines, &error);
      g_assert_no_error (error);
    }
  return g_string_free (lines, FALSE);
}

void
assert_equal_replicas (SatWorkspace *a, SatWorkspace *b)
{
  g_autofree char *x = world_lines (a);
  g_autofree char *y = world_lines (b);

  g_assert_cmpstr (x, ==, y);
}

static GPtrArray *
run_doctor (SatWorkspace *workspace, gboolean repair)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *checks = sat_workspace_doctor (workspace, repair, &error);

  g_assert_no_error (error);
  return checks;
}

void
assert_healthy (SatWorkspace *workspace)
{
  gboolean more = TRUE;
  g_autoptr (GPtrArray) checks = NULL;

  while (more)
    g_assert_true (sat_workspace_index_step (workspace, 0, &more, NULL));
  checks = run_doctor (workspace, FALSE);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      if (!check->ok)
        {
          g_test_message ("%s: %s", check->name, check->detail_msgid);
          g_test_fail ();
        }
    }
}

void
assert_check (SatWorkspace *workspace, gboolean repair, const char *name, gboolean ok)
{
  g_autoptr (GPtrArray) checks = run_doctor (workspace, repair);
  gboolean all = TRUE;
  guint n = 0;

  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      if (strcmp (check->name, name) != 0)
        continue;
      all = all && check->ok;
      n++;
    }
  g_assert_cmpuint (n, >, 0);
  g_assert_cmpint (all, ==, ok);
}

gint64
world_int (SatWorkspace *workspace, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  sat_db_get_int (workspace->replica->db, sql, 0, &n, &error);
  g_assert_no_error (error);
  return n;
}

typedef struct
{
  const char *value;
  gint64 n;
  guint64 sum;
} Count;

static gboolean
count_entry (gint64 number, SatHistoryEntry *entry, gpointer data)
{
  Count *count = data;

  (void) number;
  if (count->value != NULL && g_strcmp0 (entry->replaced.value, count->value) != 0)
    return FALSE;
  count->n++;
  count->sum += entry->replaced.hlc;
  return FALSE;
}

gint64
world_history (SatWorkspace *workspace, const char *value, guint64 *sum)
{
  g_autoptr (GError) error = NULL;
  Count count = { .value = value };

  g_assert_true (sat_log_edit_history (workspace->replica, count_entry, &count, &error));
  g_assert_no_error (error);
  if (sum != NULL)
    *sum = count.sum;
  return count.n;
}

void
world_exec (SatWorkspace *workspace, const char *sql)
{
  g_autoptr (GError) error = NULL;

  sat_db_exec (workspace->replica->db, sql, &error);
  g_assert_no_error (error);
}

void
assert_error (GError **error, int code, const char *start)
{
  g_assert_error (*error, SAT_ERROR, code);
  if (!g_str_has_prefix ((*error)->message, start))
    g_assert_cmpstr ((*error)->message, ==, start);
  g_assert_nonnull (sat_error_msgid (*error));
  g_clear_error (error);
}
