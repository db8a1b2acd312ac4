/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/workspace/sat-workspace-handover.h"

#include "core/workspace/sat-workspace-books.h"
#include "core/workspace/sat-workspace-undo.h"
#include "tests/support/world.h"

typedef struct
{
  World world;
  SatWorkspace *wang, *li;
  char *wang_id, *li_id; /* users */
} Fixture;

static char *
user_id (SatWorkspace *workspace, const char *login)
{
  g_autofree char *text = g_strdup_printf ("login = \"%s\"", login);
  g_autoptr (SatExpression) where = NULL;
  g_autoptr (GArray) rows = NULL;
  g_autoptr (GPtrArray) found = NULL;
  SatQuery query = { .object = world_object (workspace, "user"), .limit = 1 };
  g_autoptr (GError) error = NULL;

  where = sat_expression_parse (query.object, text, SAT_EXPRESSION_FILTER, NULL, &error);
  g_assert_no_error (error);
  query.where = where;
  rows = sat_workspace_list_rows (workspace, &query, &error);
  g_assert_no_error (error);
  found = sat_workspace_load_rows (workspace, query.object, (const gint64 *) (void *) rows->data,
                                   rows->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  return sat_id_dup_text (sat_record_id (g_ptr_array_index (found, 0)));
}

static void
set_up (Fixture *f, gconstpointer data)
{
  const char *const books[] = { "east", "west", NULL };

  world_init (&f->world);
  world_found (&f->world, books);
  f->wang = world_join (&f->world, "wang");
  f->li = world_join (&f->world, "li");
  world_sync_all (&f->world, (SatWorkspace *[]){ f->wang, f->li }, 2);
  f->wang_id = user_id (f->wang, "wang");
  f->li_id = user_id (f->wang, "li");
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->wang_id);
  g_free (f->li_id);
  sat_workspace_close (f->wang);
  sat_workspace_close (f->li);
  world_clear (&f->world);
}

static void
sync_both (Fixture *f)
{
  world_sync_all (&f->world, (SatWorkspace *[]){ f->wang, f->li }, 2);
  assert_equal_replicas (f->wang, f->li);
  assert_healthy (f->wang);
}

/* All of it, a record a slice. */
static void
finish (Fixture *f, SatHandover *handover)
{
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  while (more)
    {
      world_tick (&f->world, 10);
      sat_handover_step (handover, 0, &more, &error);
      g_assert_no_error (error);
    }
  g_assert_cmpuint (sat_handover_done (handover), ==, sat_handover_total (handover));
}

static SatHandover *
hand_over (Fixture *f, const char *book)
{
  g_autoptr (GError) error = NULL;
  SatHandover *handover = sat_handover_new (f->wang, "wang", "li", book, &error);

  g_assert_no_error (error);
  return handover;
}

static void
assert_book (SatWorkspace *workspace, const char *object, const SatId *id, const char *book)
{
  g_autoptr (SatRecord) record = record_load (workspace, object, id);

  g_assert_cmpstr (sat_record_book (record), ==, book);
}

/* Slices are one step for undo, although others write between them. */
static void
test_owners (Fixture *f, gconstpointer data)
{
  SatId ids[5];
  SatId other = record_new (f->wang, "customer", "name", "Other", "owner", f->li_id, NULL);
  SatId nobodys = record_new (f->wang, "customer", "name", "Nobody's", NULL);
  g_autoptr (SatHandover) handover = NULL;
  g_autoptr (SatUndone) undone = NULL;
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;

  for (guint i = 0; i < 5; i++, world_tick (&f->world, 10))
    ids[i] = record_new (f->wang, "customer", "name", "C", "owner", f->wang_id, NULL);
  record_new (f->wang, "activity", "subject", "Visit", "owner", f->wang_id, NULL);
  record_delete (f->wang, "customer", &ids[4]);
  handover = hand_over (f, NULL);
  g_assert_cmpuint (sat_handover_total (handover), ==, 4);
  g_assert_cmpuint (sat_handover_counts (handover)->len, ==, 1);
  sat_handover_step (handover, 0, &more, &error);
  g_assert_no_error (error);
  g_assert_true (more);
  assert_value (f->wang, "customer", &ids[0], "owner", f->li_id);
  assert_value (f->wang, "customer", &ids[1], "owner", f->wang_id);
  world_tick (&f->world, 1000);
  record_set (f->wang, "customer", &other, "name", "Other Ltd");
  record_set (f->wang, "customer", &ids[2], "owner", NULL); /* it is not Wang's any more */
  finish (f, handover);
  g_assert_cmpuint (sat_handover_handed (handover), ==, 3);
  assert_value (f->wang, "customer", &ids[3], "owner", f->li_id);
  assert_value (f->wang, "customer", &ids[2], "owner", NULL);
  assert_value (f->wang, "customer", &nobodys, "owner", NULL);
  g_assert_true (record_deleted (f->wang, "customer", &ids[4]));
  sync_both (f);
  undone = sat_workspace_undo_step (f->wang, sat_handover_undo (handover), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (undone->changed, ==, 3);
  g_assert_cmpuint (undone->left->len, ==, 0);
  for (guint i = 0; i < 4; i++)
    assert_value (f->wang, "customer", &ids[i], "owner", i == 2 ? NULL : f->wang_id);
  assert_value (f->wang, "customer", &other, "name", "Other Ltd");
  sync_both (f);
}

/* To another book: with what belongs to it; a deal of somebody else's customer stays with that. */
static void
test_book (Fixture *f, gconstpointer data)
{
  SatId mine = record_new (f->wang, "customer", "name", "Mine", "owner", f->wang_id, NULL);
  SatId theirs = record_new (f->wang, "customer", "name", "Theirs", "owner", f->li_id, NULL);
  g_autofree char *mine_text = sat_id_dup_text (&mine);
  g_autofree char *theirs_text = sat_id_dup_text (&theirs);
  SatId one = record_new (f->wang, "deal", "name", "One", "stage", "lead", "customer", mine_text,
                          "owner", f->wang_id, NULL);
  SatId two = record_new (f->wang, "deal", "name", "Two", "stage", "lead", "customer", theirs_text,
                          "owner", f->wang_id, NULL);
  SatId contact = record_new (f->wang, "contact", "name", "Zhang", "customer", mine_text, NULL);
  g_autoptr (SatHandover) handover = NULL;
  g_autoptr (SatUndone) undone = NULL;
  g_autoptr (GError) error = NULL;

  assert_book (f->wang, "customer", &mine, "east");
  handover = hand_over (f, "west");
  finish (f, handover);
  g_assert_cmpuint (sat_handover_handed (handover), ==, 3);
  g_assert_cmpuint (sat_handover_moved (handover), ==, 3);
  g_assert_true (sat_handover_is_held (handover));
  g_assert_cmpstr (sat_handover_book (handover), ==, "west");
  assert_book (f->wang, "customer", &mine, "west");
  assert_book (f->wang, "deal", &one, "west");
  assert_book (f->wang, "contact", &contact, "west");
  assert_book (f->wang, "deal", &two, "east");
  assert_book (f->wang, "customer", &theirs, "east");
  assert_value (f->wang, "deal", &one, "owner", f->li_id);
  assert_value (f->wang, "deal", &two, "owner", f->li_id);
  sync_both (f);
  undone = sat_workspace_undo_step (f->wang, sat_handover_undo (handover), &error);
  g_assert_no_error (error);
  assert_book (f->wang, "customer", &mine, "east");
  assert_book (f->wang, "deal", &one, "east");
  assert_value (f->wang, "customer", &mine, "owner", f->wang_id);
  assert_value (f->wang, "deal", &two, "owner", f->wang_id);
  sync_both (f);
}

/* What somebody changes meanwhile elsewhere asks a person, as with any other change of owner. */
static void
test_concurrent (Fixture *f, gconstpointer data)
{
  SatId id = record_new (f->wang, "customer", "name", "Mine", "owner", f->wang_id, NULL);
  g_autoptr (SatHandover) handover = NULL;

  sync_both (f);
  handover = hand_over (f, NULL);
  finish (f, handover);
  world_tick (&f->world, 1000);
  record_set (f->li, "customer", &id, "owner", NULL);
  sync_both (f);
  g_assert_cmpint (sat_workspace_n_conflicts (f->wang), ==, 1);
}

static gboolean
tell (const SatHandoverCustomer *one, gpointer data, GError **error)
{
  GString *out = data;
  const SatField *subject;

  g_string_append_printf (out, "%s:", one->customer ? sat_record_title (one->customer) : "-");
  for (guint i = 0; i < one->deals->len; i++)
    g_string_append_printf (out, " %s", sat_record_title (g_ptr_array_index (one->deals, i)));
  if (one->last != NULL)
    {
      subject = sat_object_find (sat_record_object (one->last), "subject");
      g_string_append_printf (out, " (%s)", sat_record_get (one->last, subject));
    }
  g_string_append_c (out, '\n');
  return TRUE;
}

static void
test_summary (Fixture *f, gconstpointer data)
{
  SatId b = record_new (f->wang, "customer", "name", "B", "owner", f->wang_id, NULL);
  SatId a = record_new (f->wang, "customer", "name", "A", "owner", f->wang_id, NULL);
  SatId c = record_new (f->wang, "customer", "name", "C", "owner", f->li_id, NULL);
  g_autofree char *b_text = sat_id_dup_text (&b);
  g_autofree char *c_text = sat_id_dup_text (&c);
  g_autofree char *deal_text = NULL;
  g_autoptr (SatHandover) handover = NULL;
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  SatId deal;

  record_new (f->wang, "deal", "name", "won", "stage", "won", "customer", b_text, NULL);
  record_new (f->wang, "deal", "name", "early", "stage", "lead", "customer", b_text, NULL);
  deal = record_new (f->wang, "deal", "name", "late", "stage", "contract", "customer", b_text,
                     NULL);
  deal_text = sat_id_dup_text (&deal);
  record_new (f->wang, "deal", "name", "other", "stage", "lead", "customer", c_text, "owner",
              f->wang_id, NULL);
  record_new (f->wang, "deal", "name", "loose", "stage", "lead", "owner", f->wang_id, NULL);
  record_new (f->wang, "activity", "subject", "older", "customer", b_text, "time",
              "2026-11-01T08:00:00Z", NULL);
  record_new (f->wang, "activity", "subject", "newer", "customer", b_text, "time",
              "2026-11-02T08:00:00Z", NULL);
  record_new (f->wang, "activity", "subject", "newest", "deal", deal_text, "time",
              "2026-11-03T08:00:00Z", NULL);
  handover = hand_over (f, NULL);
  sat_handover_customers (handover, tell, out, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (out->str, ==, "A:\nB: late early (newest)\nC: other\n-: loose\n");
  assert_value (f->wang, "customer", &a, "owner", f->wang_id);
}

static void
test_where (Fixture *f, gconstpointer data)
{
  SatId one = record_new (f->wang, "customer", "name", "One", "region", "east", NULL);
  SatId two = record_new (f->wang, "customer", "name", "Two", "region", "north", NULL);
  const SatObject *customer = world_object (f->wang, "customer");
  g_autoptr (GError) error = NULL;
  g_autoptr (SatExpression) where = sat_expression_parse (customer, "region = \"east\"",
                                                          SAT_EXPRESSION_FILTER, NULL, &error);
  g_autoptr (SatHandover) handover = NULL;
  SatHandover *none;

  g_assert_no_error (error);
  handover = sat_handover_new_where (f->wang, customer, where, NULL, "west", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sat_handover_total (handover), ==, 1);
  g_assert_null (sat_handover_receiver (handover));
  finish (f, handover);
  assert_book (f->wang, "customer", &one, "west");
  assert_book (f->wang, "customer", &two, "east");
  none = sat_handover_new_where (f->wang, customer, where, NULL, "north", &error);
  g_assert_null (none);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no book “north”");
}

static void
test_refused (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SatHandover *none = sat_handover_new (f->wang, "wang", "nobody", NULL, &error);

  g_assert_null (none);
  assert_error (&error, SAT_ERROR_NOT_FOUND, "there is no user “nobody”");
  none = sat_handover_new (f->wang, "wang", "wang", NULL, &error);
  g_assert_null (none);
  assert_error (&error, SAT_ERROR_INVALID, "“wang” has it already");
}

/* Li's laptops have to hold the books, or she sees nothing. */
static void
test_unseen (Fixture *f, gconstpointer data)
{
  g_autoptr (SatHandover) before = NULL;
  g_autoptr (SatHandover) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  record_new (f->wang, "customer", "name", "Mine", "owner", f->wang_id, NULL);
  before = hand_over (f, NULL);
  g_assert_null (sat_handover_unseen (before)[0]);
  sat_workspace_release_book (f->li, "east", &key, &error);
  g_assert_no_error (error);
  world_sync_all (&f->world, (SatWorkspace *[]){ f->wang, f->li }, 2);
  after = hand_over (f, NULL);
  g_assert_cmpstr (sat_handover_unseen (after)[0], ==, "east");
  g_assert_null (sat_handover_unseen (after)[1]);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Fixture *, gconstpointer);
  } tests[] = {
    { "/workspace/handover/owners", test_owners },
    { "/workspace/handover/book", test_book },
    { "/workspace/handover/concurrent", test_concurrent },
    { "/workspace/handover/summary", test_summary },
    { "/workspace/handover/where", test_where },
    { "/workspace/handover/refused", test_refused },
    { "/workspace/handover/unseen", test_unseen },
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
