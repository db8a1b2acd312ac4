/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rights, as a matrix of what arrives: a salesperson writes with a program that asks nobody, and
 * the laptop of an administrator flags what the role does not allow, and nothing else
 * (docs/permissions.md). Everything is applied all the same. */
#include <string.h>

#include "core/workspace/sat-workspace-breach.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/rights/company.h"

#define FIRST_VALUE 50000

typedef enum
{
  MAKE,
  CHANGE,
  DELETE,
  N_DEEDS
} Deed;

typedef struct
{
  Company company;
  SatWorkspace *boss;
  GHashTable *due;   /* "object id field", to be flagged */
  GHashTable *wrong; /* in words, each once */
  guint next;        /* the number of the next value */
  guint n_flagged, n_passed;
} Arriving;

static char *
name_of (const char *object, const SatId *id, const char *field)
{
  char text[SAT_ID_TEXT_SIZE];

  return g_strdup_printf ("%s %s %s", object, sat_id_format (id, text), field ? field : "-");
}

static void
expect (Arriving *a, const SatObject *object, const SatId *id, const SatField *field, gboolean may)
{
  if (may)
    a->n_passed++;
  else
    g_hash_table_add (a->due, name_of (object->name, id, field ? field->name : NULL));
}

/* ---- what is flagged ----------------------------------------------------------------------------
 */

/* What was said of the role arrives, from one who may not say it; that is flagged, too, and not
 * what is asked here. */
static void
settle (Arriving *a)
{
  g_autoptr (GError) error = NULL;

  world_sync_all (&a->company.world, a->company.all, 3);
  sat_workspace_dismiss_breaches (a->boss, sat_workspace_n_breaches (a->boss), &error);
  g_assert_no_error (error);
}

static void
check (Arriving *a, const char *what)
{
  GHashTableIter iter;
  gpointer name;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = NULL;

  world_sync_all (&a->company.world, a->company.all, 3);
  all = sat_workspace_breaches (a->boss, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatBreach *breach = all->pdata[i];
      g_autofree char *flagged = name_of (breach->object, &breach->id, breach->field);

      g_assert_cmpstr (breach->role, ==, COMPANY_ROLE);
      if (g_hash_table_remove (a->due, flagged))
        a->n_flagged++;
      else
        g_hash_table_add (a->wrong, g_strdup_printf ("%s: %s %s was flagged", what, breach->object,
                                                     breach->field ? breach->field : ""));
    }
  g_hash_table_iter_init (&iter, a->due);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_add (a->wrong, g_strdup_printf ("%s: %s was not flagged", what, (char *) name));
  g_hash_table_remove_all (a->due);
  sat_workspace_dismiss_breaches (a->boss, all->len, &error);
  g_assert_no_error (error);
  assert_equal_replicas (a->company.li, a->boss);
}

/* ---- writing ------------------------------------------------------------------------------------
 */

static void
write_raw (Arriving *a,
           const SatObject *object,
           const SatId *id,
           const GArray *edits,
           const SatEditKind *kind)
{
  g_autoptr (GError) error = NULL;

  sat_workspace_edit_raw (a->company.li, object, id, kind->create ? "customers" : NULL,
                          edits ? (const SatEdit *) (const void *) edits->data : NULL,
                          edits ? edits->len : 0, kind, &error);
  g_assert_no_error (error);
}

/* A value of FIELD other than it has, kept in VALUES; NULL: there is none. */
static const char *
another (Arriving *a, const SatField *field, GPtrArray *values)
{
  g_autofree char *token = NULL;
  char *value = field->hidden || field->fixed ? NULL : canary_value (field, a->next++, &token);

  if (value != NULL)
    g_ptr_array_add (values, value);
  return value;
}

static void
add_edit (GArray *edits, const SatField *field, const char *value)
{
  SatEdit edit = { .field = field };

  if (field->policy == SAT_POLICY_UNION)
    edit.element = value;
  else
    edit.value = value;
  g_array_append_val (edits, edit);
}

/* The field that is written to a record to change it; NULL: nothing can be. */
static const SatField *
any_field (const SatObject *object)
{
  for (guint i = 0; i < object->n_fields; i++)
    if (object->fields[i]->type->id == SAT_TYPE_TEXT && !object->fields[i]->hidden)
      return object->fields[i];
  return NULL;
}

static void
change_one (Arriving *a, const Canary *canary)
{
  const SatField *field = any_field (canary->object);
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  if (field == NULL)
    return;
  add_edit (edits, field, another (a, field, values));
  write_raw (a, canary->object, &canary->id, edits, &kind);
  expect (a, canary->object, &canary->id, field,
          is_within (said_of (&a->company, canary->object)->reach[SAT_RIGHT_EDIT], canary->whose));
}

/* One like CANARY, for its owner. */
static void
make_one (Arriving *a, const Canary *canary)
{
  const SatObject *object = canary->object;
  const SatField *owner = sat_access_owner_field (object);
  const SatEditKind kind = { .life = SAT_LIFE_LIVE, .create = TRUE };
  SatReach reach = said_of (&a->company, object)->reach[SAT_RIGHT_CREATE];
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  SatId id;

  sat_id_new (sat_workspace_platform (a->company.li), &id);
  for (guint i = 0; i < object->n_fields; i++)
    if (canary->values[i] != NULL && (object->fields[i]->required || object->fields[i] == owner))
      add_edit (edits, object->fields[i], canary->values[i]);
  write_raw (a, object, &id, edits, &kind);
  /* With a right that does not go so far it is the owner that should not be. */
  expect (a, object, &id, reach != SAT_REACH_NONE ? owner : NULL,
          owner != NULL ? is_within (reach, canary->whose) : reach != SAT_REACH_NONE);
}

/* By itself: in one change-set with others that may be deleted it would count as gone with them. */
static void
delete_one (Arriving *a, const Canary *canary)
{
  SatEditKind kind = { .life = SAT_LIFE_DEAD };

  write_raw (a, canary->object, &canary->id, NULL, &kind);
  expect (
      a, canary->object, &canary->id, NULL,
      is_within (said_of (&a->company, canary->object)->reach[SAT_RIGHT_DELETE], canary->whose));
  check (a, "delete");
  kind.life = SAT_LIFE_LIVE;
  write_raw (a, canary->object, &canary->id, NULL, &kind);
  settle (a);
}

/* Every field of it. */
static void
change_fields (Arriving *a, const Canary *canary)
{
  const SatObject *object = canary->object;
  const Said *said = said_of (&a->company, object);
  const SatEditKind kind = { .life = SAT_LIFE_LIVE };
  g_autoptr (GArray) edits = g_array_new (FALSE, TRUE, sizeof (SatEdit));
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < object->n_fields; i++)
    {
      const SatField *field = object->fields[i];
      const char *leader = sat_access_leader (object->name, field->name);
      const char *value = another (a, field, values);

      if (value == NULL || leader != NULL)
        continue;
      add_edit (edits, field, value);
      expect (a, object, &canary->id, field, said->fields[i] == SAT_FIELD_EDIT);
    }
  write_raw (a, object, &canary->id, edits, &kind);
}

/* ---- running through the matrix -----------------------------------------------------------------
 */

static void
run (Arriving *a, const SatObject *object, Deed deed, SatReach reach)
{
  static void (*const deeds[N_DEEDS]) (Arriving *, const Canary *) = { make_one, change_one,
                                                                       delete_one };
  static const SatRight rights[N_DEEDS] = { SAT_RIGHT_CREATE, SAT_RIGHT_EDIT, SAT_RIGHT_DELETE };
  g_autofree char *what = g_strdup_printf ("%s %s", sat_right_name (rights[deed]),
                                           sat_reach_name (reach));

  say_reach (&a->company, object, rights[deed], reach);
  settle (a);
  for (guint i = 0; i < a->company.canaries->len; i++)
    {
      const Canary *canary = a->company.canaries->pdata[i];

      if (canary->object == object)
        deeds[deed](a, canary);
    }
  check (a, what);
}

static void
test_reach (Arriving *a, gconstpointer data)
{
  GHashTableIter iter;
  gpointer object;

  (void) data;
  for (guint deed = 0; deed < N_DEEDS; deed++)
    {
      g_hash_table_iter_init (&iter, a->company.said);
      while (g_hash_table_iter_next (&iter, &object, NULL))
        for (guint reach = 0; reach < SAT_N_REACHES; reach++)
          run (a, object, (Deed) deed, (SatReach) reach);
    }
}

/* Four rounds, in each of which every field is something else. */
static void
test_fields (Arriving *a, gconstpointer data)
{
  GHashTableIter iter;
  gpointer key;

  (void) data;
  g_hash_table_iter_init (&iter, a->company.said);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const SatObject *object = key;

      for (guint round = 0; round < SAT_N_FIELD_ACCESSES; round++)
        {
          for (guint i = 0; i < object->n_fields; i++)
            if (can_be_concealed (object->fields[i]))
              say_field (&a->company, object->fields[i],
                         (SatFieldAccess) ((i + round) % SAT_N_FIELD_ACCESSES), TRUE);
          settle (a);
          for (guint i = 0; i < a->company.canaries->len; i++)
            {
              const Canary *canary = a->company.canaries->pdata[i];

              if (canary->object == object && canary->owner == CANARY_MINE)
                change_fields (a, canary);
            }
          check (a, "fields");
        }
    }
}

/* ---- setting up ---------------------------------------------------------------------------------
 */

static void
set_up (Arriving *a, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  company_set_up (&a->company);
  a->boss = a->company.all[0];
  /* A laptop that has not exchanged yet judges nothing. */
  sat_workspace_note_synced (a->boss, 1, &error);
  g_assert_no_error (error);
  a->next = FIRST_VALUE;
  a->due = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  a->wrong = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static void
tear_down (Arriving *a, gconstpointer data)
{
  g_autoptr (GList) wrong = g_list_sort (g_hash_table_get_keys (a->wrong), (GCompareFunc) strcmp);

  (void) data;
  for (GList *one = wrong; one != NULL; one = one->next)
    g_test_message ("%s", (const char *) one->data);
  g_assert_cmpuint (g_list_length (wrong), ==, 0);
  g_assert_cmpuint (a->n_flagged, >, 50);
  g_assert_cmpuint (a->n_passed, >, 50);
  g_hash_table_unref (a->wrong);
  g_hash_table_unref (a->due);
  company_clear (&a->company);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/arriving/reach", Arriving, NULL, set_up, test_reach, tear_down);
  g_test_add ("/arriving/fields", Arriving, NULL, set_up, test_fields, tear_down);
  return g_test_run ();
}
