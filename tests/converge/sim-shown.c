/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is shown against what the registers say: values by policy, conflicts, which records are
 * hidden. Again computed plainly from the texts. */
#include <string.h>

#include "core/query/sat-read.h"
#include "core/store/sat-absorbed.h"
#include "core/store/sat-names.h"
#include "tests/converge/sim-writes.h"

/* ---- one register -------------------------------------------------------------------------------
 */

/* By stamp, device, book, number. */
static gboolean
is_newer (const Write *x, const Write *y)
{
  if (write_time (x) != write_time (y))
    return write_time (x) > write_time (y);
  int order = sat_id_compare (&x->device, &y->device);
  if (order == 0)
    order = strcmp (x->book, y->book);
  return order != 0 ? order > 0 : x->number > y->number;
}

/* The siblings that count: a rule's only where there is no person's. */
static GPtrArray *
counted (const GPtrArray *standing)
{
  GPtrArray *people = g_ptr_array_new ();
  GPtrArray *rules = g_ptr_array_new ();

  for (guint i = 0; i < standing->len; i++)
    {
      Write *write = g_ptr_array_index (standing, i);
      g_ptr_array_add (write_is_automatic (write) ? rules : people, write);
    }
  if (people->len > 0)
    {
      g_ptr_array_unref (rules);
      return people;
    }
  g_ptr_array_unref (people);
  return rules;
}

/* Does X beat Y under the policy of FIELD (NULL: newest)? */
static gboolean
beats (const SatField *field, const Write *x, const Write *y)
{
  SatPolicy policy = field != NULL ? field->policy : SAT_POLICY_NEWEST;

  if (policy != SAT_POLICY_MAX && policy != SAT_POLICY_MIN)
    return is_newer (x, y);
  const char *a = x->op->value, *b = y->op->value;
  if (a == NULL || b == NULL)
    return a != NULL || (b == NULL && is_newer (x, y));
  int order = sat_type_compare (field->type, &field->options, a, b);
  if (order == 0)
    return is_newer (x, y);
  return (order > 0) == (policy == SAT_POLICY_MAX);
}

static const Write *
shown (const SatField *field, const GPtrArray *siblings)
{
  const Write *best = g_ptr_array_index (siblings, 0);

  for (guint i = 1; i < siblings->len; i++)
    {
      const Write *write = g_ptr_array_index (siblings, i);
      if (beats (field, write, best))
        best = write;
    }
  return best;
}

static gboolean
asks (const SatField *field, const GPtrArray *siblings)
{
  if (field->policy != SAT_POLICY_REVIEW && field->policy != SAT_POLICY_TEXT)
    return FALSE;
  for (guint i = 1; i < siblings->len; i++)
    {
      const Write *first = g_ptr_array_index (siblings, 0);
      const Write *write = g_ptr_array_index (siblings, i);
      if (g_strcmp0 (first->op->value, write->op->value) != 0)
        return TRUE;
    }
  return FALSE;
}

/* ---- one record ---------------------------------------------------------------------------------
 */

typedef struct
{
  SatId id;
  gboolean live;
  const char *book;
  gboolean at_home; /* its home register names BOOK */
  gboolean visible;
  gboolean has_parent;
  SatId parent;
  SatRecord *record;     /* as the replica shows it */
  GHashTable *values;    /* SatField -> canonical value */
  GHashTable *conflicts; /* set of SatField */
} Shown;

static void
free_shown (gpointer data)
{
  Shown *state = data;

  sat_record_unref (state->record);
  g_hash_table_unref (state->values);
  g_hash_table_unref (state->conflicts);
  g_free (state);
}

static void
add_element (Shown *state, const SatField *field, const char *element)
{
  const char *before = g_hash_table_lookup (state->values, field);
  g_autofree char *list = before != NULL ? g_strconcat (before, "\n", element, NULL) : NULL;
  g_auto (GStrv) elements = sat_tags_split (list != NULL ? list : element);

  g_hash_table_insert (state->values, (gpointer) field,
                       sat_tags_join ((const char *const *) elements, g_strv_length (elements)));
}

static void
add_register (Shown *state, const GPtrArray *siblings)
{
  const Write *first = siblings->len > 0 ? g_ptr_array_index (siblings, 0) : NULL;

  if (first == NULL)
    return;
  if (strcmp (first->register_name, ":life") == 0)
    {
      for (guint i = 0; i < siblings->len; i++)
        state->live |= strcmp (write_value (g_ptr_array_index (siblings, i)), "live") == 0;
      return;
    }
  const SatOp *op = first->op;
  const SatField *field = sat_object_find (sat_record_object (state->record), op->key);
  if (field == NULL)
    {
      if (strcmp (op->key, ":home") == 0)
        state->at_home = g_strcmp0 (shown (NULL, siblings)->op->value, state->book) == 0;
      return;
    }
  if (op->element != NULL)
    {
      add_element (state, field, op->element);
      return;
    }
  const char *value = shown (field, siblings)->op->value;
  g_hash_table_insert (state->values, (gpointer) field, g_strdup (value));
  if (asks (field, siblings))
    g_hash_table_add (state->conflicts, (gpointer) field);
  if (field->owning && value != NULL)
    state->has_parent = sat_id_parse (value, &state->parent);
}

/* As the replica has it in BOOK. */
static SatRecord *
load_from (Laptop *laptop, const SatObject *object, const SatId *id, const char *book)
{
  SatReplica *replica = laptop->workspace->replica;
  SatTable *table = sat_replica_table (replica, object);
  g_autoptr (GError) error = NULL;
  SatRecord *record;
  gboolean found;
  SatRow row;

  sat_row_load (replica, table, table->name, id, sat_names_find_book (replica->names, book), NULL,
                replica->scratch, &row, &found, &error);
  g_assert_no_error (error);
  g_assert_true (found);
  record = sat_read_record (replica, &row, &error);
  g_assert_no_error (error);
  sat_row_done (&row);
  return record;
}

static Shown *
shown_new (Laptop *laptop, const SatOpGroup *group, const char *book)
{
  const SatObject *object = sat_catalogue_find (laptop->sim->catalogue, group->object);
  Shown *state = g_new0 (Shown, 1);

  state->id = group->id;
  state->book = book;
  state->values = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  state->conflicts = g_hash_table_new (NULL, NULL);
  state->record = load_from (laptop, object, &group->id, book);
  return state;
}

/* Which record each was absorbed into, by what stands in the registers. */
static GHashTable *
targets_of (const GPtrArray *writes)
{
  GHashTable *out = g_hash_table_new_full (sat_id_hash, sat_id_equal, NULL, g_free);
  g_autoptr (GHashTable) best = g_hash_table_new (sat_id_hash, sat_id_equal);
  GHashTableIter iter;
  gpointer key, value;

  for (guint from = 0, to; from < writes->len; from = to)
    {
      const Write *first = g_ptr_array_index (writes, from);
      for (to = from + 1;
           to < writes->len && compare_register (first, g_ptr_array_index (writes, to)) == 0; to++)
        ;
      if (strcmp (first->register_name, ":into") != 0)
        continue;
      for (guint i = from; i < to; i++)
        {
          Write *write = g_ptr_array_index (writes, i);
          const Write *other = g_hash_table_lookup (best, &write->group->id);
          if (stands (writes, from, to, i) && (other == NULL || is_newer (write, other)))
            g_hash_table_replace (best, (gpointer) &write->group->id, write);
        }
    }
  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      SatId target;
      const char *text = write_value (value);
      if (text != NULL && sat_id_parse (text, &target))
        g_hash_table_insert (out, key, g_memdup2 (&target, sizeof target));
    }
  return out;
}

static SatId
root_of (GHashTable *targets, const SatId *id)
{
  g_autoptr (GArray) chain = g_array_new (FALSE, FALSE, sizeof (SatId));
  const SatId *at = id;

  while (at != NULL)
    {
      for (guint i = 0; i < chain->len; i++)
        if (sat_id_equal (&g_array_index (chain, SatId, i), at))
          {
            SatId root = *at;
            for (guint k = i; k < chain->len; k++)
              if (sat_id_compare (&g_array_index (chain, SatId, k), &root) < 0)
                root = g_array_index (chain, SatId, k);
            return root;
          }
      g_array_append_vals (chain, at, 1);
      at = g_hash_table_lookup (targets, at);
    }
  return g_array_index (chain, SatId, chain->len - 1);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

/* What stands in each register, of all records with one root: "ROOT REGISTER" -> Write. */
static GHashTable *
standing_of (const GPtrArray *writes, GHashTable *targets)
{
  GHashTable *out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_array);

  for (guint from = 0, to; from < writes->len; from = to)
    {
      const Write *first = g_ptr_array_index (writes, from);
      SatId root = root_of (targets, &first->group->id);
      gboolean own = strcmp (first->register_name, ":home") == 0 ||
                     strcmp (first->register_name, ":into") == 0;
      char text[SAT_ID_TEXT_SIZE];
      g_autofree char *key = g_strconcat (sat_id_format (own ? &first->group->id : &root, text),
                                          " ", first->register_name, NULL);
      GPtrArray *all = g_hash_table_lookup (out, key);
      for (to = from + 1;
           to < writes->len && compare_register (first, g_ptr_array_index (writes, to)) == 0; to++)
        ;
      if (all == NULL)
        {
          all = g_ptr_array_new ();
          g_hash_table_insert (out, g_steal_pointer (&key), all);
        }
      for (guint i = from; i < to; i++)
        if (stands (writes, from, to, i))
          g_ptr_array_add (all, g_ptr_array_index (writes, i));
    }
  return out;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* All records of one book that are part of no other. */
static GHashTable *
records_of (Laptop *laptop, const GPtrArray *writes, GHashTable *targets, const char *book)
{
  GHashTable *out = g_hash_table_new_full (sat_id_hash, sat_id_equal, NULL, free_shown);
  g_autoptr (GHashTable) standing = standing_of (writes, targets);
  g_autoptr (GList) keys = NULL;

  for (guint i = 0; i < writes->len; i++)
    {
      const Write *write = g_ptr_array_index (writes, i);
      SatId root = root_of (targets, &write->group->id);
      Shown *state;

      if (!sat_id_equal (&root, &write->group->id) || g_hash_table_contains (out, &root))
        continue;
      state = shown_new (laptop, write->group, book);
      g_hash_table_insert (out, &state->id, state);
    }
  keys = g_list_sort (g_hash_table_get_keys (standing), compare_keys);
  for (const GList *at = keys; at != NULL; at = at->next)
    {
      g_autoptr (GPtrArray) siblings = counted (g_hash_table_lookup (standing, at->data));
      g_autofree char *text = g_strndup (at->data, SAT_ID_TEXT_SIZE - 1);
      Shown *state;
      SatId id;

      g_assert_true (sat_id_parse (text, &id));
      state = g_hash_table_lookup (out, &id); /* NULL: what absorbed it is not here */
      if (state != NULL)
        add_register (state, siblings);
    }
  return out;
}

/* A parent that was absorbed stands for what it is part of. */
static void
follow_parents (GHashTable *records, GHashTable *targets)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Shown *state = value;
      if (state->has_parent)
        state->parent = root_of (targets, &state->parent);
    }
}

/* The live ones, and whatever a visible one names as its parent, of those that are at home here. An
 * edit made while a change-set is half applied has not seen it; elsewhere it can arrive before the
 * record does. */
static void
find_visible (GHashTable *records)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, records);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Shown *state = value;
      state->visible = state->live && state->at_home;
      if (state->visible)
        g_ptr_array_add (todo, state);
    }
  while (todo->len > 0)
    {
      const Shown *state = g_ptr_array_steal_index_fast (todo, todo->len - 1);
      Shown *parent = state->has_parent ? g_hash_table_lookup (records, &state->parent) : NULL;
      if (parent == NULL || parent->visible || !parent->at_home)
        continue;
      parent->visible = TRUE;
      g_ptr_array_add (todo, parent);
    }
}

/* What a reference that says VALUE shows: the record that this is part of, unless that is the
 * record itself. Whether the list of what was absorbed is right, doctor looks at. */
static const char *
followed (Laptop *laptop,
          const Shown *state,
          const SatField *field,
          const char *value,
          char text[SAT_ID_TEXT_SIZE])
{
  SatReplica *replica = laptop->workspace->replica;
  guint32 book = sat_names_find_book (replica->names, state->book);
  const SatObject *object;
  guint32 name;
  SatId id, root;

  if (field->type->id != SAT_TYPE_REFERENCE || value == NULL)
    return value;
  object = sat_catalogue_find (laptop->sim->catalogue, field->reference);
  name = object != NULL ? sat_replica_table (replica, object)->name : 0;
  g_assert_true (sat_id_parse (value, &id));
  sat_absorbed_root (replica, name, book, &id, &root);
  if (sat_id_equal (&root, &id))
    sat_absorbed_root (replica, name, 0, &id, &root);
  if (sat_id_equal (&root, &id))
    return value;
  return sat_id_equal (&root, &state->id) ? NULL : sat_id_format (&root, text);
}

static void
compare_record (Laptop *laptop, const Shown *state)
{
  const SatObject *object = sat_record_object (state->record);
  gboolean deleted = sat_record_deleted (state->record);

  if (deleted == state->visible)
    g_test_message ("%s %s", object->name, sat_record_title (state->record));
  g_assert_cmpint (deleted, ==, !state->visible);
  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      gboolean asked = g_hash_table_contains (state->conflicts, field);
      const char *value = sat_record_get (state->record, field);
      char text[SAT_ID_TEXT_SIZE];
      const char *expected = followed (laptop, state, field,
                                       g_hash_table_lookup (state->values, field), text);
      if (sat_record_in_conflict (state->record, field) != asked ||
          g_strcmp0 (value, expected) != 0)
        g_test_message ("%s %s.%s", sat_record_title (state->record), object->name, field->name);
      g_assert_cmpstr (value, ==, expected);
      g_assert_cmpint (sat_record_in_conflict (state->record, field), ==, asked);
    }
}

/* ---- a laptop -----------------------------------------------------------------------------------
 */

/* How many conflicts a person is asked about, and how many records lists show. */
static void
check_counts (Laptop *laptop, guint n_conflicts, GHashTable *visible)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) conflicts = sat_workspace_conflicts (laptop->workspace, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (conflicts->len, ==, n_conflicts);
  g_assert_cmpint (sat_workspace_n_conflicts (laptop->workspace), ==, n_conflicts);
  for (guint i = 0; i < sat_catalogue_n_objects (laptop->sim->catalogue); i++)
    {
      SatQuery query = { .object = sat_catalogue_object (laptop->sim->catalogue, i), .limit = -1 };
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (visible, query.object));
      g_assert_cmpint (sat_workspace_count (laptop->workspace, &query, &error), ==, n);
      g_assert_no_error (error);
    }
}

void
check_shown (Laptop *laptop)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) books = sat_workspace_books (laptop->workspace, &error);
  g_autoptr (GHashTable) visible = g_hash_table_new (NULL, NULL);
  guint n_conflicts = 0;

  g_assert_no_error (error);
  if (!laptop_at_rest (laptop))
    return;
  for (guint i = 0; books[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) applied = applied_in (laptop, books[i]);
      g_autoptr (GPtrArray) writes = writes_of (applied, books[i]);
      g_autoptr (GHashTable) targets = targets_of (writes);
      g_autoptr (GHashTable) records = records_of (laptop, writes, targets, books[i]);
      GHashTableIter iter;
      gpointer value;
      follow_parents (records, targets);
      find_visible (records);
      g_hash_table_iter_init (&iter, records);
      while (g_hash_table_iter_next (&iter, NULL, &value))
        {
          const Shown *state = value;
          gpointer object = (gpointer) sat_record_object (state->record);
          compare_record (laptop, state);
          if (!state->visible)
            continue;
          n_conflicts += g_hash_table_size (state->conflicts);
          guint n = GPOINTER_TO_UINT (g_hash_table_lookup (visible, object)) + 1;
          g_hash_table_insert (visible, object, GUINT_TO_POINTER (n));
        }
    }
  check_counts (laptop, n_conflicts, visible);
}
