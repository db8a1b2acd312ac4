/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/record/sat-record.h"

static const char xml[] =
    "<object name='thing' title='name'><label>Thing</label><plural>Things</plural>"
    "<field name='phone' type='phone' policy='review'><label>Phone</label></field>"
    "<field name='name' type='text'><label>Name</label></field></object>";

typedef struct
{
  SatCatalogue *catalogue;
  const SatField *name;
  const SatField *phone;
  SatRecord *record;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatId id;

  f->catalogue = sat_catalogue_read_memory ("thing.xml", xml, sizeof xml - 1, TRUE, &error);
  g_assert_no_error (error);
  const SatObject *object = sat_catalogue_find (f->catalogue, "thing");
  f->name = sat_object_find (object, "name");
  f->phone = sat_object_find (object, "phone");
  g_assert_true (sat_id_parse ("0190163d-8694-739b-aea5-966c26f8ad91", &id));
  f->record = sat_record_new (object, &id, 42, "customers");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  sat_record_unref (f->record);
  sat_catalogue_unref (f->catalogue);
}

static void
test_plain (Fixture *f, gconstpointer data)
{
  guint n = 7;

  g_assert_cmpint (sat_record_row (f->record), ==, 42);
  g_assert_cmpstr (sat_record_book (f->record), ==, "customers");
  g_assert_cmpstr (sat_record_object (f->record)->name, ==, "thing");
  g_assert_false (sat_record_deleted (f->record));
  g_assert_null (sat_record_get (f->record, f->name));
  g_assert_null (sat_record_dots (f->record, f->name, &n));
  g_assert_cmpuint (n, ==, 0);
  sat_record_set_deleted (f->record, TRUE);
  g_assert_true (sat_record_deleted (f->record));
}

static void
test_title (Fixture *f, gconstpointer data)
{
  g_assert_cmpstr (sat_record_title (f->record), ==, "[26f8ad91]");
  sat_record_take_value (f->record, f->phone, g_strdup ("123"));
  g_assert_cmpstr (sat_record_title (f->record), ==, "[26f8ad91]");
  sat_record_take_value (f->record, f->name, g_strdup ("上海宏达"));
  sat_record_take_value (f->record, f->name, g_strdup ("上海宏达机械"));
  g_assert_cmpstr (sat_record_title (f->record), ==, "上海宏达机械");
  g_assert_cmpstr (sat_record_get (f->record, f->phone), ==, "123");
}

/* Marking twice counts once. */
static void
test_marks (Fixture *f, gconstpointer data)
{
  sat_record_mark_conflict (f->record, f->phone);
  sat_record_mark_conflict (f->record, f->phone);
  sat_record_mark_invalid (f->record, f->name);
  g_assert_cmpuint (sat_record_n_conflicts (f->record), ==, 1);
  g_assert_true (sat_record_in_conflict (f->record, f->phone));
  g_assert_false (sat_record_in_conflict (f->record, f->name));
  g_assert_true (sat_record_is_invalid (f->record, f->name));
  g_assert_false (sat_record_is_invalid (f->record, f->phone));
}

static void
test_dots (Fixture *f, gconstpointer data)
{
  guint n;

  for (guint i = 0; i < 100; i++)
    {
      const SatDot dot = { .book = 1, .device = i, .number = G_MAXUINT64 - i };
      sat_record_add_dot (f->record, f->phone, &dot);
    }
  const SatDot *dots = sat_record_dots (f->record, f->phone, &n);
  g_assert_cmpuint (n, ==, 100);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (dots[i].device, ==, i);
      g_assert_cmpuint (dots[i].number, ==, G_MAXUINT64 - i);
    }
  sat_record_dots (f->record, f->name, &n);
  g_assert_cmpuint (n, ==, 0);
}

/* A record keeps its catalogue: what it says stays readable. */
static void
test_outlives_catalogue (Fixture *f, gconstpointer data)
{
  SatRecord *again = sat_record_ref (f->record);

  sat_record_take_value (f->record, f->name, g_strdup ("x"));
  g_clear_pointer (&f->catalogue, sat_catalogue_unref);
  g_clear_pointer (&f->record, sat_record_unref);
  g_assert_cmpstr (sat_record_get (again, sat_record_object (again)->title), ==, "x");
  sat_record_unref (again);
}

#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/record/record/plain", test_plain);
  ADD ("/record/record/title", test_title);
  ADD ("/record/record/marks", test_marks);
  ADD ("/record/record/dots", test_dots);
  ADD ("/record/record/outlives-catalogue", test_outlives_catalogue);
  return g_test_run ();
}
