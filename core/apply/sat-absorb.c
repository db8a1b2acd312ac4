/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/apply/sat-absorb.h"

#include <string.h>

#include "core/apply/sat-engine.h"
#include "core/apply/sat-visibility.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-forward-list.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search-notes.h"
#include "core/store/sat-search.h"

gboolean
sat_absorb_is_named (SatReplica *replica, const SatState *state)
{
  SatStmt *stmt;
  gboolean named;

  if (!sat_absorbed_any (replica))
    return FALSE;
  stmt = sat_db_prepare (replica->db, "SELECT 1 FROM absorbed WHERE target = ?1 AND object = ?2",
                         NULL);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, &state->id);
  sat_stmt_bind_int (stmt, 2, state->object);
  named = sat_stmt_step (stmt, NULL);
  sat_stmt_reset (stmt);
  return named;
}

/* ---- reading ------------------------------------------------------------------------------------
 */

/* By a statement of its own: the caller may stand on another row of the table. */
static gboolean
load_row (SatReplica *replica,
          SatTable *table,
          const SatId *id,
          guint32 book,
          SatState *state,
          SatRow *row,
          gboolean *found,
          GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, table->select_record, error);
  GError *problem = NULL;

  *found = FALSE;
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  sat_stmt_bind_int (stmt, 2, book);
  *found = sat_stmt_step (stmt, &problem);
  if (*found)
    return sat_row_read (replica, table, stmt, state, row, error);
  return sat_stmt_finish (stmt, problem, error);
}

SatState *
sat_absorb_load (SatReplica *replica,
                 SatTable *table,
                 const SatId *id,
                 guint32 book,
                 gboolean united,
                 GError **error)
{
  g_autoptr (SatState) state = sat_state_new ();
  gboolean found;
  SatRow row;

  if (!load_row (replica, table, id, book, state, &row, &found, error) || !found)
    return NULL;
  sat_row_touch_all (&row);
  sat_row_done (&row);
  if (united && !sat_absorb_unite (replica, table, state, error))
    return NULL;
  return g_steal_pointer (&state);
}

static const char *
keep_text (SatState *state, const char *text)
{
  return text ? g_string_chunk_insert (state->strings, text) : NULL;
}

/* The siblings of OTHER before those of STATE, or behind them. */
static void
add_siblings (SatState *state, const SatState *other, gboolean before)
{
  for (guint n = 0; n < other->siblings->len; n++)
    {
      /* In front the last one goes first. */
      SatSibling sibling = *sat_state_at (other, before ? other->siblings->len - 1 - n : n);
      guint count;
      guint at;

      if (sibling.field == SAT_FIELD_HOME || sibling.field == SAT_FIELD_INTO ||
          sibling.field == SAT_FIELD_ERASED)
        continue;
      sibling.in_column = FALSE;
      sibling.element = keep_text (state, sibling.element);
      sibling.value = keep_text (state, sibling.value);
      at = sat_state_find (state, sibling.field, sibling.element, &count);
      sat_state_insert (state, before ? at : at + count, &sibling);
    }
}

static gboolean
add_member (SatReplica *replica, SatTable *table, SatState *state, const SatId *id, GError **error)
{
  int order = sat_id_compare (id, &state->id);
  GError *problem = NULL;
  g_autoptr (SatState) other = order != 0 ? sat_absorb_load (replica, table, id, state->book, FALSE,
                                                             &problem)
                                          : NULL;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (other != NULL)
    add_siblings (state, other, order < 0);
  return TRUE;
}

gboolean
sat_absorb_unite (SatReplica *replica, SatTable *table, SatState *state, GError **error)
{
  g_autoptr (GArray) ids = NULL;
  guint own = 0;

  if (!state->listed)
    return TRUE;
  ids = sat_absorbed_group (replica, state->object, state->book, &state->id, error);
  if (ids == NULL)
    return FALSE;
  while (own < ids->len && !sat_id_equal (&g_array_index (ids, SatId, own), &state->id))
    own++;
  for (guint i = own; i > 0; i--)
    if (!add_member (replica, table, state, &g_array_index (ids, SatId, i - 1), error))
      return FALSE;
  for (guint i = own + 1; i < ids->len; i++)
    if (!add_member (replica, table, state, &g_array_index (ids, SatId, i), error))
      return FALSE;
  return TRUE;
}

/* ---- what is shown ------------------------------------------------------------------------------
 */

const char *
sat_absorb_reference (SatReplica *replica,
                      const SatField *field,
                      const SatState *state,
                      const char *value,
                      char text[SAT_ID_TEXT_SIZE])
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, field->reference);
  guint32 name = object ? sat_replica_table (replica, object)->name : 0;
  SatId id, root;

  if (!sat_id_parse (value, &id))
    return value;
  sat_absorbed_root (replica, name, state->book, &id, &root);
  if (sat_id_equal (&root, &id))
    sat_absorbed_root (replica, name, 0, &id, &root);
  if (sat_id_equal (&root, &id))
    return value;
  return sat_id_equal (&root, &state->id) ? NULL : sat_id_format (&root, text);
}

char *
sat_absorb_column (SatReplica *replica, SatTable *table, const SatState *state, guint index)
{
  const SatField *field = table->object->fields[index];
  const SatSibling *shown;
  char text[SAT_ID_TEXT_SIZE];
  const char *value;

  if (field->policy == SAT_POLICY_UNION)
    return sat_state_elements (state, table->fields[index]);
  shown = sat_shown_sibling (replica, table, state, table->fields[index]);
  value = shown ? shown->value : NULL;
  if (value == NULL || !field->type->canonical (value, strlen (value)))
    return NULL;
  if (field->type->id == SAT_TYPE_REFERENCE && sat_absorbed_any (replica))
    value = sat_absorb_reference (replica, field, state, value, text);
  return g_strdup (value);
}

/* Of a root, or of a record in no group; STATE is united. */
static SatPresence
own_presence (SatReplica *replica, SatTable *table, const SatState *state)
{
  const SatSibling *home = sat_shown_sibling (replica, table, state, SAT_FIELD_HOME);
  const SatSibling *life = sat_shown_sibling (replica, table, state, SAT_FIELD_LIFE);

  if (home == NULL || g_strcmp0 (home->value, sat_names_book (replica->names, state->book)) != 0)
    return SAT_AWAY;
  return life && strcmp (life->value, SAT_LIFE_LIVE_TEXT) == 0 ? SAT_PRESENT : SAT_DEAD;
}

gboolean
sat_absorb_presence (SatReplica *replica,
                     SatTable *table,
                     const SatState *state,
                     SatPresence *presence,
                     GError **error)
{
  g_autoptr (SatState) other = NULL;
  GError *problem = NULL;
  SatId root = state->id;

  if (sat_absorbed_any (replica))
    sat_absorbed_root (replica, state->object, state->book, &state->id, &root);
  if (sat_id_equal (&root, &state->id))
    {
      *presence = own_presence (replica, table, state);
      return TRUE;
    }
  other = sat_absorb_load (replica, table, &root, state->book, FALSE, &problem);
  *presence = other != NULL && own_presence (replica, table, other) != SAT_AWAY ? SAT_ABSORBED
                                                                                : SAT_AWAY;
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

/* ---- bringing a record of a group up to date ----------------------------------------------------
 */

typedef struct
{
  SatReplica *replica;
  SatTable *table;
  guint32 book;
  gboolean later;
  SatState *state;  /* of the record under way, to be saved */
  SatState *united; /* the same with its group */
  char **before;    /* what its columns held */
  char **after;
} Settler;

/* Which sibling is the one in the column, where the columns are the record's own. */
static void
mark_columns (Settler *settler)
{
  SatState *state = settler->state;

  for (guint i = 0; i < state->siblings->len; i++)
    sat_state_at (state, i)->in_column = FALSE;
  for (guint i = 0; !state->listed && i < settler->table->object->n_fields; i++)
    {
      const SatSibling *shown = sat_shown_sibling (settler->replica, settler->table, state,
                                                   settler->table->fields[i]);

      if (shown != NULL && shown->element == NULL && shown->value != NULL &&
          g_strcmp0 (shown->value, settler->after[i]) == 0)
        ((SatSibling *) shown)->in_column = TRUE;
    }
}

static gboolean
save_columns (Settler *settler, GError **error)
{
  const SatObject *object = settler->table->object;
  g_autoptr (GArray) changes = g_array_new (FALSE, FALSE, sizeof (SatColumnChange));
  const SatState *state = settler->state;

  for (guint i = 0; i < object->n_fields; i++)
    {
      SatColumnChange change = { object->fields[i], settler->after[i] };

      if (g_strcmp0 (settler->before[i], settler->after[i]) == 0)
        continue;
      g_array_append_val (changes, change);
      if (sat_search_is_searched (change.field))
        sat_search_note (settler->replica, settler->later, state->object, state->row,
                         settler->table->fields[i], settler->before[i]);
    }
  return sat_row_save (settler->replica, settler->table, settler->state,
                       (const SatColumnChange *) (void *) changes->data, changes->len, error);
}

/* A conflict is the root's; one of a record that is not shown asks nobody. */
static gboolean
save_conflicts (Settler *settler, gboolean is_root, GError **error)
{
  const SatState *united = settler->united;

  for (guint i = 0; i < settler->table->object->n_fields; i++)
    {
      guint32 name = settler->table->fields[i];
      guint count;
      guint at = sat_state_find (united, name, NULL, &count);
      gboolean conflict = is_root && count > 1 &&
                          sat_is_conflict (settler->table->object->fields[i],
                                           sat_state_at (united, at), count);

      if (!sat_log_set_conflict (settler->replica, united->object, united->row, name, conflict,
                                 error))
        return FALSE;
    }
  return TRUE;
}

/* Which books have to be told: apply/sat-forward.c. */
static gboolean
list_for_forward (Settler *settler, GError **error)
{
  SatReplica *replica = settler->replica;
  const SatState *state = settler->state;
  const SatSibling *home = sat_shown_sibling (replica, settler->table, state, SAT_FIELD_HOME);
  gboolean own = home != NULL &&
                 g_strcmp0 (home->value, sat_names_book (replica->names, state->book)) == 0;

  return (own && state->presence != SAT_AWAY && state->context->len == 0) ||
         sat_forward_list_add (replica, state->object, state->row, error);
}

static gboolean
refresh_parent (Settler *settler, const char *parent, GError **error)
{
  const SatField *owning = settler->table->object->owning;
  const SatObject *object = sat_catalogue_find (settler->replica->catalogue, owning->reference);
  SatId id;

  if (parent == NULL || object == NULL || !sat_id_parse (parent, &id))
    return TRUE;
  return sat_visibility_refresh (settler->replica, sat_replica_table (settler->replica, object),
                                 &id, settler->book, error);
}

static gboolean
refresh_visibility (Settler *settler, SatPresence old, GError **error)
{
  const SatState *state = settler->state;
  const SatField *owning = settler->table->object->owning;

  if (state->presence != SAT_PRESENT &&
      !sat_visibility_refresh (settler->replica, settler->table, &state->id, settler->book, error))
    return FALSE;
  if (owning == NULL || (state->presence == old && g_strcmp0 (settler->before[owning->index],
                                                              settler->after[owning->index]) == 0))
    return TRUE;
  return refresh_parent (settler, settler->before[owning->index], error) &&
         refresh_parent (settler, settler->after[owning->index], error);
}

static gboolean
settle_loaded (Settler *settler, gboolean is_root, gboolean is_group, GError **error)
{
  SatState *state = settler->state;
  SatPresence old = state->row_presence;

  state->listed = settler->united->listed = is_root && is_group;
  if (!sat_absorb_unite (settler->replica, settler->table, settler->united, error) ||
      !sat_absorb_presence (settler->replica, settler->table, settler->united, &state->presence,
                            error))
    return FALSE;
  for (guint i = 0; i < settler->table->object->n_fields; i++)
    settler->after[i] = sat_absorb_column (settler->replica, settler->table, settler->united, i);
  mark_columns (settler);
  if (state->presence == SAT_PRESENT)
    state->hidden = FALSE;
  else if (state->presence != SAT_DEAD || old != SAT_DEAD)
    state->hidden = TRUE; /* until refresh_visibility finds a child that shows it */
  return save_columns (settler, error) && save_conflicts (settler, is_root, error) &&
         list_for_forward (settler, error) && refresh_visibility (settler, old, error);
}

static gboolean
settle_one (Settler *settler, const SatId *id, gboolean is_root, gboolean is_group, GError **error)
{
  guint n = settler->table->object->n_fields;
  g_auto (GStrv) before = g_new0 (char *, n + 1);
  g_auto (GStrv) after = g_new0 (char *, n + 1);
  gboolean found = FALSE;
  gboolean ok;
  SatRow row;

  for (guint pass = 0; pass < 2; pass++)
    {
      if (!load_row (settler->replica, settler->table, id, settler->book,
                     pass == 0 ? settler->united : settler->state, &row, &found, error))
        return FALSE;
      if (!found)
        return TRUE;
      sat_row_touch_all (&row);
      for (guint i = 0; pass == 1 && i < n; i++)
        before[i] = sat_row_value (&row, settler->table->object->fields[i]);
      sat_row_done (&row);
    }
  settler->before = before;
  settler->after = after;
  ok = settle_loaded (settler, is_root, is_group, error);
  /* Not a list of strings that ends with the first empty one. */
  for (guint i = 0; i < n; i++)
    {
      g_clear_pointer (&before[i], g_free);
      g_clear_pointer (&after[i], g_free);
    }
  return ok;
}

/* The root first: the others are where it is. */
static gboolean
settle_group (Settler *settler, const SatId *id, GError **error)
{
  g_autoptr (GArray) ids = sat_absorbed_group (settler->replica, settler->table->name,
                                               settler->book, id, error);
  SatId root;

  if (ids == NULL)
    return FALSE;
  sat_absorbed_root (settler->replica, settler->table->name, settler->book, id, &root);
  if (!settle_one (settler, &root, TRUE, ids->len > 1, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      SatId at = g_array_index (ids, SatId, i);
      if (!sat_id_equal (&at, &root) && !settle_one (settler, &at, FALSE, TRUE, error))
        return FALSE;
    }
  return TRUE;
}

/* ---- references ---------------------------------------------------------------------------------
 */

typedef struct
{
  SatId id;
  guint32 book;
} Referrer;

static gboolean
list_referrers (SatReplica *replica,
                const SatTable *table,
                const SatField *field,
                const SatId *id,
                GArray *out,
                GError **error)
{
  g_autofree char *column = sat_schema_column (field, 0);
  g_autofree char *sql = g_strdup_printf ("SELECT uuid, book FROM %s WHERE %s = ?1", table->table,
                                          column);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  while (sat_stmt_step (stmt, &problem))
    {
      Referrer referrer = { .book = (guint32) sat_stmt_int (stmt, 1) };
      if (sat_stmt_id (stmt, 0, &referrer.id))
        g_array_append_val (out, referrer);
    }
  return sat_stmt_finish (stmt, problem, error);
}

/* Opening a record, touching a field and closing it derives its column anew. */
static gboolean
rederive_field (Settler *settler,
                SatTable *table,
                const SatField *field,
                const Referrer *referrer,
                GError **error)
{
  g_autoptr (SatEngine) engine = NULL;
  SatVector nothing;
  SatOrigin origin = { .dot = { .book = referrer->book }, .saw = &nothing };
  gboolean ok;

  sat_vector_init (&nothing);
  engine = sat_engine_new (settler->replica, &origin, !settler->later);
  ok = sat_engine_open (engine, table->name, &referrer->id, error);
  if (ok)
    {
      sat_engine_touch (engine, table->fields[field->index]);
      ok = sat_engine_close (engine, error);
    }
  sat_vector_clear (&nothing);
  return ok;
}

static gboolean
rederive_references (Settler *settler, const SatId *id, GError **error)
{
  SatReplica *replica = settler->replica;

  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      SatTable *table = g_ptr_array_index (replica->tables, i);

      for (guint k = 0; k < table->object->n_fields; k++)
        {
          const SatField *field = table->object->fields[k];
          g_autoptr (GArray) found = NULL;

          if (field->reference == NULL ||
              (strcmp (field->reference, "*") != 0 &&
               strcmp (field->reference, settler->table->object->name) != 0))
            continue;
          found = g_array_new (FALSE, TRUE, sizeof (Referrer));
          if (!list_referrers (replica, table, field, id, found, error))
            return FALSE;
          for (guint n = 0; n < found->len; n++)
            if (!rederive_field (settler, table, field, &g_array_index (found, Referrer, n), error))
              return FALSE;
        }
    }
  return TRUE;
}

/* ---- a record was written -----------------------------------------------------------------------
 */

/* The roots of IDS, one after another. */
static GArray *
roots_of (const Settler *settler, const GArray *ids)
{
  GArray *roots = g_array_new (FALSE, FALSE, sizeof (SatId));

  for (guint i = 0; i < ids->len; i++)
    {
      SatId root;
      sat_absorbed_root (settler->replica, settler->table->name, settler->book,
                         &g_array_index (ids, SatId, i), &root);
      g_array_append_val (roots, root);
    }
  return roots;
}

/* What named a record that has another root now shows that. */
static gboolean
settle_references (Settler *settler, const GArray *ids, const GArray *before, GError **error)
{
  g_autoptr (GArray) after = roots_of (settler, ids);
  g_autoptr (GHashTable) done = g_hash_table_new (sat_id_hash, sat_id_equal);

  for (guint i = 0; i < ids->len; i++)
    {
      SatId *old = &g_array_index ((GArray *) before, SatId, i);

      if (!sat_id_equal (old, &g_array_index (after, SatId, i)) && g_hash_table_add (done, old) &&
          !rederive_references (settler, old, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
settle_written (Settler *settler, const SatId *id, const SatId *target, GError **error)
{
  SatReplica *replica = settler->replica;
  guint32 object = settler->table->name;
  SatId old;
  gboolean had = sat_absorbed_target (replica, object, settler->book, id, &old);
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GArray) before = NULL;

  if (had ? target != NULL && sat_id_equal (&old, target) : target == NULL)
    return settle_group (settler, id, error);
  ids = sat_absorbed_group (replica, object, settler->book, id, error);
  if (ids == NULL)
    return FALSE;
  before = roots_of (settler, ids);
  if (!sat_absorbed_set (replica, object, settler->book, id, target, error) ||
      !settle_group (settler, id, error) || (had && !settle_group (settler, &old, error)))
    return FALSE;
  return settle_references (settler, ids, before, error);
}

gboolean
sat_absorb_settle (SatReplica *replica,
                   SatTable *table,
                   const SatId *id,
                   guint32 book,
                   const char *target,
                   gboolean later,
                   GError **error)
{
  g_autoptr (SatState) state = sat_state_new ();
  g_autoptr (SatState) united = sat_state_new ();
  Settler settler = { replica, table, book, later, state, united, NULL, NULL };
  SatId into;
  SatId self = *id;
  gboolean absorbed = target != NULL && sat_id_parse (target, &into);

  return settle_written (&settler, &self, absorbed ? &into : NULL, error);
}
