/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a book's marks should be is computed anew from its customers, and compared with what is
 * published: so deletes, moves, imports, undo and edits by others need no care of their own. */
#include "core/workspace/sat-workspace-marks.h"

#include <string.h>

#include "core/base/sat-likeness.h"
#include "core/base/sat-text.h"
#include "core/query/sat-list.h"
#include "core/store/sat-log.h"
#include "core/store/sat-names.h"
#include "core/store/sat-schema.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-private.h"

#define PHONE_DIGITS 10
#define PHONE_LEAST 7
#define EDITS_MOST 2000 /* of one part in one change-set */
#define WEEK_MS G_GINT64_CONSTANT (604800000)
#define TIMES 20 /* a part of the time that publishing may take */

/* 6 bits say which part it is in, 24 stand there in four characters. */
typedef struct
{
  guint part;
  char text[5];
} Mark;

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* ---- of one text --------------------------------------------------------------------------------
 */

static char *
name_key (const char *name)
{
  g_auto (GStrv) words = sat_likeness_words (name);
  g_autofree char *key = g_strjoinv (" ", words);

  return g_utf8_strlen (key, -1) >= 2 ? g_strconcat ("name ", key, NULL) : NULL;
}

static char *
phone_key (const char *phone)
{
  g_autofree char *digits = sat_text_digits (phone);
  gsize length = strlen (digits);

  if (length < PHONE_LEAST)
    return NULL;
  return g_strconcat ("phone ", length > PHONE_DIGITS ? digits + length - PHONE_DIGITS : digits,
                      NULL);
}

/* FALSE: it says nothing. */
static gboolean
mark_of (const SatId *space, SatLikeness likeness, const char *value, Mark *mark)
{
  g_autofree char *key = likeness == SAT_LIKENESS_NAME ? name_key (value) : phone_key (value);
  guint32 bits = 0;
  SatId id;

  if (key == NULL)
    return FALSE;
  sat_id_derive (space, key, strlen (key), &id);
  for (guint i = 0; i < 4; i++)
    bits = bits << 8 | id.bytes[i];
  mark->part = bits >> 26;
  for (guint i = 0; i < 4; i++)
    mark->text[i] = letters[bits >> (20 - 6 * i) & 63];
  mark->text[4] = '\0';
  return TRUE;
}

/* ---- the workspace ------------------------------------------------------------------------------
 */

typedef struct
{
  SatReplica *replica;
  const SatObject *customer, *mark;
  const SatField *marks; /* of `mark` */
  SatId space;           /* the workspace's record */
  gboolean wanted;
} Ground;

static gboolean
is_wanted (SatReplica *replica, const SatId *space)
{
  const SatObject *object = sat_catalogue_find (replica->catalogue, "workspace");
  const SatField *field = object ? sat_object_find (object, "customer_marks") : NULL;
  g_autoptr (SatRecord) record = field ? sat_list_load (replica, object, space, NULL) : NULL;

  return record != NULL && g_strcmp0 (sat_record_get (record, field), "yes") == 0;
}

static Ground
ground_of (SatWorkspace *workspace)
{
  SatReplica *replica = workspace->replica;
  Ground ground = { .replica = replica,
                    .customer = sat_catalogue_find (replica->catalogue, "customer"),
                    .mark = sat_catalogue_find (replica->catalogue, "customer_mark") };
  g_autofree char *space = sat_meta_get (replica, SAT_META_WORKSPACE);

  ground.marks = ground.mark ? sat_object_find (ground.mark, "marks") : NULL;
  ground.wanted = ground.customer != NULL && ground.marks != NULL && space != NULL &&
                  sat_id_parse (space, &ground.space) && is_wanted (replica, &ground.space);
  return ground;
}

static void
part_id (const Ground *ground, const char *book, guint part, SatId *id)
{
  g_autofree char *name = g_strdup_printf ("marks %s %u", book, part);

  sat_id_derive (&ground->space, name, strlen (name), id);
}

/* The marks of one part as published, one a line; NULL: none, or ERROR is set. */
static char *
load_part (const Ground *ground, const char *book, guint part, GError **error)
{
  g_autofree char *column = sat_schema_column (ground->marks, 0);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE uuid = ?1 AND dead = %d", column,
                                          sat_replica_table (ground->replica, ground->mark)->table,
                                          (int) SAT_PRESENT);
  SatStmt *stmt = sat_db_prepare (ground->replica->db, sql, error);
  GError *problem = NULL;
  char *text = NULL;
  SatId id;

  if (stmt == NULL)
    return NULL;
  part_id (ground, book, part, &id);
  sat_stmt_bind_id (stmt, 1, &id);
  if (sat_stmt_step (stmt, &problem))
    text = g_strdup (sat_stmt_text (stmt, 0));
  if (!sat_stmt_finish (stmt, problem, error))
    g_clear_pointer (&text, g_free);
  return text;
}

/* ---- publishing ---------------------------------------------------------------------------------
 */

static gboolean
counts (const SatField *field)
{
  return field->likeness == SAT_LIKENESS_NAME || field->likeness == SAT_LIKENESS_PHONE;
}

/* The marks that the customers of BOOK should have: a set of texts for each part. */
static gboolean
collect (const Ground *ground, guint32 book, GHashTable **parts, GError **error)
{
  g_autoptr (GString) sql = g_string_new ("SELECT row");
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  GError *problem = NULL;
  SatStmt *stmt;

  for (guint i = 0; i < ground->customer->n_fields; i++)
    if (counts (ground->customer->fields[i]))
      {
        g_autofree char *column = sat_schema_column (ground->customer->fields[i], 0);
        g_string_append_printf (sql, ", %s", column);
        g_ptr_array_add (fields, (gpointer) ground->customer->fields[i]);
      }
  g_string_append_printf (sql, " FROM %s WHERE book = ?1 AND dead = %d AND NOT hidden",
                          sat_replica_table (ground->replica, ground->customer)->table,
                          (int) SAT_PRESENT);
  stmt = sat_db_prepare (ground->replica->db, sql->str, error);
  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  while (sat_stmt_step (stmt, &problem))
    for (guint i = 0; i < fields->len; i++)
      {
        const SatField *field = g_ptr_array_index (fields, i);
        const char *value = sat_stmt_text (stmt, (int) i + 1);
        Mark mark;

        if (value != NULL && mark_of (&ground->space, field->likeness, value, &mark) &&
            g_hash_table_size (parts[mark.part]) < SAT_MARKS_MOST)
          g_hash_table_add (parts[mark.part], g_strdup (mark.text));
      }
  return sat_stmt_finish (stmt, problem, error);
}

/* The differences of one part, sorted, so that they do not depend on the order of a table. */
static void
compare_part (GHashTable *wanted, char **published, GArray *edits)
{
  g_autoptr (GHashTable) had = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (wanted), (GCompareFunc) strcmp);
  SatEdit edit = { 0 };

  for (guint i = 0; published[i] != NULL; i++)
    {
      g_hash_table_add (had, published[i]);
      edit.element = published[i];
      edit.drop = TRUE;
      if (!g_hash_table_contains (wanted, published[i]))
        g_array_append_val (edits, edit);
    }
  for (const GList *at = keys; at != NULL; at = at->next)
    if (!g_hash_table_contains (had, at->data))
      {
        edit.element = at->data;
        edit.drop = FALSE;
        g_array_append_val (edits, edit);
      }
}

/* *MORE: not all of it could be written at once. */
static gboolean
publish_part (SatWorkspace *workspace,
              const Ground *ground,
              const char *book,
              guint part,
              GHashTable *wanted,
              gboolean *more,
              GError **error)
{
  GError *problem = NULL;
  g_autofree char *text = load_part (ground, book, part, &problem);
  g_auto (GStrv) published = sat_tags_split (text);
  g_autofree char *name = g_strdup_printf ("%s %02u", book, part);
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = text == NULL };
  SatEdit title = { .field = ground->mark->title, .value = name };
  SatId id;

  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  if (text == NULL)
    g_array_append_val (edits, title);
  compare_part (wanted, published, edits);
  if (edits->len == (text == NULL ? 1 : 0))
    return TRUE;
  for (guint i = text == NULL ? 1 : 0; i < edits->len; i++)
    g_array_index (edits, SatEdit, i).field = ground->marks;
  if (edits->len > EDITS_MOST)
    {
      g_array_set_size (edits, EDITS_MOST);
      *more = TRUE;
    }
  part_id (ground, book, part, &id);
  return sat_workspace_edit_raw (workspace, ground->mark, &id, SAT_BOOK_KEY_COMPANY,
                                 (SatEdit *) (void *) edits->data, edits->len, &kind, error);
}

static gboolean
publish_parts (
    SatWorkspace *workspace, const Ground *ground, const char *book, gboolean *more, GError **error)
{
  guint32 number = sat_names_find_book (workspace->replica->names, book);
  GHashTable *parts[SAT_MARK_PARTS];
  gboolean ok;

  for (guint i = 0; i < SAT_MARK_PARTS; i++)
    parts[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  ok = collect (ground, number, parts, error);
  for (guint i = 0; ok && i < SAT_MARK_PARTS; i++)
    ok = publish_part (workspace, ground, book, i, parts[i], more, error);
  for (guint i = 0; i < SAT_MARK_PARTS; i++)
    g_hash_table_unref (parts[i]);
  return ok;
}

/* How far this laptop has written in BOOK: the number of its last change-set, or that which the
 * open one will get. */
static gboolean
written (SatReplica *replica, const char *book, gint64 *number, GError **error)
{
  guint32 name = sat_names_find_book (replica->names, book);
  SatVector vector;
  gboolean open = FALSE;
  gboolean ok;

  sat_vector_init (&vector);
  ok = sat_log_vector (replica, name, &vector, error) &&
       sat_log_has_open (replica, name, &open, error);
  *number = (gint64) sat_vector_get (&vector, replica->me) + (open ? 1 : 0);
  sat_vector_clear (&vector);
  return ok;
}

/* What is remembered of a book: how far it had been written, when, and how long it took. */
typedef struct
{
  char *key;
  gint64 number, at_ms, took_ms;
} Last;

static void
read_last (SatReplica *replica, const char *book, Last *last)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = NULL;

  last->key = g_strconcat ("marked ", book, NULL);
  text = sat_meta_get (replica, last->key);
  parts = g_strsplit (text ? text : "", " ", -1);
  if (g_strv_length (parts) != 3)
    return;
  last->number = g_ascii_strtoll (parts[0], NULL, 10);
  last->at_ms = g_ascii_strtoll (parts[1], NULL, 10);
  last->took_ms = g_ascii_strtoll (parts[2], NULL, 10);
}

static gboolean
write_last (SatReplica *replica, const Last *last, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT
                                           " %" G_GINT64_FORMAT,
                                           last->number, last->at_ms, last->took_ms);

  if (!sat_replica_begin (replica, error))
    return FALSE;
  if (sat_meta_set (replica, last->key, text, error))
    return sat_replica_commit (replica, error);
  sat_replica_rollback (replica);
  return FALSE;
}

static gboolean
publish_book (SatWorkspace *workspace, const Ground *ground, const char *book, GError **error)
{
  gint64 now = sat_platform_now_ms (ground->replica->platform);
  gint64 begin = g_get_monotonic_time ();
  Last last = { 0 };
  g_autofree char *key = NULL;
  gint64 number;
  gboolean more = FALSE;

  read_last (ground->replica, book, &last);
  key = last.key;
  if (!written (ground->replica, book, &number, error))
    return FALSE;
  if (last.at_ms != 0 && now >= last.at_ms && now - last.at_ms < WEEK_MS &&
      (number == last.number || now - last.at_ms < TIMES * last.took_ms))
    return TRUE;
  if (!publish_parts (workspace, ground, book, &more, error))
    return FALSE;
  last.number = more ? -1 : number;
  last.at_ms = now;
  last.took_ms = (g_get_monotonic_time () - begin) / 1000;
  return write_last (ground->replica, &last, error);
}

gboolean
sat_workspace_publish_marks (SatWorkspace *workspace, GError **error)
{
  Ground ground = ground_of (workspace);
  g_auto (GStrv) books = ground.wanted ? sat_workspace_books (workspace, error) : NULL;

  if (!ground.wanted)
    return TRUE;
  for (guint i = 0; books != NULL && books[i] != NULL; i++)
    if (strcmp (books[i], SAT_BOOK_KEY_COMPANY) != 0 &&
        !publish_book (workspace, &ground, books[i], error))
      return FALSE;
  return books != NULL;
}

/* ---- looking up ---------------------------------------------------------------------------------
 */

void
sat_taken_free (SatTaken *taken)
{
  if (taken == NULL)
    return;
  g_free (taken->book);
  g_free (taken->name);
  g_free (taken->users);
  g_free (taken);
}

struct _SatMarks
{
  SatWorkspace *workspace;
  Ground ground;
  GPtrArray *books;                  /* SatBook that are not held here; NULL: not read yet */
  GHashTable *parts[SAT_MARK_PARTS]; /* mark -> number of a book + 1; NULL: not read yet */
};

SatMarks *
sat_marks_new (SatWorkspace *workspace)
{
  SatMarks *marks = g_new0 (SatMarks, 1);

  marks->workspace = workspace;
  marks->ground = ground_of (workspace);
  return marks;
}

void
sat_marks_free (SatMarks *marks)
{
  if (marks == NULL)
    return;
  g_clear_pointer (&marks->books, g_ptr_array_unref);
  for (guint i = 0; i < SAT_MARK_PARTS; i++)
    g_clear_pointer (&marks->parts[i], g_hash_table_unref);
  g_free (marks);
}

gboolean
sat_marks_apply_to (SatMarks *marks, const SatObject *object)
{
  return marks->ground.wanted && object == marks->ground.customer;
}

static gboolean
read_books (SatMarks *marks, GError **error)
{
  if (marks->books != NULL)
    return TRUE;
  marks->books = sat_workspace_all_books (marks->workspace, error);
  for (guint i = marks->books ? marks->books->len : 0; i > 0; i--)
    if (((SatBook *) g_ptr_array_index (marks->books, i - 1))->is_held)
      g_ptr_array_remove_index (marks->books, i - 1);
  return marks->books != NULL;
}

static gboolean
read_part (SatMarks *marks, guint part, GError **error)
{
  GHashTable *found;

  if (marks->parts[part] != NULL)
    return TRUE;
  if (!read_books (marks, error))
    return FALSE;
  found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  marks->parts[part] = found;
  for (guint i = 0; i < marks->books->len; i++)
    {
      const SatBook *book = g_ptr_array_index (marks->books, i);
      GError *problem = NULL;
      g_autofree char *text = load_part (&marks->ground, book->key, part, &problem);
      g_auto (GStrv) all = sat_tags_split (text);

      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
      for (guint k = 0; all[k] != NULL; k++)
        g_hash_table_insert (found, g_strdup (all[k]), GUINT_TO_POINTER (i + 1));
    }
  return TRUE;
}

/* Whose own book BOOK is, and who holds it: names, each once, three at most. */
static char *
users_of (SatMarks *marks, const char *book)
{
  g_autoptr (GPtrArray) names = sat_workspace_users_of_book (marks->ground.replica, book);

  if (names->len == 0)
    return NULL;
  if (names->len > 3)
    g_ptr_array_set_size (names, 3);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static SatTaken *
find_value (SatMarks *marks, const SatField *field, const char *value, GError **error)
{
  const SatBook *book;
  SatTaken *taken;
  guint at;
  Mark mark;

  if (value == NULL || !mark_of (&marks->ground.space, field->likeness, value, &mark) ||
      !read_part (marks, mark.part, error))
    return NULL;
  at = GPOINTER_TO_UINT (g_hash_table_lookup (marks->parts[mark.part], mark.text));
  if (at == 0)
    return NULL;
  book = g_ptr_array_index (marks->books, at - 1);
  taken = g_new0 (SatTaken, 1);
  taken->book = g_strdup (book->key);
  taken->name = g_strdup (book->name);
  taken->users = users_of (marks, book->key);
  taken->by_phone = field->likeness == SAT_LIKENESS_PHONE;
  return taken;
}

SatTaken *
sat_marks_find (SatMarks *marks, const SatDraft *draft, GError **error)
{
  const SatObject *object = sat_draft_object (draft);

  if (!sat_marks_apply_to (marks, object))
    return NULL;
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      GError *problem = NULL;
      SatTaken *taken;

      if (!counts (field) || (sat_draft_base (draft) != NULL && !sat_draft_changes (draft, field)))
        continue;
      taken = find_value (marks, field, sat_draft_get (draft, field), &problem);
      if (problem != NULL)
        g_propagate_error (error, problem);
      if (taken != NULL || problem != NULL)
        return taken;
    }
  return NULL;
}
