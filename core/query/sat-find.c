/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-find.h"

#include <string.h>

#include "core/base/sat-pinyin.h"
#include "core/base/sat-text.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search.h"
#include "core/store/sat-tokenizer.h"

#define LOOKED_AT 150 /* records of an object, of each kind of match */
#define LISTED 3000   /* of a list */
#define SAME_TITLE 50 /* of one object */
#define FEW 3         /* so few are found: look for what is nearly the same */

/* How well a record matches; more is better. */
enum
{
  MATCH_NEAR = 10,  /* less one for each mistake */
  MATCH_FIELD = 20, /* and the field's weight, up to 20 */
  MATCH_WORDS = 50, /* in the title, apart or in parts */
  MATCH_SOUND_INSIDE,
  MATCH_INSIDE,
  MATCH_WORD_INSIDE, /* a whole word */
  MATCH_SOUND_START,
  MATCH_START,
  MATCH_WORD_START,
  MATCH_SOUND_WHOLE,
  MATCH_WHOLE
};

typedef struct
{
  gint64 key;
  guint match;
  guint length; /* of the title */
  SatId id;
} Found;

typedef struct
{
  SatReplica *replica;
  const SatAccess *access;
  char *folded;  /* all that was typed */
  char *letters; /* for pinyin; NULL: other things were typed, too */
  char *digits;  /* NULL: too few */
  GStrv words;
  GHashTable *seen; /* keys */
  GArray *found;    /* Found */
} Finder;

static void
finder_init (Finder *finder, SatReplica *replica, const SatAccess *access, const char *words)
{
  g_autofree char *tidy = sat_text_tidy (words);
  g_autofree char *digits = sat_text_digits (words);

  finder->replica = replica;
  finder->access = access;
  finder->folded = sat_tokenizer_fold (tidy ? tidy : "", tidy ? strlen (tidy) : 0);
  finder->letters = sat_search_letters (words);
  finder->digits = strlen (digits) > 2 ? g_steal_pointer (&digits) : NULL;
  finder->words = sat_search_words (words);
  finder->seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  finder->found = g_array_new (FALSE, FALSE, sizeof (Found));
}

static void
finder_clear (Finder *finder)
{
  g_free (finder->folded);
  g_free (finder->letters);
  g_free (finder->digits);
  g_strfreev (finder->words);
  g_hash_table_unref (finder->seen);
  g_array_unref (finder->found);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

/* ---- how well a record matches ------------------------------------------------------------------
 */

/* May a word end between the characters at A (NUL: nothing) and B? */
static gboolean
is_boundary (const char *a, const char *b)
{
  return *b == '\0' || sat_tokenizer_char (g_utf8_get_char (b)) != SAT_CHAR_WORD ||
         sat_tokenizer_char (g_utf8_get_char (a)) != SAT_CHAR_WORD;
}

static guint
match_written (const char *title, const char *typed)
{
  const char *at = strstr (title, typed);
  const char *end = at ? at + strlen (typed) : NULL;
  gboolean whole_word;

  if (at == NULL || end == at)
    return 0;
  whole_word = is_boundary (g_utf8_prev_char (end), end);
  if (at == title)
    return *end == '\0' ? MATCH_WHOLE : whole_word ? MATCH_WORD_START : MATCH_START;
  return whole_word && is_boundary (g_utf8_prev_char (at), at) ? MATCH_WORD_INSIDE : MATCH_INSIDE;
}

static guint
match_sound (const char *title, const char *letters)
{
  static const guint matches[] = {
    [SAT_SOUNDS_INSIDE] = MATCH_SOUND_INSIDE,
    [SAT_SOUNDS_START] = MATCH_SOUND_START,
    [SAT_SOUNDS_WHOLE] = MATCH_SOUND_WHOLE,
  };

  return letters != NULL && *letters != '\0' ? matches[sat_pinyin_match (letters, title)] : 0;
}

static guint
match_title (const Finder *finder, const char *title)
{
  g_autofree char *folded = sat_tokenizer_fold (title, strlen (title));
  guint written = match_written (folded, finder->folded);

  if (written == MATCH_WHOLE)
    return written;
  return MAX (written, match_sound (folded, finder->letters));
}

/* Does VALUE of FIELD hold what was typed, or its first word? */
static gboolean
field_holds (const Finder *finder, const SatField *field, const char *value)
{
  g_autofree char *folded = NULL;

  if (field->type->id == SAT_TYPE_PHONE && finder->digits != NULL)
    {
      g_autofree char *digits = sat_text_digits (value);
      return strstr (digits, finder->digits) != NULL;
    }
  folded = sat_tokenizer_fold (value, strlen (value));
  return strstr (folded, finder->folded) != NULL ||
         (finder->words[0] != NULL && strstr (folded, finder->words[0]) != NULL);
}

/* The match of a record whose title does not have all the words. */
static gboolean
match_fields (const Finder *finder, const SatTable *table, gint64 row, guint *out, GError **error)
{
  SatStmt *stmt = sat_db_prepare (finder->replica->db, table->select_searched, error);
  GError *problem = NULL;
  guint weight = 0;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, row);
  if (sat_stmt_step (stmt, &problem))
    for (guint i = 0; i < table->n_searched; i++)
      {
        const SatField *field = table->searched[i];
        g_autofree char *value = NULL;

        if (field->search_weight <= weight)
          continue;
        value = sat_column_value (stmt, table->searched_columns[i], field);
        if (value != NULL && field_holds (finder, field, value))
          weight = field->search_weight;
      }
  *out = MATCH_FIELD + MIN (weight, 20);
  return sat_stmt_finish (stmt, problem, error);
}

/* ---- looking at records -------------------------------------------------------------------------
 */

/* The title of the record KEY, and its id; *TITLE stays NULL when nobody sees it. */
static gboolean
read_title (
    SatReplica *replica, gint64 key, gboolean with_hidden, char **title, SatId *id, GError **error)
{
  const SatTable *table = sat_replica_table_of (replica, sat_search_key_object (key));
  g_autofree char *column = NULL;
  g_autofree char *sql = NULL;
  SatStmt *stmt;
  GError *problem = NULL;

  if (table == NULL || table->object == NULL)
    return TRUE;
  column = sat_schema_column (table->object->title, 0);
  sql = g_strdup_printf ("SELECT hidden, uuid, %s FROM %s WHERE row = ?1", column, table->table);
  stmt = sat_db_prepare (replica->db, sql, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, sat_search_key_row (key));
  if (sat_stmt_step (stmt, &problem) && (with_hidden || sat_stmt_int (stmt, 0) == 0) &&
      sat_stmt_id (stmt, 1, id))
    {
      const char *text = sat_stmt_text (stmt, 2);
      *title = g_strdup (text ? text : "");
    }
  return sat_stmt_finish (stmt, problem, error);
}

static guint
match_of (const Finder *finder, SatSearchScope scope, const char *title)
{
  int mistakes;
  guint match;

  if (scope == SAT_SCOPE_NEAR)
    {
      mistakes = sat_search_is_near ((const char *const *) finder->words, title);
      return mistakes < 0 ? 0 : (guint) (MATCH_NEAR - MIN (mistakes, MATCH_NEAR - 1));
    }
  match = match_title (finder, title);
  return match > 0 || scope == SAT_SCOPE_ANY ? match : MATCH_WORDS;
}

/* May what a query of SCOPE found be told of? Where some field of the object cannot be read, only
 * what titles have: else trying would tell what is in it. */
static gboolean
may_tell (const Finder *finder, gint64 key, SatSearchScope scope, gboolean *may, GError **error)
{
  const SatTable *table = sat_replica_table_of (finder->replica, sat_search_key_object (key));

  *may = FALSE;
  if (table == NULL || table->object == NULL ||
      (scope == SAT_SCOPE_ANY && sat_access_conceals (finder->access, table->object)))
    return TRUE;
  return sat_scope_has (finder->replica, finder->access, table->object, SAT_RIGHT_READ,
                        sat_search_key_row (key), may, error);
}

/* Looks at KEYS, which a query of SCOPE has found. */
static gboolean
look_at (Finder *finder, const GArray *keys, SatSearchScope scope, GError **error)
{
  for (guint i = 0; i < keys->len; i++)
    {
      Found found = { .key = g_array_index (keys, gint64, i) };
      g_autofree char *title = NULL;
      gboolean may = TRUE;

      if (g_hash_table_contains (finder->seen, &found.key))
        continue;
      if (finder->access != NULL && !may_tell (finder, found.key, scope, &may, error))
        return FALSE;
      if (!may)
        continue;
      if (!read_title (finder->replica, found.key, FALSE, &title, &found.id, error))
        return FALSE;
      if (title == NULL)
        continue;
      found.match = match_of (finder, scope, title);
      if (found.match == 0 && scope == SAT_SCOPE_NEAR)
        continue;
      if (found.match == 0 &&
          !match_fields (finder,
                         sat_replica_table_of (finder->replica, sat_search_key_object (found.key)),
                         sat_search_key_row (found.key), &found.match, error))
        return FALSE;
      found.length = (guint) strlen (title);
      g_hash_table_add (finder->seen, g_memdup2 (&found.key, sizeof found.key));
      g_array_append_val (finder->found, found);
    }
  return TRUE;
}

/* Records whose titles are what was typed, however many others begin with it. */
static gboolean
look_for_title (Finder *finder, const char *words, GError **error)
{
  g_autofree char *tidy = sat_text_tidy (words);
  g_autoptr (GBytes) sort = sat_text_sort_key (tidy ? tidy : "");
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (gint64));
  SatCell cell = { .kind = SAT_CELL_BLOB };

  cell.text = g_bytes_get_data (sort, &cell.size);
  for (guint i = 0; i + 1 < finder->replica->tables->len; i++)
    {
      const SatTable *table = g_ptr_array_index (finder->replica->tables, i);
      g_autofree char *sql = g_strdup_printf (
          "SELECT row FROM %s WHERE hidden = 0 AND sort = ?1 LIMIT %d", table->table, SAME_TITLE);
      SatStmt *stmt;
      GError *problem = NULL;

      if (!sat_search_is_searched (table->object->title))
        continue;
      stmt = sat_db_prepare (finder->replica->db, sql, error);
      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_cell (stmt, 1, &cell);
      while (sat_stmt_step (stmt, &problem))
        {
          gint64 key = sat_search_key (table->name, sat_stmt_int (stmt, 0));
          g_array_append_val (keys, key);
        }
      if (!sat_stmt_finish (stmt, problem, error))
        return FALSE;
    }
  return look_at (finder, keys, SAT_SCOPE_TITLE, error);
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *x = a;
  const Found *y = b;

  if (x->match != y->match)
    return x->match > y->match ? -1 : 1;
  if (x->length != y->length)
    return x->length < y->length ? -1 : 1;
  int newer = memcmp (y->id.bytes, x->id.bytes, SAT_ID_SIZE);
  return newer != 0 ? newer : (x->key > y->key) - (x->key < y->key);
}

static GArray *
best (Finder *finder, guint limit)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_array_sort (finder->found, compare_found);
  for (guint i = 0; i < finder->found->len && i < limit; i++)
    g_array_append_val (keys, g_array_index (finder->found, Found, i).key);
  return keys;
}

GArray *
sat_find (
    SatReplica *replica, const SatAccess *access, const char *words, guint limit, GError **error)
{
  static const SatSearchScope scopes[] = { SAT_SCOPE_START, SAT_SCOPE_TITLE, SAT_SCOPE_ANY,
                                           SAT_SCOPE_NEAR };
  g_auto (Finder) finder = { 0 };

  finder_init (&finder, replica, access, words);
  if (finder.words[0] == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!look_for_title (&finder, words, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (scopes); i++)
    {
      guint enough = scopes[i] == SAT_SCOPE_NEAR ? MIN (FEW, limit) : limit;
      g_autoptr (GArray) keys = NULL;

      if (finder.found->len >= enough)
        break;
      keys = sat_search_find_each (replica, words, scopes[i], MAX (LOOKED_AT, limit), error);
      if (keys == NULL || !look_at (&finder, keys, scopes[i], error))
        return NULL;
    }
  return best (&finder, limit);
}

GArray *
sat_find_in (SatReplica *replica, const SatListQuery *query, guint limit, GError **error)
{
  const SatTable *table = sat_replica_table (replica, query->object);
  g_auto (Finder) finder = { 0 };
  g_autoptr (GArray) keys = NULL;
  SatSearchScope scope;

  finder_init (&finder, replica, query->access, query->words ? query->words : "");
  if (finder.words[0] == NULL)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  keys = sat_list_rows (replica, query, error);
  if (keys == NULL)
    return NULL;
  g_array_set_size (keys, MIN (keys->len, LISTED));
  for (guint i = 0; i < keys->len; i++)
    {
      gint64 *key = &g_array_index (keys, gint64, i);

      *key = sat_search_key (table->name, *key);
    }
  scope = sat_access_conceals (query->access, query->object) ? SAT_SCOPE_TITLE : SAT_SCOPE_ANY;
  return look_at (&finder, keys, scope, error) ? best (&finder, limit) : NULL;
}

GArray *
sat_find_near (SatReplica *replica, const char *words, guint32 object, GError **error)
{
  g_auto (GStrv) list = sat_search_words (words);
  g_autoptr (GArray) keys = sat_search_find (replica, words, SAT_SCOPE_NEAR, object, LOOKED_AT,
                                             error);
  g_autoptr (GArray) near = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      gint64 key = g_array_index (keys, gint64, i);
      g_autofree char *title = NULL;
      SatId id;

      if (!read_title (replica, key, TRUE, &title, &id, error))
        return NULL;
      if (title != NULL && sat_search_is_near ((const char *const *) list, title) >= 0)
        g_array_append_val (near, key);
    }
  return keys != NULL ? g_steal_pointer (&near) : NULL;
}
