/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold, computed from the texts of all change-sets and nothing else: a second, slow and
 * plain implementation of docs/change-set-format.md and of the one rule of merging: a register is
 * what was written, minus what was dropped, over the set of change-sets applied. */
#include <string.h>

#include "core/base/sat-text.h"
#include "tests/converge/sim.h"

/* ---- the change-sets applied --------------------------------------------------------------------
 */

/* One, with its full saw. */
typedef struct
{
  const SatChangeSet *set;
  SatId device;
  guint64 number;
  GArray *saw; /* SatSaw, the own device included */
} Applied;

static void
free_applied (gpointer data)
{
  Applied *applied = data;

  g_array_unref (applied->saw);
  g_free (applied);
}

static void
see (GArray *saw, const SatId *device, guint64 number)
{
  SatSaw entry = { *device, number };

  for (guint i = 0; i < saw->len; i++)
    if (sat_id_equal (&g_array_index (saw, SatSaw, i).device, device))
      {
        g_array_index (saw, SatSaw, i).number = number;
        return;
      }
  g_array_append_val (saw, entry);
}

static guint64
seen (const GArray *saw, const SatId *device)
{
  for (guint i = 0; i < saw->len; i++)
    if (sat_id_equal (&g_array_index (saw, SatSaw, i).device, device))
      return g_array_index (saw, SatSaw, i).number;
  return 0;
}

static const SatChangeSet *
decoded (Sim *sim, GBytes *text)
{
  SatChangeSet *set = g_hash_table_lookup (sim->decoded, text);
  g_autoptr (GError) error = NULL;

  if (set != NULL)
    return set;
  set = sat_change_set_decode (text, &error);
  g_assert_no_error (error);
  g_hash_table_insert (sim->decoded, text, set);
  return set;
}

/* All change-sets of BOOK that LAPTOP has applied. */
static GPtrArray *
applied_in (Laptop *laptop, const char *book)
{
  GPtrArray *out = g_ptr_array_new_with_free_func (free_applied);
  const GPtrArray *branches = postbox_branches (laptop->sim->all);

  for (guint i = 0; i < branches->len; i++)
    {
      const PostBranch *branch = g_ptr_array_index (branches, i);
      g_autoptr (GArray) saw = g_array_new (FALSE, FALSE, sizeof (SatSaw));
      if (strcmp (branch->book, book) != 0)
        continue;
      guint64 last = sat_workspace_applied (laptop->workspace, book, &branch->device);
      g_assert_cmpuint (last, <=, branch->texts->len);
      for (guint64 n = 1; n <= last; n++)
        {
          Applied *applied = g_new0 (Applied, 1);
          const SatSaw *entries;
          guint n_entries;
          applied->set = decoded (laptop->sim, g_ptr_array_index (branch->texts, n - 1));
          applied->device = branch->device;
          applied->number = n;
          entries = sat_change_set_saw (applied->set, &n_entries);
          if (sat_change_set_saw_is_full (applied->set))
            g_array_set_size (saw, 0);
          for (guint k = 0; k < n_entries; k++)
            see (saw, &entries[k].device, entries[k].number);
          see (saw, &branch->device, n - 1);
          applied->saw = g_array_copy (saw);
          g_ptr_array_add (out, applied);
        }
    }
  return out;
}

/* ---- registers ----------------------------------------------------------------------------------
 */

/* One operation on a register, life included. */
typedef struct
{
  const Applied *by;
  const SatOpGroup *group;
  const SatOp *op; /* NULL: life */
  char *register_name;
} Write;

static void
free_write (gpointer data)
{
  Write *write = data;

  g_free (write->register_name);
  g_free (write);
}

static char *
register_name (const SatOp *op)
{
  g_autoptr (GString) name = g_string_new (op != NULL ? op->key : ":life");

  if (op != NULL && op->element != NULL)
    {
      g_string_append_c (name, '/');
      sat_text_escape (name, op->element, strlen (op->element));
    }
  return g_strdup (name->str);
}

static void
add_write (GPtrArray *writes, const Applied *by, const SatOpGroup *group, const SatOp *op)
{
  Write *write = g_new0 (Write, 1);

  write->by = by;
  write->group = group;
  write->op = op;
  write->register_name = register_name (op);
  g_ptr_array_add (writes, write);
}

static GPtrArray *
writes_of (const GPtrArray *applied)
{
  GPtrArray *writes = g_ptr_array_new_with_free_func (free_write);

  for (guint i = 0; i < applied->len; i++)
    {
      const Applied *by = g_ptr_array_index (applied, i);
      guint n;
      const SatOpGroup *groups = sat_change_set_groups (by->set, &n);
      for (guint g = 0; g < n; g++)
        {
          if (groups[g].life != SAT_LIFE_QUIET)
            add_write (writes, by, &groups[g], NULL);
          for (guint k = 0; k < groups[g].n_ops; k++)
            add_write (writes, by, &groups[g], &groups[g].ops[k]);
        }
    }
  return writes;
}

static int
compare_register (const Write *x, const Write *y)
{
  int order = strcmp (x->group->object, y->group->object);

  if (order == 0)
    order = sat_id_compare (&x->group->id, &y->group->id);
  return order != 0 ? order : strcmp (x->register_name, y->register_name);
}

static int
compare_write (gconstpointer a, gconstpointer b)
{
  const Write *x = *(Write *const *) a, *y = *(Write *const *) b;
  int order = compare_register (x, y);

  if (order == 0)
    order = sat_id_compare (&x->by->device, &y->by->device);
  return order != 0 ? order : (x->by->number > y->by->number) - (x->by->number < y->by->number);
}

/* Does BY drop what OTHER wrote to the same register? (No record has moved: all dots are native.)
 */
static gboolean
drops (const Write *by, const Write *other)
{
  if (by->by == other->by || seen (by->by->saw, &other->by->device) < other->by->number)
    return FALSE;
  for (guint i = 0; by->op != NULL && i < by->op->n_keep; i++)
    if (sat_id_equal (&by->op->keep[i].device, &other->by->device) &&
        by->op->keep[i].number == other->by->number)
      return FALSE;
  return TRUE;
}

static gboolean
stands (const GPtrArray *writes, guint from, guint to, guint at)
{
  const Write *write = g_ptr_array_index (writes, at);

  if (write->op != NULL && write->op->kind == SAT_OP_DROP)
    return FALSE;
  for (guint i = from; i < to; i++)
    if (drops (g_ptr_array_index (writes, i), write))
      return FALSE;
  return TRUE;
}

/* The sibling as the digest has it. */
static void
put_line (GString *out, const char *book, const Write *write)
{
  const SatOp *op = write->op;
  gboolean automatic = op != NULL ? op->automatic : write->group->life_automatic;
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE], time[SAT_HLC_TEXT_SIZE];

  g_string_append_printf (out, "%s %s %s %s:%s:%" G_GUINT64_FORMAT " %s%s ", write->group->object,
                          sat_id_format (&write->group->id, id), write->register_name, book,
                          sat_id_format (&write->by->device, device), write->by->number,
                          sat_hlc_format (op != NULL ? op->hlc : write->group->life_hlc, time),
                          automatic ? "a" : "");
  if (op == NULL)
    g_string_append (out, write->group->life == SAT_LIFE_LIVE ? "=live" : "=dead");
  else if (op->element != NULL)
    g_string_append_c (out, '+');
  else if (op->value == NULL)
    g_string_append_c (out, '~');
  else
    {
      g_string_append_c (out, '=');
      sat_text_escape (out, op->value, strlen (op->value));
    }
  g_string_append_c (out, '\n');
}

static char *
lines_from_texts (const GPtrArray *applied, const char *book)
{
  g_autoptr (GPtrArray) writes = writes_of (applied);
  GString *out = g_string_new (NULL);

  g_string_append_printf (out, "book %s\n", book);
  g_ptr_array_sort (writes, compare_write);
  for (guint from = 0, to; from < writes->len; from = to)
    {
      for (to = from + 1;
           to < writes->len &&
           compare_register (g_ptr_array_index (writes, from), g_ptr_array_index (writes, to)) == 0;
           to++)
        ;
      for (guint i = from; i < to; i++)
        if (stands (writes, from, to, i))
          put_line (out, book, g_ptr_array_index (writes, i));
    }
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

/* Seals first; FALSE while a change-set is half applied. */
static gboolean
at_rest (Laptop *laptop)
{
  laptop_seal (laptop);
  return !laptop_is_partial (laptop);
}

void
check_registers (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, &error);

  g_assert_no_error (error);
  if (!at_rest (laptop))
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

  if (!at_rest (laptop))
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

/* ---- values -------------------------------------------------------------------------------------
 */

/* Is WRITE among the CHANGES of its record, with its value? */
static gboolean
is_found (const GPtrArray *changes, const Write *write)
{
  const char *key = write->op != NULL ? write->op->key : "life";
  const char *value = write->op == NULL ? "dead" : write->op->value;

  if (write->op != NULL && write->op->element != NULL)
    value = write->op->element;
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      if (change->number == write->by->number &&
          sat_id_equal (&change->device, &write->by->device) &&
          strcmp (change->field_name, key) == 0 && g_strcmp0 (change->value, value) == 0)
        return TRUE;
    }
  return FALSE;
}

/* What every edit says (the record lives) and where a record is at home is no value of a person's.
 */
static gboolean
is_value (const Write *write)
{
  if (write->op == NULL)
    return write->group->life == SAT_LIFE_DEAD;
  return write->op->kind == SAT_OP_SET && write->op->key[0] != ':';
}

static void
tell_lost (Laptop *laptop, const Write *write, const GPtrArray *changes)
{
  char id[SAT_ID_TEXT_SIZE], device[SAT_ID_TEXT_SIZE];

  g_test_message ("lost on laptop %u: %s of %s %s, change-set %" G_GUINT64_FORMAT
                  " of %s; history:",
                  laptop->index, write->register_name, write->group->object,
                  sat_id_format (&write->group->id, id), write->by->number,
                  sat_id_format (&write->by->device, device));
  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      g_test_message ("  %s %s%s %s:%" G_GUINT64_FORMAT " state %d", change->field_name,
                      change->removed ? "-" : "", change->value != NULL ? change->value : "~",
                      sat_id_format (&change->device, device), change->number, (int) change->state);
    }
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
        g_assert_cmpstr (change->value, ==, sat_record_get (record, change->field));
    }
  for (guint i = from; i < to; i++)
    {
      const Write *write = g_ptr_array_index (writes, i);
      if (!is_value (write) || is_found (changes, write))
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
  if (!at_rest (laptop))
    return;
  for (guint b = 0; books[b] != NULL; b++)
    {
      g_autoptr (GPtrArray) applied = applied_in (laptop, books[b]);
      g_autoptr (GPtrArray) writes = writes_of (applied);
      g_ptr_array_sort (writes, compare_write);
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
check_doctor (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) checks = sat_workspace_doctor (laptop->workspace, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < checks->len; i++)
    {
      const SatCheck *check = g_ptr_array_index (checks, i);
      /* A clock that is off is what some laptops here have. */
      if (!check->ok && strcmp (check->name, "clock") != 0)
        {
          g_test_message ("doctor: %s: %s", check->name, check->detail_msgid);
          g_assert_true (check->ok);
        }
    }
}
