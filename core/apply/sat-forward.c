/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-forward.h"

#include <string.h>

#include "core/apply/sat-absorb.h"
#include "core/apply/sat-graft.h"
#include "core/apply/sat-local-private.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"

struct _SatForward
{
  SatReplica *replica;
  GArray *entries; /* SatForwardEntry; NULL: not read yet */
  guint next;
  guint64 n_grafts;
};

/* One record, in one transaction. */
typedef struct
{
  SatForward *forward;
  SatLocal *local;
  const SatForwardEntry *entry;
  const GArray *books; /* numbers of the books held, by key */
  gboolean for_search;
  gboolean later; /* a graft waits */
  SatState *state;
} Record;

SatForward *
sat_forward_new (SatReplica *replica)
{
  SatForward *forward = g_new0 (SatForward, 1);

  forward->replica = replica;
  return forward;
}

SatForward *
sat_forward_new_for (SatReplica *replica, const GArray *entries)
{
  SatForward *forward = sat_forward_new (replica);

  forward->entries = g_array_copy ((GArray *) entries);
  return forward;
}

void
sat_forward_free (SatForward *forward)
{
  if (forward == NULL)
    return;
  g_clear_pointer (&forward->entries, g_array_unref);
  g_free (forward);
}

guint64
sat_forward_n_grafts (const SatForward *forward)
{
  return forward->n_grafts;
}

static GArray *
held_books (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT number FROM book WHERE held ORDER BY key",
                                  error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      guint32 book = (guint32) sat_stmt_int (stmt, 0);
      g_array_append_val (books, book);
    }
  return sat_stmt_finish (stmt, problem, error) ? g_steal_pointer (&books) : NULL;
}

/* The record as BOOK has it into record->state, all explicit. */
static gboolean
load (Record *record, guint32 book, gboolean *found, GError **error)
{
  SatReplica *replica = record->forward->replica;
  SatTable *table = sat_replica_table_of (replica, record->entry->object);
  SatRow row;

  if (!sat_row_load (replica, table, record->entry->object, &record->entry->id, book, NULL,
                     record->state, &row, found, error))
    return FALSE;
  if (*found)
    sat_row_touch_all (&row);
  sat_row_done (&row);
  return TRUE;
}

/* The record as FROM has it, with the vector that FROM has once what is open there is sealed. NULL
 * without error: it is not there. */
static SatGraft *
graft_of (Record *record, guint32 from, gboolean *open, GError **error)
{
  const SatVector *vector = sat_local_vector (record->local, from, error);
  SatGraft *graft;
  SatVector now;
  gboolean found;

  if (vector == NULL || !sat_local_is_open (record->local, from, open, error) ||
      !load (record, from, &found, error) || !found)
    return NULL;
  sat_vector_init (&now);
  sat_vector_copy (&now, vector);
  if (*open)
    {
      guint32 me = record->forward->replica->me;
      sat_vector_set (&now, me, sat_vector_get (&now, me) + 1);
    }
  graft = sat_graft_of_state (record->state, &now);
  sat_vector_clear (&now);
  return graft;
}

/* Does it speak of change-sets of TO that are not here? Receivers would drop what they have not got
 * yet. */
static gboolean
must_wait (const SatGraft *graft, guint32 to, const SatVector *vector)
{
  for (guint i = 0; i < graft->context->len; i++)
    {
      const SatDot *dot = &g_array_index (graft->context, SatDot, i);
      if (dot->book == to && dot->number > sat_vector_get (vector, dot->device))
        return TRUE;
    }
  return FALSE;
}

static SatEngine *
engine_for (Record *record, guint32 book, GError **error)
{
  SatOrigin origin = { .dot = { .book = book, .device = record->forward->replica->me } };

  origin.saw = sat_local_vector (record->local, book, error);
  if (origin.saw == NULL)
    return NULL;
  origin.dot.number = sat_vector_get (origin.saw, origin.dot.device) + 1;
  return sat_engine_new (record->forward->replica, &origin, record->for_search);
}

static gboolean
would_change (Record *record, guint32 to, const SatGraft *graft, gboolean *changes, GError **error)
{
  g_autoptr (SatEngine) engine = engine_for (record, to, error);

  return engine != NULL && sat_graft_changes (engine, graft, changes, error);
}

/* Grafts and writes never share a change-set, nor do two grafts of one record. */
static gboolean
make_room (Record *record, guint32 to, const SatGraft *graft, gboolean from_is_open, GError **error)
{
  const SatLocalGrafts *grafts = g_hash_table_lookup (record->local->grafts, GUINT_TO_POINTER (to));
  gboolean open = FALSE;

  if (grafts == NULL && !sat_log_has_open (record->forward->replica, to, &open, error))
    return FALSE;
  if (grafts != NULL)
    open = g_hash_table_contains (grafts->ids, &graft->id) ||
           grafts->bytes + sat_graft_size (graft) > SAT_CHANGE_SET_SEAL_BYTES ||
           grafts->n_contexts + graft->context->len > SAT_CHANGE_SET_MAX_CONTEXTS;
  return !(open || from_is_open) || sat_local_seal (record->local, 0, error);
}

static void
add_pending (Record *record, guint32 to, SatGraft *graft)
{
  SatLocalGrafts *grafts = g_hash_table_lookup (record->local->grafts, GUINT_TO_POINTER (to));

  if (grafts == NULL)
    {
      grafts = g_new0 (SatLocalGrafts, 1);
      grafts->grafts = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_graft_free);
      grafts->ids = g_hash_table_new (sat_id_hash, sat_id_equal);
      g_hash_table_insert (record->local->grafts, GUINT_TO_POINTER (to), grafts);
    }
  g_ptr_array_add (grafts->grafts, graft);
  g_hash_table_add (grafts->ids, &graft->id);
  grafts->bytes += sat_graft_size (graft);
  grafts->n_contexts += graft->context->len;
}

/* Carries the record from book FROM to book TO, if that changes anything there. */
static gboolean
carry (Record *record, guint32 from, guint32 to, GError **error)
{
  GError *problem = NULL;
  gboolean open = FALSE;
  gboolean changes = FALSE;
  g_autoptr (SatGraft) graft = graft_of (record, from, &open, &problem);
  g_autoptr (SatEngine) engine = NULL;
  const SatVector *vector;

  if (graft == NULL)
    {
      g_propagate_error (error, problem);
      return problem == NULL;
    }
  vector = sat_local_vector (record->local, to, error);
  if (vector == NULL)
    return FALSE;
  if (must_wait (graft, to, vector))
    {
      record->later = TRUE;
      return TRUE;
    }
  if (!would_change (record, to, graft, &changes, error))
    return FALSE;
  if (!changes || !sat_graft_fits (graft))
    return TRUE;
  if (!make_room (record, to, graft, open, error))
    return FALSE;
  engine = engine_for (record, to, error);
  if (engine == NULL || !sat_graft_join (engine, graft, error))
    return FALSE;
  add_pending (record, to, g_steal_pointer (&graft));
  record->forward->n_grafts++;
  return TRUE;
}

static void
add_links (SatNames *names, const SatState *state, GHashTable *links)
{
  guint count;
  guint at = sat_state_find (state, SAT_FIELD_HOME, NULL, &count);

  for (guint i = at; i < at + count; i++)
    {
      const char *home = sat_state_at (state, i)->value;
      if (home != NULL)
        g_hash_table_add (links, GUINT_TO_POINTER (sat_names_find_book (names, home)));
    }
  for (guint i = 0; i < state->context->len; i++)
    g_hash_table_add (links, GUINT_TO_POINTER (g_array_index (state->context, SatDot, i).book));
}

/* The books that the record names in BOOK's registers: its homes, and where it came from; and the
 * same of what it was absorbed into. NULL without error: there are none. */
static GHashTable *
links_of (Record *record, guint32 book, GError **error)
{
  SatReplica *replica = record->forward->replica;
  SatTable *table = sat_replica_table_of (replica, record->entry->object);
  g_autoptr (GHashTable) links = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) chain = NULL;

  add_links (replica->names, record->state, links);
  if (table->object == NULL || !sat_state_has_field (record->state, SAT_FIELD_INTO))
    return g_steal_pointer (&links);
  chain = sat_absorbed_chain (replica, table->name, book, &record->entry->id);
  for (guint i = 1; i < chain->len; i++)
    {
      GError *problem = NULL;
      g_autoptr (SatState) state = sat_absorb_load (
          replica, table, &g_array_index (chain, SatId, i), book, FALSE, &problem);

      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return NULL;
        }
      if (state != NULL)
        add_links (replica->names, state, links);
    }
  return g_steal_pointer (&links);
}

/* Here, but by what absorbed it: its own home is another book, which is told. */
static gboolean
is_guest (const Record *record, SatTable *table, guint32 book)
{
  SatReplica *replica = record->forward->replica;
  const SatSibling *home = sat_shown_sibling (replica, table, record->state, SAT_FIELD_HOME);

  return record->state->presence == SAT_ABSORBED &&
         (home == NULL || g_strcmp0 (home->value, sat_names_book (replica->names, book)) != 0);
}

/* At home in BOOK: at home in another one too? Then each is told. */
static gboolean
tell_twins (Record *record, guint32 book, GError **error)
{
  for (guint i = 0; i < record->books->len; i++)
    {
      guint32 other = g_array_index (record->books, guint32, i);
      gboolean found;

      if (other == book)
        continue;
      if (!load (record, other, &found, error))
        return FALSE;
      if (found && record->state->presence != SAT_AWAY &&
          (!carry (record, book, other, error) || !carry (record, other, book, error)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forward_from (Record *record, guint32 book, GError **error)
{
  g_autoptr (GHashTable) links = NULL;
  gboolean found;

  if (!load (record, book, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  if (record->state->presence != SAT_AWAY &&
      !is_guest (record, sat_replica_table_of (record->forward->replica, record->entry->object),
                 book))
    return tell_twins (record, book, error);
  links = links_of (record, book, error);
  if (links == NULL)
    return FALSE;
  for (guint i = 0; i < record->books->len; i++)
    {
      guint32 other = g_array_index (record->books, guint32, i);

      if (other != book && g_hash_table_contains (links, GUINT_TO_POINTER (other)) &&
          !carry (record, book, other, error))
        return FALSE;
    }
  return TRUE;
}

/* A record that waits stays on the list. */
static gboolean
list_again (Record *record, GError **error)
{
  SatReplica *replica = record->forward->replica;
  gboolean found;

  for (guint i = 0; i < record->books->len; i++)
    {
      if (!load (record, g_array_index (record->books, guint32, i), &found, error))
        return FALSE;
      if (found &&
          !sat_forward_list_add (replica, record->entry->object, record->state->row, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
forward_record (Record *record, GError **error)
{
  if (!sat_forward_list_take (record->forward->replica, record->entry, error))
    return FALSE;
  record->later = FALSE;
  for (guint i = 0; i < record->books->len; i++)
    if (!forward_from (record, g_array_index (record->books, guint32, i), error))
      return FALSE;
  return !record->later || list_again (record, error);
}

/* Adds ENTRY to what is left to do, which is in order, unless it is there or was passed. */
static void
add_entry (SatForward *forward, const SatForwardEntry *entry)
{
  GArray *entries = forward->entries;
  guint at = forward->next;

  if (sat_id_compare (&g_array_index (entries, SatForwardEntry, at - 1).id, &entry->id) >= 0)
    return;
  while (at < entries->len &&
         sat_id_compare (&g_array_index (entries, SatForwardEntry, at).id, &entry->id) < 0)
    at++;
  if (at == entries->len ||
      !sat_id_equal (&g_array_index (entries, SatForwardEntry, at).id, &entry->id))
    g_array_insert_vals (entries, at, entry, 1);
}

/* What was absorbed into a record goes where that goes, in the same run. */
static gboolean
add_group (const Record *record, GError **error)
{
  SatReplica *replica = record->forward->replica;
  SatForwardEntry entry = *record->entry;
  const SatId id = entry.id;

  for (guint i = 0; i < record->books->len && sat_absorbed_any (replica); i++)
    {
      g_autoptr (GArray) ids = sat_absorbed_group (
          replica, entry.object, g_array_index (record->books, guint32, i), &id, error);

      for (guint k = 0; ids != NULL && k < ids->len; k++)
        {
          entry.id = g_array_index (ids, SatId, k);
          add_entry (record->forward, &entry);
        }
      if (ids == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (SatForward *forward, SatLocal *local, gint64 deadline, gboolean for_search, GError **error)
{
  g_autoptr (GArray) books = held_books (forward->replica, error);
  g_autoptr (SatState) state = sat_state_new ();
  Record record = { forward, local, NULL, books, for_search, FALSE, state };

  while (books != NULL && forward->next < forward->entries->len)
    {
      SatForwardEntry entry = g_array_index (forward->entries, SatForwardEntry, forward->next++);

      record.entry = &entry;
      if (!forward_record (&record, error) || !add_group (&record, error))
        return FALSE;
      if (deadline != 0 && g_get_monotonic_time () >= deadline)
        break;
    }
  return books != NULL &&
         (g_hash_table_size (local->grafts) == 0 || sat_local_seal (local, 0, error));
}

gboolean
sat_forward_run (SatForward *forward,
                 SatLocal *local,
                 gint64 deadline,
                 gboolean for_search,
                 gboolean *more,
                 GError **error)
{
  gboolean unfinished;

  *more = FALSE;
  if (!sat_log_is_unfinished (forward->replica, &unfinished, error))
    return FALSE;
  if (unfinished)
    return TRUE;
  if (forward->entries == NULL)
    forward->entries = sat_forward_list (forward->replica, error);
  if (forward->entries == NULL)
    return FALSE;
  if (!run (forward, local, deadline, for_search, error))
    {
      local->broken = TRUE;
      return FALSE;
    }
  *more = forward->next < forward->entries->len;
  return TRUE;
}
