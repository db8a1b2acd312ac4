/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three tables of (number, key), each cached both ways. A number that another process has added is
 * found by a query the first time. */
#include "core/store/sat-names.h"

#include <string.h>

#include "core/base/sat-error.h"

#define RECENT 32

typedef struct
{
  GHashTable *numbers;    /* key -> number */
  GPtrArray *keys;        /* by number; entries may be NULL */
  guint32 recent[RECENT]; /* of texts: numbers asked for lately, by the key's first letters */
  const char *find_sql;
  const char *add_sql;
  const char *key_sql;
  gboolean is_id;
} NameTable;

struct _SatNames
{
  SatDb *db;
  NameTable devices, books, names;
};

static void
table_init (NameTable *table,
            gboolean is_id,
            const char *find_sql,
            const char *add_sql,
            const char *key_sql)
{
  table->is_id = is_id;
  table->find_sql = find_sql;
  table->add_sql = add_sql;
  table->key_sql = key_sql;
  table->numbers = is_id ? g_hash_table_new (sat_id_hash, sat_id_equal)
                         : g_hash_table_new (g_str_hash, g_str_equal);
  table->keys = g_ptr_array_new_with_free_func (g_free);
}

static void
table_clear (NameTable *table)
{
  g_hash_table_unref (table->numbers);
  g_ptr_array_unref (table->keys);
}

SatNames *
sat_names_new (SatDb *db)
{
  SatNames *names = g_new0 (SatNames, 1);

  names->db = db;
  table_init (&names->devices, TRUE, "SELECT number FROM device WHERE id = ?1",
              "INSERT INTO device (id) VALUES (?1)", "SELECT id FROM device WHERE number = ?1");
  table_init (&names->books, FALSE, "SELECT number FROM book WHERE key = ?1",
              "INSERT INTO book (key) VALUES (?1)", "SELECT key FROM book WHERE number = ?1");
  table_init (&names->names, FALSE, "SELECT number FROM name WHERE name = ?1",
              "INSERT INTO name (name) VALUES (?1)", "SELECT name FROM name WHERE number = ?1");
  return names;
}

void
sat_names_free (SatNames *names)
{
  if (names == NULL)
    return;
  table_clear (&names->devices);
  table_clear (&names->books);
  table_clear (&names->names);
  g_free (names);
}

static void
table_forget (NameTable *table)
{
  g_hash_table_remove_all (table->numbers);
  g_ptr_array_set_size (table->keys, 0);
  memset (table->recent, 0, sizeof table->recent);
}

void
sat_names_forget (SatNames *names)
{
  table_forget (&names->devices);
  table_forget (&names->books);
  table_forget (&names->names);
}

/* Numbers are given out one after the other. One that is larger is damage, and would take as much
 * memory as it says. */
#define MOST (1 << 24)

static void
remember (NameTable *table, gconstpointer key, guint32 number)
{
  gpointer copy = table->is_id ? g_memdup2 (key, sizeof (SatId)) : g_strdup (key);

  if (table->keys->len <= number)
    g_ptr_array_set_size (table->keys, (gint) number + 1);
  if (table->keys->pdata[number] != NULL)
    g_hash_table_remove (table->numbers, table->keys->pdata[number]);
  g_free (table->keys->pdata[number]);
  table->keys->pdata[number] = copy;
  g_hash_table_insert (table->numbers, copy, GUINT_TO_POINTER (number));
}

static void
bind_key (const NameTable *table, SatStmt *stmt, gconstpointer key)
{
  if (table->is_id)
    sat_stmt_bind_id (stmt, 1, key);
  else
    sat_stmt_bind_text (stmt, 1, key);
}

/* Operations name the same few fields again and again: comparing is faster than hashing. */
static guint32
look_up (NameTable *table, gconstpointer key)
{
  const char *text = key;
  guint32 *recent;

  if (table->is_id || *text == '\0')
    return GPOINTER_TO_UINT (g_hash_table_lookup (table->numbers, key));
  recent = &table->recent[((guint8) text[0] + 3 * (guint8) text[1]) % RECENT];
  if (*recent == 0 || strcmp (table->keys->pdata[*recent], text) != 0)
    *recent = GPOINTER_TO_UINT (g_hash_table_lookup (table->numbers, key));
  return *recent;
}

static guint32
table_find (SatNames *names, NameTable *table, gconstpointer key)
{
  guint32 number = look_up (table, key);

  if (number != 0)
    return number;
  SatStmt *stmt = sat_db_prepare (names->db, table->find_sql, NULL);
  if (stmt == NULL)
    return 0;
  bind_key (table, stmt, key);
  if (sat_stmt_step (stmt, NULL) && sat_stmt_int (stmt, 0) > 0 && sat_stmt_int (stmt, 0) <= MOST)
    {
      number = (guint32) sat_stmt_int (stmt, 0);
      remember (table, key, number);
    }
  sat_stmt_reset (stmt);
  return number;
}

static guint32
table_get (SatNames *names, NameTable *table, gconstpointer key, GError **error)
{
  guint32 number = table_find (names, table, key);

  if (number != 0)
    return number;
  SatStmt *stmt = sat_db_prepare (names->db, table->add_sql, error);
  if (stmt == NULL)
    return 0;
  bind_key (table, stmt, key);
  if (!sat_stmt_run (stmt, error))
    return 0;
  if (sat_db_last_row (names->db) > MOST)
    {
      sat_fail (error, SAT_ERROR_DAMAGED,
                N_ ("the numbers of names in the replica are damaged; join again in a new folder, "
                    "and keep this one until you have"),
                NULL);
      return 0;
    }
  number = (guint32) sat_db_last_row (names->db);
  remember (table, key, number);
  return number;
}

static gconstpointer
table_key (SatNames *names, NameTable *table, guint32 number)
{
  if (number < table->keys->len && table->keys->pdata[number] != NULL)
    return table->keys->pdata[number];
  if (number > MOST)
    return NULL;

  SatStmt *stmt = sat_db_prepare (names->db, table->key_sql, NULL);
  gconstpointer key = NULL;
  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_int (stmt, 1, number);
  if (sat_stmt_step (stmt, NULL))
    {
      SatId id;
      if (!table->is_id)
        remember (table, sat_stmt_text (stmt, 0), number);
      else if (sat_stmt_id (stmt, 0, &id))
        remember (table, &id, number);
      key = number < table->keys->len ? table->keys->pdata[number] : NULL;
    }
  sat_stmt_reset (stmt);
  return key;
}

guint32
sat_names_get_device (SatNames *names, const SatId *id, GError **error)
{
  return table_get (names, &names->devices, id, error);
}

guint32
sat_names_find_device (SatNames *names, const SatId *id)
{
  return table_find (names, &names->devices, id);
}

const SatId *
sat_names_device (SatNames *names, guint32 number)
{
  static const SatId nil = { { 0 } };
  const SatId *id = table_key (names, &names->devices, number);

  return id ? id : &nil;
}

guint32
sat_names_get_book (SatNames *names, const char *key, GError **error)
{
  return table_get (names, &names->books, key, error);
}

guint32
sat_names_find_book (SatNames *names, const char *key)
{
  return table_find (names, &names->books, key);
}

const char *
sat_names_book (SatNames *names, guint32 number)
{
  const char *key = table_key (names, &names->books, number);

  return key ? key : "?";
}

guint32
sat_names_get_name (SatNames *names, const char *name, GError **error)
{
  return table_get (names, &names->names, name, error);
}

guint32
sat_names_find_name (SatNames *names, const char *name)
{
  return table_find (names, &names->names, name);
}

const char *
sat_names_name (SatNames *names, guint32 number)
{
  const char *name = table_key (names, &names->names, number);

  return name ? name : "?";
}
