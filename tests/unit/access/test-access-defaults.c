/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what roles may, against what is written in docs/permissions.md. */
#include "core/access/sat-access.h"

static SatCatalogue *catalogue;

/* The five rights as letters: n, o, t, a. */
static char *
rights (const char *role, const char *object)
{
  const SatObject *of = sat_catalogue_find (catalogue, object);
  GString *text = g_string_new (NULL);

  g_assert_nonnull (of);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    g_string_append_c (text, sat_reach_name (sat_access_default (role, of, i))[0]);
  return g_string_free (text, FALSE);
}

static void
test_table (void)
{
  /* create, read, edit, delete, export */
  static const struct
  {
    const char *role, *object, *rights;
  } cases[] = {
    { "sales", "customer", "aaaoa" },
    { "service", "deal", "aaaoa" },
    { "finance", "activity", "aaaoa" },
    { "marketing", "product", "aaaoa" },
    { "manager", "customer", "aaaaa" },
    { "admin", "customer", "aaaaa" },
    { "observer", "customer", "nannn" },
    { "sales", "team", "nanna" },
    { "manager", "permission", "nanna" },
    { "sales", "user", "naona" },
    { "observer", "user", "naonn" },
    { "admin", "user", "aaaaa" },
    { "sales", "view", "aaaoa" },
    { "x_0a1b2c", "customer", "aaaoa" },
    { "sales", "field_definition", "nanna" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = rights (cases[i].role, cases[i].object);

      g_assert_cmpstr (found, ==, cases[i].rights);
    }
}

/* Nobody makes an administrator of himself. */
static void
test_own_record (void)
{
  static const char *const closed[] = { "active", "login", "manager", "own_book", "role", "team" };
  const SatObject *user = sat_catalogue_find (catalogue, "user");

  for (guint i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      const SatField *field = sat_object_find (user, closed[i]);

      g_assert_nonnull (field);
      g_assert_cmpuint (sat_access_default_field ("manager", field), ==, SAT_FIELD_READ);
      g_assert_cmpuint (sat_access_default_field ("admin", field), ==, SAT_FIELD_EDIT);
    }
  g_assert_cmpuint (sat_access_default_field ("sales", sat_object_find (user, "phone")), ==,
                    SAT_FIELD_EDIT);
}

/* What all departments see of a customer is seventeen fields, without a word about money. */
static void
test_shared (void)
{
  const SatObject *customer = sat_catalogue_find (catalogue, "customer");
  guint shared = 0;

  for (guint i = 0; i < customer->n_fields; i++)
    shared += sat_access_is_shared (customer->fields[i]);
  g_assert_cmpuint (shared, ==, 17);
  g_assert_true (sat_access_is_shared (sat_object_find (customer, "phone")));
  g_assert_true (sat_access_is_shared (sat_object_find (customer, "owner")));
  g_assert_false (sat_access_is_shared (sat_object_find (customer, "credit_limit")));
  g_assert_false (sat_access_is_shared (sat_object_find (customer, "notes")));
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  int rc;

  g_test_init (&argc, &argv, NULL);
  catalogue = sat_catalogue_default (&error);
  g_assert_no_error (error);
  g_test_add_func ("/access-defaults/table", test_table);
  g_test_add_func ("/access-defaults/own-record", test_own_record);
  g_test_add_func ("/access-defaults/shared", test_shared);
  rc = g_test_run ();
  sat_catalogue_unref (catalogue);
  return rc;
}
