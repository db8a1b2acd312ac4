/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/query/sat-digest.h"

#include <sodium.h>
#include <string.h>

#include "core/apply/sat-enrolled.h"
#include "core/base/sat-text.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-names.h"
#include "core/store/sat-state-store.h"

typedef struct
{
  SatReplica *replica;
  guint32 book;
  SatLineFunc line;
  gpointer data;
  SatState *state; /* of the record under way */
  GString *text;
  GArray *order; /* SatSibling pointers of one record */
} Writer;

static int
compare_sibling (gconstpointer a, gconstpointer b, gpointer data)
{
  const SatSibling *x = *(SatSibling *const *) a;
  const SatSibling *y = *(SatSibling *const *) b;
  SatNames *names = data;
  int result;

  if (x->field != y->field)
    return strcmp (sat_names_name (names, x->field), sat_names_name (names, y->field));
  result = g_strcmp0 (x->element, y->element);
  if (result == 0 && x->dot.book != y->dot.book)
    result = strcmp (sat_names_book (names, x->dot.book), sat_names_book (names, y->dot.book));
  if (result == 0)
    result = sat_id_compare (sat_names_device (names, x->dot.device),
                             sat_names_device (names, y->dot.device));
  return result ? result : (x->dot.number > y->dot.number) - (x->dot.number < y->dot.number);
}

static void
write_sibling (Writer *writer, const char *object, const SatSibling *sibling)
{
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE], hlc[SAT_HLC_TEXT_SIZE];
  SatNames *names = writer->replica->names;
  GString *text = writer->text;

  g_string_printf (text, "%s %s %s", object, sat_id_format (&writer->state->id, id),
                   sat_names_name (names, sibling->field));
  if (sibling->element != NULL)
    {
      g_string_append_c (text, '/');
      sat_text_escape (text, sibling->element, strlen (sibling->element));
    }
  g_string_append_printf (
      text, " %s:%s:%" G_GUINT64_FORMAT " %s%s ", sat_names_book (names, sibling->dot.book),
      sat_id_format (sat_names_device (names, sibling->dot.device), device), sibling->dot.number,
      sat_hlc_format (sibling->hlc, hlc), sibling->automatic ? "a" : "");
  if (sibling->element != NULL)
    g_string_append_c (text, '+');
  else if (sibling->value == NULL)
    g_string_append_c (text, '~');
  else
    {
      g_string_append_c (text, '=');
      sat_text_escape (text, sibling->value, strlen (sibling->value));
    }
  writer->line (text->str, writer->data);
}

static int
compare_context (gconstpointer a, gconstpointer b, gpointer data)
{
  const SatDot *x = a;
  const SatDot *y = b;
  SatNames *names = data;

  if (x->book != y->book)
    return strcmp (sat_names_book (names, x->book), sat_names_book (names, y->book));
  return sat_id_compare (sat_names_device (names, x->device), sat_names_device (names, y->device));
}

/* A line for each book that the record has been in. */
static void
write_context (Writer *writer, const char *object)
{
  SatNames *names = writer->replica->names;
  g_autoptr (GArray) context = g_array_copy (writer->state->context);
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE];
  guint32 book = 0;

  g_array_sort_with_data (context, compare_context, names);
  for (guint i = 0; i < context->len; i++)
    {
      const SatDot *dot = &g_array_index (context, SatDot, i);

      if (i > 0 && dot->book != book)
        writer->line (writer->text->str, writer->data);
      if (dot->book != book)
        g_string_printf (writer->text, "%s %s :context %s ", object,
                         sat_id_format (&writer->state->id, id), sat_names_book (names, dot->book));
      else
        g_string_append_c (writer->text, ',');
      book = dot->book;
      g_string_append_printf (writer->text, "%s:%" G_GUINT64_FORMAT,
                              sat_id_format (sat_names_device (names, dot->device), device),
                              dot->number);
    }
  writer->line (writer->text->str, writer->data);
}

static gboolean
write_record (SatRow *row, gpointer data, GError **error)
{
  Writer *writer = data;
  const char *object = sat_names_name (writer->replica->names, row->state->object);

  writer->state = row->state;
  sat_row_touch_all (row);
  g_array_set_size (writer->order, 0);
  for (guint i = 0; i < writer->state->siblings->len; i++)
    {
      SatSibling *sibling = sat_state_at (writer->state, i);
      g_array_append_val (writer->order, sibling);
    }
  g_array_sort_with_data (writer->order, compare_sibling, writer->replica->names);
  for (guint i = 0; i < writer->order->len; i++)
    write_sibling (writer, object, g_array_index (writer->order, SatSibling *, i));
  if (writer->state->context->len > 0)
    write_context (writer, object);
  return TRUE;
}

/* ---- all records --------------------------------------------------------------------------------
 */

static gboolean
records_of (SatReplica *replica,
            SatTable *table,
            guint32 object,
            guint32 book,
            SatState *state,
            SatRecordFunc func,
            gpointer data,
            GError **error)
{
  SatStmt *stmt = sat_db_prepare (replica->db, table->select_all, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, book);
  if (table->object == NULL)
    sat_stmt_bind_int (stmt, 2, object);
  while (sat_stmt_step (stmt, &problem))
    {
      SatRow row;
      if (!sat_row_read (replica, table, stmt, state, &row, error) || !func (&row, data, error))
        {
          sat_stmt_reset (stmt);
          return FALSE;
        }
    }
  return sat_stmt_finish (stmt, problem, error);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  SatNames *names = data;
  guint32 x = *(const guint32 *) a;
  guint32 y = *(const guint32 *) b;
  g_autofree char *first = g_strdup (sat_names_name (names, x));

  return strcmp (first, sat_names_name (names, y));
}

GArray *
sat_objects_by_name (SatReplica *replica, GError **error)
{
  g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (guint32));
  SatStmt *stmt = sat_db_prepare (replica->db, "SELECT DISTINCT object FROM o__unknown", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  for (guint i = 0; i + 1 < replica->tables->len; i++)
    g_array_append_val (names, ((SatTable *) g_ptr_array_index (replica->tables, i))->name);
  while (sat_stmt_step (stmt, &problem))
    {
      guint32 name = (guint32) sat_stmt_int (stmt, 0);
      g_array_append_val (names, name);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  g_array_sort_with_data (names, compare_names, replica->names);
  return g_steal_pointer (&names);
}

gboolean
sat_records_each (
    SatReplica *replica, guint32 book, SatRecordFunc func, gpointer data, GError **error)
{
  g_autoptr (GArray) objects = sat_objects_by_name (replica, error);
  g_autoptr (SatState) state = sat_state_new ();

  for (guint i = 0; objects != NULL && i < objects->len; i++)
    {
      guint32 name = g_array_index (objects, guint32, i);
      if (!records_of (replica, sat_replica_table_of (replica, name), name, book, state, func, data,
                       error))
        return FALSE;
    }
  return objects != NULL;
}

/* ---- the digest ---------------------------------------------------------------------------------
 */

static gboolean
write_cuts (Writer *writer, GError **error)
{
  g_autoptr (GArray) cuts = sat_log_cuts (writer->replica, writer->book, error);

  for (guint i = 0; cuts != NULL && i < cuts->len; i++)
    {
      const SatCut *cut = &g_array_index (cuts, SatCut, i);
      char text[SAT_ID_TEXT_SIZE];

      g_string_printf (writer->text, "cut %s %" G_GUINT64_FORMAT, sat_id_format (&cut->id, text),
                       cut->number);
      writer->line (writer->text->str, writer->data);
    }
  return cuts != NULL;
}

static gboolean
write_enrolment (Writer *writer, GError **error)
{
  const char *book = sat_names_book (writer->replica->names, writer->book);

  return strcmp (book, SAT_BOOK_KEY_ENROLMENT) != 0 ||
         sat_enrolled_lines (writer->replica, writer->line, writer->data, error);
}

static gboolean
write_lines (Writer *writer, GError **error)
{
  g_string_printf (writer->text, "book %s", sat_names_book (writer->replica->names, writer->book));
  writer->line (writer->text->str, writer->data);
  return sat_records_each (writer->replica, writer->book, write_record, writer, error) &&
         write_enrolment (writer, error) && write_cuts (writer, error);
}

gboolean
sat_digest_lines (
    SatReplica *replica, guint32 book, SatLineFunc line, gpointer data, GError **error)
{
  Writer writer = {
    .replica = replica,
    .book = book,
    .line = line,
    .data = data,
    .text = g_string_new (NULL),
    .order = g_array_new (FALSE, FALSE, sizeof (SatSibling *)),
  };
  gboolean ok = write_lines (&writer, error);

  g_string_free (writer.text, TRUE);
  g_array_unref (writer.order);
  return ok;
}

static void
hash_line (const char *text, gpointer data)
{
  crypto_hash_sha256_update (data, (const guint8 *) text, strlen (text));
  crypto_hash_sha256_update (data, (const guint8 *) "\n", 1);
}

char *
sat_digest_of (SatReplica *replica, guint32 book, GError **error)
{
  crypto_hash_sha256_state state;
  guint8 hash[crypto_hash_sha256_BYTES];
  char *hex;

  crypto_hash_sha256_init (&state);
  if (!sat_digest_lines (replica, book, hash_line, &state, error))
    return NULL;
  crypto_hash_sha256_final (&state, hash);
  hex = g_malloc (2 * sizeof hash + 1);
  return sodium_bin2hex (hex, 2 * sizeof hash + 1, hash, sizeof hash);
}
