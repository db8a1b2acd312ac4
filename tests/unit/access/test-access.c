/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What grants do to a role, whom a reach means, and what a mask leaves. */
#include "core/access/sat-access.h"

static const char xml[] =
    "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>"
    "<field name='name' type='text'><label>Name</label></field>"
    "<field name='phone' type='phone'><label>Phone</label></field>"
    "<field name='email' type='email' shared='yes'><label>E-mail</label></field>"
    "<field name='worth' type='money'><label>Worth</label></field></object>";

typedef struct
{
  SatCatalogue *catalogue;
  const SatObject *thing;
  SatId me, other, stranger;
  GHashTable *people;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  (void) data;
  f->catalogue = sat_catalogue_read_memory ("thing.xml", xml, sizeof xml - 1, TRUE, &error);
  g_assert_no_error (error);
  f->thing = sat_catalogue_find (f->catalogue, "thing");
  sat_id_derive (NULL, "me", 2, &f->me);
  sat_id_derive (NULL, "other", 5, &f->other);
  sat_id_derive (NULL, "stranger", 8, &f->stranger);
  f->people = g_hash_table_new (sat_id_hash, sat_id_equal);
  g_hash_table_add (f->people, &f->me);
  g_hash_table_add (f->people, &f->other);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void) data;
  g_hash_table_unref (f->people);
  sat_catalogue_unref (f->catalogue);
}

static const SatField *
field (Fixture *f, const char *name)
{
  return sat_object_find (f->thing, name);
}

static void
grant_right (SatAccess *access, SatRight right, int reach)
{
  SatGrant grant = { "thing", NULL, { -1, -1, -1, -1, -1 }, -1 };

  grant.rights[right] = reach;
  sat_access_grant (access, &grant);
}

static void
grant_field (SatAccess *access, const char *name, int level, int export)
{
  SatGrant grant = { "thing", name, { -1, -1, -1, -1, -1 }, level };

  grant.rights[SAT_RIGHT_EXPORT] = export;
  sat_access_grant (access, &grant);
}

/* Every right with every reach: what was said holds, what was not is as built in. */
static void
test_rights (Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint right = 0; right < SAT_N_RIGHTS; right++)
    for (guint reach = 0; reach < SAT_N_REACHES; reach++)
      {
        g_autoptr (SatAccess) access = sat_access_new ("sales", &f->me, f->people);

        grant_right (access, right, (int) reach);
        for (guint k = 0; k < SAT_N_RIGHTS; k++)
          {
            g_assert_cmpint (sat_access_is_granted (access, f->thing, k), ==, k == right);
            g_assert_cmpuint (sat_access_reach (access, f->thing, k), ==,
                              k == right ? reach : sat_access_default ("sales", f->thing, k));
          }
      }
}

static void
test_admin (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAccess) access = sat_access_new ("admin", &f->me, f->people);

  (void) data;
  grant_right (access, SAT_RIGHT_READ, SAT_REACH_NONE);
  grant_field (access, "phone", SAT_FIELD_HIDDEN, SAT_REACH_NONE);
  g_assert_cmpuint (sat_access_reach (access, f->thing, SAT_RIGHT_READ), ==, SAT_REACH_ALL);
  g_assert_cmpuint (sat_access_field (access, field (f, "phone")), ==, SAT_FIELD_EDIT);
  g_assert_false (sat_access_conceals (access, f->thing));
  g_assert_true (sat_access_exports (access, field (f, "phone")));
  g_assert_cmpuint (sat_access_reach (NULL, f->thing, SAT_RIGHT_DELETE), ==, SAT_REACH_ALL);
  g_assert_true (sat_access_reaches (NULL, SAT_REACH_OWN, &f->stranger));
}

static void
test_fields (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAccess) access = sat_access_new ("sales", &f->me, f->people);

  (void) data;
  g_assert_false (sat_access_limits (access, f->thing));
  grant_field (access, "phone", SAT_FIELD_READ, -1);
  g_assert_true (sat_access_limits (access, f->thing));
  g_assert_false (sat_access_conceals (access, f->thing));
  g_assert_true (sat_access_exports (access, field (f, "phone")));
  grant_field (access, "phone", SAT_FIELD_MASKED, -1);
  g_assert_true (sat_access_conceals (access, f->thing));
  g_assert_false (sat_access_exports (access, field (f, "phone")));
  grant_field (access, "worth", -1, SAT_REACH_NONE);
  g_assert_cmpuint (sat_access_field (access, field (f, "worth")), ==, SAT_FIELD_EDIT);
  g_assert_false (sat_access_exports (access, field (f, "worth")));
  g_assert_true (sat_access_field_is_granted (access, field (f, "worth")));
  g_assert_false (sat_access_field_is_granted (access, field (f, "name")));
}

/* What is said of all other fields leaves those that are shared, the title, and what is said
 * singly; of the object's records it says nothing. */
static void
test_other_fields (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAccess) access = sat_access_new ("sales", &f->me, f->people);
  SatGrant others = { "thing", NULL, { -1, -1, -1, -1, -1 }, SAT_FIELD_HIDDEN };
  SatGrant phone = { "thing", "phone", { -1, -1, -1, -1, -1 }, SAT_FIELD_READ };

  (void) data;
  g_assert_cmpint (sat_access_others (access, f->thing), ==, -1);
  sat_access_grant (access, &others);
  g_assert_cmpint (sat_access_others (access, f->thing), ==, SAT_FIELD_HIDDEN);
  g_assert_cmpuint (sat_access_field (access, field (f, "worth")), ==, SAT_FIELD_HIDDEN);
  g_assert_cmpuint (sat_access_field (access, field (f, "phone")), ==, SAT_FIELD_HIDDEN);
  g_assert_cmpuint (sat_access_field (access, field (f, "email")), ==, SAT_FIELD_EDIT);
  g_assert_cmpuint (sat_access_field (access, field (f, "name")), ==, SAT_FIELD_EDIT);
  g_assert_false (sat_access_exports (access, field (f, "worth")));
  g_assert_true (sat_access_conceals (access, f->thing));
  g_assert_true (sat_access_limits (access, f->thing));
  g_assert_cmpuint (sat_access_reach (access, f->thing, SAT_RIGHT_EDIT), ==, SAT_REACH_ALL);
  sat_access_grant (access, &phone);
  g_assert_cmpuint (sat_access_field (access, field (f, "phone")), ==, SAT_FIELD_READ);
  others.access = SAT_FIELD_READ;
  sat_access_grant (access, &others);
  g_assert_cmpuint (sat_access_field (access, field (f, "worth")), ==, SAT_FIELD_READ);
}

static void
test_people (Fixture *f, gconstpointer data)
{
  g_autoptr (SatAccess) access = sat_access_new ("sales", &f->me, f->people);

  (void) data;
  g_assert_true (sat_access_reaches (access, SAT_REACH_OWN, &f->me));
  g_assert_false (sat_access_reaches (access, SAT_REACH_OWN, &f->other));
  g_assert_true (sat_access_reaches (access, SAT_REACH_TEAM, &f->other));
  g_assert_true (sat_access_reaches (access, SAT_REACH_TEAM, &f->me));
  g_assert_false (sat_access_reaches (access, SAT_REACH_TEAM, &f->stranger));
  g_assert_true (sat_access_reaches (access, SAT_REACH_ALL, &f->stranger));
  g_assert_false (sat_access_reaches (access, SAT_REACH_NONE, &f->me));
}

static void
test_masks (Fixture *f, gconstpointer data)
{
  static const struct
  {
    const char *field, *value, *mask;
  } cases[] = {
    { "phone", "13812345678", "138••••78" },
    { "phone", "+49 30 901820", "+49••••20" },
    { "phone", "110", "1••••" },
    { "phone", "1", "••••" },
    { "phone", NULL, "" },
    { "email", "li@li.example", "l••••@li.example" },
    { "email", "@x", "••••" },
    { "name", "华东泵业有限公司", "华••••" },
    { "name", "王", "••••" },
    { "worth", "5000.00 CNY", "••••" },
  };

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *mask = sat_access_mask (field (f, cases[i].field), cases[i].value);

      g_assert_cmpstr (mask, ==, cases[i].mask);
    }
}

static void
test_names (Fixture *f, gconstpointer data)
{
  (void) data;
  for (guint i = 0; i < SAT_N_REACHES; i++)
    g_assert_cmpint (sat_reach_from_name (sat_reach_name (i)), ==, (int) i);
  for (guint i = 0; i < SAT_N_RIGHTS; i++)
    g_assert_cmpint (sat_right_from_name (sat_right_name (i)), ==, (int) i);
  for (guint i = 0; i < SAT_N_FIELD_ACCESSES; i++)
    g_assert_cmpint (sat_field_access_from_name (sat_field_access_name (i)), ==, (int) i);
  g_assert_cmpint (sat_reach_from_name (NULL), ==, -1);
  g_assert_cmpint (sat_right_from_name ("Read"), ==, -1);
  g_assert_cmpint (sat_field_access_from_name (""), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/access/rights", test_rights);
  ADD ("/access/admin", test_admin);
  ADD ("/access/fields", test_fields);
  ADD ("/access/other-fields", test_other_fields);
  ADD ("/access/people", test_people);
  ADD ("/access/masks", test_masks);
  ADD ("/access/names", test_names);
#undef ADD
  return g_test_run ();
}
