/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-list.h"

#include <string.h>

#include "core/base/sat-text.h"
#include "core/query/sat-calendar.h"
#include "core/query/sat-find.h"
#include "core/query/sat-list-private.h"
#include "core/query/sat-read.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-condition.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search.h"

#define MAX_FOUND 1000000 /* rows that words may select */
#define FIRST_OF_WHERE 2  /* parameter 1 is the target of a reference */

/* ---- lists --------------------------------------------------------------------------------------
 */

/* What the words find, or else what is nearly the same. Whoever may not read some field is not to
 * learn by trying what is in it: then titles alone are searched, which everybody reads. */
static GArray *
find_keys (SatReplica *replica, const SatTable *table, const SatListQuery *query, GError **error)
{
  const char *words = query->words;
  gboolean titles = sat_access_conceals (query->access, table->object);
  g_autoptr (GArray) keys = sat_search_find (
      replica, words, titles ? SAT_SCOPE_TITLE : SAT_SCOPE_ANY, table->name, MAX_FOUND, error);

  return keys == NULL || keys->len > 0 ? g_steal_pointer (&keys)
                                       : sat_find_near (replica, words, table->name, error);
}

/* Puts the rows that the words find into temp.found. */
static gboolean
fill_found (SatReplica *replica, const SatTable *table, const SatListQuery *query, GError **error)
{
  g_autoptr (GArray) keys = find_keys (replica, table, query, error);

  if (keys == NULL ||
      !sat_db_exec (replica->db,
                    "CREATE TEMP TABLE IF NOT EXISTS found (row INTEGER PRIMARY KEY);"
                    "DELETE FROM temp.found;",
                    error))
    return FALSE;
  for (guint i = 0; i < keys->len; i++)
    {
      SatStmt *stmt = sat_db_prepare (replica->db, "INSERT INTO temp.found VALUES (?1)", error);

      if (stmt == NULL)
        return FALSE;
      sat_stmt_bind_int (stmt, 1, sat_search_key_row (g_array_index (keys, gint64, i)));
      if (!sat_stmt_run (stmt, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
has_words (const SatListQuery *query)
{
  return query->words != NULL && query->words[strspn (query->words, " \t\n")] != '\0';
}

/* Are rows chosen by nothing but rights? */
static gboolean
is_free (const SatListQuery *query)
{
  return !has_words (query) && query->reference == NULL && query->where == NULL;
}

static gboolean
reaches_all (const SatListQuery *query)
{
  return sat_access_reach (query->access, query->object, query->right) == SAT_REACH_ALL;
}

static SatExpressionContext
context_of (SatReplica *replica, const SatListQuery *query, const SatScope *scope)
{
  return (SatExpressionContext){
    .names = &sat_condition_names,
    .from = sat_replica_table (replica, query->object)->table,
    .first_parameter = FIRST_OF_WHERE,
    .now_ms = sat_platform_now_ms (replica->platform),
    .me = query->me,
    .calendar = sat_calendar_text,
    .calendar_data = replica,
    .within = sat_scope_within,
    .within_data = scope,
  };
}

/* The condition of QUERY as SQL; *OUT stays NULL where it has none. */
static gboolean
compile_where (SatReplica *replica, const SatListQuery *query, SatCompiled **out, GError **error)
{
  const SatScope scope = { replica, query->access };
  SatExpressionContext context = context_of (replica, query, &scope);

  if (query->where != NULL)
    *out = sat_expression_compile (query->where, &context, error);
  return query->where == NULL || *out != NULL;
}

/* How the rows are read. Nearly all rows are shown, so the index (hidden, sort) finds none quicker:
 * it is of use for their order, or where nothing else of them is looked at. Else going through it
 * means to fetch each row from another place of the file, which takes ten times as long as reading
 * the table from its beginning to its end. */
typedef enum
{
  READ_TABLE,
  READ_INDEX,
} Way;

static void
add_conditions (
    SatReplica *replica, GString *sql, const SatListQuery *query, const SatCompiled *where, Way way)
{
  const SatTable *table = sat_replica_table (replica, query->object);
  g_autofree char *scope = sat_scope_condition (replica, query->access, query->object, query->right,
                                                table->table);

  if (query->with_deleted) /* one that is away is among those of another book, or elsewhere */
    g_string_append_printf (sql, " WHERE dead < %d", (int) SAT_AWAY);
  else /* with a sign SQLite looks for no index of it */
    g_string_append (sql, way == READ_INDEX ? " WHERE hidden = 0" : " WHERE +hidden = 0");
  if (query->reference != NULL)
    {
      g_autofree char *column = sat_schema_column (query->reference, 0);
      g_string_append_printf (sql, " AND %s = ?1", column);
    }
  if (has_words (query))
    g_string_append (sql, " AND row IN (SELECT row FROM temp.found)");
  if (scope != NULL)
    g_string_append_printf (sql, " AND (%s)", scope);
  if (where != NULL && where->sql != NULL)
    g_string_append_printf (sql, " AND (%s)", where->sql);
}

gboolean
sat_list_cells (SatReplica *replica,
                const SatListQuery *query,
                const SatField *field,
                SatCompiled **where,
                char *cells[SAT_TYPE_MAX_CELLS],
                GError **error)
{
  const SatScope scope = { replica, query->access };
  SatExpressionContext context = context_of (replica, query, &scope);

  if (field->derived != NULL)
    {
      if (*where == NULL)
        *where = sat_compiled_new ();
      return sat_field_compile (field, &context, *where, cells, error);
    }
  for (guint i = 0; i < SAT_TYPE_MAX_CELLS; i++)
    cells[i] = field->type->sql[i] != NULL ? context.names->column (context.from, field, i) : NULL;
  return TRUE;
}

void
sat_list_sort_key (GString *sql, const SatField *field, const char *outer, const char *column)
{
  const SatObject *target = field->reference
                                ? sat_catalogue_find (field->object->catalogue, field->reference)
                                : NULL;

  if (field == field->object->title)
    g_string_append_printf (sql, "%s.sort", outer);
  else if (field->type->id == SAT_TYPE_CHOICE)
    {
      g_string_append_printf (sql, "CASE %s", column);
      for (guint i = 0; i < field->n_choices; i++)
        g_string_append_printf (sql, " WHEN '%s' THEN %u", field->choices[i].name, i);
      g_string_append (sql, " END");
    }
  else if (target != NULL)
    {
      g_autofree char *table = sat_schema_table (target);
      g_string_append_printf (sql, "(SELECT max(t.sort) FROM %s t WHERE t.uuid = %s)", table,
                              column);
    }
  else if (field->type->id == SAT_TYPE_TEXT || field->type->id == SAT_TYPE_LONG_TEXT ||
           field->type->id == SAT_TYPE_ADDRESS)
    g_string_append_printf (sql, "sort_key (%s)", column);
  else
    g_string_append (sql, column);
}

static gboolean
add_sort_key (SatReplica *replica,
              const SatListQuery *query,
              const SatField *field,
              SatCompiled **where,
              GString *sql,
              GError **error)
{
  char *cells[SAT_TYPE_MAX_CELLS] = { NULL };

  if (!sat_list_cells (replica, query, field, where, cells, error))
    return FALSE;
  sat_list_sort_key (sql, field, sat_replica_table (replica, query->object)->table, cells[0]);
  for (guint i = 0; i < SAT_TYPE_MAX_CELLS; i++)
    g_free (cells[i]);
  return TRUE;
}

/* Is the list to be by title alone, in the order of the index (hidden, sort), both ways? */
static gboolean
is_by_title (const SatListQuery *query, gboolean *down)
{
  const char *title = query->object->title->name;

  *down = FALSE;
  if (query->sort == NULL || query->sort[0] == NULL)
    return TRUE;
  *down = query->sort[0][0] == '-';
  return query->sort[1] == NULL && g_str_equal (query->sort[0] + *down, title);
}

/* How many rows the query can need, counted from the first: a window is read no further. */
static guint64
rows_needed (const SatListQuery *query)
{
  if (query->limit < 0)
    return G_MAXUINT;
  return MIN ((guint64) MAX (0, query->offset) + (guint64) query->limit, G_MAXUINT);
}

static gboolean
add_order (SatReplica *replica,
           const SatListQuery *query,
           SatCompiled **where,
           GString *sql,
           GError **error)
{
  gboolean down;

  g_string_append (sql, " ORDER BY ");
  for (guint i = 0; query->sort != NULL && query->sort[i] != NULL; i++)
    {
      const char *name = query->sort[i];
      const SatField *field;

      down = name[0] == '-';
      field = sat_object_find_any (query->object, down ? name + 1 : name);

      if (field == NULL)
        return sat_fail (error, SAT_ERROR_INVALID, N_ ("%s has no field “%s” to sort by"),
                         query->object->name, down ? name + 1 : name, NULL);
      if (field->type->id == SAT_TYPE_PICTURE)
        return sat_fail (error, SAT_ERROR_INVALID,
                         N_ ("a list cannot be sorted by “%s”: it holds pictures"), field->name,
                         NULL);
      if (!add_sort_key (replica, query, field, where, sql, error))
        return FALSE;
      g_string_append (sql, down ? " DESC NULLS LAST, " : " ASC NULLS LAST, ");
    }
  if (!is_by_title (query, &down) || query->sort == NULL || query->sort[0] == NULL)
    g_string_append (sql, "sort NULLS LAST, row");
  else /* as the index has it */
    g_string_append (sql, down ? "CASE WHEN sort IS NULL THEN row ELSE -row END" : "row");
  if (query->where != NULL && query->limit >= 0)
    g_string_append_printf (sql, " LIMIT %" G_GUINT64_FORMAT, rows_needed (query));
  return TRUE;
}

static gboolean
add_from (SatReplica *replica,
          const SatListQuery *query,
          Way way,
          GString *sql,
          SatCompiled **where,
          GError **error)
{
  SatTable *table = sat_replica_table (replica, query->object);

  if (!compile_where (replica, query, where, error) ||
      (has_words (query) && !fill_found (replica, table, query, error)))
    return FALSE;
  g_string_append_printf (sql, " FROM %s", table->table);
  add_conditions (replica, sql, query, *where, way);
  return TRUE;
}

gboolean
sat_list_from (SatReplica *replica,
               const SatListQuery *query,
               GString *sql,
               SatCompiled **where,
               GError **error)
{
  return add_from (replica, query, READ_TABLE, sql, where, error);
}

void
sat_list_bind (SatStmt *stmt, const SatListQuery *query, const SatCompiled *where)
{
  if (query->reference != NULL)
    sat_stmt_bind_id (stmt, 1, &query->target);
  if (where != NULL)
    sat_condition_bind (where, stmt, FIRST_OF_WHERE);
}

static gboolean
collect (SatStmt *stmt, guint64 most, GArray *rows, GError **error)
{
  GError *problem = NULL;

  while (rows->len < most && sat_stmt_step (stmt, &problem))
    {
      gint64 row = sat_stmt_int (stmt, 0);
      g_array_append_val (rows, row);
    }
  sat_stmt_reset (stmt);
  if (problem == NULL)
    return TRUE;
  g_propagate_error (error, problem);
  return FALSE;
}

static gboolean
run_rows (SatReplica *replica,
          const char *sql,
          const SatListQuery *query,
          const SatCompiled *where,
          GArray *rows,
          GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  gboolean ok;

  if (stmt == NULL)
    return FALSE;
  sat_list_bind (stmt, query, where);
  if (where == NULL)
    return collect (stmt, rows_needed (query), rows, error);
  ok = collect (stmt, rows_needed (query), rows, error);
  sat_db_forget_statement (replica->db, sql); /* people ask for ever new things */
  return ok;
}

/* Straight from the index; those without a title come last. */
static gboolean
rows_by_title (SatReplica *replica,
               const SatTable *table,
               const SatListQuery *query,
               const SatCompiled *where,
               gboolean down,
               GArray *rows,
               GError **error)
{
  const char *const halves[] = {
    down ? "sort IS NOT NULL ORDER BY sort DESC, row DESC" : "sort IS NOT NULL ORDER BY sort, row",
    "sort IS NULL ORDER BY row",
  };

  for (guint i = 0; i < G_N_ELEMENTS (halves); i++)
    {
      g_autoptr (GString) sql = g_string_new (NULL);

      g_string_append_printf (sql, "SELECT row FROM %s", table->table);
      add_conditions (replica, sql, query, where, READ_INDEX);
      g_string_append_printf (sql, " AND %s", halves[i]);
      if (!run_rows (replica, sql->str, query, where, rows, error))
        return FALSE;
    }
  return TRUE;
}

static void
cut_window (GArray *rows, const SatListQuery *query)
{
  guint offset = (guint) CLAMP (query->offset, 0, (gint64) rows->len);

  if (offset > 0)
    g_array_remove_range (rows, 0, offset);
  if (query->limit >= 0 && rows->len > query->limit)
    g_array_set_size (rows, (guint) query->limit);
}

GArray *
sat_list_rows (SatReplica *replica, const SatListQuery *query, GError **error)
{
  SatTable *table = sat_replica_table (replica, query->object);
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SatCompiled) where = NULL;
  gboolean down;

  if (!compile_where (replica, query, &where, error) ||
      (has_words (query) && !fill_found (replica, table, query, error)))
    return NULL;
  if (is_by_title (query, &down) && is_free (query) && (reaches_all (query) || query->limit >= 0))
    {
      if (!rows_by_title (replica, table, query, where, down, rows, error))
        return NULL;
    }
  else
    {
      g_autoptr (GString) sql = g_string_new (NULL);

      g_string_append_printf (sql, "SELECT row FROM %s", table->table);
      add_conditions (replica, sql, query, where, READ_TABLE);
      if (!add_order (replica, query, &where, sql, error) ||
          !run_rows (replica, sql->str, query, where, rows, error))
        return NULL;
    }
  cut_window (rows, query);
  return g_steal_pointer (&rows);
}

gint64
sat_list_count (SatReplica *replica, const SatListQuery *query, GError **error)
{
  g_autoptr (GArray) count = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GString) sql = g_string_new ("SELECT count(*)");
  g_autoptr (SatCompiled) where = NULL;
  SatListQuery all = *query; /* whatever window of it is asked for */

  all.limit = -1;
  all.offset = 0;
  if (!add_from (replica, query, is_free (query) && reaches_all (query) ? READ_INDEX : READ_TABLE,
                 sql, &where, error) ||
      !run_rows (replica, sql->str, &all, where, count, error))
    return -1;
  return g_array_index (count, gint64, 0);
}

/* ---- one record ---------------------------------------------------------------------------------
 */

/* By the keys of the books: numbers differ from replica to replica. */
static gboolean
is_earlier (SatReplica *replica, guint32 a, guint32 b)
{
  return strcmp (sat_names_book (replica->names, a), sat_names_book (replica->names, b)) < 0;
}

/* At home is best, also as part of another; then deleted, then away. */
static int
rank (SatPresence presence)
{
  static const int ranks[] = {
    [SAT_PRESENT] = 0, [SAT_ABSORBED] = 1, [SAT_DEAD] = 2, [SAT_AWAY] = 3
  };

  return (gsize) presence < G_N_ELEMENTS (ranks) ? ranks[presence] : 3;
}

gboolean
sat_list_locate (SatReplica *replica,
                 SatTable *table,
                 const SatId *id,
                 gint64 *row,
                 guint32 *book,
                 SatPresence *presence,
                 GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, table->locate, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *row = 0;
  sat_stmt_bind_id (stmt, 1, id);
  while (sat_stmt_step (stmt, &problem))
    {
      SatPresence there = (SatPresence) sat_stmt_int (stmt, 2);
      guint32 in = (guint32) sat_stmt_int (stmt, 1);

      if (*row != 0 && (rank (there) > rank (*presence) ||
                        (there == *presence && !is_earlier (replica, in, *book))))
        continue;
      *row = sat_stmt_int (stmt, 0);
      *book = in;
      *presence = there;
    }
  return sat_stmt_finish (stmt, problem, error);
}

static SatRecord *
load_row (
    SatReplica *replica, const SatObject *object, gint64 number, gboolean listed, GError **error)
{
  SatTable *table = sat_replica_table (replica, object);
  SatRow row;
  SatRecord *record;
  gboolean found;

  if (!(listed ? sat_row_load_listed : sat_row_load_number) (replica, table, number,
                                                             replica->scratch, &row, &found, error))
    return NULL;
  if (!found)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("this record is no longer here"), NULL);
      return NULL;
    }
  record = sat_read_record (replica, &row, error);
  sat_row_done (&row);
  return record;
}

SatRecord *
sat_list_load_row (SatReplica *replica, const SatObject *object, gint64 number, GError **error)
{
  return load_row (replica, object, number, FALSE, error);
}

SatRecord *
sat_list_load_listed (SatReplica *replica, const SatObject *object, gint64 number, GError **error)
{
  return load_row (replica, object, number, TRUE, error);
}

gboolean
sat_list_locate_root (SatReplica *replica,
                      SatTable *table,
                      const SatId *id,
                      SatId *root,
                      gint64 *row,
                      guint32 *book,
                      SatPresence *presence,
                      GError **error)
{
  gboolean hidden;

  *root = *id;
  if (!sat_list_locate (replica, table, id, row, book, presence, error))
    return FALSE;
  if (*row == 0 || (*presence != SAT_ABSORBED && *presence != SAT_AWAY))
    return TRUE;
  sat_absorbed_root (replica, table->name, *book, id, root);
  if (sat_id_equal (root, id))
    return TRUE;
  if (*presence == SAT_ABSORBED) /* where that is at home, whatever other books say */
    return sat_row_find (replica, table, root, *book, row, presence, &hidden, error);
  if (!sat_list_locate (replica, table, root, row, book, presence, error))
    return FALSE;
  if (*row != 0)
    return TRUE;
  *root = *id; /* what absorbed it is not here */
  return sat_list_locate (replica, table, id, row, book, presence, error);
}

SatRecord *
sat_list_load (SatReplica *replica, const SatObject *object, const SatId *id, GError **error)
{
  char text[SAT_ID_TEXT_SIZE];
  SatPresence presence;
  guint32 book;
  gint64 row;
  SatId root;

  if (!sat_list_locate_root (replica, sat_replica_table (replica, object), id, &root, &row, &book,
                             &presence, error))
    return NULL;
  if (row == 0)
    {
      sat_fail (error, SAT_ERROR_NOT_FOUND, N_ ("there is no %s %s here"), object->name,
                sat_id_format (id, text), NULL);
      return NULL;
    }
  return sat_list_load_row (replica, object, row, error);
}

/* ---- what a person wrote for an id --------------------------------------------------------------
 */

/* Two candidates are enough to know. */
static gboolean
find_by (SatReplica *replica,
         const char *sql,
         const SatCell *one,
         const SatCell *two,
         SatId *out,
         guint *n,
         GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  *n = 0;
  sat_stmt_bind_cell (stmt, 1, one);
  sat_stmt_bind_cell (stmt, 2, two);
  while (*n < 2 && sat_stmt_step (stmt, &problem))
    if (sat_stmt_id (stmt, 0, out))
      (*n)++;
  sat_stmt_reset (stmt);
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

static gboolean
find_title (SatReplica *replica,
            SatTable *table,
            const char *scope,
            const char *title,
            SatId *out,
            guint *n,
            GError **error)
{
  g_autofree char *column = sat_schema_column (table->object->title, 0);
  g_autofree char *sql = g_strdup_printf (
      "SELECT uuid FROM %s WHERE hidden = 0 AND sort = ?1 AND %s = ?2 AND (%s) LIMIT 2",
      table->table, column, scope);
  g_autofree char *tidy = sat_text_tidy (title);
  g_autoptr (GBytes) key = sat_text_sort_key (tidy ? tidy : "");
  SatCell cells[2] = { { .kind = SAT_CELL_BLOB }, { .kind = SAT_CELL_TEXT } };

  cells[0].text = g_bytes_get_data (key, &cells[0].size);
  cells[1].text = tidy ? tidy : "";
  cells[1].size = strlen (cells[1].text);
  return find_by (replica, sql, &cells[0], &cells[1], out, n, error);
}

/* The hex digits of TEXT without hyphens, or NULL when it has anything else or is no 6 to 32 long.
 */
static char *
hex_of (const char *text)
{
  g_autofree char *hex = g_malloc (strlen (text) + 1);
  gsize n = 0;

  for (const char *p = text; *p; p++)
    {
      if (*p == '-')
        continue;
      if (!g_ascii_isxdigit (*p))
        return NULL;
      hex[n++] = g_ascii_tolower (*p);
    }
  hex[n] = '\0';
  return n >= 6 && n <= 32 ? g_steal_pointer (&hex) : NULL;
}

static gboolean
find_part (SatReplica *replica,
           SatTable *table,
           const char *scope,
           const char *hex,
           SatId *out,
           guint *n,
           GError **error)
{
  g_autofree char *by_start = g_strdup_printf (
      "SELECT uuid FROM %s WHERE uuid BETWEEN ?1 AND ?2 AND (%s) GROUP BY uuid LIMIT 2",
      table->table, scope);
  g_autofree char *by_end = g_strdup_printf (
      "SELECT uuid FROM %s WHERE substr(lower(hex(uuid)), ?1) = ?2 AND (%s) GROUP BY uuid LIMIT 2",
      table->table, scope);
  guint8 low[SAT_ID_SIZE], high[SAT_ID_SIZE];
  gsize length = strlen (hex);
  SatCell cells[2] = { { .kind = SAT_CELL_BLOB }, { .kind = SAT_CELL_BLOB } };
  SatId first;
  guint n_first;

  for (gsize i = 0; i < 32; i++)
    {
      guint8 digit = i < length ? (guint8) g_ascii_xdigit_value (hex[i]) : 0;
      guint8 top = i < length ? digit : 15;
      low[i / 2] = (guint8) (i % 2 ? low[i / 2] | digit : digit << 4);
      high[i / 2] = (guint8) (i % 2 ? high[i / 2] | top : top << 4);
    }
  cells[0].text = (const char *) low;
  cells[1].text = (const char *) high;
  cells[0].size = cells[1].size = SAT_ID_SIZE;
  if (!find_by (replica, by_start, &cells[0], &cells[1], &first, &n_first, error))
    return FALSE;
  cells[0].kind = SAT_CELL_INTEGER;
  cells[0].integer = -(gint64) length;
  cells[1].kind = SAT_CELL_TEXT;
  cells[1].text = hex;
  cells[1].size = length;
  if (!find_by (replica, by_end, &cells[0], &cells[1], out, n, error))
    return FALSE;
  if (n_first > 0 && !(*n == 1 && n_first == 1 && sat_id_equal (out, &first)))
    {
      *n += n_first;
      *out = first;
    }
  return TRUE;
}

static gboolean
names_object (const char *text, const char *slash, const SatObject *object)
{
  gsize length = (gsize) (slash - text);

  return strlen (object->name) == length && strncmp (text, object->name, length) == 0;
}

gboolean
sat_list_find (SatReplica *replica,
               const SatAccess *access,
               const SatObject *object,
               const char *text,
               SatId *out,
               GError **error)
{
  SatTable *table = sat_replica_table (replica, object);
  g_autofree char *reach = sat_scope_condition (replica, access, object, SAT_RIGHT_READ,
                                                table->table);
  const char *scope = reach ? reach : "1";
  g_autofree char *hex = NULL;
  const char *slash = strchr (text, '/');
  guint n = 0;
  SatId id;

  if (sat_id_parse (text, out))
    return TRUE;
  if (slash != NULL && (slash == text || names_object (text, slash, object)))
    {
      if (!find_title (replica, table, scope, slash + 1, &id, &n, error))
        return FALSE;
    }
  else if ((hex = hex_of (text)) != NULL)
    {
      if (!find_part (replica, table, scope, hex, &id, &n, error))
        return FALSE;
    }
  if (n == 0)
    return sat_fail (
        error, SAT_ERROR_NOT_FOUND,
        N_ ("there is no %s “%s”; give an id, 6 or more characters of its beginning or end, "
            "or “/” and the exact title"),
        object->name, text, NULL);
  if (n > 1)
    return sat_fail (error, SAT_ERROR_AMBIGUOUS,
                     N_ ("“%s” matches more than one %s; give more of the id"), text, object->name,
                     NULL);
  *out = id;
  return TRUE;
}

static char *
title_in (SatReplica *replica, SatTable *table, const SatId *id, gboolean *found)
{
  g_autofree char *column = sat_schema_column (table->object->title, 0);
  g_autofree char *sql = g_strdup_printf (
      "SELECT %s, dead, book FROM %s WHERE uuid = ?1 ORDER BY dead LIMIT 1", column, table->table);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, NULL);
  gboolean absorbed = FALSE;
  guint32 book = 0;
  char *title = NULL;
  SatId root;

  if (stmt == NULL)
    return NULL;
  sat_stmt_bind_id (stmt, 1, id);
  *found = sat_stmt_step (stmt, NULL);
  if (*found)
    {
      title = g_strdup (sat_stmt_text (stmt, 0));
      absorbed = sat_stmt_int (stmt, 1) == SAT_ABSORBED;
      book = (guint32) sat_stmt_int (stmt, 2);
    }
  sat_stmt_reset (stmt);
  if (!absorbed)
    return title;
  g_free (title);
  sat_absorbed_root (replica, table->name, book, id, &root);
  return title_in (replica, table, &root, found);
}

char *
sat_list_title (SatReplica *replica, const SatObject *object, const SatId *id)
{
  gboolean found = FALSE;

  if (object != NULL)
    return title_in (replica, sat_replica_table (replica, object), id, &found);
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    {
      char *title = title_in (replica, g_ptr_array_index (replica->tables, i), id, &found);
      if (found)
        return title;
    }
  return NULL;
}
