/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lists in people's order, finding by id and title, searching. */
#include "tests/support/world.h"

#include <string.h>

static char *
titles (SatWorkspace *workspace, const SatQuery *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) rows = sat_workspace_list_rows (workspace, query, &error);
  g_autoptr (GPtrArray) records = NULL;
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  records = sat_workspace_load_rows (workspace, query->object, (const gint64 *) (void *) rows->data,
                                     rows->len, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < records->len; i++)
    g_string_append_printf (out, "%s%s", i ? " " : "",
                            sat_record_title (g_ptr_array_index (records, i)));
  return g_string_free (out, FALSE);
}

#define assert_titles(workspace, query, expected) \
  do \
    { \
      g_autofree char *titles_ = titles (workspace, query); \
      g_assert_cmpstr (titles_, ==, expected); \
    } \
  while (0)

static void
test_orders (void)
{
  World world;
  SatWorkspace *laptop;
  const char *by_level[] = { "level", NULL };
  const char *by_level_down[] = { "-level", "name", NULL };
  const char *nonsense[] = { "frob", NULL };
  g_autoptr (GError) error = NULL;

  world_laptops (&world, &laptop, 1);
  record_new (laptop, "customer", "name", "王府", "level", "a", NULL);
  record_new (laptop, "customer", "name", "安吉", "level", "c", NULL);
  record_new (laptop, "customer", "name", "Beta", "level", "b", NULL);
  record_new (laptop, "customer", "name", "李家", NULL);
  SatQuery query = { .object = world_object (laptop, "customer"), .limit = -1 };

  assert_titles (laptop, &query, "安吉 李家 王府 Beta"); /* by pinyin, then Latin */
  query.sort = by_level;
  assert_titles (laptop, &query, "王府 Beta 安吉 李家"); /* the catalogue's order, empty last */
  query.sort = by_level_down;
  assert_titles (laptop, &query, "安吉 Beta 王府 李家");
  query.limit = 2;
  query.offset = 1;
  assert_titles (laptop, &query, "Beta 王府");
  g_assert_cmpint (sat_workspace_count (laptop, &query, NULL), ==, 4);
  query.sort = nonsense;
  g_assert_null (sat_workspace_list_rows (laptop, &query, &error));
  assert_error (&error, SAT_ERROR_INVALID, "customer has no field “frob”");
  sat_workspace_close (laptop);
  world_clear (&world);
}

static void
test_find (void)
{
  World world;
  SatWorkspace *laptop;
  g_autoptr (GError) error = NULL;
  char text[SAT_ID_TEXT_SIZE];
  SatId id, twin, found;

  world_laptops (&world, &laptop, 1);
  id = record_new (laptop, "customer", "name", "One of a kind", NULL);
  twin = record_new (laptop, "customer", "name", "Twin", NULL);
  record_new (laptop, "customer", "name", "Twin", NULL);
  const SatObject *customer = world_object (laptop, "customer");
  sat_id_format (&id, text);

  g_assert_true (sat_workspace_find (laptop, customer, text, &found, &error));
  g_assert_true (sat_id_equal (&id, &found));
  g_assert_true (sat_workspace_find (laptop, customer, text + 28, &found, &error));
  g_assert_true (sat_id_equal (&id, &found));
  g_assert_true (sat_workspace_find (laptop, customer, "/One of a kind", &found, &error));
  g_assert_true (sat_id_equal (&id, &found));
  g_assert_true (sat_workspace_find (laptop, customer, "customer/One of a kind", &found, &error));
  g_assert_false (sat_workspace_find (laptop, customer, "/Twin", &found, &error));
  assert_error (&error, SAT_ERROR_AMBIGUOUS, "“/Twin” matches more than one");
  g_assert_false (sat_workspace_find (laptop, customer, "/Nobody", &found, &error));
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no customer");
  g_assert_false (
      sat_workspace_find (laptop, customer, text + 31, &found, &error)); /* 5: too few */
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no customer");
  /* A deleted one is no longer in the way of its name. */
  record_delete (laptop, "customer", &twin);
  g_assert_true (sat_workspace_find (laptop, customer, "/Twin", &found, &error));
  sat_workspace_close (laptop);
  world_clear (&world);
}

static guint
hits (SatWorkspace *workspace, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) found = sat_workspace_search (workspace, words, 100, &error);

  g_assert_no_error (error);
  return found->len;
}

static void
test_search (void)
{
  World world;
  SatWorkspace *laptop;
  SatId id;

  world_laptops (&world, &laptop, 1);
  id = record_new (laptop, "customer", "name", "上海宏达机械有限公司", "phone", "021-5555-0100",
                   NULL);
  record_new (laptop, "customer", "name", "Café Müller GmbH", NULL);
  g_assert_cmpuint (hits (laptop, "宏"), ==, 1);
  g_assert_cmpuint (hits (laptop, "宏达"), ==, 1);
  g_assert_cmpuint (hits (laptop, "宏达机"), ==, 1);
  g_assert_cmpuint (hits (laptop, "达宏"), ==, 0);
  g_assert_cmpuint (hits (laptop, "0100"), ==, 1);
  g_assert_cmpuint (hits (laptop, "5550100"), ==, 1);
  g_assert_cmpuint (hits (laptop, "021 5555"), ==, 1);
  g_assert_cmpuint (hits (laptop, "mull caf"), ==, 1);
  g_assert_cmpuint (hits (laptop, "müller"), ==, 1);
  g_assert_cmpuint (hits (laptop, "\"' OR 1"), ==, 0);
  g_assert_cmpuint (hits (laptop, ""), ==, 0);
  record_set (laptop, "customer", &id, "name", "北京");
  g_assert_cmpuint (hits (laptop, "宏达"), ==, 0);
  g_assert_cmpuint (hits (laptop, "北京"), ==, 1);
  record_delete (laptop, "customer", &id);
  g_assert_cmpuint (hits (laptop, "北京"), ==, 0);
  sat_workspace_close (laptop);
  world_clear (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/query/list/orders", test_orders);
  g_test_add_func ("/query/list/find", test_find);
  g_test_add_func ("/query/list/search", test_search);
  return g_test_run ();
}
