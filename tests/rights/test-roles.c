/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is built in, role by role, tried on every kind of record: the table of docs/permissions.md
 * against what core lets somebody of that role read, make, change, delete and write to a file. */
#include <glib/gstdio.h>
#include <string.h>

#include "core/workspace/sat-workspace-export.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/rights/company.h"

#define FIRST_VALUE 50000

typedef enum
{
  ADMIN,
  MANAGER,
  SELLER, /* and all others that a company has */
  OBSERVER
} Kind;

static const struct
{
  const char *name;
  Kind kind;
} roles[] = { { "admin", ADMIN },      { "manager", MANAGER },  { "sales", SELLER },
              { "service", SELLER },   { "marketing", SELLER }, { "finance", SELLER },
              { "observer", OBSERVER } };

typedef struct
{
  Company company;
  GHashTable *wrong;
  const char *role;
  Kind kind;
  guint next;
  guint n_allowed, n_refused;
} Roles;

static void
expect (Roles *r,
        const char *deed,
        const SatObject *object,
        CanaryOwner whose,
        gboolean right,
        gboolean ok,
        GError **error)
{
  static const char *const owners[] = { "own", "a colleague's", "another's", "nobody's" };

  if (ok != right || (!ok && !g_error_matches (*error, SAT_ERROR, SAT_ERROR_REFUSED)))
    g_hash_table_add (r->wrong,
                      g_strdup_printf ("%s: %s %s %s: %s", r->role, deed, owners[whose],
                                       object->name, *error ? (*error)->message : "done"));
  else if (ok)
    r->n_allowed++;
  else
    r->n_refused++;
  g_clear_error (error);
}

static void
begin (Roles *r)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_begin (r->company.li, &error);
  g_assert_no_error (error);
}

/* ---- what people keep ---------------------------------------------------------------------------
 */

static gboolean
may_delete (const Roles *r, const Canary *canary)
{
  if (r->kind == SELLER)
    return canary->whose == CANARY_MINE || canary->whose == CANARY_NOBODYS;
  return r->kind != OBSERVER;
}

static void
try_to_make (Roles *r, const Canary *canary)
{
  g_autoptr (SatDraft) draft = sat_draft_new (canary->object);
  g_autoptr (GError) error = NULL;
  gboolean ok;

  for (guint i = 0; i < canary->object->n_fields; i++)
    {
      const SatField *field = canary->object->fields[i];

      if (field->required && canary->values[i] == NULL)
        return;
      if (canary->values[i] != NULL && (field->required || field->owning))
        sat_draft_set (draft, field, canary->values[i]);
    }
  begin (r);
  ok = sat_workspace_save (r->company.li, draft, NULL, &error);
  expect (r, "make", canary->object, canary->whose, r->kind != OBSERVER, ok, &error);
  sat_workspace_rollback (r->company.li);
}

static void
try_to_change (Roles *r, const Canary *canary)
{
  const SatField *field = canary->object->title;
  g_autofree char *token = NULL;
  g_autofree char *value = canary_value (field, r->next++, &token);
  g_autoptr (SatRecord) record = sat_workspace_load (r->company.li, canary->object, &canary->id,
                                                     NULL);
  g_autoptr (SatDraft) draft = record ? sat_draft_edit (record) : NULL;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  if (draft == NULL || field->type->id != SAT_TYPE_TEXT || field->fixed)
    return;
  sat_draft_set (draft, field, value);
  begin (r);
  ok = sat_workspace_save (r->company.li, draft, NULL, &error);
  expect (r, "change", canary->object, canary->whose, r->kind != OBSERVER, ok, &error);
  sat_workspace_rollback (r->company.li);
}

static void
try_to_delete (Roles *r, const Canary *canary)
{
  g_autoptr (GError) error = NULL;
  gboolean ok;

  begin (r);
  ok = sat_workspace_delete (r->company.li, canary->object, &canary->id, NULL, &error);
  if (!g_error_matches (error, SAT_ERROR, SAT_ERROR_NOT_FOUND))
    expect (r, "delete", canary->object, canary->whose, may_delete (r, canary), ok, &error);
  sat_workspace_rollback (r->company.li);
}

/* A notice is read by whom it is for. */
static gboolean
may_read (const Roles *r, const Canary *canary)
{
  return r->kind == ADMIN || strcmp (canary->object->name, "notice") != 0 ||
         canary->whose == CANARY_MINE || canary->whose == CANARY_NOBODYS;
}

static void
try_to_read (Roles *r, const Canary *canary)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = sat_workspace_load (r->company.li, canary->object, &canary->id,
                                                     &error);

  if (record == NULL)
    {
      g_assert_error (error, SAT_ERROR, SAT_ERROR_NOT_FOUND);
      error->code = SAT_ERROR_REFUSED;
    }
  expect (r, "read", canary->object, canary->whose, may_read (r, canary), record != NULL, &error);
}

static void
try_to_export (Roles *r, const SatObject *object)
{
  g_autofree char *path = g_build_filename (r->company.world.dir, "out", NULL);
  SatExportOptions options = { .object = object, .format = SAT_EXPORT_CSV };
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GError) error = NULL;
  gboolean ok = sat_workspace_export (r->company.li, &query, path, &options, NULL, NULL, NULL, NULL,
                                      &error);

  expect (r, "export", object, CANARY_MINE, r->kind != OBSERVER, ok, &error);
  g_unlink (path);
}

/* ---- how the company works ----------------------------------------------------------------------
 */

/* The first record of OBJECT that is here, unless it is the user's own. */
static SatRecord *
first_of (Roles *r, const SatObject *object)
{
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_workspace_list_rows (r->company.all[0], &query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (world_replica (r->company.all[0]), object,
                                                        g_array_index (rows, gint64, i), &error);

      g_assert_no_error (error);
      if (!sat_id_equal (sat_record_id (record), &r->company.users[CANARY_MINE]))
        return g_steal_pointer (&record);
    }
  return NULL;
}

static void
try_setting (Roles *r, const SatObject *object)
{
  g_autoptr (SatRecord) there = first_of (r, world_object (r->company.all[0], object->name));
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (SatDraft) draft = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_autofree char *value = NULL;
  gboolean ok;

  if (there == NULL || sat_access_is_kept (object->name))
    return;
  begin (r);
  ok = sat_workspace_delete (r->company.li, object, sat_record_id (there), NULL, &error);
  if (!object->managed)
    expect (r, "delete", object, CANARY_OTHERS, r->kind == ADMIN, ok, &error);
  g_clear_error (&error);
  sat_workspace_rollback (r->company.li);
  record = sat_workspace_load (r->company.li, object, sat_record_id (there), &error);
  g_assert_no_error (error);
  if (object->title->fixed || object->title->type->id != SAT_TYPE_TEXT)
    return;
  draft = sat_draft_edit (record);
  value = canary_value (object->title, r->next++, &token);
  sat_draft_set (draft, object->title, value);
  begin (r);
  ok = sat_workspace_save (r->company.li, draft, NULL, &error);
  if (r->kind != ADMIN || ok)
    expect (r, "change", object, CANARY_OTHERS, r->kind == ADMIN, ok, &error);
  g_clear_error (&error);
  sat_workspace_rollback (r->company.li);
}

/* One of each kind of setting, of which nothing but what it is called is said, so that it does
 * nothing. */
static void
make_settings (Roles *r)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (r->company.li);
  const SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = TRUE };

  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    {
      const SatObject *object = sat_catalogue_object (catalogue, i);
      g_autofree char *token = NULL;
      g_autofree char *value = canary_value (object->title, r->next++, &token);
      const SatEdit edit = { .field = object->title, .value = value };
      g_autoptr (GError) error = NULL;
      SatId id;

      if (!sat_access_is_setting (object->name) || object->managed ||
          sat_access_is_kept (object->name))
        continue;
      sat_id_new (sat_workspace_platform (r->company.li), &id);
      sat_workspace_edit_raw (r->company.li, object, &id, SAT_BOOK_KEY_COMPANY, &edit, 1, &kind,
                              &error);
      g_assert_no_error (error);
    }
}

/* ---- running ------------------------------------------------------------------------------------
 */

static void
run (Roles *r)
{
  const SatCatalogue *catalogue = sat_workspace_catalogue (r->company.li);
  const SatObject *done = NULL;

  for (guint i = 0; i < r->company.canaries->len; i++)
    {
      const Canary *canary = r->company.canaries->pdata[i];

      try_to_read (r, canary);
      try_to_make (r, canary);
      try_to_change (r, canary);
      try_to_delete (r, canary);
      if (canary->object != done)
        try_to_export (r, canary->object);
      done = canary->object;
    }
  for (guint i = 0; i < sat_catalogue_n_objects (catalogue); i++)
    if (sat_access_is_setting (sat_catalogue_object (catalogue, i)->name))
      try_setting (r, sat_catalogue_object (catalogue, i));
}

static void
test_roles (Roles *r, gconstpointer data)
{
  const SatField *role = world_field (r->company.li, "user", "role");
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };

  (void) data;
  /* A role that is added and not tried here would be missed. */
  g_assert_cmpuint (role->n_choices, ==, G_N_ELEMENTS (roles));
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const SatEdit edit = { .field = role, .value = roles[i].name };
      g_autoptr (GError) error = NULL;

      r->role = roles[i].name;
      r->kind = roles[i].kind;
      r->n_allowed = r->n_refused = 0;
      sat_workspace_edit_raw (r->company.li, role->object, &r->company.users[CANARY_MINE], NULL,
                              &edit, 1, &kind, &error);
      g_assert_no_error (error);
      run (r);
      g_test_message ("%s: %u allowed, %u refused", r->role, r->n_allowed, r->n_refused);
      g_assert_cmpuint (r->n_allowed, >, 20);
      g_assert_true (r->kind == ADMIN ? r->n_refused == 0 : r->n_refused > 10);
    }
}

static void
set_up (Roles *r, gconstpointer data)
{
  (void) data;
  company_set_up (&r->company);
  r->next = FIRST_VALUE;
  make_settings (r);
  world_sync_all (&r->company.world, r->company.all, 3);
  r->wrong = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
tear_down (Roles *r, gconstpointer data)
{
  g_autoptr (GList) wrong = g_list_sort (g_hash_table_get_keys (r->wrong), (GCompareFunc) strcmp);

  (void) data;
  for (GList *one = wrong; one != NULL; one = one->next)
    g_test_message ("%s", (const char *) one->data);
  g_assert_cmpuint (g_list_length (wrong), ==, 0);
  g_hash_table_unref (r->wrong);
  company_clear (&r->company);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/roles/built-in", Roles, NULL, set_up, test_roles, tear_down);
  return g_test_run ();
}
