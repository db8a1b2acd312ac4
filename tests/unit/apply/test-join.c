/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Checkpoints joined by new laptops, by laptops that were away, half, again, and those that must
 * not be. That any join equals applying is what the convergence simulation and the traces hold. */
#include "core/apply/sat-join.h"

#include <string.h>

#include "core/store/sat-join-log.h"
#include "core/store/sat-names.h"
#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-private.h"
#include "tests/support/depot.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *all[2]; /* wang, li */
  SatId customer;       /* both have it */
  Deposit *deposit;     /* wang's, of book customers, with much that li does not know */
} Fixture;

static void
add_customers (SatWorkspace *laptop, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("customer %u", i);
      record_new (laptop, "customer", "name", name, NULL);
    }
}

static void
set_up (Fixture *f, gconstpointer data)
{
  SatId gone;

  world_laptops (&f->world, f->all, 2);
  f->customer = record_new (f->all[0], "customer", "name", "first", "phone", "1", NULL);
  gone = record_new (f->all[0], "customer", "name", "gone", NULL);
  world_sync_all (&f->world, f->all, 2);
  add_customers (f->all[0], 20);
  record_set (f->all[0], "customer", &f->customer, "phone", "2");
  record_set (f->all[0], "customer", &f->customer, "tags", "+vip");
  record_delete (f->all[0], "customer", &gone);
  f->deposit = deposit_make (f->all[0], "customers");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (f->all); i++)
    sat_workspace_close (f->all[i]);
  deposit_free (f->deposit);
  world_clear (&f->world);
}

static void
collect_line (const char *line, gpointer data)
{
  g_string_append_printf (data, "%s\n", line);
}

/* The canonical lines of book customers. */
static char *
lines_of (SatWorkspace *laptop)
{
  g_autoptr (GError) error = NULL;
  GString *out = g_string_new (NULL);

  sat_workspace_canonical (laptop, "customers", collect_line, out, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_same_book (SatWorkspace *a, SatWorkspace *b)
{
  g_autofree char *first = lines_of (a);
  g_autofree char *second = lines_of (b);

  g_assert_cmpstr (first, ==, second);
}

/* ---- joining ---- */

/* A laptop that has nothing joins both books, and goes on from there. */
static void
test_new_laptop (Fixture *f, gconstpointer data)
{
  Deposit *company = deposit_make (f->all[0], "company");
  SatInboxProgress progress;
  SatWorkspace *chen = world_create (&f->world, "chen");
  g_autoptr (GError) error = NULL;

  g_assert_true (sat_workspace_hold (chen, "customers", &error));
  g_assert_true (deposit_join (company, chen, 3, 0));
  g_assert_true (deposit_join (f->deposit, chen, 0, 0));
  assert_same_book (f->all[0], chen);
  g_assert_false (deposit_join (f->deposit, chen, 0, 0)); /* it is here */
  assert_value (chen, "customer", &f->customer, "phone", "2");
  record_set (f->all[0], "customer", &f->customer, "phone", "3");
  world_push (&f->world, f->all[0]);
  world_fetch (&f->world, chen, &progress);
  assert_value (chen, "customer", &f->customer, "phone", "3");
  assert_healthy (chen);
  sat_workspace_close (chen);
  deposit_free (company);
}

/* What was not sent is a sibling afterwards, and is sent. */
static void
test_away (Fixture *f, gconstpointer data)
{
  record_set (f->all[1], "customer", &f->customer, "phone", "9");
  g_assert_true (deposit_join (f->deposit, f->all[1], 2, 0));
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[1]), ==, 1);
  world_push (&f->world, f->all[0]);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
  g_assert_cmpint (sat_workspace_n_conflicts (f->all[0]), ==, 1);
  assert_healthy (f->all[1]);
}

/* Equal vectors write equal texts, however they came about. */
static void
test_equal_texts (Fixture *f, gconstpointer data)
{
  Deposit *again;
  g_autofree char *first = deposit_state (f->deposit);
  g_autofree char *second = NULL;

  g_assert_true (deposit_join (f->deposit, f->all[1], 0, 0));
  again = deposit_make (f->all[1], "customers");
  second = deposit_state (again);
  g_assert_cmpstr (first, ==, second);
  deposit_free (again);
}

/* ---- half ---- */

static void
test_half (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *half = NULL;
  g_autofree char *none = NULL;
  SatWorkspace *again;

  g_assert_false (deposit_join (f->deposit, f->all[1], 3, 2));
  half = sat_workspace_half_joined (f->all[1], NULL);
  g_assert_cmpstr (half, ==, f->deposit->name);
  g_assert_null (sat_workspace_digest (f->all[1], &error));
  g_assert_error (error, SAT_ERROR, SAT_ERROR_BUSY);
  record_set (f->all[1], "customer", &f->customer, "phone", "8"); /* people go on */
  again = world_open (&f->world, "li", NULL);
  g_assert_null (deposit_make (again, "customers"));
  g_assert_true (deposit_join (f->deposit, again, 3, 0));
  none = sat_workspace_half_joined (again, NULL);
  g_assert_null (none);
  sat_workspace_close (again);
  world_push (&f->world, f->all[0]);
  world_sync_all (&f->world, f->all, 2);
  assert_equal_replicas (f->all[0], f->all[1]);
}

/* One that covers as much takes its place. */
static void
test_superseded (Fixture *f, gconstpointer data)
{
  Deposit *newer;
  Deposit *other;
  g_autofree char *none = NULL;

  record_new (f->all[1], "customer", "name", "of li", NULL);
  other = deposit_make (f->all[1], "customers");
  record_set (f->all[0], "customer", &f->customer, "phone", "5");
  newer = deposit_make (f->all[0], "customers");
  g_assert_false (deposit_join (f->deposit, f->all[1], 1, 3));
  g_assert_true (deposit_join (newer, f->all[1], 1, 0));
  assert_value (f->all[1], "customer", &f->customer, "phone", "5");
  none = sat_workspace_half_joined (f->all[1], NULL);
  g_assert_null (none);
  g_assert_false (deposit_join (other, f->all[0], 1, 1));
  g_assert_false (deposit_join (f->deposit, f->all[0], 1, 0)); /* here, and so not needed */
  g_assert_true (deposit_join (other, f->all[0], 0, 0));
  assert_same_book (f->all[0], f->all[1]);
  deposit_free (newer);
  deposit_free (other);
}

/* The change-sets may come first. */
static void
test_overtaken (Fixture *f, gconstpointer data)
{
  SatInboxProgress progress;
  g_autofree char *none = NULL;

  g_assert_false (deposit_join (f->deposit, f->all[1], 1, 4));
  world_push (&f->world, f->all[0]);
  world_fetch (&f->world, f->all[1], &progress);
  none = sat_workspace_half_joined (f->all[1], NULL);
  g_assert_null (none);
  assert_same_book (f->all[0], f->all[1]);
  assert_healthy (f->all[1]);
}

/* Some of the change-sets come while it is half joined, whole or (N_GROUPS) in part, and the rest
 * with it: what the checkpoint has dropped of these, in a shard that was joined before they came,
 * goes all the same. */
static void
check_between (Fixture *f, guint n_groups)
{
  SatId visit = record_new (f->all[0], "activity", "subject", "visit", "outcome", "1", NULL);
  SatInboxProgress progress;
  Deposit *newer;

  world_push (&f->world, f->all[0]);
  record_set (f->all[0], "activity", &visit, "outcome", "2");
  newer = deposit_make (f->all[0], "customers");
  g_assert_false (deposit_join (newer, f->all[1], 1, 2));
  if (n_groups > 0)
    g_assert_true (world_slice (&f->world, f->all[1], n_groups));
  else
    world_fetch (&f->world, f->all[1], &progress);
  g_assert_true (deposit_join (newer, f->all[1], 2, 0));
  assert_value (f->all[1], "activity", &visit, "outcome", "2");
  assert_same_book (f->all[0], f->all[1]);
  assert_healthy (f->all[1]);
  deposit_free (newer);
}

static void
test_between (Fixture *f, gconstpointer data)
{
  check_between (f, 0);
}

static void
test_between_partly (Fixture *f, gconstpointer data)
{
  check_between (f, 2);
}

/* A change-set of which a slice is applied, and that never comes again, is done with the
 * checkpoint.
 */
static void
test_partial (Fixture *f, gconstpointer data)
{
  SatPartial partial;

  world_push (&f->world, f->all[0]);
  g_assert_true (world_slice (&f->world, f->all[1], 2));
  g_assert_true (sat_log_partial (world_replica (f->all[1]), &partial, NULL));
  g_assert_cmpuint (partial.number, !=, 0);
  g_assert_true (deposit_join (f->deposit, f->all[1], 4, 0));
  g_assert_true (sat_log_partial (world_replica (f->all[1]), &partial, NULL));
  g_assert_cmpuint (partial.number, ==, 0);
  assert_same_book (f->all[0], f->all[1]);
}

/* ---- history ---- */

/* How many changes of the customer's city are in LAPTOP's history as replaced unseen. */
static guint
n_unseen (Fixture *f, SatWorkspace *laptop)
{
  g_autoptr (GPtrArray) changes = sat_workspace_history (laptop, world_object (laptop, "customer"),
                                                         &f->customer, NULL, NULL);
  guint n = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      const SatChange *change = g_ptr_array_index (changes, i);
      n += strcmp (change->field_name, "city") == 0 && change->state == SAT_REPLACED_UNSEEN;
    }
  return n;
}

/* Who lost to a newer one without having been seen is found by those who were not there. */
static void
test_unseen (Fixture *f, gconstpointer data)
{
  SatWorkspace *chen = world_create (&f->world, "chen");
  g_autoptr (GError) error = NULL;
  Deposit *deposit;

  record_set (f->all[0], "customer", &f->customer, "city", "Lhasa");
  world_tick (&f->world, 1000);
  record_set (f->all[1], "customer", &f->customer, "city", "Wuhan");
  world_sync_all (&f->world, f->all, 2);
  record_set (f->all[1], "customer", &f->customer, "city", "Xian");
  deposit = deposit_make (f->all[1], "customers");
  g_assert_cmpuint (n_unseen (f, f->all[1]), ==, 1);
  g_assert_true (sat_workspace_hold (chen, "customers", &error));
  g_assert_true (deposit_join (deposit, chen, 1, 0));
  g_assert_cmpuint (n_unseen (f, chen), ==, 1);
  deposit_free (deposit);
  deposit = deposit_make (chen, "customers");
  g_assert_true (g_hash_table_contains (deposit->files, "unseen/INDEX"));
  deposit_free (deposit);
  sat_workspace_close (chen);
}

/* What the joined change-sets had seen is not known, and what comes after them is. */
static void
test_saw (Fixture *f, gconstpointer data)
{
  SatReplica *replica = world_replica (f->all[1]);
  guint32 book = sat_names_find_book (replica->names, "customers");
  guint32 wang = sat_names_find_device (replica->names, sat_workspace_device (f->all[0]));
  guint64 before = sat_workspace_applied (f->all[1], "customers", sat_workspace_device (f->all[0]));
  guint64 after;
  SatInboxProgress progress;
  gboolean known;
  SatVector saw;

  sat_vector_init (&saw);
  g_assert_true (deposit_join (f->deposit, f->all[1], 0, 0));
  after = sat_workspace_applied (f->all[1], "customers", sat_workspace_device (f->all[0]));
  g_assert_cmpuint (after, >, before);
  g_assert_true (sat_log_saw (replica, book, wang, before, &saw, &known, NULL));
  g_assert_true (known);
  g_assert_true (sat_log_saw (replica, book, wang, after, &saw, &known, NULL));
  g_assert_false (known);
  record_set (f->all[0], "customer", &f->customer, "phone", "7");
  world_push (&f->world, f->all[0]);
  world_fetch (&f->world, f->all[1], &progress);
  g_assert_true (sat_log_saw (replica, book, wang, after + 1, &saw, &known, NULL));
  g_assert_true (known);
  g_assert_cmpuint (sat_vector_get (&saw, 0), ==, 0);
  sat_vector_clear (&saw);
}

/* ---- when one is due ---- */

static gboolean
is_due (Fixture *f, guint64 newest)
{
  g_autoptr (GError) error = NULL;
  gboolean due;

  sat_workspace_checkpoint_is_due (f->all[0], "customers", newest, &due, &error);
  g_assert_no_error (error);
  return due;
}

/* As if wang had sealed N more. */
static void
seal_more (Fixture *f, guint n)
{
  g_autofree char *sql = g_strdup_printf (
      "UPDATE vector SET number = number + %u WHERE (book, device) = (SELECT book, device FROM "
      "vector"
      " WHERE book = (SELECT number FROM book WHERE key = 'customers') LIMIT 1)",
      n);

  world_exec (f->all[0], sql);
}

/* As if the book had N customers more, the oldest rows of all. */
static void
add_rows (Fixture *f, const char *book, guint n)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE i (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM i WHERE n < %u)"
      " INSERT INTO o_customer (row, uuid, book, stamps)"
      " SELECT -(SELECT count(*) FROM o_customer) - n, randomblob (16),"
      " (SELECT number FROM book WHERE key = '%s'), x'' FROM i",
      n, book);

  world_exec (f->all[0], sql);
}

/* Of few records one is cheap. */
static void
test_due_few (Fixture *f, gconstpointer data)
{
  g_assert_false (is_due (f, 0));
  seal_more (f, SAT_CHECKPOINT_DUE_LEAST - 50);
  g_assert_false (is_due (f, 0));
  seal_more (f, 50);
  g_assert_true (is_due (f, 0));
  g_assert_false (is_due (f, 3)); /* somebody has made one */
  seal_more (f, SAT_CHECKPOINT_DUE_LEAST - 1);
  g_assert_false (is_due (f, 3));
  seal_more (f, 1);
  g_assert_true (is_due (f, 3));
}

/* Of more it is a tenth, and what other books have does not count. */
static void
test_due_tenth (Fixture *f, gconstpointer data)
{
  add_rows (f, "company", 100000);
  add_rows (f, "customers", 2970); /* beside some twenty */
  g_assert_false (is_due (f, 3));
  seal_more (f, 270);
  g_assert_false (is_due (f, 3));
  seal_more (f, 30);
  g_assert_true (is_due (f, 3));
  /* Those that came since are counted before it is due. */
  add_rows (f, "customers", 1000);
  g_assert_false (is_due (f, 3));
  seal_more (f, 90);
  g_assert_false (is_due (f, 3));
  seal_more (f, 10);
  g_assert_true (is_due (f, 3));
  g_assert_true (sat_workspace_put_off_checkpoint (f->all[0], "customers", 3, NULL));
  g_assert_false (is_due (f, 3));
}

/* Of many records within bounds. */
static void
test_due_many (Fixture *f, gconstpointer data)
{
  add_rows (f, "customers", SAT_CHECKPOINT_DUE * SAT_CHECKPOINT_DUE_PART + 1000);
  g_assert_false (is_due (f, 3));
  seal_more (f, SAT_CHECKPOINT_DUE - 1);
  g_assert_false (is_due (f, 3));
  seal_more (f, 1);
  g_assert_true (is_due (f, 3));
  g_assert_true (sat_workspace_put_off_checkpoint (f->all[0], "customers", 3, NULL));
  seal_more (f, SAT_CHECKPOINT_DUE_OLD - 1);
  world_tick (&f->world, SAT_CHECKPOINT_OLD_MS);
  g_assert_false (is_due (f, 3));
  seal_more (f, 1);
  g_assert_true (is_due (f, 3));
  world_tick (&f->world, -1);
  g_assert_false (is_due (f, 3));
}

/* ---- refused ---- */

static void
assert_refused (Fixture *f, int code, const char *start)
{
  g_autofree char *before = lines_of (f->all[1]);
  g_autofree char *after = NULL;
  g_autofree char *half = NULL;
  g_autoptr (SatJoiner) joiner = sat_joiner_new (f->all[1], "customers", f->deposit->name,
                                                 &f->deposit->maker, deposit_text, f->deposit);
  GError *error = NULL;
  gboolean needed;

  g_assert_false (sat_joiner_check (joiner, &needed, &error));
  assert_error (&error, code, start);
  after = lines_of (f->all[1]);
  g_assert_cmpstr (before, ==, after);
  half = sat_workspace_half_joined (f->all[1], NULL);
  g_assert_null (half);
}

/* In the file PATH the first OLD becomes NEW. */
static void
forge (Fixture *f, const char *path, const char *old, const char *new)
{
  GBytes *file = g_hash_table_lookup (f->deposit->files, path);
  gsize size;
  const char *data = g_bytes_get_data (file, &size);
  g_autofree char *text = g_strndup (data, size);
  const char *at = strstr (text, old);
  GString *out = g_string_new (NULL);

  g_assert_nonnull (at);
  g_string_append_len (out, text, at - text);
  g_string_append (out, new);
  g_string_append (out, at + strlen (old));
  g_hash_table_insert (f->deposit->files, g_strdup (path), g_string_free_to_bytes (out));
}

/* What INDEX says of the laptop WHO, and with N more. */
static void
forge_number (Fixture *f, guint who, gint64 more)
{
  g_autofree char *id = sat_id_dup_text (sat_workspace_device (f->all[who]));
  guint64 number = deposit_number (f->deposit, sat_workspace_device (f->all[who]));
  g_autofree char *old = g_strdup_printf ("device %s %" G_GUINT64_FORMAT "\n", id, number);
  g_autofree char *new = g_strdup_printf ("device %s %" G_GUINT64_FORMAT "\n", id,
                                          number + (guint64) more);

  forge (f, "state/INDEX", old, new);
}

static void
test_own_numbers (Fixture *f, gconstpointer data)
{
  record_set (f->all[1], "customer", &f->customer, "phone", "6");
  world_sync_all (&f->world, f->all, 2);
  record_set (f->all[0], "customer", &f->customer, "phone", "5");
  deposit_free (f->deposit);
  f->deposit = deposit_make (f->all[0], "customers");
  forge_number (f, 1, 1);
  assert_refused (f, SAT_ERROR_REFUSED, "the checkpoint of book “customers” holds changes");
}

static void
test_revoked (Fixture *f, gconstpointer data)
{
  world_exec (f->all[1],
              "INSERT INTO cut SELECT b.number, d.number, 1 FROM book b, device d WHERE b.key ="
              " 'customers'");
  assert_refused (f, SAT_ERROR_REFUSED, "the checkpoint of book “customers” was made by a device");
}

static void
test_lacking (Fixture *f, gconstpointer data)
{
  g_autofree char *line = NULL;
  SatId visit = record_new (f->all[0], "contact", "name", "Zhao", NULL);

  g_assert_false (sat_id_is_nil (&visit));
  world_sync_all (&f->world, f->all, 2);
  add_customers (f->all[0], 1);
  deposit_free (f->deposit);
  f->deposit = deposit_make (f->all[0], "customers");
  forge (f, "state/INDEX", "shard contact all 1\n", "");
  assert_refused (f, SAT_ERROR_MALFORMED,
                  "the checkpoint of book “customers” is damaged: it lacks a record");
}

static void
test_not_covered (Fixture *f, gconstpointer data)
{
  record_set (f->all[0], "customer", &f->customer, "phone", "5");
  deposit_free (f->deposit);
  f->deposit = deposit_make (f->all[0], "customers");
  record_set (f->all[0], "customer", &f->customer, "phone", "6");
  sat_workspace_seal (f->all[0], NULL);
  forge_number (f, 0, -1);
  assert_refused (f, SAT_ERROR_MALFORMED,
                  "the checkpoint of book “customers” is damaged: it has a value");
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  forge (f, "state/customer/all", "by customers", "By customers");
  assert_refused (f, SAT_ERROR_MALFORMED, "line ");
}

static void
test_missing_file (Fixture *f, gconstpointer data)
{
  g_hash_table_remove (f->deposit->files, "state/customer/all");
  assert_refused (f, SAT_ERROR_MALFORMED, "no such file");
}

static void
test_other_book (Fixture *f, gconstpointer data)
{
  forge (f, "state/INDEX", "book customers", "book custom");
  assert_refused (f, SAT_ERROR_MALFORMED,
                  "the checkpoint of book “customers” is damaged: it says that it is of another");
}

static void
test_newer (Fixture *f, gconstpointer data)
{
  forge (f, "state/INDEX", "satchel checkpoint 1", "satchel checkpoint 2");
  assert_refused (f, SAT_ERROR_NEWER, "the checkpoint was made by a newer Satchel");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  TEST ("/join/new-laptop", test_new_laptop);
  TEST ("/join/away", test_away);
  TEST ("/join/equal-texts", test_equal_texts);
  TEST ("/join/half", test_half);
  TEST ("/join/superseded", test_superseded);
  TEST ("/join/overtaken", test_overtaken);
  TEST ("/join/partial", test_partial);
  TEST ("/join/between", test_between);
  TEST ("/join/between-partly", test_between_partly);
  TEST ("/join/unseen", test_unseen);
  TEST ("/join/saw", test_saw);
  TEST ("/join/due/few", test_due_few);
  TEST ("/join/due/tenth", test_due_tenth);
  TEST ("/join/due/many", test_due_many);
  TEST ("/join/own-numbers", test_own_numbers);
  TEST ("/join/revoked", test_revoked);
  TEST ("/join/lacking", test_lacking);
  TEST ("/join/not-covered", test_not_covered);
  TEST ("/join/damaged", test_damaged);
  TEST ("/join/missing-file", test_missing_file);
  TEST ("/join/other-book", test_other_book);
  TEST ("/join/newer", test_newer);
  return g_test_run ();
}
