/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counting by the values of a field: as counting by hand does, for every type of field. */
#include "core/query/sat-groups.h"

#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[1];
  SatReplica *replica;
  const SatObject *thing;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void) data;
  world_laptops (&f->world, f->all, 1);
  f->replica = world_replica (f->all[0]);
  f->thing = world_object (f->all[0], "thing");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  sat_workspace_close (f->all[0]);
  world_clear (&f->world);
}

/* "value=count" of each group in order, "-" for empty. */
static char *
groups (Fixture *f, const SatListQuery *query, const char *field, guint most)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) all = sat_groups (f->replica, query, sat_object_find (f->thing, field),
                                          most, &error);
  GString *text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < all->len; i++)
    {
      const SatGroup *group = g_ptr_array_index (all, i);

      g_string_append_printf (text, "%s%s=%" G_GINT64_FORMAT, i ? " " : "",
                              group->value ? group->value : "-", group->count);
    }
  return g_string_free (text, FALSE);
}

static void
assert_groups (Fixture *f, const SatListQuery *query, const char *field, const char *expected)
{
  g_autofree char *found = groups (f, query, field, 100);

  g_assert_cmpstr (found, ==, expected);
}

static void
add (Fixture *f, const char *title, const char *field, const char *value)
{
  SatId id = record_new (f->all[0], "thing", f->thing->title->name, title, NULL);

  record_set (f->all[0], "thing", &id, field, value);
}

/* Every field of one value: three records with one value, one with another, one without. */
static void
test_every_type (Fixture *f, gconstpointer data)
{
  static const struct
  {
    SatTypeId type;
    const char *a, *b;
  } values[] = {
    { SAT_TYPE_INTEGER, "7", "12" },
    { SAT_TYPE_DECIMAL, "0.5", "10" },
    { SAT_TYPE_MONEY, "5.00 CNY", "6.00 CNY" },
    { SAT_TYPE_DATE, "2026-01-01", "2026-11-21" },
    { SAT_TYPE_YES_NO, "no", "yes" },
    { SAT_TYPE_TEXT, "a", "b" },
  };
  SatListQuery query = { .object = f->thing, .limit = -1 };
  guint tried = 0;

  (void) data;
  for (guint i = 0; i < f->thing->n_fields; i++)
    for (gsize v = 0; v < G_N_ELEMENTS (values); v++)
      {
        const SatField *field = f->thing->fields[i];
        g_autofree char *tail = NULL;
        g_autofree char *found = NULL;

        if (field->type->id != values[v].type || field == f->thing->title || field->hidden)
          continue;
        add (f, "one", field->name, values[v].a);
        add (f, "two", field->name, values[v].b);
        add (f, "three", field->name, values[v].a);
        add (f, "four", field->name, values[v].a);
        found = groups (f, &query, field->name, 100);
        tail = g_strdup_printf ("%s=3 %s=1", values[v].a, values[v].b);
        g_assert_true (g_str_has_prefix (found, tail));
        tried++;
      }
  g_assert_cmpuint (tried, >=, G_N_ELEMENTS (values));
}

static const SatField *
first_of (Fixture *f, SatTypeId type)
{
  for (guint i = 0; i < f->thing->n_fields; i++)
    if (f->thing->fields[i]->type->id == type && f->thing->fields[i] != f->thing->title)
      return f->thing->fields[i];
  g_assert_not_reached ();
}

/* Choices in the catalogue's order; what is left out of a condition is not counted; the largest
 * where there are more than are wanted. */
static void
test_order_and_most (Fixture *f, gconstpointer data)
{
  const SatField *number = first_of (f, SAT_TYPE_INTEGER);
  SatListQuery query = { .object = f->thing, .limit = -1 };
  g_autoptr (GError) error = NULL;
  g_autofree char *condition = g_strdup_printf ("%s >= 2", number->name);
  g_autofree char *most = NULL;

  (void) data;
  for (guint i = 1; i <= 4; i++)
    for (guint n = 0; n < i; n++)
      {
        g_autofree char *value = g_strdup_printf ("%u", i);

        add (f, "x", number->name, value);
      }
  record_new (f->all[0], "thing", f->thing->title->name, "none", NULL);
  assert_groups (f, &query, number->name, "1=1 2=2 3=3 4=4 -=1");
  most = groups (f, &query, number->name, 2);
  g_assert_cmpstr (most, ==, "3=3 4=4");
  g_autoptr (SatExpression) where = sat_expression_parse (f->thing, condition,
                                                          SAT_EXPRESSION_FILTER, NULL, &error);
  g_assert_no_error (error);
  query.where = where;
  assert_groups (f, &query, number->name, "2=2 3=3 4=4");
  query.where = NULL;
  query.words = "none";
  assert_groups (f, &query, number->name, "-=1");
}

static void
test_no_tags (Fixture *f, gconstpointer data)
{
  SatListQuery query = { .object = f->thing, .limit = -1 };
  g_autoptr (GError) error = NULL;

  (void) data;
  g_assert_null (sat_groups (f->replica, &query, first_of (f, SAT_TYPE_TAGS), 9, &error));
  assert_error (&error, SAT_ERROR_INVALID, "a list cannot be grouped by");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/groups/every-type", test_every_type);
  ADD ("/groups/order-and-most", test_order_and_most);
  ADD ("/groups/no-tags", test_no_tags);
#undef ADD
  return g_test_run ();
}
