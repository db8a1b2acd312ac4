/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list model: rows are there at once, records when they are looked at, and only what really
 * moved is announced when the replica changes. */
#include <gio/gio.h>

#include "gtk-app/model/sat-list-model.h"
#include "gtk-app/model/sat-row-diff.h"
#include "tests/support/world.h"

#define N 1000

typedef struct
{
  World world;
  SatService *service;
  SatWorkspace *other;
  SatListModel *model;
  guint signals; /* items-changed seen */
  guint position;
  guint removed;
  guint added;
} Bed;

static void
items_changed_cb (Bed *bed, guint position, guint removed, guint added)
{
  bed->signals++;
  bed->position = position;
  bed->removed = removed;
  bed->added = added;
}

static void
wait_loaded (Bed *bed)
{
  while (sat_list_model_is_loading (bed->model))
    g_main_context_iteration (NULL, TRUE);
}

static void
bed_init (Bed *bed, guint n)
{
  SatWorkspace *laptop;
  g_autofree char *home = NULL;
  GError *error = NULL;

  *bed = (Bed){ 0 };
  world_plain_laptop (&bed->world, &laptop);
  g_assert_true (sat_workspace_begin (laptop, NULL));
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("Customer %04u", i);
      g_autofree char *code = g_strdup_printf ("Z%04u", n - i);

      record_new (laptop, "customer", "name", name, "code", code, NULL);
    }
  g_assert_true (sat_workspace_commit (laptop, NULL));
  home = g_strdup (sat_workspace_home (laptop));
  sat_workspace_close (laptop);
  bed->service = sat_service_new (home, &error);
  g_assert_no_error (error);
  bed->other = sat_workspace_open (home, NULL, sat_service_catalogue (bed->service), &error);
  g_assert_no_error (error);
  bed->model = sat_list_model_new (bed->service, world_object (bed->other, "customer"));
  g_signal_connect_swapped (bed->model, "items-changed", G_CALLBACK (items_changed_cb), bed);
  wait_loaded (bed);
}

static void
bed_clear (Bed *bed)
{
  while (G_OBJECT (bed->model)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (bed->model);
  while (G_OBJECT (bed->service)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_finalize_object (bed->service);
  sat_workspace_close (bed->other);
  world_clear (&bed->world);
}

static guint
n_items (Bed *bed)
{
  return g_list_model_get_n_items (G_LIST_MODEL (bed->model));
}

static SatRow *
row_at (Bed *bed, guint position)
{
  SatRow *row = g_list_model_get_item (G_LIST_MODEL (bed->model), position);

  while (sat_row_get_record (row) == NULL)
    g_main_context_iteration (NULL, TRUE);
  return row;
}

static void
assert_title (Bed *bed, guint position, const char *title)
{
  g_autoptr (SatRow) row = row_at (bed, position);

  g_assert_cmpstr (sat_record_title (sat_row_get_record (row)), ==, title);
  g_assert_cmpstr (sat_row_get_text (row, 0), ==, title);
}

static void
test_pages (void)
{
  Bed bed;

  bed_init (&bed, N);
  g_assert_cmpuint (n_items (&bed), ==, N);
  /* A screenful at first, then the rest. */
  g_assert_cmpuint (bed.signals, ==, 2);
  g_assert_cmpuint (bed.position, ==, 100);
  g_assert_cmpuint (bed.removed, ==, 0);
  g_assert_cmpuint (bed.added, ==, N - 100);
  {
    g_autoptr (SatRow) row = g_list_model_get_item (G_LIST_MODEL (bed.model), 5);
    g_autoptr (SatRow) again = g_list_model_get_item (G_LIST_MODEL (bed.model), 5);

    /* A placeholder at first; one object a row. */
    g_assert_true (row == again);
    g_assert_null (sat_row_get_record (row));
    g_assert_cmpstr (sat_row_get_text (row, 0), ==, "");
  }
  assert_title (&bed, 5, "Customer 0005");
  assert_title (&bed, N - 1, "Customer 0999");
  /* Far more rows than are kept: every one is right when it is looked at, also the first ones
   * again. */
  for (guint i = 0; i < N; i++)
    {
      g_autofree char *title = g_strdup_printf ("Customer %04u", i);

      assert_title (&bed, i, title);
    }
  assert_title (&bed, 0, "Customer 0000");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (bed.model), N));
  bed_clear (&bed);
}

static void
test_sort_and_search (void)
{
  Bed bed;

  bed_init (&bed, 50);
  sat_list_model_set_sort (bed.model, "code");
  wait_loaded (&bed);
  assert_title (&bed, 0, "Customer 0049");
  sat_list_model_set_sort (bed.model, "-code");
  wait_loaded (&bed);
  assert_title (&bed, 0, "Customer 0000");

  sat_list_model_set_condition (bed.model, "name like \"%004_\"");
  wait_loaded (&bed);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (bed.model)), ==, 10);
  assert_title (&bed, 0, "Customer 0040");
  sat_list_model_set_condition (bed.model, "name like");
  wait_loaded (&bed);
  g_assert_nonnull (sat_list_model_get_error (bed.model));
  sat_list_model_set_condition (bed.model, NULL);
  wait_loaded (&bed);
  g_assert_null (sat_list_model_get_error (bed.model));

  /* The last question counts, however fast one types. */
  sat_list_model_set_words (bed.model, "0");
  sat_list_model_set_words (bed.model, "00");
  sat_list_model_set_words (bed.model, "Customer 0007");
  wait_loaded (&bed);
  g_assert_cmpuint (n_items (&bed), ==, 1);
  assert_title (&bed, 0, "Customer 0007");
  sat_list_model_set_words (bed.model, "");
  wait_loaded (&bed);
  g_assert_null (sat_list_model_get_words (bed.model));
  g_assert_cmpuint (n_items (&bed), ==, 50);
  bed_clear (&bed);
}

static void
loaded_cb (guint *count)
{
  (*count)++;
}

/* One record more in the middle is announced as one row more in the middle; an edit that moves
 * nothing is announced to whoever looks at that row, and not as a change of the list. */
static void
test_changes (void)
{
  Bed bed;
  g_autoptr (SatRow) row = NULL;
  guint loads = 0;
  guint before;
  SatId id;

  bed_init (&bed, 20);
  before = bed.signals;
  id = record_new (bed.other, "customer", "name", "Customer 0004b", NULL);
  while (bed.signals == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bed.position, ==, 5);
  g_assert_cmpuint (bed.removed, ==, 0);
  g_assert_cmpuint (bed.added, ==, 1);

  row = row_at (&bed, 5);
  before = bed.signals;
  g_signal_connect_swapped (row, "loaded", G_CALLBACK (loaded_cb), &loads);
  record_set (bed.other, "customer", &id, "city", "上海");
  while (loads == 0 || g_strcmp0 (sat_record_get (sat_row_get_record (row),
                                                  world_field (bed.other, "customer", "city")),
                                  "上海") != 0)
    g_main_context_iteration (NULL, TRUE);
  wait_loaded (&bed);
  g_assert_cmpuint (bed.signals, ==, before);

  record_delete (bed.other, "customer", &id);
  while (bed.signals == before)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bed.removed, ==, 1);
  g_assert_cmpuint (bed.added, ==, 0);
  g_clear_object (&row);
  bed_clear (&bed);
}

/* ---- edits ----------------------------------------------------------------------------------- */

/* OLD after EDITS is NEW, and no edit makes GTK search through many rows. */
static void
assert_edits (GArray *old, GArray *new_rows)
{
  g_autoptr (GArray) edits = sat_row_diff ((const gint64 *) (gconstpointer) old->data, old->len,
                                           (const gint64 *) (gconstpointer) new_rows->data,
                                           new_rows->len);
  g_autoptr (GArray) now = g_array_copy (old);

  for (guint i = 0; i < edits->len; i++)
    {
      const SatRowEdit *edit = &g_array_index (edits, SatRowEdit, i);

      g_assert_cmpuint (edit->position + edit->removed, <=, now->len);
      g_assert_true (edit->removed == 0 || edit->added <= 1000);
      g_array_remove_range (now, edit->position, edit->removed);
      if (edit->added > 0)
        g_array_insert_vals (now, edit->position, &g_array_index (new_rows, gint64, edit->position),
                             edit->added);
    }
  g_assert_cmpmem (now->data, now->len * sizeof (gint64), new_rows->data,
                   new_rows->len * sizeof (gint64));
}

/* The numbers 1 .. N, each with KEEP chances in a hundred, now and then two of them swapped. */
static GArray *
random_rows (guint n, gint keep, gint swaps)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 i = 1; i <= n; i++)
    if (g_test_rand_int_range (0, 100) < keep)
      g_array_append_val (rows, i);
  for (gint i = 0; i < swaps && rows->len > 1; i++)
    {
      gint64 *a = &g_array_index (rows, gint64, g_test_rand_int_range (0, (gint) rows->len));
      gint64 *b = &g_array_index (rows, gint64, g_test_rand_int_range (0, (gint) rows->len));
      gint64 c = *a;

      *a = *b;
      *b = c;
    }
  return rows;
}

static void
test_edits (void)
{
  static const gint keeps[] = { 0, 1, 50, 99, 100 };
  g_autoptr (GArray) many = random_rows (5000, 100, 0);
  g_autoptr (GArray) fewer = g_array_copy (many);
  g_autoptr (GArray) edits = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (keeps); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (keeps); j++)
      for (gint swaps = 0; swaps < 3; swaps++)
        {
          guint n = (guint) g_test_rand_int_range (1, 4000);
          g_autoptr (GArray) a = random_rows (n, keeps[i], 0);
          g_autoptr (GArray) b = random_rows (n, keeps[j], swaps);

          assert_edits (a, b);
        }

  /* Two rows gone far apart are two edits of one row, so that a view keeps its place between them.
   */
  g_array_remove_index (fewer, 4000);
  g_array_remove_index (fewer, 10);
  edits = sat_row_diff ((const gint64 *) (gconstpointer) fewer->data, fewer->len,
                        (const gint64 *) (gconstpointer) many->data, many->len);
  g_assert_cmpuint (edits->len, ==, 2);
  g_assert_cmpuint (g_array_index (edits, SatRowEdit, 1).position, ==, 4000);
  g_assert_cmpuint (g_array_index (edits, SatRowEdit, 1).added, ==, 1);
}

/* Other columns: what is read anew has their texts, and who holds an old row keeps it. */
static void
test_columns (void)
{
  Bed bed;
  const SatObject *customer;
  g_autoptr (GPtrArray) columns = g_ptr_array_new ();

  bed_init (&bed, 20);
  customer = sat_catalogue_find (sat_service_catalogue (bed.service), "customer");
  g_ptr_array_add (columns, (gpointer) customer->title);
  g_ptr_array_add (columns, (gpointer) sat_object_find (customer, "code"));
  {
    g_autoptr (SatRow) old = row_at (&bed, 3);

    sat_list_model_set_columns (bed.model, columns);
    g_assert_cmpuint (bed.removed, ==, 20);
    g_assert_cmpuint (bed.added, ==, 20);
    g_autoptr (SatRow) row = row_at (&bed, 3);

    g_assert_true (row != old);
    g_assert_cmpuint (sat_row_n_texts (row), ==, 2);
    g_assert_cmpstr (sat_row_get_text (row, 0), ==, "Customer 0003");
    g_assert_cmpstr (sat_row_get_text (row, 1), ==, "Z0017");
    g_assert_cmpstr (sat_row_get_text (old, 0), ==, "Customer 0003");
  }
  bed_clear (&bed);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/edits", test_edits);
  g_test_add_func ("/list/pages", test_pages);
  g_test_add_func ("/list/sort-and-search", test_sort_and_search);
  g_test_add_func ("/list/changes", test_changes);
  g_test_add_func ("/list/columns", test_columns);
  return g_test_run ();
}
