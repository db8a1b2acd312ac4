/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sealing: the open change-set is not stored as such; what it wrote is every sibling with the open
 * dot, in the records listed as open, and what it dropped or kept is in open_extra. Sealing reads
 * these and writes the text. Order: objects by name, records by id, registers by name and element,
 * as the format wants. */
#include <string.h>

#include "core/apply/sat-enrolled.h"
#include "core/apply/sat-graft.h"
#include "core/apply/sat-local-private.h"
#include "core/store/sat-cut.h"
#include "core/store/sat-files.h"
#include "core/store/sat-names.h"
#include "core/store/sat-own-epoch.h"
#include "core/store/sat-schema.h"

typedef struct
{
  SatReplica *replica;
  SatDot own;
  SatChangeSetWriter *writer;
  SatHlc highest;
  guint64 records;
  SatState *state;
  GArray *ops;     /* SatOp */
  GPtrArray *dots; /* SatWireDot arrays that ops borrow */
} Sealer;

static int
compare_op (gconstpointer a, gconstpointer b)
{
  const SatOp *x = a;
  const SatOp *y = b;
  int order = strcmp (x->key, y->key);

  return order ? order : g_strcmp0 (x->element, y->element);
}

/* By book, device, number, as the format wants. */
static int
compare_wire_dot (gconstpointer a, gconstpointer b, gpointer data)
{
  const SatWireDot *x = a;
  const SatWireDot *y = b;
  int order = g_strcmp0 (x->book, y->book);

  if (order == 0)
    order = sat_id_compare (&x->device, &y->device);
  return order ? order : (x->number > y->number) - (x->number < y->number);
}

static const SatWireDot *
wire_dots (Sealer *sealer, const GArray *dots, gboolean foreign, guint *n)
{
  SatWireDot *out;

  *n = dots ? dots->len : 0;
  if (*n == 0)
    return NULL;
  out = g_new0 (SatWireDot, *n);
  for (guint i = 0; i < *n; i++)
    {
      const SatDot *dot = &g_array_index (dots, SatDot, i);

      out[i].device = *sat_names_device (sealer->replica->names, dot->device);
      out[i].number = dot->number;
      if (foreign)
        out[i].book = sat_names_book (sealer->replica->names, dot->book);
    }
  g_qsort_with_data (out, (gint) *n, sizeof *out, compare_wire_dot, NULL);
  g_ptr_array_add (sealer->dots, out);
  return out;
}

static const SatOpenExtra *
find_extra (GPtrArray *extras, guint32 field, const char *element)
{
  for (guint i = 0; i < extras->len; i++)
    {
      const SatOpenExtra *extra = g_ptr_array_index (extras, i);
      if (extra->field == field && g_strcmp0 (extra->element, element) == 0)
        return extra;
    }
  return NULL;
}

static void
add_op (Sealer *sealer, const SatSibling *sibling, const SatOpenExtra *extra)
{
  SatOp op = {
    .key = sat_names_name (sealer->replica->names, sibling ? sibling->field : extra->field),
    .element = sibling ? sibling->element : extra->element,
    .kind = sibling ? SAT_OP_SET : SAT_OP_DROP,
  };

  if (sibling != NULL)
    {
      op.value = sibling->element ? NULL : sibling->value;
      op.hlc = sibling->hlc;
      op.automatic = sibling->automatic;
      sealer->highest = MAX (sealer->highest, sibling->hlc);
    }
  if (extra != NULL)
    {
      op.keep = wire_dots (sealer, extra->keep, FALSE, &op.n_keep);
      op.over = wire_dots (sealer, extra->over, TRUE, &op.n_over);
    }
  g_array_append_val (sealer->ops, op);
}

/* All siblings of STATE (all explicit) that carry the open dot, and the drops. */
static void
collect_ops (Sealer *sealer, GPtrArray *extras, SatOpGroup *group)
{
  const SatState *state = sealer->state;
  const SatOpenExtra *life;

  g_array_set_size (sealer->ops, 0);
  g_ptr_array_set_size (sealer->dots, 0);
  group->life = SAT_LIFE_QUIET;
  for (guint i = 0; i < state->siblings->len; i++)
    {
      const SatSibling *sibling = sat_state_at (state, i);

      if (!sat_dot_equal (&sibling->dot, &sealer->own))
        continue;
      if (sibling->field == SAT_FIELD_LIFE)
        {
          gboolean live = g_strcmp0 (sibling->value, SAT_LIFE_LIVE_TEXT) == 0;
          group->life = live ? SAT_LIFE_LIVE : SAT_LIFE_DEAD;
          group->life_hlc = sibling->hlc;
          group->life_automatic = sibling->automatic;
          life = find_extra (extras, SAT_FIELD_LIFE, NULL);
          group->over = wire_dots (sealer, life ? life->over : NULL, TRUE, &group->n_over);
          sealer->highest = MAX (sealer->highest, sibling->hlc);
          continue;
        }
      add_op (sealer, sibling, find_extra (extras, sibling->field, sibling->element));
    }
  for (guint i = 0; i < extras->len; i++)
    {
      const SatOpenExtra *extra = g_ptr_array_index (extras, i);
      if (extra->dropped)
        add_op (sealer, NULL, extra);
    }
  g_array_sort (sealer->ops, compare_op);
  group->ops = (const SatOp *) (void *) sealer->ops->data;
  group->n_ops = sealer->ops->len;
}

static gboolean
seal_record (Sealer *sealer, SatTable *table, SatStmt *stmt, GError **error)
{
  SatOpGroup group = { 0 };
  SatRow row;
  g_autoptr (GPtrArray) extras = NULL;

  if (!sat_row_read (sealer->replica, table, stmt, sealer->state, &row, error))
    return FALSE;
  sat_row_touch_all (&row);
  extras = sat_log_open_extras (sealer->replica, sealer->own.book, sealer->state->object,
                                sealer->state->row, error);
  if (extras == NULL)
    return FALSE;
  group.object = sat_names_name (sealer->replica->names, sealer->state->object);
  group.id = sealer->state->id;
  collect_ops (sealer, extras, &group);
  sat_change_set_writer_add (sealer->writer, &group);
  sealer->records++;
  return TRUE;
}

static gboolean
seal_table (Sealer *sealer, SatTable *table, GError **error)
{
  const char *from = strstr (table->select_row, " FROM ");
  g_autofree char *columns = g_strndup (table->select_row, (gsize) (from - table->select_row));
  g_autofree char *sql = g_strdup_printf ("%s FROM %s WHERE row IN (SELECT row FROM open_record "
                                          "WHERE book = ?1 AND object = ?2) ORDER BY uuid",
                                          columns, table->table);
  SatStmt *stmt = sat_db_prepare (sealer->replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_int (stmt, 1, sealer->own.book);
  sat_stmt_bind_int (stmt, 2, table->name);
  while (sat_stmt_step (stmt, &problem))
    if (!seal_record (sealer, table, stmt, error))
      {
        sat_stmt_reset (stmt);
        return FALSE;
      }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return TRUE;
}

static int
compare_table (gconstpointer a, gconstpointer b)
{
  const SatTable *x = *(SatTable *const *) a;
  const SatTable *y = *(SatTable *const *) b;

  return strcmp (x->object->name, y->object->name);
}

/* The vector seen: all of it, or (BEFORE) the difference to that of this device's previous
 * change-set. */
static GArray *
saw_lines (SatReplica *replica, const SatVector *now, const SatVector *before)
{
  GArray *saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));

  for (guint32 device = 0; device < now->numbers->len; device++)
    {
      SatSaw entry = { .number = sat_vector_get (now, device) };

      if (device == replica->me || entry.number == 0 ||
          (before != NULL && entry.number == sat_vector_get (before, device)))
        continue;
      entry.device = *sat_names_device (replica->names, device);
      g_array_append_val (saw, entry);
    }
  g_array_sort (saw, (GCompareFunc) sat_id_compare); /* the id is an entry's first member */
  return saw;
}

static gboolean
write_groups (Sealer *sealer, GError **error)
{
  SatReplica *replica = sealer->replica;
  g_autoptr (GPtrArray) tables = g_ptr_array_new ();

  for (guint i = 0; i + 1 < replica->tables->len; i++)
    g_ptr_array_add (tables, g_ptr_array_index (replica->tables, i));
  g_ptr_array_sort (tables, compare_table);
  for (guint i = 0; i < tables->len; i++)
    if (!seal_table (sealer, g_ptr_array_index (tables, i), error))
      return FALSE;
  return TRUE;
}

/* Frees the writer, giving the text when all went well. BEGINS: it is the first of an epoch. */
static GBytes *
make_text (SatReplica *replica,
           guint32 number,
           const SatLocalBook *book,
           const GArray *saw,
           gboolean begins,
           const GArray *cuts,
           const SatEnrolment *enrolment,
           guint64 *records,
           SatHlc *highest,
           GError **error)
{
  Sealer sealer = {
    .replica = replica,
    .own = { .book = number, .device = replica->me, .number = book->number },
    .state = sat_state_new (),
    .ops = g_array_new (FALSE, FALSE, sizeof (SatOp)),
    .dots = g_ptr_array_new_with_free_func (g_free),
  };
  GBytes *text;
  gboolean ok;

  sealer.writer = sat_change_set_writer_new (
      sat_names_book (replica->names, number), &replica->device, book->number, begins,
      (const SatSaw *) (void *) saw->data, saw->len,
      cuts ? (const SatSaw *) (void *) cuts->data : NULL, cuts ? cuts->len : 0);
  if (enrolment != NULL)
    sat_change_set_writer_set_enrolment (sealer.writer, enrolment);
  sat_change_set_writer_set_files (sealer.writer, sat_files_has_data, replica);
  ok = write_groups (&sealer, error);
  text = sat_change_set_writer_finish (sealer.writer);
  if (!ok)
    g_clear_pointer (&text, g_bytes_unref);
  *records = sealer.records;
  *highest = sealer.highest;
  sat_state_free (sealer.state);
  g_array_unref (sealer.ops);
  g_ptr_array_unref (sealer.dots);
  return text;
}

/* Closes what is open in the book, or makes an empty change-set, with CUTS (SatSaw, or NULL) and
 * ENROLMENT (or NULL). */
static gboolean
close_book (SatLocal *local,
            guint32 number,
            const GArray *cuts,
            const SatEnrolment *enrolment,
            GError **error)
{
  SatReplica *replica = local->replica;
  const SatLocalGrafts *grafts = g_hash_table_lookup (local->grafts, GUINT_TO_POINTER (number));
  SatLocalBook *book;
  SatVector before;
  g_autoptr (GArray) saw = NULL;
  g_autoptr (GBytes) text = NULL;
  guint64 previous, first;
  gboolean begins;
  guint64 records = grafts ? grafts->grafts->len : 0;
  SatHlc highest = 0;
  gboolean ok;

  book = sat_local_book (local, number, error);
  if (book == NULL)
    return FALSE;
  sat_vector_init (&before);
  ok = sat_log_last (replica, number, replica->me, &previous, &before, error) &&
       sat_own_epoch_of (replica, number, replica->me, book->number, &first, error) != 0;
  begins = ok && book->number == first;
  saw = ok ? saw_lines (replica, &book->vector, begins ? NULL : &before) : NULL;
  if (ok && grafts != NULL)
    text = sat_grafts_write (replica, number, &replica->device, book->number, begins, saw,
                             grafts->grafts);
  else if (ok)
    text = make_text (replica, number, book, saw, begins, cuts, enrolment, &records, &highest,
                      error);
  ok = ok && text != NULL &&
       sat_log_add_sealed (replica, number, replica->me, book->number,
                           sat_platform_now_ms (replica->platform), records, text, error) &&
       sat_log_advance (replica, number, replica->me, book->number, &book->vector, &before, highest,
                        error) &&
       sat_log_clear_open (replica, number, error);
  sat_vector_clear (&before);
  sat_local_forget (local, number);
  g_hash_table_remove (local->grafts, GUINT_TO_POINTER (number));
  return ok;
}

static gboolean
seal_book (SatLocal *local, guint32 number, GError **error)
{
  gboolean open;

  if (!sat_local_is_open (local, number, &open, error))
    return FALSE;
  return !open || close_book (local, number, NULL, NULL, error);
}

gboolean
sat_local_is_open (SatLocal *local, guint32 number, gboolean *open, GError **error)
{
  *open = TRUE;
  return g_hash_table_contains (local->grafts, GUINT_TO_POINTER (number)) ||
         sat_log_has_open (local->replica, number, open, error);
}

static GArray *
open_books (SatLocal *local, GError **error)
{
  SatReplica *replica = local->replica;
  g_autoptr (GArray) books = g_array_new (FALSE, FALSE, sizeof (guint32));
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT DISTINCT book FROM open_record ORDER BY book", error);
  GError *problem = NULL;

  if (stmt == NULL)
    return NULL;
  while (sat_stmt_step (stmt, &problem))
    {
      guint32 book = (guint32) sat_stmt_int (stmt, 0);
      g_array_append_val (books, book);
    }
  if (problem != NULL)
    {
      g_propagate_error (error, problem);
      return NULL;
    }
  GHashTableIter iter;
  gpointer number;
  g_hash_table_iter_init (&iter, local->grafts);
  while (g_hash_table_iter_next (&iter, &number, NULL))
    {
      guint32 book = GPOINTER_TO_UINT (number);
      g_array_append_val (books, book);
    }
  return g_steal_pointer (&books);
}

/* What others of a revoked device would not take in otherwise. */
static gboolean
vouch (SatLocal *local, GError **error)
{
  g_autoptr (GArray) books = sat_log_to_vouch (local->replica, error);

  for (guint i = 0; books != NULL && i < books->len; i++)
    if (!close_book (local, g_array_index (books, guint32, i), NULL, NULL, error))
      return FALSE;
  return books != NULL;
}

static gboolean
seal_all (SatLocal *local, GError **error)
{
  g_autoptr (GArray) books = open_books (local, error);

  if (books == NULL)
    return FALSE;
  for (guint i = 0; i < books->len; i++)
    if (!seal_book (local, g_array_index (books, guint32, i), error))
      return FALSE;
  return vouch (local, error);
}

gboolean
sat_local_seal (SatLocal *local, guint32 number, GError **error)
{
  gboolean ok = number != 0 ? seal_book (local, number, error) : seal_all (local, error);

  local->broken |= !ok;
  return ok;
}

gboolean
sat_local_cut (SatLocal *local, guint32 book, const SatId *device, GError **error)
{
  SatReplica *replica = local->replica;
  guint32 number = sat_names_get_device (replica->names, device, error);
  g_autoptr (GArray) cuts = g_array_new (FALSE, FALSE, sizeof (SatSaw));
  const SatVector *vector = NULL;
  SatSaw cut = { .device = *device };
  gboolean ok = number != 0 && seal_book (local, book, error);

  if (ok)
    vector = sat_local_vector (local, book, error);
  if (vector != NULL)
    {
      cut.number = sat_vector_get (vector, number);
      g_array_append_val (cuts, cut);
    }
  ok = vector != NULL && sat_log_add_cut (replica, book, number, cut.number, error) &&
       close_book (local, book, cuts, NULL, error);
  local->broken |= !ok;
  return ok;
}

gboolean
sat_local_enrol (SatLocal *local, const SatEnrolment *enrolment, GError **error)
{
  SatReplica *replica = local->replica;
  guint32 book = sat_names_get_book (replica->names, SAT_BOOK_KEY_ENROLMENT, error);
  gboolean ok = book != 0 && seal_book (local, book, error) &&
                close_book (local, book, NULL, enrolment, error) &&
                sat_enrolled_note (replica, &replica->device, enrolment, error);

  local->broken |= !ok;
  return ok;
}
