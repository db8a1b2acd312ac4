/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers, digests and history against what the texts of all change-sets say. */
#include <string.h>

#include "core/base/sat-text.h"
#include "core/store/sat-files.h"
#include "tests/converge/sim-writes.h"

/* The sibling as the digest has it. */
static void
put_line (GString *out, const Write *write)
{
  const SatOp *op = write->op;
  const char *value = write_value (write);
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE], time[SAT_HLC_TEXT_SIZE];

  g_string_append_printf (out, "%s %s %s %s:%s:%" G_GUINT64_FORMAT " %s%s ", write->group->object,
                          sat_id_format (&write->group->id, id), write->register_name, write->book,
                          sat_id_format (&write->device, device), write->number,
                          sat_hlc_format (write_time (write), time),
                          write_is_automatic (write) ? "a" : "");
  if (op != NULL && op->element != NULL)
    g_string_append_c (out, '+');
  else if (value == NULL)
    g_string_append_c (out, '~');
  else
    {
      g_string_append_c (out, '=');
      sat_text_escape (out, value, strlen (value));
    }
  g_string_append_c (out, '\n');
}

/* Does another record begin at TO? */
static gboolean
is_last_of_record (const GPtrArray *writes, guint to)
{
  const SatOpGroup *last = ((const Write *) g_ptr_array_index (writes, to - 1))->group;
  const SatOpGroup *next = to < writes->len
                               ? ((const Write *) g_ptr_array_index (writes, to))->group
                               : NULL;

  return next == NULL || strcmp (last->object, next->object) != 0 ||
         !sat_id_equal (&last->id, &next->id);
}

static int
compare_cuts (gconstpointer a, gconstpointer b)
{
  return sat_id_compare (&((const SatSaw *) a)->device, &((const SatSaw *) b)->device);
}

/* Of each device the lowest. */
static void
put_cuts (GString *out, const GPtrArray *applied)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (SatSaw));

  for (guint i = 0; i < applied->len; i++)
    {
      guint n;
      const SatSaw *cuts = sat_change_set_cuts (((const Applied *) applied->pdata[i])->set, &n);
      g_array_append_vals (all, cuts, n);
    }
  g_array_sort (all, compare_cuts);
  for (guint i = 0; i < all->len;)
    {
      SatSaw lowest = g_array_index (all, SatSaw, i);
      char id[SAT_ID_TEXT_SIZE];
      for (i++; i < all->len && compare_cuts (&lowest, &g_array_index (all, SatSaw, i)) == 0; i++)
        lowest.number = MIN (lowest.number, g_array_index (all, SatSaw, i).number);
      g_string_append_printf (out, "cut %s %" G_GUINT64_FORMAT "\n",
                              sat_id_format (&lowest.device, id), lowest.number);
    }
}

static char *
lines_from_texts (const GPtrArray *applied, const char *book)
{
  g_autoptr (GPtrArray) writes = writes_of (applied, book);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "book %s\n", book);
  for (guint from = 0, to; from < writes->len; from = to)
    {
      for (to = from + 1;
           to < writes->len &&
           compare_register (g_ptr_array_index (writes, from), g_ptr_array_index (writes, to)) == 0;
           to++)
        ;
      for (guint i = from; i < to; i++)
        if (stands (writes, from, to, i))
          put_line (out, g_ptr_array_index (writes, i));
      if (is_last_of_record (writes, to))
        {
          g_autofree char *lines = context_lines (g_ptr_array_index (writes, from), book);
          g_string_append (out, lines);
        }
    }
  put_cuts (out, applied);
  return g_string_free (out, FALSE);
}

static void
append_line (const char *line, gpointer data)
{
  g_string_append (data, line);
  g_string_append_c (data, '\n');
}

/* Ends the test with the first line that differs. */
static void
assert_same_lines (const char *expected, const char *found)
{
  g_auto (GStrv) want = NULL;
  g_auto (GStrv) have = NULL;

  if (strcmp (expected, found) == 0)
    return;
  want = g_strsplit (expected, "\n", -1);
  have = g_strsplit (found, "\n", -1);
  for (guint i = 0; want[i] != NULL && have[i] != NULL; i++)
    g_assert_cmpstr (want[i], ==, have[i]);
  g_assert_cmpuint (g_strv_length (want), ==, g_strv_length (have));
}

void
check_registers (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, &error);

  g_assert_no_error (error);
  if (!laptop_at_rest (laptop))
    return;
  for (guint i = 0; books[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) applied = applied_in (laptop, books[i]);
      g_autofree char *expected = lines_from_texts (applied, books[i]);
      g_autoptr (GString) found = g_string_new (NULL);
      sat_workspace_canonical (laptop->workspace, books[i], append_line, found, &error);
      g_assert_no_error (error);
      assert_same_lines (expected, found->str);
    }
}

/* ---- digests ------------------------------------------------------------------------------------
 */

void
check_digest (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) digests = NULL;

  if (!laptop_at_rest (laptop))
    return;
  digests = sat_workspace_digest (laptop->workspace, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < digests->len; i++)
    {
      const SatDigest *digest = g_ptr_array_index (digests, i);
      g_autoptr (GString) vector = g_string_new (digest->book);
      for (guint k = 0; k < digest->vector->len; k++)
        {
          const SatVectorEntry *entry = &g_array_index (digest->vector, SatVectorEntry, k);
          char id[SAT_ID_TEXT_SIZE];
          if (entry->number > 0)
            g_string_append_printf (vector, " %s:%" G_GUINT64_FORMAT,
                                    sat_id_format (&entry->device, id), entry->number);
        }
      const char *other = g_hash_table_lookup (laptop->sim->digests, vector->str);
      if (other != NULL)
        g_assert_cmpstr (other, ==, digest->digest);
      g_hash_table_insert (laptop->sim->digests, g_strdup (vector->str), g_strdup (digest->digest));
    }
}

/* ---- files
 * ----------------------------------------------------------------------------------------
 */

/* Whatever file a record says, its bytes are here, and they are that file. */
void
check_files (Laptop *laptop)
{
  SatReplica *replica = laptop->workspace->replica;
  SatStmt *stmt = sat_db_prepare (replica->db,
                                  "SELECT f_file FROM o_document WHERE f_file IS NOT NULL", NULL);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  g_assert_nonnull (stmt);
  while (sat_stmt_step (stmt, NULL))
    g_ptr_array_add (values, g_strdup (sat_stmt_text (stmt, 0)));
  for (guint i = 0; i < values->len; i++)
    {
      const char *value = g_ptr_array_index (values, i);
      g_autoptr (GBytes) bytes = NULL;
      SatFile file, found;

      g_assert_true (sat_attachment_look (value, strlen (value), &file, NULL));
      bytes = sat_files_read (replica, &file, NULL);
      g_assert_nonnull (bytes);
      g_assert_true (sat_file_of (bytes, &found) && sat_file_equal (&found, &file));
    }
}

/* ---- values -------------------------------------------------------------------------------------
 */

/* Is WRITE among the CHANGES of its record, with its value? */
static gboolean
is_found (const GPtrArray *changes, const Write *write)
{
  const char *key = write->op != NULL && write->op->key[0] != ':' ? write->op->key : "life";
  const char *value = write_value (write);

  if (write->op != NULL && write->op->element != NULL)
    value = write->op->element;
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      if (change->number == write->number && sat_id_equal (&change->device, &write->device) &&
          strcmp (change->book, write->book) == 0 && strcmp (change->field_name, key) == 0 &&
          g_strcmp0 (change->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What every edit says (the record lives) and where a record is at home is no value of a person's.
 */
static gboolean
is_value (const Write *write)
{
  if (strcmp (write->register_name, ":life") == 0)
    return strcmp (write_value (write), "dead") == 0;
  return write->op->kind == SAT_OP_SET && write->op->key[0] != ':';
}

/* Was it written in a book that is not here, and is carried over by somebody who had taken in less
 * of a revoked device than others? What replaced it came here before; it is in the history of the
 * book where it was written. */
static gboolean
is_late (Laptop *laptop, const Write *write)
{
  return laptop->sim->revoked && write->group->n_contexts > 0 &&
         !laptop_holds (laptop, write->book);
}

static void
tell_lost (Laptop *laptop, const Write *write, const GPtrArray *changes)
{
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE];

  g_test_message (
      "lost on laptop %u: %s of %s %s, change-set %" G_GUINT64_FORMAT " of %s; history:",
      laptop->index, write->register_name, write->group->object,
      sat_id_format (&write->group->id, id), write->number, sat_id_format (&write->device, device));
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      g_test_message ("  %s %s%s %s:%" G_GUINT64_FORMAT " state %d", change->field_name,
                      change->removed ? "-" : "", change->value != NULL ? change->value : "~",
                      sat_id_format (&change->device, device), change->number, (int) change->state);
    }
}

/* A reference shows what the record that it names is part of. */
static void
check_current (Laptop *laptop, const SatRecord *record, const SatChange *change)
{
  const char *shown = sat_record_get (record, change->field);
  g_autoptr (SatRecord) named = NULL;
  SatId id;

  if (change->field->type->id == SAT_TYPE_REFERENCE && change->value != NULL &&
      sat_id_parse (change->value, &id))
    named = sat_workspace_load (
        laptop->workspace, sat_catalogue_find (laptop->sim->catalogue, change->field->reference),
        &id, NULL);
  if (named == NULL || sat_id_equal (sat_record_id (named), &id))
    g_assert_cmpstr (change->value, ==, shown);
  else if (sat_id_equal (sat_record_id (named), sat_record_id (record)))
    g_assert_null (shown);
}

static void
check_record (Laptop *laptop, const GPtrArray *writes, guint from, guint to)
{
  const SatOpGroup *group = ((const Write *) g_ptr_array_index (writes, from))->group;
  const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, group->object);
  g_autoptr (GError) error = NULL;
  g_autoptr (SatRecord) record = NULL;
  g_autoptr (GPtrArray) changes = NULL;

  record = sat_workspace_load (laptop->workspace, object, &group->id, &error);
  g_assert_no_error (error);
  changes = sat_workspace_history (laptop->workspace, object, &group->id, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      if (change->state == SAT_CURRENT && change->field != NULL &&
          change->field->policy != SAT_POLICY_UNION)
        check_current (laptop, record, change);
    }
  for (guint i = from; i < to; i++)
    {
      const Write *write = g_ptr_array_index (writes, i);
      if (!is_value (write) || is_found (changes, write) || is_late (laptop, write))
        continue;
      tell_lost (laptop, write, changes);
      g_assert_not_reached ();
    }
}

void
check_values (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, &error);

  g_assert_no_error (error);
  if (!laptop_at_rest (laptop) || laptop->joined)
    return;
  for (guint b = 0; books[b] != NULL; b++)
    {
      g_autoptr (GPtrArray) applied = applied_in (laptop, books[b]);
      g_autoptr (GPtrArray) writes = writes_of (applied, books[b]);
      for (guint from = 0, to; from < writes->len; from = to)
        {
          const SatOpGroup *group = ((const Write *) g_ptr_array_index (writes, from))->group;
          for (to = from + 1; to < writes->len; to++)
            {
              const Write *next = g_ptr_array_index (writes, to);
              if (strcmp (next->group->object, group->object) != 0 ||
                  !sat_id_equal (&next->group->id, &group->id))
                break;
            }
          check_record (laptop, writes, from, to);
        }
    }
}

void
check_homes (Laptop *laptop)
{
  SatReplica *replica = laptop->workspace->replica;

  for (guint i = 0; i < laptop->sim->records->len; i++)
    {
      const SimRecord *record = &g_array_index (laptop->sim->records, SimRecord, i);
      SatTable *table = sat_replica_table (replica, record->object);
      g_autofree char *sql = g_strdup_printf (
          "SELECT count(*), sum(dead <> %d) FROM %s WHERE uuid = ?1", (int) SAT_AWAY, table->table);
      SatStmt *stmt = sat_db_prepare (replica->db, sql, NULL);

      sat_stmt_bind_id (stmt, 1, &record->id);
      g_assert_true (sat_stmt_step (stmt, NULL));
      if (sat_stmt_int (stmt, 0) > 0) /* the laptop that made it may have been rolled back */
        g_assert_cmpint (sat_stmt_int (stmt, 1), ==, 1);
      sat_stmt_reset (stmt);
    }
}

void
check_doctor (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = sat_workspace_doctor (laptop->workspace, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      /* A clock that is off is what some laptops here have; some are revoked, and told so. */
      if (!check->ok && strcmp (check->name, "clock") != 0 && strcmp (check->name, "revoked") != 0)
        {
          g_test_message ("doctor: %s: %s", check->name, check->detail_msgid);
          g_assert_true (check->ok);
        }
    }
}
