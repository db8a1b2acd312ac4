/* SPDX-License-Identifier: GPL-3.0-or-later */
/* New replicas: the device's key and identity, what the founder writes, joining. */
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "config.h"
#include "core/base/sat-crash.h"
#include "core/base/sat-text.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-private.h"

void
sat_device_id_from_key (const guint8 public_key[SAT_KEY_PUBLIC_SIZE], SatId *out)
{
  static const char prefix[] = "satchel device";
  char name[sizeof prefix - 1 + SAT_KEY_PUBLIC_SIZE];

  memcpy (name, prefix, sizeof prefix - 1);
  memcpy (name + sizeof prefix - 1, public_key, SAT_KEY_PUBLIC_SIZE);
  sat_id_derive (NULL, name, sizeof name, out);
}

/* ---- the folder ---------------------------------------------------------------------------------
 */

static gboolean
write_identity (SatWorkspace *workspace, const char *hub, GError **error)
{
  SatReplica *replica = workspace->replica;
  char text[SAT_ID_TEXT_SIZE];

  if (!sat_replica_begin (replica, error))
    return FALSE;
  replica->me = sat_names_get_device (replica->names, &replica->device, error);
  if (replica->me == 0 || sat_names_get_book (replica->names, SAT_BOOK_KEY_COMPANY, error) == 0 ||
      !sat_db_exec (replica->db, "UPDATE book SET held = 1 WHERE key = 'company'", error) ||
      !sat_meta_set (replica, SAT_META_DEVICE, sat_id_format (&replica->device, text), error) ||
      !sat_meta_set (replica, SAT_META_HUB, hub, error) ||
      !sat_workspace_note_place (workspace, error))
    {
      sat_replica_rollback (replica);
      return FALSE;
    }
  return sat_replica_commit (replica, error);
}

SatWorkspace *
sat_workspace_create_with_seed (const char *home,
                                SatPlatform *platform,
                                const SatCatalogue *catalogue,
                                const char *hub,
                                const guint8 seed[SAT_KEY_SEED_SIZE],
                                GError **error)
{
  g_autoptr (SatWorkspace) workspace = NULL;
  g_autoptr (SatPlatform) machine = platform ? sat_platform_ref (platform)
                                             : sat_platform_new_system ();
  g_autoptr (SatCatalogue) objects = catalogue ? sat_catalogue_ref (catalogue)
                                               : sat_catalogue_default (error);
  g_autofree char *key = NULL;
  guint8 secret[crypto_sign_SECRETKEYBYTES];
  gboolean rederive;

  if (objects == NULL)
    return NULL;
  if (sat_workspace_exists (home))
    {
      sat_fail (error, SAT_ERROR_INVALID,
                N_ ("there is already a replica in %s; choose another folder"), home, NULL);
      return NULL;
    }
  if (g_mkdir_with_parents (home, 0700) != 0)
    {
      sat_fail (error, SAT_ERROR_FAILED, N_ ("cannot make the folder “%s”: %s"), home,
                g_strerror (errno), NULL);
      return NULL;
    }
  /* Before the database, so that a replica never lacks its key. */
  key = sat_key_file (home, NULL);
  if (!sat_key_write (key, seed, error))
    return NULL;
  workspace = g_new0 (SatWorkspace, 1);
  memcpy (workspace->seed, seed, SAT_KEY_SEED_SIZE);
  crypto_sign_seed_keypair (workspace->public_key, secret, seed);
  sodium_memzero (secret, sizeof secret);
  workspace->hub = g_strdup (hub ? hub : "");
  workspace->replica = sat_replica_open (home, TRUE, objects, machine, &rederive, error);
  if (workspace->replica == NULL)
    return NULL;
  sat_device_id_from_key (workspace->public_key, &workspace->replica->device);
  workspace->acting = workspace->replica->device;
  if (!write_identity (workspace, workspace->hub, error))
    return NULL;
  return g_steal_pointer (&workspace);
}

SatWorkspace *
sat_workspace_create (const char *home,
                      SatPlatform *platform,
                      const SatCatalogue *catalogue,
                      const char *hub,
                      GError **error)
{
  g_autoptr (SatPlatform) machine = platform ? sat_platform_ref (platform)
                                             : sat_platform_new_system ();
  guint8 seed[SAT_KEY_SEED_SIZE];
  SatWorkspace *workspace;

  sat_platform_random (machine, seed, sizeof seed);
  workspace = sat_workspace_create_with_seed (home, machine, catalogue, hub, seed, error);
  sodium_memzero (seed, sizeof seed);
  return workspace;
}

gboolean
sat_workspace_hold (SatWorkspace *workspace, const char *book, GError **error)
{
  SatReplica *replica = workspace->replica;
  gboolean mine;
  SatLocal *local = sat_workspace_write (workspace, &mine, error);
  gboolean ok;
  SatStmt *stmt;

  if (local == NULL)
    return FALSE;
  ok = sat_names_get_book (replica->names, book, error) != 0;
  stmt = ok ? sat_db_prepare (replica->db, "UPDATE book SET held = 1 WHERE key = ?1", error) : NULL;
  if (stmt != NULL)
    sat_stmt_bind_text (stmt, 1, book);
  ok = stmt != NULL && sat_stmt_run (stmt, error);
  return sat_workspace_written (workspace, local, mine, ok, error);
}

/* ---- records of book `company` ------------------------------------------------------------------
 */

typedef struct
{
  const char *field;
  const char *value; /* NULL: left out */
} Pair;

/* Writes a record of a company object with PAIRS; tags get one element a line. */
static gboolean
write_record (SatWorkspace *workspace,
              const char *object_name,
              const SatId *id,
              gboolean create,
              const Pair *pairs,
              guint n,
              GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, object_name, error);
  g_autoptr (GArray) edits = g_array_new (FALSE, FALSE, sizeof (SatEdit));
  g_autoptr (GPtrArray) splits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = create };

  if (object == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      SatEdit edit = { .field = sat_object_find (object, pairs[i].field), .value = pairs[i].value };

      if (edit.field == NULL || edit.value == NULL)
        continue;
      if (edit.field->policy != SAT_POLICY_UNION)
        {
          g_array_append_val (edits, edit);
          continue;
        }
      char **elements = sat_tags_split (edit.value);
      g_ptr_array_add (splits, elements);
      edit.value = NULL;
      for (guint k = 0; elements[k] != NULL; k++)
        {
          edit.element = elements[k];
          g_array_append_val (edits, edit);
        }
    }
  return sat_workspace_edit_raw (workspace, object, id, SAT_BOOK_KEY_COMPANY,
                                 (SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

/* Lower-case ASCII letters, digits and hyphens of NAME; "b" and hex digits of the name's hash when
 * nothing is left of it. */
static char *
book_key (const char *name)
{
  GString *key = g_string_new (NULL);

  for (const char *p = name; *p && key->len < 40; p++)
    {
      if (g_ascii_isalnum (*p))
        g_string_append_c (key, g_ascii_tolower (*p));
      else if (key->len > 0 && key->str[key->len - 1] != '-')
        g_string_append_c (key, '-');
    }
  while (key->len > 0 && key->str[key->len - 1] == '-')
    g_string_truncate (key, key->len - 1);
  if (key->len == 0 || strcmp (key->str, SAT_BOOK_KEY_COMPANY) == 0 ||
      strcmp (key->str, SAT_BOOK_KEY_ENROLMENT) == 0)
    {
      char text[SAT_ID_TEXT_SIZE];
      SatId id;

      sat_id_derive (NULL, name, strlen (name), &id);
      g_string_printf (key, "b%.8s", sat_id_format (&id, text));
    }
  return g_string_free (key, FALSE);
}

static char *tidy_name (const char *msgid, const char *name, GError **error);
static gboolean find_space (SatWorkspace *workspace, SatId *out, GError **error);

static gboolean
found_books (SatWorkspace *workspace, const SatId *space, const char *const *names, GError **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *key = book_key (names[i]);
      g_autofree char *seed = g_strconcat ("book:", key, NULL);
      Pair pairs[] = { { "name", names[i] }, { "key", key } };
      SatId id;

      for (guint k = 0; k < i; k++)
        {
          g_autofree char *other = book_key (names[k]);
          if (strcmp (other, key) == 0)
            return sat_fail (error, SAT_ERROR_INVALID,
                             N_ ("the books “%s” and “%s” are too alike; give them other names"),
                             names[k], names[i], NULL);
        }
      sat_id_derive (space, seed, strlen (seed), &id);
      if (!write_record (workspace, "book", &id, TRUE, pairs, G_N_ELEMENTS (pairs), error))
        return FALSE;
    }
  return TRUE;
}

/* Its id is derived from the key: made twice at once, it is one book. */
gboolean
sat_workspace_write_book (SatWorkspace *workspace,
                          const char *key,
                          const char *name,
                          const char *repository,
                          GError **error)
{
  g_autofree char *tidy = tidy_name (
      N_ ("“%s” cannot name a book; use up to 200 characters, no line break, < or >"), name, error);
  g_autofree char *seed = g_strconcat ("book:", key, NULL);
  Pair pairs[] = { { "name", tidy }, { "key", key }, { "repository", repository } };
  gsize n_pairs = repository ? 3 : 2;
  SatId space, id;

  if (tidy == NULL || !find_space (workspace, &space, error))
    return FALSE;
  sat_id_derive (&space, seed, strlen (seed), &id);
  return write_record (workspace, "book", &id, TRUE, pairs, n_pairs, error);
}

/* What serves as a code where nobody can say which short ones are taken. */
static char *
long_code (const SatId *device)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strdup (sat_id_format (device, text) + SAT_ID_TEXT_SIZE - 1 - 6);
}

/* Letters and digits that are not mistaken for one another; the first two that no device has. */
static char *
short_code (const SatId *device, GHashTable *taken)
{
  static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

  for (guint length = 2; length <= 3; length++)
    for (guint at = 0; at + length <= SAT_ID_SIZE; at++)
      {
        g_autofree char *code = g_new0 (char, length + 1);

        for (guint i = 0; i < length; i++)
          code[i] = alphabet[device->bytes[at + i] % 32];
        if (!g_hash_table_contains (taken, code))
          return g_steal_pointer (&code);
      }
  return long_code (device);
}

/* The short codes of all other devices known. */
static GHashTable *
taken_codes (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) devices = sat_workspace_devices (workspace, error);

  if (devices == NULL)
    return NULL;
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);
      if (device->code != NULL && !sat_id_equal (&device->id, &workspace->replica->device))
        g_hash_table_add (taken, g_strdup (device->code));
    }
  return g_steal_pointer (&taken);
}

static char *
key_text (const guint8 *public_key)
{
  /* The OpenSSH wire form: two length-prefixed strings. */
  guint8 blob[4 + 11 + 4 + SAT_KEY_PUBLIC_SIZE] = {
    0, 0, 0, 11, 's', 's', 'h', '-', 'e', 'd', '2', '5', '5', '1', '9', 0, 0, 0, SAT_KEY_PUBLIC_SIZE
  };
  g_autofree char *base64 = NULL;

  memcpy (blob + 19, public_key, SAT_KEY_PUBLIC_SIZE);
  base64 = g_base64_encode (blob, sizeof blob);
  return g_strconcat ("ssh-ed25519 ", base64, NULL);
}

static char *
code_to_begin_with (SatReplica *replica, GHashTable *taken)
{
  return sat_meta_get_int (replica, SAT_META_CODE_FRESH, SAT_CODE_SETTLED) == SAT_CODE_NONE
             ? long_code (&replica->device)
             : short_code (&replica->device, taken);
}

gboolean
sat_workspace_write_device (SatWorkspace *workspace,
                            const char *name,
                            const SatId *user,
                            const char *books,
                            const char *state,
                            GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GHashTable) taken = taken_codes (workspace, error);
  g_autofree char *code = taken ? code_to_begin_with (replica, taken) : NULL;
  g_autofree char *key = key_text (sat_workspace_public_key (workspace));
  g_autofree char *joined = sat_time_format (sat_platform_now_ms (replica->platform) / 1000 * 1000);
  char user_text[SAT_ID_TEXT_SIZE];
  Pair pairs[] = {
    { "name", name },   { "code", code },           { "user", sat_id_format (user, user_text) },
    { "key", key },     { "books", books },         { "joined", joined },
    { "state", state }, { "version", SAT_VERSION }, { "reported", joined }
  };

  if (taken == NULL)
    return FALSE;
  return write_record (workspace, "device", &replica->device, TRUE, pairs, G_N_ELEMENTS (pairs),
                       error);
}

static gboolean
remember_author (SatWorkspace *workspace, const char *login, const char *name, GError **error)
{
  g_autofree char *mail = g_strconcat (login, "@satchel.invalid", NULL);

  return sat_meta_set (workspace->replica, SAT_META_AUTHOR, name, error) &&
         sat_meta_set (workspace->replica, SAT_META_AUTHOR_MAIL, mail, error);
}

/* NAME as it can be a text field's value, newly allocated. MSGID is for one that cannot be taken,
 * with one place for it. */
static char *
tidy_name (const char *msgid, const char *name, GError **error)
{
  g_autofree char *tidy = name && g_utf8_validate (name, -1, NULL) ? sat_text_tidy (name) : NULL;

  if (tidy == NULL || tidy[0] == '\0' || g_utf8_strlen (tidy, -1) > 200 ||
      strpbrk (tidy, "\n\t\r<>") != NULL || !sat_text_is_clean (tidy, strlen (tidy)))
    {
      sat_fail (error, SAT_ERROR_INVALID, msgid, name ? name : "", NULL);
      return NULL;
    }
  return g_steal_pointer (&tidy);
}

static gboolean
found (SatWorkspace *workspace,
       const char *name,
       const char *currency,
       const char *const *books,
       GError **error)
{
  SatPlatform *platform = workspace->replica->platform;
  SatId space, admin;
  Pair workspace_pairs[] = { { "name", name }, { "currency", currency } };
  Pair admin_pairs[] = { { "name", "Administrator" }, { "login", "admin" }, { "role", "admin" } };

  sat_id_new (platform, &space);
  sat_id_derive (&space, "user:admin", strlen ("user:admin"), &admin);
  return remember_author (workspace, "admin", "Administrator", error) &&
         write_record (workspace, "workspace", &space, TRUE, workspace_pairs, 2, error) &&
         found_books (workspace, &space, books, error) &&
         write_record (workspace, "user", &admin, TRUE, admin_pairs, 3, error) &&
         sat_workspace_write_device (workspace, "founder", &admin, NULL, "retired", error);
}

gboolean
sat_workspace_found (SatWorkspace *workspace,
                     const char *name,
                     const char *currency,
                     const char *const *books,
                     GError **error)
{
  g_autofree char *tidy = tidy_name (
      N_ ("“%s” cannot name a workspace; use up to 200 characters, no line break, < or >"), name,
      error);
  g_autoptr (GPtrArray) tidy_books = g_ptr_array_new_with_free_func (g_free);

  if (tidy == NULL)
    return FALSE;
  for (guint i = 0; books[i] != NULL; i++)
    {
      char *book = tidy_name (
          N_ ("“%s” cannot name a book; use up to 200 characters, no line break, < or >"), books[i],
          error);
      if (book == NULL)
        return FALSE;
      g_ptr_array_add (tidy_books, book);
    }
  g_ptr_array_add (tidy_books, NULL);
  if (!sat_workspace_begin (workspace, error))
    return FALSE;
  if (!found (workspace, tidy, currency, (const char *const *) tidy_books->pdata, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  return sat_workspace_commit (workspace, error);
}

/* ---- joining ------------------------------------------------------------------------------------
 */

/* The workspace's one record. */
static gboolean
find_space (SatWorkspace *workspace, SatId *out, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "workspace", error);
  SatQuery query = { .object = object, .limit = 1 };
  g_autoptr (GArray) rows = NULL;
  g_autoptr (SatRecord) record = NULL;

  if (object == NULL)
    return FALSE;
  rows = sat_workspace_list_rows (workspace, &query, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0 && *sat_workspace_hub (workspace) == '\0')
    return sat_fail (error, SAT_ERROR_NOT_FOUND,
                     N_ ("the file does not hold all of the workspace; ask for a complete file, "
                         "written without --for and --since"),
                     NULL);
  if (rows->len == 0)
    return sat_fail (error, SAT_ERROR_NOT_FOUND,
                     N_ ("the hub holds no workspace; make one with “satchel hub init”"), NULL);
  record = sat_list_load_row (workspace->replica, object, g_array_index (rows, gint64, 0), error);
  if (record == NULL)
    return FALSE;
  *out = *sat_record_id (record);
  return TRUE;
}

/* The wishes that no book answers, joined by commas; NULL: none. */
static char *
unanswered (const char *const *wishes, GHashTable *answered)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; wishes != NULL && wishes[i] != NULL; i++)
    if (!g_hash_table_contains (answered, wishes[i]))
      g_string_append_printf (list, "%s%s", list->len ? ", " : "", wishes[i]);
  return list->len > 0 ? g_strdup (list->str) : NULL;
}

/* Holds the book of RECORD if it is wished for, by key or name. Where nothing was said, that is all
 * that is on the hub: a repository of its own is there because not everybody has that book. */
static gboolean
hold_wished (SatWorkspace *workspace,
             const SatRecord *record,
             const char *const *wishes,
             GPtrArray *held,
             GHashTable *answered,
             GError **error)
{
  const SatObject *object = sat_record_object (record);
  const char *key = sat_record_get (record, sat_object_find (object, "key"));
  const char *name = sat_record_get (record, object->title);
  const SatField *repository = sat_object_find (object, "repository");

  if (key == NULL || (wishes == NULL && repository && sat_record_get (record, repository)) ||
      (wishes != NULL && !g_strv_contains (wishes, key) &&
       (name == NULL || !g_strv_contains (wishes, name))))
    return TRUE;
  g_ptr_array_add (held, g_strdup (key));
  g_hash_table_add (answered, g_strdup (key));
  if (name != NULL)
    g_hash_table_add (answered, g_strdup (name));
  return sat_workspace_hold (workspace, key, error);
}

/* Holds the books wished for; *KEYS gets theirs, joined as tags. */
static gboolean
hold_books (SatWorkspace *workspace, const char *const *wishes, char **keys, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "book", error);
  SatQuery query = { .object = object, .limit = -1 };
  g_autoptr (GArray) rows = object ? sat_workspace_list_rows (workspace, &query, error) : NULL;
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) answered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *missing = NULL;

  if (rows == NULL)
    return FALSE;
  g_hash_table_add (answered, g_strdup (SAT_BOOK_KEY_COMPANY)); /* always held */
  for (guint i = 0; i < rows->len; i++)
    {
      g_autoptr (SatRecord) record = sat_list_load_row (workspace->replica, object,
                                                        g_array_index (rows, gint64, i), error);
      if (record == NULL || !hold_wished (workspace, record, wishes, held, answered, error))
        return FALSE;
    }
  missing = unanswered (wishes, answered);
  if (missing != NULL)
    return sat_fail (
        error, SAT_ERROR_NOT_FOUND,
        N_ ("the workspace does not have these books: %s; ask head office for their names"),
        missing, NULL);
  *keys = sat_tags_join ((const char *const *) held->pdata, held->len);
  return TRUE;
}

static gboolean
write_user (
    SatWorkspace *workspace, const SatId *id, const char *login, const char *name, GError **error)
{
  const SatObject *object = sat_workspace_object (workspace, "user", error);
  g_autofree char *invited = sat_workspace_admitted_as (workspace, &workspace->replica->device);
  Pair pairs[] = { { "name", name }, { "login", login }, { "role", invited ? invited : "sales" } };
  SatPresence presence;
  guint32 book;
  gint64 row;

  if (object == NULL ||
      !sat_list_locate (workspace->replica, sat_replica_table (workspace->replica, object), id,
                        &row, &book, &presence, error))
    return FALSE;
  return row != 0 || write_record (workspace, "user", id, TRUE, pairs, G_N_ELEMENTS (pairs), error);
}

static gboolean
join (SatWorkspace *workspace,
      const char *login,
      const char *full_name,
      const char *device_name,
      const char *const *books,
      GError **error)
{
  g_autofree char *seed = g_strconcat ("user:", login, NULL);
  g_autofree char *keys = NULL;
  char text[SAT_ID_TEXT_SIZE];
  SatId space, user;

  if (!find_space (workspace, &space, error) || !hold_books (workspace, books, &keys, error))
    return FALSE;
  sat_id_derive (&space, seed, strlen (seed), &user);
  if (*sat_workspace_hub (workspace) == '\0' &&
      !sat_meta_set_int (workspace->replica, SAT_META_CODE_FRESH, SAT_CODE_NONE, error))
    return FALSE;
  return remember_author (workspace, login, full_name, error) &&
         sat_meta_set (workspace->replica, SAT_META_WORKSPACE, sat_id_format (&space, text),
                       error) &&
         sat_meta_set (workspace->replica, SAT_META_USER, sat_id_format (&user, text), error) &&
         write_user (workspace, &user, login, full_name, error) &&
         sat_workspace_write_device (workspace, device_name, &user, keys, "live", error);
}

gboolean
sat_workspace_join (SatWorkspace *workspace,
                    const char *login,
                    const char *full_name,
                    const char *device_name,
                    const char *const *books,
                    GError **error)
{
  g_autofree char *user = tidy_name (
      N_ ("“%s” cannot be a login name; use up to 200 characters, no line break, < or >"), login,
      error);
  g_autofree char *person = NULL;
  g_autofree char *device = NULL;

  if (user == NULL)
    return FALSE;
  person = tidy_name (
      N_ ("“%s” cannot name a person; use up to 200 characters, no line break, < or >"),
      full_name ? full_name : user, error);
  if (person == NULL)
    return FALSE;
  device = tidy_name (
      N_ ("“%s” cannot name a device; use up to 200 characters, no line break, < or >"),
      device_name ? device_name : g_get_host_name (), error);
  if (device == NULL || !sat_workspace_begin (workspace, error))
    return FALSE;
  if (!join (workspace, user, person, device, books, error))
    {
      sat_workspace_rollback (workspace);
      return FALSE;
    }
  return sat_workspace_commit (workspace, error);
}

gboolean
sat_workspace_settle_code (SatWorkspace *workspace, gboolean *changed, GError **error)
{
  SatReplica *replica = workspace->replica;
  const SatObject *object = sat_workspace_object (workspace, "device", error);
  g_autoptr (GHashTable) taken = taken_codes (workspace, error);
  g_autoptr (SatRecord) record = NULL;
  g_autofree char *code = NULL;
  const SatField *field;

  *changed = FALSE;
  if (object == NULL || taken == NULL)
    return FALSE;
  record = sat_list_load (replica, object, &replica->device, error);
  if (record == NULL)
    return FALSE;
  field = sat_object_find (object, "code");
  if (field == NULL || sat_record_get (record, field) == NULL ||
      !g_hash_table_contains (taken, sat_record_get (record, field)))
    return TRUE;
  code = short_code (&replica->device, taken);
  *changed = TRUE;
  Pair pairs[] = { { "code", code } };
  return write_record (workspace, "device", &replica->device, FALSE, pairs, 1, error);
}

gboolean
sat_workspace_take_code (SatWorkspace *workspace, GError **error)
{
  const SatId *device = &workspace->replica->device;
  g_autoptr (GHashTable) taken = taken_codes (workspace, error);
  g_autofree char *code = taken ? short_code (device, taken) : NULL;
  Pair pairs[] = { { "code", code } };

  return code != NULL && write_record (workspace, "device", device, FALSE, pairs, 1, error);
}

char **
sat_workspace_books (SatWorkspace *workspace, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT key FROM book WHERE held ORDER BY key <> 'company', key", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    g_ptr_array_add (keys, g_strdup (sat_stmt_text (stmt, 0)));
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_ptr_array_add (keys, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
}
