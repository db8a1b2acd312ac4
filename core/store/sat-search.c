/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/store/sat-search.h"

#include <string.h>

#include "core/store/sat-search-notes.h"
#include "core/store/sat-tokenizer.h"
#include "core/value/sat-attachment.h"

#define ROW_BITS 40

gint64
sat_search_key (guint32 object, gint64 row)
{
  return ((gint64) object << ROW_BITS) | row;
}

guint32
sat_search_key_object (gint64 key)
{
  return (guint32) (key >> ROW_BITS);
}

gint64
sat_search_key_row (gint64 key)
{
  return key & ((G_GINT64_CONSTANT (1) << ROW_BITS) - 1);
}

/* ---- what is searched ---------------------------------------------------------------------------
 */

static char
mark_of (const SatField *field)
{
  if (field == field->object->title)
    return SAT_VALUE_TITLE;
  if (field->type->id == SAT_TYPE_PHONE)
    return SAT_VALUE_PHONE;
  return field->type->id == SAT_TYPE_TEXT || field->type->id == SAT_TYPE_TAGS ? SAT_VALUE_NAME
                                                                              : SAT_VALUE_TEXT;
}

/* A value as the tokenizer is given it. */
static void
add_value (GString *text, const SatField *field, const char *value)
{
  gsize length = strlen (value);

  if (field->type->id == SAT_TYPE_ATTACHMENT) /* of a file its name */
    sat_attachment_look (value, length, NULL, &length);
  g_string_append_c (text, mark_of (field));
  g_string_append_len (text, value, (gssize) length);
}

gboolean
sat_search_is_searched (const SatField *field)
{
  return field->search_weight > 0 && field->type->id != SAT_TYPE_REFERENCE &&
         field->type->id != SAT_TYPE_PICTURE;
}

/* A record's searched fields one after another; the text of field I is from starts[I] to
 * starts[I + 1]. */
typedef struct
{
  GString *text;
  gsize *starts;
} Composed;

static gboolean
compose (SatReplica *replica, const SatTable *table, gint64 row, Composed *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, table->select_searched, error);
  GError *problem = NULL;
  gboolean found;

  if (stmt == NULL)
    return FALSE;
  g_string_truncate (out->text, 0);
  sat_stmt_bind_int (stmt, 1, row);
  found = sat_stmt_step (stmt, &problem);
  for (guint i = 0; i < table->n_searched; i++)
    {
      g_autofree char *value = found ? sat_column_value (stmt, table->searched_columns[i],
                                                         table->searched[i])
                                     : NULL;

      out->starts[i] = out->text->len;
      if (value != NULL)
        add_value (out->text, table->searched[i], value);
    }
  out->starts[table->n_searched] = out->text->len;
  return sat_stmt_finish (stmt, problem, error);
}

void
sat_search_note_values (SatReplica *replica,
                        const SatTable *table,
                        gint64 row,
                        const SatColumnChange *values,
                        guint n_values)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < n_values; i++)
    if (values[i].value != NULL && sat_search_is_searched (values[i].field))
      add_value (text, values[i].field, values[i].value);
  sat_search_note (replica, FALSE, table->name, row, 0, text->str);
}

/* ---- a record of the index ----------------------------------------------------------------------
 * FTS5 keeps for each token and row the newest word: there, or gone. So a changed record takes two
 * statements: what it lost, and what it gained. FTS5 also counts rows and tokens, and calls the
 * index damaged when a count would fall below zero; therefore the row -1 with its one token, which
 * is never found, and a gain with each loss, each a list, which counts as one token. */

/* A list (sat_tokenizer_list) of one token that no text and no query can hold. */
#define NOTHING_GAINED "\x01\x02"

static gboolean
index_text (SatReplica *replica, const char *sql, gint64 key, const char *text, GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, key);
  sat_stmt_bind_text (stmt, 2, text);
  return sat_stmt_run (stmt, error);
}

static gboolean
gain (SatReplica *replica, gint64 key, const char *text, GError **error)
{
  return *text == '\0' ||
         index_text (replica, "INSERT INTO search (rowid, text) VALUES (?1, ?2)", key, text, error);
}

static gboolean
lose (SatReplica *replica, gint64 key, const char *tokens, GError **error)
{
  return index_text (replica, "INSERT INTO search (search, rowid, text) VALUES ('delete', ?1, ?2)",
                     key, tokens, error);
}

static void
add_token (const char *token, gsize length, gpointer data)
{
  g_hash_table_add (data, g_strndup (token, length));
}

static void
remove_token (const char *token, gsize length, gpointer data)
{
  char small[SAT_TOKEN_MAX + 2];

  g_return_if_fail (length < sizeof small);
  memcpy (small, token, length);
  small[length] = '\0';
  g_hash_table_remove (data, small);
}

static char *
list_of (GHashTable *tokens)
{
  guint n;
  g_autofree gpointer *keys = g_hash_table_get_keys_as_array (tokens, &n);

  return sat_tokenizer_list ((const char *const *) keys, n);
}

/* Takes from LOST what VALUE holds; most values need not be split to see that they hold none. */
static void
keep_held (GHashTable *lost, const char *value, gsize length)
{
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, lost);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    if (sat_tokenizer_may_hold (value, length, token))
      {
        sat_tokenizer_split (value, length, remove_token, lost);
        return;
      }
}

/* What the record's fields held before and none of them holds now. */
static char *
lost_tokens (const SatTable *table, const SatSearchNote *notes, guint n, const Composed *now)
{
  g_autoptr (GHashTable) lost = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) before = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    {
      const SatField *field = sat_table_field (table, notes[i].field);
      g_autofree char *value = g_strndup (notes[i].text, notes[i].length);

      if (field != NULL && notes[i].text != NULL)
        add_value (before, field, value);
    }
  sat_tokenizer_split (before->str, before->len, add_token, lost);
  for (guint i = 0; i < table->n_searched && g_hash_table_size (lost) > 0; i++)
    keep_held (lost, now->text->str + now->starts[i], now->starts[i + 1] - now->starts[i]);
  return list_of (lost);
}

/* All that the fields hold which the notes are about. */
static char *
gained_tokens (const SatTable *table, const SatSearchNote *notes, guint n, const Composed *now)
{
  g_autoptr (GHashTable) gained = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < table->n_searched; i++)
    for (guint k = 0; k < n; k++)
      if (sat_table_field (table, notes[k].field) == table->searched[i])
        {
          sat_tokenizer_split (now->text->str + now->starts[i], now->starts[i + 1] - now->starts[i],
                               add_token, gained);
          break;
        }
  return list_of (gained);
}

/* The N notes of one record. */
static gboolean
index_record (SatReplica *replica, const SatSearchNote *notes, guint n, GError **error)
{
  const SatTable *table = sat_replica_table_of (replica, notes[0].object);
  gint64 key = sat_search_key (notes[0].object, notes[0].row);
  g_autofree gsize *starts = g_new (gsize, table->n_searched + 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *lost = NULL;
  g_autofree char *gained = NULL;
  Composed now = { text, starts };
  gboolean is_new = FALSE;

  for (guint i = 0; i < n; i++)
    is_new |= notes[i].field == 0;
  if (n == 1 && is_new && notes[0].text != NULL)
    {
      gained = g_strndup (notes[0].text, notes[0].length);
      return gain (replica, key, gained, error);
    }
  if (!compose (replica, table, notes[0].row, &now, error))
    return FALSE;
  if (is_new)
    return gain (replica, key, text->str, error);
  lost = lost_tokens (table, notes, n, &now);
  gained = gained_tokens (table, notes, n, &now);
  if (lost == NULL)
    return gained == NULL || gain (replica, key, gained, error);
  return lose (replica, key, lost, error) &&
         gain (replica, key, gained ? gained : NOTHING_GAINED, error);
}

static gboolean
index_notes (SatReplica *replica, GArray *notes, GError **error)
{
  guint begin = 0;

  sat_search_sort_notes (notes); /* FTS5 collects in memory only while rows ascend */
  for (guint end = 1; end <= notes->len; end++)
    {
      const SatSearchNote *first = &g_array_index (notes, SatSearchNote, begin);
      const SatSearchNote *next = first + (end - begin);

      if (end < notes->len && next->object == first->object && next->row == first->row)
        continue;
      if (!index_record (replica, first, end - begin, error))
        return FALSE;
      begin = end;
    }
  return TRUE;
}

gboolean
sat_search_index_noted (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) notes = NULL;

  if (replica->noted->len > 0)
    {
      notes = g_array_new (FALSE, FALSE, sizeof (SatSearchNote));
      if (!sat_search_read_notes (replica->noted->data, replica->noted->len, notes) ||
          !index_notes (replica, notes, error))
        return FALSE;
      g_byte_array_set_size (replica->noted, 0);
    }
  return sat_search_keep_notes (replica, error);
}

/* ---- what others changed ------------------------------------------------------------------------
 */

/* The first bundles, with LIMIT notes or a few more; *LAST is the number of the last one. */
static gboolean
read_bundles (SatReplica *replica, guint limit, GPtrArray *bundles, gint64 *last, GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db, "SELECT number, records, notes FROM dirty ORDER BY number", error);
  GError *problem = NULL;
  gint64 n = 0;

  if (stmt == NULL)
    return FALSE;
  while (n < limit && sat_stmt_step (stmt, &problem))
    {
      gsize size;
      const void *data = sat_stmt_blob (stmt, 2, &size);

      *last = sat_stmt_int (stmt, 0);
      n += MAX (sat_stmt_int (stmt, 1), 1);
      g_ptr_array_add (bundles, g_bytes_new (data, size));
    }
  return sat_stmt_finish (stmt, problem, error);
}

static gboolean
read_notes (const GPtrArray *bundles, GArray *notes, GError **error)
{
  for (guint i = 0; i < bundles->len; i++)
    {
      gsize size;
      const void *data = g_bytes_get_data (g_ptr_array_index (bundles, i), &size);

      if (!sat_search_read_notes (data, size, notes))
        return sat_fail (error, SAT_ERROR_DAMAGED,
                         N_ ("the list of what is to be indexed for searching is damaged; run "
                             "“satchel doctor --repair”"),
                         NULL);
    }
  return TRUE;
}

gboolean
sat_search_index_dirty (SatReplica *replica, guint limit, gboolean *more, GError **error)
{
  g_autoptr (GPtrArray) bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (SatSearchNote));
  gint64 last = 0, left;
  SatStmt *stmt;

  *more = FALSE;
  if (!read_bundles (replica, limit, bundles, &last, error))
    return FALSE;
  if (bundles->len == 0)
    return TRUE;
  if (!read_notes (bundles, notes, error) || !index_notes (replica, notes, error))
    return FALSE;
  stmt = sat_db_prepare (replica->db, "DELETE FROM dirty WHERE number <= ?1", error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, last);
  if (!sat_stmt_run (stmt, error) ||
      !sat_db_get_int (replica->db, "SELECT count(*) FROM dirty", 0, &left, error))
    return FALSE;
  *more = left > 0;
  return TRUE;
}

GHashTable *
sat_search_waiting (SatReplica *replica, GError **error)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) bundles = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GArray) notes = g_array_new (FALSE, FALSE, sizeof (SatSearchNote));
  gint64 last;

  if (!read_bundles (replica, G_MAXUINT, bundles, &last, error) ||
      !read_notes (bundles, notes, error))
    return NULL;
  for (guint i = 0; i < notes->len; i++)
    {
      const SatSearchNote *note = &g_array_index (notes, SatSearchNote, i);
      gint64 key = sat_search_key (note->object, note->row);

      g_hash_table_add (keys, g_memdup2 (&key, sizeof key));
    }
  return g_steal_pointer (&keys);
}

gboolean
sat_search_index_restart (SatReplica *replica, GError **error)
{
  if (!sat_db_exec (replica->db,
                    "INSERT INTO search (search) VALUES ('delete-all');"
                    "INSERT INTO search (rowid, text) VALUES (-1, x'0102');"
                    "DELETE FROM dirty;",
                    error))
    return FALSE;
  sat_search_forget_notes (replica);
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    if (!sat_search_note_all (replica, g_ptr_array_index (replica->tables, i), error))
      return FALSE;
  return TRUE;
}

/* ---- finding ------------------------------------------------------------------------------------
 */

#define HELD_MAX 24 /* tokens that are looked for */

static void
ask_for (const char *token, gsize length, gpointer data)
{
  GHashTable *tokens = data;

  if (g_hash_table_size (tokens) < HELD_MAX)
    g_hash_table_add (tokens, g_strndup (token, length));
}

/* The query for a record that holds all TOKENS. */
static char *
query_for (GHashTable *tokens)
{
  GString *query = g_string_new (NULL);
  GHashTableIter iter;
  gpointer token;

  g_hash_table_iter_init (&iter, tokens);
  while (g_hash_table_iter_next (&iter, &token, NULL))
    g_string_append_printf (query, "%s\"%s\"", query->len > 0 ? " AND " : "", (char *) token);
  return g_string_free (query, FALSE);
}

gboolean
sat_search_holds (
    SatReplica *replica, gint64 key, const char *title, gboolean *found, GError **error)
{
  g_autoptr (GHashTable) tokens = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *query = NULL;
  SatStmt *stmt;
  GError *problem = NULL;

  *found = TRUE;
  g_string_append_printf (value, "%c%s", SAT_VALUE_TITLE, title);
  sat_tokenizer_split (value->str, value->len, ask_for, tokens);
  if (g_hash_table_size (tokens) == 0)
    return TRUE;
  query = query_for (tokens);
  stmt = sat_db_prepare (replica->db, "SELECT 1 FROM search WHERE search MATCH ?1 AND rowid = ?2",
                         error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, query);
  sat_stmt_bind_int (stmt, 2, key);
  *found = sat_stmt_step (stmt, &problem);
  return sat_stmt_finish (stmt, problem, error);
}

/* The first LIMIT keys from LOW to HIGH that QUERY finds, put behind KEYS. */
static gboolean
find_between (SatReplica *replica,
              const char *query,
              gint64 low,
              gint64 high,
              guint limit,
              GArray *keys,
              GError **error)
{
  SatStmt *stmt = sat_db_prepare (
      replica->db,
      "SELECT rowid FROM search WHERE search MATCH ?1 AND rowid BETWEEN ?2 AND ?3 LIMIT ?4", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_text (stmt, 1, query);
  sat_stmt_bind_int (stmt, 2, low);
  sat_stmt_bind_int (stmt, 3, high);
  sat_stmt_bind_int (stmt, 4, limit);
  while (sat_stmt_step (stmt, &problem))
    {
      gint64 key = sat_stmt_int (stmt, 0);
      g_array_append_val (keys, key);
    }
  return sat_stmt_finish (stmt, problem, error);
}

GArray *
sat_search_find (SatReplica *replica,
                 const char *words,
                 SatSearchScope scope,
                 guint32 object,
                 guint limit,
                 GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *query = sat_search_query (words, scope);
  gint64 low = object ? sat_search_key (object, 0) : 0;
  gint64 high = object ? sat_search_key (object + 1, 0) - 1 : G_MAXINT64;

  if (query != NULL && !find_between (replica, query, low, high, limit, keys, error))
    return NULL;
  return g_steal_pointer (&keys);
}

GArray *
sat_search_find_each (
    SatReplica *replica, const char *words, SatSearchScope scope, guint each, GError **error)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree char *query = sat_search_query (words, scope);
  gint64 low = 0;

  while (query != NULL)
    {
      guint before = keys->len, of_last = 0;
      gint64 last;

      if (!find_between (replica, query, low, G_MAXINT64, each, keys, error))
        return NULL;
      if (keys->len < before + each)
        break;
      last = g_array_index (keys, gint64, keys->len - 1);
      while (of_last < keys->len &&
             sat_search_key_object (g_array_index (keys, gint64, keys->len - 1 - of_last)) ==
                 sat_search_key_object (last))
        of_last++;
      low = of_last < each ? last + 1 : sat_search_key (sat_search_key_object (last) + 1, 0);
    }
  return g_steal_pointer (&keys);
}
