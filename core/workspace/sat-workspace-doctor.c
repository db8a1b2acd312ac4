/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at everything the replica can be wrong in. Each check says in a word what it looked at,
 * and in a sentence what it found. */
#include <string.h>

#include "core/apply/sat-history.h"
#include "core/apply/sat-rederive.h"
#include "core/query/sat-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search.h"
#include "core/workspace/sat-workspace-devices.h"
#include "core/workspace/sat-workspace-enrol.h"
#include "core/workspace/sat-workspace-private.h"
#include "core/workspace/sat-workspace-revoke.h"
#include "core/workspace/sat-workspace-shape.h"

void
sat_check_free (SatCheck *check)
{
  if (check == NULL)
    return;
  g_free (check->detail_msgid);
  g_strfreev (check->detail_args);
  g_free (check);
}

static void
add_words (
    GPtrArray *out, const char *name, gboolean ok, const char *msgid, const char *const *args)
{
  SatCheck *check = g_new0 (SatCheck, 1);

  check->name = name;
  check->ok = ok;
  check->detail_msgid = g_strdup (msgid);
  check->detail_args = g_strdupv ((char **) args);
  g_ptr_array_add (out, check);
}

static void
add (GPtrArray *out,
     const char *name,
     gboolean ok,
     const char *msgid,
     const char *first,
     const char *second)
{
  const char *args[] = { first, second, NULL };

  add_words (out, name, ok, msgid, args);
}

static char *
number_text (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

static void
check_key (SatWorkspace *workspace, GPtrArray *out)
{
  g_autoptr (GError) problem = NULL;

  if (sat_workspace_check_key (workspace, &problem))
    add (out, "key", TRUE, NULL, NULL, NULL);
  else
    add_words (out, "key", FALSE, sat_error_msgid (problem), sat_error_args (problem));
}

/* A copy is nothing wrong; but what it is to send for the device it was needs that device's key. */
static gboolean
check_copy (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autofree char *former = NULL;
  g_autofree char *time = NULL;
  g_autofree char *waiting = NULL;
  g_autoptr (GArray) formers = sat_workspace_formers (workspace, error);
  gint64 unsent;
  gboolean ok = TRUE;

  if (formers == NULL || !sat_workspace_describe_copy (workspace, &former, &time, &unsent, error))
    return FALSE;
  for (guint i = 0; i < formers->len; i++)
    {
      guint8 seed[SAT_KEY_SEED_SIZE];
      guint8 public_key[SAT_KEY_PUBLIC_SIZE];

      ok = ok && sat_key_find (workspace->replica->home, &g_array_index (formers, SatId, i), seed,
                               public_key, NULL);
      memset (seed, 0, sizeof seed);
    }
  waiting = number_text ((guint64) unsent);
  if (!ok)
    add (out, "copy", FALSE,
         N_ ("%s change-sets of device %s, which this replica was before, cannot be sent: its key "
             "is not here; restore the file"),
         waiting, former);
  else if (former != NULL)
    add (out, "copy", TRUE,
         N_ ("this replica is a copy of device %s and goes on as a device of its own since %s"),
         former, time);
  else
    add (out, "copy", TRUE, NULL, NULL, NULL);
  return TRUE;
}

static gboolean
check_schema (SatReplica *replica, GPtrArray *out, GError **error)
{
  g_autofree char *text = NULL;
  int version;

  if (!sat_schema_version (replica->db, &version, error))
    return FALSE;
  text = number_text ((guint64) version);
  add (out, "schema", TRUE, N_ ("version %s"), text, NULL);
  return TRUE;
}

/* The first complaint of SQLite's own check, or NULL. */
static gboolean
check_database (SatReplica *replica, GPtrArray *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, "PRAGMA integrity_check(1)", error);
  g_autofree char *said = NULL;
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  if (sat_stmt_step (stmt, &problem))
    said = g_strdup (sat_stmt_text (stmt, 0));
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      said = g_strdup (problem->message);
      g_error_free (problem);
    }
  if (g_strcmp0 (said, "ok") == 0)
    add (out, "database", TRUE, NULL, NULL, NULL);
  else
    add (out, "database", FALSE,
         N_ ("the file is damaged: %s; join again in a new folder, and keep this one until you "
             "have"),
         said ? said : "?", NULL);
  return TRUE;
}

static gboolean
check_registers (SatReplica *replica, gboolean repair, GPtrArray *out, GError **error)
{
  g_autofree char *total = NULL;
  g_autofree char *bad = NULL;
  guint64 records, wrong;

  if (!sat_rederive_check (replica, &records, &wrong, error))
    return FALSE;
  if (wrong > 0 && repair)
    {
      guint64 before = wrong;

      if (!sat_rederive_all (replica, error) ||
          !sat_rederive_check (replica, &records, &wrong, error))
        return FALSE;
      bad = number_text (wrong ? wrong : before);
      add (out, "registers", wrong == 0,
           wrong == 0 ? N_ ("%s records were not as their registers say; repaired")
                      : N_ ("%s records are not as their registers say, and could not be repaired"),
           bad, NULL);
      return TRUE;
    }
  total = number_text (records);
  bad = number_text (wrong);
  add (out, "registers", wrong == 0,
       wrong == 0 ? N_ ("%s records")
                  : N_ ("of %s records, %s are not as their registers say; run “satchel "
                        "doctor --repair”"),
       total, wrong == 0 ? NULL : bad);
  return TRUE;
}

static gboolean
check_history (SatReplica *replica, GPtrArray *out, GError **error)
{
  g_autofree char *total = NULL;
  g_autofree char *missing = NULL;
  guint64 entries, lost;

  if (!sat_history_check (replica, &entries, &lost, error))
    return FALSE;
  total = number_text (entries);
  missing = number_text (lost);
  add (out, "history", lost == 0,
       lost == 0 ? N_ ("%s replaced values")
                 : N_ ("of %s replaced values, %s are in no record's history; join again in a new "
                       "folder, and keep this one until you have"),
       total, lost == 0 ? NULL : missing);
  return TRUE;
}

/* Looking for a record by its title takes a millisecond among a hundred thousand: of more than
 * these every second, third ... one is looked for, over the whole table. */
#define LOOKED_FOR 4000

/* How many shown records of TABLE are not found by their own titles, though they do not wait to be
 * indexed. */
static gboolean
count_strays (
    SatReplica *replica, const SatTable *table, GHashTable *waiting, gint64 *strays, GError **error)
{
  g_autofree char *title = sat_schema_column (table->object->title, 0);
  g_autofree char *last = g_strdup_printf ("SELECT max (row) FROM %s", table->table);
  g_autofree char *sql = g_strdup_printf ("SELECT row, %s FROM %s WHERE +hidden = 0 AND %s IS NOT"
                                          " NULL AND row %% ?1 = 0",
                                          title, table->table, title);
  SatStmt *stmt;
  GError *problem = NULL;
  gint64 rows;

  if (!sat_db_get_int (replica->db, last, 0, &rows, error))
    return FALSE;
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, 1 + rows / LOOKED_FOR);
  while (problem == NULL && sat_stmt_step (stmt, &problem))
    {
      gint64 key = sat_search_key (table->name, sat_stmt_int (stmt, 0));
      gboolean found = TRUE;

      if (!g_hash_table_contains (waiting, &key) &&
          sat_search_holds (replica, key, sat_stmt_text (stmt, 1), &found, &problem))
        *strays += !found;
    }
  return sat_stmt_finish (stmt, problem, error);
}

/* A list of what is to be indexed that cannot be read gives way to indexing everything. */
static gboolean
index_waiting (SatWorkspace *workspace, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean more = TRUE;

  while (more && sat_workspace_index_step (workspace, 0, &more, &problem))
    ;
  if (g_error_matches (problem, SAT_ERROR, SAT_ERROR_DAMAGED))
    return sat_rederive_all (workspace->replica, error);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
check_search (SatWorkspace *workspace, gboolean repair, GPtrArray *out, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GHashTable) waiting = NULL;
  gint64 strays = 0;
  g_autofree char *text = NULL;

  if (repair && !index_waiting (workspace, error))
    return FALSE;
  waiting = sat_search_waiting (replica, error);
  if (waiting == NULL)
    return FALSE;
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);

      if (sat_search_is_searched (table->object->title) &&
          !count_strays (replica, table, waiting, &strays, error))
        return FALSE;
    }
  if (strays > 0 && repair)
    {
      if (!sat_rederive_all (replica, error))
        return FALSE;
      strays = 0;
    }
  text = number_text (strays ? (guint64) strays : g_hash_table_size (waiting));
  if (strays > 0)
    add (out, "search", FALSE,
         N_ ("%s records cannot be found by searching; run “satchel doctor --repair”"), text, NULL);
  else
    add (out, "search", TRUE,
         g_hash_table_size (waiting) ? N_ ("%s records wait to be indexed; the next sync does that")
                                     : NULL,
         g_hash_table_size (waiting) ? text : NULL, NULL);
  return TRUE;
}

/* References that name nothing here: said, but nothing wrong, since what they name may be in a book
 * that is not held or has not arrived (no order runs between books). */
static gboolean
check_references (SatReplica *replica, GPtrArray *out, GError **error)
{
  gint64 dangling = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (replica->tables, i);
      for (guint k = 0; k < table->object->n_fields; k++)
        {
          const SatField *field = table->object->fields[k];
          const SatObject *target = field->reference
                                        ? sat_catalogue_find (replica->catalogue, field->reference)
                                        : NULL;
          g_autofree char *column = NULL;
          g_autofree char *other = NULL;
          g_autofree char *sql = NULL;
          gint64 n = 0;

          if (target == NULL)
            continue;
          column = sat_schema_column (field, 0);
          other = sat_schema_table (target);
          sql = g_strdup_printf (
              "SELECT count(*) FROM %s x WHERE +x.hidden = 0 AND x.%s IS NOT NULL AND NOT"
              " EXISTS (SELECT 1 FROM %s t WHERE t.uuid = x.%s)",
              table->table, column, other, column);
          if (!sat_db_get_int (replica->db, sql, 0, &n, error))
            return FALSE;
          dangling += n;
        }
    }
  text = number_text ((guint64) dangling);
  add (out, "references", TRUE,
       dangling ? N_ ("%s references name records that are not on this laptop; they may be in a "
                      "book that is "
                      "not held here")
                : NULL,
       dangling ? text : NULL, NULL);
  return TRUE;
}

/* Our own sealed change-sets are numbered 1, 2, 3 ... up to the vector. */
static gboolean
check_numbers (SatReplica *replica, GPtrArray *out, GError **error)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM vector v WHERE v.device = %u AND v.number <>"
      " (SELECT count(*) FROM sealed s WHERE s.book = v.book AND s.device = v.device"
      " AND s.number BETWEEN 1 AND v.number)",
      replica->me);
  gint64 wrong = 0;

  if (!sat_db_get_int (replica->db, sql, 0, &wrong, error))
    return FALSE;
  add (out, "numbers", wrong == 0,
       wrong ? N_ ("the numbers of this device's own change-sets have a gap; join again in a new "
                   "folder")
             : NULL,
       NULL, NULL);
  return TRUE;
}

static gboolean
check_quarantine (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) list = sat_workspace_quarantine (workspace, error);

  if (list == NULL)
    return FALSE;
  if (list->len == 0)
    add (out, "quarantine", TRUE, NULL, NULL, NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const SatQuarantined *entry = g_ptr_array_index (list, i);
      char id[SAT_ID_TEXT_SIZE];
      g_autofree char *number = number_text (entry->number);
      g_autofree char *which = g_strconcat (entry->book, ":", sat_id_format (&entry->device, id),
                                            ":", number, NULL);

      /* The reason is an entry of its own, so that it can be translated. */
      add (out, "quarantine", FALSE,
           entry->newer ? N_ ("change-set %s waits for an update of Satchel")
                        : N_ ("change-set %s is refused; its device's later changes wait"),
           which, NULL);
      add_words (out, "quarantine", FALSE, entry->msgid, (const char *const *) entry->args);
    }
  return TRUE;
}

/* One that is revoked is nothing wrong, but here. */
static gboolean
check_revoked (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) all = sat_workspace_cut_offs (workspace, error);
  const SatObject *object = sat_catalogue_find (workspace->replica->catalogue, "device");

  if (all == NULL)
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    {
      const SatCutOff *entry = g_ptr_array_index (all, i);
      gboolean own = sat_id_equal (&entry->device, &workspace->replica->device);
      g_autofree char *title = object ? sat_list_title (workspace->replica, object, &entry->device)
                                      : NULL;
      g_autofree char *cut = number_text (entry->cut);
      g_autofree char *vouched = number_text (MAX (entry->taken, entry->cut) - entry->cut);
      g_autofree char *rest = number_text (entry->there - MIN (entry->there, entry->taken));
      const char *args[] = { title ? title : "?", entry->book, cut, vouched, rest, NULL };

      if (own)
        add (out, "revoked", FALSE,
             N_ ("this laptop was revoked in book “%s” after change-set %s: what was changed here "
                 "since does not reach the others; export it, and ask an administrator"),
             entry->book, cut);
      else
        add_words (out, "revoked", TRUE,
                   N_ ("device %s was revoked in book “%s” after change-set %s; of later ones %s "
                       "count, since others had built on them, and %s do not"),
                   args);
    }
  if (all->len == 0)
    add (out, "revoked", TRUE, NULL, NULL, NULL);
  return TRUE;
}

/* Those that took it up and that no administrator has looked at. */
static guint
count_unclear (SatWorkspace *workspace, const SatInvitation *invitation)
{
  guint n = 0;

  for (guint i = 0; i < invitation->devices->len; i++)
    {
      const SatId *device = &g_array_index (invitation->devices, SatId, i);
      g_auto (GStrv) revoked = sat_workspace_revoked_in (workspace, device);

      n += revoked == NULL && !sat_workspace_was_admitted (workspace, device);
    }
  return n;
}

static void
check_invitation (SatWorkspace *workspace, const SatInvitation *invitation, GPtrArray *out)
{
  guint n = count_unclear (workspace, invitation);
  g_autofree char *count = number_text (n);

  if (invitation->withdrawn && n > 0)
    add (out, "admitted", FALSE,
         N_ ("the invitation of “%s” was withdrawn and taken up all the same, laptops: %s; revoke "
             "what should not be in (“satchel hub revoke”) or confirm it (“satchel hub admit”)"),
         invitation->login, count);
  else if (n > 1)
    add (out, "admitted", FALSE,
         N_ ("the invitation of “%s” was taken up by %s laptops, and was meant for one; revoke "
             "the false one (“satchel hub revoke”) or confirm the others (“satchel hub "
             "admit”)"),
         invitation->login, count);
}

/* What waits until an administrator lets somebody in, or decides not to. */
static gboolean
check_admitted (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) strangers = sat_workspace_strangers (workspace, error);
  g_autoptr (GPtrArray) invitations = strangers ? sat_workspace_invitations (workspace, error)
                                                : NULL;
  const SatId *own = &workspace->replica->device;
  g_autofree char *role = sat_workspace_admitted_as (workspace, own);
  guint before = out->len;
  char id[SAT_ID_TEXT_SIZE];

  if (invitations == NULL)
    return FALSE;
  if (!sat_workspace_is_closed (workspace, NULL))
    return TRUE;
  if (role == NULL)
    add (out, "admitted", FALSE,
         N_ ("this laptop is a copy or was restored, and is not let in yet: what is changed here "
             "reaches the others when an administrator runs “satchel hub admit %s”"),
         sat_id_format (own, id), NULL);
  for (guint i = 0; i < strangers->len; i++)
    {
      const SatStranger *stranger = g_ptr_array_index (strangers, i);
      g_autofree char *books = g_strjoinv (", ", stranger->books);

      add (out, "admitted", FALSE,
           N_ ("what device %s has written (books: %s) waits until an administrator admits it: "
               "“satchel hub admit”, once it is clear whose it is"),
           sat_id_format (&stranger->device, id), books);
    }
  for (guint i = 0; i < invitations->len; i++)
    check_invitation (workspace, g_ptr_array_index (invitations, i), out);
  if (out->len == before)
    add (out, "admitted", TRUE, NULL, NULL, NULL);
  return TRUE;
}

/* Devices whose stamps are further ahead than clocks may drag one another. */
static gboolean
check_clock (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) devices = sat_workspace_devices (workspace, error);
  gint64 now = sat_platform_now_ms (replica->platform);
  gboolean clean = TRUE;

  if (devices == NULL)
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      const SatDevice *device = g_ptr_array_index (devices, i);
      g_autofree char *time = NULL;

      if (device->last_seen_ms <= now + replica->drag_bound_ms)
        continue;
      clean = FALSE;
      time = sat_time_format (device->last_seen_ms);
      add (out, "clock", FALSE,
           N_ ("device %s stamps its changes %s: set its clock right (or this one's); nothing is "
               "lost by it"),
           device->name ? device->name : "?", time);
    }
  if (clean)
    add (out, "clock", TRUE, NULL, NULL, NULL);
  return TRUE;
}

static gboolean
check_records (SatReplica *replica, GPtrArray *out, GError **error)
{
  gint64 unknown = 0;
  g_autofree char *text = NULL;

  if (!sat_db_get_int (replica->db, "SELECT count(*) FROM o__unknown", 0, &unknown, error))
    return FALSE;
  text = number_text ((guint64) unknown);
  add (out, "catalogue", TRUE,
       unknown ? N_ ("%s records of objects that this version does not know are kept for later")
               : NULL,
       unknown ? text : NULL, NULL);
  return TRUE;
}

/* Definitions of the company that are wrong in themselves; what they say is left out. */
static gboolean
check_definitions (SatWorkspace *workspace, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) problems = sat_workspace_shape_problems (workspace, error);
  const GError *first;

  if (problems == NULL)
    return FALSE;
  first = problems->len > 0 ? g_ptr_array_index (problems, 0) : NULL;
  add_words (out, "definitions", first == NULL, first ? sat_error_msgid (first) : NULL,
             first ? sat_error_args (first) : NULL);
  return TRUE;
}

GPtrArray *
sat_workspace_doctor (SatWorkspace *workspace, gboolean repair, GError **error)
{
  SatReplica *replica = workspace->replica;
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_check_free);

  if (!check_database (replica, out, error) || !check_schema (replica, out, error) ||
      !check_copy (workspace, out, error) || !check_registers (replica, repair, out, error) ||
      !check_history (replica, out, error) || !check_search (workspace, repair, out, error) ||
      !check_references (replica, out, error) || !check_numbers (replica, out, error) ||
      !check_records (replica, out, error) || !check_quarantine (workspace, out, error) ||
      !check_revoked (workspace, out, error) || !check_admitted (workspace, out, error) ||
      !check_clock (workspace, out, error) || !check_definitions (workspace, out, error))
    return NULL;
  check_key (workspace, out);
  return g_steal_pointer (&out);
}
