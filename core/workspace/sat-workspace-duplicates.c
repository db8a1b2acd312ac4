/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-duplicates.h"

#include <math.h>
#include <string.h>

#include "core/base/sat-likeness.h"
#include "core/base/sat-text.h"
#include "core/query/sat-scope.h"
#include "core/store/sat-schema.h"
#include "core/store/sat-search.h"
#include "core/store/sat-state-store.h"
#include "core/workspace/sat-workspace-access.h"
#include "core/workspace/sat-workspace-private.h"

#define SHARED_MAX 60     /* records that share something, at most, if it is to count as rare */
#define CANDIDATES_MAX 15 /* of one record that are compared with it */
#define ENOUGH 5.0        /* points that make a pair */
#define NAME_MOST 6       /* points that names give at most */
#define PLACE_MOST 4      /* and places */
#define PHONE_TAIL 8      /* digits that tell telephones apart, whatever stands before them */
#define LONG_NUMBER 6     /* digits or letters that are hardly equal by chance */

/* One record, in the form that is compared. */
typedef struct
{
  SatId id;
  char *owner;   /* what it belongs to; NULL: nothing */
  char **values; /* of each field that counts, as it is compared; NULL: empty */
  guint n_values;
  GStrv name; /* words of all fields that are names, and so on */
  GStrv place;
  GArray *atoms; /* guint32 */
} Item;

typedef struct
{
  SatReplica *replica;
  const SatObject *object;
  const SatAccess *access; /* of whoever asks */
  GPtrArray *fields;       /* SatField: those that count, and that he can read */
  GPtrArray *items;        /* Item */
  GHashTable *atoms;       /* text -> number + 1 */
  GArray *shared;          /* guint: how many records have the atom of that number */
  GString *key;            /* of the atom that is looked up */
} Finder;

void
sat_duplicate_free (SatDuplicate *duplicate)
{
  if (duplicate == NULL)
    return;
  g_array_unref (duplicate->fields);
  g_free (duplicate);
}

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->owner);
  g_strfreev (item->name);
  g_strfreev (item->place);
  g_array_unref (item->atoms);
  for (guint i = 0; i < item->n_values; i++)
    g_free (item->values[i]);
  g_free (item->values);
  g_free (item);
}

gboolean
sat_duplicates_known (const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->likeness != SAT_LIKENESS_NONE)
      return TRUE;
  return FALSE;
}

static void
finder_init (Finder *finder, SatWorkspace *workspace, const SatObject *object)
{
  finder->replica = workspace->replica;
  finder->object = object;
  finder->access = sat_workspace_access (workspace);
  finder->fields = g_ptr_array_new ();
  finder->items = g_ptr_array_new_with_free_func (item_free);
  finder->atoms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  finder->shared = g_array_new (FALSE, TRUE, sizeof (guint));
  finder->key = g_string_new (NULL);
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->likeness != SAT_LIKENESS_NONE &&
        sat_access_field (finder->access, object->fields[i]) >= SAT_FIELD_READ)
      g_ptr_array_add (finder->fields, (gpointer) object->fields[i]);
}

static void
finder_clear (Finder *finder)
{
  g_ptr_array_unref (finder->fields);
  g_ptr_array_unref (finder->items);
  g_hash_table_unref (finder->atoms);
  g_array_unref (finder->shared);
  g_string_free (finder->key, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Finder, finder_clear)

/* ---- reading ------------------------------------------------------------------------------------
 */

static const SatField *
field_at (const Finder *finder, guint i)
{
  return g_ptr_array_index (finder->fields, i);
}

/* The value as it is compared; NULL: it says nothing. */
static char *
comparable (const SatField *field, const char *value)
{
  g_autofree char *text = NULL;
  gsize length;

  if (field->likeness == SAT_LIKENESS_PHONE)
    {
      text = sat_text_digits (value);
      length = strlen (text);
      if (length < LONG_NUMBER)
        return NULL;
      return g_strdup (length > PHONE_TAIL ? text + length - PHONE_TAIL : text);
    }
  if (field->likeness == SAT_LIKENESS_NUMBER)
    {
      g_auto (GStrv) words = sat_likeness_words (value);
      text = g_strjoinv ("", words);
      return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
    }
  return sat_text_fold (value);
}

static void
add_atom (Finder *finder, Item *item, const char *kind, const char *text, gsize length)
{
  guint32 number;

  g_string_assign (finder->key, kind);
  g_string_append_len (finder->key, text, (gssize) length);
  number = GPOINTER_TO_UINT (g_hash_table_lookup (finder->atoms, finder->key->str));
  if (number == 0)
    {
      guint none = 0;

      g_array_append_val (finder->shared, none);
      number = finder->shared->len;
      g_hash_table_insert (finder->atoms, g_strdup (finder->key->str), GUINT_TO_POINTER (number));
    }
  number--;
  for (guint i = 0; i < item->atoms->len; i++)
    if (g_array_index (item->atoms, guint32, i) == number)
      return;
  g_array_append_val (item->atoms, number);
  g_array_index (finder->shared, guint, number)++;
}

/* Long words also by their beginnings and ends, Chinese ones by each two characters: one mistake
 * leaves something that is shared. */
static void
add_word (Finder *finder, Item *item, const char *kind, const char *word)
{
  gsize length = strlen (word);

  add_atom (finder, item, kind, word, length);
  if ((guchar) word[0] >= 0xe3 && g_utf8_strlen (word, -1) > 2)
    {
      for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
        {
          const char *end = g_utf8_next_char (p);
          if (*end != '\0')
            add_atom (finder, item, "2", p, (gsize) (g_utf8_next_char (end) - p));
        }
    }
  else if (length > 5 && g_str_is_ascii (word))
    {
      add_atom (finder, item, "<", word, 4);
      add_atom (finder, item, ">", word + length - 4, 4);
    }
}

static void
add_values (Finder *finder, Item *item, GString *name, GString *place)
{
  for (guint i = 0; i < finder->fields->len; i++)
    {
      const SatField *field = field_at (finder, i);
      const char *value = item->values[i];

      if (value == NULL)
        continue;
      if (field->likeness == SAT_LIKENESS_NAME)
        g_string_append_printf (name, "%s ", value);
      else if (field->likeness == SAT_LIKENESS_ADDRESS)
        g_string_append_printf (place, "%s ", value);
      else
        add_atom (finder, item, field->likeness == SAT_LIKENESS_PHONE ? "p" : field->name, value,
                  strlen (value));
    }
}

/* Two words of what stands together are rare where one of them is not. */
static void
add_pairs (Finder *finder, Item *item)
{
  for (guint i = 0; item->name[i] != NULL && i < 4; i++)
    {
      for (guint k = i + 1; item->name[k] != NULL && k < 4; k++)
        {
          gboolean swap = strcmp (item->name[i], item->name[k]) > 0;
          g_autofree char *both = g_strdup_printf ("%s %s", item->name[swap ? k : i],
                                                   item->name[swap ? i : k]);
          add_atom (finder, item, "+", both, strlen (both));
        }
      for (guint k = 0; item->place[k] != NULL && k < 8; k++)
        {
          g_autofree char *start = g_utf8_substring (item->name[i], 0,
                                                     MIN (3, g_utf8_strlen (item->name[i], -1)));
          g_autofree char *both = g_strconcat (start, " ", item->place[k], NULL);
          add_atom (finder, item, "@", both, strlen (both));
        }
    }
}

static void
add_item (Finder *finder, const SatId *id, char **values, char *owner)
{
  Item *item = g_new0 (Item, 1);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) place = g_string_new (NULL);

  item->id = *id;
  item->owner = owner;
  item->values = values;
  item->n_values = finder->fields->len;
  item->atoms = g_array_new (FALSE, FALSE, sizeof (guint32));
  add_values (finder, item, name, place);
  item->name = sat_likeness_words (name->str);
  item->place = sat_likeness_words (place->str);
  for (guint i = 0; item->name[i] != NULL; i++)
    add_word (finder, item, "n", item->name[i]);
  for (guint i = 0; item->place[i] != NULL; i++)
    add_word (finder, item, "a", item->place[i]);
  add_pairs (finder, item);
  g_ptr_array_add (finder->items, item);
}

/* Columns: uuid, the fields that count, the owning reference. Of what can be read. */
static char *
select_items (const Finder *finder, const char *where)
{
  const SatTable *table = sat_replica_table (finder->replica, finder->object);
  g_autofree char *scope = sat_scope_condition (finder->replica, finder->access, finder->object,
                                                SAT_RIGHT_READ, table->table);
  GString *sql = g_string_new ("SELECT uuid");

  for (guint i = 0; i < finder->fields->len; i++)
    {
      g_autofree char *column = sat_schema_column (field_at (finder, i), 0);
      g_string_append_printf (sql, ", %s", column);
    }
  if (finder->object->owning != NULL)
    {
      g_autofree char *column = sat_schema_column (finder->object->owning, 0);
      g_string_append_printf (sql, ", hex (%s)", column);
    }
  g_string_append_printf (sql, " FROM %s WHERE +hidden = 0", table->table);
  if (scope != NULL)
    g_string_append_printf (sql, " AND (%s)", scope);
  g_string_append_printf (sql, " %s", where);
  return g_string_free (sql, FALSE);
}

static void
read_item (Finder *finder, SatStmt *stmt)
{
  guint n = finder->fields->len;
  char **values = g_new0 (char *, n + 1);
  char *owner = NULL;
  SatId id;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *value = sat_column_value (stmt, (int) i + 1, field_at (finder, i));
      values[i] = value ? comparable (field_at (finder, i), value) : NULL;
    }
  if (finder->object->owning != NULL)
    {
      const char *text = sat_stmt_text (stmt, (int) n + 1);
      owner = text != NULL && text[0] != '\0' ? g_strdup (text) : NULL;
    }
  sat_stmt_id (stmt, 0, &id);
  add_item (finder, &id, values, owner);
}

static gboolean
read_items (Finder *finder, const char *where, const SatId *id, gint64 row, GError **error)
{
  g_autofree char *sql = select_items (finder, where);
  SatStmt *stmt = sat_db_prepare (finder->replica->db, sql, error);
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  if (id != NULL)
    sat_stmt_bind_id (stmt, 1, id);
  else if (row != 0)
    sat_stmt_bind_int (stmt, 1, row);
  while (sat_stmt_step (stmt, &problem))
    read_item (finder, stmt);
  return sat_stmt_finish (stmt, problem, error);
}

/* ---- comparing ----------------------------------------------------------------------------------
 */

/* People of one name are many: of what belongs to something, the name says less. */
static double
name_points (const Item *a, const Item *b, gboolean has_owner)
{
  double like;

  if (a->name[0] == NULL || b->name[0] == NULL)
    return 0;
  like = sat_likeness_lists ((const char *const *) a->name, (const char *const *) b->name);
  if (like >= 0.995)
    return has_owner ? 4 : NAME_MOST;
  if (like >= 0.85)
    return has_owner ? 3 : 5;
  if (like >= 0.7)
    return 2;
  return like >= 0.4 ? 0 : -5;
}

static double
place_points (const Item *a, const Item *b)
{
  double like;

  if (a->place[0] == NULL || b->place[0] == NULL)
    return 0;
  like = sat_likeness_lists ((const char *const *) a->place, (const char *const *) b->place);
  if (like >= 0.85)
    return PLACE_MOST;
  if (like >= 0.6)
    return 2.5;
  return like >= 0.35 ? 0.5 : -1.5;
}

static double
number_points (const char *a, const char *b)
{
  gboolean is_long = MIN (strlen (a), strlen (b)) >= LONG_NUMBER;
  double like = sat_likeness_word (a, b);

  if (like >= 1)
    return is_long ? 5 : 2;
  if (like >= (is_long ? 0.8 : 0.75))
    return is_long ? 2.5 : 0.5;
  return is_long ? -2 : -1;
}

/* Telephones and e-mails: any of one record that the other has, too. */
static double
contact_points (const Finder *finder, const Item *a, const Item *b, SatLikeness likeness)
{
  gboolean both = FALSE;

  for (guint i = 0; i < finder->fields->len; i++)
    for (guint k = 0; k < finder->fields->len; k++)
      {
        if (field_at (finder, i)->likeness != likeness ||
            field_at (finder, k)->likeness != likeness || a->values[i] == NULL ||
            b->values[k] == NULL)
          continue;
        if (strcmp (a->values[i], b->values[k]) == 0)
          return 5;
        both = TRUE;
      }
  return both ? -1 : 0;
}

/* What takes longest comes last: most pairs are none whatever their places are. Less than ENOUGH
 * may be anything less. */
static double
points_of (const Finder *finder, const Item *a, const Item *b)
{
  double points = contact_points (finder, a, b, SAT_LIKENESS_PHONE) +
                  contact_points (finder, a, b, SAT_LIKENESS_EMAIL);

  for (guint i = 0; i < finder->fields->len; i++)
    if (field_at (finder, i)->likeness == SAT_LIKENESS_NUMBER && a->values[i] != NULL &&
        b->values[i] != NULL)
      points += number_points (a->values[i], b->values[i]);
  if (a->owner != NULL && b->owner != NULL)
    points += strcmp (a->owner, b->owner) == 0 ? 2 : -2;
  if (points + NAME_MOST + PLACE_MOST < ENOUGH)
    return points;
  points += name_points (a, b, finder->object->owning != NULL);
  return points + PLACE_MOST < ENOUGH ? points : points + place_points (a, b);
}

static SatAgreement
agreement_of (const SatField *field, const char *a, const char *b)
{
  double like;

  if (strcmp (a, b) == 0)
    return SAT_AGREE_SAME;
  if (field->likeness == SAT_LIKENESS_PHONE || field->likeness == SAT_LIKENESS_EMAIL)
    return SAT_AGREE_DIFFERENT;
  if (field->likeness == SAT_LIKENESS_NUMBER)
    like = sat_likeness_word (a, b);
  else
    {
      g_auto (GStrv) x = sat_likeness_words (a);
      g_auto (GStrv) y = sat_likeness_words (b);
      like = sat_likeness_lists ((const char *const *) x, (const char *const *) y);
    }
  if (like >= 0.995)
    return SAT_AGREE_SAME;
  return like >= 0.7 ? SAT_AGREE_SIMILAR : SAT_AGREE_DIFFERENT;
}

static SatDuplicate *
duplicate_new (const Finder *finder, const Item *a, const Item *b, double points)
{
  SatDuplicate *duplicate = g_new0 (SatDuplicate, 1);

  duplicate->a = a->id;
  duplicate->b = b->id;
  duplicate->strength = (guint) lround (100 / (1 + exp ((ENOUGH - points) / 2.5)));
  duplicate->fields = g_array_new (FALSE, FALSE, sizeof (SatAgreeing));
  for (guint i = 0; i < finder->fields->len; i++)
    {
      SatAgreeing one = { .field = field_at (finder, i) };

      if (a->values[i] == NULL || b->values[i] == NULL)
        continue;
      one.agreement = agreement_of (one.field, a->values[i], b->values[i]);
      g_array_append_val (duplicate->fields, one);
    }
  return duplicate;
}

/* ---- which are compared -------------------------------------------------------------------------
 */

/* For each atom that is rare enough the items that have it, one after another. */
typedef struct
{
  guint *starts; /* of each atom in PLACES, and one more */
  guint *places;
} Shared;

static void
shared_clear (Shared *shared)
{
  g_free (shared->starts);
  g_free (shared->places);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shared, shared_clear)

static gboolean
is_rare (const Finder *finder, guint32 atom)
{
  guint n = g_array_index (finder->shared, guint, atom);

  return n > 1 && n <= SHARED_MAX;
}

static void
collect_shared (const Finder *finder, Shared *shared)
{
  guint n = finder->shared->len;
  g_autofree guint *next = NULL;

  shared->starts = g_new0 (guint, n + 1);
  for (guint i = 0; i < n; i++)
    shared->starts[i + 1] = shared->starts[i] +
                            (is_rare (finder, i) ? g_array_index (finder->shared, guint, i) : 0);
  shared->places = g_new0 (guint, shared->starts[n] + 1);
  next = g_memdup2 (shared->starts, (n + 1) * sizeof *next);
  for (guint i = 0; i < finder->items->len; i++)
    {
      const Item *item = g_ptr_array_index (finder->items, i);

      for (guint k = 0; k < item->atoms->len; k++)
        {
          guint32 atom = g_array_index (item->atoms, guint32, k);
          if (is_rare (finder, atom))
            shared->places[next[atom]++] = i;
        }
    }
}

typedef struct
{
  guint item;
  float weight;
} Candidate;

static int
compare_candidates (gconstpointer a, gconstpointer b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->weight > y->weight || x->weight < y->weight)
    return x->weight > y->weight ? -1 : 1;
  return (x->item > y->item) - (x->item < y->item);
}

/* The items behind AT that share most with it. WEIGHTS: of each item 0, and left so. */
static void
candidates_of (const Finder *finder, const Shared *shared, guint at, float *weights, GArray *out)
{
  const Item *item = g_ptr_array_index (finder->items, at);

  g_array_set_size (out, 0);
  for (guint k = 0; k < item->atoms->len; k++)
    {
      guint32 atom = g_array_index (item->atoms, guint32, k);
      guint from = shared->starts[atom];
      guint to = shared->starts[atom + 1];

      for (guint i = from; i < to; i++)
        {
          guint other = shared->places[i];
          Candidate candidate = { .item = other };

          if (other <= at)
            continue;
          if (weights[other] <= 0)
            g_array_append_val (out, candidate);
          weights[other] += 1 / sqrtf ((float) (to - from));
        }
    }
  for (guint i = 0; i < out->len; i++)
    {
      Candidate *candidate = &g_array_index (out, Candidate, i);
      candidate->weight = weights[candidate->item];
      weights[candidate->item] = 0;
    }
  g_array_sort (out, compare_candidates);
  if (out->len > CANDIDATES_MAX)
    g_array_set_size (out, CANDIDATES_MAX);
}

/* ---- what a person has kept apart ---------------------------------------------------------------
 */

/* Does the record ID say that it is not the same as OTHER? */
static gboolean
says_apart (
    SatReplica *replica, const SatField *field, const SatId *id, const SatId *other, GError **error)
{
  g_autofree char *column = sat_schema_column (field, 0);
  g_autofree char *sql = g_strdup_printf ("SELECT %s FROM %s WHERE uuid = ?1", column,
                                          sat_replica_table (replica, field->object)->table);
  g_autofree char *text = sat_id_dup_text (other);
  SatStmt *stmt = sat_db_prepare (replica->db, sql, error);
  gboolean says = FALSE;
  GError *problem = NULL;

  if (stmt == NULL)
    return FALSE;
  sat_stmt_bind_id (stmt, 1, id);
  while (sat_stmt_step (stmt, &problem))
    {
      const char *ids = sat_stmt_text (stmt, 0);
      says = says || (ids != NULL && strstr (ids, text) != NULL);
    }
  return sat_stmt_finish (stmt, problem, error) && says;
}

/* Takes the pairs out of PAIRS that are kept apart. */
static gboolean
drop_apart (SatReplica *replica, const SatObject *object, GPtrArray *pairs, GError **error)
{
  const SatField *field = sat_object_find (object, SAT_APART_FIELD);
  GError *problem = NULL;

  for (guint i = pairs->len; field != NULL && i > 0; i--)
    {
      const SatDuplicate *pair = g_ptr_array_index (pairs, i - 1);

      if (says_apart (replica, field, &pair->a, &pair->b, &problem) ||
          (problem == NULL && says_apart (replica, field, &pair->b, &pair->a, &problem)))
        g_ptr_array_remove_index (pairs, i - 1);
      if (problem != NULL)
        {
          g_propagate_error (error, problem);
          return FALSE;
        }
    }
  return TRUE;
}

static int
compare_duplicates (gconstpointer a, gconstpointer b)
{
  const SatDuplicate *x = *(SatDuplicate *const *) a;
  const SatDuplicate *y = *(SatDuplicate *const *) b;
  int order;

  if (x->strength != y->strength)
    return x->strength > y->strength ? -1 : 1;
  order = sat_id_compare (&x->a, &y->a);
  return order ? order : sat_id_compare (&x->b, &y->b);
}

/* OUT, which is taken, in order, LIMIT (-1: no bound) of them; *TOTAL (may be NULL): how many. */
static GPtrArray *
best_of (const Finder *finder, GPtrArray *out, gint64 limit, gint64 *total, GError **error)
{
  if (!drop_apart (finder->replica, finder->object, out, error))
    {
      g_ptr_array_unref (out);
      return NULL;
    }
  g_ptr_array_sort (out, compare_duplicates);
  if (total != NULL)
    *total = out->len;
  if (limit >= 0 && out->len > limit)
    g_ptr_array_set_size (out, (int) limit);
  return out;
}

GPtrArray *
sat_workspace_duplicates (
    SatWorkspace *workspace, const SatObject *object, gint64 limit, gint64 *total, GError **error)
{
  g_auto (Finder) finder = { 0 };
  g_auto (Shared) shared = { 0 };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_duplicate_free);
  g_autoptr (GArray) candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  g_autofree float *weights = NULL;

  finder_init (&finder, workspace, object);
  if (!read_items (&finder, "ORDER BY uuid", NULL, 0, error))
    return NULL;
  collect_shared (&finder, &shared);
  weights = g_new0 (float, finder.items->len + 1);
  for (guint i = 0; i < finder.items->len; i++)
    {
      const Item *a = g_ptr_array_index (finder.items, i);

      candidates_of (&finder, &shared, i, weights, candidates);
      for (guint k = 0; k < candidates->len; k++)
        {
          const Item *b = g_ptr_array_index (finder.items,
                                             g_array_index (candidates, Candidate, k).item);
          double points = points_of (&finder, a, b);
          if (points >= ENOUGH)
            g_ptr_array_add (out, duplicate_new (&finder, a, b, points));
        }
    }
  return best_of (&finder, g_steal_pointer (&out), limit, total, error);
}

/* ---- of one record ------------------------------------------------------------------------------
 */

/* The rows that the search index finds by WORDS, added to ROWS. */
static gboolean
add_rows (Finder *finder, const char *words, GHashTable *rows, GError **error)
{
  const SatTable *table = sat_replica_table (finder->replica, finder->object);
  g_autoptr (GArray) keys = sat_search_find (finder->replica, words, SAT_SCOPE_WRITTEN, table->name,
                                             SHARED_MAX, error);

  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      gint64 row = sat_search_key_row (g_array_index (keys, gint64, i));
      g_hash_table_add (rows, g_memdup2 (&row, sizeof row));
    }
  return keys != NULL;
}

/* Whatever the record says that is searched: each word of its name, its numbers, telephones, mails.
 */
static gboolean
find_rows (Finder *finder, const Item *item, GHashTable *rows, GError **error)
{
  for (guint i = 0; item->name[i] != NULL && i < 6; i++)
    if (!add_rows (finder, item->name[i], rows, error))
      return FALSE;
  for (guint i = 0; i < finder->fields->len; i++)
    {
      const SatField *field = field_at (finder, i);
      if (item->values[i] != NULL && sat_search_is_searched (field) &&
          field->likeness != SAT_LIKENESS_NAME && field->likeness != SAT_LIKENESS_ADDRESS &&
          !add_rows (finder, item->values[i], rows, error))
        return FALSE;
    }
  return TRUE;
}

GPtrArray *
sat_workspace_duplicates_of (
    SatWorkspace *workspace, const SatObject *object, const SatId *id, guint limit, GError **error)
{
  g_auto (Finder) finder = { 0 };
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func ((GDestroyNotify) sat_duplicate_free);
  g_autoptr (GHashTable) rows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer row;
  const Item *item;

  finder_init (&finder, workspace, object);
  if (!read_items (&finder, "AND uuid = ?1", id, 0, error))
    return NULL;
  if (finder.items->len == 0)
    return g_steal_pointer (&out);
  item = g_ptr_array_index (finder.items, 0);
  if (!find_rows (&finder, item, rows, error))
    return NULL;
  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    if (!read_items (&finder, "AND row = ?1", NULL, *(gint64 *) row, error))
      return NULL;
  for (guint i = 1; i < finder.items->len; i++)
    {
      const Item *other = g_ptr_array_index (finder.items, i);
      double points = points_of (&finder, item, other);

      if (points >= ENOUGH && !sat_id_equal (&item->id, &other->id))
        g_ptr_array_add (out, duplicate_new (&finder, item, other, points));
    }
  return best_of (&finder, g_steal_pointer (&out), limit, NULL, error);
}
